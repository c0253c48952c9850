#include "rules/links/links.hpp"

#include <algorithm>

#include "rules/dialogue.hpp"
#include "rules/wire.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

constexpr std::size_t most_early = 32;

/// Whether the address can be compared: a name says nothing of what it stands for, and an IPv6 address has several spellings.
bool is_address(std::string_view text) { return text.find_first_not_of("0123456789.") == std::string_view::npos; }

Link opened() {
    Link link;
    link.open = true;
    link.sent = link.unread = 0;
    return link;
}

void close(Link& link, bool freed) {
    link.open = false;
    link.freed = freed;
    link.totals.reset();
}

/// The service isn't there: no link is open, and no server listens.
void forget_connections(Links& links) {
    for (Link& link : links.link)
        if (!link.is_closed()) close(link, false);
    for (Server& server : links.server)
        if (server.state != Server::State::stopped) server = {Server::State::idle, {}, false};
}

/// The AT+CIPOPEN that the link's result or CONNECT answers, or nullptr.
const atwire::OpenSocket* opening(const Dialogue& dialogue, const atwire::Event& event) {
    if (const Exchange* exchange = dialogue.awaits(event)) return exchange->get<atwire::OpenSocket>();
    if (const Exchange* exchange = dialogue.early(event)) return exchange->get<atwire::OpenSocket>();
    return nullptr;
}

Link opened_by(const atwire::OpenSocket* command) {
    Link link = opened();
    if (command == nullptr) return link;
    link.service = command->service;
    if (command->address && is_address(*command->address)) link.address = *command->address;
    if (command->remote_port) link.port = *command->remote_port;
    link.server = -1;
    return link;
}

void learn(Link& link, const atwire::SocketStatus& row) {
    if (!row.service) {
        if (!link.is_closed()) close(link, false);
        return;
    }
    if (!link.is_open()) {
        link = {};
        link.open = true;
    }
    if (link.service.empty()) link.service = *row.service;
    if (link.address.empty() && row.address && is_address(*row.address)) link.address = *row.address;
    if (!link.port && row.remote_port) link.port = *row.remote_port;
    if (row.server) link.server = *row.server;
}

/// +CREG, +CGREG and +CEREG: 1 and 5 are registered. A read's answer has another number before that.
void learn_registration(Links& links, const atwire::Information& line, bool asked) {
    constexpr std::string_view names[] = {"CREG", "CGREG", "CEREG"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        if (line.name != names[i]) continue;
        auto stat = atwire::Values{line.text}.begin();
        if (asked) ++stat;
        links.registered[i] = stat != nullptr && (stat->integer == 1 || stat->integer == 5);
        links.has_registered = links.has_registered || (i > 0 && *links.registered[i]);
    }
}

/// What is left out stays as it is.
void learn_timeouts(Links& links, const atwire::Values& values) {
    auto value = values.begin();
    for (auto& timeout : links.timeout) {
        if (value == nullptr) return;
        if (value->type == atwire::Value::Type::integer) timeout = static_cast<std::uint32_t>(value->integer);
        ++value;
    }
}

/// The types and the states of PDP contexts, which the note leaves to other manuals.
void finished_context(Links& links, const Exchange& exchange) {
    const std::string_view line = exchange.command.wire;
    const atwire::Values values = values_of(line);
    auto value = values.begin();
    if (line.starts_with("AT+CGDCONT=") && exchange.succeeded() && value->integer == 1 && ++value != nullptr)
        links.context = value->text;
    if (line.starts_with("AT+CGACT=")) {
        if (value->integer == 0) {
            links.failed_deactivations = exchange.succeeded() ? 0 : links.failed_deactivations + 1;
        } else {
            links.failed_deactivations = 0;
            links.address_due = exchange.succeeded();
        }
    }
    if (line.starts_with("AT+CGPADDR")) links.address_due = false;
    if (line.starts_with("AT+CRESET") || line.starts_with("AT+CFUN=")) links = {};
}

}  // namespace

void Bytes::add(std::string_view bytes) {
    count += bytes.size();
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
}

std::optional<std::uint32_t> link_of(const Exchange& exchange) {
    if (const auto* one = exchange.get<atwire::OpenSocket>()) return one->socket;
    if (const auto* one = exchange.get<atwire::CloseSocket>()) return one->socket;
    if (const auto* one = exchange.get<atwire::Send>()) return one->socket;
    if (const auto* one = exchange.get<atwire::SendHex>()) return one->socket;
    if (const auto* one = exchange.get<atwire::QueryAck>()) return one->socket;
    if (const auto* one = exchange.get<atwire::Receive>()) return one->socket ? std::optional{*one->socket} : std::nullopt;
    const auto value = values_of(exchange.command.wire).begin();
    if (exchange.form != atwire::CommandForm::write || value == nullptr || value->type != atwire::Value::Type::integer) return {};
    return static_cast<std::uint32_t>(value->integer);
}

