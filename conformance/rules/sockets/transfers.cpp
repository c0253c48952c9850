#include "rules/sockets/transfers.hpp"

#include <algorithm>

#include "rules/dialogue.hpp"

namespace conformance {
namespace {

using atwire::Kind;

const Flow opened{.sent_total = 0, .read_total = 0};

/// More than the longest data of a command; what is behind it isn't kept.
constexpr std::size_t most_typed = 16384;

/// The wire bytes behind the prompt, without what ended them.
std::uint64_t typed_by(const Exchange& exchange) {
    return exchange.data - (exchange.data > 0 && (exchange.data_end == "ctrl_z" || exchange.data_end == "esc") ? 1 : 0);
}

}  // namespace

// ── What commands ask for ───────────────────────────────────────────────────────────────────────────────────────────────────

std::optional<std::uint32_t> asks_sent(const Exchange& exchange) {
    const auto* send = exchange.get<atwire::Send>();
    if (send == nullptr || send->data || !send->length || *send->length != 0) return {};
    return send->socket;
}

std::optional<std::uint32_t> asks_received(const Exchange& exchange) {
    const auto* read = exchange.get<atwire::ReadData>();
    if (read == nullptr || !read->length || *read->length != 0) return {};
    return read->socket;
}

std::optional<Outgoing> outgoing(const Exchange& exchange) {
    if (asks_sent(exchange)) return {};
    if (const auto* send = exchange.get<atwire::Send>())
        return Outgoing{send->socket, as_optional(send->length), as_optional(send->data), false};
    if (const auto* send = exchange.get<atwire::SendHex>())
        return Outgoing{send->socket, as_optional(send->length), as_optional(send->data), true};
    return {};
}

std::optional<Count> bytes_of(const Exchange& exchange, const atwire::Settings& settings) {
    const auto out = outgoing(exchange);
    if (!out) return {};
    const auto just = [](std::uint64_t bytes) { return Count{bytes, bytes}; };
    if (out->length) return just(*out->length);
    if (out->data) return just(out->data->size() / 2);
    if (!exchange.data_at) return {};
    const std::uint64_t typed = typed_by(exchange);
    if (out->hex || settings.send_dataformat == 1) return just(typed / 2);
    return settings.send_dataformat == 0 ? just(typed) : Count{typed / 2, typed};
}

const atwire::ReadData* next_read(const Dialogue& dialogue) {
    if (dialogue.pending.empty()) return nullptr;
    const Exchange& first = dialogue.pending.front();
    std::size_t answered = first.count(Kind::data_read) + first.count(Kind::receive_totals);
    for (std::size_t i = 0; i < dialogue.answered_line(); ++i)
        if (const Exchange& one = dialogue.pending[i]; one.name == "QIRD" && answered-- == 0) return one.get<atwire::ReadData>();
    return nullptr;
}

std::optional<std::uint32_t> next_sent_query(const Dialogue& dialogue) {
    if (dialogue.pending.empty()) return {};
    std::size_t answered = dialogue.pending.front().count(Kind::send_totals);
    for (std::size_t i = 0; i < dialogue.answered_line(); ++i)
        if (const auto socket = asks_sent(dialogue.pending[i]); socket && answered-- == 0) return socket;
    return {};
}

const Flow& Transfers::operator[](std::uint32_t number) const {
    static const Flow nothing{};
    return number < flows_.size() ? flows_[number] : nothing;
}

void Flow::forget_received() {
    read_total.reset();
    receive_totals.reset();
    node.reset();
    noticed = unread = node_ended = full = empty = false;
}

// ── Commands ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Transfers::heard(const HeardCommand& command, const Dialogue&) {
    if (atwire::get<atwire::LeaveDataMode>(command.message) != nullptr) escaped = command.place;
    const auto* data = atwire::get<atwire::SendData>(command.message);
    if (data != nullptr && port != Port::pipe && typed.size() < most_typed) typed += data->data;
}

// ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Transfers::heard(const HeardEvent& event, const Dialogue& dialogue) {
    const auto& message = event.message;
    if (message.kind == Kind::payload) return payload(message.body.payload, dialogue);
    if (message.kind == Kind::data_echo) {
        echoed += message.body.data_echo.data.size();
        return;
    }
    body.complete = false;
    body.cut = message.kind == Kind::truncated && body.header != Kind::ok;
    if (!body.cut) body.header = Kind::ok;
    noticed_now = atwire::max_sockets;
    if (message.kind != Kind::no_carrier && dialogue.settings.transparent != 1) port = Port::lines;
    switch (message.kind) {
        case Kind::prompt:
            typed.clear();
            echoed = 0;
            cancelled = false;
            return;
        case Kind::connect:
            flows_ = {};
            left_pipe = false;
            port = Port::pipe;
            return;
        case Kind::no_carrier: port = Port::lines; return;
        case Kind::socket_opened:
            if (message.body.socket_opened.error == 0) set(message.body.socket_opened.socket, opened);
            return;
        case Kind::incoming: return set(message.body.incoming.socket, opened);
        case Kind::peer_closed: left_pipe = false; return;
        case Kind::context_lost: flows_ = {}; return;
        case Kind::close_ok:
            if (const Exchange* one = dialogue.awaits(message))
                if (const auto* closed = one->get<atwire::CloseSocket>()) set(closed->socket, {});
            return;
        case Kind::send_ok:
        case Kind::send_fail: return send_result(event, dialogue);
        case Kind::send_totals: return told(message.body.send_totals, dialogue);
        case Kind::receive_totals: return told(message.body.receive_totals, dialogue);
        case Kind::data_read:
            read(message.body.data_read, dialogue);
            return header(event, as_optional(message.body.data_read.socket));
        case Kind::data_received:
            viewmode_fresh = false;
            if (const auto socket = as_optional(message.body.data_received.socket); socket && at(*socket) != nullptr)
                at(*socket)->switch_fresh = false;
            return header(event, as_optional(message.body.data_received.socket));
        case Kind::data_available:
            if (message.doubts.has(atwire::Doubt::inferred)) return;
            return noticed(message.body.data_available.socket, as_optional(message.body.data_available.length));
        case Kind::buffer_full:
            if (Flow* flow = at(message.body.buffer_full.socket)) flow->full = flow->unread = true;
            return;
        default: return;
    }
}

void Transfers::header(const HeardEvent& event, std::optional<std::uint32_t> socket) {
    const auto announced = atwire::announced(event.message);
    if (!announced.length || *announced.length == 0) return;
    body = {.header = event.message.kind,
            .in_line = event.wire.ends_with(',') || event.wire.ends_with(",\""),
            .socket = socket.value_or(atwire::max_sockets)};
}

void Transfers::payload(const atwire::Payload& piece, const Dialogue& dialogue) {
    if (body.header == Kind::ok) {
        if (dialogue.settings.transparent == 1) port = Port::pipe;
        return;
    }
    body.add(piece);
}

void Transfers::Body::add(const atwire::Payload& piece) {
    constexpr std::size_t most = 8;
    const std::string_view data = piece.data;
    const auto begins = [&](std::string_view before, std::string_view now) {
        return last.ends_with(before) && data.starts_with(now);
    };
    line_inside |= data.find("\r\n+") != std::string_view::npos || begins("\r\n", "+") || begins("\r", "\n+");
    last += data.substr(data.size() - std::min(data.size(), most));
    if (last.size() > most) last.erase(0, last.size() - most);
    complete = piece.last;
}

void Transfers::noticed(std::uint32_t number, std::optional<std::uint32_t> length) {
    noticed_now = number;
    showlength_fresh = false;
    Flow* flow = at(number);
    if (flow == nullptr) return;
    flow->noticed = flow->unread = true;
    flow->empty = flow->switch_fresh = flow->node_ended = false;
    flow->node = length;
}

/// A read of which the socket isn't known may be any socket's.
void Transfers::read(const atwire::DataRead& header, const Dialogue& dialogue) {
    const atwire::ReadData* asked = next_read(dialogue);
    const auto socket = asked != nullptr ? std::optional{asked->socket} : as_optional(header.socket);
    if (header.length != 0) showlength_fresh = viewmode_fresh = false;
    if (!socket) {
        for (Flow& flow : flows_) flow.forget_received();
        return;
    }
    Flow* flow = at(*socket);
    if (flow == nullptr) return;
    const bool all_asked = asked != nullptr && asked->length && header.length >= *asked->length;
    const bool left = header.length != 0 && header.remaining && *header.remaining != 0;
    flow->read += header.length;
    flow->empty = header.length == 0;
    flow->noticed = flow->noticed && left;
    flow->unread = left || (header.length != 0 && all_asked && !header.remaining);
    flow->node_ended = header.length != 0 && header.remaining && *header.remaining == 0;
    flow->full = false;
    flow->node = left ? as_optional(header.remaining) : std::nullopt;
}

