#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include "gate/spec.hpp"
#include "properties/properties.hpp"

namespace conformance {

namespace {

constexpr std::size_t files_named = 2;  // of a row, in what people read; JSON has all
constexpr const char* red = "\x1B[31m";
constexpr const char* plain = "\x1B[0m";
constexpr const char* none = "none";

template <class List>
std::string joined(const List& list, std::string_view separator) {
    std::string text;
    for (const auto& one : list) text += (text.empty() ? "" : std::string{separator}) + std::string{one};
    return text;
}

bool is_wanted(const RowCoverage& row, const SpecOptions& options) { return !options.uncovered || !row.missing().empty(); }

/// The rows to print, by their command, in the list's order.
struct Group {
    std::string command;
    std::vector<const RowCoverage*> rows{};
};
std::vector<Group> groups_of(const DialectCoverage& dialect, const SpecOptions& options) {
    std::vector<Group> groups;
    for (const RowCoverage& row : dialect.rows) {
        if (!is_wanted(row, options)) continue;
        const auto same = [&](const Group& group) { return group.command == row.row->command; };
        auto group = std::find_if(groups.begin(), groups.end(), same);
        if (group == groups.end()) group = groups.insert(group, {row.row->command});
        group->rows.push_back(&row);
    }
    return groups;
}

/// Most rows are held by the same properties: each set of them has a letter. A host's rows have sets of their own.
class PropertySets {
public:
    struct Set {
        bool of_host = false;
        std::vector<std::string_view> properties{};
        bool operator==(const Set&) const = default;
    };

    PropertySets(const Spec& spec, const SpecOptions& options) {
        for (const bool of_host : {false, true})
            for (const DialectCoverage& dialect : spec.dialects)
                for (const RowCoverage& row : dialect.rows)
                    if (row.row->of_host() == of_host && is_wanted(row, options)) add({of_host, row.properties});
    }
    [[nodiscard]] std::string letter(const RowCoverage& row) const {
        const auto set = std::find(sets_.begin(), sets_.end(), Set{row.row->of_host(), row.properties});
        return set == sets_.end() ? "" : letter(static_cast<std::size_t>(set - sets_.begin()));
    }
    [[nodiscard]] static std::string letter(std::size_t i) {
        return std::string(1, static_cast<char>('A' + i % 26)) + (i < 26 ? "" : std::to_string(i / 26));
    }
    [[nodiscard]] const std::vector<Set>& all() const { return sets_; }

private:
    void add(const Set& set) {
        if (!set.properties.empty() && std::find(sets_.begin(), sets_.end(), set) == sets_.end()) sets_.push_back(set);
    }

