// `atwire check --report html`: the page says what the JSON report says, and draws what was said.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "gate/check_page.hpp"
#include "gate/page_text.hpp"
#include "gate/program.hpp"
#include "gate/timeline_recorder.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

constexpr const char* bad =
    "# dialect: bc26\n@1 > AT+QIRD=9,10\\r\n@1.2 < \\r\\nERROR\\r\\n\n@3 < \\r\\n+QIOPEN: 0,600\\r\\n\n@4 < \\r\\n+QIOPEN: "
    "0,x\\r\\n\n";

class CheckPage : public Program {
protected:
    [[nodiscard]] std::string page(const std::string& arguments) const {
        EXPECT_EQ(run("check --report html:page.html " + arguments).output, "");
        return contents(directory() / "page.html");
    }
    [[nodiscard]] Json timelines(const std::string& arguments) const { return timelines_in(page(arguments)); }
    [[nodiscard]] Json json(const std::string& arguments) const {
        return Json::parse(run("check --report json " + arguments).output);
    }
};

/// The place and the expectation of each finding, as JSON has them and as the page has them.
std::multiset<std::string> findings_of(const Json& report) {
    std::multiset<std::string> all;
    for (const Json& capture : report["captures"])
        for (const Json& rule : capture["rules"])
            for (const Json& finding : rule["findings"])
                all.insert(capture["file"].get<std::string>() + ":" + finding["line"].dump() + " " +
                           rule["rule"].get<std::string>() + " " + finding["expected"].get<std::string>());
    return all;
}

std::multiset<std::string> findings_of(const std::string& page) {
    std::multiset<std::string> all;
    std::string rule, place;
    std::istringstream lines{page};
    const std::regex rule_line{R"(<code class="rule">([^<]*)<)"}, place_line{R"(<p class="place">([^<]*?)( <|<))"},
        expected_line{R"(<span>expected</span> ([^<]*)<)"};
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (std::regex_search(line, found, rule_line)) rule = found[1];
        if (std::regex_search(line, found, place_line)) place = found[1];
        if (std::regex_search(line, found, expected_line)) all.insert(unescaped(place + " " + rule + " " + found[1].str()));
    }
    return all;
}

TEST_F(CheckPage, HasTheFindingsOfTheOtherReports) {
    file("bad.at", bad);
    const std::string corpus = ATWIRE_CORPUS;
    for (const std::string& captures : {std::string{"bad.at"}, corpus + "/bc26/captures", corpus + "/a76xx"}) {
        const Json report = json("--limit 1000 " + captures);
        const auto expected = findings_of(report);
        ASSERT_FALSE(expected.empty());
        const std::string text = page("--limit 1000 " + captures);
        EXPECT_EQ(findings_of(text), expected) << captures;
        EXPECT_EQ(count(text, "data-message="), expected.size()) << "each leads to its message";
        std::size_t marked = 0;
        for (const Json& timeline : timelines_in(text))
            for (const Json& message : timeline["messages"]) marked += message.value("found", Json::array()).size();
        EXPECT_EQ(marked, expected.size()) << "and each message to its findings";
    }
}

TEST_F(CheckPage, ShowsTheVerdictAndTheByte) {
    file("bad.at", bad);
    EXPECT_EQ(run("check --report html bad.at").code, 1);
    const std::string text = page("bad.at");
    EXPECT_NE(text.find("<h1>Deviates</h1>\n<p class=\"summary\">1 capture: 3 errors, 0 warnings, 0 notes</p>"), text.npos);
    EXPECT_NE(text.find("bad.at</span> <span class=\"facts\">bc26, transcript</span>"), text.npos);
    EXPECT_NE(text.find("<pre>+QIOPEN: 0,x\n           <b>^</b></pre>"), text.npos);
    EXPECT_NE(text.find("The host&#39;s mistakes"), text.npos);
    file("good.at", "# dialect: bc26\n> AT\\r\n< \\r\\nOK\\r\\n\n");
    EXPECT_NE(page("good.at").find("<h1>Holds</h1>"), text.npos);
    EXPECT_NE(page("good.at").find("Nothing was found."), text.npos);
    EXPECT_NE(page("missing.at").find("<h1>Not checked to the end</h1>"), text.npos);
    EXPECT_NE(page("missing.at").find("missing.at: No such file or directory"), text.npos);
    file("old.known", "syntax.text  <b>*  # gone & forgotten\n");
    EXPECT_NE(page("--known old.known good.at").find("gone &amp; forgotten</span>"), text.npos);
    EXPECT_NE(page("--known old.known good.at").find("<pre>&lt;b&gt;*</pre>"), text.npos);
}

