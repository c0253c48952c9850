// The rules about AT+QICLOSE and "closed" (bc65, bc26, ec200x).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using State = Socket::State;
using Due = Socket::Due;
using End = Socket::End;

// ── What an AT+QICLOSE is due for ───────────────────────────────────────────────────────────────────────────────────────────

template <Due due>
void close_first(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* open = command.get<atwire::OpenSocket>();
    if (open == nullptr || dialogue.sockets[open->socket].close != due) return;
    report(command.command, "AT+QICLOSE=" + std::to_string(open->socket) + " first, as the socket " +
                                (due == Due::after_end ? "was ended" : "could not be opened"));
}

// ── AT+QICLOSE ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

bool is_close(const Exchange& one) { return one.get<atwire::CloseSocket>() != nullptr; }

/// A CLOSE OK that no accepted AT+QICLOSE waits for.
bool is_unawaited(const HeardEvent& close_ok, const Dialogue& dialogue) {
    return dialogue.both_sides && dialogue.awaits(close_ok.message) == nullptr;
}
bool follows_failed_close(const Dialogue& dialogue) {
    return dialogue.last && is_close(*dialogue.last) && !dialogue.last->succeeded();
}
void close_ok_behind_ok(const HeardEvent& close_ok, const Dialogue& dialogue, const Report& report) {
    if (!is_unawaited(close_ok, dialogue)) return;
    if (std::ranges::any_of(dialogue.pending, is_close))
        report(close_ok, "OK before CLOSE OK");
    else if (dialogue.sockets.has_confirmed() && !follows_failed_close(dialogue))
        report(close_ok, "one CLOSE OK for an AT+QICLOSE");
}
void no_close_ok(const HeardEvent& close_ok, const Dialogue&, const Report& report) { report(close_ok, "OK alone"); }

void nothing_after_failed_close(const HeardEvent& close_ok, const Dialogue& dialogue, const Report& report) {
    if (is_unawaited(close_ok, dialogue) && dialogue.pending.empty() && follows_failed_close(dialogue))
        report(close_ok, "ERROR alone");
}
void nothing_in_failed_close(const Exchange& close, const Dialogue&, const Report& report) {
    if (is_close(close) && !close.succeeded() && close.reply(Kind::close_ok) != nullptr) report(*close.result, "ERROR alone");
}

/// ec200x: <timeout>, 10 s by default.
std::uint32_t close_time(const Exchange& exchange, const Dialogue&) {
    const auto* close = exchange.get<atwire::CloseSocket>();
    return close == nullptr ? 0 : 1000 * close->timeout.value_or(10);
}
/// bc65: 10 s for an accepted connection.
std::uint32_t accepted_close_time(const Exchange& exchange, const Dialogue& dialogue) {
    const auto* close = exchange.get<atwire::CloseSocket>();
    return close != nullptr && dialogue.sockets[close->socket].service == "TCP INCOMING" ? 10000 : 0;
}

void close_blocks(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (!command.command->joined && std::ranges::any_of(dialogue.pending, is_close))
        report(command.command, "nothing before the result of AT+QICLOSE");
}

/// The longer of <timeout> and 10 s.
void close_is_lost(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    for (const Exchange& waiting : dialogue.pending) {
        const auto* close = waiting.get<atwire::CloseSocket>();
        if (close == nullptr) continue;
        const std::uint32_t limit = std::max(close->timeout.value_or(10), 10u);
        if (later_than(limit, waiting.command.place, command.command.place))
            report(command.command, "a restart: AT+QICLOSE has no result in " + std::to_string(limit) + " s");
    }
}

/// A line of a socket that AT+QICLOSE has closed.
void silent(const HeardEvent& event, std::uint32_t number, const Dialogue& dialogue, const Report& report) {
    const Socket& socket = dialogue.sockets[number];
    if (socket.state == State::closed && socket.end == End::released)
        report(event, "nothing of " + connect_id(number) + " after its close");
}
void no_notice(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    silent(event, event.message.body.data_available.socket, dialogue, report);
}
void no_full_buffer(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    silent(event, event.message.body.buffer_full.socket, dialogue, report);
}
void no_data(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (const auto number = event.message.body.data_received.socket) silent(event, *number, dialogue, report);
}
/// Where ec200x closes in the background, "closed" is the end of the close; it does where nobody has said that it doesn't.
void no_closed(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (!dialogue.is("ec200x") || dialogue.settings.close_mode == 0)
        silent(event, event.message.body.peer_closed.socket, dialogue, report);
}

