#include "rules/checker.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "rules/parameters.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {

namespace {

using atwire::Kind;

/// A sentence as a part of one: "One CR LF before the line." as "one CR LF before the line".
std::string phrase(std::string_view sentence) {
    std::string text{sentence.substr(0, sentence.find_last_not_of('.') + 1)};
    const auto is_upper = [&text](std::size_t i) { return i < text.size() && text[i] >= 'A' && text[i] <= 'Z'; };
    if (is_upper(0) && !is_upper(1)) text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

std::string no_later(const std::string& what, std::uint32_t limit, double passed, bool answered) {
    return what + " at most " + seconds(limit / 1000.0) + " later, " +
           (answered ? "not " + seconds(passed) : "not none in " + seconds(passed));
}

/// The row of the command's table that gives the longest time for the result behind the OK.
std::uint32_t late_limit(const Exchange& exchange, LateResultTime::From from) {
    std::uint32_t most = 0;
    for (const atwire::CommandRow& row : exchange.facts->rows)
        if (row.form == exchange.form) most = std::max(most, row.late_result);
    return most == 0 && from == LateResultTime::From::command ? exchange.facts->max_response : most;
}

constexpr std::size_t most_unheard = 1024;

}  // namespace

Checker::Checker(const atwire::Dialect& dialect, const Capture& capture, Sink sink)
    : Listener{fastest(dialect), capture},
      capture_{capture},
      sink_{[this, to = std::move(sink)](Finding finding) {
          if (muted_) return;
          if (aside_ != nullptr)
              aside_->push_back(std::move(finding));
          else
              to(std::move(finding));
      }},
      dialogue_{dialect, session().settings},
      tables_{dialect} {
    dialogue_.framing = capture.framing;
    for (const CheckTable& table : check_tables())
        for (const Check& check : table.checks) sort(check);
}

/// Puts the row to those of its moment, where its rule is one of this dialect and of what the capture can show.
void Checker::sort(const Check& check) {
    const Rule* rule = rule_of(check.rule);
    if (rule == nullptr) throw std::logic_error{"no rule " + std::string{check.rule}};
    if (!rule->concerns(dialect().facts.name) || (rule->needs_times() && !capture_.times)) return;
    if (is_of_framing(check) && !capture_.framing) return;
    std::visit(
        [&]<class Moment>(const Moment& moment) {
            auto* rows = &std::get<HeldAll<Moment>>(held_);
            if constexpr (std::is_same_v<Moment, OnEvent>)
                if (moment.kind) rows = &on_kind_[static_cast<std::size_t>(*moment.kind)];
            rows->push_back({&moment, rule});
        },
        check.moment);
}

template <class Moment, class... What>
void Checker::run(std::string_view name, const What&... what) const {
    for (const auto& [moment, rule] : held<Moment>())
        if (moment->name.empty() || moment->name == name) moment->check(what..., dialogue_, Report{*rule, sink_});
}

template <class Moment, class... What>
void Checker::run_all(const HeldAll<Moment>& checks, const What&... what) const {
    for (const auto& [moment, rule] : checks) moment->check(what..., dialogue_, Report{*rule, sink_});
}

void Checker::find(const Rule* rule, const Place& place, std::string_view wire, std::string expected, std::size_t caret) const {
    sink_({rule, place, std::string{wire}, caret, std::move(expected)});
}

// ── What the host says ──────────────────────────────────────────────────────────────────────────────────────────────────────

void Checker::heard(const HeardCommand& command) {
    if (command.message.kind == atwire::CommandKind::send_data) {
        run_all(held<OnData>(), command);
        dialogue_.heard(command);
        return;
    }
    const Exchange begun = dialogue_.begun(command);
    hold_parameters(begun);
    if (dialogue_.last_event || dialogue_.pending.empty())
        run<OnCommand>(begun.name, begun);
    else
        hold_unheard(begun);
    dialogue_.heard(command);
}

/// While the module hasn't been heard at all, its side may not be in the capture: what is wrong only because commands wait is put
/// aside until it is heard.
void Checker::hold_unheard(const Exchange& command) {
    std::vector<Finding> alone, waiting;
    std::deque<Exchange> pending;
    aside_ = &alone;
    std::swap(dialogue_.pending, pending);
    run<OnCommand>(command.name, command);
    std::swap(dialogue_.pending, pending);
    aside_ = &waiting;
    run<OnCommand>(command.name, command);
    aside_ = nullptr;
    for (Finding& finding : waiting)
        if (unheard_.size() < most_unheard && std::ranges::find(alone, finding.rule, &Finding::rule) == alone.end())
            unheard_.push_back(std::move(finding));
    for (Finding& finding : alone) sink_(std::move(finding));
}

void Checker::hold_parameters(const Exchange& command) const {
    if (command.facts == nullptr || command.get<atwire::Raw>() == nullptr) return;
    const Complaint none{.expected = "a form that the manual documents", .wrong = Complaint::Wrong::form};
    const Complaint wrong = complaint(*command.facts, command.command.wire).value_or(none);
    const Rule* rule = rule_of(wrong.parameter.empty() ? command_rule : parameter_rule);
    bool of_command = false;
    const auto said = [&](const Rule* by, const Complaint& what) {
        if (!what.expected.empty()) find(by, command.command.place, command.command.wire, what.expected, what.at);
    };
    for (const auto& [range, of] : held<ParameterRange>()) {
        if (range->parameter != wrong.parameter || (!range->command.empty() && range->command != command.name)) continue;
        if (!range->option.empty() && range->option != wrong.option) continue;
        if (range->says != nullptr) {
            if (const auto what = range->says(wrong, command, dialogue_)) return said(of, *what);
        } else if (!range->command.empty() || !of_command) {
            rule = of;
            of_command = !range->command.empty();
        }
    }
    said(rule, wrong);
}

bool Checker::explains(const HeardEvent& line) const {
    for (const auto& [form, rule] : held<LineForm>()) {
        if (form->name != response_name(line.wire)) continue;
        const auto what = form->says(line.wire);
        if (!what) continue;
        find(rule, line.place, line.wire, what->expected, what->at);
        return true;
    }
    return false;
}

// ── What the module says ────────────────────────────────────────────────────────────────────────────────────────────────────

/// Whether it may be the rest of a line or of a payload: where the capture begins within one, up to the first documented line; in a
/// log without its CRs and LFs, where a payload may be shorter than its header says, behind each.
bool Checker::may_be_rest(const HeardEvent& event) {
    const Kind kind = event.message.kind;
    const bool begins = capture_.form != Form::transcript && event.message.wire.offset == 0 &&
                        (event.message.wire.lead == 0 || event.message.quirks.has(atwire::Quirk::odd_framing));
    const bool broken = kind == Kind::truncated || kind == Kind::unfinished || kind == Kind::overlong;
    const bool odd = broken || kind == Kind::text || kind == Kind::malformed || kind == Kind::information;
    const bool within = std::exchange(within_, false) || begins;
    within_ = (within && (odd || kind == Kind::payload)) || (!capture_.framing && (broken || kind == Kind::payload));
    return within || (!capture_.framing && broken);
}

/// Whether it may be what `AT+NAME=?` is answered with: `+NAME: (0-5),…`. Where the host is heard, the pending command says.
bool Checker::may_be_supported(const HeardEvent& event) const {
    if (dialogue_.both_sides) return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = event.wire.find(": "); i < event.wire.size(); ++i) {
        const std::size_t dash = i + 1;
        if (event.wire[i] == '(') return true;
        if (is_digit(event.wire[i]) && dash + 1 < event.wire.size() && event.wire[dash] == '-' && is_digit(event.wire[dash + 1]))
            return true;
    }
    return false;
}

