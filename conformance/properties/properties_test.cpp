// The invariants of the core, as properties over every dialect, all settings, any bytes and any way to cut them. RC_PARAMS says how
// many cases: RC_PARAMS="max_success=1000000".
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <atwire/dialects/all.hpp>
#include <atwire/encoder.hpp>

#include "properties/decode.hpp"
#include "properties/generated_events.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"

#ifdef ATWIRE_BOTH_STYLES
namespace atwire {
#define ATWIRE_DECLARE(name) extern const Decoding name##_goto_decoding;
ATWIRE_DIALECTS(ATWIRE_DECLARE)
#undef ATWIRE_DECLARE
}  // namespace atwire
#endif

namespace conformance {
namespace {

using namespace atwire;

/// A case: some dice. Longer lists make longer streams.
Dice any_dice() { return Dice{*rc::gen::scale(8.0, rc::gen::arbitrary<std::vector<std::uint32_t>>())}; }

std::vector<std::size_t> one_chunk(std::string_view bytes) {
    return bytes.empty() ? std::vector<std::size_t>{} : std::vector{bytes.size()};
}
std::vector<std::size_t> single_bytes(std::string_view bytes) { return std::vector<std::size_t>(bytes.size(), 1); }

/// Whether payload may follow.
bool is_header(Kind kind) {
    return kind == Kind::data_read || kind == Kind::data_received || kind == Kind::data_source || kind == Kind::coap_response ||
           kind == Kind::coap_request;
}

/// Silences at some places of the stream.
std::vector<std::size_t> some_silences(Dice& dice, std::size_t length) {
    std::vector<std::size_t> silences;
    for (std::size_t n = dice.below(4); n > 1; --n) silences.push_back(dice.below(length + 1));
    std::sort(silences.begin(), silences.end());
    return silences;
}

class Properties : public testing::TestWithParam<const Dialect*> {
protected:
    const Dialect& dialect() const { return *GetParam(); }

