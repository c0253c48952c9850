// The rules about transparent mode (a76xx).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

void link_0_only(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto link = exchange.form == CommandForm::write ? link_of(exchange) : std::nullopt;
    if (link && *link != 0 && dialogue.links.is_transparent(dialogue) == true && !exchange.is_ok())
        report(exchange.command, "link 0, since CIPMODE is 1, not " + std::to_string(*link), place_of(exchange.command.wire, 0));
}
void server_0_only(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* start = exchange.get<atwire::StartServer>();
    if (start != nullptr && start->server != 0 && dialogue.links.is_transparent(dialogue) == true && exchange.is_error())
        report(exchange.command, "server 0, since CIPMODE is 1, not " + std::to_string(start->server),
               place_of(exchange.command.wire, 1));
}
void client_of_others(const HeardEvent& connect, const Dialogue& dialogue, const Report& report) {
    const Links& links = dialogue.links;
    if (links.accepting && (*links.accepting != 0 || links.accepting_server != 0u))
        report(connect, "no CONNECT for link " + std::to_string(*links.accepting) + " of server " +
                            std::to_string(*links.accepting_server));
}
void one_pipe(const HeardEvent& connect, const Dialogue& dialogue, const Report& report) {
    if (!dialogue.pending.empty() && dialogue.answered<atwire::OpenSocket>() == nullptr) return;  // ATO, or a dialled call
    for (std::size_t i = 0; i < dialogue.links.link.size(); ++i) {
        const Link& link = dialogue.links.link[i];
        if (link.is_open() && link.transparent)
            report(connect, "no second transparent link, since " + std::to_string(i) + " is open");
    }
}
void connects(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* open = exchange.get<atwire::OpenSocket>();
    if (open == nullptr || open->socket != 0 || dialogue.links.is_transparent(dialogue) != true) return;
    if (exchange.is_ok()) return report(*exchange.result, "CONNECT or CONNECT FAIL, since CIPMODE is 1, not OK");
    if (!exchange.is_error() && exchange.reply(Kind::socket_opened) != nullptr)
        report(*exchange.result, "CONNECT or CONNECT FAIL alone, without +CIPOPEN");
}
void udp_pipe(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.is_transparent(dialogue) != true || command.form != CommandForm::write) return;
    std::array<std::string_view, 5> given{};
    std::size_t count = 0;
    const std::string_view line = command.command.wire;
    for (const atwire::Value& value : values_of(line))
        if (count < given.size()) given[count++] = value.text;
    if (given[0] != "0" || given[1] != "UDP") return;
    for (std::size_t i = 2; i < given.size(); ++i)
        if (given[i].empty())
            return report(command.command, "remote address, remote port and local port of a transparent UDP link",
                          place_of(line, i));
}

constexpr double silence = 1.0, longest_gap = 0.9;  ///< s, round and within +++

void silence_before(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto& last = dialogue.links.data_at;
    if (command.get<atwire::LeaveDataMode>() == nullptr || !last || !command.command.place.time) return;
    const double passed = *command.command.place.time - *last;
    if (passed < silence) report(command.command, "1 s without data before +++, not " + std::to_string(passed));
}
void silence_after(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto& escaped = dialogue.links.escaped_at;
    if (!escaped || !command.command.place.time) return;
    const double passed = *command.command.place.time - *escaped;
    if (passed < silence) report(command.command, "1 s without data behind +++, not " + std::to_string(passed));
}
/// Three pluses in pieces, so far apart that they are data.
void torn_escape(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    const std::string_view bytes = data.message.body.send_data.data;
    const Links& links = dialogue.links;
    if (dialogue.settings.transparent != 1 || links.pluses == 0 || links.pluses + bytes.size() != 3) return;
    if (bytes.find_first_not_of('+') != std::string_view::npos || !links.pluses_at || !data.place.time) return;
    const double gap = *data.place.time - *links.pluses_at;
    if (gap > longest_gap) report(data, "at most 0.9 s between two +, not " + std::to_string(gap));
}
/// What +++ leaves stays open. Its answer is OK: whatever else comes is data.
void pipe_stays(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto lost = [&](std::uint32_t number, bool open) {
        const Link* link = dialogue.links.of(number);
        const bool settled = std::ranges::none_of(dialogue.awaited, [](const Exchange& one) { return one.name != "CIPSEND"; });
        return settled && link != nullptr && link->is_open() && link->transparent && !open;
    };
    if (const auto* row = atwire::get<atwire::SocketStatus>(heard.message)) {
        if (lost(row->socket, !!row->service)) report(heard, "the link open that +++ has left", place_of(heard.wire, 0));
        return;
    }
    std::uint32_t i = 0;
    for (const atwire::Value& value : heard.message.body.open_sockets.open) {
        if (lost(i, value.integer == 1)) report(heard, "the link open that +++ has left", place_of(heard.wire, i));
        ++i;
    }
}
void resumes(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.get<atwire::ResumeDataMode>() == nullptr || (*exchange.result)->kind == Kind::connect) return;
    const bool held = std::ranges::any_of(dialogue.links.link, [](const Link& one) { return one.is_open() && one.transparent; });
    if (exchange.is_ok() || held) report(*exchange.result, "CONNECT to ATO");
}
void command_in_pipe(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.transparent == 1 && data.message.body.send_data.data.starts_with("AT+CIPCLOSE"))
        report(data, "OK to +++ before AT+CIPCLOSE of the transparent link");
}
void closed_of_pipe(const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.is_transparent(dialogue) == false)
        return report(closed, "CLOSED of a transparent link alone, and CIPMODE is 0");
    if (dialogue.links.link[0].is_closed()) report(closed, "CLOSED of a transparent link alone, and link 0 is closed");
}

constexpr Check checks[] = {
    {"a76xx.transparent.link-0-only", OnResult{"CIPOPEN", link_0_only}},
    {"a76xx.transparent.server-0-only", OnResult{"SERVERSTART", server_0_only}},
    {"a76xx.transparent.server-0-only", OnEvent{Kind::connect, client_of_others}},
    {"a76xx.transparent.one-socket", OnEvent{Kind::connect, one_pipe}},
    {"a76xx.transparent.cipopen-connect", OnResult{"CIPOPEN", connects}},
    {"a76xx.transparent.udp-remote-given", OnCommand{"CIPOPEN", udp_pipe}},
    {"a76xx.transparent.exit-silence-before", OnCommand{"", silence_before}},
    {"a76xx.transparent.exit-silence-after", OnCommand{"", silence_after}},
    {"a76xx.transparent.exit-gap-900ms", OnData{torn_escape}},
    {"a76xx.transparent.exit-ok", OnEvent{Kind::socket_status, pipe_stays}},
    {"a76xx.transparent.exit-ok", OnEvent{Kind::open_sockets, pipe_stays}},
    {"a76xx.transparent.ato-connect", OnResult{"", resumes}},
    {"a76xx.transparent.close-needs-exit", OnData{command_in_pipe}},
    {"a76xx.transparent.closed-only-there", OnEvent{Kind::closed, closed_of_pipe}},
};

}  // namespace

extern const std::span<const Check> links_transparent_checks{checks};

}  // namespace conformance
