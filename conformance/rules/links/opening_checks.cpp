// The rules about AT+CIPOPEN and the rows of links (a76xx).
#include <algorithm>

#include "rules/check.hpp"
#include "rules/links/results.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;
using From = LateResultTime::From;

// ── Opening ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The AT+CIPOPEN that was answered OK in command mode, or nullptr.
const atwire::OpenSocket* accepted_open(const Exchange& exchange, const Dialogue& dialogue) {
    const auto* open = exchange.get<atwire::OpenSocket>();
    const bool transparent = open != nullptr && open->socket == 0 && dialogue.links.is_transparent(dialogue) == true;
    return exchange.is_ok() && !transparent ? open : nullptr;
}
void tcp_open_first(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* open = accepted_open(exchange, dialogue);
    const Links::Early* result = early(exchange, dialogue, Kind::socket_opened);
    if (open != nullptr && open->service == "TCP" && result != nullptr && result->error == 0)
        report(*exchange.result, "OK before +CIPOPEN: " + std::to_string(open->socket) + ",<err>");
}
void udp_open_late(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* open = accepted_open(exchange, dialogue);
    if (open != nullptr && open->service != "TCP" && early(exchange, dialogue, Kind::socket_opened) == nullptr)
        report(*exchange.result, "+CIPOPEN: " + std::to_string(open->socket) + ",0 before OK of a UDP link");
}
/// A second result for one command.
template <bool udp>
void opened_again(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    const auto& told = opened.message.body.socket_opened;
    const Link* link = dialogue.links.of(told.socket);
    if (link == nullptr || !dialogue.both_sides || !link->is_open() || link->service.empty()) return;
    if ((link->service != "TCP") != udp) return;
    if (dialogue.awaits(opened.message) == nullptr && dialogue.early(opened.message) == nullptr)
        report(opened, "one +CIPOPEN for each AT+CIPOPEN of link " + std::to_string(told.socket));
}

constexpr std::uint32_t invalid_parameter = 12;  ///< of +IP ERROR

void open_refused(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.form != CommandForm::write || !exchange.is_error()) return;
    const auto link = link_of(exchange);
    if (link && *link > 9) {
        if (!says_ip_error(exchange, dialogue, invalid_parameter))
            report(*exchange.result, "+IP ERROR: Invalid parameter before ERROR");
    } else if (const Links::Early* why = early(exchange, dialogue, Kind::socket_opened); link && why == nullptr) {
        report(*exchange.result, "+CIPOPEN: " + std::to_string(*link) + ",<err> before ERROR");
    }
}
void eleventh(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (!exchange.succeeded() || exchange.form != CommandForm::write) return;
    if (std::ranges::all_of(dialogue.links.link, [](const Link& one) { return one.is_open(); }) &&
        early(exchange, dialogue, Kind::socket_opened) == nullptr)
        report(*exchange.result, "a refusal, since all ten links are open");
}

// ── Rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void ten_rows(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (exchange.form != CommandForm::read || !exchange.is_ok()) return;
    std::uint32_t next = 0;
    for (const auto& reply : exchange.replies) {
        const auto* row = atwire::get<atwire::SocketStatus>(*reply);
        if (row == nullptr) continue;
        if (row->socket != next) return report(reply, "the row of link " + std::to_string(next), place_of(reply.wire, 0));
        ++next;
    }
    if (next != 10) report(*exchange.result, "ten rows, not " + std::to_string(next));
}

/// Whether the link's rows have to agree with what is known of it: not while its result is to come.
const Link* settled(const Dialogue& dialogue, std::uint32_t number) {
    const Link* link = dialogue.links.of(number);
    return link == nullptr || !link->open || awaits(dialogue, number) || awaits(dialogue, "NETCLOSE") ? nullptr : link;
}

void row_matches(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto& row = heard.message.body.socket_status;
    const Link* link = settled(dialogue, row.socket);
    if (link == nullptr) return;
    if (link->is_open() && link->transparent && !row.service) return;
    if (link->is_closed() || !row.service) {
        if (link->is_open() == !!row.service || (row.service && link->freed)) return;
        return report(heard, "link " + std::to_string(row.socket) + (link->is_open() ? " open, as it is" : " idle, as it is"),
                      place_of(heard.wire, 0));
    }
    if (link->service == "UDPSERVER" || link->service.empty()) return;
    if (*row.service != link->service)
        report(heard, "\"" + link->service + "\", as opened", place_of(heard.wire, 1));
    else if (!link->address.empty() && *row.address != link->address)
        report(heard, "\"" + link->address + "\", as opened", place_of(heard.wire, 2));
    else if (link->port && *row.remote_port != *link->port)
        report(heard, "port " + std::to_string(*link->port) + ", as opened", place_of(heard.wire, 3));
}
void row_of_freed(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto& row = heard.message.body.socket_status;
    const Link* link = settled(dialogue, row.socket);
    if (link != nullptr && link->is_closed() && link->freed && row.service)
        report(heard,
               "link " + std::to_string(row.socket) + " idle, since +CIPCLOSE: " + std::to_string(row.socket) + ",0 has come",
               place_of(heard.wire, 0));
}
void row_index(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto& row = heard.message.body.socket_status;
    const Link* link = settled(dialogue, row.socket);
    if (link == nullptr || !link->is_open() || !link->server || !row.server || *row.server == *link->server) return;
    report(heard,
           (*link->server < 0 ? "-1, of a client" : std::to_string(static_cast<unsigned>(*link->server)) + ", as +CLIENT said") +
               ", not " + std::to_string(*row.server),
           place_of(heard.wire, 4));
}

