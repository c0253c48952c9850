// What a profile keeps, its text, times; names and shapes of lines.
#include <gtest/gtest.h>

#include <sstream>

#include "profiles/messages.hpp"
#include "profiles/profile_file.hpp"
#include "transcripts/dialects.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {
namespace {

Profile read(const std::string& text) {
    std::istringstream input{text};
    return read_profile(input, "a.profile");
}
std::string refusal(const std::string& text) {
    try {
        (void)read(text);
    } catch (const InputError& error) {
        return error.what();
    }
    return "taken";
}

TEST(Profiles, OfTwoDialectsDontAddUp) {
    Profile one, other;
    one.dialect = dialect_named("bc26");
    other.dialect = dialect_named("bc65");
    EXPECT_THROW(one += other, std::invalid_argument);
}

TEST(Profiles, KeepValuesUpToTheirBound) {
    Profile profile;
    const Subject subject{{}, "+QIOPEN", "error"};
    for (std::size_t i = 0; i < Profile::most_values; ++i) profile.see(About::value, subject, std::to_string(i), "");
    EXPECT_EQ(profile.of(About::value, subject).size(), Profile::most_values);
    profile.see(About::value, subject, "one more", "");
    ASSERT_EQ(profile.of(About::value, subject).size(), 1u);
    EXPECT_EQ(profile.of(About::value, subject).at(std::string{Profile::many}).count, Profile::most_values + 1);
}

TEST(Profiles, ShowTheShortestLine) {
    Profile profile;
    for (const char* line : {"+QIRD: 12", "", "+QIRD: 5", "+QIRD: 4"}) profile.see(About::shape, {}, "+QIRD: <int>", line);
    EXPECT_EQ(profile.of(About::shape, {}).at("+QIRD: <int>").example.line(), "+QIRD: 4");
}

TEST(Ranges, CountTheirEnds) {
    Range range;
    for (const int value : {5, 9, 9, 5, 7, 9}) range.add(value);
    EXPECT_EQ(range, (Range{6, 5, 9, 2, 3}));
}

TEST(Ranges, ShowTheLinesOfTheirEnds) {
    Range range;
    for (const int value : {5, 7, 3, 9, 3}) range.add(value, "+QPING: 0," + std::to_string(value));
    EXPECT_EQ(range.least_line.line(), "+QPING: 0,3");
    EXPECT_EQ(range.most_line.line(), "+QPING: 0,9");
}

// ── Times ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(TimesOfMany, SayMedianMostAndLongest) {
    Times times;
    for (int ms = 1; ms <= 100; ++ms) times.add(ms / 1000.0);
    EXPECT_EQ(times.count(), 100u);
    EXPECT_EQ(times.median(), 51u) << "of 48 to 51";
    EXPECT_EQ(times.most(), 95u);
    EXPECT_EQ(times.longest(), 100u);
    EXPECT_EQ(times.longer_than(51), 49u);
    EXPECT_EQ(times.quantile(1), 100u) << "the longest, not the end of its step";
}

TEST(TimesOfMany, ShowTheSlowest) {
    Times times, others;
    times.add(0.1, "AT+QIRD=0,512");
    times.add(0.3, "AT+QIRD=12,512");
    others.add(0.2, "AT");
    others.add(0.3, "AT+QIRD=3,512");
    EXPECT_EQ(times.slowest().line(), "AT+QIRD=12,512");
    Times both = times, other_way = others;
    both += others;
    other_way += times;
    EXPECT_EQ(both.slowest().line(), "AT+QIRD=3,512") << "the shorter of those that took as long";
    EXPECT_EQ(both, other_way);
}

TEST(TimesOfMany, AreAtMostAnEighthOff) {
    for (const std::uint32_t ms : {0u, 1u, 15u, 16u, 17u, 999u, 60'000u, 1'000'000'000u}) {
        Times times;
        times.add(ms / 1000.0);
        times.add(ms / 1000.0 * 3);
        EXPECT_GE(times.median(), ms);
        EXPECT_LE(times.median(), ms + ms / 8);
    }
}

TEST(TimesOfMany, TakeOnlyTheirOwnSteps) {
    Times times;
    EXPECT_TRUE(times.set({{15, 1}, {17, 2}}, 16));
    EXPECT_EQ(times.count(), 3u);
    EXPECT_FALSE(times.set({{16, 1}}, 16)) << "the step ends at 17";
    EXPECT_FALSE(times.set({{15, 1}}, 16)) << "the longest is in no step";
    EXPECT_FALSE(times.set({{15, 0}}, 15));
    EXPECT_FALSE(times.set({}, 0));
    EXPECT_EQ(times.count(), 3u) << "unchanged";
}