void Checker::heard(const HeardEvent& event) {
    if (!unheard_.empty())
        for (Finding& finding : std::exchange(unheard_, {})) sink_(std::move(finding));
    const bool odd = event.message.kind == Kind::malformed || event.message.quirks.has(atwire::Quirk::undocumented_form);
    const bool doubtful = may_be_rest(event) || (odd && may_be_supported(event));
    const bool muted = std::exchange(muted_, muted_ || doubtful);
    hold(event);
    muted_ = muted;
}

void Checker::hold(const HeardEvent& event) {
    if (event.message.kind == Kind::text && says_restart(event.message)) {
        session().restarted();
        return dialogue_.restarted(event.place);
    }
    if (!event.message.quirks.empty()) hold_quirks(event);
    hold_fields(event);
    if (event.message.kind == atwire::Kind::option) hold_read_back(event);
    if (event.message.kind != atwire::Kind::malformed || !explains(event))
        run_all(on_kind_[static_cast<std::size_t>(event.message.kind)], event);
    run_all(held<OnEvent>(), event);
    if (const Exchange* awaiting = dialogue_.awaits(event.message)) {
        hold_late_time(*awaiting, event.place, true);
        run<OnLateResult>(awaiting->name, *awaiting, event);
    }
    if (event.message.kind == atwire::Kind::prompt && !dialogue_.pending.empty())
        hold_time(dialogue_.pending.front(), event.place, true);
    const bool ends = dialogue_.ends_command(event.message);
    dialogue_.heard(event);
    if (!ends) return;
    for (const Exchange& exchange : dialogue_.finish(event)) {
        hold_time(exchange, event.place, true);
        if (!capture_.echoed || !exchange.prompt || exchange.data_end) run<OnResult>(exchange.name, exchange);
        for (const Exchange& awaited : dialogue_.awaited)
            if (gives_up(exchange, awaited)) hold_late_time(awaited, event.place, false);
        dialogue_.finished(exchange);
    }
}

