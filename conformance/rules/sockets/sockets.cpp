#include "rules/sockets/sockets.hpp"

#include <algorithm>

#include "rules/dialogue.hpp"
#include "rules/wire.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using State = Socket::State;
using Due = Socket::Due;
using End = Socket::End;

constexpr std::uint32_t identity_used = 563;

/// What a <socket_state> says; unknown where it is on its way to be closed, which "closed" or the result of AT+QICLOSE will say.
State state_of(const atwire::Dialect& dialect, const atwire::SocketStatus& row) {
    const bool listens = row.service && *row.service == "TCP LISTENER";
    switch (*row.state) {
        case 1: return State::opening;
        case 2: return listens ? State::listening : State::open;
        case 3: return dialect.facts.name == "ec200x" ? State::listening : State::unknown;
        case 4: return State::unknown;
        default: return State::closed;
    }
}

/// The AT+QIOPEN that the result belongs to, its OK heard or not; nullptr where none was heard.
const Exchange* opener(const HeardEvent& opened, const Dialogue& dialogue) {
    if (const Exchange* awaiting = dialogue.awaits(opened.message);
        awaiting != nullptr && awaiting->get<atwire::OpenSocket>() != nullptr)
        return awaiting;
    for (const Exchange& waiting : dialogue.pending)
        if (const auto* open = waiting.get<atwire::OpenSocket>();
            open != nullptr && open->socket == opened.message.body.socket_opened.socket)
            return &waiting;
    return nullptr;
}

Socket opened_by(const Exchange& exchange, State state) {
    const auto& open = *exchange.get<atwire::OpenSocket>();
    Socket socket{.state = state, .service = std::string{open.service}};
    socket.context = as_optional(open.context);
    socket.access_mode = as_optional(open.access_mode);
    socket.by = exchange.command.message;
    return socket;
}

/// Whether an event says that the socket became another while the exchange went on.
bool changed_meanwhile(const Exchange& exchange, std::uint32_t number) {
    return std::ranges::any_of(exchange.replies, [number](const Said<atwire::Event>& said) {
        const auto& body = said->body;
        switch (said->kind) {
            case Kind::socket_opened: return body.socket_opened.socket == number;
            case Kind::incoming: return body.incoming.socket == number;
            default: return false;
        }
    });
}

bool lists(const Exchange& exchange, std::uint32_t number) {
    return std::ranges::any_of(exchange.replies, [number](const Said<atwire::Event>& said) {
        return said->kind == Kind::socket_status && said->body.socket_status.socket == number;
    });
}

/// Whether a command of other specifications ends all connections, or may.
bool ends_connections(const Exchange& exchange) {
    constexpr std::string_view all[] = {"AT+CFUN=", "AT+CGATT=", "AT+CGACT=", "AT+COPS=", "AT+QRST", "AT+NRB", "AT+QPOWD", "ATZ"};
    return exchange.facts == nullptr &&
           std::ranges::any_of(all, [&exchange](std::string_view line) { return begins(exchange.command.wire, line); });
}

/// Sockets whose local port is remembered after they were closed.
constexpr std::size_t most_freed = 16;

}  // namespace

std::uint32_t open_time(const Exchange& exchange, const Dialogue& dialogue) {
    constexpr std::int64_t by_default = 36, for_name = 140;  // s
    const auto* open = exchange.get<atwire::OpenSocket>();
    if (open == nullptr || !open->address) return 0;
    const std::int64_t set = dialogue.set_to("QICFG open_time").value_or(by_default);
    return static_cast<std::uint32_t>(1000 * (set + (is_host_name(*open->address) ? for_name : 0)));
}

std::vector<std::uint32_t> open_in(const Exchange& listing) {
    std::vector<std::uint32_t> open;
    for (const Said<atwire::Event>& said : listing.replies)
        if (said->kind == Kind::socket_status && said->body.socket_status.state == 2u)
            open.push_back(said->body.socket_status.socket);
    std::ranges::sort(open);
    return open;
}

const Socket& Sockets::operator[](std::uint32_t number) const {
    static const Socket nothing{};
    return number < sockets_.size() ? sockets_[number] : nothing;
}

const Place* Sockets::freed(std::uint16_t local_port) const {
    const auto found = std::ranges::find(freed_, local_port, &Freed::port);
    return found == freed_.end() ? nullptr : &found->at;
}

// ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Sockets::heard(const HeardCommand& command, const Dialogue&) {
    const auto use = [this](std::uint32_t number) {
        if (Socket* socket = at(number)) socket->used = true;
    };
    if (const auto* send = atwire::get<atwire::Send>(command.message)) use(send->socket);
    if (const auto* send = atwire::get<atwire::SendHex>(command.message)) use(send->socket);
    if (const auto* read = atwire::get<atwire::ReadData>(command.message)) use(read->socket);
}

