// Captures as people keep them: what real programs wrote, what each form shows, which form a file is.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "captures/capture.hpp"
#include "transcripts/player.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

Transcript example(const std::string& name) {
    std::ifstream input{fs::path{ATWIRE_EXAMPLES} / name, std::ios::binary};
    return read_transcript(input, name);
}

struct Read {
    Capture capture;
    std::vector<Step> steps;
};

Read read(Input& input, std::optional<Form> forced = std::nullopt) {
    const auto reader = open_capture(input, forced);
    Read found{.capture = reader->capture(), .steps = {}};
    while (auto step = reader->next()) found.steps.push_back(std::move(*step));
    return found;
}
Read read_example(const std::string& name) {
    Input input{(fs::path{ATWIRE_EXAMPLES} / name).string()};
    return read(input);
}
Read read_text(const std::string& text, std::optional<Form> forced = std::nullopt) {
    Input input{"log", text};
    return read(input, forced);
}

/// `> AT\r`, as a transcript has it; those of one side that follow each other are one.
std::string dialogue(const std::vector<Step>& steps) {
    std::string text;
    Step::Type last = Step::Type::expected;
    for (const Step& step : steps) {
        if (step.type == Step::Type::expected || step.type == Step::Type::settings) continue;
        if (step.type != last) text += step.type == Step::Type::host ? "\n> " : step.type == Step::Type::idle ? "\n~" : "\n< ";
        last = step.type;
        for (const char c : step.bytes)
            if (c == '\r')
                text += "\\r";
            else if (c == '\n')
                text += "\\n";
            else
                text += c;
    }
    return text + '\n';
}

std::string printable(std::string bytes) {
    std::replace_if(
        bytes.begin(), bytes.end(),
        [](char c) { return (c < ' ' && std::string_view{"\a\b\t\n\v\f\r"}.find(c) == std::string_view::npos) || c > '~'; }, '.');
    return bytes;
}

// ── What real programs wrote ────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Socat, HexDumpsHoldEachByte) {
    for (const std::string dialect : {"bc26", "ec200x"}) {
        const std::string expected = dialogue(example(dialect + ".at").steps);
        EXPECT_EQ(dialogue(read_example(dialect + "-socat-x-v.txt").steps), expected);
        EXPECT_EQ(dialogue(read_example(dialect + "-socat-x.txt").steps), expected);
    }
}

TEST(Socat, TextDumpsHoldWhatIsPrintable) {
    for (const std::string dialect : {"bc26", "ec200x"})
        EXPECT_EQ(dialogue(read_example(dialect + "-socat-v.txt").steps), printable(dialogue(example(dialect + ".at").steps)));
}

TEST(Terminal, PicocomAndScreenKeepEachByte) {
    for (const char* name : {"bc26-picocom.log", "bc26-screen.log"}) {
        const Read found = read_example(name);
        EXPECT_EQ(found.capture.form, Form::terminal);
        EXPECT_TRUE(found.capture.framing);
        EXPECT_EQ(dialogue(found.steps), dialogue(example("bc26-echo.at").steps));
    }
}

TEST(Terminal, MinicomLosesCarriageReturnsAndControls) {
    const Read found = read_example("bc26-minicom.log");
    EXPECT_EQ(found.capture.form, Form::terminal);
    EXPECT_FALSE(found.capture.framing);
    // The Ctrl-Z is the host's alone, for its echo isn't there.
    std::string expected = dialogue(example("bc26-echo.at").steps);
    expected.replace(expected.find("good bye\x1A\n< good bye\x1A"), 21, "good bye\n< good bye\n> \x1A\n< ");
    EXPECT_EQ(dialogue(found.steps), expected);
}

// ── Terminal logs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

std::string terminal(const std::string& text) { return dialogue(read_text(text, Form::terminal).steps); }

