// Every transcript of the corpus, kept in every form and read back.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "captures/at_lines.hpp"
#include "captures/capture.hpp"
#include "captures/renderings.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/player.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

const std::vector<Transcript>& corpus() {
    static const std::vector<Transcript> all = [] {
        std::vector<fs::path> files;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator{ATWIRE_CORPUS})
            if (entry.path().extension() == ".at") files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        std::vector<Transcript> found;
        for (const fs::path& file : files) {
            std::ifstream input{file, std::ios::binary};
            found.push_back(read_transcript(input, fs::relative(file, ATWIRE_CORPUS).string()));
        }
        return found;
    }();
    return all;
}

/// A step's bytes as a test prints them.
std::vector<std::string> said(const std::vector<Step>& steps, bool timed = true) {
    std::vector<std::string> all;
    for (const Step& step : steps) {
        if (step.bytes.empty()) continue;
        const std::string time = timed ? std::to_string(step.time.value_or(-1)) : "";
        all.push_back(time + (step.type == Step::Type::host ? " > " : " < ") + escape(step.bytes));
    }
    return all;
}

struct Kept {
    Form form;
    std::string text;
};

/// The steps read back. `form` is what the text was taken for.
std::vector<Step> read(const std::string& text, Form& form) {
    Input input{"capture", text};
    const auto reader = open_capture(input);
    form = reader->capture().form;
    std::vector<Step> steps;
    while (auto step = reader->next()) steps.push_back(std::move(*step));
    return steps;
}

/// The host is silent, and the module says what a host might: no capture could show which side it is.
bool nobody_is_host(const std::vector<Step>& steps) {
    return says_at(as_raw(steps)) &&
           std::none_of(steps.begin(), steps.end(), [](const Step& step) { return step.type == Step::Type::host; });
}

TEST(Forms, ExactOnesGiveTheSameBytesAndTimes) {
    for (const Transcript& transcript : corpus()) {
        const std::vector<Step> steps = spoken(transcript);
        if (said(steps).empty() || nobody_is_host(steps)) continue;
        for (const auto& [form, text] : {Kept{Form::socat, as_socat(steps, true)}, Kept{Form::socat, as_socat(steps, false)},
                                         Kept{Form::timestamped, as_marked(steps)}}) {
            Form found{};
            try {
                EXPECT_EQ(said(read(text, found)), said(steps)) << transcript.file;
                EXPECT_EQ(name(found), name(form)) << transcript.file;
            } catch (const std::runtime_error& error) {
                ADD_FAILURE() << transcript.file << ": " << error.what() << '\n' << text;
            }
        }
    }
}

TEST(Forms, RawAndPicocomKeepTheModulesBytes) {
    for (const Transcript& transcript : corpus()) {
        for (const std::string& log : {as_raw(spoken(transcript)), as_picocom(spoken(transcript))}) {
            if (log.empty() || transcript.file == "a76xx/push-bare.at") continue;  // +IPD5 and five bytes: that isn't enough
            Form form{};
            const std::vector<Step> steps = read(log, form);
            EXPECT_TRUE(form == Form::raw || (form == Form::terminal && says_at(log))) << transcript.file << name(form);
            if (form == Form::raw) {
                EXPECT_EQ(as_raw(steps), log) << transcript.file;
            }
        }
    }
}

/// The commands and events that a dialogue means, but for echoes.
std::vector<std::string> meaning(const Transcript& transcript, const std::vector<Step>& steps) {
    Transcript played = transcript;
    std::erase_if(played.steps, [](const Step& step) { return step.type != Step::Type::settings; });
    played.steps.insert(played.steps.end(), steps.begin(), steps.end());
    std::vector<char> carry(16384);
    std::vector<std::string> all;
    std::string sent;
    for (const Seen& seen : play(
             played, *transcript.dialect, [](std::size_t left) { return left; }, carry)) {
        if (name(seen) == "send_data") sent = seen.fields.value("data", "");
        const bool text_is_echo = name(seen) == "text" && seen.fields.value("text", "") == sent;
        if (name(seen) != "echo" && name(seen) != "data_echo" && !text_is_echo)
            all.push_back(std::string{name(seen)} + seen.fields.dump());
    }
    return all;
}

/// What a log can't hold: payload that isn't printable or looks like a command, the host's words in a transparent pipe, lines of
/// the host that no echo shows. `most` is how many of the corpus that may be.
struct Log {
    const char* program;
    std::string (*render)(const std::vector<Step>&);
    Form form;
    std::size_t most;
};

class Logs : public testing::TestWithParam<Log> {};

TEST_P(Logs, MeanTheSame) {
    std::size_t all = 0;
    std::vector<std::string> other;
    for (const Transcript& transcript : corpus()) {
        const std::vector<Step> steps = spoken(transcript);
        const std::string log = GetParam().render(steps);
        if (log.empty()) continue;
        ++all;
        Form form{};
        try {
            const std::vector<Step> found = read(log, form);
            const bool raw = form == Form::raw && GetParam().form == Form::terminal && !says_at(log);
            EXPECT_TRUE(form == GetParam().form || raw) << transcript.file << ": " << name(form) << '\n' << log;
            if (meaning(transcript, found) != meaning(transcript, steps)) other.push_back(transcript.file);
        } catch (const std::runtime_error&) {
            other.push_back(transcript.file);
        }
    }
    RecordProperty("all", std::to_string(all));
    RecordProperty("other", std::to_string(other.size()));
    EXPECT_LE(other.size(), GetParam().most) << "of " << all << ": " << testing::PrintToString(other);
}

INSTANTIATE_TEST_SUITE_P(Forms, Logs,
                         testing::Values(Log{"picocom", as_picocom, Form::terminal, 135},
                                         Log{"minicom", as_minicom, Form::terminal, 189},
                                         Log{"stamped", as_stamped_lines, Form::timestamped, 159}),
                         [](const auto& log) { return std::string{log.param.program}; });

}  // namespace
}  // namespace conformance
