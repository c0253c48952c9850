// The rules about AT+QIOPEN (bc65, bc26, ec200x).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using State = Socket::State;
using End = Socket::End;

constexpr std::uint32_t identity_used = 563;

/// The AT+QIOPEN of that connectID in `exchanges`, or nullptr.
const Exchange* open_of(const std::deque<Exchange>& exchanges, std::uint32_t number) {
    const auto opens = [number](const Exchange& one) {
        const auto* open = one.get<atwire::OpenSocket>();
        return open != nullptr && open->socket == number;
    };
    const auto found = std::ranges::find_if(exchanges, opens);
    return found == exchanges.end() ? nullptr : &*found;
}

const Exchange* awaited_open(const Dialogue& dialogue) {
    const auto opens = [](const Exchange& one) { return one.get<atwire::OpenSocket>() != nullptr; };
    const auto found = std::ranges::find_if(dialogue.awaited, opens);
    return found == dialogue.awaited.end() ? nullptr : &*found;
}

bool is_transparent(const Exchange& open) {
    const auto* socket = open.get<atwire::OpenSocket>();
    return socket != nullptr && socket->access_mode == 2u;
}

constexpr std::size_t address_parameter = 3, local_port_parameter = 5;

// ── AT+QIOPEN: its result ───────────────────────────────────────────────────────────────────────────────────────────────────

void never_before_ok(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    const Exchange* open = open_of(dialogue.pending, opened.message.body.socket_opened.socket);
    if (open != nullptr && !is_transparent(*open)) report(opened, "OK before +QIOPEN of the same connectID");
}

/// A result that no AT+QIOPEN of its connectID waits for: which of the rules it breaks.
enum class Stray : std::uint8_t { none, other_id, refused, repeated };
Stray stray(const HeardEvent& opened, const Dialogue& dialogue) {
    const std::uint32_t number = opened.message.body.socket_opened.socket;
    if (!dialogue.both_sides || dialogue.awaits(opened.message) != nullptr || open_of(dialogue.pending, number) != nullptr)
        return Stray::none;
    const Socket& socket = dialogue.sockets[number];
    if (socket.refused) return Stray::refused;
    if (awaited_open(dialogue) != nullptr) return Stray::other_id;
    return socket.state == State::unknown || socket.state == State::opening ? Stray::none : Stray::repeated;
}
void same_id(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    if (stray(opened, dialogue) != Stray::other_id) return;
    report(opened, connect_id(awaited_open(dialogue)->get<atwire::OpenSocket>()->socket) + ", which AT+QIOPEN named", 9);
}
void nothing_after_refusal(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    if (stray(opened, dialogue) == Stray::refused) report(opened, "no +QIOPEN: AT+QIOPEN was refused");
}
void once(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    if (stray(opened, dialogue) == Stray::repeated) report(opened, "no second +QIOPEN: no AT+QIOPEN waits");
}

/// What shows that a socket lives, though it was not opened.
void lives_after_failure(const HeardEvent& event, std::uint32_t number, const Dialogue& dialogue, const Report& report) {
    const Socket& socket = dialogue.sockets[number];
    if (socket.state == State::closed && socket.end == End::failed)
        report(event, "nothing of " + connect_id(number) + ", which wasn't opened");
}
void data_after_failure(const HeardEvent& data, const Dialogue& dialogue, const Report& report) {
    lives_after_failure(data, data.message.body.data_available.socket, dialogue, report);
}
void closed_after_failure(const HeardEvent& closed, const Dialogue& dialogue, const Report& report) {
    lives_after_failure(closed, closed.message.body.peer_closed.socket, dialogue, report);
}

/// An identity that is in use can't be opened.
void in_use(const HeardEvent& result, std::uint32_t number, const Dialogue& dialogue, const Report& report) {
    if (dialogue.sockets[number].is_open()) report(result, "ERROR or error 563: " + connect_id(number) + " is in use");
}
void opened_in_use(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    const auto& [number, error] = opened.message.body.socket_opened;
    if (error == 0 && stray(opened, dialogue) == Stray::none && dialogue.both_sides) in_use(opened, number, dialogue, report);
}
void connected_in_use(const HeardEvent& connect, const Dialogue& dialogue, const Report& report) {
    if (dialogue.pending.empty()) return;
    if (const auto* open = dialogue.pending.front().get<atwire::OpenSocket>()) in_use(connect, open->socket, dialogue, report);
}

void reusable(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    const auto& [number, error] = opened.message.body.socket_opened;
    const Socket& socket = dialogue.sockets[number];
    if (error == identity_used && socket.end == End::released && dialogue.both_sides)
        report(opened, "an error other than 563: " + connect_id(number) + " was closed", 11);
}
void reusable_after_refusal(const HeardEvent& last, const Dialogue& dialogue, const Report& report) {
    if (last.message.body.last_error.code != identity_used || !dialogue.last || dialogue.last->succeeded()) return;
    const auto* open = dialogue.last->get<atwire::OpenSocket>();
    if (open != nullptr && dialogue.sockets[open->socket].end == End::released)
        report(last, "an error other than 563: " + connect_id(open->socket) + " was closed");
}

