// The subcommand `check`: its arguments and what it does with them.
#ifndef CONFORMANCE_GATE_CHECK_COMMAND_HPP
#define CONFORMANCE_GATE_CHECK_COMMAND_HPP

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "gate/check.hpp"

namespace conformance {

struct CheckArguments {
    std::vector<std::string> captures;
    std::string dialect;
    std::string input;
    std::vector<std::string> reports;
    std::string known;
    bool update_known = false;
    bool rules = false;
    std::size_t jobs = 0;
    std::size_t limit = CheckOptions{}.limit;
};

void describe_check(CLI::App& app, CheckArguments& arguments, const std::string& dialect_names);
/// The exit code. Throws std::runtime_error, one line, where the arguments can't be used.
int run_check(const CheckArguments& arguments, bool colour);

}  // namespace conformance

#endif
