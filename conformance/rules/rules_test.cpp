// Every rule that a capture can show is held by a check, or its reason not to be is given; and for each there is a dialogue that
// keeps it and one that breaks it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "rules/checker.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

/// A dialogue of cases/*.txt.
struct Case {
    std::string subject;  ///< `sockets/opening`, of its file
    std::string place, rule, dialect;
    bool breaks = false;
    std::set<std::string> also{};
    std::string dialogue{};
};

std::vector<Case> read_cases() {
    std::vector<Case> cases;
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator{ATWIRE_RULE_CASES})
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::ranges::sort(files);
    for (const fs::path& file : files) {
        std::ifstream input{file};
        const fs::path subject = fs::relative(file, ATWIRE_RULE_CASES).replace_extension();
        std::string rule, dialect, line;
        for (std::size_t number = 1; std::getline(input, line); ++number) {
            std::istringstream words{line};
            std::string word;
            if (line.starts_with("## ")) {
                words >> word >> rule >> dialect;
            } else if (line.starts_with("keeps") || line.starts_with("breaks")) {
                Case one{
                    subject.string(), subject.string() + ".txt:" + std::to_string(number), rule, dialect, line[0] == 'b', {}, {}};
                for (words >> word; words >> word;)
                    if (word != "also") one.also.insert(word);
                cases.push_back(std::move(one));
            } else if (!line.empty() && !cases.empty()) {
                cases.back().dialogue += line + "\n";
            }
        }
    }
    return cases;
}

const std::vector<Case>& cases() {
    static const std::vector<Case> all = read_cases();
    return all;
}

std::vector<Finding> check(const Transcript& transcript, const atwire::Dialect& dialect, bool framing = true) {
    const bool times = std::ranges::any_of(transcript.steps, [](const Step& step) { return step.time.has_value(); });
    const bool host = std::ranges::any_of(transcript.steps, [](const Step& step) { return step.type == Step::Type::host; });
    std::vector<Finding> found;
    Checker checker{
        dialect, {Form::transcript, framing, times, host}, [&found](Finding finding) { found.push_back(std::move(finding)); }};
    for (const Step& step : transcript.steps) checker.take(step);
    checker.end();
    return found;
}

std::set<std::string> rules_of(const std::vector<Finding>& findings) {
    std::set<std::string> rules;
    for (const Finding& finding : findings) rules.insert(std::string{finding.rule->id});
    return rules;
}

std::string listed(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& one : findings)
        text += "\n  line " + std::to_string(one.place.line) + ": " + std::string{one.rule->id} + ": " + one.expected + "\n    " +
                one.wire;
    return text;
}

class Cases : public testing::TestWithParam<Case> {};

TEST_P(Cases, AreJudgedRight) {
    const Case& one = GetParam();
    const Rule* rule = rule_of(one.rule);
    ASSERT_NE(rule, nullptr) << one.place << ": no rule " << one.rule;
    ASSERT_TRUE(rule->concerns(one.dialect)) << one.place << ": " << one.rule << " is not of " << one.dialect;
    std::istringstream input{one.dialogue};
    const std::vector<Finding> found = check(read_transcript(input, one.place), *dialect_named(one.dialect));
    std::set<std::string> wanted = one.also;
    if (one.breaks) wanted.insert(one.rule);
    EXPECT_EQ(rules_of(found), wanted) << one.place << (found.empty() ? ": nothing was found" : listed(found));
}

