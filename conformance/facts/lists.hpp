// The lists drawn from the manuals independently of the code: forms.tsv, errors.tsv. corrections.md says where these copies differ
// from what was drawn first, and why.
#ifndef CONFORMANCE_FACTS_LISTS_HPP
#define CONFORMANCE_FACTS_LISTS_HPP

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// A documented wire form: one row of forms.tsv, by the names of its columns.
struct FormRow {
    std::string id, dialect, direction, command, kind, syntax, params, max_response, event, settings, manual, section, erratum,
        confidence;
    [[nodiscard]] bool of_host() const { return direction == "host"; }
};
/// One code of a code table: a row of errors.tsv. `code` is a number, a range `0-3`, or a word.
struct CodeRow {
    std::string dialect, table, code, name, manual, section;
};

/// The rows of DIRECTORY/forms.tsv. Throws std::runtime_error, with the place, where that is no such list.
[[nodiscard]] std::vector<FormRow> read_form_rows(const std::string& directory);
/// All rows, those of dialects that do not exist yet among them. Read once.
[[nodiscard]] const std::vector<FormRow>& form_rows();
[[nodiscard]] const std::vector<CodeRow>& code_rows();
/// The rows of the dialects that exist.
[[nodiscard]] std::vector<const FormRow*> known_form_rows();

/// The `settings` column: `viewmode=1; note=…`. What has no `=` is left out; `access_mode.<connectID>` is `access_mode`.
[[nodiscard]] std::map<std::string, std::string> settings_of(const FormRow& row);

/// The quirks that the row shows: `quirk=alias; quirk=no_space_after_colon`.
[[nodiscard]] std::vector<std::string> quirks_of(const FormRow& row);

[[nodiscard]] std::vector<std::string> split(std::string_view text, std::string_view separator);

}  // namespace conformance

#endif
