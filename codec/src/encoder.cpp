// From a message to its bytes, by the rows of the dialect's table; then the decoder's word that they mean what was meant.
#include <atwire/decoder.hpp>
#include <atwire/encoder.hpp>

#include "writer.hpp"

namespace atwire {
namespace {

const Field* field_of(Kind kind, std::string_view name) noexcept {
    for (const Field& field : fields(kind))
        if (field.name == name) return &field;
    return nullptr;
}

/// A number field as a wide integer; the caller knows that it is there.
std::int64_t number_of(const Event::Body& body, const Field& field) noexcept {
    switch (field.type) {
        case Type::port: return *value_of<std::uint16_t>(body, field);
        case Type::integer: return *value_of<std::int32_t>(body, field);
        default: return *value_of<std::uint32_t>(body, field);
    }
}

/// YY/MM/DD,hh:mm:ss±zz with so many digits of the year.
bool is_time(std::string_view text, std::int64_t year_digits) noexcept {
    constexpr std::string_view pattern = "/dd/dd,dd:dd:dd+dd";
    const auto year = static_cast<std::size_t>(year_digits);
    if (text.size() != year + pattern.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char expected = i < year ? 'd' : pattern[i - year];
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (expected == 'd' ? !digit : expected == '+' ? text[i] != '+' && text[i] != '-' : text[i] != expected) return false;
    }
    return true;
}

auto allowed_in(Spelling spelling) noexcept -> bool (*)(unsigned char) noexcept {
    switch (spelling) {
        case Spelling::rest: return text_byte;
        case Spelling::bare: return of_address;
        case Spelling::hex: return hex_digit;
        default: return quotable;
    }
}

Encoded put_text(Writer& writer, const Item& item, std::string_view text) noexcept {
    if (!item.words.empty()) {
        bool listed = false;
        for (const std::string_view word : item.words) listed = listed || word == text;
        if (!listed) return refuse(Refusal::not_a_word, item.field);
    }
    if (item.spelling == Spelling::time) {
        if (!is_time(text, item.maximum)) return refuse(Refusal::bad_character, item.field);
    } else {
        const auto length = static_cast<std::int64_t>(text.size());
        if (length < item.minimum || length > item.maximum) return refuse_range(item, length);
        if (!all(text, allowed_in(item.spelling))) return refuse(Refusal::bad_character, item.field);
    }
    const bool quotes = item.spelling == Spelling::quoted || item.spelling == Spelling::time || item.spelling == Spelling::text;
    if (quotes) writer.put('"');
    writer.put(text);
    if (quotes) writer.put('"');
    return {};
}

/// A number where the item allows it.
Encoded put_number(Writer& writer, const Item& item, std::int64_t value) noexcept {
    bool listed = item.codes == nullptr;
    if (!listed)
        for (const Code& code : item.codes->codes) listed = listed || code.code == value;
    if (value < item.minimum || value > item.maximum || !listed) return refuse_range(item, value);
    if (item.spelling != Spelling::code || value == 0) return writer.put(value), Encoded{};
    writer.put(value / 100);
    writer.put(value % 100 < 10 ? ".0" : ".");
    writer.put(value % 100);
    return {};
}

/// A token behind its length in bytes.
Encoded put_token(Writer& writer, const Item& item, std::string_view token) noexcept {
    const auto bytes = static_cast<std::int64_t>(token.size() / 2);
    if (bytes < item.minimum || bytes > item.maximum) return refuse_range(item, bytes);
    if (token.size() % 2 != 0) return refuse(Refusal::bad_character, item.field);
    writer.put(bytes);
    writer.put(',');
    return put_text(writer, *item.parts, token);
}

/// CoAP options, behind their count or not. None leave nothing, not even what would separate them.
Encoded put_options(Writer& writer, const Item& item, const CoapOptions& options) noexcept {
    const auto count = static_cast<std::int64_t>(options.size());
    if (count == 0) return {};
    if (count > item.maximum) return refuse_range(item, count);
    writer.put(item.before);
    if (item.spelling == Spelling::counted) {
        writer.put(count);
        writer.put(',');
    }
    std::int64_t written = 0;
    for (const CoapOption& option : options) {
        if (written++ != 0) writer.put(',');
        if (const Encoded bad = put_number(writer, item.parts[0], option.number); !bad) return bad;
        writer.put(item.parts[1].before);
        if (const Encoded bad = put_text(writer, item.parts[1], option.value); !bad) return bad;
    }
    return {};
}

Value::Type type_of(Spelling spelling) noexcept {
    if (spelling == Spelling::word) return Value::Type::word;
    return spelling == Spelling::text ? Value::Type::string : Value::Type::integer;
}

/// The values of a list field against the rows' items for it, from `first` on. `used` says how many items there are.
Encoded put_list(Writer& writer, const Form& form, std::size_t first, const Values& values, std::size_t& used) noexcept {
    const std::string_view field = form.items[first].field;
    std::size_t i = first;
    auto value = values.begin();
    const auto none = values.end();
    for (; i < form.size() && form.items[i].field == field; ++i) {
        const Item& item = form.items[i];
        if (value == none || values.text.empty()) {
            if (item.optional) break;
            return refuse(Refusal::missing_field, item.parameter);
        }
        if (i != first) writer.put(item.before);
        const bool is_text = item.spelling == Spelling::word || item.spelling == Spelling::text;
        if (value->type != type_of(item.spelling))
            return refuse(item.spelling == Spelling::word ? Refusal::not_a_word : Refusal::bad_character, item.parameter);
        if (const Encoded bad = is_text ? put_text(writer, item, value->text) : put_number(writer, item, value->integer); !bad)
            return bad;
        ++value;
    }
    while (i < form.size() && form.items[i].field == field) ++i;
    used = i - first;
    return value == none || values.text.empty() ? Encoded{} : refuse(Refusal::extra_field, field);
}

Encoded put_field(Writer& writer, const Item& item, const Field& field, const Event::Body& body) noexcept {
    if (field.type != Type::text) return put_number(writer, item, number_of(body, field));
    const std::string_view text = *value_of<std::string_view>(body, field);
    return item.spelling == Spelling::token ? put_token(writer, item, text) : put_text(writer, item, text);
}

/// Writes the event by one row of the table, or says what is wrong with it for this row.
Encoded put_form(Writer& writer, const Form& form, const Event& event) noexcept {
    writer.put(form.head);
    std::uint32_t written = 0;  // bit by bit, the struct's fields
    const FieldList list = fields(event.kind);
    const auto mark = [&](const Field& field) { written |= 1u << (&field - list.begin()); };
    bool left_out = false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const Item& item = form.items[i];
        const Field& field = *field_of(event.kind, item.field);
        mark(field);
        if (field.type == Type::values) {
            std::size_t used = 0;
            if (const Encoded bad = put_list(writer, form, i, *value_of<Values>(event.body, field), used); !bad) return bad;
            i += used - 1;
            continue;
        }
        if (field.type == Type::options) {
            if (const Encoded bad = put_options(writer, item, *value_of<CoapOptions>(event.body, field)); !bad) return bad;
            continue;
        }
        if (!present(event.body, field)) {
            if (!item.optional) return refuse(Refusal::missing_field, item.field);
            left_out = true;
            continue;
        }
        if (left_out) return refuse(Refusal::extra_field, item.field);
        if (item.spelling == Spelling::constant) {
            if (const std::int64_t value = number_of(event.body, field); value != item.minimum) return refuse_range(item, value);
            continue;
        }
        if (i != 0 || item.before != ",") writer.put(item.before);
        if (const Encoded bad = put_field(writer, item, field, event.body); !bad) return bad;
    }
    for (const Field& field : list) {
        // The socket of a read is the pending command's; an option's names stand in the head; the encoding is the payload's.
        const bool elsewhere = field.type == Type::encoding || (event.kind == Kind::data_read && field.name == "socket") ||
                               (event.kind == Kind::option && field.type == Type::text);
        if ((written & (1u << (&field - list.begin()))) == 0 && present(event.body, field) && !elsewhere)
            return refuse(Refusal::extra_field, field.name);
    }
    return {};
}

Setting given_or_default(const Dialect& dialect, const Settings& settings, Setting Settings::*which) noexcept {
    return settings.*which != unset ? settings.*which : dialect.decoding.defaults.*which;
}

bool about(const Form& form, const Dialect& dialect, const Settings& settings, const Event& event) noexcept {
    if (form.kind != event.kind) return false;
    if (form.when.setting != nullptr && given_or_default(dialect, settings, form.when.setting) != form.when.value) return false;
    if (event.kind != Kind::option) return true;
    const Option& option = event.body.option;
    return option.command == form.command && option.name.there == !form.option.empty() && *option.name == form.option;
}

/// A header's end: CRLF, or what stands between it and a payload on the same line.
std::string_view header_end(const Dialect& dialect, const Settings& settings, const Form& form, const Event& event) noexcept {
    const Maybe<std::uint32_t> length = announced(event).length;
    const bool by_viewmode =
        form.body == Body::viewmode || form.body == Body::viewmode_quoted || form.body == Body::viewmode_unframed;
    const bool empty = length && *length == 0;
    const bool is_inline = form.body == Body::comma
                               ? length.there
                               : by_viewmode && !empty && given_or_default(dialect, settings, &Settings::viewmode) == 1;
    if (!is_inline) return "\r\n";
    const bool quoted = form.body == Body::viewmode_quoted && given_or_default(dialect, settings, &Settings::payload_quotes) == 1;
    return quoted ? ",\"" : ",";
}

/// Whether the dialect can push a payload between quotes.
bool pushes_quoted(const Dialect& dialect) noexcept {
    for (const Form& form : dialect.facts.forms)
        if (form.body == Body::viewmode_quoted) return true;
    return false;
}

bool is_header(const Form& form) noexcept { return form.body != Body::none && form.body != Body::unframed; }

/// Whether the row's payload is always spelled otherwise.
bool is_spelled_otherwise(const Form& form, const Event& event) noexcept {
    if (!is_header(form) || (form.spelled != Spelled::raw && form.spelled != Spelled::hex)) return false;
    const auto [length, encoding] = announced(event);
    return *length != 0 && (form.spelled == Spelled::hex) != (encoding == Encoding::hex);
}

Encoded put_by_table(Writer& writer, const Dialect& dialect, const Settings& settings, const Event& event) noexcept {
    Encoded first = refuse(Refusal::no_form);
    std::size_t furthest = 0;
    for (const Form& form : dialect.facts.forms) {
        if (!about(form, dialect, settings, event)) continue;
        const bool wrong_encoding = is_spelled_otherwise(form, event);
        const Writer before = writer;
        const Encoded tried = put_form(writer, form, event);
        const std::size_t written = writer.length() - before.length();
        if (tried && !wrong_encoding) {
            writer.put(form.tail);
            writer.put(is_header(form) ? header_end(dialect, settings, form, event) : "\r\n");
            return {};
        }
        writer = before;
        // Of several rows' complaints, one about a value says more than one about the form, and then that of the row which got
        // furthest.
        const bool of_form = first.refusal == Refusal::missing_field || first.refusal == Refusal::extra_field;
        const bool further =
            written > furthest && tried.refusal != Refusal::missing_field && tried.refusal != Refusal::extra_field;
        if (furthest == 0 || of_form || further) first = tried ? refuse(Refusal::other_meaning, "encoding") : tried;
        if (written > furthest) furthest = written;
    }
    return first;
}

/// The bytes of the event behind its lead.
Encoded put_event(Writer& writer, const Dialect& dialect, const Settings& settings, const Event& event) noexcept {
    const auto& body = event.body;
    switch (event.kind) {
        case Kind::prompt: writer.put('>'); return {};
        case Kind::echo:
            writer.put(body.echo.text);
            if (body.echo.last) writer.put('\r');
            return {};
        case Kind::data_echo: writer.put(body.data_echo.data); return {};
        case Kind::payload: writer.put(body.payload.data); return {};
        case Kind::truncated: return {};
        case Kind::unfinished: writer.put(body.unfinished.text); return {};
        case Kind::overlong:
            writer.put(body.overlong.text);
            if (body.overlong.last) writer.put("\r\n");
            return {};
        case Kind::text: writer.put(body.text.text); break;
        case Kind::malformed: writer.put(body.malformed.text); break;
        case Kind::information:
            writer.put('+');
            writer.put(body.information.name);
            writer.put(": ");
            writer.put(body.information.text);
            break;
        case Kind::supported:
            writer.put('+');
            writer.put(body.supported.command);
            writer.put(": ");
            writer.put(body.supported.text);
            break;
        default: return put_by_table(writer, dialect, settings, event);
    }
    writer.put("\r\n");
    return {};
}

/// Whether the message's length might be the count of its options, as long as nothing of its payload is known.
bool may_be_count(const Event& event) noexcept {
    if (event.kind != Kind::coap_response || !event.body.coap_response.options.text.empty()) return false;
    const std::uint32_t length = *event.body.coap_response.length;
    return length != 0 && length <= Lexer::max_options;
}

/// How far payload behind such a length has come on the way to an option, `12,"`: one more than its digits, `comma` behind them.
enum Likeness : std::uint8_t { unlike = 0, no_digit = 1, five_digits = 6, comma = 7, is_option = 8 };
std::uint8_t likeness(std::uint8_t now, std::string_view data) noexcept {
    for (const char c : data) {
        if (now == unlike || now == is_option) break;
        const bool digit = c >= '0' && c <= '9';
        if (digit && now < five_digits)
            ++now;
        else if (c == ',' && now > no_digit && now <= five_digits)
            now = comma;
        else
            now = c == '"' && now == comma ? is_option : unlike;
    }
    return now;
}

/// Whether the decoder reads a line as the event that it was written for. The line is one chunk, so it needs no carry.
bool means(const Dialect& dialect, const Settings& settings, const Event& event, std::string_view line) noexcept {
    static constexpr std::string_view lead = "\r\n";
    Settings copy = settings;
    Decoder decoder{dialect.decoding, copy, std::span<char>{static_cast<char*>(nullptr), Lexer::at_end}};
    decoder.feed(lead);
    decoder.next();
    decoder.feed(line);
    const Event* read = decoder.next();
    if (read == nullptr && may_be_count(event)) {
        decoder.idle();
        read = decoder.next();
    }
    if (read == nullptr && event.kind == Kind::unfinished) {
        return line.find('\n') == std::string_view::npos && !line.empty() && line[0] != '\r' && line[0] != ' ';
    }
    if (read == nullptr || !(*read == event) || decoder.position() != lead.size() + line.size()) return false;
    return read->quirks.without(event.quirks).empty();
}

/// Whether the event is a whole line, or a prompt, so that it can be read back by itself.
bool is_line(const Event& event) noexcept {
    if (event.kind == Kind::echo) return event.body.echo.last && event.body.echo.offset == 0;
    switch (event.kind) {
        case Kind::payload:
        case Kind::data_echo:
        case Kind::truncated:
        case Kind::overlong: return false;
        default: return true;
    }
}

}  // namespace

