#include "gate/profile_command.hpp"

#include <iostream>

#include "gate/arguments.hpp"
#include "gate/profile.hpp"
#include "profiles/profile_file.hpp"

namespace conformance {
namespace {

constexpr const char* help =
    "Example:\n"
    "  atwire profile --dialect bc26 captures/ -o bc26-a05.profile\n"
    "  atwire profile night-1.profile night-2.profile -o bc26-a05.profile\n\n"
    "Captures are what `atwire check` takes. Profiles may stand beside them: all are added up, in any order and grouping to the\n"
    "same, so each job of a lab can make its own. The file is text with one fact a line, sorted, and may live in git; what its\n"
    "columns are says conformance/profiles/profile_file.hpp.\n\n"
    "Exit code: 0 it is written, 2 a capture or an argument was unusable; then nothing is.\n";

}  // namespace

void describe_profile(CLI::App& app, ProfileArguments& arguments, const std::string& dialect_names) {
    CLI::App& profile = *app.add_subcommand("profile", "Sum up what captures showed of a firmware revision, for atwire diff");
    profile.add_option("CAPTURE", arguments.captures, "Captures, profiles, directories, globs; - is standard input")
        ->type_name("")
        ->required();
    profile.add_option("-o,--output", arguments.output, "The profile to write; - is standard output")
        ->type_name("FILE")
        ->required();
    profile
        .add_option("--dialect", arguments.dialect,
                    "The module's dialect: " + dialect_names + "; needed where no transcript names it")
        ->type_name("D");
    profile.add_option("--input", arguments.input, "What the captures are: transcript, raw, socat, terminal or timestamped")
        ->type_name("FORM");
    profile.add_option("--jobs", arguments.jobs, "How many captures at once; as many as there are cores where it isn't given")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1024}));
    profile.footer(help);
}

int run_profile(const ProfileArguments& arguments) {
    const ProfileOptions options{{dialect_option(arguments.dialect), input_option(arguments.input)}, jobs_option(arguments.jobs)};
    const std::string text = written(profile_of(arguments.captures, options));
    if (arguments.output == "-")
        std::cout << text;
    else
        replace(arguments.output, text);
    return 0;
}

}  // namespace conformance
