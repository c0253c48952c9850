// The invariants of the host's side: what the encoder of commands writes and what their decoder reads, over every dialect, any bytes
// and any way to cut them. RC_PARAMS says how many cases.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <atwire/command_encoder.hpp>
#include <atwire/detail/command_tables.hpp>
#include <atwire/dialects/all.hpp>

#include "properties/decode_commands.hpp"
#include "properties/generated_commands.hpp"
#include "properties/generated_events.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using namespace atwire;

Dice any_dice() { return Dice{*rc::gen::scale(8.0, rc::gen::arbitrary<std::vector<std::uint32_t>>())}; }

std::vector<std::size_t> one_chunk(std::string_view bytes) {
    return bytes.empty() ? std::vector<std::size_t>{} : std::vector{bytes.size()};
}
std::vector<std::size_t> single_bytes(std::string_view bytes) { return std::vector<std::size_t>(bytes.size(), 1); }

/// Whether a command of the dialect says how many bytes follow its prompt.
bool has_fixed_length(const Dialect& dialect) {
    for (const PendingCommand& command : dialect.decoding.commands)
        if (command.sends_length) return true;
    return false;
}

/// What may happen between the bytes: silences, prompts, results, the begin and the end of a byte pipe.
std::vector<Between> anything_between(Dice& dice, const Dialect& dialect, std::size_t length) {
    std::vector<Between> between;
    for (std::size_t n = dice.below(6); n > 1; --n) {
        const std::size_t kinds = has_pipe(dialect) ? 6 : 4;
        auto what = static_cast<Between::What>(dice.below(kinds));
        if (what == Between::What::data_of_length && !has_fixed_length(dialect)) what = Between::What::data_to_ctrl_z;
        between.push_back({dice.below(length + 1), what, static_cast<std::uint32_t>(1 + dice.below(20))});
    }
    std::sort(between.begin(), between.end(), [](const Between& a, const Between& b) { return a.at < b.at; });
    return between;
}

class Commands : public testing::TestWithParam<const Dialect*> {
protected:
    const Dialect& dialect() const { return *GetParam(); }

    void same(const std::vector<CommandRecord>& a, const std::vector<CommandRecord>& b) const {
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
            if (!(a[i] == b[i])) RC_FAIL("command " + std::to_string(i) + ":\n  " + show(a[i]) + "\n  " + show(b[i]));
        if (a.size() != b.size()) RC_FAIL("one has more commands: " + show(a.size() > b.size() ? a[b.size()] : b[a.size()]));
    }
    void log(std::string_view bytes, const HostDelivery& delivery) const { RC_LOG() << show(dialect(), bytes, delivery); }
    std::vector<CommandRecord> decode(std::string_view bytes, const HostDelivery& delivery,
                                      const EachCommand& each = nullptr) const {
        return decode_commands(dialect(), bytes, delivery, each);
    }
};

std::string dialect_name(const testing::TestParamInfo<const Dialect*>& info) { return std::string{info.param->facts.name}; }
INSTANTIATE_TEST_SUITE_P(, Commands, testing::ValuesIn(dialects().begin(), dialects().end()), dialect_name);

// ── Invariants 1 and 2 ──────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Commands, SplitInvariance) {
    EXPECT_TRUE(rc::check("any cutting of any bytes gives the same commands", [this] {
        Dice dice = any_dice();
        const std::string bytes = generate_host_noise(dice, dialect());
        HostDelivery delivery{one_chunk(bytes), anything_between(dice, dialect(), bytes.size()), 8 + dice.below(200)};
        const auto whole = decode(bytes, delivery);
        delivery.cuts = generate_cuts(dice, bytes.size());
        log(bytes, delivery);
        same(whole, decode(bytes, delivery));
        delivery.cuts = single_bytes(bytes);
        same(whole, decode(bytes, delivery));
    }));
}

