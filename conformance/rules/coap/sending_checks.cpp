// The rules about AT+QCOAPSEND and the status of what it sent (bc95).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using Wrong = Complaint::Wrong;

// ── Sending ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void port(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* send = command.get<atwire::CoapSend>();
    if (send != nullptr && send->port == 0) report(command.command, "port in 1..65535, not 0", place_of(command.command.wire, 3));
}

bool sends(const Exchange& command) { return command.form == atwire::CommandForm::write && command.succeeded(); }

void prompt_first(const Exchange& send, const Dialogue&, const Report& report) {
    if (sends(send) && !send.prompt) report(*send.result, "> before the result");
}

void result_last(const Exchange& send, const Dialogue&, const Report& report) {
    if (sends(send) && send.prompt && !send.data_end) report(*send.result, "OK behind the data");
}

/// A command in the data: the host has not ended them.
void ended(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    const auto& sent = data.message.body.send_data;
    const bool line = sent.offset == 0 || dialogue.coap.data_line;
    std::size_t at = line && sent.data.starts_with("AT+") ? 0 : sent.data.find("\rAT+");
    if (at == std::string_view::npos || !dialogue.waits("QCOAPSEND")) return;
    if (sent.data[at] == '\r') ++at;
    report(data, "Ctrl+Z behind the data, before the next command", at);
}

void data_length(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    const auto& sent = data.message.body.send_data;
    if (!sent.last || sent.end.value_or({}) == "esc" || !dialogue.waits("QCOAPSEND")) return;
    const bool digits = (sent.offset == 0 || dialogue.coap.data_digits) && are_hex_digits(sent.data);
    const std::uint64_t length = sent.offset + sent.data.size();
    if (length > (digits ? 2048 : 1024))
        report(data, digits ? "at most 2048 digits, not " + std::to_string(length)
                            : "at most 1024 bytes, not " + std::to_string(length));
}

bool is_new_message(const atwire::CoapSend& send) { return send.type == confirmable || send.type == non_confirmable; }

void status_before_next(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::CoapSend>();
    const auto& delivery = dialogue.coap.delivery;
    if (send != nullptr && is_new_message(*send) && delivery.sent && !delivery.status)
        report(command.command, "AT+QCOAPDATASTATUS? before the next message");
}

void one_at_a_time(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* send = command.get<atwire::CoapSend>();
    const auto& delivery = dialogue.coap.delivery;
    if (send != nullptr && is_new_message(*send) && delivery.status == 1u && !delivery.response)
        report(command.command, "the message before to be done: its status is 1");
}

// ── The status ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A status is looked at where all that was sent is heard.
struct Status {
    explicit Status(const HeardEvent& event, const Dialogue& dialogue)
        : told{event.message.body.coap_send_status.status}, before{dialogue.coap.delivery}, known{dialogue.both_sides} {}
    std::uint32_t told;
    const Coap::Delivery& before;
    bool known;

    [[nodiscard]] bool was(std::uint32_t status) const { return before.status == status; }
    [[nodiscard]] bool was_final() const { return before.status && *before.status >= 2; }
};

std::string rather(const std::string& expected, const Status& status) {
    return expected + ", not " + std::to_string(status.told);
}

void only_of_confirmable(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Status status{event, dialogue};
    if (status.known && status.before.others && (status.was(0) || status.was_final()) && !status.was(status.told))
        report(event, rather("status " + std::to_string(*status.before.status) + " as before a message that is not confirmable",
                             status));
}

void zero_at_first(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Status status{event, dialogue};
    if (!status.known || status.before.sent || status.before.others || status.before.cancelled) return;
    const bool created = !status.before.status && dialogue.coap.whole && dialogue.coap.context == true && status.told == 1;
    if (created || (status.was(0) && status.told != 0)) report(event, rather("status 0 before a confirmable message", status));
}

