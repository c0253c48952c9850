// The rules about AT+QICFG (bc65, bc26, ec200x).
#include <algorithm>
#include <cctype>
#include <set>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

void query_tells(const Exchange& exchange, const Dialogue&, const Report& report) {
    const auto* query = exchange.get<atwire::QueryOption>();
    if (query == nullptr || !exchange.is_ok()) return;
    for (const Said<atwire::Event>& reply : exchange.replies)
        if (const auto* told = atwire::get<atwire::Option>(*reply);
            reply->kind == Kind::malformed || (told != nullptr && *told->name == *query->name))
            return;
    report(*exchange.result, "+QICFG: " + quoted(*query->name) + " before OK");
}

const atwire::SetOption* is_set(const HeardEvent& event, const Dialogue& dialogue) {
    const atwire::Option& told = event.message.body.option;
    bool asked = false;
    for (std::size_t i = 0; i < dialogue.answered_line(); ++i)
        asked = asked || dialogue.pending[i].get<atwire::QueryOption>() != nullptr;
    const auto* set = dialogue.answered<atwire::SetOption>();
    return !asked && set != nullptr && told.command == set->command ? set : nullptr;
}

void set_echoes(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const auto* set = is_set(event, dialogue);
    const atwire::Option& told = event.message.body.option;
    if (set == nullptr || dialogue.pending.front().command->more) return;
    if (*told.name != *set->name || told.values.text != set->values.text)
        report(event, "+QICFG: " + quoted(*set->name) + "," + std::string{set->values.text},
               place_of(event.wire, std::string{told.values.text}));
}

void set_is_ok_alone(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (is_set(event, dialogue) != nullptr) report(event, "OK alone");
}

/// Where the payload of a header stands, as `viewmode` says; and a length is read in the same line.
void view_mode_holds(const HeardEvent& header, std::uint32_t length, const Dialogue& dialogue, const Report& report) {
    const auto mode = dialogue.set_to("QICFG viewmode");
    if (!mode || length == 0) return;
    const bool inline_payload = header.wire.ends_with(',') || header.wire.ends_with(",\"");
    if (inline_payload != (*mode == 1))
        report(header, *mode == 1 ? "the payload behind a comma: viewmode is 1" : "the payload on its own line: viewmode is 0",
               header.wire.size());
}
void view_mode_of_read(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    view_mode_holds(event, event.message.body.data_read.length, dialogue, report);
}
void view_mode_of_push(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    view_mode_holds(event, *event.message.body.data_received.length, dialogue, report);
}

/// BC65 has no other format to send in (2.2.11 note 1).
void sends_text_only(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* set = exchange.get<atwire::SetOption>();
    if (set != nullptr && dialogue.is("bc65") && *set->name == "dataformat" && set->values.begin()->integer == 1)
        report(exchange.command, "send_data_format 0, not 1", place_of(exchange.command.wire, ",1") + 1);
}

std::optional<std::size_t> no_digit(std::string_view text) {
    const auto hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    const auto found = std::ranges::find_if_not(text, hex);
    if (found == text.end()) return {};
    return static_cast<std::size_t>(found - text.begin());
}

/// Up to Ctrl+Z; of a fixed length nobody says whether it counts bytes or digits (E104).
void hex_data(const HeardCommand& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.send_dataformat != 1 || dialogue.pending.empty() ||
        dialogue.pending.front().get<atwire::Send>() == nullptr)
        return;
    const atwire::SendData& data = command.message.body.send_data;
    if (const auto at = no_digit(data.data)) return report(command, "hexadecimal digits: send_data_format is 1", *at);
    if (data.last && data.end == atwire::Maybe<std::string_view>{"ctrl_z"} && (data.offset + data.data.size()) % 2 != 0)
        report(command, "an even number of hexadecimal digits");
}
void hex_inline(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* send = exchange.get<atwire::Send>();
    if (send == nullptr || !send->data || dialogue.settings.send_dataformat != 1) return;
    const std::size_t begin = place_of(exchange.command.wire, *send->data);
    if (const auto at = no_digit(*send->data))
        return report(exchange.command, "hexadecimal digits: send_data_format is 1", begin + *at);
    if (send->length && (*send->data).size() != *send->length * std::size_t{2})
        report(exchange.command,
               std::to_string(*send->length * std::int64_t{2}) + " hexadecimal digits, not " +
                   std::to_string(std::ssize(*send->data)),
               begin);
}

