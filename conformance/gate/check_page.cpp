#include "gate/check_page.hpp"

#include <algorithm>
#include <map>

#include "gate/check_phrases.hpp"
#include "gate/timeline_json.hpp"
#include "report/page.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

/// A browser draws so many without a wait; of one capture, and of all.
constexpr std::size_t most_of_one = 20000, most_of_all = 40000;

Tone tone_of(const Rule& rule) {
    constexpr Tone tones[] = {Tone::note, Tone::warning, Tone::error};
    return tones[static_cast<std::size_t>(rule.gravity())];
}

std::string_view word(Severity severity) { return name(severity); }

/// A capture whose timeline is drawn.
struct Drawn {
    std::size_t number;  ///< of the timeline on the page
    MessageIndex index;
    FoundIn found{};
};

Json to_json(const Finding& finding) { return {{"tone", word(finding.rule->gravity())}, {"rule", finding.rule->id}}; }

class CheckPage {
public:
    explicit CheckPage(const Checked& checked) : checked_{checked} { choose_timelines(); }

    Page page() {
        Page page{.title = "atwire check: " + std::string{result(checked_)},
                  .program = "atwire check",
                  .tone = tone(),
                  .verdict = std::string{result(checked_)},
                  .summary = times(checked_.captures.size(), "capture") + ": " + counts(checked_),
                  .advice = std::string{advice(checked_)}};
        page.verdict.front() = static_cast<char>(page.verdict.front() - 'a' + 'A');
        for (const CheckedCapture& capture : checked_.captures) page.sources.push_back(source(capture));
        if (page.sources.size() == 1 && !checked_.partial()) page.sources.front().result.clear();  // the summary says it
        page.groups = {side(module_title, true), side(host_title, false), gone()};
        for (const auto& [capture, drawn] : drawn_) page.timelines.push_back(drawn_timeline(checked_.captures[capture], drawn));
        return page;
    }

private:
    static Json drawn_timeline(const CheckedCapture& capture, const Drawn& drawn) {
        return to_json(capture.name, *capture.capture, capture.timeline, drawn.found);
    }
    static bool has_findings(const CheckedCapture& capture) {
        return std::ranges::any_of(capture.rules, [](const auto& one) { return one.second.count != 0; });
    }

    /// Those with findings first; on the page they stand in the captures' order.
    void choose_timelines() {
        std::size_t left = most_of_all;
        for (const bool wanted : {true, false})
            for (std::size_t i = 0; i < checked_.captures.size(); ++i) {
                const CheckedCapture& capture = checked_.captures[i];
                const std::size_t length = capture.timeline.messages.size();
                if (has_findings(capture) != wanted || length == 0 || length > left) continue;
                left -= length;
                drawn_.emplace(i, Drawn{0, MessageIndex{capture.timeline}});
            }
        std::size_t number = 0;
        for (auto& [capture, drawn] : drawn_) {
            drawn.number = number++;
            for (const Finding& finding : checked_.captures[capture].timeline.counted)
                if (const auto message = drawn.index.of(finding)) drawn.found[*message].push_back(to_json(finding));
        }
    }

    [[nodiscard]] Tone tone() const {
        if (checked_.exit_code() == 0) return Tone::good;
        const bool only_warnings = !checked_.partial() && checked_.gone.empty() && count(checked_, Severity::error) == 0;
        return only_warnings ? Tone::warning : Tone::error;
    }

    static Source source(const CheckedCapture& capture) {
        if (!capture.unusable.empty())
            return {printable(capture.name), "not checked to its end", Tone::error, printable(capture.unusable)};
        Source source{printable(capture.name), facts_of(capture), Tone::good, {}};
        for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
            const std::size_t number = capture.count(severity);
            if (number == 0) continue;
            if (source.result.empty())
                source.tone = severity == Severity::error     ? Tone::error
                              : severity == Severity::warning ? Tone::warning
                                                              : Tone::note;
            source.result += (source.result.empty() ? "" : ", ") + times(number, word(severity));
        }
        return source;
    }

    Group side(std::string_view title, bool of_module) {
        Group group{std::string{title}, {}};
        for (std::size_t i = 0; i < checked_.captures.size(); ++i)
            for (const auto& [rule, found] : checked_.captures[i].rules)
                if (rule->of_module() == of_module && found.count != 0) group.entries.push_back(entry(i, *rule, found));
        return group;
    }

    Entry entry(std::size_t capture, const Rule& rule, const RuleFindings& found) {
        Entry entry{.tone = tone_of(rule),
                    .name = std::string{rule.id},
                    .statement = printable(rule.statement),
                    .source = source_of(rule, *checked_.captures[capture].dialect),
                    .count = found.count};
        for (const Finding& finding : found.findings) entry.quotes.push_back(quote(capture, finding));
        return entry;
    }

    Quote quote(std::size_t capture, const Finding& finding) {
        const CheckedCapture& of = checked_.captures[capture];
        const Excerpt shown = excerpt(finding.wire, finding.caret);
        Quote quote{.id = "f" + std::to_string(++findings_),
                    .place = printable(place(of, finding)),
                    .text = shown.text,
                    .caret = shown.caret,
                    .expected = printable(finding.expected)};
        const auto drawn = drawn_.find(capture);
        const auto message = drawn == drawn_.end() ? std::nullopt : drawn->second.index.of(finding);
        if (!message) return quote;
        quote.shown = {drawn->second.number, *message};
        Json json = to_json(finding);
        json["id"] = quote.id;
        json["says"] = "expected: " + quote.expected;
        drawn->second.found[*message].push_back(std::move(json));
        return quote;
    }

    [[nodiscard]] Group gone() const {
        Group group{std::string{gone_title}, {}};
        for (const KnownDeviation& one : checked_.gone)
            group.entries.push_back({.tone = Tone::error,
                                     .name = printable(one.rule),
                                     .statement = printable(one.reason),
                                     .source = "line " + std::to_string(one.line) + " of the known deviations",
                                     .count = 1,
                                     .quotes = {{.text = printable(one.pattern)}}});
        return group;
    }

    const Checked& checked_;
    std::map<std::size_t, Drawn> drawn_{};  ///< by the captures' numbers
    std::size_t findings_ = 0;
};

}  // namespace

std::size_t timeline_length(std::size_t captures) {
    return std::clamp<std::size_t>(most_of_all / std::max<std::size_t>(captures, 1), 100, most_of_one);
}

void write_html(std::ostream& output, const Checked& checked) { write_page(output, CheckPage{checked}.page()); }

}  // namespace conformance