std::optional<std::uint32_t> error_of(const atwire::Event& event) {
    switch (event.kind) {
        case Kind::socket_opened: return event.body.socket_opened.error;
        case Kind::socket_closed: return event.body.socket_closed.error;
        case Kind::network_opened: return event.body.network_opened.error;
        case Kind::network_closed: return event.body.network_closed.error;
        case Kind::server_stopped: return event.body.server_stopped.error;
        case Kind::send_result: return 0;
        default: return {};
    }
}

std::optional<ReadBackOf> read_back_of(const Exchange& exchange) {
    static constexpr struct {
        std::string_view command, values;
    } restored[] = {{"CIPMODE", "0"}, {"CIPHEAD", "1"}, {"CIPSRIP", "1"}, {"CIPCCFG", "10,0,0,1,0,0,500,0"}};
    if (!exchange.succeeded()) return {};
    if (const auto* receive = exchange.get<atwire::Receive>(); receive != nullptr && !receive->socket)
        return ReadBackOf{"CIPRXGET", receive->mode < 2 ? std::to_string(receive->mode) : std::string{}};
    if (const auto* execute = exchange.get<atwire::Execute>())
        for (const auto& one : restored)
            if (one.command == execute->command) return ReadBackOf{one.command, std::string{one.values}};
    return {};
}

std::optional<bool> Links::is_transparent(const Dialogue& dialogue) const {
    if (mode_is_unsure || dialogue.settings.cipmode == atwire::unset) return {};
    return dialogue.settings.cipmode == 1;
}

void Links::start(std::optional<double> time) {
    *this = {};
    started = time;
    fresh = true;
    network = false;
    forget_connections(*this);
}

// ── What the host says ──────────────────────────────────────────────────────────────────────────────────────────────────────

void Links::heard(const HeardCommand& command, const Dialogue& dialogue) {
    if (!dialogue.is("a76xx")) return;
    escaped_at.reset();
    if (const auto* sent = atwire::get<atwire::SendData>(command.message)) {
        if (dialogue.settings.transparent != 1) data.add(sent->data);
        data_at = command.place.time;
        const bool only_pluses = sent->data.find_first_not_of('+') == std::string_view::npos;
        pluses = only_pluses ? pluses + static_cast<unsigned>(sent->data.size()) : 0;
        pluses_at = only_pluses ? command.place.time : std::nullopt;
        return;
    }
    pluses = 0;
    if (command.message.kind == atwire::CommandKind::leave_data_mode) escaped_at = command.place.time;
    if (const auto* close = atwire::get<atwire::CloseSocket>(command.message); close != nullptr && loss && close->socket < 10)
        loss->links.reset(close->socket);
    if (command.message.kind == atwire::CommandKind::close_network && loss) loss->still_open = false;
    if (const auto* receive = atwire::get<atwire::Receive>(command.message); receive != nullptr && !receive->socket)
        fresh = false;
    if (const auto* read = atwire::get<atwire::Read>(command.message); read != nullptr && read->command == "NETOPEN") {
        open_failed = false;
        if (loss) loss->asked = true;
    }
}

// ── What the module says ────────────────────────────────────────────────────────────────────────────────────────────────────

Link* Links::at(std::uint32_t number) { return number < link.size() ? &link[number] : nullptr; }

void Links::forget_all() {
    network.reset();
    link = {};
    server = {};
}

void Links::heard_of_network(const atwire::Event& event) {
    const auto& body = event.body;
    switch (event.kind) {
        case Kind::network_opened:
            // Where the host isn't heard, it may as well be the state that was asked for.
            if (event.doubts.has(atwire::Doubt::inferred)) return forget_all();
            network = body.network_opened.error == 0;
            open_failed = !*network;
            mode_is_unsure = false;
            forget_connections(*this);
            loss.reset();
            return;
        case Kind::network_closed:
            if (body.network_closed.error != 0) return;
            network = false;
            forget_connections(*this);
            if (loss) loss->links.reset();
            return;
        case Kind::network_state:
            network = body.network_state.open == 1;
            if (!*network) forget_connections(*this);
            if (loss) loss->still_open = *network;
            return;
        case Kind::network_lost:
            loss.emplace();
            for (std::size_t i = 0; i < link.size(); ++i) {
                loss->links[i] = link[i].is_open();
                if (link[i].is_open()) link[i].open.reset();
            }
            network.reset();
            return;
        case Kind::server_stopped:
            if (body.server_stopped.server < server.size() && body.server_stopped.error == 0)
                server[body.server_stopped.server] = {Server::State::stopped, {}, false};
            return;
        // A line that can't be read may have said anything.
        case Kind::malformed:
        case Kind::overlong:
        case Kind::unfinished: return forget_all();
        default: return;
    }
}

