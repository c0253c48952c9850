// What a comparison finds: nothing between two samples of the same firmware, and each of twelve revisions by its name.
#include <gtest/gtest.h>

#include <regex>

#include "profiles/chance.hpp"
#include "profiles/comparison.hpp"
#include "profiles/laboratory.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using Dialect = atwire::Dialect;

std::string show(const Difference& one) {
    return std::string{name(one.change)} + " [" + one.subject.trigger + "] [" + one.subject.message + "] [" + one.subject.detail +
           "] " + one.says + (one.breaks ? ", breaks" : "") + "\n    " + escape(one.old.form) + " " +
           std::to_string(one.old.count) + " of " + std::to_string(one.old.total) + ": " + escape(one.old.line) + "\n    " +
           escape(one.now.form) + " " + std::to_string(one.now.count) + " of " + std::to_string(one.now.total) + ": " +
           escape(one.now.line) + "\n";
}
std::string show(const Compared& compared) {
    std::string text;
    for (const Difference& one : compared.differences) text += show(one);
    return text;
}

// ── The same revision ───────────────────────────────────────────────────────────────────────────────────────────────────────

class SameRevision : public testing::TestWithParam<const Dialect*> {};

/// Lots of any sizes, so that what is rare comes by chance in one alone.
TEST_P(SameRevision, HasNoDifference) {
    constexpr std::uint32_t pairs = 200;
    std::size_t too_few = 0;
    for (std::uint32_t i = 0; i < pairs; ++i) {
        const Profile old = profile_of(*GetParam(), {2 * i, 1 + i % 20 * 2});
        const Profile now = profile_of(*GetParam(), {2 * i + 1, 1 + i * 37 % 40});
        const Compared compared = compare(old, now, false);
        EXPECT_EQ(compared.differences.size(), 0u) << "pair " << i << "\n" << show(compared);
        too_few += compared.too_few;
    }
    EXPECT_GT(too_few, pairs * 10) << "the lots differ, and that is no finding";
}

INSTANTIATE_TEST_SUITE_P(, SameRevision, testing::ValuesIn(dialects().begin(), dialects().end()),
                         [](const auto& dialect) { return std::string{dialect.param->facts.name}; });

// ── Twelve revisions ────────────────────────────────────────────────────────────────────────────────────────────────────────

using Who = Turn::Who;

/// Replaces what a module's turn begins with, behind its lead.
Revision replaced(const std::string& pattern, const std::string& by) {
    const auto regex = std::make_shared<std::regex>("^( ?(?:\r\n)*)" + pattern);
    return [regex, by](std::deque<Turn>& turns) {
        for (Turn& turn : turns)
            if (turn.who == Who::module)
                turn.bytes = std::regex_replace(turn.bytes, *regex, "$1" + by,
                                                std::regex_constants::format_first_only | std::regex_constants::match_continuous);
    };
}

bool says(const Turn& turn, std::string_view text) {
    const std::size_t at = turn.who == Who::module ? turn.bytes.find_first_not_of(" \r\n") : std::string::npos;
    return at != std::string::npos && std::string_view{turn.bytes}.substr(at).starts_with(text);
}

Revision without(const std::string& text) {
    return [text](std::deque<Turn>& turns) { std::erase_if(turns, [&text](const Turn& turn) { return says(turn, text); }); };
}

/// Moves an element to another place.
void move(std::deque<Turn>& turns, std::size_t from, std::size_t to) {
    const auto at = [&turns](std::size_t i) { return turns.begin() + static_cast<std::ptrdiff_t>(i); };
    if (from < to)
        std::rotate(at(from), at(from + 1), at(to + 1));
    else
        std::rotate(at(to), at(from), at(from + 1));
}

