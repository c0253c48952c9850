// The rules about command lines and their results (bc95).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using atwire::Value;

// ── Command lines (1.2) ─────────────────────────────────────────────────────────────────────────────────────────────────────

void alone(const Exchange& attention, const Dialogue&, const Report& report) {
    if (attention.get<atwire::Attention>() == nullptr || attention.command->joined || attention.command->more) return;
    if (!attention.succeeded()) report(*attention.result, "OK to AT alone");
}

/// The manual lists all commands of CoAP: another one is no command.
void invalid(const Exchange& command, const Dialogue&, const Report& report) {
    const std::string& line = command.command.wire;
    if (command.name.empty() && begins(line, "AT+QCOAP") && command.succeeded())
        report(*command.result, "ERROR to " + line + ", which is no command");
}

void at_once(const Exchange& command, const Dialogue&, const Report& report) {
    if (!command.command->joined) return;
    const std::size_t begin = command.command.wire.find_first_not_of("; ");
    if (begin != std::string::npos && same_letters(command.command.wire.substr(begin, 2), "AT"))
        report(command.command, "AT at the line's beginning only", begin);
}

void blanks(const Exchange& command, const Dialogue&, const Report& report) {
    const std::string& line = command.command.wire;
    const std::size_t name_end = line.find_first_of("=?");
    bool quoted = false, value = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if (line[i] == ' ') {
            const std::size_t next = line.find_first_not_of(' ', i);
            const bool inside =
                i < name_end ? next != std::string::npos : value && next != std::string::npos && line[next] != ',';
            if (inside && line[next] != ';')
                return report(command.command, i < name_end ? "no blank in a command's name" : "no blank in a value", i);
        } else {
            value = i > name_end && line[i] != ',' && line[i] != '"';
        }
    }
}

void line_end(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const std::string& end = command.command.end;
    if (dialogue.framing && !end.empty() && end.find('\r') == std::string::npos)
        report(command.command, "CR behind the line", command.command.wire.size());
}

/// AT+QCOAPHEAD is stated otherwise: its mode decides.
void gap(const Exchange& command, const Dialogue&, const Report& report) {
    const std::string& line = command.command.wire;
    if (!command.name.starts_with("QCOAP") || command.name == "QCOAPHEAD" || command.form != atwire::CommandForm::write) return;
    std::optional<std::size_t> empty;
    for (const Value& value : values_of(line)) {
        const bool left_out = value.type == Value::Type::word && value.text.empty();
        if (left_out && !empty) empty = place_in(line, value.text);
        if (!left_out && empty) return report(command.command, "a parameter before one that is given", *empty);
    }
}

// ── Commands and their results (1.3) ────────────────────────────────────────────────────────────────────────────────────────

void information_first(const HeardEvent& reply, std::string_view command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.both_sides && dialogue.last && dialogue.last->name == command && !dialogue.waits(command))
        report(reply, "the reply to AT+" + std::string{command} + " before its result");
}
void status_first(const HeardEvent& reply, const Dialogue& dialogue, const Report& report) {
    information_first(reply, "QCOAPDATASTATUS", dialogue, report);
}
void option_first(const HeardEvent& reply, const Dialogue& dialogue, const Report& report) {
    information_first(reply, reply.message.body.option.command, dialogue, report);
}
void supported_first(const HeardEvent& reply, const Dialogue& dialogue, const Report& report) {
    information_first(reply, reply.message.body.supported.command, dialogue, report);
}

void ready(const HeardEvent& reply, const Dialogue& dialogue, const Report& report) {
    if (dialogue.missed(reply) != 0 && !dialogue.pending.front().early)
        report(dialogue.pending.front().command, "an answer before the next command's");
}

/// A result that never came would make each command behind it early: the first is meant.
void after_result(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (command.command->joined || dialogue.pending.empty() || dialogue.pending.back().early) return;
    if (dialogue.pending.front().data_end != "esc")
        report(command.command, "the result of " + dialogue.pending.front().command.wire + " before the next command");
}

void error_by_format(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    const auto& format = dialogue.coap.error_format;
    if (!format || dialogue.pending.empty()) return;
    const bool plain = result.message.kind == Kind::error;
    // What is no command at all, or was cancelled, has no error of the module's.
    const Exchange& refused = dialogue.pending.front();
    if (plain && *format == 1 && refused.get<atwire::Raw>() == nullptr && refused.data_end != "esc")
        report(result, "+CME ERROR: <err>, since AT+CMEE=1");
    if (!plain && *format == 0) report(result, "ERROR, since AT+CMEE=0");
}

void documented_error(const HeardEvent& error, const Dialogue& dialogue, const Report& report) {
    const auto& code = error.message.body.cme_error.code;
    if (!code) return;
    for (const atwire::CodeTable& table : dialogue.dialect.facts.codes)
        if ((table.name == "cme_27007" || table.name == "cms_27005") &&
            std::ranges::any_of(table.codes,
                                [&code](const atwire::Code& one) { return one.code == static_cast<std::int64_t>(*code); }))
            return;
    report(error, "err as chapter 4 lists it, not " + std::to_string(*code), error.wire.find_first_of("0123456789"));
}

constexpr Check checks[] = {
    {"bc95.cmdline.at-alone-ok", OnResult{"", alone}},
    {"bc95.cmdline.invalid-error", OnResult{"", invalid}},
    {"bc95.cmdline.semicolon", OnCommand{"", at_once}},
    {"bc95.cmdline.spaces", OnCommand{"", blanks}},
    {"bc95.cmdline.cr-ends", OnCommand{"", line_end}},
    {"bc95.cmdline.optional-up-to-last", OnCommand{"", gap}},
    {"bc95.dialogue.info-before-final", OnEvent{Kind::coap_send_status, status_first}},
    {"bc95.dialogue.info-before-final", OnEvent{Kind::option, option_first}},
    {"bc95.dialogue.info-before-final", OnEvent{Kind::supported, supported_first}},
    {"bc95.dialogue.final-means-ready", OnEvent{{}, ready}},
    {"bc95.dialogue.host-waits-final", OnCommand{"", after_result}},
    {"bc95.cme.by-cmee", OnEvent{Kind::error, error_by_format}},
    {"bc95.cme.by-cmee", OnEvent{Kind::cme_error, error_by_format}},
    {"bc95.cme.codes", OnEvent{Kind::cme_error, documented_error}},
};

}  // namespace

extern const std::span<const Check> coap_lines_checks{checks};

}  // namespace conformance
