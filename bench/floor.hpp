// The floor: a parser written by hand for just the lines of bc26's two streams, the least that a parser can cost which looks at
// every byte, can stop behind any of them and hands out the same fields. It knows no other line, no quirk, no setting and no
// place on the wire, and gives up at the first byte that it doesn't expect.
#ifndef ATWIRE_BENCH_FLOOR_HPP
#define ATWIRE_BENCH_FLOOR_HPP

#include "measure.hpp"

namespace atwire::bench {

/// A byte at a time, each byte once, as any lexer does that can stop anywhere.
[[nodiscard]] Sum parse_bytes(const Decoding*, const Stream& stream, std::size_t chunk);
/// The same, but a line that surely lies within its chunk is compared by words of several bytes. No lexer made from a grammar
/// does this; it shows what knowing the lines beforehand is worth.
[[nodiscard]] Sum parse_words(const Decoding*, const Stream& stream, std::size_t chunk);

}  // namespace atwire::bench

#endif
