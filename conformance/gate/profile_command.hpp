// The subcommand `profile`: its arguments and what it does with them.
#ifndef CONFORMANCE_GATE_PROFILE_COMMAND_HPP
#define CONFORMANCE_GATE_PROFILE_COMMAND_HPP

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace conformance {

struct ProfileArguments {
    std::vector<std::string> captures;
    std::string output;
    std::string dialect;
    std::string input;
    std::size_t jobs = 0;
};

void describe_profile(CLI::App& app, ProfileArguments& arguments, const std::string& dialect_names);
/// The exit code. Throws std::runtime_error, one line, where the arguments or a capture can't be used.
int run_profile(const ProfileArguments& arguments);

}  // namespace conformance

#endif
