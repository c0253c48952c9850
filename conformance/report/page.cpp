#include "report/page.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "report/assets.hpp"
#include "report/template.hpp"

namespace conformance {
namespace {

using Json = nlohmann::ordered_json;

/// So few findings nobody looks for.
constexpr std::size_t most_without_index = 3;

/// More sources, or more names in the index, are folded away.
constexpr std::size_t most_sources = 10, most_names = 12;

std::string_view word(Tone tone) {
    constexpr std::string_view words[] = {"good", "note", "warning", "error"};
    return words[static_cast<std::size_t>(tone)];
}

Json to_json(const Quote& quote) {
    Json json{{"id", quote.id}, {"place", quote.place}, {"text", quote.text}, {"expected", quote.expected}};
    if (quote.caret) json["caret"] = {{"blanks", std::string(*quote.caret, ' ')}};
    if (quote.shown) json["shown"] = {{"timeline", quote.shown->timeline}, {"message", quote.shown->message}};
    return json;
}

std::string label_of(const Entry& entry) { return entry.label.empty() ? std::string{word(entry.tone)} : entry.label; }

Json to_json(const Entry& entry, const std::string& anchor) {
    Json json{{"tone", word(entry.tone)}, {"label", label_of(entry)}, {"name", entry.name}, {"statement", entry.statement},
              {"source", entry.source},   {"quotes", Json::array()},  {"anchor", anchor}};
    // Of one that stands there nobody has to count.
    json["count"] = entry.count > 1 ? Json(entry.count) : Json{};
    for (const Quote& quote : entry.quotes) json["quotes"].push_back(to_json(quote));
    if (entry.count > entry.quotes.size()) json["more"] = entry.count - entry.quotes.size();
    return json;
}

std::string anchor_of(std::size_t group, std::size_t entry) { return "g" + std::to_string(group) + "-" + std::to_string(entry); }

Json groups_of(const Page& page) {
    Json groups = Json::array();
    for (std::size_t i = 0; i < page.groups.size(); ++i) {
        const Group& group = page.groups[i];
        if (group.entries.empty()) continue;
        Json entries = Json::array();
        for (std::size_t n = 0; n < group.entries.size(); ++n) entries.push_back(to_json(group.entries[n], anchor_of(i, n)));
        groups.push_back({{"title", group.title}, {"entries", std::move(entries)}});
    }
    return groups;
}

/// What was found how often, the gravest and most frequent first, those of one name and label together; each leads to its first entry.
Json index_of(const Page& page) {
    struct Row {
        const Entry* first;
        std::string anchor;
        std::size_t count;
    };
    std::vector<Row> rows;
    for (std::size_t i = 0; i < page.groups.size(); ++i)
        for (std::size_t n = 0; n < page.groups[i].entries.size(); ++n) {
            const Entry& entry = page.groups[i].entries[n];
            const auto row = std::ranges::find_if(
                rows, [&entry](const Row& one) { return one.first->name == entry.name && one.first->label == entry.label; });
            if (row == rows.end())
                rows.push_back({&entry, anchor_of(i, n), entry.count});
            else
                row->count += entry.count;
        }
    std::ranges::stable_sort(rows, std::ranges::greater{}, [](const Row& row) { return std::pair{row.first->tone, row.count}; });
    Json index = Json::array();
    for (const Row& row : rows)
        index.push_back({{"name", row.first->name},
                         {"tone", word(row.first->tone)},
                         {"label", label_of(*row.first)},
                         {"count", row.count},
                         {"anchor", row.anchor}});
    return index;
}

Json folded_away(const Json& rows) { return {{"count", rows.size()}, {"folded", rows}}; }

Json index_with_fold(const Json& rows) {
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), most_names));
    Json index{{"rows", Json::array()}}, folded = Json::array();
    for (auto row = rows.begin(); row != rows.end(); ++row) (row < end ? index["rows"] : folded).push_back(*row);
    if (!folded.empty()) index["more_rows"] = folded_away(folded);
    return index;
}

Json to_json(const Source& source) {
    return {{"name", source.name}, {"facts", source.facts}, {"tone", word(source.tone)}, {"result", source.result}};
}

Json to_json(const Page& page) {
    Json json{{"title", page.title},     {"program", page.program}, {"tone", word(page.tone)},  {"verdict", page.verdict},
              {"summary", page.summary}, {"advice", page.advice},   {"sources", Json::array()}, {"groups", groups_of(page)}};
    Json folded = Json::array();
    for (const Source& source : page.sources) {
        const bool shown =
            page.sources.size() <= most_sources || (source.tone != Tone::good && json["sources"].size() < most_sources);
        (shown ? json["sources"] : folded).push_back(to_json(source));
    }
    if (!folded.empty()) json["more_sources"] = folded_away(folded);
    if (Json rows = index_of(page); rows.size() > most_without_index) json["index"] = index_with_fold(rows);
    if (page.timelines.empty()) return json;
    json["timelines"] = {{"data", json_for_script(page.timelines)}, {"legend", Json::array()}};
    for (const auto& [tone, text] : page.legend) json["timelines"]["legend"].push_back({{"tone", word(tone)}, {"word", text}});
    return json;
}

/// The length of the UTF-8 character that the text begins with; 0 where it is none.
std::size_t utf8_length(std::string_view text) {
    const auto at = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto first = at(0);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((at(i) & 0xC0u) != 0x80) return 0;
    const bool overlong = (first == 0xE0 && at(1) < 0xA0) || (first == 0xF0 && at(1) < 0x90);
    const bool surrogate = first == 0xED && at(1) >= 0xA0;
    const bool beyond = first == 0xF4 && at(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

}  // namespace

std::string printable(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    while (!text.empty()) {
        const auto c = static_cast<unsigned char>(text.front());
        const std::size_t length = utf8_length(text);
        const bool control = c < 0x20 || c == 0x7F || (c == 0xC2 && length == 2 && static_cast<unsigned char>(text[1]) < 0xA0);
        if (length == 0 || control) {
            result += {'\\', 'x', digits[c >> 4], digits[c & 15]};
            text.remove_prefix(1);
        } else {
            result += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return result;
}

std::string json_for_script(const Json& value) {
    std::string safe;
    for (const char c : value.dump(-1, ' ', true)) {
        switch (c) {
            case '<': safe += "\\u003C"; break;
            case '>': safe += "\\u003E"; break;
            case '&': safe += "\\u0026"; break;
            default: safe += c;
        }
    }
    return safe;
}

void write_page(std::ostream& output, const Page& page) {
    Json values = to_json(page);
    values["style"] = style_text;
    values["script"] = script_text;
    values["style_hash"] = style_hash;
    values["script_hash"] = script_hash;
    output << filled(frame_text, values);
}

}  // namespace conformance
