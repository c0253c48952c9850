// Which rows of a command's table a host's row of forms.tsv means.
#ifndef CONFORMANCE_FACTS_COMMANDS_HPP
#define CONFORMANCE_FACTS_COMMANDS_HPP

#include <atwire/dialect.hpp>
#include <optional>
#include <string>
#include <vector>

#include "facts/domain.hpp"

namespace conformance {

/// Test, read, write or execute; nothing for data and for what every module understands.
[[nodiscard]] std::optional<atwire::CommandForm> command_form(const FormRow& row);
/// The command of the table; nullptr where there is none, or where the row is no `AT+` command.
[[nodiscard]] const atwire::CommandFacts* command_of(const FormRow& row, const atwire::Facts& facts);

/// What a list's row says of each parameter of a table's row; nothing of one that it leaves out.
struct CommandMatch {
    const atwire::CommandRow* row = nullptr;
    std::vector<std::optional<Domain>> said{};
};
/// One line of a row: a choice of what its brackets leave out.
struct MatchedCommand {
    std::string line;
    std::vector<CommandMatch> matches{};
};
[[nodiscard]] std::vector<MatchedCommand> match(const FormRow& row, const atwire::CommandFacts& command);

}  // namespace conformance

#endif
