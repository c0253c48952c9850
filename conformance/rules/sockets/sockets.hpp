// What is known of the sockets of a Quectel module (bc65, bc26, ec200x).
#ifndef CONFORMANCE_RULES_SOCKETS_SOCKETS_HPP
#define CONFORMANCE_RULES_SOCKETS_SOCKETS_HPP

#include <atwire/settings.hpp>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "rules/finding.hpp"
#include "rules/kept.hpp"

namespace conformance {

struct Exchange;
class Dialogue;
template <class Message>
struct Heard;

/// What is known of one connectID. Nothing is assumed: what no line has said is unknown.
struct Socket {
    enum class State : std::uint8_t {
        unknown,
        closed,       ///< not opened, or closed again
        opening,      ///< AT+QIOPEN was accepted, its result is still to come
        open,         ///< opened, or accepted by a listener
        listening,    ///< an opened "TCP LISTENER"
        peer_closed,  ///< the peer or the network has ended it
        closing,      ///< AT+QICLOSE was accepted, the end of the close is still to come
    };
    /// What an AT+QICLOSE is still due for.
    enum class Due : std::uint8_t { nothing, after_failure, after_end };
    /// How it came to be closed.
    enum class End : std::uint8_t {
        unknown,
        released,  ///< by AT+QICLOSE; holds until it is open again
        failed,    ///< it wasn't opened
        unlisted,  ///< AT+QISTATE left it out
    };

    State state = State::unknown;
    End end = End::unknown;
    Due close = Due::nothing;
    bool refused = false;                        ///< the last AT+QIOPEN had an error for its result
    bool used = false;                           ///< the host has sent or read on it
    std::string service{};                       ///< as AT+QIOPEN and +QISTATE spell it; empty where unknown
    std::optional<std::uint32_t> context{};      ///< contextID
    std::optional<std::uint32_t> access_mode{};  ///< as given or shown last
    std::optional<std::uint32_t> server{};       ///< of an accepted socket: its listener
    std::optional<Kept<atwire::Command>> by{};   ///< the AT+QIOPEN that opened it, or is to
    std::optional<Kept<atwire::Event>> from{};   ///< the "incoming" that reported it

    /// Whether data may pass.
    [[nodiscard]] bool is_open() const { return state == State::open || state == State::listening; }
    /// Whether it surely isn't open: nothing can be sent on it.
    [[nodiscard]] bool is_gone() const { return state == State::closed || state == State::peer_closed; }
    /// What it was opened with, or nullptr where that wasn't heard.
    [[nodiscard]] const atwire::OpenSocket* opening() const { return by ? atwire::get<atwire::OpenSocket>(**by) : nullptr; }
    /// Whom the listener accepted, or nullptr.
    [[nodiscard]] const atwire::Incoming* incoming() const { return from ? atwire::get<atwire::Incoming>(**from) : nullptr; }
};

class Sockets {
public:
    /// One of which nothing is known where there is no such connectID.
    [[nodiscard]] const Socket& operator[](std::uint32_t number) const;
    [[nodiscard]] const std::array<Socket, atwire::max_sockets>& all() const { return sockets_; }
    /// The socket of the byte pipe, open or left by `+++`.
    [[nodiscard]] std::optional<std::uint32_t> pipe() const { return pipe_; }
    /// How many times in a row a socket could not be opened.
    [[nodiscard]] unsigned failures() const { return failures_; }
    /// Whether a CLOSE OK has come for an AT+QICLOSE of this dialogue.
    [[nodiscard]] bool has_confirmed() const { return confirmed_; }
    /// When a socket with that local port was closed; nullptr where none was.
    [[nodiscard]] const Place* freed(std::uint16_t local_port) const;
    /// What AT+QISTATE? listed, where nothing has changed since: the open ones. `form` is the one it was asked in.
    struct Listing {
        atwire::CommandForm form{};
        std::vector<std::uint32_t> open{};
    };
    [[nodiscard]] const std::optional<Listing>& listing() const { return listing_; }

    void heard(const Heard<atwire::Command>& command, const Dialogue& dialogue);
    void heard(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    /// A command has had its final result.
    void finished(const Exchange& exchange, const Dialogue& dialogue);

private:
    void opened(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    void ended(std::uint32_t number);
    void close_confirmed(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    void accepted(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    void shown(const atwire::SocketStatus& row, const Dialogue& dialogue);
    void pipe_ended(const Dialogue& dialogue);
    void open_answered(const Exchange& exchange, const atwire::OpenSocket& open);
    void close_answered(const Exchange& exchange, std::uint32_t number, const Dialogue& dialogue);
    void listed(const Exchange& exchange);
    void context_ended(std::uint32_t context, bool by_host);
    void forget();
    void free(Socket& socket, const Place& place);

    Socket* at(std::uint32_t number) { return number < sockets_.size() ? &sockets_[number] : nullptr; }

    std::array<Socket, atwire::max_sockets> sockets_{};
    std::optional<std::uint32_t> pipe_{};
    bool closes_itself_ = false;  ///< QICFG "passiveclosed" is known to be 1
    bool confirmed_ = false;
    unsigned failures_ = 0;
    struct Freed {
        std::uint16_t port;
        Place at;
    };
    std::deque<Freed> freed_{};  ///< oldest first
    std::optional<Listing> listing_{};
};

/// bc65: how long an AT+QIOPEN may take for its result, in ms: <open_time>, and 140 s more for a name. 0 where it has no address.
[[nodiscard]] std::uint32_t open_time(const Exchange& exchange, const Dialogue& dialogue);
/// The connected sockets in the answer to AT+QISTATE, in order.
[[nodiscard]] std::vector<std::uint32_t> open_in(const Exchange& listing);

}  // namespace conformance

#endif
