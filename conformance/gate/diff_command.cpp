#include "gate/diff_command.hpp"

#include <iostream>

#include "gate/arguments.hpp"
#include "gate/diff_page.hpp"
#include "gate/diff_reports.hpp"
#include "gate/profile.hpp"

namespace conformance {
namespace {

constexpr const char* help =
    "Example:\n"
    "  atwire diff bc26-a05.profile captures-a06/\n"
    "  atwire diff --same-script smoke-a05.at smoke-a06.at\n"
    "  atwire diff --report html:diff.html bc26-a05.profile captures-a06/\n"
    "  atwire diff --known bc26-a06.known --report junit:diff.xml bc26-a05.profile bc26-a06.profile\n\n"
    "OLD and NEW are each a profile, a capture, a directory of them or a glob. Something has changed where it never came in one\n"
    "of the two, and came in the other so often that this is no chance; what provokes it has to be in both. A line that every\n"
    "answer has is told after some fifteen answers of each side, one that a tenth of them has after hundreds. --same-script:\n"
    "both are of the same script, and what was seen once counts; times still need eight of each side. Whether a change breaks\n"
    "a strict reader: one that takes each message as OLD showed it, and waits for what OLD always said.\n\n"
    "A file of known changes has a line for each, `change  pattern  # reason`; the pattern is compared with what stands between\n"
    "the change's name and the colon in the report, * stands for any text. --update-known adds what none knows, and drops what\n"
    "isn't there any more; a known change that is gone is a finding.\n\n"
    "Exit code: 0 nothing but known changes, 1 findings, 2 an argument or what it names was unusable.\n";

std::string no_change(std::string_view named) {
    if (change_named(named)) return {};
    std::string names;
    for (std::size_t i = 0; i < changes; ++i) names += (i == 0 ? "" : ", ") + std::string{name(static_cast<Change>(i))};
    return "there is no change " + std::string{named} + ", only " + names;
}

}  // namespace

void describe_diff(CLI::App& app, DiffArguments& arguments, const std::string& dialect_names) {
    CLI::App& diff =
        *app.add_subcommand("diff", "Say what changed between two firmware revisions: two profiles or sets of captures");
    diff.add_option("OLD", arguments.old, "The old revision: a profile, a capture, a directory or a glob")
        ->type_name("")
        ->required();
    diff.add_option("NEW", arguments.now, "The new one")->type_name("")->required();
    diff.add_flag("--same-script", arguments.same_script, "Both are of the same script: what was seen once counts");
    diff.add_option("--dialect", arguments.dialect,
                    "The module's dialect: " + dialect_names + "; needed where neither profile nor transcript names it")
        ->type_name("D");
    diff.add_option("--input", arguments.input, "What captures are: transcript, raw, socat, terminal or timestamped")
        ->type_name("FORM");
    diff.add_option(
            "--report", arguments.reports,
            "text, json, junit or html; with :PATH to a file. May be repeated; text to standard output where none is given")
        ->type_name("R[:PATH]")
        ->allow_extra_args(false);
    CLI::Option* known = diff.add_option("--known", arguments.known, "Changes that are known")->type_name("FILE");
    diff.add_flag("--update-known", arguments.update_known, "Write what was found to that file; keeps reasons and comments")
        ->needs(known);
    diff.add_option("--jobs", arguments.jobs, "How many captures at once; as many as there are cores where it isn't given")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1024}));
    diff.footer(help);
}

int run_diff(const DiffArguments& arguments, bool colour) {
    const ProfileOptions options{{dialect_option(arguments.dialect), input_option(arguments.input)}, jobs_option(arguments.jobs)};
    const KnownDeviations known = read_known(arguments.known, arguments.update_known, no_change);
    std::vector<ReportTo> reports = reports_to(arguments.reports, {"text", "json", "junit", "html"});
    const Profile old = profile_of({arguments.old}, options), now = profile_of({arguments.now}, options);
    if (old.dialect != now.dialect)
        throw std::runtime_error{arguments.now + ": its dialect is " + std::string{now.dialect->facts.name} + ", that of " +
                                 arguments.old + " is " + std::string{old.dialect->facts.name}};
    Diff diff = diff_of(old, now, arguments.same_script, known);
    diff.old.name = arguments.old;
    diff.now.name = arguments.now;
    for (ReportTo& report : reports)
        report.write([&](std::ostream& output) {
            if (report.kind() == "json") write_json(output, diff);
            if (report.kind() == "junit") write_junit(output, diff);
            if (report.kind() == "html") write_html(output, diff, evidence_of(diff, options.play));
            if (report.kind() == "text") write_text(output, diff, colour && report.to_standard_output());
        });
    if (!arguments.update_known) return diff.exit_code();
    replace(arguments.known, updated_known(diff, known));
    return 0;
}

}  // namespace conformance
