// From a command to its bytes, by the rows of the dialect's table; then the decoder's word that they mean what was meant.
#include <atwire/command_decoder.hpp>
#include <atwire/command_encoder.hpp>
#include <atwire/detail/command_tables.hpp>

#include "writer.hpp"

namespace atwire {
namespace {

using Body = Command::Body;

Encoded refuse_range(const Field& field, const Parameter& parameter, std::int64_t value) noexcept {
    return {.refusal = Refusal::out_of_range,
            .field = field.name,
            .value = value,
            .minimum = parameter.minimum,
            .maximum = parameter.maximum};
}

bool bare_byte(unsigned char c) noexcept { return quotable(c) && c < 127 && c != ',' && c != ';' && c != ' '; }

Encoded put_number(Writer& writer, const Field& field, const Parameter& parameter, std::int64_t value) noexcept {
    bool listed = parameter.codes == nullptr;
    if (!listed)
        for (const Code& code : parameter.codes->codes) listed = listed || code.code == value;
    if (value < parameter.minimum || value > parameter.maximum || !listed) return refuse_range(field, parameter, value);
    writer.put(value);
    return {};
}

Encoded put_text(Writer& writer, const Field& field, const Parameter& parameter, std::string_view text) noexcept {
    bool listed = parameter.words.empty();
    for (const std::string_view word : parameter.words) listed = listed || word == text;
    if (!listed) return refuse(Refusal::not_a_word, field.name);
    const auto length = static_cast<std::int64_t>(text.size());
    if (length < parameter.minimum || length > parameter.maximum) return refuse_range(field, parameter, length);
    const bool bare = parameter.bare || parameter.type == ParameterType::word;
    const bool digits = parameter.type == ParameterType::hex;
    const bool address = bare && parameter.type == ParameterType::address;
    if (!all(text, bare ? bare_byte : quotable) || (digits && !all(text, hex_digit)) || (address && !is_address(text)))
        return refuse(Refusal::bad_character, field.name);
    if (!bare) writer.put('"');
    writer.put(text);
    if (!bare) writer.put('"');
    return {};
}

Encoded put_value(Writer& writer, const Field& field, const Parameter& parameter, const Value& value) noexcept {
    const bool number = parameter.type == ParameterType::integer;
    const bool fits = number                                  ? value.type == Value::Type::integer
                      : parameter.type == ParameterType::word ? value.type == Value::Type::word
                                                              : value.type == Value::Type::string;
    if (!fits) return refuse(Refusal::bad_character, field.name);
    return number ? put_number(writer, field, parameter, value.integer) : put_text(writer, field, parameter, value.text);
}

/// The commas before a parameter: one, those of the places that stay empty, and those of parameters that were left out.
class Separator {
public:
    explicit Separator(bool first) noexcept : first_{first} {}
    void skip(const Parameter& parameter) noexcept { skipped_ += 1u + parameter.gap; }
    /// Whether nothing was skipped.
    [[nodiscard]] bool adjacent() const noexcept { return skipped_ == 0; }
    void put(Writer& writer, const Parameter& parameter) noexcept {
        for (std::size_t commas = skipped_ + parameter.gap + (first_ ? 0u : 1u); commas != 0; --commas) writer.put(',');
        first_ = false;
        skipped_ = 0;
    }

private:
    bool first_;
    std::size_t skipped_ = 0;
};

/// The values of an option; an empty word stands for a value that is left out.
Encoded put_values(Writer& writer, const CommandRow& row, const Field& field, const Values& values,
                   Separator& separator) noexcept {
    auto value = values.begin();
    bool none = values.text.empty();
    for (std::size_t i = 0; i < row.size() && !none; ++i) {
        const Parameter& parameter = row.parameters[i];
        if (value->type == Value::Type::word && value->text.empty()) {
            if (!parameter.optional) return refuse(Refusal::missing_field, parameter.name);
            separator.skip(parameter);
        } else {
            separator.put(writer, parameter);
            if (const Encoded bad = put_value(writer, field, parameter, *value); !bad) return bad;
        }
        ++value;
        none = value == nullptr;
        if (none && i + 1 < row.size() && !row.parameters[i + 1].optional)
            return refuse(Refusal::missing_field, row.parameters[i + 1].name);
    }
    if (!none) return refuse(Refusal::extra_field, field.name);
    if (values.text.empty() && row.size() != 0) return refuse(Refusal::missing_field, field.name);
    return separator.adjacent() ? Encoded{} : refuse(Refusal::missing_field, field.name);
}

/// The count, and each option's number and value.
Encoded put_options(Writer& writer, const CommandRow& row, const Field& field, const CoapOptions& options) noexcept {
    if (const Encoded bad = put_number(writer, field, row.parameters[0], static_cast<std::int64_t>(options.size())); !bad)
        return bad;
    for (const CoapOption& option : options) {
        writer.put(',');
        if (const Encoded bad = put_number(writer, field, row.parameters[1], option.number); !bad) return bad;
        writer.put(',');
        if (const Encoded bad = put_text(writer, field, row.parameters[2], option.value); !bad) return bad;
    }
    return {};
}

std::int64_t number_of(const Body& body, const Field& field) noexcept {
    if (field.type == Type::port) return *value_of<std::uint16_t>(body, field);
    return *value_of<std::uint32_t>(body, field);
}

Encoded put_parameter(Writer& writer, const Parameter& parameter, const Field& field, const Body& body) noexcept {
    if (field.type != Type::text) return put_number(writer, field, parameter, number_of(body, field));
    const std::string_view text = *value_of<std::string_view>(body, field);
    if (parameter.type == ParameterType::integer)  // the length of the text that follows
        return put_number(writer, field, parameter, static_cast<std::int64_t>(text.size() / 2));
    return put_text(writer, field, parameter, text);
}

/// The parameters of a row that has a field for each.
Encoded put_fields(Writer& writer, const CommandRow& row, const Command& command, Separator& separator) noexcept {
    std::uint32_t written = 0;
    const FieldList list = fields(command.kind);
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Parameter& parameter = row.parameters[i];
        const Field& field = *detail::field_of(command.kind, parameter.name);
        written |= 1u << (&field - list.begin());
        if (field.type == Type::options) return put_options(writer, row, field, *value_of<CoapOptions>(command.body, field));
        if (!present(command.body, field)) {
            if (!parameter.optional) return refuse(Refusal::missing_field, field.name);
            separator.skip(parameter);
            continue;
        }
        if (!separator.adjacent()) return refuse(Refusal::extra_field, field.name);
        separator.put(writer, parameter);
        if (const Encoded bad = put_parameter(writer, parameter, field, command.body); !bad) return bad;
    }
    for (const Field& field : list) {
        const bool named = field.name == "command" || (field.name == "name" && !row.option.empty());
        if ((written & (1u << (&field - list.begin()))) == 0 && present(command.body, field) && !named)
            return refuse(Refusal::extra_field, field.name);
    }
    return {};
}

/// The command, where its struct names one, and the option.
bool about(const CommandFacts& facts, const CommandRow& row, const Command& command) noexcept {
    if (detail::kind_of(facts, row) != command.kind) return false;
    const auto is = [](const Maybe<std::string_view>& name, std::string_view option) {
        return name.there == !option.empty() && *name == option;
    };
    switch (command.kind) {
        case CommandKind::test: return command.body.test.command == facts.name;
        case CommandKind::read: return command.body.read.command == facts.name;
        case CommandKind::execute: return command.body.execute.command == facts.name;
        case CommandKind::set_option:
            return command.body.set_option.command == facts.name && is(command.body.set_option.name, row.option);
        case CommandKind::query_option:
            return command.body.query_option.command == facts.name && is(command.body.query_option.name, row.option);
        case CommandKind::coap_config: return command.body.coap_config.name == row.option;
        default: return true;
    }
}

std::string_view suffix(CommandForm form) noexcept {
    switch (form) {
        case CommandForm::test: return "=?";
        case CommandForm::read: return "?";
        case CommandForm::write: return "=";
        default: return "";
    }
}

Encoded put_row(Writer& writer, const CommandFacts& facts, const CommandRow& row, const Command& command) noexcept {
    writer.put('+');
    writer.put(facts.name);
    writer.put(suffix(row.form));
    if (row.form != CommandForm::write) return {};
    Separator separator{row.option.empty()};
    if (!row.option.empty()) {
        writer.put('"');
        writer.put(row.option);
        writer.put('"');
    }
    if (const auto* set = get<SetOption>(command))
        return put_values(writer, row, FieldsOf<SetOption>::list[2], set->values, separator);
    if (const auto* query = get<QueryOption>(command)) {
        if (row.size() == 0 && query->values.text.empty()) return {};
        return put_values(writer, row, FieldsOf<QueryOption>::list[2], query->values, separator);
    }
    return put_fields(writer, row, command, separator);
}

Encoded put_by_table(Writer& writer, const Dialect& dialect, const Command& command) noexcept {
    Encoded first = refuse(Refusal::no_form);
    std::size_t furthest = 0;
    for (const CommandFacts& facts : dialect.facts.commands)
        for (const CommandRow& row : facts.rows) {
            if (!about(facts, row, command)) continue;
            const Writer before = writer;
            const Encoded tried = put_row(writer, facts, row, command);
            if (tried) return {};
            // Of several rows' complaints, one about a value says more than one about the form, and then that of the row which got
            // furthest.
            const std::size_t written = writer.length() - before.length();
            writer = before;
            const auto of_form = [](const Encoded& bad) {
                return bad.refusal == Refusal::missing_field || bad.refusal == Refusal::extra_field;
            };
            const bool further = of_form(first) == of_form(tried) ? written > furthest : of_form(first);
            if (further || first.refusal == Refusal::no_form) first = tried;
            if (written > furthest) furthest = written;
        }
    return first;
}

/// Whether the data's length stands in the command that waits for it; where that isn't known, whether `sent` says so.
bool has_length(const Dialect& dialect, const Settings& settings, const SendData& sent) noexcept {
    for (std::size_t i = 0; i < settings.pending_count; ++i) {
        const Pending& pending = settings.pending[i];
        if (pending.command >= dialect.decoding.commands.size()) continue;
        const PendingCommand& command = dialect.decoding.commands[pending.command];
        if (command.sends) return command.sends_length && pending.parameters[1] != Pending::absent;
    }
    return sent.last && *sent.end == "length";
}

/// Data behind a prompt, with the escapes that it has in variable length.
Encoded put_data(Writer& writer, const Dialect& dialect, const Settings& settings, const SendData& sent) noexcept {
    const bool pipe = settings.transparent == 1;
    const bool fixed = pipe || has_length(dialect, settings, sent);
    const bool escapes = dialect.facts.escapes;
    for (const char c : sent.data) {
        const bool ends = !fixed && (c == '\x1A' || c == '\x1B');
        if (ends && !escapes) return refuse(Refusal::bad_character, "data");
        if (escapes && (ends || (!fixed && c == '\x03'))) writer.put('\x03');
        writer.put(c);
    }
    if (!sent.last) return sent.end ? refuse(Refusal::extra_field, "end") : Encoded{};
    if (pipe) return refuse(Refusal::other_meaning, "last");  // it goes on until `+++`
    if (!sent.end) return refuse(Refusal::missing_field, "end");
    const bool ctrl_z = *sent.end == "ctrl_z";
    if (!ctrl_z && *sent.end != "esc" && *sent.end != "length") return refuse(Refusal::not_a_word, "end");
    if (fixed != (*sent.end == "length")) return refuse(Refusal::other_meaning, "end");
    if (!fixed) writer.put(ctrl_z ? '\x1A' : '\x1B');
    return {};
}

Encoded put_numbered(Writer& writer, std::string_view head, std::string_view field, std::uint32_t value,
                     std::int64_t most) noexcept {
    if (value > most) return {.refusal = Refusal::out_of_range, .field = field, .value = value, .minimum = 0, .maximum = most};
    writer.put(head);
    writer.put(std::int64_t{value});
    return {};
}

/// What stands between `AT`, or the `;` before, and the line's end.
Encoded put_command(Writer& writer, const Dialect& dialect, const Command& command) noexcept {
    const Body& body = command.body;
    switch (command.kind) {
        case CommandKind::attention: return {};
        case CommandKind::resume_data_mode: writer.put('O'); return {};
        case CommandKind::set_echo: return put_numbered(writer, "E", "echo", body.set_echo.echo, 1);
        case CommandKind::set_error_format: return put_numbered(writer, "+CMEE=", "format", body.set_error_format.format, 2);
        default: return put_by_table(writer, dialect, command);
    }
}

bool is_line(CommandKind kind) noexcept {
    return kind != CommandKind::send_data && kind != CommandKind::leave_data_mode && kind != CommandKind::raw;
}

/// Whether the decoder reads the bytes as the command that they were written for.
bool means(const Dialect& dialect, const Command& command, std::string_view line) noexcept {
    Command read;
    const std::size_t length = detail::read_command(dialect.facts, line, !command.joined, read);
    return length == line.size() && read == command && !read.odd;
}

}  // namespace

Encoded encode(const Dialect& dialect, const Settings& settings, const Command& command, std::span<char> buffer) noexcept {
    Writer writer{buffer};
    Encoded done;
    if (command.joined) writer.put(';');
    const std::size_t begin = writer.length();
    if (command.kind == CommandKind::send_data) {
        done = put_data(writer, dialect, settings, command.body.send_data);
    } else if (command.kind == CommandKind::leave_data_mode) {
        writer.put("+++");
    } else if (command.kind == CommandKind::raw) {
        if (!all(command.body.raw.text, text_byte)) return refuse(Refusal::bad_character, "text");
        writer.put(command.body.raw.text);
    } else {
        if (!command.joined) writer.put("AT");
        done = put_command(writer, dialect, command);
    }
    if (!done) return done;
    const std::size_t end = writer.length();
    const bool line = is_line(command.kind) || command.kind == CommandKind::raw;
    if (line && !command.more) writer.put('\r');
    if (!writer.fits()) return {.length = writer.length(), .refusal = Refusal::small_buffer};
    if (line && !means(dialect, command, part(writer.text(), begin, end - begin))) return refuse(Refusal::other_meaning);
    return {.length = writer.length()};
}

}  // namespace atwire
