// From the text of a command to its message, by the rows of the dialect's table.
#include <atwire/command_decoder.hpp>
#include <atwire/detail/command_lexer.hpp>
#include <atwire/detail/command_tables.hpp>

#include "writer.hpp"

namespace atwire::detail {
namespace {

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool same_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (upper(a[i]) != upper(b[i])) return false;
    return true;
}

/// Reads one row's parameters out of a command's arguments.
class RowReader {
public:
    RowReader(const LexedCommand& lexed, std::string_view text, CommandKind kind, Command& command) noexcept
        : lexed_{lexed}, text_{text}, kind_{kind}, command_{command} {}

    bool read(const CommandRow& row) noexcept {
        if (!row.option.empty() && !read_option(row.option)) return false;
        first_ = at_;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Parameter& parameter = row.parameters[i];
            if (parameter.repeats) return read_repeated(row, i);
            if (parameter.optional && rest_is_empty()) break;
            if (!read_parameter(parameter)) return false;
        }
        return finish();
    }

private:
    using Argument = LexedCommand::Argument;

    [[nodiscard]] bool has_more() const noexcept { return at_ < lexed_.count; }
    [[nodiscard]] const Argument& argument() const noexcept { return lexed_.arguments[at_]; }
    [[nodiscard]] std::string_view text_of(const Argument& argument) const noexcept {
        return part(text_, argument.begin, static_cast<std::size_t>(argument.end - argument.begin));
    }
    [[nodiscard]] bool is_empty(std::size_t at) const noexcept {
        const Argument& argument = lexed_.arguments[at];
        return argument.begin == argument.end && !argument.quoted;
    }
    [[nodiscard]] bool rest_is_empty() const noexcept {
        std::size_t at = at_;
        while (at < lexed_.count && is_empty(at)) ++at;
        return at == lexed_.count;
    }

    bool read_option(std::string_view option) noexcept {
        if (!has_more() || !argument().quoted || !same_name(text_of(argument()), option)) return false;
        if (text_of(argument()) != option) command_.odd = true;
        ++at_;
        return true;
    }

    bool read_parameter(const Parameter& parameter) noexcept {
        for (std::uint8_t gap = 0; gap < parameter.gap; ++gap, ++at_)
            if (!has_more() || !is_empty(at_)) return false;
        if (!has_more()) return false;
        const Field& field = *field_of(kind_, parameter.name);
        if (is_empty(at_)) {
            // AT+QCOAPHEAD=2,,8,0102030405060708: as the syntax has it, and no example (E174).
            if (parameter.name == "tkl" && at_ + 1u < lexed_.count) {
                command_.odd = true;
                ++at_;
            } else if (parameter.optional && field.type == Type::values) {
                ++at_;
                return true;
            } else {
                return false;
            }
        }
        if (parameter.type == ParameterType::integer) return read_number(parameter, field);
        return read_text(parameter, field);
    }

    bool read_number(const Parameter& parameter, const Field& field) noexcept {
        std::int64_t value = 0;
        if (!number(parameter, value)) return false;
        if (field.type == Type::text)
            length_ = value;
        else if (field.type == Type::options)
            count_ = value;
        else if (field.type == Type::port)
            store(command_.body, field, static_cast<std::uint16_t>(value));
        else if (field.type == Type::number)
            store(command_.body, field, static_cast<std::uint32_t>(value));
        ++at_;
        return true;
    }

    /// The argument's value, where it is a number that the parameter allows.
    bool number(const Parameter& parameter, std::int64_t& value) noexcept {
        const std::string_view digits = text_of(argument());
        if (argument().quoted || digits.empty() || digits.size() > 10) return false;
        for (const char c : digits) {
            if (c < '0' || c > '9') return false;
            value = value * 10 + (c - '0');
        }
        if (digits.size() > 1 && digits[0] == '0') command_.odd = true;
        bool listed = parameter.codes == nullptr;
        if (!listed)
            for (const Code& code : parameter.codes->codes) listed = listed || code.code == value;
        return value >= parameter.minimum && value <= parameter.maximum && listed;
    }

