// `atwire profile` and `atwire diff` as a user meets them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "gate/program.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

const std::string head = "# dialect: bc26\n";
const std::string old_dialogue = head +
                                 "@1.0 > AT+QIRD=0,512\\r\n@1.1 < \\r\\n+QIRD: 0\\r\\n\n@1.2 < \\r\\nOK\\r\\n\n"
                                 "@2.0 > AT+QICLOSE=0\\r\n@2.1 < \\r\\nOK\\r\\n\n@2.2 < \\r\\nCLOSE OK\\r\\n\n";
const std::string new_dialogue = head +
                                 "@1.0 > AT+QIRD=0,512\\r\n@1.1 < \\r\\n+QIRD: 0,7\\r\\n\n@1.2 < \\r\\nOK\\r\\n\n"
                                 "@2.0 > AT+QICLOSE=0\\r\n@2.1 < \\r\\nCLOSE OK\\r\\n\n@2.2 < \\r\\nOK\\r\\n\n";

class DiffProgram : public Program {
protected:
    DiffProgram() {
        file("old.at", old_dialogue);
        file("new.at", new_dialogue);
    }
    [[nodiscard]] nlohmann::json json(const std::string& arguments) const {
        return nlohmann::json::parse(run("diff --report json " + arguments).output);
    }
    /// A dialogue so many times.
    void repeated(const std::string& name, const std::string& dialogue, int times) const {
        std::string text = head;
        for (int i = 0; i < times; ++i) text += dialogue.substr(head.size());
        file(name, text);
    }
};

TEST_F(DiffProgram, ReportsForPeople) {
    const Result result = run("diff --same-script old.at new.at");
    EXPECT_EQ(result.code, 1) << result.errors;
    EXPECT_EQ(result.errors, "");
    EXPECT_EQ(result.output, contents(fs::path{ATWIRE_GOLDEN} / "diff.txt")) << result.output;
}

TEST_F(DiffProgram, FindsNothingWhereNothingChanged) {
    const Result result = run("diff --same-script old.at old.at");
    EXPECT_EQ(result.code, 0) << result.output;
    EXPECT_EQ(result.output, "bc26: no change found\n  old: old.at, firmware unknown\n  new: old.at, firmware unknown\n");
}

TEST_F(DiffProgram, WantsEvidence) {
    const auto once = json("old.at new.at");
    EXPECT_EQ(once["verdict"], "unchanged");
    EXPECT_GT(once["too_few"], 0);
    repeated("olds.at", old_dialogue, 20);
    repeated("news.at", new_dialogue, 20);
    const auto often = json("olds.at news.at");
    ASSERT_EQ(often["findings"].size(), 3u) << often.dump(1);
    EXPECT_EQ(often["findings"][2]["says"], "the median takes 200 ms, not 100") << "OK comes behind CLOSE OK";
}

TEST_F(DiffProgram, ReportsForPrograms) {
    const auto report = json("--same-script old.at new.at");
    EXPECT_EQ(report["verdict"], "changed");
    EXPECT_EQ(report["dialect"], "bc26");
    EXPECT_EQ(report["old"]["name"], "old.at");
    EXPECT_EQ(report["breaking"], 2);
    ASSERT_EQ(report["findings"].size(), 2u);
    const auto& found = report["findings"][1];
    EXPECT_EQ(found["change"], "field-added");
    EXPECT_EQ(found["trigger"], "AT+QIRD=_,_");
    EXPECT_EQ(found["message"], "+QIRD");
    EXPECT_EQ(found["breaks"], true);
    EXPECT_EQ(found["old"]["line"], "+QIRD: 0");
    EXPECT_EQ(found["new"]["form"], "+QIRD: <int>,<int>");
    EXPECT_EQ(found["new"]["count"], 1);
}

TEST_F(DiffProgram, ReportsForCiSystems) {
    EXPECT_EQ(run("diff --same-script --report junit:diff.xml old.at new.at").code, 1);
    const std::string xml = contents(directory() / "diff.xml");
    EXPECT_NE(xml.find("tests=\"16\" failures=\"2\""), std::string::npos) << xml;
    EXPECT_NE(xml.find("<failure message=\"field-added\">AT+QIRD=_,_ +QIRD: "), std::string::npos) << xml;
    EXPECT_NE(xml.find("&lt;int&gt;,&lt;int&gt;"), std::string::npos) << xml;
    EXPECT_NE(xml.find("name=\"times-grown\"/>"), std::string::npos) << xml;
}