TEST_F(CheckPage, DrawsWhatWasSaid) {
    file("talk.at",
         "# dialect: bc26\n"
         "> AT+QICFG=\"viewmode\",0\\r\n"
         "@1.5 < \\r\\nOK\\r\\n\n"
         "@2 > AT+QIOPEN=1,3,\"TCP\",\"1.2.3.4\",80,0,1\\r\n"
         "@2.1 < \\r\\nOK\\r\\n\n"
         "@3 < \\r\\n+QIOPEN: 3,0\\r\\n\n"
         "@4 < \\r\\n+QIURC: \"recv\",3,4\\r\\n\\r\\nOK\\r\\n\n"
         "@5 > AT+QISEND=3,2\\r\n"
         "@5.1 < \\r\\n>\\x20\n"
         "@5.2 > hi\n"
         "@5.3 < \\r\\nOK\\r\\n\n"
         "@5.4 < \\r\\nSEND OK\\r\\n\n"
         "@6 < \\r\\n+QIO\n");
    const Json timeline = timelines("talk.at").at(0);
    EXPECT_EQ(timeline["name"], "talk.at");
    EXPECT_EQ(timeline["times"], true);
    EXPECT_EQ(timeline["clock"], false);
    EXPECT_EQ(timeline["lanes"], Json({"general", "socket 3"}));
    std::string seen;
    for (const Json& message : timeline["messages"])
        seen += (message.contains("host") ? ">" : "<") + message["lane"].dump() + message.value("time", Json{}).dump() + " " +
                message["name"].get<std::string>() + "\n";
    EXPECT_EQ(seen,
              ">0null set_option\n<01.5 ok\n"
              ">12.0 open_socket\n<12.1 ok\n<13.0 socket_opened\n<14.0 data_received\n<14.0 payload\n"
              ">15.0 send\n<15.1 prompt\n>15.2 send_data\n<15.3 ok\n<15.4 send_ok\n<06.0 unfinished\n");
    const Json opened = timeline["messages"][4];
    EXPECT_EQ(opened["wire"], "+QIOPEN: 3,0");
    EXPECT_EQ(opened["line"], 6);
    EXPECT_EQ(opened["fields"], Json({{"socket", 3}, {"error", 0}}));
    EXPECT_FALSE(timeline["messages"][6]["fields"].contains("data")) << "the wire has it";
}

TEST_F(CheckPage, SaysWhatACaptureHasOfTimes) {
    file("raw.bin", "\r\nOK\r\n");
    const Json raw = timelines("--dialect bc26 raw.bin").at(0);
    EXPECT_EQ(raw["times"], false);
    EXPECT_EQ(raw["messages"][0]["line"], 0);
    file("log.txt", "12:00:01.250 > AT\n12:00:01.300 < OK\n");
    const Json log = timelines("--dialect bc26 log.txt").at(0);
    EXPECT_EQ(log["times"], true);
    EXPECT_EQ(log["clock"], true);
    EXPECT_EQ(log["messages"][0]["time"], 43201.25);
}

/// Whatever a module says, it is text: of the page, and of what its script reads.
TEST_F(CheckPage, EscapesHostileBytes) {
    std::string wire = "</script><script>alert(1)</script><!-- --> \"'&{{x}}";
    for (int byte = 0; byte < 256; ++byte)
        if (byte != '\r' && byte != '\n') wire += static_cast<char>(byte);
    const std::string name = "<pre><b>\x01\xFF.raw";
    file(name, "\r\n" + wire + "\r\n\r\n+QIOPEN: 0,</script><!--\r\n");
    const std::string text = page("--dialect bc26 '" + name + "'");
    EXPECT_EQ(count(text, "<script"), 2u);
    EXPECT_EQ(count(text, "</script"), 2u);
    EXPECT_EQ(count(text, "<!--") + count(text, "-->") + count(text, "<b>."), 0u);
    EXPECT_NE(text.find("+QIOPEN: 0,&lt;/script&gt;&lt;!--\n           <b>^</b></pre>"), text.npos);
    EXPECT_TRUE(std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; }));
    const Json messages = timelines_in(text).at(0)["messages"];
    EXPECT_EQ(messages.back()["wire"], "+QIOPEN: 0,</script><!--");
    EXPECT_EQ(timelines_in(text).at(0)["name"], "<pre><b>\\x01\\xFF.raw");
    EXPECT_NE(text.find("&lt;pre&gt;&lt;b&gt;\\x01\\xFF.raw: byte "), text.npos);
}

TEST_F(CheckPage, MarksWhatIsOnlyCountedToo) {
    std::string many = "# dialect: bc26\n";
    for (int i = 0; i < 30; ++i) many += "< \\r\\n+QIOPEN: 0," + std::to_string(600 + i) + "\\r\\n\n";
    file("many.at", many);
    const std::string text = page("--limit 4 many.at");
    EXPECT_EQ(count(text, "class=\"expected\""), 4u);
    EXPECT_NE(text.find("and 26 more"), text.npos);
    std::size_t listed = 0;
    const Json timeline = timelines_in(text).at(0);
    for (const Json& message : timeline["messages"]) {
        EXPECT_EQ(message["found"].at(0)["rule"], "qi.qiopen.err-in-table");
        EXPECT_EQ(message["found"].at(0)["tone"], "error");
        listed += message["found"].at(0).contains("id");
    }
    EXPECT_EQ(timeline["messages"].size(), 30u);
    EXPECT_EQ(listed, 4u);
    file("known.txt", "qi.qiopen.err-in-table  *\n");
    EXPECT_FALSE(timelines("--known known.txt many.at").at(0)["messages"][0].contains("found")) << "it is known";
}

