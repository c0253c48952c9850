// What is known of the data that a Quectel module's sockets sent and received (bc65, bc26, ec200x).
#ifndef CONFORMANCE_RULES_SOCKETS_TRANSFERS_HPP
#define CONFORMANCE_RULES_SOCKETS_TRANSFERS_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <atwire/settings.hpp>
#include <optional>
#include <string>

#include "rules/finding.hpp"

namespace conformance {

struct Exchange;
class Dialogue;
template <class Message>
struct Heard;

/// Bytes of which only two bounds may be known.
struct Count {
    std::uint64_t least = 0;
    std::uint64_t most = 0;

    Count& operator+=(const Count& other) {
        least += other.least;
        most += other.most;
        return *this;
    }
};

/// What a command is to send. `socket` and `length` as it says; `data` as it stands in the command, without quotes.
struct Outgoing {
    std::uint32_t socket = 0;
    std::optional<std::uint32_t> length{};
    std::optional<std::string_view> data{};
    bool hex = false;  ///< AT+QISENDEX
};
/// Nothing where the command sends nothing, or is none of the documented forms.
[[nodiscard]] std::optional<Outgoing> outgoing(const Exchange& exchange);
/// Which socket's totals `AT+QISEND=<connectID>,0` asks for, if it is that.
[[nodiscard]] std::optional<std::uint32_t> asks_sent(const Exchange& exchange);
/// The same of `AT+QIRD=<connectID>,0`.
[[nodiscard]] std::optional<std::uint32_t> asks_received(const Exchange& exchange);
/// The bytes that reach the peer where the command is accepted; nothing where that is not known at all.
[[nodiscard]] std::optional<Count> bytes_of(const Exchange& exchange, const atwire::Settings& settings);

/// The read of the pending line that the next `+QIRD:` answers; nullptr where none was heard.
[[nodiscard]] const atwire::ReadData* next_read(const Dialogue& dialogue);
/// The same of `+QISEND:`.
[[nodiscard]] std::optional<std::uint32_t> next_sent_query(const Dialogue& dialogue);

/// What is known of the data of one connectID, since it was opened or since the capture began.
struct Flow {
    // ── Sent ──
    std::optional<std::uint64_t> sent_total{};  ///< what the module told last; 0 where the socket was opened then
    Count sent{};                               ///< since then, with SEND OK
    bool sent_hex = false;                      ///< by AT+QISENDEX among them
    bool sent_text = false;                     ///< by AT+QISEND
    std::optional<atwire::SendTotals> totals{};
    std::uint32_t polls = 0;         ///< since the last send, each answered that data is unacknowledged
    std::optional<Place> polled{};   ///< the last of them
    std::optional<Place> sent_at{};  ///< the last SEND OK
    bool lost = false;               ///< what was sent last was unacknowledged 2 min later
    std::optional<Place> refused{};  ///< the ERROR of the last send

    // ── Received ──
    std::optional<std::uint64_t> read_total{};  ///< as `sent_total`
    std::uint64_t read = 0;                     ///< by AT+QIRD since then
    std::optional<atwire::ReceiveTotals> receive_totals{};
    bool noticed = false;                 ///< no read since the notice can have emptied the buffer
    bool unread = false;                  ///< the host was told of data, or got as much as it asked for, and reads no further
    bool node_ended = false;              ///< the last read left 0 of its node
    bool full = false;                    ///< "buff full", and no read since
    bool empty = false;                   ///< +QIRD: 0, and no notice since
    std::optional<std::uint32_t> node{};  ///< what is left of the piece that the last notice announced

    /// A read that may have been of this socket.
    void forget_received();

    // ── AT+QISWTMD ──
    std::optional<std::uint32_t> switched{};  ///< to that access mode
    bool switch_fresh = false;                ///< nothing was received since
};

class Transfers {
public:
    /// One of which nothing is known where there is no such connectID.
    [[nodiscard]] const Flow& operator[](std::uint32_t number) const;

    /// A payload whose length was announced.
    struct Body {
        atwire::Kind header = atwire::Kind::ok;  ///< of its header; `ok` where there is none
        bool complete = false;                   ///< its last byte was the last that was heard
        bool cut = false;                        ///< it ended before its length
        bool in_line = false;                    ///< it stands on its header's line
        bool line_inside = false;                ///< CR LF + stands in it
        std::uint32_t socket = atwire::max_sockets;
        std::string last{};  ///< bytes of it, 8 at most

        void add(const atwire::Payload& piece);
        /// Whether it ends as the answer to AT+QIRD does.
        [[nodiscard]] bool ok_swallowed() const { return last == "\r\n\r\nOK\r\n"; }
    };
    Body body{};

    /// What the port is.
    enum class Port : std::uint8_t { unknown, lines, pipe };
    Port port = Port::unknown;
    bool left_pipe = false;          ///< by `+++` and OK, and its socket is as it was
    std::optional<Place> escaped{};  ///< the last `+++`
    bool send_accepted = false;      ///< the OK of a send was heard: from then on each result's command is known
    std::uint32_t results_due = 0;   ///< of sends that had their OK
    bool cancelled = false;          ///< the last send was, by Esc
    std::string typed{};             ///< behind the last prompt, without what ends it
    std::uint64_t echoed = 0;        ///< bytes of it that came back
    bool showlength_fresh = false;   ///< it was set, and no line since shows what it is
    bool viewmode_fresh = false;
    bool qisde_fresh = false;
    std::uint32_t noticed_now = atwire::max_sockets;  ///< the socket of the notice that was the last that was heard

    void heard(const Heard<atwire::Command>& command, const Dialogue& dialogue);
    void heard(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    /// A command has had its final result.
    void finished(const Exchange& exchange, const Dialogue& dialogue);

private:
    void header(const Heard<atwire::Event>& event, std::optional<std::uint32_t> socket);
    void payload(const atwire::Payload& piece, const Dialogue& dialogue);
    void told(const atwire::SendTotals& totals, const Dialogue& dialogue);
    void told(const atwire::ReceiveTotals& totals, const Dialogue& dialogue);
    void read(const atwire::DataRead& header, const Dialogue& dialogue);
    void noticed(std::uint32_t number, std::optional<std::uint32_t> length);
    void send_result(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    void sent(const Exchange& exchange, const Dialogue& dialogue, const Place& now);
    void set(std::uint32_t number, Flow flow);

    Flow* at(std::uint32_t number) { return number < flows_.size() ? &flows_[number] : nullptr; }

    std::array<Flow, atwire::max_sockets> flows_{};
};

}  // namespace conformance

#endif
