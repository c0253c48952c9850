// The rules about AT+CIPSEND and the totals of what was sent (a76xx).
#include <algorithm>

#include "rules/check.hpp"
#include "rules/links/results.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;
using From = LateResultTime::From;

// ── Sending ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

bool awaits_send(const Dialogue& dialogue, std::uint32_t link) {
    return std::ranges::any_of(dialogue.awaited, [link](const Exchange& one) {
        return (one.name == "CIPSEND" || one.name == "CIPSENDSTR") && link_of(one) == link;
    });
}

void prompt_first(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (exchange.form != CommandForm::write || exchange.prompt) return;
    if (exchange.is_ok()) report(*exchange.result, "> before OK");
    if (exchange.is_error() && exchange.reply(Kind::cip_error) == nullptr)
        report(*exchange.result, "+CIPERROR: <err> before ERROR");
}

void sent_first(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto sent = [&](const Links::Early& one) { return one.kind == Kind::send_result && one.link == link_of(exchange); };
    if (exchange.is_ok() && std::ranges::any_of(dialogue.links.early, sent)) report(*exchange.result, "OK before +CIPSEND");
}
/// A result that no command has asked for: of one that Esc has cancelled, or a second one.
template <bool cancelled>
void sent_again(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    const auto& told = result.message.body.send_result;
    const Link* link = dialogue.links.of(told.socket);
    if (link == nullptr || !dialogue.both_sides || link->cancelled != cancelled) return;
    if (dialogue.awaits(result.message) != nullptr || dialogue.early(result.message) != nullptr) return;
    if (cancelled)
        report(result, "no result of a send that Esc has cancelled");
    else if (link->has_sent)
        report(result, "one +CIPSEND for each AT+CIPSEND of link " + std::to_string(told.socket));
}

void requested_length(const Exchange& exchange, const HeardEvent& result, const Dialogue&, const Report& report) {
    const auto* send = exchange.get<atwire::Send>();
    const auto& told = result.message.body.send_result;
    if (send == nullptr || !told.requested || (!send->length && exchange.data_end != "ctrl_z")) return;
    const std::uint64_t given = send->length ? *send->length : exchange.data_bytes;
    if (*told.requested != given)
        report(result, std::to_string(given) + " bytes, as given, not " + std::to_string(*told.requested),
               place_of(result.wire, 1));
}
void accepted_bytes(const HeardEvent& result, const Dialogue&, const Report& report) {
    const auto& told = result.message.body.send_result;
    if (told.requested && told.accepted > static_cast<std::int64_t>(*told.requested))
        report(result, "-1 or 0.." + std::to_string(*told.requested) + ", not " + std::to_string(told.accepted),
               place_of(result.wire, 2));
}

void send_of_unusable(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const Link* link = dialogue.links.of(link_of(command));
    if (link != nullptr && link->unusable && !link->is_closed() && command.form == CommandForm::write)
        report(command.command,
               "AT+CIPCLOSE=" + std::to_string(*link_of(command)) + ", since not all of the last data was taken");
}
void udp_needs_peer(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::Send>();
    const Link* link = send != nullptr ? dialogue.links.of(send->socket) : nullptr;
    if (link != nullptr && link->is_open() && link->service.starts_with("UDP") && !send->address)
        report(command.command, "the remote address and port, since link " + std::to_string(send->socket) + " is UDP",
               command.command.wire.size());
}
void accepted_needs_length(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::Send>();
    const Link* link = send != nullptr ? dialogue.links.of(send->socket) : nullptr;
    if (link != nullptr && link->is_open() && link->server && *link->server >= 0 && !send->length)
        report(command.command, "a length, since a server accepted link " + std::to_string(send->socket),
               command.command.wire.size());
}
void pairs_of_digits(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* send = command.get<atwire::SendHex>();
    if (send != nullptr && send->data && (*send->data).size() % 2 != 0)
        report(command.command, "two digits for each byte, not " + std::to_string((*send->data).size()),
               place_of(command.command.wire, 1));
}
void hex_of_accepted(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::SendHex>();
    const Link* link = send != nullptr ? dialogue.links.of(send->socket) : nullptr;
    if (link != nullptr && link->is_open() && link->server && *link->server >= 0)
        report(command.command, "a link that no server accepted, not " + std::to_string(send->socket),
               place_of(command.command.wire, 0));
}
void hex_length(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    const auto& told = result.message.body.send_result;
    const Exchange* exchange = dialogue.awaits(result.message);
    const auto* send = exchange != nullptr ? exchange->get<atwire::SendHex>() : nullptr;
    if (send == nullptr || told.requested || !send->data) return;
    const std::uint64_t bytes = (*send->data).size() / 2;
    if (told.accepted >= 0 && static_cast<std::uint64_t>(told.accepted) != bytes)
        report(result, std::to_string(bytes) + " bytes, half as many as digits, not " + std::to_string(told.accepted),
               place_of(result.wire, 1));
}

