// The program as a user meets it: what it prints, its exit codes, its messages, its memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include <fcntl.h>
#include <unistd.h>

#include "gate/program.hpp"
#include "transcripts/dialects.hpp"

namespace {

namespace fs = std::filesystem;
using conformance::contents;
using conformance::Program;
using conformance::Result;

/// `bc26, a76xx`
std::string dialect_names() {
    std::string names;
    for (const atwire::Dialect* dialect : conformance::dialects())
        names += (names.empty() ? "" : ", ") + std::string{dialect->facts.name};
    return names;
}

// ── Output ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_F(Program, PrintsTheGoldenSession) {
    const fs::path golden{ATWIRE_GOLDEN};
    const std::string input = " '" + (golden / "session.at").string() + "'";
    const Result lines = run("decode" + input);
    EXPECT_EQ(lines.code, 0);
    EXPECT_EQ(lines.errors, "");
    EXPECT_EQ(lines.output, contents(golden / "session.jsonl"));
    EXPECT_EQ(run("decode --strict" + input).code, 0);
    // Also: no colour where the output is no terminal.
    EXPECT_EQ(run("decode --format text" + input).output, contents(golden / "session.txt"));
    // A transcript is one by its first lines, too.
    EXPECT_EQ(run("decode - <" + input).output, lines.output);
    EXPECT_EQ(run("decode --dialect bc26 --input raw" + input).output.substr(0, 16), R"({"event":"text",)");
}

TEST_F(Program, GivesTheBytesBack) {
    const std::string bytes = "\r\n+QIOPEN:0,0\r\n\r\n+QIRD: 4\r\n\r\nOK\r\n\r\n> \xFF\r\n+QIRD: x\r\n\r";
    file("capture.bin", bytes);
    const Result result = run("decode --dialect bc26 --chunk 3 capture.bin | '" ATWIRE_PROGRAM "' encode --dialect bc26 -");
    EXPECT_EQ(result.code, 0) << result.errors;
    EXPECT_EQ(result.output, bytes);
}

TEST_F(Program, TakesSettings) {
    file("push.bin", "\r\n+QIURC: \"recv\",0,2\r\nhi");
    EXPECT_EQ(run("decode --dialect bc26 --set access_mode.0=1 --set service.0='\"UDP SERVICE\"' push.bin").output.substr(0, 24),
              R"({"event":"data_received")");
    file("events", R"({"event":"data_received","socket":0,"length":2,"encoding":"raw"})"
                   "\n"
                   R"({"event":"payload","data":"hi","last":1})"
                   "\n");
    EXPECT_EQ(run("encode --dialect bc26 --set access_mode.0=1 events").output, "\r\n+QIURC: \"recv\",0,2\r\nhi");
}

TEST_F(Program, ExplainsItself) {
    EXPECT_EQ(run("--version").output, "atwire " ATWIRE_VERSION "\n");
    for (const char* which : {"--help", "decode --help", "encode --help", "spec --help", "record --help"}) {
        const Result help = run(which);
        EXPECT_EQ(help.code, 0);
        EXPECT_NE(help.output.find("Usage: atwire"), std::string::npos) << help.output;
        EXPECT_EQ(help.output.find("Example:") == std::string::npos, std::string{which} == "--help");
    }
}

