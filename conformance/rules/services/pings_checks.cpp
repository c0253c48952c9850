// The rules about AT+QPING (bc65, bc26, ec200x).
#include "rules/check.hpp"
#include "rules/services/runs.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;
using atwire::Quirk;

bool is_ping(Kind kind) { return kind == Kind::ping_reply || kind == Kind::ping_summary; }
Run run_of_ping(const Services& services) { return services.ping.run; }

/// What a module may be late where a timer has to run out first, and what times in whole seconds leave open.
constexpr double timer_slack = 1;

void no_line_of_refused_ping(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    if (dialogue.services.ping.run == Run::refused && !dialogue.waits("QPING", CommandForm::write))
        report(line, "no +QPING: AT+QPING was answered ERROR");
}

void nothing_behind_summary(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    if (dialogue.services.ping.run == Run::ended && !dialogue.waits("QPING", CommandForm::write))
        report(line, "no +QPING behind the summary of the ping");
}

/// The summary of the ping that is under way, with its seven numbers.
const atwire::PingSummary* summed_up(const HeardEvent& event, const Dialogue& dialogue) {
    const atwire::PingSummary& summary = event.message.body.ping_summary;
    return dialogue.services.ping.run == Run::going && summary.avg ? &summary : nullptr;
}
const PingRun* going(const Dialogue& dialogue) {
    return dialogue.services.ping.run == Run::going ? &dialogue.services.ping : nullptr;
}

void as_many_replies(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const PingRun& ping = dialogue.services.ping;
    if (summed_up(event, dialogue) != nullptr && ping.replies != ping.count)
        report(event, std::to_string(ping.count) + " replies before the summary, not " + std::to_string(ping.replies));
}

void sent_as_many(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const auto* summary = summed_up(event, dialogue);
    if (summary != nullptr && *summary->sent != dialogue.services.ping.count)
        report(event, "sent " + std::to_string(dialogue.services.ping.count) + ", not " + std::to_string(*summary->sent),
               event.wire.find(',') + 1);
}

void sums_agree(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const atwire::PingSummary& summary = event.message.body.ping_summary;
    if (!summary.avg) return;
    if (std::uint64_t{*summary.received} + *summary.lost != *summary.sent)
        return report(event, "sent = received + lost, not " + std::to_string(*summary.sent) + " = " +
                                 std::to_string(*summary.received) + " + " + std::to_string(*summary.lost));
    const PingRun* ping = going(dialogue);
    if (ping != nullptr && ping->replies == *summary.sent && ping->answered != *summary.received)
        report(event, "received " + std::to_string(ping->answered) + ", the replies with result 0, not " +
                          std::to_string(*summary.received));
}

void smallest_and_largest(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const atwire::PingSummary& summary = event.message.body.ping_summary;
    if (!summary.avg || *summary.received == 0) return;
    if (*summary.min > *summary.max) return report(event, "min at most max");
    const PingRun* ping = going(dialogue);
    if (ping == nullptr || ping->answered != *summary.received) return;
    if (*summary.min != ping->min) report(event, "min " + std::to_string(ping->min) + ", not " + std::to_string(*summary.min));
    if (*summary.max != ping->max) report(event, "max " + std::to_string(ping->max) + ", not " + std::to_string(*summary.max));
}

/// The mean of whole milliseconds, itself a whole one, both rounded somehow.
void mean(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const atwire::PingSummary& summary = event.message.body.ping_summary;
    if (!summary.avg || *summary.received == 0 || *summary.min > *summary.max) return;
    const std::size_t at = event.wire.rfind(',') + 1;
    if (*summary.avg < *summary.min || *summary.avg > *summary.max) return report(event, "avg between min and max", at);
    const PingRun* ping = going(dialogue);
    if (ping == nullptr || ping->answered != *summary.received) return;
    const double middle = static_cast<double>(ping->sum) / ping->answered;
    if (*summary.avg <= middle - 2 || *summary.avg >= middle + 2)
        report(event, "avg " + std::to_string(static_cast<std::int64_t>(middle + 0.5)) + ", not " + std::to_string(*summary.avg),
               at);
}

/// The first line also has to wait for the host's name to be resolved.
void within_timeout(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const PingRun* ping = going(dialogue);
    if (ping == nullptr) return;
    const auto* reply = atwire::get<atwire::PingReply>(event.message);
    if (reply != nullptr && *reply->time > std::uint64_t{ping->timeout} * 1000)
        return report(event, "time at most " + std::to_string(ping->timeout) + " s, not " + std::to_string(*reply->time) + " ms");
    if (ping->by_name && ping->replies == 0) return;
    if (const auto passed = seconds_between(ping->last, event.place); passed && *passed > ping->timeout + timer_slack)
        report(event, "+QPING at most " + std::to_string(ping->timeout) + " s behind the line before it");
}

