// Logs with a time before each line, perhaps in brackets, and perhaps a marker of the side behind it:
//
//   [12:34:56.789] AT+CSQ
//   2024-05-01 12:34:56,789 TX: AT+CSQ\r
//   2024-05-01T12:34:56.789+02:00 --> AT+CSQ<CR>
//   [   12.345678] < +CSQ: 21,0
//   123.456: >> AT+CSQ<0D>
//
// A line without a time goes on with the one before.
#include <algorithm>
#include <array>
#include <vector>

#include "captures/at_lines.hpp"
#include "captures/clock.hpp"
#include "captures/dialogue.hpp"
#include "captures/lines.hpp"
#include "captures/readers.hpp"
#include "captures/sides.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

constexpr std::string_view blanks = " \t";

/// Which way a marker points, as the writer of the log sees it.
enum class Way { none, out, in };
struct Marker {
    std::string_view text;
    Way way;
};
/// Longer ones before those that they begin with.
constexpr std::array<Marker, 13> arrows{{{"-->", Way::out},
                                         {"<--", Way::in},
                                         {">>>", Way::out},
                                         {"<<<", Way::in},
                                         {"->", Way::out},
                                         {"<-", Way::in},
                                         {">>", Way::out},
                                         {"<<", Way::in},
                                         {"=>", Way::out},
                                         {"<=", Way::in},
                                         {">", Way::out},
                                         {"<", Way::in},
                                         {"", Way::none}}};
constexpr std::array<Marker, 15> words{{{"TX", Way::out},
                                        {"RX", Way::in},
                                        {"SEND", Way::out},
                                        {"RECV", Way::in},
                                        {"SENT", Way::out},
                                        {"RCVD", Way::in},
                                        {"SND", Way::out},
                                        {"RCV", Way::in},
                                        {"OUT", Way::out},
                                        {"IN", Way::in},
                                        {"HOST", Way::out},
                                        {"MODULE", Way::in},
                                        {"DTE", Way::out},
                                        {"DCE", Way::in},
                                        {"MODEM", Way::in}}};

/// A line's parts.
struct Entry {
    std::optional<Stamp> stamp{};
    Way way = Way::none;
    std::string_view text{};    ///< what is behind the time
    std::string_view marked{};  ///< what is behind the marker, where there is one
};

std::string_view without_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}
/// A separator has one blank; more belong to the text.
std::string_view without_blank(std::string_view text) {
    return !text.empty() && blanks.find(text[0]) != blanks.npos ? text.substr(1) : text;
}

bool equals_any_case(std::string_view text, std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; });
}

void read_marker(Entry& entry) {
    std::string_view text = without_blanks(entry.text);
    for (const Marker& arrow : arrows)
        if (text.starts_with(arrow.text)) {
            entry.way = arrow.way;
            entry.marked = without_blank(text.substr(arrow.text.size()));
            break;
        }
    if (entry.way != Way::none) return;
    const bool bracket = text.starts_with('[');
    if (bracket) text.remove_prefix(1);
    for (const Marker& word : words) {
        if (!equals_any_case(text.substr(0, word.text.size()), word.text)) continue;
        std::string_view rest = text.substr(word.text.size());
        if (bracket != rest.starts_with(']')) continue;
        if (bracket) rest.remove_prefix(1);
        const bool colon = rest.starts_with(':');
        if (colon) rest.remove_prefix(1);
        for (const Marker& arrow : arrows)  // TX>
            if (arrow.way == word.way && rest.starts_with(arrow.text)) rest.remove_prefix(arrow.text.size());
        if (!rest.empty() && blanks.find(rest[0]) == blanks.npos && !colon && !bracket) continue;
        entry.way = word.way;
        entry.marked = without_blank(rest);
        return;
    }
}

