// Settings by their names, and the little that a decoder has to know of a pending command.
#include <atwire/dialect.hpp>

namespace atwire {
namespace {

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (upper(a[i]) != upper(b[i])) return false;
    return true;
}

/// A decimal of at most `most`. False where it is none.
constexpr bool read_number(std::string_view text, std::uint32_t most, std::uint32_t& number) noexcept {
    std::uint32_t value = 0;
    if (text.empty() || text.size() > 9) return false;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    number = value;
    return value <= most;
}

constexpr std::string_view services[] = {"TCP", "UDP", "TCP LISTENER", "UDP SERVICE", "TCP INCOMING", "UDP INCOMING"};

bool set_of_socket(Settings& settings, std::string_view name, std::uint32_t socket, std::string_view value) noexcept {
    std::uint32_t number = 0;
    if (name == "access_mode") {
        if (!read_number(value, 2, number)) return false;
        settings.access_mode[socket] = static_cast<Setting>(number);
        return true;
    }
    if (name != "service") return false;
    for (std::size_t i = 0; i < std::size(services); ++i) {
        if (services[i] != value) continue;
        settings.service[socket] = static_cast<Service>(i);
        return true;
    }
    return false;
}

/// The parameter that begins at `rest`; `rest` moves behind its comma.
std::uint16_t next_parameter(std::string_view& rest) noexcept {
    const std::size_t comma = rest.find(',');
    std::uint32_t number = 0;
    const bool is_number = read_number(part(rest, 0, comma), Pending::absent - 1u, number);
    rest = comma == std::string_view::npos ? std::string_view{} : part(rest, comma + 1);
    return is_number ? static_cast<std::uint16_t>(number) : Pending::absent;
}

}  // namespace

bool read_pending(const Facts& facts, std::string_view line, Pending& pending) noexcept {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    pending = {};
    if (line == "+++") {
        pending.form = CommandForm::escape;
        return true;
    }
    if (line.size() < 2 || !same_name(part(line, 0, 2), "AT")) return false;
    pending.form = CommandForm::execute;
    if (line.size() == 2 || line[2] != '+') return true;
    const std::string_view command = part(line, 3);
    const std::size_t end = command.find_first_of("=?");
    const std::string_view name =
        same_name(part(command, 0, end), facts.alias.printed) ? facts.alias.meant : part(command, 0, end);
    for (std::size_t i = 0; i < facts.commands.size(); ++i)
        if (same_name(facts.commands[i].name, name)) pending.command = static_cast<std::uint8_t>(i);
    if (end == std::string_view::npos) return true;
    std::string_view rest = part(command, end);
    if (rest[0] == '?') {
        pending.form = CommandForm::read;
    } else if (rest == "=?") {
        pending.form = CommandForm::test;
    } else {
        pending.form = CommandForm::write;
        rest.remove_prefix(1);
        for (std::uint16_t& parameter : pending.parameters) parameter = next_parameter(rest);
    }
    return true;
}

bool set_by_name(Settings& settings, const Facts& facts, std::string_view name, std::string_view value) noexcept {
    if (name == "pending") {
        Pending pending;
        if (!read_pending(facts, value, pending)) return false;
        settings.push(pending);
        return true;
    }
    if (name == "coap_payload")
        for (const std::string_view word : {"content_format", "hex", "text"})
            if (word == value) return set_by_name(settings, facts, name, word == "hex" ? "1" : word == "text" ? "2" : "0");
    std::uint32_t number = 0;
    if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
        if (!read_number(part(name, dot + 1), max_sockets - 1, number)) return false;
        return set_of_socket(settings, part(name, 0, dot), number, value);
    }
#define ATWIRE_SET(setting, most)                            \
    if (name == #setting) {                                  \
        if (!read_number(value, most, number)) return false; \
        settings.setting = static_cast<Setting>(number);     \
        return true;                                         \
    }
    ATWIRE_SETTINGS(ATWIRE_SET)
#undef ATWIRE_SET
    return false;
}

}  // namespace atwire
