// Sessions: random dialogues played through them, cut anyhow, give what was said and end with what was set.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <atwire/detail/command_tables.hpp>
#include <atwire/dialects/all.hpp>
#include <atwire/session.hpp>
#include <random>
#include <set>

#include "properties/dialogues.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using namespace atwire;

Dice any_dice() { return Dice{*rc::gen::scale(8.0, rc::gen::arbitrary<std::vector<std::uint32_t>>())}; }

class Sessions : public testing::TestWithParam<const Dialect*> {
protected:
    const Dialect& dialect() const { return *GetParam(); }

    template <class Records>
    void same(const Records& said, const Records& heard) const {
        for (std::size_t i = 0; i < std::min(said.size(), heard.size()); ++i)
            if (!(said[i] == heard[i]))
                RC_FAIL("number " + std::to_string(i) + ":\n  said   " + show(said[i]) + "\n  heard  " + show(heard[i]));
        if (said.size() < heard.size()) RC_FAIL("nobody said   " + show(heard[said.size()]));
        if (said.size() > heard.size()) RC_FAIL("nobody heard  " + show(said[heard.size()]));
    }
    /// Behind a doubt the next socket is absent, and whose those behind it are is a guess.
    void same_sockets(const Outcome& said, const Outcome& heard) const {
        RC_ASSERT(said.result_sockets.size() == heard.result_sockets.size());
        if (!doubtful(heard)) RC_ASSERT(said.result_sockets == heard.result_sockets);
    }
    void same(const GeneratedDialogue& dialogue, const Outcome& said, Outcome heard, bool known) const {
        for (Record& record : heard.events)  // where nothing was known, the default was the right reading
            if (!known) record.doubts = {};
        same(said.commands, heard.commands);
        same(said.events, heard.events);
        same_sockets(said, heard);
        if (doubtful(heard)) heard.end = completed(heard.end, said.end);
        const std::string differs = difference(*dialogue.dialect, said.end, heard.end);
        if (!differs.empty()) RC_FAIL("settings differ, session's" + differs);
    }
};

std::string dialect_name(const testing::TestParamInfo<const Dialect*>& info) { return std::string{info.param->facts.name}; }
INSTANTIATE_TEST_SUITE_P(, Sessions, testing::ValuesIn(dialects().begin(), dialects().end()), dialect_name);

TEST_P(Sessions, HostHearsWhatWasSaid) {
    EXPECT_TRUE(rc::check("a host's session gives just what was said, and has learned what was set", [this] {
        Dice dice = any_dice();
        const bool known = !dice.once_in(4);
        const GeneratedDialogue dialogue = generate_dialogue(dice, dialect(), known);
        RC_LOG() << transcript_of(dialogue);
        same(dialogue, expected(dialogue), play(dialogue, nullptr), known);
    }));
}

TEST_P(Sessions, TapHearsWhatWasSaid) {
    EXPECT_TRUE(rc::check("so does a tap's, however both directions were cut", [this] {
        Dice dice = any_dice();
        const bool known = !dice.once_in(4);
        const GeneratedDialogue dialogue = generate_dialogue(dice, dialect(), known);
        RC_LOG() << transcript_of(dialogue);
        Dice cuts = any_dice();
        same(dialogue, expected(dialogue), play(dialogue, &cuts), known);
    }));
}

/// A dialogue from a seed.
GeneratedDialogue seeded(const Dialect& dialect, std::uint32_t seed) {
    std::mt19937 random{seed};
    std::vector<std::uint32_t> throws(600);
    for (std::uint32_t& one : throws) one = static_cast<std::uint32_t>(random());
    Dice dice{std::move(throws)};
    return generate_dialogue(dice, dialect, true);
}

/// Of a turn's bytes, those of its one line's text.
std::pair<std::size_t, std::size_t> text_in(const std::string& bytes) {
    const std::size_t begin = bytes.find_first_not_of("\r\n \"");
    return {begin, bytes.size() - 2};
}

/// Lines that say nothing of what is set, have nothing behind them and end nothing.
bool is_notice(const Turn& turn) {
    if (turn.who != Turn::Who::module || turn.events.size() != 1) return false;
    switch (turn.events[0].event.kind) {
        case Kind::peer_closed:
        case Kind::context_lost:
        case Kind::incoming_full:
        case Kind::dns_result:
        case Kind::dns_address:
        case Kind::time_synced:
        case Kind::ping_reply:
        case Kind::socket_opened:
        case Kind::coap_send_status:
        case Kind::information: return true;
        default: return false;
    }
}

TEST_P(Sessions, FaultInANoticeCostsThatLine) {
    std::size_t cases = 0;
    std::size_t struck = 0;
    EXPECT_TRUE(rc::check("a lost, doubled or changed byte of a notice's text changes no other line", [&, this] {
        Dice dice = any_dice();
        GeneratedDialogue dialogue = generate_dialogue(dice, dialect(), true);
        ++cases;
        std::vector<Turn*> notices;
        for (Turn& turn : dialogue.turns)
            if (is_notice(turn)) notices.push_back(&turn);
        if (notices.empty()) return;
        ++struck;
        Turn& turn = *notices[dice.below(notices.size())];
        const auto [begin, end] = text_in(turn.bytes);
        const std::size_t at = begin + dice.below(end - begin);
        switch (dice.below(3)) {
            case 0: turn.bytes.erase(at, 1); break;
            case 1: turn.bytes.insert(at, 1, turn.bytes[at]); break;
            default: turn.bytes[at] = '#'; break;
        }
        RC_LOG() << transcript_of(dialogue);
        const Outcome said = expected(dialogue);
        Dice cuts = any_dice();
        const Outcome heard = play(dialogue, &cuts);
        same(said.commands, heard.commands);
        RC_ASSERT(difference(dialect(), said.end, completed(heard.end, said.end)).empty());
        same_sockets(said, heard);
        RC_ASSERT(heard.events.size() == said.events.size());
        std::size_t differ = 0;
        for (std::size_t i = 0; i < said.events.size(); ++i) {
            Record now = heard.events[i];
            now.quirks = said.events[i].quirks;  // behind a line that isn't one any blank line is usual
            differ += now == said.events[i] ? 0 : 1;
        }
        RC_ASSERT(differ <= 1u);
    }));
    EXPECT_GT(struck * 10, cases);
}

TEST_P(Sessions, FaultInDataCostsItsBytes) {
    EXPECT_TRUE(rc::check("a changed byte in payload or in sent data changes that byte alone", [this] {
        Dice dice = any_dice();
        GeneratedDialogue dialogue = generate_dialogue(dice, dialect(), true);
        std::vector<Turn*> with_data;
        for (Turn& turn : dialogue.turns) {
            const bool payload = turn.events.size() == 2 && turn.events[1].event.kind == Kind::payload;
            const bool sent =
                turn.commands.size() == 1 && turn.commands[0].command.kind == CommandKind::send_data && turn.bytes.size() > 1;
            if (payload || sent) with_data.push_back(&turn);
        }
        if (with_data.empty()) return;
        Turn& turn = *with_data[dice.below(with_data.size())];
        // Its last byte but one: `0` is a digit too, and no byte that ends or escapes anything.
        char& byte = turn.bytes[turn.bytes.size() - (turn.commands.empty() ? 1 : 2)];
        if (byte == '\x03' || byte == '+' || (turn.bytes.size() > 2 && turn.bytes[turn.bytes.size() - 3] == '\x03')) return;
        byte = byte == '0' ? '1' : '0';
        RC_LOG() << transcript_of(dialogue);
        const Outcome said = expected(dialogue);
        Dice cuts = any_dice();
        const Outcome heard = play(dialogue, &cuts);
        RC_ASSERT(difference(dialect(), said.end, heard.end).empty());
        RC_ASSERT(heard.events.size() == said.events.size());
        RC_ASSERT(heard.commands.size() == said.commands.size());
        std::size_t differ = 0;
        for (std::size_t i = 0; i < said.events.size(); ++i) differ += said.events[i] == heard.events[i] ? 0 : 1;
        for (std::size_t i = 0; i < said.commands.size(); ++i) differ += said.commands[i] == heard.commands[i] ? 0 : 1;
        RC_ASSERT(differ == 1u);
    }));
}

/// The byte is lost, doubled or changed.
void strike(Dice& dice, std::size_t at, std::string& bytes) {
    switch (dice.below(3)) {
        case 0: bytes.erase(at, 1); break;
        case 1: bytes.insert(at, 1, bytes[at]); break;
        default: bytes[at] = static_cast<char>(bytes[at] ^ 1 << dice.below(8)); break;
    }
}

/// What a fault costs, by where it is (invariant 5).
enum class Cost {
    line,   ///< in a line's text
    lines,  ///< in a terminator, or in a header: it and what its length covers
    /// In what the host says, in a prompt, and where a payload without its header looks like a prompt or a result: how the host's
    /// bytes are read up to the result, and one line more.
    exchange,
};

Cost cost_of(const Turn& turn, std::size_t at) {
    if (turn.who != Turn::Who::module || turn.events.empty()) return Cost::exchange;
    for (const OwnedEvent& owned : turn.events)
        if (owned.event.kind == Kind::prompt || owned.event.kind == Kind::data_echo) return Cost::exchange;
    const auto [begin, end] = text_in(turn.bytes);
    return turn.events.size() == 1 && turn.bytes.ends_with("\r\n") && at >= begin && at < end ? Cost::line : Cost::lines;
}

/// One dialogue heard twice: as it was, and with a fault in one of its turns. Where nothing is known any more, the state is given
/// as it is; from then on both have to be the same.
class Compared {
public:
    Compared(const GeneratedDialogue& dialogue, std::size_t struck, std::size_t at, Dice* cuts)
        : dialogue_{dialogue}, cost_{cost_of(dialogue.turns[struck], at)}, cuts_{cuts}, right_{dialogue}, wrong_{dialogue} {
        sockets_known_ = dialogue.turns[struck].who == Turn::Who::module;
    }

    /// Both hear the turn, `bytes` in the place of its own. What differs that may not, or nothing.
    std::string hear(const Turn& turn, const std::string& bytes, bool struck) {
        if (struck && right_.session().host().in_data()) cost_ = Cost::exchange;  // a result, perhaps: till then all is data
        Outcome said;
        Outcome heard;
        const Settings before = right();
        right_.hear(turn, nullptr, said);
        // What its loss leaves unknown decides what the next lines mean.
        if (struck && !difference(*dialogue_.dialect, before, right()).empty()) cost_ = Cost::exchange;
        for (std::uint32_t& socket : said.result_sockets) socket = dialogue_.result_sockets[results_++];
        wrong_.hear({turn.who, bytes}, cuts_, heard);
        began_ |= struck;
        if (steers_otherwise(said, heard)) cost_ = Cost::exchange;
        forgiven_ |= cost_ == Cost::exchange || (struck && (teaches(said) || teaches(heard)));
        if (!began_) return {};
        if (pipe_ = right().transparent == 1 || wrong().transparent == 1; pipe_ && !ready_) return {};
        std::string fault = ready_ ? difference_of(said, heard) : std::string{};
        if (said.result_sockets.size() < heard.result_sockets.size()) sockets_known_ = false;
        return fault.empty() ? proceed(turn, struck, heard) : fault;
    }
    /// Whether one of them is in the byte pipe, where the fault may last.
    bool over() const { return pipe_ && !ready_; }

private:
    const Settings& right() { return right_.session().settings; }
    Settings& wrong() { return wrong_.session().settings; }

