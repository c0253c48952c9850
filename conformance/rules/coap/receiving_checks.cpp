// The rules about +QCOAPURC and the answers to a server (bc95).
#include <algorithm>
#include <cctype>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using atwire::Value;

// ── What comes from the server ──────────────────────────────────────────────────────────────────────────────────────────────

template <class Message>
void address_shown(const HeardEvent& event, const Message& message, const Dialogue& dialogue, const Report& report) {
    const atwire::Setting shown = dialogue.settings.showra;
    if (shown == atwire::unset || (shown == 1) == message.address.there || sets_option(dialogue, "Showra")) return;
    report(event, shown == 1 ? "address and port, since Showra is 1" : "no address, since Showra is 0", event.wire.find(',') + 1);
}
void address_of_response(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    address_shown(event, event.message.body.coap_response, dialogue, report);
}
void address_of_request(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    address_shown(event, event.message.body.coap_request, dialogue, report);
}

void options_shown(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const auto& options = event.message.body.coap_response.options;
    if (dialogue.settings.showrspopt != 0 || options.text.empty() || sets_option(dialogue, "Showrspopt")) return;
    report(event, "no options, since Showrspopt is 0", event.wire.find(options.text));
}

/// The values behind `+QCOAPURC: "req",` and `"rsp",`, those of the sender left out; nothing of another line.
std::vector<Value> values_behind(std::string_view line, std::string_view type) {
    std::vector<Value> values;
    for (const Value& value : atwire::Values{line.substr(std::min(line.size(), line.find('"')))}) values.push_back(value);
    if (values.empty() || values[0].text != type) return {};
    const bool sender = values.size() > 1 && values[1].text.find_first_of(".:") != std::string_view::npos;
    values.erase(values.begin(), values.begin() + std::min<std::ptrdiff_t>(sender ? 3 : 1, std::ssize(values)));
    return values;
}

/// How many pairs of number and quoted value stand there from `at` on.
std::size_t pairs_at(const std::vector<Value>& values, std::size_t at) {
    std::size_t count = 0;
    while (at + 1 < values.size() && values[at].type == Value::Type::integer && values[at + 1].type == Value::Type::string) {
        ++count;
        at += 2;
    }
    return count;
}

std::optional<Complaint> count_of_response(std::string_view line) {
    const std::vector<Value> values = values_behind(line, "rsp");
    constexpr std::size_t count = 3;
    if (values.size() <= count || values[count].type != Value::Type::integer) return {};
    const std::size_t pairs = pairs_at(values, count + 1);
    if (pairs == 0 || static_cast<std::int64_t>(pairs) == values[count].integer) return {};
    return Complaint{"opt_count", place_in(line, values[count].text),
                     "opt_count " + std::to_string(pairs) + ", as there are options, not " + std::string{values[count].text}};
}

/// One option more than were counted is read as a length, and its value as what stands there in place of data.
void options_uncounted(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const auto& body = dialogue.coap.body;
    if (body && body->cut && body->counted && body->passed == 0 && event.message.wire.lead == 0 && event.wire.starts_with('"'))
        report(event, "opt_count to count this option too");
}

/// A request that no reading of its mode allows.
struct BrokenRequest {
    explicit BrokenRequest(std::string_view line) : values{values_behind(line, "req")} {
        if (values.size() <= place || !are_hex_digits(values[place].text) || values[place].text.empty()) return;
        mode = &values[place];
        const auto last = static_cast<unsigned char>(mode->text.back());
        token = last % 2 == 1;  // of digits and of `B`, `D`, `F` below
        if (last > '9') token = (std::toupper(last) - 'A') % 2 == 1;
        std::size_t at = place + 1;
        has_token =
            at + 1 < values.size() && values[at].type == Value::Type::integer && values[at + 1].type != Value::Type::string;
        if (token && has_token) at += 2;
        pairs = pairs_at(values, at);
        at += 2 * pairs;
        more = at < values.size();
    }
    static constexpr std::size_t place = 3;
    std::vector<Value> values;
    const Value* mode = nullptr;
    bool token = false, has_token = false, more = false;
    std::size_t pairs = 0;

