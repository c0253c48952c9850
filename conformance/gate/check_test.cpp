// `atwire check` as a user meets it: what it says of captures, its reports, known deviations, exit codes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "gate/check_phrases.hpp"
#include "gate/program.hpp"
#include "rules/check.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

// ── Known deviations ────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Patterns, MatchWholeTexts) {
    EXPECT_TRUE(matches("*", ""));
    EXPECT_TRUE(matches("", ""));
    EXPECT_FALSE(matches("", "a"));
    EXPECT_TRUE(matches("+QIOPEN: *,600", "+QIOPEN: 0,600"));
    EXPECT_FALSE(matches("+QIOPEN: *,600", "+QIOPEN: 0,6001"));
    EXPECT_TRUE(matches("*a*b", "xaxbxb"));
    EXPECT_FALSE(matches("*a*b", "xbxa"));
    EXPECT_FALSE(matches("a", "ab"));
    EXPECT_TRUE(matches("a**", "a"));
    EXPECT_TRUE(matches("[x]?", "[x]?")) << "only * is special";
}

TEST(KnownDeviations, KeepCommentsReasonsAndOrder) {
    std::istringstream file{
        "# of R03\n\nsyntax.malformed  +QIOPEN: *  # E001, # and more\nsyntax.field  *\nqi.qiopen.err-in-table  +QIOPEN: "
        "0,6\\x20  # why\n"};
    const KnownDeviations known{file, "r03.known"};
    ASSERT_EQ(known.entries().size(), 3u);
    EXPECT_EQ(known.entries()[0].pattern, "+QIOPEN: *");
    EXPECT_EQ(known.entries()[0].reason, "E001, # and more");
    EXPECT_EQ(known.entries()[1].reason, "");
    EXPECT_EQ(known.find("syntax.malformed", "+QIOPEN: 0,x"), std::vector<std::size_t>{0});
    EXPECT_TRUE(known.find("syntax.malformed", "+QIRD: x").empty());
    EXPECT_TRUE(known.find("syntax.truncated", "+QIOPEN: 0,x").empty());
    EXPECT_EQ(known.updated({false, true, false}, {{"syntax.text", "RDY", "", 0}}),
              "# of R03\n\nsyntax.malformed  +QIOPEN: *  # E001, # and more\nqi.qiopen.err-in-table  +QIOPEN: 0,6\\x20  # "
              "why\nsyntax.text  "
              "RDY  # why?\n");
}

// ── What is shown ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The character that the caret stands under.
std::string under(const Excerpt& shown) { return shown.text.substr(shown.caret, 1); }

TEST(Excerpts, HaveTheirCaretUnderTheByte) {
    EXPECT_EQ(excerpt("ab\x01Xcd", 3).text, "ab\\x01Xcd");
    EXPECT_EQ(under(excerpt("ab\x01Xcd", 3)), "X");
    EXPECT_EQ(under(excerpt("a b Xcd", 4)), "X");
    EXPECT_EQ(excerpt("a b Xcd", 4).text, "a b Xcd");
    EXPECT_EQ(excerpt("abc", 3).caret, 3u) << "behind the end";
    EXPECT_EQ(excerpt("abc", 99).caret, 3u);
    for (const std::size_t at : {std::size_t{0}, std::size_t{10}, std::size_t{500}, std::size_t{996}}) {
        std::string line(1000, '\x02');
        line[at] = 'X';
        const Excerpt shown = excerpt(line, at);
        EXPECT_LE(shown.text.size(), 110u);
        EXPECT_EQ(under(shown), "X") << at << ": " << shown.text;
    }
}

TEST(Sections, AreTheDialects) {
    const Rule* rule = rule_of("all.colon.one-blank");
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(section_of(*rule, "bc26"), "4.1.1");
    EXPECT_EQ(section_of(*rule, "bc95"), "5.1; 2.7");
}

// ── The program ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

constexpr const char* good = "# dialect: bc26\n> AT+QICLOSE=0\\r\n< \\r\\nOK\\r\\n\n< \\r\\nCLOSE OK\\r\\n\n";
constexpr const char* bad =
    "# dialect: bc26\n> AT+QIRD=9,10\\r\n< \\r\\nERROR\\r\\n\n< \\r\\n+QIOPEN: 0,600\\r\\n\n< \\r\\n+QIOPEN: 0,x\\r\\n\n";

