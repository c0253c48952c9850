// Profiles add up: in any order and grouping, and those of a dialogue's parts to that of the whole; and they are read as they were written.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <sstream>

#include "profiles/laboratory.hpp"
#include "profiles/profile_file.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

// ── Any profile ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

std::string some_text(Dice& dice) {
    static constexpr std::string_view texts[] = {"",   "-",  "#", "+QIRD",      "AT+QIRD=_,_", "many", "a\tb",
                                                 "\\", "\n", " ", "\x80\xFF\0", "-x",          "..",   "+QIURC: \"recv\",<int>"};
    return std::string{dice.one_of(texts)};
}

/// So few subjects that those of two profiles meet.
Profile some_profile(Dice& dice) {
    Profile profile;
    profile.dialect = dialect_named("bc26");
    if (dice.once_in(2)) profile.firmware.insert("BC26NBR01A0" + std::to_string(dice.below(3)));
    for (std::size_t n = 1 + dice.below(12); n != 0; --n) {
        const Subject subject{some_text(dice), some_text(dice), some_text(dice)};
        std::set<std::string> quirks;
        if (dice.once_in(3)) quirks = {"leading_blank", "bare_line_feed"};
        profile.see(abouts[dice.below(std::size(abouts))], subject, some_text(dice), some_text(dice), quirks);
        if (dice.once_in(3)) profile.ranges[subject].add(dice.between(-5, 5), some_text(dice));
        if (dice.once_in(3))
            profile.times[{subject.trigger, subject.message, {}}].add(
                static_cast<double>(dice.below(dice.once_in(2) ? 5 : 70000)) / 1000, some_text(dice));
    }
    // Values about their bound.
    for (std::size_t n = dice.below(3) * (Profile::most_values / 2 - 1), first = dice.below(Profile::most_values); n != 0; --n)
        profile.see(About::value, {{}, "+QIOPEN", "error"}, std::to_string(first + n), "+QIOPEN: 0," + std::to_string(n));
    return profile;
}
Profile any_profile() {
    Dice dice{*rc::gen::container<std::vector<std::uint32_t>>(400, rc::gen::arbitrary<std::uint32_t>())};
    return some_profile(dice);
}

Profile sum(Profile one, const Profile& other) { return one += other; }

TEST(Profiles, AddUpInAnyOrderAndGrouping) {
    EXPECT_TRUE(rc::check("", [] {
        const Profile a = any_profile(), b = any_profile(), c = any_profile();
        RC_ASSERT(written(sum(a, b)) == written(sum(b, a)));
        for (const auto& [what, alternatives] : sum(a, b).seen)
            RC_ASSERT(what.first != About::value || alternatives.size() <= Profile::most_values);
        RC_ASSERT(sum(sum(a, b), c) == sum(a, sum(b, c)));
        RC_ASSERT(sum(a, Profile{}) == a);
        RC_ASSERT(sum(Profile{}, a) == a);
    }));
}

TEST(Profiles, AreReadAsTheyWereWritten) {
    EXPECT_TRUE(rc::check("", [] {
        const Profile profile = any_profile();
        std::istringstream file{written(profile)};
        RC_ASSERT(read_profile(file, "a.profile") == profile);
    }));
}

// ── Parts ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A dialogue as the steps behind a restart of the module, from which on nothing is known of what was before.
std::vector<Step> part(const atwire::Dialect& dialect, std::uint32_t seed) {
    std::vector<Step> steps;
    steps.push_back({.type = Step::Type::idle});
    steps.push_back({.type = Step::Type::module, .bytes = "\r\nRDY\r\n"});
    Step settings{.type = Step::Type::settings};
#define ATWIRE_RESET(name, most)                         \
    if (dialect.decoding.defaults.name != atwire::unset) \
        settings.settings.push_back({#name, std::to_string(static_cast<int>(dialect.decoding.defaults.name))});
    ATWIRE_SETTINGS(ATWIRE_RESET)
#undef ATWIRE_RESET
    for (std::size_t i = 0; i < atwire::max_sockets; ++i) settings.settings.push_back({"access_mode." + std::to_string(i), "0"});
    steps.push_back(settings);
    for (const Turn& turn : dialogue_of(dialect, seed, 0).turns) {
        const bool silent = turn.who == Turn::Who::host_idle || turn.who == Turn::Who::module_idle;
        steps.push_back({.type = silent                        ? Step::Type::idle
                                 : turn.who == Turn::Who::host ? Step::Type::host
                                                               : Step::Type::module,
                         .bytes = turn.bytes});
    }
    return steps;
}

Profile profile_of_steps(const atwire::Dialect& dialect, const std::vector<std::vector<Step>>& parts) {
    Profile profile;
    Profiler profiler{dialect, {Form::transcript, true, true, true}, profile};
    std::size_t line = 0;
    for (const auto& steps : parts)
        for (Step step : steps) {
            step.line = ++line;
            step.time = static_cast<double>(line) / 100;
            profiler.take(step);
        }
    profiler.end();
    return profile;
}

TEST(Profiling, OfPartsAddsUpToThatOfTheWhole) {
    EXPECT_TRUE(rc::check("", [](std::uint32_t one, std::uint32_t other) {
        const atwire::Dialect& dialect = *dialects()[*rc::gen::inRange<std::size_t>(0, dialects().size())];
        const auto a = part(dialect, one), b = part(dialect, other);
        Profile sum = profile_of_steps(dialect, {a});
        sum += profile_of_steps(dialect, {b});
        const Profile whole = profile_of_steps(dialect, {a, b});
        // Steps a hundredth of a second apart differ in their last bit.
        RC_ASSERT(whole.seen == sum.seen);
        RC_ASSERT(whole.ranges == sum.ranges);
        RC_ASSERT(whole.times == sum.times);
    }));
}

}  // namespace
}  // namespace conformance
