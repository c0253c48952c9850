#include "gate/diff_page.hpp"

#include "gate/check_phrases.hpp"
#include "gate/diff_phrases.hpp"
#include "gate/timeline_json.hpp"
#include "report/page.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

constexpr std::string_view breaks = "breaks", change = "change";

std::string verdict_of(const Diff& diff) {
    if (!diff.found.empty()) return "Changed";
    return diff.gone.empty() ? "Unchanged" : "Known changes are gone";
}

Tone tone_of(const Difference& one) { return one.breaks ? Tone::error : Tone::warning; }

Group gone(const Diff& diff) {
    Group group{std::string{gone_changes_title}, {}};
    for (const KnownDeviation& one : diff.gone)
        group.entries.push_back({.tone = Tone::warning,
                                 .label = "gone",
                                 .name = printable(one.rule),
                                 .statement = printable(one.reason),
                                 .source = "line " + std::to_string(one.line) + " of the known changes",
                                 .count = 1,
                                 .quotes = {{.text = printable(one.pattern)}}});
    return group;
}

class DiffPage {
public:
    DiffPage(const Diff& diff, const Evidence& evidence) : diff_{diff}, evidence_{evidence}, found_(evidence.scenes.size()) {}

    Page page() {
        const std::string verdict = verdict_of(diff_);
        Page page{.title = "atwire diff: " + verdict,
                  .program = "atwire diff",
                  .tone = diff_.breaking() != 0    ? Tone::error
                          : diff_.exit_code() != 0 ? Tone::warning
                                                   : Tone::good,
                  .verdict = verdict,
                  .summary = std::string{diff_.dialect->facts.name} + ": " + changes_of(diff_) + details_of(diff_) +
                             (diff_.same_script ? "; of the same script" : ""),
                  .advice = uncertain_of(diff_),
                  .sources = {source("old", diff_.old), source("new", diff_.now)},
                  .groups = {group("Breaks a strict reader of the old one", true),
                             group("A strict reader of the old one takes it", false), gone(diff_)},
                  .legend = {{Tone::error, std::string{breaks}}, {Tone::warning, std::string{change}}}};
        for (std::size_t i = 0; i < evidence_.scenes.size(); ++i) {
            const Scene& scene = evidence_.scenes[i];
            page.timelines.push_back(
                to_json((scene.is_old ? "old: " : "new: ") + scene.name, scene.capture, scene.timeline, found_[i]));
        }
        return page;
    }

private:
    static Source source(std::string_view title, const DiffSide& side) {
        return {.name = printable(side.name), .facts = std::string{title} + ": " + firmware_of(side)};
    }

    Group group(std::string_view title, bool breaking) {
        Group group{std::string{title}, {}};
        for (std::size_t i = 0; i < diff_.found.size(); ++i)
            if (diff_.found[i].breaks == breaking) group.entries.push_back(entry(i));
        return group;
    }

    Entry entry(std::size_t number) {
        const Difference& one = diff_.found[number];
        return {.tone = tone_of(one),
                .label = std::string{one.breaks ? breaks : change},
                .name = std::string{name(one.change)},
                .statement = about(one) + ": " + escape(one.says),
                .count = 1,
                .quotes = {quote(number, true), quote(number, false)}};
    }

    /// `old, 12 of 12: +QIRD: <int>`, and a line of it.
    Quote quote(std::size_t number, bool old) {
        const Difference& one = diff_.found[number];
        const Shown& side = old ? one.old : one.now;
        Quote quote{
            .id = "f" + std::to_string(number + 1) + (old ? "-old" : "-new"),
            .place = std::string{old ? "old" : "new"} + ", " + std::to_string(side.count) + " of " + std::to_string(side.total)};
        if (!side.form.empty() && side.form != side.line) quote.place += ": " + escape(side.form);
        if (side.line.empty()) return quote;
        const Excerpt shown = excerpt(side.line, side.caret);
        quote.text = shown.text;
        quote.caret = shown.caret;
        const auto seen = evidence_.shown.find({number, old});
        if (seen == evidence_.shown.end()) return quote;
        const auto& [scene, message] = seen->second;
        quote.shown = {scene, message};
        found_[scene][message].push_back({{"tone", one.breaks ? "error" : "warning"},
                                          {"rule", name(one.change)},
                                          {"id", quote.id},
                                          {"says", escape(one.says)}});
        return quote;
    }

    const Diff& diff_;
    const Evidence& evidence_;
    std::vector<FoundIn> found_;  ///< of each scene
};

}  // namespace

void write_html(std::ostream& output, const Diff& diff, const Evidence& evidence) {
    write_page(output, DiffPage{diff, evidence}.page());
}

}  // namespace conformance
