#include "facts/coverage.hpp"

#include <algorithm>
#include <array>
#include <atwire/command_decoder.hpp>
#include <atwire/detail/command_tables.hpp>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <regex>
#include <sstream>

#include "facts/commands.hpp"
#include "facts/samples.hpp"
#include "properties/generated_commands.hpp"
#include "properties/generated_events.hpp"
#include "properties/properties.hpp"

namespace conformance {

using namespace atwire;

namespace {

namespace fs = std::filesystem;

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// A grammar file without its comments, with the files that it includes in their places.
std::string read_grammar_file(const fs::path& file) {
    std::ifstream input{file};
    if (!input) throw std::runtime_error{file.string() + ": " + std::strerror(errno)};
    std::string text;
    static const std::regex include{"^include [a-z_]+ \"([^\"]+)\";"};
    for (std::string line; std::getline(input, line);) {
        std::smatch found;
        const std::size_t first = line.find_first_not_of(' ');
        if (first != std::string::npos && (line[first] == '#' || line[first] == '/')) continue;
        text += std::regex_search(line, found, include) ? read_grammar_file(file.parent_path() / found[1].str()) : line + "\n";
    }
    return text;
}

/// Whether a whole word stands in the text.
bool holds_word(const std::string& text, const std::string& word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        if ((at == 0 || !is_name(text[at - 1])) && !is_name(text[at + word.size()])) return true;
    return false;
}

/// The statements of a grammar, without what stands in quotes and brackets.
std::vector<std::string> statements_of(const std::string& text) {
    std::vector<std::string> statements(1);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\'' || c == '"' || c == '[') {
            const char end = c == '[' ? ']' : c;
            while (++at < text.size() && text[at] != end)
                if (text[at] == '\\') ++at;
        } else if (c == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (c == ';') {
            statements.emplace_back();
        } else {
            statements.back() += c;
        }
    }
    return statements;
}

std::set<std::string> names_in(const std::string& text) {
    static const std::regex name{"[A-Za-z_][A-Za-z0-9_]*"};
    std::set<std::string> names;
    for (std::sregex_iterator at{text.begin(), text.end(), name}; at != std::sregex_iterator{}; ++at) names.insert(at->str());
    return names;
}

/// Throws before something counts as never made. The rarest take some hundreds.
constexpr std::size_t most = 5000;

/// Dice that fall the same on every machine.
class ThrownDice {
public:
    Dice next() {
        std::vector<std::uint32_t> throws(100);
        for (std::uint32_t& one : throws) one = static_cast<std::uint32_t>(engine_());
        return Dice{std::move(throws)};
    }

private:
    std::mt19937 engine_{1};
};

/// What `generate_event` makes, found by letting it.
class Generated {
public:
    explicit Generated(const Dialect& dialect) {
        for (const Form& form : dialect.facts.forms) {
            OwnedEvent owned;
            for (std::size_t n = 0; n != most && !forms_.contains(&form); ++n) {
                Dice dice = dice_.next();
                const Settings settings = generate_settings(dice, dialect);
                if (generate_from(dice, form, dialect, settings, owned)) forms_.insert(&form);
            }
        }
        for (std::size_t n = 0; n != most; ++n) {
            Dice dice = dice_.next();
            const Settings settings = generate_settings(dice, dialect);
            events_.emplace(name(generate_event(dice, dialect, settings).event.kind));
        }
    }
    [[nodiscard]] bool makes(const Form* form) const { return forms_.contains(form); }
    [[nodiscard]] bool makes(const std::string& event) const { return events_.contains(event); }

private:
    ThrownDice dice_;
    std::set<const Form*> forms_;
    std::set<std::string> events_;
};

/// The same of `generate_command` and `generate_host_noise`.
class GeneratedCommands {
public:
    explicit GeneratedCommands(const Dialect& dialect) {
        for (std::size_t n = 0; n != most; ++n) {
            Dice dice = dice_.next();
            const GeneratedCommand made = generate_command(dice, dialect);
            rows_.insert(made.row);
            commands_.emplace(name(made.command.kind));
        }
        for (std::size_t n = 0; n != most && !noise_has_raw_; ++n) {
            Dice dice = dice_.next();
            noise_has_raw_ = has_raw(generate_host_noise(dice, dialect), dialect);
        }
    }
    /// What a property has to make to hold a row of the list, which may be these rows of the table; 0 where none makes it.
    [[nodiscard]] unsigned made_as(const FormRow& row, const std::set<const CommandRow*>& table) const {
        if (row.settings.find("transparent=1") != std::string::npos) return CommandProperty::pipe;
        if (row.kind == "data")
            return row.syntax.find("<0x") == std::string::npos ? CommandProperty::data_of_length : CommandProperty::data_to_end;
        if (!std::includes(rows_.begin(), rows_.end(), table.begin(), table.end(), rows_.key_comp())) return 0;
        const auto commands = split(row.event, "+");
        unsigned makes = commands.size() > 1 ? CommandProperty::joined : 0u;
        for (const std::string& command : commands) {
            const bool is_made = command == "raw" ? noise_has_raw_ : commands_.contains(command);
            if (!is_made) return 0;
            makes |= command == "raw" ? CommandProperty::raw
                     : table.empty()  ? CommandProperty::by_name
                                      : CommandProperty::of_table;
        }
        return makes;
    }

private:
    static bool has_raw(const std::string& bytes, const Dialect& dialect) {
        std::array<char, 1024> carry{};
        Settings settings;
        CommandDecoder decoder{dialect, settings, carry};
        bool found = false;
        decoder.feed(bytes);
        while (const Command* command = decoder.next()) found = found || command->kind == CommandKind::raw;
        return found;
    }