void hex_payload(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (dialogue.services.hex_payload) report(event, "two hexadecimal digits for each byte of the length");
}

/// Which lines have a length: as `showlength` was set, or as the last of them had it.
void lengths_together(const HeardEvent& line, bool shown, const Dialogue& dialogue, const Report& report) {
    const auto set = dialogue.set_to("QICFG showlength");
    if (!dialogue.both_sides || !tells_length(line) || (!set && !dialogue.services.lengths_shown)) return;
    const bool wanted = set ? *set == 1 : *dialogue.services.lengths_shown;
    if (shown != wanted)
        report(line,
               set ? "a length only where showlength is 1: it is " + std::to_string(*set) : "lengths in all lines, or in none",
               line.wire.size());
}
void length_of_notice(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    lengths_together(event, event.message.body.data_available.length.there, dialogue, report);
}
void length_of_read(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    lengths_together(event, event.message.body.data_read.remaining.there, dialogue, report);
}

/// Of TCP. What times in whole seconds leave open is not held.
void opened_in_time(const Exchange& exchange, const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    constexpr double slack = 1;
    const auto* open = exchange.get<atwire::OpenSocket>();
    if (open == nullptr || open->service != "TCP" || event.message.body.socket_opened.error == 0) return;
    const std::uint32_t limit = open_time(exchange, dialogue) / 1000;
    const auto passed = seconds_between((*exchange.result).place, event.place);
    if (passed && *passed > limit + slack) report(event, "+QIOPEN at most " + std::to_string(limit) + " s behind the OK");
}

void echoed_exactly(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const atwire::DataEcho& echo = event.message.body.data_echo;
    const std::string& sent = dialogue.transfers.typed;
    if (!dialogue.both_sides || echo.offset + echo.data.size() > sent.size()) return;
    if (std::string_view{sent}.substr(echo.offset, echo.data.size()) != echo.data)
        report(event, "the bytes that the host sent: echo_mode is 1");
}
void not_echoed(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const std::string& sent = dialogue.transfers.typed;
    if (dialogue.settings.echomode == 0 && !sent.empty() && dialogue.answered<atwire::Send>() != nullptr &&
        event.message.body.text.text == sent)
        report(event, "no echo of what the host sent: echo_mode is 0");
}

/// The rows of the reply name each option of the table, and no other.
void all_options(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (exchange.form != CommandForm::test || !exchange.is_ok()) return;
    std::set<std::string_view> documented;
    for (const atwire::CommandRow& row : exchange.facts->rows)
        if (!row.option.empty()) documented.insert(row.option);
    for (const Said<atwire::Event>& reply : exchange.replies) {
        const auto* supported = atwire::get<atwire::Supported>(*reply);
        if (supported == nullptr || supported->command != exchange.name) continue;
        const atwire::Value name = *atwire::Values{supported->text}.begin();
        if (documented.erase(name.text) == 0)
            report(reply, "one row for each documented option", place_of(reply.wire, name.text));
    }
    if (documented.empty()) return;
    std::string missing;
    for (const std::string_view option : documented) missing += (missing.empty() ? "" : ", ") + quoted(option);
    report(*exchange.result, "rows of " + missing + " before it");
}

/// CRLF belongs to the prompt where the next line has more before it than its own.
void prompt_format(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    constexpr std::size_t crlf = 2;
    if (!dialogue.services.prompted || !dialogue.framing || dialogue.settings.formatcfg == atwire::unset) return;
    const bool closed = event.message.wire.lead >= 2 * crlf;
    if (closed != (dialogue.settings.formatcfg == 1))
        report(event,
               dialogue.settings.formatcfg == 1 ? "> CR LF before it: formatcfg is 1" : "> alone before it: formatcfg is 0");
}

