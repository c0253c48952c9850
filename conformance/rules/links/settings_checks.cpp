// The rules about the settings and the names of the A76XX series.
#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;

// ── Before and behind AT+NETOPEN ────────────────────────────────────────────────────────────────────────────────────────────

void before_open(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.network == true && command.form == CommandForm::write) report(command.command, "it before AT+NETOPEN");
}
void datagrams_before_open(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.network != true || command.form != CommandForm::write) return;
    const std::string_view line = command.command.wire;
    if (const std::size_t at = place_of(line, 7); at < line.size()) report(command.command, "udpRecvmode before AT+NETOPEN", at);
}
void behind_open(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.network == false && command.form == CommandForm::write)
        report(command.command, "+NETOPEN: 0 before AT+CTCPKA");
}
/// The context's type and the family that sockets take, where both are known.
void same_family(const Exchange& open, const Dialogue& dialogue, const Report& report) {
    const auto family = dialogue.set.find("CSOCKSETPN");
    const std::string& context = dialogue.links.context;
    if (open.form != CommandForm::execute || family == dialogue.set.end() || context.empty()) return;
    const bool v6 = family->second == "1,6";
    if (v6 && context == "IP") report(open.command, "AT+CGDCONT=1,\"IPV6\",… before it, since CSOCKSETPN is 1,6");
    if (!v6 && context == "IPV6") report(open.command, "AT+CSOCKSETPN=1,6 before it, since the context is IPV6");
}

// ── Values ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The time that AT+CIPTIMEOUT has set for the command.
template <std::size_t which>
void within_timeout(const Exchange& exchange, const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    const auto& limit = dialogue.links.timeout[which];
    const Place& from = exchange.data_at ? *exchange.data_at : exchange.command.place;
    if (!limit || !from.time || !result.place.time) return;
    const double passed = *result.place.time - *from.time;
    if (is_over(passed, *limit))
        report(exchange.command, "a result at most " + std::to_string(*limit) + " ms later, as AT+CIPTIMEOUT has set, not " +
                                     std::to_string(static_cast<std::uint64_t>(passed * 1000)));
}

/// Any other number of them is malformed.
void fields_of_cipccfg(const HeardEvent& line, const Dialogue&, const Report& report) {
    if (!line.wire.starts_with("+CIPCCFG:")) return;
    std::size_t count = 1;
    for (std::size_t at = place_of(line.wire, count); at < line.wire.size(); at = place_of(line.wire, count)) ++count;
    if (count != 7 && count != 8) report(line, "7 or 8 fields, not " + std::to_string(count), place_of(line.wire, 0));
}

constexpr std::size_t longest_label = 63, most_intervals = 12;

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

void name_to_resolve(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* resolve = command.get<atwire::Resolve>();
    if (resolve == nullptr) return;
    const std::string_view name = resolve->name;
    const std::size_t begin = place_of(command.command.wire, 0) + 1;
    if (!name.empty() && !is_alphanumeric(name[0]))
        return report(command.command, "a letter or a digit first in the name", begin);
    std::size_t label = 0;
    for (std::size_t i = 0; i < name.size(); ++i) {
        label = name[i] == '.' ? 0 : label + 1;
        if (!is_alphanumeric(name[i]) && name[i] != '.' && name[i] != '-')
            return report(command.command, "letters, digits, hyphens and dots in the name", begin + i);
        if (label > longest_label) return report(command.command, "labels of at most 63 characters", begin + i);
    }
}
void addresses(const Exchange& exchange, const Dialogue&, const Report& report) {
    const auto* resolve = exchange.get<atwire::Resolve>();
    if (resolve == nullptr) return;
    std::uint32_t next = 1;
    for (const auto& reply : exchange.replies) {
        const auto* answer = atwire::get<atwire::DnsAnswer>(*reply);
        if (answer == nullptr) continue;
        if (answer->index == 0) {
            if (exchange.is_ok()) report(reply, "ERROR behind it, or an address", place_of(reply.wire, 0));
            return;
        }
        if (answer->index != next)
            return report(reply, "number " + std::to_string(next) + ", not " + std::to_string(answer->index),
                          place_of(reply.wire, 0));
        if (answer->name && *answer->name != resolve->name)
            return report(reply, "\"" + std::string{resolve->name} + "\", as asked", place_of(reply.wire, 1));
        ++next;
    }
    if (next == 1 && exchange.is_ok()) report(*exchange.result, "+CDNSGIP: 1,… before OK");
    if (next != 1 && !exchange.is_ok()) report(*exchange.result, "OK behind the addresses");
}

