// The rules about the CoAP context and its resources, heads, options and configuration (bc95).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using atwire::Value;
using Wrong = Complaint::Wrong;

// ── The context ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

void attached(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.coap.attached == false && command.form == atwire::CommandForm::write)
        report(command.command, "+CGATT: 1 before CoAP is used");
}

void range_shown(const HeardEvent& reply, const Dialogue&, const Report& report) {
    const auto& supported = reply.message.body.supported;
    if (supported.command == "QCOAPCREATE" && supported.text.find("1-65535") == std::string_view::npos)
        report(reply, "the range 1-65535", reply.wire.size() - supported.text.size());
}

void syntax_shown(const HeardEvent& reply, const Dialogue&, const Report& report) {
    const auto& supported = reply.message.body.supported;
    const bool syntax =
        supported.command == "QCOAPHEAD" || supported.command == "QCOAPOPTION" || supported.command == "QCOAPSEND";
    if (syntax && supported.text.find('<') == std::string_view::npos)
        report(reply, "the syntax of AT+" + std::string{supported.command}, reply.wire.size() - supported.text.size());
}

void context_first(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    if (dialogue.coap.context == false && send.get<atwire::CoapSend>() != nullptr && !dialogue.waits("QCOAPCREATE"))
        report(send.command, "AT+QCOAPCREATE before data is sent");
}

void nothing_sent(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    if (dialogue.coap.context == false && send.get<atwire::CoapSend>() != nullptr && send.succeeded() && send.data_end != "esc")
        report(*send.result, "ERROR, since the context is deleted");
}

void creates_again(const Exchange& create, const Dialogue& dialogue, const Report& report) {
    if (dialogue.coap.context == false && create.get<atwire::CoapCreate>() != nullptr && !create.succeeded())
        report(*create.result, "OK, since the context before is deleted");
}

void deleted_at_end(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const std::string& line = command.command.wire;
    if (dialogue.coap.context == true && (same_letters(line, "AT+CGATT=0") || same_letters(line, "AT+CFUN=0")))
        report(command.command, "AT+QCOAPDEL before the session ends");
}

// ── Resources, head and options ─────────────────────────────────────────────────────────────────────────────────────────────

void length_of_name(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* added = command.get<atwire::CoapAddResource>();
    if (added != nullptr && added->length != added->resource.size())
        report(command.command,
               "length " + std::to_string(added->resource.size()) + ", as the name has, not " + std::to_string(added->length),
               place_of(command.command.wire, 0));
}

/// The example adds seven.
void another_resource(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* added = command.get<atwire::CoapAddResource>();
    const auto& before = dialogue.coap.resources;
    if (added == nullptr || command.succeeded() || added->length != added->resource.size()) return;
    if (!before.empty() && before.size() < 7 && std::ranges::find(before, added->resource) == before.end())
        report(*command.result, "OK to resource " + std::to_string(before.size() + 1) + ", as to those before");
}

void no_empty_field(const Exchange& command, const Dialogue&, const Report& report) {
    const std::size_t empty = command.command.wire.find(",,");
    if (command.get<atwire::CoapHead>() != nullptr && empty != std::string::npos)
        report(command.command, "no field that the mode doesn't have", empty + 1);
}

/// Mode 2 has the token behind its length, mode 5 both behind the message ID.
std::optional<Complaint> digits_of_token(const Complaint& complaint, const Exchange& head, const Dialogue&) {
    const std::string_view line = head.command.wire;
    if (complaint.wrong != Wrong::form) return {};
    std::vector<Value> values;
    for (const Value& value : values_of(line)) values.push_back(value);
    const std::size_t length = values[0].integer == 2 ? 1 : 2;
    if (values.size() != length + 2) return {};
    const std::string_view token = values[length + 1].text;
    return Complaint{"token", place_in(line, token),
                     "token of " + std::to_string(2 * values[length].integer) + " digits, not " + std::to_string(token.size())};
}

