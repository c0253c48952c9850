// What the reports of a comparison say in the same words.
#ifndef CONFORMANCE_GATE_DIFF_PHRASES_HPP
#define CONFORMANCE_GATE_DIFF_PHRASES_HPP

#include "gate/diff.hpp"

namespace conformance {

/// `no change found`, `3 changes`
[[nodiscard]] std::string changes_of(const Diff& diff);
/// What follows that: `, 2 of them break a strict reader of the old one, 1 known`; may be empty.
[[nodiscard]] std::string details_of(const Diff& diff);
/// `BC26NBR01A05, BC26NBR01A06`, escaped; `firmware unknown`
[[nodiscard]] std::string firmware_of(const DiffSide& side);
/// In how much the two differ too seldom, as sentences; empty where in nothing.
[[nodiscard]] std::string uncertain_of(const Diff& diff);

/// What known changes that are gone stand under.
inline constexpr std::string_view gone_changes_title = "Known changes that aren't there any more";

}  // namespace conformance

#endif