void retransmissions(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* option = command.get<atwire::SetOption>();
    if (option == nullptr || (*option->name != "Tcpsrxt" && *option->name != "Tcprxt")) return;
    std::size_t used = 0;
    for (const atwire::Value& interval : atwire::Values{option->values.begin()->text}) used += interval.integer != 0;
    if (used > most_intervals)
        report(command.command, "at most 12 retransmissions, not " + std::to_string(used), place_of(command.command.wire, 1));
}

void test_ranges(const HeardEvent& reply, const Dialogue&, const Report& report) {
    static constexpr struct {
        std::string_view command, ranges;
    } documented[] = {
        {"CIPOPEN", "(0-9)"}, {"CIPCLOSE", "(0-9)"}, {"CIPSEND", "(0-9),(1-1500)"}, {"SERVERSTART", "(0-65535),(0-3)"},
        {"CIPMODE", "(0-1)"}, {"CIPHEAD", "(0-1)"},  {"CIPSRIP", "(0-1)"},          {"CIPSENDMODE", "(0-1)"},
    };
    const auto& told = reply.message.body.supported;
    for (const auto& one : documented)
        if (one.command == told.command && !told.text.starts_with(one.ranges))
            report(reply, std::string{one.ranges} + ", not " + std::string{told.text}, place_of(reply.wire, 0));
}

