// The tables of each dialect against the lists that were drawn from the manuals without them, in both directions: what a manual
// documents stands in the tables, and nothing stands there that no manual documents.
#include <gtest/gtest.h>

#include <algorithm>
#include <atwire/dialects/general.hpp>

#include "facts/commands.hpp"
#include "facts/lists.hpp"
#include "facts/spelling.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using namespace atwire;

std::vector<const FormRow*> rows_of(const Facts& facts) {
    std::vector<const FormRow*> rows;
    for (const FormRow* row : known_form_rows())
        if (row->dialect == facts.name) rows.push_back(row);
    return rows;
}

/// How many rows forms.tsv has of each dialect: a list that lost some would prove less.
const std::map<std::string_view, std::size_t> documented = {
    {"bc65", 237}, {"bc26", 216}, {"ec200x", 410}, {"bc95", 187}, {"a76xx", 449}};

/// Commands of V.250 and of the port itself: spelled by rules of their own, in no dialect's table.
bool is_basic(const FormRow& row) { return row.syntax == "ATO" || row.syntax == "+++"; }

/// `2.3.5, 4.1.3`. In the list's chapter on the A76XX commands a section is a command's name, as in the table.
std::vector<std::string> sections_of(const FormRow& row) {
    auto sections = split(row.section, ", ");
    for (std::string& section : sections)
        if (row.manual == "a76xx.md" && section.starts_with("2 ")) section.erase(0, 2);
    return sections;
}
bool stands_in(const FormRow& row, std::string_view section) {
    const auto sections = sections_of(row);
    return std::find(sections.begin(), sections.end(), section) != sections.end();
}

/// What a table allows beyond what the lists say; nothing where there is no such thing. Where the lists name no range the table may
/// have none either, but for a text's longest length.
std::string invented(const Domain& table, const Domain& lists) {
    const bool limit_alone = table.sort == Domain::Sort::text && table.words.empty() && table.rule.empty();
    if (lists.stated ? lists.holds(table) : !table.stated || limit_alone) return {};
    return "the table says " + table.show() + ", the lists " + lists.show();
}
/// What the lists say beyond what a table's rows allow together.
std::string missing(const std::vector<Domain>& table, const Domain& said) {
    if (!said.stated || unite(table).holds(said)) return {};
    return "the list says " + said.show() + ", the table " + unite(table).show();
}

class Tables : public testing::TestWithParam<const Dialect*> {
protected:
    const Facts& facts = GetParam()->facts;
};

// ── What the module sends ───────────────────────────────────────────────────────────────────────────────────────────────────

/// The parameters of a wire form, in order.
std::vector<const Token*> parameters_of(const WireForm& way) {
    std::vector<const Token*> parameters;
    for (const Token& token : way.tokens)
        if (token.parameter) parameters.push_back(&token);
    return parameters;
}

/// What a line says of its parameters beyond what the forms that it may be allow.
std::string missing(const MatchedLine& line) {
    std::vector<std::vector<Domain>> allowed(line.matches.front().said.size());
    for (const Match& found : line.matches) {
        const WireForm way = spellings(*found.form)[found.spelling];
        const auto parameters = parameters_of(way);
        for (std::size_t i = 0; i < parameters.size(); ++i) allowed[i].push_back(parameters[i]->domain);
    }
    std::string all;
    for (std::size_t i = 0; i < allowed.size(); ++i) all += missing(allowed[i], line.matches.front().said[i]);
    return all;
}

TEST_P(Tables, HaveEveryRowOfTheModule) {
    for (const FormRow* row : rows_of(facts)) {
        if (row->of_host() || is_generated_by_name(*row)) continue;
        for (const MatchedLine& line : match(*row, facts)) {
            EXPECT_FALSE(line.matches.empty()) << row->id << ": no form of " << line.event << " is spelled " << line.line;
            if (line.matches.empty()) continue;
            EXPECT_EQ(missing(line), "") << row->id << ": " << line.line;
        }
    }
}

TEST_P(Tables, HaveTheCommandOfEveryTestReply) {
    for (const FormRow* row : rows_of(facts)) {
        if (row->event != "supported") continue;
        EXPECT_TRUE(row->syntax.starts_with("+" + row->command + ": ")) << row->id << ": " << row->syntax;
        const auto command = std::find_if(facts.commands.begin(), facts.commands.end(),
                                          [&](const CommandFacts& c) { return c.name == row->command; });
        EXPECT_NE(command, facts.commands.end()) << row->id << ": the table has no command " << row->command;
    }
}

/// What the rows say of one wire form: of each parameter, and where it stands.
struct Said {
    std::vector<std::vector<Domain>> parameters;
    bool in_section = false;
};