    std::vector<Set> sets_;
};

/// The properties that hold no row: their events or commands are only some of what a form can be.
std::vector<std::string_view> partial_properties(bool of_host) {
    std::vector<std::string_view> names;
    for (const Property& property : properties)
        if (!of_host && !property.draws_any() && property.event.empty()) names.push_back(property.name);
    for (const CommandProperty& property : command_properties)
        if (of_host && property.makes == 0) names.push_back(property.name);
    return names;
}

std::string counts(const DialectCoverage& dialect) {
    std::ostringstream text;
    text << dialect.module.rows << " rows of the module, " << dialect.module.covered << " covered; " << dialect.host.rows
         << " of the host, " << dialect.host.covered << " covered";
    return text.str();
}

/// Of the dialects that the list has and the program doesn't: `bc65 (237 rows)`.
std::vector<std::string> without_table(const Spec& spec) {
    std::vector<std::string> names;
    for (const auto& [dialect, count] : spec.without_table) names.push_back(dialect + " (" + std::to_string(count) + " rows)");
    return names;
}

std::string section_of(const FormRow& row) {
    // A manual is a .txt; what stands elsewhere says where, and corrections.md says what that is.
    return row.section + (row.manual.ends_with(".txt") ? "" : " (" + row.manual + ")");
}

// ── Text ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

constexpr std::size_t columns = 5;
constexpr std::size_t widest = 16;  // but for ids; what is longer shifts its row
using Cells = std::array<std::string, columns>;

Cells cells_of(const RowCoverage& row, const PropertySets& sets) {
    std::string files;
    for (std::size_t i = 0; i < std::min(files_named, row.transcripts.size()); ++i)
        files += (i == 0 ? "" : " ") + row.transcripts[i];
    if (row.transcripts.size() > files_named) files += " +" + std::to_string(row.transcripts.size() - files_named);
    Cells cells = {row.row->id, section_of(*row.row), joined(row.productions, " "), sets.letter(row), files};
    if (row.is_counted()) cells[2] = "(counted)";
    for (const std::string_view what : row.missing()) cells[what == "production" ? 2 : what == "property" ? 3 : 4] = none;
    return cells;
}

using Widths = std::array<std::size_t, columns>;

void widen(Widths& widths, const Cells& cells) {
    widths[0] = std::max(widths[0], cells[0].size());
    for (std::size_t i = 1; i < columns; ++i) widths[i] = std::max(widths[i], std::min(cells[i].size(), widest));
}

void print_cells(const Cells& cells, const Widths& widths, bool colour, std::ostream& output) {
    for (std::size_t i = 0; i < columns; ++i) {
        const bool in_red = colour && cells[i] == none;
        output << "  " << (in_red ? red : "") << cells[i] << (in_red ? plain : "");
        if (i + 1 < columns) output << std::string(widths[i] - std::min(widths[i], cells[i].size()), ' ');
    }
    output << '\n';
}

}  // namespace

void print_text(const Spec& spec, const SpecOptions& options, std::ostream& output) {
    const PropertySets sets{spec, options};
    for (const DialectCoverage& dialect : spec.dialects) {
        output << dialect.facts->name << " (" << dialect.facts->modules << "; " << dialect.facts->manual << ")\n"
               << counts(dialect) << '\n';
        const auto groups = groups_of(dialect, options);
        Widths widths = {};
        for (const Group& group : groups)
            for (const RowCoverage* row : group.rows) widen(widths, cells_of(*row, sets));
        for (const Group& group : groups) {
            output << '\n' << group.command << '\n';
            for (const RowCoverage* row : group.rows) print_cells(cells_of(*row, sets), widths, options.colour, output);
        }
        output << '\n';
    }
    for (std::size_t i = 0; i < sets.all().size(); ++i)
        output << (sets.all()[i].of_host ? "host's properties " : "properties ") << PropertySets::letter(i) << ": "
               << joined(sets.all()[i].properties, " ") << '\n';
    if (!spec.without_table.empty()) output << "not in this program: " << joined(without_table(spec), ", ") << '\n';
}

// ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

namespace {

Json json_of(const RowCoverage& found) {
    const FormRow& row = *found.row;
    return {{"id", row.id},
            {"dialect", row.dialect},
            {"side", row.direction},
            {"command", row.command},
            {"wire", row.syntax},
            {"event", row.event},
            {"manual", row.manual},
            {"section", row.section},
            {"status", found.missing().empty() ? "covered" : "uncovered"},
            {"missing", found.missing()},
            {"productions", found.productions},
            {"counted", found.is_counted()},
            {"corpus", found.transcripts},
            {"properties", found.properties}};
}

Json json_of(const DialectCoverage& dialect) {
    return {{"dialect", dialect.facts->name},
            {"modules", dialect.facts->modules},
            {"manual", dialect.facts->manual},
            {"module_rows", dialect.module.rows},
            {"module_rows_covered", dialect.module.covered},
            {"host_rows", dialect.host.rows},
            {"host_rows_covered", dialect.host.covered}};
}

/// A list whose values have a line each.
void print_list(const std::vector<Json>& values, std::ostream& output) {
    output << "[\n";
    for (const Json& value : values) output << value.dump(-1, ' ', true) << (&value == &values.back() ? "\n" : ",\n");
    output << "]";
}

}  // namespace

void print_json(const Spec& spec, const SpecOptions& options, std::ostream& output) {
    std::vector<Json> dialects;
    std::vector<Json> rows;
    for (const DialectCoverage& dialect : spec.dialects) {
        dialects.push_back(json_of(dialect));
        for (const RowCoverage& row : dialect.rows)
            if (is_wanted(row, options)) rows.push_back(json_of(row));
    }
    Json without_table = Json::object();
    for (const auto& [dialect, count] : spec.without_table) without_table[dialect] = count;
    output << "{\"dialects\":";
    print_list(dialects, output);
    output << ",\n\"without_table\":" << without_table.dump() << ",\n\"rows\":";
    print_list(rows, output);
    output << "}\n";
}

// ── Markdown ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

namespace {

/// Text that a table's cell can hold.
std::string cell(const std::string& text) {
    std::string safe;
    for (const char c : text) safe += c == '|' ? "\\|" : std::string(1, c);
    return safe;
}
std::string code(const std::string& text) {
    if (text.empty()) return {};
    const std::string fence = text.find('`') == std::string::npos ? "`" : "``";
    const std::string pad = fence.size() == 1 ? "" : " ";
    return fence + pad + cell(text) + pad + fence;
}
template <class List>
std::string codes(const List& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + code(std::string{name});
    return text;
}

/// The anchor that a heading gets.
std::string anchor(const std::string& heading) {
    std::string slug;
    for (const char c : heading) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-')
            slug += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (c == ' ')
            slug += '-';
    }
    return slug;
}

std::string links_of(const RowCoverage& row) {
    std::string text;
    for (std::size_t i = 0; i < std::min(files_named, row.transcripts.size()); ++i) {
        const std::string& file = row.transcripts[i];
        const std::size_t begin = file.find('/') + 1;
        text += (i == 0 ? "[" : ", [") + file.substr(begin, file.size() - begin - 3) + "](../corpus/" + file + ")";
    }
    if (row.transcripts.size() > files_named) text += ", " + std::to_string(row.transcripts.size() - files_named) + " more";
    return text;
}

void print_row(const RowCoverage& found, const PropertySets& sets, std::ostream& output) {
    const FormRow& row = *found.row;
    std::string production = codes(found.productions);
    if (found.is_counted()) production = "counted";
    std::string corpus = links_of(found);
    std::string held = sets.letter(found);
    for (const std::string_view what : found.missing())
        (what == "production" ? production : what == "property" ? held : corpus) = "**none**";
    output << "| " << code(row.id) << " | " << code(row.syntax) << " | " << cell(row.event) << " | " << cell(section_of(row))
           << " | " << production << " | " << corpus << " | " << held << " |\n";
}

constexpr const char* introduction = R"(# What holds each documented form

Made by `atwire spec --format markdown`: `docs/make-coverage` writes it, `./check generated` fails where it is stale.
`atwire spec --help` says how to ask for one dialect, for JSON, or for what is uncovered.

Each row is a form that a manual documents, of the list [forms.tsv](../conformance/facts/forms.tsv), which was drawn from the
manuals independently of the code. A row is covered when it has a production, a transcript and a property; one that isn't says
**none**, and the command fails.

| dialect | module's rows | covered | host's rows | covered | uncovered |
|---|---|---|---|---|---|
)";