    void same(const std::vector<Record>& a, const std::vector<Record>& b) const {
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
            if (!(a[i] == b[i])) RC_FAIL("event " + std::to_string(i) + ":\n  " + show(a[i]) + "\n  " + show(b[i]));
        if (a.size() != b.size()) RC_FAIL("one has more events: " + show(a.size() > b.size() ? a[b.size()] : b[a.size()]));
    }
    void log(const Settings& settings, std::string_view bytes, const Delivery& delivery) const {
        RC_LOG() << transcript_of(dialect().facts, settings, bytes, delivery);
    }
};

std::string dialect_name(const testing::TestParamInfo<const Dialect*>& info) { return std::string{info.param->facts.name}; }
INSTANTIATE_TEST_SUITE_P(, Properties, testing::ValuesIn(dialects().begin(), dialects().end()), dialect_name);

// ── Invariant 1 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Properties, SplitInvariance) {
    EXPECT_TRUE(rc::check("any cutting of any bytes gives the same events", [this] {
        Dice dice = any_dice();
        Settings settings = generate_settings(dice, dialect());
        if (dice.once_in(8)) settings.transparent = 1;
        if (dice.once_in(8)) settings.data_sent = static_cast<std::uint32_t>(dice.below(20));
        const std::string bytes = generate_noise(dice, dialect(), settings);
        Delivery delivery{one_chunk(bytes), some_silences(dice, bytes.size()), 16 + dice.below(200)};
        if (dice.once_in(4)) delivery.accepted = Quirks{static_cast<std::uint32_t>(dice.below(1u << 23))};
        log(settings, bytes, delivery);
        const auto whole = decode(dialect().decoding, settings, bytes, delivery);
        delivery.cuts = generate_cuts(dice, bytes.size());
        log(settings, bytes, delivery);
        same(whole, decode(dialect().decoding, settings, bytes, delivery));
        delivery.cuts = single_bytes(bytes);
        same(whole, decode(dialect().decoding, settings, bytes, delivery));
    }));
}

#ifdef ATWIRE_BOTH_STYLES
const Decoding& goto_style(const Dialect& dialect) {
#define ATWIRE_CHOOSE(name) \
    if (&dialect == &atwire::name) return name##_goto_decoding;
    ATWIRE_DIALECTS(ATWIRE_CHOOSE)
#undef ATWIRE_CHOOSE
    throw std::logic_error{"no goto style of " + std::string{dialect.facts.name}};
}

TEST_P(Properties, BothStylesAgree) {
    const Decoding& other = goto_style(dialect());
    EXPECT_TRUE(rc::check("the table lexer and the goto lexer give the same events", [&, this] {
        Dice dice = any_dice();
        const Settings settings = generate_settings(dice, dialect());
        const std::string bytes = generate_noise(dice, dialect(), settings);
        const Delivery delivery{generate_cuts(dice, bytes.size()), {}, 16 + dice.below(200)};
        log(settings, bytes, delivery);
        same(decode(dialect().decoding, settings, bytes, delivery), decode(other, settings, bytes, delivery));
    }));
}
#endif

// ── Invariant 2 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Properties, Tiling) {
    EXPECT_TRUE(rc::check("the events' ranges cover every byte once", [this] {
        Dice dice = any_dice();
        Settings settings = generate_settings(dice, dialect());
        if (dice.once_in(8)) settings.transparent = 1;
        const std::string bytes = generate_noise(dice, dialect(), settings);
        const Delivery delivery{generate_cuts(dice, bytes.size()), some_silences(dice, bytes.size()), 16 + dice.below(200)};
        log(settings, bytes, delivery);
        std::uint64_t end = 0;
        for (const Record& record : decode(dialect().decoding, settings, bytes, delivery)) {
            RC_ASSERT(record.wire.offset == end);
            RC_ASSERT(record.wire.lead <= record.wire.length);
            for (const char c : bytes.substr(record.wire.offset, record.wire.lead))
                RC_ASSERT((c == '\r' || c == '\n' || c == ' ' || c == '"'));
            end += record.wire.length;
        }
        RC_ASSERT(end <= bytes.size());
        RC_ASSERT(bytes.find_first_not_of("\r\n \"", end) == std::string::npos);
    }));
}

// ── Invariant 3 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Properties, RoundTripOfEvents) {
    EXPECT_TRUE(rc::check("what the encoder writes is decoded as it was, without quirks, in its own lead", [this] {
        Dice dice = any_dice();
        const Settings settings = generate_settings(dice, dialect());
        const GeneratedStream stream = generate_stream(dice, dialect(), settings);
        const Delivery delivery{generate_cuts(dice, stream.bytes.size())};
        log(settings, stream.bytes, delivery);
        const auto records = decode(dialect().decoding, settings, stream.bytes, delivery);
        for (std::size_t i = 0; i < std::min(records.size(), stream.events.size()); ++i) {
            Record expected = record_of(stream.events[i].event);
            expected.doubts = records[i].doubts;
            const std::size_t begin = i == 0 ? 0 : stream.ends[i - 1];
            expected.wire = {begin, stream.ends[i] - begin, stream.texts[i] - begin};
            if (!(records[i] == expected)) RC_FAIL("wrote  " + show(expected) + "\n  read   " + show(records[i]));
        }
        RC_ASSERT(records.size() == stream.events.size());
    }));
}

