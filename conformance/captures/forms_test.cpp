// Every transcript of the corpus, kept in every form and read back.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "captures/capture.hpp"
#include "captures/renderings.hpp"
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

struct Said {
    Step::Type side;
    std::string bytes;
    double time;
    bool operator==(const Said&) const = default;
};

std::vector<Said> said(const std::vector<Step>& steps) {
    std::vector<Said> all;
    for (const Step& step : steps)
        if (!step.bytes.empty()) all.push_back({step.type, step.bytes, std::round(step.time.value_or(0) * 1e6) / 1e6});
    return all;
}

std::vector<Step> read(const std::string& text, Form expected, const std::string& file) {
    std::vector<Step> steps;
    try {
        Input input{file, text};
        const auto reader = open_capture(input);
        EXPECT_EQ(name(reader->capture().form), name(expected)) << file << '\n' << text;
        while (auto step = reader->next()) steps.push_back(std::move(*step));
    } catch (const std::runtime_error& error) {
        ADD_FAILURE() << error.what() << '\n' << text;
    }
    return steps;
}

TEST(Forms, ExactOnesGiveTheSameBytesAndTimes) {
    for (const Transcript& transcript : corpus()) {
        const std::vector<Step> steps = spoken(transcript);
        if (said(steps).empty()) continue;
        EXPECT_EQ(said(read(as_socat(steps, true), Form::socat, transcript.file)), said(steps)) << transcript.file;
        EXPECT_EQ(said(read(as_socat(steps, false), Form::socat, transcript.file)), said(steps)) << transcript.file;
        EXPECT_EQ(said(read(as_marked(steps), Form::timestamped, transcript.file)), said(steps)) << transcript.file;
    }
}

}  // namespace
}  // namespace conformance
