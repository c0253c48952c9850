// Shapes as regular expressions, for those that read them.
#ifndef ATWIRE_BENCH_EXPRESSIONS_HPP
#define ATWIRE_BENCH_EXPRESSIONS_HPP

#include "rivals/shapes.hpp"

namespace atwire::bench {

[[nodiscard]] inline std::string expression_of(const Shape& shape) {
    std::string expression;
    each_part(
        shape.pattern,
        [&](std::string_view text) {
            for (const char c : text) {
                if (c == '+') expression += '\\';
                expression += c;
            }
        },
        [&](char letter) { expression += letter == 'd'   ? "([0-9]+)"
                                         : letter == 'q' ? "\"([^\"]*)\""
                                                         : "(.*)"; });
    return expression;
}

/// Which of a shape's places are numbers.
[[nodiscard]] inline std::vector<bool> numbers_of(const Shape& shape) {
    std::vector<bool> numbers;
    each_part(
        shape.pattern, [](std::string_view) {}, [&](char letter) { numbers.push_back(letter == 'd'); });
    return numbers;
}

}  // namespace atwire::bench

#endif