TEST_P(Properties, RoundTripOfBytes) {
    EXPECT_TRUE(rc::check("an event without quirks is written back as it stood", [this] {
        Dice dice = any_dice();
        const Settings settings = generate_settings(dice, dialect());
        const std::string bytes = generate_noise(dice, dialect(), settings);
        log(settings, bytes, {one_chunk(bytes)});
        std::vector<char> carry(200), buffer(200000);
        Settings state = settings;
        Decoder decoder{dialect(), state, carry};
        Encoder encoder{dialect()};
        decoder.feed(bytes);
        while (const Event* event = decoder.next()) {
            const std::string wire = bytes.substr(event->wire.offset, event->wire.length);
            const Encoded written = encoder.encode(settings, *event, wire.substr(0, event->wire.lead), buffer);
            if (!event->quirks.empty()) continue;  // what is off is kept as its line
            // Values out of their documented range, and the lines that CR or LF alone ended, are read and not written.
            if (!written) {
                RC_ASSERT(written.refusal != Refusal::small_buffer);
                encoder.passed(settings, *event);
                continue;
            }
            const bool odd_end = (event->kind == Kind::text || event->kind == Kind::malformed || event->kind == Kind::overlong ||
                                  event->kind == Kind::information) &&
                                 !(wire.ends_with("\r\n") && !wire.ends_with("\r\r\n"));
            // The separator that the settings say, not the one that stood there.
            const bool header = is_header(event->kind);
            const std::string back{buffer.data(), written.length};
            if (!odd_end && !header && back != wire) RC_FAIL("read   " + escape(wire) + "\n  wrote  " + escape(back));
        }
    }));
}

TEST_P(Properties, RefusedEventsLeaveTheBufferAlone) {
    EXPECT_TRUE(rc::check("too small a buffer: the needed size, and nothing past its end", [this] {
        Dice dice = any_dice();
        const Settings settings = generate_settings(dice, dialect());
        const OwnedEvent owned = generate_event(dice, dialect(), settings);
        std::vector<char> enough(2000);
        const Encoded whole = encode(dialect(), settings, owned.event, enough);
        RC_ASSERT(bool{whole});
        const std::size_t size = dice.below(whole.length);
        const auto exact = std::make_unique<char[]>(size);  // the sanitizer watches its end
        const Encoded refused = encode(dialect(), settings, owned.event, {exact.get(), size});
        RC_ASSERT(refused.refusal == Refusal::small_buffer);
        RC_ASSERT(refused.length == whole.length);
    }));
}

/// A number of a form with a bound, and the widest bound that any row gives the field: beyond it no row takes the value.
struct Bounded {
    const Form* form;
    const Item* item;
    std::int64_t most;
};
std::vector<Bounded> bounded_numbers(const Dialect& dialect) {
    std::vector<Bounded> found;
    for (const Form& form : dialect.facts.forms)
        for (std::size_t i = 0; i < form.size(); ++i) {
            const Item& item = form.items[i];
            if (item.spelling != Spelling::decimal || item.optional) continue;
            std::int64_t most = 0;
            for (const Form& other : dialect.facts.forms)
                for (const Item& same : other.items)
                    if (other.kind == form.kind && same.field == item.field) most = std::max(most, same.maximum);
            if (most < 65535) found.push_back({&form, &item, most});
        }
    return found;
}

TEST_P(Properties, ValuesOutOfRangeAreRefused) {
    EXPECT_TRUE(rc::check("a number out of its documented range is refused with field, value and range", [this] {
        Dice dice = any_dice();
        const Settings settings;
        const auto bounded = bounded_numbers(dialect());
        const auto& [form, item, most] = bounded[dice.below(bounded.size())];
        OwnedEvent owned;
        generate_from(dice, *form, dialect(), settings, owned);
        for (const Field& field : fields(form->kind))
            if (field.name == item->field) store(owned.event.body, field, static_cast<std::uint32_t>(most + 1));
        char buffer[2000] = {};
        const Encoded refused = encode(dialect(), settings, owned.event, buffer);
        RC_ASSERT(refused.refusal == Refusal::out_of_range);
        RC_ASSERT(refused.field == item->field);
        RC_ASSERT(refused.value == most + 1);
        RC_ASSERT((refused.minimum > refused.value || refused.maximum < refused.value));
    }));
}

// ── Invariant 4 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A header, its payload, and an OK.
struct Framed {
    Settings settings;
    std::string bytes;
    std::size_t header = 0;  ///< its length
    std::string payload;
};
bool has(const Dialect& dialect, std::string_view production) {
    for (const Form& form : dialect.facts.forms)
        if (form.production == production) return true;
    return false;
}

