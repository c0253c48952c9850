// What holds each documented form: a production that reads it, a transcript that shows it, a generator that makes it.
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

/// The forms of the table that a module's row means; none where it is known by its event's name (`generated_by_name`).
[[nodiscard]] std::set<const atwire::Form*> forms_of(const FormRow& row, const atwire::Facts& facts);

/// The grammar files of a dialect as one text: its own and those that it includes.
[[nodiscard]] const std::string& grammar_of(std::string_view dialect);
/// Whether the grammar reads this form: it says `is_<production>`, or that of a form whose bytes a setting may turn into this one.
[[nodiscard]] bool has_production(const atwire::Form& form, const atwire::Facts& facts);
/// Whether the grammar reads every form that the row means. Payload and data coming back need none: they are counted.
[[nodiscard]] bool has_production(const FormRow& row, const atwire::Facts& facts);
/// Whether generators, which go through the table's forms, make this row.
[[nodiscard]] bool has_generator(const FormRow& row, const atwire::Facts& facts);

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
/// All of them, sorted. Read once.
[[nodiscard]] const std::vector<CorpusFile>& corpus();
/// The rows that some transcript of the dialect shows, rejects and captures left out.
[[nodiscard]] std::set<std::string> shown_rows(std::string_view dialect);

}  // namespace conformance

#endif
