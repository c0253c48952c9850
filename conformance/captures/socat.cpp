// Dumps of socat (1.7, 1.8), which it writes to standard error. A header, then the bytes:
//
//   > 2024/05/01 12:00:00.000406344  length=4 from=0 to=3       -x -v: sixteen bytes a line or up to an LF, text beside them
//    41 54 0d 0a                                      AT..
//   --
//   > 2024/05/01 12:00:00.406344  length=4 from=0 to=3          -x: all on one line
//    41 54 0d 0a
//   > 2024/05/01 12:00:00.406344  length=4 from=0 to=3          -v: text, escaped, without an end of its own. What isn't
//   AT\r                                                        printable is a full stop: that byte is lost.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "captures/clock.hpp"
#include "captures/lines.hpp"
#include "captures/readers.hpp"
#include "captures/sides.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

enum class Style { hex, hex_and_text, text };

constexpr std::size_t date_length = 19;  // 2024/05/01 12:00:00

/// 2024/05/01 12:00:00 socat[4711] N starting …
bool is_message(std::string_view line) {
    const auto stamp = read_stamp(line);
    return stamp && stamp->day && line.substr(stamp->length).starts_with(" socat[");
}

bool is_header(std::string_view line) {
    if (line.size() < 2 || (line[0] != '<' && line[0] != '>') || line[1] != ' ') return false;
    const auto stamp = read_stamp(line.substr(2));
    return stamp && stamp->day && line.find("  length=") != line.npos;
}

/// How the bytes behind the first header are written.
Style style_of(std::string_view head) {
    while (!head.empty()) {
        if (!is_header(take_line(head))) continue;
        const std::string_view line = without_end(take_line(head));
        const bool byte = line.size() >= 3 && line[0] == ' ' && hex_value(line[1]) >= 0 && hex_value(line[2]) >= 0;
        if (!byte || line.substr(3, 1).find_first_not_of(' ') != line.npos) return Style::text;
        return line.find("  ") == line.npos ? Style::hex : Style::hex_and_text;
    }
    return Style::hex_and_text;
}

class SocatReader : public CaptureReader {
public:
    struct Options {
        Style style;
        char host = '>';
        bool microseconds = false;  ///< socat 1.7.4 writes them as nine digits, with three leading zeros
    };
    SocatReader(Input& input, const Options& options)
        : CaptureReader{{.form = Form::socat, .framing = true, .times = true, .both_sides = true}},
          input_{input},
          options_{options} {}

    std::optional<Step> next() override;
    /// A fraction of nine digits that doesn't begin with three zeros has come.
    [[nodiscard]] bool nanoseconds() const { return nanoseconds_; }

private:
    using Traits = std::streambuf::traits_type;

    [[noreturn]] void fail(const std::string& expected) const { throw InputError{input_.name(), line_, column_ + 1, expected}; }
    [[nodiscard]] int peek() { return input_.sgetc(); }
    [[nodiscard]] bool at_end() { return Traits::eq_int_type(peek(), Traits::eof()); }
    int get();
    void expect(std::string_view text);
    std::string rest_of_line();
    bool header();
    double time_of(std::string_view line);
    std::size_t length_of(std::string_view line) const;
    std::string bytes();
    bool hex_byte(std::string& bytes);
    void text_byte(std::string& bytes);
    void end_block();

    Input& input_;
    Options options_;
    Clock clock_{};
    std::size_t line_ = 1;
    std::size_t column_ = 0;
    Step block_{};          ///< the one that bytes are read of, without them
    std::size_t left_ = 0;  ///< of its bytes
    bool nanoseconds_ = false;
};

int SocatReader::get() {
    const int c = input_.sbumpc();
    if (c == '\n') {
        ++line_;
        column_ = 0;
    } else {
        ++column_;
    }
    return c;
}

void SocatReader::expect(std::string_view text) {
    for (const char c : text) {
        if (peek() != static_cast<unsigned char>(c)) fail("the block has more or fewer bytes than its header says");
        get();
    }
}

/// Takes the line's end too; no header is longer than what it gives.
std::string SocatReader::rest_of_line() {
    std::string text;
    while (!at_end()) {
        const int c = get();
        if (c == '\n') break;
        if (text.size() < 256) text += static_cast<char>(c);
    }
    return text;
}

std::optional<Step> SocatReader::next() {
    while (left_ == 0)
        if (!header()) return std::nullopt;
    Step step = block_;
    step.bytes = bytes();
    if (left_ == 0) end_block();
    return step;
}