void transparent_result(const Exchange& open, const Dialogue&, const Report& report) {
    if (is_transparent(open) && (*open.result)->kind == Kind::ok) report(*open.result, "CONNECT or ERROR");
}
void transparent_opened(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    const Exchange* open = dialogue.awaits(opened.message);
    if (open == nullptr) open = open_of(dialogue.pending, opened.message.body.socket_opened.socket);
    if (open != nullptr && is_transparent(*open)) report(opened, "CONNECT or ERROR");
}

void error_has_reason(const HeardEvent& last, const Dialogue& dialogue, const Report& report) {
    if (!dialogue.last || dialogue.last->get<atwire::OpenSocket>() == nullptr || dialogue.last->succeeded()) return;
    if (last.message.body.last_error.code == 0) report(last, "an error: AT+QIOPEN was refused", 13);
}

/// The other socket that has the local port, or nothing.
std::optional<std::uint32_t> holder(const Dialogue& dialogue, std::uint16_t port, std::uint32_t but) {
    for (std::uint32_t number = 0; number < atwire::max_sockets; ++number) {
        const Socket& socket = dialogue.sockets[number];
        const auto* opening = socket.opening();
        if (number != but && socket.is_open() && opening != nullptr && opening->local_port == port) return number;
    }
    return {};
}
void local_port_unique(const HeardEvent& opened, const Dialogue& dialogue, const Report& report) {
    const auto& [number, error] = opened.message.body.socket_opened;
    const Exchange* open = open_of(dialogue.awaited, number);
    if (error != 0 || open == nullptr) return;
    const auto port = open->get<atwire::OpenSocket>()->local_port;
    if (!port || *port == 0) return;
    if (const auto other = holder(dialogue, *port, number))
        report(opened, "an error: " + connect_id(*other) + " has local port " + std::to_string(*port), 11);
}

// ── AT+QIOPEN: times ────────────────────────────────────────────────────────────────────────────────────────────────────────

std::uint32_t open_time_by_address(const Exchange& exchange, const Dialogue& dialogue) {
    const std::uint32_t limit = open_time(exchange, dialogue);
    return limit != 0 && !is_host_name(*exchange.get<atwire::OpenSocket>()->address) ? limit : 0;
}
std::uint32_t open_time_by_name(const Exchange& exchange, const Dialogue& dialogue) {
    const std::uint32_t limit = open_time(exchange, dialogue);
    return limit != 0 && is_host_name(*exchange.get<atwire::OpenSocket>()->address) ? limit : 0;
}

template <class Message>
void wait_before(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* again = command.get<Message>();
    const Exchange* open = again == nullptr ? nullptr : open_of(dialogue.awaited, again->socket);
    if (open == nullptr) return;
    const double limit = open_time(*open, dialogue) / 1000.0;
    const auto passed = seconds_between((*open->result).place, command.command.place);
    if (passed && *passed < limit)
        report(command.command, "+QIOPEN of " + connect_id(again->socket) + " first, or " +
                                    std::to_string(static_cast<int>(limit)) + " s without it");
}

constexpr double longest_open = 60, longest_open_ec200x = 150;  // s

/// bc26: after 60 s without a result the host may go on.
void wait_for_result(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const Exchange* open = awaited_open(dialogue);
    if (open == nullptr || later_than(longest_open, (*open->result).place, command.command.place)) return;
    const std::uint32_t number = open->get<atwire::OpenSocket>()->socket;
    const auto* close = command.get<atwire::CloseSocket>();
    if (close != nullptr && close->socket == number && !command.command.place.time) return;
    report(command.command, "nothing before +QIOPEN of " + connect_id(number));
}

/// The AT+QIOPEN that has had no result in 150 s, or nullptr.
const Exchange* lost_open(const Exchange& command, const Dialogue& dialogue) {
    for (const auto* exchanges : {&dialogue.awaited, &dialogue.pending})
        for (const Exchange& one : *exchanges)
            if (one.get<atwire::OpenSocket>() != nullptr &&
                later_than(longest_open_ec200x, one.command.place, command.command.place))
                return &one;
    return nullptr;
}
void close_lost(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (const Exchange* open = lost_open(command, dialogue))
        report(command.command, "AT+QICLOSE=" + std::to_string(open->get<atwire::OpenSocket>()->socket) +
                                    " first: its AT+QIOPEN has no result in 150 s");
}