/// A header of `length` bytes as they stand, and the quote that stands behind them.
std::pair<std::string, std::string> some_header(Dice& dice, const Dialect& dialect, Settings& settings, std::size_t length) {
    const std::string number = std::to_string(length);
    if (has(dialect, "coap_response")) {
        settings.coap_payload = 2;
        const bool response = dice.once_in(2);
        return {response ? "\r\n+QCOAPURC: \"rsp\",2,2.05,1," + number + "," : "\r\n+QCOAPURC: \"req\",0,1,1,80," + number + ",",
                ""};
    }
    if (!has(dialect, "data_received")) return {"\r\n+CIPRXGET: 2,1," + number + ",0\r\n", ""};
    const std::string header = "\r\n+QIURC: \"recv\",1," + number;
    settings.access_mode.fill(1);
    settings.service.fill(Service::tcp);
    settings.showlength = 1;
    if (dice.once_in(2)) return {header + "\r\n", ""};
    const std::string quote = dialect.facts.name == "bc26" && settings.payload_quotes != 0 ? "\"" : "";
    return {header + "," + quote, quote};
}

Framed framed_payload(Dice& dice, const Dialect& dialect) {
    Framed framed;
    framed.settings = generate_settings(dice, dialect);
    framed.settings.pending_count = 0;
    framed.settings.dataformat = 0;
    framed.payload = generate_payload(dice, 1 + dice.below(120));
    // Behind a response's length a number would begin its options.
    if (has(dialect, "coap_response")) framed.payload[0] = 'x';
    const auto [header, quote] = some_header(dice, dialect, framed.settings, framed.payload.size());
    framed.header = header.size();
    framed.bytes = header + framed.payload + quote + "\r\n\r\nOK\r\n";
    return framed;
}

TEST_P(Properties, PayloadIsOpaque) {
    EXPECT_TRUE(rc::check("a framed payload never becomes an event", [this] {
        Dice dice = any_dice();
        const auto [settings, bytes, header, payload] = framed_payload(dice, dialect());
        const Delivery delivery{generate_cuts(dice, bytes.size())};
        log(settings, bytes, delivery);
        const auto records = decode(dialect().decoding, settings, bytes, delivery);
        RC_ASSERT(records.size() == 3u);
        RC_ASSERT(records[0].wire.length == header);
        RC_ASSERT(records[1].kind == Kind::payload);
        RC_ASSERT(records[1].data == payload);
        RC_ASSERT(records[1].last);
        RC_ASSERT(records[2].kind == Kind::ok);
    }));
}

/// The header of a payload without a length under these settings, or nothing where the dialect has none.
std::string unframed_header(const Dialect& dialect, const Settings& settings) {
    for (const Form& form : dialect.facts.forms) {
        if (form.body == Body::unframed) return "\r\nRECV FROM:1.2.3.4:5\r\n";
        if (form.body == Body::viewmode_unframed)
            return std::string{"\r\n+QIURC: \"recv\",1"} + (settings.viewmode == 1 ? "," : "\r\n");
    }
    return {};
}

TEST_P(Properties, PayloadWithoutALengthRunsToItsLineBreak) {
    EXPECT_TRUE(rc::check("a payload without a length is all that comes before the next CRLF", [this] {
        Dice dice = any_dice();
        Settings settings;
        settings.access_mode.fill(1);
        settings.viewmode = dice.once_in(2) ? 1 : 0;
        settings.showlength = settings.ciphead = settings.dataformat = 0;
        const std::string header = unframed_header(dialect(), settings);
        if (header.empty()) return;
        std::string payload = generate_payload(dice, 1 + dice.below(100));
        for (std::size_t at; (at = payload.find("\r\n")) != std::string::npos;) payload[at + 1] = 'n';
        const std::string bytes = header + payload + "\r\n\r\nOK\r\n";
        const Delivery delivery{generate_cuts(dice, bytes.size())};
        log(settings, bytes, delivery);
        const auto records = decode(dialect().decoding, settings, bytes, delivery);
        RC_ASSERT(records.size() == 3u);
        RC_ASSERT(records[0].wire.length == header.size());
        RC_ASSERT(records[1].kind == Kind::payload);
        RC_ASSERT(records[1].data == payload);
        RC_ASSERT(records[1].last);
        RC_ASSERT(records[1].doubts == Doubt::unframed);
        RC_ASSERT(records[2].kind == Kind::ok);
        RC_ASSERT(records[2].quirks.empty());
    }));
}

