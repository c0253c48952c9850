#include "gate/spec.hpp"

#include <algorithm>
#include <filesystem>

#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void not_found(const fs::path& what, const std::string& option, const std::string& expected) {
    throw std::runtime_error{what.string() + ": not found; " + option + " takes the directory of " + expected};
}

/// The lists, the corpus and the grammar are files of the sources: a program that has left them needs to be told where they are.
void look_for(const SpecOptions& options) {
    const Sources& sources = options.sources;
    const fs::path list = fs::path{sources.facts} / "forms.tsv";
    if (!fs::exists(list)) not_found(list, "--facts", "forms.tsv, conformance/facts in the sources");
    const auto is_there = [&](const atwire::Dialect* dialect) {
        return fs::is_directory(fs::path{sources.corpus} / dialect->facts.name);
    };
    // One dialect alone may have no transcripts yet; then its rows say so.
    const auto known = dialects();
    if (std::none_of(known.begin(), known.end(), is_there))
        not_found(fs::path{sources.corpus} / options.dialects.front()->facts.name, "--corpus",
                  "<dialect>/*.at, corpus in the sources");
    for (const atwire::Dialect* dialect : options.dialects) {
        const fs::path grammar = fs::path{sources.grammar} / (std::string{dialect->facts.name} + ".rl");
        if (!fs::exists(grammar)) not_found(grammar, "--grammar", "<dialect>.rl, grammar in the sources");
    }
    const fs::path commands = fs::path{sources.grammar} / "commands.rl";
    if (!fs::exists(commands)) not_found(commands, "--grammar", "commands.rl, grammar in the sources");
}

}  // namespace

Spec read_spec(const SpecOptions& options) {
    look_for(options);
    Spec spec;
    spec.list = read_form_rows(options.sources.facts);
    for (const atwire::Dialect* dialect : options.dialects) {
        DialectCoverage& found = spec.dialects.emplace_back();
        found.facts = &dialect->facts;
        found.rows = coverage_of(*dialect, spec.list, options.sources);
        for (const RowCoverage& row : found.rows) {
            DialectCoverage::Count& count = row.row->of_host() ? found.host : found.module;
            ++count.rows;
            if (row.missing().empty()) ++count.covered;
        }
    }
    for (const FormRow& row : spec.list)
        if (dialect_named(row.dialect) == nullptr) ++spec.without_table[row.dialect];
    return spec;
}

std::vector<std::string> uncovered_rows(const Spec& spec) {
    std::vector<std::string> lines;
    for (const DialectCoverage& dialect : spec.dialects)
        for (const RowCoverage& row : dialect.rows) {
            std::string what;
            for (const std::string_view missing : row.missing()) what += (what.empty() ? "no " : ", no ") + std::string{missing};
            if (!what.empty()) lines.push_back(row.row->id + ": " + what);
        }
    return lines;
}

}  // namespace conformance
