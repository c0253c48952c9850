#include "input.hpp"

#include <algorithm>
#include <charconv>

#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"

namespace fuzz {
namespace {

/// The byte that the escape at the begin of `text` stands for, and its length; the backslash itself where it is none.
std::pair<char, std::size_t> escaped(std::string_view text) {
    const char next = text.size() > 1 ? text[1] : '\0';
    switch (next) {
        case 'r': return {'\r', 2};
        case 'n': return {'\n', 2};
        case 't': return {'\t', 2};
        case '\\': return {'\\', 2};
        default: break;
    }
    const int high = next == 'x' && text.size() > 3 ? conformance::hex_value(text[2]) : -1;
    const int low = high >= 0 ? conformance::hex_value(text[3]) : -1;
    return low < 0 ? std::pair{'\\', std::size_t{1}} : std::pair{static_cast<char>(high * 16 + low), std::size_t{4}};
}

std::string bytes_of(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    while (!text.empty()) {
        const auto [byte, length] = text[0] == '\\' ? escaped(text) : std::pair{text[0], std::size_t{1}};
        bytes += byte;
        text.remove_prefix(length);
    }
    return bytes;
}

/// Takes what stands before the next `end`, and that, from the text.
std::string_view take(std::string_view& text, char end) {
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

void read_header(std::string_view header, Input& input) {
    const std::string_view key = take(header, ':');
    if (header.starts_with(' ')) header.remove_prefix(1);
    if (key == "# settings") {
        input.lines.push_back({Line::Who::settings, std::string{header}});
    } else if (key == "# carry") {
        std::from_chars(header.data(), header.data() + header.size(), input.carry);
        input.carry = std::clamp(input.carry, Input::least_carry, Input::most_carry);
    } else if (key == "# accepted") {
        std::from_chars(header.data(), header.data() + header.size(), input.accepted);
    } else if (key == "# restarted" || key == "# woke") {
        input.lines.push_back({Line::Who::restart, std::string{key.substr(2)}});
    } else if (key == "# infers") {
        input.infers = header != "0";
    } else if (key == "# dialect") {
        if (const atwire::Dialect* named = conformance::dialect_named(header)) input.dialect = named;
    }
}

}  // namespace

std::size_t Input::longest() const {
    std::size_t most = 1;
    for (const Line& line : lines) most = std::max(most, line.bytes.size());
    return most;
}

Input read_input(std::string_view text) {
    Input input;
    input.dialect = conformance::dialects()[0];
    while (!text.empty()) {
        std::string_view line = take(text, '\n');
        const char sign = line.empty() ? '=' : line[0];
        if (sign == '#') {
            read_header(line, input);
        } else if (sign == '~') {
            input.lines.push_back({Line::Who::silence});
        } else if (sign != '=') {
            if (line.starts_with("> ") || line.starts_with("< ")) line.remove_prefix(2);
            input.lines.push_back({sign == '>' ? Line::Who::host : Line::Who::module, bytes_of(line)});
        }
    }
    return input;
}

std::string write_input(const Input& input) {
    std::string text = "# dialect: " + std::string{input.dialect->facts.name} + "\n";
    const Input usual;
    if (input.carry != usual.carry) text += "# carry: " + std::to_string(input.carry) + "\n";
    if (input.accepted != usual.accepted) text += "# accepted: " + std::to_string(input.accepted) + "\n";
    if (!input.infers) text += "# infers: 0\n";
    for (const Line& line : input.lines) {
        switch (line.who) {
            case Line::Who::host: text += "> " + conformance::escape(line.bytes); break;
            case Line::Who::module: text += "< " + conformance::escape(line.bytes); break;
            case Line::Who::silence: text += '~'; break;
            case Line::Who::settings: text += "# settings: " + line.bytes; break;
            case Line::Who::restart: text += "# " + line.bytes; break;
        }
        text += '\n';
    }
    return text;
}

void apply(std::string_view pairs, const atwire::Dialect& dialect, bool begun, atwire::Settings& settings) {
    const atwire::Setting pipe = settings.transparent;
    while (!pairs.empty()) {
        const std::string_view name = take(pairs, '=');
        const bool quoted = pairs.starts_with('"');
        if (quoted) pairs.remove_prefix(1);
        const std::string_view value = take(pairs, quoted ? '"' : ' ');
        if (pairs.starts_with(' ')) pairs.remove_prefix(1);
        (void)atwire::set_by_name(settings, dialect.facts, name, value);
    }
    if (begun) settings.transparent = pipe;
}

}  // namespace fuzz
