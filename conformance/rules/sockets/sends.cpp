#include "rules/sockets/sends.hpp"

#include <algorithm>

namespace conformance {

using atwire::Service;

std::optional<std::uint32_t> access_mode_of(const Dialogue& dialogue, std::uint32_t socket_number) {
    const Socket& socket = dialogue.sockets[socket_number];
    if (socket.access_mode || socket_number >= atwire::max_sockets || socket.state != Socket::State::unknown)
        return socket.access_mode;
    const atwire::Setting given = dialogue.settings.access_mode[socket_number];
    return given == atwire::unset ? std::nullopt : std::optional<std::uint32_t>{static_cast<std::uint32_t>(given)};
}

bool has_service(const Dialogue& dialogue, std::uint32_t socket_number, std::initializer_list<Service> any) {
    constexpr std::string_view names[] = {"TCP", "UDP", "TCP LISTENER", "UDP SERVICE", "TCP INCOMING", "UDP INCOMING"};
    const Socket& socket = dialogue.sockets[socket_number];
    Service service = Service::unknown;
    if (!socket.service.empty())
        service = static_cast<Service>(std::ranges::find(names, socket.service) - std::begin(names));
    else if (socket_number < atwire::max_sockets && socket.state == Socket::State::unknown)
        service = dialogue.settings.service[socket_number];
    return std::ranges::find(any, service) != any.end();
}

std::optional<Inline> inline_data(const Exchange& exchange) {
    const std::string_view line = exchange.command.wire;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || exchange.form != atwire::CommandForm::write) return {};
    const std::size_t first = line.find(',', equals);
    const std::size_t second = first == std::string_view::npos ? first : line.find(',', first + 1);
    if (second == std::string_view::npos || second + 1 == line.size()) return {};
    Inline found{line.substr(second + 1), second + 1, {}};
    const atwire::Value length = *atwire::Values{line.substr(first + 1, second - first - 1)}.begin();
    if (length.type == atwire::Value::Type::integer && length.integer >= 0)
        found.length = static_cast<std::uint64_t>(length.integer);
    return found;
}

const Exchange* pending_send(const Dialogue& dialogue) {
    for (const Exchange& one : dialogue.pending)
        if (is_send(one) && !asks_sent(one) && one.form == atwire::CommandForm::write) return &one;
    return nullptr;
}

bool awaits_send(const Dialogue& dialogue) { return std::ranges::any_of(dialogue.awaited, is_send); }

const Exchange* typing(const Dialogue& dialogue) {
    return dialogue.pending.empty() || !outgoing(dialogue.pending.back()) ? nullptr : &dialogue.pending.back();
}

bool by_prompt(const Exchange& exchange) {
    const auto out = outgoing(exchange);
    return out && !out->data;
}

bool taken(const Exchange& exchange) { return exchange.succeeded() || (*exchange.result)->kind == atwire::Kind::send_fail; }

void not_refused(const Exchange& command, const Report& report, std::uint32_t socket, std::string_view why) {
    report(command.command,
           "ERROR, as connectID " + std::to_string(socket) + " is " + std::string{why} + ", not " + command.result->wire);
}

}  // namespace conformance