    bool read_text(const Parameter& parameter, const Field& field) noexcept {
        const std::string_view text = text_of(argument());
        if (!allows(parameter, text)) return false;
        if (length_ >= 0 && static_cast<std::int64_t>(text.size()) != 2 * length_) return false;
        length_ = -1;
        if (field.type == Type::text) store(command_.body, field, text);
        ++at_;
        return true;
    }

    bool allows(const Parameter& parameter, std::string_view text) noexcept {
        const bool bare = parameter.bare || parameter.type == ParameterType::word;
        if (parameter.type == ParameterType::word && argument().quoted) return false;
        if (argument().quoted == bare) command_.odd = true;
        bool listed = parameter.words.empty();
        for (const std::string_view word : parameter.words) listed = listed || word == text;
        const auto length = static_cast<std::int64_t>(text.size());
        if (parameter.type == ParameterType::hex && !all(text, hex_digit)) return false;
        if (parameter.type == ParameterType::address && bare && !is_address(text)) return false;
        return listed && length >= parameter.minimum && length <= parameter.maximum;
    }

    /// Options: as many numbers and values as their count says.
    bool read_repeated(const CommandRow& row, std::size_t i) noexcept {
        first_ = at_;
        std::int64_t pairs = 0;
        for (; has_more(); ++pairs) {
            std::int64_t value = 0;
            if (at_ + 1u >= lexed_.count || !number(row.parameters[i], value)) return false;
            ++at_;
            if (!argument().quoted || !allows(row.parameters[i + 1], text_of(argument()))) return false;
            ++at_;
        }
        const bool counted = count_ == pairs;
        if (counted) command_.body.coap_options.options = {region()};
        return counted;
    }

    bool finish() noexcept {
        if (kind_ == CommandKind::set_option) command_.body.set_option.values = {region()};
        if (kind_ == CommandKind::query_option) command_.body.query_option.values = {region()};
        for (; has_more(); ++at_) {  // a comma too many
            if (!is_empty(at_)) return false;
            command_.odd = true;
        }
        return length_ < 0;
    }

    /// The arguments from `first_` to here, as they stand.
    [[nodiscard]] std::string_view region() const noexcept {
        if (first_ == at_) return {};
        const Argument& first = lexed_.arguments[first_];
        const Argument& last = lexed_.arguments[at_ - 1u];
        const std::size_t begin = first.begin - (first.quoted ? 1u : 0u);
        return part(text_, begin, last.end + (last.quoted ? 1u : 0u) - begin);
    }

    const LexedCommand& lexed_;
    std::string_view text_;
    CommandKind kind_;
    Command& command_;
    std::uint8_t at_ = 0;
    std::uint8_t first_ = 0;
    std::int64_t length_ = -1;  ///< of the text that comes next, in bytes
    std::int64_t count_ = 0;
};

/// A body of the kind, blank but for the names that its struct has.
void begin(Command& command, CommandKind kind, const CommandFacts& facts, const CommandRow& row) noexcept {
    std::memset(static_cast<void*>(&command.body), 0, sizeof command.body);  // absent and zero are the same bytes
    command.kind = kind;
    const Maybe<std::string_view> option = row.option.empty() ? Maybe<std::string_view>{} : Maybe{row.option};
    switch (kind) {
        case CommandKind::test: command.body.test = {facts.name}; break;
        case CommandKind::read: command.body.read = {facts.name}; break;
        case CommandKind::execute: command.body.execute = {facts.name}; break;
        case CommandKind::set_option: command.body.set_option = {facts.name, option, {}}; break;
        case CommandKind::query_option: command.body.query_option = {facts.name, option, {}}; break;
        case CommandKind::coap_config: command.body.coap_config = {row.option, {}}; break;
        default: break;
    }
}

