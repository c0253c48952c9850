#include "rules/services/services.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>

#include "rules/dialogue.hpp"
#include "rules/wire.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using State = Context::State;

/// As much as any documented dialogue needs.
constexpr std::size_t most_addresses = 64;

bool failed(const Exchange& exchange) {
    const Kind kind = (*exchange.result)->kind;
    return kind == Kind::error || kind == Kind::cme_error || kind == Kind::cms_error;
}

bool among(std::string_view line, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(names, [line](std::string_view name) { return is_command(line, name); });
}

/// The default of a parameter that was left out.
std::uint32_t given(const atwire::Maybe<std::uint32_t>& value, const Exchange& exchange, std::size_t parameter) {
    if (value) return *value;
    for (const atwire::CommandRow& row : exchange.facts->rows)
        if (row.form == atwire::CommandForm::write && parameter < row.size())
            return static_cast<std::uint32_t>(std::max<std::int64_t>(row.parameters[parameter].fallback, 0));
    return 0;
}

/// A run that two commands share is nobody's.
Run begun(Run before) { return before == Run::going ? Run::unknown : Run::going; }
Run refused(Run before) { return before == Run::ended ? Run::refused : before; }
/// Its result has come, or a line that nobody asked for.
Run ended(Run before) { return before == Run::going ? Run::ended : Run::unknown; }

/// An event whose error AT+QIGETERROR would tell.
bool is_late_result(Kind kind) {
    return kind == Kind::socket_opened || kind == Kind::close_ok || kind == Kind::send_ok || kind == Kind::send_fail ||
           kind == Kind::ping_summary || kind == Kind::time_synced || kind == Kind::dns_result || kind == Kind::peer_closed ||
           kind == Kind::context_lost;
}