TEST_P(Commands, Tiling) {
    EXPECT_TRUE(rc::check("the commands' ranges cover every byte once", [this] {
        Dice dice = any_dice();
        const std::string bytes = generate_host_noise(dice, dialect());
        const HostDelivery delivery{generate_cuts(dice, bytes.size()), anything_between(dice, dialect(), bytes.size()),
                                    8 + dice.below(200)};
        log(bytes, delivery);
        std::uint64_t end = 0;
        for (const CommandRecord& record : decode(bytes, delivery)) {
            RC_LOG() << show(record) << "\n";
            RC_ASSERT(record.wire.offset == end);
            RC_ASSERT(record.wire.lead <= record.wire.length);
            for (const char c : bytes.substr(record.wire.offset, record.wire.lead)) RC_ASSERT((c == '\r' || c == '\n'));
            const std::string wire = bytes.substr(record.wire.offset + record.wire.lead, record.wire.length - record.wire.lead);
            if (record.kind == CommandKind::raw)  // the bytes are its own
                RC_ASSERT(part(wire, record.joined ? 1 : 0).starts_with(record.fields.substr(7, record.fields.size() - 8)));
            if (record.kind == CommandKind::send_data && !dialect().facts.escapes) RC_ASSERT(wire.starts_with(record.data));
            end += record.wire.length;
        }
        RC_ASSERT(end <= bytes.size());
        RC_ASSERT(bytes.find_first_not_of("\r\n", end) == std::string::npos);
    }));
}

// ── Invariant 3 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Commands, RoundTripOfCommands) {
    EXPECT_TRUE(rc::check("what the encoder writes is decoded as it was, and not odd", [this] {
        Dice dice = any_dice();
        std::string bytes;
        std::deque<GeneratedCommand> said;
        std::vector<CommandRecord> expected;
        for (std::size_t n = 1 + dice.below(6); n != 0; --n) {
            std::deque<GeneratedCommand> line;
            if (dice.once_in(4))
                line = generate_joined(dice, dialect());
            else
                line.push_back(generate_command(dice, dialect()));
            for (GeneratedCommand& made : line) {
                const std::size_t begin = bytes.size();
                bytes += written(dialect(), {}, made.command);
                made.command.wire = {begin, bytes.size() - begin, 0};
                expected.push_back(record_of(made.command));
                said.push_back(std::move(made));
            }
        }
        const HostDelivery delivery{generate_cuts(dice, bytes.size())};
        log(bytes, delivery);
        std::size_t i = 0;
        same(expected, decode(bytes, delivery, [&](const Command& command, const Settings&) {
                 RC_ASSERT(i < said.size());
                 RC_ASSERT(command == said[i++].command);
             }));
    }));
}

TEST_P(Commands, EveryRowCanBeSaid) {
    for (const CommandFacts& facts : dialect().facts.commands)
        for (const CommandRow& row : facts.rows)
            for (std::uint32_t seed = 0; seed < 50; ++seed) {
                Dice dice{{seed, seed * 7919u, seed / 2, seed / 3, seed * 104729u, seed / 5, seed, seed / 7, seed * 31u, seed}};
                GeneratedCommand made;
                if (!generate_from(dice, facts, row, made)) continue;
                const std::string bytes = written(dialect(), {}, made.command);
                const auto read = decode(bytes, {one_chunk(bytes)});
                ASSERT_EQ(read.size(), 1u) << bytes;
                EXPECT_EQ(read[0].fields, record_of(made.command).fields) << bytes;
                EXPECT_EQ(read[0].kind, made.command.kind) << bytes;
                EXPECT_FALSE(read[0].odd) << bytes;
            }
}

TEST_P(Commands, RoundTripOfBytes) {
    EXPECT_TRUE(rc::check("a command that isn't odd is written as it was read", [this] {
        Dice dice = any_dice();
        const std::string bytes = generate_host_noise(dice, dialect());
        const HostDelivery delivery{generate_cuts(dice, bytes.size()), anything_between(dice, dialect(), bytes.size()),
                                    8 + dice.below(200)};
        log(bytes, delivery);
        (void)decode(bytes, delivery, [&](const Command& command, const Settings& settings) {
            if (command.odd) return;
            const std::string wire =
                bytes.substr(command.wire.offset + command.wire.lead, command.wire.length - command.wire.lead);
            std::vector<char> buffer(2 * wire.size() + 8);
            const Encoded back = encode(dialect(), settings, command, buffer);
            if (!back) RC_FAIL("refused " + show(record_of(command)) + ": " + std::string{describe(back.refusal)});
            const std::string again{buffer.data(), back.length};
            if (again != wire) RC_FAIL("read   " + escape(wire) + "\n  wrote  " + escape(again));
        });
    }));
}

