// gsmlib's parser of a line, which says what it finds by strings and exceptions.
#include <stdexcept>
#include <string>
#include <vector>

#include "rivals/rivals.hpp"
#include "rivals/shapes.hpp"

// The library's headers have exception specifications, which C++17 took away.
#define throw(...)
#include <gsmlib/gsm_parser.h>
#undef throw

namespace atwire::bench {
namespace {

struct Steps {
    explicit Steps(const Shape& shape) : head{bench::head(shape)}, pattern{shape.pattern.substr(head.size())} {}
    std::string_view head;     ///< which the switch has compared
    std::string_view pattern;  ///< behind it
};

bool matches(const Steps& steps, std::string_view line, Found& found, std::array<std::string, 2>& texts) {
    // It throws where a line isn't as expected, which costs a microsecond: the next byte is asked before.
    if (steps.pattern.starts_with(line.starts_with('"') ? "%d" : "%q")) return false;
    try {
        gsmlib::Parser parser{std::string{line}};
        std::size_t number = 0;
        std::size_t text = 0;
        each_part(
            steps.pattern,
            [&](std::string_view literal) {
                for (const char c : literal)
                    if (c != ' ') parser.parseChar(c);  // it passes over blanks
            },
            [&](char letter) {
                if (letter == 'd') found.numbers[number++] = static_cast<std::uint32_t>(parser.parseInt());
                if (letter == 'q') texts[text++] = parser.parseString();
                // Its own rest of a line loses the blanks.
                if (letter == 'r') texts[text++] = line.substr(steps.pattern == "%r" ? 0 : line.find(',') + 1);
            });
        if (!steps.pattern.ends_with("%r")) parser.checkEol();
        for (std::size_t i = 0; i < text; ++i) found.texts[i] = texts[i];
        return true;
    } catch (const gsmlib::GsmException&) {
        return false;
    }
}

}  // namespace

Sum parse_by_gsmlib(const Dialect&, const Stream& stream, std::size_t chunk) {
    static const Switch<Steps> steps;
    Sum sum;
    std::array<std::string, 2> texts;
    each_line(stream.bytes, chunk, [&](std::string_view line) {
        steps.take(line, sum, [&](const Steps& pattern, Found& found) {
            return matches(pattern, line.substr(pattern.head.size()), found, texts);
        });
    });
    return sum;
}

}  // namespace atwire::bench
