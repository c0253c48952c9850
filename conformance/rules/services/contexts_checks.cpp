// The rules about PDP contexts (bc65, bc26, ec200x).
#include <algorithm>
#include <set>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;
using State = Context::State;

/// Whether an activation of it has no result yet.
bool is_activating(const Dialogue& dialogue, std::uint32_t context) {
    return std::ranges::any_of(dialogue.pending, [context](const Exchange& one) {
        const auto* on = one.get<atwire::ActivateContext>();
        return on != nullptr && on->context == context;
    });
}

void only_context_1(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (const auto context = context_of(*exchange.command); context && *context != 1)
        report(exchange.command, "contextID 1, not " + std::to_string(*context),
               exchange.command.wire.find(std::to_string(*context), place_of(exchange.command.wire, 0)));
}

void active_context(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto named = context_of(*exchange.command);
    if (!named || exchange.get<atwire::QueryDnsServers>() != nullptr || is_activating(dialogue, *named)) return;
    const Context* context = dialogue.services.context(*named);
    if (context != nullptr && (context->state == State::inactive || context->state == State::lost))
        report(exchange.command, "AT+QIACT=" + std::to_string(*named) + " before it: the context is not active",
               place_of(exchange.command.wire, 0));
}

void deactivated_after_loss(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto named = context_of(*exchange.command);
    const Context* context = named ? dialogue.services.context(*named) : nullptr;
    if (context != nullptr && context->state == State::lost)
        report(exchange.command, "AT+QIDEACT=" + std::to_string(*named) + " before it: the network took the context",
               place_of(exchange.command.wire, 0));
}

void configured_before(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* on = exchange.get<atwire::ActivateContext>();
    const Context* context = on == nullptr ? nullptr : dialogue.services.context(on->context);
    if (context == nullptr || !context->blank) return;
    for (const Exchange& one : dialogue.pending)
        if (const auto* set = one.get<atwire::SetContextProfile>(); set != nullptr && set->context == on->context) return;
    report(exchange.command, "AT+QICSGP=" + std::to_string(on->context) + ",… before it: the context has no profile",
           place_of(exchange.command.wire, 0));
}

void quality_before_activation(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    constexpr std::string_view names[] = {"CGQMIN", "CGEQMIN", "CGQREQ", "CGEQREQ"};
    const std::string_view line = exchange.command.wire;
    if (std::ranges::none_of(names, [line](std::string_view name) { return is_command(line, name); })) return;
    if (line.find('=') == std::string_view::npos || line.ends_with("=?")) return;
    const atwire::Value first = *values_of(line).begin();
    const Context* context = first.type == atwire::Value::Type::integer && first.integer > 0
                                 ? dialogue.services.context(static_cast<std::uint32_t>(first.integer))
                                 : nullptr;
    if (context != nullptr && context->state == State::active)
        report(exchange.command, "quality of service before AT+QIACT=" + std::to_string(first.integer) + ", not behind it",
               place_of(line, 0));
}

void profile_read_back(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const auto* query = dialogue.answered<atwire::QueryContextProfile>();
    const Context* context = query == nullptr ? nullptr : dialogue.services.context(query->context);
    if (context == nullptr || !context->profile) return;
    const auto& set = *atwire::get<atwire::SetContextProfile>(**context->profile);
    const atwire::ContextProfile& told = event.message.body.context_profile;
    const auto differs = [&](const std::string& was, const std::string& is) {
        if (was != is) report(event, was + ", as was set, not " + is, place_of(event.wire, is));
    };
    differs(std::to_string(set.type), std::to_string(told.type));
    differs(quoted(set.apn), quoted(told.apn));
    if (set.username) differs(quoted(*set.username), quoted(told.username));
    if (set.password) differs(quoted(*set.password), quoted(told.password));
    if (set.authentication) differs(std::to_string(*set.authentication), std::to_string(told.authentication));
}

/// The type of the profile that AT+QIACT took, or still the one before: that is another rule's.
template <bool before>
void type_of_profile(const HeardEvent& row, const Dialogue& dialogue, const Report& report) {
    const atwire::ContextStatus& status = row.message.body.context_status;
    const Context* context = dialogue.services.context(status.context);
    if (context == nullptr || context->state != State::active || context->type == 0 || status.type == context->type) return;
    if (before == (status.type == context->type_before))
        report(row,
               "context_type " + std::to_string(context->type) + ", as AT+QICSGP has set, not " + std::to_string(status.type));
}