// ── Refusals ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_F(Program, RefusesWrongUsage) {
    file("empty", "");
    expect_refused("", "a subcommand is required; see atwire --help");
    expect_refused("decdoe", "The following argument was not expected: decdoe");
    expect_refused("decode --dialect bc26", "FILE is required");
    expect_refused("encode empty", "--dialect is required");
    expect_refused("decode --dialect bc26 --nonsense empty", "The following argument was not expected: --nonsense");
    expect_refused("decode --dialect bc26 --format xml empty", "--format: xml not in {jsonl,text}");
    expect_refused("decode --dialect bc26 --side hots empty", "--side: hots not in {module,host}");
    expect_refused("decode --dialect bc26 --chunk 0 empty", "--chunk: Value 0 not in range 1 to 65536");
    expect_refused("decode --dialect bc99 empty", "--dialect bc99: there is no such dialect, only " + dialect_names());
    expect_refused("encode --dialect bc99 empty", "--dialect bc99: there is no such dialect, only " + dialect_names());
    expect_refused("decode --dialect bc26 empty", "empty: it is empty; --input says what to take it for");
    expect_refused("decode --dialect bc26 --side host --input socat empty", "--side host: only --input raw has one side");
    file("ok.bin", "\r\nOK\r\n");
    expect_refused("decode ok.bin", "ok.bin: nothing in it names a dialect: --dialect is needed");
    expect_refused("decode --dialect bc26 --set viewmode empty", "--set viewmode: KEY=VALUE was expected");
    expect_refused("decode --dialect bc26 --set vewmode=1 empty",
                   "--set vewmode=1: no setting \"vewmode\" takes the value \"1\"; --help lists them");
    expect_refused("encode --dialect bc26 --set viewmode=7 empty",
                   "--set viewmode=7: no setting \"viewmode\" takes the value \"7\"; --help lists them");
}

TEST_F(Program, RefusesFilesThatItCannotRead) {
    expect_refused("decode --dialect bc26 nowhere.bin", "nowhere.bin: No such file or directory");
    expect_refused("decode nowhere.at", "nowhere.at: No such file or directory");
    expect_refused("decode --dialect bc26 .", ".: Is a directory");
    expect_refused("encode --dialect bc26 .", ".: Is a directory");
    file("ok.bin", "\r\nOK\r\n");
    if (access("/dev/full", W_OK) != 0) return;
    const Result full = run("decode --dialect bc26 ok.bin", "/dev/full");
    EXPECT_EQ(full.code, 2);
    EXPECT_EQ(full.errors, "atwire: standard output can't be written\n");
}

TEST_F(Program, RefusesBrokenTranscripts) {
    file("no-dialect.at", "< \\r\\nOK\\r\\n\n");
    expect_refused("decode no-dialect.at", "no-dialect.at: no `# dialect:` header before the first line: --dialect is needed");
    file("dialect.at", "# title: x\n# dialect: bc99\n");
    expect_refused("decode dialect.at", "dialect.at:2:12: no dialect is called \"bc99\"");
    const std::string start = "# dialect: bc26\n< \\r\\nOK\\r\\n\n";
    const std::string ok = R"({"event":"ok","wire":[0,6],"quirks":[]})"
                           "\n";
    file("escape.at", start + "< ab\\qc\n");
    expect_refused("decode escape.at", "escape.at:3:5: \\r, \\n, \\t, \\\\ or \\xHH was expected", ok);
    file("arrow.at", start + "\n@1.5 ? x\n");
    expect_refused("decode - < arrow.at", "<stdin>:4:6: '> ', '< ', '= ', '~' or '#' was expected", ok);
    file("settings.at", start + "# settings: viewmode=1 vewmode=1\n");
    expect_refused("decode settings.at", "settings.at:3: no setting \"vewmode\" takes the value \"1\"", ok);
}

