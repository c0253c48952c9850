// How likely a difference is where there is none: what tells a changed firmware from another sample of the same one.
#ifndef CONFORMANCE_PROFILES_CHANCE_HPP
#define CONFORMANCE_PROFILES_CHANCE_HPP

#include <cstdint>

namespace conformance {

/// Some of `total`.
struct Share {
    std::uint64_t count = 0, total = 0;
};

/// Fisher's exact test, one side: how likely it is that of all that have it (the counts of both) so many or more fall to `more`,
/// if it were as common in both. Counts are at most their totals.
[[nodiscard]] double chance(const Share& less, const Share& more);
/// The same of what comes any number of times: `total` says how long each was listened to, in whatever unit; none came in the other.
[[nodiscard]] double chance_of_none(std::uint64_t total_of_none, const Share& some);

}  // namespace conformance

#endif
