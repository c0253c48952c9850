// The commands that send data on a socket, or read it, and what is known of the socket (bc65, bc26, ec200x).
#ifndef CONFORMANCE_RULES_SOCKETS_SENDS_HPP
#define CONFORMANCE_RULES_SOCKETS_SENDS_HPP

#include <initializer_list>

#include "rules/check.hpp"

namespace conformance {

// ── What is known of a socket ───────────────────────────────────────────────────────────────────────────────────────────────

/// Its access mode, by what was said of it, or as the capture's reader was told where nothing was.
[[nodiscard]] std::optional<std::uint32_t> access_mode_of(const Dialogue& dialogue, std::uint32_t socket_number);
/// Whether its service is known, as above, to be one of those.
[[nodiscard]] bool has_service(const Dialogue& dialogue, std::uint32_t socket_number, std::initializer_list<atwire::Service> any);

// ── The commands that send ──────────────────────────────────────────────────────────────────────────────────────────────────

/// The data in a command as it is spelled: `AT+QISEND=0,5,"hello"`, whether the dialect takes it or not.
struct Inline {
    std::string_view spelled{};  ///< with its quotes
    std::size_t at = 0;          ///< where in the line
    std::optional<std::uint64_t> length{};

    [[nodiscard]] bool quoted() const { return spelled.size() > 1 && spelled.front() == '"' && spelled.back() == '"'; }
    [[nodiscard]] std::string_view data() const { return quoted() ? spelled.substr(1, spelled.size() - 2) : spelled; }
};
/// Nothing where the command has no data behind its second comma.
[[nodiscard]] std::optional<Inline> inline_data(const Exchange& exchange);

[[nodiscard]] inline bool is_send(const Exchange& exchange) { return exchange.name == "QISEND" || exchange.name == "QISENDEX"; }
/// The oldest send without its final result, or nullptr.
[[nodiscard]] const Exchange* pending_send(const Dialogue& dialogue);
/// Whether a send has its OK, and its result is to come.
[[nodiscard]] bool awaits_send(const Dialogue& dialogue);
/// The command behind whose prompt the host is typing, if it sends; else nullptr.
[[nodiscard]] const Exchange* typing(const Dialogue& dialogue);
/// Whether it asks for a prompt.
[[nodiscard]] bool by_prompt(const Exchange& exchange);
/// Whether the module has taken the data, sent or not.
[[nodiscard]] bool taken(const Exchange& exchange);

/// Of a command of a socket that should have been refused: `why` says what the socket is.
void not_refused(const Exchange& command, const Report& report, std::uint32_t socket, std::string_view why);

}  // namespace conformance

#endif