/// ec200x: what was closed in the background is open again, and nothing has said that it was closed.
void background_close_told(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    const auto& [number, error] = opened.message.body.socket_opened;
    if (error == 0 && dialogue.sockets[number].state == State::closing)
        report(opened, "+QIURC: \"closed\"," + std::to_string(number) + " before it is opened again");
}

void listener_last(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* close = command.get<atwire::CloseSocket>();
    if (close == nullptr || dialogue.sockets[close->socket].state != State::listening) return;
    for (std::uint32_t number = 0; number < atwire::max_sockets; ++number)
        if (dialogue.sockets[number].is_open() && dialogue.sockets[number].server == close->socket)
            return report(command.command, "AT+QICLOSE of " + connect_id(number) + " first, which the listener accepted");
}

// ── "closed" ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void closed_once(const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    if (dialogue.sockets[closed.message.body.peer_closed.socket].state == State::peer_closed)
        report(closed, "no second \"closed\"");
}
void closed_tcp(const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    const std::string& service = dialogue.sockets[closed.message.body.peer_closed.socket].service;
    if (!service.empty() && service != "TCP" && service != "TCP INCOMING")
        report(closed, "a TCP connection, not \"" + service + "\"");
}

template <class Message>
void no_send_after_closed(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    const auto* sent = send.get<Message>();
    if (sent == nullptr || sent->length == 0u || dialogue.sockets[sent->socket].state != State::peer_closed) return;
    // "closed" may have come while the command waited.
    if (send.succeeded() && send.reply(Kind::peer_closed) == nullptr)
        report(*send.result, "ERROR: " + connect_id(sent->socket) + " was ended");
}

constexpr Check checks[] = {
    {"bc26.qiopen.close-after-failure", OnCommand{"QIOPEN", close_first<Due::after_failure>}},
    {"nb.qiclose.ok-then-close-ok", OnEvent{Kind::close_ok, close_ok_behind_ok}},
    {"ec200x.qiclose.ok-only", OnEvent{Kind::close_ok, no_close_ok}},
    {"qi.qiclose.error-on-failure", OnEvent{Kind::close_ok, nothing_after_failed_close}},
    {"qi.qiclose.error-on-failure", OnResult{"QICLOSE", nothing_in_failed_close}},
    {"nb.qiclose.mrt-300ms", ResponseTime{"QICLOSE"}},
    {"bc65.qiclose.close-ok-10s", LateResultTime{"QICLOSE", LateResultTime::From::command, accepted_close_time}},
    {"ec200x.qiclose.mrt-timeout", ResponseTime{"QICLOSE", close_time}},
    {"ec200x.qiclose.timeout-range", ParameterRange{"QICLOSE", "timeout"}},
    {"ec200x.qiclose.blocks-commands", OnCommand{"", close_blocks}},
    {"ec200x.qiclose.reboot-after-10s", OnCommand{"", close_is_lost}},
    {"qi.qiclose.no-lines-after", OnEvent{Kind::data_available, no_notice}},
    {"qi.qiclose.no-lines-after", OnEvent{Kind::buffer_full, no_full_buffer}},
    {"qi.qiclose.no-lines-after", OnEvent{Kind::data_received, no_data}},
    {"qi.qiclose.no-lines-after", OnEvent{Kind::peer_closed, no_closed}},
    {"ec200x.qiclose.close-mode-async", OnEvent{Kind::socket_opened, background_close_told}},
    {"bc65-ec200x.qiclose.incoming-then-listener", OnCommand{"QICLOSE", listener_last}},
    {"nb.closed.host-must-qiclose", OnCommand{"QIOPEN", close_first<Due::after_end>}},
    {"ec200x.closed.qiclose-restores", OnCommand{"QIOPEN", close_first<Due::after_end>}},
    {"qi.closed.once", OnEvent{Kind::peer_closed, closed_once}},
    {"qi.closed.tcp-only", OnEvent{Kind::peer_closed, closed_tcp}},
    {"qi.closed.no-send-after", OnResult{"QISEND", no_send_after_closed<atwire::Send>}},
    {"qi.closed.no-send-after", OnResult{"QISENDEX", no_send_after_closed<atwire::SendHex>}},
};

}  // namespace

extern const std::span<const Check> sockets_closing_checks{checks};

}  // namespace conformance