void five_failures(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.sockets.failures() >= 5) report(command.command, "AT+QIDEACT and AT+QIACT first: 5 opens in a row have failed");
}

// ── AT+QIOPEN: its parameters ───────────────────────────────────────────────────────────────────────────────────────────────

void no_udp_service(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* open = command.get<atwire::OpenSocket>();
    if (open != nullptr && open->service == "UDP SERVICE")
        report(command.command, "one of TCP, UDP, TCP LISTENER", place_of(command.command.wire, 2));
}

void short_ip(const Exchange& command, const Dialogue&, const Report& report) {
    const std::string& line = command.command.wire;
    const std::size_t begin = place_of(line, address_parameter);
    if (begin >= line.size() || line[begin] != '"') return;
    const std::string_view address = std::string_view{line}.substr(begin + 1, line.find('"', begin + 1) - begin - 1);
    if (address.size() > 150 && address.find_first_not_of("0123456789.:abcdefABCDEF") == std::string_view::npos)
        report(command.command, "IP_address of at most 150 bytes, not " + std::to_string(address.size()), begin);
}

constexpr char listener[] = "\"TCP LISTENER\"", udp_service[] = "\"UDP SERVICE\"";
template <const char* service>
std::optional<Complaint> of_service(const Complaint& complaint, const Exchange& open, const Dialogue&) {
    return open.command.wire.find(service) != std::string::npos ? std::optional{complaint} : std::nullopt;
}

constexpr std::uint16_t first_avoided = 1000, last_avoided = 1500;
bool is_avoided(std::uint16_t port) { return port >= first_avoided && port <= last_avoided; }

/// The ports that are to be avoided have a rule of their own.
void local_port_zero(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* open = command.get<atwire::OpenSocket>();
    const bool client = open != nullptr && (open->service == "TCP" || open->service == "UDP");
    if (client && *open->local_port != 0 && !is_avoided(*open->local_port))
        report(command.command, "local_port 0, not " + std::to_string(*open->local_port),
               place_of(command.command.wire, local_port_parameter));
}
void local_port_avoided(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* open = command.get<atwire::OpenSocket>();
    if (open != nullptr && is_avoided(*open->local_port))
        report(command.command, "a local_port outside 1000..1500, not " + std::to_string(*open->local_port),
               place_of(command.command.wire, local_port_parameter));
}
void local_port_rests(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* open = command.get<atwire::OpenSocket>();
    if (open == nullptr || *open->local_port == 0) return;
    const Place* freed = dialogue.sockets.freed(*open->local_port);
    const auto passed = freed == nullptr ? std::nullopt : seconds_between(*freed, command.command.place);
    if (passed && *passed < 120)
        report(command.command, "local_port " + std::to_string(*open->local_port) + " only 120 s after its socket was closed",
               place_of(command.command.wire, local_port_parameter));
}

/// The first use of a socket whose access mode nobody has said.
template <class Message>
void access_mode_known(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* use = command.get<Message>();
    if (use == nullptr) return;
    const Socket& socket = dialogue.sockets[use->socket];
    if (socket.opening() != nullptr && !socket.access_mode && !socket.used)
        report(command.command, "access_mode in AT+QIOPEN, or AT+QISTATE before the first use of " + connect_id(use->socket));
}

