// The rules about when a send is taken, its results and its totals (bc65, bc26, ec200x).
#include <algorithm>

#include "rules/check.hpp"
#include "rules/sockets/sends.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using atwire::Service;
using State = Socket::State;

// ── Results of sends ────────────────────────────────────────────────────────────────────────────────────────────────────────

std::string shown(const HeardEvent& result) { return std::string{result.wire}; }

/// Behind a prompt bc65 may say SEND FAIL alone.
void before_ok(std::string_view name, const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    if (!dialogue.transfers.send_accepted || dialogue.awaits(result.message) != nullptr) return;
    const Exchange* send = pending_send(dialogue);
    if (send == nullptr || send->name != name || send->data_end == "esc") return;
    if (result.message.kind == Kind::send_fail && send->prompt && dialogue.is("bc65")) return;
    report(result, "OK before " + shown(result));
}
void send_before_ok(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    before_ok("QISEND", result, dialogue, report);
}
void send_hex_before_ok(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    before_ok("QISENDEX", result, dialogue, report);
}

void unasked_send_result(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    const Transfers& known = dialogue.transfers;
    if (known.send_accepted && !known.cancelled && known.results_due == 0 && pending_send(dialogue) == nullptr)
        report(result, shown(result) + " only behind the OK of a send");
}
void result_without_send(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    if (dialogue.last && pending_send(dialogue) == nullptr) report(result, shown(result) + " only where a send waits for it");
}

void send_result_only(const Exchange& send, const Dialogue&, const Report& report) {
    if (outgoing(send) && send.data_end != "esc" && (*send.result)->kind == Kind::ok)
        report(*send.result, "SEND OK, SEND FAIL or ERROR, not OK");
}
void no_prompt(const Exchange& send, const Dialogue&, const Report& report) {
    if (const auto* prompt = send.reply(Kind::prompt); prompt != nullptr && outgoing(send))
        report(*prompt, "SEND OK, SEND FAIL or ERROR, not >");
}

/// One whose failure was said without an OK has had its result.
void waits_for_result(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    const auto waits = [](const Exchange& one) { return outgoing(one) && one.reply(Kind::send_fail) == nullptr; };
    if (outgoing(send) && (awaits_send(dialogue) || std::ranges::any_of(dialogue.pending, waits)))
        report(send.command, "SEND OK or SEND FAIL of the send before it first");
}
void busy(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    if (outgoing(send) && awaits_send(dialogue) && (*send.result)->kind == Kind::ok)
        report(send.command, "ERROR, as the send before it still waits for SEND OK, not OK");
}

// ── Sends that are refused ──────────────────────────────────────────────────────────────────────────────────────────────────

void send_unopened(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    if (const auto out = outgoing(send); out && taken(send) && dialogue.sockets[out->socket].state == State::closed)
        not_refused(send, report, out->socket, "not open");
}
/// What the peer has ended is a rule of its own.
void send_unconnected(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    const auto out = outgoing(send);
    if (!out || !taken(send)) return;
    const State state = dialogue.sockets[out->socket].state;
    if (state == State::opening || state == State::closing) not_refused(send, report, out->socket, "not connected");
}
void send_by_server(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    const auto out = outgoing(send);
    if (!out || !taken(send)) return;
    const auto* plain = send.get<atwire::Send>();
    if (plain != nullptr && plain->address) return;
    if (has_service(dialogue, out->socket, {Service::tcp_listener, Service::udp_service}))
        not_refused(send, report, out->socket, "a listener or a service");
}

void udp_service_form(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::Send>();
    if (send == nullptr || asks_sent(command)) return;
    if (send->address &&
        has_service(dialogue, send->socket,
                    {Service::tcp, Service::udp, Service::tcp_listener, Service::tcp_incoming, Service::udp_incoming}))
        report(command.command, "no peer's address, as connectID " + std::to_string(send->socket) + " is no \"UDP SERVICE\"");
    if (!send->address && has_service(dialogue, send->socket, {Service::udp_service}))
        report(command.command,
               "the peer's address and port, as connectID " + std::to_string(send->socket) + " is a \"UDP SERVICE\"");
}

bool is_dotted(std::string_view address) {
    std::size_t parts = 0;
    while (parts < 5) {
        const std::string_view part = address.substr(0, address.find('.'));
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        if (part.empty() || part.size() > 3 || !std::ranges::all_of(part, digit)) return false;
        if (std::stoi(std::string{part}) > 255) return false;
        ++parts;
        if (part.size() == address.size()) break;
        address.remove_prefix(part.size() + 1);
    }
    return parts == 4;
}
void remote_ip_dotted(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* send = command.get<atwire::Send>();
    if (send != nullptr && send->address && !is_dotted(*send->address))
        report(command.command, "remoteIP as n.n.n.n, not " + std::string{*send->address},
               command.command.wire.find(*send->address));
}
void send_in_pipe(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    const auto out = outgoing(send);
    if (out && access_mode_of(dialogue, out->socket) == 2u)
        report(send.command, "access_mode 0 or 1 of connectID " + std::to_string(out->socket) + ", not 2");
}

