// The rules about AT+QISTATE and its rows (bc65, bc26, ec200x).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;
using atwire::SocketStatus;
using State = Socket::State;
using End = Socket::End;

std::string not_this(std::string_view text) { return ", not " + quoted(text); }
std::string not_this(std::uint32_t number) { return ", not " + std::to_string(number); }

bool is_client(std::string_view service) { return service == "TCP" || service == "UDP"; }
bool is_server(std::string_view service) { return service == "TCP LISTENER" || service == "UDP SERVICE"; }

/// The places of a row's fields.
enum Column : std::uint8_t { number_, service_, address_, remote_port_, local_port_, state_, context_ };
/// Behind them: serverID and AT_port are ec200x's.
std::size_t access_mode_column(const Dialogue& dialogue) { return dialogue.is("ec200x") ? 8 : 7; }
constexpr std::size_t server_ = 7;

/// The AT+QISTATE that rows answer, or nullptr.
const Exchange* asking(const Dialogue& dialogue) {
    const auto asks = [](const Exchange& one) { return one.name == "QISTATE"; };
    const auto found = std::ranges::find_if(dialogue.pending, asks);
    return found == dialogue.pending.end() ? nullptr : &*found;
}
const atwire::QuerySockets* query(const Dialogue& dialogue) {
    const Exchange* asked = asking(dialogue);
    return asked == nullptr ? nullptr : asked->get<atwire::QuerySockets>();
}
bool is_of_all(const Exchange& exchange) { return exchange.form == CommandForm::read || exchange.form == CommandForm::execute; }

/// Calls `check` with a row and what is known of its socket.
template <void (*check)(const SocketStatus&, const Socket&, const HeardEvent&, const Dialogue&, const Report&)>
void row(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const SocketStatus& status = event.message.body.socket_status;
    check(status, dialogue.sockets[status.socket], event, dialogue, report);
}

// ── Which rows there are ────────────────────────────────────────────────────────────────────────────────────────────────────

/// With the range of <connectID> this is why there are no more rows than identities.
void different(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Exchange* asked = asking(dialogue);
    const std::uint32_t number = event.message.body.socket_status.socket;
    if (asked == nullptr || (query(dialogue) != nullptr && query(dialogue)->query_type == 1)) return;
    for (const Said<atwire::Event>& said : asked->replies)
        if (said->kind == Kind::socket_status && said->body.socket_status.socket == number)
            return report(event, "one row of each connectID" + not_this(number) + " again", place_of(event.wire, number_));
}

void of_context(const SocketStatus& status, const Socket&, const HeardEvent& event, const Dialogue& dialogue,
                const Report& report) {
    const auto* asked = query(dialogue);
    if (asked != nullptr && asked->query_type == 0 && status.context && *status.context != *asked->context)
        report(event, "contextID " + std::to_string(*asked->context) + not_this(*status.context), place_of(event.wire, context_));
}
void of_socket(const SocketStatus& status, const Socket&, const HeardEvent& event, const Dialogue& dialogue,
               const Report& report) {
    const auto* asked = query(dialogue);
    if (asked == nullptr || asked->query_type != 1) return;
    if (status.socket != *asked->socket)
        report(event, connect_id(*asked->socket) + not_this(status.socket), place_of(event.wire, number_));
    else if (asking(dialogue)->count(Kind::socket_status) != 0)
        report(event, "one row");
}

bool has_row(const Exchange& listing, std::uint32_t number) {
    return std::ranges::any_of(listing.replies, [number](const Said<atwire::Event>& said) {
        return said->kind == Kind::socket_status && said->body.socket_status.socket == number;
    });
}
/// Something has changed while the rows came; which of them is then in the list nobody can say.
bool is_unsteady(const Exchange& listing) {
    return std::ranges::any_of(listing.replies, [](const Said<atwire::Event>& said) {
        return said->kind == Kind::socket_opened || said->kind == Kind::peer_closed || said->kind == Kind::incoming ||
               said->kind == Kind::close_ok || said->kind == Kind::context_lost;
    });
}
/// The open socket that the answer should show and doesn't; `shows` says of which it should.
template <class Shows>
std::optional<std::uint32_t> missing(const Exchange& listing, const Dialogue& dialogue, Shows shows) {
    if (!listing.succeeded() || listing.command->joined || is_unsteady(listing)) return {};
    for (std::uint32_t number = 0; number < atwire::max_sockets; ++number)
        if (const Socket& socket = dialogue.sockets[number];
            socket.is_open() && shows(number, socket) && !has_row(listing, number))
            return number;
    return {};
}
std::string no_row_of(std::uint32_t number) { return "a row of " + connect_id(number) + ", which is open"; }

