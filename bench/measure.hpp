// What is measured: one pass of a parser over a stream, cut into chunks.
#ifndef ATWIRE_BENCH_MEASURE_HPP
#define ATWIRE_BENCH_MEASURE_HPP

#include "streams.hpp"
#include "sum.hpp"

#include <memory>

namespace atwire::bench {

/// One pass; what was found, and all that it says. Nothing where the stream has what the parser doesn't know.
using Parse = Sum (*)(const Dialect& dialect, const Stream& stream, std::size_t chunk);

/// Which of the project's lexers a parser is given.
enum class Style : std::uint8_t { table, goto_ };

/// What a parser's findings are compared with.
enum class Finds : std::uint8_t {
    all,    ///< the events, or commands, with all their fields, as the table style finds them
    count,  ///< as many of them
    bytes,  ///< nothing: it touches the bytes
};

struct Parser {
    std::string_view name;
    Parse parse;
    Finds finds = Finds::all;
    Style style = Style::table;
};

/// The chunk that is the whole stream.
inline constexpr std::size_t whole = ~std::size_t{0};

/// A parser, what it reads, and in which chunks.
struct Case {
    const Dialect* dialect;
    Content content;
    std::size_t chunk;
    Parser parser;
};
/// `bc26/urc_mix/256/goto`.
[[nodiscard]] std::string name(const Case& one);

/// Everything that this build measures.
[[nodiscard]] std::vector<Case> cases();

/// One pass of the case's parser over its stream.
[[nodiscard]] Sum pass(const Case& one, const Stream& stream) noexcept;

/// How many events, or commands, the stream has in the case's chunks.
[[nodiscard]] std::uint64_t events_in(const Case& one, const Stream& stream);

/// The streams that cases need, each made once.
class Streams {
public:
    explicit Streams(std::size_t size) : size_{size} {}
    const Stream& of(const Case& one);

private:
    struct Made {
        const Dialect* dialect;
        Content content;
        Stream stream;
    };
    std::size_t size_;
    std::vector<std::unique_ptr<Made>> made_;
};

/// The cases whose parser finds something else than the table style does in the same chunks, or where a stream that an encoder
/// wrote has a quirk or a doubt: a sentence for each.
[[nodiscard]] std::vector<std::string> disagreements(std::span<const Case> cases, Streams& streams);

}  // namespace atwire::bench

#endif