bool read_rows(const CommandFacts& facts, const LexedCommand& lexed, std::string_view text, Command& command) noexcept {
    const bool odd = command.odd;
    for (const CommandRow& row : facts.rows) {
        const CommandKind kind = kind_of(facts, row);
        if (row.form != lexed.form || kind == CommandKind::raw) continue;
        command.odd = odd;
        begin(command, kind, facts, row);
        if (row.form != CommandForm::write || RowReader{lexed, text, kind, command}.read(row)) return true;
    }
    return false;
}

/// `AT+CMEE=<n>`, which every module has and no dialect's table.
bool read_error_format(const LexedCommand& lexed, std::string_view text, Command& command) noexcept {
    if (lexed.form != CommandForm::write || lexed.count != 1 || lexed.arguments[0].quoted) return false;
    const auto [begin, end, quoted] = lexed.arguments[0];
    if (end - begin != 1 || text[begin] < '0' || text[begin] > '2') return false;
    command.kind = CommandKind::set_error_format;
    command.body.set_error_format = {static_cast<std::uint32_t>(text[begin] - '0')};
    return true;
}

bool read_extended(const Facts& facts, const LexedCommand& lexed, std::string_view text, std::size_t plus,
                   Command& command) noexcept {
    if (lexed.count > LexedCommand::max_arguments) return false;
    const std::string_view name = part(text, plus + 1, lexed.name_end - plus - 1);
    if (same_name(name, "CMEE")) {
        command.odd = command.odd || name != "CMEE";
        return read_error_format(lexed, text, command);
    }
    const bool alias = !facts.alias.printed.empty() && same_name(name, facts.alias.printed);
    for (const CommandFacts& known : facts.commands) {
        if (!same_name(known.name, alias ? facts.alias.meant : name)) continue;
        command.odd = command.odd || name != known.name;
        return read_rows(known, lexed, text, command);
    }
    return false;
}

/// ATE0, ATE1, ATO.
bool read_basic(std::string_view own, bool has_pipe, Command& command) noexcept {
    if (own.empty()) return false;
    const char letter = upper(own[0]);
    command.odd = command.odd || own[0] != letter;
    if (letter == 'E' && own.size() == 2 && (own[1] == '0' || own[1] == '1')) {
        command.kind = CommandKind::set_echo;
        command.body.set_echo = {static_cast<std::uint32_t>(own[1] - '0')};
        return true;
    }
    if (letter != 'O' || own.size() != 1 || !has_pipe) return false;
    command.kind = CommandKind::resume_data_mode;
    command.body.resume_data_mode = {};
    return true;
}

bool has_pipe(const Facts& facts) noexcept {
    for (const CommandFacts& command : facts.commands)
        for (const CommandRow& row : command.rows)
            if (row.result == Result::connect) return true;
    return false;
}

bool read_known(const Facts& facts, const LexedCommand& lexed, std::string_view own, bool first, Command& command) noexcept {
    const std::size_t prefix = first ? 2 : 0;
    command.odd = lexed.odd || (first && part(own, 0, 2) != "AT");
    if (lexed.form != CommandForm::none) return read_extended(facts, lexed, own, prefix, command);
    if (own.size() != prefix) return read_basic(part(own, prefix), has_pipe(facts), command);
    command.kind = CommandKind::attention;
    command.body.attention = {};
    return first;
}

}  // namespace

std::size_t read_command(const Facts& facts, std::string_view text, bool first, Command& command) noexcept {
    const LexedCommand lexed = lex_command(text, first);
    const std::size_t length = lexed.whole ? lexed.length - (lexed.joined ? 1u : 0u) : text.size();
    const std::string_view own = part(text, 0, length);
    command = {};
    command.joined = !first;
    if (!lexed.whole || !read_known(facts, lexed, own, first, command)) {
        command.kind = CommandKind::raw;
        command.odd = false;
        command.body.raw = {own};
    }
    command.more = lexed.whole && lexed.joined;
    return length;
}

}  // namespace atwire::detail
