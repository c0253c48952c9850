// The page's frame: what is escaped, what stands where, and that only its own parts may run.
#include "report/page.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "report/assets.hpp"
#include "report/template.hpp"

namespace conformance {
namespace {

using Json = nlohmann::ordered_json;

// ── Templates ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Templates, EscapeWhatIsNotSaidToBeRaw) {
    EXPECT_EQ(filled("<a b=\"{{x}}\">{{{x}}}</a>{{n}}", {{"x", "<'&\">"}, {"n", 7}}),
              "<a b=\"&lt;&#39;&amp;&quot;&gt;\"><'&\"></a>7");
}

TEST(Templates, RepeatAndLeaveOutSections) {
    const char* list = "{{#rows}}<{{name}}{{of}}>{{/rows}}{{^rows}}none{{/rows}}";
    EXPECT_EQ(filled(list, {{"of", "!"}, {"rows", {{{"name", "a"}}, {{"name", "b"}, {"of", "?"}}}}}), "<a!><b?>");
    EXPECT_EQ(filled(list, {{"rows", Json::array()}}), "none");
    EXPECT_EQ(filled(list, Json::object()), "none");
    const char* text = "{{#x}}[{{x}}]{{/x}}";
    EXPECT_EQ(filled(text, {{"x", "a"}}), "[a]");
    EXPECT_EQ(filled(text, {{"x", 0}}), "[0]");
    for (const Json& nothing : {Json(""), Json(nullptr), Json(false)}) EXPECT_EQ(filled(text, {{"x", nothing}}), "");
}

TEST(Templates, LeaveNoLineOfASectionsTag) {
    EXPECT_EQ(filled("a\n  {{#x}}\nb\n  {{/x}}\nc\n", {{"x", true}}), "a\nb\nc\n");
    EXPECT_EQ(filled("a\n{{#x}} b\n{{/x}}\nc", {{"x", true}}), "a\n b\nc") << "its line has more on it";
}

TEST(Templates, DoNotReadWhatTheyHaveFilledIn) { EXPECT_EQ(filled("{{x}}{{{x}}}", {{"x", "{{y}}"}}), "{{y}}{{y}}"); }

TEST(Templates, SayWhatIsWrongWithThem) {
    for (const char* wrong : {"{{#x}}", "{{/x}}", "{{#x}}{{/y}}{{/x}}", "{{x", "{{nothing}}"})
        EXPECT_THROW(static_cast<void>(filled(wrong, {{"x", true}})), std::logic_error) << wrong;
}

// ── Texts of anyone's ───────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Texts, ArePrintable) {
    EXPECT_EQ(printable("Gerät “1” 😀.at"), "Gerät “1” 😀.at");
    EXPECT_EQ(printable(std::string_view{"a\0b\x1b\r\n\x7f", 7}), "a\\x00b\\x1B\\x0D\\x0A\\x7F");
    EXPECT_EQ(printable("\xC2\x85"), "\\xC2\\x85") << "a control character";
    for (const char* none : {"\xFF", "\xC2", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"}) {
        std::string escaped;
        for (const char* c = none; *c != '\0'; ++c) {
            char digits[8];
            std::snprintf(digits, sizeof digits, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(*c)));
            escaped += digits;
        }
        EXPECT_EQ(printable(none), escaped) << "no UTF-8";
    }
}

TEST(Texts, OfJsonDoNotEndTheScript) {
    const Json value = {{"wire", "</script><!-- & --> \xE2\x80\xA8 \xC2\x80"}};
    const std::string text = json_for_script(value);
    EXPECT_EQ(text.find_first_of("<>&"), text.npos) << text;
    EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; })) << text;
    EXPECT_EQ(Json::parse(text), value);
}

// ── The page ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

constexpr const char* hostile = "</script><script>alert(1)</script>-->\"'&{{x}}";

std::string written(const Page& page) {
    std::ostringstream output;
    write_page(output, page);
    return output.str();
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t all = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) ++all;
    return all;
}

