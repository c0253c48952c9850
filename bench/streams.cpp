#include "streams.hpp"

#include <atwire/encoder.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

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

private:
    std::uint64_t state_;
};

constexpr std::uint64_t seed = 20191205;
constexpr std::uint32_t push_length = 1460;

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
    Maker(const Dialect& dialect, const Settings& settings) noexcept
        : facts{dialect.facts}, encoder_{dialect}, settings_{settings} {}

    const Facts& facts;
    Random random{seed};
    std::uint32_t socket = 0;  ///< of the line that is made

    template <class Message>
    void put(const Message& message) {
        const Encoded written = encoder_.encode(settings_, event_of(message), buffer_);
        if (!written) {
            std::fprintf(stderr, "bench: %.*s: %.*s %s\n", static_cast<int>(name(KindOf<Message>::kind).size()),
                         name(KindOf<Message>::kind).data(), static_cast<int>(written.field.size()), written.field.data(),
                         describe(written.refusal).data());
            std::exit(1);
        }
        bytes_.append(buffer_.data(), written.length);
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
    void put_payload(const Event& header) {
        const auto [length, encoding] = announced(header);
        std::string data;
        if (encoding == Encoding::hex)
            data = hex(std::size_t{*length} * 2);
        else
            while (data.size() < *length) data.push_back(static_cast<char>(random.below(256)));
        put(Payload{data, 0, true});
    }

    Encoder encoder_;
    const Settings& settings_;
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

// The shares are those of a device that sends small readings over buffered sockets and is polled now and then.
constexpr Line quectel_mix[] = {
    {11, [](Maker& m) { m.put(Ok{}); }},
    {2, [](Maker& m) { m.put(Error{}); }},
    {9, [](Maker& m) { m.put(SendOk{}); }},
    {4, [](Maker& m) { m.put(SocketOpened{m.socket, m.error(Kind::socket_opened)}); }},
    {36, [](Maker& m) { m.put(DataAvailable{m.socket, {}}); }},
    {6, [](Maker& m) { m.put(PeerClosed{m.socket, {}}); }},
    {5, [](Maker& m) { m.put(DnsResult{0, m.random.between(1, 4), m.random.between(1, 3600)}); }},
    {6, [](Maker& m) { m.put(DnsAddress{m.address()}); }},
    {5, [](Maker& m) { m.put(DataRead{{}, 0, {}, {}, {}, Encoding::raw}); }},
    {4, [](Maker& m) { m.put(Information{"CSQ", m.digits()}); }},
    {12, [](Maker& m) { m.put(PingReply{0, m.address(), 32, m.random.between(80, 2500), m.random.between(30, 255)}); }},
};
constexpr Line simcom_mix[] = {
    {12, [](Maker& m) { m.put(Ok{}); }},
    {2, [](Maker& m) { m.put(Error{}); }},
    {36, [](Maker& m) { m.put(DataAvailable{m.socket, {}}); }},
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
    {4, [](Maker& m) { m.put(LocalAddress{m.address(), {}}); }},
    {3, [](Maker& m) { m.put(Information{"CSQ", m.digits()}); }},
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
    {26, [](Maker& m) { m.put(CoapSendStatus{m.random.below(6)}); }},
    {26, [](Maker& m) { m.put(response(m, {}, {})); }},
    {6, [](Maker& m) { m.put(response(m, R"(4,"5f3a",14,"60")", {})); }},
    {8, [](Maker& m) { m.put_with_payload(response(m, {}, m.random.between(1, 24))); }},
    {6, [](Maker& m) { m.put(request(m, "05", {})); }},
    {4, [](Maker& m) { m.put_with_payload(request(m, "85", m.random.between(1, 24))); }},
    {4, [](Maker& m) { m.put(Information{"CSQ", m.digits()}); }},
};

constexpr Line quectel_push[] = {
    {100, [](Maker& m) {
        const DataReceived header{m.socket, push_length, {}, {}, Encoding::raw};
        if (push_length <= most(m.facts, Kind::data_received, "length")) return m.put_with_payload(header);
        // bc26's longest documented push is 1400 bytes, which is what the encoder writes at most; the decoder believes more.
        m.put_with_payload("+QIURC: \"recv\"," + std::to_string(m.socket) + "," + std::to_string(push_length) + "\r\n", header);
    }},
};
constexpr Line simcom_push[] = {
    {100, [](Maker& m) {
        m.put(DataSource{m.address(), m.port()});
        m.put_with_payload(DataReceived{{}, push_length, {}, {}, Encoding::raw});
    }},
};
constexpr Line coap_push[] = {
    {50, [](Maker& m) { m.put_with_payload(response(m, {}, most(m.facts, Kind::coap_response, "length"))); }},
    {50, [](Maker& m) { m.put_with_payload(request(m, "85", most(m.facts, Kind::coap_request, "length"))); }},
};
// clang-format on

/// The streams of the dialects that document an event of this kind.
struct Streams {
    Kind kind;
    std::span<const Line> urc_mix;
    std::span<const Line> push;
};
constexpr Streams families[] = {
    {Kind::ping_reply, quectel_mix, quectel_push},
    {Kind::send_result, simcom_mix, simcom_push},
    {Kind::coap_response, coap_mix, coap_push},
};
constexpr bool whole(std::span<const Line> lines) {
    std::uint32_t sum = 0;
    for (const Line& line : lines) sum += line.share;
    return sum == 100;
}
static_assert(std::ranges::all_of(families, [](const Streams& all) { return whole(all.urc_mix) && whole(all.push); }));

const Streams& streams_of(const Facts& facts) {
    for (const Streams& family : families)
        for (const Form& form : facts.forms)
            if (form.kind == family.kind) return family;
    std::fprintf(stderr, "bench: no streams are known for %s\n", facts.name.data());
    std::exit(1);
}

}  // namespace

std::string_view name(Content content) noexcept { return content == Content::urc_mix ? "urc_mix" : "push_1460"; }

Stream make_stream(const Dialect& dialect, Content content, std::size_t size) {
    const bool push = content == Content::push_1460;
    const Settings settings = all_given(dialect, push);
    const Streams& family = streams_of(dialect.facts);
    const std::span<const Line> lines = push ? family.push : family.urc_mix;
    const std::uint32_t sockets = most(dialect.facts, Kind::socket_opened, "socket") + 1;
    Maker maker{dialect, settings};
    while (maker.bytes().size() < size) {
        maker.socket = maker.random.below(sockets);
        std::uint32_t share = maker.random.below(100);
        const Line* line = lines.data();
        for (; share >= line->share; ++line) share -= line->share;
        line->put(maker);
    }
    return {std::move(maker.bytes()), settings};
}

}  // namespace atwire::bench