constexpr const char* legend = R"(
| column | what |
|---|---|
| form | its id in the list, which transcripts name in `# forms:` |
| wire | how it stands there, `<parameter>` by the manual's name, `[…]` optional |
| event | what the bytes mean; of a host's row the command |
| section | of the dialect's manual; what stands elsewhere says where ([corrections.md](../conformance/facts/corrections.md)) |
| production | of the dialect's [grammar](../grammar), where its action is `is_<production>`; `other_name` is a machine of its own. A host's row: of [commands.rl](../grammar/commands.rl), the same for all dialects; the dialect's table has the command, and the decoder reads the row as just that. *counted*: bytes whose number or whose last one is known, which no grammar reads |
| corpus | transcripts that show it; rejects and captures don't count |
| properties | those whose generators make it, by the letter of their set |

| set | properties of [properties_test.cpp](../conformance/properties/properties_test.cpp), for the host's rows of [commands_test.cpp](../conformance/properties/commands_test.cpp) |
|---|---|
)";

void print_head(const Spec& spec, const PropertySets& sets, std::ostream& output) {
    output << introduction;
    for (const DialectCoverage& dialect : spec.dialects)
        output << "| [" << dialect.facts->name << "](#" << anchor(std::string{dialect.facts->name}) << ") | "
               << dialect.module.rows << " | " << dialect.module.covered << " | " << dialect.host.rows << " | "
               << dialect.host.covered << " | "
               << dialect.module.rows + dialect.host.rows - dialect.module.covered - dialect.host.covered << " |\n";
    if (!spec.without_table.empty())
        output << "\nThe list also has dialects that the program doesn't have: " << joined(without_table(spec), ", ") << ".\n";
    const auto uncovered = uncovered_rows(spec);
    if (!uncovered.empty()) output << "\nUncovered:\n\n- " << joined(uncovered, "\n- ") << '\n';
    output << legend;
    for (std::size_t i = 0; i < sets.all().size(); ++i)
        output << "| " << PropertySets::letter(i) << " | " << (sets.all()[i].of_host ? "host: " : "")
               << codes(sets.all()[i].properties) << " |\n";
    std::vector<std::string_view> by_name;
    for (const ByName& by : generated_by_name()) by_name.push_back(by.event);
    output << "\nWhat counts for less than it seems:\n\n- Rows of the events " << codes(by_name)
           << " are held by the event as such, whatever their own words are.\n"
              "- Rows that show a quirk are held by the documented form that they depart from: no generator makes quirks.\n"
              "- Rows of commands that no table has (`raw`, `attention`, `set_echo`, `set_error_format`) and of `send_data` are "
              "held by the\n  command as such.\n"
              "- These properties draw only some events or commands, or bytes of one form, and count for no row: "
           << codes(partial_properties(false)) << "; of the host's " << codes(partial_properties(true)) << ".\n";
}

}  // namespace

void print_markdown(const Spec& spec, const SpecOptions& options, std::ostream& output) {
    const PropertySets sets{spec, options};
    print_head(spec, sets, output);
    for (const DialectCoverage& dialect : spec.dialects) {
        const std::string name{dialect.facts->name};
        const auto groups = groups_of(dialect, options);
        output << "\n## " << name << "\n\n"
               << dialect.facts->modules << "; " << dialect.facts->manual << ". " << counts(dialect) << ".\n\n";
        for (const Group& group : groups)
            output << (&group == &groups.front() ? "" : " · ") << "[" << group.command << "](#"
                   << anchor(name + " " + group.command) << ")";
        output << '\n';
        for (const Group& group : groups) {
            output << "\n### " << name << ' ' << group.command
                   << "\n\n| form | wire | event | section | production | corpus | properties |\n|---|---|---|---|---|---|---|\n";
            for (const RowCoverage* row : group.rows) print_row(*row, sets, output);
        }
    }
}

}  // namespace conformance
