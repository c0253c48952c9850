#include "streams.hpp"

#include <atwire/command_encoder.hpp>
#include <atwire/session.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "properties/dialogues.hpp"
#include "properties/generated_events.hpp"

namespace atwire::bench {
namespace {

/// SplitMix64: unlike the standard library's distributions the same everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) noexcept : state_{seed} {}
    /// A number below `bound`. The bias is nothing beside 2^64.
    std::uint32_t below(std::uint32_t bound) noexcept {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return static_cast<std::uint32_t>((z ^ (z >> 31)) % bound);
    }
    std::uint32_t between(std::uint32_t least, std::uint32_t most) noexcept { return least + below(most - least + 1); }
    /// As many throws of the conformance suite's dice, which make one event, command or dialogue.
    conformance::Dice dice(std::size_t throws) {
        std::vector<std::uint32_t> numbers(throws);
        for (std::uint32_t& number : numbers) number = below(0xFFFFFFFF);
        return conformance::Dice{std::move(numbers)};
    }

private:
    std::uint64_t state_;
};

constexpr std::uint64_t seed = 20191205;
constexpr std::uint32_t read_length = 512;
constexpr std::size_t overlong = 4096;

/// The last row of an event that has the field: where success has a row of its own, the last is that of what fails.
const Item* item_of(const Facts& facts, Kind kind, std::string_view field) noexcept {
    const Item* found = nullptr;
    for (const Form& form : facts.forms)
        for (const Item& item : form.items)
            if (form.kind == kind && item.field == field) found = &item;
    return found;
}
std::uint32_t most(const Facts& facts, Kind kind, std::string_view field) noexcept {
    const Item* item = item_of(facts, kind, field);
    return item != nullptr ? static_cast<std::uint32_t>(item->maximum) : 0;
}

/// Every setting has its default, or 0 where the dialect states none; the sockets push where `push` says so, with lengths.
Settings all_given(const Dialect& dialect, bool push) noexcept {
    Settings settings = dialect.decoding.defaults;
#define ATWIRE_GIVE(name, most) \
    if (settings.name == unset) settings.name = 0;
    ATWIRE_SETTINGS(ATWIRE_GIVE)
#undef ATWIRE_GIVE
    if (push && dialect.decoding.shown_length != nullptr) settings.*dialect.decoding.shown_length = 1;
    settings.showrspopt = 1;  // responses show their options
    settings.access_mode.fill(push ? 1 : 0);
    settings.service.fill(Service::tcp);
    settings.pending_known = true;
    settings.data_sent = 0;
    return settings;
}

class Maker {
public:
    Maker(const Dialect& dialect, const Settings& settings, std::uint32_t length) noexcept
        : facts{dialect.facts}, push_length{length}, dialect_{dialect}, encoder_{dialect}, settings_{settings} {}

    const Facts& facts;
    const std::uint32_t push_length;
    Random random{seed};
    std::uint32_t socket = 0;  ///< of the line that is made

