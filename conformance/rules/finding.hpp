// What a check has found.
#ifndef CONFORMANCE_RULES_FINDING_HPP
#define CONFORMANCE_RULES_FINDING_HPP

#include <cstdint>
#include <optional>
#include <string>

#include "rules/rule.hpp"

namespace conformance {

/// Where something stands in a capture.
struct Place {
    std::size_t line = 0;           ///< of the file, from 1; 0 in raw bytes, which have none
    std::uint64_t offset = 0;       ///< of the first byte, its lead not included, in its side's stream
    std::optional<double> time{};   ///< seconds; of its last byte
    std::optional<double> began{};  ///< of its first byte
};

/// The seconds from one to the other; nothing where one of them has no time.
[[nodiscard]] inline std::optional<double> seconds_between(const Place& from, const Place& to) {
    return from.time && to.time ? std::optional{*to.time - *from.time} : std::nullopt;
}
/// Whether `to` is more than so many seconds behind `from`; false where a time is missing.
[[nodiscard]] inline bool later_than(double seconds, const std::optional<Place>& from, const Place& to) {
    const auto passed = from ? seconds_between(*from, to) : std::nullopt;
    return passed && *passed > seconds;
}

/// One departure from a rule.
struct Finding {
    const Rule* rule = nullptr;
    Place place{};
    std::string wire{};      ///< the bytes that it is about, without what frames them; nothing where nothing came
    std::size_t caret = 0;   ///< of `wire`
    std::string expected{};  ///< a phrase: "err in {0, 550..574}, not 5"
};

}  // namespace conformance

#endif
