// The rules about AT+NETOPEN, AT+NETCLOSE and AT+IPADDR (a76xx).
#include "rules/check.hpp"
#include "rules/links/results.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;
using From = LateResultTime::From;

void needs_network(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.network != false || command.form != CommandForm::write) return;
    const auto* read = command.get<atwire::Receive>();
    if (command.name == "CIPRXGET" && (read == nullptr || !read->socket)) return;
    report(command.command, "+NETOPEN: 0 before AT+" + std::string{command.name});
}

/// A success before OK, and one that no command waits for.
template <Kind kind>
void network_result(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    const bool opens = kind == Kind::network_opened;
    const std::string name = opens ? "+NETOPEN: " : "+NETCLOSE: ";
    if (dialogue.early(result.message) != nullptr || dialogue.awaits(result.message) != nullptr) return;
    if (dialogue.both_sides && dialogue.links.network == opens)
        report(result, "one " + name + "<err> for each AT" + name.substr(0, name.size() - 2));
}
template <Kind kind>
void network_result_first(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const Links::Early* result = early(exchange, dialogue, kind);
    if (result != nullptr && exchange.is_ok() && (result->error == 0 || kind == Kind::network_opened))
        report(*exchange.result, "OK before the result");
}

constexpr std::uint32_t already_opened = 4, not_opened = 8;  ///< of +IP ERROR

void already_open(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.network != true || exchange.form != CommandForm::execute) return;
    if (early(exchange, dialogue, Kind::network_opened) != nullptr) return;  // that has opened it
    if (exchange.is_ok() || !says_ip_error(exchange, dialogue, already_opened))
        report(*exchange.result, "+IP ERROR: Network is already opened, then ERROR, since it is open");
}

void open_state(const HeardEvent& state, const Dialogue& dialogue, const Report& report) {
    const auto& known = dialogue.links.network;
    if (!known || awaits(dialogue, "NETOPEN") || awaits(dialogue, "NETCLOSE")) return;
    const std::uint32_t told = state.message.body.network_state.open;
    if (told != (*known ? 1u : 0u))
        report(state, std::string{*known ? "1, since it is open" : "0, since it is closed"} + ", not " + std::to_string(told),
               place_of(state.wire, 0));
}

void checks_first(const Exchange& open, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.open_failed && open.form == CommandForm::execute)
        report(open.command, "AT+NETOPEN? behind an AT+NETOPEN that failed");
}

void closes_links(const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    if (closed.message.body.network_closed.error != 0) return;
    for (std::size_t i = 0; i < dialogue.links.link.size(); ++i)
        if (dialogue.links.link[i].is_open())
            report(closed, "+CIPCLOSE: " + std::to_string(i) + ",0 before it, since link " + std::to_string(i) + " is open");
}
/// A link that AT+NETCLOSE closes: before OK where it is UDP, behind it where it is TCP.
void closes_in_order(const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    const Link* link = dialogue.links.of(closed.message.body.socket_closed.socket);
    if (link == nullptr || !link->is_open() || link->service.empty() || link->transparent) return;
    if (dialogue.awaits(closed.message) != nullptr || dialogue.early(closed.message) != nullptr) return;
    const bool pending = !dialogue.pending.empty() && dialogue.pending.front().get<atwire::CloseNetwork>() != nullptr;
    if (link->service == "TCP" && pending) report(closed, "OK before +CIPCLOSE of a TCP link");
    if (link->service != "TCP" && awaits(dialogue, "NETCLOSE")) report(closed, "+CIPCLOSE of a UDP link before OK");
}
void sockets_opened(const HeardEvent& closed, const Dialogue&, const Report& report) {
    if (closed.message.body.network_closed.error == 9)
        report(closed, "err 0, with the links closed, not 9", place_of(closed.wire, 0));
}

void close_of_closed(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.network != false || exchange.form != CommandForm::execute) return;
    const Links::Early* result = early(exchange, dialogue, Kind::network_closed);
    if (awaits(dialogue, "NETOPEN") || (result != nullptr && result->error == 0)) return;
    const auto* line = exchange.reply(Kind::network_closed);
    if (exchange.is_ok() || line == nullptr || (*line)->body.network_closed.error == 0)
        report(*exchange.result, "+NETCLOSE: <err>, err not 0, then ERROR, since it is closed");
}