TEST_P(Commands, RefusedCommandsLeaveTheBufferAlone) {
    EXPECT_TRUE(rc::check("too small a buffer: the needed size, and nothing past its end", [this] {
        Dice dice = any_dice();
        const GeneratedCommand made = generate_command(dice, dialect());
        const std::string whole = written(dialect(), {}, made.command);
        const std::size_t size = dice.below(whole.size());
        std::string buffer(size + 16, '#');
        const Encoded refused = encode(dialect(), {}, made.command, {buffer.data(), size});
        RC_ASSERT(refused.refusal == Refusal::small_buffer);
        RC_ASSERT(refused.length == whole.size());
        RC_ASSERT(buffer.substr(size) == std::string(16, '#'));
        const auto exact = std::make_unique<char[]>(whole.size());  // the sanitizer watches its end
        RC_ASSERT(encode(dialect(), {}, made.command, {exact.get(), whole.size()}).length == whole.size());
    }));
}

// ── Ranges ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A number of a row with a bound, and the widest bound that any row gives the field: beyond it no row takes the value.
struct Bounded {
    const CommandFacts* facts;
    const CommandRow* row;
    const Parameter* parameter;
    std::int64_t most;
};
std::vector<Bounded> bounded_numbers(const Dialect& dialect) {
    std::vector<Bounded> found;
    for (const CommandFacts& facts : dialect.facts.commands)
        for (const CommandRow& row : facts.rows)
            for (std::size_t i = 0; i < row.size(); ++i) {
                const Parameter& parameter = row.parameters[i];
                const CommandKind kind = detail::kind_of(facts, row);
                const Field* field = kind == CommandKind::raw ? nullptr : detail::field_of(kind, parameter.name);
                if (field == nullptr || (field->type != Type::number && field->type != Type::port)) continue;
                std::int64_t most = 0;
                for (const CommandFacts& others : dialect.facts.commands)
                    for (const CommandRow& other : others.rows)
                        for (std::size_t j = 0; j < other.size(); ++j)
                            if (detail::kind_of(others, other) == kind && other.option == row.option &&
                                detail::field_of(kind, other.parameters[j].name) == field)
                                most = std::max(most, other.parameters[j].maximum);
                if (most < (field->type == Type::port ? 65535 : 0xFFFFFFFF)) found.push_back({&facts, &row, &parameter, most});
            }
    return found;
}

TEST_P(Commands, ValuesOutOfRangeAreRefused) {
    const auto bounded = bounded_numbers(dialect());
    EXPECT_TRUE(rc::check("a number out of its documented range is refused with field, value and range", [&, this] {
        Dice dice = any_dice();
        const auto& [facts, row, parameter, most] = bounded[dice.below(bounded.size())];
        GeneratedCommand made;
        generate_from(dice, *facts, *row, made);
        const Field& field = *detail::field_of(made.command.kind, parameter->name);
        RC_PRE(present(made.command.body, field));
        if (field.type == Type::port)
            store(made.command.body, field, static_cast<std::uint16_t>(most + 1));
        else
            store(made.command.body, field, static_cast<std::uint32_t>(most + 1));
        std::string buffer(4000, '#');
        const Encoded refused = encode(dialect(), {}, made.command, {buffer.data(), 3000});
        RC_LOG() << show(record_of(made.command)) << ": " << refused.field << " " << describe(refused.refusal);
        RC_ASSERT(refused.refusal == Refusal::out_of_range);
        RC_ASSERT(refused.field == field.name);
        RC_ASSERT(refused.value == most + 1);
        RC_ASSERT((refused.minimum > refused.value || refused.maximum < refused.value));
        RC_ASSERT(buffer.substr(3000) == std::string(1000, '#'));
    }));
}

TEST_P(Commands, OptionsOutOfRangeAreRefused) {
    for (const CommandFacts& facts : dialect().facts.commands) {
        if (facts.kinds.write != CommandKind::set_option) continue;
        for (const CommandRow& row : facts.rows) {
            if (detail::kind_of(facts, row) != CommandKind::set_option || row.parameters[0].type != ParameterType::integer)
                continue;
            std::int64_t most = 0;
            for (const CommandRow& other : facts.rows)
                if (other.option == row.option && other.form == row.form) most = std::max(most, other.parameters[0].maximum);
            if (most == 0xFFFFFFFF) continue;
            Dice dice{{0}};
            GeneratedCommand made;
            ASSERT_TRUE(generate_from(dice, facts, row, made));
            auto& set = made.command.body.set_option;
            const std::string values =
                std::to_string(most + 1) +
                std::string{part(set.values.text, std::min(set.values.text.find(','), set.values.text.size()))};
            set.values = {values};
            char buffer[500];
            const Encoded refused = encode(dialect(), {}, made.command, buffer);
            EXPECT_EQ(refused.refusal, Refusal::out_of_range) << facts.name << " " << row.option;
            EXPECT_EQ(refused.field, "values") << facts.name << " " << row.option;
            EXPECT_EQ(refused.value, most + 1) << facts.name << " " << row.option;
            EXPECT_LT(refused.maximum, refused.value) << facts.name << " " << row.option;
        }
    }
}