/// bc26 has a rule of its own for an answer without any row.
void all_listed(const Exchange& listing, const Dialogue& dialogue, const Report& report) {
    if (!is_of_all(listing) || (dialogue.is("bc26") && listing.count(Kind::socket_status) == 0)) return;
    if (const auto number = missing(listing, dialogue, [](std::uint32_t, const Socket&) { return true; }))
        report(*listing.result, no_row_of(*number));
}
void none_listed(const Exchange& listing, const Dialogue& dialogue, const Report& report) {
    const auto* asked = listing.get<atwire::QuerySockets>();
    if (listing.count(Kind::socket_status) != 0 || (asked == nullptr && !is_of_all(listing))) return;
    const auto shows = [asked](std::uint32_t number, const Socket& socket) {
        return asked == nullptr || (asked->query_type == 1 ? *asked->socket == number : socket.context == *asked->context);
    };
    if (const auto number = missing(listing, dialogue, shows)) report(*listing.result, no_row_of(*number));
}
/// Of a context; on bc26 too only where it has another row.
void context_listed(const Exchange& listing, const Dialogue& dialogue, const Report& report) {
    const auto* asked = listing.get<atwire::QuerySockets>();
    if (asked == nullptr || asked->query_type != 0 || (dialogue.is("bc26") && listing.count(Kind::socket_status) == 0)) return;
    if (const auto number = missing(listing, dialogue,
                                    [asked](std::uint32_t, const Socket& socket) { return socket.context == *asked->context; }))
        report(*listing.result, no_row_of(*number));
}

void same_rows(const Exchange& listing, const Dialogue& dialogue, const Report& report) {
    const auto& before = dialogue.sockets.listing();
    if (!before || !is_of_all(listing) || listing.form == before->form || is_unsteady(listing) || listing.command->joined) return;
    if (!listing.succeeded() || open_in(listing) != before->open) report(*listing.result, "the rows that AT+QISTATE? had");
}

void test_is_silent(const Exchange& test, const Dialogue&, const Report& report) {
    if (test.form != CommandForm::test || test.command->joined) return;
    const bool spoke = test.reply(Kind::socket_status) != nullptr || test.reply(Kind::supported) != nullptr;
    if (spoke || !test.succeeded()) report(*test.result, "OK alone");
}

/// A row of a socket that was closed, or never opened.
template <class Is>
void ghost(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Report& report, Is is_it,
           const char* why) {
    if (socket.state != State::closed || *status.state == 0 || !is_it(socket)) return;
    report(event, "no row of " + connect_id(status.socket) + ", " + why);
}
void not_refused(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue&,
                 const Report& report) {
    ghost(
        status, socket, event, report, [](const Socket& one) { return one.refused; }, "whose AT+QIOPEN was refused");
}
/// Where ec200x closes in the background the socket may still be closing; it does where nobody has said that it doesn't.
void not_released(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue& dialogue,
                  const Report& report) {
    if (dialogue.is("ec200x") && *status.state == 4 && dialogue.settings.close_mode != 0) return;
    ghost(
        status, socket, event, report, [](const Socket& one) { return !one.refused && one.end == End::released; },
        "which was closed, or state 0");
}
void not_unlisted(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue&,
                  const Report& report) {
    ghost(
        status, socket, event, report, [](const Socket& one) { return !one.refused && one.end == End::unlisted; },
        "which was not listed before");
}
/// What wasn't opened may still wait for its AT+QICLOSE, but isn't connected.
void not_failed(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue&,
                const Report& report) {
    if (socket.state == State::closed && socket.end == End::failed && *status.state == 2)
        report(event, "another state than 2: " + connect_id(status.socket) + " wasn't opened", place_of(event.wire, state_));
}

// ── What a row says: its state ──────────────────────────────────────────────────────────────────────────────────────────────

void state_is(const SocketStatus& status, const HeardEvent& event, const Report& report, bool right, const std::string& wanted) {
    if (!right) report(event, "socket_state " + wanted + not_this(*status.state), place_of(event.wire, state_));
}