TEST_F(CheckPage, HasNoLaneForEachNumberThatAnyoneMakesUp) {
    std::string many = "# dialect: bc26\n";
    for (int i = 0; i < 300; ++i) many += "< \\r\\n+QIURC: \"closed\"," + std::to_string(i) + "\\r\\n\n";
    file("many.at", many);
    const Json timeline = timelines("many.at").at(0);
    EXPECT_LE(timeline["lanes"].size(), 14u) << timeline["lanes"];
    EXPECT_EQ(timeline["messages"].size(), 300u);
}

TEST_F(CheckPage, DrawsEachCapture) {
    std::filesystem::create_directory(directory() / "lab");
    file("lab/a.at", bad);
    file("lab/b.at", "# dialect: bc26\n> AT\\r\n< \\r\\nOK\\r\\n\n");
    file("lab/c.at", bad);
    const std::string text = page("lab");
    EXPECT_EQ(timelines_in(text).size(), 3u);
    EXPECT_NE(text.find("lab/c.at:2 <a class=\"shows\" href=\"#timeline\" data-timeline=\"2\" data-message=\"0\">"), text.npos);
}

/// What came before an unusable line is drawn, without times where it had none.
TEST_F(CheckPage, DrawsWhatCouldBeRead) {
    file("broken.at", "# dialect: bc26\n> AT\\r\n< \\r\\nOK\\r\\n\nnonsense\n");
    const Json timeline = timelines("broken.at").at(0);
    EXPECT_EQ(timeline["messages"].size(), 2u);
    EXPECT_EQ(timeline["times"], false);
}

// ── Long captures ───────────────────────────────────────────────────────────────────────────────────────────────────────────

constexpr Capture transcript{.form = Form::transcript, .framing = true, .times = true, .both_sides = true};

/// A timeline of at most so many messages, of the URCs 0, 1, 2, …, where something is found in some of them.
Timeline recorded(std::size_t most, std::size_t urcs, const std::vector<std::size_t>& found) {
    Timeline timeline;
    TimelineRecorder recorder{*dialect_named("bc26"), transcript, most, timeline};
    for (std::size_t i = 0; i < urcs; ++i) {
        recorder.take({.type = Step::Type::module, .line = i, .bytes = "\r\n+QIURC: \"closed\",1\r\n"});
        if (std::ranges::find(found, i) != found.end()) recorder.found();
    }
    recorder.end();
    return timeline;
}

void expect_lines(const Timeline& timeline, std::size_t first, std::size_t last, std::size_t all) {
    ASSERT_FALSE(timeline.messages.empty());
    EXPECT_EQ(timeline.messages.front().place.line, first);
    EXPECT_EQ(timeline.messages.back().place.line, last);
    EXPECT_EQ(timeline.messages.size(), last - first + 1) << "without a gap";
    EXPECT_EQ(timeline.before, first);
    EXPECT_EQ(timeline.before + timeline.messages.size() + timeline.behind, all);
}

TEST(Timelines, KeepWhatIsRoundTheFirstFinding) {
    expect_lines(recorded(10, 10, {}), 0, 9, 10);
    expect_lines(recorded(10, 10, {9}), 5, 9, 10);
    expect_lines(recorded(10, 100, {}), 90, 99, 100);
    expect_lines(recorded(10, 100, {50}), 46, 55, 100);
    expect_lines(recorded(10, 100, {50, 53, 90}), 46, 55, 100);
    expect_lines(recorded(10, 100, {2}), 0, 9, 100);
    expect_lines(recorded(1, 3, {1}), 1, 1, 3);
}

TEST(Timelines, KeepTheBeginningOfLongLists) {
    Timeline timeline;
    TimelineRecorder recorder{*dialect_named("bc26"), transcript, 10, timeline};
    std::string line = "\r\n+XY: 1";
    for (int i = 0; i < 3000; ++i) line += ",\"\x80\"";
    recorder.take({.type = Step::Type::module, .line = 1, .bytes = line + "\r\n"});
    recorder.end();
    EXPECT_GT(timeline.messages.at(0).fields.dump().size(), 100u) << timeline.messages.at(0).name;
    EXPECT_LE(timeline.messages.at(0).fields.dump().size(), 600u);
}

TEST(Timelines, KeepTheBeginningOfLongBytes) {
    Timeline timeline;
    TimelineRecorder recorder{*dialect_named("bc26"), transcript, 10, timeline};
    recorder.take({.type = Step::Type::module, .line = 1, .bytes = "\r\n" + std::string(5000, 'x') + "\r\n"});
    recorder.end();
    EXPECT_EQ(timeline.messages.at(0).wire.size(), Message::most_wire);
    EXPECT_EQ(timeline.messages.at(0).length, 5000u);
    EXPECT_LE(timeline.messages.at(0).fields.dump().size(), 300u);
}

TEST(Timelines, AreShorterWhereThereAreMany) {
    EXPECT_EQ(timeline_length(1), 20000u);
    EXPECT_EQ(timeline_length(40), 1000u);
    EXPECT_EQ(timeline_length(10000), 100u);
}

}  // namespace
}  // namespace conformance