bool is_variable(const Exchange& exchange) {
    const auto* send = exchange.get<atwire::Send>();
    return send != nullptr && !send->length;
}
void no_end(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (is_variable(exchange) && exchange.is_ok() && exchange.data_at && !exchange.data_end)
        report(exchange.command, "Ctrl+Z behind the data", exchange.command.wire.size());
}
void bad_escape(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    if (data.message.odd && !dialogue.pending.empty() && is_variable(dialogue.pending.back()))
        report(data, "0x1A, 0x1B or 0x03 behind 0x03");
}
/// What stands behind a Ctrl+Z or an Esc that has ended the data, and is no command.
void unescaped(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* raw = command.get<atwire::Raw>();
    if (raw == nullptr || command.form != CommandForm::none) return;
    const Exchange* before = !dialogue.pending.empty() ? &dialogue.pending.back() : dialogue.last ? &*dialogue.last : nullptr;
    if (before == nullptr || !is_variable(*before) || !before->data_end) return;
    const std::size_t end = raw->text.find_first_of("\x1A\x1B");
    if (end != std::string_view::npos) report(command.command, "0x03 before 0x1A and 0x1B in the data", end);
}

void one_outstanding(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::Send>();
    if (send != nullptr && awaits_send(dialogue, send->socket))
        report(command.command, "+CIPSEND: " + std::to_string(send->socket) + ",… before the next AT+CIPSEND of that link");
}

/// What comes back, where it has come whole.
void echo_is_data(const HeardEvent& echo, const Dialogue& dialogue, const Report& report) {
    const auto& part = echo.message.body.data_echo;
    if (dialogue.settings.dataecho != 1 || !part.last) return;
    Bytes all = dialogue.links.echoed;
    all.add(part.data);
    if (all.count == dialogue.links.data.count && !(all == dialogue.links.data))
        report(echo, "the data that was given, as DATAECHO ON has it");
}
void echo_is_off(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.dataecho != 0 || dialogue.answered<atwire::Send>() == nullptr) return;
    Bytes all;
    all.add(line.message.body.text.text);
    if (dialogue.pending.front().data_at && all == dialogue.links.data)
        report(line, "no echo of the data, as DATAECHO OFF has it");
}