class CheckProgram : public Program {
protected:
    [[nodiscard]] nlohmann::json json(const std::string& arguments) const {
        return nlohmann::json::parse(run("check --report json " + arguments).output);
    }
    /// The rules that were found, each with how often, over all captures.
    [[nodiscard]] std::map<std::string, int> rules(const std::string& arguments) const {
        std::map<std::string, int> found;
        const nlohmann::json report = json(arguments);
        for (const auto& capture : report["captures"])
            for (const auto& rule : capture["rules"]) found[rule["rule"].get<std::string>()] += rule["count"].get<int>();
        return found;
    }
};

TEST_F(CheckProgram, SaysWhatHolds) {
    file("good.at", good);
    const Result result = run("check good.at");
    EXPECT_EQ(result.code, 0) << result.errors;
    EXPECT_EQ(result.errors, "");
    EXPECT_EQ(result.output,
              "1 capture: holds, 0 errors, 0 warnings, 0 notes\n  good.at: bc26, transcript; not held: times\n\n"
              "The captures hold what the manual says.\n");
}

TEST_F(CheckProgram, ReportsEachFindingForPeople) {
    file("bad.at", bad);
    const Result result = run("check bad.at");
    EXPECT_EQ(result.code, 1);
    EXPECT_EQ(result.errors, "");
    EXPECT_EQ(result.output, contents(fs::path{ATWIRE_GOLDEN} / "check.txt")) << result.output;
}

TEST_F(CheckProgram, ReportsForPrograms) {
    file("bad.at", bad);
    const auto report = json("bad.at");
    EXPECT_EQ(report["verdict"], "deviations");
    EXPECT_EQ(report["errors"], 3);
    const auto& capture = report["captures"][0];
    EXPECT_EQ(capture["file"], "bad.at");
    EXPECT_EQ(capture["form"], "transcript");
    EXPECT_EQ(capture["times"], false);
    const auto& host = capture["rules"][1];
    EXPECT_EQ(host["rule"], "bc26.connect-id.range");
    EXPECT_EQ(host["side"], "host");
    EXPECT_EQ(host["findings"][0]["line"], 2);
    EXPECT_EQ(host["findings"][0]["wire"], "AT+QIRD=9,10");
    EXPECT_EQ(host["findings"][0]["caret"], 8);
    EXPECT_EQ(rules("bad.at"),
              (std::map<std::string, int>{{"bc26.connect-id.range", 1}, {"qi.qiopen.err-in-table", 1}, {"syntax.malformed", 1}}));
}

TEST_F(CheckProgram, ReportsForCi) {
    file("bad.at", bad);
    file("push.bin", "\r\n+QIOPEN: 0,<&\"\r\n\r\nOK\r\n");
    EXPECT_EQ(run("check --dialect bc26 --report junit:out.xml bad.at push.bin").code, 1);
    const std::string report = contents(directory() / "out.xml");
    EXPECT_NE(report.find("<testsuite name=\"bad.at\" tests=\""), std::string::npos);
    EXPECT_NE(report.find("failures=\"3\" errors=\"0\""), std::string::npos) << report.substr(0, 200);
    EXPECT_NE(report.find("<testcase classname=\"bc26\" name=\"syntax.malformed\">\n      <failure type=\"error\""),
              std::string::npos);
    EXPECT_NE(report.find("+QIOPEN: 0,&lt;&amp;&quot;"), std::string::npos);
    EXPECT_NE(report.find("name=\"nb.qiopen.mrt-300ms\"><skipped message=\"the capture has no times\"/>"), std::string::npos);
    EXPECT_NE(report.find("name=\"qi.qicfg.readback\"><skipped message=\"the capture lacks the host's side\"/>"),
              std::string::npos);
    EXPECT_EQ(std::system(("python3 -c 'import sys,xml.dom.minidom;xml.dom.minidom.parse(sys.argv[1])' '" +
                           (directory() / "out.xml").string() + "'")
                              .c_str()),
              0);
}

