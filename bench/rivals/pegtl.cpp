// PEGTL, a grammar for each shape.
#include <tao/pegtl.hpp>

#include "rivals/rivals.hpp"
#include "rivals/shapes.hpp"

namespace atwire::bench {
namespace {

namespace peg = tao::pegtl;

struct Number : peg::plus<peg::digit> {};
struct Quoted : peg::star<peg::not_one<'"'>> {};
struct Rest : peg::plus<peg::any> {};

/// A shape's pattern from `at` on as a rule.
template <std::size_t shape, std::size_t at>
constexpr auto rule_of() {
    constexpr std::string_view pattern = shapes[shape].pattern;
    if constexpr (at == pattern.size()) {
        return peg::eof{};
    } else if constexpr (pattern[at] == '%') {
        using Behind = decltype(rule_of<shape, at + 2>());
        if constexpr (pattern[at + 1] == 'd') return peg::seq<Number, Behind>{};
        if constexpr (pattern[at + 1] == 'q') return peg::seq<peg::one<'"'>, Quoted, peg::one<'"'>, Behind>{};
        if constexpr (pattern[at + 1] == 'r') return peg::seq<Rest, Behind>{};
    } else {
        constexpr std::size_t end = std::min(pattern.find('%', at), pattern.size());
        return []<std::size_t... i>(std::index_sequence<i...>) {
            return peg::seq<peg::string<shapes[shape].pattern[at + i]...>, decltype(rule_of<shape, end>())>{};
        }
        (std::make_index_sequence<end - at>{});
    }
}

/// What the actions fill.
struct Places {
    Found& found;
    std::size_t numbers = 0;
    std::size_t texts = 0;
};
template <class Rule>
struct Action {};
template <>
struct Action<Number> {
    template <class Input>
    static void apply(const Input& input, Places& places) noexcept {
        std::uint32_t number = 0;
        for (const char c : input.string_view()) number = number * 10 + static_cast<std::uint32_t>(c - '0');
        places.found.numbers[places.numbers++] = number;
    }
};
struct TextAction {
    template <class Input>
    static void apply(const Input& input, Places& places) noexcept {
        places.found.texts[places.texts++] = input.string_view();
    }
};
template <>
struct Action<Quoted> : TextAction {};
template <>
struct Action<Rest> : TextAction {};

template <std::size_t shape>
bool parse(std::string_view line, Found& found) {
    peg::memory_input<peg::tracking_mode::lazy> input{line.data(), line.size(), ""};
    Places places{found};
    return peg::parse<decltype(rule_of<shape, 0>()), Action>(input, places);
}

struct Grammar {
    explicit Grammar(const Shape& shape) : parse{all[static_cast<std::size_t>(&shape - shapes)]} {}
    bool (*parse)(std::string_view line, Found& found);

private:
    static constexpr auto all = []<std::size_t... i>(std::index_sequence<i...>) { return std::array{&bench::parse<i>...}; }
    (std::make_index_sequence<std::size(shapes)>{});
};

}  // namespace

Sum parse_by_pegtl(const Dialect&, const Stream& stream, std::size_t chunk) {
    static const Switch<Grammar> grammars;
    Sum sum;
    each_line(stream.bytes, chunk, [&](std::string_view line) {
        grammars.take(line, sum, [&](const Grammar& grammar, Found& found) { return grammar.parse(line, found); });
    });
    return sum;
}

}  // namespace atwire::bench