TEST_F(Program, RefusesBrokenEvents) {
    const auto expect = [this](const std::string& line, const std::string& message) {
        file("events", R"({"event":"ok"})"
                       "\n\n" +
                           line +
                           "\n"
                           R"({"event":"error"})"
                           "\n");
        expect_refused("encode --dialect bc26 events", "events:3" + message, "\r\nOK\r\n");
    };
    expect(R"({"event":"ok",})", ":15: syntax error while parsing object key - unexpected '}'; expected string literal");
    expect("OK", ":1: syntax error while parsing value - invalid literal");
    expect("{\"event\":\"text\",\"text\":\"\xFF\"}",
           ":25: syntax error while parsing value - invalid string: ill-formed UTF-8 byte");
    expect(R"({"event":"ok")", ":14: syntax error while parsing object - unexpected end of input; expected '}'");
    expect("[]", ": not an object");
    expect("{}", ": \"event\" is missing");
    expect(R"({"event":"okay"})", ": no event is called \"okay\"");
    expect(R"({"event":"ok","lead":7})", ": \"lead\" is no string");
    expect(R"({"event":7})", ": \"event\" is missing");
    expect(R"({"dir":7})", ": \"event\" is missing");
    expect(R"({"event":"socket_opened","socket":0})", ": \"error\" is missing");
    expect(R"({"event":"text","text":"\u0100"})", ": \"text\" holds a code point above U+00FF");
    expect(R"({"event":"socket_opened","socket":99,"error":0})", ": \"socket\" of socket_opened is 99, documented is 0 to 4");
    expect(R"({"event":"text","text":"a\rb"})", ": text would be read as something else under these settings");
    expect(R"({"event":"cme_error","text":"a\rb"})", ": \"text\" of cme_error, \"a\\rb\", holds a byte that can't stand there");
    expect(R"({"event":"payload","data":"x"})", ": \"data\" of payload, \"x\", was not announced by a header");
    expect(R"({"event":"cip_error","code":4})", ": cip_error is not in this dialect");
}

TEST_F(Program, RefusesBrokenCommands) {
    const auto expect = [this](const std::string& line, const std::string& message) {
        file("commands", R"({"dir":"host","command":"attention"})"
                         "\n" +
                             line +
                             "\n"
                             R"({"dir":"host","command":"attention"})"
                             "\n");
        expect_refused("encode --dialect bc26 --side host commands", "commands:2" + message, "AT\r");
    };
    expect(R"({"command":"read",})", ":19: syntax error while parsing object key - unexpected '}'; expected string literal");
    expect(R"({"dir":"host"})", ": \"command\" is missing");
    expect(R"({"dir":"host","command":"reed"})", ": no command is called \"reed\"");
    expect(R"({"command":"read"})", ": \"at\" is missing");
    expect(R"({"command":"read","at":"CIPOPEN"})", ": read is not in this dialect");
    expect(R"({"command":"close_socket","socket":9})", ": \"socket\" of close_socket is 9, documented is 0 to 4");
    expect(R"({"command":"close_socket","socket":-1})", ": \"socket\" is -1, not a number from 0 to 4294967295");
    expect(R"({"command":"set_option","at":"QICFG","name":"viewmode"})", ": \"values\" of set_option is missing");
    expect(R"({"command":"ping","context":1,"host":"a\"b"})",
           ": \"host\" of ping, \"a\\\"b\", holds a byte that can't stand there");
    expect(R"({"command":"open_network"})", ": open_network is not in this dialect");
}

/// Commands joined to one line, data behind a prompt, and whose bytes `--side` wants.
TEST_F(Program, EncodesTheHostsSide) {
    file("commands", R"({"event":"ok"})"
                     "\n"
                     R"({"command":"coap_head","mode":1})"
                     "\n"
                     R"({"dir":"host","command":"coap_options","options":[{"number":11,"value":"a;b"}],"joined":1})"
                     "\n"
                     R"({"command":"query_option","at":"QICFG","name":"x","line":"at+x\r"})"
                     "\n"
                     R"({"command":"test","at":"QCOAPSEND"})"
                     "\n"
                     R"({"command":"send_data","data":"0102","last":1,"end":"ctrl_z"})"
                     "\n"
                     R"({"command":"read","at":"QCOAPCFG"})"
                     "\n");
    const Result host = run("encode --dialect bc95 --side host commands");
    EXPECT_EQ(host.output,
              "AT+QCOAPHEAD=1;+QCOAPOPTION=1,11,\"a;b\"\rat+x\rAT+QCOAPSEND=?\r0102\x1A"
              "AT+QCOAPCFG?\r")
        << host.errors;
    EXPECT_EQ(run("encode --dialect bc95 commands").output, "\r\nOK\r\n");
}