/// What no other rule is about is found by the rules of syntax, and fails there too.
TEST_F(CheckProgram, ReportsTheRulesOfSyntaxForCi) {
    file("field.at",
         "# dialect: bc26\n> AT+QISTATE?\\r\n< \\r\\n+QISTATE: 0,\"TCP\",\"220.180.239.212\",8062,0,2,0,1\\r\\n\\r\\nOK\\r\\n\n");
    const Result result = run("check --report junit field.at");
    EXPECT_EQ(result.code, 1);
    EXPECT_NE(result.output.find("name=\"syntax.field\">\n      <failure"), std::string::npos) << result.output.substr(0, 300);
    for (const char* rule : {"syntax.field", "syntax.parameter", "syntax.command"}) EXPECT_TRUE(is_held(*rule_of(rule))) << rule;
}

TEST_F(CheckProgram, CountsWhatItDoesNotShow) {
    std::string many = "# dialect: bc26\n";
    for (int i = 0; i < 30; ++i) many += "< \\r\\n+QIOPEN: 0," + std::to_string(600 + i) + "\\r\\n\n";
    file("many.at", many);
    const Result result = run("check --limit 4 many.at");
    EXPECT_NE(result.output.find("    30  error    qi.qiopen.err-in-table\n"), std::string::npos) << result.output;
    EXPECT_NE(result.output.find("    and 26 more in many.at\n"), std::string::npos);
    EXPECT_EQ(json("--limit 4 many.at")["captures"][0]["rules"][0]["findings"].size(), 4u);
}

TEST_F(CheckProgram, HoldsTimesWhereThereAreSome) {
    file("slow.at", "# dialect: bc26\n@1 > AT+QICLOSE=0\\r\n@2 < \\r\\nOK\\r\\n\n@3 < \\r\\nCLOSE OK\\r\\n\n> AT+QICLOSE=0\\r\n");
    EXPECT_NE(run("check slow.at").output.find("slow.at: bc26, transcript\n"), std::string::npos);
}

TEST_F(CheckProgram, FailsOfWhatIsNotKnown) {
    file("bad.at", bad);
    file("some.known", "syntax.malformed  *  # a printf\n");
    EXPECT_EQ(run("check --known some.known bad.at").code, 1);
    file("all.known", "syntax.malformed  *\nqi.qiopen.err-in-table  +QIOPEN: *,600\nbc26.connect-id.range  AT+QIRD=9,10\n");
    const Result known = run("check --known all.known bad.at");
    EXPECT_EQ(known.code, 0) << known.output;
    EXPECT_NE(known.output.find("3 known"), std::string::npos);
    file("good.at", good);
    const Result gone = run("check --known some.known good.at");
    EXPECT_EQ(gone.code, 1) << "it no longer occurs";
    EXPECT_NE(gone.output.find("    line 1: syntax.malformed  *\n"), std::string::npos) << gone.output;
}

TEST_F(CheckProgram, UpdatesWhatIsKnown) {
    file("bad.at", bad);
    EXPECT_EQ(run("check --known new.known --update-known bad.at").code, 0);
    EXPECT_EQ(contents(directory() / "new.known"),
              "qi.qiopen.err-in-table  +QIOPEN: 0,600  # why?\nbc26.connect-id.range  AT+QIRD=9,10  # why?\nsyntax.malformed  "
              "+QIOPEN: 0,x  # "
              "why?\n");
    EXPECT_EQ(run("check --known new.known bad.at").code, 0);
    const std::string kept = "# head\nsyntax.malformed  +QIOPEN: 0,*  # a printf\n";
    file("old.known", kept + "syntax.truncated  *  # not any more\n");
    EXPECT_EQ(run("check --known old.known --update-known bad.at").code, 0);
    EXPECT_EQ(contents(directory() / "old.known"),
              kept + "qi.qiopen.err-in-table  +QIOPEN: 0,600  # why?\nbc26.connect-id.range  AT+QIRD=9,10  # why?\n");
}