std::optional<Complaint> count_of_options(const Complaint& complaint, const Exchange& set, const Dialogue&) {
    const std::string_view line = set.command.wire;
    if (complaint.wrong != Wrong::form) return {};
    const atwire::Values values = values_of(line);
    const std::int64_t count = values.begin()->integer;
    const auto pairs = static_cast<std::int64_t>(values.size() - 1) / 2;
    if (values.size() % 2 == 0 || pairs == count) return {};
    return Complaint{"opt_count", place_of(line, 0),
                     "opt_count " + std::to_string(pairs) + ", as there are options, not " + std::to_string(count)};
}

void format_values(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* set = command.get<atwire::SetCoapOptions>();
    if (set == nullptr) return;
    const auto formats = std::ranges::find(dialogue.dialect.facts.codes, "content_format", &atwire::CodeTable::name);
    std::size_t place = 0;
    for (const atwire::CoapOption& option : set->options) {
        place += 2;
        const bool format = option.number == 12 || option.number == 17;
        const auto is = [&option](const atwire::Code& code) { return std::to_string(code.code) == option.value; };
        if (format && std::ranges::none_of(formats->codes, is))
            report(command.command,
                   "0, 40, 41, 42, 47 or 50 as option " + std::to_string(option.number) + ", not " + std::string{option.value},
                   place_of(command.command.wire, place) + 1);
    }
}

bool repeats(const atwire::CoapOptions& options) {
    for (auto one = options.begin(); one != nullptr; ++one) {
        auto other = one;
        for (++other; other != nullptr; ++other)
            if ((*other).number == (*one).number) return true;
    }
    return false;
}

void repeatable(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* set = command.get<atwire::SetCoapOptions>();
    if (set != nullptr && !command.succeeded() && dialogue.coap.context == true && repeats(set->options))
        report(*command.result, "OK to an option that is given twice");
}

// ── The configuration ───────────────────────────────────────────────────────────────────────────────────────────────────────

void hidden_by_default(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const atwire::Option& option = event.message.body.option;
    if (!dialogue.coap.restarted || sets_option(dialogue, *option.name)) return;
    if (dialogue.set.contains(option_key(option.command, *option.name)) || option.values.begin()->integer == 0) return;
    report(event, std::string{*option.name} + " 0, as at the start, not " + std::string{option.values.text},
           event.wire.size() - option.values.text.size());
}

void configured_first(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* config = command.get<atwire::CoapConfig>();
    if (config != nullptr && config->value && dialogue.both_sides && dialogue.coap.waits())
        report(command.command, "AT+QCOAPCFG before the message, or behind its response");
}

void no_list(const Exchange& command, const Dialogue&, const Report& report) {
    if (command.form != atwire::CommandForm::test && command.form != atwire::CommandForm::read) return;
    for (const Kind kind : {Kind::option, Kind::supported})
        if (const auto* reply = command.reply(kind)) report(*reply, "OK alone");
}