    ThrownDice dice_;
    std::set<const CommandRow*> rows_;
    std::set<std::string> commands_;
    bool noise_has_raw_ = false;
};

/// The production of commands.rl that reads a host's row; empty for data and `+++`, which are counted.
std::string host_production_of(const FormRow& row) {
    if (row.kind == "data" || row.syntax == "+++") return {};
    return row.syntax.size() > 2 && row.syntax[2] == '+' ? "extended" : row.syntax == "AT" ? "first" : "basic";
}

/// Reads all of a dialect's sources, then its rows.
class Reader {
public:
    Reader(const Dialect& dialect, const Sources& sources)
        : dialect_{dialect},
          facts_{dialect.facts},
          grammar_{read_grammar(sources.grammar, dialect.facts.name)},
          host_grammar_{read_grammar(sources.grammar, "commands")},
          generated_{dialect},
          generated_commands_{dialect} {
        for (const CorpusFile& file : read_corpus(sources.corpus, std::string{facts_.name}))
            if (!file.is_reject() && !file.is_capture())
                for (const std::string& id : file.words("forms")) transcripts_[id].push_back(file.file);
    }

    RowCoverage read(const FormRow& row) {
        RowCoverage found{.row = &row};
        const auto shown = transcripts_.find(row.id);
        if (shown != transcripts_.end()) found.transcripts = shown->second;
        if (row.of_host())
            by_commands(found);
        else if (is_generated_by_name(row))
            by_name(found);
        else
            by_forms(found);
        return found;
    }

private:
    void by_name(RowCoverage& found) {
        const std::string& event = found.row->event;
        for (const ByName& by : generated_by_name()) {
            if (by.event != event) continue;
            const std::string word{by.in_grammar};
            found.is_read = word.empty() || holds_word(grammar_, word);
            if (!word.empty() && found.is_read) found.productions.push_back(word.starts_with("is_") ? word.substr(3) : word);
        }
        const bool comes_back = dialect_.decoding.data_echo != nullptr;  // or else EchoedDataIsOpaque has nothing to say
        for (const Property& property : properties) {
            const bool makes_own = property.event == event && (event != "data_echo" || comes_back);
            if (makes_own || (property.draws_any() && generated_.makes(event))) found.properties.push_back(property.name);
        }
    }

    void by_forms(RowCoverage& found) {
        std::set<const Form*> forms;  // in the table's order
        bool is_known = true;
        for (const MatchedLine& line : match(*found.row, facts_)) {
            is_known = is_known && !line.matches.empty();
            for (const Match& one : line.matches) forms.insert(one.form);
        }
        found.is_read = is_known;
        bool is_made = is_known;
        for (const Form* form : forms) {
            const std::string_view production = production_of(*form, facts_, grammar_);
            found.is_read = found.is_read && !production.empty();
            is_made = is_made && generated_.makes(form);
            const auto known = std::find(found.productions.begin(), found.productions.end(), production);
            if (!production.empty() && known == found.productions.end()) found.productions.emplace_back(production);
        }
        for (const Property& property : properties)
            if (property.draws_any() && is_made) found.properties.push_back(property.name);
    }

    void by_commands(RowCoverage& found) {
        const FormRow& row = *found.row;
        std::set<const CommandRow*> table;
        const bool is_known = table_rows(row, table) && read_as(row, dialect_) == std::set{row.event};
        const std::string production = host_production_of(row);
        const bool is_there = production.empty() || holds_word(host_grammar_, production);
        found.is_read = is_known && is_there;
        if (found.is_read && !production.empty()) found.productions.push_back(production);
        const unsigned needed = is_known ? generated_commands_.made_as(row, table) : 0;
        for (const CommandProperty& property : command_properties)
            if (needed != 0 && (property.makes & needed) == needed) found.properties.push_back(property.name);
    }

