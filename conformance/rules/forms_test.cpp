// Every transcript of the corpus that keeps the rules, kept in every form of a capture: what a form loses breaks none.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "captures/renderings.hpp"
#include "rules/checker.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

struct Spoken {
    std::string file;
    const atwire::Dialect* dialect;
    std::vector<Step> steps;
};

template <class NextStep>
std::set<std::string> broken(const atwire::Dialect& dialect, const Capture& capture, NextStep next) {
    std::set<std::string> rules;
    Checker checker{dialect, capture, [&rules](const Finding& finding) { rules.insert(std::string{finding.rule->id}); }};
    while (const std::optional<Step> step = next()) checker.take(*step);
    checker.end();
    return rules;
}

std::set<std::string> broken(const atwire::Dialect& dialect, const std::vector<Step>& steps) {
    std::size_t at = 0;
    return broken(dialect, {Form::transcript, true, true, true},
                  [&] { return at < steps.size() ? std::optional{steps[at++]} : std::nullopt; });
}

/// Without its settings, which no capture shows.
const std::vector<Spoken>& corpus() {
    static const std::vector<Spoken> all = [] {
        std::vector<fs::path> files;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator{ATWIRE_CORPUS})
            if (entry.path().extension() == ".at") files.push_back(entry.path());
        std::ranges::sort(files);
        std::vector<Spoken> found;
        for (const fs::path& file : files) {
            std::ifstream input{file, std::ios::binary};
            const std::string name = fs::relative(file, ATWIRE_CORPUS).string();
            const Transcript transcript = read_transcript(input, name);
            Spoken one{name, transcript.dialect, spoken(transcript)};
            if (broken(*one.dialect, one.steps).empty()) found.push_back(std::move(one));
        }
        return found;
    }();
    return all;
}

std::vector<Step> side(const std::vector<Step>& steps, Step::Type type) {
    std::vector<Step> said;
    std::ranges::copy_if(steps, std::back_inserter(said), [type](const Step& step) { return step.type == type; });
    return said;
}

std::string as_dump(const std::vector<Step>& steps) { return as_socat(steps, true); }
std::string host_alone(const std::vector<Step>& steps) { return as_marked(side(steps, Step::Type::host)); }
std::string module_alone(const std::vector<Step>& steps) { return as_socat(side(steps, Step::Type::module), false); }
/// The dialogue breaks off within its last step.
std::string cut(const std::vector<Step>& steps) {
    std::vector<Step> begun = steps;
    while (!begun.empty() && begun.back().bytes.size() < 2) begun.pop_back();
    if (!begun.empty()) begun.back().bytes.resize(begun.back().bytes.size() / 2);
    return as_marked(begun);
}
/// The module is heard from the middle of its first line on.
std::string joined_late(const std::vector<Step>& steps) {
    const std::string bytes = as_raw(steps);
    return bytes.substr(std::min<std::size_t>(bytes.size(), 5));
}

/// What no log can show: data that looks like lines, a pipe that was left by a `+++` without an echo, two commands whose CR is lost,
/// a host that says only what a module might, documented lines in a payload whose header it doesn't have.
struct Log {
    const char* name;
    std::string (*render)(const std::vector<Step>&);
    std::optional<Form> form;
    std::size_t most;  ///< of the transcripts
};

class Forms : public testing::TestWithParam<Log> {};

TEST_P(Forms, BreakNoRule) {
    std::size_t most = GetParam().most;
    std::string others;
    std::size_t breaking = 0;
    for (const auto& [file, dialect, steps] : corpus()) {
        Input input{"capture", GetParam().render(steps)};
        std::set<std::string> rules;
        try {
            const auto reader = open_capture(input, GetParam().form);
            rules = broken(*dialect, reader->capture(), [&reader] { return reader->next(); });
        } catch (const std::runtime_error&) {
            continue;  // of a form in which nobody would know it
        }
        if (rules.empty()) continue;
        ++breaking;
        others += "\n" + file + ":";
        for (const std::string& rule : rules) others += " " + rule;
    }
    EXPECT_LE(breaking, most) << "of " << corpus().size() << others;
}

INSTANTIATE_TEST_SUITE_P(, Forms,
                         testing::Values(Log{"dump", as_dump, {}, 0}, Log{"marked", as_marked, {}, 0},
                                         Log{"raw", as_raw, Form::raw, 2}, Log{"picocom", as_picocom, {}, 5},
                                         Log{"minicom", as_minicom, {}, 8}, Log{"stamped", as_stamped_lines, {}, 4},
                                         Log{"host_alone", host_alone, {}, 2}, Log{"module_alone", module_alone, {}, 2},
                                         Log{"cut", cut, {}, 2}, Log{"joined_late", joined_late, Form::raw, 14}),
                         [](const auto& one) { return std::string{one.param.name}; });

}  // namespace
}  // namespace conformance