bool Event::operator==(const Event& other) const noexcept {
    if (kind != other.kind) return false;
    for (const Field& field : fields(kind))
        if (!same_field(body, other.body, field)) return false;
    return true;
}

std::string_view describe(Refusal refusal) noexcept {
    switch (refusal) {
        case Refusal::none: return "was written";
        case Refusal::small_buffer: return "needs a larger buffer";
        case Refusal::out_of_range: return "is out of its documented range";
        case Refusal::not_a_word: return "is none of the documented words";
        case Refusal::bad_character: return "holds a byte that can't stand there";
        case Refusal::missing_field: return "is missing";
        case Refusal::extra_field: return "stands in no documented form with the other fields";
        case Refusal::no_form: return "is not in this dialect";
        case Refusal::other_meaning: return "would be read as something else under these settings";
        case Refusal::no_header: return "was not announced by a header";
        case Refusal::payload_due: return "stands where announced payload is due";
    }
    return {};
}

std::string_view Encoder::usual_lead(Kind kind) const noexcept {
    if (kind == Kind::data_echo) return after_ == After::long_prompt ? "\r\n" : "";
    if (kind == Kind::payload || kind == Kind::truncated) return {};
    switch (after_) {
        case After::line: return "\r\n";
        case After::payload: return dialect_->facts.crlf_after_payload ? "\r\n\r\n" : "\r\n";
        case After::quoted_payload: return "\"\r\n\r\n";
        case After::long_prompt: return "\r\n\r\n";
        case After::data_source:
        case After::unframed:
        case After::payload_due:
        case After::piece: return {};
    }
    return {};
}

