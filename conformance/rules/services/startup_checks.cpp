// The rules about a module's start, and about waiting for it (bc65, bc26, ec200x).
#include "rules/check.hpp"

namespace conformance {
namespace {

// ── One command after the other ─────────────────────────────────────────────────────────────────────────────────────────────

constexpr std::uint32_t longest_silence = 60000;  // ms

/// ec200x: of a command for which the manual has no time of its own.
std::uint32_t common_time(const Exchange& exchange, const Dialogue&) {
    return exchange.facts == nullptr || exchange.facts->max_response == 0 ? longest_silence : 0;
}

/// Bytes that aren't a command line have no answer, and AT alone is repeated until the module has found the line's speed.
bool has_answer(const Exchange& waiting) {
    return begins(waiting.command.wire, "AT") && waiting.get<atwire::Attention>() == nullptr;
}
/// Whether its time is over, so that no answer will come.
bool is_lost(const Exchange& waiting, const Place& now) {
    const bool own_time = waiting.facts != nullptr && waiting.facts->max_response != 0;
    const Place& from = waiting.data_at ? *waiting.data_at : waiting.command.place;
    return later_than((own_time ? waiting.facts->max_response : longest_silence) / 1000.0, from, now);
}
void waits_for_result(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (command.command->joined || !has_answer(command)) return;
    for (const Exchange& waiting : dialogue.pending)
        if (has_answer(waiting) && !is_lost(waiting, command.command.place))
            return report(command.command, "the result of " + waiting.command.wire + " first");
}

bool restarts(const Exchange& command) {
    return begins(command.command.wire, "AT+QPOWD") || begins(command.command.wire, "AT+CFUN=1,1") ||
           begins(command.command.wire, "AT+QRST");
}
void restart_after_silence(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (restarts(command)) return;
    for (const Exchange& waiting : dialogue.pending)
        if (has_answer(waiting) && common_time(waiting, dialogue) != 0 && is_lost(waiting, command.command.place))
            return report(command.command, "a restart: " + waiting.command.wire + " has no result in 60 s");
}

// ── From the start to the first connection ──────────────────────────────────────────────────────────────────────────────────

constexpr double longest_sim = 20, longest_cs = 90, longest_ps = 60;  // s

void sim_in_time(const Exchange& asked, const Dialogue& dialogue, const Report& report) {
    if (!begins(asked.command.wire, "AT+CPIN?") || asked.succeeded() || dialogue.startup.sim_ready) return;
    if (later_than(longest_sim, dialogue.startup.started, (*asked.result).place))
        report(*asked.result, "a SIM 20 s after the start");
}
void restart_without_sim(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (!restarts(command) && later_than(longest_sim, dialogue.startup.sim_asked, command.command.place))
        report(command.command, "a restart: no SIM in 20 s of AT+CPIN?");
}

void cs_in_time(const Exchange& asked, const Dialogue& dialogue, const Report& report) {
    const Startup& startup = dialogue.startup;
    if (begins(asked.command.wire, "AT+CREG?") && startup.started && !startup.was_registered &&
        later_than(longest_cs, startup.sim_ready, (*asked.result).place))
        report(*asked.result, "<stat> 1 or 5 in 90 s of a SIM");
}

/// Who has the packet service without the other one goes on all the same.
void cs_first(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const Startup& startup = dialogue.startup;
    const auto& stat = startup.stat[Startup::circuit_switched];
    const bool has_packets = startup.is_registered(Startup::packet_switched) || startup.is_registered(Startup::eps);
    if (stat && !startup.is_registered(Startup::circuit_switched) && !has_packets)
        report(command.command, "+CREG with <stat> 1 or 5 first, not " + std::to_string(*stat));
}
void ps_first(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const Startup& startup = dialogue.startup;
    const Place& now = command.command.place;
    if (!startup.lacks_packet_service() || !startup.unregistered || !startup.unregistered->time || !now.time) return;
    if (!later_than(longest_ps, startup.unregistered, now))
        report(command.command, "<stat> 1 or 5 of +CGREG or +CEREG, or 60 s of asking");
}
void ps_no_longer(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const bool asks = begins(command.command.wire, "AT+CGREG?") || begins(command.command.wire, "AT+CEREG?");
    if (asks && !dialogue.startup.gone_on && later_than(longest_ps, dialogue.startup.unregistered, command.command.place))
        report(command.command, "AT+QIACT after 60 s without a registration");
}

void registered_first(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const Startup& startup = dialogue.startup;
    const bool lacks = startup.attached == false || startup.has_address == false;
    const bool unasked = startup.started && !(startup.attached && startup.has_address);
    if (lacks || unasked) report(command.command, "+CGATT: 1 and an address of +CGPADDR first");
}
void context_first(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* open = command.get<atwire::OpenSocket>();
    if (open == nullptr || open->service != "TCP LISTENER") return;
    const Startup& startup = dialogue.startup;
    if (startup.activated == false || (startup.started && !startup.activated && startup.has_address != true))
        report(command.command, "AT+CGACT first");
}
void address_first(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (command.form == atwire::CommandForm::write && dialogue.startup.started && dialogue.startup.has_address != true)
        report(command.command, "+IP first, after the start");
}
void address_first_for_dns(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (command.get<atwire::SetDnsServers>() != nullptr) address_first(command, dialogue, report);
}

constexpr Check checks[] = {
    {"ec200x.dialogue.host-waits-final", OnCommand{"", waits_for_result}},
    {"ec200x.dialogue.no-result-60s", ResponseTime{"", common_time}},
    {"ec200x.dialogue.reboot-after-60s", OnCommand{"", restart_after_silence}},
    {"ec200x.startup.sim-20s", OnResult{"", sim_in_time}},
    {"ec200x.startup.sim-retry-restart", OnCommand{"", restart_without_sim}},
    {"ec200x.startup.cs-registered", OnCommand{"QIACT", cs_first}},
    {"ec200x.startup.cs-registered", OnCommand{"QIOPEN", cs_first}},
    {"ec200x.startup.cs-90s", OnResult{"", cs_in_time}},
    {"ec200x.startup.ps-registered", OnCommand{"QIACT", ps_first}},
    {"ec200x.startup.ps-registered", OnCommand{"QIOPEN", ps_first}},
    {"ec200x.startup.ps-60s-then-on", OnCommand{"", ps_no_longer}},
    {"bc65.startup.registered-before-open", OnCommand{"QIOPEN", registered_first}},
    {"bc65.startup.context-before-listener", OnCommand{"QIOPEN", context_first}},
    {"bc26.startup.ip-urc-before-open", OnCommand{"QIOPEN", address_first}},
    {"bc26.startup.ip-urc-before-dnscfg", OnCommand{"QIDNSCFG", address_first_for_dns}},
};

}  // namespace

extern const std::span<const Check> services_startup_checks{checks};

}  // namespace conformance