bool waits_too_long(const Exchange& waiting, const Place& now) {
    const auto passed = seconds_between(waiting.command.place, now);
    return passed && is_over(*passed, waiting.facts->max_response);
}

/// The first command of a line while the other has no result; not where the module isn't heard at all. When its time is over, another
/// rule says what is due.
template <class Blocking>
void blocked(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.command->joined || !dialogue.last_event) return;
    for (const Exchange& waiting : dialogue.pending)
        if (waiting.get<Blocking>() != nullptr && !waits_too_long(waiting, exchange.command.place))
            return report(exchange.command, "no command before the result of " + waiting.command.wire);
}

template <class Blocking>
void restarted_after_silence(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.command->joined || dialogue.pending.empty() || !dialogue.last_event || restarts(exchange.command.wire)) return;
    const Exchange& waiting = dialogue.pending.front();
    if (waiting.get<Blocking>() != nullptr && waits_too_long(waiting, exchange.command.place))
        report(exchange.command, "a restart of the module: " + waiting.command.wire + " had no result in " +
                                     std::to_string(waiting.facts->max_response / 1000) + " s");
}

void restarted_after_failures(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (dialogue.services.failed_deactivations >= Services::most_failures && context_of(*exchange.command))
        report(exchange.command, "a restart of the module: AT+QIDEACT has failed 3 times in a row");
}

void deactivated_after_failure(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* on = exchange.get<atwire::ActivateContext>();
    const Context* context = on == nullptr ? nullptr : dialogue.services.context(on->context);
    if (context != nullptr && context->failed)
        report(exchange.command, "AT+QIDEACT=" + std::to_string(on->context) + " before it: its activation has failed",
               place_of(exchange.command.wire, 0));
}

void address_asked(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const auto* open = exchange.get<atwire::OpenSocket>();
    const Context* context = open == nullptr ? nullptr : dialogue.services.context(*open->context);
    const auto asks = [](const Exchange& one) { return one.name == "QIACT" && one.form == CommandForm::read; };
    if (context != nullptr && context->state == State::active && !context->asked && !std::ranges::any_of(dialogue.pending, asks))
        report(exchange.command, "AT+QIACT? behind AT+QIACT=" + std::to_string(*open->context) + ", before a socket is opened");
}

constexpr std::size_t most_active = 3;

void three_active(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (!exchange.succeeded()) return;
    std::size_t active = 0;
    if (const auto* on = exchange.get<atwire::ActivateContext>()) {
        for (std::size_t i = 0; i < Services::contexts_end; ++i)
            active += i != on->context && dialogue.services.contexts[i].state == State::active;
        if (active >= most_active)
            report(*exchange.result, "ERROR to " + exchange.command.wire + ": 3 other contexts are active");
    }
    for (const Said<atwire::Event>& reply : exchange.replies)
        if (const auto* row = atwire::get<atwire::ContextStatus>(*reply);
            row != nullptr && row->state == 1 && ++active > most_active)
            return report(reply, "at most 3 active contexts");
}

/// A context that was lost meanwhile may be there or not.
void active_listed(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.form != CommandForm::read || !exchange.succeeded()) return;
    std::set<std::uint32_t> listed, lost;
    for (const Said<atwire::Event>& reply : exchange.replies)
        if (const auto* urc = atwire::get<atwire::ContextLost>(*reply)) lost.insert(urc->context);
    for (const Said<atwire::Event>& reply : exchange.replies) {
        const auto* row = atwire::get<atwire::ContextStatus>(*reply);
        const Context* context = row == nullptr ? nullptr : dialogue.services.context(row->context);
        if (context == nullptr || lost.contains(row->context)) continue;
        if (!listed.insert(row->context).second) report(reply, "one row for each context");
        if (row->state == 1 && !row->address) report(reply, "the address of an active context", reply.wire.size());
        if (row->state == 1 && context->state == State::inactive)
            report(reply, "no row of context " + std::to_string(row->context) + ", which is not active");
        if (row->state != 1 && context->state == State::active)
            report(reply, "context_state 1 of context " + std::to_string(row->context) + ", which is active");
    }
    for (std::uint32_t i = 1; i < Services::contexts_end; ++i)
        if (dialogue.services.contexts[i].state == State::active && !listed.contains(i) && !lost.contains(i))
            report(*exchange.result, "a row of context " + std::to_string(i) + ", which is active");
}

