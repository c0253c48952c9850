#include "gate/check_command.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>
#include <thread>

#include <unistd.h>

#include "gate/check_page.hpp"
#include "gate/check_reports.hpp"
#include "transcripts/dialects.hpp"

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

const atwire::Dialect* dialect_of(const std::string& name) {
    if (name.empty()) return nullptr;
    if (const atwire::Dialect* dialect = dialect_named(name)) return dialect;
    throw std::runtime_error{"--dialect " + name + ": there is no such dialect; --help lists them"};
}

KnownDeviations read_known(const std::string& file, bool may_be_new) {
    if (file.empty()) return {};
    std::ifstream input{file};
    if (!input && may_be_new && errno == ENOENT) return {};
    if (!input) throw std::runtime_error{file + ": " + std::strerror(errno)};
    if (std::filesystem::is_directory(file))
        throw std::runtime_error{file + ": a file of known deviations was expected, not a directory"};
    return {input, file};
}

/// Replaces the file at once, so that a full disk leaves the old one. Its permissions stay, and links that lead to it.
void replace(const std::string& name, const std::string& text) {
    std::error_code is_new;
    const std::string target = std::filesystem::canonical(name, is_new).string();
    const std::string file = is_new ? name : target;
    const std::string beside = file + ".new";
    std::ofstream output{beside, std::ios::binary};
    output << text;
    output.close();
    if (!is_new && output) std::filesystem::permissions(beside, std::filesystem::status(file).permissions());
    if (!output || std::rename(beside.c_str(), file.c_str()) != 0) {
        const std::string why = std::strerror(errno);
        std::remove(beside.c_str());
        throw std::runtime_error{file + ": " + why};
    }
}

/// One of --report; its file is opened before anything is checked.
class ReportTo {
public:
    explicit ReportTo(const std::string& argument)
        : kind_{argument.substr(0, argument.find(':'))}, path_{argument.substr(std::min(kind_.size() + 1, argument.size()))} {
        if (kind_ != "text" && kind_ != "json" && kind_ != "junit" && kind_ != "html")
            throw std::runtime_error{"--report " + argument + ": text, json, junit or html was expected"};
        if (path_.empty()) return;
        file_.open(path_, std::ios::binary);
        if (!file_) throw std::runtime_error{path_ + ": " + std::strerror(errno)};
    }
    [[nodiscard]] bool is_page() const { return kind_ == "html"; }
    [[nodiscard]] bool to_standard_output() const { return path_.empty(); }
    void write(const Checked& checked, bool colour) {
        std::ostream& output = path_.empty() ? std::cout : file_;
        if (kind_ == "json") write_json(output, checked);
        if (kind_ == "junit") write_junit(output, checked);
        if (kind_ == "html") write_html(output, checked);
        if (kind_ == "text") write_text(output, checked, colour && path_.empty());
        if (!output.flush()) throw std::runtime_error{(path_.empty() ? "standard output" : path_) + " can't be written"};
    }

private:
    std::string kind_, path_;
    std::ofstream file_{};
};

std::vector<ReportTo> reports_to(std::vector<std::string> arguments) {
    if (arguments.empty()) arguments.emplace_back("text");
    std::vector<ReportTo> reports;
    for (const std::string& argument : arguments) reports.emplace_back(argument);
    if (std::ranges::count_if(reports, &ReportTo::to_standard_output) > 1)
        throw std::runtime_error{"--report: only one goes to standard output; " + arguments.back() + ":PATH writes it to a file"};
    return reports;
}

/// On a terminal, how far it has come.
class Progress {
public:
    explicit Progress(std::size_t all) : all_{all}, shown_{all > 1 && isatty(STDERR_FILENO) == 1} {}
    ~Progress() {
        if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void operator()(std::size_t done) const {
        constexpr std::size_t width = 40;
        const std::size_t full = done * width / all_;
        if (shown_)
            std::cerr << "\r[" << std::string(full, '#') << std::string(width - full, '.') << "] " << done << "/" << all_
                      << std::flush;
    }

private:
    std::size_t all_;
    bool shown_;
};

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
    options.dialect = dialect_of(arguments.dialect);
    options.limit = arguments.limit;
    if (arguments.rules) {
        const std::string report = arguments.reports.empty() ? "text" : arguments.reports.front();
        if (report != "text" && report != "json")
            throw std::runtime_error{"--report " + report + ": with --rules text or json was expected"};
        report == "json" ? write_rules_json(std::cout, options.dialect) : write_rules_text(std::cout, options.dialect);
        return 0;
    }
    if (arguments.captures.empty()) throw std::runtime_error{"check: a capture is required; see atwire check --help"};
    if (!arguments.input.empty()) {
        options.form = form_named(arguments.input);
        if (!options.form)
            throw std::runtime_error{"--input " + arguments.input +
                                     ": transcript, raw, socat, terminal or timestamped was expected"};
    }
    options.known = read_known(arguments.known, arguments.update_known);
    const std::vector<std::string> names = captures_named(arguments.captures);
    if (names.empty())
        throw std::runtime_error{"check: there is no capture in " + arguments.captures.front() +
                                 "; --help says how a directory's are named"};
    const std::size_t jobs = arguments.jobs != 0 ? arguments.jobs : std::max(1u, std::thread::hardware_concurrency());
    std::vector<ReportTo> reports = reports_to(arguments.reports);
    if (std::ranges::any_of(reports, &ReportTo::is_page)) options.timeline = timeline_length(names.size());
    Checked checked;
    {
        const Progress progress{names.size()};
        checked = judged(check_captures(names, options, jobs, std::cref(progress)), options.known);
    }
    for (ReportTo& report : reports) report.write(checked, colour);
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
