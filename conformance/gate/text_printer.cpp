#include "gate/printer.hpp"

#include <cstdio>

#include "transcripts/bytes.hpp"

namespace conformance {

using namespace atwire;

namespace {

constexpr std::size_t place_width = 8;
constexpr std::size_t bytes_width = 48;
constexpr std::size_t name_width = 16;
constexpr std::size_t value_width = 60;
constexpr const char* red = "31";
constexpr const char* yellow = "33";

std::string padded(const std::string& text, std::size_t shown, std::size_t width) {
    return shown < width ? text + std::string(width - shown, ' ') : text;
}

/// How many columns the first `count` bytes take.
std::size_t columns(std::string_view bytes, std::size_t count) {
    return escape(std::string{bytes.substr(0, count)} + '.').size() - 1;
}

/// The bytes in at most `bytes_width` columns. What is cut says how long it is.
std::string cut(std::string_view bytes, std::size_t& shown) {
    std::string text = escape(bytes.substr(0, bytes_width + 1));
    shown = text.size();
    if (shown <= bytes_width) return text;
    const std::string length = " (" + std::to_string(bytes.size()) + " bytes)";
    std::size_t count = 0;
    while (columns(bytes, count + 1) + 1 + length.size() <= bytes_width) ++count;
    shown = columns(bytes, count) + 1 + length.size();
    return escape(std::string{bytes.substr(0, count)} + '.').substr(0, columns(bytes, count)) + "…" + length;
}

/// Whether the field repeats the bytes that the row shows anyway.
bool is_shown(Kind kind, const std::string& field) {
    switch (kind) {
        case Kind::payload:
        case Kind::data_echo: return field == "data";
        case Kind::echo:
        case Kind::overlong:
        case Kind::text:
        case Kind::malformed:
        case Kind::unfinished: return field == "text";
        default: return false;
    }
}

bool is_shown(CommandKind kind, const std::string& field) {
    return kind == CommandKind::send_data ? field == "data" : kind == CommandKind::raw && field == "text";
}

template <class Message>
std::string fields_of(const Message& message) {
    std::string text;
    const Json fields = fields_to_json(message);
    for (const auto& [key, value] : fields.items()) {
        if (is_shown(message.kind, key)) continue;
        const std::string json = value.dump(-1, ' ', true);
        text += " " + key + "=" + (json.size() <= value_width ? json : json.substr(0, value_width) + "…");
    }
    return text;
}

std::string words(const Json& list) {
    std::string text;
    for (const Json& word : list) text += (text.empty() ? "" : " ") + word.get<std::string>();
    return text;
}

}  // namespace

std::string TextPrinter::coloured(const char* code, const std::string& text) const {
    return colour_ ? std::string{"\x1B["} + code + "m" + text + "\x1B[0m" : text;
}

void TextPrinter::begin(Side side, std::uint64_t offset) {
    char place[32];
    if (time_)
        std::snprintf(place, sizeof place, "@%*.3f", static_cast<int>(place_width) - 1, *time_);
    else
        std::snprintf(place, sizeof place, "%*llu", static_cast<int>(place_width), static_cast<unsigned long long>(offset));
    output_ << place << (side == Side::host ? " > " : " < ");
}

void TextPrinter::row(std::string_view wire, std::string_view name, const std::string& fields) {
    output_ << wire << "  " << (fields.empty() ? std::string{name} : padded(std::string{name}, name.size(), name_width))
            << fields;
}

void TextPrinter::event(const Event& event, std::string_view bytes) {
    const bool malformed = event.kind == Kind::malformed;
    std::size_t shown = 0;
    std::string wire = cut(bytes, shown);
    if (malformed) {
        wire = escape(bytes);
        shown = wire.size();
        wire = coloured(red, wire);
    }
    begin(Side::module, event.wire.offset);
    row(padded(wire, shown, bytes_width), name(event.kind), fields_of(event));
    if (!event.quirks.empty()) output_ << " " << coloured(yellow, "[" + words(to_json(event.quirks)) + "]");
    if (!event.doubts.empty()) output_ << " (" << words(to_json(event.doubts)) << ")";
    output_ << '\n';
    if (!malformed) return;
    const std::size_t faulty = event.wire.lead + event.body.malformed.fault;
    output_ << std::string(place_width + 3 + columns(bytes, faulty), ' ') << coloured(red, "^") << '\n';
}

void TextPrinter::command(const Command& command, std::string_view bytes) {
    std::size_t shown = 0;
    const std::string wire = cut(bytes, shown);
    begin(Side::host, command.wire.offset);
    row(padded(wire, shown, bytes_width), name(command.kind), fields_of(command));
    output_ << '\n';
}

void TextPrinter::framing(Side side, std::uint64_t offset, std::string_view bytes) {
    std::size_t shown = 0;
    const std::string wire = cut(bytes, shown);
    begin(side, offset);
    row(padded(wire, shown, bytes_width), conformance::framing, {});
    output_ << '\n';
}

void TextPrinter::step(const Step& step) {
    if (step.time) time_ = step.time;  // a line without one came some time later
    char time[32] = "";
    if (step.time) std::snprintf(time, sizeof time, "@%*.3f", static_cast<int>(place_width) - 1, *step.time);
    const std::string place = padded(time, std::char_traits<char>::length(time), place_width);
    if (step.type == Step::Type::idle) output_ << place << " ~\n";
    if (step.type != Step::Type::settings) return;
    output_ << place << " #";
    for (const Setting& setting : step.settings) output_ << ' ' << setting.name << '=' << setting.value;
    output_ << '\n';
}

}  // namespace conformance
