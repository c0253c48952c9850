#include "facts/lists.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using Line = std::map<std::string, std::string>;

/// A file of tab-separated values whose first line names the columns.
std::vector<Line> read(const std::string& file) {
    std::ifstream input{file};
    if (!input) throw std::runtime_error{file + ": " + std::strerror(errno)};
    std::string line;
    std::getline(input, line);
    const auto columns = split(line, "\t");
    std::vector<Line> rows;
    for (std::size_t number = 2; std::getline(input, line); ++number) {
        const auto cells = split(line, "\t");
        if (cells.size() != columns.size())
            throw std::runtime_error{file + ":" + std::to_string(number) + ": " + std::to_string(cells.size()) + " columns, " +
                                     std::to_string(columns.size()) + " were expected"};
        for (Line& row = rows.emplace_back(); const std::string& column : columns)
            row[column] = cells[static_cast<std::size_t>(&column - columns.data())];
    }
    return rows;
}

FormRow form_row(Line& line) {
    return {line["id"],     line["dialect"], line["direction"],    line["command"],   line["kind"],
            line["syntax"], line["params"],  line["max_response"], line["event"],     line["settings"],
            line["manual"], line["section"], line["erratum"],      line["confidence"]};
}
CodeRow code_row(Line& line) {
    return {line["dialect"], line["table"], line["code"], line["name"], line["manual"], line["section"]};
}

template <class Row>
std::vector<Row> read_as(const std::string& file, Row (*make)(Line&)) {
    std::vector<Row> rows;
    for (Line& line : read(file)) rows.push_back(make(line));
    return rows;
}

}  // namespace

std::vector<FormRow> read_form_rows(const std::string& directory) {
    auto rows = read_as(directory + "/forms.tsv", form_row);
    if (rows.empty() || rows[0].id.empty()) throw std::runtime_error{directory + "/forms.tsv: no rows, or no column `id`"};
    return rows;
}

const std::vector<FormRow>& form_rows() {
    static const auto rows = read_form_rows(ATWIRE_LISTS);
    return rows;
}
const std::vector<CodeRow>& code_rows() {
    static const auto rows = read_as(ATWIRE_LISTS "/errors.tsv", code_row);
    return rows;
}

std::vector<const FormRow*> known_form_rows() {
    std::vector<const FormRow*> known;
    for (const FormRow& row : form_rows())
        if (dialect_named(row.dialect) != nullptr) known.push_back(&row);
    return known;
}

std::map<std::string, std::string> settings_of(const FormRow& row) {
    std::map<std::string, std::string> settings;
    for (const std::string& item : split(row.settings, "; ")) {
        const std::size_t equals = item.find('=');
        if (equals == std::string::npos) continue;
        settings.emplace(item.substr(0, std::min(item.find('.'), equals)), item.substr(equals + 1));
    }
    return settings;
}

std::vector<std::string> quirks_of(const FormRow& row) {
    static constexpr std::string_view label = "quirk=";
    std::vector<std::string> quirks;
    for (const std::string& item : split(row.settings, "; "))
        if (item.starts_with(label)) quirks.push_back(item.substr(label.size()));
    return quirks;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    for (std::size_t at = 0;;) {
        const std::size_t end = text.find(separator, at);
        parts.emplace_back(text.substr(at, end == std::string_view::npos ? end : end - at));
        if (end == std::string_view::npos) return parts;
        at = end + separator.size();
    }
}

}  // namespace conformance