INSTANTIATE_TEST_SUITE_P(, Cases, testing::ValuesIn(cases()), [](const auto& one) {
    std::string name = one.param.rule + (one.param.breaks ? "_breaks_" : "_keeps_") + std::to_string(one.index);
    std::ranges::replace_if(
        name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
});

/// The checks' rules.
std::set<std::string_view> held() {
    std::set<std::string_view> all{field_rule, parameter_rule, command_rule};
    for (const CheckTable& table : check_tables())
        for (const Check& check : table.checks) all.insert(check.rule);
    return all;
}

TEST(Rules, AreAllHeldOrAdvice) {
    std::set<std::string_view> without;
    for (const Advice& one : advice()) {
        EXPECT_NE(rule_of(one.rule), nullptr) << one.rule;
        EXPECT_FALSE(one.reason.empty()) << one.rule;
        without.insert(one.rule);
    }
    const auto with = held();
    std::size_t missing = 0;
    for (const Rule& rule : rules()) {
        EXPECT_FALSE(with.contains(rule.id) && without.contains(rule.id)) << rule.id << " is both";
        if (!rule.shows() || with.contains(rule.id) || without.contains(rule.id)) continue;
        ++missing;
        ADD_FAILURE() << rule.id << " is neither held nor advice";
    }
    EXPECT_EQ(missing, 0u);
}

TEST(Rules, OfEachCheckExist) {
    for (const std::string_view rule : held()) EXPECT_NE(rule_of(rule), nullptr) << rule;
}

TEST(Rules, AreEachKeptAndBrokenByADialogue) {
    std::set<std::string> kept, broken;
    for (const Case& one : cases()) (one.breaks ? broken : kept).insert(one.rule);
    for (const std::string_view rule : held()) {
        EXPECT_TRUE(kept.contains(std::string{rule})) << rule << " has no dialogue that keeps it";
        EXPECT_TRUE(broken.contains(std::string{rule})) << rule << " has no dialogue that breaks it";
    }
}

/// Who looks for a rule's dialogues finds them in the file that has the name of its checks'.
TEST(Rules, HaveTheirDialoguesInTheFileOfTheirSubject) {
    std::map<std::string, std::set<std::string>> subjects;
    for (const std::string_view rule : {field_rule, parameter_rule, command_rule})
        subjects[std::string{rule}].insert("general/syntax");
    for (const CheckTable& table : check_tables())
        for (const Check& check : table.checks) subjects[std::string{check.rule}].insert(std::string{table.subject});
    for (const Case& one : cases()) EXPECT_TRUE(subjects[one.rule].contains(one.subject)) << one.place << ": " << one.rule;
}

/// A capture that has lost CRs and LFs breaks no rule about them, and no other rule by it.
TEST(Rules, OfFramingNeedIt) {
    std::set<std::string> framing;
    for (const CheckTable& table : check_tables())
        for (const Check& one : table.checks)
            if (is_of_framing(one)) framing.insert(std::string{one.rule});
    for (const Case& one : cases()) {
        std::istringstream input{one.dialogue};
        const Transcript transcript = read_transcript(input, one.place);
        const std::set<std::string> with = rules_of(check(transcript, *dialect_named(one.dialect)));
        for (const std::string& rule : rules_of(check(transcript, *dialect_named(one.dialect), false))) {
            EXPECT_TRUE(with.contains(rule)) << one.place << ": " << rule;
            EXPECT_FALSE(framing.contains(rule)) << one.place << ": " << rule;
        }
    }
}

std::vector<std::string> golden() {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator{ATWIRE_CORPUS}) {
        const std::string file = fs::relative(entry.path(), ATWIRE_CORPUS).string();
        if (entry.path().extension() == ".at" && file.find("/rejects/") == std::string::npos &&
            file.find("/captures/") == std::string::npos)
            files.push_back(file);
    }
    std::ranges::sort(files);
    return files;
}

class Golden : public testing::TestWithParam<std::string> {};

/// Whether a check of the rule is about a quirk.
bool is_of_quirk(std::string_view rule) {
    for (const CheckTable& table : check_tables())
        for (const Check& one : table.checks)
            if (one.rule == rule && std::holds_alternative<NoQuirk>(one.moment)) return true;
    return false;
}

/// The rules of syntax that an expected event says that it breaks.
std::set<std::string> broken_by(const Expected& expected) {
    static const std::map<std::string, std::string> of_events = {
        {"malformed", "syntax.malformed"},   {"truncated", "syntax.truncated"}, {"overlong", "syntax.overlong"},
        {"unfinished", "syntax.unfinished"}, {"text", "syntax.text"},           {"information", "syntax.undocumented"}};
    std::set<std::string> rules;
    if (const auto rule = of_events.find(expected.event); rule != of_events.end()) rules.insert(rule->second);
    return rules;
}

/// A transcript's findings are those that its events show, quirks among them, and those that its `# findings:` names: what a manual
/// prints wrongly is found as such.
TEST_P(Golden, TranscriptsKeepTheRules) {
    std::ifstream input{fs::path{ATWIRE_CORPUS} / GetParam()};
    const Transcript transcript = read_transcript(input, GetParam());
    const std::vector<Finding> found = check(transcript, *transcript.dialect);
    std::set<std::string> wanted, shown;
    std::istringstream named{transcript.header("findings")};
    for (std::string rule; named >> rule;) wanted.insert(rule);
    for (const Step& step : transcript.steps)
        if (step.type == Step::Type::expected) shown.merge(broken_by(step.expected));
    std::set<std::string> rules = rules_of(found);
    std::erase_if(rules,
                  [&](const std::string& rule) { return (is_of_quirk(rule) || shown.contains(rule)) && !wanted.contains(rule); });
    EXPECT_EQ(rules, wanted) << listed(found);
}

/// Each quirk that a transcript expects is found.
TEST_P(Golden, TranscriptsShowTheirQuirks) {
    std::ifstream input{fs::path{ATWIRE_CORPUS} / GetParam()};
    const Transcript transcript = read_transcript(input, GetParam());
    std::size_t quirks = 0;
    for (const Step& step : transcript.steps)
        if (step.type == Step::Type::expected && step.expected.fields.contains("quirks"))
            quirks += step.expected.fields["quirks"].size();
    std::size_t found = 0;
    for (const Finding& finding : check(transcript, *transcript.dialect)) found += is_of_quirk(finding.rule->id);
    EXPECT_EQ(found, quirks);
}

INSTANTIATE_TEST_SUITE_P(, Golden, testing::ValuesIn(golden()), [](const auto& one) {
    std::string name = one.param;
    std::ranges::replace_if(
        name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
});

}  // namespace
}  // namespace conformance
