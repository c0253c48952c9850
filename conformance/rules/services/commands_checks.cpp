// The rules about command lines, test forms and read forms (bc65, bc26, ec200x).
#include <algorithm>
#include <atwire/values.hpp>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

/// What is no command may be data: of a link or a message that began before the capture, or by a command that isn't of this manual.
void line_prefix(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const std::string_view line = exchange.command.wire;
    if (exchange.command->joined || exchange.command.end.empty()) return;
    if (line.starts_with("AT") || line.starts_with("at")) {
        if (dialogue.framing && exchange.command.end == "\n") report(exchange.command, "CR behind the line, not LF", line.size());
        return;
    }
    const bool mixed = line.starts_with("At") || line.starts_with("aT");
    const bool data = !dialogue.pending.empty() || !dialogue.last || !dialogue.last->is_ok();
    if ((mixed || !data) && line.find_first_not_of('+') != std::string_view::npos) report(exchange.command, "AT or at");
}

/// `(0-4)` and its like in the reply of a test form, against the parameter at its place in a row of the command's table.
bool documents(const atwire::CommandRow& row, std::size_t place, const atwire::SupportedValue& value) {
    if (place >= row.size() || row.parameters[place].type != atwire::ParameterType::integer) return true;
    const atwire::Parameter& parameter = row.parameters[place];
    const bool least_unsaid = parameter.name == "send_length" && parameter.minimum == 0;  // BC65 states the largest alone
    return ((parameter.minimum == value.minimum || least_unsaid) && parameter.maximum == value.maximum) ||
           parameter.maximum == 0xFFFFFFFF;
}

/// Ranges that two rows have at one place, `0` and `1..1460`, may be printed as one.
void documented_ranges(const HeardEvent& reply, const Dialogue& dialogue, const Report& report) {
    const atwire::Supported& supported = reply.message.body.supported;
    const auto facts = std::ranges::find(dialogue.dialect.facts.commands, supported.command, &atwire::CommandFacts::name);
    if (facts == dialogue.dialect.facts.commands.end()) return;
    std::string text{supported.text};
    std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == ' '; });
    std::string option;
    std::size_t place = 0;
    for (const atwire::SupportedValue& value : atwire::supported_values(text)) {
        if (place == 0 && option.empty() &&
            std::ranges::any_of(facts->rows, [](const auto& row) { return !row.option.empty(); })) {
            option = value.text;
            std::erase(option, '"');
            continue;
        }
        std::int64_t minimum = 0xFFFFFFFF, maximum = 0;
        bool any = false, fits = false;
        for (const atwire::CommandRow& row : facts->rows) {
            if (row.form != CommandForm::write || row.asks || row.option != option || place >= row.size()) continue;
            any = true;
            fits = fits || documents(row, place, value);
            minimum = std::min(minimum, row.parameters[place].minimum);
            maximum = std::max(maximum, row.parameters[place].maximum);
        }
        ++place;
        if (!any || fits || value.type != atwire::SupportedValue::Type::range) continue;
        if (value.minimum == minimum && value.maximum == maximum) continue;
        report(reply, "(" + std::to_string(minimum) + "-" + std::to_string(maximum) + "), not " + std::string{value.text},
               place_of(reply.wire, value.text));
    }
}

void read_back_echo(const HeardEvent& option, const Dialogue& dialogue, const Report& report) {
    const atwire::Option& told = option.message.body.option;
    const auto& set = dialogue.services.send_echo;
    if (told.command != "QISDE" || !set || !dialogue.answers("QISDE", CommandForm::read)) return;
    if (const atwire::Value value = *told.values.begin(); value.integer != *set)
        report(option, std::to_string(*set) + ", as was set, not " + std::string{value.text}, place_of(option.wire, value.text));
}

constexpr Check checks[] = {
    {"bc65-ec200x.cmdline.prefix", OnCommand{"", line_prefix}},
    {"qi.test-form.has-ranges", OnEvent{Kind::supported, documented_ranges}},
    {"qi.read-form.current-value", OnEvent{Kind::option, read_back_echo}},
};

}  // namespace

extern const std::span<const Check> services_commands_checks{checks};

}  // namespace conformance
