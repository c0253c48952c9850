#include "gate/check_phrases.hpp"

#include <algorithm>

#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

constexpr std::size_t most_columns = 100;

/// What isn't held of a capture of that form.
std::string not_held(const Capture& capture) {
    std::string text;
    const auto add = [&text](std::string_view what) { text += (text.empty() ? "" : ", ") + std::string{what}; };
    if (!capture.framing) add("CRs and LFs");
    if (!capture.times) add("times");
    if (!capture.both_sides) add("what the host says");
    if (capture.echoed) add("data that nothing echoes");
    return text;
}

}  // namespace

std::string times(std::size_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string{what} + (count == 1 ? "" : "s");
}

std::size_t count(const Checked& checked, Severity severity) {
    std::size_t all = 0;
    for (const CheckedCapture& capture : checked.captures) all += capture.count(severity);
    return all;
}

std::size_t known(const Checked& checked) {
    std::size_t all = 0;
    for (const CheckedCapture& capture : checked.captures)
        for (const auto& [rule, found] : capture.rules) all += found.known;
    return all;
}

std::string_view result(const Checked& checked) {
    if (checked.deviates()) return "deviates";
    return checked.partial() ? "not checked to the end" : "holds";
}

std::string counts(const Checked& checked) {
    std::string text = times(count(checked, Severity::error), "error") + ", " +
                       times(count(checked, Severity::warning), "warning") + ", " + times(count(checked, Severity::note), "note");
    if (known(checked) != 0) text += ", " + std::to_string(known(checked)) + " known";
    return text;
}

std::string_view advice(const Checked& checked) {
    switch (checked.exit_code()) {
        case 0: return "The captures hold what the manual says.";
        case 1: return "Mend the firmware, or take what is known into a file: --known FILE --update-known, and say why in it.";
        default: return "What could not be checked to its end may have deviations that are not shown.";
    }
}

std::string facts_of(const CheckedCapture& capture) {
    const std::string missing = not_held(*capture.capture);
    return std::string{capture.dialect->facts.name} + ", " + std::string{name(capture.capture->form)} +
           (missing.empty() ? "" : "; not held: " + missing);
}

std::string place(const CheckedCapture& capture, const Finding& finding) {
    const Place& at = finding.place;
    return capture.name + (at.line != 0 ? ":" + std::to_string(at.line) : ": byte " + std::to_string(at.offset));
}

std::string source_of(const Rule& rule, const atwire::Dialect& dialect) {
    const std::string section = section_of(rule, dialect.facts.name);
    return section.empty() ? section : std::string{dialect.facts.manual} + ", " + section;
}

std::string section_of(const Rule& rule, std::string_view dialect) {
    std::string mine;
    for (std::string_view rest = rule.section; !rest.empty();) {
        std::string_view one = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        if (const std::size_t colon = one.find(": "); colon != std::string_view::npos) {
            const std::string_view of = one.substr(0, colon);
            if (of != dialect && of != "facts/" + std::string{dialect}) continue;
            one.remove_prefix(colon + 2);
        }
        const std::size_t lines = one.find(" (L");
        mine += (mine.empty() ? "" : "; ") + std::string{one.substr(0, lines)};
    }
    return mine;
}

Excerpt excerpt(std::string_view wire, std::size_t caret) {
    caret = std::min(caret, wire.size());
    std::string before = escape(wire.substr(0, caret));
    std::string after = escape(wire.substr(caret));
    // A blank at the end of a part is only at an end where the line ends.
    if (caret < wire.size() && caret != 0 && wire[caret - 1] == ' ') before.replace(before.size() - 4, 4, " ");
    constexpr std::string_view cut = "...";
    constexpr std::size_t most_before = most_columns / 2;
    if (before.size() > most_before && before.size() + after.size() > most_columns)
        before = std::string{cut} + before.substr(before.size() - most_before + cut.size());
    if (before.size() + after.size() > most_columns)
        after = after.substr(0, most_columns - before.size() - cut.size()) + std::string{cut};
    return {before + after, before.size()};
}

}  // namespace conformance