    /// The lines that decide whose the host's next bytes are.
    static std::multiset<Kind> steering(const Outcome& heard) {
        std::multiset<Kind> kinds;
        for (const Record& record : heard.events)
            if (is_final_result(record.kind) || record.kind == Kind::prompt || record.kind == Kind::send_ok ||
                record.kind == Kind::send_fail)
                kinds.insert(record.kind);
        return kinds;
    }
    /// Whether one was heard that was not said.
    static bool steers_otherwise(const Outcome& said, const Outcome& heard) {
        const auto all = steering(said);
        const auto some = steering(heard);
        return !std::includes(all.begin(), all.end(), some.begin(), some.end());
    }
    /// Whether one of its lines says what is set.
    static bool teaches(const Outcome& heard) {
        return std::any_of(heard.events.begin(), heard.events.end(), [](const Record& record) {
            return record.kind == Kind::option || record.kind == Kind::socket_status || record.kind == Kind::incoming;
        });
    }
    static std::string all(const std::vector<CommandRecord>& commands) {
        std::string text;
        for (const CommandRecord& command : commands) text += (text.empty() ? "" : " | ") + show(command);
        return text.empty() ? "nothing" : text;
    }
    std::string difference_of(const Outcome& said, Outcome& heard) const {
        if (said.events.size() != heard.events.size()) return "other events";
        for (std::size_t i = 0; i < said.events.size(); ++i) {
            heard.events[i].quirks = said.events[i].quirks;  // behind a line that isn't one any blank line is usual
            if (!(said.events[i] == heard.events[i])) return "said " + show(said.events[i]) + ", heard " + show(heard.events[i]);
        }
        if (!(said.commands == heard.commands)) return "said " + all(said.commands) + ", heard " + all(heard.commands);
        for (std::size_t i = 0; i < said.result_sockets.size() && sockets_known_; ++i)
            if (heard.result_sockets[i] != 99 && heard.result_sockets[i] != said.result_sockets[i]) return "another socket";
        return {};
    }

    std::string proceed(const Turn& turn, bool struck, const Outcome& heard) {
        const bool covered = covered_;
        if (!heard.events.empty() && !ready_) {
            const Record& last = heard.events.back();
            const bool header = last.kind != Kind::data_available && last.fields.find("encoding=") != std::string::npos &&
                                last.fields.find(" length=0 ") == std::string::npos;
            covered_ = header || (last.kind == Kind::payload && !last.last);
            if (covered_ && cost_ == Cost::line) cost_ = Cost::lines;  // it has become a header
        }
        if (struck || covered || covered_) {
            lines_ = modules_ = 0;
            forgiven_ |= covered_;
        } else if (turn.who == Turn::Who::module && turn.events.size() == 1 && turn.bytes.ends_with('\n')) {
            ++modules_;
        }
        const bool line = turn.who == Turn::Who::host && turn.commands[0].command.kind != CommandKind::send_data;
        if (line && !struck) ++lines_;
        const bool even = !covered_ && right().pending_count == wrong().pending_count &&
                          right_.session().host().in_data() == wrong_.session().host().in_data();
        const std::size_t most = cost_ == Cost::line ? 1 : cost_ == Cost::lines ? 2 : 3;
        if (line && lines_ >= most && !even) return "out of step";
        if (!even) {
            if (ready_) return "out of step again";
            return {};
        }
        if (const std::string known = known_otherwise(); !known.empty() && (ready_ || !forgiven_)) return "not so:" + known;
        ready_ = ready_ || cost_ == Cost::line || (cost_ == Cost::lines && modules_ >= 1) ||
                 (lines_ >= 2 && right().pending_count == 0);
        make_known();
        return {};
    }

    /// The settings that are known and wrong.
    std::string known_otherwise() { return difference(*dialogue_.dialect, right(), completed(wrong(), right())); }
    void make_known() {
#define ATWIRE_KNOWN(name, most) wrong().name = right().name;
        ATWIRE_SETTINGS(ATWIRE_KNOWN)
#undef ATWIRE_KNOWN
        wrong().access_mode = right().access_mode;
        wrong().service = right().service;
    }

    const GeneratedDialogue& dialogue_;
    Cost cost_;
    Dice* cuts_;
    ToldSession right_;
    ToldSession wrong_;
    bool began_ = false;
    bool forgiven_ = false;       ///< the fault may have changed a setting
    bool sockets_known_ = false;  ///< nothing came that looked like a result, and no command was misheard
    bool covered_ = false;        ///< a length covers more than it should
    bool pipe_ = false;
    bool ready_ = false;       ///< what the fault costs is paid
    std::size_t results_ = 0;  ///< that have a socket, so far
    std::size_t lines_ = 0;    ///< that the host has said since
    std::size_t modules_ = 0;  ///< turns of the module since
};

TEST_P(Sessions, SingleFaultCostsWhatItMay) {
    EXPECT_TRUE(rc::check("a lost, doubled or changed byte costs its line, its exchange, or what a length covers", [this] {
        Dice dice = any_dice();
        GeneratedDialogue dialogue = generate_dialogue(dice, dialect(), true);
        if (dialogue.turns.empty()) return;
        Dice choice = any_dice();
        const std::size_t struck = choice.below(dialogue.turns.size());
        const Turn& turn = dialogue.turns[struck];
        if (turn.bytes.empty()) return;
        const std::size_t at = choice.below(turn.bytes.size());
        std::string bytes = turn.bytes;
        strike(choice, at, bytes);
        Dice cuts = any_dice();
        for (Dice* const how : {static_cast<Dice*>(nullptr), &cuts}) {
            Compared compared{dialogue, struck, at, how};
            for (std::size_t i = 0; i < dialogue.turns.size() && !compared.over(); ++i) {
                const std::string differs =
                    compared.hear(dialogue.turns[i], i == struck ? bytes : dialogue.turns[i].bytes, i == struck);
                if (!differs.empty())
                    RC_FAIL(transcript_of(dialogue) + "turn " + std::to_string(struck) + ": " + escape(bytes) + "\nat turn " +
                            std::to_string(i) + ": " + differs);
            }
        }
    }));
}

TEST_P(Sessions, DialoguesShowWhatTheDialectHas) {
    std::set<std::string> seen;
    for (std::uint32_t seed = 0; seed < 1500; ++seed) {
        const Outcome heard = expected(seeded(dialect(), seed));
        for (const Record& record : heard.events) seen.emplace(name(record.kind));
        for (const CommandRecord& record : heard.commands) {
            seen.emplace(std::string{name(record.kind)} + (record.joined ? " joined" : ""));
            if (record.kind == CommandKind::send_data) seen.emplace("data to " + record.end);
        }
    }
    for (const CommandFacts& facts : dialect().facts.commands)
        for (const CommandRow& row : facts.rows)
            EXPECT_TRUE(seen.contains(std::string{name(detail::kind_of(facts, row))})) << facts.name;
    std::set<std::string> wanted = {"ok",          "error",     "echo",     "prompt",          "data to ctrl_z",
                                    "data to esc", "supported", "set_echo", "set_echo joined", "information",
                                    "text",        "malformed"};
    const std::string_view dialect_name = dialect().facts.name;
    if (dialect_name != "bc95") wanted.insert({"data to length", "socket_status", "data_read", "payload", "data_received"});
    if (dialect_name == "bc65" || dialect_name == "bc26") wanted.insert({"send_ok", "send_fail", "close_ok"});
    if (dialect_name == "bc65" || dialect_name == "ec200x") wanted.insert("incoming");
    if (dialect_name != "bc65") wanted.insert("data_echo");
    if (dialect_name == "ec200x") wanted.insert({"send_ok", "no_carrier"});
    if (dialect_name == "a76xx") wanted.insert({"network_state", "network_opened", "data_source", "closed"});
    if (has_pipe(dialect())) wanted.insert({"connect", "data to ", "leave_data_mode", "resume_data_mode"});
    if (dialect_name == "bc95") wanted.insert({"coap_request", "coap_response", "payload", "option"});
    for (const std::string& one : wanted) EXPECT_TRUE(seen.contains(one)) << one;
}

// ── What decides: each row of the vocabulary's table, set by a dialogue ─────────────────────────────────────────────────────

/// Lines of a transcript: `> ` and `< ` before what a side said, `~` for the silence of both.
class Script {
public:
    explicit Script(const Dialect& dialect) : session_{dialect, module_carry_, host_carry_} {}

    Script& say(std::string_view lines) {
        while (!lines.empty()) {
            const std::size_t end = lines.find('\n');
            line(lines.substr(0, end));
            lines.remove_prefix(std::min(lines.size(), end == std::string_view::npos ? end : end + 1));
        }
        return *this;
    }
    /// What the module's bytes meant since the last question, as one text.
    std::string heard() {
        std::string text;
        for (const Record& record : events_) {
            text += (text.empty() ? "" : " | ") + std::string{name(record.kind)};
            if (record.kind == Kind::data_read || record.kind == Kind::payload || record.kind == Kind::data_received ||
                record.kind == Kind::data_echo)
                text += record.data.empty() ? record.fields : " " + escape(record.data);
            if (record.doubts.has(Doubt::inferred)) text += " inferred";
        }
        events_.clear();
        return text;
    }
    /// What the host's did.
    std::string host() {
        std::string text;
        for (const CommandRecord& record : commands_) {
            text += (text.empty() ? "" : " | ") + std::string{name(record.kind)};
            if (record.kind == CommandKind::send_data) text += " " + escape(record.data);
        }
        commands_.clear();
        return text;
    }
    Session& session() { return session_; }
    Settings& settings() { return session_.settings; }

private:
    void line(std::string_view text) {
        if (text == "~") {
            session_.module_idle();
            session_.host_idle();
            return drain();
        }
        std::size_t fault = 0;
        const std::string bytes = unescape(text.substr(2), fault).value();
        for (const char& c : bytes) {  // byte by byte
            EXPECT_TRUE(text[0] == '>' ? session_.host_said({&c, 1}) : session_.module_said({&c, 1}));
            drain();
        }
    }
    void drain() {
        while (const auto said = session_.next()) {
            if (said.event != nullptr) add_joined(events_, *said.event);
            if (said.command != nullptr) add_joined(commands_, *said.command);
        }
    }

    std::array<char, 2000> module_carry_{};
    std::array<char, 2000> host_carry_{};
    Session session_;
    std::vector<Record> events_;
    std::vector<CommandRecord> commands_;
};

