// Each tolerance has a line of the corpus that needs it, and without it that line is malformed.
#include <gtest/gtest.h>

#include <algorithm>

#include "facts/coverage.hpp"
#include "transcripts/player.hpp"

namespace conformance {
namespace {

using namespace atwire;

/// What a transcript gives when from the event at `offset` on only `accepted` quirks are.
std::vector<Seen> play_strictly(const Transcript& transcript, std::uint64_t offset, Quirks accepted) {
    std::vector<char> carry(16384);
    std::vector<char> host_carry(16384);
    std::vector<Seen> seen;
    Session session{*transcript.dialect, carry, host_carry};
    const auto drain = [&] {
        for (;;) {
            session.module().accept(session.module().position() < offset ? every_quirk : accepted);
            const Session::Said said = session.next();
            if (!said) return;
            if (said.event != nullptr) add_joined(seen, *said.event, session.settings);
        }
    };
    const auto fall_silent = [&session] {
        session.module_idle();
        session.host_idle();
    };
    for (const Step& step : transcript.steps) {
        if (step.type == Step::Type::settings)
            for (const Setting& setting : step.settings) apply(setting, *transcript.dialect, session.settings);
        else if (step.type == Step::Type::host)
            session.host_said(step.bytes);
        else if (step.type == Step::Type::module)
            session.module_said(step.bytes);
        else if (step.type == Step::Type::idle)
            fall_silent();
        drain();
    }
    fall_silent();
    drain();
    return seen;
}

/// The quirks of an event, one by one.
std::vector<std::pair<std::string, Quirk>> each(Quirks quirks) {
    std::vector<std::pair<std::string, Quirk>> found;
#define ATWIRE_EACH(name) \
    if (quirks.has(Quirk::name)) found.emplace_back(#name, Quirk::name);
    ATWIRE_QUIRKS(ATWIRE_EACH)
#undef ATWIRE_EACH
    return found;
}

/// Nobody's name, so nothing that could be malformed: without its blank `+CSQ:23,0` is any text.
bool is_unknown_name(const Seen& seen, Quirk quirk) {
    return seen.kind == Kind::information && quirk != Quirk::undocumented_form;
}

class Strictness : public testing::Test {
protected:
    /// Plays each line with a quirk again without it; gives the names of the quirks that were seen.
    std::set<std::string> check(const CorpusFile& file) {
        std::set<std::string> names;
        const auto lenient = play_strictly(file.transcript, 0, every_quirk);
        for (const Seen& seen : lenient)
            for (const auto& [name, quirk] : each(seen.quirks)) {
                names.insert(name);
                const auto strict = play_strictly(file.transcript, seen.wire.offset, every_quirk.without(quirk));
                const auto same =
                    std::find_if(strict.begin(), strict.end(), [&](const Seen& s) { return s.wire.offset == seen.wire.offset; });
                if (same == strict.end()) {
                    ADD_FAILURE() << file.file << ": no event at " << seen.wire.offset << " without " << name;
                    continue;
                }
                EXPECT_EQ(same->kind, is_unknown_name(seen, quirk) ? Kind::text : Kind::malformed)
                    << file.file << " without " << name << ": " << atwire::name(same->kind) << " " << same->fields.dump();
                EXPECT_TRUE(same->quirks.empty()) << file.file << " without " << name;
            }
        return names;
    }
};

TEST_F(Strictness, EveryQuirkHasALineThatIsMalformedWithoutIt) {
    std::set<std::string> seen;
    for (const CorpusFile& file : corpus())
        if (!file.is_capture()) seen.merge(check(file));
    for (const auto& [name, quirk] : each(every_quirk))
        EXPECT_TRUE(seen.contains(name)) << "no transcript has quirks=[\"" << name << "\"]";
}

}  // namespace
}  // namespace conformance