void Sockets::heard(const HeardEvent& event, const Dialogue& dialogue) {
    const auto& body = event.message.body;
    switch (event.message.kind) {
        case Kind::socket_opened:
        case Kind::peer_closed:
        case Kind::close_ok:
        case Kind::incoming:
        case Kind::context_lost:
        case Kind::no_carrier: listing_.reset(); break;
        default: break;
    }
    switch (event.message.kind) {
        case Kind::socket_opened: return opened(event, dialogue);
        case Kind::peer_closed: return ended(body.peer_closed.socket);
        case Kind::close_ok: return close_confirmed(event, dialogue);
        case Kind::incoming: return accepted(event, dialogue);
        case Kind::socket_status: return shown(body.socket_status, dialogue);
        case Kind::context_lost: return context_ended(body.context_lost.context, false);
        case Kind::no_carrier: return pipe_ended(dialogue);
        case Kind::connect:
            if (dialogue.pending.empty()) forget();
            return;
        case Kind::option:
            if (*body.option.name == "passiveclosed") closes_itself_ = body.option.values.text == "1";
            return;
        default: return;
    }
}

void Sockets::opened(const HeardEvent& event, const Dialogue& dialogue) {
    const auto& [number, error] = event.message.body.socket_opened;
    Socket* socket = at(number);
    if (socket == nullptr) return;
    const Exchange* open = opener(event, dialogue);
    if (error == 0) {
        *socket = open != nullptr ? opened_by(*open, State::open) : Socket{.state = State::open};
        if (socket->service == "TCP LISTENER") socket->state = State::listening;
    } else if (socket->state == State::opening || socket->state == State::unknown) {
        *socket =
            error == identity_used ? Socket{} : Socket{.state = State::closed, .end = End::failed, .close = Due::after_failure};
    }
    failures_ = error == 0 ? 0 : failures_ + 1;
}

void Sockets::ended(std::uint32_t number) {
    Socket* socket = at(number);
    if (socket == nullptr) return;
    if (socket->state == State::closing || closes_itself_) {
        *socket = {.state = State::closed};
    } else {
        socket->state = State::peer_closed;
        socket->close = Due::after_end;
    }
}

/// It names no socket: without its AT+QICLOSE it may be any.
void Sockets::close_confirmed(const HeardEvent& event, const Dialogue& dialogue) {
    if (const Exchange* close = dialogue.awaits(event.message)) {
        confirmed_ = true;
        if (const auto* one = close->get<atwire::CloseSocket>(); one != nullptr && one->socket < sockets_.size())
            free(sockets_[one->socket], event.place);
    } else if (std::ranges::none_of(dialogue.pending, [](const Exchange& one) { return one.name == "QICLOSE"; })) {
        forget();
    }
}

void Sockets::accepted(const HeardEvent& event, const Dialogue& dialogue) {
    const atwire::Incoming& incoming = event.message.body.incoming;
    Socket* socket = at(incoming.socket);
    if (socket == nullptr) return;
    *socket = {.state = State::open, .service = "TCP INCOMING", .context = (*this)[incoming.server].context};
    socket->server = incoming.server;
    if (dialogue.dialect.facts.accepted == atwire::Accepted::buffered) socket->access_mode = 0;
    socket->from.emplace(event.message);
}

/// While a result is due it decides; of an end that was told a row knows no better but that it is over.
void Sockets::shown(const atwire::SocketStatus& row, const Dialogue& dialogue) {
    Socket* socket = at(row.socket);
    if (socket == nullptr || !row.state) return;
    const State said = state_of(dialogue.dialect, row);
    const bool changing = socket->state == State::opening || socket->state == State::closing;
    if (said == State::closed && !changing) {
        if (socket->state != State::closed) *socket = {.state = State::closed, .close = socket->close};
        return;
    }
    if (!changing && socket->state != State::peer_closed && said != State::unknown) socket->state = said;
    if (row.service) socket->service = *row.service;
    socket->context = as_optional(row.context);
    socket->access_mode = as_optional(row.access_mode);
}

/// `NO CARRIER` that isn't the answer to ATO: the pipe's connection is gone.
void Sockets::pipe_ended(const Dialogue& dialogue) {
    const auto resumes = [](const Exchange& one) { return one.get<atwire::ResumeDataMode>() != nullptr; };
    if (!pipe_ || std::ranges::any_of(dialogue.pending, resumes)) return;
    ended(*pipe_);
    pipe_.reset();
}