// ── The file ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(ProfileFile, ReadsForPeople) {
    Profile profile;
    profile.dialect = dialect_named("bc26");
    profile.firmware = {"BC26NBR01A05"};
    profile.see(About::result, {"AT+QIRD=_,_", {}, {}}, "OK", "OK");
    profile.see(About::shape, {"AT+QIRD=_,_", "+QIRD", "viewmode=1"}, "+QIRD: <int>", "+QIRD: 5", {"leading_blank"});
    profile.see(About::frame, {{}, "+QIRD", {}}, "\r\n*\r\n", "+QIRD: 5");
    profile.ranges[{{}, "+QPING", "time"}].add(23, "+QPING: 0,23");
    for (const double seconds : {0.02, 0.02, 0.021, 0.041})
        profile.times[{"AT+QIRD=_,_", "OK", {}}].add(seconds, "AT+QIRD=0,512");
    EXPECT_EQ(written(profile),
              "atwire profile 2\ndialect bc26\nfirmware BC26NBR01A05\n\n"
              "result\tAT+QIRD=_,_\t-\t-\t1\tOK\t-\tOK\n\n"
              "shape\tAT+QIRD=_,_\t+QIRD\tviewmode=1\t1\t+QIRD: <int>\tleading_blank\t+QIRD: 5\n\n"
              "frame\t-\t+QIRD\t-\t1\t\\r\\n*\\r\\n\t-\t+QIRD: 5\n\n"
              "range\t-\t+QPING\ttime\t1\t23..23\t1 1\t+QPING: 0,23\t+QPING: 0,23\n\n"
              "times\tAT+QIRD=_,_\tOK\t41\t21:3 43:1\tAT+QIRD=0,512\t# 4: median 21, 95 % 41, most 41 ms\n");
}

TEST(ProfileFile, SaysWhereItIsBroken) {
    const std::string head = "atwire profile 2\ndialect bc26\n";
    const std::string fact = "result\tAT\t-\t-\t1\tOK\t-\tOK\n";
    EXPECT_EQ(refusal(head + "# a comment\n\n" + fact), "taken");
    EXPECT_EQ(refusal("atwire profile 1\n"), "a.profile:1:16: a profile of format 2 was expected, not 1");
    EXPECT_EQ(refusal("hello\n"), "a.profile:1:1: `atwire profile 2` was expected");
    EXPECT_EQ(refusal(""), "a.profile:1:1: `atwire profile 2` was expected");
    EXPECT_EQ(refusal("atwire profile 2\ndialect bc27\n"), "a.profile:2:9: there is no dialect bc27");
    EXPECT_EQ(refusal(head + "dialect bc65\n"), "a.profile:3:1: it has named its dialect already");
    EXPECT_EQ(refusal("atwire profile 2\n" + fact), "a.profile:2:1: its dialect was expected: a line `dialect NAME`");
    EXPECT_EQ(refusal(head), "a.profile:2:1: at least one fact was expected");
    EXPECT_EQ(refusal(head + "other\tAT\n"),
              "a.profile:3:1: result, place, shape, frame, payload, value, range or times was expected");
    EXPECT_EQ(refusal(head + fact + fact), "a.profile:4:1: this fact stands twice");
    EXPECT_EQ(refusal(head + "result\tAT\n"), "a.profile:3:10: 8 columns with a tab between two were expected, not 2");
    EXPECT_EQ(refusal(head + "result\tAT\t-\t-\t0\tOK\t-\tOK\n"), "a.profile:3:15: a count of at least 1 was expected");
    EXPECT_EQ(refusal(head + "result\tAT\t-\t-\t1\t\\q\t-\tOK\n"), "a.profile:3:17: \\r \\n \\t \\\\ or \\xHH was expected");
    EXPECT_EQ(refusal(head + "range\t-\t-\t-\t1\t5..4\t1 1\t-\t-\n"), "a.profile:3:15: least..most was expected");
    EXPECT_EQ(refusal(head + "range\t-\t-\t-\t1\t4..5\t1 2\t-\t-\n"), "a.profile:3:20: no more than 1 were expected");
    EXPECT_EQ(refusal(head + "times\tAT\tOK\t16\t16:1\t-\n"),
              "a.profile:3:13: these are not the steps of a histogram with that longest time");
    EXPECT_EQ(refusal(head + "times\tAT\tOK\t16\t17\t-\n"), "a.profile:3:16: ms:count was expected");
}

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

