// The rules about AT+QIDNSGIP and AT+QIDNSCFG (bc65, bc26, ec200x).
#include <algorithm>

#include "rules/check.hpp"
#include "rules/services/runs.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

bool is_look_up(Kind kind) { return kind == Kind::dns_result || kind == Kind::dns_address; }
Run run_of_look_up(const Services& services) { return services.look_up.run; }

void one_header(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Run run = dialogue.services.look_up.run;
    if ((run == Run::ended || run == Run::refused) && !dialogue.waits("QIDNSGIP", CommandForm::write))
        report(event, run == Run::ended ? "one header for each AT+QIDNSGIP" : "no header: AT+QIDNSGIP was answered ERROR");
}

void header_first(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const LookUp& look_up = dialogue.services.look_up;
    if (look_up.run == Run::going && !look_up.left.value_or(0)) report(event, "the header before its addresses");
}

void as_many_addresses(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const LookUp& look_up = dialogue.services.look_up;
    if (event.message.kind == Kind::dns_result) {
        if (look_up.left.value_or(0) != 0) report(event, std::to_string(*look_up.left) + " more addresses of the name before");
        return;
    }
    if (look_up.error != 0 || !look_up.left) return;
    const std::string_view address = event.message.body.dns_address.address;
    if (*look_up.left == 0 && look_up.run != Run::going) report(event, "no more addresses than the header says");
    if (*look_up.left != 0 && std::ranges::find(look_up.addresses, address) != look_up.addresses.end())
        report(event, "another address than those before", place_of(event.wire, address));
}

void no_address_of_error(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (event.message.kind == Kind::dns_result) {
        const atwire::DnsResult& header = event.message.body.dns_result;
        if (header.error == 0 && header.count && *header.count == 0) report(event, "at least one address, or an error");
    } else if (dialogue.services.look_up.error != 0 && dialogue.services.look_up.run != Run::going) {
        report(event, "no address behind error " + std::to_string(dialogue.services.look_up.error));
    }
}

void registered_before(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.get<atwire::SetDnsServers>() != nullptr && !dialogue.services.registered.value_or(true))
        report(exchange.command, "a module that is registered");
}

/// BC65 has no context here.
void address_first(const Exchange& exchange, const Dialogue&, const Report& report) {
    const std::string_view line = exchange.command.wire;
    if (exchange.form != CommandForm::write) return;
    const atwire::Value first = *values_of(line).begin();
    if (first.type == atwire::Value::Type::integer)
        report(exchange.command, "an address first, not " + std::string{first.text}, place_of(line, 0));
}

/// The servers that were set for the context that is asked for.
const atwire::SetDnsServers* servers_set(const Exchange& query, const Dialogue& dialogue) {
    const auto* asked = query.get<atwire::QueryDnsServers>();
    if (asked == nullptr && (query.name != "QIDNSCFG" || query.form != CommandForm::read)) return nullptr;
    const Context* context = dialogue.services.context(asked == nullptr ? 0 : asked->context);
    return context != nullptr && context->servers ? atwire::get<atwire::SetDnsServers>(**context->servers) : nullptr;
}

/// One IPv6 address has several spellings.
void servers_read_back(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (dialogue.pending.empty()) return;
    const auto* set = servers_set(dialogue.pending.front(), dialogue);
    const atwire::DnsServers& told = event.message.body.dns_servers;
    const auto differs = [&](std::string_view was, std::string_view is) {
        if (was != is && was.find(':') == std::string_view::npos)
            report(event, quoted(was) + ", as was set, not " + quoted(is), place_of(event.wire, is));
    };
    if (const auto* asked = dialogue.answered<atwire::QueryDnsServers>(); asked != nullptr && told.context)
        differs(std::to_string(asked->context), std::to_string(*told.context));
    if (set == nullptr) return;
    differs(set->primary, told.primary);
    if (set->secondary) differs(*set->secondary, *told.secondary);
}

void servers_told(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.is_ok() && servers_set(exchange, dialogue) != nullptr && exchange.reply(Kind::dns_servers) == nullptr)
        report(*exchange.result, "+QIDNSCFG: with the servers that were set");
}

constexpr Check checks[] = {
    {"nb.qidnsgip.mrt-300ms", ResponseTime{"QIDNSGIP"}},
    {"ec200x.qidnsgip.mrt-60s", ResponseTime{"QIDNSGIP"}},
    {"ec200x.qidnsgip.mrt-60s", LateResultTime{"QIDNSGIP", LateResultTime::From::command}},
    {"qi.qidnsgip.ok-then-header", OnResult{"QIDNSGIP", ok_first<is_look_up, run_of_look_up>}},
    {"qi.qidnsgip.ok-then-header", OnEvent{Kind::dns_result, one_header}},
    {"qi.qidnsgip.ok-then-header", OnEvent{Kind::dns_address, header_first}},
    {"qi.qidnsgip.count-equals-lines", OnEvent{Kind::dns_result, as_many_addresses}},
    {"qi.qidnsgip.count-equals-lines", OnEvent{Kind::dns_address, as_many_addresses}},
    {"qi.qidnsgip.error-no-address", OnEvent{Kind::dns_result, no_address_of_error}},
    {"qi.qidnsgip.error-no-address", OnEvent{Kind::dns_address, no_address_of_error}},
    {"bc26.qidnsgip.hostname-max-150", ParameterRange{"QIDNSGIP", "hostname"}},
    {"nb.qidnscfg.mrt-300ms", ResponseTime{"QIDNSCFG"}},
    {"bc65.qidnscfg.after-registration", OnCommand{"QIDNSCFG", registered_before}},
    {"bc65.qidnscfg.address-max-50", ParameterRange{"QIDNSCFG", "PrimaryDNS"}},
    {"bc65.qidnscfg.address-max-50", ParameterRange{"QIDNSCFG", "SecondaryDNS"}},
    {"bc26.qidnscfg.address-max-64", ParameterRange{"QIDNSCFG", "pridnsaddr"}},
    {"bc26.qidnscfg.address-max-64", ParameterRange{"QIDNSCFG", "secdnsaddr"}},
    {"bc65.qidnscfg.no-context", OnCommand{"QIDNSCFG", address_first}},
    {"bc26-ec200x.qidnscfg.context-first", ParameterRange{"QIDNSCFG", "contextID", "", only<Complaint::Wrong::type>}},
    {"qi.qidnscfg.readback", OnEvent{Kind::dns_servers, servers_read_back}},
    {"bc26.qidnscfg.query-after-set", OnResult{"QIDNSCFG", servers_told}},
};

}  // namespace

extern const std::span<const Check> services_names_checks{checks};

}  // namespace conformance