TEST(Terminal, BlankLinesMayBeMissingOrDoubled) {
    const std::string expected =
        "\n> AT+CSQ\\r\n< AT+CSQ\\r\\r\\n+CSQ: 21,0\\r\\n\\r\\nOK\\r\\n\n> AT\\r\n< AT\\r\\r\\nOK\\r\\n\n";
    EXPECT_EQ(terminal("AT+CSQ\n+CSQ: 21,0\n\nOK\nAT\nOK\n"), expected);
    EXPECT_EQ(terminal("AT+CSQ\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n\r\nAT\r\n\r\nOK\r\n"), expected);
    EXPECT_EQ(terminal("AT+CSQ\n\n+CSQ: 21,0\n\n\n\nOK\n\nAT\n\nOK\n\n"), expected);
    EXPECT_EQ(terminal("AT+CSQ\r\r\n+CSQ: 21,0\r\n\r\nOK\r\nAT\r\r\nOK\r\n"), expected);
    // The file's last line may have no end.
    EXPECT_EQ(terminal("AT+CSQ\n+CSQ: 21,0\n\nOK\nAT\nOK"), expected);
    EXPECT_EQ(terminal("AT+CSQ\n+CSQ: 21,0\nOK\nAT\nOK\n"),
              "\n> AT+CSQ\\r\n< AT+CSQ\\r\\r\\n+CSQ: 21,0\\r\\nOK\\r\\n\n> AT\\r\n< AT\\r\\r\\nOK\\r\\n\n");
}

TEST(Terminal, CommandsAreTheHostsOnlyWhereNoneIsPending) {
    // A payload's line is the module's; a command that got no answer is said again.
    EXPECT_EQ(terminal("at+qird=0,512\n+QIRD: 6\nAT+CSQ\n\nOK\n"),
              "\n> at+qird=0,512\\r\n< at+qird=0,512\\r\\r\\n+QIRD: 6\\r\\nAT+CSQ\\r\\n\\r\\nOK\\r\\n\n");
    EXPECT_EQ(terminal("AT\nAT\nOK\n"), "\n> AT\\r\n< AT\\r\n> AT\\r\n< AT\\r\\r\\nOK\\r\\n\n");
    EXPECT_EQ(terminal("AT\nOK\nAttention, please\n"), "\n> AT\\r\n< AT\\r\\r\\nOK\\r\\nAttention, please\\r\\n\n");
}

TEST(Terminal, WithoutEchoALineIsTheHostsAlone) {
    EXPECT_EQ(terminal("ATE0\nOK\nAT\nOK\nATE1\nOK\nAT\nOK\n"),
              "\n> ATE0\\r\n< ATE0\\r\\r\\nOK\\r\\n\n> AT\\r\n< \\r\\nOK\\r\\n\n> ATE1\\r\n< \\r\\nOK\\r\\n\n> AT\\r\n< "
              "AT\\r\\r\\nOK\\r\\n\n");
    EXPECT_EQ(terminal("ATE0\r\r\nOK\r\nAT\r\r\nOK\r\n"), "\n> ATE0\\r\n< ATE0\\r\\r\\nOK\\r\\n\n> AT\\r\n< \\r\\nOK\\r\\n\n");
}

TEST(Terminal, DataBehindAPromptIsTheHosts) {
    const std::string head = "\n> AT+QISEND=0\\r\n< AT+QISEND=0\\r\\r\\n> \n";
    const std::string tail = "\\r\\nSEND OK\\r\\n\n";
    // Without an announced length a Ctrl-Z or a result ends it.
    EXPECT_EQ(terminal("AT+QISEND=0\n> a\n\nb\nSEND OK\n"),
              head + "> a\n< a\n> \\r\\n\\r\\nb\n< \\r\\n\\r\\nb\n> \x1A\n< " + tail);
    EXPECT_EQ(terminal("AT+QISEND=0\n> a\x1A\nSEND OK\n"), head + "> a\x1A\n< a\x1A" + tail);
    EXPECT_EQ(terminal("AT+QISEND=0\n> \na\nSEND OK\n"), head + "> a\n< a\n> \x1A\n< " + tail);
    // One that isn't shown isn't known.
    EXPECT_EQ(terminal("AT+QISEND=0\n> \n\nSEND OK\n"), "\n> AT+QISEND=0\\r\n< AT+QISEND=0\\r\\r\\n> " + tail);
    EXPECT_EQ(terminal("AT+QISEND=0,4\n> AT\nX\nSEND OK\n"),
              "\n> AT+QISEND=0,4\\r\n< AT+QISEND=0,4\\r\\r\\n> \n> AT\n< AT\n> \\r\\n\n< \\r\\n\\r\\nX\\r\\nSEND OK\\r\\n\n");
    // A > of a payload prompts for nothing.
    EXPECT_EQ(
        terminal("AT+QIRD=0,9\n+QIRD: 3\n> a\n\nOK\nAT\nOK\n"),
        "\n> AT+QIRD=0,9\\r\n< AT+QIRD=0,9\\r\\r\\n+QIRD: 3\\r\\n> a\\r\\n\\r\\nOK\\r\\n\n> AT\\r\n< AT\\r\\r\\nOK\\r\\n\n");
}

