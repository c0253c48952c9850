// The rules about AT+QNTP and the clock (bc65, bc26, ec200x).
#include <algorithm>
#include <cctype>

#include "rules/check.hpp"
#include "rules/services/runs.hpp"

namespace conformance {
namespace {

using atwire::CommandForm;
using atwire::Kind;
using atwire::Quirk;

bool is_sync(Kind kind) { return kind == Kind::time_synced; }
Run run_of_sync(const Services& services) { return services.sync; }

void one_sync_result(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const Run run = dialogue.services.sync;
    if ((run == Run::ended || run == Run::refused) && !dialogue.waits("QNTP", CommandForm::write))
        report(event, run == Run::ended ? "one +QNTP for each AT+QNTP" : "no +QNTP: AT+QNTP was answered ERROR");
}

/// The two digits behind the `nth` of the marks, -1 where there are none.
int part_of_time(std::string_view time, std::size_t nth) {
    for (std::size_t i = 0; i < time.size(); ++i) {
        if (std::isdigit(static_cast<unsigned char>(time[i])) != 0 || nth-- != 0) continue;
        time.remove_prefix(i + 1);
        const auto digit = [&time](std::size_t at) {
            return at < time.size() && std::isdigit(static_cast<unsigned char>(time[at])) != 0 ? time[at] - '0' : -1;
        };
        return digit(0) < 0 ? -1 : digit(1) < 0 ? digit(0) : digit(0) * 10 + digit(1);
    }
    return -1;
}

void time_of_day(const HeardEvent& event, const Dialogue&, const Report& report) {
    struct Part {
        std::string_view name;
        int least, most;
    };
    constexpr Part parts[] = {{"month", 1, 12}, {"day", 1, 31}, {"hour", 0, 23}, {"minute", 0, 59}, {"second", 0, 60}};
    const auto& time = event.message.body.time_synced.time;
    if (!time) return;
    for (std::size_t i = 0; i < std::size(parts); ++i) {
        const int value = part_of_time(*time, i);
        if (value >= parts[i].least && value <= parts[i].most) continue;
        return report(event,
                      std::string{parts[i].name} + " in " + std::to_string(parts[i].least) + ".." +
                          std::to_string(parts[i].most) + ", not " + std::to_string(value),
                      place_of(event.wire, *time));
    }
}

template <int least, int most>
void zone(const HeardEvent& event, const Dialogue&, const Report& report) {
    const auto& time = event.message.body.time_synced.time;
    const std::size_t sign = time ? (*time).find_last_of("+-") : std::string_view::npos;
    if (sign == std::string_view::npos) return;
    int quarters = 0;
    for (const char c : (*time).substr(sign + 1)) quarters = quarters * 10 + (c - '0');
    if ((*time)[sign] == '-') quarters = -quarters;
    if (quarters < least || quarters > most)
        report(event,
               "a zone in " + std::to_string(least) + "..+" + std::to_string(most) + ", not " + std::string{(*time).substr(sign)},
               place_of(event.wire, *time) + sign);
}

/// What two clocks may differ by.
constexpr std::int64_t clock_slack = 2;
/// How far the clock is from where the earlier reading has run to; by UTC where the module shows that in one of them.
std::int64_t off(const Reading& before, const Reading& now) {
    const std::int64_t passed = static_cast<std::int64_t>(now.heard - before.heard + 0.5);
    const std::int64_t local = std::abs(now.local - before.local - passed);
    constexpr std::int64_t quarter = 15 * 60;
    return std::min(local, std::abs(now.local - now.zone * quarter - before.local + before.zone * quarter - passed));
}

template <std::optional<Reading> Services::*before>
void clock_runs_on(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    const atwire::Information& line = event.message.body.information;
    const auto& from = dialogue.services.*before;
    if (!from || (line.name != "CCLK" && line.name != "QCCLK")) return;
    if (const auto now = reading_of(line.text, event.place); now && off(*from, *now) > clock_slack)
        report(event, "a clock that is " + std::to_string(off(*from, *now)) + " s from here", place_of(event.wire, line.text));
}

/// A result of the one that runs may come before the reply.
void server_while_syncing(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (!dialogue.answers("QNTP", CommandForm::read) || dialogue.pending.front().reply(Kind::time_synced) != nullptr) return;
    const Run run = dialogue.services.sync;
    if (run == Run::ended || run == Run::refused) return report(event, "OK alone: no synchronisation runs");
    const atwire::NtpServer& told = event.message.body.ntp_server;
    for (const Exchange& one : dialogue.awaited) {
        const auto* asked = one.get<atwire::SyncTime>();
        if (asked == nullptr || run != Run::going) continue;
        if (asked->server != told.server)
            report(event, quoted(asked->server) + ", not " + quoted(told.server), place_of(event.wire, told.server));
        if (asked->port && *asked->port != told.port)
            report(event, "port " + std::to_string(*asked->port) + ", not " + std::to_string(told.port),
                   event.wire.rfind(',') + 1);
    }
}

void server_told(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.form == CommandForm::read && exchange.is_ok() && dialogue.services.sync == Run::going &&
        exchange.reply(Kind::ntp_server) == nullptr && exchange.reply(Kind::time_synced) == nullptr)
        report(*exchange.result, "+QNTP: with the server: a synchronisation runs");
}

constexpr Check checks[] = {
    {"nb.qntp.mrt-300ms", ResponseTime{"QNTP"}},
    {"ec200x.qntp.mrt-125s", ResponseTime{"QNTP"}},
    {"ec200x.qntp.mrt-125s", LateResultTime{"QNTP", LateResultTime::From::command}},
    {"qi.qntp.ok-then-result", OnResult{"QNTP", ok_first<is_sync, run_of_sync>}},
    {"qi.qntp.ok-then-result", OnEvent{Kind::time_synced, one_sync_result}},
    {"qi.qntp.zero-has-time", FieldRange{Kind::time_synced, "time"}},
    {"bc65.qntp.err-codes", FieldRange{Kind::time_synced, "error"}},
    {"bc26-ec200x.qntp.err-codes", FieldRange{Kind::time_synced, "error"}},
    {"bc65-ec200x.qntp.time-format", OnEvent{Kind::time_synced, time_of_day}},
    {"bc65-ec200x.qntp.time-format", NoQuirk{Quirk::year_width, Kind::time_synced}},
    {"bc65-ec200x.qntp.time-format", NoQuirk{Quirk::extra_time_group, Kind::time_synced}},
    {"bc65-ec200x.qntp.time-format", NoQuirk{Quirk::missing_zone, Kind::time_synced}},
    {"bc26.qntp.time-format", OnEvent{Kind::time_synced, time_of_day}},
    {"bc26.qntp.time-format", NoQuirk{Quirk::year_width, Kind::time_synced}},
    {"bc26.qntp.time-format", NoQuirk{Quirk::missing_zone, Kind::time_synced}},
    {"bc65-ec200x.qntp.zone-range", OnEvent{Kind::time_synced, zone<-48, 56>}},
    {"bc26.qntp.zone-range", OnEvent{Kind::time_synced, zone<-47, 48>}},
    {"qi.qntp.autoset-sets-rtc", OnEvent{Kind::information, clock_runs_on<&Services::synced>}},
    {"qi.qntp.autoset-0-leaves-rtc", OnEvent{Kind::information, clock_runs_on<&Services::left>}},
    {"qi.qntp.autoset-values", ParameterRange{"QNTP", "auto_set_time"}},
    {"qi.qntp.autoset-values", ParameterRange{"QNTP", "autosettime"}},
    {"ec200x.qntp.port-range", ParameterRange{"QNTP", "port"}},
    {"bc26.qntp.server-max-150", ParameterRange{"QNTP", "server"}},
    {"ec200x.qntp.read-while-syncing", OnEvent{Kind::ntp_server, server_while_syncing}},
    {"ec200x.qntp.read-while-syncing", OnResult{"QNTP", server_told}},
};

}  // namespace

extern const std::span<const Check> services_times_checks{checks};

}  // namespace conformance
