#include "profiles/messages.hpp"

#include <algorithm>
#include <array>

namespace conformance {
namespace {

using atwire::Kind;
using atwire::Settings;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_printable(char c) { return c >= ' ' && c <= '~'; }
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
template <class Test>
bool all(std::string_view text, Test test) {
    return std::ranges::all_of(text, test);
}

/// What decides the form of an event besides its own bytes.
struct Decides {
    std::string_view name;
    atwire::Setting Settings::*setting;
    std::vector<Kind> kinds;
};
const std::vector<Decides>& decides() {
    static const std::vector<Kind> data = {Kind::data_available, Kind::data_received, Kind::data_read, Kind::data_source};
    static const std::vector<Kind> coap = {Kind::coap_response, Kind::coap_request};
    static const std::vector<Decides> all = {
        {"ciphead", &Settings::ciphead, data},
        {"ciprxget", &Settings::ciprxget, data},
        {"cipsrip", &Settings::cipsrip, data},
        {"close_mode", &Settings::close_mode, {Kind::peer_closed, Kind::socket_closed}},
        {"coap_payload", &Settings::coap_payload, coap},
        {"dataformat", &Settings::dataformat, data},
        {"errmode", &Settings::errmode, {Kind::ip_error}},
        {"formatcfg", &Settings::formatcfg, {Kind::prompt}},
        {"headertype", &Settings::headertype, data},
        {"payload_quotes", &Settings::payload_quotes, data},
        {"recvind", &Settings::recvind, data},
        {"showlength", &Settings::showlength, data},
        {"showra", &Settings::showra, coap},
        {"showrspopt", &Settings::showrspopt, coap},
        {"viewmode", &Settings::viewmode, data},
    };
    return all;
}
bool has_data(Kind kind) {
    const auto& kinds = decides().front().kinds;
    return std::ranges::find(kinds, kind) != kinds.end();
}

std::string without(std::string_view text, std::string_view left_out) {
    std::string rest;
    for (const char c : text)
        if (left_out.find(c) == std::string_view::npos) rest += c;
    return rest;
}

/// How many bytes of the line say the name; 0 where it says another.
std::size_t matched(std::string_view line, std::string_view plain, bool quoted) {
    std::size_t at = 0;
    if (!line.starts_with('+') && plain.starts_with('+')) return 0;
    if (line.starts_with('+') && !plain.starts_with('+')) at = 1;
    for (const char c : plain) {
        while (at < line.size() && (line[at] == ' ' || line[at] == '"') && line[at] != c) ++at;
        if (at == line.size() || line[at] != c) return 0;
        ++at;
    }
    const char last = plain.back();
    const char next = at < line.size() ? line[at] : ',';
    if ((is_letter(last) && (is_letter(next) || next == '_')) || (is_digit(last) && is_digit(next))) return 0;
    return quoted && next == '"' ? at + 1 : at;
}

bool is_ipv4(std::string_view text) {
    int parts = 0;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find('.'));
        if (part.empty() || part.size() > 3 || !all(part, is_digit)) return false;
        ++parts;
        text.remove_prefix(part.size());
        if (text.empty()) break;
        text.remove_prefix(1);
        if (text.empty()) return false;
    }
    return parts == 4;
}
bool is_ipv6(std::string_view text) {
    return std::ranges::count(text, ':') >= 2 && all(text, [](char c) { return is_hex(c) || c == ':' || c == '.'; });
}
bool is_time(std::string_view text) {
    return text.size() >= 17 && std::ranges::count(text, '/') == 2 && std::ranges::count(text, ':') >= 2 &&
           all(text, [](char c) { return is_digit(c) || std::string_view{"/,:+-"}.find(c) != std::string_view::npos; });
}