    /// The number of options that the mode has in that base.
    [[nodiscard]] std::size_t options(int base) const {
        return static_cast<std::size_t>(std::stoul(std::string{mode->text.substr(0, 4)}, nullptr, base) >> 1 & 0x3F);
    }
    [[nodiscard]] bool data(int base) const { return std::stoul(std::string{mode->text.substr(0, 4)}, nullptr, base) >> 7 & 1; }
    [[nodiscard]] bool fits(int base) const {
        return token == (token && has_token) && pairs == options(base) && more == data(base);
    }
    [[nodiscard]] bool is_decimal() const { return mode->text.find_first_not_of("0123456789") == std::string_view::npos; }
};

std::optional<Complaint> options_of_request(std::string_view line) {
    const BrokenRequest request{line};
    if (request.mode == nullptr || request.pairs != 0 || request.options(16) == 0 || request.more) return {};
    return Complaint{"mode", place_in(line, request.mode->text),
                     "the options that mode " + std::string{request.mode->text} + " counts"};
}

std::optional<Complaint> token_of_request(std::string_view line) {
    const BrokenRequest request{line};
    if (request.mode == nullptr || !request.token || !request.has_token) return {};
    const Value& length = request.values[BrokenRequest::place + 1];
    const Value& token = request.values[BrokenRequest::place + 2];
    if (static_cast<std::int64_t>(token.text.size()) == 2 * length.integer && are_hex_digits(token.text)) return {};
    return Complaint{"token", place_in(line, token.text),
                     "token of " + std::to_string(2 * length.integer) + " digits, not " + std::to_string(token.text.size())};
}

std::optional<Complaint> bits_of_request(std::string_view line) {
    const BrokenRequest request{line};
    if (request.mode == nullptr || request.fits(16) || (request.is_decimal() && request.fits(10))) return {};
    return Complaint{"mode", place_in(line, request.mode->text),
                     "mode to agree with " + std::string{request.has_token && request.token ? "a token, " : "no token, "} +
                         std::to_string(request.pairs) + " options and " + (request.more ? "data" : "no data") + ", not " +
                         std::string{request.mode->text}};
}

/// Where the options say how it is spelled, a payload that fits the other spelling breaks that rule, and not its length's.
bool is_of_length(const Coap::Body& body, std::uint64_t passed, bool digits) {
    const bool as_text = passed == body.bytes, as_digits = digits && passed == 2 * body.bytes;
    return body.certain && !(body.due && (as_text || as_digits));
}

void report_length(const HeardEvent& event, const Coap::Body& body, std::uint64_t passed, const Report& report) {
    const std::uint64_t due = body.encoding == atwire::Encoding::hex ? 2 * body.bytes : body.bytes;
    report(Said<atwire::Event>{HeardEvent{event.message, body.place, body.header}},
           std::to_string(due) + (body.encoding == atwire::Encoding::hex ? " digits" : " bytes") + " of data, not " +
               std::to_string(passed));
}

void length_of_data(const HeardEvent& cut, const Dialogue& dialogue, const Report& report) {
    const auto& body = dialogue.coap.body;
    if (body && body->certain && !body->due) report_length(cut, *body, body->passed, report);
}

void length_behind(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const auto& body = dialogue.coap.body;
    if (!body || event.message.kind == Kind::payload || event.message.kind == Kind::truncated) return;
    const bool goes_on = event.message.kind == Kind::text && event.message.wire.lead == 0;
    if (body->cut ? !body->due : !goes_on) return;
    const std::uint64_t passed = body->passed + (goes_on ? event.wire.size() : 0);
    if (is_of_length(*body, passed, body->digits && are_hex_digits(event.wire))) report_length(event, *body, passed, report);
}