TEST(Terminal, WhatIsShownIsWhatWasSaid) {
    const std::string expected = "\n> AT+CSQ\\r\n< AT+CSQ\\r\\r\\nOK\\r\\n\n";
    EXPECT_EQ(terminal("\x1B[2J\x1B[1;1HAT+CQ\bSQ\n\x1B[0mOK\x1B(B\n"), expected);
    EXPECT_EQ(terminal("\x1B]0;minicom\aAT+CSQ\n\x1B]0;x\x1B\\OK\n"), expected);
    EXPECT_EQ(terminal("AT+CSQ\nOK\x1B[0"), expected);
}

// ── Timestamped logs ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `0.5 > AT\r` for each step.
std::string timed(const std::string& text) {
    Input input{"log", text};
    const auto reader = open_capture(input);
    EXPECT_EQ(name(reader->capture().form), "timestamped") << text;
    std::string all;
    while (const auto step = reader->next()) {
        std::string time = std::to_string(step->time.value_or(-1));
        time.resize(time.size() - 3);
        all += std::to_string(step->line) + " " + time + dialogue({*step}).substr(1);
    }
    return all;
}

TEST(Timestamped, TimesComeInManyStyles) {
    const std::string expected = "1 45296.789> AT\\r\n1 45296.789< AT\\r\n2 45297.000< \\r\\nOK\\r\\n\n";
    EXPECT_EQ(timed("[12:34:56.789] AT\n[12:34:57.000] OK\n"), expected);
    EXPECT_EQ(timed("12:34:56.789 AT\n12:34:57 OK\n"), expected);
    EXPECT_EQ(timed("12:34:56.789: AT\n12:34:57: OK\n"), expected);
    EXPECT_EQ(timed("2024-05-01 12:34:56,789 AT\n2024-05-01 12:34:57,000 OK\n"), expected);
    EXPECT_EQ(timed("[2024/05/01 12:34:56.789] AT\n[2024/05/01 12:34:57.000] OK\n"), expected);
    EXPECT_EQ(timed("2024-05-01T12:34:56.789Z AT\n2024-05-01T12:34:57.000Z OK\n"), expected);
    EXPECT_EQ(timed("2024-05-01T12:34:56.789+02:00 AT\n2024-05-01T10:34:57.000+0000 OK\n"), expected);
    EXPECT_EQ(timed("[45296.789] AT\n[ 45297.000] OK\n"), expected);
    EXPECT_EQ(timed("45296.789: AT\n45297.000: OK\n"), expected);
    EXPECT_EQ(timed("45296.789 AT\r\r\n45297.000 OK\r\n"), expected);
}

TEST(Timestamped, TimesGoOnBehindMidnight) {
    EXPECT_EQ(timed("[23:59:59.500] AT\n[00:00:00.250] OK\n"),
              "1 86399.500> AT\\r\n1 86399.500< AT\\r\n2 86400.250< \\r\\nOK\\r\\n\n");
    EXPECT_EQ(timed("2024-02-28 23:59:59.500 AT\n2024-03-01 00:00:00.250 OK\n"),
              "1 86399.500> AT\\r\n1 86399.500< AT\\r\n2 172800.250< \\r\\nOK\\r\\n\n");
}

