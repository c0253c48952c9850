#include "properties/generated_commands.hpp"

#include <atwire/command_encoder.hpp>
#include <atwire/detail/command_tables.hpp>
#include <stdexcept>
#include <vector>

#include "properties/generated_events.hpp"
#include "properties/generated_text.hpp"

namespace conformance {

using namespace atwire;

namespace {

std::string_view keep(GeneratedCommand& made, std::string text) { return made.strings.emplace_back(std::move(text)); }

std::int64_t some_number(Dice& dice, const Parameter& parameter) {
    if (parameter.codes != nullptr) return dice.one_of(parameter.codes->codes).code;
    return dice.between(parameter.minimum, parameter.maximum);
}

std::string some_text(Dice& dice, const Parameter& parameter) {
    if (!parameter.words.empty()) return std::string{dice.one_of(parameter.words)};
    const auto shortest = static_cast<std::size_t>(parameter.minimum);
    const auto longest = static_cast<std::size_t>(parameter.maximum);
    if (parameter.type == ParameterType::hex) {
        const std::size_t most = dice.once_in(4) ? longest : std::min<std::size_t>(longest, 16);
        return hex_of(dice, shortest + dice.below(most - shortest + 1));
    }
    if (parameter.type == ParameterType::address && (parameter.bare || dice.once_in(2))) {
        const std::string address = some_address(dice);
        return address.size() <= longest ? address : "1.2.3.4";
    }
    std::string text = some_bytes(dice, parameter.bare ? "\",; " : "\"", shortest, longest);
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 32 || c == 127) c = 'q';
    return text;
}

std::string some_value(Dice& dice, const Parameter& parameter) {
    if (parameter.type == ParameterType::integer) return std::to_string(some_number(dice, parameter));
    const std::string text = some_text(dice, parameter);
    return parameter.type == ParameterType::word ? text : '"' + text + '"';
}

/// The values of an option. One in the middle may be left out, and any at the end.
std::string some_values(Dice& dice, const CommandRow& row) {
    std::vector<std::string> values;
    bool any = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool left_out = row.parameters[i].optional && dice.once_in(3);
        values.push_back(left_out ? "" : some_value(dice, row.parameters[i]));
        any = any || !left_out;
    }
    if (!any && row.size() != 0) values[0] = some_value(dice, row.parameters[0]);
    while (!values.empty() && values.back().empty()) values.pop_back();
    std::string list;
    for (std::size_t i = 0; i < values.size(); ++i) list += (i == 0 ? "" : ",") + values[i];
    return list;
}

std::string some_options(Dice& dice, const CommandRow& row) {
    std::string list;
    for (std::int64_t n = dice.between(row.parameters[0].minimum, row.parameters[0].maximum); n != 0; --n)
        for (const std::size_t parameter : {1u, 2u})
            list += (list.empty() ? "" : ",") + some_value(dice, row.parameters[parameter]);
    return list;
}

/// A body of the kind, blank but for the names that its struct has.
void begin(GeneratedCommand& made, CommandKind kind) {
    Command& command = made.command;
    const Maybe<std::string_view> option = made.row->option.empty() ? Maybe<std::string_view>{} : Maybe{made.row->option};
    switch (kind) {
#define ATWIRE_BLANK(Message, name) \
    case CommandKind::name: command = command_of(Message{}); break;
        ATWIRE_COMMANDS(ATWIRE_BLANK)
#undef ATWIRE_BLANK
    }
    switch (kind) {
        case CommandKind::test: command.body.test.command = made.facts->name; break;
        case CommandKind::read: command.body.read.command = made.facts->name; break;
        case CommandKind::execute: command.body.execute.command = made.facts->name; break;
        case CommandKind::set_option: command.body.set_option = {made.facts->name, option, {}}; break;
        case CommandKind::query_option: command.body.query_option = {made.facts->name, option, {}}; break;
        case CommandKind::coap_config: command.body.coap_config.name = made.row->option; break;
        default: break;
    }
}

void put(Dice& dice, const Parameter& parameter, const Field& field, GeneratedCommand& made) {
    auto& body = made.command.body;
    switch (field.type) {
        case Type::port: store(body, field, static_cast<std::uint16_t>(some_number(dice, parameter))); break;
        case Type::number: store(body, field, static_cast<std::uint32_t>(some_number(dice, parameter))); break;
        default:
            // A number that is text is the length of the text behind it, in bytes of two digits.
            store(body, field,
                  keep(made, parameter.type == ParameterType::integer
                                 ? hex_of(dice, 2 * static_cast<std::size_t>(some_number(dice, parameter)))
                                 : some_text(dice, parameter)));
    }
}

