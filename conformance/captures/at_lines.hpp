// What a line of AT traffic looks like, whatever the dialect.
#ifndef CONFORMANCE_CAPTURES_AT_LINES_HPP
#define CONFORMANCE_CAPTURES_AT_LINES_HPP

#include <optional>
#include <string_view>

namespace conformance {

/// A command line: `AT` in any case, and what may stand behind it (V.250, 5.2 to 5.4).
[[nodiscard]] bool is_command(std::string_view line);
/// A result that ends a command: `OK`, `+CME ERROR: 50`, …
[[nodiscard]] bool is_final_result(std::string_view line);
/// `+NAME`, `+NAME: …`: an information response or a URC.
[[nodiscard]] bool is_information(std::string_view line);
/// Any of these, or a URC of the kind `RDY`.
[[nodiscard]] bool is_at(std::string_view line);
/// Somewhere in these bytes a line begins with `AT`.
[[nodiscard]] bool says_at(std::string_view bytes);
/// How many bytes a command that sends on a socket announces: its second argument, where that is a number (`AT+QISEND=0,12`).
[[nodiscard]] std::optional<std::size_t> announced_length(std::string_view command);
/// What a command line says of the echo of those behind it (`ATE0`). Nothing where it says nothing.
[[nodiscard]] std::optional<bool> echo_set_by(std::string_view command);

}  // namespace conformance

#endif