    void put(const Event& event) {
        const Encoded written = encoder_.encode(settings_, event, buffer_);
        if (!written) {
            std::fprintf(stderr, "bench: %s: %.*s %s\n", name(event.kind).data(), static_cast<int>(written.field.size()),
                         written.field.data(), describe(written.refusal).data());
            std::exit(1);
        }
        bytes_.append(buffer_.data(), written.length);
    }
    template <class Message>
    void put(const Message& message) {
        put(event_of(message));
    }
    /// A row of the dialect's table, each in its turn, as a short line. Passes over a row whose line would be something else under
    /// the settings, would change them, or would announce payload: those lines have streams of their own.
    void put_any_row() {
        for (std::size_t tries = 0; tries < 64 * facts.forms.size(); ++tries) {
            if (tries % 64 == 0) row_ = (row_ + 1) % facts.forms.size();
            conformance::Dice dice = random.dice(64);
            conformance::OwnedEvent made;
            if (!conformance::generate_from(dice, facts.forms[row_], dialect_, settings_, made)) continue;
            const Encoded alone = encode(dialect_, settings_, made.event, buffer_);
            const std::string_view line{buffer_.data(), alone.length};
            if (alone && is_short(line) && is_plain(made.event, line)) return put(made.event);
        }
        std::fprintf(stderr, "bench: %s: no row makes a short line\n", facts.name.data());
        std::exit(1);
    }
    /// A header, and as much payload as it announces.
    template <class Message>
    void put_with_payload(const Message& header) {
        put(header);
        put_payload(event_of(header));
    }
    /// The same with a line that the encoder doesn't write, in the place of the header that a decoder finds there.
    template <class Message>
    void put_with_payload(std::string_view line, const Message& header) {
        bytes_.append(encoder_.usual_lead(KindOf<Message>::kind)).append(line);
        encoder_.passed(settings_, event_of(header));
        put_payload(event_of(header));
    }
    /// Decimal numbers and dots; good until the next call.
    std::string_view address() {
        address_.clear();
        for (int i = 0; i < 4; ++i) address_.append(i == 0 ? "" : ".").append(std::to_string(random.below(256)));
        return address_;
    }
    std::string_view digits() { return digits_ = std::to_string(random.below(32)) + ",99"; }
    std::string_view hex(std::size_t count) {
        digits_.clear();
        while (digits_.size() < count) digits_.push_back("0123456789ABCDEF"[random.below(16)]);
        return digits_;
    }
    std::uint16_t port() noexcept { return static_cast<std::uint16_t>(random.between(1024, 65535)); }
    /// One in five opens and the like fails.
    std::uint32_t error(Kind kind) noexcept {
        const Item& item = *item_of(facts, kind, "error");
        const auto least = static_cast<std::uint32_t>(item.minimum != 0 ? item.minimum : 1);
        return random.below(5) != 0 ? 0 : random.between(least, static_cast<std::uint32_t>(item.maximum));
    }
    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

private:
    /// As a module prints them: no control character, and no number that a signed integer doesn't hold.
    static bool is_short(std::string_view line) noexcept {
        std::size_t digits = 0;
        for (const char c : line) {
            digits = c >= '0' && c <= '9' ? digits + 1 : 0;
            if (digits > 9 || (c != '\r' && c != '\n' && (c < ' ' || c > '~'))) return false;
        }
        return line.size() <= 64;
    }
    /// Whether a session hears just this, certainly, and learns nothing of it.
    bool is_plain(const Event& event, std::string_view line) const {
        if (const auto [length, encoding] = announced(event); length && *length != 0) return false;
        if (event.kind == Kind::data_received || event.kind == Kind::data_source) return false;
        std::array<char, 256> carry;
        Session session{dialect_, carry, carry};
        session.settings = settings_;
        session.module_said(line);
        const Event* heard = session.next().event;
        return heard != nullptr && *heard == event && heard->quirks.empty() && heard->doubts.empty() && !session.next() &&
               conformance::difference(dialect_, settings_, session.settings).empty();
    }
    void put_payload(const Event& header) {
        const auto [length, encoding] = announced(header);
        std::string data;
        if (encoding == Encoding::hex)
            data = hex(std::size_t{*length} * 2);
        else
            while (data.size() < *length) data.push_back(static_cast<char>(random.below(256)));
        put(Payload{data, 0, true});
    }