void as_many_bytes(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const PingRun* ping = going(dialogue);
    const auto& bytes = event.message.body.ping_reply.bytes;
    if (ping != nullptr && bytes && *bytes != ping->size)
        report(event, std::to_string(ping->size) + " bytes, not " + std::to_string(*bytes),
               place_of(event.wire, "," + std::to_string(*bytes) + ",") + 1);
}

void same_address(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const PingRun* ping = going(dialogue);
    const auto& address = event.message.body.ping_reply.address;
    if (ping != nullptr && address && !ping->address.empty() && *address != ping->address)
        report(event, ping->address + ", as in the replies before, not " + std::string{*address}, place_of(event.wire, *address));
}

void no_ipv6(const Exchange& exchange, const Dialogue&, const Report& report) {
    if (const auto* ping = exchange.get<atwire::Ping>(); ping != nullptr && ping->host.find(':') != std::string_view::npos)
        report(exchange.command, "a name or an IPv4 address", place_of(exchange.command.wire, ping->host));
}

constexpr Check checks[] = {
    {"nb.qping.mrt-300ms", ResponseTime{"QPING"}},
    {"qi.qping.ok-first", OnResult{"QPING", ok_first<is_ping, run_of_ping>}},
    {"qi.qping.error-no-lines", OnEvent{Kind::ping_reply, no_line_of_refused_ping}},
    {"qi.qping.error-no-lines", OnEvent{Kind::ping_summary, no_line_of_refused_ping}},
    {"qi.qping.replies-equal-num", OnEvent{Kind::ping_summary, as_many_replies}},
    {"qi.qping.summary-last", OnEvent{Kind::ping_reply, nothing_behind_summary}},
    {"qi.qping.summary-last", OnEvent{Kind::ping_summary, nothing_behind_summary}},
    {"bc65.qping.finresult-2", FieldRange{Kind::ping_summary, "result"}},
    {"bc65.qping.finresult-2", FieldRange{Kind::ping_summary, "sent"}},
    {"bc26-ec200x.qping.finresult-0", FieldRange{Kind::ping_summary, "result"}},
    {"bc26-ec200x.qping.finresult-0", FieldRange{Kind::ping_summary, "sent"}},
    {"bc65.qping.result-codes", FieldRange{Kind::ping_reply, "result"}},
    {"bc26-ec200x.qping.result-codes", FieldRange{Kind::ping_reply, "result"}},
    {"qi.qping.sent-equals-num", OnEvent{Kind::ping_summary, sent_as_many}},
    {"qi.qping.sent-is-received-plus-lost", OnEvent{Kind::ping_summary, sums_agree}},
    {"qi.qping.min-max", OnEvent{Kind::ping_summary, smallest_and_largest}},
    {"qi.qping.avg", OnEvent{Kind::ping_summary, mean}},
    {"qi.qping.time-within-timeout", OnEvent{Kind::ping_reply, within_timeout}},
    {"qi.qping.time-within-timeout", OnEvent{Kind::ping_summary, within_timeout}},
    {"qi.qping.timeout-range", ParameterRange{"QPING", "time_out"}},
    {"qi.qping.timeout-range", ParameterRange{"QPING", "timeout"}},
    {"qi.qping.num-range", ParameterRange{"QPING", "ping_num"}},
    {"qi.qping.num-range", ParameterRange{"QPING", "pingnum"}},
    {"nb.qping.size-range", ParameterRange{"QPING", "ping_size"}},
    {"nb.qping.bytes-equals-size", OnEvent{Kind::ping_reply, as_many_bytes}},
    {"qi.qping.one-address", OnEvent{Kind::ping_reply, same_address}},
    {"bc26.qping.no-ipv6", OnCommand{"QPING", no_ipv6}},
    {"bc26.qping.host-max-150", ParameterRange{"QPING", "host"}},
    {"bc65.qping.address-unquoted", NoQuirk{Quirk::quoted_address, Kind::ping_reply}},
    {"bc26-ec200x.qping.address-quoted", NoQuirk{Quirk::unquoted_address, Kind::ping_reply}},
};

}  // namespace

extern const std::span<const Check> services_pings_checks{checks};

}  // namespace conformance
