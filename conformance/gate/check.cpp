#include "gate/check.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include <glob.h>

#include "gate/timeline_recorder.hpp"
#include "rules/checker.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

/// What a directory's captures are called.
constexpr std::string_view endings[] = {".at", ".log", ".txt", ".cap", ".dump", ".raw", ".bin", ".module"};

bool is_capture(const fs::path& file) { return std::ranges::find(endings, file.extension().string()) != std::end(endings); }

void add_directory(const fs::path& directory, bool profiles, std::vector<std::string>& files) {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator{directory, fs::directory_options::skip_permission_denied})
        if (entry.is_regular_file() && (is_capture(entry.path()) || (profiles && entry.path().extension() == ".profile")))
            found.push_back(entry.path().string());
    std::ranges::sort(found);
    files.insert(files.end(), found.begin(), found.end());
}

/// How a finding was taken.
enum class Taken { known, counted, listed };

Taken take(CheckedCapture& into, const Finding& finding, const CheckOptions& options) {
    RuleFindings& of_rule = into.rules[finding.rule];
    const bool may_be_known = options.known.has(finding.rule->id);
    const bool wanted = of_rule.wires.size() <= options.limit;
    const std::string escaped = may_be_known || wanted ? escape(finding.wire) : std::string{};
    if (may_be_known)
        if (const auto known = options.known.find(finding.rule->id, escaped); !known.empty()) {
            ++of_rule.known;
            for (const std::size_t entry : known) ++into.known_hits[entry];
            return Taken::known;
        }
    ++of_rule.count;
    if (wanted && std::ranges::find(of_rule.wires, escaped) == of_rule.wires.end()) of_rule.wires.push_back(escaped);
    if (of_rule.findings.size() == options.limit) return Taken::counted;
    of_rule.findings.push_back(finding);
    return Taken::listed;
}

void check_steps(Input& input, const CheckOptions& options, CheckedCapture& result) {
    std::optional<TimelineRecorder> recorder;
    std::optional<Checker> checker;
    bool timed = false;
    play(input, options.play, [&](const atwire::Dialect& dialect, const Capture& capture) {
        result.dialect = &dialect;
        result.capture = capture;
        if (options.timeline != 0) recorder.emplace(dialect, capture, options.timeline, result.timeline);
        checker.emplace(dialect, capture, [&](const Finding& finding) {
            const Taken taken = take(result, finding, options);
            if (recorder && taken == Taken::listed) recorder->found();
            if (recorder && taken == Taken::counted) recorder->counted(finding);
        });
        return [&](const Step& step) {
            timed = timed || step.time.has_value();
            if (recorder) recorder->take(step);
            checker->take(step);
        };
    });
    if (recorder) recorder->end();
    checker->end();
    result.capture->times = timed;
}

}  // namespace

std::size_t CheckedCapture::count(Severity severity) const {
    std::size_t all = 0;
    for (const auto& [rule, found] : rules)
        if (rule->gravity() == severity) all += found.count;
    return all;
}

std::string_view why_not_held(const Rule& rule, const Capture& capture) {
    if (rule.needs_times() && !capture.times) return "the capture has no times";
    if (!rule.of_module() && !capture.both_sides) return "the capture lacks the host's side";
    // What is found where no other rule is about it has no row of its own: fields of any line, commands of a host.
    const bool of_rows = rule.id != field_rule && rule.id != parameter_rule && rule.id != command_rule;
    bool framing = of_rows, dialogue = of_rows;
    for (const CheckTable& table : check_tables())
        for (const Check& check : table.checks) {
            if (check.rule != rule.id) continue;
            framing = framing && is_of_framing(check);
            dialogue = dialogue && needs_the_host(check);
        }
    if (framing && !capture.framing) return "the capture's form loses CRs and LFs";
    if (dialogue && !capture.both_sides) return "the capture lacks the host's side";
    return {};
}