/// Its end may have begun, and its "closed" wait behind the rows: that is not held.
void connected(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue& dialogue,
               const Report& report) {
    if (!socket.is_open() || socket.opening() == nullptr) return;
    const std::uint32_t state = *status.state;
    const bool ends = dialogue.is("ec200x") ? state == 4 : state >= 3;
    if (dialogue.is("ec200x") && socket.service == "TCP LISTENER") return;
    state_is(status, event, report, state == 2 || ends, "2 after +QIOPEN");
}
void listening(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue&, const Report& report) {
    if (socket.is_open() && socket.opening() != nullptr && socket.service == "TCP LISTENER")
        state_is(status, event, report, *status.state == 3 || *status.state == 4, "3 after +QIOPEN");
}
void opening(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue&, const Report& report) {
    if (socket.state == State::opening) state_is(status, event, report, *status.state <= 1, "1 before +QIOPEN");
}
void peer_closed(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue& dialogue,
                 const Report& report) {
    if (socket.state != State::peer_closed) return;
    const bool ec200x = dialogue.is("ec200x");
    const bool right = ec200x ? *status.state == 4 : *status.state == 3 || *status.state == 4;
    state_is(status, event, report, right, ec200x ? "4 after \"closed\"" : "3 after \"closed\"");
}
void listener_listens(const SocketStatus& status, const Socket&, const HeardEvent& event, const Dialogue&, const Report& report) {
    if (*status.state == 3 && *status.service != "TCP LISTENER")
        report(event, "socket_state 3 of a \"TCP LISTENER\" alone" + not_this(*status.service), place_of(event.wire, state_));
}

// ── What a row says: what the socket was opened with ────────────────────────────────────────────────────────────────────────

/// The AT+QIOPEN that a row has to repeat, or nullptr.
const atwire::OpenSocket* repeated(const Socket& socket) { return socket.state == State::closed ? nullptr : socket.opening(); }

void echoes(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue& dialogue,
            const Report& report) {
    const auto* open = repeated(socket);
    if (open == nullptr || !is_client(open->service)) return;
    const auto says = [&](const std::string& wanted, std::size_t place) {
        report(event, wanted + ", as AT+QIOPEN or AT+QISWTMD said", place_of(event.wire, place));
    };
    if (*status.service != open->service) return says("service_type \"" + std::string{open->service} + "\"", service_);
    if (*status.remote_port != *open->remote_port) return says("remote_port " + std::to_string(*open->remote_port), remote_port_);
    if (*status.context != *open->context) return says("contextID " + std::to_string(*open->context), context_);
    if (socket.access_mode && *status.access_mode != *socket.access_mode)
        return says("access_mode " + std::to_string(*socket.access_mode), access_mode_column(dialogue));
}

void local_port_chosen(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue& dialogue,
                       const Report& report) {
    const auto* open = repeated(socket);
    if (open == nullptr || !is_client(open->service) || open->local_port.value_or(0) != 0 || !socket.is_open()) return;
    if (dialogue.is("ec200x") ? *status.local_port != 0 : *status.local_port == 0) return;
    report(event, dialogue.is("ec200x") ? "the local_port that was chosen, not 0" : "local_port 0" + not_this(*status.local_port),
           place_of(event.wire, local_port_));
}
void local_port_given(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue&,
                      const Report& report) {
    const auto* open = repeated(socket);
    if (open == nullptr || open->local_port.value_or(0) == 0 || *status.local_port == *open->local_port) return;
    report(event, "local_port " + std::to_string(*open->local_port) + not_this(*status.local_port),
           place_of(event.wire, local_port_));
}

bool is_ipv4(std::string_view address) {
    return std::ranges::count(address, '.') == 3 && address.find_first_not_of("0123456789.") == std::string_view::npos;
}
void address_is(const SocketStatus& status, const HeardEvent& event, const Report& report, std::string_view wanted) {
    if (*status.address != wanted)
        report(event, "address \"" + std::string{wanted} + "\"" + not_this(*status.address), place_of(event.wire, address_));
}
/// IPv6 has several spellings of one address, and what a name stands for no line says.
void address_means(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue& dialogue,
                   const Report& report) {
    const auto* open = repeated(socket);
    if (open != nullptr && is_client(open->service)) {
        if (is_ipv4(*open->address)) address_is(status, event, report, *open->address);
    } else if (const auto* incoming = socket.incoming(); incoming != nullptr && socket.state != State::closed) {
        if (is_ipv4(incoming->address)) address_is(status, event, report, incoming->address);
    } else if (dialogue.is("bc65") && is_server(*status.service) && *status.context < dialogue.startup.addresses.size()) {
        const std::string& own = dialogue.startup.addresses[*status.context];
        if (is_ipv4(own)) address_is(status, event, report, own);
    }
}
void own_address(const SocketStatus& status, const Socket&, const HeardEvent& event, const Dialogue& dialogue,
                 const Report& report) {
    if (!is_server(*status.service) || *status.context >= dialogue.startup.addresses.size()) return;
    const std::string& own = dialogue.startup.addresses[*status.context];
    if (is_ipv4(own)) address_is(status, event, report, own);
}
void address_or_name(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue&,
                     const Report& report) {
    const auto* open = repeated(socket);
    if (open != nullptr && (*open->address).find(':') == std::string_view::npos)
        address_is(status, event, report, *open->address);
}