void nothing_received(const HeardEvent& event, std::uint32_t socket, const Dialogue& dialogue, const Report& report) {
    if (socket < atwire::max_sockets && dialogue.services.cut_off[socket])
        report(event, "nothing of socket " + std::to_string(socket) + ": its context was deactivated");
}
void no_notice(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    nothing_received(event, event.message.body.data_available.socket, dialogue, report);
}
void no_push(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (const auto& socket = event.message.body.data_received.socket) nothing_received(event, *socket, dialogue, report);
}
void no_row(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    nothing_received(event, event.message.body.socket_status.socket, dialogue, report);
}

constexpr Check checks[] = {
    {"ec200x.qiopen.context-active", OnCommand{"QIOPEN", active_context}},
    {"ec200x.qping.context-active", OnCommand{"QPING", active_context}},
    {"ec200x.qntp.context-active", OnCommand{"QNTP", active_context}},
    {"ec200x.qidnsgip.context-active", OnCommand{"QIDNSGIP", active_context}},
    {"ec200x.qidnscfg.context-active", OnCommand{"QIDNSCFG", active_context}},
    {"bc65.context-id.range", ParameterRange{"", "contextID"}},
    {"ec200x.context-id.range", ParameterRange{"", "contextID"}},
    {"bc26.context-id.only-1", ParameterRange{"", "contextID"}},
    {"bc26.context-id.only-1", OnCommand{"", only_context_1}},
    {"ec200x.pdpdeact.host-qideact", OnCommand{"QIACT", deactivated_after_loss}},
    {"ec200x.pdpdeact.host-qideact", OnCommand{"QIOPEN", deactivated_after_loss}},
    {"ec200x.qicsgp.before-qiact", OnCommand{"QIACT", configured_before}},
    {"ec200x.qicsgp.qos-separate", OnCommand{"", quality_before_activation}},
    {"ec200x.qicsgp.context-type", ParameterRange{"QICSGP", "context_type"}},
    {"ec200x.qicsgp.username-max-127", ParameterRange{"QICSGP", "username"}},
    {"ec200x.qicsgp.password-max-127", ParameterRange{"QICSGP", "password"}},
    {"ec200x.qicsgp.authentication", ParameterRange{"QICSGP", "authentication"}},
    {"ec200x.qicsgp.cdma-pwd", ParameterRange{"QICSGP", "CDMA_pwd"}},
    {"ec200x.qicsgp.readback", OnEvent{Kind::context_profile, profile_read_back}},
    {"ec200x.qicsgp.immediate", OnEvent{Kind::context_status, type_of_profile<true>}},
    {"ec200x.qiact.mrt-150s", ResponseTime{"QIACT"}},
    {"ec200x.qiact.blocks-commands", OnCommand{"", blocked<atwire::ActivateContext>}},
    {"ec200x.qiact.reboot-after-150s", OnCommand{"", restarted_after_silence<atwire::ActivateContext>}},
    {"ec200x.qiact.max-3-active", OnResult{"QIACT", three_active}},
    {"ec200x.qiact.query-lists-active", OnResult{"QIACT", active_listed}},
    {"ec200x.qiact.type-matches-profile", OnEvent{Kind::context_status, type_of_profile<false>}},
    {"ec200x.qiact.then-query", OnCommand{"QIOPEN", address_asked}},
    {"ec200x.qiact.failed-deactivate", OnCommand{"QIACT", deactivated_after_failure}},
    {"ec200x.qideact.mrt-40s", ResponseTime{"QIDEACT"}},
    {"ec200x.qideact.blocks-commands", OnCommand{"", blocked<atwire::DeactivateContext>}},
    {"ec200x.qideact.reboot-after-40s", OnCommand{"", restarted_after_silence<atwire::DeactivateContext>}},
    {"ec200x.qideact.three-failures", OnCommand{"", restarted_after_failures}},
    {"ec200x.qideact.closes-all", OnEvent{Kind::data_available, no_notice}},
    {"ec200x.qideact.closes-all", OnEvent{Kind::data_received, no_push}},
    {"ec200x.qideact.closes-all", OnEvent{Kind::socket_status, no_row}},
};

}  // namespace

extern const std::span<const Check> services_contexts_checks{checks};

}  // namespace conformance
