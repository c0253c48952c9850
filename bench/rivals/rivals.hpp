// What the decoder is measured beside. Each is a `Parse` (measure.hpp) in a file of its own; all but the bounds find the events of
// bc26's `urc_mix` with all their fields, the floor those of its data streams too.
#ifndef ATWIRE_BENCH_RIVALS_HPP
#define ATWIRE_BENCH_RIVALS_HPP

#include "measure.hpp"

namespace atwire::bench {

// Bounds.
/// Copies each chunk; finds nothing.
[[nodiscard]] Sum copy(const Dialect&, const Stream& stream, std::size_t chunk);
/// Finds the lines that aren't empty, and nothing in them.
[[nodiscard]] Sum split_lines(const Dialect&, const Stream& stream, std::size_t chunk);

// By hand.
[[nodiscard]] Sum parse_by_hand(const Dialect&, const Stream& stream, std::size_t chunk);

// What people write: lines, and behind a switch on how a line begins a pattern for each shape (shapes.hpp).
[[nodiscard]] Sum parse_by_sscanf(const Dialect&, const Stream& stream, std::size_t chunk);
[[nodiscard]] Sum parse_by_std_regex(const Dialect&, const Stream& stream, std::size_t chunk);
[[nodiscard]] Sum parse_by_re2(const Dialect&, const Stream& stream, std::size_t chunk);
[[nodiscard]] Sum parse_by_pegtl(const Dialect&, const Stream& stream, std::size_t chunk);
[[nodiscard]] Sum parse_by_gsmlib(const Dialect&, const Stream& stream, std::size_t chunk);

}  // namespace atwire::bench

#endif