TEST(Timestamped, MarkersSayWhoseALineIs) {
    const std::string expected =
        "1 1.000> AT+QISEND=0\\r\n2 2.000< \\r\\n> \n3 3.000> AT\n4 4.000> \x1A\n4 4.000< \\r\\nSEND OK\\r\\n\n";
    const std::vector<std::pair<std::string, std::string>> markers{
        {">", "<"},     {"<", ">"},   {"->", "<-"},     {"-->", "<--"},   {">>", "<<"},
        {"TX:", "RX:"}, {"rx", "tx"}, {"SEND", "RECV"}, {"[TX]", "[RX]"}, {"TX>", "RX<"}};
    for (const auto& [host, module] : markers)
        EXPECT_EQ(timed("[1.000] " + host + " AT+QISEND=0\n[2.000] " + module + " > \n[3.000] " + host + " AT\n[4.000] " +
                        module + " SEND OK\n"),
                  expected)
            << host;
    // The module's echo is none of its messages; without a marker on each line there is none.
    EXPECT_EQ(timed("[1.000] TX: AT\n[2.000] RX: AT\n[3.000] RX: OK\n"),
              "1 1.000> AT\\r\n2 2.000< AT\\r\n3 3.000< \\r\\nOK\\r\\n\n");
    EXPECT_EQ(timed("[1.000] AT+QISEND=0,2\n[2.000] > hi\n[3.000] SEND OK\n"),
              "1 1.000> AT+QISEND=0,2\\r\n1 1.000< AT+QISEND=0,2\\r\n2 2.000< \\r\\n> \n2 2.000> hi\n2 2.000< hi\n3 3.000< "
              "\\r\\nSEND OK\\r\\n\n");
    EXPECT_EQ(timed("[1.000] TX: +++\n[2.000] RX: OK\n"), "1 1.000~\n1 1.000> +++\n1 1.000~\n2 2.000< \\r\\nOK\\r\\n\n");
}

TEST(Timestamped, SpelledBytesAreExact) {
    const std::string expected = "1 1.000> AT\\r\n2 2.000< \\r\\nOK\\r\\n\n3 3.000< \x01<\\\n";
    EXPECT_EQ(timed("[1.000] TX AT\\r\n[2.000] RX \\r\\nOK\\r\\n\n[3.000] RX \\x01<\\\\\n"), expected);
    EXPECT_EQ(timed("[1.000] TX AT<CR>\n[2.000] RX <CR><LF>OK<CR><LF>\n[3.000] RX <SOH><\\\n"), expected);
    EXPECT_EQ(timed("[1.000] TX AT<0D>\n[2.000] RX <0D><0A>OK<0d><0a>\n[3.000] RX <01><\\\n"), expected);
    // Without markers the echo tells the sides apart.
    EXPECT_EQ(timed("[1.000] AT\\r\n[2.000] \\r\\nOK\\r\\n\n"), "1 1.000> AT\\r\n1 1.000< AT\\r\n2 2.000< \\r\\nOK\\r\\n\n");
    // One that stands once is text.
    EXPECT_EQ(timed("[1.000] TX AT\n[2.000] RX OK\n[3.000] RX +CGMR: <CR>\n"),
              "1 1.000> AT\\r\n2 2.000< \\r\\nOK\\r\\n\n3 3.000< +CGMR: <CR>\\r\\n\n");
}

TEST(Timestamped, ALineWithoutATimeGoesOn) {
    EXPECT_EQ(timed("[1.000] TX: AT+GMR\n[2.000] RX: R1\nR2\n\n[3.000] RX: OK\n"),
              "1 1.000> AT+GMR\\r\n2 2.000< \\r\\nR1\\r\\n\n3 2.000< R2\\r\\n\n5 3.000< \\r\\nOK\\r\\n\n");
}

// ── socat ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

constexpr const char* first_block = "> 2024/05/01 23:59:59.500000  length=3 from=0 to=2\n 41 54 0d\n";

TEST(Socat, TimesAreThoseOfTheDay) {
    const auto times = [](const std::string& fraction, const std::string& second) {
        const std::string text = "< 2024/05/01 23:59:59." + fraction + "  length=1 from=0 to=0\n 0d\n< 2024/05/02 00:00:00." +
                                 second + "  length=1 from=1 to=1\n 0a\n";
        std::string found;
        for (const Step& step : read_text(text).steps) found += std::to_string(*step.time) + ' ';
        return found;
    };
    EXPECT_EQ(times("500000", "250000"), "86399.500000 86400.250000 ");
    EXPECT_EQ(times("000500000", "000250000"), "86399.500000 86400.250000 ");  // 1.7.4
    EXPECT_EQ(times("000500000", "250000000"), "86399.000500 86400.250000 ");
}