/// CONNECT: of AT+CIPOPEN, of a client that a server has accepted, or of ATO.
void Links::connected(const Dialogue& dialogue) {
    const Exchange* asked = dialogue.pending.empty() ? nullptr : &dialogue.pending.front();
    const auto* command = asked != nullptr ? asked->get<atwire::OpenSocket>() : nullptr;
    if (asked == nullptr || command != nullptr)
        if (Link* one = at(command != nullptr ? command->socket : accepting.value_or(0))) {
            if (command != nullptr) *one = opened_by(command);
            one->open = one->transparent = true;
        }
    for (Link& one : link)
        if (one.transparent) one.sent.reset();
}

void Links::heard_of_link(const atwire::Event& event, const Dialogue& dialogue) {
    const auto& body = event.body;
    switch (event.kind) {
        case Kind::socket_opened:
            if (Link* one = at(body.socket_opened.socket)) {
                if (body.socket_opened.error == 0) {
                    *one = opened_by(opening(dialogue, event));
                    network = true;
                } else if (dialogue.awaits(event) != nullptr) {
                    close(*one, false);
                }
            }
            return;
        case Kind::connect: return connected(dialogue);
        case Kind::socket_closed:
            if (Link* one = at(body.socket_closed.socket)) {
                if (body.socket_closed.error == 0) close(*one, true);
                if (loss) loss->links.reset(body.socket_closed.socket);
            }
            return;
        case Kind::peer_closed:
            if (Link* one = at(body.peer_closed.socket)) {
                close(*one, false);
                if (loss) loss->links.reset(body.peer_closed.socket);
            }
            return;
        case Kind::closed:
            closed_said = true;
            if (link[0].transparent && dialogue.pending.empty() && dialogue.awaited.empty()) link[0].open.reset();
            return;
        case Kind::incoming:
            if (Link* one = at(body.incoming.socket)) {
                *one = opened();
                one->service = "TCP";
                if (is_address(body.incoming.address)) one->address = body.incoming.address;
                one->port = body.incoming.port;
                one->server = static_cast<int>(body.incoming.server);
            }
            return;
        case Kind::socket_status:
            if (Link* one = at(body.socket_status.socket)) learn(*one, body.socket_status);
            return;
        case Kind::open_sockets: {
            std::size_t i = 0;
            for (const atwire::Value& value : body.open_sockets.open) {
                if (i == link.size()) break;
                if (value.integer == 0 && !link[i].is_closed()) close(link[i], false);
                if (value.integer == 1 && !link[i].is_open()) {
                    link[i] = {};
                    link[i].open = true;
                }
                ++i;
            }
            if (loss) loss->links.reset();
            return;
        }
        default: return;
    }
}

void Links::heard_of_data(const atwire::Event& event, const Dialogue& dialogue) {
    const auto& body = event.body;
    switch (event.kind) {
        case Kind::data_available:
            if (Link* one = at(body.data_available.socket)) one->news = true;
            return;
        case Kind::unread:
            if (Link* one = at(body.unread.socket)) {
                one->unread = body.unread.length;
                one->news = false;
                one->queried = true;
            }
            return;
        case Kind::data_read:
            passing = Payload::read;
            if (Link* one = body.data_read.socket ? at(*body.data_read.socket) : nullptr) {
                one->unread.reset();
                if (body.data_read.remaining) one->unread = *body.data_read.remaining;
                one->received += body.data_read.length;
                one->news = one->queried = false;
            }
            return;
        case Kind::data_received:
            passing = Payload::pushed;
            if (Link* one = body.data_received.socket ? at(*body.data_received.socket) : nullptr)
                one->received += *body.data_received.length;
            else if (source)
                for (Link& open : link)
                    if (open.is_open() && open.service == "TCP" && open.port == source_port && open.address == source_address)
                        open.received += *body.data_received.length;
            return;
        case Kind::data_source:
            source_address = body.data_source.address;
            source_port = body.data_source.port;
            return;
        case Kind::send_result:
            if (Link* one = at(body.send_result.socket)) {
                const std::int32_t accepted = body.send_result.accepted;
                if (one->sent && accepted > 0) *one->sent += static_cast<std::uint64_t>(accepted);
                const auto mode = dialogue.set.find("CIPSENDMODE");
                one->acknowledged = mode != dialogue.set.end() && mode->second == "1";
                one->unusable = body.send_result.requested && accepted != static_cast<std::int64_t>(*body.send_result.requested);
                one->has_sent = one->has_sent || dialogue.awaits(event) != nullptr;
            }
            return;
        case Kind::send_totals:
            if (!dialogue.pending.empty())
                if (Link* one = at(link_of(dialogue.pending.front()).value_or(~0u))) one->totals = body.send_totals;
            return;
        case Kind::prompt: data = echoed = {}; return;
        case Kind::data_echo: echoed.add(body.data_echo.data); return;
        default: return;
    }
}

