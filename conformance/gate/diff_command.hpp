// The subcommand `diff`: its arguments and what it does with them.
#ifndef CONFORMANCE_GATE_DIFF_COMMAND_HPP
#define CONFORMANCE_GATE_DIFF_COMMAND_HPP

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace conformance {

struct DiffArguments {
    std::string old;
    std::string now;
    std::string dialect;
    std::string input;
    std::vector<std::string> reports;
    std::string known;
    bool update_known = false;
    bool same_script = false;
    std::size_t jobs = 0;
};

void describe_diff(CLI::App& app, DiffArguments& arguments, const std::string& dialect_names);
/// The exit code. Throws std::runtime_error, one line, where the arguments or what they name can't be used.
int run_diff(const DiffArguments& arguments, bool colour);

}  // namespace conformance

#endif