TEST(Socat, TheHostIsTheSideThatSaysAtFirst) {
    const std::string block = "> 2024/05/01 12:00:00.000000  length=3 from=0 to=2\n 41 54 0d\n";
    const std::string other = "< 2024/05/01 12:00:00.000000  length=3 from=0 to=2\n 41 54 0d\n";
    EXPECT_EQ(dialogue(read_text(block + other).steps), "\n> AT\\r\n< AT\\r\n");
    EXPECT_EQ(dialogue(read_text(other + block).steps), "\n> AT\\r\n< AT\\r\n");
    EXPECT_EQ(dialogue(read_text("> 2024/05/01 12:00:00.000000  length=1 from=0 to=0\n 31\n").steps), "\n> 1\n");
    // One that says AT before it is heard from the other, but gives the results, is the module: the capture began late.
    const std::string result = "> 2024/05/01 12:00:00.000000  length=9 from=3 to=11\n 41 54 0d 0a 4f 4b 0d 0a 0a\n";
    EXPECT_EQ(dialogue(read_text(result + other).steps), "\n< AT\\r\\nOK\\r\\n\\n\n> AT\\r\n");
}

TEST(Socat, ItsMessagesAreNoTraffic) {
    const std::string message = "2024/05/01 12:00:00 socat[32079] N starting data transfer loop\n";
    EXPECT_EQ(dialogue(read_text(message + first_block + message).steps), "\n> AT\\r\n");
}

// ── Errors ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A literal's bytes, those behind its first null too.
template <std::size_t size>
std::string with_nulls(const char (&literal)[size]) {
    return {literal, size - 1};
}

std::string error_of(const std::string& text, std::optional<Form> forced = std::nullopt) {
    try {
        read_text(text, forced);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "none";
}

TEST(Errors, SayWhere) {
    const std::string header = first_block;
    const std::string wrong_length = "the block has more or fewer bytes than its header says";
    EXPECT_EQ(error_of(header + "> 2024/05/01 12:0"),
              "log:3:1: a header of socat's was expected: > 2024/05/01 12:00:00.123456  length=…");
    EXPECT_EQ(error_of("> 2024/05/01 12:00:00.000000  length=x from=0 to=2\n 41\n"),
              "log:1:38: length=N from=N to=N was expected");
    EXPECT_EQ(error_of("> 2024/05/01 12:00:00.000000  length=3 from=0 to=2\n 41 5g 0d\n"),
              "log:2:6: two hexadecimal digits were expected");
    EXPECT_EQ(error_of("> 2024/05/01 12:00:00.000000  length=3 from=0 to=2\n 41 54\n"), "log:2:7: " + wrong_length);
    EXPECT_EQ(error_of("> 2024/05/01 12:00:00.000000  length=1 from=0 to=2\n 41 54\n"), "log:2:4: " + wrong_length);
    EXPECT_EQ(error_of("> 2024/05/01 12:00:00.000000  length=3 from=0 to=2\n 41"),
              "log:2:4: the file ends within a block, 2 bytes are missing");
    EXPECT_EQ(error_of("> 2024/05/01 12:00:00.000000  length=3 from=0 to=2\nA\\q"),
              "log:2:3: \\a, \\b, \\t, \\n, \\v, \\f, \\r or \\\\ was expected");
    EXPECT_EQ(error_of("[12:00:00.000] AT\n[12:60:00.000] OK\n"), "log:2:2: a time was expected");
    EXPECT_EQ(error_of("2024-05-01 12:00:00 AT\n2024-05-32 12:00:00 OK\n"), "log:2:1: a time was expected");
    EXPECT_EQ(error_of("AT\nOK\n", Form::timestamped), "log:1:1: a time was expected");
    EXPECT_EQ(error_of("# dialect: bc26\nAT\n"), "log:2:1: '> ', '< ', '= ', '~' or '#' was expected");
}

// ── Which form a file is ────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Detection, RefusesWhatIsNoCapture) {
    const std::string refused = "log: no line of it looks like AT traffic; --input says what to take it for";
    EXPECT_EQ(error_of(""), "log: it is empty; --input says what to take it for");
    EXPECT_EQ(error_of(with_nulls("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0")), refused);
    EXPECT_EQ(error_of(with_nulls("\x7F"
                                  "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0")),
              refused);
    EXPECT_EQ(error_of("# A page\n\nThis is text about AT commands, + signs and OK results.\n"), refused);
    EXPECT_EQ(dialogue(read_text("what\n", Form::raw).steps), "\n< what\\n\n");
}