/// Of a value without quotes around it.
std::string type_of(std::string_view text, bool quoted) {
    if (text.empty()) return {};
    if (!all(text, is_printable)) return quoted ? "<string>" : "<text>";
    if (all(text.substr(text[0] == '-' && text.size() > 1), is_digit)) return "<int>";
    if (is_ipv4(text) || is_ipv6(text)) return "<ip>";
    if (quoted && is_time(text)) return "<time>";
    if (text.size() % 2 == 0 && all(text, is_hex) && (std::ranges::any_of(text, is_digit) || text.size() > 8)) return "<hex>";
    if (quoted) return "<string>";
    // `10.0.0.1:80`, `16:`
    if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
        const std::string before = type_of(text.substr(0, colon), false), behind = type_of(text.substr(colon + 1), false);
        if ((before == "<int>" || before == "<ip>") && (behind == "<int>" || behind.empty())) return before + ":" + behind;
    }
    if (const std::size_t point = text.find('.'); point != 0 && point != std::string_view::npos)
        if (all(text.substr(0, point), is_digit) && all(text.substr(point + 1), is_digit)) return "<number>";
    if (text[0] == '(') return "<list>";
    return is_letter(text[0]) && all(text, is_name) ? "<word>" : "<text>";
}

/// The next value, taken from the front of the rest: to a comma that doesn't stand within quotes or parentheses.
std::string_view take_value(std::string_view& rest) {
    bool quoted = false;
    int depth = 0;
    std::size_t end = 0;
    for (; end < rest.size(); ++end) {
        const char c = rest[end];
        if (c == '"') quoted = !quoted;
        if (!quoted && c == '(') ++depth;
        if (!quoted && c == ')') --depth;
        if (c == ',' && !quoted && depth <= 0) break;
    }
    if (quoted) end = std::min(rest.find(','), rest.size());  // a quote that nothing closes
    const std::string_view value = rest.substr(0, end);
    rest.remove_prefix(end);
    return value;
}

std::string_view blanks_before(std::string_view value) {
    return value.substr(0, std::min(value.find_first_not_of(' '), value.size()));
}

bool is_quoted(std::string_view value) { return value.size() >= 2 && value.front() == '"' && value.back() == '"'; }

/// A value with the blanks round it.
struct Padded {
    std::string_view before, text, behind;
    explicit Padded(std::string_view value) : before{blanks_before(value)} {
        value.remove_prefix(before.size());
        text = value.substr(0, value.find_last_not_of(' ') + 1);
        behind = value.substr(text.size());
    }
    [[nodiscard]] std::string type() const {
        if (is_quoted(text)) return '"' + type_of(text.substr(1, text.size() - 2), true) + '"';
        return text.starts_with('"') ? '"' + type_of(text.substr(1), false) : type_of(text, false);
    }
};

/// The same with its type for its value.
std::string typed(std::string_view value) {
    const Padded padded{value};
    return std::string{padded.before} + padded.type() + std::string{padded.behind};
}

/// More values than any documented line has but lists.
constexpr std::size_t most_fields = 24;
constexpr std::size_t longest_words = 40;

/// What separates the name from its first value.
std::string_view separator(std::string_view rest) {
    std::size_t end = 0;
    while (end < rest.size() && (rest[end] == ':' || rest[end] == ' ')) ++end;
    if (end == 0 && rest.starts_with(',')) {
        end = 1;
        while (end < rest.size() && rest[end] == ' ') ++end;
    }
    return rest.substr(0, end);
}

/// `+NAME`, and a quoted word behind it.
Messages::Name unknown_name(std::string_view line) {
    std::size_t end = 1;
    while (end < line.size() && (is_name(line[end]) || line[end] == ' ')) ++end;
    while (end > 1 && line[end - 1] == ' ') --end;
    if (end == 1) return {std::string{unnamed}, 0};
    Messages::Name name{std::string{line.substr(0, end)}, end};
    std::string_view rest = line.substr(end);
    const std::string_view before = separator(rest);
    rest.remove_prefix(before.size());
    if (!before.starts_with(':') || !rest.starts_with('"')) return name;
    const std::size_t close = rest.find('"', 1);
    const std::string_view word = rest.substr(1, close == std::string_view::npos ? 0 : close - 1);
    if (word.size() < 2 || !all(word, [](char c) { return (c >= 'a' && c <= 'z') || c == ' ' || c == '_' || c == '/'; }))
        return name;
    return {name.message + ": \"" + std::string{word} + '"', end + before.size() + close + 1};
}

}  // namespace