/// Of a line without its end.
Entry read_entry(std::string_view line) {
    Entry entry{.text = line};
    std::string_view text = line;
    const bool bracket = text.starts_with('[');
    if (bracket) text.remove_prefix(1);
    const auto stamp = read_stamp(text);
    if (!stamp) return entry;
    text.remove_prefix(stamp->length);
    if (bracket && !text.starts_with(']')) return entry;
    if (bracket) text.remove_prefix(1);
    if (text.starts_with(':')) text.remove_prefix(1);
    if (!bracket && !text.empty() && blanks.find(text[0]) == blanks.npos && text.data()[-1] != ':') return entry;
    entry.stamp = stamp;
    entry.text = without_blank(text);
    read_marker(entry);
    return entry;
}

/// How a log spells CRs and LFs.
enum class Spelling { none, backslash, names, hex };
struct SpellingOf {
    Spelling spelling;
    std::string_view cr;
    std::string_view lf;
};
constexpr std::array<SpellingOf, 3> spellings{
    {{Spelling::backslash, "\\r", "\\n"}, {Spelling::names, "<CR>", "<LF>"}, {Spelling::hex, "<0D>", "<0A>"}}};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

/// A control character's code, named as ISO 646 does. Nothing where none is called so.
std::optional<char> control_named(std::string_view name) {
    constexpr std::array<std::string_view, 33> names{"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "HT",  "LF",
                                                     "VT",  "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
                                                     "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US",  "SP"};
    const auto place = std::find(names.begin(), names.end(), name);
    if (place == names.end()) return std::nullopt;
    return static_cast<char>(place - names.begin());
}

/// The bytes of a text in angle brackets: <CR>, <0D>.
std::optional<char> bracketed(std::string_view inside, Spelling spelling) {
    if (spelling == Spelling::names) return control_named(inside);
    if (inside.size() != 2 || hex_value(inside[0]) < 0 || hex_value(inside[1]) < 0) return std::nullopt;
    return static_cast<char>(hex_value(inside[0]) * 16 + hex_value(inside[1]));
}

/// What a backslash and the characters behind it stand for; `length` is what they take. A pair that stands for nothing is itself.
std::string escaped(std::string_view text, std::size_t& length) {
    std::size_t fault = 0;
    length = std::min<std::size_t>(text.starts_with("\\x") ? 4 : 2, text.size());
    if (const auto bytes = unescape(text.substr(0, length), fault)) return *bytes;
    length = 1;
    return "\\";
}

std::string unspell(std::string_view text, Spelling spelling) {
    std::string bytes;
    while (!text.empty()) {
        std::size_t length = 1;
        if (spelling == Spelling::backslash && text[0] == '\\') {
            bytes += escaped(text, length);
        } else if (spelling != Spelling::backslash && text[0] == '<' && contains(text.substr(0, 6), ">")) {
            const std::size_t end = text.find('>');
            const auto byte = bracketed(text.substr(1, end - 1), spelling);
            bytes += byte.value_or('<');
            if (byte) length = end + 1;
        } else {
            bytes += text[0];
        }
        text.remove_prefix(length);
    }
    return bytes;
}

/// What holds for all of a log.
struct Style {
    bool bracket = false;
    bool marked = false;  ///< each line has a marker
    Way host = Way::out;  ///< the host's
    Spelling spelling = Spelling::none;
};

/// The one that more lines have than there are lines of AT traffic without it.
Spelling spelling_of(const std::vector<std::string_view>& texts) {
    for (const SpellingOf& one : spellings) {
        std::ptrdiff_t balance = 0;
        for (const std::string_view text : texts) {
            const bool spelled = contains(text, one.cr) || contains(text, one.lf);
            balance += spelled ? 1 : is_at(text) ? -1 : 0;
        }
        if (balance > 0) return one.spelling;
    }
    return Spelling::none;
}

