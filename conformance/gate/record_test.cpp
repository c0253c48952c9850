// `atwire record` between pseudo-terminals: one plays the module, and what the program offers is opened as a host would.
#include <gtest/gtest.h>

#include <atwire/dialects/a76xx.hpp>
#include <atwire/dialects/bc26.hpp>
#include <atwire/session.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "captures/firmware.hpp"
#include "gate/serial.hpp"
#include "gate/steps.hpp"
#include "gate/transcript_file.hpp"
#include "transcripts/player.hpp"
#include "transcripts/transcript.hpp"

namespace {

using namespace conformance;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto patience = 20s;

std::string contents(const fs::path& file) {
    std::ifstream input{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{input}, {}};
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++found;
    return found;
}

std::string random_bytes(std::size_t length, unsigned seed) {
    std::mt19937 random{seed};
    std::string bytes(length, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

void wait_until(const std::string& what, const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error{"waited in vain: " + what};
        std::this_thread::sleep_for(2ms);
    }
}

/// One end of a line.
class End {
public:
    explicit End(Descriptor descriptor) : descriptor_{std::move(descriptor)} {}

    [[nodiscard]] int number() const { return descriptor_.number(); }
    void hang_up() { descriptor_ = Descriptor{}; }
    void say(std::string_view bytes) {
        while (!bytes.empty()) {
            pollfd ready{number(), POLLOUT, 0};
            ASSERT_EQ(poll(&ready, 1, std::chrono::milliseconds{patience}.count()), 1);
            const ssize_t length = write(number(), bytes.data(), bytes.size());
            if (length > 0) bytes.remove_prefix(static_cast<std::size_t>(length));
        }
    }
    /// What has come, from the first byte on that no `hear` has given.
    void read_some() {
        char bytes[65536];
        const ssize_t length = read(number(), bytes, sizeof bytes);
        if (length > 0) heard_.append(bytes, static_cast<std::size_t>(length));
    }
    /// Waits for these bytes, and expects nothing before them.
    void hear(const std::string& expected) {
        wait_until("the bytes " + expected, [&] {
            read_some();
            return heard_.size() >= expected.size();
        });
        EXPECT_EQ(heard_, expected);
        heard_.clear();
    }
    /// Whether such a line has come; then nothing is left of what came before.
    bool take(const std::string& line) {
        read_some();
        const std::size_t at = heard_.find(line);
        if (at != std::string::npos) heard_.erase(0, at + line.size());
        return at != std::string::npos;
    }

private:
    Descriptor descriptor_;
    std::string heard_;
};

Descriptor open_master() {
    Descriptor master{posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
    EXPECT_EQ(grantpt(master.number()), 0);
    EXPECT_EQ(unlockpt(master.number()), 0);
    return master;
}

class Record : public testing::Test {
protected:
    Record() : directory_{fs::temp_directory_path() / ("atwire-record-" + std::to_string(getpid()))}, module_{open_master()} {
        fs::create_directory(directory_);
        char path[128];
        EXPECT_EQ(ptsname_r(module_.number(), path, sizeof path), 0);
        port_ = path;
    }
    ~Record() override {
        if (program_ > 0) {
            kill(program_, SIGKILL);
            waitpid(program_, nullptr, 0);
        }
        fs::remove_all(directory_);
    }

    /// Starts `atwire ARGUMENTS` there.
    void start(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "atwire");
        std::vector<char*> values;
        for (std::string& argument : arguments) values.push_back(argument.data());
        values.push_back(nullptr);
        program_ = fork();
        if (program_ != 0) return;
        if (chdir(directory_.c_str()) != 0) _exit(99);
        dup2(open("stdout", O_WRONLY | O_CREAT | O_TRUNC, 0666), STDOUT_FILENO);
        dup2(open("stderr", O_WRONLY | O_CREAT | O_TRUNC, 0666), STDERR_FILENO);
        execv(ATWIRE_PROGRAM, values.data());
        _exit(99);
    }
    /// Starts to record between the module and a host.
    void record(const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{"record", "--dialect", "bc26", port_, "-o", "out.at", "--link", "modem"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        start(arguments);
        wait_for_note("the host's port is ");
    }
    /// Opens what the program offers.
    End host() {
        const std::size_t before = count(notes(), "the host has come");
        End end{Descriptor{open((directory_ / "modem").c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)}};
        EXPECT_GE(end.number(), 0);
        wait_until("the host has come", [&] { return count(notes(), "the host has come") > before; });
        return end;
    }
    /// The exit code.
    int ended() {
        int status = 0;
        wait_until("the program ends", [&] { return waitpid(program_, &status, WNOHANG) == program_; });
        program_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    int stop(int signal = SIGINT) {
        kill(program_, signal);
        return ended();
    }

    [[nodiscard]] std::string output() const { return contents(directory_ / "stdout"); }
    [[nodiscard]] std::string notes() const { return contents(directory_ / "stderr"); }
    [[nodiscard]] std::string last_note() const {
        const std::string all = notes();
        return all.substr(all.rfind('\n', all.size() - 2) + 1);
    }
    void wait_for_note(const std::string& part) const {
        wait_until("a note: " + part, [&] { return notes().find(part) != std::string::npos; });
    }
    [[nodiscard]] std::string text() const { return contents(directory_ / "out.at"); }
    void wait_for_text(const std::string& part) const {
        wait_until("in the transcript: " + part, [&] { return text().find(part) != std::string::npos; });
    }
    [[nodiscard]] Transcript transcript() const {
        std::ifstream input{directory_ / "out.at"};
        return read_transcript(input, "out.at");
    }
    /// What it means, as `=` lines would have it.
    [[nodiscard]] std::string meaning() const {
        std::vector<char> carry(16384);
        std::string lines;
        for (const Seen& seen : play(
                 transcript(), atwire::bc26, [](std::size_t left) { return left; }, carry))
            lines += expectation(seen) + "\n";
        return lines;
    }
    [[nodiscard]] const fs::path& directory() const { return directory_; }
    [[nodiscard]] const std::string& port() const { return port_; }
    [[nodiscard]] End& module() { return module_; }

private:
    fs::path directory_;
    End module_;
    std::string port_;
    pid_t program_ = 0;
};

/// Sends both, as fast as they are taken, until all has come. The module's first bytes are on their way: `sent` of them.
void exchange(End& module, const std::string& from_module, End& host, const std::string& from_host, std::size_t sent = 0) {
    struct Way {
        int from;
        int to;
        const std::string& bytes;
        std::string come{};
        std::size_t gone = 0;
    };
    Way ways[] = {{module.number(), host.number(), from_module, "", sent}, {host.number(), module.number(), from_host}};
    std::vector<char> bytes(65536);
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::any_of(std::begin(ways), std::end(ways), [](const Way& way) { return way.come.size() < way.bytes.size(); })) {
        ASSERT_LT(std::chrono::steady_clock::now(), end) << ways[0].come.size() << ' ' << ways[1].come.size();
        pollfd ports[] = {{module.number(), POLLIN, 0}, {host.number(), POLLIN, 0}};
        for (const Way& way : ways)
            if (way.gone != way.bytes.size()) ports[way.from == module.number() ? 0 : 1].events |= POLLOUT;
        poll(ports, 2, 100);
        for (Way& way : ways) {
            const ssize_t taken = write(way.from, way.bytes.data() + way.gone, way.bytes.size() - way.gone);
            if (taken > 0) way.gone += static_cast<std::size_t>(taken);
            const ssize_t length = read(way.to, bytes.data(), bytes.size());
            if (length > 0) way.come.append(bytes.data(), static_cast<std::size_t>(length));
        }
    }
    for (const Way& way : ways) EXPECT_TRUE(way.come == way.bytes);
}

// ── Between a host and a module ─────────────────────────────────────────────────────────────────────────────────────────────

TEST_F(Record, PassesAndWritesEveryByteBothWays) {
    record();
    End end = host();
    const std::string from_module = random_bytes(3000000, 1);
    const std::string from_host = random_bytes(2000000, 2);
    exchange(module(), from_module, end, from_host);
    EXPECT_EQ(stop(), 0);
    EXPECT_TRUE(bytes_of(transcript(), Step::Type::module) == from_module);
    EXPECT_TRUE(bytes_of(transcript(), Step::Type::host) == from_host);
    EXPECT_EQ(output(), "");
    EXPECT_NE(last_note().find("out.at: 3000000 bytes of the module, 2000000 of the host, "), std::string::npos) << last_note();
}

TEST_F(Record, WritesADialogueThatDecodes) {
    record({"--title", "a test", "--live"});
    End end = host();
    end.say("AT+QISEND=0,4\r");
    module().hear("AT+QISEND=0,4\r");
    module().say("\r\n> ");
    end.hear("\r\n> ");
    end.say("AT");
    module().hear("AT");
    wait_for_text("> AT\n");
    end.say("\r\n");
    module().hear("\r\n");
    module().say("\r\nOK\r\n\r\nSEND OK\r\n\r\n+QIU");
    end.hear("\r\nOK\r\n\r\nSEND OK\r\n\r\n+QIU");
    module().say("RC: \"closed\",0\r\n");
    end.hear("RC: \"closed\",0\r\n");
    EXPECT_EQ(stop(SIGTERM), 0);
    EXPECT_EQ(
        meaning(),
        "send socket=0 length=4\nprompt\nsend_data data=\"AT\\r\\n\" offset=0 last=1 end=\"length\"\nok doubts=[\"inferred\"]\n"
        "send_ok\npeer_closed socket=0\n");
    const Transcript written = transcript();
    EXPECT_EQ(written.dialect, &atwire::bc26);
    EXPECT_EQ(written.header("title"), "a test");
    EXPECT_EQ(written.header("source").find("atwire record " + port() + " --baud 115200, 20"), 0U);
    // A line is a step, also where it came in two reads, and has a time.
    std::vector<std::string> steps;
    double before = 0;
    for (const Step& step : written.steps) {
        ASSERT_TRUE(step.time);
        EXPECT_GE(*step.time, before);
        before = *step.time;
        steps.push_back(step.bytes);
    }
    EXPECT_EQ(steps, (std::vector<std::string>{"AT+QISEND=0,4\r", "\r\n> ", "AT", "\r\n", "\r\nOK\r\n", "\r\nSEND OK\r\n",
                                               "\r\n+QIURC: \"closed\",0\r\n"}));
    // What was shown is what decode shows.
    const std::string shown = output();
    start({"decode", "--format", "text", "out.at"});
    EXPECT_EQ(ended(), 0);
    EXPECT_EQ(shown, output());
    EXPECT_EQ(count(shown, "\n"), 7U);
}

TEST_F(Record, WaitsForAHostThatDoesNotRead) {
    record();
    End end = host();
    const std::string flood = random_bytes(4000000, 3);
    std::size_t sent = 0;
    constexpr int longer_than_a_silence = 1000;
    for (;;) {
        pollfd ready{module().number(), POLLOUT, 0};
        if (poll(&ready, 1, longer_than_a_silence) == 0) break;
        const ssize_t length = write(module().number(), flood.data() + sent, flood.size() - sent);
        if (length > 0) sent += static_cast<std::size_t>(length);
        ASSERT_LT(sent, 2000000U) << "nobody keeps so much";
    }
    wait_for_note("the host doesn't read: the module has to wait");
    exchange(module(), flood, end, "", sent);
    EXPECT_EQ(stop(), 0);
    EXPECT_TRUE(bytes_of(transcript(), Step::Type::module) == flood);
    EXPECT_EQ(count(text(), " ~\n"), 0U) << "it was not the line that was silent";
}

TEST_F(Record, SaysWhenTheHostHangsUpAndComesBack) {
    record();
    EXPECT_EQ(fs::read_symlink(directory() / "modem").string().find("/dev/pts/"), 0U);
    module().say("\r\nRDY\r\n");  // before any host
    wait_for_text("RDY");
    End first = host();
    first.say("AT\r");
    module().hear("AT\r");
    const std::string unread(100000, 'x');
    module().say(unread);
    wait_until("all that", [&] { return count(text(), "x") >= unread.size(); });
    first.say("ATI\r");  // its last words
    first.hang_up();
    wait_for_note("the host has hung up; it may come back");
    module().hear("ATI\r");
    module().say("\r\nOK\r\n");
    wait_for_text("OK");
    End second = host();
    second.say("AT+CSQ\r");
    module().hear("AT+CSQ\r");
    module().say("\r\n+CSQ: 1,0\r\n");
    second.hear("\r\n+CSQ: 1,0\r\n");
    EXPECT_EQ(stop(), 0);
    EXPECT_FALSE(fs::is_symlink(directory() / "modem"));
    EXPECT_EQ(bytes_of(transcript(), Step::Type::host), "AT\rATI\rAT+CSQ\r");
    EXPECT_EQ(bytes_of(transcript(), Step::Type::module), "\r\nRDY\r\n" + unread + "\r\nOK\r\n\r\n+CSQ: 1,0\r\n");
    EXPECT_EQ(count(notes(), "the host has come"), 2U);
}

TEST_F(Record, EndsWhereThePortVanishes) {
    record();
    module().say("\r\n+CSQ: 1");
    wait_for_text("< \\r\\n+CSQ: 1\n");  // half a line waits for nothing
    module().hang_up();
    EXPECT_EQ(ended(), 2);
    EXPECT_EQ(last_note().find("atwire: " + port() + ": the port is gone: "), 0U) << last_note();
    EXPECT_EQ(count(notes(), "bytes of the module"), 1U);
    EXPECT_FALSE(fs::is_symlink(directory() / "modem"));
}

TEST_F(Record, WritesHalfALineBeforeItEnds) {
    record();
    End end = host();
    module().say("\r\nOK\r\n\r\n+CS");
    end.hear("\r\nOK\r\n\r\n+CS");
    EXPECT_EQ(stop(), 0);
    EXPECT_EQ(bytes_of(transcript(), Step::Type::module), "\r\nOK\r\n\r\n+CS");
    EXPECT_NE(last_note().find("out.at: 11 bytes of the module, 0 of the host, 2 lines in "), std::string::npos) << last_note();
}

TEST_F(Record, MarksSilenceButNotWithinACommandThatIsTyped) {
    record();
    End end = host();
    end.say("AT");
    module().hear("AT");
    wait_for_text("> AT\n");
    std::this_thread::sleep_for(1000ms);
    end.say("I\r");
    module().hear("I\r");
    module().say("\r\nBC26\r\n\r\nOK\r\n");
    wait_for_text("~");
    EXPECT_EQ(stop(), 0);
    EXPECT_EQ(meaning(), "raw text=\"ATI\"\ntext text=\"BC26\"\nok\n");
    EXPECT_EQ(count(text(), "~"), 1U);
}

TEST_F(Record, LearnsTheFirmwareFromADialogue) {
    record();
    End end = host();
    end.say("at+cgmr\r");
    module().hear("at+cgmr\r");
    module().say("\r\nBC26NBR01A05\r\n\r\nOK\r\n");
    wait_for_text("# firmware: BC26NBR01A05\n");
    EXPECT_EQ(stop(), 0);
    EXPECT_EQ(transcript().header("firmware"), "BC26NBR01A05");
}

TEST_F(Record, PassesBytesWhereTheDiskIsFull) {
    start({"record", "--dialect", "bc26", port(), "-o", "/dev/full", "--force", "--link", "modem"});
    wait_for_note("the host's port is ");
    wait_for_note("atwire: /dev/full: No space left on device; bytes still pass\n");
    End end = host();
    exchange(module(), random_bytes(1000, 4), end, random_bytes(1000, 5));
    EXPECT_EQ(stop(), 2);
    EXPECT_EQ(last_note(), "atwire: /dev/full: lines are missing\n");
}

TEST_F(Record, RefusesWhatItCannotUse) {
    const auto refused = [this](const std::vector<std::string>& arguments) {
        std::vector<std::string> all{"record", "--dialect", "bc26"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        start(all);
        EXPECT_EQ(ended(), 2);
        return notes();
    };
    std::ofstream{directory() / "out.at"} << "precious";
    EXPECT_EQ(refused({port(), "-o", "out.at"}), "atwire: out.at: File exists; --force replaces it\n");
    EXPECT_EQ(text(), "precious");
    EXPECT_EQ(refused({"/dev/nothing", "-o", "out.at", "--force"}), "atwire: /dev/nothing: No such file or directory\n");
    EXPECT_EQ(refused({"/dev/null", "-o", "out.at", "--force"}), "atwire: /dev/null: no serial port\n");
    EXPECT_EQ(text(), "precious");
    EXPECT_EQ(refused({port(), "-o", "no/out.at"}), "atwire: no/out.at: No such file or directory\n");
    EXPECT_EQ(refused({port(), "-o", "new.at", "--link", "out.at"}), "atwire: --link out.at: File exists\n");
    EXPECT_EQ(refused({port(), "-o", "new.at", "--script", "none.at"}), "atwire: none.at: No such file or directory\n");
    std::ofstream{directory() / "other.at"} << "# dialect: ec200x\n> AT\\r\n";
    EXPECT_EQ(refused({port(), "-o", "new.at", "--script", "other.at"}),
              "atwire: other.at: its dialect is ec200x, --dialect says bc26\n");
    std::ofstream{directory() / "empty.at"} << "< OK\\r\\n\n";
    EXPECT_EQ(refused({port(), "-o", "new.at", "--script", "empty.at"}), "atwire: empty.at: no `>` line to send\n");
    record({"--force"});
    EXPECT_EQ(stop(), 0);
    EXPECT_EQ(text().find("# dialect: bc26\n"), 0U);
}

// ── With a script ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Answers each command with what stands behind it, until the port hangs up. Expects these and no others.
void answer(End& module, const std::vector<std::pair<std::string, std::string>>& dialogue) {
    for (const auto& [heard, said] : dialogue) {
        module.hear(heard);
        if (!said.empty()) module.say(said);
    }
}

TEST_F(Record, PlaysAScript) {
    std::ofstream{directory() / "script.at"} << "# dialect: bc26\n"
                                                "> AT+QIOPEN=1,0,\"TCP\",\"220.180.239.212\",8062,0,1\\r\n"
                                                "= open_socket\n"
                                                "= ok\n"
                                                "= socket_opened socket=0 error=0\n"
                                                "> AT+QISEND=0,5\\r\n"
                                                "< \\r\\n> \n"
                                                "> AT+QI\n"
                                                "> AT+QICLOSE=0\\r\n";
    start({"record", "--dialect", "bc26", port(), "-o", "out.at", "--script", "script.at"});
    const std::string open = "AT+QIOPEN=1,0,\"TCP\",\"220.180.239.212\",8062,0,1\r";
    answer(module(), {{"ATI\r", "\r\nQuectel_Ltd\r\nRevision: BC26NBR01A05\r\n\r\nOK\r\n"},
                      {"AT+CGMR\r", "\r\nERROR\r\n"},
                      {open, "\r\nOK\r\n"}});
    wait_for_text("QIOPEN");
    module().say("\r\n+QIOPEN: 1,0\r\n");  // another one
    wait_for_text("+QIOPEN: 1,0");
    EXPECT_EQ(text().find("QISEND"), std::string::npos);
    module().say("\r\n+QIOPEN: 0,0\r\n");
    answer(module(), {{"AT+QISEND=0,5\r", "\r\n> "}, {"AT+QI", ""}});
    wait_for_text("> AT+QI\n");  // it is known to be all
    module().say("\r\nOK\r\n\r\nSEND OK\r\n");
    answer(module(), {{"AT+QICLOSE=0\r", "\r\nOK\r\n"}});
    EXPECT_EQ(ended(), 0) << notes();
    EXPECT_EQ(transcript().header("firmware"), "BC26NBR01A05");
    EXPECT_NE(meaning().find("\nsend socket=0 length=5\nprompt\nsend_data data=\"AT+QI\" offset=0 last=1 end=\"length\"\nok"),
              std::string::npos)
        << meaning();
}

TEST_F(Record, SaysWhichCommandsOfAScriptHadNoResult) {
    std::ofstream{directory() / "script.at"} << "> AT+QISEND=0,5\\r\n"
                                                "> hello\n"
                                                "> AT+CSQ\\r\n"
                                                "> AT+QIOPEN=1,0,\"TCP\",\"220.180.239.212\",8062,0,1\\r\n"
                                                "= socket_opened\n"
                                                "> AT\\r\n"
                                                "= peer_closed\n";
    start({"record", "--dialect", "bc26", port(), "-o", "out.at", "--script", "script.at", "--no-identify", "--patience", "0.1"});
    answer(module(), {{"AT+QISEND=0,5\r", "\r\nERROR\r\n"},
                      {"AT+CSQ\r", ""},
                      {"AT+QIOPEN=1,0,\"TCP\",\"220.180.239.212\",8062,0,1\r", "\r\nERROR\r\n"},  // so nothing opens
                      {"AT\r", "\r\nOK\r\n"}});
    EXPECT_EQ(ended(), 1);
    EXPECT_EQ(notes().substr(0, notes().rfind("atwire: out.at")),
              "atwire: script.at:2: hello: not sent, no prompt came for it\n"
              "atwire: script.at:3: AT+CSQ\\r: no final result within 1.1 s\n"
              "atwire: script.at:6: AT\\r: no peer_closed within 1.1 s\n");
    EXPECT_NE(last_note().find("; 3 lines of the script had no result"), std::string::npos);
}

TEST_F(Record, KeepsTheSilencesOfAScript) {
    std::ofstream{directory() / "script.at"} << "> ATO\\r\n> data\n~\n> +++\n~\n> AT\\r\n";
    start({"record", "--dialect", "ec200x", port(), "-o", "out.at", "--script", "script.at", "--no-identify"});
    answer(module(), {{"ATO\r", "\r\nCONNECT\r\n"}, {"data", ""}, {"+++", ""}});
    wait_until("two silences", [this] { return count(text(), "~\n") == 2; });
    module().say("\r\nOK\r\n");
    answer(module(), {{"AT\r", "\r\nOK\r\n"}});
    EXPECT_EQ(ended(), 0) << notes();
    EXPECT_LT(text().find("~\n"), text().find("+++"));
}

TEST_F(Record, EndsWithinAScript) {
    std::ofstream{directory() / "script.at"} << "> AT\\r\n> ATI\\r\n";
    start({"record", "--dialect", "bc26", port(), "-o", "out.at", "--script", "script.at", "--no-identify"});
    module().hear("AT\r");
    EXPECT_EQ(stop(), 0);
    EXPECT_NE(last_note().find("; the script was not played to its end\n"), std::string::npos) << last_note();
}

// ── Parts ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Steps, AreLines) {
    std::string text;
    Steps steps{[&text](const Step& step) { text += line_of(step); }};
    steps.said(Side::host, "AT+CSQ\r\nAT", 1);
    steps.said(Side::module, "AT+CSQ\r\r\n+CSQ: ", 2);
    steps.said(Side::module, "1,0\r\n\r\nOK\r\n", 2.01);
    steps.tick(2.2);
    steps.said(Side::module, "\r\n> ", 3);
    EXPECT_EQ(steps.due(), 3.05);
    steps.tick(3.04);
    EXPECT_EQ(count(text, "> \\r"), 0U);
    steps.tick(3.06);
    steps.idle(4);
    EXPECT_EQ(text,
              "@1.000 > AT+CSQ\\r\\n\n"
              "@1.000 > AT\n"
              "@2.000 < AT+CSQ\\r\n"
              "@2.000 < \\r\\n+CSQ: 1,0\\r\\n\n"
              "@2.010 < \\r\\nOK\\r\\n\n"
              "@3.000 < \\r\\n>\\x20\n"
              "@4.000 ~\n");
}

TEST(Steps, AreNotLong) {
    std::vector<std::size_t> lengths;
    Steps steps{[&lengths](const Step& step) { lengths.push_back(step.bytes.size()); }};
    steps.said(Side::module, std::string(2500, 'x'), 0);
    steps.flush();
    EXPECT_EQ(lengths, (std::vector<std::size_t>{1024, 1024, 452}));
}

class File : public testing::Test {
protected:
    File() : path_{fs::temp_directory_path() / ("atwire-file-" + std::to_string(getpid()))} {}
    ~File() override { fs::remove(path_); }
    [[nodiscard]] const fs::path& path() const { return path_; }
    /// A line of 1000 bytes.
    static std::string line(std::size_t number) {
        std::string text = "# " + std::to_string(number);
        text.resize(999, '.');
        return text + "\n";
    }
    [[nodiscard]] TranscriptFile::Say say() {
        return [this](const std::string& text) {
            const std::lock_guard lock{mutex_};
            notes_ += text + "\n";
        };
    }
    [[nodiscard]] std::string notes() {
        const std::lock_guard lock{mutex_};
        return notes_;
    }

private:
    fs::path path_;
    std::mutex mutex_;
    std::string notes_;
};

TEST_F(File, IsFullWhereTheDiskIsSlow) {
    ASSERT_EQ(mkfifo(path().c_str(), 0600), 0);
    const Descriptor reader{open(path().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
    TranscriptFile file{path(), true, say()};
    std::string written;
    for (std::size_t number = 0; !file.full(); ++number) {
        ASSERT_LT(number, 3 * TranscriptFile::most / 1000);
        written += line(number);
        file.add(line(number));
    }
    EXPECT_GE(written.size(), TranscriptFile::most);
    std::string come;
    std::vector<char> bytes(65536);
    wait_until("all lines", [&] {
        for (ssize_t length = 0; (length = read(reader.number(), bytes.data(), bytes.size())) > 0;)
            come.append(bytes.data(), static_cast<std::size_t>(length));
        return come.size() >= written.size();
    });
    EXPECT_TRUE(come == written);
    EXPECT_TRUE(file.close());
    EXPECT_EQ(notes(), "");
}

TEST_F(File, IsTriedAgainAndSaysWhatIsMissing) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit little{2500, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &little), 0);
    TranscriptFile file{path(), false, say()};
    for (std::size_t number = 0; number < 5; ++number) file.add(line(number));
    wait_until("it fails", [this] { return !notes().empty(); });
    EXPECT_EQ(notes(), path().string() + ": File too large; bytes still pass\n");
    const std::size_t many = TranscriptFile::most / 1000;
    for (std::size_t number = 5; number < 20 + many; ++number) file.add(line(number));
    EXPECT_FALSE(file.full()) << "nobody waits for a disk that may never have room";
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    wait_until("it is written", [this] { return fs::file_size(path()) > TranscriptFile::most; });
    file.add("# last\n");
    EXPECT_FALSE(file.close());
    EXPECT_EQ(notes(), path().string() + ": File too large; bytes still pass\n" + path().string() + ": is written again\n");
    const std::string all = contents(path());
    EXPECT_EQ(all.find(line(0) + line(1) + line(2) + line(3) + line(4)), 0U);
    const std::size_t note = all.find("# note: ");
    ASSERT_NE(note, std::string::npos);
    const std::size_t missing = std::stoul(all.substr(note + 8));
    EXPECT_EQ(all.substr(note + 8 + std::to_string(missing).size()),
              " lines are missing here: they could not be written\n# last\n");
    EXPECT_EQ(count(all, "\n") - 2 + missing, 20 + many);
}

/// What `Firmware` says of a dialogue.
std::vector<std::string> firmware_in(const std::vector<std::pair<std::string, std::string>>& dialogue) {
    std::vector<char> carries(1024);
    atwire::Session session{atwire::a76xx, std::span{carries}.first(512), std::span{carries}.last(512)};
    Firmware firmware;
    std::vector<std::string> found;
    for (const auto& [host, module] : dialogue) {
        for (const bool hosts : {true, false}) {
            hosts ? session.host_said(host) : session.module_said(module);
            while (const auto said = session.next()) {
                if (said.command != nullptr) firmware.heard(*said.command, host);
                if (said.event == nullptr) continue;
                if (const auto one = firmware.heard(*said.event)) found.push_back(*one);
            }
        }
    }
    return found;
}

TEST(Firmware, IsWhatTheModuleSays) {
    const std::string ok = "\r\n\r\nOK\r\n";
    using Names = std::vector<std::string>;
    EXPECT_EQ(firmware_in({{"ATI\r", "\r\nManufacturer: SIMCOM\r\nModel: A7670E\r\nRevision: A7670M7_V1.11\r\nIMEI: 1" + ok}}),
              Names{"A7670M7_V1.11"});
    EXPECT_EQ(firmware_in({{"AT+CGMR\r", "\r\n+CGMR: A7670M7_V1.11" + ok}}), Names{"A7670M7_V1.11"});
    EXPECT_EQ(firmware_in({{"AT+CGMR\r", "\r\nRevision: EC200UCNAAR02" + ok}}), Names{"EC200UCNAAR02"});
    // The same again says nothing, another one does.
    EXPECT_EQ(firmware_in({{"AT+CGMR\r", "\r\nA" + ok}, {"AT+CGMR\r", "\r\nA" + ok}, {"AT+CGMR\r", "\r\nB" + ok}}),
              (Names{"A", "B"}));
    EXPECT_EQ(firmware_in({{"ATI\r", "\r\nA" + ok}, {"AT+CGMR\r", "\r\nA\r\n\r\nERROR\r\n"}, {"AT+GMR\r", "\r\nA" + ok}}),
              Names{});
}

}  // namespace