void Checker::hold_fields(const HeardEvent& event) const {
    const auto wrong = tables_.wrong(event.message, event.wire);
    if (!wrong) return;
    const Rule* rule = rule_of(field_rule);
    int most = -1;
    for (const auto& [range, of] : held<FieldRange>()) {
        if (range->field != wrong->item->field && range->field != wrong->item->parameter) continue;
        if (range->kind && *range->kind != event.message.kind) continue;
        if (!range->command.empty() && range->command != wrong->form->command) continue;
        if (!range->option.empty() && range->option != wrong->form->option) continue;
        const int says = range->kind.has_value() + !range->command.empty() + !range->option.empty();
        if (says > most) rule = of;
        most = std::max(most, says);
    }
    find(rule, event.place, event.wire, wrong->expected, wrong->at);
}

void Checker::hold_quirks(const HeardEvent& event) const {
    for (std::uint8_t bit = 0; bit < 32; ++bit) {
        const auto quirk = static_cast<atwire::Quirk>(bit);
        if (!event.message.quirks.has(quirk)) continue;
        const Held<NoQuirk>* nearest = nullptr;
        for (const Held<NoQuirk>& one : held<NoQuirk>())
            if (one.moment->quirk == quirk && (one.moment->kind ? *one.moment->kind == event.message.kind : nearest == nullptr))
                nearest = &one;
        if (nearest != nullptr) find(nearest->rule, event.place, event.wire, phrase(nearest->rule->expectation));
    }
}

/// The values that were set last, one by one; what is read back may have more of them.
void Checker::hold_read_back(const HeardEvent& event) const {
    const atwire::Option& option = event.message.body.option;
    const auto set = dialogue_.set.find(option_key(option.command, *option.name));
    const bool setting = !dialogue_.pending.empty() && dialogue_.pending.front().get<atwire::SetOption>() != nullptr;
    if (set == dialogue_.set.end() || setting) return;
    const auto* asked = dialogue_.pending.empty() ? nullptr : dialogue_.pending.front().get<atwire::QueryOption>();
    if (asked != nullptr && !asked->values.text.empty() && !set->second.starts_with(std::string{asked->values.text} + ","))
        return;  // of another socket
    const atwire::Values given{set->second};
    auto told = option.values.begin();
    for (const atwire::Value& value : given) {
        if (told == option.values.end()) break;
        const bool left_out = value.type == atwire::Value::Type::word && value.text.empty();
        if (!left_out && (value.type != told->type || (value.type == atwire::Value::Type::integer ? value.integer != told->integer
                                                                                                  : value.text != told->text))) {
            const Rule* rule = nullptr;
            for (const auto& [read_back, of] : held<ReadBack>())
                if (read_back->command == option.command &&
                    (read_back->option == *option.name || (read_back->option.empty() && rule == nullptr)))
                    rule = of;
            if (rule != nullptr)
                find(rule, event.place, event.wire, set->second + ", as was set, not " + std::string{option.values.text},
                     place_in(event.wire, told->text));
            return;
        }
        ++told;
    }
}

// ── Times ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// From the command, or from the last of its data, to its prompt or its final result.
void Checker::hold_time(const Exchange& exchange, const Place& now, bool answered) const {
    if (exchange.prompt && (!exchange.data_at || capture_.echoed)) return;  // the host's turn, for as long as isn't known
    const Place& from = exchange.data_at ? *exchange.data_at : exchange.command.place;
    if (!from.time || !now.time) return;
    const double passed = *now.time - *from.time;
    for (const auto& [moment, rule] : held<ResponseTime>()) {
        if (!moment->command.empty() && moment->command != exchange.name) continue;
        const std::uint32_t limit = moment->limit != nullptr    ? moment->limit(exchange, dialogue_)
                                    : exchange.facts != nullptr ? exchange.facts->max_response
                                                                : 0;
        if (limit != 0 && is_over(passed, limit))
            find(rule, exchange.command.place, exchange.command.wire, no_later("a result", limit, passed, answered));
    }
}

void Checker::hold_late_time(const Exchange& exchange, const Place& now, bool answered) const {
    for (const auto& [moment, rule] : held<LateResultTime>()) {
        if (moment->command != exchange.name) continue;
        const std::uint32_t limit =
            moment->limit != nullptr ? moment->limit(exchange, dialogue_) : late_limit(exchange, moment->from);
        if (limit == 0) continue;
        const Place& asked = exchange.data_at ? *exchange.data_at : exchange.command.place;
        const Place& from = moment->from == LateResultTime::From::command ? asked : (*exchange.result).place;
        if (!from.time || !now.time) return;
        const double passed = *now.time - *from.time;
        if (is_over(passed, limit))
            find(rule, exchange.command.place, exchange.command.wire, no_later("the result behind OK", limit, passed, answered));
    }
}

/// The end of a capture is no silence: what was within a line or a payload may have gone on.
void Checker::end() {
    muted_ = true;
    idle();
    muted_ = false;
    if (!dialogue_.last_event) return;
    const Place now{0, 0, time()};
    for (const Exchange& exchange : dialogue_.pending) hold_time(exchange, now, false);
    for (const Exchange& exchange : dialogue_.awaited) hold_late_time(exchange, now, false);
    run_all(held<OnEnd>());
}

}  // namespace conformance
