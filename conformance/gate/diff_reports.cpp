#include "gate/diff_reports.hpp"

#include <algorithm>

#include "gate/check_phrases.hpp"
#include "gate/diff_phrases.hpp"
#include "gate/xml.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/json.hpp"

namespace conformance {
namespace {

constexpr std::size_t most_columns = 110;

std::string shortened(std::string text) {
    if (text.size() > most_columns) text = text.substr(0, most_columns - 3) + "...";
    return text;
}

/// `12 of 12  +QIRD: <int>`, and below its form a line of it with a caret where that says more.
std::string rows(const std::string& title, const Shown& shown) {
    std::string text = "    " + title + "  " + std::to_string(shown.count) + " of " + std::to_string(shown.total);
    const std::string indent(text.size() + 2, ' ');
    if (!shown.form.empty()) text += "  " + shortened(escape(shown.form));
    if (shown.line.empty() || shown.line == shown.form) return text + "\n";
    const Excerpt line = excerpt(shown.line, shown.caret);
    return text + "\n" + indent + line.text + "\n" + indent + std::string(line.caret, ' ') + "^\n";
}

std::string text_of(const Difference& one) { return rows("old", one.old) + rows("new", one.now); }

class TextReport {
public:
    TextReport(std::ostream& output, const Diff& diff, bool colour) : output_{output}, diff_{diff}, colour_{colour} {}

    void write() const {
        output_ << diff_.dialect->facts.name << ": " << painted(diff_.found.empty() ? "32" : "31", changes_of(diff_))
                << details_of(diff_) << "\n  old: " << diff_.old.name << ", " << firmware_of(diff_.old)
                << "\n  new: " << diff_.now.name << ", " << firmware_of(diff_.now) << "\n";
        for (const Difference& one : diff_.found)
            output_ << "\n"
                    << painted(one.breaks ? "31" : "33", std::string{name(one.change)}) << " " << painted("1", about(one)) << ": "
                    << escape(one.says) << (one.breaks ? "; breaks a strict reader" : "") << "\n"
                    << text_of(one);
        if (!diff_.gone.empty()) output_ << "\n" << painted("1", std::string{gone_changes_title}) << "\n";
        for (const KnownDeviation& one : diff_.gone)
            output_ << "    line " << one.line << ": " << one.rule << "  " << one.pattern << "\n";
        if (const std::string uncertain = uncertain_of(diff_); !uncertain.empty()) output_ << "\n" << uncertain << "\n";
    }

private:
    [[nodiscard]] std::string painted(const char* code, const std::string& text) const {
        return colour_ ? std::string{"\x1b["} + code + "m" + text + "\x1b[0m" : text;
    }

    std::ostream& output_;
    const Diff& diff_;
    bool colour_;
};

Json to_json(const Shown& shown) {
    return {{"form", to_utf8(shown.form)},
            {"count", shown.count},
            {"total", shown.total},
            {"line", to_utf8(shown.line)},
            {"caret", shown.caret}};
}
Json to_json(const DiffSide& side) {
    Json firmware = Json::array();
    for (const std::string& one : side.firmware) firmware.push_back(to_utf8(one));
    return {{"name", to_utf8(side.name)}, {"firmware", std::move(firmware)}};
}

}  // namespace

void write_text(std::ostream& output, const Diff& diff, bool colour) { TextReport{output, diff, colour}.write(); }

void write_json(std::ostream& output, const Diff& diff) {
    Json object{{"verdict", diff.exit_code() == 0 ? "unchanged" : "changed"},
                {"dialect", diff.dialect->facts.name},
                {"old", to_json(diff.old)},
                {"new", to_json(diff.now)},
                {"same_script", diff.same_script},
                {"breaking", diff.breaking()},
                {"known", diff.known},
                {"too_few", diff.too_few},
                {"findings", Json::array()},
                {"gone", Json::array()}};
    for (const Difference& one : diff.found)
        object["findings"].push_back({{"change", name(one.change)},
                                      {"breaks", one.breaks},
                                      {"trigger", to_utf8(one.subject.trigger)},
                                      {"message", to_utf8(one.subject.message)},
                                      {"detail", to_utf8(one.subject.detail)},
                                      {"says", to_utf8(one.says)},
                                      {"old", to_json(one.old)},
                                      {"new", to_json(one.now)}});
    for (const KnownDeviation& one : diff.gone)
        object["gone"].push_back({{"change", one.rule}, {"pattern", one.pattern}, {"reason", one.reason}, {"line", one.line}});
    output << object.dump(2) << "\n";
}

void write_junit(std::ostream& output, const Diff& diff) {
    std::map<Change, std::string> texts;
    for (const Difference& one : diff.found)
        texts[one.change] +=
            about(one) + ": " + escape(one.says) + (one.breaks ? "; breaks a strict reader" : "") + "\n" + text_of(one);
    output << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"atwire diff\">\n  <testsuite name=\""
           << xml(diff.old.name + ", " + diff.now.name) << "\" tests=\"" << changes + 1 << "\" failures=\""
           << texts.size() + !diff.gone.empty() << "\" errors=\"0\" skipped=\"0\">\n";
    const auto write = [&](std::string_view title, const std::string& text) {
        output << "    <testcase classname=\"" << xml(diff.dialect->facts.name) << "\" name=\"" << xml(title) << "\"";
        if (text.empty())
            output << "/>\n";
        else
            output << ">\n      <failure message=\"" << xml(title) << "\">" << xml(text) << "</failure>\n    </testcase>\n";
    };
    for (std::size_t i = 0; i < changes; ++i) write(name(static_cast<Change>(i)), texts[static_cast<Change>(i)]);
    std::string gone;
    for (const KnownDeviation& one : diff.gone)
        gone += "line " + std::to_string(one.line) + ": " + one.rule + "  " + one.pattern + "\n";
    write("known changes are there", gone);
    output << "  </testsuite>\n</testsuites>\n";
}

}  // namespace conformance
