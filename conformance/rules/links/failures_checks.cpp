// The rules about how failures are told (a76xx).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

/// OK behind a line that says why a command fails.
template <Kind kind>
void failure_then_ok(const HeardEvent& ok, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.failing == kind)
        report(ok, "ERROR behind " + std::string{kind == Kind::ip_error ? "+IP ERROR" : "+CIPERROR"});
}

bool has_own_line(std::string_view name) {
    return name == "CIPOPEN" || name == "CIPCLOSE" || name == "NETOPEN" || name == "NETCLOSE" || name == "CIPSEND";
}
/// A failure before OK.
void own_line_then_ok(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (!exchange.is_ok()) return;
    for (const Links::Early& one : dialogue.links.early)
        if (one.link == link_of(exchange) && one.error != 0)
            report(*exchange.result, "ERROR behind err " + std::to_string(one.error) + " of AT+" + std::string{exchange.name});
}
/// AT+NETCLOSE of a network that may be open, AT+SERVERSTOP.
void own_line_missing(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const bool closes = exchange.name == "NETCLOSE";
    if (!exchange.is_error() || (closes && dialogue.links.network == false) || exchange.form == CommandForm::test) return;
    if (exchange.reply(closes ? Kind::network_closed : Kind::server_stopped) == nullptr)
        report(*exchange.result, closes ? "+NETCLOSE: <err> before ERROR" : "+SERVERSTOP: <server_index>,<err> before ERROR");
}
/// A success before ERROR.
void success_then_error(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (!has_own_line(exchange.name) || exchange.succeeded()) return;
    for (const Links::Early& one : dialogue.links.early)
        if (one.link == link_of(exchange) && one.error == 0)
            report(*exchange.result, "OK before the result of AT+" + std::string{exchange.name});
}

void as_error_mode(const HeardEvent& error, const Dialogue& dialogue, const Report& report) {
    const bool number = !!error.message.body.ip_error.code;
    if (dialogue.settings.errmode == 1 && number) report(error, "a text, since errMode is 1", place_of(error.wire, 0));
    if (dialogue.settings.errmode == 0 && !number) report(error, "a number, since errMode is 0", place_of(error.wire, 0));
}
void has_ip_error(const HeardEvent& error, const Dialogue& dialogue, const Report& report) {
    if (dialogue.pending.empty()) return;
    constexpr std::string_view commands[] = {"CIPACK", "CIPRXGET", "NETOPEN", "IPADDR", "CIPOPEN"};
    const auto one_of = [&](const Exchange& waiting) {
        return waiting.name.empty() || std::ranges::find(commands, waiting.name) != std::end(commands);
    };
    for (std::size_t i = 0; i < dialogue.answered_line(); ++i)
        if (one_of(dialogue.pending[i])) return;
    report(error, "+IP ERROR as the answer of CIPACK, CIPRXGET, NETOPEN, IPADDR or CIPOPEN, not of " +
                      std::string{dialogue.pending.front().name});
}

constexpr Check checks[] = {
    {"a76xx.error.ip-error-then-error", OnEvent{Kind::ok, failure_then_ok<Kind::ip_error>}},
    {"a76xx.error.ciperror-then-error", OnEvent{Kind::ok, failure_then_ok<Kind::cip_error>}},
    {"a76xx.error.own-line-then-error", OnResult{"CIPOPEN", own_line_then_ok}},
    {"a76xx.error.own-line-then-error", OnResult{"CIPCLOSE", own_line_then_ok}},
    {"a76xx.error.own-line-then-error", OnResult{"NETCLOSE", own_line_then_ok}},
    {"a76xx.error.own-line-then-error", OnResult{"NETCLOSE", own_line_missing}},
    {"a76xx.error.own-line-then-error", OnResult{"SERVERSTOP", own_line_then_ok}},
    {"a76xx.error.own-line-then-error", OnResult{"SERVERSTOP", own_line_missing}},
    {"a76xx.results.async-after-ok", OnResult{"", success_then_error}},
    {"a76xx.error.errmode", OnEvent{Kind::ip_error, as_error_mode}},
    {"a76xx.error.err-info-table", FieldRange{Kind::ip_error, "code"}},
    {"a76xx.error.err-info-table", FieldRange{Kind::ip_error, "text"}},
    {"a76xx.error.which-commands", OnEvent{Kind::ip_error, has_ip_error}},
};

}  // namespace

extern const std::span<const Check> links_failures_checks{checks};

}  // namespace conformance