constexpr Check checks[] = {
    {"bc95.qcoapcreate.mrt-300ms", ResponseTime{"QCOAPCREATE"}},
    {"bc95.qcoapdel.mrt-300ms", ResponseTime{"QCOAPDEL"}},
    {"bc95.qcoapaddres.mrt-300ms", ResponseTime{"QCOAPADDRES"}},
    {"bc95.qcoaphead.mrt-300ms", ResponseTime{"QCOAPHEAD"}},
    {"bc95.qcoapoption.mrt-300ms", ResponseTime{"QCOAPOPTION"}},
    {"bc95.qcoapcfg.mrt-300ms", ResponseTime{"QCOAPCFG"}},
    {"bc95.attach-before-coap", OnCommand{"QCOAPCREATE", attached}},
    {"bc95.attach-before-coap", OnCommand{"QCOAPSEND", attached}},
    {"bc95.qcoapcreate.port-range", ParameterRange{"QCOAPCREATE", "local_port"}},
    {"bc95.qcoapcreate.test-range", OnEvent{Kind::supported, range_shown}},
    {"bc95.qcoapcreate.before-send", OnCommand{"QCOAPSEND", context_first}},
    {"bc95.qcoapdel.ends-context", OnResult{"QCOAPSEND", nothing_sent}},
    {"bc95.qcoapdel.ends-context", OnResult{"QCOAPCREATE", creates_again}},
    {"bc95.qcoapdel.at-end", OnCommand{"", deleted_at_end}},
    {"bc95.test-form.syntax-not-ranges", OnEvent{Kind::supported, syntax_shown}},
    {"bc95.qcoapaddres.length-range", ParameterRange{"QCOAPADDRES", "length"}},
    {"bc95.qcoapaddres.length-range", ParameterRange{"QCOAPADDRES", "resource"}},
    {"bc95.qcoapaddres.length-equals-name", OnCommand{"QCOAPADDRES", length_of_name}},
    {"bc95.qcoapaddres.several", OnResult{"QCOAPADDRES", another_resource}},
    {"bc95.qcoaphead.mode-range", ParameterRange{"QCOAPHEAD", "mode"}},
    {"bc95.qcoaphead.fields-by-mode", ParameterRange{"QCOAPHEAD", "", "", only<Wrong::extra>}},
    {"bc95.qcoaphead.fields-by-mode", ParameterRange{"QCOAPHEAD", "mode", "", only<Wrong::missing>}},
    {"bc95.qcoaphead.fields-by-mode", ParameterRange{"QCOAPHEAD", "msgid", "", only<Wrong::missing>}},
    {"bc95.qcoaphead.fields-by-mode", ParameterRange{"QCOAPHEAD", "tkl", "", only<Wrong::missing>}},
    {"bc95.qcoaphead.fields-by-mode", ParameterRange{"QCOAPHEAD", "token", "", only<Wrong::missing>}},
    {"bc95.qcoaphead.fields-by-mode", OnCommand{"QCOAPHEAD", no_empty_field}},
    {"bc95.qcoaphead.msgid-range", ParameterRange{"QCOAPHEAD", "msgid"}},
    {"bc95.qcoaphead.tkl-range", ParameterRange{"QCOAPHEAD", "tkl"}},
    {"bc95.qcoaphead.token-digits", ParameterRange{"QCOAPHEAD", "token"}},
    {"bc95.qcoaphead.token-digits", ParameterRange{"QCOAPHEAD", "", "", digits_of_token}},
    {"bc95.qcoapoption.count-range", ParameterRange{"QCOAPOPTION", "opt_count"}},
    {"bc95.qcoapoption.count-equals-pairs", ParameterRange{"QCOAPOPTION", "", "", count_of_options}},
    {"bc95.qcoapoption.names", ParameterRange{"QCOAPOPTION", "opt_name"}},
    {"bc95.qcoapoption.value-length", ParameterRange{"QCOAPOPTION", "opt_value"}},
    {"bc95.qcoapoption.format-values", OnCommand{"QCOAPOPTION", format_values}},
    {"bc95.qcoapoption.repeatable", OnResult{"QCOAPOPTION", repeatable}},
    {"bc95.qcoapcfg.values", ParameterRange{"QCOAPCFG", "Showra"}},
    {"bc95.qcoapcfg.values", ParameterRange{"QCOAPCFG", "Showrspopt"}},
    {"bc95.qcoapcfg.default-0", OnEvent{Kind::option, hidden_by_default}},
    {"bc95.qcoapcfg.before-send", OnCommand{"QCOAPCFG", configured_first}},
    {"bc95.qcoapcfg.list-forms-ok-only", OnResult{"QCOAPCFG", no_list}},
    {"bc95.qcoapcfg.readback", ReadBack{"QCOAPCFG"}},
};

}  // namespace

extern const std::span<const Check> coap_commands_checks{checks};

}  // namespace conformance
