// From a message to its bytes, by the rows of the dialect's table; then the decoder's word that they mean what was meant.
#include <atwire/decoder.hpp>
#include <atwire/encoder.hpp>

#include <cstring>

namespace atwire {
namespace {

/// A buffer that counts what doesn't fit.
class Writer {
public:
    explicit Writer(std::span<char> buffer) noexcept : buffer_{buffer} {}
    void put(std::string_view text) noexcept {
        if (text.size() <= buffer_.size() && length_ <= buffer_.size() - text.size() && !text.empty())
            std::memcpy(buffer_.data() + length_, text.data(), text.size());
        length_ += text.size();
    }
    void put(char c) noexcept { put(std::string_view{&c, 1}); }
    void put(std::int64_t number) noexcept {
        char digits[20];
        std::size_t begin = sizeof digits;
        auto rest = static_cast<std::uint64_t>(number < 0 ? -number : number);
        do digits[--begin] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        if (number < 0) digits[--begin] = '-';
        put(std::string_view{digits + begin, sizeof digits - begin});
    }
    [[nodiscard]] std::size_t length() const noexcept { return length_; }
    [[nodiscard]] bool fits() const noexcept { return length_ <= buffer_.size(); }
    [[nodiscard]] std::string_view text() const noexcept { return {buffer_.data(), length_}; }

private:
    std::span<char> buffer_;
    std::size_t length_ = 0;
};

Encoded refuse(Refusal why, std::string_view field = {}) noexcept { return {.refusal = why, .field = field}; }
Encoded refuse_range(const Item& item, std::int64_t value) noexcept {
    return {
        .refusal = Refusal::out_of_range, .field = item.field, .value = value, .minimum = item.minimum, .maximum = item.maximum};
}

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

bool hex_digit(unsigned char c) noexcept { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }
bool text_byte(unsigned char c) noexcept { return c != '\r' && c != '\n'; }
bool quotable(unsigned char c) noexcept { return c >= 32 && c != 127 && c != '"'; }
bool of_address(unsigned char c) noexcept { return hex_digit(c) || c == '.' || c == ':'; }

bool all(std::string_view text, bool (*holds)(unsigned char)) noexcept {
    for (const char c : text)
        if (!holds(static_cast<unsigned char>(c))) return false;
    return true;
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
        const auto holds = item.spelling == Spelling::rest ? text_byte : item.spelling == Spelling::bare ? of_address : quotable;
        if (!all(text, holds)) return refuse(Refusal::bad_character, item.field);
    }
    const bool quotes = item.spelling == Spelling::quoted || item.spelling == Spelling::time;
    if (quotes) writer.put('"');
    writer.put(text);
    if (quotes) writer.put('"');
    return {};
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
        if (item.spelling == Spelling::word) {
            if (value->type != Value::Type::word) return refuse(Refusal::not_a_word, item.parameter);
            if (const Encoded bad = put_text(writer, item, value->text); !bad) return bad;
        } else {
            if (value->type != Value::Type::integer) return refuse(Refusal::bad_character, item.parameter);
            if (value->integer < item.minimum || value->integer > item.maximum) return refuse_range(item, value->integer);
            writer.put(value->integer);
        }
        ++value;
    }
    while (i < form.size() && form.items[i].field == field) ++i;
    used = i - first;
    return value == none || values.text.empty() ? Encoded{} : refuse(Refusal::extra_field, field);
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
        if (field.type == Type::text) {
            if (const Encoded bad = put_text(writer, item, *value_of<std::string_view>(event.body, field)); !bad) return bad;
        } else {
            const std::int64_t value = number_of(event.body, field);
            if (value < item.minimum || value > item.maximum) return refuse_range(item, value);
            writer.put(value);
        }
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

std::uint32_t length_of(const Event& event) noexcept {
    if (event.kind == Kind::data_received) return *event.body.data_received.length;
    return event.kind == Kind::data_read ? event.body.data_read.length : 0;
}
Encoding encoding_of(const Event& event) noexcept {
    return event.kind == Kind::data_received ? event.body.data_received.encoding : event.body.data_read.encoding;
}

/// A header's end: CRLF, or what stands between it and a payload on the same line.
std::string_view header_end(const Dialect& dialect, const Settings& settings, const Form& form, const Event& event) noexcept {
    const bool is_inline = (form.body == Body::viewmode || form.body == Body::viewmode_quoted) && length_of(event) != 0 &&
                           given_or_default(dialect, settings, &Settings::viewmode) == 1;
    if (!is_inline) return "\r\n";
    const bool quoted = form.body == Body::viewmode_quoted && given_or_default(dialect, settings, &Settings::payload_quotes) == 1;
    return quoted ? ",\"" : ",";
}

bool is_header(const Form& form) noexcept { return form.body != Body::none && form.body != Body::unframed; }

Encoded put_by_table(Writer& writer, const Dialect& dialect, const Settings& settings, const Event& event) noexcept {
    Encoded first = refuse(Refusal::no_form);
    bool any = false;
    for (const Form& form : dialect.facts.forms) {
        if (!about(form, dialect, settings, event)) continue;
        const bool wrong_encoding = is_header(form) && form.spelled != Spelled::dataformat && length_of(event) != 0 &&
                                    (form.spelled == Spelled::hex) != (encoding_of(event) == Encoding::hex);
        const Writer before = writer;
        const Encoded tried = put_form(writer, form, event);
        if (tried && !wrong_encoding) {
            writer.put(form.tail);
            writer.put(is_header(form) ? header_end(dialect, settings, form, event) : "\r\n");
            return {};
        }
        writer = before;
        // Of several rows' complaints, one about a value says more than one about the form.
        const bool of_form = first.refusal == Refusal::missing_field || first.refusal == Refusal::extra_field;
        if (!any || of_form) first = tried ? refuse(Refusal::other_meaning, "encoding") : tried;
        any = true;
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

template <class T>
bool same(const T* a, const T* b) noexcept {
    return (a == nullptr) == (b == nullptr) && (a == nullptr || *a == *b);
}

bool same_field(const Event& a, const Event& b, const Field& field) noexcept {
    switch (field.type) {
        case Type::flag: return same(value_of<bool>(a.body, field), value_of<bool>(b.body, field));
        case Type::port: return same(value_of<std::uint16_t>(a.body, field), value_of<std::uint16_t>(b.body, field));
        case Type::number: return same(value_of<std::uint32_t>(a.body, field), value_of<std::uint32_t>(b.body, field));
        case Type::integer: return same(value_of<std::int32_t>(a.body, field), value_of<std::int32_t>(b.body, field));
        case Type::position: return same(value_of<std::uint64_t>(a.body, field), value_of<std::uint64_t>(b.body, field));
        case Type::text: return same(value_of<std::string_view>(a.body, field), value_of<std::string_view>(b.body, field));
        case Type::values: return same(value_of<Values>(a.body, field), value_of<Values>(b.body, field));
        case Type::encoding: return same(value_of<Encoding>(a.body, field), value_of<Encoding>(b.body, field));
    }
    return false;
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
        if (!same_field(*this, other, field)) return false;
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
        case Refusal::no_form: return "is no event of this dialect";
        case Refusal::other_meaning: return "would be read as something else under these settings";
        case Refusal::no_header: return "was not announced by a header";
        case Refusal::payload_due: return "stands where announced payload is due";
    }
    return {};
}

std::string_view Encoder::usual_lead(Kind kind) const noexcept {
    if (kind == Kind::payload || kind == Kind::data_echo || kind == Kind::truncated) return {};
    switch (after_) {
        case After::line: return "\r\n";
        case After::payload: return dialect_->facts.crlf_after_payload ? "\r\n\r\n" : "\r\n";
        case After::quoted_payload: return "\"\r\n\r\n";
        case After::data_source:
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
    const auto leads = [](unsigned char c) { return c == '\r' || c == '\n' || c == ' ' || c == '"'; };
    if (!all(lead, leads)) return refuse(Refusal::bad_character, "lead");
    if (settings.transparent == 1 || event.kind == Kind::truncated) return {};
    const bool unframed = after_ == After::data_source && settings.ciphead == 0;
    if (event.kind != Kind::payload) {
        if (due_ != 0) return refuse(Refusal::payload_due);
        return unframed ? refuse(Refusal::other_meaning) : Encoded{};
    }
    const Payload& payload = event.body.payload;
    if (unframed) return payload.data.find("\r\n") == std::string_view::npos ? Encoded{} : refuse(Refusal::bad_character, "data");
    if (payload.data.size() > due_) return refuse(Refusal::no_header, "data");
    if (hex_ && !all(payload.data, hex_digit)) return refuse(Refusal::bad_character, "data");
    return payload.last == (payload.data.size() == due_) ? Encoded{} : refuse(Refusal::other_meaning, "last");
}

Encoded Encoder::encode(const Settings& settings, const Event& event, std::string_view lead, std::span<char> buffer) noexcept {
    const bool pipe = settings.transparent == 1 || (after_ == After::data_source && settings.ciphead == 0);
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
    switch (event.kind) {
        case Kind::data_read:
        case Kind::data_received: {
            const std::uint64_t length = length_of(event);
            hex_ = encoding_of(event) == Encoding::hex;
            due_ = hex_ ? 2 * length : length;
            quoted_ = event.kind == Kind::data_received && given_or_default(*dialect_, settings, &Settings::viewmode) == 1 &&
                      given_or_default(*dialect_, settings, &Settings::payload_quotes) == 1 && dialect_->facts.crlf_after_payload;
            after_ = due_ != 0 ? After::payload_due : After::line;
            return;
        }
        case Kind::payload: {
            const std::uint64_t length = event.body.payload.data.size();
            due_ -= length < due_ ? length : due_;
            after_ = !event.body.payload.last ? After::payload_due : quoted_ ? After::quoted_payload : After::payload;
            if (settings.transparent == 1) after_ = After::line;
            return;
        }
        case Kind::data_source:
            after_ = After::line;
            for (const Form& form : dialect_->facts.forms)  // the line that leads pushed data, not a notice's
                if (form.body == Body::unframed && given_or_default(*dialect_, settings, &Settings::ciprxget) != 5)
                    after_ = After::data_source;
            return;
        case Kind::echo: after_ = event.body.echo.last ? After::line : After::piece; return;
        case Kind::overlong: after_ = event.body.overlong.last ? After::line : After::piece; return;
        default:
            after_ = After::line;
            due_ = 0;
            return;
    }
}

}  // namespace atwire
