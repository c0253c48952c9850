// `std::regex`, an expression for each shape.
#include <charconv>
#include <regex>

#include "rivals/expressions.hpp"
#include "rivals/rivals.hpp"

namespace atwire::bench {
namespace {

struct Expression {
    explicit Expression(const Shape& shape)
        : regex{expression_of(shape), std::regex::ECMAScript | std::regex::optimize}, numbers{numbers_of(shape)} {}
    std::regex regex;
    std::vector<bool> numbers;
};

}  // namespace

Sum parse_by_std_regex(const Dialect&, const Stream& stream, std::size_t chunk) {
    static const Switch<Expression> expressions;
    Sum sum;
    std::cmatch groups;
    each_line(stream.bytes, chunk, [&](std::string_view line) {
        expressions.take(line, sum, [&](const Expression& expression, Found& found) {
            if (!std::regex_match(line.data(), line.data() + line.size(), groups, expression.regex)) return false;
            std::size_t number = 0;
            std::size_t text = 0;
            for (std::size_t i = 0; i < expression.numbers.size(); ++i) {
                const auto& group = groups[i + 1];
                if (expression.numbers[i])
                    std::from_chars(group.first, group.second, found.numbers[number++]);
                else
                    found.texts[text++] = {group.first, static_cast<std::size_t>(group.length())};
            }
            return true;
        });
    });
    return sum;
}

}  // namespace atwire::bench