TEST(Detection, TellsRawFromTerminal) {
    const auto form = [](const std::string& text) { return std::string{name(read_text(text).capture.form)}; };
    EXPECT_EQ(form("\r\nRDY\r\n\r\n+CPIN: READY\r\n"), "raw");
    EXPECT_EQ(form(with_nulls("\r\n+QIURC: \"recv\",0,9\r\n\0\n\n\n\r\r\n\xFF\n\r\nOK\r\n")), "raw");
    EXPECT_EQ(form("RDY\n\n+CPIN: READY\n"), "terminal");
    EXPECT_EQ(form("Welcome to minicom 2.8\n\nAT\nOK\n"), "terminal");
    EXPECT_EQ(form("AT\r\r\nOK\r\n"), "terminal");
}

TEST(Detection, NeedsNoMoreThanTheFirstLine) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    ASSERT_EQ(write(ends[1], "\r\nO", 3), 3);
    ASSERT_EQ(write(ends[1], "K\r\n", 3), 3);
    const int standard_input = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    {
        Input input{"-"};  // it would wait forever if it read on
        EXPECT_EQ(open_capture(input)->capture().form, Form::raw);
    }
    dup2(standard_input, STDIN_FILENO);
    for (const int end : {ends[0], ends[1], standard_input}) close(end);
}

TEST(Detection, FormsHaveNames) {
    for (const Form form : {Form::transcript, Form::raw, Form::socat, Form::terminal, Form::timestamped})
        EXPECT_EQ(form_named(name(form)), form);
    EXPECT_EQ(form_named("pcap"), std::nullopt);
}

// ── Size ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Reads a file of `repeated` and gives how many bytes its steps had. No step is longer than an input's buffer.
std::size_t bytes_of_large(const std::string& repeated, std::size_t size, Form form) {
    const fs::path file = fs::temp_directory_path() / ("atwire-capture-" + std::to_string(getpid()));
    {
        std::ofstream output{file, std::ios::binary};
        for (std::size_t written = 0; written < size; written += repeated.size()) output << repeated;
    }
    Input input{file.string()};
    fs::remove(file);
    const auto reader = open_capture(input);
    EXPECT_EQ(reader->capture().form, form);
    std::size_t count = 0;
    while (const auto step = reader->next()) {
        EXPECT_LE(step->bytes.size(), Input::size);
        EXPECT_LE(step->bytes.capacity(), 2 * Input::size);
        count += step->bytes.size();
    }
    return count;
}

TEST(Size, RawComesInChunksOfTheBuffer) {
    constexpr std::size_t size = std::size_t{64} << 20;
    EXPECT_EQ(bytes_of_large("\r\n+QIURC: \"recv\",0,100000\r\n" + std::string(65536 - 27, 'x'), size, Form::raw), size);
}

TEST(Size, ALongLineIsOneLine) {
    const Read found = read_text("AT\nOK\n" + std::string(3 * Input::size, 'x') + "\nRDY\n");
    EXPECT_EQ(found.steps.back().line, 4u);
}

TEST(Size, LongLinesAndBlocksComeInPieces) {
    constexpr std::size_t size = 1 << 20;
    EXPECT_EQ(bytes_of_large(
                  "> 2024/05/01 12:00:00.000000  length=1048576 from=0 to=1048575\n" +
                      [] {
                          std::string bytes;
                          for (int i = 0; i < (1 << 20); ++i) bytes += " 41";
                          return bytes;
                      }() +
                      "\n",
                  1, Form::socat),
              size);
    const std::string line = "AT\r\r\n" + std::string(size, 'x') + "\r\n";
    EXPECT_EQ(bytes_of_large(line, 1, Form::terminal), line.size() + 3);
}

}  // namespace
}  // namespace conformance