TEST_P(Tables, HaveNoFormThatNoRowDocuments) {
    std::map<std::pair<const Form*, std::size_t>, Said> all;
    for (const FormRow* row : rows_of(facts)) {
        if (row->of_host() || is_generated_by_name(*row)) continue;
        for (const MatchedLine& line : match(*row, facts))
            for (const Match& found : line.matches) {
                Said& said = all[{found.form, found.spelling}];
                said.parameters.resize(found.said.size());
                for (std::size_t i = 0; i < found.said.size(); ++i) said.parameters[i].push_back(found.said[i]);
                said.in_section = said.in_section || stands_in(*row, found.form->section);
            }
    }
    for (const Form& form : facts.forms) {
        const bool general = &form < facts.forms.data() + tables::general_forms.size();
        const auto ways = spellings(form);
        bool in_section = general;  // their sections are those of V.250 and 3GPP
        for (std::size_t i = 0; i < ways.size(); ++i) {
            const auto said = all.find({&form, i});
            ASSERT_NE(said, all.end()) << form.production << ": no row says " << show(ways[i].tokens);
            in_section = in_section || said->second.in_section;
            const auto parameters = parameters_of(ways[i]);
            for (std::size_t k = 0; k < parameters.size(); ++k) {
                const std::string more = invented(parameters[k]->domain, unite(said->second.parameters[k]));
                EXPECT_EQ(more, "") << form.production << ", " << show(ways[i].tokens) << ": " << parameters[k]->text;
            }
        }
        EXPECT_TRUE(in_section) << form.production << ", " << form.head << ": no row of it stands in " << form.section;
    }
}

/// Whether some line is both: spelled alike under the same settings, with values that both allow.
bool meet(const WireForm& one, const WireForm& other) {
    const auto parameters = parameters_of(one);
    const auto others = parameters_of(other);
    if (one.settings != other.settings || show(one.tokens) != show(other.tokens)) return false;
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (!parameters[i]->domain.overlaps(others[i]->domain)) return false;
    return true;
}

TEST_P(Tables, HaveEachFormOnce) {
    for (const Form& form : facts.forms)
        for (const Form& other : facts.forms) {
            if (&other <= &form || other.kind != form.kind || other.settle != form.settle) continue;
            for (const WireForm& one : spellings(form))
                for (const WireForm& way : spellings(other))
                    EXPECT_FALSE(meet(one, way)) << show(one.tokens) << " is " << form.production << " and " << other.production;
        }
}

// ── What the host sends ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// `300 (to OK, E030); late result 60000`: the number in front, and the one behind `late result `; 0 where there is none.
std::uint32_t leading_number(std::string_view text) {
    std::uint32_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') break;
        number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return number;
}
std::uint32_t late_result(const FormRow& row) {
    static constexpr std::string_view label = "late result ";
    const std::size_t at = row.max_response.find(label);
    return at == std::string::npos ? 0 : leading_number(std::string_view{row.max_response}.substr(at + label.size()));
}

/// What a line says of its parameters beyond what the rows that take it allow.
std::string missing(const MatchedCommand& line) {
    std::map<std::string_view, std::vector<Domain>> allowed;
    std::map<std::string_view, Domain> said;
    for (const CommandMatch& found : line.matches)
        for (std::size_t i = 0; i < found.said.size(); ++i) {
            const Parameter& parameter = found.row->parameters[i];
            if (!found.said[i]) continue;
            allowed[parameter.name].push_back(domain_of(parameter));
            said.emplace(parameter.name, *found.said[i]);
        }
    std::string all;
    for (const auto& [parameter, domain] : said) all += missing(allowed[parameter], domain);
    return all;
}

TEST_P(Tables, HaveEveryRowOfTheHost) {
    for (const FormRow* row : rows_of(facts)) {
        if (!command_form(*row) || is_basic(*row)) continue;
        const CommandFacts* command = command_of(*row, facts);
        ASSERT_NE(command, nullptr) << row->id << ": no command in the table for " << row->syntax;
        EXPECT_EQ(command->max_response, leading_number(row->max_response)) << row->id << ": maximum response time";
        for (const MatchedCommand& line : match(*row, *command)) {
            ASSERT_FALSE(line.matches.empty()) << row->id << ": no row of " << command->name << " takes " << line.line;
            EXPECT_EQ(missing(line), "") << row->id << ": " << line.line;
            if (late_result(*row) == 0) continue;
            for (const CommandMatch& found : line.matches)
                EXPECT_EQ(found.row->late_result, late_result(*row)) << row->id << ": late result";
        }
    }
}

/// What the rows say of one spelling of a command.
struct SaidOfCommand {
    std::vector<std::vector<Domain>> given;  ///< of each parameter
    std::vector<bool> left_out;
    bool in_section = false;
};

