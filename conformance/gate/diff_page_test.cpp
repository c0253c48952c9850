// `atwire diff --report html`: the page says what the JSON report says.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "gate/check_phrases.hpp"
#include "gate/page_text.hpp"
#include "gate/program.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/json.hpp"

namespace conformance {
namespace {

const std::string breaks_title = "Breaks a strict reader of the old one", holds_title = "A strict reader of the old one takes it";

std::string repeated(const std::string& dialogue, int times) {
    std::string text = "# dialect: bc26\n";
    for (int i = 0; i < times; ++i) text += dialogue;
    return text;
}
const std::string revision = "> AT+CGMR\\r\n< \\r\\nRevision: BC26NBR01A0";
const std::string old_dialogue =
    "@1.0 > AT+QIRD=0,512\\r\n@1.1 < \\r\\n+QIRD: 0\\r\\n\n@1.2 < \\r\\nOK\\r\\n\n"
    "@2.0 > AT+QICLOSE=0\\r\n@2.1 < \\r\\nOK\\r\\n\n@2.2 < \\r\\nCLOSE OK\\r\\n\n";
/// A field more, another order, times that have grown, a line that never came, other ends of a line.
const std::string new_dialogue =
    "@1.0 > AT+QIRD=0,512\\r\n@1.1 < \\r\\n+QIRD: 0,7\\r\\n\n@1.2 < \\r\\nOK\\r\\n\n"
    "@2.0 > AT+QICLOSE=0\\r\n@2.1 < CLOSE OK\\r\\n\n@2.2 < \\r\\nOK\\r\\n\n@2.3 < \\r\\n+MORE: 1\\r\\n\n";

class DiffPage : public Program {
protected:
    DiffPage() {
        file("old.at", repeated(old_dialogue, 20));
        file("new.at", repeated(new_dialogue, 20));
    }
    [[nodiscard]] std::string page(const std::string& arguments) const {
        EXPECT_EQ(run("diff --report html:page.html " + arguments).output, "");
        return contents(directory() / "page.html");
    }
    [[nodiscard]] Json json(const std::string& arguments) const {
        return Json::parse(run("diff --report json " + arguments).output);
    }
};

/// A JSON report's string as the page shows its bytes.
std::string shown(const Json& text) { return escape(from_utf8(text.get<std::string>()).value()); }

std::string side(const std::string& title, const Json& one) {
    std::string text = "\n" + title + ", " + one["count"].dump() + " of " + one["total"].dump();
    const std::string form = shown(one["form"]), line = shown(one["line"]);
    if (!form.empty() && form != line) text += ": " + form;
    if (line.empty()) return text;
    const Excerpt shown_line = excerpt(from_utf8(one["line"].get<std::string>()).value(), one["caret"].get<std::size_t>());
    return text + "\n" + shown_line.text + "\n" + std::string(shown_line.caret, ' ') + "^";
}

/// Each finding with its group and its sides, as JSON has it and as the page has it.
std::vector<std::string> findings_of(const Json& report) {
    std::vector<std::string> all;
    for (const Json& finding : report["findings"]) {
        const bool breaks = finding["breaks"];
        std::string about;
        for (const char* part : {"trigger", "message", "detail"})
            if (finding[part] != "") about += (about.empty() ? "" : " ") + shown(finding[part]);
        all.push_back((breaks ? breaks_title + "\nbreaks " : holds_title + "\nchange ") + finding["change"].get<std::string>() +
                      " " + about + ": " + shown(finding["says"]) + side("old", finding["old"]) + side("new", finding["new"]));
    }
    return all;
}

std::vector<std::string> findings_of(const std::string& page) {
    std::vector<std::string> all;
    std::string title;
    std::istringstream lines{page};
    const std::regex title_line{"^<h2>(.*)</h2>$"},
        entry_line{
            R"(^<summary><span class="tone">(.*)</span> <code class="rule">(.*)</code> <span class="statement">(.*)</span>)"},
        side_line{R"(^(?:<p class="place">(.*?)(?: <a class="shows".*)?</p>|<pre>(.*)|( *)<b>\^</b></pre>)$)"};
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (std::regex_search(line, found, title_line)) title = found[1];
        if (std::regex_search(line, found, entry_line))
            all.push_back(unescaped(title + "\n" + found[1].str() + " " + found[2].str() + " " + found[3].str()));
        if (std::regex_search(line, found, side_line) && !all.empty())
            all.back() += "\n" + unescaped(found[1].str() + found[2].str() + found[3].str()) + (found[3].matched ? "^" : "");
    }
    return all;
}

TEST_F(DiffPage, HasTheFindingsOfTheOtherReports) {
    for (const std::string sides : {"old.at new.at", "new.at old.at", "--same-script old.at new.at"}) {
        const Json report = json(sides);
        ASSERT_GE(report["findings"].size(), 3u) << sides;
        EXPECT_EQ(findings_of(page(sides)), findings_of(report)) << sides;
    }
    const Json report = json("old.at new.at");
    EXPECT_TRUE(std::ranges::any_of(report["findings"], [](const Json& one) { return one["change"] == "times-grown"; }));
    EXPECT_TRUE(std::ranges::any_of(report["findings"], [](const Json& one) { return one["change"] == "framing-changed"; }));
    EXPECT_TRUE(std::ranges::any_of(report["findings"], [](const Json& one) { return one["breaks"] == false; }));
}

TEST_F(DiffPage, ShowsTheVerdictAndBothSides) {
    file("old.at", repeated(revision + "5\\r\\n\\r\\nOK\\r\\n\n" + old_dialogue, 20));
    file("new.at", repeated(revision + "6\\r\\n\\r\\nOK\\r\\n\n" + new_dialogue, 20));
    EXPECT_EQ(run("diff --report html old.at new.at").code, 1);
    const std::string text = page("old.at new.at");
    const Json report = json("old.at new.at");
    EXPECT_NE(text.find("<header class=\"verdict error\">"), text.npos);
    EXPECT_NE(text.find("<h1>Changed</h1>\n<p class=\"summary\">bc26: " + std::to_string(report["findings"].size()) +
                        " changes, " + report["breaking"].dump() + " of them break a strict reader of the old one</p>"),
              text.npos);
    EXPECT_NE(text.find("old.at</span> <span class=\"facts\">old: BC26NBR01A05</span>"), text.npos);
    EXPECT_NE(text.find("new.at</span> <span class=\"facts\">new: BC26NBR01A06</span>"), text.npos);
    EXPECT_NE(text.find("<span class=\"number\">1</span> <span class=\"tone\">breaks</span> <a href=\"#g0-"), text.npos);
    EXPECT_NE(text.find("<span class=\"number\">1</span> <span class=\"tone\">change</span> <a href=\"#g1-"), text.npos);
}

TEST_F(DiffPage, IsAWarningWhereNothingBreaks) {
    file("more.at", repeated(old_dialogue + "@3.0 < \\r\\n+MORE: 1\\r\\n\n", 20));
    const std::string text = page("--same-script old.at more.at");
    EXPECT_NE(text.find("<header class=\"verdict warning\">"), text.npos);
    EXPECT_NE(text.find(", 0 of them break a strict reader of the old one; of the same script</p>"), text.npos);
    EXPECT_EQ(text.find(breaks_title), text.npos);
}

TEST_F(DiffPage, SaysThatNothingWasFound) {
    EXPECT_EQ(run("diff --report html old.at old.at").code, 0);
    const std::string text = page("old.at old.at");
    EXPECT_NE(text.find("<header class=\"verdict good\">"), text.npos);
    EXPECT_NE(text.find("<h1>Unchanged</h1>\n<p class=\"summary\">bc26: no change found</p>"), text.npos);
    EXPECT_NE(text.find("<span class=\"facts\">new: firmware unknown</span>"), text.npos);
    EXPECT_NE(text.find("Nothing was found."), text.npos);
    EXPECT_NE(text.find("<footer><p></p></footer>"), text.npos);
    file("once.at", repeated(old_dialogue, 1));
    const std::string uncertain = page("once.at new.at");
    EXPECT_NE(uncertain.find("<h1>Unchanged</h1>"), text.npos);
    EXPECT_NE(uncertain.find("<footer><p>In " + json("once.at new.at")["too_few"].dump() +
                             " things they differ too seldom to tell it from chance."),
              text.npos);
}

TEST_F(DiffPage, LeavesOutWhatIsKnown) {
    file("a06.known", "field-added  AT+QIRD=* +QIRD  # asked for\nresult-changed  <b>*  # gone & forgotten\n");
    const std::string text = page("--known a06.known old.at new.at");
    EXPECT_NE(text.find(", 1 known</p>"), text.npos);
    EXPECT_EQ(text.find("field-added"), text.npos);
    const std::size_t gone = text.find("<h2>Known changes that aren&#39;t there any more</h2>");
    ASSERT_NE(gone, text.npos);
    EXPECT_GT(text.find("<span class=\"tone\">gone</span> <code class=\"rule\">result-changed</code>", gone), gone);
    EXPECT_NE(text.find("gone &amp; forgotten</span></summary>\n", gone), text.npos);
    EXPECT_NE(text.find("<p class=\"source\">line 2 of the known changes</p>", gone), text.npos);
    EXPECT_NE(text.find("<pre>&lt;b&gt;*</pre>", gone), text.npos);
    const std::string only_gone = page("--known a06.known old.at old.at");
    EXPECT_NE(only_gone.find("<header class=\"verdict warning\">"), text.npos);
    EXPECT_NE(only_gone.find("<h1>Known changes are gone</h1>\n<p class=\"summary\">bc26: no change found</p>"), text.npos);
}

/// Of each finding, the line of either side is in the timeline of a capture of that side, and only there.
TEST_F(DiffPage, ShowsWhatWasFoundInTheTimeline) {
    for (const std::string sides : {"old.at new.at", "new.at old.at"}) {
        const std::string text = page(sides);
        const Json timelines = timelines_in(text), report = json(sides);
        ASSERT_EQ(timelines.size(), 2u) << sides;
        std::multiset<std::string> expected, drawn;
        for (std::size_t i = 0; i < report["findings"].size(); ++i)
            for (const char* side : {"old", "new"}) {
                const Json& finding = report["findings"][i];
                if (finding[side]["line"] == "") continue;
                expected.insert(side + (" " + finding["change"].get<std::string>()) + " f" + std::to_string(i + 1) + "-" + side);
            }
        for (std::size_t i = 0; i < timelines.size(); ++i)
            for (const Json& message : timelines[i]["messages"])
                for (const Json& found : message.value("found", Json::array())) {
                    drawn.insert(timelines[i]["name"].get<std::string>().substr(0, 3) + " " + found["rule"].get<std::string>() +
                                 " " + found["id"].get<std::string>());
                    EXPECT_EQ(message.value("host", false), found["rule"] == "times-grown");
                    EXPECT_EQ(count(text, "id=\"" + found["id"].get<std::string>() + "\""), 1u);
                }
        EXPECT_EQ(drawn, expected) << sides;
    }
}

/// A line counts where it answers the command that the finding is about.
TEST_F(DiffPage, ShowsTheAnswerOfTheCommandThatItIsAbout) {
    const std::string fails = "> AT+QICLOSE=1\\r\n< \\r\\nERROR\\r\\n\n";
    file("old.at", repeated(fails + "> AT+QIRD=0,512\\r\n< \\r\\nOK\\r\\n\n", 20));
    file("new.at", repeated(fails + "> AT+QIRD=0,512\\r\n< \\r\\nERROR\\r\\n\n", 20));
    const Json timelines = timelines_in(page("old.at new.at"));
    ASSERT_EQ(timelines.size(), 2u);
    EXPECT_EQ(timelines[0]["messages"][3]["found"][0]["rule"], "result-changed");
    EXPECT_EQ(timelines[1]["messages"][3]["found"][0]["rule"], "result-changed");
    EXPECT_FALSE(timelines[1]["messages"][1].contains("found"));
}

/// A profile has no dialogue; of a directory's captures those are drawn that are needed to show all.
TEST_F(DiffPage, DrawsTheCapturesThatAreNeeded) {
    EXPECT_EQ(run("profile old.at -o old.profile").code, 0);
    std::filesystem::create_directory(directory() / "new");
    file("new/a.at", repeated(old_dialogue, 1));
    file("new/b.at", repeated(new_dialogue, 20));
    file("new/c.at", repeated(new_dialogue, 20));
    const Json timelines = timelines_in(page("--same-script old.profile new"));
    ASSERT_EQ(timelines.size(), 1u) << "the second shows all";
    EXPECT_EQ(timelines[0]["name"], "new: new/b.at");
    EXPECT_TRUE(timelines[0].dump().find("framing-changed") != std::string::npos);
}

/// Whatever a module says, and whatever a file is called, it is text.
TEST_F(DiffPage, EscapesHostileBytes) {
    std::string wire = "</script><script>alert(1)</script><!-- --> \"'&{{x}}";
    for (int byte = 0; byte < 256; ++byte)
        if (byte != '\r' && byte != '\n') wire += static_cast<char>(byte);
    const std::string name = "<pre><b>\x01\xFF.at";
    file("old.at", repeated("> AT+QIRD=0,512\\r\n< \\r\\n+QIRD: 0\\r\\n\\r\\nOK\\r\\n\n", 20));
    file(name, repeated("> AT+CGMR\\r\n< \\r\\nRevision: <i>&\\xFF\\r\\n\\r\\nOK\\r\\n\n"
                        "> AT+QIRD=0,512\\r\n< \\r\\n+QIRD: </script><!--,{{x}}" +
                            escape(wire) + "\\r\\n\\r\\n+<script>: 1\\r\\n\\r\\nOK\\r\\n\n",
                        20));
    const std::string sides = "old.at '" + name + "'", text = page(sides);
    EXPECT_EQ(findings_of(text), findings_of(json(sides)));
    EXPECT_EQ(count(text, "<script"), 2u) << "what is drawn, and what draws it";
    EXPECT_EQ(count(text, "</script"), 2u);
    EXPECT_EQ(count(text, "<b>"), count(text, "<b>^</b>"));
    EXPECT_EQ(count(text, "<!--") + count(text, "-->") + count(text, "<i>"), 0u);
    EXPECT_NE(text.find("<pre>+QIRD: &lt;/script&gt;&lt;!--,{{x}}&lt;/script&gt;"), text.npos);
    EXPECT_NE(text.find("&lt;pre&gt;&lt;b&gt;\\x01\\xFF.at</span> <span class=\"facts\">new: "), text.npos);
    EXPECT_TRUE(std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; }));
}

}  // namespace
}  // namespace conformance