/// `state` of the link in an answer to AT+CIPCLOSE? is not what is known.
template <bool freed>
void states(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    std::uint32_t i = 0;
    for (const atwire::Value& value : heard.message.body.open_sockets.open) {
        const Link* link = settled(dialogue, i);
        const bool agrees = link == nullptr || (value.integer == 1) == link->is_open() || (link->is_open() && link->transparent);
        if (!agrees && link->freed == freed)
            return report(heard, "link " + std::to_string(i) + (link->is_open() ? " open, as it is" : " closed, as it is"),
                          place_of(heard.wire, i));
        ++i;
    }
}

void states_told(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (exchange.form == CommandForm::read && exchange.is_ok() && exchange.reply(Kind::open_sockets) == nullptr)
        report(*exchange.result, "+CIPCLOSE: with ten states before OK");
}

constexpr Check checks[] = {
    {"a76xx.cipopen.tcp-ok-then-result", OnResult{"CIPOPEN", tcp_open_first}},
    {"a76xx.cipopen.tcp-ok-then-result", OnEvent{Kind::socket_opened, opened_again<false>}},
    {"a76xx.cipopen.udp-result-before-ok", OnResult{"CIPOPEN", udp_open_late}},
    {"a76xx.cipopen.udp-result-before-ok", OnEvent{Kind::socket_opened, opened_again<true>}},
    {"a76xx.cipopen.refused", OnResult{"CIPOPEN", open_refused}},
    {"a76xx.cipopen.mrt-120s", ResponseTime{"CIPOPEN"}},
    {"a76xx.cipopen.mrt-120s", LateResultTime{"CIPOPEN", From::command}},
    {"a76xx.cipopen.max-10", OnResult{"CIPOPEN", eleventh}},
    {"a76xx.link.range", ParameterRange{"", "link_num"}},
    {"a76xx.link.range-in-urc", FieldRange{{}, "socket"}},
    {"a76xx.cipopen.ports-range", ParameterRange{"CIPOPEN", "serverPort"}},
    {"a76xx.cipopen.ports-range", ParameterRange{"CIPOPEN", "localPort"}},
    {"a76xx.cipopen.udp-local-port", ParameterRange{"CIPOPEN", "localPort", "", only<Complaint::Wrong::missing>}},
    {"a76xx.cipopen.types", ParameterRange{"CIPOPEN", "type"}},
    {"a76xx.cipopen.err-codes", FieldRange{Kind::socket_opened, "error"}},
    {"a76xx.cipopen.err-codes", FieldRange{Kind::socket_closed, "error"}},
    {"a76xx.cipopen.err-codes", FieldRange{Kind::network_opened, "error"}},
    {"a76xx.cipopen.err-codes", FieldRange{Kind::network_closed, "error"}},
    {"a76xx.cipopen.err-codes", FieldRange{Kind::server_stopped, "error"}},
    {"a76xx.cipopen.err-codes", FieldRange{Kind::cip_error, "code"}},
    {"a76xx.cipopen-read.ten-rows", OnResult{"CIPOPEN", ten_rows}},
    {"a76xx.cipopen-read.matches", OnEvent{Kind::socket_status, row_matches}},
    {"a76xx.cipopen-read.index", OnEvent{Kind::socket_status, row_index}},
    {"a76xx.cipopen-read.index", FieldRange{Kind::socket_status, "server"}},
    {"a76xx.cipclose-read.ten-states", OnEvent{Kind::open_sockets, states<false>}},
    {"a76xx.cipclose-read.ten-states", OnResult{"CIPCLOSE", states_told}},
    {"a76xx.cipclose-read.ten-states", FieldRange{Kind::open_sockets, "open"}},
    {"a76xx.cipclose.frees-link", OnEvent{Kind::open_sockets, states<true>}},
    {"a76xx.cipclose.frees-link", OnEvent{Kind::socket_status, row_of_freed}},
};

}  // namespace

extern const std::span<const Check> links_opening_checks{checks};

}  // namespace conformance