TEST_F(Program, DecodesAHostsRawBytes) {
    const std::string bytes = "AT+QCOAPHEAD=1;+QCOAPDEL\r\nat+qcoapdel\r\n\nAT+CSQ\rAT+NO\nhalf";
    file("host.bin", bytes);
    const Result result = run("decode --dialect bc95 --side host --chunk 1 host.bin");
    EXPECT_EQ(result.output, R"({"dir":"host","command":"coap_head","mode":1,"wire":[0,14]}
{"dir":"host","command":"coap_delete","joined":1,"wire":[14,11]}
{"dir":"host","command":"coap_delete","wire":[25,13],"lead":"\n","line":"at+qcoapdel\r"}
{"dir":"host","command":"raw","text":"AT+CSQ","wire":[38,9],"lead":"\n\n"}
{"dir":"host","command":"raw","text":"AT+NO","wire":[47,6],"line":"AT+NO\n"}
{"dir":"host","command":"raw","text":"half","wire":[53,4],"line":"half"}
)");
    const Result again =
        run("decode --dialect bc95 --side host host.bin | '" ATWIRE_PROGRAM "' encode --dialect bc95 --side host -");
    EXPECT_EQ(again.output, bytes) << again.errors;
}

// ── What holds each form ────────────────────────────────────────────────────────────────────────────────────────────────────

using Json = nlohmann::json;

/// `spec` with copies of what it reads, for a test to change.
class Spec : public Program {
protected:
    const std::string in_copies = " --dialect bc26 --facts facts --corpus corpus --grammar grammar";

    Spec() {
        fs::create_directory(directory() / "facts");
        fs::copy(fs::path{ATWIRE_FACTS} / "forms.tsv", directory() / "facts");
        fs::create_directory(directory() / "corpus");
        fs::copy(fs::path{ATWIRE_CORPUS} / "bc26", directory() / "corpus" / "bc26", fs::copy_options::recursive);
        fs::copy(ATWIRE_GRAMMAR, directory() / "grammar", fs::copy_options::recursive);
    }

    void add(const std::string& row) const { std::ofstream{directory() / "facts" / "forms.tsv", std::ios::app} << row << '\n'; }
    /// A row of `side` that means `event`.
    void add_row(const std::string& id, const std::string& side, const std::string& wire, const std::string& event,
                 const std::string& kind = "result") const {
        add(id + "\tbc26\t" + side + "\tQIOPEN\t" + kind + "\t" + wire + "\t\t\t" + event + "\t\tnone.txt\t9.9\t\tdocumented");
    }

    [[nodiscard]] Json json(const std::string& arguments) const {
        return Json::parse(run("spec --format json" + arguments).output);
    }
    [[nodiscard]] Json row_of(const std::string& id) const {
        const Json spec = json(in_copies);
        for (const Json& row : spec["rows"])
            if (row["id"] == id) return row;
        return {};
    }

    /// Expects exit code 1 and one line for each row that lacks something, whatever the format.
    void expect_uncovered(const std::string& lines) const {
        for (const char* format : {"text", "json", "markdown"}) {
            const Result result = run("spec --uncovered --format " + std::string{format} + in_copies);
            EXPECT_EQ(result.code, 1) << format;
            EXPECT_EQ(result.errors, lines) << format;
        }
    }
};