template <class Message>
void spelling(const HeardEvent& event, const Message& message, const Report& report) {
    const auto due = spelled_by(message.options);
    if (due && message.length && *message.length != 0 && *message.encoding != *due)
        report(event, *due == atwire::Encoding::hex ? "hexadecimal digits, by option 12" : "text, by option 12");
}
void spelling_of_response(const HeardEvent& event, const Dialogue&, const Report& report) {
    spelling(event, event.message.body.coap_response, report);
}
void spelling_of_request(const HeardEvent& event, const Dialogue&, const Report& report) {
    spelling(event, event.message.body.coap_request, report);
}
/// Where the options have settled the reading, the other one shows in what is left behind it.
void spelling_behind(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const auto& body = dialogue.coap.body;
    if (!body || !body->due || body->encoding != *body->due || event.message.wire.lead != 0) return;
    const std::uint64_t passed = body->passed + event.wire.size();
    const bool text_for_digits = body->encoding == atwire::Encoding::hex && body->cut && passed == body->bytes;
    const bool digits_for_text =
        body->encoding == atwire::Encoding::raw && body->digits && are_hex_digits(event.wire) && passed == 2 * body->bytes;
    if (text_for_digits || digits_for_text)
        report(event, text_for_digits ? "hexadecimal digits, by option 12" : "text, by option 12");
}

void with_context(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (dialogue.coap.context == false && dialogue.both_sides && !dialogue.waits("QCOAPCREATE"))
        report(event, "+QCOAPURC only while there is a context");
}

/// What can have been answered: nothing is said while a message is just being sent.
struct Answered {
    explicit Answered(const HeardEvent& event, const Dialogue& dialogue) : response{event.message.body.coap_response} {
        known = dialogue.both_sides && dialogue.coap.whole && !dialogue.waits("QCOAPSEND") &&
                (response.type == acknowledgement || response.type == reset);
        for (const Coap::Message& message : dialogue.coap.unanswered)
            if (Coap::answers(response.type, message)) messages.push_back(&message);
    }
    const atwire::CoapResponse& response;
    bool known = false;
    std::vector<const Coap::Message*> messages{};
};

void answers_message(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Answered answered{event, dialogue};
    if (answered.known && answered.messages.empty()) report(event, "a response to a message that is not answered yet");
}

void same_id(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Answered answered{event, dialogue};
    if (!answered.known || answered.messages.empty()) return;
    const auto other = [&](const Coap::Message* one) { return one->id && *one->id != answered.response.message_id; };
    if (std::ranges::all_of(answered.messages, other))
        report(event, "msgid " + std::to_string(*answered.messages.front()->id) + ", as AT+QCOAPHEAD gave it, not " +
                          std::to_string(answered.response.message_id));
}

void id_of_one_message(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Answered answered{event, dialogue};
    if (answered.known && answered.messages.size() == 1 && !answered.messages.front()->id &&
        answered.messages.front()->other == answered.response.message_id)
        report(event, "another msgid than that which AT+QCOAPHEAD gave the message before");
}

// ── Answers to the server ───────────────────────────────────────────────────────────────────────────────────────────────────

/// The request that the message answers by the head that was given, or nullptr.
const Coap::Request* answered_by(const atwire::CoapSend& send, const Coap& coap) {
    return is_response_code(send.code) && coap.head && coap.head->id ? coap.request(*coap.head->id) : nullptr;
}

void head_of_request(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::CoapSend>();
    const Coap& coap = dialogue.coap;
    if (send == nullptr || !is_response_code(send->code) || coap.requests.empty() || !coap.whole || dialogue.waits("QCOAPHEAD"))
        return;
    const Coap::Request* request = answered_by(*send, coap);
    if (request != nullptr && same_letters(request->token, coap.head->token)) return;
    if (request == nullptr) request = &coap.requests.front();
    report(command.command, "AT+QCOAPHEAD=5," + std::to_string(request->id) + "," + std::to_string(request->token.size() / 2) +
                                "," + request->token + " before the answer");
}