// ── Invariant 4: data ───────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Commands, DataOfFixedLengthIsOpaque) {
    if (!has_fixed_length(dialect())) GTEST_SKIP() << "data ends at Ctrl+Z alone";
    EXPECT_TRUE(rc::check("data behind a prompt never becomes a command", [this] {
        Dice dice = any_dice();
        const std::string data = generate_payload(dice, 1 + dice.below(120));
        const std::string bytes = "AT\r" + data + "ATE0\r";
        const HostDelivery delivery{
            generate_cuts(dice, bytes.size()), {{3, Between::What::data_of_length, static_cast<std::uint32_t>(data.size())}}, 16};
        log(bytes, delivery);
        const auto records = decode(bytes, delivery, [&](const Command& command, const Settings& settings) {
            if (command.kind != CommandKind::send_data) return;
            RC_ASSERT(written(dialect(), settings, command) == bytes.substr(command.wire.offset, command.wire.length));
        });
        RC_ASSERT(records.size() == 3u);
        RC_ASSERT(records[1].data == data);
        RC_ASSERT(records[1].offset == 0u);
        RC_ASSERT((records[1].last && records[1].end == "length"));
        RC_ASSERT(records[2].kind == CommandKind::set_echo);
    }));
}

TEST_P(Commands, DataOfVariableLengthIsReadAsItWas) {
    EXPECT_TRUE(rc::check("up to Ctrl+Z or Esc, with the escapes that the module has", [this] {
        Dice dice = any_dice();
        const std::string data = generate_payload(dice, dice.below(60)) + (dice.once_in(3) ? "\x03\x1A\x1B\x03" : "");
        const std::string_view end = dice.once_in(2) ? "ctrl_z" : "esc";
        Settings settings;
        for (std::size_t i = 0; i < dialect().facts.commands.size(); ++i)
            if (dialect().facts.commands[i].sends && settings.pending_count == 0)
                settings.push({static_cast<std::uint8_t>(i), CommandForm::write, {0, Pending::absent}});
        std::vector<char> buffer(500);
        const Encoded done = encode(dialect(), settings, command_of(SendData{data, 0, true, end}), buffer);
        const bool ends_early = data.find_first_of("\x1A\x1B") != std::string::npos && !dialect().facts.escapes;
        RC_ASSERT(bool{done} == !ends_early);
        if (ends_early) {
            RC_ASSERT(done.refusal == Refusal::bad_character);
            RC_ASSERT(done.field == "data");
            return;
        }
        const std::string bytes = "AT\r" + std::string{buffer.data(), done.length} + "ATE0\r";
        const HostDelivery delivery{generate_cuts(dice, bytes.size()), {{3, Between::What::data_to_ctrl_z}}, 16};
        log(bytes, delivery);
        const auto records = decode(bytes, delivery);
        RC_ASSERT(records.size() == 3u);
        RC_ASSERT(records[1].data == data);
        RC_ASSERT((records[1].last && records[1].end == end && !records[1].odd));
        RC_ASSERT(records[1].wire == (Wire{3, done.length, 0}));
        RC_ASSERT(records[2].kind == CommandKind::set_echo);
    }));
}

