// RE2, an expression for each shape. It reads the numbers itself.
#include <re2/re2.h>

#include "rivals/expressions.hpp"
#include "rivals/rivals.hpp"

namespace atwire::bench {
namespace {

struct Expression {
    explicit Expression(const Shape& shape) : regex{std::make_unique<RE2>(expression_of(shape))}, numbers{numbers_of(shape)} {}
    std::unique_ptr<RE2> regex;
    std::vector<bool> numbers;
};

bool matches(const Expression& expression, std::string_view line, Found& found) {
    std::array<re2::StringPiece, 2> texts;
    std::array<RE2::Arg, 8> into;
    std::array<const RE2::Arg*, 8> pointers{};
    std::size_t number = 0;
    std::size_t text = 0;
    const std::size_t count = expression.numbers.size();
    for (std::size_t i = 0; i < count; ++i) {
        into[i] = expression.numbers[i] ? RE2::Arg{&found.numbers[number++]} : RE2::Arg{&texts[text++]};
        pointers[i] = &into[i];
    }
    if (!RE2::FullMatchN({line.data(), line.size()}, *expression.regex, pointers.data(), static_cast<int>(count))) return false;
    for (std::size_t i = 0; i < text; ++i) found.texts[i] = {texts[i].data(), texts[i].size()};
    return true;
}

}  // namespace

Sum parse_by_re2(const Dialect&, const Stream& stream, std::size_t chunk) {
    static const Switch<Expression> expressions;
    Sum sum;
    each_line(stream.bytes, chunk, [&](std::string_view line) {
        expressions.take(line, sum, [&](const Expression& expression, Found& found) { return matches(expression, line, found); });
    });
    return sum;
}

}  // namespace atwire::bench