TEST_P(Properties, EchoedDataIsOpaque) {
    EXPECT_TRUE(rc::check("data that comes back never becomes an event", [this] {
        Dice dice = any_dice();
        Settings settings;
        if (dialect().decoding.data_echo == nullptr) return;
        settings.*dialect().decoding.data_echo = 1;
        const std::string data = generate_payload(dice, 1 + dice.below(60));
        settings.data_sent = static_cast<std::uint32_t>(data.size());
        const std::string bytes = "\r\n> " + data + "\r\nOK\r\n";
        const Delivery delivery{generate_cuts(dice, bytes.size())};
        log(settings, bytes, delivery);
        const auto records = decode(dialect().decoding, settings, bytes, delivery);
        RC_ASSERT(records.size() == 3u);
        RC_ASSERT(records[0].kind == Kind::prompt);
        RC_ASSERT(records[1].kind == Kind::data_echo);
        RC_ASSERT(records[1].data == data);
        RC_ASSERT(records[2].kind == Kind::ok);
    }));
}

TEST_P(Properties, TransparentModeIsOpaque) {
    EXPECT_TRUE(
        rc::check("in transparent mode everything is payload but a whole line that says its end, and then silence", [this] {
            Dice dice = any_dice();
            Settings settings;
            settings.transparent = 1;
            std::string data = generate_payload(dice, 1 + dice.below(200)) + "x";
            const std::string_view gone = dialect().decoding.end_of_transparent;
            const bool leave = gone.empty() || dice.once_in(2);
            if (leave) {
                Pending escape_sequence;
                escape_sequence.form = CommandForm::escape;
                settings.push(escape_sequence);
                // The vocabulary promises nothing of what arrives between the host's +++ and its OK.
                for (std::size_t at = 0; (at = data.find("OK", at)) != std::string::npos;) data[at] = 'o';
            }
            const std::string bytes = data + (leave ? "\r\nOK\r\n" : "\r\n" + std::string{gone} + "\r\n");
            const Delivery delivery{generate_cuts(dice, bytes.size())};
            log(settings, bytes, delivery);
            const auto records = decode(dialect().decoding, settings, bytes, delivery);
            RC_ASSERT(records.size() == 2u);
            RC_ASSERT(records[0].kind == Kind::payload);
            RC_ASSERT(records[0].data == data);
            RC_ASSERT(records[1].kind == (leave ? Kind::ok : gone == "CLOSED" ? Kind::closed : Kind::no_carrier));
        }));
}

// ── Invariant 5 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Properties, RecoveryAfterGarbage) {
    EXPECT_TRUE(rc::check("after any garbage and a silence the next line is read", [this] {
        Dice dice = any_dice();
        const Settings settings = generate_settings(dice, dialect());
        std::string bytes = generate_noise(dice, dialect(), settings);
        const std::size_t silence = bytes.size();
        bytes += "\r\nSEND OK\r\n";
        // Twice: what a payload without an end is owed stops at the first silence.
        const Delivery delivery{generate_cuts(dice, bytes.size()), {silence, silence}, 16 + dice.below(200)};
        log(settings, bytes, delivery);
        const auto records = decode(dialect().decoding, settings, bytes, delivery);
        RC_ASSERT(!records.empty());
        RC_ASSERT(records.back().kind == Kind::send_ok);
        RC_ASSERT(records.back().wire.offset + records.back().wire.length == bytes.size());
    }));
}