/// OK comes before the rows of such commands, and before OK what came behind it.
Revision swapped(const std::string& command, const std::string& message) {
    return [=](std::deque<Turn>& turns) {
        for (std::size_t i = 0; i < turns.size(); ++i) {
            if (turns[i].who != Who::host || !turns[i].bytes.starts_with("AT+" + command)) continue;
            std::size_t end = i + 1, ok = 0, row = 0;
            for (; end < turns.size() && turns[end].who != Who::host; ++end) {
                if (ok == 0 && says(turns[end], "OK\r\n")) ok = end;
                if (row == 0 && says(turns[end], message)) row = end;
            }
            if (ok != 0 && row != 0) row < ok ? move(turns, ok, row) : move(turns, row, ok);
        }
    };
}

/// Two digits for each byte of the payload, whatever the settings.
void spell_in_hex(std::deque<Turn>& turns) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (Turn& turn : turns) {
        if (turn.events.size() != 2 || turn.events[1].event.kind != atwire::Kind::payload) continue;
        const std::string data{turn.events[1].event.body.payload.data};
        std::string hex;
        for (const char c : data) {
            hex += digits[static_cast<unsigned char>(c) >> 4];
            hex += digits[static_cast<unsigned char>(c) & 15];
        }
        const std::size_t at = turn.bytes.rfind(data);
        if (at != std::string::npos) turn.bytes.replace(at, data.size(), hex);
    }
}

void drop_blank_of_prompt(std::deque<Turn>& turns) {
    std::erase_if(turns, [](const Turn& turn) { return turn.who == Who::module && turn.bytes == " "; });
}

void send_ok_at_once(std::deque<Turn>& turns) {
    for (std::size_t i = 0; i < turns.size(); ++i) {
        if (!says(turns[i], ">")) continue;
        for (std::size_t j = i + 1; j < turns.size() && !says(turns[j], ">"); ++j) {
            if (!says(turns[j], "SEND OK")) continue;
            move(turns, j, i + 1);
            break;
        }
    }
}

/// Whatever comes behind such a command takes 300 ms at most, all else 40.
Speed slow(const std::string& command) {
    return [command](const std::deque<Turn>& turns, std::size_t turn) {
        while (turn != 0 && turns[turn].who != Who::host) --turn;
        return turns[turn].bytes.starts_with(command) ? 300.0 : 40.0;
    };
}

struct Simulated {
    std::string_view what;
    Change change;
    std::string_view dialect, message, trigger;  ///< what it has to be called
    bool breaks;
    Revision revision;
    Speed speed{};
};

void PrintTo(const Simulated& one, std::ostream* output) { *output << one.what << ", " << one.dialect; }