/// Every text of it is hostile.
Page hostile_page() {
    const Quote quote{
        .id = "f1", .place = hostile, .text = hostile, .caret = 2, .expected = hostile, .shown = Quote::Shown{0, 3}};
    return {.title = hostile,
            .program = hostile,
            .tone = Tone::error,
            .verdict = hostile,
            .summary = hostile,
            .advice = hostile,
            .sources = {{hostile, hostile, Tone::error, hostile}},
            .groups =
                {{hostile,
                  {{.label = hostile, .name = hostile, .statement = hostile, .source = hostile, .count = 1, .quotes = {quote}}}}},
            .timelines = Json::array({{{"name", hostile}}})};
}

TEST(Pages, EscapeEverything) {
    const std::string page = written(hostile_page());
    EXPECT_EQ(count(page, "<script"), 2u) << "data and script";
    EXPECT_EQ(count(page, "</script"), 2u);
    EXPECT_EQ(page.find("alert(1)</"), page.npos);
    EXPECT_EQ(page.find("-->"), page.npos);
    EXPECT_EQ(count(page, "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;--&gt;&quot;&#39;&amp;{{x}}"), 16u);
    const std::size_t begin = page.find("id=\"timelines\">") + 15;
    EXPECT_EQ(Json::parse(page.substr(begin, page.find("</script>", begin) - begin))[0]["name"], hostile);
}