// ── What a row says: by itself ──────────────────────────────────────────────────────────────────────────────────────────────

/// A row that no form allows: the number of its fields.
template <std::size_t wanted>
void fields_of(const HeardEvent& line, const Dialogue&, const Report& report) {
    const std::string_view text = line.message.body.malformed.text;
    if (!text.starts_with("+QISTATE: ")) return;
    std::size_t count = 1;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        count += c == ',' && !quoted;
    }
    if (count != wanted)
        report(line, std::to_string(wanted) + " fields" + not_this(static_cast<std::uint32_t>(count)),
               line.message.body.malformed.fault);
}
void local_port_range(const HeardEvent& line, const Dialogue&, const Report& report) {
    const auto& [text, fault] = line.message.body.malformed;
    if (!text.starts_with("+QISTATE: ")) return;
    const std::size_t begin = place_of(text, local_port_), end = place_of(text, state_);
    const std::string_view port = text.substr(begin, end > begin ? end - begin - 1 : 0);
    if (!port.empty() && fault >= begin && fault < end && port.find_first_not_of("0123456789") == std::string_view::npos)
        report(line, "local_port in 0..65535, not " + std::string{port}, begin);
}

void no_udp_service(const SocketStatus& status, const Socket&, const HeardEvent& event, const Dialogue&, const Report& report) {
    if (*status.service == "UDP SERVICE")
        report(event, "service_type one of TCP, UDP, TCP LISTENER, TCP INCOMING" + not_this(*status.service),
               place_of(event.wire, service_));
}
void listener_port_zero(const SocketStatus& status, const Socket&, const HeardEvent& event, const Dialogue&,
                        const Report& report) {
    if (*status.service == "TCP LISTENER" && *status.remote_port != 0)
        report(event, "remote_port 0 of a listener" + not_this(*status.remote_port), place_of(event.wire, remote_port_));
}

void accepted_service(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue&,
                      const Report& report) {
    if (socket.incoming() != nullptr && *status.service != "TCP INCOMING")
        report(event, "service_type \"TCP INCOMING\"" + not_this(*status.service), place_of(event.wire, service_));
}
/// Unless the host has switched it.
void accepted_mode(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue& dialogue,
                   const Report& report) {
    if (socket.incoming() == nullptr) return;
    const auto says = [&](const std::string& wanted) {
        report(event, "access_mode " + wanted + not_this(*status.access_mode),
               place_of(event.wire, access_mode_column(dialogue)));
    };
    if (dialogue.is("bc65")) {
        if (socket.access_mode == 0u && *status.access_mode != 0) says("0 of an accepted socket");
        return;
    }
    const auto& listeners = dialogue.sockets[socket.incoming()->server].access_mode;
    if (!socket.access_mode && listeners && *status.access_mode != 0 && *status.access_mode != *listeners)
        says("0 or its listener's " + std::to_string(*listeners));
}
void accepted_by(const SocketStatus& status, const Socket& socket, const HeardEvent& event, const Dialogue& dialogue,
                 const Report& report) {
    if (*status.service != "TCP INCOMING" || !status.server) return;
    const auto server = static_cast<std::uint32_t>(*status.server);
    const auto* incoming = socket.incoming();
    const Socket& listener = dialogue.sockets[server];
    if (incoming != nullptr && incoming->server != server)
        report(event, "serverID " + std::to_string(incoming->server) + not_this(server), place_of(event.wire, server_));
    else if (listener.is_gone() || (listener.state == State::open && !listener.service.empty()))
        report(event, "serverID of a listener" + not_this(server), place_of(event.wire, server_));
}

// ── AT+QIOPEN takes effect at once (bc65) ───────────────────────────────────────────────────────────────────────────────────

void shown_at_once(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* query = command.get<atwire::QuerySockets>();
    if (query == nullptr || !query->socket || !command.succeeded() || command.command->joined || command.command->more) return;
    const std::uint32_t socket = *query->socket;
    const State state = dialogue.sockets[socket].state;
    const auto* row = command.reply(Kind::socket_status);
    if (state == State::open && row == nullptr && command.reply(Kind::malformed) == nullptr && dialogue.sockets[socket].opening())
        report(*command.result, connect_id(socket) + ", which was opened");
}