void Links::heard(const HeardEvent& heard, const Dialogue& dialogue) {
    if (!dialogue.is("a76xx")) return;
    const atwire::Event& event = heard.message;
    const Kind kind = event.kind;
    if (const Exchange* exchange = dialogue.early(event); exchange != nullptr && early.size() < most_early) {
        const auto asked = link_of(*exchange);
        if (kind != Kind::server_stopped || !asked || *asked == event.body.server_stopped.server)
            early.push_back({kind, asked, *error_of(event)});
    }
    heard_of_network(event);
    heard_of_link(event, dialogue);
    heard_of_data(event, dialogue);
    if (kind == Kind::option && event.body.option.command == "CIPTIMEOUT") learn_timeouts(*this, event.body.option.values);
    if (kind == Kind::information)
        learn_registration(*this, event.body.information,
                           !dialogue.pending.empty() && dialogue.pending.front().command.wire.ends_with("REG?"));
    if (kind == Kind::ip_error || kind == Kind::cip_error) failing = kind;
    if (atwire::is_final_result(kind)) {
        failing.reset();
        closed_said = false;
    }
    source = kind == Kind::data_source || (source && kind != Kind::data_received && kind != Kind::text);
    accepting.reset();
    if (kind == Kind::incoming) {
        accepting = event.body.incoming.socket;
        accepting_server = event.body.incoming.server;
    }
    ended = kind == Kind::payload && event.body.payload.last ? passing : Payload::none;
    previous = kind;
}

void Links::finished(const Exchange& exchange, const Dialogue& dialogue) {
    if (!dialogue.is("a76xx")) return;
    if (!exchange.command->more) early.clear();
    const bool succeeded = exchange.succeeded();
    if (exchange.get<atwire::OpenNetwork>() != nullptr) {
        const auto* why = exchange.reply(Kind::ip_error);
        const bool already = why != nullptr && ((*why)->body.ip_error.text.value_or({}) == "Network is already opened" ||
                                                (*why)->body.ip_error.code.value_or(0) == 4);
        if (already) network = true;
        if (succeeded && exchange.reply(Kind::network_opened) == nullptr) network = false;  // until +NETOPEN: 0
        open_failed = !succeeded && !already;
    }
    if (const auto* start = exchange.get<atwire::StartServer>(); start != nullptr && succeeded && start->server < server.size())
        server[start->server] = {Server::State::listening, start->port, false};
    if (const auto* stop = exchange.get<atwire::StopServer>(); stop != nullptr && succeeded && stop->server < server.size())
        server[stop->server].stopping = exchange.reply(Kind::server_stopped) == nullptr;
    if (exchange.name == "SERVERSTART" && exchange.form == atwire::CommandForm::read && succeeded) {
        for (Server& one : server)
            if (one.state != Server::State::stopped) one.state = Server::State::idle;
        for (const auto& row : exchange.replies)
            if (const auto* told = atwire::get<atwire::ServerListening>(*row); told != nullptr && told->server < server.size())
                server[told->server] = {Server::State::listening, told->port, server[told->server].stopping};
    }
    if (const auto* send = exchange.get<atwire::Send>(); send != nullptr && send->socket < link.size())
        link[send->socket].cancelled = exchange.data_end == "esc";
    if (const auto* read = exchange.get<atwire::Receive>(); read != nullptr && read->socket && *read->socket < link.size())
        if (const auto* why = exchange.reply(Kind::ip_error);
            why != nullptr &&
            ((*why)->body.ip_error.text.value_or({}) == "No data" || (*why)->body.ip_error.code.value_or(0) == 22))
            link[*read->socket].unread = 0;
    if (const auto* option = exchange.get<atwire::SetOption>(); option != nullptr && option->command == "CIPTIMEOUT" && succeeded)
        learn_timeouts(*this, option->values);
    if (exchange.name == "CIPMODE" && succeeded && exchange.form != CommandForm::read && exchange.form != CommandForm::test)
        mode_is_unsure = network == true;
    if (exchange.get<atwire::Raw>() != nullptr) finished_context(*this, exchange);
}

}  // namespace conformance
