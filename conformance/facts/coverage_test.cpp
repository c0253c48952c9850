// Every documented form of a module and of a host has a production, a transcript and properties; the grammar has no production that
// no documented form needs; and the properties are those of the tests.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "facts/coverage.hpp"
#include "properties/properties.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using namespace atwire;

class Coverage : public testing::TestWithParam<const Dialect*> {
protected:
    const Facts& facts = GetParam()->facts;
    const std::string grammar = read_grammar(own_sources().grammar, facts.name);
};

TEST_P(Coverage, EveryRowIsHeld) {
    const auto rows = coverage_of(*GetParam(), form_rows(), own_sources());
    EXPECT_FALSE(rows.empty());
    for (const RowCoverage& found : rows)
        for (const std::string_view what : found.missing()) ADD_FAILURE() << found.row->id << " has no " << what;
}

TEST_P(Coverage, EveryFormHasAProduction) {
    for (const Form& form : facts.forms) EXPECT_NE(production_of(form, facts, grammar), "") << form.production;
}

/// The words `is_…` of a grammar, without their `is_`.
std::set<std::string> productions_in(const std::string& grammar) {
    std::set<std::string> productions;
    for (std::size_t at = grammar.find("is_"); at != std::string::npos; at = grammar.find("is_", at + 1)) {
        const std::size_t end = grammar.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at);
        const bool marked = at != 0 && (grammar[at - 1] == '>' || grammar[at - 1] == '@' || grammar[at - 1] == '%');
        if (marked) productions.insert(grammar.substr(at + 3, end - at - 3));
    }
    return productions;
}

TEST_P(Coverage, EveryProductionHasAForm) {
    std::set<std::string> known = {"undocumented"};  // a sub-type that the manual doesn't know: a quirk of `information`
    for (const ByName& by : generated_by_name())
        if (by.in_grammar.starts_with("is_")) known.emplace(by.in_grammar.substr(3));
    for (const Form& form : facts.forms) known.emplace(form.production);
    for (const std::string& production : productions_in(grammar))
        EXPECT_TRUE(known.contains(production)) << "is_" << production << " stands for no form of the table";
}

/// What is taken for the machine's is what Ragel made of it.
TEST_P(Coverage, EveryProductionIsInTheLexer) {
    std::ifstream input{ATWIRE_LEXERS "/" + std::string{facts.name} + ".cpp"};
    const std::string lexer{std::istreambuf_iterator<char>{input}, {}};
    for (const Form& form : facts.forms) {
        const std::string production{production_of(form, facts, grammar)};
        EXPECT_NE(lexer.find("form(\"" + production + "\")"), std::string::npos) << production;
    }
}

INSTANTIATE_TEST_SUITE_P(, Coverage, testing::ValuesIn(dialects().begin(), dialects().end()),
                         [](const auto& dialect) { return std::string{dialect.param->facts.name}; });

TEST(CorpusForms, AreRowsOfTheList) {
    std::set<std::string> ids;
    for (const FormRow& row : form_rows()) ids.insert(row.id);
    for (const CorpusFile& file : corpus())
        for (const std::string& id : file.words("forms")) {
            EXPECT_TRUE(ids.contains(id)) << file.file << ": forms.tsv has no " << id;
            EXPECT_TRUE(id.starts_with(file.folder + ".")) << file.file << ": " << id << " is of another dialect";
        }
}

/// A file that shows a host's form has the command that it is.
TEST(CorpusForms, AreCommandsThatTheFileNames) {
    std::map<std::string, const FormRow*> rows;
    for (const FormRow& row : form_rows()) rows[row.id] = &row;
    for (const CorpusFile& file : corpus()) {
        std::set<std::string> named;
        for (const Step& step : file.transcript.steps)
            if (step.type == Step::Type::expected) named.insert(step.expected.event);
        for (const std::string& id : file.words("forms")) {
            const auto row = rows.find(id);
            if (row == rows.end() || !row->second->of_host()) continue;
            for (const std::string& command : split(row->second->event, "+"))
                EXPECT_TRUE(named.contains(command)) << file.file << ": " << id << ", but no = line of " << command;
        }
    }
}

/// The bodies of the tests of a file's suite, by their names.
std::map<std::string, std::string> tests_of(const std::string& file, const std::string& suite) {
    std::ifstream input{ATWIRE_PROPERTIES "/" + file};
    const std::string source{std::istreambuf_iterator<char>{input}, {}};
    const std::string begin = "\nTEST_P(" + suite + ", ";
    std::map<std::string, std::string> tests;
    for (std::size_t at = source.find(begin); at != std::string::npos; at = source.find(begin, at + 1)) {
        const std::size_t name = at + begin.size();
        const std::size_t body = source.find(')', name);
        tests[source.substr(name, body - name)] = source.substr(body, source.find("\n}\n", body) - body);
    }
    return tests;
}

TEST(ListedProperties, AreThoseOfTheTest) {
    auto tests = tests_of("properties_test.cpp", "Properties");
    for (const Property& property : properties) {
        const auto test = tests.find(std::string{property.name});
        ASSERT_NE(test, tests.end()) << "properties_test.cpp has no " << property.name;
        EXPECT_TRUE(test->second.find(std::string{property.source} + "(") != std::string::npos)
            << property.name << " doesn't call " << property.source;
        EXPECT_TRUE(property.event.empty() || test->second.find("Kind::" + std::string{property.event}) != std::string::npos)
            << property.name << " doesn't expect " << property.event;
        tests.erase(test);
    }
    for (const auto& [name, body] : tests) ADD_FAILURE() << "properties.hpp doesn't name " << name;
}

TEST(ListedProperties, AreThoseOfTheTestOfCommands) {
    auto tests = tests_of("commands_test.cpp", "Commands");
    for (const CommandProperty& property : command_properties) {
        const auto test = tests.find(std::string{property.name});
        ASSERT_NE(test, tests.end()) << "commands_test.cpp has no " << property.name;
        const auto says = [&](const std::string& text) { return test->second.find(text) != std::string::npos; };
        EXPECT_TRUE(says(std::string{property.source} + "(")) << property.name << " doesn't call " << property.source;
        const bool has_data = (property.makes & CommandProperty::data_of_length) != 0;
        const bool has_pipe = (property.makes & CommandProperty::pipe) != 0;
        EXPECT_TRUE(!has_data || says("anything_between(") || says("data_of_length") || says("expect_data(")) << property.name;
        EXPECT_TRUE(!has_pipe || says("anything_between(") || says("pipe_begins")) << property.name;
        tests.erase(test);
    }
    for (const auto& [name, body] : tests) ADD_FAILURE() << "properties.hpp doesn't name " << name;
}

}  // namespace
}  // namespace conformance
