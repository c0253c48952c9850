// The rules about AT+CIPCLOSE and +IPCLOSE (a76xx).
#include "rules/check.hpp"
#include "rules/links/results.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;
using From = LateResultTime::From;

/// The link that an AT+CIPCLOSE with OK has closed, where it is known to have been open.
const Link* closing(const Exchange& exchange, const Dialogue& dialogue) {
    const auto* close = exchange.get<atwire::CloseSocket>();
    const Link* link = close != nullptr && exchange.is_ok() ? dialogue.links.of(close->socket) : nullptr;
    return link == nullptr || link->service.empty() ? nullptr : link;
}
/// What stood before OK has closed the link already.
void tcp_close_first(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const Link* link = closing(exchange, dialogue);
    const Links::Early* result = early(exchange, dialogue, Kind::socket_closed);
    if (link != nullptr && link->service == "TCP" && !link->transparent && result != nullptr && result->error == 0)
        report(*exchange.result, "OK before +CIPCLOSE of a TCP link");
}
void udp_close_late(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const Link* link = closing(exchange, dialogue);
    if (link != nullptr && link->service != "TCP" && !link->transparent &&
        early(exchange, dialogue, Kind::socket_closed) == nullptr)
        report(*exchange.result, "+CIPCLOSE of a UDP link before OK");
}
void transparent_udp_close(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const Link* link = closing(exchange, dialogue);
    if (link != nullptr && link->service == "UDP" && link->transparent &&
        early(exchange, dialogue, Kind::socket_closed) == nullptr)
        report(*exchange.result, "+CIPCLOSE of a transparent UDP link before OK");
}
void transparent_tcp_close(const Exchange& exchange, const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    const Link* link = dialogue.links.of(link_of(exchange));
    if (link != nullptr && link->transparent && link->service == "TCP" && !dialogue.links.closed_said)
        report(closed, "OK, then CLOSED, before +CIPCLOSE of a transparent TCP link");
}
void transparent_tcp_first(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const Link* link = closing(exchange, dialogue);
    if (link != nullptr && link->service == "TCP" && link->transparent &&
        early(exchange, dialogue, Kind::socket_closed) != nullptr)
        report(*exchange.result, "OK, then CLOSED, before +CIPCLOSE of a transparent TCP link");
}
template <bool udp>
void closed_again(const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    const auto& told = closed.message.body.socket_closed;
    const Link* link = dialogue.links.of(told.socket);
    if (link == nullptr || !dialogue.both_sides || !link->is_closed() || link->service.empty()) return;
    if (awaits(dialogue, "NETCLOSE") || (!dialogue.pending.empty() && dialogue.pending.front().name == "NETCLOSE")) return;
    if ((link->service != "TCP") != udp) return;
    if (dialogue.awaits(closed.message) == nullptr && dialogue.early(closed.message) == nullptr)
        report(closed, "one +CIPCLOSE for each AT+CIPCLOSE of link " + std::to_string(told.socket));
}

void close_refused(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* close = exchange.get<atwire::CloseSocket>();
    if (close == nullptr) return;
    const Links::Early* why = early(exchange, dialogue, Kind::socket_closed);
    if (exchange.is_error() && why == nullptr)
        report(*exchange.result, "+CIPCLOSE: " + std::to_string(close->socket) + ",<err> before ERROR");
}
void close_of_idle(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const Link* link = dialogue.links.of(link_of(exchange));
    if (link != nullptr && link->is_closed() && exchange.form == CommandForm::write && exchange.is_ok() &&
        early(exchange, dialogue, Kind::socket_closed) == nullptr && exchange.reply(Kind::peer_closed) == nullptr)
        report(*exchange.result,
               "+CIPCLOSE: " + std::to_string(*link_of(exchange)) + ",<err>, then ERROR, since the link is closed");
}

void data_of_freed(const HeardEvent& pushed, const Dialogue& dialogue, const Report& report) {
    const auto& socket = pushed.message.body.data_received.socket;
    const Link* link = socket ? dialogue.links.of(*socket) : nullptr;
    if (link != nullptr && link->is_closed() && link->freed)
        report(pushed, "no data of link " + std::to_string(*socket) + ", which is closed", pushed.wire.find(',') + 1);
}

void closed_by_peer(const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    const auto& told = closed.message.body.peer_closed;
    const Link* link = dialogue.links.of(told.socket);
    if (link == nullptr || !link->is_closed() || (link->freed && *told.reason == 0)) return;
    report(closed, "a link that is open, not " + std::to_string(told.socket), place_of(closed.wire, 0));
}

constexpr Check checks[] = {
    {"a76xx.cipclose.tcp-ok-then-result", OnResult{"CIPCLOSE", tcp_close_first}},
    {"a76xx.cipclose.tcp-ok-then-result", OnEvent{Kind::socket_closed, closed_again<false>}},
    {"a76xx.cipclose.udp-result-before-ok", OnResult{"CIPCLOSE", udp_close_late}},
    {"a76xx.cipclose.udp-result-before-ok", OnEvent{Kind::socket_closed, closed_again<true>}},
    {"a76xx.cipclose.transparent-tcp", OnLateResult{"CIPCLOSE", transparent_tcp_close}},
    {"a76xx.cipclose.transparent-tcp", OnResult{"CIPCLOSE", transparent_tcp_first}},
    {"a76xx.cipclose.transparent-udp", OnResult{"CIPCLOSE", transparent_udp_close}},
    {"a76xx.cipclose.refused", OnResult{"CIPCLOSE", close_refused}},
    {"a76xx.cipclose.refused", OnResult{"CIPCLOSE", close_of_idle}},
    {"a76xx.cipclose.mrt-120s", ResponseTime{"CIPCLOSE"}},
    {"a76xx.cipclose.mrt-120s", LateResultTime{"CIPCLOSE", From::command}},
    {"a76xx.cipclose.frees-link", OnEvent{Kind::data_received, data_of_freed}},
    {"a76xx.ipclose.reasons", FieldRange{Kind::peer_closed, "reason"}},
    {"a76xx.ipclose.link-was-open", OnEvent{Kind::peer_closed, closed_by_peer}},
};

}  // namespace

extern const std::span<const Check> links_closing_checks{checks};

}  // namespace conformance