/// A stream without headers, so that a fault stays in its line.
GeneratedStream lines_only(Dice& dice, const Dialect& dialect, const Settings& settings) {
    GeneratedStream stream;
    Encoder encoder{dialect};
    std::vector<char> buffer(2000);
    for (std::size_t n = 3 + dice.below(6); stream.events.size() < n;) {
        OwnedEvent owned = generate_event(dice, dialect, settings);
        const Kind kind = owned.event.kind;
        if (is_header(kind) || kind == Kind::prompt || kind == Kind::echo) owned.event = event_of(SendOk{});
        const Encoded written = encoder.encode(settings, owned.event, buffer);
        stream.texts.push_back(stream.bytes.size() + 2);
        stream.bytes.append(buffer.data(), written.length);
        stream.ends.push_back(stream.bytes.size());
        stream.events.push_back(std::move(owned));
    }
    return stream;
}

TEST_P(Properties, SingleFaultCostsItsLine) {
    std::size_t cases = 0;
    std::size_t discarded = 0;
    EXPECT_TRUE(rc::check("a lost, doubled or flipped byte costs its line, in a terminator two", [&, this] {
        ++cases;
        Dice dice = any_dice();
        Settings settings = generate_settings(dice, dialect());
        // A flipped byte may make a prompt, an echo or a header: that is another cost.
        settings.pending_known = true;
        settings.pending_count = 0;
        settings.echo = 0;
        settings.access_mode.fill(0);
        settings.ciphead = 1;
        const GeneratedStream stream = lines_only(dice, dialect(), settings);
        const std::size_t at = dice.below(stream.bytes.size());
        std::string bytes = stream.bytes;
        std::size_t line = 0;
        while (stream.ends[line] <= at) ++line;
        const bool in_text = at >= stream.texts[line] && at < stream.ends[line] - 2;
        switch (dice.below(3)) {
            case 0: bytes.erase(at, 1); break;
            case 1: bytes.insert(at, 1, bytes[at]); break;
            default: bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice.below(8))); break;
        }
        const Delivery delivery{generate_cuts(dice, bytes.size())};
        log(settings, bytes, delivery);
        auto records = decode(dialect().decoding, settings, bytes, delivery);
        // A flipped byte may even make a header, which then costs what its length covers.
        for (const Record& record : records)
            if (is_header(record.kind)) {
                ++discarded;
                return;
            }
        // Lines before it stay, and those behind it, but for one more on the side where a terminator was hit.
        const std::size_t before = in_text || line == 0 ? line : line - 1;
        const std::size_t after = stream.events.size() - line - 1 - (in_text || line + 1 == stream.events.size() ? 0 : 1);
        RC_ASSERT(records.size() >= before + after);
        const auto matches = [&](std::size_t of_stream, std::size_t of_records) {
            const Record expected = record_of(stream.events[of_stream].event);
            const Record& got = records[of_records];
            if (got.kind != expected.kind || got.fields != expected.fields || got.data != expected.data)
                RC_FAIL("line " + std::to_string(of_stream) + " was  " + show(expected) + "\n  came as  " + show(got));
        };
        for (std::size_t i = 0; i < before; ++i) matches(i, i);
        for (std::size_t i = 1; i <= after; ++i) matches(stream.events.size() - i, records.size() - i);
    }));
    EXPECT_LT(discarded * 10, cases);  // the only property that discards any
}

TEST_P(Properties, FaultInPayloadCostsItsBytes) {
    EXPECT_TRUE(rc::check("a flipped byte in a payload changes that byte alone", [this] {
        Dice dice = any_dice();
        auto [settings, bytes, header, payload] = framed_payload(dice, dialect());
        const std::size_t at = dice.below(payload.size());
        payload[at] = static_cast<char>(payload[at] ^ (1 << dice.below(8)));
        bytes.replace(header, payload.size(), payload);
        const Delivery delivery{generate_cuts(dice, bytes.size())};
        log(settings, bytes, delivery);
        const auto records = decode(dialect().decoding, settings, bytes, delivery);
        RC_ASSERT(records.size() == 3u);
        RC_ASSERT(records[1].data == payload);
        RC_ASSERT(records[2].kind == Kind::ok);
    }));
}