/// Each in the dialects that have such a line: a76xx has no URC with a sub-type, and neither it nor bc95 says SEND OK; bc95 quotes no
/// address, and its payloads are digits as they are.
std::vector<Simulated> simulated() {
    std::vector<Simulated> all;
    const auto add = [&all](std::string_view what, Change change, std::string_view dialects, std::string_view message,
                            const Revision& revision, const Speed& speed = {}, std::string_view trigger = {}) {
        const bool breaks =
            change != Change::message_vanished && change != Change::value_outside && change != Change::times_grown;
        for (const std::string_view dialect : {"bc65", "bc26", "ec200x", "bc95", "a76xx"})
            if (dialects.find(dialect) != std::string_view::npos)
                all.push_back({what, change, dialect, message, trigger, breaks, revision, speed});
    };
    constexpr std::string_view quectel = "bc65 bc26 ec200x", every = "bc65 bc26 ec200x bc95 a76xx";
    add("drop a field", Change::field_removed, quectel, "+QIURC: \"dnsgip\"",
        replaced(R"re(\+QIURC: "dnsgip",(\d+),(\d+),\d+\r)re", "+QIURC: \"dnsgip\",$2,$3\r"));
    add("drop a field", Change::field_removed, "a76xx", "+CIPOPEN", replaced(R"re(\+CIPOPEN: (\d+),\d+\r)re", "+CIPOPEN: $2\r"));
    add("drop a field", Change::field_removed, "bc95", "+QCOAPURC: \"rsp\"",
        replaced(R"re(\+QCOAPURC: "rsp",(.*?)\d,(\d\.\d\d|0),)re", "+QCOAPURC: \"rsp\",$2$3,"));
    add("add a length", Change::field_added, quectel, "+QIURC: \"recv\"",
        replaced(R"re(\+QIURC: "recv",(\d+)\r)re", "+QIURC: \"recv\",$2,7,7\r"));
    add("add a length", Change::field_added, "a76xx", "+CIPRXGET: 1",
        replaced(R"re(\+CIPRXGET: 1,(\d+)\r)re", "+CIPRXGET: 1,$2,7\r"));
    add("add a length", Change::field_added, "bc95", "+QCOAPDATASTATUS",
        replaced(R"re(\+QCOAPDATASTATUS: (\d+)\r)re", "+QCOAPDATASTATUS: $2,7\r"));
    add("swap OK and result", Change::order_changed, quectel, "+QIOPEN", swapped("QIOPEN=", "+QIOPEN"), {}, "AT+QIOPEN=_");
    add("swap OK and result", Change::order_changed, "a76xx", "+CIPOPEN", swapped("CIPOPEN=", "+CIPOPEN"), {}, "AT+CIPOPEN=_");
    add("swap OK and result", Change::order_changed, "bc95", "+QCOAPDATASTATUS", swapped("QCOAPDATASTATUS?", "+QCOAPDATASTATUS"));
    add("unquote an address", Change::quoting_changed, "bc26 ec200x", "+QPING",
        replaced(R"re(\+QPING: 0,"([^"]*)",)re", "+QPING: 0,$2,"));
    add("unquote an address", Change::quoting_changed, "bc65 ec200x", "+QIURC: \"incoming\"",
        replaced(R"re(\+QIURC: "incoming",(\d+),(\d+),"([^"]*)",)re", "+QIURC: \"incoming\",$2,$3,$4,"));
    add("unquote an address", Change::quoting_changed, "a76xx", "+CIPOPEN",
        replaced(R"re(\+CIPOPEN: (\d+),"(...)","([^"]*)\")re", "+CIPOPEN: $2,\"$3\",$4"));
    add("slow one command", Change::times_grown, quectel, "", {}, slow("AT+QIOPEN="), "AT+QIOPEN=");
    add("slow one command", Change::times_grown, "a76xx", "", {}, slow("AT+CIPOPEN="), "AT+CIPOPEN=");
    add("slow one command", Change::times_grown, "bc95", "", {}, slow("AT+QCOAPDATASTATUS?"), "AT+QCOAPDATASTATUS?");
    add("remove a URC", Change::message_vanished, quectel, "+QIURC: \"closed\"", without("+QIURC: \"closed\""));
    add("remove a URC", Change::message_vanished, "a76xx", "+IPCLOSE", without("+IPCLOSE: "));
    add("remove a URC", Change::message_vanished, "bc95", "+QCOAPURC: \"req\"", without("+QCOAPURC: \"req\""));
    add("change an error code", Change::value_outside, quectel, "+QIOPEN",
        replaced(R"re(\+QIOPEN: (\d+),(550|572|566|574|556)\r)re", "+QIOPEN: $2,1$3\r"));
    add("change an error code", Change::value_outside, "a76xx", "+CIPOPEN",
        replaced(R"re(\+CIPOPEN: (\d+),(\d+)\r)re", "+CIPOPEN: $2,1$3\r"));
    add("change an error code", Change::value_outside, "bc95", "+QCOAPDATASTATUS",
        replaced(R"re(\+QCOAPDATASTATUS: 4\r)re", "+QCOAPDATASTATUS: 9\r"));
    add("rename a URC's sub-type", Change::message_renamed, quectel, "+QIURC: \"closed\"",
        replaced(R"re(\+QIURC: "closed")re", "+QIURC: \"disconnected\""));
    add("rename a URC's sub-type", Change::message_renamed, "bc95", "+QCOAPURC: \"rsp\"",
        replaced(R"re(\+QCOAPURC: "rsp")re", "+QCOAPURC: \"response\""));
    add("hex instead of text", Change::payload_changed, "bc65 bc26", "+QIRD", spell_in_hex);
    add("hex instead of text", Change::payload_changed, "ec200x", "+QIURC: \"recv\"", spell_in_hex);
    add("hex instead of text", Change::payload_changed, "a76xx", "+IPD", spell_in_hex);
    add("prompt without blank", Change::framing_changed, every, ">", drop_blank_of_prompt);
    add("extra blank line", Change::framing_changed, quectel, "+QIURC: \"closed\"",
        replaced(R"re(\+QIURC: "closed")re", "\r\n+QIURC: \"closed\""));
    add("extra blank line", Change::framing_changed, "bc95", "+QCOAPDATASTATUS",
        replaced(R"re(\+QCOAPDATASTATUS)re", "\r\n+QCOAPDATASTATUS"));
    add("extra blank line", Change::framing_changed, "a76xx", "+IPCLOSE", replaced(R"re(\+IPCLOSE)re", "\r\n+IPCLOSE"));
    add("SEND OK before the data", Change::order_changed, quectel, "SEND OK", send_ok_at_once, {}, "AT+QISEND=");
    return all;
}

constexpr std::uint32_t dialogues = 1000;

const Profile& old_of(const Dialect& dialect) {
    static std::map<std::string_view, Profile> profiles;
    const auto [place, made] = profiles.try_emplace(dialect.facts.name);
    if (made) place->second = profile_of(dialect, {1, dialogues});
    return place->second;
}

class SimulatedRevision : public testing::TestWithParam<Simulated> {};

TEST_P(SimulatedRevision, IsCalledByItsName) {
    const Simulated& one = GetParam();
    const Dialect& dialect = *dialect_named(one.dialect);
    const Compared compared = compare(old_of(dialect), profile_of(dialect, {2, dialogues}, one.revision, one.speed), false);
    bool named = false;
    for (const Difference& found : compared.differences) {
        EXPECT_EQ(found.change, one.change) << show(found);
        EXPECT_TRUE(one.message.empty() || found.subject.message == one.message) << show(found);
        EXPECT_EQ(found.breaks, one.breaks) << show(found);
        EXPECT_NE(found.old.form, found.now.form);
        EXPECT_FALSE(found.old.line.empty()) << "it quotes a line of each side";
        EXPECT_EQ(found.now.line.empty(), one.change == Change::message_vanished);
        named = named || found.subject.trigger.starts_with(one.trigger);
    }
    EXPECT_TRUE(named) << one.what << ":\n" << show(compared);
}

std::string name_of(const testing::TestParamInfo<Simulated>& info) {
    std::string text = std::to_string(info.index) + "_" + std::string{info.param.dialect} + "_" + std::string{info.param.what};
    for (char& c : text)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    return text;
}
INSTANTIATE_TEST_SUITE_P(, SimulatedRevision, testing::ValuesIn(simulated()), name_of);

// ── Evidence ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

Profile answers(std::size_t count, const std::string& shape, const std::string& line) {
    Profile profile;
    profile.dialect = dialect_named("bc26");
    for (std::size_t i = 0; i < count; ++i) {
        profile.see(About::result, {"AT+QIRD=_,_", {}, {}}, "OK", "OK");
        profile.see(About::place, {"AT+QIRD=_,_", "+QIRD", {}}, std::string{before_result}, line);
        profile.see(About::shape, {"AT+QIRD=_,_", "+QIRD", {}}, shape, line);
    }
    return profile;
}

TEST(Evidence, HasToBeEnough) {
    const Profile old = answers(12, "+QIRD: <int>", "+QIRD: 5");
    EXPECT_TRUE(compare(old, old, false).differences.empty());
    const Compared few = compare(old, answers(3, "+QIRD: <int>,<int>", "+QIRD: 5,0"), false);
    EXPECT_TRUE(few.differences.empty()) << show(few);
    EXPECT_GT(few.too_few, 0u);
    const Compared enough = compare(old, answers(12, "+QIRD: <int>,<int>", "+QIRD: 5,0"), false);
    ASSERT_EQ(enough.differences.size(), 1u) << show(enough);
    const Difference& found = enough.differences[0];
    EXPECT_EQ(found.change, Change::field_added);
    EXPECT_EQ(found.says, "2 fields for 1: number 2, <int>, is new");
    EXPECT_EQ(found.old.line, "+QIRD: 5");
    EXPECT_EQ(found.now.line, "+QIRD: 5,0");
    EXPECT_EQ(found.old.total, 12u);
}

TEST(Evidence, OfTheSameScriptIsOneLine) {
    const Profile old = answers(1, "+QIRD: <int>", "+QIRD: 5");
    const Compared one = compare(old, answers(1, "+QIRD: <int>,<int>", "+QIRD: 5,0"), true);
    ASSERT_EQ(one.differences.size(), 1u);
    EXPECT_EQ(one.differences[0].change, Change::field_added);
    EXPECT_EQ(one.too_few, 0u);
}

TEST(Evidence, IsMissingWhereTheTriggerNeverCame) {
    Profile other;
    other.dialect = dialect_named("bc26");
    for (int i = 0; i < 1000; ++i) other.see(About::result, {"AT+QISTATE?", {}, {}}, "OK", "OK");
    const Profile old = answers(1000, "+QIRD: <int>", "+QIRD: 5");
    for (const bool same_script : {false, true}) {
        EXPECT_TRUE(compare(old, other, same_script).differences.empty()) << show(compare(old, other, same_script));
        EXPECT_TRUE(compare(other, old, same_script).differences.empty()) << show(compare(other, old, same_script));
    }
}

/// The line with a ^ where its caret is.
std::string pointed(const Shown& side) { return side.line.substr(0, side.caret) + "^" + side.line.substr(side.caret); }

TEST(Carets, AreWhereTheSidesPart) {
    const auto both = [](const Profile& old, const Profile& now) {
        const Compared compared = compare(old, now, true);
        if (compared.differences.size() != 1) return show(compared);
        return pointed(compared.differences[0].old) + " | " + pointed(compared.differences[0].now);
    };
    const Profile old = answers(1, "+QIRD: <int>,\"<ip>\"", "+QIRD: 5,\"1.2.3.4\"");
    EXPECT_EQ(both(old, answers(1, "+QIRD: <int>", "+QIRD: 5")), "+QIRD: 5^,\"1.2.3.4\" | +QIRD: 5^");
    EXPECT_EQ(both(old, answers(1, "+QIRD: <int>,<ip>", "+QIRD: 5,1.2.3.4")), "+QIRD: 5,^\"1.2.3.4\" | +QIRD: 5,^1.2.3.4");
    const auto one = [](About about, const Subject& subject, const std::string& form, const std::string& line) {
        Profile profile;
        profile.dialect = dialect_named("bc26");
        profile.see(about, subject, form, line);
        return profile;
    };
    const Subject read{{}, "+QIRD", {}}, opened{{}, "+QIOPEN", "error"};
    EXPECT_EQ(both(one(About::frame, read, "\r\n*\r\n", "+QIRD: 5"), one(About::frame, read, "*\r\n", "+QIRD: 5")),
              "^\r\n+QIRD: 5\r\n | ^+QIRD: 5\r\n");
    EXPECT_EQ(both(one(About::frame, read, "\r\n*\r\n", "+QIRD: 5"), one(About::frame, read, "\r\n*\n", "+QIRD: 5")),
              "\r\n+QIRD: 5^\r\n | \r\n+QIRD: 5^\n");
    EXPECT_EQ(both(one(About::payload, read, "<text>", "+QIRD: 5"), one(About::payload, read, "<hex>", "+QIRD: 10")),
              "+QIRD: 5^ | +QIRD: 10^");
    EXPECT_EQ(both(one(About::value, opened, "0", "+QIOPEN: 1,0"), one(About::value, opened, "7", "+QIOPEN: 1,7")),
              "+QIOPEN: 1,^0 | +QIOPEN: 1,^7");
}

TEST(Evidence, OfTimesIsTheirNumberAndTheirGrowth) {
    const auto times = [](std::size_t count, double seconds) {
        Profile profile = answers(count, "+QIRD: <int>", "+QIRD: 5");
        for (std::size_t i = 0; i < count; ++i) profile.times[{"AT+QIRD=_,_", "OK", {}}].add(seconds, "AT+QIRD=0,512");
        return profile;
    };
    EXPECT_TRUE(compare(times(7, 0.1), times(7, 9), true).differences.empty()) << "too few";
    EXPECT_TRUE(compare(times(50, 0.1), times(50, 0.12), false).differences.empty()) << "by less than a quarter";
    EXPECT_TRUE(compare(times(50, 0.002), times(50, 0.011), false).differences.empty()) << "by less than 10 ms";
    EXPECT_TRUE(compare(times(50, 9), times(50, 0.1), false).differences.empty()) << "faster";
    const Compared grown = compare(times(50, 0.1), times(40, 0.3), false);
    ASSERT_EQ(grown.differences.size(), 1u) << show(grown);
    EXPECT_EQ(grown.differences[0].says, "the median takes 300 ms, not 100");
    EXPECT_EQ(grown.differences[0].old.total, 50u);
    EXPECT_EQ(grown.differences[0].now.total, 40u);
    EXPECT_EQ(grown.differences[0].now.line, "AT+QIRD=0,512");
}

TEST(Evidence, OfALineThatNobodyAsksForIsItsSocket) {
    const auto closed = [](bool opens, bool closes) {
        Profile profile = answers(50, "+QIRD: <int>", "+QIRD: 5");
        for (int i = 0; i < 50; ++i) {
            if (opens) profile.see(About::result, {"AT+QIOPEN=_,_,_,_,_", {}, {}}, "OK", "OK");
            if (closes)
                profile.see(About::shape, {{}, "+QIURC: \"closed\"", {}}, "+QIURC: \"closed\",<int>", "+QIURC: \"closed\",0");
        }
        return profile;
    };
    for (const bool same_script : {false, true}) {
        EXPECT_TRUE(compare(closed(true, true), closed(false, false), same_script).differences.empty()) << "none was opened";
        const Compared gone = compare(closed(true, true), closed(true, false), same_script);
        ASSERT_EQ(gone.differences.size(), 1u) << show(gone);
        EXPECT_EQ(gone.differences[0].change, Change::message_vanished);
        EXPECT_EQ(gone.differences[0].old.total, 50u) << "of so many that were opened";
        EXPECT_FALSE(gone.differences[0].breaks);
    }
}

TEST(Evidence, OfARangeIsHowOftenItsEndWasReached) {
    const auto reaching = [](std::int64_t most, int times) {
        Profile profile = answers(1, "+QIRD: <int>", "+QIRD: 5");
        for (int i = 0; i < 100; ++i)
            profile.ranges[{{}, "+QPING", "ttl"}].add(i < times ? most : 50,
                                                      "+QPING: 0," + std::to_string(i < times ? most : 50));
        return profile;
    };
    EXPECT_TRUE(compare(reaching(64, 50), reaching(255, 1), false).differences.empty());
    EXPECT_TRUE(compare(reaching(64, 50), reaching(255, 50), true).differences.empty()) << "what is measured differs in each run";
    const Compared beyond = compare(reaching(64, 50), reaching(255, 50), false);
    ASSERT_EQ(beyond.differences.size(), 1u) << show(beyond);
    EXPECT_EQ(beyond.differences[0].says, "ttl reaches 255");
    EXPECT_EQ(pointed(beyond.differences[0].old), "+QPING: 0,^64");
    EXPECT_EQ(pointed(beyond.differences[0].now), "+QPING: 0,^255");
    EXPECT_TRUE(compare(reaching(255, 50), reaching(64, 50), false).differences.empty()) << "within";
}

TEST(Evidence, PutsWhatBreaksAReaderFirst) {
    Profile old = answers(1, "+QIRD: <int>", "+QIRD: 5"), now;
    now.dialect = old.dialect;
    now.see(About::result, {"AT+QIRD=_,_", {}, {}}, "OK", "OK");
    old.see(About::value, {{}, "+QIOPEN", "error"}, "0", "+QIOPEN: 0,0");
    now.see(About::value, {{}, "+QIOPEN", "error"}, "7", "+QIOPEN: 0,7");
    const Compared both = compare(old, now, true);
    ASSERT_EQ(both.differences.size(), 2u) << show(both);
    EXPECT_EQ(both.differences[0].change, Change::message_vanished);
    EXPECT_EQ(both.differences[1].change, Change::value_outside);
}

TEST(Fields, ThatChangePlacesAreOneFinding) {
    const Compared swapped = compare(answers(1, "+QIRD: <int>,\"<ip>\",<int>", "+QIRD: 5,\"1.2.3.4\",80"),
                                     answers(1, "+QIRD: <int>,<int>,\"<ip>\"", "+QIRD: 5,80,\"1.2.3.4\""), true);
    ASSERT_EQ(swapped.differences.size(), 1u) << show(swapped);
    EXPECT_EQ(swapped.differences[0].change, Change::field_reordered);
    EXPECT_EQ(swapped.differences[0].says, "fields 2 and 3 have changed places");
    const Compared retyped =
        compare(answers(1, "+QIRD: <int>,<int>", "+QIRD: 5,1"), answers(1, "+QIRD: <int>,<hex>", "+QIRD: 5,0A"), true);
    ASSERT_EQ(retyped.differences.size(), 1u) << show(retyped);
    EXPECT_EQ(retyped.differences[0].change, Change::field_retyped);
}

TEST(Spacing, IsAFindingOfItsOwn) {
    const Compared spaced =
        compare(answers(1, "+QIRD: <int>,<int>", "+QIRD: 5,1"), answers(1, "+QIRD:<int>,<int>", "+QIRD:5,1"), true);
    ASSERT_EQ(spaced.differences.size(), 1u) << show(spaced);
    EXPECT_EQ(spaced.differences[0].change, Change::spacing_changed);
}

TEST(Chance, IsFishersTest) {
    EXPECT_NEAR(chance({0, 4}, {4, 4}), 1.0 / 70, 1e-12);
    EXPECT_NEAR(chance({1, 4}, {3, 4}), 17.0 / 70, 1e-12) << "the tea, as Fisher has it";
    EXPECT_NEAR(chance({0, 10}, {1, 10}), 0.5, 1e-12);
    EXPECT_EQ(chance({0, 5}, {0, 5}), 1.0);
    EXPECT_NEAR(chance_of_none(10, {3, 10}), 0.125, 1e-12);
}

TEST(Changes, HaveOneNameEach) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < changes; ++i) {
        const auto change = static_cast<Change>(i);
        names.insert(name(change));
        EXPECT_EQ(change_named(name(change)), change);
    }
    EXPECT_EQ(names.size(), changes);
    EXPECT_EQ(change_named("field"), std::nullopt);
}

TEST(Comparing, TakesOneDialect) {
    Profile other = answers(1, "+QIRD: <int>", "+QIRD: 5");
    other.dialect = dialect_named("bc65");
    EXPECT_THROW((void)compare(answers(1, "+QIRD: <int>", "+QIRD: 5"), other, false), std::invalid_argument);
}

}  // namespace
}  // namespace conformance
