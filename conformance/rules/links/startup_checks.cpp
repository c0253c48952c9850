// The rules about the start of an A76XX module.
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;

constexpr double sim_time = 10, registration_time = 90, activation_time = 150;  ///< s

/// Whether a command that the note leaves to other manuals begins so.
bool is(const Exchange& exchange, std::string_view line) {
    return exchange.facts == nullptr && std::string_view{exchange.command.wire}.starts_with(line);
}
/// Seconds since the module has started, where both times are known.
std::optional<double> since_start(const Dialogue& dialogue, const Place& now) {
    if (!dialogue.links.started || !now.time) return {};
    return *now.time - *dialogue.links.started;
}

void sim_in_time(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (!is(exchange, "AT+CPIN?")) return;
    const auto passed = since_start(dialogue, (*exchange.result).place);
    if (passed && *passed > sim_time && !exchange.succeeded())
        report(exchange.command, "the SIM identified at most 10 s behind the start, not none in " +
                                     std::to_string(static_cast<unsigned>(*passed)) + " s");
}
void registered_in_time(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (!is(exchange, "AT+CGREG?") && !is(exchange, "AT+CEREG?")) return;
    const auto passed = since_start(dialogue, (*exchange.result).place);
    if (passed && *passed > registration_time && exchange.is_ok() && !dialogue.links.has_registered)
        report(exchange.command,
               "stat 1 or 5 at most 90 s behind the start, not none in " + std::to_string(static_cast<unsigned>(*passed)) + " s");
}
void activated_in_time(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (!is(exchange, "AT+CGACT=") || !exchange.command.place.time || !(*exchange.result).place.time) return;
    const double passed = *(*exchange.result).place.time - *exchange.command.place.time;
    if (passed > activation_time)
        report(exchange.command, "a result at most 150 s later, not " + std::to_string(static_cast<unsigned>(passed)) + " s");
}
/// One that has had no result when the capture ends.
void never_activated(const Dialogue& dialogue, const Report& report) {
    const auto& now = dialogue.last_event;
    for (const Exchange& waiting : dialogue.pending)
        if (is(waiting, "AT+CGACT=") && now && now->time && waiting.command.place.time &&
            *now->time - *waiting.command.place.time > activation_time)
            report(waiting.command, "a result at most 150 s later, not none");
}
void fourth_deactivation(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (is(command, "AT+CGACT=0") && dialogue.links.failed_deactivations >= 3)
        report(command.command, "a restart of the module behind three deactivations that failed");
}
void asks_address(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.address_due && command.facts != nullptr && command.name == "NETOPEN" &&
        command.form == CommandForm::execute)
        report(command.command, "AT+CGPADDR behind AT+CGACT=1");
}
void network_first(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto& registered = dialogue.links.registered;
    if (command.form != CommandForm::execute) return;
    const bool asked = std::ranges::any_of(registered, [](const auto& one) { return one.has_value(); });
    const bool found = std::ranges::any_of(registered, [](const auto& one) { return one == true; });
    if (asked && !found) report(command.command, "stat 1 or 5 of AT+CREG? or AT+CGREG? before AT+NETOPEN");
}

constexpr Check checks[] = {
    {"a76xx.startup.sim-10s", OnResult{"", sim_in_time}},
    {"a76xx.startup.ps-90s", OnResult{"", registered_in_time}},
    {"a76xx.startup.pdp-150s", OnResult{"", activated_in_time}},
    {"a76xx.startup.pdp-150s", OnEnd{never_activated}},
    {"a76xx.startup.pdp-3-deactivations", OnCommand{"", fourth_deactivation}},
    {"a76xx.startup.query-address", OnCommand{"NETOPEN", asks_address}},
    {"a76xx.startup.network-first", OnCommand{"NETOPEN", network_first}},
};

}  // namespace

extern const std::span<const Check> links_startup_checks{checks};

}  // namespace conformance