constexpr Check checks[] = {
    {"nb.qistate.mrt-300ms", ResponseTime{"QISTATE"}},
    {"qi.qistate.query-type", ParameterRange{"QISTATE", "query_type"}},
    {"qi.qistate.test-ok", OnResult{"QISTATE", test_is_silent}},
    {"bc65.sockets.max-6", OnEvent{Kind::socket_status, different}},
    {"bc26.sockets.max-5", OnEvent{Kind::socket_status, different}},
    {"ec200x.sockets.max-12", OnEvent{Kind::socket_status, different}},
    {"qi.qistate.filter-context", OnEvent{Kind::socket_status, row<of_context>}},
    {"qi.qistate.filter-context", OnResult{"QISTATE", context_listed}},
    {"qi.qistate.filter-socket", OnEvent{Kind::socket_status, row<of_socket>}},
    {"qi.qistate.lists-all", OnResult{"QISTATE", all_listed}},
    {"qi.qistate.lists-all", OnEvent{Kind::socket_status, row<not_unlisted>}},
    {"bc26.qistate.no-row-no-connection", OnResult{"QISTATE", none_listed}},
    {"ec200x.qistate.execute-equals-read", OnResult{"QISTATE", same_rows}},
    {"qi.qiopen.error-no-urc", OnEvent{Kind::socket_status, row<not_refused>}},
    {"qi.qiopen.err-zero-means-open", OnEvent{Kind::socket_status, row<not_failed>}},
    {"qi.qiclose.socket-gone", OnEvent{Kind::socket_status, row<not_released>}},
    {"nb.qiopen.state-connected", OnEvent{Kind::socket_status, row<connected>}},
    {"ec200x.qiopen.state-connected", OnEvent{Kind::socket_status, row<connected>}},
    {"ec200x.qiopen.state-listening", OnEvent{Kind::socket_status, row<listening>}},
    {"qi.qiopen.state-while-opening", OnEvent{Kind::socket_status, row<opening>}},
    {"nb.closed.urc-and-state", OnEvent{Kind::socket_status, row<peer_closed>}},
    {"ec200x.closed.urc-and-state", OnEvent{Kind::socket_status, row<peer_closed>}},
    {"bc65.qistate.states", FieldRange{Kind::socket_status, "state"}},
    {"bc26.qistate.states", FieldRange{Kind::socket_status, "state"}},
    {"ec200x.qistate.states", FieldRange{Kind::socket_status, "state"}},
    {"ec200x.qistate.states", OnEvent{Kind::socket_status, row<listener_listens>}},
    {"bc65.qistate.service-types", FieldRange{Kind::socket_status, "service"}},
    {"bc65.qistate.service-types", OnEvent{Kind::socket_status, row<no_udp_service>}},
    {"bc26.qistate.service-types", FieldRange{Kind::socket_status, "service"}},
    {"ec200x.qistate.service-types", FieldRange{Kind::socket_status, "service"}},
    {"nb.qistate.eight-fields", OnEvent{Kind::malformed, fields_of<8>}},
    {"ec200x.qistate.ten-fields", OnEvent{Kind::malformed, fields_of<10>}},
    {"qi.qistate.local-port-range", OnEvent{Kind::malformed, local_port_range}},
    {"qi.qistate.access-mode", FieldRange{Kind::socket_status, "access_mode"}},
    {"ec200x.qistate.at-port", FieldRange{Kind::socket_status, "at_port"}},
    {"qi.qistate.echoes-open", OnEvent{Kind::socket_status, row<echoes>}},
    {"qi.qiopen.local-port-zero-auto", OnEvent{Kind::socket_status, row<local_port_chosen>}},
    {"qi.qiopen.local-port-given-used", OnEvent{Kind::socket_status, row<local_port_given>}},
    {"bc65-ec200x.qistate.address-meaning", OnEvent{Kind::socket_status, row<address_means>}},
    {"bc26.qistate.address-or-domain", OnEvent{Kind::socket_status, row<address_or_name>}},
    {"ec200x.qistate.server-local-address", OnEvent{Kind::socket_status, row<own_address>}},
    {"bc65.qistate.listener-port-zero", OnEvent{Kind::socket_status, row<listener_port_zero>}},
    {"bc65-ec200x.incoming.service-type", OnEvent{Kind::socket_status, row<accepted_service>}},
    {"bc65.incoming.access-mode-buffer", OnEvent{Kind::socket_status, row<accepted_mode>}},
    {"ec200x.incoming.access-mode", OnEvent{Kind::socket_status, row<accepted_mode>}},
    {"ec200x.qistate.server-id", OnEvent{Kind::socket_status, row<accepted_by>}},
    {"bc65.command.immediate", OnResult{"QISTATE", shown_at_once}},
};

}  // namespace

extern const std::span<const Check> sockets_rows_checks{checks};

}  // namespace conformance