constexpr Check checks[] = {
    {"a76xx.cipmode.before-netopen", OnCommand{"CIPMODE", before_open}},
    {"a76xx.csocksetpn.before-netopen", OnCommand{"CSOCKSETPN", before_open}},
    {"a76xx.csocksetpn.ipv6", OnCommand{"NETOPEN", same_family}},
    {"a76xx.csocksetpn.values", ParameterRange{"CSOCKSETPN", "profile"}},
    {"a76xx.csocksetpn.values", ParameterRange{"CSOCKSETPN", "ip_family"}},
    {"a76xx.udprecvmode.before-netopen", OnCommand{"CIPCCFG", datagrams_before_open}},
    {"a76xx.ctcpka.after-netopen", OnCommand{"CTCPKA", behind_open}},
    {"a76xx.ciphead.mrt-9s", ResponseTime{"CIPHEAD"}},
    {"a76xx.cipsrip.mrt-9s", ResponseTime{"CIPSRIP"}},
    {"a76xx.cipsendmode.mrt-9s", ResponseTime{"CIPSENDMODE"}},
    {"a76xx.ciptimeout.mrt-9s", ResponseTime{"CIPTIMEOUT"}},
    {"a76xx.cipccfg.mrt-9s", ResponseTime{"CIPCCFG"}},
    {"a76xx.ipaddr.mrt-9s", ResponseTime{"IPADDR"}},
    {"a76xx.cipack.mrt-9s", ResponseTime{"CIPACK"}},
    {"a76xx.csocksetpn.mrt-9s", ResponseTime{"CSOCKSETPN"}},
    {"a76xx.ctcpka.mrt-9s", ResponseTime{"CTCPKA"}},
    {"a76xx.cdnscfg.mrt-9s", ResponseTime{"CDNSCFG"}},
    {"a76xx.cipsendstr.mrt-9s", ResponseTime{"CIPSENDSTR"}},
    {"a76xx.cipmode.mrt-9s", ResponseTime{"CIPMODE"}},
    {"a76xx.ciprxget.mrt-9s", ResponseTime{"CIPRXGET"}},
    {"a76xx.cdnsgip.mrt-6s", ResponseTime{"CDNSGIP"}},
    {"a76xx.cipmode.values", ParameterRange{"CIPMODE", "mode"}},
    {"a76xx.cipsendmode.values", ParameterRange{"CIPSENDMODE", "mode"}},
    {"a76xx.ciphead.values", ParameterRange{"CIPHEAD", "mode"}},
    {"a76xx.cipsrip.values", ParameterRange{"CIPSRIP", "mode"}},
    {"a76xx.ciprxget.values", ParameterRange{"CIPRXGET", "mode"}},
    {"a76xx.ciptimeout.range", ParameterRange{"CIPTIMEOUT", "netopen"}},
    {"a76xx.ciptimeout.range", ParameterRange{"CIPTIMEOUT", "cipopen"}},
    {"a76xx.ciptimeout.range", ParameterRange{"CIPTIMEOUT", "cipsend"}},
    {"a76xx.ciptimeout.effect", OnLateResult{"NETOPEN", within_timeout<0>}},
    {"a76xx.ciptimeout.effect", OnLateResult{"CIPOPEN", within_timeout<1>}},
    {"a76xx.ciptimeout.effect", OnLateResult{"CIPSEND", within_timeout<2>}},
    {"a76xx.cipccfg.ranges", ParameterRange{"CIPCCFG", "NmRetry"}},
    {"a76xx.cipccfg.ranges", ParameterRange{"CIPCCFG", "DelayTm"}},
    {"a76xx.cipccfg.ranges", ParameterRange{"CIPCCFG", "Ack"}},
    {"a76xx.cipccfg.ranges", ParameterRange{"CIPCCFG", "errMode"}},
    {"a76xx.cipccfg.ranges", ParameterRange{"CIPCCFG", "HeaderType"}},
    {"a76xx.cipccfg.ranges", ParameterRange{"CIPCCFG", "AsyncMode"}},
    {"a76xx.cipccfg.ranges", ParameterRange{"CIPCCFG", "TimeoutVal"}},
    {"a76xx.cipccfg.ranges", ParameterRange{"CIPCCFG", "udpRecvmode"}},
    {"a76xx.cipccfg.fields", OnEvent{Kind::malformed, fields_of_cipccfg}},
    {"a76xx.settings.readback", ReadBack{"CIPMODE"}},
    {"a76xx.settings.readback", ReadBack{"CIPHEAD"}},
    {"a76xx.settings.readback", ReadBack{"CIPSRIP"}},
    {"a76xx.settings.readback", ReadBack{"CIPSENDMODE"}},
    {"a76xx.settings.readback", ReadBack{"CIPTIMEOUT"}},
    {"a76xx.settings.readback", ReadBack{"CIPCCFG"}},
    {"a76xx.settings.readback", ReadBack{"CIPRXGET"}},
    {"a76xx.settings.readback", ReadBack{"CSOCKSETPN"}},
    {"a76xx.settings.readback", ReadBack{"CTCPKA"}},
    {"a76xx.ctcpka.ranges", ParameterRange{"CTCPKA", "keepalive"}},
    {"a76xx.ctcpka.ranges", ParameterRange{"CTCPKA", "keepidle"}},
    {"a76xx.ctcpka.ranges", ParameterRange{"CTCPKA", "keepcount"}},
    {"a76xx.ctcpka.ranges", ParameterRange{"CTCPKA", "keepinterval"}},
    {"a76xx.cdnsgip.answer", OnResult{"CDNSGIP", addresses}},
    {"a76xx.cdnsgip.name", OnCommand{"CDNSGIP", name_to_resolve}},
    {"a76xx.cdnsgip.name", ParameterRange{"CDNSGIP", "name"}},
    {"a76xx.csoc.mss-range", ParameterRange{"CSOC", "mtu"}},
    {"a76xx.csoc.retries", OnCommand{"CSOC", retransmissions}},
    {"a76xx.cipcfg.transwaittm-range", ParameterRange{"CIPCFG", "ms"}},
    {"a76xx.test-form.has-ranges", OnEvent{Kind::supported, test_ranges}},
};

}  // namespace

extern const std::span<const Check> links_settings_checks{checks};

}  // namespace conformance