// ── Totals ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void totals(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto& told = heard.message.body.send_totals;
    if (told.acked > told.sent)
        return report(heard, "at most " + std::to_string(told.sent) + " acknowledged, as sent, not " + std::to_string(told.acked),
                      place_of(heard.wire, 1));
    const auto* query = dialogue.answered<atwire::QueryAck>();
    const Link* link = query != nullptr ? dialogue.links.of(query->socket) : nullptr;
    if (link == nullptr) return;
    if (link->is_open() && link->sent && *link->sent != told.sent && !awaits_send(dialogue, query->socket))
        return report(heard, std::to_string(*link->sent) + " sent, as +CIPSEND has said, not " + std::to_string(told.sent),
                      place_of(heard.wire, 0));
    if (!link->totals || link->is_closed()) return;
    const auto& before = *link->totals;
    const std::uint64_t now[] = {told.sent, told.acked, *told.received};
    const std::uint64_t then[] = {before.sent, before.acked, *before.received};
    for (std::size_t i = 0; i < std::size(now); ++i)
        if (now[i] < then[i])
            return report(heard, "at least " + std::to_string(then[i]) + ", as before, not " + std::to_string(now[i]),
                          place_of(heard.wire, i));
}
void received_total(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto* query = dialogue.answered<atwire::QueryAck>();
    const Link* link = query != nullptr ? dialogue.links.of(query->socket) : nullptr;
    if (link == nullptr || !link->is_open()) return;
    const std::uint64_t least = link->received + link->unread.value_or(0);
    if (*heard.message.body.send_totals.received < least)
        report(heard,
               "at least " + std::to_string(least) + " received, as pushed, read and unread, not " +
                   std::to_string(*heard.message.body.send_totals.received),
               place_of(heard.wire, 2));
}
void ack_of_tcp(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* query = command.get<atwire::QueryAck>();
    const Link* link = query != nullptr ? dialogue.links.of(query->socket) : nullptr;
    if (link != nullptr && (link->is_closed() || (link->is_open() && link->service.starts_with("UDP"))))
        report(command.command, "an open TCP link, not " + std::to_string(query->socket), place_of(command.command.wire, 0));
}
void all_acknowledged(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto& told = heard.message.body.send_totals;
    const auto* query = dialogue.answered<atwire::QueryAck>();
    const Link* link = query != nullptr ? dialogue.links.of(query->socket) : nullptr;
    if (link != nullptr && link->acknowledged && !awaits_send(dialogue, query->socket) && told.acked < told.sent)
        report(heard, std::to_string(told.sent) + " acknowledged, as CIPSENDMODE 1 waits for, not " + std::to_string(told.acked),
               place_of(heard.wire, 1));
}

constexpr Check checks[] = {
    {"a76xx.cipsend.prompt-first", OnResult{"CIPSEND", prompt_first}},
    {"a76xx.cipsend.ok-then-result", OnResult{"CIPSEND", sent_first}},
    {"a76xx.cipsend.ok-then-result", OnEvent{Kind::send_result, sent_again<false>}},
    {"a76xx.cipsend.esc-cancels", OnEvent{Kind::send_result, sent_again<true>}},
    {"a76xx.cipsend.requested-equals-length", OnLateResult{"CIPSEND", requested_length}},
    {"a76xx.cipsend.accepted", OnEvent{Kind::send_result, accepted_bytes}},
    {"a76xx.cipsend.inequality-close", OnCommand{"CIPSEND", send_of_unusable}},
    {"a76xx.cipsend.length-range", ParameterRange{"CIPSEND", "length"}},
    {"a76xx.cipsend.udp-needs-peer", OnCommand{"CIPSEND", udp_needs_peer}},
    {"a76xx.cipsend.server-link-fixed-only", OnCommand{"CIPSEND", accepted_needs_length}},
    {"a76xx.cipsend.ctrl-z", OnResult{"CIPSEND", no_end}},
    {"a76xx.cipsend.escapes", OnData{bad_escape}},
    {"a76xx.cipsend.escapes", OnCommand{"", unescaped}},
    {"a76xx.cipsend.mrt-120s", ResponseTime{"CIPSEND"}},
    {"a76xx.cipsend.mrt-120s", LateResultTime{"CIPSEND", From::command}},
    {"a76xx.cipsend.one-outstanding", OnCommand{"CIPSEND", one_outstanding}},
    {"a76xx.cipsendstr.limits", ParameterRange{"CIPSENDSTR", "hex"}},
    {"a76xx.cipsendstr.limits", OnCommand{"CIPSENDSTR", pairs_of_digits}},
    {"a76xx.cipsendstr.limits", OnCommand{"CIPSENDSTR", hex_of_accepted}},
    {"a76xx.cipsendstr.limits", OnEvent{Kind::send_result, hex_length}},
    {"a76xx.cipcfg.dataecho", OnEvent{Kind::data_echo, echo_is_data}},
    {"a76xx.cipcfg.dataecho", OnEvent{Kind::text, echo_is_off}},
    {"a76xx.cipack.totals", OnEvent{Kind::send_totals, totals}},
    {"a76xx.cipack.received-matches", OnEvent{Kind::send_totals, received_total}},
    {"a76xx.cipack.tcp-only", OnCommand{"CIPACK", ack_of_tcp}},
    {"a76xx.cipsendmode.effect", OnEvent{Kind::send_totals, all_acknowledged}},
};

}  // namespace

extern const std::span<const Check> links_sending_checks{checks};

}  // namespace conformance