TEST(Pages, AllowNothingButTheirOwnParts) {
    const std::string page = written(hostile_page());
    EXPECT_NE(page.find("content=\"default-src 'none'; style-src 'sha256-" + std::string{style_hash} + "'; script-src 'sha256-" +
                        std::string{script_hash} + "'; img-src data:; base-uri 'none'; form-action 'none'\""),
              page.npos);
    EXPECT_EQ(script_hash.size(), 44u);
    EXPECT_NE(page.find("<style>" + std::string{style_text} + "</style>"), page.npos) << "what the hash is of";
    EXPECT_NE(page.find("<script>" + std::string{script_text} + "</script>"), page.npos);
    EXPECT_EQ(count(page, "<style"), 1u);
    EXPECT_FALSE(std::regex_search(page, std::regex{R"( (style|on[a-z]+)=")"})) << "neither is allowed";
    EXPECT_FALSE(std::regex_search(page, std::regex{R"((src|href)="[^"#d])"})) << "nothing from elsewhere";
    EXPECT_EQ(page.find("http"), page.find("http-equiv"));
    EXPECT_EQ(page.rfind("http"), page.rfind("http://www.w3.org/2000/svg")) << "a name, which nobody fetches";
}

TEST(Pages, HaveTheCaretUnderTheByte) {
    Page page = hostile_page();
    page.groups[0].entries[0].quotes[0] = {.text = "+QIOPEN: 0,<", .caret = 11, .expected = "a digit"};
    EXPECT_NE(written(page).find("<pre>+QIOPEN: 0,&lt;\n           <b>^</b></pre>"), std::string::npos);
    page.groups[0].entries[0].quotes[0].caret.reset();
    EXPECT_NE(written(page).find("<pre>+QIOPEN: 0,&lt;</pre>"), std::string::npos) << "no byte is meant";
    page.groups[0].entries[0].quotes[0].text.clear();
    EXPECT_EQ(written(page).find("<pre>"), std::string::npos) << "nothing came";
    EXPECT_NE(written(page).find("<span>expected</span> a digit"), std::string::npos);
    page.groups[0].entries[0].quotes[0].expected.clear();
    EXPECT_EQ(written(page).find("<span>expected</span>"), std::string::npos);
}

TEST(Pages, SayHowManyThereAre) {
    Page page = hostile_page();
    page.groups[0].entries[0].count = 30;
    EXPECT_NE(written(page).find("<p class=\"more\">and 29 more</p>"), std::string::npos);
    EXPECT_NE(written(page).find("30 ×"), std::string::npos);
    page.groups[0].entries[0].count = 1;
    EXPECT_EQ(written(page).find("class=\"more\""), std::string::npos);
    EXPECT_EQ(written(page).find(" ×<"), std::string::npos);
}

TEST(Pages, HaveAnIndexOfManyNamesTheGravestFirst) {
    Page page{.title = "t", .program = "p", .verdict = "v", .groups = {{"one", {}}, {"two", {}}}};
    for (const char* name : {"a", "b", "c"})
        page.groups[0].entries.push_back({.tone = Tone::note, .name = name, .count = name[0] == 'a' ? 2u : 3u});
    page.groups[1].entries.push_back({.tone = Tone::warning, .name = "a", .count = 3});
    EXPECT_EQ(written(page).find("<nav"), std::string::npos) << "three names need none";
    page.groups[1].entries.push_back({.tone = Tone::error, .name = "d", .count = 1});
    const std::string text = written(page);
    std::string order;
    for (std::size_t at = text.find("<nav"); (at = text.find("<a href=\"#g", at)) < text.find("</nav>"); ++at)
        order += text.substr(at + 10, 8);
    EXPECT_EQ(order, "g1-1\">d<g0-0\">a<g0-1\">b<g0-2\">c<");
    EXPECT_NE(text.find("<span class=\"number\">5</span>"), std::string::npos) << "a, in both groups";
    EXPECT_NE(text.find("id=\"g1-1\""), std::string::npos);
}

TEST(Pages, HaveALabelForTheTonesWord) {
    Page page{.title = "t", .program = "p", .verdict = "v", .groups = {{"one", {}}}};
    for (const char* name : {"a", "b", "c", "d"})
        page.groups[0].entries.push_back(
            {.tone = Tone::warning, .label = name[0] == 'a' ? "breaks" : "", .name = name, .count = 1});
    const std::string text = written(page);
    EXPECT_EQ(count(text, "<span class=\"tone\">breaks</span>"), 2u) << "in the index and at the entry";
    EXPECT_EQ(count(text, "<span class=\"tone\">warning</span>"), 6u);
    EXPECT_EQ(count(text, "<details open class=\"entry warning\""), 4u) << "the colour stays the tone's";
}

TEST(Pages, SayThatNothingWasFound) {
    const std::string page = written({.title = "t", .program = "p", .verdict = "Holds", .groups = {{"The module", {}}}});
    EXPECT_NE(page.find("Nothing was found."), page.npos);
    EXPECT_EQ(page.find("The module"), page.npos);
    EXPECT_EQ(page.find("id=\"timeline\""), page.npos) << "nothing to draw";
    EXPECT_EQ(page.find("id=\"timelines\">"), page.npos);
}

TEST(Pages, FoldManySources) {
    Page page{.title = "t", .program = "p", .verdict = "v", .sources = std::vector<Source>(9, {.name = "good.at"})};
    page.sources.push_back({.name = "bad.at", .tone = Tone::error, .result = "1 error"});
    EXPECT_EQ(written(page).find("<details>"), std::string::npos);
    page.sources.push_back({.name = "good.at"});
    const std::string text = written(page);
    EXPECT_NE(text.find("<summary>10 more</summary>"), std::string::npos);
    EXPECT_LT(text.find("bad.at"), text.find("<details>")) << "it has something to show";
    EXPECT_GT(text.find("good.at"), text.find("<details>"));
    EXPECT_EQ(count(text, "good.at"), 10u);
    page.sources.assign(30, {.name = "bad.at", .tone = Tone::error});
    EXPECT_NE(written(page).find("<summary>20 more</summary>"), std::string::npos);
}

TEST(Pages, FoldALongIndex) {
    Page page{.title = "t", .program = "p", .verdict = "v", .groups = {{"one", {}}}};
    for (int i = 0; i < 15; ++i) page.groups[0].entries.push_back({.name = "rule" + std::to_string(i), .count = 1});
    const std::string text = written(page);
    const std::size_t fold = text.find("<summary>3 more</summary>");
    EXPECT_LT(text.find("#g0-11\""), fold);
    EXPECT_GT(text.find("#g0-12\""), fold);
    EXPECT_NE(text.find("#g0-14\""), std::string::npos);
}

}  // namespace
}  // namespace conformance
