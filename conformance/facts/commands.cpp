#include "facts/commands.hpp"

#include <algorithm>

#include "facts/spelling.hpp"

namespace conformance {

using namespace atwire;

namespace {

/// A command line's arguments: `<name>` with what the row says of it, or text. Quotes are left out, and so are empty places.
std::vector<Token> arguments(const std::vector<Token>& line) {
    std::vector<Token> found;
    bool quoted = false;
    bool fresh = true;
    for (const Token& token : line) {
        if (token.parameter) {
            found.push_back(token);
            fresh = true;
            continue;
        }
        for (const char c : token.text) {
            if (c == '"') quoted = !quoted;
            if (c == ',' && !quoted) fresh = true;
            if (c == '"' || (c == ',' && !quoted)) continue;
            if (c == '.' && fresh) continue;  // the dots that say that the last ones are given again
            if (fresh) found.push_back({});
            fresh = false;
            found.back().text += c;
        }
    }
    return found;
}

bool same_type(const Parameter& parameter, const Domain& said) {
    switch (parameter.type) {
        case ParameterType::integer: return said.sort == Domain::Sort::number;
        case ParameterType::hex:
        case ParameterType::data: return said.sort == Domain::Sort::data;
        default: return said.sort == Domain::Sort::text;
    }
}

/// What an argument says of a parameter, if it can be that parameter.
std::optional<Domain> said_of(const Token& argument, const Parameter& parameter) {
    const Domain allowed = domain_of(parameter);
    if (argument.parameter) {
        Domain said = argument.domain;
        said.rule.clear();  // it has become a length
        const bool same = argument.text == parameter.name && same_type(parameter, said) && said.overlaps(allowed);
        return same ? std::optional{said} : std::nullopt;
    }
    if (allowed.sort != Domain::Sort::number && allowed.words.empty()) return std::nullopt;
    if (!allowed.holds(argument.text)) return std::nullopt;
    Domain said{.sort = allowed.sort, .stated = true};
    if (allowed.sort == Domain::Sort::number)
        said.spans = {{std::stoll(argument.text), std::stoll(argument.text)}};
    else
        said.words = {argument.text};
    return said;
}

/// Whether what follows at `at` are the row's last parameters again.
bool repeats(const std::vector<Token>& line, std::size_t at, const CommandRow& row) {
    std::size_t first = 0;
    while (first < row.size() && !row.parameters[first].repeats) ++first;
    if (first == row.size() || (line.size() - at) % (row.size() - first) != 0) return false;
    for (std::size_t i = first; at < line.size(); ++at, i = i + 1 == row.size() ? first : i + 1)
        if (!said_of(line[at], row.parameters[i])) return false;
    return true;
}

std::optional<CommandMatch> read(const std::vector<Token>& line, const CommandRow& row) {
    CommandMatch match{.row = &row};
    std::size_t at = 0;
    if (!row.option.empty() && (line.empty() || line[at++].text != row.option)) return std::nullopt;
    for (std::size_t i = 0; i < row.size(); ++i) {
        match.said.push_back(at < line.size() ? said_of(line[at], row.parameters[i]) : std::nullopt);
        if (match.said.back())
            ++at;
        else if (!row.parameters[i].optional)
            return std::nullopt;
    }
    return at == line.size() || repeats(line, at, row) ? std::optional{match} : std::nullopt;
}

/// In transparent mode the same command line is answered by CONNECT.
bool agree(const FormRow& row, const CommandRow& candidate) {
    const auto settings = settings_of(row);
    const auto cipmode = settings.find("cipmode");
    return cipmode == settings.end() || (cipmode->second == "1") == (candidate.result == Result::connect);
}

/// Where the arguments begin: behind `AT+NAME=`, `=?` and `?` are none.
std::size_t arguments_begin(const FormRow& row) {
    const std::size_t equals = row.syntax.find('=');
    return equals == std::string::npos || row.syntax.substr(equals) == "=?" ? row.syntax.size() : equals + 1;
}

}  // namespace

std::optional<CommandForm> command_form(const FormRow& row) {
    if (!row.of_host()) return std::nullopt;
    if (row.kind == "test") return CommandForm::test;
    if (row.kind == "read") return CommandForm::read;
    if (row.kind == "write") return CommandForm::write;
    if (row.kind == "execute") return CommandForm::execute;
    return std::nullopt;
}

const CommandFacts* command_of(const FormRow& row, const Facts& facts) {
    const auto quirks = quirks_of(row);
    std::string name = row.syntax.substr(0, row.syntax.find_first_of("=?"));
    if (std::find(quirks.begin(), quirks.end(), "alias") != quirks.end()) name = "AT+" + row.command;
    for (const CommandFacts& command : facts.commands)
        if (name == "AT+" + std::string{command.name}) return &command;
    return nullptr;
}

std::vector<MatchedCommand> match(const FormRow& row, const CommandFacts& command) {
    std::vector<MatchedCommand> matched;
    for (const auto& tokens : spellings(row.syntax.substr(arguments_begin(row)), row)) {
        MatchedCommand found{.line = row.syntax.substr(0, arguments_begin(row)) + show(tokens)};
        for (const CommandRow& candidate : command.rows)
            if (candidate.form == command_form(row) && agree(row, candidate))
                if (const auto one = read(arguments(tokens), candidate)) found.matches.push_back(*one);
        matched.push_back(found);
    }
    return matched;
}

}  // namespace conformance