void request_answered(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (command.get<atwire::CoapDelete>() != nullptr && !dialogue.coap.requests.empty() && !dialogue.waits("QCOAPSEND"))
        report(command.command, "an answer to request " + std::to_string(dialogue.coap.requests.front().id));
}

void to_requester(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::CoapSend>();
    const Coap::Request* request = send == nullptr ? nullptr : answered_by(*send, dialogue.coap);
    if (request == nullptr || request->type != confirmable) return;
    if (send->type != acknowledgement && send->type != reset)
        report(command.command, "type 2 to a confirmable request, not " + std::to_string(send->type),
               place_of(command.command.wire, 0));
    else if (!request->address.empty() && (send->address != request->address || send->port != request->port))
        report(command.command, request->address + "," + std::to_string(request->port) + ", where the request came from",
               place_of(command.command.wire, 2));
}

constexpr Check checks[] = {
    {"bc95.qcoaphead.msgid-returns", OnEvent{Kind::coap_response, same_id}},
    {"bc95.qcoaphead.one-message", OnEvent{Kind::coap_response, id_of_one_message}},
    {"bc95.qcoapurc.address-iff-showra", OnEvent{Kind::coap_response, address_of_response}},
    {"bc95.qcoapurc.address-iff-showra", OnEvent{Kind::coap_request, address_of_request}},
    {"bc95.qcoapurc.options-iff-showrspopt", OnEvent{Kind::coap_response, options_shown}},
    {"bc95.qcoapurc.rsp-opt-count", LineForm{"QCOAPURC", count_of_response}},
    {"bc95.qcoapurc.rsp-opt-count", OnEvent{Kind::text, options_uncounted}},
    {"bc95.qcoapurc.req-options-always", LineForm{"QCOAPURC", options_of_request}},
    {"bc95.qcoapurc.req-token-length", LineForm{"QCOAPURC", token_of_request}},
    {"bc95.qcoapurc.req-mode-bits", LineForm{"QCOAPURC", bits_of_request}},
    {"bc95.qcoapurc.types", FieldRange{Kind::coap_response, "type"}},
    {"bc95.qcoapurc.types", FieldRange{Kind::coap_request, "type"}},
    {"bc95.qcoapurc.rsp-codes", FieldRange{Kind::coap_response, "code"}},
    {"bc95.qcoapurc.req-methods", FieldRange{Kind::coap_request, "method"}},
    {"bc95.qcoapurc.msgid-range", FieldRange{Kind::coap_response, "message_id"}},
    {"bc95.qcoapurc.msgid-range", FieldRange{Kind::coap_request, "message_id"}},
    {"bc95.qcoapurc.rsp-length-max-512", FieldRange{Kind::coap_response, "length"}},
    {"bc95.qcoapurc.req-length-max-1024", FieldRange{Kind::coap_request, "length"}},
    {"bc95.qcoapurc.length-equals-data", OnEvent{Kind::truncated, length_of_data}},
    {"bc95.qcoapurc.length-equals-data", OnEvent{{}, length_behind}},
    {"bc95.qcoapurc.data-format", OnEvent{Kind::coap_response, spelling_of_response}},
    {"bc95.qcoapurc.data-format", OnEvent{Kind::coap_request, spelling_of_request}},
    {"bc95.qcoapurc.data-format", OnEvent{Kind::text, spelling_behind}},
    {"bc95.qcoapurc.needs-context", OnEvent{Kind::coap_response, with_context}},
    {"bc95.qcoapurc.needs-context", OnEvent{Kind::coap_request, with_context}},
    {"bc95.qcoapurc.rsp-needs-request", OnEvent{Kind::coap_response, answers_message}},
    {"bc95.qcoapurc.req-must-be-answered", OnCommand{"QCOAPSEND", head_of_request}},
    {"bc95.qcoapurc.req-must-be-answered", OnCommand{"QCOAPDEL", request_answered}},
    {"bc95.qcoapurc.answer-to-requester", OnCommand{"QCOAPSEND", to_requester}},
};

}  // namespace

extern const std::span<const Check> coap_receiving_checks{checks};

}  // namespace conformance