bool is_held(const Rule& rule) {
    static const auto held = [] {
        std::set<std::string_view> all;
        for (const CheckTable& table : check_tables())
            for (const Check& check : table.checks) all.insert(check.rule);
        all.insert({command_rule, parameter_rule, field_rule});
        return all;
    }();
    return held.contains(rule.id);
}

CheckedCapture check_capture(const std::string& name, const CheckOptions& options) {
    CheckedCapture result{.name = name};
    result.known_hits.resize(options.known.entries().size());
    try {
        Input input{name};
        result.name = input.name();
        check_steps(input, options, result);
    } catch (const std::exception& error) {
        result.unusable = error.what();
    }
    return result;
}

std::vector<CheckedCapture> check_captures(const std::vector<std::string>& names, const CheckOptions& options, std::size_t jobs,
                                           const std::function<void(std::size_t)>& done) {
    std::vector<CheckedCapture> results(names.size());
    std::atomic<std::size_t> next = 0;
    std::mutex reporting;
    std::size_t finished = 0;
    const auto work = [&] {
        for (std::size_t i; (i = next++) < names.size();) {
            results[i] = check_capture(names[i], options);
            const std::lock_guard lock{reporting};
            done(++finished);
        }
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < std::min(jobs, names.size()); ++i) threads.emplace_back(work);
    work();
    threads.clear();
    return results;
}

std::vector<std::string> captures_named(const std::vector<std::string>& arguments, bool profiles) {
    std::vector<std::string> files;
    for (const std::string& argument : arguments) {
        std::error_code ignored;
        if (fs::is_directory(argument, ignored)) {
            add_directory(argument, profiles, files);
            continue;
        }
        glob_t found{};
        const bool globbed = argument.find_first_of("*?[") != std::string::npos && !fs::exists(argument, ignored) &&
                             glob(argument.c_str(), 0, nullptr, &found) == 0;
        for (std::size_t i = 0; globbed && i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
        if (!globbed) files.push_back(argument);
        globfree(&found);
    }
    return files;
}

bool Checked::partial() const {
    return std::ranges::any_of(captures, [](const CheckedCapture& one) { return !one.unusable.empty(); });
}

bool Checked::deviates() const {
    return !gone.empty() || std::ranges::any_of(captures, [](const CheckedCapture& one) {
        return one.count(Severity::error) + one.count(Severity::warning) != 0;
    });
}

int Checked::exit_code() const { return partial() ? 2 : deviates() ? 1 : 0; }

Checked judged(std::vector<CheckedCapture> captures, const KnownDeviations& known) {
    Checked checked{std::move(captures), {}};
    if (checked.partial()) return checked;  // what was not read may show them
    for (std::size_t i = 0; i < known.entries().size(); ++i)
        if (std::ranges::none_of(checked.captures, [i](const CheckedCapture& one) { return one.known_hits[i] != 0; }))
            checked.gone.push_back(known.entries()[i]);
    return checked;
}

std::string updated_known(const Checked& checked, const CheckOptions& options) {
    std::vector<bool> gone;
    for (const KnownDeviation& entry : options.known.entries())
        gone.push_back(std::ranges::find(checked.gone, entry.line, &KnownDeviation::line) != checked.gone.end());
    std::map<const Rule*, std::set<std::string>> wires;
    std::set<const Rule*> many;
    for (const CheckedCapture& capture : checked.captures)
        for (const auto& [rule, found] : capture.rules) {
            if (rule->gravity() == Severity::note) continue;
            wires[rule].insert(found.wires.begin(), found.wires.end());
            if (wires[rule].size() > options.limit) many.insert(rule);
        }
    std::vector<KnownDeviation> added;
    for (const auto& [rule, texts] : wires) {
        if (many.contains(rule))
            added.push_back({std::string{rule->id}, "*", {}});
        else
            for (const std::string& text : texts) added.push_back({std::string{rule->id}, text.empty() ? "*" : text, {}});
    }
    return options.known.updated(gone, added);
}

}  // namespace conformance