TEST_P(Commands, PipeIsOpaqueButForThreePlusesBetweenSilences) {
    if (!has_pipe(dialect())) GTEST_SKIP() << "no transparent mode";
    EXPECT_TRUE(rc::check("+++ between two silences, and nothing else, leaves the data mode", [this] {
        Dice dice = any_dice();
        std::string bytes = "AT\r";
        HostDelivery delivery{{}, {{3, Between::What::pipe_begins}}, 16};
        delivery.between.push_back({3, Between::What::idle});
        std::vector<std::string> expected = {""};  // the data, and "+++" where it isn't
        std::string segment;                       // from silence to silence
        const auto fall_silent = [&] {
            delivery.between.push_back({bytes.size(), Between::What::idle});
            if (segment != "+++")
                expected.back() += segment;
            else
                expected.insert(expected.end(), {"+++", ""});
            segment.clear();
        };
        for (std::size_t n = 1 + dice.below(6); n != 0; --n) {
            static constexpr std::string_view pluses[] = {"+++", "++", "++++", "+", "+++\r", "AT\r", "+++ATO\r"};
            const std::string burst =
                dice.once_in(2) ? std::string{dice.one_of(pluses)} : generate_payload(dice, 1 + dice.below(20));
            bytes += burst;
            segment += burst;
            if (!dice.once_in(3)) fall_silent();
        }
        fall_silent();
        delivery.cuts = generate_cuts(dice, bytes.size());
        log(bytes, delivery);
        const auto records = decode(bytes, delivery);
        std::size_t i = 1;  // behind the AT
        for (std::size_t k = 0; k < expected.size(); ++k) {
            if (expected[k].empty()) continue;
            RC_ASSERT(i < records.size());
            RC_LOG() << show(records[i]) << "\n";
            RC_ASSERT((records[i].kind == CommandKind::leave_data_mode) == (k % 2 == 1));
            if (k % 2 == 0) RC_ASSERT(records[i].data == expected[k]);
            RC_ASSERT(records[i].offset == 0u);
            ++i;
        }
        RC_ASSERT(i == records.size());
    }));
}

// ── Invariants 5 and 6 ──────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Commands, RecoveryAfterGarbage) {
    EXPECT_TRUE(rc::check("behind any bytes and a line's end the decoder reads commands again", [this] {
        Dice dice = any_dice();
        std::string bytes = generate_host_noise(dice, dialect());
        auto between = anything_between(dice, dialect(), bytes.size());
        const std::size_t silence = bytes.size();
        between.push_back({silence, Between::What::pipe_ends});
        between.push_back({silence, Between::What::result});
        between.push_back({silence, Between::What::idle});
        bytes += "ATE1\r";
        const HostDelivery delivery{generate_cuts(dice, bytes.size()), between, 8 + dice.below(200)};
        log(bytes, delivery);
        const auto records = decode(bytes, delivery);
        RC_ASSERT(!records.empty());
        RC_ASSERT(records.back().kind == CommandKind::set_echo);
        RC_ASSERT(records.back().wire.offset + records.back().wire.length == bytes.size());
    }));
}

TEST_P(Commands, SingleFaultCostsItsLine) {
    EXPECT_TRUE(rc::check("a lost, doubled or flipped byte costs its line, in its end two", [this] {
        Dice dice = any_dice();
        std::string bytes;
        std::vector<std::size_t> ends;
        std::vector<CommandRecord> lines;
        for (std::size_t n = 3 + dice.below(4); n != 0; --n) {
            const GeneratedCommand made = generate_command(dice, dialect());
            bytes += written(dialect(), {}, made.command);
            ends.push_back(bytes.size());
            lines.push_back(record_of(made.command));
        }
        const std::size_t at = dice.below(bytes.size());
        std::size_t line = 0;
        while (ends[line] <= at) ++line;
        const bool in_text = at + 1 != ends[line];
        switch (dice.below(3)) {
            case 0: bytes.erase(at, 1); break;
            case 1: bytes.insert(at, 1, bytes[at]); break;
            default: bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice.below(8))); break;
        }
        const HostDelivery delivery{generate_cuts(dice, bytes.size())};
        log(bytes, delivery);
        const auto records = decode(bytes, delivery);
        const std::size_t after = lines.size() - line - 1 - (in_text || line + 1 == lines.size() ? 0 : 1);
        RC_ASSERT(records.size() >= line + after);
        const auto matches = [&](const CommandRecord& was, const CommandRecord& came) {
            if (was.kind != came.kind || was.fields != came.fields)
                RC_FAIL("line was  " + show(was) + "\n  came as  " + show(came));
        };
        for (std::size_t i = 0; i < line; ++i) matches(lines[i], records[i]);
        for (std::size_t i = 1; i <= after; ++i) matches(lines[lines.size() - i], records[records.size() - i]);
    }));
}