// ── Invariant 6 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The one kind of header whose payload has to begin before it is known that options don't; a payload that is no longer than what
/// is read by then waits with it.
bool may_wait(const std::vector<OwnedEvent>& events, std::size_t i) {
    const auto* response = get<CoapResponse>(events[i].event);
    if (response == nullptr) return events[i].event.kind == Kind::payload && i != 0 && may_wait(events, i - 1);
    return response->options.text.empty() && *response->length != 0 && *response->length <= Lexer::max_options;
}

TEST_P(Properties, NoEventWaits) {
    EXPECT_TRUE(rc::check("each event comes with its own last byte", [this] {
        Dice dice = any_dice();
        const Settings settings = generate_settings(dice, dialect());
        const GeneratedStream stream = generate_stream(dice, dialect(), settings);
        log(settings, stream.bytes, {single_bytes(stream.bytes)});
        std::vector<char> carry(2000);
        Settings state = settings;
        Decoder decoder{dialect(), state, carry};
        for (std::size_t at = 0; at < stream.bytes.size(); ++at) {
            decoder.feed({&stream.bytes[at], 1});
            std::uint64_t end = 0;
            while (const Event* event = decoder.next()) end = event->wire.offset + event->wire.length;
            const auto due = std::find(stream.ends.begin(), stream.ends.end(), at + 1);
            if (due == stream.ends.end() || may_wait(stream.events, static_cast<std::size_t>(due - stream.ends.begin())))
                continue;
            RC_ASSERT(end == at + 1);
        }
    }));
}

// ── Invariant 7 ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A dialect whose lexer counts its work.
struct Counted {
    static inline void (*lex)(Lexer&) noexcept;
    static inline std::size_t bytes;
    static inline std::size_t calls;

    static Decoding of(const Decoding& dialect) {
        lex = dialect.lex;
        bytes = calls = 0;
        Decoding counting = dialect;
        counting.lex = [](Lexer& lexer) noexcept {
            const auto* const before = lexer.p;
            lex(lexer);
            bytes += static_cast<std::size_t>(lexer.p - before);
            ++calls;
        };
        return counting;
    }
};

TEST_P(Properties, LinearWork) {
    EXPECT_TRUE(rc::check("no byte is lexed twice, and nothing is done but for a chunk or an event", [this] {
        Dice dice = any_dice();
        const Settings settings = generate_settings(dice, dialect());
        const std::string bytes = generate_noise(dice, dialect(), settings);
        const Delivery delivery{generate_cuts(dice, bytes.size()), {}, 16 + dice.below(200)};
        log(settings, bytes, delivery);
        const auto records = decode(Counted::of(dialect().decoding), settings, bytes, delivery);
        RC_LOG() << Counted::bytes << " bytes lexed of " << bytes.size() << ", " << Counted::calls << " calls for "
                 << records.size() << " events";
        // The CR that ends an unframed payload is seen again: it leads what follows. So are up to eight bytes that might have been
        // a response's options.
        RC_ASSERT(Counted::bytes <= bytes.size() + (has(dialect(), "coap_response") ? 8 : 1) * records.size());
        // One for each chunk's end, one for each event, one more where an inline header turned out to be broken.
        RC_ASSERT(Counted::calls <= delivery.cuts.size() + 2 * records.size() + 1);
    }));
}

// ── Silence ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Silence, GivesHalfALineWithTheReturnsBehindIt) {
    constexpr std::size_t limit = 16;
    for (std::size_t length = 1; length < 2 * limit + 2; ++length)
        for (std::size_t returns = 0; returns < 3; ++returns) {
            const std::string text = std::string(length, 'x') + std::string(returns, '\r');
            const std::string bytes = "\r\n" + text;
            for (const auto& cuts : {one_chunk(bytes), single_bytes(bytes)}) {
                const auto records = decode(bc26.decoding, {}, bytes, {.cuts = cuts, .silences = {}, .carry = limit});
                ASSERT_EQ(records.size(), 1u) << length << " and " << returns;
                EXPECT_EQ(records[0].kind, text.size() > limit ? Kind::overlong : Kind::unfinished);
                EXPECT_EQ(text.size() > limit ? records[0].data : records[0].fields,
                          text.size() > limit ? text : " text=\"" + text + "\"");
                EXPECT_EQ(records[0].wire, (Wire{0, bytes.size(), 2}));
            }
        }
}

