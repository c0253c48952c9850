#include "facts/lists.hpp"

#include <fstream>
#include <stdexcept>

#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using Line = std::map<std::string, std::string>;

/// A file of tab-separated values whose first line names the columns.
std::vector<Line> read(const std::string& name) {
    std::ifstream input{std::string{ATWIRE_LISTS "/"} + name};
    std::string line;
    std::getline(input, line);
    const auto columns = split(line, "\t");
    std::vector<Line> rows;
    while (std::getline(input, line)) {
        const auto cells = split(line, "\t");
        if (cells.size() != columns.size()) throw std::runtime_error{name + ": a row of another length: " + line};
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
std::vector<Row> read_as(const std::string& name, Row (*make)(Line&)) {
    std::vector<Row> rows;
    for (Line& line : read(name)) rows.push_back(make(line));
    return rows;
}

}  // namespace

const std::vector<FormRow>& form_rows() {
    static const auto rows = read_as("forms.tsv", form_row);
    return rows;
}
const std::vector<CodeRow>& code_rows() {
    static const auto rows = read_as("errors.tsv", code_row);
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