/// What `bytes` mean behind a dialogue.
std::string reading(const Dialect& dialect, std::string_view dialogue, std::string_view bytes) {
    Script script{dialect};
    script.say(dialogue);
    script.heard();
    script.say(bytes).say("~");
    return script.heard();
}
/// A command that succeeds; the module doesn't echo.
std::string done(std::string_view command) { return "> " + std::string{command} + "\\r\n< \\r\\nOK\\r\\n\n"; }
const std::string quiet = done("ATE0");
/// The same of a Quectel module, whose received data are bytes.
const std::string plain = quiet + done("AT+QICFG=\"dataformat\",0,0") + done("AT+QICFG=\"viewmode\",0");
std::string open(int socket, int mode, std::string_view service = "TCP") {
    const std::string at =
        "AT+QIOPEN=1," + std::to_string(socket) + ",\"" + std::string{service} + "\",\"1.2.3.4\",80,5," + std::to_string(mode);
    return done(at) + "< \\r\\n+QIOPEN: " + std::to_string(socket) + ",0\\r\\n\n";
}

TEST(Learned, AccessModeDecidesBetweenNoticeAndHeader) {
    constexpr std::string_view bytes = "< \\r\\n+QIURC: \"recv\",0,2\\r\\nab\\r\\n";
    for (const Dialect* dialect : {&bc65, &bc26, &ec200x}) {
        EXPECT_EQ(reading(*dialect, plain + open(0, 0), bytes), "data_available | text") << dialect->facts.name;
        EXPECT_EQ(reading(*dialect, plain + open(0, 1), bytes), "data_received socket=0 length=2 encoding=raw | payload ab");
        EXPECT_EQ(reading(*dialect, plain + open(0, 0) + done("AT+QISWTMD=0,1"), bytes),
                  "data_received socket=0 length=2 encoding=raw | payload ab");
        EXPECT_EQ(reading(*dialect, plain + open(0, 1) + done("AT+QISWTMD=0,0"), bytes), "data_available | text");
        // Without a mode it is buffered; nobody having opened it, that is only likely.
        EXPECT_EQ(reading(*dialect, plain + done("AT+QIOPEN=1,0,\"TCP\",\"1.2.3.4\",80"), bytes), "data_available | text");
        EXPECT_EQ(reading(*dialect, plain, bytes), "data_available inferred | text");
        // Another socket's.
        EXPECT_EQ(reading(*dialect, plain + open(0, 0) + open(1, 1), bytes), "data_available | text");
        EXPECT_EQ(reading(*dialect, plain + open(0, 1) + open(1, 0), bytes),
                  "data_received socket=0 length=2 encoding=raw | payload ab");
    }
}

TEST(Learned, ModeIsSetByItsResultAlone) {
    constexpr std::string_view bytes = "< \\r\\n+QIURC: \"recv\",0,2\\r\\nab\\r\\n";
    const std::string begin = plain + open(0, 0);
    EXPECT_EQ(reading(bc26, begin + "> AT+QISWTMD=0,1\\r\n", bytes), "data_available | text");
    EXPECT_EQ(reading(bc26, begin + "> AT+QISWTMD=0,1\\r\n< \\r\\nERROR\\r\\n\n", bytes), "data_available | text");
    EXPECT_EQ(reading(bc26, begin + "> AT+QISWTMD=0,1\\r\n< \\r\\n+CME ERROR: 50\\r\\n\n", bytes), "data_available | text");
    // The next command's result is the next command's.
    EXPECT_EQ(reading(bc26, begin + "> AT+QISWTMD=0,1\\r\n< \\r\\nERROR\\r\\n\n" + done("AT+QISTATE?"), bytes),
              "data_available | text");
    EXPECT_EQ(reading(bc26, begin + "> AT+QIRD=0,5\\r\n< \\r\\nERROR\\r\\n\n" + done("AT+QISWTMD=0,1"), bytes),
              "data_received socket=0 length=2 encoding=raw | payload ab");
    // A notice that comes between the two is still read by the old mode.
    Script script{bc26};
    script.say(begin + "> AT+QISWTMD=0,1\\r\n");
    script.heard();
    script.say("< \\r\\n+QIURC: \"recv\",0,2\\r\\n\\r\\nOK\\r\\n\\r\\n+QIURC: \"recv\",0,2\\r\\nab");
    EXPECT_EQ(script.heard(), "data_available | ok | data_received socket=0 length=2 encoding=raw | payload ab");
}

TEST(Learned, ViewmodeDecidesWherePayloadBegins) {
    constexpr std::string_view bytes = "< \\r\\n+QIRD: 2,7\\r\\nab\\r\\n\\r\\nOK\\r\\n";
    const std::string begin = plain + done("AT+QICFG=\"showlength\",0");
    const std::string ask = "> AT+QIRD=0,5\\r\n";
    EXPECT_EQ(reading(bc26, begin + done("AT+QICFG=\"viewmode\",0") + ask, bytes),
              "data_read socket=0 length=2 remaining=7 encoding=raw | payload ab | ok");
    EXPECT_EQ(reading(bc26, begin + done("AT+QICFG=\"viewmode\",1") + ask, bytes),
              "data_read socket=0 length=2 encoding=raw | payload 7\\r | text | ok");
    EXPECT_EQ(reading(bc26, quiet + ask, bytes),
              "data_read socket=0 length=2 remaining=7 encoding=raw inferred | payload ab | ok");
    // Read back.
    EXPECT_EQ(
        reading(bc26, begin + "> AT+QICFG=\"viewmode\"\\r\n< \\r\\n+QICFG: \"viewmode\",1\\r\\n\\r\\nOK\\r\\n\n" + ask, bytes),
        "data_read socket=0 length=2 encoding=raw | payload 7\\r | text | ok");
}

TEST(Learned, ShowlengthDecidesBetweenRemainingAndPayload) {
    constexpr std::string_view bytes = "< \\r\\n+QIRD: 2,7,ab\\r\\n\\r\\nOK\\r\\n";
    for (const Dialect* dialect : {&bc65, &bc26}) {
        const std::string begin = plain + done("AT+QICFG=\"viewmode\",1");
        const std::string ask = "> AT+QIRD=0,5\\r\n";
        EXPECT_EQ(reading(*dialect, begin + done("AT+QICFG=\"showlength\",1") + ask, bytes),
                  "data_read socket=0 length=2 remaining=7 encoding=raw | payload ab | ok");
        EXPECT_EQ(reading(*dialect, begin + done("AT+QICFG=\"showlength\",0") + ask, bytes),
                  "data_read socket=0 length=2 encoding=raw | payload 7, | text | ok");
    }
}

TEST(Learned, LengthInANoticeIsExpectedOrNot) {
    constexpr std::string_view bytes = "< \\r\\n+QIURC: \"recv\",0,2\\r\\n";
    const auto quirks = [&](const Dialect& dialect, const std::string& dialogue) {
        std::vector<char> a(500), b(500);
        Session session{dialect, a, b};
        Quirks found;
        std::string all = dialogue + std::string{bytes};
        for (std::string_view rest = all; !rest.empty();) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.size(), line.size() + 1));
            std::size_t fault = 0;
            const std::string said = unescape(line.substr(2), fault).value();
            line[0] == '>' ? session.host_said(said) : session.module_said(said);
            while (const auto one = session.next())
                if (one.event != nullptr) found = one.event->quirks;
        }
        return found;
    };
    const std::string begin = quiet + open(0, 0);
    EXPECT_TRUE(quirks(bc26, begin + done("AT+QICFG=\"showlength\",0")).has(Quirk::unexpected_length));
    EXPECT_TRUE(quirks(bc26, begin + done("AT+QICFG=\"showlength\",1")).empty());
    EXPECT_TRUE(quirks(ec200x, begin + done("AT+QICFG=\"recvind\",0")).has(Quirk::unexpected_length));
    EXPECT_TRUE(quirks(ec200x, begin + done("AT+QICFG=\"recvind\",1")).empty());
}

TEST(Learned, LengthOfTheReadDecidesBetweenTotalsAndPayload) {
    constexpr std::string_view bytes = "< \\r\\n+QIRD: 5,12,34\\r\\n\\r\\nOK\\r\\n";
    const std::string begin = plain + open(0, 0) + done("AT+QICFG=\"viewmode\",1");
    EXPECT_EQ(reading(ec200x, begin + "> AT+QIRD=0,0\\r\n", bytes), "receive_totals | ok");
    EXPECT_EQ(reading(ec200x, begin + "> AT+QIRD=0,100\\r\n", bytes),
              "data_read socket=0 length=5 encoding=raw | payload 12,34 | ok");
    EXPECT_EQ(reading(ec200x, begin + "> AT+QIRD=0\\r\n", bytes),
              "data_read socket=0 length=5 encoding=raw | payload 12,34 | ok");
    EXPECT_EQ(reading(ec200x, begin + "> AT+QIRD=0,0\\r\n< \\r\\nOK\\r\\n\n> AT+QIRD=0,9\\r\n", bytes),
              "data_read socket=0 length=5 encoding=raw | payload 12,34 | ok");
}

TEST(Learned, ServiceDecidesBetweenPeerAndPayload) {
    constexpr std::string_view pushed = "< \\r\\n+QIURC: \"recv\",2,4,\"10.7.76.34\",7687\\r\\nAAAA\\r\\n";
    const auto opened = [](int socket, std::string_view service, int mode) {
        return done("AT+QIOPEN=1," + std::to_string(socket) + ",\"" + std::string{service} + "\"," +
                    (service == "UDP SERVICE" ? "\"127.0.0.1\",0,3030," : "\"1.2.3.4\",80,0,") + std::to_string(mode));
    };
    const std::string begin = plain + done("AT+QICFG=\"viewmode\",1");
    EXPECT_TRUE(reading(ec200x, begin + opened(2, "UDP SERVICE", 1), pushed)
                    .starts_with("data_received socket=2 length=4 address=\"10.7.76.34\" port=7687 encoding=raw"))
        << reading(ec200x, begin + opened(2, "UDP SERVICE", 1), pushed);
    EXPECT_TRUE(reading(ec200x, begin + opened(2, "TCP", 1), pushed)
                    .starts_with("data_received socket=2 length=4 encoding=raw | payload \"10."));
    EXPECT_TRUE(reading(ec200x, begin + opened(2, "TCP", 1) + opened(3, "UDP SERVICE", 1), pushed)
                    .starts_with("data_received socket=2 length=4 encoding=raw | payload \"10."));
    constexpr std::string_view read = "< \\r\\n+QIRD: 4,\"10.7.76.34\",7687\\r\\nAAAA\\r\\n\\r\\nOK\\r\\n";
    const std::string ask = "> AT+QIRD=2\\r\n";
    EXPECT_EQ(reading(ec200x, plain + opened(2, "UDP SERVICE", 0) + ask, read),
              "data_read socket=2 length=4 address=\"10.7.76.34\" port=7687 encoding=raw | payload AAAA | ok");
    EXPECT_TRUE(reading(ec200x, plain + opened(2, "TCP", 0) + ask, read)
                    .starts_with("data_read socket=2 length=4 encoding=raw | payload \"10."));
}