TEST(Silence, EndsDataThatDoesNotComeBack) {
    Settings settings;
    EXPECT_TRUE(set_by_name(settings, a76xx.facts, "pending", "AT+CIPSEND=0,1000"));
    const std::string_view bytes = "\r\n>\r\nOK\r\n\r\n+IPCLOSE: 0,1\r\n";
    const auto records = decode(a76xx.decoding, settings, bytes, {.cuts = one_chunk(bytes), .silences = {3, 9}});
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records[1].kind, Kind::data_echo);  // the documented default: dataecho is on
    EXPECT_EQ(records[2].kind, Kind::peer_closed);
}

TEST(Prompt, IsFollowedByAsManyBytesAsTheCommandSays) {
    Settings settings;
    settings.echo = settings.qisde = 1;
    EXPECT_TRUE(set_by_name(settings, ec200x.facts, "pending", "AT+QISEND=0,2"));
    const std::string_view bytes = "\r\n>\r\nOK\r\n";
    EXPECT_EQ(decode(ec200x.decoding, settings, bytes, {one_chunk(bytes)})[1].kind, Kind::data_echo);
    // The second parameter of AT+QCOAPSEND is a method.
    settings.pop();
    EXPECT_TRUE(set_by_name(settings, bc95.facts, "pending", "AT+QCOAPSEND=0,2,1.2.3.4,5"));
    EXPECT_EQ(decode(bc95.decoding, settings, bytes, {one_chunk(bytes)})[1].kind, Kind::ok);
}

// ── What the encoder refuses for its place ──────────────────────────────────────────────────────────────────────────────────

TEST(Encoder, KeepsPayloadToItsHeader) {
    const auto refusal = [](const std::vector<Event>& events, const Settings& settings = {}) {
        Encoder encoder{a76xx};
        Refusal last = Refusal::none;
        for (const Event& event : events) {
            char buffer[200];
            EXPECT_EQ(last, Refusal::none);
            last = encoder.encode(settings, event, buffer).refusal;
        }
        return last;
    };
    const Event raw = event_of(DataReceived{.length = 5u, .encoding = Encoding::raw});
    const Event hex = event_of(DataRead{.socket = 1u, .length = 2, .remaining = 0u, .encoding = Encoding::hex});
    EXPECT_EQ(refusal({raw, event_of(Ok{})}), Refusal::payload_due);
    EXPECT_EQ(refusal({raw, event_of(Truncated{5u}), event_of(Ok{})}), Refusal::none);
    EXPECT_EQ(refusal({raw, event_of(Payload{"ab", 0, true})}), Refusal::other_meaning);
    EXPECT_EQ(refusal({raw, event_of(Payload{"ab", 0, false}), event_of(Payload{"cde", 2, true}), event_of(Ok{})}),
              Refusal::none);
    EXPECT_EQ(refusal({raw, event_of(Payload{"abcdef", 0, true})}), Refusal::no_header);
    EXPECT_EQ(refusal({hex, event_of(Payload{"zzzz", 0, true})}), Refusal::bad_character);
    EXPECT_EQ(refusal({hex, event_of(Payload{"4F4b", 0, true})}), Refusal::none);
    Settings no_head;
    no_head.ciphead = 0;
    const Event source = event_of(DataSource{"1.2.3.4", 5});
    EXPECT_EQ(refusal({source, event_of(Ok{})}, no_head), Refusal::other_meaning);
    EXPECT_EQ(refusal({source, event_of(Payload{"a\r\nOK\r\n", 0, true})}, no_head), Refusal::bad_character);
    EXPECT_EQ(refusal({source, event_of(Payload{"abc", 0, true})}, no_head), Refusal::none);
    char buffer[20];
    EXPECT_EQ(Encoder{a76xx}.encode({}, event_of(Ok{}), "xyz", buffer).field, "lead");
}

}  // namespace
}  // namespace conformance
