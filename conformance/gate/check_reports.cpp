#include "gate/check_reports.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "gate/check_phrases.hpp"
#include "gate/xml.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/json.hpp"

namespace conformance {
namespace {

std::string_view side_of(const Rule& rule) { return rule.of_module() ? "module" : "host"; }

std::string_view verdict(const Checked& checked) {
    constexpr std::string_view words[] = {"holds", "deviations", "partial"};
    return words[checked.exit_code()];
}

// ── For people ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

class TextReport {
public:
    TextReport(std::ostream& output, const Checked& checked, bool colour) : output_{output}, checked_{checked}, colour_{colour} {}
    void write() {
        summary();
        side(module_title, true);
        side(host_title, false);
        gone();
        output_ << "\n" << advice(checked_) << "\n";
    }

private:
    void summary() {
        output_ << times(checked_.captures.size(), "capture") << ": "
                << painted(checked_.exit_code() == 0 ? "32" : "31", std::string{result(checked_)}) << ", " << counts(checked_)
                << "\n";
        for (const CheckedCapture& capture : checked_.captures) {
            if (!capture.unusable.empty()) {
                output_ << "  " << painted("31", "not checked to its end") << ": " << capture.unusable << "\n";
                continue;
            }
            output_ << "  " << capture.name << ": " << facts_of(capture) << "\n";
        }
        std::map<const Rule*, std::size_t> rules;
        for (const CheckedCapture& capture : checked_.captures)
            for (const auto& [rule, found] : capture.rules)
                if (found.count != 0) rules[rule] += found.count;
        if (!rules.empty()) output_ << "\n";
        for (const auto& [rule, all] : rules) {
            std::string number = std::to_string(all);
            number.insert(0, number.size() < 6 ? 6 - number.size() : 0, ' ');
            output_ << number << "  " << severity(*rule) << "  " << rule->id << "\n";
        }
    }

    void side(std::string_view title, bool of_module) {
        bool first = true;
        for (const CheckedCapture& capture : checked_.captures)
            for (const auto& [rule, found] : capture.rules) {
                if (rule->of_module() != of_module || found.count == 0) continue;
                if (first) output_ << "\n" << painted("1", std::string{title}) << "\n";
                first = false;
                of_rule(capture, *rule, found);
            }
    }

    void of_rule(const CheckedCapture& capture, const Rule& rule, const RuleFindings& found) {
        output_ << "\n" << severity(rule) << " " << painted("1", std::string{rule.id}) << ": " << rule.statement << "\n";
        if (const std::string source = source_of(rule, *capture.dialect); !source.empty())
            output_ << "        " << source << "\n";
        for (const Finding& finding : found.findings) one(capture, finding);
        if (found.count > found.findings.size())
            output_ << "    and " << found.count - found.findings.size() << " more in " << capture.name << "\n";
    }

    void one(const CheckedCapture& capture, const Finding& finding) {
        const Excerpt shown = excerpt(finding.wire, finding.caret);
        output_ << "    " << place(capture, finding) << "\n";
        if (!shown.text.empty())
            output_ << "        " << shown.text << "\n        " << std::string(shown.caret, ' ') << painted("31", "^") << "\n";
        output_ << "        expected: " << finding.expected << "\n";
    }

    void gone() {
        if (checked_.gone.empty()) return;
        output_ << "\n" << painted("1", std::string{gone_title}) << "\n";
        for (const KnownDeviation& one : checked_.gone)
            output_ << "    line " << one.line << ": " << one.rule << "  " << one.pattern << "\n";
    }

    [[nodiscard]] std::string painted(const char* code, const std::string& text) const {
        return colour_ ? std::string{"\x1b["} + code + "m" + text + "\x1b[0m" : text;
    }
    [[nodiscard]] std::string severity(const Rule& rule) const {
        std::string word{name(rule.gravity())};
        word.resize(7, ' ');
        return painted(rule.gravity() == Severity::error ? "31" : rule.gravity() == Severity::warning ? "33" : "36", word);
    }

