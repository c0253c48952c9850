// The floor: a parser written by hand for just the lines of bc26's two streams, the least that a parser can cost which looks at
// every byte, can stop behind any of them and hands out the same fields. It knows no other line, no quirk, no setting and no
// place on the wire, and gives up at the first byte that it doesn't expect.
#ifndef ATWIRE_BENCH_FLOOR_HPP
#define ATWIRE_BENCH_FLOOR_HPP

#include "measure.hpp"

namespace atwire::bench {

/// A byte at a time, each byte once. (Comparing whole lines by words of several bytes was tried and is no faster: what costs is
/// the branch on which line it is.)
[[nodiscard]] Sum parse_by_hand(const Decoding*, const Stream& stream, std::size_t chunk);

}  // namespace atwire::bench

#endif