TEST(Learned, DataformatDecidesBetweenBytesAndDigits) {
    constexpr std::string_view bytes = "< \\r\\n+QIRD: 2\\r\\n4F4B\\r\\n\\r\\nOK\\r\\n";
    const std::string ask = "> AT+QIRD=0,5\\r\n";
    for (const Dialect* dialect : {&bc65, &bc26, &ec200x}) {
        EXPECT_EQ(reading(*dialect, quiet + open(0, 0) + done("AT+QICFG=\"dataformat\",0,1") + ask, bytes),
                  "data_read socket=0 length=2 encoding=hex | payload 4F4B | ok")
            << dialect->facts.name;
        EXPECT_EQ(reading(*dialect, quiet + open(0, 0) + done("AT+QICFG=\"dataformat\",1,0") + ask, bytes),
                  "data_read socket=0 length=2 encoding=raw | payload 4F | text | ok");
    }
    EXPECT_EQ(reading(a76xx, quiet + "> AT+CIPRXGET=3,1,5\\r\n", "< \\r\\n+CIPRXGET: 3,1,2,0\\r\\n4F4B\\r\\nOK\\r\\n"),
              "data_read socket=1 length=2 remaining=0 encoding=hex | payload 4F4B | ok");
    EXPECT_EQ(reading(a76xx, quiet + "> AT+CIPRXGET=2,1,5\\r\n", "< \\r\\n+CIPRXGET: 2,1,2,0\\r\\n4F4B\\r\\nOK\\r\\n"),
              "data_read socket=1 length=2 remaining=0 encoding=raw | payload 4F | text | ok");
}

TEST(Learned, AcceptedSocketsHaveTheirMode) {
    constexpr std::string_view bytes = "< \\r\\n+QIURC: \"recv\",4,2\\r\\nab\\r\\n";
    const auto accepted = [](int mode) {
        return plain + done("AT+QIOPEN=1,1,\"TCP LISTENER\",\"127.0.0.1\",0,2020," + std::to_string(mode)) +
               "< \\r\\n+QIURC: \"incoming\",4,1,\"192.168.2.2\",36566\\r\\n\n";
    };
    const auto on_bc65 = [](int mode) {
        return plain + done("AT+QIOPEN=1,1,\"TCP LISTENER\",\"127.0.0.1\",1,2020," + std::to_string(mode)) +
               "< \\r\\n+QIURC: \"incoming\",4,1,\"192.168.2.2\",36566\\r\\n\n";
    };
    EXPECT_EQ(reading(bc65, on_bc65(0), bytes), "data_available | text");
    EXPECT_EQ(reading(bc65, on_bc65(1), bytes), "data_available | text");
    EXPECT_EQ(reading(ec200x, accepted(0), bytes), "data_available | text");
    EXPECT_EQ(reading(ec200x, accepted(1), bytes), "data_received socket=4 length=2 encoding=raw | payload ab");
    // Until a row says otherwise.
    const std::string row =
        "> AT+QISTATE=1,4\\r\n< \\r\\n+QISTATE: 4,\"TCP "
        "INCOMING\",\"192.168.2.2\",36566,2020,2,1,1,0,\"usbmodem\"\\r\\n\\r\\nOK\\r\\n\n";
    EXPECT_EQ(reading(ec200x, accepted(1) + row, bytes), "data_available | text");
}

TEST(Learned, WhatComesBeforePushedData) {
    constexpr std::string_view bytes = "< \\r\\nRECV FROM:1.2.3.4:5\\r\\nabc\\r\\n";
    EXPECT_EQ(reading(a76xx, quiet + done("AT+CIPHEAD=1"), bytes), "data_source | text");
    EXPECT_EQ(reading(a76xx, quiet + done("AT+CIPHEAD=0"), bytes), "data_source | payload abc");
    EXPECT_EQ(reading(a76xx, quiet + done("AT+CIPHEAD=0") + done("AT+CIPHEAD"), bytes), "data_source | text");
    EXPECT_EQ(reading(a76xx, quiet + done("AT+CIPHEAD=1") + "> AT+CIPHEAD?\\r\n< \\r\\n+CIPHEAD: 0\\r\\n\\r\\nOK\\r\\n\n", bytes),
              "data_source | payload abc");
    Script script{a76xx};
    script.say(quiet + done("AT+CIPSRIP=0") + done("AT+CIPCCFG=10,0,0,0,1,0,500,0"));
    EXPECT_EQ(script.settings().cipsrip, 0);
    EXPECT_EQ(script.settings().headertype, 1);
    EXPECT_EQ(script.settings().errmode, 0);
    script.say(done("AT+CIPCCFG"));
    EXPECT_EQ(script.settings().headertype, 0);
    EXPECT_EQ(script.settings().errmode, 1);
    script.say(done("AT+CIPCCFG=,,,,1"));  // what is left out stays
    EXPECT_EQ(script.settings().headertype, 1);
    EXPECT_EQ(script.settings().errmode, 1);
    script.say(done("AT+CIPRXGET=1") + "> AT+CIPRXGET=2,0\\r\n< \\r\\n+IP ERROR: No data\\r\\n\\r\\nERROR\\r\\n\n");
    EXPECT_EQ(script.settings().ciprxget, 1);
}

TEST(Learned, NetopenIsAResultOrAState) {
    constexpr std::string_view bytes = "< \\r\\n+NETOPEN: 1\\r\\n";
    EXPECT_EQ(reading(a76xx, quiet + "> AT+NETOPEN?\\r\n", bytes), "network_state");
    EXPECT_EQ(reading(a76xx, quiet + "> AT+NETOPEN\\r\n", bytes), "network_opened");
    EXPECT_EQ(reading(a76xx, quiet + "> AT+NETOPEN?\\r\n< \\r\\n+NETOPEN: 0\\r\\n\\r\\nOK\\r\\n\n", bytes), "network_opened");
    EXPECT_EQ(reading(a76xx, "", bytes), "network_opened inferred");
}

TEST(Learned, DataComesBackOrTheResponseDoes) {
    constexpr std::string_view bytes = "< ab\\r\\nOK\\r\\n";
    const std::string typed = "> AT+QISEND=0,2\\r\n< \\r\\n>\n> ab\n";
    EXPECT_EQ(reading(bc26, quiet + done("AT+QICFG=\"echomode\",1") + typed, bytes), "data_echo ab | ok");
    EXPECT_EQ(reading(bc26, quiet + done("AT+QICFG=\"echomode\",0") + typed, bytes), "text | ok");
    const std::string to_ctrl_z = "> AT+QISEND=0\\r\n< \\r\\n>\n> ab\\x1A\n";
    EXPECT_EQ(reading(ec200x, quiet + done("AT+QISDE=1") + to_ctrl_z, "< ab\\r\\nSEND OK\\r\\n"), "data_echo ab | send_ok");
    EXPECT_EQ(reading(ec200x, quiet + done("AT+QISDE=0") + to_ctrl_z, "< ab\\r\\nSEND OK\\r\\n"), "text | send_ok");
    const std::string escaped = "> AT+CIPSEND=0\\r\n< \\r\\n>\n> \\x03\\x1A\\x1A\n";
    EXPECT_EQ(reading(a76xx, quiet + done("AT+CIPCFG=\"DATAECHO\",ON") + escaped, "< \\x03\\x1A\\r\\nOK\\r\\n"),
              "data_echo \\x03\\x1A | ok");
    EXPECT_EQ(reading(a76xx, quiet + done("AT+CIPCFG=\"DATAECHO\",OFF") + escaped, "< \\x03\\x1A\\r\\nOK\\r\\n"), "text | ok");
}

TEST(Learned, FormatcfgPutsALineBreakBehindThePrompt) {
    const std::string typed = "> AT+QISEND=0,2\\r\n< \\r\\n>\\r\\n\n> ab\n";
    EXPECT_EQ(reading(ec200x, quiet + done("AT+QISDE=1") + done("AT+QICFG=\"formatcfg\",1") + typed, "< ab\\r\\nSEND OK\\r\\n"),
              "data_echo ab | send_ok");
}

TEST(Learned, CommandLinesComeBackAsLongAsEchoIsOn) {
    constexpr std::string_view bytes = "< AT+QIRD=?\\r\\r\\nOK\\r\\n";
    EXPECT_EQ(reading(bc26, done("ATE1"), bytes), "echo | ok");
    EXPECT_EQ(reading(bc26, done("ATE0"), bytes), "text | ok");
    EXPECT_EQ(reading(bc26, done("ATE1") + "> ATE0\\r\n< ATE0\\r\\r\\nERROR\\r\\n\n", bytes), "echo | ok");
    EXPECT_EQ(reading(bc26, "", bytes), "echo inferred | ok");
}

TEST(Learned, PipeBeginsAtConnectAndEndsAtItsOk) {
    const std::string connected = "> AT+QIOPEN=1,0,\"TCP\",\"1.2.3.4\",80,0,2\\r\n< \\r\\nCONNECT\\r\\n\n";
    constexpr std::string_view bytes = "< \\r\\nOK\\r\\n\\r\\n+QIURC: \"closed\",0\\r\\n";
    EXPECT_EQ(reading(ec200x, quiet + connected, bytes), "payload \\r\\nOK\\r\\n\\r\\n+QIURC: \"closed\",0\\r\\n");
    EXPECT_EQ(reading(ec200x, quiet + connected + "> +++\n", bytes), "payload \\r\\nOK\\r\\n\\r\\n+QIURC: \"closed\",0\\r\\n");
    EXPECT_EQ(reading(ec200x, quiet + connected + "~\n> +++\n~\n", bytes), "ok | peer_closed");
    EXPECT_EQ(reading(ec200x, quiet + "> AT+QIOPEN=1,0,\"TCP\",\"1.2.3.4\",80,0,2\\r\n< \\r\\nERROR\\r\\n\n", bytes),
              "ok | peer_closed");
    Script script{ec200x};
    script.say(quiet + connected);
    EXPECT_EQ(script.settings().access_mode[0], 2);
    script.say("~\n> +++\n~\n< \\r\\nOK\\r\\n\n");
    EXPECT_EQ(script.settings().access_mode[0], 0);
    EXPECT_EQ(script.settings().transparent, 0);
    script.say("> ATO\\r\n< \\r\\nCONNECT\\r\\n\n");
    EXPECT_EQ(script.settings().access_mode[0], 2);
    EXPECT_EQ(script.settings().transparent, 1);
    script.heard();
    script.say("< a\\r\\nNO CARRIER\\r\\n");
    EXPECT_EQ(script.heard(), "payload a");
    script.say("> AT\\r\n");
    EXPECT_EQ(script.heard(), "no_carrier");
    script.host();
    script.say(connected + "< \\r\\nNO CARRIER\\r\\n\n> A\n");
    script.say("> B\n");
    EXPECT_EQ(script.host(), "open_socket | send_data AB");
}

TEST(Learned, CoapOptionsSetWhatIsShown) {
    Script script{bc95};
    script.say(quiet + done("AT+QCOAPCFG=\"Showra\",1") + "> AT+QCOAPCFG=\"Showrspopt\",1\\r\n< \\r\\nERROR\\r\\n\n");
    EXPECT_EQ(script.settings().showra, 1);
    EXPECT_EQ(script.settings().showrspopt, unset);
}