Style style_of(std::string_view head) {
    Style style{.bracket = without_blanks(head).starts_with('[')};
    std::vector<Entry> entries;
    while (!head.empty()) {
        const Entry entry = read_entry(without_end(take_line(head)));
        if (entry.stamp && !entry.text.empty()) entries.push_back(entry);
    }
    style.marked = !entries.empty() &&
                   std::none_of(entries.begin(), entries.end(), [](const Entry& entry) { return entry.way == Way::none; });
    std::vector<std::string_view> texts;
    for (const Entry& entry : entries) texts.push_back(style.marked ? entry.marked : entry.text);
    style.spelling = spelling_of(texts);
    Sides sides;
    for (const Entry& entry : entries) {
        const std::string end = style.spelling == Spelling::none ? "\n" : "";
        sides.add(entry.way == Way::out ? Sides::Side::first : Sides::Side::second, unspell(entry.marked, style.spelling) + end);
    }
    style.host = sides.host() == Sides::Side::first ? Way::out : Way::in;
    return style;
}

class TimestampedReader : public CaptureReader {
public:
    TimestampedReader(Input& input, const Style& style)
        : CaptureReader{{.form = Form::timestamped,
                         .framing = style.spelling != Spelling::none,
                         .times = true,
                         .both_sides = true,
                         .echoed = !style.marked}},
          name_{input.name()},
          style_{style},
          lines_{input},
          dialogue_{style.spelling == Spelling::none ? Ends::lost : Ends::kept} {}

    std::optional<Step> next() override {
        for (;;) {
            if (auto step = dialogue_.next()) return step;
            const auto line = lines_.next();
            if (!line) return std::nullopt;
            add(*line);
        }
    }

private:
    void add(std::string_view line);
    void add_text(std::string_view text);
    void expect_no_time(std::string_view line) const;

    std::string name_;
    Style style_;
    Lines lines_;
    LogDialogue dialogue_;
    Clock clock_{};
    std::optional<double> time_{};
    Mark mark_ = Mark::none;
};

void TimestampedReader::add(std::string_view line) {
    const std::string_view text = without_end(line);
    const Entry entry = lines_.continued() ? Entry{.text = text} : read_entry(text);
    if (!entry.stamp) {
        if (!lines_.continued()) expect_no_time(text);
        if (style_.spelling == Spelling::none || !text.empty()) add_text(text);
        return;
    }
    time_ = clock_.at(*entry.stamp);
    if (style_.marked && entry.way != Way::none)
        mark_ = entry.way == style_.host ? Mark::host : Mark::module;
    else
        mark_ = Mark::none;
    add_text(style_.marked && entry.way != Way::none ? entry.marked : entry.text);
}

void TimestampedReader::add_text(std::string_view text) {
    if (style_.spelling == Spelling::none) return dialogue_.add(std::string{text} + '\n', mark_, lines_.number(), time_);
    dialogue_.add(unspell(text, style_.spelling), mark_, lines_.number(), time_);
}

/// Only a line that can't have been meant to have a time goes on with the one before.
void TimestampedReader::expect_no_time(std::string_view line) const {
    const bool bracket = line.starts_with('[');
    const std::string_view text = bracket ? line.substr(1) : line;
    const bool clock = text.size() >= 3 && text.find_first_not_of("0123456789") == 2 && text[2] == ':';
    const bool date = text.size() >= 5 && text.find_first_not_of("0123456789") == 4 && (text[4] == '-' || text[4] == '/');
    if (time_ && (bracket != style_.bracket || !(clock || date))) return;
    if (!time_ && line.empty()) return;
    throw InputError{name_, lines_.number(), bracket ? 2u : 1u, "a time was expected"};
}

}  // namespace

bool is_timestamped(std::string_view head) {
    while (!head.empty()) {
        const std::string_view text = without_end(take_line(head));
        if (!text.empty()) return read_entry(text).stamp.has_value();
    }
    return false;
}

std::unique_ptr<CaptureReader> timestamped_reader(Input& input) {
    return std::make_unique<TimestampedReader>(input, style_of(input.first(Input::size)));
}

}  // namespace conformance