TEST_F(Spec, HasEveryRow) {
    std::multiset<std::string> listed;
    std::size_t others = 0;
    std::ifstream list{fs::path{ATWIRE_FACTS} / "forms.tsv"};
    std::string line;
    std::getline(list, line);  // the columns' names
    while (std::getline(list, line)) {
        const std::size_t tab = line.find('\t');
        if (conformance::dialect_named(line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1)) != nullptr)
            listed.insert(line.substr(0, tab));
        else
            ++others;
    }
    const Json spec = json("");
    std::multiset<std::string> found;
    std::map<std::string, std::size_t> counts;
    for (const Json& row : spec["rows"]) {
        found.insert(row["id"].get<std::string>());
        ++counts[row["dialect"].get<std::string>() + " " + row["side"].get<std::string>() + " " +
                 row["status"].get<std::string>()];
        EXPECT_EQ(row["status"] == "uncovered", !row["missing"].empty()) << row;
        for (const Json& file : row["corpus"]) EXPECT_TRUE(fs::exists(fs::path{ATWIRE_CORPUS} / file.get<std::string>())) << file;
    }
    EXPECT_EQ(found, listed);
    std::size_t uncovered = 0;
    for (const Json& dialect : spec["dialects"]) {
        const std::string name = dialect["dialect"];
        for (const std::string side : {"module", "host"}) {
            const std::size_t covered = counts[name + " " + side + " covered"];
            const std::size_t lacking = counts[name + " " + side + " uncovered"];
            EXPECT_GT(covered, 0u) << name << " " << side;
            EXPECT_EQ(dialect[side + "_rows_covered"], covered);
            EXPECT_EQ(dialect[side + "_rows"], covered + lacking);
            uncovered += lacking;
        }
    }
    std::size_t without = 0;
    for (const Json& count : spec["without_table"]) without += count.get<std::size_t>();
    EXPECT_EQ(without, others);
    EXPECT_EQ(run("spec").code, uncovered == 0 ? 0 : 1);
    for (const char* format : {"text", "markdown"}) {
        const std::string output = run("spec --format " + std::string{format}).output;
        for (const std::string& id : listed) EXPECT_NE(output.find(id), std::string::npos) << format << " lacks " << id;
    }
    EXPECT_EQ(json(" --uncovered")["rows"].size(), uncovered);
    EXPECT_EQ(json(" --dialect bc26 --dialect bc26")["dialects"].size(), 1u);
}

TEST_F(Spec, SaysWhatHoldsARow) {
    const Json row = row_of("bc26.QIOPEN.write.result.opened");
    EXPECT_EQ(row["wire"], "+QIOPEN: <connectID>,<err>");
    EXPECT_EQ(row["section"], "2.3.1");
    EXPECT_EQ(row["productions"], Json{"socket_opened"});
    EXPECT_EQ(row["corpus"][0], "bc26/4.1.1-open-tcp-buffered.at");
    EXPECT_EQ(row["properties"][0], "SplitInvariance");
    EXPECT_EQ(row["status"], "covered");
    const std::string text = run("spec --dialect bc26").output;
    const std::size_t at = text.find("\n  bc26.QIOPEN.write.result.opened ");
    ASSERT_NE(at, std::string::npos);
    const std::string line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
    for (const char* cell : {" 2.3.1 ", " socket_opened ", " A ", " bc26/4.1.1-open-tcp-buffered.at "})
        EXPECT_NE(line.find(cell), std::string::npos) << line;
}

TEST_F(Spec, SaysWhatHoldsARowOfTheHost) {
    const auto properties_of = [this](const std::string& id) { return row_of(id)["properties"].dump(); };
    const Json row = row_of("bc26.QISEND.write.fixed");
    EXPECT_EQ(row["event"], "send");
    EXPECT_EQ(row["productions"], Json{"extended"});
    EXPECT_EQ(row["corpus"][0], "bc26/4.1.2-send-fixed.at");
    EXPECT_NE(properties_of("bc26.QISEND.write.fixed").find("\"EveryRowCanBeSaid\""), std::string::npos);
    EXPECT_EQ(row["status"], "covered");
    const Json data = row_of("bc26.QISEND.write.fixed.data");
    EXPECT_TRUE(data["counted"]);
    EXPECT_TRUE(data["productions"].empty());
    EXPECT_NE(properties_of("bc26.QISEND.write.fixed.data").find("\"DataOfFixedLengthIsOpaque\""), std::string::npos);
    EXPECT_EQ(properties_of("bc26.QISEND.write.variable.data.ctrl_z").find("\"DataOfFixedLengthIsOpaque\""), std::string::npos);
    // No row of the table is ATE's, and nothing but noise is a command that the dialect doesn't have.
    EXPECT_EQ(properties_of("bc26.general.ATE").find("\"EveryRowCanBeSaid\""), std::string::npos);
    EXPECT_EQ(properties_of("bc26.general.raw").find("\"RoundTripOfCommands\""), std::string::npos);
}