void Transfers::told(const atwire::SendTotals& totals, const Dialogue& dialogue) {
    constexpr double given_up = 120;
    const auto socket = next_sent_query(dialogue);
    Flow* flow = socket ? at(*socket) : nullptr;
    if (flow == nullptr) return;
    const Place& asked = dialogue.pending.front().command.place;
    flow->totals = totals;
    flow->sent_total = totals.sent;
    flow->sent = {};
    flow->sent_hex = flow->sent_text = false;
    const bool unacked = totals.unacked && *totals.unacked != 0;
    flow->polls = unacked ? flow->polls + 1 : 0;
    flow->polled = asked;
    const bool timed = flow->sent_at && flow->sent_at->time && asked.time;
    flow->lost = unacked && timed && *asked.time - *flow->sent_at->time >= given_up;
}

void Transfers::told(const atwire::ReceiveTotals& totals, const Dialogue& dialogue) {
    const atwire::ReadData* asked = next_read(dialogue);
    Flow* flow = asked != nullptr ? at(asked->socket) : nullptr;
    if (flow == nullptr) return;
    flow->receive_totals = totals;
    flow->read_total = totals.read;
    flow->read = 0;
    flow->unread = totals.unread != 0;
    if (totals.unread == 0) flow->noticed = flow->full = false;
}

/// Where nothing awaits a result that is due, it is not known which send it is of.
void Transfers::send_result(const HeardEvent& event, const Dialogue& dialogue) {
    const Exchange* one = dialogue.awaits(event.message);
    if (one != nullptr && event.message.kind == Kind::send_ok) sent(*one, dialogue, event.place);
    if (results_due == 0) return;
    --results_due;
    if (one == nullptr)
        for (Flow& flow : flows_) flow.sent_total.reset();
}

/// What a send of which nothing is known has sent may be any socket's.
void Transfers::sent(const Exchange& exchange, const Dialogue& dialogue, const Place& now) {
    const auto out = outgoing(exchange);
    const auto bytes = bytes_of(exchange, dialogue.settings);
    if (!out) {
        for (Flow& flow : flows_) flow.sent_total.reset();
        return;
    }
    Flow* flow = at(out->socket);
    if (flow == nullptr) return;
    if (!bytes) flow->sent_total.reset();
    flow->sent += bytes.value_or(Count{});
    (out->hex ? flow->sent_hex : flow->sent_text) = true;
    flow->polls = 0;
    flow->sent_at = now;
    flow->lost = false;
}

void Transfers::set(std::uint32_t number, Flow flow) {
    if (Flow* one = at(number)) *one = std::move(flow);
}

// ── Results ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Transfers::finished(const Exchange& exchange, const Dialogue& dialogue) {
    const bool succeeded = exchange.succeeded();
    const Kind result = (*exchange.result)->kind;
    if (const auto out = outgoing(exchange)) {
        cancelled = exchange.data_end == "esc";
        if (exchange.data_at) qisde_fresh = false;
        if (result == Kind::send_ok) sent(exchange, dialogue, exchange.result->place);
        if (Flow* flow = at(out->socket))
            flow->refused = result == Kind::error ? std::optional{exchange.result->place} : std::nullopt;
    }
    if (!succeeded) return;
    if ((exchange.name == "QISEND" || exchange.name == "QISENDEX") && !asks_sent(exchange)) {
        send_accepted = true;
        if (result == Kind::ok && exchange.data_end != "esc") ++results_due;
    }
    if (const auto* closed = exchange.get<atwire::CloseSocket>()) {
        left_pipe = false;
        set(closed->socket, {});
    } else if (const auto* open = exchange.get<atwire::OpenSocket>()) {
        if (exchange.reply(Kind::socket_opened) == nullptr) set(open->socket, {});
    } else if (const auto* mode = exchange.get<atwire::SetAccessMode>()) {
        if (Flow* flow = at(mode->socket)) {
            flow->switched = mode->access_mode;
            flow->switch_fresh = true;
            flow->noticed = false;
        }
    } else if (exchange.get<atwire::LeaveDataMode>() != nullptr) {
        left_pipe = true;
        port = Port::lines;
    } else if (exchange.get<atwire::DeactivateContext>() != nullptr) {
        flows_ = {};
    } else if (exchange.get<atwire::SetSendEcho>() != nullptr) {
        qisde_fresh = true;
    } else if (const auto* option = exchange.get<atwire::SetOption>()) {
        showlength_fresh |= *option->name == "showlength";
        viewmode_fresh |= *option->name == "viewmode";
    }
}

}  // namespace conformance