void own_address(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.network != true || exchange.form != CommandForm::execute) return;
    const auto* told = exchange.reply(Kind::local_address);
    if (told == nullptr || !exchange.is_ok())
        return report(*exchange.result, "+IPADDR: <address>, then OK, since the network is open");
    const auto family = dialogue.set.find("CSOCKSETPN");
    if (family == dialogue.set.end()) return;
    const bool v6 = family->second == "1,6";
    if (v6 != ((*told)->body.local_address.address.find(':') != std::string_view::npos))
        report(*told, v6 ? "an IPv6 address, as AT+CSOCKSETPN=1,6 asks" : "an IPv4 address, as AT+CSOCKSETPN asks",
               place_of(told->wire, 0));
}
void no_address(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.network != false || exchange.form != CommandForm::execute || awaits(dialogue, "NETOPEN")) return;
    if (exchange.is_ok() || !says_ip_error(exchange, dialogue, not_opened))
        report(*exchange.result, "+IP ERROR: Network not opened, then ERROR, since it is closed");
}

void after_loss(const Exchange& open, const Dialogue& dialogue, const Report& report) {
    const auto& loss = dialogue.links.loss;
    if (!loss || open.form != CommandForm::execute) return;
    std::string missing;
    for (std::size_t i = 0; i < loss->links.size(); ++i)
        if (loss->links[i]) missing += (missing.empty() ? "AT+CIPCLOSE=" : ", AT+CIPCLOSE=") + std::to_string(i);
    if (!loss->asked) missing += missing.empty() ? "AT+NETOPEN?" : ", AT+NETOPEN?";
    if (loss->still_open) missing += missing.empty() ? "AT+NETCLOSE" : ", AT+NETCLOSE";
    if (!missing.empty()) report(open.command, missing + " between +CIPEVENT and the next AT+NETOPEN");
}

constexpr Check checks[] = {
    {"a76xx.netopen.before-all", OnCommand{"CIPOPEN", needs_network}},
    {"a76xx.netopen.before-all", OnCommand{"CIPSEND", needs_network}},
    {"a76xx.netopen.before-all", OnCommand{"CIPSENDSTR", needs_network}},
    {"a76xx.netopen.before-all", OnCommand{"CIPCLOSE", needs_network}},
    {"a76xx.netopen.before-all", OnCommand{"CIPRXGET", needs_network}},
    {"a76xx.netopen.before-all", OnCommand{"CIPACK", needs_network}},
    {"a76xx.netopen.before-all", OnCommand{"SERVERSTART", needs_network}},
    {"a76xx.netopen.before-all", OnCommand{"SERVERSTOP", needs_network}},
    {"a76xx.netopen.ok-then-result", OnEvent{Kind::network_opened, network_result<Kind::network_opened>}},
    {"a76xx.netopen.ok-then-result", OnResult{"NETOPEN", network_result_first<Kind::network_opened>}},
    {"a76xx.netopen.mrt-120s", ResponseTime{"NETOPEN"}},
    {"a76xx.netopen.mrt-120s", LateResultTime{"NETOPEN", From::command}},
    {"a76xx.netopen.already-open", OnResult{"NETOPEN", already_open}},
    {"a76xx.netopen.read-state", OnEvent{Kind::network_state, open_state}},
    {"a76xx.netopen.failed-check", OnCommand{"NETOPEN", checks_first}},
    {"a76xx.netclose.ok-then-result", OnEvent{Kind::network_closed, network_result<Kind::network_closed>}},
    {"a76xx.netclose.ok-then-result", OnResult{"NETCLOSE", network_result_first<Kind::network_closed>}},
    {"a76xx.netclose.closes-sockets", OnEvent{Kind::network_closed, closes_links}},
    {"a76xx.netclose.closes-sockets", OnEvent{Kind::socket_closed, closes_in_order}},
    {"a76xx.netclose.with-sockets", OnEvent{Kind::network_closed, sockets_opened}},
    {"a76xx.netclose.mrt-120s", ResponseTime{"NETCLOSE"}},
    {"a76xx.netclose.mrt-120s", LateResultTime{"NETCLOSE", From::command}},
    {"a76xx.netclose.not-open", OnResult{"NETCLOSE", close_of_closed}},
    {"a76xx.ipaddr.open", OnResult{"IPADDR", own_address}},
    {"a76xx.ipaddr.not-open", OnResult{"IPADDR", no_address}},
    {"a76xx.cipevent.close-all", OnCommand{"NETOPEN", after_loss}},
};

}  // namespace

extern const std::span<const Check> links_network_checks{checks};

}  // namespace conformance