TEST_F(Spec, FailsForARowThatNothingHolds) {
    EXPECT_EQ(run("spec" + in_copies).code, 0);
    add_row("bc26.QIOPEN.unheard", "module", "+QIOPEN: of", "socket_opened");
    add_row("bc26.QIOPEN.unshown", "module", "OK", "ok");
    add_row("bc26.QIOPEN.unsaid", "host", "AT+QIOPEN", "open_socket", "execute");
    add_row("bc26.QIOPEN.mistaken", "host", "AT+QICLOSE=0", "open_socket", "write");
    add_row("bc26.QIOPEN.not_said", "host", "AT+QICLOSE=0", "close_socket", "write");
    expect_uncovered(
        "atwire: bc26.QIOPEN.unheard: no production, no corpus file, no property\n"
        "atwire: bc26.QIOPEN.unshown: no corpus file\n"
        "atwire: bc26.QIOPEN.unsaid: no production, no corpus file, no property\n"
        "atwire: bc26.QIOPEN.mistaken: no production, no corpus file, no property\n"
        "atwire: bc26.QIOPEN.not_said: no corpus file\n");
    EXPECT_EQ(row_of("bc26.QIOPEN.unheard")["missing"], (Json{"production", "corpus file", "property"}));
    EXPECT_EQ(row_of("bc26.QIOPEN.not_said")["status"], "uncovered");
    const Result text = run("spec --uncovered" + in_copies);
    EXPECT_NE(text.output.find("  bc26.QIOPEN.unheard   9.9  none      none  none\n"), std::string::npos) << text.output;
    EXPECT_EQ(text.output.find("bc26.QIOPEN.write"), std::string::npos);
    const Result page = run("spec --uncovered --format markdown" + in_copies);
    EXPECT_NE(page.output.find("| **none** | **none** | **none** |\n"), std::string::npos) << page.output;
}

TEST_F(Spec, FailsForARowThatNoTranscriptShows) {
    const Json spec = json(in_copies);
    const auto& rows = spec["rows"];
    for (const char* side : {"module", "host"}) {
        const auto once = std::find_if(rows.begin(), rows.end(),
                                       [&](const Json& row) { return row["side"] == side && row["corpus"].size() == 1; });
        ASSERT_NE(once, rows.end());
        const std::string id = (*once)["id"];
        fs::remove(directory() / "corpus" / (*once)["corpus"][0].get<std::string>());
        const Result result = run("spec" + in_copies);
        EXPECT_EQ(result.code, 1);
        EXPECT_NE(result.errors.find("atwire: " + id + ": no corpus file\n"), std::string::npos) << result.errors;
    }
}

TEST_F(Spec, FailsForARowThatNoProductionReads) {
    for (const auto& entry : fs::directory_iterator{directory() / "grammar"}) {
        std::string text = contents(entry.path());
        for (std::size_t at; (at = text.find("is_socket_opened")) != std::string::npos;) text.replace(at, 3, "no_");
        std::ofstream{entry.path()} << text;
    }
    expect_uncovered("atwire: bc26.QIOPEN.write.result.opened: no production\n");
}