constexpr Check checks[] = {
    {"bc65.connect-id.range", ParameterRange{"", "connectID"}},
    {"bc26.connect-id.range", ParameterRange{"", "connectID"}},
    {"ec200x.connect-id.range", ParameterRange{"", "connectID"}},
    {"bc65.connect-id.range-in-urc", FieldRange{{}, "socket"}},
    {"bc26.connect-id.range-in-urc", FieldRange{{}, "socket"}},
    {"ec200x.connect-id.range-in-urc", FieldRange{{}, "socket"}},
    {"qi.qiopen.ok-before-urc", OnEvent{Kind::socket_opened, never_before_ok}},
    {"qi.qiopen.urc-once", OnEvent{Kind::socket_opened, once}},
    {"qi.qiopen.urc-same-id", OnEvent{Kind::socket_opened, same_id}},
    {"qi.qiopen.error-no-urc", OnEvent{Kind::socket_opened, nothing_after_refusal}},
    {"qi.qiopen.err-zero-means-open", OnEvent{Kind::data_available, data_after_failure}},
    {"qi.qiopen.err-zero-means-open", OnEvent{Kind::peer_closed, closed_after_failure}},
    {"qi.qiopen.err-in-table", FieldRange{Kind::socket_opened, "error"}},
    {"qi.qiopen.id-in-use-refused", OnEvent{Kind::socket_opened, opened_in_use}},
    {"qi.qiopen.id-in-use-refused", OnEvent{Kind::connect, connected_in_use}},
    {"ec200x.qiopen.transparent-connect", OnResult{"QIOPEN", transparent_result}},
    {"ec200x.qiopen.transparent-connect", OnEvent{Kind::socket_opened, transparent_opened}},
    {"ec200x.qiopen.error-detail", OnEvent{Kind::last_error, error_has_reason}},
    {"bc65.qiopen.local-port-unique", OnEvent{Kind::socket_opened, local_port_unique}},
    {"nb.qiopen.mrt-300ms", ResponseTime{"QIOPEN"}},
    {"bc65.qiopen.urc-ip-open-time", LateResultTime{"QIOPEN", LateResultTime::From::result, open_time_by_address}},
    {"bc65.qiopen.urc-domain-140", LateResultTime{"QIOPEN", LateResultTime::From::result, open_time_by_name}},
    {"bc65.qiopen.host-wait", OnCommand{"QICLOSE", wait_before<atwire::CloseSocket>}},
    {"bc65.qiopen.host-wait", OnCommand{"QIOPEN", wait_before<atwire::OpenSocket>}},
    {"bc26.qiopen.urc-within-60s", LateResultTime{"QIOPEN"}},
    {"bc26.qiopen.wait-for-urc", OnCommand{"", wait_for_result}},
    {"ec200x.qiopen.urc-within-150s", LateResultTime{"QIOPEN", LateResultTime::From::command}},
    {"ec200x.qiopen.urc-within-150s", ResponseTime{"QIOPEN"}},
    {"ec200x.qiopen.close-after-150s", OnCommand{"QIOPEN", close_lost}},
    {"ec200x.qiopen.no-response-deactivate", OnCommand{"QIDEACT", close_lost}},
    {"ec200x.qiopen.five-failures", OnCommand{"QIOPEN", five_failures}},
    {"bc65.qiopen.service-types", ParameterRange{"QIOPEN", "service_type"}},
    {"bc65.qiopen.service-types", OnCommand{"QIOPEN", no_udp_service}},
    {"bc26.qiopen.service-types", ParameterRange{"QIOPEN", "service_type"}},
    {"ec200x.qiopen.service-types", ParameterRange{"QIOPEN", "service_type"}},
    {"bc65.qiopen.domain-max-50", ParameterRange{"QIOPEN", "IP_address"}},
    {"bc26.qiopen.domain-max-150", ParameterRange{"QIOPEN", "IP_address"}},
    {"bc26.qiopen.ip-max-150", OnCommand{"QIOPEN", short_ip}},
    {"ec200x.qiopen.server-address-127", ParameterRange{"QIOPEN", "IP_address", "", of_service<listener>}},
    {"ec200x.qiopen.server-address-127", ParameterRange{"QIOPEN", "IP_address", "", of_service<udp_service>}},
    {"nb.qiopen.remote-port-range", ParameterRange{"QIOPEN", "remote_port"}},
    {"ec200x.qiopen.remote-port-range", ParameterRange{"QIOPEN", "remote_port"}},
    {"bc65.qiopen.local-port-server", ParameterRange{"QIOPEN", "local_port", "", of_service<listener>}},
    {"bc65.qiopen.local-port-server", ParameterRange{"QIOPEN", "local_port", "", of_service<udp_service>}},
    {"ec200x.qiopen.local-port-server", ParameterRange{"QIOPEN", "local_port", "", of_service<listener>}},
    {"ec200x.qiopen.local-port-server", ParameterRange{"QIOPEN", "local_port", "", of_service<udp_service>}},
    {"bc65.qiopen.local-port-zero-advice", OnCommand{"QIOPEN", local_port_zero}},
    {"bc65.qiopen.local-port-avoid-1000-1500", OnCommand{"QIOPEN", local_port_avoided}},
    {"bc65.qiopen.local-port-reuse-120s", OnCommand{"QIOPEN", local_port_rests}},
    {"nb.qiopen.protocol-type", ParameterRange{"QIOPEN", "protocol_type"}},
    {"nb.access-mode.values", ParameterRange{"", "access_mode"}},
    {"ec200x.access-mode.values", ParameterRange{"", "access_mode"}},
    {"bc65-ec200x.qiopen.omitted-access-mode", OnCommand{"QISEND", access_mode_known<atwire::Send>}},
    {"bc65-ec200x.qiopen.omitted-access-mode", OnCommand{"QISENDEX", access_mode_known<atwire::SendHex>}},
    {"bc65-ec200x.qiopen.omitted-access-mode", OnCommand{"QIRD", access_mode_known<atwire::ReadData>}},
    {"qi.qiclose.id-reusable", OnEvent{Kind::socket_opened, reusable}},
    {"qi.qiclose.id-reusable", OnEvent{Kind::last_error, reusable_after_refusal}},
};

}  // namespace

extern const std::span<const Check> sockets_opening_checks{checks};

}  // namespace conformance
