// What changed from one profile to another.
//
// A difference between two samples is not yet a change of the firmware: payloads, addresses, sockets, errors of the net and times
// differ in any two. Something counts as changed where it never came in one of the two and comes in the other so often that this
// would be `most_chance` likely, over all that is compared, if the two were alike (Fisher's exact test). So a line that every answer
// has differently is told after some fifteen of each, a line that one in ten has after some hundreds. `same_script`: both have the
// same dialogue, and what was seen once counts.
#ifndef CONFORMANCE_PROFILES_COMPARISON_HPP
#define CONFORMANCE_PROFILES_COMPARISON_HPP

#include <optional>
#include <string>
#include <vector>

#include "profiles/profile.hpp"

namespace conformance {

/// How likely a comparison of two samples of the same firmware finds anything at all.
inline constexpr double most_chance = 1e-5;
/// Of times: fewer of either side say nothing.
inline constexpr std::uint64_t fewest_times = 8;
/// And what grew by less is no finding: by this factor, and by so many milliseconds.
inline constexpr double least_growth = 1.25;
inline constexpr std::uint32_t least_growth_ms = 10;

enum class Change : std::uint8_t {
    field_added,
    field_removed,
    field_reordered,
    field_retyped,
    quoting_changed,
    spacing_changed,
    framing_changed,   ///< CRs, LFs and blanks around a line, or behind a prompt
    payload_changed,   ///< digits where there was text, and the like
    message_appeared,  ///< though what provokes it occurred in both
    message_vanished,
    message_renamed,  ///< its sub-type is another one
    order_changed,    ///< of a message, its command's result and the data
    result_changed,   ///< of a command
    value_outside,    ///< of what the old one showed
    times_grown,
};
inline constexpr std::size_t changes = 15;
/// As reports and files of known changes have it: `field-added`.
[[nodiscard]] std::string_view name(Change change);
/// Nothing where none is called so.
[[nodiscard]] std::optional<Change> change_named(std::string_view name);

/// One side of a change.
struct Shown {
    std::string form{};       ///< the shape, the frame, the place, …: "+QIRD: <int>"
    std::uint64_t count = 0;  ///< how often that was seen
    std::uint64_t total = 0;  ///< of so many
    std::string line{};       ///< that shows it, with what frames it where that has changed; none where nothing came
    std::size_t caret = 0;    ///< of `line`: the first byte that shows it
};
struct Difference {
    Change change{};
    Subject subject{};
    std::string says{};   ///< a sentence without its point: "1 field for 2: <int> is gone"
    bool breaks = false;  ///< a strict reader of the old one fails, or waits in vain
    Shown old{}, now{};
};

struct Compared {
    std::vector<Difference> differences{};  ///< those that break a reader first
    std::size_t too_few = 0;                ///< subjects that differ too seldom to tell
};

/// Throws std::invalid_argument, one line, where they are of different dialects.
[[nodiscard]] Compared compare(const Profile& old, const Profile& now, bool same_script);

}  // namespace conformance

#endif
