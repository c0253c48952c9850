// Every transcript of the corpus gives its events, whatever the reads were cut into, and its bytes come back from them.
#include <gtest/gtest.h>

#include <atwire/encoder.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"
#include "transcripts/player.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> transcripts() {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator{ATWIRE_CORPUS})
        if (entry.path().extension() == ".at") files.push_back(fs::relative(entry.path(), ATWIRE_CORPUS).string());
    std::sort(files.begin(), files.end());
    return files;
}

Transcript load(const std::string& file) {
    std::ifstream input{fs::path{ATWIRE_CORPUS} / file};
    return read_transcript(input, file);
}

bool is_capture(const std::string& file) { return file.find("/captures/") != std::string::npos; }

class Corpus : public testing::TestWithParam<std::string> {
protected:
    std::vector<Seen> play_cut(const Transcript& transcript, const Cut& cut) {
        std::vector<char> carry(16384);
        return play(transcript, *transcript.dialect, cut, carry);
    }
};

TEST_P(Corpus, GivesItsEvents) {
    const Transcript transcript = load(GetParam());
    ASSERT_NE(transcript.dialect, nullptr) << "no `# dialect:`";
    if (!transcript.header("tolerance").empty()) return;  // the vocabulary leaves the case open
    const auto seen = play_cut(transcript, [](std::size_t left) { return left; });
    EXPECT_EQ(compare(transcript, seen, !is_capture(GetParam())), "");
}

std::string same(const std::vector<Seen>& a, const std::vector<Seen>& b) {
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
        if (i == a.size() || i == b.size()) return "one has more";
        if (name(a[i]) != name(b[i]) || a[i].fields != b[i].fields || !(a[i].wire == b[i].wire) ||
            !(a[i].quirks == b[i].quirks) || !(a[i].doubts == b[i].doubts))
            return a[i].fields.dump() + " against " + b[i].fields.dump();
    }
    return {};
}

TEST_P(Corpus, IsTheSameHoweverItIsCut) {
    const Transcript transcript = load(GetParam());
    const auto whole = play_cut(transcript, [](std::size_t left) { return left; });
    for (const std::size_t size : {1u, 2u, 3u, 7u})
        EXPECT_EQ(same(whole, play_cut(transcript, [size](std::size_t) { return size; })), "") << "chunks of " << size;
    // Every line in two pieces, cut at each of its bytes.
    std::size_t longest = 0;
    for (const Step& step : transcript.steps) longest = std::max(longest, step.bytes.size());
    for (std::size_t at = 1; at < longest; ++at) {
        std::size_t before = 0;
        const auto cut = [&](std::size_t left) {
            const bool first = left > before || before == 0;
            before = left;
            return first ? at : left;
        };
        EXPECT_EQ(same(whole, play_cut(transcript, cut)), "") << "cut at " << at;
    }
}

TEST_P(Corpus, TilesBothStreams) {
    const Transcript transcript = load(GetParam());
    const auto all = play_cut(transcript, [](std::size_t left) { return left; });
    for (const bool host : {false, true}) {
        std::uint64_t end = 0;
        for (const Seen& seen : all) {
            if (seen.host != host) continue;
            EXPECT_EQ(seen.wire.offset, end) << name(seen);
            EXPECT_LE(seen.wire.lead, seen.wire.length);
            end = seen.wire.offset + seen.wire.length;
        }
        const std::string bytes = bytes_of(transcript, host ? Step::Type::host : Step::Type::module);
        ASSERT_LE(end, bytes.size());
        EXPECT_EQ(bytes.find_first_not_of("\r\n\"", end), std::string::npos) << "bytes from " << end << " on are left out";
    }
}

TEST_P(Corpus, ComesBackFromItsEvents) {
    const Transcript transcript = load(GetParam());
    const std::string bytes = bytes_of(transcript, Step::Type::module);
    std::vector<char> buffer(20000);
    atwire::Encoder encoder{*transcript.dialect};
    for (const Seen& seen : play_cut(transcript, [](std::size_t left) { return left; })) {
        if (seen.host) continue;
        Json object = seen.fields;
        object["event"] = name(seen);
        OwnedEvent owned;
        from_json(object, owned);
        const std::string wire = bytes.substr(seen.wire.offset, seen.wire.length);
        const std::string lead = wire.substr(0, seen.wire.lead);
        if (!seen.quirks.empty()) {  // kept as its line, not written by the encoder
            encoder.passed(seen.settings, owned.event);
            continue;
        }
        owned.event.quirks = seen.quirks;
        const atwire::Encoded written = encoder.encode(seen.settings, owned.event, lead, buffer);
        // What is out of its documented range is decoded and not encoded; a line that CR or LF alone ended isn't either.
        if (written.refusal == atwire::Refusal::out_of_range || written.refusal == atwire::Refusal::not_a_word) {
            encoder.passed(seen.settings, owned.event);
            continue;
        }
        const bool plain = (wire.ends_with("\r\n") && !wire.ends_with("\r\r\n")) || seen.kind == atwire::Kind::prompt ||
                           seen.kind == atwire::Kind::echo;
        const bool report = seen.kind == atwire::Kind::text || seen.kind == atwire::Kind::malformed;
        if (report && !plain) continue;
        // Where no setting says how the payload is separated, the encoder takes the default and the bytes needn't.
        if (seen.settings.viewmode == atwire::unset && seen.fields.contains("length") && !wire.ends_with("\r\n")) {
            encoder.passed(seen.settings, owned.event);
            continue;
        }
        ASSERT_TRUE(written) << seen.fields.dump() << ": " << written.field << " " << atwire::describe(written.refusal);
        EXPECT_EQ(escape({buffer.data(), written.length}), escape(wire));
    }
}

/// Each command is read again as it was from what the encoder writes, or has its bytes as `line`.
TEST_P(Corpus, CommandsComeBack) {
    const Transcript transcript = load(GetParam());
    const std::string bytes = bytes_of(transcript, Step::Type::host);
    std::string again;
    for (const Seen& seen : play_cut(transcript, [](std::size_t left) { return left; })) {
        if (!seen.host) continue;
        again += bytes.substr(seen.wire.offset, seen.wire.lead);
        if (seen.fields.contains("line"))
            again += *from_utf8(seen.fields["line"].get_ref<const std::string&>());
        else
            again += spelled(seen, *transcript.dialect).value_or("<refused>");
    }
    EXPECT_EQ(escape(again), escape(bytes.substr(0, again.size())));
    EXPECT_LE(bytes.size() - again.size(), 1u) << "no more than the LF behind the last CR";
}

/// An `=` line needn't say whose message it expects.
TEST(Names, OfEventsAndCommandsDiffer) {
    std::set<std::string_view> names;
#define ATWIRE_INSERT(Message, name) EXPECT_TRUE(names.insert(#name).second) << #name;
    ATWIRE_EVENTS(ATWIRE_INSERT)
    ATWIRE_COMMANDS(ATWIRE_INSERT)
#undef ATWIRE_INSERT
}

INSTANTIATE_TEST_SUITE_P(, Corpus, testing::ValuesIn(transcripts()), [](const auto& file) {
    std::string name = file.param;
    for (char& c : name)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return name;
});

}  // namespace
}  // namespace conformance
