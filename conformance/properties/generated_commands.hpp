// Commands made by throwing dice, from the rows of a dialect's table, and what a host's side may carry beside them.
#ifndef CONFORMANCE_PROPERTIES_GENERATED_COMMANDS_HPP
#define CONFORMANCE_PROPERTIES_GENERATED_COMMANDS_HPP

#include <atwire/dialect.hpp>
#include <deque>
#include <string>

#include "properties/dice.hpp"

namespace conformance {

/// A command that owns its strings. It moves and isn't copied: its views point into them.
struct GeneratedCommand {
    GeneratedCommand() = default;
    GeneratedCommand(GeneratedCommand&&) = default;
    GeneratedCommand& operator=(GeneratedCommand&&) = default;

    atwire::Command command;
    std::deque<std::string> strings;
    /// The row that it was made from; nullptr for `AT`, `ATE`, `ATO` and `AT+CMEE`.
    const atwire::CommandFacts* facts = nullptr;
    const atwire::CommandRow* row = nullptr;
};

/// Any command line of the dialect, in a documented form and range.
GeneratedCommand generate_command(Dice& dice, const atwire::Dialect& dialect);
/// The same from one row of the table: optional parameters left out, values at the edges of their ranges. False for a row that is
/// only the module's.
bool generate_from(Dice& dice, const atwire::CommandFacts& facts, const atwire::CommandRow& row, GeneratedCommand& made);
/// Two or three of them on one line.
std::deque<GeneratedCommand> generate_joined(Dice& dice, const atwire::Dialect& dialect);

/// The bytes that the encoder writes for a command. Throws std::logic_error where it refuses it.
std::string written(const atwire::Dialect& dialect, const atwire::Settings& settings, const atwire::Command& command);

/// Whether some command of the dialect opens a byte pipe.
bool has_pipe(const atwire::Dialect& dialect);

/// Anything that a host may send: commands, pieces of them, framing, what ends data, bytes at random.
std::string generate_host_noise(Dice& dice, const atwire::Dialect& dialect);

}  // namespace conformance

#endif