    /// The rows of the table that the list's row may be; false where one of its spellings is none, or another command.
    bool table_rows(const FormRow& row, std::set<const CommandRow*>& rows) const {
        const CommandFacts* command = command_form(row) ? command_of(row, facts_) : nullptr;
        if (command == nullptr) return true;  // data, and what every module understands: no table has it
        for (const MatchedCommand& line : match(row, *command)) {
            if (line.matches.empty()) return false;
            for (const CommandMatch& one : line.matches) {
                if (name(detail::kind_of(*command, *one.row)) != row.event) return false;
                rows.insert(one.row);
            }
        }
        return true;
    }

    const Dialect& dialect_;
    const Facts& facts_;
    std::string grammar_;
    std::string host_grammar_;
    Generated generated_;
    GeneratedCommands generated_commands_;
    std::map<std::string, std::vector<std::string>> transcripts_;
};

}  // namespace

std::set<std::string> CorpusFile::words(const std::string& header) const {
    std::istringstream text{transcript.header(header)};
    return {std::istream_iterator<std::string>{text}, {}};
}

std::vector<CorpusFile> read_corpus(const std::string& directory, const std::string& folder) {
    std::vector<CorpusFile> files;
    const fs::path base = fs::path{directory} / folder;
    if (!fs::exists(base)) return files;
    for (const auto& entry : fs::recursive_directory_iterator{base}) {
        if (entry.path().extension() != ".at") continue;
        const fs::path slug = entry.path().lexically_relative(base);
        std::ifstream input{entry.path()};
        if (!input) throw std::runtime_error{entry.path().string() + ": " + std::strerror(errno)};
        CorpusFile& file = files.emplace_back(CorpusFile{folder + "/" + slug.generic_string(), folder, {}, {}});
        file.slug = fs::path{slug}.replace_extension().generic_string();
        file.transcript = read_transcript(input, entry.path().string());
    }
    std::sort(files.begin(), files.end(), [](const CorpusFile& a, const CorpusFile& b) { return a.file < b.file; });
    return files;
}

const std::vector<CorpusFile>& corpus() {
    static const std::vector<CorpusFile> files = [] {
        std::vector<CorpusFile> all;
        for (const auto& entry : fs::directory_iterator{ATWIRE_CORPUS}) {
            if (!entry.is_directory()) continue;
            for (CorpusFile& file : read_corpus(ATWIRE_CORPUS, entry.path().filename().string())) all.push_back(std::move(file));
        }
        std::sort(all.begin(), all.end(), [](const CorpusFile& a, const CorpusFile& b) { return a.file < b.file; });
        return all;
    }();
    return files;
}

std::string read_grammar(const std::string& directory, std::string_view dialect) {
    std::map<std::string, std::string> definitions;
    std::vector<std::string> used;  // first those that are machines of their own: `line := …`
    for (const std::string& statement : statements_of(read_grammar_file(fs::path{directory} / (std::string{dialect} + ".rl")))) {
        const std::size_t equals = statement.find('=');
        const auto defined = names_in(statement.substr(0, equals));
        if (equals == 0 || equals == std::string::npos || defined.size() != 1) continue;
        definitions[*defined.begin()] = statement.substr(equals + 1);
        if (statement[equals - 1] == ':') used.push_back(*defined.begin());
    }
    std::string text;
    for (std::size_t i = 0; i < used.size(); ++i) {
        const std::string expression = definitions[used[i]];
        text += used[i] + " =" + expression + ";\n";
        for (const std::string& name : names_in(expression))
            if (definitions.contains(name) && std::find(used.begin(), used.end(), name) == used.end()) used.push_back(name);
    }
    return text;
}

std::string_view production_of(const Form& form, const Facts& facts, const std::string& grammar) {
    const auto reads = [&](std::string_view production) { return holds_word(grammar, "is_" + std::string{production}); };
    if (reads(form.production)) return form.production;
    for (const Form& first : facts.forms)
        if (first.other == form.production && reads(first.production)) return first.production;
    return {};
}

Sources own_sources() { return {ATWIRE_LISTS, ATWIRE_CORPUS, ATWIRE_GRAMMAR}; }

std::vector<std::string_view> RowCoverage::missing() const {
    std::vector<std::string_view> lacks;
    if (!is_read) lacks.push_back("production");
    if (transcripts.empty()) lacks.push_back("corpus file");
    if (properties.empty()) lacks.push_back("property");
    return lacks;
}

std::vector<RowCoverage> coverage_of(const Dialect& dialect, const std::vector<FormRow>& rows, const Sources& sources) {
    std::vector<RowCoverage> coverage;
    Reader reader{dialect, sources};
    for (const FormRow& row : rows) {
        if (row.dialect != dialect.facts.name) continue;
        try {
            coverage.push_back(reader.read(row));
        } catch (const std::logic_error& wrong) {
            throw std::runtime_error{"forms.tsv: " + row.id + ": can't be read: " + wrong.what()};
        }
    }
    return coverage;
}

}  // namespace conformance