// ── Totals of what was sent ─────────────────────────────────────────────────────────────────────────────────────────────────

void zero_asks(const Exchange& query, const Dialogue&, const Report& report) {
    if (!asks_sent(query)) return;
    if (const auto* prompt = query.reply(Kind::prompt)) return report(*prompt, "+QISEND: and three totals, not >");
    if (query.succeeded() && query.reply(Kind::send_totals) == nullptr && query.reply(Kind::malformed) == nullptr)
        report(*query.result, "+QISEND: and three totals before " + query.result->wire);
}

void sent_add_up(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const auto& [sent, acked, unacked, received] = line.message.body.send_totals;
    const auto socket = next_sent_query(dialogue);
    if (socket && has_service(dialogue, *socket, {Service::tcp, Service::tcp_incoming}) &&
        sent != std::uint64_t{acked} + *unacked)
        report(line, "sent = acknowledged + unacknowledged, not " + std::to_string(sent) + " = " + std::to_string(acked) + " + " +
                         std::to_string(*unacked));
}
void sent_monotonic(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const auto& [sent, acked, unacked, received] = line.message.body.send_totals;
    const auto socket = next_sent_query(dialogue);
    if (!socket) return;
    const auto& before = dialogue.transfers[*socket].totals;
    const bool is_tcp = has_service(dialogue, *socket, {Service::tcp, Service::tcp_incoming});
    if (before && sent < before->sent)
        report(line, "at least the " + std::to_string(before->sent) + " bytes sent of before, not " + std::to_string(sent));
    else if (before && is_tcp && acked < before->acked)
        report(line,
               "at least the " + std::to_string(before->acked) + " acknowledged bytes of before, not " + std::to_string(acked));
    else if (is_tcp && acked > sent)
        report(line, "no more acknowledged than the " + std::to_string(sent) + " bytes sent, not " + std::to_string(acked));
}
/// Of sends that all were AT+QISENDEX, or of others. What still waits for SEND OK may count or not.
template <bool of_hex>
void sent_sum(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const auto socket = next_sent_query(dialogue);
    if (!socket || dialogue.set.contains(std::string_view{"QICFG send/auto"})) return;
    const Flow& flow = dialogue.transfers[*socket];
    if (!flow.sent_total || of_hex != (flow.sent_hex && !flow.sent_text)) return;
    Count all = flow.sent;
    for (const Exchange& one : dialogue.awaited) {
        const auto out = outgoing(one);
        if (is_send(one) && !out) return;
        if (out && out->socket == *socket) {
            const auto bytes = bytes_of(one, dialogue.settings);
            if (!bytes) return;
            all.most += bytes->most;
        }
    }
    const std::uint64_t sent = line.message.body.send_totals.sent;
    const std::uint64_t least = *flow.sent_total + all.least;
    const std::uint64_t most = *flow.sent_total + all.most;
    if (sent < *flow.sent_total || (sent >= least && sent <= most)) return;  // less than before breaks another rule
    report(line, std::to_string(least) + (most > least ? ".." + std::to_string(most) : "") + " bytes sent, not " +
                     std::to_string(sent));
}

constexpr double poll_interval = 5;
constexpr double poll_tolerance = 0.5;  // of the host's clock
constexpr std::uint32_t most_polls = 24;

void ack_polls(const Exchange& query, const Dialogue& dialogue, const Report& report) {
    const auto socket = asks_sent(query);
    if (!socket) return;
    const Flow& flow = dialogue.transfers[*socket];
    if (flow.polls == 0) return;
    const auto since = seconds_between(*flow.polled, query.command.place);
    if (since && *since < poll_interval - poll_tolerance)
        report(query.command, "the totals every " + seconds(poll_interval) + ", not after " + seconds(*since));
    else if (flow.polls >= most_polls)
        report(query.command, "at most " + std::to_string(most_polls) + " queries until all is acknowledged");
}
void reconnects(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    if (const auto out = outgoing(send); out && dialogue.transfers[out->socket].polls >= most_polls)
        report(send.command, "AT+QICLOSE=" + std::to_string(out->socket) + " and AT+QIOPEN, as no data is acknowledged");
}
void broken_connection(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    if (const auto out = outgoing(send); out && dialogue.transfers[out->socket].lost)
        report(send.command, "no further data, as none was acknowledged within 2 min");
}
/// The manual says no number; less is no pause.
constexpr double least_pause = 0.1;
void waits_after_error(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    const auto out = outgoing(send);
    if (!out || !dialogue.transfers[out->socket].refused) return;
    if (const auto pause = seconds_between(*dialogue.transfers[out->socket].refused, send.command.place);
        pause && *pause < least_pause)
        report(send.command, "a pause behind ERROR, not " + seconds(*pause));
}