Encoded Encoder::encode(const Settings& settings, const Event& event, std::span<char> buffer) noexcept {
    return encode(settings, event, usual_lead(event.kind), buffer);
}

/// What can't stand here, whatever its own bytes are.
Encoded Encoder::out_of_place(const Settings& settings, const Event& event, std::string_view lead) const noexcept {
    const auto leads = [](unsigned char c) noexcept { return c == '\r' || c == '\n' || c == ' ' || c == '"'; };
    if (!all(lead, leads)) return refuse(Refusal::bad_character, "lead");
    if (settings.transparent == 1 || event.kind == Kind::truncated) return {};
    // What follows a payload that began like an option must not go on like one.
    const bool ends_it = !lead.empty() && (lead[0] == '\r' || lead[0] == '\n');
    if (due_ == 0 && like_option_ != unlike && like_option_ != no_digit && !ends_it)
        return refuse(Refusal::other_meaning, "lead");
    if (event.kind != Kind::payload) {
        if (due_ != 0) return refuse(Refusal::payload_due);
        return after_ == After::unframed ? refuse(Refusal::other_meaning) : Encoded{};
    }
    const Payload& payload = event.body.payload;
    if (hex_ && !all(payload.data, hex_digit)) return refuse(Refusal::bad_character, "data");
    if (after_ == After::unframed)
        return payload.data.find("\r\n") == std::string_view::npos ? Encoded{} : refuse(Refusal::bad_character, "data");
    if (payload.data.size() > due_) return refuse(Refusal::no_header, "data");
    if (likeness(like_option_, payload.data) == is_option) return refuse(Refusal::other_meaning, "data");
    return payload.last == (payload.data.size() == due_) ? Encoded{} : refuse(Refusal::other_meaning, "last");
}

