// The rules about servers and the links that they accept (a76xx).
#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

void four_servers(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (exchange.form != CommandForm::read) return;
    std::uint32_t seen = 0;
    for (const auto& reply : exchange.replies) {
        const auto* row = atwire::get<atwire::ServerListening>(*reply);
        if (row == nullptr || row->server > 3) continue;
        if ((seen >> row->server & 1) != 0) return report(reply, "each server once", place_of(reply.wire, 0));
        seen |= 1u << row->server;
    }
}

void start_refused(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (exchange.form == CommandForm::write && exchange.is_error() && exchange.reply(Kind::cip_error) == nullptr)
        report(*exchange.result, "+CIPERROR: <err> before ERROR");
}

void server_rows(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.form != CommandForm::read || !exchange.is_ok()) return;
    std::array<const Said<atwire::Event>*, 4> rows{};
    for (const auto& reply : exchange.replies)
        if (const auto* row = atwire::get<atwire::ServerListening>(*reply); row != nullptr && row->server < rows.size())
            rows[row->server] = &reply;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Server& server = dialogue.links.server[i];
        if (server.stopping || server.state == Server::State::unknown) continue;
        const bool listens = server.state == Server::State::listening;
        if (!listens && rows[i] != nullptr)
            report(*rows[i], "no row of server " + std::to_string(i) + ", which doesn't listen", place_of(rows[i]->wire, 0));
        if (listens && rows[i] == nullptr)
            report(*exchange.result, "+SERVERSTART: " + std::to_string(i) + ",<port> before OK, since that server listens");
        if (listens && rows[i] != nullptr && server.port && (**rows[i]).body.server_listening.port != *server.port)
            report(*rows[i], "port " + std::to_string(*server.port) + ", as it was started", place_of(rows[i]->wire, 1));
    }
}

void client_of_transparent(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Links& links = dialogue.links;
    if (links.accepting == 0u && links.accepting_server == 0u && dialogue.links.is_transparent(dialogue) == true &&
        event.message.kind != Kind::connect && event.message.kind != Kind::echo)
        report(event, "CONNECT behind +CLIENT of the transparent link");
}
void client_link(const HeardEvent& client, const Dialogue& dialogue, const Report& report) {
    const Link* link = dialogue.links.of(client.message.body.incoming.socket);
    if (link != nullptr && link->is_open())
        report(client, "a link that is free, not " + std::to_string(client.message.body.incoming.socket),
               place_of(client.wire, 0));
}
template <Server::State state>
void client_server(const HeardEvent& client, const Dialogue& dialogue, const Report& report) {
    const std::uint32_t index = client.message.body.incoming.server;
    if (index < 4 && dialogue.links.server[index].state == state)
        report(client, "a server that listens, not " + std::to_string(index), place_of(client.wire, 1));
}

void clients_first(const Exchange& stop, const Dialogue& dialogue, const Report& report) {
    const auto* command = stop.get<atwire::StopServer>();
    for (std::size_t i = 0; i < dialogue.links.link.size() && command != nullptr; ++i) {
        const Link& link = dialogue.links.link[i];
        if (link.is_open() && link.server && *link.server == static_cast<int>(command->server))
            report(stop.command, "AT+CIPCLOSE=" + std::to_string(i) + " before it, since server " +
                                     std::to_string(command->server) + " accepted that link");
    }
}

/// More than one +SERVERSTOP, or one that nobody waits for.
void stopped_again(const HeardEvent& stopped, const Dialogue& dialogue, const Report& report) {
    const std::uint32_t index = stopped.message.body.server_stopped.server;
    if (!dialogue.both_sides || index > 3 || dialogue.links.server[index].stopping) return;
    for (const Exchange& waiting : dialogue.pending)
        if (waiting.name == "SERVERSTOP" && waiting.reply(Kind::server_stopped) == nullptr) return;
    if (dialogue.links.server[index].state == Server::State::stopped)
        report(stopped, "one +SERVERSTOP for each AT+SERVERSTOP=" + std::to_string(index));
}

constexpr Check checks[] = {
    {"a76xx.server.index-range", ParameterRange{"", "server_index"}},
    {"a76xx.server.max-4", OnResult{"SERVERSTART", four_servers}},
    {"a76xx.server.max-4", FieldRange{Kind::server_listening, "server"}},
    {"a76xx.server.port-range", ParameterRange{"SERVERSTART", "port"}},
    {"a76xx.server.backlog-range", ParameterRange{"SERVERSTART", "backlog"}},
    {"a76xx.serverstart.answer", OnResult{"SERVERSTART", start_refused}},
    {"a76xx.serverstart.mrt-9s", ResponseTime{"SERVERSTART"}},
    {"a76xx.serverstart.readback", OnResult{"SERVERSTART", server_rows}},
    {"a76xx.client.urc", OnEvent{{}, client_of_transparent}},
    {"a76xx.client.link-free", OnEvent{Kind::incoming, client_link}},
    {"a76xx.client.server-listening", OnEvent{Kind::incoming, client_server<Server::State::idle>}},
    {"a76xx.serverstop.no-new-clients", OnEvent{Kind::incoming, client_server<Server::State::stopped>}},
    {"a76xx.serverstop.clients-first", OnCommand{"SERVERSTOP", clients_first}},
    {"a76xx.serverstop.order", OnEvent{Kind::server_stopped, stopped_again}},
    {"a76xx.serverstop.mrt-9s", ResponseTime{"SERVERSTOP"}},
};

}  // namespace

extern const std::span<const Check> links_servers_checks{checks};

}  // namespace conformance
