// The rules about AT+QIGETERROR and ERROR (bc65, bc26, ec200x).
#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

bool told_directly(const Dialogue& dialogue) {
    return !dialogue.pending.empty() && dialogue.pending.front().name == "QIGETERROR" && dialogue.pending.front().replies.empty();
}

void not_zero(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (told_directly(dialogue) && dialogue.services.last == Services::Last::refused && event.message.body.last_error.code == 0)
        report(event, "the error of the last command, which was answered ERROR, not 0", place_of(event.wire, "0"));
}

void invalid_parameters(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    constexpr std::uint32_t invalid = 552;
    const std::uint32_t code = event.message.body.last_error.code;
    if (told_directly(dialogue) && dialogue.services.last == Services::Last::open_without_socket && code != invalid)
        report(event, "552 of an AT+QIOPEN without connectID, not " + std::to_string(code),
               place_of(event.wire, std::to_string(code)));
}

void same_as_opened(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const std::uint32_t code = event.message.body.last_error.code;
    if (told_directly(dialogue) && dialogue.services.last == Services::Last::open_failed && code != dialogue.services.last_error)
        report(event, std::to_string(dialogue.services.last_error) + ", as +QIOPEN has said, not " + std::to_string(code),
               place_of(event.wire, std::to_string(code)));
}

void ok_alone(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (exchange.form != CommandForm::test) return;
    if (!exchange.is_ok()) return report(*exchange.result, "OK");
    if (const auto* reply = exchange.reply(Kind::supported)) report(*reply, "OK alone");
}

/// EC200x's flow chart knows +CME ERROR and +CMS ERROR too.
void only_error(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.facts == nullptr) return;
    const Kind kind = (*exchange.result)->kind;
    const bool coded = kind == Kind::cme_error || kind == Kind::cms_error;
    if ((coded && !dialogue.is("ec200x")) || kind == Kind::connect_fail)
        report(*exchange.result, "ERROR to " + exchange.command.wire);
}

constexpr Check checks[] = {
    {"nb.qigeterror.mrt-300ms", ResponseTime{"QIGETERROR"}},
    {"qi.qigeterror.last-command", OnEvent{Kind::last_error, not_zero}},
    {"qi.qigeterror.code-in-table", FieldRange{Kind::last_error, "code"}},
    {"qi.qigeterror.missing-parameter-552", OnEvent{Kind::last_error, invalid_parameters}},
    {"qi.qigeterror.matches-urc", OnEvent{Kind::last_error, same_as_opened}},
    {"qi.qigeterror.test-ok", OnResult{"QIGETERROR", ok_alone}},
    {"qi.error.only-error", OnResult{"", only_error}},
};

}  // namespace

extern const std::span<const Check> services_errors_checks{checks};

}  // namespace conformance