std::string shape_in(std::string_view dialect, std::string_view line) { return Messages{*dialect_named(dialect)}.shape(line); }
std::string name_in(std::string_view dialect, std::string_view line) {
    return Messages{*dialect_named(dialect)}.name(line).message;
}

std::pair<std::string, std::string> parted(std::string_view one, std::string_view other) {
    const Messages::Parting at = Messages{*dialect_named("bc26")}.parting(one, other);
    return {std::string{one.substr(at.one)}, std::string{other.substr(at.other)}};
}
using Rests = std::pair<std::string, std::string>;

TEST(Lines, PartWhereTheyLookDifferent) {
    EXPECT_EQ(parted("+QIRD: 5,1", "+QIRD: 77,0A"), (Rests{"1", "0A"})) << "another type";
    EXPECT_EQ(parted("+QIRD: 5,1", "+QIRD: 77,2"), (Rests{"", ""})) << "the same, whatever its values";
    EXPECT_EQ(parted("+QIRD: 5", "+QIRD: 77,2"), (Rests{"", ",2"})) << "one field more";
    EXPECT_EQ(parted("+QIRD: 5,\"1.2.3.4\",6", "+QIRD: 77,1.2.3.4,6"), (Rests{"\"1.2.3.4\",6", "1.2.3.4,6"}));
    EXPECT_EQ(parted("+QIRD: 5,6", "+QIRD: 5, 6"), (Rests{"6", " 6"}));
    EXPECT_EQ(parted("+QIRD: 5 ,6", "+QIRD: 5,6"), (Rests{" ,6", ",6"}));
    EXPECT_EQ(parted("+QIRD: 5", "+QIRD:5"), (Rests{" 5", "5"}));
    EXPECT_EQ(parted("+QIURC: \"recv\",0", "+QIURC: recv,0"), (Rests{"\"recv\",0", "recv,0"}));
    EXPECT_EQ(parted("+QIURC: \"recv\",0", "+QIURC: \"received\",0"), (Rests{"v\",0", "eived\",0"}));
    EXPECT_EQ(parted("", "+QIRD: 5"), (Rests{"", "+QIRD: 5"}));
}

TEST(Lines, TellWhereAValueStands) {
    const Messages messages{*dialect_named("bc26")};
    EXPECT_EQ(messages.place_of("+QIOPEN: 3, 7", "7"), 12u);
    EXPECT_EQ(messages.place_of("+QISTATE: 0,\"TCP\",5", "TCP"), 13u) << "within its quotes";
    EXPECT_EQ(messages.place_of("+QIOPEN: 3,7", "8"), 7u) << "behind the name where it doesn't";
    EXPECT_EQ(messages.place_of("", "8"), 0u);
}

TEST(Lines, HaveTheDialectsNames) {
    EXPECT_EQ(name_in("bc26", "+QIURC: \"recv\",0,5"), "+QIURC: \"recv\"");
    EXPECT_EQ(name_in("bc26", "+QIURC:\"recv\" ,0"), "+QIURC: \"recv\"") << "however it is spaced";
    EXPECT_EQ(name_in("bc26", " +QIURC: recv,0"), "+QIURC: \"recv\"") << "and quoted";
    EXPECT_EQ(name_in("bc26", "+QIURC: \"recvd\",0"), "+QIURC: \"recvd\"") << "one of another name";
    EXPECT_EQ(name_in("bc65", "+QIURC: \"incoming full\""), "+QIURC: \"incoming full\"");
    EXPECT_EQ(name_in("bc65", "+QIURC: \"incoming\",0,1,\"1.2.3.4\",5"), "+QIURC: \"incoming\"");
    EXPECT_EQ(name_in("a76xx", "+CIPRXGET:1,0"), "+CIPRXGET: 1");
    EXPECT_EQ(name_in("a76xx", "+CIPRXGET: 12,0"), "+CIPRXGET");
    EXPECT_EQ(name_in("a76xx", "+IPD5"), "+IPD");
    EXPECT_EQ(name_in("a76xx", "+RECV FROM:1.2.3.4:5"), "RECV FROM");
    EXPECT_EQ(name_in("ec200x", "CONNECT 150000000"), "CONNECT");
    EXPECT_EQ(name_in("ec200x", "CONNECTED"), "CONNECTED");
    EXPECT_EQ(name_in("bc26", "+CSQ: 20,99"), "+CSQ") << "of no table";
    EXPECT_EQ(name_in("bc26", "> "), ">");
    EXPECT_EQ(name_in("bc26", "RDY"), "RDY");
    EXPECT_EQ(name_in("bc26", "Quectel_BC26"), "<text>");
    EXPECT_EQ(name_in("bc26", ""), "<text>");
}

