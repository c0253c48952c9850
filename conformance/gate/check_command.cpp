#include "gate/check_command.hpp"

#include <algorithm>
#include <functional>
#include <iostream>

#include "gate/arguments.hpp"
#include "gate/check_page.hpp"
#include "gate/check_reports.hpp"

namespace conformance {
namespace {

constexpr const char* help =
    "Example:\n"
    "  atwire check --dialect bc26 captures/\n"
    "  atwire check --dialect bc26 --known bc26-r03.known --report junit:check.xml 'logs/*.log'\n"
    "  atwire check --report html:check.html run.at\n"
    "  atwire check --rules --dialect bc26\n\n"
    "A capture is a transcript (.at), the module's bytes alone, what socat -x -v wrote, a terminal's log (minicom, picocom), or\n"
    "a log with a time before each line; --input says which where the look deceives. What a form loses isn't held: CRs and\n"
    "LFs, times, the host's side. In a directory files named .at .log .txt .cap .dump .raw .bin .module are captures.\n\n"
    "Errors and warnings that aren't known fail, and so do known ones that no capture shows any more; notes don't. A file\n"
    "of known deviations has a line for each:\n"
    "  rule-id  pattern  # reason\n"
    "The pattern is compared with the bytes as the report shows them; * stands for any text, two blanks stand before the #.\n"
    "One line of it may be enough for many findings; --update-known adds a line for each that none knows, with `why?` as its\n"
    "reason, and drops those that no capture shows.\n\n"
    "Exit code: 0 nothing but notes and known deviations, 1 deviations, 2 a capture or an argument was unusable.\n";

}  // namespace

void describe_check(CLI::App& app, CheckArguments& arguments, const std::string& dialect_names) {
    CLI::App& check = *app.add_subcommand("check", "Hold captures to the manual: syntax, ranges, order and timing");
    check.add_option("CAPTURE", arguments.captures, "Files, directories, globs; - is standard input")->type_name("");
    check
        .add_option("--dialect", arguments.dialect,
                    "The module's dialect: " + dialect_names + "; needed where no transcript names it")
        ->type_name("D");
    check.add_option("--input", arguments.input, "What the captures are: transcript, raw, socat, terminal or timestamped")
        ->type_name("FORM");
    check
        .add_option(
            "--report", arguments.reports,
            "text, json, junit or html; with :PATH to a file. May be repeated; text to standard output where none is given")
        ->type_name("R[:PATH]")
        ->allow_extra_args(false);
    CLI::Option* known = check.add_option("--known", arguments.known, "Deviations that are known")->type_name("FILE");
    check.add_flag("--update-known", arguments.update_known, "Write what was found to that file; keeps reasons and comments")
        ->needs(known);
    check.add_option("--jobs", arguments.jobs, "How many captures at once; as many as there are cores where it isn't given")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1024}));
    check.add_option("--limit", arguments.limit, "How many findings of a rule in a capture are shown; all are counted")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1000000}))
        ->capture_default_str();
    check.add_flag("--rules", arguments.rules, "Print all rules, and how each is held");
    check.footer(help);
}

int run_check(const CheckArguments& arguments, bool colour) {
    CheckOptions options;
    options.play.dialect = dialect_option(arguments.dialect);
    options.limit = arguments.limit;
    if (arguments.rules) {
        const std::string report = arguments.reports.empty() ? "text" : arguments.reports.front();
        if (report != "text" && report != "json")
            throw std::runtime_error{"--report " + report + ": with --rules text or json was expected"};
        report == "json" ? write_rules_json(std::cout, options.play.dialect) : write_rules_text(std::cout, options.play.dialect);
        return 0;
    }
    if (arguments.captures.empty()) throw std::runtime_error{"check: a capture is required; see atwire check --help"};
    options.play.form = input_option(arguments.input);
    options.known = read_known(arguments.known, arguments.update_known, no_rule);
    const std::vector<std::string> names = captures_named(arguments.captures);
    if (names.empty())
        throw std::runtime_error{"check: there is no capture in " + arguments.captures.front() +
                                 "; --help says how a directory's are named"};
    const std::size_t jobs = jobs_option(arguments.jobs);
    std::vector<ReportTo> reports = reports_to(arguments.reports, {"text", "json", "junit", "html"});
    if (std::ranges::any_of(reports, [](const ReportTo& report) { return report.kind() == "html"; }))
        options.timeline = timeline_length(names.size());
    Checked checked;
    {
        const Progress progress{names.size()};
        checked = judged(check_captures(names, options, jobs, std::cref(progress)), options.known);
    }
    for (ReportTo& report : reports)
        report.write([&](std::ostream& output) {
            if (report.kind() == "json") write_json(output, checked);
            if (report.kind() == "junit") write_junit(output, checked);
            if (report.kind() == "html") write_html(output, checked);
            if (report.kind() == "text") write_text(output, checked, colour && report.to_standard_output());
        });
    std::cout.flush();
    for (const CheckedCapture& capture : checked.captures)
        if (!capture.unusable.empty()) std::cerr << "atwire: " << capture.unusable << "\n";
    if (!arguments.update_known) return checked.exit_code();
    if (checked.partial())
        throw std::runtime_error{arguments.known + ": not updated, since not every capture could be checked to its end"};
    replace(arguments.known, updated_known(checked, options));
    return 0;
}

}  // namespace conformance