TEST_F(Spec, FailsForACommandThatNoProductionReads) {
    const fs::path grammar = directory() / "grammar" / "commands.rl";
    std::string text = contents(grammar);
    for (std::size_t at; (at = text.find("basic")) != std::string::npos;) text.replace(at, 5, "base_");
    std::ofstream{grammar} << text;
    expect_uncovered("atwire: bc26.general.raw: no production\natwire: bc26.general.ATE: no production\n");
}

TEST_F(Spec, RefusesWhatItCannotRead) {
    expect_refused("spec --dialect bc99", "--dialect bc99: there is no such dialect, only " + dialect_names());
    expect_refused("spec --format xml", "--format: xml not in {text,json,markdown}");
    expect_refused("spec surplus", "The following argument was not expected: surplus");
    expect_refused("spec --facts nowhere",
                   "nowhere/forms.tsv: not found; --facts takes the directory of forms.tsv, conformance/facts in the sources");
    expect_refused("spec --dialect bc26 --corpus nowhere",
                   "nowhere/bc26: not found; --corpus takes the directory of <dialect>/*.at, corpus in the sources");
    expect_refused("spec --dialect bc26 --grammar nowhere",
                   "nowhere/bc26.rl: not found; --grammar takes the directory of <dialect>.rl, grammar in the sources");
    fs::rename(directory() / "grammar/commands.rl", directory() / "commands.rl");
    expect_refused("spec" + in_copies,
                   "grammar/commands.rl: not found; --grammar takes the directory of commands.rl, grammar in the sources");
    fs::rename(directory() / "commands.rl", directory() / "grammar/commands.rl");
    file("corpus/bc26/broken.at", "# dialect: bc26\n? x\n");
    expect_refused("spec" + in_copies, "corpus/bc26/broken.at:2:1: '> ', '< ', '= ', '~' or '#' was expected");
    add("bc26.QIOPEN.short\tbc26");
    const std::string forms = contents(directory() / "facts/forms.tsv");
    expect_refused("spec --facts facts", "facts/forms.tsv:" + std::to_string(std::count(forms.begin(), forms.end(), '\n')) +
                                             ": 2 columns, 14 were expected");
    file("facts/forms.tsv", "");
    expect_refused("spec --facts facts", "facts/forms.tsv: no rows, or no column `id`");
    if (access("/dev/full", W_OK) != 0) return;
    EXPECT_EQ(run("spec", "/dev/full").errors, "atwire: standard output can't be written\n");
}

/// What `atwire ARGUMENTS…` shows on a terminal.
std::string on_terminal(const fs::path& directory, std::vector<const char*> arguments, const char* no_colour) {
    const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) throw std::runtime_error{"no terminal"};
    const int screen = open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    const pid_t child = fork();
    if (child == 0) {
        dup2(screen, STDOUT_FILENO);
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        setenv("TERM", "xterm", 1);
        setenv("NO_COLOR", no_colour, 1);
        arguments.insert(arguments.begin(), ATWIRE_PROGRAM);
        arguments.push_back(nullptr);
        if (chdir(directory.c_str()) == 0) execv(ATWIRE_PROGRAM, const_cast<char* const*>(arguments.data()));
        _exit(127);
    }
    close(screen);
    std::string shown;
    char buffer[4096];
    for (ssize_t length; (length = read(terminal, buffer, sizeof buffer)) > 0;)
        shown.append(buffer, static_cast<std::size_t>(length));
    close(terminal);
    waitpid(child, nullptr, 0);
    return shown;
}

TEST_F(Spec, HasColourOnATerminalAlone) {
    add_row("bc26.QIOPEN.unshown", "module", "OK", "ok");
    const auto shown = [this](const char* no_colour) {
        return on_terminal(directory(), {"spec", "--dialect", "bc26", "--uncovered", "--facts", "facts"}, no_colour);
    };
    EXPECT_NE(shown("").find("\x1B[31mnone\x1B[0m"), std::string::npos);
    EXPECT_NE(shown("1").find("  none\r\n"), std::string::npos);
    EXPECT_EQ(shown("1").find('\x1B'), std::string::npos);
    EXPECT_NE(run("spec --uncovered" + in_copies).output.find("  none\n"), std::string::npos);
}