TEST_F(DiffProgram, TakesProfilesCapturesAndDirectories) {
    fs::create_directory(directory() / "olds");
    file("olds/a.at", old_dialogue);
    EXPECT_EQ(run("profile old.at -o olds/b.profile").code, 0);
    EXPECT_EQ(run("profile old.at old.at -o two.profile").code, 0);
    EXPECT_EQ(run("profile olds -o olds.profile").code, 0) << "a capture and a profile";
    EXPECT_EQ(contents(directory() / "olds.profile"), contents(directory() / "two.profile"));
    EXPECT_EQ(run("diff --same-script olds two.profile").code, 0);
    EXPECT_EQ(run("diff --same-script two.profile new.at").code, 1);
    EXPECT_EQ(run("profile olds -o - --jobs 1").output, contents(directory() / "two.profile"));
}

TEST_F(DiffProgram, LeavesOutWhatIsKnown) {
    file("a06.known", "# of A06\nfield-added  AT+QIRD=* +QIRD  # asked for\n");
    auto report = json("--same-script --known a06.known old.at new.at");
    EXPECT_EQ(report["known"], 1);
    ASSERT_EQ(report["findings"].size(), 1u);
    EXPECT_EQ(report["findings"][0]["change"], "order-changed");
    EXPECT_EQ(run("diff --same-script --known a06.known --update-known old.at new.at").code, 0);
    EXPECT_EQ(contents(directory() / "a06.known"),
              "# of A06\nfield-added  AT+QIRD=* +QIRD  # asked for\norder-changed  AT+QICLOSE=_ CLOSE OK  # why?\n");
    EXPECT_EQ(run("diff --same-script --known a06.known old.at new.at").code, 0);
    const Result gone = run("diff --same-script --known a06.known old.at old.at");
    EXPECT_EQ(gone.code, 1) << "what is known is gone";
    EXPECT_NE(gone.output.find("    line 2: field-added  AT+QIRD=* +QIRD\n"), std::string::npos) << gone.output;
    EXPECT_EQ(run("diff --same-script --known a06.known --update-known old.at old.at").code, 0);
    EXPECT_EQ(contents(directory() / "a06.known"), "# of A06\n");
}

TEST_F(DiffProgram, RefusesWhatItCantUse) {
    file("other.profile", "atwire profile 1\ndialect bc26\n");
    expect_refused("diff old.at other.profile", "other.profile:1:16: a profile of format 2 was expected, not 1");
    expect_refused("profile other.profile -o x", "other.profile:1:16: a profile of format 2 was expected, not 1");
    file("bc65.at", "# dialect: bc65\n< \\r\\nOK\\r\\n\n");
    expect_refused("diff old.at bc65.at", "bc65.at: its dialect is bc65, that of old.at is bc26");
    expect_refused("profile old.at bc65.at -o x", "bc65.at: its dialect is bc65, that of old.at is bc26");
    expect_refused("profile --dialect bc65 old.at -o x", "old.at: its dialect is bc26, not bc65 as --dialect says");
    file("empty.at", head);
    expect_refused("diff empty.at old.at", "empty.at: no line of a module is in it");
    file("host.at", head + "> AT\\r\n");
    expect_refused("profile old.at host.at -o x", "host.at: no line of a module is in it");
    fs::create_directory(directory() / "silent");
    expect_refused("profile silent -o x", "there is no capture in silent; atwire check --help says how a directory's are named");
    file("silent/a.at", head + "> AT\\r\n");
    expect_refused("diff old.at silent", "silent/a.at: no line of a module is in it");
    file("silent/b.at", old_dialogue);
    EXPECT_EQ(run("diff old.at silent").code, 0) << "found beside one that has lines";
    file("nameless.at", "< \\r\\nOK\\r\\n\n");
    expect_refused("profile nameless.at -o x", "nameless.at: it names no dialect: --dialect is needed");
    expect_refused("profile missing.at -o x", "missing.at: No such file or directory");
    expect_refused("profile old.at -o no/where.profile", "no/where.profile: No such file or directory");
    expect_refused("diff --report pdf old.at new.at", "--report pdf: text, json, junit or html was expected");
    expect_refused("diff --dialect bc27 old.at new.at", "--dialect bc27: there is no such dialect; --help lists them");
    file("bad.known", "field-lost  *\n");
    const Result known = run("diff --known bad.known old.at new.at");
    EXPECT_EQ(known.code, 2);
    EXPECT_TRUE(known.errors.starts_with("atwire: bad.known:1:1: there is no change field-lost, only field-added, "))
        << known.errors;
    EXPECT_FALSE(fs::exists(directory() / "x"));
}

}  // namespace
}  // namespace conformance