constexpr Check checks[] = {
    {"nb.qisend.ok-then-send-result", OnEvent{Kind::send_ok, send_before_ok}},
    {"nb.qisend.ok-then-send-result", OnEvent{Kind::send_fail, send_before_ok}},
    {"nb.qisendex.ok-then-send-result", OnEvent{Kind::send_ok, send_hex_before_ok}},
    {"nb.qisendex.ok-then-send-result", OnEvent{Kind::send_fail, send_hex_before_ok}},
    {"nb.qisend.results-in-order", OnEvent{Kind::send_ok, unasked_send_result}},
    {"nb.qisend.results-in-order", OnEvent{Kind::send_fail, unasked_send_result}},
    {"ec200x.qisend.result-only-when-pending", OnEvent{Kind::send_ok, result_without_send}},
    {"ec200x.qisend.result-only-when-pending", OnEvent{Kind::send_fail, result_without_send}},
    {"ec200x.qisend.send-result-only", OnResult{"QISEND", send_result_only}},
    {"ec200x.qisendex.send-result-only", OnResult{"QISENDEX", send_result_only}},
    {"ec200x.qisendex.send-result-only", OnResult{"QISENDEX", no_prompt}},
    {"nb.qisendex.mrt-300ms", ResponseTime{"QISENDEX"}},
    {"bc26.qisend.wait-before-next", OnCommand{"QISEND", waits_for_result}},
    {"bc26.qisend.wait-before-next", OnCommand{"QISENDEX", waits_for_result}},
    {"bc65.qisend.wait-before-next", OnCommand{"QISEND", waits_for_result}},
    {"bc65.qisend.wait-before-next", OnCommand{"QISENDEX", waits_for_result}},
    {"bc65.qisend.busy-error", OnResult{"QISEND", busy}},
    {"bc65.qisend.busy-error", OnResult{"QISENDEX", busy}},
    {"qi.qisend.error-unopened-socket", OnResult{"QISEND", send_unopened}},
    {"bc65-ec200x.qisend.error-not-connected", OnResult{"QISEND", send_unconnected}},
    {"ec200x.qisendex.unopened-error", OnResult{"QISENDEX", send_unopened}},
    {"bc65.qisendex.error-not-connected", OnResult{"QISENDEX", send_unopened}},
    {"bc65.qisendex.error-not-connected", OnResult{"QISENDEX", send_unconnected}},
    {"bc65.qisend.service-types", OnResult{"QISEND", send_by_server}},
    {"bc65.qisend.service-types", OnResult{"QISENDEX", send_by_server}},
    {"ec200x.qisend.service-types-plain", OnResult{"QISEND", send_by_server}},
    {"ec200x.qisendex.service-types", OnResult{"QISENDEX", send_by_server}},
    {"ec200x.qisend.udp-service-form", OnCommand{"QISEND", udp_service_form}},
    {"ec200x.qisend.remote-ip-dotted", OnCommand{"QISEND", remote_ip_dotted}},
    {"ec200x.qisend.access-modes", OnCommand{"QISEND", send_in_pipe}},
    {"bc26-ec200x.qisend.zero-is-query", OnResult{"QISEND", zero_asks}},
    {"bc26-ec200x.qisend.totals-add-up", OnEvent{Kind::send_totals, sent_add_up}},
    {"bc26-ec200x.qisend.totals-monotonic", OnEvent{Kind::send_totals, sent_monotonic}},
    {"bc26-ec200x.qisend.totals-sum", OnEvent{Kind::send_totals, sent_sum<false>}},
    {"ec200x.qisendex.bytes-are-half-digits", OnEvent{Kind::send_totals, sent_sum<true>}},
    {"ec200x.qisend.ack-poll-5s-24", OnCommand{"QISEND", ack_polls}},
    {"ec200x.qisend.unacked-reconnect", OnCommand{"", reconnects}},
    {"ec200x.qisend.ack-90s", OnCommand{"", broken_connection}},
    {"ec200x.qisend.error-delay-retry", OnCommand{"", waits_after_error}},
};

}  // namespace

extern const std::span<const Check> sockets_sending_checks{checks};

}  // namespace conformance
