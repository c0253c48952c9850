// `atwire generate` through its function: what it makes is a transcript that holds, and the same one for the same seed.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include <unistd.h>

#include "gate/generate.hpp"
#include "transcripts/dialects.hpp"
#include "transcripts/player.hpp"

namespace conformance {
namespace {

std::string made(const GenerateOptions& options) {
    std::ostringstream output;
    generate(options, output);
    return output.str();
}

class Generate : public testing::TestWithParam<const atwire::Dialect*> {};

TEST_P(Generate, GivesTranscriptsThatHold) {
    for (std::uint64_t seed = 0; seed < 40; ++seed)
        for (const bool changed : {false, true}) {
            std::istringstream input{made({.dialect = GetParam(), .seed = seed, .mutate = changed})};
            const Transcript transcript = read_transcript(input, "seed " + std::to_string(seed));
            std::vector<char> carry(16384);
            const auto seen = play(
                transcript, *transcript.dialect, [](std::size_t) { return std::size_t{3}; }, carry);
            EXPECT_EQ(compare(transcript, seen, true), "") << (changed ? "changed" : "as made");
        }
}

TEST_P(Generate, GivesTheSameForASeed) {
    const GenerateOptions one{.dialect = GetParam(), .seed = 1};
    const GenerateOptions other{.dialect = GetParam(), .seed = 2};
    EXPECT_EQ(made(one), made(one));
    EXPECT_NE(made(one), made(other));
    EXPECT_NE(made(one), made({.dialect = GetParam(), .seed = 1, .mutate = true}));
}

INSTANTIATE_TEST_SUITE_P(, Generate, testing::ValuesIn(dialects().begin(), dialects().end()),
                         [](const auto& dialect) { return std::string{dialect.param->facts.name}; });

TEST(GenerateFiles, HoldEachSidesBytes) {
    const auto directory = std::filesystem::temp_directory_path() / ("atwire-generate-" + std::to_string(getpid()));
    std::filesystem::create_directory(directory);
    std::ostringstream nothing;
    generate({.dialect = dialect_named("bc26"), .seed = 3, .count = 2, .raw = true, .directory = directory}, nothing);
    EXPECT_EQ(nothing.str(), "");
    for (const std::string number : {"0", "1"}) {
        const std::string name = "bc26-3-" + number;
        std::ifstream file{directory / (name + ".at")};
        const Transcript transcript = read_transcript(file, name);
        for (const auto& [side, ending] : {std::pair{Step::Type::module, ".module"}, std::pair{Step::Type::host, ".host"}}) {
            std::ifstream raw{directory / (name + ending), std::ios::binary};
            const std::string bytes{std::istreambuf_iterator<char>{raw}, {}};
            EXPECT_EQ(bytes, bytes_of(transcript, side)) << name << ending;
            EXPECT_FALSE(bytes.empty()) << name << ending;
        }
    }
    std::filesystem::remove_all(directory);
}

TEST(GenerateFiles, SayWhereTheyCannotBeWritten) {
    std::ostringstream nothing;
    EXPECT_THROW(generate({.dialect = dialect_named("bc26"), .directory = "/nowhere"}, nothing), std::runtime_error);
}

}  // namespace
}  // namespace conformance