// ── Memory ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `atwire ARGUMENTS…` with a pipe to its standard input; what it prints goes away.
class Child {
public:
    explicit Child(std::vector<const char*> arguments) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
        pid_ = fork();
        if (pid_ == 0) {
            dup2(ends[0], STDIN_FILENO);
            dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
            setenv("ASAN_OPTIONS", "quarantine_size_mb=0:thread_local_quarantine_size_kb=0", 1);
            arguments.insert(arguments.begin(), ATWIRE_PROGRAM);
            arguments.push_back(nullptr);
            execv(ATWIRE_PROGRAM, const_cast<char* const*>(arguments.data()));
            _exit(127);
        }
        close(ends[0]);
        input_ = ends[1];
    }
    /// Its exit code.
    int end() {
        close(input_);
        int status = 0;
        waitpid(pid_, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void write(std::string_view bytes, std::size_t count) const {
        for (; count >= bytes.size(); count -= bytes.size())
            for (std::string_view rest = bytes; !rest.empty();) {
                const ssize_t written = ::write(input_, rest.data(), rest.size());
                if (written <= 0) return;
                rest.remove_prefix(static_cast<std::size_t>(written));
            }
    }
    /// The most memory that it had so far, in KiB.
    [[nodiscard]] std::size_t peak() const {
        std::ifstream status{"/proc/" + std::to_string(pid_) + "/status"};
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6));
        return 0;
    }

private:
    pid_t pid_ = -1;
    int input_ = -1;
};

/// Writes so many MiB of a stream and expects that the first took as much memory as the rest, but for 2 MiB.
void expect_flat(std::size_t count, const std::vector<const char*>& arguments, const std::string& bytes) {
    Child child{arguments};
    child.write(bytes, 1 << 20);
    const std::size_t early = child.peak();
    child.write(bytes, count << 20);
    const std::size_t late = child.peak();
    EXPECT_EQ(child.end(), 0);
    EXPECT_NE(early, 0u);
    EXPECT_LE(late, early + 2048) << arguments[0];
}

std::string repeated(std::string_view bytes, std::size_t count) {
    std::string all;
    while (count-- != 0) all += bytes;
    return all;
}

TEST_F(Program, NeedsNoMoreMemoryForMore) {
    const std::string payload(60000, 'p');
    const std::string read = "\r\n+QIRD: 60000\r\n" + payload + "\r\n\r\nOK\r\n";
    expect_flat(64, {"decode", "--dialect", "bc26", "-"}, read);
    expect_flat(16, {"decode", "--dialect", "bc26", "--format", "text", "-"}, read);
    expect_flat(16, {"decode", "--dialect", "bc26", "-"}, repeated("\r\n", 30000));
    expect_flat(16, {"decode", "--dialect", "bc26", "--input", "raw", "--set", "transparent=1", "-"}, payload);
    expect_flat(16, {"decode", "--dialect", "bc26", "--input", "raw", "-"}, std::string(60000, 'x'));
    expect_flat(16, {"decode", "--dialect", "bc26", "--side", "host", "-"}, std::string(60000, 'x'));
    expect_flat(16, {"decode", "--dialect", "bc26", "--side", "host", "-"}, repeated("\r\n", 30000));
    expect_flat(16, {"decode", "--dialect", "a76xx", "--side", "host", "--set", "transparent=1", "-"}, payload);
    expect_flat(16, {"encode", "--dialect", "bc26", "-"}, R"({"event":"text","text":")" + payload.substr(0, 16000) + "\"}\n");
}

}  // namespace