Encoded Encoder::encode(const Settings& settings, const Event& event, std::string_view lead, std::span<char> buffer) noexcept {
    const bool pipe = settings.transparent == 1 || after_ == After::unframed;
    if (const Encoded bad = out_of_place(settings, event, lead); !bad) return bad;
    Writer writer{buffer};
    writer.put(lead);
    if (const Encoded bad = put_event(writer, *dialect_, settings, event); !bad) return bad;
    if (!writer.fits()) return {.length = writer.length(), .refusal = Refusal::small_buffer};
    const std::string_view line = part(writer.text(), lead.size());
    if (is_line(event) && !pipe && !means(*dialect_, settings, event, line)) return refuse(Refusal::other_meaning);
    passed(settings, event);
    return {.length = writer.length()};
}

void Encoder::passed(const Settings& settings, const Event& event) noexcept {
    const bool unframed = after_ == After::unframed;
    after_ = After::line;
    if (event.kind != Kind::payload) like_option_ = unlike;
    switch (event.kind) {
        case Kind::data_read:
        case Kind::data_received:
        case Kind::coap_response:
        case Kind::coap_request: return passed_header(settings, event);
        case Kind::payload: return passed_payload(settings, event.body.payload, unframed);
        case Kind::data_source:
            hex_ = false;
            for (const Form& form : dialect_->facts.forms)  // the line that leads pushed data, not a notice's
                if (form.body == Body::unframed && given_or_default(*dialect_, settings, &Settings::ciprxget) != 5)
                    after_ = settings.ciphead == 0 ? After::unframed : After::data_source;
            return;
        case Kind::prompt:
            if (settings.formatcfg == 1 && dialect_->decoding.defaults.formatcfg != unset) after_ = After::long_prompt;
            return;
        case Kind::echo: after_ = event.body.echo.last ? After::line : After::piece; return;
        case Kind::overlong: after_ = event.body.overlong.last ? After::line : After::piece; return;
        default: due_ = 0; return;
    }
}

