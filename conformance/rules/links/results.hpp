// How the commands of the A76XX series end: results before and behind OK, +IP ERROR.
#ifndef CONFORMANCE_RULES_LINKS_RESULTS_HPP
#define CONFORMANCE_RULES_LINKS_RESULTS_HPP

#include "rules/dialogue.hpp"

namespace conformance {

/// Whether +IP ERROR with that code, or its text, is among the replies.
[[nodiscard]] bool says_ip_error(const Exchange& exchange, const Dialogue& dialogue, std::uint32_t code);
/// The result that came before the command's final one, of that kind and of its link; nullptr where none did.
[[nodiscard]] const Links::Early* early(const Exchange& exchange, const Dialogue& dialogue, atwire::Kind kind);
/// Whether a command of that name has had its OK, and its result is to come.
[[nodiscard]] bool awaits(const Dialogue& dialogue, std::string_view name);
/// The same of an AT+CIPOPEN or AT+CIPCLOSE of that link.
[[nodiscard]] bool awaits(const Dialogue& dialogue, std::uint32_t link);

}  // namespace conformance

#endif
