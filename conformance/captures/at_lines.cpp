#include "captures/at_lines.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace conformance {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_control(char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }

bool begins_with_at(std::string_view line) { return line.size() >= 2 && upper(line[0]) == 'A' && upper(line[1]) == 'T'; }

/// Results, and URCs without a `+`, of which the rest of the line says more.
constexpr std::array<std::string_view, 12> finals{"OK",   "ERROR",     "+CME ERROR", "+CMS ERROR", "NO CARRIER", "NO DIALTONE",
                                                  "BUSY", "NO ANSWER", "CONNECT",    "SEND OK",    "SEND FAIL",  "CLOSE OK"};
constexpr std::array<std::string_view, 5> reports{"RDY", "RING", "CLOSED", "RECV FROM", "NORMAL POWER DOWN"};

bool says(std::string_view line, std::string_view word) {
    if (!line.starts_with(word)) return false;
    return line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == ':';
}
template <std::size_t count>
bool says_any(std::string_view line, const std::array<std::string_view, count>& words) {
    return std::any_of(words.begin(), words.end(), [line](std::string_view word) { return says(line, word); });
}

}  // namespace

bool is_command(std::string_view line) {
    if (!begins_with_at(line) || std::any_of(line.begin(), line.end(), is_control)) return false;
    const std::string_view rest = line.substr(2);
    if (rest.empty() || std::string_view{"+&#$%*^\\"}.find(rest[0]) != rest.npos) return true;
    if (upper(rest[0]) == 'D') return true;
    return is_upper(upper(rest[0])) && rest.find(' ') == rest.npos;
}

bool is_final_result(std::string_view line) { return says_any(line, finals); }

bool is_information(std::string_view line) {
    if (line.size() < 3 || (line[0] != '+' && line[0] != '^')) return false;
    const auto end = std::find_if(line.begin() + 1, line.end(), [](char c) { return !is_upper(c) && !is_digit(c); });
    return end - line.begin() > 2 && is_upper(line[1]) && (end == line.end() || *end == ':' || *end == ' ');
}

bool is_at(std::string_view line) {
    return is_command(line) || is_final_result(line) || is_information(line) || says_any(line, reports);
}

bool says_at(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const bool first = at == 0 || bytes[at - 1] == '\r' || bytes[at - 1] == '\n';
        if (first && begins_with_at(bytes.substr(at))) return true;
    }
    return false;
}

std::optional<std::size_t> announced_length(std::string_view command) {
    constexpr std::array<std::string_view, 3> senders{"+QISEND=", "+QISENDEX=", "+CIPSEND="};
    const auto sends = [command](std::string_view name) {
        return std::search(command.begin(), command.end(), name.begin(), name.end(),
                           [](char a, char b) { return upper(a) == b; }) != command.end();
    };
    const std::size_t comma = command.find(',');
    if (comma == command.npos || std::none_of(senders.begin(), senders.end(), sends)) return std::nullopt;
    const std::string_view argument = command.substr(comma + 1, command.find(',', comma + 1) - comma - 1);
    std::size_t length = 0;
    const char* end = argument.data() + argument.size();
    const auto [stop, error] = std::from_chars(argument.data(), end, length);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return length;
}

std::optional<bool> echo_set_by(std::string_view command) {
    // Among the basic commands, which stand before any other: AT&FE0V1.
    for (std::size_t at = 2; at < command.size() && command[at] != '+' && upper(command[at]) != 'D'; ++at)
        if (upper(command[at]) == 'E') return at + 1 < command.size() && command[at + 1] == '1';
    return std::nullopt;
}

}  // namespace conformance
