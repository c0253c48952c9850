#include "rules/wire.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

namespace conformance {

std::size_t place_of(std::string_view line, std::size_t value) {
    std::size_t at = line.find_first_of(":=");
    at = at == std::string_view::npos ? line.size() : at + 1;
    bool quoted = false;
    for (; at < line.size() && value != 0; ++at) {
        quoted = quoted != (line[at] == '"');
        value -= line[at] == ',' && !quoted;
    }
    while (at < line.size() && line[at] == ' ') ++at;
    return at;
}

std::size_t place_of(std::string_view line, std::string_view text) {
    const std::size_t at = line.find(text);
    return at == std::string_view::npos ? 0 : at;
}

std::size_t place_in(std::string_view line, std::string_view part) {
    const std::less<const char*> before;
    const char* end = line.data() + line.size();
    return part.data() == nullptr || before(part.data(), line.data()) || before(end, part.data())
               ? 0
               : static_cast<std::size_t>(part.data() - line.data());
}

atwire::Values values_of(std::string_view command) {
    const std::size_t equals = command.find('=');
    return {equals == std::string_view::npos ? std::string_view{} : command.substr(equals + 1)};
}

std::optional<std::int64_t> number_at(const atwire::Values& values, std::size_t place) {
    for (const atwire::Value& value : values)
        if (place-- == 0) return value.type == atwire::Value::Type::integer ? std::optional{value.integer} : std::nullopt;
    return {};
}

bool same_letters(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

bool begins(std::string_view line, std::string_view upper) { return same_letters(line.substr(0, upper.size()), upper); }

bool is_command(std::string_view line, std::string_view name) {
    const std::size_t plus = line.find('+');
    if (plus == std::string_view::npos || plus > 2 || line.size() - plus <= name.size()) return false;
    line.remove_prefix(plus + 1);
    return begins(line, name) && (line.size() == name.size() || std::isalnum(static_cast<unsigned char>(line[name.size()])) == 0);
}

bool are_hex_digits(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return std::isxdigit(c) != 0; });
}

bool is_host_name(std::string_view address) {
    return address.find(':') == std::string_view::npos && address.find_first_not_of("0123456789.") != std::string_view::npos;
}

}  // namespace conformance
