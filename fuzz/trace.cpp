#include "trace.hpp"

#include <algorithm>
#include <charconv>

#include "properties/fields.hpp"
#include "transcripts/bytes.hpp"
#include "violation.hpp"

namespace fuzz {

using namespace atwire;

void Trace::number(std::uint64_t value) {
    char digits[20];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
    text_ += ' ';
}

void Trace::head(std::string_view name, const Wire& wire) {
    text_ += name;
    text_ += " at ";
    number(wire.offset);
    number(wire.lead);
}

void Trace::close() {
    if (open_.name.empty()) return;
    text_ += open_.last ? "\" last " : "\" ";
    text_ += open_.end;
    if (open_.odd) text_ += " odd ";
    number(open_.length);
    text_ += '\n';
    open_ = {};
}

void Trace::add(std::string_view name, const Fragment& fragment, const Wire& wire, std::uint32_t marks) {
    if (open_.name != name || open_.last || open_.next != fragment.offset) {
        close();
        head(name, wire);
        number(marks);
        number(fragment.offset);
        text_ += '"';
        open_.name = name;
    }
    text_ += fragment.data;
    open_.next = fragment.offset + fragment.data.size();
    open_.length += wire.length;
    open_.last = fragment.last;
}

void Trace::add(const Event& event) {
    const auto& body = event.body;
    const std::uint32_t marks = event.quirks.bits << 4 | event.doubts.bits;
    const auto piece = [&](const Fragment& fragment) { add(name(event.kind), fragment, event.wire, marks); };
    switch (event.kind) {
        case Kind::payload: return piece({body.payload.data, body.payload.offset, body.payload.last});
        case Kind::data_echo: return piece({body.data_echo.data, body.data_echo.offset, body.data_echo.last});
        case Kind::echo: return piece({body.echo.text, body.echo.offset, body.echo.last});
        case Kind::overlong: return piece({body.overlong.text, body.overlong.offset, body.overlong.last});
        default: break;
    }
    close();
    head(name(event.kind), event.wire);
    number(event.wire.length);
    number(marks);
    for (const Field& field : fields(event.kind))
        if (present(event.body, field)) conformance::append(text_, event.body, field);
    text_ += '\n';
}

void Trace::add(const Command& command) {
    if (const auto* sent = get<SendData>(command)) {
        add(name(command.kind), {sent->data, sent->offset, sent->last}, command.wire, 0);
        open_.odd = open_.odd || command.odd;
        open_.end = *sent->end;
        return;
    }
    close();
    head(name(command.kind), command.wire);
    number(command.wire.length);
    if (command.joined) text_ += "joined ";
    if (command.more) text_ += "more ";
    if (command.odd) text_ += "odd ";
    for (const Field& field : fields(command.kind))
        if (present(command.body, field)) conformance::append(text_, command.body, field);
    text_ += '\n';
}

void Trace::note(std::string_view text) {
    close();
    text_ += text;
    text_ += '\n';
}

const std::string& Trace::text() {
    close();
    return text_;
}

void same(std::string_view property, const std::string& one, const std::string& other) {
    if (one == other) return;
    std::size_t begin = 0;  // of the first line that differs
    const std::size_t common = std::min(one.size(), other.size());
    for (std::size_t i = 0; i < common && one[i] == other[i]; ++i)
        if (one[i] == '\n') begin = i + 1;
    const auto line = [begin](const std::string& text) {
        return conformance::escape(std::string_view{text}.substr(begin, text.find('\n', begin) - begin));
    };
    violated(property, "one    " + line(one) + "\nother  " + line(other));
}

}  // namespace fuzz
