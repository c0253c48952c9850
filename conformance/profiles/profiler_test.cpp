// What a dialogue's profile says.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "profiles/profile_file.hpp"
#include "profiles/profiler.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

Profile profile_of_text(const std::string& text, const Capture& capture = {Form::transcript, true, true, true}) {
    std::istringstream input{text};
    const Transcript transcript = read_transcript(input, "text");
    Profile profile;
    Profiler profiler{*transcript.dialect, capture, profile};
    for (const Step& step : transcript.steps) profiler.take(step);
    profiler.end();
    return profile;
}

constexpr const char* dialogue =
    "# dialect: bc26\n"
    "@0.000 > AT+CGMR\\r\n"
    "@0.010 < \\r\\nRevision: BC26NBR01A05\\r\\n\n"
    "@0.020 < \\r\\nOK\\r\\n\n"
    "@1.000 > AT+QIOPEN=1,0,\"TCP\",\"1.2.3.4\",80\\r\n"
    "@1.020 < \\r\\nOK\\r\\n\n"
    "@1.500 < \\r\\n+QIOPEN: 0,0\\r\\n\n"
    "@2.000 > AT+QISEND=0,5\\r\n"
    "@2.030 < \\r\\n>\\x20\n"
    "@3.000 > hello\n"
    "@3.040 < \\r\\nOK\\r\\n\n"
    "@3.100 < \\r\\n\\r\\nSEND OK\\r\\n\n"
    "@4.000 < \\r\\n+QIURC: \"recv\",0\\r\\n\n"
    "@5.000 > AT+QIRD=0,512\\r\n"
    "@5.050 < \\r\\n+QIRD: 5\\r\\nhello\\r\\n\n"
    "@5.060 < \\r\\n+QIOPEN: 3,0\\r\\n\n"
    "@5.070 < \\r\\nOK\\r\\n\n";

TEST(Profiling, SaysWhatWasSeen) {
    std::string text = written(profile_of_text(dialogue));
    std::ranges::replace(text, '\t', '|');
    EXPECT_EQ(text, R"profile(atwire profile 2
dialect bc26
firmware BC26NBR01A05

result|AT+CGMR|-|-|1|OK|-|OK
result|AT+QIOPEN=_,_,_,_,_|-|-|1|OK|-|OK
result|AT+QIRD=_,_|-|-|1|OK|-|OK
result|AT+QISEND=_,_|-|-|1|OK|-|OK

place|AT+QIOPEN=_,_,_,_,_|+QIOPEN|-|1|behind the result|-|+QIOPEN: 0,0
place|AT+QIRD=_,_|+QIRD|-|1|before the result|-|+QIRD: 5
place|AT+QISEND=_,_|>|-|1|before the result|-|>
place|AT+QISEND=_,_|SEND OK|-|1|behind the result|-|SEND OK

shape|-|+QIOPEN|-|1|+QIOPEN: <int>,<int>|-|+QIOPEN: 3,0
shape|-|+QIURC: "recv"|-|1|+QIURC: "recv",<int>|-|+QIURC: "recv",0
shape|AT+CGMR|<text>|-|1|<text>|-|Revision: BC26NBR01A05
shape|AT+CGMR|OK|-|1|OK|-|OK
shape|AT+QIOPEN=_,_,_,_,_|+QIOPEN|-|1|+QIOPEN: <int>,<int>|-|+QIOPEN: 0,0
shape|AT+QIOPEN=_,_,_,_,_|OK|-|1|OK|-|OK
shape|AT+QIRD=_,_|+QIRD|-|1|+QIRD: <int>|-|+QIRD: 5
shape|AT+QIRD=_,_|OK|-|1|OK|-|OK
shape|AT+QISEND=_,_|>|-|1|>|-|>
shape|AT+QISEND=_,_|OK|-|1|OK|-|OK
shape|AT+QISEND=_,_|SEND OK|-|1|SEND OK|extra_blank_line|SEND OK

frame|-|+QIOPEN|-|1|\r\n*\r\n|-|+QIOPEN: 0,0
frame|-|+QIRD|-|1|\r\n*\r\n|-|+QIRD: 5
frame|-|+QIURC: "recv"|-|1|\r\n*\r\n|-|+QIURC: "recv",0
frame|-|>|-|1|\r\n*\x20|-|>
frame|-|OK|-|2|\r\n*\r\n|-|OK
frame|-|SEND OK|-|1|\r\n\r\n*\r\n|-|SEND OK

payload|AT+QIRD=_,_|+QIRD|-|1|<text>|-|+QIRD: 5

value|-|+QIOPEN|error|2|0|-|+QIOPEN: 0,0

times|AT+CGMR|OK|20|21:1|AT+CGMR|# 1: median 20, 95 % 20, most 20 ms
times|AT+QIOPEN=_,_,_,_,_|+QIOPEN|500|511:1|AT+QIOPEN=1,0,"TCP","1.2.3.4",80|# 1: median 500, 95 % 500, most 500 ms
times|AT+QIOPEN=_,_,_,_,_|OK|20|21:1|AT+QIOPEN=1,0,"TCP","1.2.3.4",80|# 1: median 20, 95 % 20, most 20 ms
times|AT+QIRD=_,_|OK|70|71:1|AT+QIRD=0,512|# 1: median 70, 95 % 70, most 70 ms
times|AT+QISEND=_,_|>|30|31:1|AT+QISEND=0,5|# 1: median 30, 95 % 30, most 30 ms
times|AT+QISEND=_,_|OK|40|43:1|AT+QISEND=0,5|# 1: median 40, 95 % 40, most 40 ms
times|AT+QISEND=_,_|SEND OK|100|103:1|AT+QISEND=0,5|# 1: median 100, 95 % 100, most 100 ms
)profile");
}