/// `AT`, `ATE0`, `AT+CMEE=1`, `ATO`: what every dialect has.
GeneratedCommand by_name(Dice& dice, std::size_t which) {
    GeneratedCommand made;
    switch (which) {
        case 0: made.command = command_of(Attention{}); break;
        case 1: made.command = command_of(SetEcho{static_cast<std::uint32_t>(dice.below(2))}); break;
        case 2: made.command = command_of(SetErrorFormat{static_cast<std::uint32_t>(dice.below(3))}); break;
        default: made.command = command_of(ResumeDataMode{}); break;
    }
    return made;
}

}  // namespace

bool generate_from(Dice& dice, const CommandFacts& facts, const CommandRow& row, GeneratedCommand& made) {
    const CommandKind kind = detail::kind_of(facts, row);
    if (kind == CommandKind::raw) return false;
    made.facts = &facts;
    made.row = &row;
    begin(made, kind);
    auto& body = made.command.body;
    if (kind == CommandKind::set_option)
        body.set_option.values = {keep(made, some_values(dice, row))};
    else if (kind == CommandKind::query_option)
        body.query_option.values = {keep(made, some_values(dice, row))};
    else if (kind == CommandKind::coap_options)
        body.coap_options.options = {keep(made, some_options(dice, row))};
    else {
        bool written_last = false;  // a token's length says it all
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Parameter& parameter = row.parameters[i];
            if (parameter.optional && dice.once_in(2)) break;
            if (!written_last) put(dice, parameter, *detail::field_of(kind, parameter.name), made);
            written_last = parameter.name == "tkl";
        }
    }
    return true;
}

bool has_pipe(const Dialect& dialect) {
    for (const CommandFacts& command : dialect.facts.commands)
        for (const CommandRow& row : command.rows)
            if (row.result == Result::connect) return true;
    return false;
}

GeneratedCommand generate_command(Dice& dice, const Dialect& dialect) {
    const std::size_t by_names = has_pipe(dialect) ? 4 : 3;
    for (;;) {
        const std::size_t which = dice.below(dialect.facts.commands.size() + by_names);
        if (which >= dialect.facts.commands.size()) return by_name(dice, which - dialect.facts.commands.size());
        GeneratedCommand made;
        const CommandFacts& facts = dialect.facts.commands[which];
        if (generate_from(dice, facts, dice.one_of(facts.rows), made)) return made;
    }
}

std::deque<GeneratedCommand> generate_joined(Dice& dice, const Dialect& dialect) {
    std::deque<GeneratedCommand> line;
    for (std::size_t n = 2 + dice.below(2); line.size() < n;) {
        GeneratedCommand made = generate_command(dice, dialect);
        if (!line.empty() && made.command.kind == CommandKind::attention) continue;  // nothing joins nothing
        made.command.joined = !line.empty();
        made.command.more = line.size() + 1 < n;
        line.push_back(std::move(made));
    }
    return line;
}

std::string written(const Dialect& dialect, const Settings& settings, const Command& command) {
    std::vector<char> buffer(8000);
    const Encoded done = encode(dialect, settings, command, buffer);
    if (!done)
        throw std::logic_error{"the encoder refused " + std::string{name(command.kind)} + ": " + std::string{done.field} + " " +
                               std::string{describe(done.refusal)}};
    return {buffer.data(), done.length};
}

std::string generate_host_noise(Dice& dice, const Dialect& dialect) {
    static constexpr std::string_view pieces[] = {"\r",   "\n",    "\r\n", ";",   "+",  "+++",  "\"",       ",",    "=",  "?",
                                                  " ",    "0",     "AT",   "at",  "a",  "\x1A", "\x1B",     ">",    "=?", "\0",
                                                  "AT\r", "ATO\r", "aT",   "ATE", ",,", "e0",   "\x03\x1A", "\x03", "OK", "\x7F"};
    std::string noise;
    for (std::size_t n = dice.below(12); n != 0; --n) {
        switch (dice.below(4)) {
            case 0: noise += dice.one_of(pieces); break;
            case 1: noise += some_bytes(dice, "", 1, 30); break;
            case 2: noise += written(dialect, {}, generate_command(dice, dialect).command); break;
            default:
                for (const GeneratedCommand& made : generate_joined(dice, dialect)) noise += written(dialect, {}, made.command);
        }
    }
    if (!noise.empty() && dice.once_in(2)) mutate(dice, noise);
    return noise;
}

}  // namespace conformance