Messages::Messages(const atwire::Dialect& dialect) : dialect_{dialect} {
    const auto add = [this](std::string_view text, Kind kind, bool socket) {
        const std::string_view trimmed = text.substr(0, text.find_last_not_of(" ,:") + 1);
        if (trimmed.empty()) return;
        auto found = std::ranges::find(heads_, trimmed, &Head::message);
        if (found == heads_.end()) found = heads_.insert(found, {std::string{trimmed}, without(trimmed, " \""), false, {}});
        found->kinds.push_back(kind);
        found->socket = found->socket || socket;
    };
    for (const atwire::Form& form : dialect.facts.forms)
        add(form.head, form.kind, has_data(form.kind) && form.items[0].field == "socket");
    add(">", Kind::prompt, false);
    std::ranges::stable_sort(heads_, [](const Head& a, const Head& b) { return a.plain.size() > b.plain.size(); });
}

const Messages::Head* Messages::head(std::string_view line, std::size_t& length) const {
    const std::size_t blanks = blanks_before(line).size();
    line.remove_prefix(blanks);
    for (const Head& one : heads_)
        if (const std::size_t took = matched(line, one.plain, one.message.ends_with('"')); took != 0) {
            length = blanks + took;
            return &one;
        }
    return nullptr;
}

Messages::Name Messages::name(std::string_view line) const {
    std::size_t length = 0;
    if (const Head* known = head(line, length)) return {known->message, length};
    if (!line.empty() && std::string_view{"+*^%#$"}.find(line[0]) != std::string_view::npos) return unknown_name(line);
    const bool words = !line.empty() && is_letter(line[0]) && line.size() <= longest_words &&
                       all(line, [](char c) { return is_letter(c) || c == ' ' || c == '_'; });
    return words ? Name{std::string{line}, line.size()} : Name{std::string{unnamed}, 0};
}

std::string Messages::shape(std::string_view line) const {
    const Name called = name(line);
    if (called.length == 0) return called.message;
    std::string text{line.substr(0, called.length)};
    std::string_view rest = line.substr(called.length);
    const std::string_view before = separator(rest);
    text += before;
    rest.remove_prefix(before.size());
    for (std::size_t count = 0; !rest.empty(); ++count) {
        if (count == most_fields) return text + "<text>";
        text += typed(take_value(rest));
        if (rest.empty()) break;
        text += ',';
        rest.remove_prefix(1);
    }
    return text;
}

Messages::Parting Messages::parting(std::string_view one, std::string_view other) const {
    const auto leads = [this](std::string_view line) {
        const std::size_t name = this->name(line).length;
        return line.substr(0, name + separator(line.substr(name)).size());
    };
    const std::string_view lead = leads(one), other_lead = leads(other);
    if (lead != other_lead) {
        const auto at = static_cast<std::size_t>(std::ranges::mismatch(lead, other_lead).in1 - lead.begin());
        return {at, at};
    }
    std::string_view rest = one.substr(lead.size()), other_rest = other.substr(lead.size());
    const auto here = [&] { return Parting{one.size() - rest.size(), other.size() - other_rest.size()}; };
    while (!rest.empty() && !other_rest.empty()) {
        const Parting begin = here();
        const Padded value{take_value(rest)}, other_value{take_value(other_rest)};
        if (value.before != other_value.before) return begin;
        if (value.type() != other_value.type()) return {begin.one + value.before.size(), begin.other + value.before.size()};
        const Parting end = here();
        if (value.behind != other_value.behind) return {end.one - value.behind.size(), end.other - other_value.behind.size()};
        if (rest.empty() || other_rest.empty()) return end;
        rest.remove_prefix(1);
        other_rest.remove_prefix(1);
    }
    return here();
}