    const Dialect& dialect_;
    Encoder encoder_;
    const Settings& settings_;
    std::size_t row_ = 0;
    std::string bytes_;
    std::string address_;
    std::string digits_;
    std::array<char, 4096> buffer_{};
};

/// How many of a hundred lines are made so.
struct Line {
    std::uint32_t share;
    void (*put)(Maker&);
};

// One line as one sentence: the formatter would make five of it.
// clang-format off

// The shares are those of a device that sends small readings over buffered sockets and is polled now and then. What else the
// dialect documents is rare.
constexpr Line any_row = {5, [](Maker& m) { m.put_any_row(); }};

constexpr Line quectel_mix[] = {
    {11, [](Maker& m) { m.put(Ok{}); }},
    {2, [](Maker& m) { m.put(Error{}); }},
    {9, [](Maker& m) { m.put(SendOk{}); }},
    {4, [](Maker& m) { m.put(SocketOpened{m.socket, m.error(Kind::socket_opened)}); }},
    {33, [](Maker& m) { m.put(DataAvailable{m.socket, {}}); }},
    {6, [](Maker& m) { m.put(PeerClosed{m.socket, {}}); }},
    {5, [](Maker& m) { m.put(DnsResult{0, m.random.between(1, 4), m.random.between(1, 3600)}); }},
    {6, [](Maker& m) { m.put(DnsAddress{m.address()}); }},
    {5, [](Maker& m) { m.put(DataRead{{}, 0, {}, {}, {}, Encoding::raw}); }},
    {4, [](Maker& m) { m.put(Information{"CSQ", m.digits()}); }},
    {10, [](Maker& m) { m.put(PingReply{0, m.address(), 32, m.random.between(80, 2500), m.random.between(30, 255)}); }},
    any_row,
};
constexpr Line simcom_mix[] = {
    {12, [](Maker& m) { m.put(Ok{}); }},
    {2, [](Maker& m) { m.put(Error{}); }},
    {33, [](Maker& m) { m.put(DataAvailable{m.socket, {}}); }},
    {4, [](Maker& m) { m.put(SocketOpened{m.socket, m.error(Kind::socket_opened)}); }},
    {16, [](Maker& m) {
        const std::uint32_t length = m.random.between(1, 1500);
        m.put(SendResult{m.socket, length, static_cast<std::int32_t>(length)});
    }},
    {6, [](Maker& m) { m.put(PeerClosed{m.socket, m.random.below(3)}); }},
    {4, [](Maker& m) { m.put(SocketClosed{m.socket, m.error(Kind::socket_closed)}); }},
    {5, [](Maker& m) { m.put(Unread{m.socket, m.random.below(1500)}); }},
    {4, [](Maker& m) { m.put(DnsAnswer{1, std::string_view{"iot.example.com"}, m.address(), {}}); }},
    {4, [](Maker& m) { m.put(Incoming{m.socket, m.random.below(4), m.address(), m.port()}); }},
    {3, [](Maker& m) { m.put(LocalAddress{m.address(), {}}); }},
    {2, [](Maker& m) { m.put(Information{"CSQ", m.digits()}); }},
    any_row,
};
// A device that posts small readings, and that its platform asks now and then.
// Payload is hexadecimal, since no Content-Format says otherwise.
Maybe<Encoding> encoding_of(Maybe<std::uint32_t> length) { return length ? Encoding::hex : Maybe<Encoding>{}; }
CoapResponse response(Maker& m, std::string_view options, Maybe<std::uint32_t> length) {
    const std::uint32_t code = m.random.below(2) != 0 ? 205 : 204;
    return {{}, {}, 2, code, m.random.below(65536), {options}, length, encoding_of(length)};
}
CoapRequest request(Maker& m, std::string_view mode, Maybe<std::uint32_t> length) {
    const std::uint32_t method = m.random.between(1, 4);
    return {{}, {}, 0, method, m.random.below(65536), mode, m.hex(8), {R"(11,"t",11,"d")"}, length, encoding_of(length)};
}
constexpr Line coap_mix[] = {
    {18, [](Maker& m) { m.put(Ok{}); }},
    {2, [](Maker& m) { m.put(CmeError{m.random.between(50, 52), {}}); }},
    {24, [](Maker& m) { m.put(CoapSendStatus{m.random.below(6)}); }},
    {23, [](Maker& m) { m.put(response(m, {}, {})); }},
    {6, [](Maker& m) { m.put(response(m, R"(4,"5f3a",14,"60")", {})); }},
    {8, [](Maker& m) { m.put_with_payload(response(m, {}, m.random.between(1, 24))); }},
    {6, [](Maker& m) { m.put(request(m, "05", {})); }},
    {4, [](Maker& m) { m.put_with_payload(request(m, "85", m.random.between(1, 24))); }},
    {4, [](Maker& m) { m.put(Information{"CSQ", m.digits()}); }},
    any_row,
};

constexpr Line quectel_read[] = {
    {100, [](Maker& m) { m.put_with_payload(DataRead{{}, read_length, {}, {}, {}, Encoding::raw}); m.put(Ok{}); }},
};
constexpr Line simcom_read[] = {
    {100, [](Maker& m) {
        m.put_with_payload(DataRead{m.socket, read_length, m.random.below(1500), {}, {}, Encoding::raw});
        m.put(Ok{});
    }},
};
constexpr Line quectel_push[] = {
    {100, [](Maker& m) {
        const DataReceived header{m.socket, m.push_length, {}, {}, Encoding::raw};
        if (m.push_length <= most(m.facts, Kind::data_received, "length")) return m.put_with_payload(header);
        // bc26's longest documented push is 1400 bytes, which is what the encoder writes at most; the decoder believes more.
        m.put_with_payload("+QIURC: \"recv\"," + std::to_string(m.socket) + "," + std::to_string(m.push_length) + "\r\n", header);
    }},
};
constexpr Line simcom_push[] = {
    {100, [](Maker& m) {
        m.put(DataSource{m.address(), m.port()});
        m.put_with_payload(DataReceived{{}, m.push_length, {}, {}, Encoding::raw});
    }},
};
constexpr Line coap_messages[] = {
    {50, [](Maker& m) { m.put_with_payload(response(m, {}, most(m.facts, Kind::coap_response, "length"))); }},
    {50, [](Maker& m) { m.put_with_payload(request(m, "85", most(m.facts, Kind::coap_request, "length"))); }},
};
// clang-format on

/// The streams of the dialects that document an event of this kind.
struct Streams {
    Kind kind;
    std::span<const Line> urc_mix;
    std::span<const Line> read;
    std::span<const Line> push;
    std::span<const Line> coap;
    std::string_view absurd_length;
};
constexpr Streams families[] = {
    {Kind::ping_reply, quectel_mix, quectel_read, quectel_push, {}, "\r\n+QIURC: \"recv\",0,99999999999\r\n"},
    {Kind::send_result, simcom_mix, simcom_read, simcom_push, {}, "\r\n+IPD99999999999\r\n"},
    {Kind::coap_response, coap_mix, {}, {}, coap_messages, "\r\n+QCOAPURC: \"rsp\",2,2.05,1,99999999999\r\n"},
};
constexpr bool whole(std::span<const Line> lines) {
    std::uint32_t sum = 0;
    for (const Line& line : lines) sum += line.share;
    return sum == 100 || lines.empty();
}
static_assert(std::ranges::all_of(families, [](const Streams& all) {
    return whole(all.urc_mix) && whole(all.read) && whole(all.push) && whole(all.coap);
}));

const Streams& streams_of(const Facts& facts) {
    for (const Streams& family : families)
        for (const Form& form : facts.forms)
            if (form.kind == family.kind) return family;
    std::fprintf(stderr, "bench: no streams are known for %s\n", facts.name.data());
    std::exit(1);
}
std::span<const Line> lines_of(const Facts& facts, Content content) {
    const Streams& family = streams_of(facts);
    switch (content) {
        case Content::urc_mix: return family.urc_mix;
        case Content::buffered_read: return family.read;
        case Content::push_1460:
        case Content::push_16: return family.push;
        case Content::coap: return family.coap;
        default: return {};
    }
}

std::string make_lines(const Dialect& dialect, Content content, const Settings& settings, std::size_t size) {
    const std::span<const Line> lines = lines_of(dialect.facts, content);
    if (lines.empty()) {
        std::fprintf(stderr, "bench: %s has no %s\n", dialect.facts.name.data(), name(content).data());
        std::exit(1);
    }
    const std::uint32_t sockets = most(dialect.facts, Kind::socket_opened, "socket") + 1;
    Maker maker{dialect, settings, content == Content::push_16 ? 16u : 1460u};
    while (maker.bytes().size() < size) {
        maker.socket = maker.random.below(sockets);
        std::uint32_t share = maker.random.below(100);
        const Line* line = lines.data();
        for (; share >= line->share; ++line) share -= line->share;
        line->put(maker);
    }
    return std::move(maker.bytes());
}

/// Dialogues one after the other, each with settings of its own.
void make_dialogues(const Dialect& dialect, Stream& stream, std::size_t size) {
    Random random{seed};
    while (stream.bytes.size() < size) {
        conformance::Dice dice = random.dice(6000);
        const conformance::GeneratedDialogue dialogue = conformance::generate_dialogue(dice, dialect, true);
        Exchange exchange{dialogue.start, {}};
        for (const conformance::Turn& turn : dialogue.turns) {
            using Who = conformance::Turn::Who;
            const bool silent = turn.who == Who::host_idle || turn.who == Who::module_idle;
            if (turn.bytes.empty() && !silent) continue;
            exchange.turns.push_back({turn.who == Who::host || turn.who == Who::host_idle, turn.bytes.size()});
            stream.bytes += turn.bytes;
        }
        stream.exchanges.push_back(std::move(exchange));
    }
}

/// Any commands, but for those that turn the port into a pipe or have data in their line: what is behind them is theirs.
std::string make_commands(const Dialect& dialect, const Settings& settings, std::size_t size) {
    Random random{seed};
    std::string bytes;
    while (bytes.size() < size) {
        conformance::Dice dice = random.dice(64);
        const conformance::GeneratedCommand made = conformance::generate_command(dice, dialect);
        const std::string line = conformance::written(dialect, settings, made.command);
        if (line.size() <= 128) bytes += line;
    }
    return bytes;
}

std::string make_bad(const Dialect& dialect, Content content, std::size_t size) {
    if (content == Content::prompts) return std::string(size, '>');
    Random random{seed};
    std::string bytes;
    while (bytes.size() < size) {
        if (content == Content::noise) bytes += static_cast<char>(random.below(256));
        if (content == Content::absurd_lengths) bytes += streams_of(dialect.facts).absurd_length;
        if (content == Content::overlong_lines) {
            const std::string_view head =
                dialect.facts.forms[random.below(static_cast<std::uint32_t>(dialect.facts.forms.size()))].head;
            const std::size_t end = bytes.size() + overlong;
            bytes += "\r\n";
            if (random.below(2) != 0) bytes += head;
            while (bytes.size() < end - 2) bytes += static_cast<char>(random.between('A', 'Z'));
            bytes += "\r\n";
        }
    }
    return bytes;
}

/// What is read of the whole: no line has to be carried, and all views are into the stream.
template <class Decoder, class Message>
std::vector<Message> messages_of(const Dialect& dialect, const Stream& stream) {
    std::array<char, 256> carry;
    Settings settings = stream.settings;
    Decoder decoder{dialect, settings, carry};
    decoder.feed(stream.bytes);
    std::vector<Message> messages;
    while (const Message* message = decoder.next()) messages.push_back(*message);
    return messages;
}

}  // namespace

