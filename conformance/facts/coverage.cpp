#include "facts/coverage.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace conformance {

using namespace atwire;

namespace {

namespace fs = std::filesystem;

/// A grammar file, with the files that it includes in their places.
std::string grammar(const std::string& file) {
    std::ifstream input{fs::path{ATWIRE_GRAMMAR} / file};
    std::string text;
    static const std::regex include{"^include [a-z_]+ \"([^\"]+)\";"};
    for (std::string line; std::getline(input, line);) {
        std::smatch found;
        text += std::regex_search(line, found, include) ? grammar(found[1]) : line + "\n";
    }
    return text;
}

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Whether a whole word stands in the text.
bool holds_word(const std::string& text, const std::string& word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
        if ((at == 0 || !is_name(text[at - 1])) && !is_name(text[at + word.size()])) return true;
    return false;
}

std::vector<CorpusFile> read_corpus() {
    std::vector<CorpusFile> files;
    for (const auto& entry : fs::recursive_directory_iterator{ATWIRE_CORPUS}) {
        if (entry.path().extension() != ".at") continue;
        const fs::path path = fs::relative(entry.path(), ATWIRE_CORPUS);
        std::ifstream input{entry.path()};
        CorpusFile file{.file = path.generic_string(), .folder = path.begin()->string(), .slug = {}, .transcript = {}};
        file.slug = fs::relative(path, file.folder).replace_extension().generic_string();
        file.transcript = read_transcript(input, file.file);
        files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(), [](const CorpusFile& a, const CorpusFile& b) { return a.file < b.file; });
    return files;
}

}  // namespace

std::set<const Form*> forms_of(const FormRow& row, const Facts& facts) {
    std::set<const Form*> forms;
    if (row.of_host() || is_generated_by_name(row)) return forms;
    for (const MatchedLine& line : match(row, facts))
        for (const Match& found : line.matches) forms.insert(found.form);
    return forms;
}

const std::string& grammar_of(std::string_view dialect) {
    static std::map<std::string_view, std::string> all;
    auto place = all.find(dialect);
    if (place == all.end()) place = all.emplace(dialect, grammar(std::string{dialect} + ".rl")).first;
    return place->second;
}

bool has_production(const Form& form, const Facts& facts) {
    const std::string& text = grammar_of(facts.name);
    if (holds_word(text, "is_" + std::string{form.production})) return true;
    return std::any_of(facts.forms.begin(), facts.forms.end(), [&](const Form& first) {
        return first.other == form.production && holds_word(text, "is_" + std::string{first.production});
    });
}

bool has_production(const FormRow& row, const Facts& facts) {
    for (const ByName& by : generated_by_name())
        if (by.event == row.event) return by.in_grammar.empty() || holds_word(grammar_of(facts.name), std::string{by.in_grammar});
    const auto forms = forms_of(row, facts);
    return !forms.empty() &&
           std::all_of(forms.begin(), forms.end(), [&](const Form* form) { return has_production(*form, facts); });
}

bool has_generator(const FormRow& row, const Facts& facts) { return is_generated_by_name(row) || !forms_of(row, facts).empty(); }

std::set<std::string> CorpusFile::words(const std::string& header) const {
    std::istringstream text{transcript.header(header)};
    return {std::istream_iterator<std::string>{text}, {}};
}

const std::vector<CorpusFile>& corpus() {
    static const std::vector<CorpusFile> files = read_corpus();
    return files;
}

std::set<std::string> shown_rows(std::string_view dialect) {
    std::set<std::string> shown;
    for (const CorpusFile& file : corpus())
        if (file.folder == dialect && !file.is_reject() && !file.is_capture()) shown.merge(file.words("forms"));
    return shown;
}

}  // namespace conformance
