// The bytes of command lines and of lines `+NAME: …`: what they begin with, their values, and where these stand.
#ifndef CONFORMANCE_RULES_WIRE_HPP
#define CONFORMANCE_RULES_WIRE_HPP

#include <atwire/fields.hpp>
#include <optional>
#include <string_view>

namespace conformance {

// ── Places, for carets ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// Where the value of that number, from 0, begins behind `=` or the colon, its quote with it; the line's end where there is none.
[[nodiscard]] std::size_t place_of(std::string_view line, std::size_t value);
/// Where the text stands; 0 where it doesn't.
[[nodiscard]] std::size_t place_of(std::string_view line, std::string_view text);
/// Where `part`, a view of the line, begins; 0 where it is no view of it.
[[nodiscard]] std::size_t place_in(std::string_view line, std::string_view part);

// ── Values ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The values behind the command's `=`; none where it has no `=`.
[[nodiscard]] atwire::Values values_of(std::string_view command);
/// The number that stands at that place, from 0; nothing where there is no value, or no number.
[[nodiscard]] std::optional<std::int64_t> number_at(const atwire::Values& values, std::size_t place);

// ── Spellings ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Whether both are the same but for the case of their letters.
[[nodiscard]] bool same_letters(std::string_view a, std::string_view b);
/// Whether the line begins so; `upper` is in upper case, the line in any.
[[nodiscard]] bool begins(std::string_view line, std::string_view upper);
/// Whether the line is a prompt, as it is read where none is due.
[[nodiscard]] inline bool is_prompt(std::string_view line) { return line == ">" || line == "> "; }
/// Whether the line is the command of that name, `CFUN`, alone or joined to another.
[[nodiscard]] bool is_command(std::string_view line, std::string_view name);
/// Whether there is nothing but hexadecimal digits.
[[nodiscard]] bool are_hex_digits(std::string_view text);
/// Whether an address is a name, which has to be resolved: neither IPv4 nor IPv6.
[[nodiscard]] bool is_host_name(std::string_view address);

}  // namespace conformance

#endif
