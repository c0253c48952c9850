// What holds each documented form: a production that reads it, transcripts that show it, properties whose generators make it.
#ifndef CONFORMANCE_FACTS_COVERAGE_HPP
#define CONFORMANCE_FACTS_COVERAGE_HPP

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "facts/lists.hpp"
#include "facts/spelling.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {

// ── The corpus ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// One file of the corpus.
struct CorpusFile {
    std::string file;    ///< below corpus/: `bc26/rejects/qiopen.at`
    std::string folder;  ///< of the dialect: `bc26`
    std::string slug;    ///< below the folder, without `.at`: `rejects/qiopen`
    Transcript transcript;
    [[nodiscard]] bool is_reject() const { return slug.starts_with("rejects/"); }
    [[nodiscard]] bool is_capture() const { return slug.starts_with("captures/"); }
    /// A header's words: `# forms:`, `# erratum:`.
    [[nodiscard]] std::set<std::string> words(const std::string& header) const;
};
/// The files of a dialect's folder, sorted; none where there is no such folder. Throws InputError.
[[nodiscard]] std::vector<CorpusFile> read_corpus(const std::string& directory, const std::string& folder);
/// Those of all folders. Read once.
[[nodiscard]] const std::vector<CorpusFile>& corpus();

// ── The grammar ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The definitions that the dialect's machines are made of, its own and those of the files that it includes, without comments and
/// quoted text. A shared file also has definitions that not every dialect uses. Throws std::runtime_error.
[[nodiscard]] std::string read_grammar(const std::string& directory, std::string_view dialect);
/// The production that reads this form: the grammar says `is_<production>`, or that of a form whose bytes a setting may turn into
/// this one. Empty where there is none.
[[nodiscard]] std::string_view production_of(const atwire::Form& form, const atwire::Facts& facts, const std::string& grammar);

// ── Rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The directories that all of it is read from.
struct Sources {
    std::string facts;    ///< of forms.tsv
    std::string corpus;   ///< of `<dialect>/…/*.at`
    std::string grammar;  ///< of `<dialect>.rl`
};
/// Those of the checkout that this was built from.
[[nodiscard]] Sources own_sources();

/// What holds one row.
struct RowCoverage {
    const FormRow* row = nullptr;
    std::vector<std::string> productions{};      ///< that read it, each once
    bool is_read = false;                        ///< whether they read all of it, and of a host's row the table has the command
    std::vector<std::string> transcripts{};      ///< that show it, below corpus/; rejects and captures are left out
    std::vector<std::string_view> properties{};  ///< whose events are among others this row's

    /// Payload, data and data coming back need no production: they are counted.
    [[nodiscard]] bool is_counted() const { return is_read && productions.empty(); }
    /// What the row lacks: `production`, `corpus file`, `property`.
    [[nodiscard]] std::vector<std::string_view> missing() const;
};
/// Every row of the dialect, in the list's order. Throws std::runtime_error where a row can't be read.
[[nodiscard]] std::vector<RowCoverage> coverage_of(const atwire::Dialect& dialect, const std::vector<FormRow>& rows,
                                                   const Sources& sources);

}  // namespace conformance

#endif