TEST(Lines, HaveShapes) {
    EXPECT_EQ(shape_in("bc26", "+QIURC: \"recv\",0,5"), "+QIURC: \"recv\",<int>,<int>");
    EXPECT_EQ(shape_in("bc26", "+QIURC:\"recv\", 0"), "+QIURC:\"recv\", <int>") << "blanks are kept";
    EXPECT_EQ(shape_in("bc26", "+QIRD: 0,-1,10.2.3.4,FE80::1,\"1.2.3.4\",4.5,0A1F,abc,a b"),
              "+QIRD: <int>,<int>,<ip>,<ip>,\"<ip>\",<number>,<hex>,<word>,<text>");
    EXPECT_EQ(shape_in("bc26", "+QNTP: 0,\"19/06/11,11:08:20+32\",\"a,b\",\"\",\"00\",\"0A\""),
              "+QNTP: <int>,\"<time>\",\"<string>\",\"\",\"<int>\",\"<hex>\"");
    EXPECT_EQ(shape_in("bc26", "+QIRD: ,5,"), "+QIRD: ,<int>,");
    EXPECT_EQ(shape_in("bc26", "+QIRD: \"open,5"), "+QIRD: \"<word>,<int>") << "a quote that nothing closes";
    EXPECT_EQ(shape_in("bc26", "+QIRD: (0-3),(1,2)"), "+QIRD: <list>,<list>");
    EXPECT_EQ(shape_in("bc26", "+QIRD: 1.2.3,1.2.3.4.5,::"), "+QIRD: <text>,<text>,<ip>");
    EXPECT_EQ(shape_in("bc26", "+QIRD: a\x80"), "+QIRD: <text>");
    EXPECT_EQ(shape_in("a76xx", "RECV FROM:1.2.3.4:5"), "RECV FROM:<ip>:<int>");
    EXPECT_EQ(shape_in("a76xx", "+RECEIVE,1,16:"), "+RECEIVE,<int>,<int>:");
    EXPECT_EQ(shape_in("a76xx", "+IPD5"), "+IPD<int>");
    EXPECT_EQ(shape_in("bc26", "Quectel_BC26"), "<text>");
    EXPECT_LT(shape_in("bc26", "+QIRD: " + std::string(5000, ',')).size(), 100u);
}

TEST(Lines, ComeApart) {
    const Messages messages{*dialect_named("bc26")};
    const auto apart = [&messages](std::string_view shape) { return fields_of(shape, messages.name(shape).length); };
    const ShapeFields one = apart("+QIURC: \"recv\",<int>,\"<ip>\"");
    ASSERT_EQ(one.fields.size(), 2u);
    EXPECT_EQ(one.fields[1], (ShapeFields::Field{true, "<ip>"}));
    EXPECT_TRUE(one.quoted_name);
    EXPECT_EQ(one.spacing, apart("+QIURC: \"recv\",<int>").spacing);
    EXPECT_NE(one.spacing, apart("+QIURC:\"recv\",<int>").spacing);
    EXPECT_NE(one.spacing, apart("+QIURC: \"recv\",<int>, <int>").spacing);
    EXPECT_EQ(one.spacing, apart("+QIURC: recv,<int>").spacing) << "quotes are no blanks";
    EXPECT_FALSE(apart("+QIURC: recv,<int>").quoted_name);
    EXPECT_EQ(apart("+QIRD: <int>,").fields.size(), 2u) << "the last one is empty";
    EXPECT_TRUE(apart("OK").fields.empty());
}

TEST(Lines, HaveTheSettingsThatDecideThem) {
    const Messages messages{*dialect_named("bc26")};
    atwire::Settings settings;
    EXPECT_EQ(messages.settings("+QIURC: \"recv\",3", settings), "");
    settings.viewmode = 1;
    settings.showlength = 0;
    settings.access_mode[3] = 1;
    settings.service[3] = atwire::Service::udp;
    EXPECT_EQ(messages.settings("+QIURC: \"recv\",3", settings), "viewmode=1 access_mode=1 service=UDP");
    EXPECT_EQ(messages.settings("+QIURC: \"recv\",2", settings), "viewmode=1");
    EXPECT_EQ(messages.settings("+QIURC: \"recv\",99", settings), "viewmode=1");
    EXPECT_EQ(messages.settings("OK", settings), "");
}

TEST(Payloads, HaveClasses) {
    EXPECT_EQ(class_of_payload("0aF9"), "<hex>");
    EXPECT_EQ(class_of_payload("hello\r\n"), "<text>");
    EXPECT_EQ(class_of_payload("\x01\x80"), "<bytes>");
}

}  // namespace
}  // namespace conformance