TEST_P(Commands, NoCommandWaits) {
    EXPECT_TRUE(rc::check("each line's commands come with its own last byte, data with each byte", [this] {
        Dice dice = any_dice();
        std::vector<char> carry(4096);
        Settings settings;
        CommandDecoder decoder{dialect(), settings, carry};
        std::uint64_t end = 0;
        const auto say = [&](std::string_view bytes, bool each_byte) {
            for (const char& c : bytes) {
                RC_ASSERT(decoder.feed({&c, 1}));
                while (const Command* command = decoder.next()) end = command->wire.offset + command->wire.length;
                if (each_byte) RC_ASSERT(end == decoder.position());
            }
        };
        std::uint64_t said = 0;
        for (std::size_t n = 1 + dice.below(5); n != 0; --n) {
            std::string line;
            for (const GeneratedCommand& made : generate_joined(dice, dialect()))
                line += written(dialect(), settings, made.command);
            say(line, false);
            said += line.size();
            RC_ASSERT(end == said);
            const std::string data = generate_payload(dice, 1 + dice.below(9));
            decoder.expect_data(static_cast<std::uint32_t>(data.size()));
            for (const char& c : data) {
                say({&c, 1}, true);
                RC_ASSERT(end == ++said);
            }
        }
    }));
}

// ── Places that two rules meet at ───────────────────────────────────────────────────────────────────────────────────────────

/// Each case: what happens, the bytes, the commands.
TEST(HostSide, HalfALineComesOutBeforeTheDataBehindAPrompt) {
    const std::string bytes = "AT+QIabcAT\r";
    const auto records = decode_commands(bc26, bytes, {single_bytes(bytes), {{5, Between::What::data_of_length, 3}}});
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records[0].fields, " text=\"AT+QI\"");
    EXPECT_EQ(records[1].data, "abc");
    EXPECT_EQ(records[1].wire, (Wire{5, 3, 0}));
    EXPECT_EQ(records[2].kind, CommandKind::attention);
}

TEST(HostSide, LineFeedBehindTheCommandLeadsThePluses) {
    const std::string bytes = "AT\r\n+++";
    const auto records = decode_commands(
        ec200x, bytes,
        {single_bytes(bytes), {{4, Between::What::pipe_begins}, {4, Between::What::idle}, {7, Between::What::idle}}});
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[1].kind, CommandKind::leave_data_mode);
    EXPECT_EQ(records[1].wire, (Wire{3, 4, 1}));
}

TEST(HostSide, LoneEscapeIsKeptAsItStands) {
    const std::string bytes = "ab\x03";
    const auto cut_short = decode_commands(
        a76xx, bytes + "AT\r", {single_bytes(bytes + "AT\r"), {{0, Between::What::data_to_ctrl_z}, {3, Between::What::result}}});
    ASSERT_EQ(cut_short.size(), 2u);
    EXPECT_EQ(cut_short[0].data, bytes);
    EXPECT_TRUE(cut_short[0].odd);
    EXPECT_EQ(cut_short[1].wire, (Wire{3, 3, 0}));
    const auto of_a_letter = decode_commands(a76xx, "\x03z\x1A", {{3}, {{0, Between::What::data_to_ctrl_z}}});
    ASSERT_EQ(of_a_letter.size(), 1u);
    EXPECT_EQ(of_a_letter[0].data, "z");
    EXPECT_TRUE(of_a_letter[0].odd);
}

TEST(HostSide, PipeDataBeginsAtZero) {
    const std::string bytes = "AT\rabcAT\rxyz";
    const auto records = decode_commands(
        ec200x, bytes, {{bytes.size()}, {{3, Between::What::data_of_length, 3}, {9, Between::What::pipe_begins}}});
    ASSERT_EQ(records.size(), 4u);
    EXPECT_EQ(records[3].data, "xyz");
    EXPECT_EQ(records[3].offset, 0u);
}

TEST(HostSide, LineThatEndsInLineFeedIsOdd) {
    const auto records = decode_commands(bc26, "ATE0\nATE1\r\n", {{11}});
    ASSERT_EQ(records.size(), 2u);
    EXPECT_TRUE(records[0].odd);
    EXPECT_FALSE(records[1].odd);
}

TEST(HostSide, DataOfFixedLengthIsWrittenWithoutEscapes) {
    Settings settings;
    ASSERT_TRUE(set_by_name(settings, a76xx.facts, "pending", "AT+CIPSEND=1,3"));
    EXPECT_EQ(written(a76xx, settings, command_of(SendData{"\x03\x1A", 0, false, {}})), "\x03\x1A");
    settings.pop();
    ASSERT_TRUE(set_by_name(settings, a76xx.facts, "pending", "AT+CIPSEND=1"));
    EXPECT_EQ(written(a76xx, settings, command_of(SendData{"\x03\x1A", 0, false, {}})), "\x03\x03\x03\x1A");
}

}  // namespace
}  // namespace conformance
