#include "rules/coap/coap.hpp"

#include <algorithm>

#include "rules/dialogue.hpp"
#include "rules/wire.hpp"

namespace conformance {
namespace {

using atwire::Kind;

/// As much as any documented dialogue needs; a capture can't make a check need more memory.
constexpr std::size_t most_kept = 16;

constexpr std::string_view attach = "AT+CGATT=";

/// The last confirmable one, or nullptr.
template <class Messages>
auto* last_of(Messages& messages) {
    const auto found = std::ranges::find(messages.rbegin(), messages.rend(), confirmable, &Coap::Message::type);
    return found == messages.rend() ? nullptr : &*found;
}

bool sends_now(const Dialogue& dialogue) {
    return std::ranges::any_of(dialogue.pending,
                               [](const Exchange& one) { return one.get<atwire::CoapSend>() != nullptr && one.data_at; });
}

}  // namespace

bool sets_option(const Dialogue& dialogue, std::string_view name) {
    return std::ranges::any_of(dialogue.pending, [name](const Exchange& one) {
        const auto* config = one.get<atwire::CoapConfig>();
        return config != nullptr && config->value && config->name == name;
    });
}

std::optional<atwire::Encoding> spelled_by(const atwire::CoapOptions& options) {
    for (const atwire::CoapOption& option : options)
        if (option.number == 12)
            return option.value == "0" || option.value == "41" || option.value == "50" ? atwire::Encoding::raw
                                                                                       : atwire::Encoding::hex;
    return {};
}

bool Coap::answers(std::uint32_t type, const Message& message) {
    return type == reset || (type == acknowledgement) == (message.type == confirmable);
}

const Coap::Request* Coap::request(std::uint32_t id) const {
    const auto found = std::ranges::find(requests, id, &Request::id);
    return found == requests.end() ? nullptr : &*found;
}

const Coap::Message* Coap::last_confirmable() const { return delivery.response ? nullptr : last_of(unanswered); }

bool Coap::waits() const { return delivery.sent && !delivery.response && (!delivery.status || *delivery.status == 1); }

Coap Coap::after_restart() {
    Coap fresh;
    fresh.restarted = fresh.whole = true;
    fresh.context = false;
    fresh.delivery.status = 0;
    return fresh;
}

void Coap::forget_messages() {
    unanswered.clear();
    requests.clear();
    resources.clear();
    delivery = {};
    head.reset();
    last_id.reset();
    early_ = false;
    whole = true;
}

// ── What the host says ──────────────────────────────────────────────────────────────────────────────────────────────────────

void Coap::heard(const HeardCommand& command, const Dialogue&) {
    if (const auto* sent = atwire::get<atwire::SendData>(command.message)) {
        data_digits = (sent->offset == 0 || data_digits) && are_hex_digits(sent->data);
        data_line = sent->data.empty() ? sent->offset == 0 : sent->data.ends_with('\r') || sent->data.ends_with('\n');
        return;
    }
    if (command.message.kind == atwire::CommandKind::set_error_format) error_format.reset();
    if (command.wire.starts_with(attach)) attached.reset();
}

void Coap::finished(const Exchange& exchange, const Dialogue&) {
    if (!exchange.succeeded()) {
        if (const auto* send = exchange.get<atwire::CoapSend>(); send != nullptr && send->type == confirmable)
            delivery.cancelled = exchange.data_end == "esc";
        return;
    }
    if (const auto* format = exchange.get<atwire::SetErrorFormat>()) error_format = format->format;
    if (exchange.command.wire.starts_with(attach)) attached = exchange.command.wire.substr(attach.size()) == "1";
    if (exchange.get<atwire::CoapCreate>() != nullptr || exchange.get<atwire::CoapDelete>() != nullptr) {
        forget_messages();
        context = exchange.get<atwire::CoapCreate>() != nullptr;
    }
    if (const auto* resource = exchange.get<atwire::CoapAddResource>(); resource != nullptr && resources.size() < most_kept)
        resources.emplace_back(resource->resource);
    if (const auto* given = exchange.get<atwire::CoapHead>()) {
        head = Head{};
        if (given->message_id) head->id = *given->message_id;
        if (given->token) head->token = *given->token;
    }
    if (exchange.get<atwire::CoapSend>() != nullptr) sent(exchange);
}

void Coap::sent(const Exchange& exchange) {
    const auto& send = *exchange.get<atwire::CoapSend>();
    if (exchange.data_end == "esc") {
        if (send.type == confirmable) delivery.cancelled = true;
        return;
    }
    context = true;
    const std::optional<std::uint32_t> id = head ? head->id : std::nullopt;
    if (is_response_code(send.code)) {
        const auto request = std::ranges::find_if(requests, [&id](const Request& one) { return one.id == id; });
        if (request != requests.end())
            requests.erase(request);
        else if (!requests.empty())
            requests.pop_front();
    }
    if (send.type == confirmable)
        delivery = {.sent = true};
    else
        delivery.others = true;
    if (send.type == confirmable || send.type == non_confirmable) {
        if (unanswered.size() == most_kept) {
            unanswered.pop_front();
            whole = false;
        }
        if (!early_) unanswered.push_back({send.type, id, head ? std::nullopt : last_id});
    }
    early_ = false;
    if (head) last_id = id;
    head.reset();
}

// ── What the module says ────────────────────────────────────────────────────────────────────────────────────────────────────

void Coap::answered(const atwire::CoapResponse& response, bool sending) {
    const auto of_type = [&response](const Message& one) { return answers(response.type, one); };
    auto message = std::ranges::find_if(
        unanswered, [&](const Message& one) { return of_type(one) && one.id == std::optional{response.message_id}; });
    // Without its ID it is the oldest; that is certain where there is no other.
    const bool certain = message != unanswered.end() || (whole && std::ranges::count_if(unanswered, of_type) == 1);
    if (message == unanswered.end()) message = std::ranges::find_if(unanswered, of_type);
    if (message == unanswered.end()) {
        early_ = sending;
        return;
    }
    const bool is_last = std::none_of(message + 1, unanswered.end(), [](const Message& one) { return one.type == confirmable; });
    if (certain && is_last && message->type == confirmable && !sending) delivery.response = response.type;
    unanswered.erase(message);
}

void Coap::heard(const HeardEvent& event, const Dialogue& dialogue) {
    const auto& said = event.message.body;
    const auto begin_body = [&](const auto& message) {
        if (!message.length || *message.length == 0) return;
        body = Body{};
        body->place = event.place;
        body->header = event.wire;
        body->encoding = *message.encoding;
        body->due = spelled_by(message.options);
        body->certain = !event.message.doubts.has(atwire::Doubt::inferred);
        body->bytes = *message.length;
    };
    if (event.message.kind == Kind::payload && body) {
        body->passed += said.payload.data.size();
        body->digits = body->digits && are_hex_digits(said.payload.data);
        return;
    }
    if (event.message.kind == Kind::truncated && body) {
        body->cut = true;
        return;
    }
    body.reset();
    switch (event.message.kind) {
        case Kind::coap_response:
            begin_body(said.coap_response);
            if (body) body->counted = !said.coap_response.options.text.empty();
            answered(said.coap_response, sends_now(dialogue));
            if (context == false) context.reset();
            break;
        case Kind::coap_request: {
            begin_body(said.coap_request);
            const auto& asked = said.coap_request;
            if (requests.size() == most_kept) requests.pop_front();
            requests.push_back(
                {asked.type, asked.message_id, std::string{*asked.token}, std::string{*asked.address}, *asked.port});
            if (context == false) context.reset();
            break;
        }
        case Kind::coap_send_status: {
            delivery.status = said.coap_send_status.status;
            delivery.others = false;
            if (auto* last = last_of(unanswered);
                last != nullptr && !delivery.response && (*delivery.status == 4 || *delivery.status == 5))
                last->delivered = true;
            break;
        }
        case Kind::information:
            if (said.information.name == "CGATT") attached = said.information.text.starts_with('1');
            break;
        default: break;
    }
}

}  // namespace conformance