// ── Results without a name, lines with several commands ─────────────────────────────────────────────────────────────────────

TEST(Results, SendOkIsTheOldestSendsWhateverCameBetween) {
    Script script{bc65};  // the manual's own example: erratum E010
    script.say(quiet + done("AT+QISEND=3,1,\"a\"") + "> AT+QISEND=5,1,\"b\"\\r\n< \\r\\nERROR\\r\\n\n");
    EXPECT_FALSE(script.session().result_socket());
    script.say(done("AT+QISEND=4,1,\"c\"") + "< \\r\\nSEND OK\\r\\n\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 3u);
    script.say("< \\r\\nSEND FAIL\\r\\n\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 4u);
    script.say("< \\r\\nSEND OK\\r\\n\n");  // of a command that nobody heard
    EXPECT_FALSE(script.session().result_socket());
}

TEST(Results, SendOkOfDataBehindAPrompt) {
    for (const std::string_view send : {"> AT+QISEND=2\\r\n< \\r\\n>\n> ab\\x1A\n", "> AT+QISEND=2,2\\r\n< \\r\\n>\n> ab\n"}) {
        Script quectel{bc26};
        quectel.say(quiet + std::string{send});
        EXPECT_EQ(quectel.host(), "set_echo | send | send_data ab");
        quectel.say("< \\r\\nOK\\r\\n\\r\\nSEND OK\\r\\n");
        EXPECT_EQ(quectel.session().result_socket().value_or(99), 2u);
        Script ec{ec200x};
        ec.say(quiet + std::string{send} + "< \\r\\nSEND OK\\r\\n");
        EXPECT_EQ(ec.session().result_socket().value_or(99), 2u);
        EXPECT_EQ(ec.settings().pending_count, 0);
    }
}

TEST(Results, DataAreAsLongAsTheirSendSays) {
    for (const auto& [set, send] :
         {std::pair{"AT+QICFG=\"dataformat\",0,0", "AT+QISEND=2,4"}, std::pair{"AT+QICFG=\"dataformat\",1,0", "AT+QISEND=2,2"},
          std::pair{"AT+QICFG=\"dataformat\",0,0", "AT+QISENDEX=2,2"}}) {
        Script script{bc65};
        script.say(quiet + done(set));
        script.host();
        script.say("> " + std::string{send} + "\\r\n< \\r\\n>\n> 4F4BAT\\r\n");
        EXPECT_TRUE(script.host().ends_with(" | send_data 4F4B | attention")) << send;
    }
    // As the format is when they begin.
    Script at_once{bc65};
    at_once.say(quiet + "> AT+QICFG=\"dataformat\",1,0\\r\n> AT+QISEND=2,2\\r\n< \\r\\nOK\\r\\n\\r\\n>\n> 4F4BAT\\r\n");
    EXPECT_TRUE(at_once.host().ends_with(" | send_data 4F4B | attention"));
}

TEST(Results, AskingForTotalsIsNoSend) {
    Script script{bc26};
    script.say(quiet + "> AT+QISEND=1,0\\r\n< \\r\\n+QISEND: 3,3,0\\r\\n\\r\\nOK\\r\\n\n" + done("AT+QISEND=2,1,\"a\"") +
               "< \\r\\nSEND OK\\r\\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 2u);
    // Nor is asking what it takes.
    script.say(done("AT+QISEND=?") + done("AT+QISEND=4,1,\"a\"") + "< \\r\\nSEND OK\\r\\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 4u);
}

TEST(Results, SocketThatThereIsNotIsAbsent) {
    Script script{ec200x};
    script.say(quiet + "> AT+QISEND=99\\r\n< \\r\\n>\n> ab\\x1A\n< \\r\\nSEND OK\\r\\n");
    EXPECT_FALSE(script.session().result_socket());
    Script later{bc26};
    later.say(quiet + done("AT+QISEND=99,1,\"a\"") + "< \\r\\nSEND OK\\r\\n");
    EXPECT_FALSE(later.session().result_socket());
}

TEST(Results, AResultEndsTheDataThatIsUnderWay) {
    for (const std::string_view send : {"> AT+QISEND=2\\r\n", "> AT+QISEND=2,9\\r\n"}) {
        Script script{ec200x};
        script.say(quiet + std::string{send} + "< \\r\\n>\n> ab\n< \\r\\nSEND FAIL\\r\\n\n> AT+QIRD=?\\r");
        EXPECT_TRUE(script.host().ends_with("send | send_data ab | test"));
        EXPECT_EQ(script.session().result_socket().value_or(99), 2u);
    }
}

TEST(Results, CloseOkIsTheOldestCloses) {
    Script script{bc26};
    script.say(quiet + done("AT+QICLOSE=1") + done("AT+QISEND=3,1,\"a\"") + done("AT+QICLOSE=2") + "< \\r\\nCLOSE OK\\r\\n\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 1u);
    script.say("< \\r\\nSEND OK\\r\\n\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 3u);
    script.say("< \\r\\nCLOSE OK\\r\\n\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 2u);
}

TEST(Results, NoCloseIsConfirmedWhereTheModuleNeverDoes) {
    Script script{ec200x};
    script.say(quiet + done("AT+QICLOSE=1") + "< \\r\\nCLOSE OK\\r\\n\n");
    EXPECT_FALSE(script.session().result_socket());
}

TEST(Results, CommandsOfOneLineShareTheirs) {
    Script script{a76xx};
    script.say(quiet + "> AT+CIPHEAD=0;+CIPSRIP=0\\r\n");
    EXPECT_EQ(script.settings().ciphead, unset);
    script.say("< \\r\\nOK\\r\\n\n");
    EXPECT_EQ(script.settings().ciphead, 0);
    EXPECT_EQ(script.settings().cipsrip, 0);
    EXPECT_EQ(script.settings().pending_count, 0);
    script.say("> AT+CIPHEAD=1;+CIPSRIP=1\\r\n< \\r\\nERROR\\r\\n\n");
    EXPECT_EQ(script.settings().ciphead, 0);
    EXPECT_EQ(script.settings().cipsrip, 0);
    EXPECT_EQ(script.settings().pending_count, 0);
    // Each of them is asked for its own.
    script.heard();
    script.say("> AT+CIPHEAD?;+NETOPEN?\\r\n< \\r\\n+CIPHEAD: 0\\r\\n\\r\\n+NETOPEN: 1\\r\\n\\r\\nOK\\r\\n\n");
    EXPECT_EQ(script.heard(), "option | network_state | ok");
}

TEST(Results, EachReadOfALineHasItsReply) {
    constexpr std::string_view two = "< \\r\\n+QIRD: 2\\r\\nab\\r\\n\\r\\n+QIRD: 3\\r\\nabc\\r\\n\\r\\nOK\\r\\n";
    for (const Dialect* dialect : {&bc65, &bc26, &ec200x}) {
        EXPECT_EQ(reading(*dialect, plain + "> AT+QIRD=0,5;+QIRD=1,5\\r\n", two),
                  "data_read socket=0 length=2 encoding=raw | payload ab | data_read socket=1 length=3 encoding=raw | payload "
                  "abc | ok");
        // An empty one has none but its header; another command stands between.
        EXPECT_EQ(
            reading(*dialect, plain + "> AT+QIRD=2,5;+QICFG=\"viewmode\";+QIRD=4,5\\r\n",
                    "< \\r\\n+QIRD: 0\\r\\n\\r\\n+QICFG: \"viewmode\",0\\r\\n\\r\\n+QIRD: 2\\r\\nab\\r\\n\\r\\nOK\\r\\n"),
            "data_read socket=2 length=0 encoding=raw | option | data_read socket=4 length=2 encoding=raw | payload ab | ok");
    }
    const std::string inlined = plain + done("AT+QICFG=\"viewmode\",1") + open(0, 0) + open(1, 0);
    constexpr std::string_view alike = "< \\r\\n+QIRD: 3,0,3\\r\\n\\r\\n+QIRD: 3,0,3\\r\\n\\r\\nOK\\r\\n";
    EXPECT_EQ(reading(ec200x, inlined + "> AT+QIRD=0,0;+QIRD=1,3\\r\n", alike),
              "receive_totals | data_read socket=1 length=3 encoding=raw | payload 0,3 | ok");
    EXPECT_EQ(reading(ec200x, inlined + "> AT+QIRD=1,3;+QIRD=0,0\\r\n", alike),
              "data_read socket=1 length=3 encoding=raw | payload 0,3 | receive_totals | ok");
    EXPECT_EQ(reading(bc26, plain + "> AT+QIRD=1,5\\r\n", "< \\r\\nfoo\\r\\n\\r\\n+QIRD: 0\\r\\n"),
              "text | data_read socket=1 length=0 encoding=raw");  // there is no other
    EXPECT_EQ(reading(bc26, plain + "> AT+QIRD=1,5\\r\n", "< \\r\\n+QIRD: 0\\r\\n\\r\\n+QIRD: 0\\r\\n"),
              "data_read socket=1 length=0 encoding=raw | data_read socket=1 length=0 encoding=raw");
    // The first reply is damaged: nobody knows any more whose the next one is.
    EXPECT_EQ(reading(bc26, plain + "> AT+QIRD=0,5;+QIRD=1,5\\r\n", "< \\r\\n+QIRD: #\\r\\n\\r\\n+QIRD: 0\\r\\n\\r\\nOK\\r\\n"),
              "malformed | data_read length=0 encoding=raw | ok");
}

TEST(Results, WhatCrowdsALineOutMakesItUnknown) {
    const std::string set = quiet + done("AT+CIPHEAD=1;+CIPSRIP=1;+CIPMODE=0") + done("AT+CIPCCFG=,,,,1");
    Script four{a76xx};
    four.say(set + "> AT+CIPHEAD=0;+CIPSRIP=0;+CIPMODE=1;+CIPCCFG=,,,,0\\r\n< \\r\\nOK\\r\\n");
    EXPECT_EQ(four.settings().ciphead, 0);
    EXPECT_EQ(four.settings().headertype, 0);
    Script five{a76xx};
    five.say(set + "> AT+CIPHEAD=0;+CIPSRIP=0;+CIPMODE?;+CSQ;+CIPCCFG=,,,,0\\r\n");
    EXPECT_EQ(five.settings().headertype, unset);
    five.say("< \\r\\nOK\\r\\n");
    EXPECT_EQ(five.settings().ciphead, unset);
    EXPECT_EQ(five.settings().cipsrip, unset);
    EXPECT_EQ(five.settings().headertype, unset);
    EXPECT_EQ(five.settings().cipmode, 0);  // it was only asked for
    EXPECT_EQ(five.settings().pending_count, 0);
    five.say(done("AT+CIPHEAD=1"));
    EXPECT_EQ(five.settings().ciphead, 1);
    // What a row says before the line has its result may not be the last word.
    Script row{a76xx};
    row.say(set + "> AT+CIPMODE?;+CSQ;+CSQ;+CSQ;+CIPMODE=1\\r\n< \\r\\n+CIPMODE: 0\\r\\n\\r\\nOK\\r\\n");
    EXPECT_EQ(row.settings().cipmode, unset);
    EXPECT_EQ(row.settings().ciphead, 1);
    Script service{ec200x};
    service.say(plain + open(3, 0) + "> AT+QISTATE?;+CSQ;+CSQ;+CSQ;+QIOPEN=1,3,\"UDP\",\"1.2.3.4\",80,0,0\\r\n");
    service.say("< \\r\\n+QISTATE: 3,\"TCP\",\"1.2.3.4\",80,5,2,1,0,0,\"usbmodem\"\\r\\n\\r\\nOK\\r\\n");
    EXPECT_EQ(service.settings().service[3], Service::unknown);
    EXPECT_EQ(service.settings().access_mode[3], unset);
    // Of five reads, none is any socket's for sure.
    EXPECT_EQ(reading(bc26, plain + "> AT+QIRD=0,5;+QIRD=1,5;+QIRD=2,5;+QIRD=3,5;+QIRD=4,5\\r\n", "< \\r\\n+QIRD: 0\\r\\n"),
              "data_read length=0 encoding=raw");
    // Nor of two, where only the first is held.
    EXPECT_EQ(reading(bc26, plain + "> AT+QIRD=0,5;+CSQ;+CSQ;+CSQ;+QIRD=1,5\\r\n", "< \\r\\n+QIRD: 0\\r\\n\\r\\n+QIRD: 0\\r\\n"),
              "data_read length=0 encoding=raw | data_read length=0 encoding=raw");
}

TEST(Results, LinesBeyondThoseThatAreHeldHaveTheirResults) {
    Script script{a76xx};
    script.say(quiet + done("AT+CIPHEAD=1") + done("AT+CIPSRIP=1"));
    for (int i = 0; i < 4; ++i) script.say("> AT+CSQ\\r\n");
    script.say("> AT+CIPHEAD=0\\r\n");
    EXPECT_EQ(script.settings().ciphead, unset);
    for (int i = 0; i < 4; ++i) script.say("< \\r\\nOK\\r\\n");
    script.say("> AT+CIPSRIP=0\\r\n< \\r\\nOK\\r\\n");  // CIPHEAD's
    EXPECT_EQ(script.settings().cipsrip, unset);
    script.say("< \\r\\nERROR\\r\\n\n" + done("AT+CIPSRIP=0") + "> AT+CIPHEAD=1\\r\n");
    EXPECT_EQ(script.settings().cipsrip, 0);
    EXPECT_EQ(script.settings().ciphead, unset);
    // Nor does a line that comes while they wait stand before them.
    const std::string asked = "> AT+CSQ\\r\n> AT+CSQ\\r\n> AT+CSQ\\r\n> AT+CSQ\\r\n";
    EXPECT_EQ(reading(bc26, plain + asked + "> AT+QIRD=2,5\\r\n< \\r\\nOK\\r\\n\n> AT+QIRD=1,5\\r\n",
                      "< \\r\\nOK\\r\\n\\r\\nOK\\r\\n\\r\\nOK\\r\\n\\r\\n+QIRD: 0\\r\\n"),
              "ok | ok | ok | data_read length=0 encoding=raw");
    // A loss drops them all.
    Script lost{a76xx};
    lost.say(quiet + asked + "> AT+CSQ\\r\n< \\r\\nOJ\\r\\n\n" + done("AT+CIPHEAD=0"));
    EXPECT_EQ(lost.settings().ciphead, 0);
    EXPECT_EQ(lost.settings().pending_count, 0);
    lost.say("> AT+CIPHEAD=1\\r\n");
    EXPECT_EQ(lost.settings().pending_count, 1);
}

TEST(Results, HalfALineAndALongLineWaitForNothing) {
    Script script{bc26};
    script.say(quiet + "> AT+QI\n~\n" + done("AT+QICFG=\"viewmode\",1"));
    EXPECT_EQ(script.settings().viewmode, 1);
    EXPECT_EQ(script.settings().pending_count, 0);
    script.say("> AT" + std::string(5000, 'x') + "\\r\n< \\r\\nERROR\\r\\n\n" + done("AT+QICFG=\"viewmode\",0"));
    EXPECT_EQ(script.settings().viewmode, 0);
    EXPECT_EQ(script.settings().pending_count, 0);
}

// ── Results that are lost ───────────────────────────────────────────────────────────────────────────────────────────────────

TEST(LostResults, TheNextLineHasItsOwn) {
    const std::string overlong(3000, 'x');
    for (const char* const damaged : {"OJ", "K", "OOK", "+CMF ERROR: 5", "+QIRD: ", "+FOO: 1", overlong.c_str()}) {
        Script script{bc26};
        script.say(plain + done("AT+QICFG=\"showlength\",0") + open(0, 0) + open(1, 0) + "> AT+QISWTMD=0,1\\r\n< \\r\\n" +
                   std::string{damaged} + "\\r\\n");
        EXPECT_EQ(script.settings().access_mode[0], 0) << damaged;  // its result may still come
        script.say("> AT+QISWTMD=1,1\\r\n");
        EXPECT_EQ(script.settings().access_mode[0], unset) << damaged;
        EXPECT_EQ(script.settings().pending_count, 1);
        script.say("< \\r\\nERROR\\r\\n");
        EXPECT_EQ(script.settings().access_mode[0], unset) << damaged;
        EXPECT_EQ(script.settings().access_mode[1], 0) << damaged;
        EXPECT_EQ(script.settings().pending_count, 0);
        script.say(done("AT+QICFG=\"viewmode\",1") + "> AT+QICFG=\"viewmode\",0\\r\n< \\r\\nERROR\\r\\n");
        EXPECT_EQ(script.settings().viewmode, 1) << damaged;
    }
}

TEST(LostResults, SilenceInsideALineIsALoss) {
    for (const std::string_view half : {"O", "\\r\\n+QIRD: 9\\r\\nx\\r\\n\\r\\nOK"}) {
        Script script{bc26};
        script.say(plain + "> AT+QIRD=0,5\\r\n< " + std::string{half} + "\n~\n> AT\\r\n");
        EXPECT_EQ(script.settings().pending_count, 1) << half;
    }
}

TEST(LostResults, NoResultComesBackAsData) {
    EXPECT_EQ(reading(a76xx,
                      quiet + done("AT+CIPCFG=\"DATAECHO\",ON") + "> AT+CIPSEND=7\\r\n< \\r\\n>\n<   \n> abcdefg\n< abcdefg\n~\n",
                      "< \\r\\nERROR\\r\\n"),
              "error");
}

TEST(LostResults, ResumedPipeIsInDoubt) {
    Script script{ec200x};
    script.say(quiet + "> AT+QIOPEN=1,0,\"TCP\",\"1.2.3.4\",80,0,2\\r\n< \\r\\nCONNECT\\r\\n\n~\n> +++\n~\n< \\r\\nOK\\r\\n\n");
    script.say("> ATO\\r\n< \\r\\nCONNECX\\r\\n\n> AT\\r\n");
    EXPECT_EQ(script.settings().access_mode[0], unset);
}

TEST(LostResults, WhatADroppedLineWouldHaveSetIsUnknown) {
    const auto dropped = [](const Dialect& dialect, std::string_view command) {
        Script script{dialect};
        script.say(quiet + done("AT+CIPHEAD=0") + done("AT+CIPSRIP=0") + plain + done("ATE0") + open(3, 1) + "> " +
                   std::string{command} + "\\r\n< \\r\\nOJ\\r\\n\n> AT\\r\n< \\r\\nOK\\r\\n");
        EXPECT_EQ(script.settings().pending_count, 0);
        return script.settings();
    };
    EXPECT_EQ(dropped(bc26, "AT+QICFG=\"dataformat\",1,1").dataformat, unset);
    EXPECT_EQ(dropped(bc26, "AT+QICFG=\"dataformat\",1,1").send_dataformat, unset);
    EXPECT_EQ(dropped(bc26, "ATE1").echo, unset);
    EXPECT_EQ(dropped(bc26, "AT+QISWTMD=3,0").access_mode[3], unset);
    EXPECT_EQ(dropped(bc26, "AT+QISWTMD=3,0").service[3], Service::tcp);
    const Settings opened = dropped(ec200x, "AT+QIOPEN=1,3,\"UDP SERVICE\",\"127.0.0.1\",0,3030,0");
    EXPECT_EQ(opened.access_mode[3], unset);
    EXPECT_EQ(opened.service[3], Service::unknown);
    EXPECT_EQ(dropped(a76xx, "AT+CIPHEAD=1;+CIPSRIP=1").ciphead, unset);
    EXPECT_EQ(dropped(a76xx, "AT+CIPHEAD=1;+CIPSRIP=1").cipsrip, unset);
    EXPECT_EQ(dropped(bc26, "AT+QIRD=3,5").access_mode[3], 1);
}

TEST(LostResults, SendOkThatNobodyWaitsForIsAMisheardCommands) {
    Script script{ec200x};
    script.say(quiet + "> ATT+QISENDEX=1,\"31\"\\r\n< \\r\\nSEND OK\\r\\n\n> AT+QISDE=1\\r\n");
    EXPECT_EQ(script.settings().pending_count, 1);
    script.say("< \\r\\nOK\\r\\n");
    EXPECT_EQ(script.settings().qisde, 1);
    EXPECT_EQ(script.settings().pending_count, 0);
    // Also where another misheard one's may be to come.
    script.say("< \\r\\nOK\\r\\n\n> ATT+QISENDEX=1,\"31\"\\r\n< \\r\\nSEND OK\\r\\n\n> AT\\r\n");
    EXPECT_EQ(script.settings().pending_count, 1);
}

TEST(LostResults, ALineThatHasNotEndedMayBeTheResult) {
    Script script{bc26};  // its LF is lost, so that it ends with the next line's CRLF
    script.say(quiet + done("AT+QICFG=\"viewmode\",1") + "> AT\\r\n< \\r\\n+FOO: 1\\r\\n\\r\\nOK\\r\n");
    script.say("> AT+QICFG=\"viewmode\",0\\r\n< \\r\\nERROR\\r\\n\n");
    EXPECT_EQ(script.settings().viewmode, 1);
    EXPECT_EQ(script.settings().pending_count, 0);
}

TEST(LostResults, DataThatDoesNotEndMayBeTheNextLine) {
    Script script{bc26};  // the module has refused the data, and `AT` seems to be more of it
    script.say(quiet + "> AT+QISEND=1\\r\n< \\r\\n>\n> ab\n< \\r\\nERRO\\r\\n\n> AT\\r\n< \\r\\nOK\\r\\n\n");
    script.say(done("AT+QISEND=2,1,\"a\"") + "< \\r\\nSEND OK\\r\\n");
    EXPECT_NE(script.session().result_socket().value_or(99), 1u);
    Script only{bc65};  // and its SEND OK comes, not the refused one's
    only.say(quiet + "> AT+QISEND=1\\r\n< \\r\\n>\n> ab\n< \\r\\nERRO\\r\\n\n" + done("AT+QISEND=2,1,\"a\"") +
             "< \\r\\nSEND OK\\r\\n");
    EXPECT_FALSE(only.session().result_socket());
    Script begun{bc65};  // whose begin ends the data
    begun.say(quiet +
              "> AT+QISENDEX=1,1\\r\n< \\r\\n>\n> b\n< \\r\\nERRO\\r\\n\n> AT+QICFG=\"open_time\",36\\r\n< \\r\\nOK\\r\\n\n");
    begun.say(done("AT+QISEND=2,1,\"a\"") + "< \\r\\nSEND OK\\r\\n");
    EXPECT_NE(begun.session().result_socket().value_or(99), 1u);
    Script asked{bc65};  // which has a prompt of its own
    asked.say(quiet +
              "> AT+QISEND=3\\r\n< \\r\\n>\n> ab\n< \\r\\nERRO\\r\\n\n> AT+QISENDEX=1\\r\n< \\r\\n>\n> \\x1A\n< "
              "\\r\\nOK\\r\\n\\r\\nSEND OK\\r\\n");
    EXPECT_FALSE(asked.session().result_socket());
    Script refused{bc26};  // nothing of it was sent, whatever the line before the result was
    refused.say(quiet + "> AT+QISEND=1\\r\n< \\r\\n+FOO: 1\\r\\n\\r\\n>\n> ab\n< \\r\\nERROR\\r\\n\n");
    refused.say(done("AT+QISEND=2,1,\"a\"") + "< \\r\\nSEND OK\\r\\n");
    EXPECT_EQ(refused.session().result_socket().value_or(99), 2u);
}

TEST(LostResults, DataBehindALostPromptMayLookLikeALine) {
    Script script{bc95};
    script.say(quiet + "> AT+QCOAPSEND=0,4,10.18.237.42,64424\\r\n< \\r\\n\n> AT\\rab\\r\n< \\r\\n+CME ERROR: 5\\r\\n\n");
    script.say("> AT+QCOAPCFG=\"Showra\",1\\r\n");
    EXPECT_EQ(script.settings().pending_count, 1);
    script.say("< \\r\\nOK\\r\\n");
    EXPECT_EQ(script.settings().showra, 1);
    EXPECT_EQ(script.settings().pending_count, 0);
}

TEST(LostResults, ResultThatNobodyWaitsForMayBeASends) {
    Script script{bc65};
    script.say(quiet + done("#AT+QISEND=1,1,\"a\"") + done("AT+QISEND=2,1,\"a\"") + "< \\r\\nSEND OK\\r\\n\n");
    EXPECT_FALSE(script.session().result_socket());
    script.say("< \\r\\nSEND OK\\r\\n\n" + done("AT+QISEND=3,1,\"a\"") + "< \\r\\nSEND OK\\r\\n\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 3u);
    script.say(done("#AT+QICLOSE=1") + done("AT+QICLOSE=2") + "< \\r\\nCLOSE OK\\r\\n\n");
    EXPECT_FALSE(script.session().result_socket());
    // What was refused sends nothing.
    script.say("< \\r\\nSEND OK\\r\\n\n> #AT+QISEND=1,1,\"a\"\\r\n< \\r\\nERROR\\r\\n\n");
    script.say(done("AT+QISEND=2,1,\"a\"") + "< \\r\\nSEND OK\\r\\n\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 2u);
}

TEST(LostResults, ALineThatIsNoResultChangesNothing) {
    Script script{bc26};
    script.say(plain + "> AT+QISWTMD=0,1\\r\n< \\r\\n+FOO: 1\\r\\n\\r\\nOK\\r\\n");
    EXPECT_EQ(script.settings().access_mode[0], 1);
    // Nor does one between two lines.
    script.say("< \\r\\nfoo\\r\\n\n> AT+QISWTMD=1,1\\r\n> AT+QISWTMD=2,1\\r\n< \\r\\nERROR\\r\\n\\r\\nOK\\r\\n");
    EXPECT_EQ(script.settings().access_mode[1], unset);
    EXPECT_EQ(script.settings().access_mode[2], 1);
}

TEST(LostResults, OfLinesSaidAtOnceNobodyKnowsWhose) {
    Script script{bc26};
    const std::string both = "> AT+QICFG=\"viewmode\",0\\r\n> AT+QICFG=\"showlength\",0\\r\n< \\r\\nOJ\\r\\n\n";
    script.say(quiet + done("AT+QICFG=\"viewmode\",1") + done("AT+QICFG=\"showlength\",1") + both + "< \\r\\nOK\\r\\n\n");
    EXPECT_EQ(script.settings().viewmode, unset);
    script.say("> AT\\r\n");
    EXPECT_EQ(script.settings().showlength, unset);
    EXPECT_EQ(script.settings().pending_count, 1);
    script.say("< \\r\\nOK\\r\\n\n" + done("AT+QICFG=\"viewmode\",1") + "> AT+QICFG=\"viewmode\",0\\r\n< \\r\\nERROR\\r\\n");
    EXPECT_EQ(script.settings().viewmode, 1);
    // It was no result: both come.
    script.say(both + "< \\r\\nERROR\\r\\n\\r\\nOK\\r\\n\n");
    EXPECT_EQ(script.settings().viewmode, unset);
    EXPECT_EQ(script.settings().showlength, 0);
}

TEST(LostResults, PayloadThatIsTooLongCoversOne) {
    const std::string read = plain + done("AT+QICFG=\"viewmode\",0") + "> AT+QIRD=0,5\\r\n";
    const auto waiting_after = [&](std::string_view reply, std::string_view next = "") {
        Script script{bc26};
        script.say(read + "< " + std::string{reply} + "\n> AT+QISWTMD=0,1\\r\n" + std::string{next});
        return script.settings().pending_count;
    };
    EXPECT_EQ(waiting_after("\\r\\n+QIRD: 9\\r\\nx\\r\\n\\r\\nOK\\r\\n"), 1);   // just it
    EXPECT_EQ(waiting_after("\\r\\n+QIRD: 90\\r\\nx\\r\\n\\r\\nOK\\r\\n"), 1);  // more than has come
    EXPECT_EQ(waiting_after("\\r\\n+QIRD: 11\\r\\nx\\r\\n\\r\\nOK\\r\\n\\r\\n+QIURC: \"closed\",1\\r\\n"), 1);
    EXPECT_EQ(waiting_after("\\r\\n+QIRD: 8\\r\\nx\\r\\n\\r\\nOK\\r\\n\\r\\n+QIURC: \"closed\",1\\r\\n"), 1);  // up to its CR
    // Odd framing elsewhere says nothing, nor does it long behind a payload.
    Script framed{bc26};
    framed.say(plain + "> AT+QISWTMD=0,1\\r\n< +QIURC: \"closed\",1\\r\\n\n> AT\\r\n");
    EXPECT_EQ(framed.settings().pending_count, 2);
    framed.say("< \\r\\nOK\\r\\n\\r\\nOK\\r\\n\n" + read + "< \\r\\n+QIRD: 5\\r\\na\\r\\nbc\\r\\n\\r\\nOK\\r\\n\n");
    framed.say("> AT+QISWTMD=0,1\\r\n< +QIURC: \"closed\",1\\r\\n\n> AT\\r\n");
    EXPECT_EQ(framed.settings().pending_count, 2);
    // A payload that has lines and ends where it should, though the host has spoken before its result.
    EXPECT_EQ(waiting_after("\\r\\n+QIRD: 9\\r\\na\\r\\nOK\\r\\nbc\\r\\n"), 2);
    EXPECT_EQ(waiting_after("\\r\\n+QIRD: 2\\r\\nab\\r\\n"), 2);
}

TEST(LostResults, PayloadThatEndsAsAResultMayCoverOne) {
    const auto waiting_after = [](std::string_view payload) {
        Script script{bc26};
        script.say(plain + done("AT+QICFG=\"viewmode\",0") + "> AT+QIRD=0,99\r\n< \\r\\n+QIRD: " +
                   std::to_string(payload.size()) + "\\r\\n" + escape(payload) + "\\r\\n\n> AT\\r\n");
        return script.settings().pending_count;
    };
    for (const std::string_view covered : {"OK", "ERROR", "+CME ERROR: 50", "SEND OK", "SEND FAIL", "CLOSE OK"})
        EXPECT_EQ(waiting_after("ab\r\n\r\n" + std::string{covered}), 1) << covered;
    for (const std::string_view line : {"O", "OKAY", "+CME", "\"OK\"", "+QIURC: \"closed\",1"})
        EXPECT_EQ(waiting_after("ab\r\n\r\n" + std::string{line}), 2) << line;
    EXPECT_EQ(waiting_after("OK"), 2);  // no line's begin
}

TEST(LostResults, ModeOfAnAcceptedSocketIsAsDoubtfulAsItsServers) {
    Script script{ec200x};
    script.say(quiet + done("AT+QISWTMD=3,1") + "> AT+QISWTMD=3,0\\r\n< \\r\\nK\\r\\n\n");
    script.say("< \\r\\n+QIURC: \"incoming\",0,3,\"1.2.3.4\",80\\r\\n\n");
    EXPECT_EQ(script.settings().access_mode[0], unset);
    Script other{ec200x};
    other.say(quiet + done("AT+QISWTMD=3,1") + "> AT+QISWTMD=2,0\\r\n< \\r\\nK\\r\\n\n");
    other.say("< \\r\\n+QIURC: \"incoming\",0,3,\"1.2.3.4\",80\\r\\n\n");
    EXPECT_EQ(other.settings().access_mode[0], 1);
}

TEST(LostResults, LinesThatRanTogetherMaySend) {
    Script script{bc65};  // the first line's CR is lost
    script.say(quiet + "> AT+CMEE=1\n< \\r\\nOK\\r\\n\n> AT+QISEND=3,5\\r\n< \\r\\n>\n");
    EXPECT_EQ(script.heard(), "ok | ok | prompt inferred");
    script.say("> ab\n< \\r\\n+CMS ERROR: 500\\r\\n\n> AT+QISEND=1,3\\r\n");
    EXPECT_EQ(script.host(), "set_echo | raw | send_data ab | send");
    // Behind its result what waits is known again, and so it is of one line that is no command.
    script.say("< \\r\\nOK\\r\\n\n> AT\\r\n< \\r\\n>\n~\n");
    EXPECT_EQ(script.heard(), "cms_error | ok | unfinished");
    script.say("< \\r\\nOK\\r\\n\n> AT+CMEE=1,\\r\n< \\r\\n>\n~\n");
    EXPECT_EQ(script.heard(), "ok | unfinished");
}

TEST(LostResults, SendOkIsNeverAnotherSockets) {
    const auto send = [](int socket) { return done("AT+QISEND=" + std::to_string(socket) + ",1,\"a\""); };
    constexpr std::string_view send_ok = "< \\r\\nSEND OK\\r\\n\n";
    const auto socket_after = [](Script& script, std::string_view lines) {
        script.say(lines);
        return script.session().result_socket().value_or(99);
    };
    Script one{bc65};
    one.say(quiet + send(1) + "< \\r\\nSEND OJ\\r\\n\n" + send(2));
    EXPECT_EQ(socket_after(one, send_ok), 99u);  // the first one's may be late
    EXPECT_EQ(socket_after(one, send(3) + std::string{send_ok}), 3u);

    Script late{bc65};  // it was no result
    late.say(quiet + send(1) + "< \\r\\nfoo\\r\\n\n");
    EXPECT_EQ(socket_after(late, send_ok), 1u);
    Script named{bc65};
    named.say(quiet + send(1) + send(2) + "< \\r\\n+CEREG: 5\\r\\n\\r\\n+QIRD: #\\r\\n\n");
    EXPECT_EQ(socket_after(named, send_ok), 1u);

    Script overlapping{bc65};
    overlapping.say(quiet + send(1) + send(2) + "< \\r\\nSEND OJ\\r\\n\n" + send(3));
    EXPECT_EQ(socket_after(overlapping, send_ok), 99u);
    EXPECT_EQ(socket_after(overlapping, send_ok), 99u);
    EXPECT_EQ(socket_after(overlapping, send(4) + std::string{send_ok}), 99u);
    EXPECT_EQ(socket_after(overlapping, send(5) + std::string{send_ok}), 5u);

    Script result{bc65};  // the send's own is lost
    result.say(quiet + send(1) + "> AT+QISEND=2,1,\"a\"\\r\n< \\r\\nOJ\\r\\n\n" + send(3));
    EXPECT_EQ(socket_after(result, send_ok), 99u);
    EXPECT_EQ(socket_after(result, send_ok), 99u);
    EXPECT_EQ(socket_after(result, send_ok), 99u);
    EXPECT_EQ(socket_after(result, send(4) + std::string{send_ok}), 4u);

    Script first{bc65};  // and it may have been sent
    first.say(quiet + "> AT+QISEND=2,1,\"a\"\\r\n< \\r\\nOJ\\r\\n\n" + send(3));
    EXPECT_EQ(socket_after(first, send_ok), 99u);

    Script sends{ec200x};  // whose result it is
    sends.say(quiet + "> AT+QISENDEX=1,\"31\"\\r\n> AT+QISENDEX=2,\"31\"\\r\n< \\r\\nSEND OJ\\r\\n\n");
    EXPECT_EQ(socket_after(sends, send_ok), 99u);

    Script covered{bc65};  // both are, by a payload that ends within a line
    covered.say(plain + send(1) + send(2) +
                "> AT+QIRD=0,99\\r\n< \\r\\n+QIRD: 28\\r\\nx\\r\\n\\r\\nOK\\r\\n\\r\\nSEND OK\\r\\n\\r\\nSEND OK\\r\\n\n");
    EXPECT_EQ(socket_after(covered, send(3) + std::string{send_ok} + send(4) + std::string{send_ok}), 4u);

    Script closed{bc65};
    closed.say(quiet + "> AT+QICLOSE=1\\r\n< \\r\\nOJ\\r\\n\n" + done("AT+QICLOSE=2"));
    EXPECT_EQ(socket_after(closed, "< \\r\\nCLOSE OK\\r\\n\n"), 99u);

    Script closes{bc65};
    closes.say(quiet + done("AT+QICLOSE=1") + "< \\r\\nCLOSE\\x00OK\\r\\n\n" + done("AT+QICLOSE=2"));
    EXPECT_EQ(socket_after(closes, "< \\r\\nCLOSE OK\\r\\n\n"), 99u);
    EXPECT_EQ(socket_after(closes, done("AT+QICLOSE=3") + "< \\r\\nCLOSE OK\\r\\n\n"), 3u);
}

TEST(LostResults, MoreSendsThanAreHeldAreNobodys) {
    Script script{bc65};
    script.say(quiet);
    for (int i = 0; i < 9; ++i) script.say(done("AT+QISEND=" + std::to_string(i % 5) + ",1,\"a\""));
    for (int i = 0; i < 9; ++i) {
        script.say("< \\r\\nSEND OK\\r\\n");
        EXPECT_FALSE(script.session().result_socket()) << i;
    }
    script.say(done("AT+QISEND=4,1,\"a\"") + "< \\r\\nSEND OK\\r\\n");
    EXPECT_EQ(script.session().result_socket().value_or(99), 4u);
}

// ── A module that starts again ──────────────────────────────────────────────────────────────────────────────────────────────

TEST(Restart, KeepsWhatTheTablesSayIsSaved) {
    const std::string set = quiet + open(0, 1) + done("AT+QISWTMD=1,1") + done("AT+QICFG=\"viewmode\",1");
    Script nb{bc65};  // QISWTMD and viewmode are in NVRAM, QIOPEN survives deep sleep
    nb.say(set);
    nb.session().woke();
    EXPECT_EQ(nb.settings().viewmode, 1);
    EXPECT_EQ(nb.settings().access_mode[0], 1);
    EXPECT_EQ(nb.settings().service[0], Service::tcp);
    nb.session().restarted();
    EXPECT_EQ(nb.settings().viewmode, 1);
    EXPECT_EQ(nb.settings().access_mode[1], 1);
    EXPECT_NE(nb.settings().service[0], Service::tcp);

    Script other{bc26};  // there QISWTMD survives deep sleep alone, and echomode not even that
    other.say(set + done("AT+QICFG=\"echomode\",1"));
    other.session().woke();
    EXPECT_EQ(other.settings().access_mode[1], 1);
    EXPECT_EQ(other.settings().echomode, 0);
    other.session().restarted();
    EXPECT_NE(other.settings().access_mode[1], 1);
    EXPECT_EQ(other.settings().viewmode, 1);

    Script ec{ec200x};  // saves nothing
    ec.say(set + done("AT+QISDE=1"));
    ec.session().restarted();
    EXPECT_EQ(ec.settings().viewmode, 0);
    EXPECT_EQ(ec.settings().qisde, 0);
    EXPECT_NE(ec.settings().access_mode[0], 1);
}

TEST(Restart, ForgetsWhatWaits) {
    Script script{bc26};
    script.say(quiet + done("AT+QISEND=3,1,\"a\"") + "> AT+QICFG=\"viewmode\",1\\r\n");
    script.session().restarted();
    script.say("< \\r\\nSEND OK\\r\\n\\r\\nOK\\r\\n");
    EXPECT_EQ(script.settings().viewmode, unset);  // as it was before the command: it is in NVRAM
    EXPECT_FALSE(script.session().result_socket());
    EXPECT_EQ(script.settings().pending_count, 0);
    // A loss, too, and what was too much to hold.
    for (int i = 0; i < 6; ++i) script.say("> AT\\r\n");
    script.say("< \\r\\nOJ\\r\\n");
    script.session().restarted();
    script.say("> AT+QICFG=\"viewmode\",1\\r\n> AT+QICFG=\"showlength\",1\\r\n");
    EXPECT_EQ(script.settings().pending_count, 2);
    script.say("< \\r\\nOK\\r\\n\\r\\nERROR\\r\\n");
    EXPECT_EQ(script.settings().viewmode, 1);
}

TEST(Pipe, ItsDataBeginsAtOffset0) {
    Script script{ec200x};  // the data before were refused, and a client has been accepted
    script.say(quiet + "> AT+QISEND=0,9\\r\n< \\r\\n>\n> ab\n< \\r\\nERROR\\r\\n\\r\\nCONNECT\\r\\n\n> cd\n");
    EXPECT_EQ(script.host(), "set_echo | send | send_data ab | send_data cd");
}

TEST(Pipe, PlusesBeforeItsEndAreData) {
    for (const std::string_view pluses : {"+", "++"}) {
        Script script{ec200x};
        script.say(quiet + "> ATO\\r\n~\n< \\r\\nCONNECT\\r\\n\n");
        script.host();
        script.say("~\n> " + std::string{pluses} + "\n< \\r\\nNO CARRIER\\r\\n\n> AT+QICSGP=?\\r\n< \\r\\nOK\\r\\n\n");
        EXPECT_EQ(script.host(), "send_data " + std::string{pluses} + " | test");
        EXPECT_EQ(script.settings().transparent, 0);
    }
}

TEST(Restart, LeavesDataAndThePipe) {
    Script script{ec200x};
    script.say(quiet + "> AT+QIOPEN=1,0,\"TCP\",\"1.2.3.4\",80,0,2\\r\n< \\r\\nCONNECT\\r\\nab\n");
    script.session().restarted();
    script.heard();
    script.host();
    script.say("< \\r\\nOK\\r\\n\n> AT\\r\n");
    EXPECT_EQ(script.heard(), "ok");
    EXPECT_EQ(script.host(), "attention");
    script.say("< \\r\\nOK\\r\\n\n> ATO\\r\n< \\r\\nCONNECT\\r\\n\n");
    EXPECT_NE(script.settings().access_mode[0], 2);
    script.session().restarted();
    script.say("> AT+QISEND=0\\r\n< \\r\\n>\n> ab\n");
    script.host();
    script.session().restarted();
    script.say("> AT\\r\n");
    EXPECT_EQ(script.host(), "attention");
}

// ── A tap that joined late ──────────────────────────────────────────────────────────────────────────────────────────────────

TEST(LateTap, TakesTheDefaultAndSaysSo) {
    EXPECT_EQ(reading(bc26, "", "< \\r\\n+QIURC: \"recv\",0,2\\r\\n"), "data_available inferred");
    EXPECT_EQ(reading(bc26, "", "< \\r\\n> \\r\\nOK\\r\\n"), "prompt inferred | ok");
    EXPECT_EQ(reading(a76xx, "", "< \\r\\n+NETOPEN: 0\\r\\n"), "network_opened inferred");
    EXPECT_EQ(reading(bc26, "> AT+QIRD=0,5\\r\n", "< \\r\\n> \\r\\n"), "text");
}

TEST(LateTap, ReadsDataBehindAPromptThatItDidNotExpect) {
    Script script{bc26};
    script.say("< \\r\\n>\n> AT\\r+++;\\x1A\n< \\r\\nOK\\r\\n\n> AT\\r");
    EXPECT_EQ(script.host(), "send_data AT\\r+++; | attention");
}

TEST(LateTap, IsRightAgainWhenTheStateIsKnown) {
    constexpr std::string_view bytes = "< \\r\\n+QIURC: \"recv\",0,2\\r\\nab\\r\\n";
    const std::string row = "> AT+QISTATE=1,0\\r\n< \\r\\n+QISTATE: 0,\"TCP\",\"1.2.3.4\",80,5,2,1,1\\r\\n\\r\\nOK\\r\\n\n";
    EXPECT_EQ(reading(bc26, "< \\r\\nOK\\r\\n\n" + plain + row, bytes),
              "data_received socket=0 length=2 encoding=raw | payload ab");
    // A result whose command it missed is nobody's.
    EXPECT_EQ(reading(bc26, "< \\r\\nOK\\r\\n\n" + plain + done("AT+QISWTMD=0,1"), bytes),
              "data_received socket=0 length=2 encoding=raw | payload ab");
}

}  // namespace
}  // namespace conformance
