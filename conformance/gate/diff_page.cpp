#include "gate/diff_page.hpp"

#include "gate/diff_phrases.hpp"
#include "report/page.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

Source source(std::string_view title, const DiffSide& side) {
    return {.name = printable(side.name), .facts = std::string{title} + ": " + firmware_of(side)};
}

/// `old, 12 of 12: +QIRD: <int>`, and a line of it.
Quote quote(std::string_view title, const Shown& shown) {
    Quote quote{.place = std::string{title} + ", " + std::to_string(shown.count) + " of " + std::to_string(shown.total),
                .text = escape(shown.line)};
    if (!shown.form.empty() && shown.form != shown.line) quote.place += ": " + escape(shown.form);
    return quote;
}

Entry entry(const Difference& one) {
    return {.tone = one.breaks ? Tone::error : Tone::warning,
            .label = one.breaks ? "breaks" : "change",
            .name = std::string{name(one.change)},
            .statement = about(one) + ": " + escape(one.says),
            .count = 1,
            .quotes = {quote("old", one.old), quote("new", one.now)}};
}

Group found(const Diff& diff, std::string_view title, bool breaks) {
    Group group{std::string{title}, {}};
    for (const Difference& one : diff.found)
        if (one.breaks == breaks) group.entries.push_back(entry(one));
    return group;
}

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

}  // namespace

void write_html(std::ostream& output, const Diff& diff) {
    const bool changed = diff.exit_code() != 0;
    write_page(output, {.title = std::string{"atwire diff: "} + (changed ? "changed" : "unchanged"),
                        .program = "atwire diff",
                        .tone = diff.breaking() != 0 ? Tone::error
                                : changed            ? Tone::warning
                                                     : Tone::good,
                        .verdict = changed ? "Changed" : "Unchanged",
                        .summary = std::string{diff.dialect->facts.name} + ": " + changes_of(diff) + details_of(diff),
                        .advice = uncertain_of(diff),
                        .sources = {source("old", diff.old), source("new", diff.now)},
                        .groups = {found(diff, "Breaks a strict reader of the old one", true),
                                   found(diff, "A strict reader of the old one takes it", false), gone(diff)}});
}

}  // namespace conformance
