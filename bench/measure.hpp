// What is measured: one pass of a parser over a stream, cut into chunks.
#ifndef ATWIRE_BENCH_MEASURE_HPP
#define ATWIRE_BENCH_MEASURE_HPP

#include "streams.hpp"
#include "sum.hpp"

#include <array>

namespace atwire::bench {

/// One pass; the events found, and all that they say.
using Parse = Sum (*)(const Decoding* decoding, const Stream& stream, std::size_t chunk);

struct Parser {
    std::string_view dialect;
    std::string_view style;  ///< `table`, `goto` or `floor`
    Parse parse;
    const Decoding* decoding;  ///< nullptr of a parser written by hand
};

/// Every parser that this build has.
[[nodiscard]] std::span<const Parser> parsers() noexcept;

/// The dialect of a parser.
[[nodiscard]] const Dialect& dialect_named(std::string_view name) noexcept;

inline constexpr std::array contents = {Content::urc_mix, Content::push_1460};
inline constexpr std::array<std::size_t, 3> chunk_sizes = {64, 256, 1460};

/// How many of the decoder's events have a quirk or a doubt: none, where streams and settings are right.
[[nodiscard]] std::uint64_t departures(const Decoding& decoding, const Stream& stream, std::size_t chunk) noexcept;

}  // namespace atwire::bench

#endif