// ── Results ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Sockets::finished(const Exchange& exchange, const Dialogue& dialogue) {
    if (exchange.get<atwire::OpenSocket>() != nullptr || exchange.get<atwire::CloseSocket>() != nullptr ||
        exchange.get<atwire::DeactivateContext>() != nullptr)
        listing_.reset();
    if (const auto* open = exchange.get<atwire::OpenSocket>()) return open_answered(exchange, *open);
    if (const auto* close = exchange.get<atwire::CloseSocket>()) return close_answered(exchange, close->socket, dialogue);
    if (!exchange.succeeded()) return;
    if (exchange.name == "QISTATE") return listed(exchange);
    if (const auto* mode = exchange.get<atwire::SetAccessMode>()) {
        if (Socket* socket = at(mode->socket)) socket->access_mode = mode->access_mode;
        if ((*exchange.result)->kind == Kind::connect) pipe_ = mode->socket;
    } else if (exchange.get<atwire::LeaveDataMode>() != nullptr && pipe_) {
        if (Socket* socket = at(*pipe_)) socket->access_mode = 0;
    } else if (const auto* context = exchange.get<atwire::DeactivateContext>()) {
        context_ended(context->context, true);
        failures_ = 0;
    } else if (const auto* option = exchange.get<atwire::SetOption>()) {
        if (*option->name == "passiveclosed") closes_itself_ = option->values.text == "1";
    } else if (ends_connections(exchange)) {
        forget();
    }
}

/// A socket that is open stays as it is: its number was refused.
void Sockets::open_answered(const Exchange& exchange, const atwire::OpenSocket& open) {
    Socket* socket = at(open.socket);
    if (socket == nullptr) return;
    socket->refused = !exchange.succeeded();
    if (socket->refused) {
        ++failures_;
    } else if ((*exchange.result)->kind == Kind::connect) {
        *socket = opened_by(exchange, State::open);
        pipe_ = open.socket;
        failures_ = 0;
    } else if (!socket->is_open() && socket->state != State::closing && !changed_meanwhile(exchange, open.socket)) {
        const bool released = socket->end == End::released;
        *socket = opened_by(exchange, State::opening);
        if (released) socket->end = End::released;
    }
}

void Sockets::close_answered(const Exchange& exchange, std::uint32_t number, const Dialogue& dialogue) {
    Socket* socket = at(number);
    if (socket == nullptr) return;
    socket->close = Due::nothing;
    if (!exchange.succeeded()) {
        if (socket->is_open() || socket->state == State::peer_closed) *socket = {};  // it may have been gone
        return;
    }
    const bool confirmed_later = std::ranges::any_of(
        exchange.facts->rows, [](const atwire::CommandRow& row) { return row.result == atwire::Result::ok_close_ok; });
    const bool in_background = dialogue.settings.close_mode == 1 && socket->is_open() && !socket->service.starts_with("UDP");
    if (confirmed_later ? exchange.reply(Kind::close_ok) != nullptr : !in_background)
        free(*socket, (*exchange.result).place);
    else
        socket->state = State::closing;
    if (pipe_ == number) pipe_.reset();
}

/// Those that the answer to AT+QISTATE leaves out don't exist.
void Sockets::listed(const Exchange& exchange) {
    const auto* query = exchange.get<atwire::QuerySockets>();
    const bool all = exchange.form == atwire::CommandForm::read || exchange.form == atwire::CommandForm::execute;
    if (query == nullptr && !all) return;
    for (std::uint32_t number = 0; number < sockets_.size(); ++number) {
        Socket& socket = sockets_[number];
        const bool asked = all || (query->query_type == 1 ? *query->socket == number : socket.context == *query->context);
        const bool between = socket.state == State::opening || socket.state == State::closing;
        if (!asked || between || socket.state == State::closed || lists(exchange, number) || changed_meanwhile(exchange, number))
            continue;
        socket = {.state = State::closed, .end = End::unlisted};
    }
    listing_.reset();
    const std::size_t changes =
        exchange.count(Kind::socket_opened) + exchange.count(Kind::peer_closed) + exchange.count(Kind::incoming);
    if (all && changes == 0) listing_ = {exchange.form, open_in(exchange)};
}

/// By the host its sockets are closed; by the network nobody says what became of them.
void Sockets::context_ended(std::uint32_t context, bool by_host) {
    for (Socket& socket : sockets_) {
        if (socket.state == State::closed || socket.context.value_or(context) != context) continue;
        socket = {.state = by_host && socket.context ? State::closed : State::unknown};
    }
}

/// Closed by AT+QICLOSE.
void Sockets::free(Socket& socket, const Place& place) {
    if (const auto* opening = socket.opening(); opening != nullptr && opening->local_port && *opening->local_port != 0) {
        std::erase_if(freed_, [opening](const Freed& one) { return one.port == *opening->local_port; });
        if (freed_.size() == most_freed) freed_.pop_front();
        freed_.push_back({*opening->local_port, place});
    }
    socket = {.state = State::closed, .end = End::released};
}

/// What may have been open is unknown.
void Sockets::forget() {
    for (Socket& socket : sockets_)
        if (socket.state != State::closed) socket = {};
    pipe_.reset();
}

}  // namespace conformance