TEST(Profiling, LeavesOutWhatACaptureCantShow) {
    const Profile profile = profile_of_text(dialogue, {Form::terminal, false, false, true});
    for (const auto& [what, seen] : profile.seen) EXPECT_NE(what.first, About::frame);
}

TEST(Profiling, TakesNoTimeWhereTheHostTakesPart) {
    const Profile profile = profile_of_text(dialogue);
    EXPECT_EQ(profile.times.at({"AT+QISEND=_,_", ">", {}}).longest(), 30u);
    EXPECT_EQ(profile.times.at({"AT+QISEND=_,_", "OK", {}}).longest(), 40u) << "from the end of the data";
    EXPECT_EQ(profile.times.at({"AT+QIOPEN=_,_,_,_,_", "+QIOPEN", {}}).longest(), 500u);
}

TEST(Profiling, TakesNoTimeOfACommandThatWaitedForAnother) {
    const Profile profile = profile_of_text(
        "# dialect: bc26\n@1.0 > AT+QISTATE?\\r\n@1.1 > AT+QIRD=?\\r\n@3.0 < \\r\\nOK\\r\\n\n@3.1 < \\r\\nOK\\r\\n\n");
    EXPECT_TRUE(profile.times.contains({"AT+QISTATE?", "OK", {}}));
    EXPECT_FALSE(profile.times.contains({"AT+QIRD=?", "OK", {}}));
}

TEST(Profiling, TellsLinesOfOtherSocketsFromTheAnswer) {
    const Profile profile = profile_of_text(
        "# dialect: bc26\n> AT+QIOPEN=1,0,\"TCP\",\"1.2.3.4\",80\\r\n< \\r\\n+QIOPEN: 3,0\\r\\n\n< \\r\\nOK\\r\\n\n"
        "< \\r\\n+QIOPEN: 4,0\\r\\n\n< \\r\\n+QIOPEN: 0,0\\r\\n\n");
    EXPECT_EQ(count(profile.of(About::shape, {{}, "+QIOPEN", {}})), 2u);
    const Alternatives& places = profile.of(About::place, {"AT+QIOPEN=_,_,_,_,_", "+QIOPEN", {}});
    ASSERT_EQ(places.size(), 1u);
    EXPECT_TRUE(places.contains(std::string{behind_result}));
}

TEST(Profiling, SeesWhatComesBeforeTheDataAreTaken) {
    const std::string early =
        "# dialect: bc26\n> AT+QISEND=0,5\\r\n< \\r\\n>\\x20\n< \\r\\nSEND OK\\r\\n\n> hello\n< \\r\\nOK\\r\\n\n";
    const Subject send_ok{"AT+QISEND=_,_", "SEND OK", {}};
    EXPECT_TRUE(profile_of_text(early).of(About::place, send_ok).contains(std::string{before_data}));
    const Profile echoed = profile_of_text(early, {Form::terminal, true, false, true, true});
    EXPECT_FALSE(echoed.of(About::place, send_ok).contains(std::string{before_data})) << "nobody knows when the data were sent";
}

TEST(Profiling, KnowsNoLineThatTheCaptureCutsInTwo) {
    const Capture raw{Form::raw, true, false, false};
    Profile profile;
    Profiler profiler{*dialect_named("bc26"), raw, profile};
    profiler.take({.type = Step::Type::module, .bytes = "EN: 0,0\r\n\r\n+QIOPEN: 1,0\r\n\r\n+QIOP"});
    profiler.end();
    std::set<std::string> messages;
    for (const auto& [what, seen] : profile.seen) messages.insert(what.second.message);
    EXPECT_EQ(messages, (std::set<std::string>{"+QIOPEN"}));
}

Exchange exchange_of(std::string_view dialect, const std::string& line) {
    atwire::Settings settings;
    const Dialogue empty{*dialect_named(dialect), settings};
    const atwire::Command command = atwire::command_of(atwire::Raw{});
    return empty.begun({command, {}, line});
}
std::string trigger_in(std::string_view dialect, const std::string& line) { return trigger_of(exchange_of(dialect, line)); }

TEST(Triggers, KeepWhatTellsFormsApart) {
    EXPECT_EQ(trigger_in("bc26", "AT+QIOPEN=1,0,\"TCP\",\"1.2.3.4\",80"), "AT+QIOPEN=_,_,_,_,_");
    EXPECT_EQ(trigger_in("bc26", "at+qistate?"), "AT+QISTATE?");
    EXPECT_EQ(trigger_in("bc26", "AT+QISTATE=?"), "AT+QISTATE=?");
    EXPECT_EQ(trigger_in("bc26", "AT+QISEND=0,0"), "AT+QISEND=_,0");
    EXPECT_EQ(trigger_in("bc26", "AT+QISEND=0,7"), "AT+QISEND=_,_");
    EXPECT_EQ(trigger_in("bc26", "AT+QICFG=\"viewmode\",1"), "AT+QICFG=\"viewmode\",_");
    EXPECT_EQ(trigger_in("a76xx", "AT+CIPRXGET=2,0,100"), "AT+CIPRXGET=2,_,_");
    EXPECT_EQ(trigger_in("bc26", "ATI"), "ATI");
    EXPECT_EQ(trigger_in("bc26", "AT+CFUN=1,1"), "AT+CFUN=_,_");
    EXPECT_EQ(trigger_in("bc26", "hello"), "<text>");
    EXPECT_EQ(trigger_in("bc26", "AT" + std::string(100, 'X')), "<text>");
}

}  // namespace
}  // namespace conformance
