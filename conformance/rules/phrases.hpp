// How findings say things: one spelling of each.
#ifndef CONFORMANCE_RULES_PHRASES_HPP
#define CONFORMANCE_RULES_PHRASES_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace conformance {

/// `0.3 s`
[[nodiscard]] std::string seconds(double time);
/// Whether a time in seconds is longer than one in ms. Those of a capture are exact to the ms.
[[nodiscard]] bool is_over(double passed, std::uint32_t limit);
/// `"TCP"`
[[nodiscard]] inline std::string quoted(std::string_view text) { return '"' + std::string{text} + '"'; }
/// `connectID 3`
[[nodiscard]] inline std::string connect_id(std::uint32_t number) { return "connectID " + std::to_string(number); }

}  // namespace conformance

#endif