std::size_t Messages::place_of(std::string_view line, std::string_view value) const {
    const std::size_t name = this->name(line).length;
    std::string_view rest = line.substr(name);
    rest.remove_prefix(separator(rest).size());
    for (;;) {
        const std::size_t begin = line.size() - rest.size();
        const Padded one{take_value(rest)};
        if (one.text == value) return begin + one.before.size();
        if (is_quoted(one.text) && one.text.substr(1, one.text.size() - 2) == value) return begin + one.before.size() + 1;
        if (rest.empty()) return name;
        rest.remove_prefix(1);
    }
}

std::string Messages::settings(std::string_view line, const Settings& settings) const {
    std::size_t length = 0;
    const Head* known = head(line, length);
    if (known == nullptr) return {};
    const Settings& defaults = dialect_.decoding.defaults;
    std::string text;
    const auto add = [&text](std::string_view name, int value) {
        text += (text.empty() ? "" : " ") + std::string{name} + "=" + std::to_string(value);
    };
    for (const Decides& one : decides()) {
        const bool concerns =
            std::ranges::any_of(known->kinds, [&](Kind kind) { return std::ranges::find(one.kinds, kind) != one.kinds.end(); });
        const atwire::Setting value = settings.*one.setting;
        if (concerns && value != atwire::unset && value != defaults.*one.setting && defaults.*one.setting != atwire::unset)
            add(one.name, value);
    }
    if (!known->socket) return text;
    std::string_view rest = line.substr(length);
    rest.remove_prefix(std::min(rest.find_first_not_of(" ,:"), rest.size()));
    std::size_t socket = 0, digits = 0;
    while (digits < rest.size() && digits < 2 && is_digit(rest[digits]))
        socket = socket * 10 + static_cast<std::size_t>(rest[digits++] - '0');
    if (digits == 0 || socket >= settings.access_mode.size()) return text;
    if (settings.access_mode[socket] > 0) add("access_mode", settings.access_mode[socket]);
    const atwire::Service service = settings.service[socket];
    if (service == atwire::Service::udp || service == atwire::Service::udp_service || service == atwire::Service::udp_incoming)
        text += std::string{text.empty() ? "" : " "} + "service=UDP";
    return text;
}

ShapeFields fields_of(std::string_view shape, std::size_t name) {
    ShapeFields taken;
    const std::string_view called = shape.substr(0, name);
    taken.quoted_name = called.find('"') != std::string_view::npos;
    std::string_view rest = shape.substr(name);
    const std::string_view before = separator(rest);
    taken.spacing = without(called, "\"") + std::string{before};
    rest.remove_prefix(before.size());
    bool blank = false;
    for (bool more = !rest.empty(); more;) {
        std::string_view value = take_value(rest);
        more = !rest.empty();
        if (more) rest.remove_prefix(1);
        const std::string_view blanks = blanks_before(value);
        blank = blank || !blanks.empty() || value.ends_with(' ');
        value.remove_prefix(blanks.size());
        value = value.substr(0, value.find_last_not_of(' ') + 1);
        if (is_quoted(value))
            taken.fields.push_back({true, std::string{value.substr(1, value.size() - 2)}});
        else
            taken.fields.push_back({false, std::string{value}});
    }
    if (blank) taken.spacing += ", ";
    return taken;
}

std::string_view class_of_payload(std::string_view data) {
    if (all(data, is_hex)) return "<hex>";
    return all(data, [](char c) { return is_printable(c) || c == '\r' || c == '\n' || c == '\t'; }) ? "<text>" : "<bytes>";
}

}  // namespace conformance
