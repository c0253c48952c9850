#include "transcripts/transcript.hpp"

#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

/// Where the value that begins at `from` ends: at the next blank outside of quotes and brackets.
std::size_t end_of_value(const std::string& line, std::size_t from) {
    int depth = 0;
    bool quoted = false;
    std::size_t i = from;
    for (; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (c == ' ' && depth == 0) {
            break;
        }
    }
    return i < line.size() ? i : line.size();
}

}  // namespace

void TranscriptReader::fail(std::size_t column, const std::string& why) const { throw InputError{file_, line_, column + 1, why}; }

std::optional<Step> TranscriptReader::next() {
    transcript.file = file_;
    for (std::string line; std::getline(input_, line);) {
        ++line_;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        if (line[0] == '#') {
            if (auto settings = header(line)) return settings;
            continue;
        }
        std::optional<double> time;
        std::size_t arrow = 0;
        if (line[0] == '@') {
            std::size_t used = 0;
            try {
                time = std::stod(line.substr(1), &used);
                if (!(*time >= 0 && *time < 1e12)) fail(1, "a time in seconds was expected");
            } catch (const std::logic_error&) {  // not a number, or none that fits
                fail(1, "a time in seconds was expected");
            }
            arrow = 1 + used;
            if (arrow >= line.size() || line[arrow] != ' ') fail(arrow, "a blank was expected behind the time");
            ++arrow;
        }
        Step found = step(line, arrow);
        found.time = time;
        return found;
    }
    return std::nullopt;
}

std::optional<Step> TranscriptReader::header(const std::string& line) {
    const std::size_t colon = line.find(": ");
    if (line.size() < 2 || line[1] != ' ' || colon == std::string::npos) return std::nullopt;  // a comment
    const std::string key = line.substr(2, colon - 2);
    const std::string value = line.substr(colon + 2);
    if (key == "settings") {
        Step settings{.type = Step::Type::settings, .line = line_};
        try {
            settings.settings = read_settings(value);
        } catch (const std::invalid_argument& wrong) {
            fail(colon + 2, wrong.what());
        }
        return settings;
    }
    if (key == "dialect") {
        transcript.dialect = dialect_named(value);
        if (transcript.dialect == nullptr) fail(colon + 2, "no dialect is called \"" + value + "\"");
    }
    transcript.headers.emplace(key, value);
    return std::nullopt;
}

Step TranscriptReader::step(const std::string& line, std::size_t arrow) {
    const char sign = arrow < line.size() ? line[arrow] : '\0';
    if (sign == '~' && line.size() == arrow + 1) return {.type = Step::Type::idle, .line = line_};
    const bool spaced = arrow + 1 < line.size() && line[arrow + 1] == ' ';
    if ((sign != '<' && sign != '>' && sign != '=') || !spaced) fail(arrow, "'> ', '< ', '= ', '~' or '#' was expected");
    if (sign == '=') return {.type = Step::Type::expected, .line = line_, .expected = expected(line, arrow + 2)};
    return {.type = sign == '<' ? Step::Type::module : Step::Type::host, .line = line_, .bytes = bytes(line, arrow + 2)};
}

std::string TranscriptReader::bytes(const std::string& line, std::size_t from) const {
    std::size_t fault = 0;
    auto found = unescape(std::string_view{line}.substr(from), fault);
    if (!found) fail(from + fault, "\\r, \\n, \\t, \\\\ or \\xHH was expected");
    return *found;
}

Expected TranscriptReader::expected(const std::string& line, std::size_t from) const {
    const std::size_t name_end = std::min(line.find(' ', from), line.size());
    Expected found{.event = line.substr(from, name_end - from)};
    for (std::size_t at = name_end; at < line.size();) {
        if (line[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t equals = line.find('=', at);
        if (equals == std::string::npos) fail(at, "key=value was expected");
        const std::size_t end = end_of_value(line, equals + 1);
        try {
            found.fields[line.substr(at, equals - at)] = Json::parse(line.substr(equals + 1, end - equals - 1));
        } catch (const Json::exception&) {
            fail(equals + 1, "a JSON value was expected");
        }
        at = end;
    }
    return found;
}

Transcript read_transcript(std::istream& input, const std::string& file) {
    TranscriptReader reader{input, file};
    std::vector<Step> steps;
    while (auto step = reader.next()) steps.push_back(std::move(*step));
    reader.transcript.steps = std::move(steps);
    return std::move(reader.transcript);
}

std::vector<Setting> read_settings(const std::string& text) {
    std::vector<Setting> found;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t equals = text.find('=', at);
        if (equals == std::string::npos) throw std::invalid_argument{"name=value was expected, not \"" + text.substr(at) + "\""};
        const std::size_t end = end_of_value(text, equals + 1);
        std::string value = text.substr(equals + 1, end - equals - 1);
        if (!value.empty() && value[0] == '"') {
            const Json string = Json::parse(value, nullptr, false);
            const auto bytes = string.is_string() ? from_utf8(string.get_ref<const std::string&>()) : std::nullopt;
            if (!bytes) throw std::invalid_argument{"the value of \"" + text.substr(at, equals - at) + "\" is no JSON string"};
            value = *bytes;
        }
        found.push_back({text.substr(at, equals - at), std::move(value)});
        at = end;
    }
    return found;
}

void apply(const Setting& setting, const atwire::Dialect& dialect, atwire::Settings& settings) {
    if (!atwire::set_by_name(settings, dialect.facts, setting.name, setting.value))
        throw std::invalid_argument{"no setting \"" + setting.name + "\" takes the value \"" + setting.value + "\""};
}

}  // namespace conformance