/// False at the end. Messages of socat's own may stand before it.
bool SocatReader::header() {
    if (at_end()) return false;
    const std::size_t number = line_;
    const std::string line = rest_of_line();
    if (line.empty() || is_message(line)) return true;
    if (!is_header(line))
        throw InputError{input_.name(), number, 1, "a header of socat's was expected: > 2024/05/01 12:00:00.123456  length=…"};
    block_ = {.type = line[0] == options_.host ? Step::Type::host : Step::Type::module, .line = number, .time = time_of(line)};
    left_ = length_of(line);
    return true;
}

double SocatReader::time_of(std::string_view line) {
    Stamp stamp = *read_stamp(line.substr(2));
    constexpr std::size_t nine_digits = date_length + 10;
    if (stamp.length == nine_digits) {
        if (line.substr(2 + date_length, 4) != ".000") nanoseconds_ = true;
        const double whole = std::floor(stamp.seconds);
        if (options_.microseconds && !nanoseconds_) stamp.seconds = whole + (stamp.seconds - whole) * 1000;
    }
    return clock_.at(stamp);
}

std::size_t SocatReader::length_of(std::string_view line) const {
    constexpr std::string_view key = "  length=";
    const std::size_t at = line.find(key) + key.size();
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(line.data() + at, line.data() + line.size(), length);
    if (error != std::errc{} || std::string_view{end, line.data() + line.size()}.find(" from=") != 0)
        throw InputError{input_.name(), block_.line, at + 1, "length=N from=N to=N was expected"};
    return length;
}

std::string SocatReader::bytes() {
    std::string bytes;
    while (left_ != 0 && bytes.size() < Input::size) {
        if (at_end()) fail("the file ends within a block, " + std::to_string(left_) + " bytes are missing");
        if (options_.style == Style::text)
            text_byte(bytes);
        else if (!hex_byte(bytes))
            continue;
        --left_;
    }
    return bytes;
}

/// False where the line's bytes have ended.
bool SocatReader::hex_byte(std::string& bytes) {
    expect(" ");
    if (options_.style == Style::hex_and_text && peek() == ' ') {
        rest_of_line();
        return false;
    }
    int value = 0;
    for (int digit = 0; digit < 2; ++digit) {
        const int half = at_end() ? -1 : hex_value(static_cast<char>(peek()));
        if (half < 0) fail("two hexadecimal digits were expected");
        value = value * 16 + half;
        get();
    }
    bytes += static_cast<char>(value);
    return true;
}

void SocatReader::text_byte(std::string& bytes) {
    constexpr std::string_view names = "abtnvfr\\";
    constexpr std::string_view values = "\a\b\t\n\v\f\r\\";
    const int c = get();
    if (c != '\\') {
        bytes += static_cast<char>(c);
        return;
    }
    const std::size_t which = at_end() ? names.npos : names.find(static_cast<char>(peek()));
    if (which == names.npos) fail("\\a, \\b, \\t, \\n, \\v, \\f, \\r or \\\\ was expected");
    bytes += values[which];
    get();
}

void SocatReader::end_block() {
    if (options_.style == Style::text) return;
    if (options_.style == Style::hex) return expect("\n");
    expect("  ");
    rest_of_line();
    expect("--\n");
}

/// Where nothing shows which side is the host, it is socat's left address.
SocatReader::Options options_of(Input& input) {
    const std::string_view head = input.first(Input::size);
    SocatReader::Options options{.style = style_of(head)};
    Input copy{input.name(), std::string{head}};
    SocatReader reader{copy, options};
    Sides sides;
    try {
        while (const auto step = reader.next())
            sides.add(step->type == Step::Type::host ? Sides::Side::first : Sides::Side::second, step->bytes);
    } catch (const InputError&) {  // most often the place where the head was cut; else it will be said when it is read
    }
    options.host = sides.host() == Sides::Side::first ? '>' : '<';
    options.microseconds = !reader.nanoseconds();
    return options;
}

}  // namespace

bool is_socat(std::string_view head) {
    while (head.starts_with('\n')) head.remove_prefix(1);
    if (head.empty()) return false;
    const std::string_view line = take_line(head);
    return is_header(line) || is_message(line);
}

std::unique_ptr<CaptureReader> socat_reader(Input& input) { return std::make_unique<SocatReader>(input, options_of(input)); }

}  // namespace conformance