void Encoder::passed_header(const Settings& settings, const Event& event) noexcept {
    const auto [length, encoding] = announced(event);
    hex_ = encoding == Encoding::hex;
    due_ = std::uint64_t{*length} * (hex_ ? 2 : 1);
    like_option_ = may_be_count(event) ? no_digit : unlike;
    const bool received = event.kind == Kind::data_received;
    const bool read = event.kind == Kind::data_read;
    quoted_ = received && length && given_or_default(*dialect_, settings, &Settings::viewmode) == 1 &&
              given_or_default(*dialect_, settings, &Settings::payload_quotes) == 1 && pushes_quoted(*dialect_);
    if (due_ != 0)
        after_ = After::payload_due;
    else if (received && !length)
        after_ = After::unframed;
    else if (!received && !read && length)
        after_ = After::payload;
}

void Encoder::passed_payload(const Settings& settings, const Payload& payload, bool unframed) noexcept {
    const std::uint64_t length = payload.data.size();
    due_ -= length < due_ ? length : due_;
    like_option_ = likeness(like_option_, payload.data);
    if (settings.transparent == 1) return;
    if (!payload.last)
        after_ = due_ != 0 ? After::payload_due : unframed ? After::unframed : After::line;
    else
        after_ = quoted_ ? After::quoted_payload : After::payload;
}

}  // namespace atwire