constexpr Check checks[] = {
    {"nb.qicfg.mrt-300ms", ResponseTime{"QICFG"}},
    {"qi.qicfg.name-only-is-query", OnResult{"QICFG", query_tells}},
    {"qi.qicfg.readback", ReadBack{"QICFG"}},
    {"bc65.qicfg.set-echoes-line", OnEvent{Kind::option, set_echoes}},
    {"bc26-ec200x.qicfg.set-ok-only", OnEvent{Kind::option, set_is_ok_alone}},
    {"bc65-ec200x.qicfg.immediate", OnEvent{Kind::data_read, view_mode_of_read}},
    {"bc65-ec200x.qicfg.immediate", OnEvent{Kind::data_received, view_mode_of_push}},
    {"qi.qicfg.dataformat-values", ParameterRange{"QICFG", "send_data_format"}},
    {"qi.qicfg.dataformat-values", ParameterRange{"QICFG", "recv_data_format"}},
    {"qi.qicfg.dataformat-values", OnCommand{"QICFG", sends_text_only}},
    {"bc26-ec200x.qicfg.dataformat-send-hex", OnData{hex_data}},
    {"bc26-ec200x.qicfg.dataformat-send-hex", OnCommand{"QISEND", hex_inline}},
    {"qi.qicfg.dataformat-recv-hex", OnEvent{Kind::truncated, hex_payload}},
    {"qi.qicfg.viewmode-values", ParameterRange{"QICFG", "view_mode"}},
    {"nb.qicfg.showlength-values", ParameterRange{"QICFG", "show_length_mode"}},
    {"nb.qicfg.showlength-scope", OnEvent{Kind::data_available, length_of_notice}},
    {"nb.qicfg.showlength-scope", OnEvent{Kind::data_read, length_of_read}},
    {"bc65.qicfg.open-time-range", ParameterRange{"QICFG", "open_time"}},
    {"bc65.qicfg.open-time-effect", OnLateResult{"QIOPEN", opened_in_time}},
    {"bc26.qicfg.echomode-values", ParameterRange{"QICFG", "echo_mode"}},
    {"bc26.qicfg.echomode-effect", OnEvent{Kind::data_echo, echoed_exactly}},
    {"bc26.qicfg.echomode-effect", OnEvent{Kind::text, not_echoed}},
    {"ec200x.qicfg.options-listed", OnResult{"QICFG", all_options}},
    {"nb.qicfg.options-listed", OnResult{"QICFG", all_options}},
    {"ec200x.qicfg.transpktsize-range", ParameterRange{"QICFG", "transpktsize", "transpktsize"}},
    {"ec200x.qicfg.transwaittm-range", ParameterRange{"QICFG", "transwaittm", "transwaittm"}},
    {"ec200x.qicfg.passiveclosed-range", ParameterRange{"QICFG", "closed", "passiveclosed"}},
    {"ec200x.qicfg.udp-readmode-range", ParameterRange{"QICFG", "mode", "udp/readmode"}},
    {"ec200x.qicfg.udp-sendmode-range", ParameterRange{"QICFG", "mode", "udp/sendmode"}},
    {"ec200x.qicfg.tcp-keepalive-range", ParameterRange{"QICFG", "enable", "tcp/keepalive"}},
    {"ec200x.qicfg.tcp-keepalive-range", ParameterRange{"QICFG", "idle_time", "tcp/keepalive"}},
    {"ec200x.qicfg.tcp-keepalive-range", ParameterRange{"QICFG", "interval_time", "tcp/keepalive"}},
    {"ec200x.qicfg.tcp-keepalive-range", ParameterRange{"QICFG", "probe_cnt", "tcp/keepalive"}},
    {"ec200x.qicfg.recvind-range", ParameterRange{"QICFG", "show_length", "recvind"}},
    {"ec200x.qicfg.tcp-retranscfg-range", ParameterRange{"QICFG", "retran_times", "tcp/retranscfg"}},
    {"ec200x.qicfg.tcp-retranscfg-range", ParameterRange{"QICFG", "retran_time", "tcp/retranscfg"}},
    {"ec200x.qicfg.tcp-accept-range", ParameterRange{"QICFG", "state", "tcp/accept"}},
    {"ec200x.qicfg.send-buffersize-range", ParameterRange{"QICFG", "buffer_size", "send/buffersize"}},
    {"ec200x.qicfg.send-auto-range", ParameterRange{"QICFG", "cycle_time", "send/auto"}},
    {"ec200x.qicfg.send-auto-range", ParameterRange{"QICFG", "msg_auto", "send/auto"}},
    {"ec200x.qicfg.formatcfg-range", ParameterRange{"QICFG", "format", "formatcfg"}},
    {"ec200x.qicfg.qisend-timeout-range", ParameterRange{"QICFG", "timeout", "qisend/timeout"}},
    {"ec200x.qicfg.close-mode-range", ParameterRange{"QICFG", "close_mode", "close/mode"}},
    {"ec200x.qicfg.formatcfg-effect", OnEvent{Kind::send_ok, prompt_format}},
    {"ec200x.qicfg.formatcfg-effect", OnEvent{Kind::send_fail, prompt_format}},
};

}  // namespace

extern const std::span<const Check> services_options_checks{checks};

}  // namespace conformance