void never_back(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Status status{event, dialogue};
    if (!status.known || status.before.others || status.before.cancelled) return;
    if (status.before.sent && !status.before.status && status.told == 0)
        report(event, "status 1..5 behind a confirmable message, not 0");
    else if ((status.was(1) && status.told == 0) || (status.was_final() && status.told < 2))
        report(event, rather(status.was(1) ? "status 1..5 until the next message"
                                           : "status " + std::to_string(*status.before.status) + " until the next message",
                             status));
}

void cancelled(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Status status{event, dialogue};
    if (status.known && status.before.cancelled && status.told == 1 && (status.was(0) || status.was_final()))
        report(event,
               rather("status " + std::to_string(*status.before.status) + ", since Esc has cancelled the message", status));
}

void as_reported(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Status status{event, dialogue};
    if (!status.known || !status.before.response || *status.before.response < acknowledgement) return;
    const std::uint32_t expected = *status.before.response == reset ? 5 : 4;
    if (status.told != expected)
        report(event, rather("status " + std::to_string(expected) + ", as the response has type " +
                                 std::to_string(*status.before.response),
                             status));
}

void result_reported(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Status status{event, dialogue};
    const Coap::Message* last = dialogue.coap.last_confirmable();
    if (!status.known || (status.told != 4 && status.told != 5) || last == nullptr || last->delivered) return;
    if (std::ranges::any_of(dialogue.coap.unanswered, &Coap::Message::delivered))
        report(event, "+QCOAPURC: \"rsp\" for the message before");
}

std::optional<Complaint> read_form(const Complaint& complaint, const Exchange&, const Dialogue&) {
    if (complaint.wrong != Wrong::form) return {};
    return Complaint{{}, 0, "AT+QCOAPDATASTATUS?"};
}

constexpr Check checks[] = {
    {"bc95.qcoapsend.mrt-300ms", ResponseTime{"QCOAPSEND"}},
    {"bc95.qcoapdatastatus.mrt-300ms", ResponseTime{"QCOAPDATASTATUS"}},
    {"bc95.qcoapsend.type-range", ParameterRange{"QCOAPSEND", "type"}},
    {"bc95.qcoapsend.methods", ParameterRange{"QCOAPSEND", "method"}},
    {"bc95.qcoapsend.response-codes", ParameterRange{"QCOAPSEND", "rspcode"}},
    {"bc95.qcoapsend.port-range", ParameterRange{"QCOAPSEND", "port"}},
    {"bc95.qcoapsend.port-range", OnCommand{"QCOAPSEND", port}},
    {"bc95.qcoapsend.prompt-first", OnResult{"QCOAPSEND", prompt_first}},
    {"bc95.qcoapsend.ok-after-data", OnResult{"QCOAPSEND", result_last}},
    {"bc95.qcoapsend.ctrl-z-sends", OnData{ended}},
    {"bc95.qcoapsend.esc-cancels", OnEvent{Kind::coap_send_status, cancelled}},
    {"bc95.qcoapsend.host-max-1024", OnData{data_length}},
    {"bc95.qcoapsend.con-result-reported", OnEvent{Kind::coap_send_status, result_reported}},
    {"bc95.qcoapsend.query-before-next", OnCommand{"QCOAPSEND", status_before_next}},
    {"bc95.qcoapsend.one-con-outstanding", OnCommand{"QCOAPSEND", one_at_a_time}},
    {"bc95.qcoapdatastatus.values", FieldRange{Kind::coap_send_status, "status"}},
    {"bc95.qcoapdatastatus.con-only", OnEvent{Kind::coap_send_status, only_of_confirmable}},
    {"bc95.qcoapdatastatus.read-only", ParameterRange{"QCOAPDATASTATUS", "", "", read_form}},
    {"bc95.qcoapdatastatus.zero-before-first", OnEvent{Kind::coap_send_status, zero_at_first}},
    {"bc95.qcoapdatastatus.one-then-final", OnEvent{Kind::coap_send_status, never_back}},
    {"bc95.qcoapdatastatus.matches-urc", OnEvent{Kind::coap_send_status, as_reported}},
};

}  // namespace

extern const std::span<const Check> coap_sending_checks{checks};

}  // namespace conformance