TEST_F(CheckProgram, KeepsTheKnownFilesPlaceAndPermissions) {
    file("bad.at", bad);
    file("r03.known", "# head\n");
    fs::create_symlink("r03.known", directory() / "link.known");
    fs::permissions(directory() / "r03.known", fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(run("check --known link.known --update-known bad.at").code, 0);
    EXPECT_TRUE(fs::is_symlink(directory() / "link.known"));
    EXPECT_EQ(fs::status(directory() / "r03.known").permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(run("check --known r03.known bad.at").code, 0);
}

TEST_F(CheckProgram, ShowsEachKnownDeviationThatAFindingMatches) {
    file("bad.at", bad);
    file("all.known",
         "syntax.malformed  *\n syntax.malformed\t+QIOPEN: 0,x  # the same\nqi.qiopen.err-in-table  *\nbc26.connect-id.range  "
         "*\n");
    const Result result = run("check --known all.known bad.at");
    EXPECT_EQ(result.code, 0) << result.output;
    EXPECT_NE(result.output.find("3 known"), std::string::npos) << result.output;
}

TEST_F(CheckProgram, TakesATranscriptForWhatItSays) {
    file("good.at", good);
    const Result result = run("check --dialect a76xx good.at");
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.errors, "atwire: good.at: its dialect is bc26, not a76xx as --dialect says\n");
    EXPECT_EQ(run("check --dialect bc26 good.at").code, 0);
}

/// An unusable capture is neither one that holds nor one that deviates, and may show what is known.
TEST_F(CheckProgram, SaysWhatWasNotChecked) {
    file("some.known", "syntax.malformed  *\n");
    const Result result = run("check --known some.known missing.at");
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(result.output,
              "1 capture: not checked to the end, 0 errors, 0 warnings, 0 notes\n"
              "  not checked to its end: missing.at: No such file or directory\n\n"
              "What could not be checked to its end may have deviations that are not shown.\n");
}

TEST_F(CheckProgram, LosesNoKnownDeviationsAfterAPartialRun) {
    file("bad.at", bad);
    file("old.known", "syntax.truncated  *  # kept\n");
    EXPECT_EQ(run("check --known old.known --update-known bad.at missing.at").code, 2);
    EXPECT_EQ(contents(directory() / "old.known"), "syntax.truncated  *  # kept\n");
    file("broken.known", "syntax.malformed *  # fine\nsyntax.nonsense  *\n");
    expect_refused("check --known broken.known bad.at",
                   "broken.known:2:1: there is no rule syntax.nonsense; `atwire check --rules` prints them");
    file("broken.known", "syntax.malformed  # no pattern\n");
    expect_refused("check --known broken.known bad.at", "broken.known:1:31: a pattern was expected; * matches anything");
    expect_refused("check --known none.known bad.at", "none.known: No such file or directory");
}

TEST_F(CheckProgram, ChecksTheOthersWhereOneIsUnusable) {
    file("bad.at", bad);
    file("picture.log", std::string{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18});
    const Result result = run("check missing.at bad.at picture.log");
    EXPECT_EQ(result.code, 2);
    EXPECT_EQ(std::ranges::count(result.errors, '\n'), 2) << result.errors;
    EXPECT_EQ(result.errors.substr(0, 47), "atwire: missing.at: No such file or directory\n" + result.errors.substr(46, 1));
    EXPECT_NE(result.errors.find("picture.log"), std::string::npos);
    EXPECT_NE(result.output.find("+QIOPEN: 0,600"), std::string::npos) << "bad.at is checked and reported";
    file("raw.bin", "\r\nOK\r\n\r\n+QIOPEN: 0,0\r\n");
    const Result nameless = run("check raw.bin");
    EXPECT_EQ(nameless.code, 2);
    EXPECT_EQ(nameless.errors, "atwire: raw.bin: it names no dialect: --dialect is needed\n");
}

TEST_F(CheckProgram, RefusesArgumentsThatMeanNothing) {
    expect_refused("check", "check: a capture is required; see atwire check --help");
    expect_refused("check --report xml a.at", "--report xml: text, json, junit or html was expected");
    expect_refused("check --input pcap a.at", "--input pcap: transcript, raw, socat, terminal or timestamped was expected");
    fs::create_directory(directory() / "empty");
    expect_refused("check empty", "check: there is no capture in empty; --help says how a directory's are named");
    file("bad.at", bad);
    expect_refused("check --rules --report junit", "--report junit: with --rules text or json was expected");
    expect_refused("check --report json --report junit bad.at",
                   "--report: only one goes to standard output; junit:PATH writes it to a file");
    expect_refused("check --report text --report json:no/such.json bad.at", "no/such.json: No such file or directory");
    expect_refused("check --known empty bad.at", "empty: a file of known deviations was expected, not a directory");
}

TEST_F(CheckProgram, TakesDirectoriesAndGlobsInAStableOrder) {
    fs::create_directories(directory() / "lab" / "b");
    for (int i = 0; i < 20; ++i) {
        file("lab/" + std::to_string(i) + ".at", i % 3 == 0 ? bad : good);
        file("lab/b/" + std::to_string(i) + ".at", i % 5 == 0 ? bad : good);
    }
    file("lab/README.md", "not a capture\n");
    const Result one = run("check --jobs 1 lab");
    EXPECT_EQ(one.code, 1);
    EXPECT_EQ(run("check --jobs 4 lab").output, one.output);
    EXPECT_EQ(json("lab")["captures"].size(), 40u);
    EXPECT_EQ(json("'lab/b/1*.at'")["captures"].size(), 11u);
    EXPECT_EQ(json("lab")["captures"][0]["file"], "lab/0.at");
    EXPECT_EQ(run("check --jobs 1 lab").output.find('\x1b'), std::string::npos) << "no colour in a pipe";
}

TEST_F(CheckProgram, ReadsStandardInput) {
    file("bad.at", bad);
    const Result result = run("check - < bad.at");
    EXPECT_EQ(result.code, 1);
    EXPECT_NE(result.output.find("<stdin>:2\n"), std::string::npos) << result.output;
}

TEST_F(CheckProgram, NamesTheByteOfARawCapture) {
    file("raw.bin", "\r\nOK\r\n\r\n+QIOPEN: 0,600\r\n");
    const Result result = run("check --dialect bc26 raw.bin");
    EXPECT_NE(result.output.find("    raw.bin: byte 8\n        +QIOPEN: 0,600\n                   ^\n"), std::string::npos)
        << result.output;
    EXPECT_NE(result.output.find("raw.bin: bc26, raw; not held: times, what the host says\n"), std::string::npos);
}

TEST_F(CheckProgram, SaysWhatALogLacks) {
    file("minicom.log", "AT+QIRD=0,10\n\n+QIRD: 0\n\nOK\n");
    const Result result = run("check --dialect bc26 minicom.log");
    EXPECT_NE(result.output.find("minicom.log: bc26, terminal; not held: CRs and LFs, times, data that nothing echoes\n"),
              std::string::npos)
        << result.output;
}

TEST_F(CheckProgram, PrintsItsRules) {
    const auto all = nlohmann::json::parse(run("check --rules --report json").output);
    EXPECT_EQ(all.size(), conformance::rules().size());
    std::size_t held = 0;
    for (const auto& rule : all) held += rule["held"] == "held";
    EXPECT_GT(held, 30u);
    const std::string text = run("check --rules --dialect bc26").output;
    EXPECT_NE(text.find("qi.qiopen.err-in-table\n    error, module, bc65,bc26,ec200x: "), std::string::npos);
    EXPECT_EQ(text.find("a76xx."), std::string::npos);
}

/// What a correct module says is no fault, whatever it says: random dialogues as the manuals have them.
TEST_F(CheckProgram, FindsNothingInWhatTheManualAllows) {
    for (const char* dialect : {"bc65", "bc26", "ec200x", "bc95", "a76xx"}) {
        const std::string name = std::string{dialect} + ".at";
        for (int seed = 0; seed < 3; ++seed) {
            const std::string arguments = std::string{"generate --dialect "} + dialect + " --seed " + std::to_string(seed);
            EXPECT_EQ(run(arguments, name).code, 0);
            EXPECT_LE(run("check " + name).code, 1);
            EXPECT_EQ(run(arguments + " --mutate", name).code, 0);
            EXPECT_LE(run("check " + name).code, 1);
        }
    }
}

}  // namespace
}  // namespace conformance