std::string_view name(Content content) noexcept {
    switch (content) {
        case Content::urc_mix: return "urc_mix";
        case Content::buffered_read: return "buffered_read";
        case Content::push_1460: return "push_1460";
        case Content::push_16: return "push_16";
        case Content::coap: return "coap";
        case Content::dialogue: return "dialogue";
        case Content::commands: return "commands";
        case Content::noise: return "noise";
        case Content::overlong_lines: return "overlong_lines";
        case Content::absurd_lengths: return "absurd_lengths";
        case Content::prompts: return "prompts";
    }
    return {};
}

bool has(const Dialect& dialect, Content content) noexcept {
    return content >= Content::dialogue || !lines_of(dialect.facts, content).empty();
}

Stream make_stream(const Dialect& dialect, Content content, std::size_t size) {
    const bool push = content == Content::push_1460 || content == Content::push_16 || content == Content::absurd_lengths;
    Stream stream;
    stream.settings = all_given(dialect, push);
    if (content == Content::dialogue)
        make_dialogues(dialect, stream, size);
    else if (content == Content::commands)
        stream.bytes = make_commands(dialect, stream.settings, size);
    else
        stream.bytes = is_bad(content) ? make_bad(dialect, content, size) : make_lines(dialect, content, stream.settings, size);
    if (content == Content::urc_mix) stream.events = messages_of<Decoder, Event>(dialect, stream);
    if (content == Content::commands) stream.commands = messages_of<CommandDecoder, Command>(dialect, stream);
    return stream;
}

}  // namespace atwire::bench