    std::ostream& output_;
    const Checked& checked_;
    bool colour_;
};

// ── For programs ────────────────────────────────────────────────────────────────────────────────────────────────────────────

Json to_json(const Finding& finding) {
    Json object;
    if (finding.place.line != 0)
        object["line"] = finding.place.line;
    else
        object["offset"] = finding.place.offset;
    if (finding.place.time) object["time"] = *finding.place.time;
    object["wire"] = to_utf8(finding.wire);
    object["caret"] = finding.caret;
    object["expected"] = to_utf8(finding.expected);
    return object;
}

Json to_json(const CheckedCapture& capture) {
    Json object{{"file", to_utf8(capture.name)}};
    if (capture.capture) object["form"] = name(capture.capture->form);
    if (capture.dialect != nullptr) object["dialect"] = capture.dialect->facts.name;
    if (!capture.unusable.empty()) object["error"] = to_utf8(capture.unusable);
    if (capture.capture) {
        object["framing"] = capture.capture->framing;
        object["times"] = capture.capture->times;
        object["both_sides"] = capture.capture->both_sides;
    }
    object["rules"] = Json::array();
    for (const auto& [rule, found] : capture.rules) {
        Json one{{"rule", rule->id},
                 {"severity", name(rule->gravity())},
                 {"side", side_of(*rule)},
                 {"manual", rule->manual},
                 {"section", section_of(*rule, capture.dialect->facts.name)},
                 {"count", found.count},
                 {"known", found.known},
                 {"findings", Json::array()}};
        for (const Finding& finding : found.findings) one["findings"].push_back(to_json(finding));
        object["rules"].push_back(std::move(one));
    }
    return object;
}

// ── For CI systems ──────────────────────────────────────────────────────────────────────────────────────────────────────────

struct JunitCase {
    const Rule* rule;
    const RuleFindings* found;  ///< nullptr where nothing was found
    std::string_view skipped;   ///< why it isn't held
    [[nodiscard]] bool fails() const { return found != nullptr && found->count != 0 && rule->gravity() != Severity::note; }
};

std::vector<JunitCase> cases_of(const CheckedCapture& capture) {
    std::vector<JunitCase> cases;
    if (capture.dialect == nullptr || !capture.capture) return cases;
    for (const Rule& rule : rules()) {
        if (!rule.concerns(capture.dialect->facts.name) || !is_held(rule)) continue;
        const auto found = capture.rules.find(&rule);
        cases.push_back({&rule, found == capture.rules.end() ? nullptr : &found->second, why_not_held(rule, *capture.capture)});
    }
    return cases;
}

void write_case(std::ostream& output, const CheckedCapture& capture, const JunitCase& one) {
    output << "    <testcase classname=\"" << xml(capture.dialect->facts.name) << "\" name=\"" << xml(one.rule->id) << "\"";
    if (one.fails()) {
        output << ">\n      <failure type=\"" << name(one.rule->gravity()) << "\" message=\"" << xml(one.rule->statement)
               << "\">";
        for (const Finding& finding : one.found->findings) {
            const Excerpt shown = excerpt(finding.wire, finding.caret);
            output << xml(place(capture, finding)) << "\n"
                   << xml(shown.text) << "\n"
                   << std::string(shown.caret, ' ') << "^ expected: " << xml(finding.expected) << "\n";
        }
        if (one.found->count > one.found->findings.size())
            output << "and " << one.found->count - one.found->findings.size() << " more\n";
        output << "</failure>\n    </testcase>\n";
    } else if (one.found == nullptr && !one.skipped.empty()) {
        output << "><skipped message=\"" << xml(one.skipped) << "\"/></testcase>\n";
    } else {
        output << "/>\n";
    }
}

/// The held, the advice, and what a capture can't show.
std::string_view how(const Rule& rule, std::string_view& reason) {
    if (is_held(rule)) return "held";
    for (const Advice& one : advice())
        if (one.rule == rule.id) {
            reason = one.reason;
            return "advice";
        }
    reason = rule.checkable == "live" ? "needs a module that is asked" : "needs what no capture shows";
    return "not in a capture";
}

}  // namespace

void write_text(std::ostream& output, const Checked& checked, bool colour) { TextReport{output, checked, colour}.write(); }

void write_json(std::ostream& output, const Checked& checked) {
    Json object{{"verdict", verdict(checked)},
                {"errors", count(checked, Severity::error)},
                {"warnings", count(checked, Severity::warning)},
                {"notes", count(checked, Severity::note)},
                {"known", known(checked)},
                {"captures", Json::array()},
                {"gone", Json::array()}};
    for (const CheckedCapture& capture : checked.captures) object["captures"].push_back(to_json(capture));
    for (const KnownDeviation& one : checked.gone)
        object["gone"].push_back({{"rule", one.rule}, {"pattern", one.pattern}, {"reason", one.reason}, {"line", one.line}});
    output << object.dump(2) << "\n";
}

void write_junit(std::ostream& output, const Checked& checked) {
    output << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"atwire check\">\n";
    for (const CheckedCapture& capture : checked.captures) {
        const std::vector<JunitCase> cases = cases_of(capture);
        const auto failures = std::ranges::count_if(cases, &JunitCase::fails);
        const auto skipped =
            std::ranges::count_if(cases, [](const JunitCase& one) { return one.found == nullptr && !one.skipped.empty(); });
        const bool broken = !capture.unusable.empty();
        output << "  <testsuite name=\"" << xml(capture.name) << "\" tests=\"" << cases.size() + broken << "\" failures=\""
               << failures << "\" errors=\"" << broken << "\" skipped=\"" << skipped << "\">\n";
        if (broken)
            output << "    <testcase classname=\"capture\" name=\"is readable\"><error message=\"" << xml(capture.unusable)
                   << "\"/></testcase>\n";
        for (const JunitCase& one : cases) write_case(output, capture, one);
        output << "  </testsuite>\n";
    }
    if (!checked.gone.empty()) {
        output << "  <testsuite name=\"known deviations\" tests=\"" << checked.gone.size() << "\" failures=\""
               << checked.gone.size() << "\">\n";
        for (const KnownDeviation& one : checked.gone)
            output << "    <testcase classname=\"known\" name=\"" << xml(one.rule + "  " + one.pattern)
                   << "\"><failure message=\"no capture shows it\"/></testcase>\n";
        output << "  </testsuite>\n";
    }
    output << "</testsuites>\n";
}

void write_rules_text(std::ostream& output, const atwire::Dialect* dialect) {
    for (const Rule& rule : rules()) {
        if (dialect != nullptr && !rule.concerns(dialect->facts.name)) continue;
        std::string_view reason;
        output << rule.id << "\n    " << name(rule.gravity()) << ", " << rule.who << ", " << rule.dialects << ": "
               << rule.statement << "\n    " << how(rule, reason);
        if (!reason.empty()) output << ": " << reason;
        if (!rule.section.empty())
            output << "; " << (dialect != nullptr ? section_of(rule, dialect->facts.name) : std::string{rule.section});
        output << "\n";
    }
}

void write_rules_json(std::ostream& output, const atwire::Dialect* dialect) {
    Json all = Json::array();
    for (const Rule& rule : rules()) {
        if (dialect != nullptr && !rule.concerns(dialect->facts.name)) continue;
        std::string_view reason;
        const std::string_view held = how(rule, reason);
        all.push_back({{"rule", rule.id},
                       {"dialects", rule.dialects},
                       {"severity", name(rule.gravity())},
                       {"side", side_of(rule)},
                       {"statement", rule.statement},
                       {"expectation", rule.expectation},
                       {"manual", rule.manual},
                       {"section", rule.section},
                       {"held", held},
                       {"reason", reason}});
    }
    output << all.dump(2) << "\n";
}

}  // namespace conformance