void add(SaidOfCommand& said, const CommandMatch& found, const FormRow& row) {
    said.given.resize(found.said.size());
    said.left_out.resize(found.said.size());
    for (std::size_t i = 0; i < found.said.size(); ++i) {
        if (found.said[i])
            said.given[i].push_back(*found.said[i]);
        else
            said.left_out[i] = true;
    }
    said.in_section = said.in_section || stands_in(row, found.row->section);
}

TEST_P(Tables, HaveNoCommandThatNoRowDocuments) {
    std::map<const CommandRow*, SaidOfCommand> all;
    for (const FormRow* row : rows_of(facts)) {
        const CommandFacts* command = command_form(*row) ? command_of(*row, facts) : nullptr;
        if (command == nullptr) continue;
        for (const MatchedCommand& line : match(*row, *command))
            for (const CommandMatch& found : line.matches) add(all[found.row], found, *row);
    }
    for (const CommandFacts& command : facts.commands)
        for (const CommandRow& row : command.rows) {
            const std::string where = std::string{command.name} + ", row " + std::to_string(&row - command.rows.data() + 1);
            const auto said = all.find(&row);
            ASSERT_NE(said, all.end()) << where << ": no row documents it";
            EXPECT_TRUE(said->second.in_section) << where << ": no row of it stands in " << row.section;
            for (std::size_t i = 0; i < row.size(); ++i) {
                const Parameter& parameter = row.parameters[i];
                ASSERT_FALSE(said->second.given[i].empty()) << where << ": no row gives " << parameter.name;
                EXPECT_EQ(said->second.left_out[i], parameter.optional) << where << ": left out: " << parameter.name;
                EXPECT_EQ(invented(domain_of(parameter), unite(said->second.given[i])), "") << where << ": " << parameter.name;
            }
        }
}

/// Commands answered by a prompt, by the rows that show one.
TEST_P(Tables, KnowWhichCommandsSend) {
    for (const CommandFacts& command : facts.commands) {
        bool prompts = false;
        for (const FormRow* row : rows_of(facts)) prompts = prompts || (row->event == "prompt" && row->command == command.name);
        EXPECT_EQ(command.sends, prompts) << command.name;
    }
}

// ── Defaults ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

std::string lower(std::string_view text) {
    std::string copy{text};
    for (char& c : copy) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return copy;
}

/// The setting that a parameter is the value of: `AT+CIPMODE=<mode>`, `errMode`, `AT+CIPCFG="DATAECHO",<value>`.
const Default* setting_of(const FormRow& row, const RowParameter& parameter, const Facts& facts) {
    for (const Default& setting : facts.defaults) {
        const bool of_command = lower(row.command) == setting.setting && parameter.name == "mode";
        const bool of_option = lower(row.syntax).find("\"" + std::string{setting.setting} + "\"") != std::string::npos;
        if (of_command || of_option || lower(parameter.name) == setting.setting) return &setting;
    }
    return nullptr;
}

/// What a parameter is where nobody gives it. One that a decoder has a setting for has its default there.
TEST_P(Tables, HaveTheDocumentedDefaults) {
    for (const FormRow* row : rows_of(facts))
        for (const RowParameter& parameter : parameters_of(*row)) {
            const Default* setting = setting_of(*row, parameter, facts);
            if (parameter.fallback == "-" || setting == nullptr) continue;
            const std::string value = parameter.fallback == "ON" ? "1" : parameter.fallback;
            EXPECT_EQ(std::to_string(setting->value), value) << row->id << ": " << parameter.name;
        }
    for (const FormRow* row : rows_of(facts)) {
        const CommandFacts* command = command_form(*row) ? command_of(*row, facts) : nullptr;
        if (command == nullptr) continue;
        for (const RowParameter& said : parameters_of(*row))
            for (const MatchedCommand& line : match(*row, *command))
                for (const CommandMatch& found : line.matches)
                    for (const Parameter& parameter : found.row->parameters) {
                        if (parameter.name != said.name || parameter.type != ParameterType::integer) continue;
                        if (!parameter.optional && setting_of(*row, said, facts) != nullptr) continue;
                        const std::string table = parameter.fallback == -1 ? "-" : std::to_string(parameter.fallback);
                        EXPECT_EQ(table, said.fallback) << row->id << ": " << said.name;
                    }
    }
}

/// The settings that the rows stand under. `echo` is V.250's, in every dialect the same.
std::set<std::string> settings_named_by(const std::vector<const FormRow*>& rows) {
    std::set<std::string> known{"access_mode"};
#define CONFORMANCE_KNOW(name, most) known.insert(#name);
    ATWIRE_SETTINGS(CONFORMANCE_KNOW)
#undef CONFORMANCE_KNOW
    known.erase("echo");
    std::set<std::string> named;
    for (const FormRow* row : rows) {
        for (const auto& [setting, value] : settings_of(*row))
            if (known.contains(setting)) named.insert(setting);
        for (const RowParameter& parameter : parameters_of(*row))
            if (parameter.name == "send_data_format") named.insert("send_dataformat");
    }
    return named;
}