/// The digits at `text`'s begin, at most `most` of them; -1 where there is none.
int digits(std::string_view& text, std::size_t most) {
    int number = -1;
    for (; most > 0 && !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) != 0; --most, text.remove_prefix(1))
        number = std::max(number, 0) * 10 + (text[0] - '0');
    return number;
}
bool take(std::string_view& text, char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

bool tells_length(const HeardEvent& event) {
    if (event.message.kind == Kind::data_available) return event.message.doubts.empty();
    const atwire::DataRead& read = event.message.body.data_read;
    return read.length != 0 && (!read.remaining || event.message.doubts.empty());
}

bool restarts(std::string_view line) { return among(line, {"CFUN", "QPOWD", "QRST", "CRESET", "NRB"}); }

std::optional<std::uint32_t> context_of(const atwire::Command& command) {
    for (const atwire::Field& field : atwire::fields(command.kind))
        if (field.name == "context")
            if (const auto* context = atwire::value_of<std::uint32_t>(command.body, field)) return *context;
    return {};
}

std::optional<Reading> reading_of(std::string_view text, const Place& place) {
    if (!place.time) return {};
    take(text, '"');
    const int year = digits(text, 4);
    if (year < 0 || !take(text, '/')) return {};
    const int month = digits(text, 2);
    if (month < 0 || !take(text, '/')) return {};
    const int day = digits(text, 2);
    if (day < 0 || !take(text, ',')) return {};
    take(text, ' ');
    const int hour = digits(text, 2);
    if (hour < 0 || !take(text, ':')) return {};
    const int minute = digits(text, 2);
    if (minute < 0 || !take(text, ':')) return {};
    const int second = digits(text, 2);
    if (second < 0) return {};
    if (take(text, ':')) digits(text, 2);
    const bool west = !text.empty() && text[0] == '-';
    const int zone = take(text, west ? '-' : '+') ? digits(text, 2) : 0;
    const std::chrono::year_month_day date{std::chrono::year{year < 100 ? 2000 + year : year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || zone < 0) return {};
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    return Reading{((days * 24 + hour) * 60 + minute) * 60 + second, west ? -zone : zone, *place.time};
}

// ── What the host says ──────────────────────────────────────────────────────────────────────────────────────────────────────

void Services::heard(const HeardCommand& command, const Dialogue&) {
    if (failed_deactivations >= most_failures && context_of(command.message)) failed_deactivations = 0;
    switch (command.message.kind) {
        case atwire::CommandKind::raw:
            if (restarts(command.wire) || among(command.wire, {"CGACT", "CGATT", "COPS"})) *this = {};
            if (among(command.wire, {"CCLK", "QCCLK"}) && !command.wire.ends_with('?')) synced = clock = left = std::nullopt;
            return;
        case atwire::CommandKind::open_socket: {
            const atwire::OpenSocket& open = command.message.body.open_socket;
            if (open.socket < cut_off.size()) cut_off[open.socket] = false;
            if (*open.context < contexts_end) contexts[*open.context].asked = true;
            return;
        }
        case atwire::CommandKind::deactivate_context: {
            const std::uint32_t context = command.message.body.deactivate_context.context;
            if (context >= contexts_end) return;
            contexts[context].failed = false;
            if (contexts[context].state == State::lost) contexts[context].state = State::inactive;
            return;
        }
        default: return;
    }
}

// ── What the module says ────────────────────────────────────────────────────────────────────────────────────────────────────

void Services::heard(const HeardEvent& event, const Dialogue& dialogue) {
    const auto& body = event.message.body;
    prompted = event.message.kind == Kind::prompt;
    if (is_late_result(event.message.kind)) last = Last::unknown;
    switch (event.message.kind) {
        case Kind::payload: return;
        case Kind::context_lost:
            if (body.context_lost.context < contexts_end) contexts[body.context_lost.context].state = State::lost;
            return;
        case Kind::incoming:
            if (body.incoming.socket >= cut_off.size() || body.incoming.server >= cut_off.size()) return;
            cut_off[body.incoming.socket] = false;
            socket_context[body.incoming.socket] = socket_context[body.incoming.server];
            return;
        case Kind::socket_opened:
            if (body.socket_opened.error != 0 && body.socket_opened.socket < cut_off.size())
                socket_context[body.socket_opened.socket] = 0;
            if (body.socket_opened.error != 0) last = Last::open_failed;
            last_error = body.socket_opened.error;
            return;
        case Kind::ping_reply:
            if (ping.run == Run::going) return replied(body.ping_reply, event.place);
            if (!dialogue.waits("QPING", atwire::CommandForm::write)) ping.run = Run::unknown;
            return;
        case Kind::ping_summary:
            if (!dialogue.waits("QPING", atwire::CommandForm::write) || ping.run == Run::going) ping.run = ended(ping.run);
            return;
        case Kind::time_synced:
            was_synced(event, dialogue);
            if (!dialogue.waits("QNTP", atwire::CommandForm::write) || sync == Run::going) sync = ended(sync);
            return;
        case Kind::dns_result:
            if (!dialogue.waits("QIDNSGIP", atwire::CommandForm::write) || look_up.run == Run::going)
                look_up.run = ended(look_up.run);
            return resolved(body.dns_result);
        case Kind::dns_address:
            if (look_up.addresses.size() < most_addresses) look_up.addresses.emplace_back(body.dns_address.address);
            if (look_up.left && *look_up.left > 0) --*look_up.left;
            return;
        case Kind::information: return told(body.information, event.place, dialogue);
        case Kind::data_read:
            hex_payload = body.data_read.encoding == atwire::Encoding::hex;
            if (tells_length(event)) lengths_shown = body.data_read.remaining.there;
            return;
        case Kind::data_received: hex_payload = body.data_received.encoding == atwire::Encoding::hex; return;
        case Kind::data_available:
            if (tells_length(event)) lengths_shown = body.data_available.length.there;
            return;
        default: return;
    }
}

void Services::replied(const atwire::PingReply& reply, const Place& place) {
    ping.last = place;
    ++ping.replies;
    if (reply.address && ping.address.empty()) ping.address = *reply.address;
    if (reply.result != 0 || !reply.time) return;
    ping.min = ping.answered == 0 ? *reply.time : std::min(ping.min, *reply.time);
    ping.max = std::max(ping.max, *reply.time);
    ping.sum += *reply.time;
    ++ping.answered;
}

void Services::resolved(const atwire::DnsResult& header) {
    look_up.left = header.error == 0 ? *header.count : 0;
    look_up.error = header.error;
    look_up.addresses.clear();
}

void Services::was_synced(const HeardEvent& event, const Dialogue& dialogue) {
    const atwire::TimeSynced& result = event.message.body.time_synced;
    const Exchange* exchange = dialogue.awaits(event.message);
    if (result.error != 0) return;
    const auto* asked = exchange == nullptr ? nullptr : exchange->get<atwire::SyncTime>();
    synced = left = std::nullopt;
    if (asked == nullptr || !asked->auto_set) {
        clock.reset();
    } else if (*asked->auto_set == 1) {
        synced = reading_of(*result.time, event.place);
        clock.reset();
    } else {
        left = clock;
    }
}

/// Lines of other specifications: whether the module is registered (27.007 10.1.22), and its clock.
void Services::told(const atwire::Information& line, const Place& place, const Dialogue& dialogue) {
    if (line.name == "CCLK" || line.name == "QCCLK") {
        clock = reading_of(line.text, place);
        synced = left = std::nullopt;
        return;
    }
    if (line.name != "CEREG") return;
    const bool read = !dialogue.pending.empty() && is_command(dialogue.pending.front().command.wire, line.name);
    auto value = atwire::Values{line.text}.begin();
    if (read && value != nullptr) ++value;
    if (value == nullptr || value->type != atwire::Value::Type::integer) return;
    registered = value->integer == 1 || value->integer == 5;
}

// ── Results ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Services::finished(const Exchange& exchange, const Dialogue&) {
    finished_error(exchange);
    finished_context(exchange);
    finished_run(exchange);
    if (!exchange.succeeded()) return;
    if (const auto* echo = exchange.get<atwire::SetSendEcho>()) send_echo = echo->echo;
    if (const auto* set = exchange.get<atwire::SetDnsServers>(); set != nullptr && *set->context < contexts_end)
        contexts[*set->context].servers = exchange.command.message;
}

void Services::finished_context(const Exchange& exchange) {
    if (exchange.name == "QIACT" && exchange.form == atwire::CommandForm::read) return listed_contexts(exchange);
    if (const auto* set = exchange.get<atwire::SetContextProfile>(); set != nullptr && set->context < contexts_end) {
        if (exchange.succeeded()) {
            contexts[set->context].profile = exchange.command.message;
            contexts[set->context].blank = false;
        }
    } else if (const auto* query = exchange.get<atwire::QueryContextProfile>();
               query != nullptr && query->context < contexts_end) {
        const auto* told = exchange.reply(Kind::context_profile);
        if (told == nullptr) return;
        const atwire::ContextProfile& profile = (*told)->body.context_profile;
        contexts[query->context].blank = !contexts[query->context].profile && profile.apn.empty() && profile.username.empty() &&
                                         profile.password.empty() && profile.authentication == 0;
    } else if (const auto* on = exchange.get<atwire::ActivateContext>(); on != nullptr && on->context < contexts_end) {
        Context& context = contexts[on->context];
        if (failed(exchange)) context.failed = context.state != State::active;
        if (!exchange.succeeded()) return;
        context.state = State::active;
        context.asked = false;
        context.type_before = context.type;
        context.type = context.profile ? atwire::get<atwire::SetContextProfile>(**context.profile)->type : 0;
    } else if (const auto* off = exchange.get<atwire::DeactivateContext>(); off != nullptr && off->context < contexts_end) {
        if (failed(exchange)) {
            ++failed_deactivations;
            if (contexts[off->context].state == State::active) contexts[off->context].state = State::unknown;
        }
        if (!exchange.succeeded()) return;
        failed_deactivations = 0;
        contexts[off->context].state = State::inactive;
        for (std::size_t socket = 0; socket < cut_off.size(); ++socket)
            if (socket_context[socket] == off->context) cut_off[socket] = true;
    } else if (const auto* open = exchange.get<atwire::OpenSocket>();
               open != nullptr && exchange.succeeded() && open->socket < cut_off.size()) {
        socket_context[open->socket] = static_cast<std::uint8_t>(*open->context);
    }
}

/// What AT+QIACT? lists, but for a context that was lost meanwhile.
void Services::listed_contexts(const Exchange& exchange) {
    if (!exchange.succeeded()) return;
    std::array<State, contexts_end> listed{};
    listed.fill(State::inactive);
    for (const Said<atwire::Event>& reply : exchange.replies) {
        if (const auto* row = atwire::get<atwire::ContextStatus>(*reply); row != nullptr && row->context < contexts_end)
            listed[row->context] = row->state == 1 ? State::active : State::inactive;
        if (const auto* lost = atwire::get<atwire::ContextLost>(*reply); lost != nullptr && lost->context < contexts_end)
            listed[lost->context] = State::unknown;
    }
    for (std::size_t i = 1; i < contexts_end; ++i) {
        contexts[i].asked = true;
        if (listed[i] == State::unknown || (listed[i] == State::inactive && contexts[i].state == State::lost)) continue;
        contexts[i].state = listed[i];
    }
}

void Services::finished_run(const Exchange& exchange) {
    const bool refuses = failed(exchange);
    if (const auto* asked = exchange.get<atwire::Ping>()) {
        if (refuses) ping.run = refused(ping.run);
        if (!exchange.succeeded()) return;
        const Run run = begun(ping.run);
        ping = {.run = run,
                .by_name = is_host_name(asked->host),
                .timeout = given(asked->timeout, exchange, 2),
                .count = given(asked->count, exchange, 3),
                .size = given(asked->size, exchange, 4),
                .last = (*exchange.result).place};
        for (const Said<atwire::Event>& reply : exchange.replies)
            if (const auto* early = atwire::get<atwire::PingReply>(*reply)) replied(*early, reply.place);
        if (exchange.reply(Kind::ping_summary) != nullptr) ping.run = ended(ping.run);
    } else if (exchange.get<atwire::SyncTime>() != nullptr) {
        if (refuses) sync = refused(sync);
        if (exchange.succeeded()) sync = exchange.reply(Kind::time_synced) != nullptr ? ended(begun(sync)) : begun(sync);
    } else if (exchange.get<atwire::Resolve>() != nullptr) {
        if (refuses) look_up.run = refused(look_up.run);
        if (exchange.succeeded())
            look_up.run = exchange.reply(Kind::dns_result) != nullptr ? ended(begun(look_up.run)) : begun(look_up.run);
    }
}

/// What AT+QIGETERROR has to say next. Commands of other specifications don't change it.
void Services::finished_error(const Exchange& exchange) {
    if (exchange.facts == nullptr || exchange.name == "QIGETERROR") return;
    last = Last::unknown;
    if ((*exchange.result)->kind != Kind::error) return;
    last = Last::refused;
    if (exchange.name != "QIOPEN" || exchange.get<atwire::Raw>() == nullptr) return;
    auto value = values_of(exchange.command.wire).begin();
    if (value->type != atwire::Value::Type::integer) return;
    ++value;
    if (value != nullptr && value->type == atwire::Value::Type::string) last = Last::open_without_socket;
}

}  // namespace conformance