TEST_P(Tables, HaveADefaultForEachSetting) {
    std::set<std::string> defaults;
    for (const Default& setting : facts.defaults) {
        EXPECT_TRUE(defaults.emplace(setting.setting).second) << setting.setting << " twice";
        EXPECT_FALSE(setting.evidence.empty()) << setting.setting;
    }
    EXPECT_EQ(defaults, settings_named_by(rows_of(facts)));
}

// ── Code tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

using Codes = std::vector<std::pair<std::string, std::string>>;

/// The codes of one table of errors.tsv; `0-3` is four of them, and `2.05`, a CoAP message's, is 205.
Codes listed(std::string_view dialect, std::string_view table) {
    Codes codes;
    for (const CodeRow& row : code_rows()) {
        if (row.dialect != dialect || row.table != table) continue;
        const std::size_t dash = row.code.find('-', 1);
        if (dash == std::string::npos || !std::isdigit(static_cast<unsigned char>(row.code[0]))) {
            std::string code = row.code;
            if (code.size() == 4 && code[1] == '.') code.erase(1, 1);
            codes.emplace_back(code, row.name);
            continue;
        }
        for (int code = std::stoi(row.code); code <= std::stoi(row.code.substr(dash + 1)); ++code)
            codes.emplace_back(std::to_string(code), row.name);
    }
    return codes;
}

/// The words of the parameters and fields of a name, in every table of the dialect.
std::set<std::string> words_of(const Facts& facts, std::string_view name) {
    std::set<std::string> words;
    for (const Form& form : facts.forms)
        for (const Item& item : form.items)
            if (item.parameter == name) words.insert(item.words.begin(), item.words.end());
    for (const CommandFacts& command : facts.commands)
        for (const CommandRow& row : command.rows)
            for (const Parameter& parameter : row.parameters)
                if (parameter.name == name) words.insert(parameter.words.begin(), parameter.words.end());
    return words;
}

TEST_P(Tables, HaveTheListedCodes) {
    std::set<std::string> tables;
    for (const CodeRow& row : code_rows())
        if (row.dialect == facts.name) tables.insert(row.table);
    for (const CodeTable& table : facts.codes) {
        Codes codes;
        for (const Code& code : table.codes) codes.emplace_back(std::to_string(code.code), std::string{code.name});
        EXPECT_EQ(codes, listed(facts.name, table.name)) << table.name;
        tables.erase(std::string{table.name});
    }
    for (const std::string& table : tables) {  // words stand with the parameters that take them
        std::set<std::string> words;
        for (const auto& [code, name] : listed(facts.name, table)) words.insert(code);
        EXPECT_EQ(words_of(facts, table), words) << table;
    }
}

TEST_P(Tables, SayWhereTheirCodesStand) {
    for (const CodeTable& table : facts.codes) {
        const auto row = std::find_if(code_rows().begin(), code_rows().end(),
                                      [&](const CodeRow& r) { return r.dialect == facts.name && r.table == table.name; });
        ASSERT_NE(row, code_rows().end()) << table.name;
        const std::string section =
            row->manual == "a76xx.md" ? row->section.substr(2) : row->section.substr(0, row->section.find_first_of(", "));
        EXPECT_EQ(table.section, section) << table.name;
    }
}

// ── Nothing was passed over ─────────────────────────────────────────────────────────────────────────────────────────────────

/// Whether a test above compares the row with a table. What a host sends after a prompt, and what every module understands, stand
/// in no dialect's table; what is known by its event's name has its own tests.
bool is_compared(const FormRow& row, const Facts& facts) {
    if (row.of_host()) return is_basic(row) || row.kind == "data" || row.kind == "general" || command_of(row, facts) != nullptr;
    if (is_generated_by_name(row)) return true;
    const auto lines = match(row, facts);
    return std::all_of(lines.begin(), lines.end(), [](const MatchedLine& line) { return !line.matches.empty(); });
}

TEST_P(Tables, AreComparedWithEveryRow) {
    const auto rows = rows_of(facts);
    const auto compared = std::count_if(rows.begin(), rows.end(), [&](const FormRow* row) { return is_compared(*row, facts); });
    EXPECT_EQ(static_cast<std::size_t>(compared), documented.at(facts.name));
}

TEST(List, NamesEachRowOnce) {
    std::set<std::string> ids;
    for (const FormRow& row : form_rows()) EXPECT_TRUE(ids.insert(row.id).second) << row.id;
}

INSTANTIATE_TEST_SUITE_P(, Tables, testing::ValuesIn(dialects().begin(), dialects().end()),
                         [](const auto& dialect) { return std::string{dialect.param->facts.name}; });

}  // namespace
}  // namespace conformance
