#include "streams.hpp"

#include <atwire/encoder.hpp>

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

/// Every setting has its default, or 0 where the dialect states none; the sockets push where `push` says so.
Settings all_given(const Dialect& dialect, bool push) noexcept {
    Settings settings = dialect.decoding.defaults;
#define ATWIRE_GIVE(name, most) \
    if (settings.name == unset) settings.name = 0;
    ATWIRE_SETTINGS(ATWIRE_GIVE)
#undef ATWIRE_GIVE
    settings.access_mode.fill(push ? 1 : 0);
    settings.service.fill(Service::tcp);
    settings.pending_known = true;
    settings.data_sent = 0;
    return settings;
}

class Maker {
public:
    Maker(const Dialect& dialect, const Settings& settings) noexcept : encoder_{dialect}, settings_{settings} {}

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
    /// A line that the encoder doesn't write, in the place of the event that a decoder finds there.
    template <class Message>
    void put_as(std::string_view line, const Message& message) {
        bytes_.append(encoder_.usual_lead(KindOf<Message>::kind)).append(line);
        encoder_.passed(settings_, event_of(message));
    }
    /// Decimal numbers and dots; good until the next call.
    std::string_view address(Random& random) {
        address_.clear();
        for (int i = 0; i < 4; ++i) address_.append(i == 0 ? "" : ".").append(std::to_string(random.below(256)));
        return address_;
    }
    std::string_view digits(Random& random) { return digits_ = std::to_string(random.below(32)) + ",99"; }
    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

private:
    Encoder encoder_;
    const Settings& settings_;
    std::string bytes_;
    std::string address_;
    std::string digits_;
    std::array<char, 2048> buffer_{};
};

/// One in five opens and the like fails.
std::uint32_t failed(Random& random, std::uint32_t least, std::uint32_t most) noexcept {
    return random.below(5) != 0 ? 0 : random.between(least, most);
}

// The shares, in percent, are those of a device that sends small readings over buffered sockets and is polled now and then.

void put_bc26(Maker& maker, Random& random) {
    const std::uint32_t socket = random.below(5);
    const std::uint32_t share = random.below(100);
    if (share < 11) return maker.put(Ok{});
    if (share < 13) return maker.put(Error{});
    if (share < 22) return maker.put(SendOk{});
    if (share < 26) return maker.put(SocketOpened{socket, failed(random, 550, 574)});
    if (share < 62) return maker.put(DataAvailable{socket, {}});
    if (share < 68) return maker.put(PeerClosed{socket, {}});
    if (share < 73) return maker.put(DnsResult{0, random.between(1, 4), random.between(1, 3600)});
    if (share < 79) return maker.put(DnsAddress{maker.address(random)});
    if (share < 84) return maker.put(DataRead{{}, 0, {}, {}, {}, Encoding::raw});
    if (share < 88) return maker.put(Information{"CSQ", maker.digits(random)});
    maker.put(PingReply{0, maker.address(random), 32, random.between(80, 2500), random.between(30, 255)});
}

void put_a76xx(Maker& maker, Random& random) {
    const std::uint32_t socket = random.below(10);
    const std::uint32_t share = random.below(100);
    if (share < 12) return maker.put(Ok{});
    if (share < 14) return maker.put(Error{});
    if (share < 50) return maker.put(DataAvailable{socket, {}});
    if (share < 54) return maker.put(SocketOpened{socket, failed(random, 1, 12)});
    if (share < 70) {
        const std::uint32_t length = random.between(1, 1500);
        return maker.put(SendResult{socket, length, static_cast<std::int32_t>(length)});
    }
    if (share < 76) return maker.put(PeerClosed{socket, random.below(3)});
    if (share < 80) return maker.put(SocketClosed{socket, failed(random, 1, 12)});
    if (share < 85) return maker.put(Unread{socket, random.below(1500)});
    if (share < 89) return maker.put(DnsAnswer{1, std::string_view{"iot.example.com"}, maker.address(random), {}});
    if (share < 93) {
        const auto port = static_cast<std::uint16_t>(random.between(1024, 65535));
        return maker.put(Incoming{socket, random.below(4), maker.address(random), port});
    }
    if (share < 97) return maker.put(LocalAddress{maker.address(random), {}});
    maker.put(Information{"CSQ", maker.digits(random)});
}

void put_push(Maker& maker, Random& random, bool quectel) {
    std::array<char, push_length> payload{};
    for (char& byte : payload) byte = static_cast<char>(random.below(256));
    if (quectel) {
        // The manual's longest push is 1400 bytes, which is what the encoder writes at most; the decoder believes more.
        const std::uint32_t socket = random.below(5);
        const std::string header = "+QIURC: \"recv\"," + std::to_string(socket) + "," + std::to_string(push_length) + "\r\n";
        maker.put_as(header, DataReceived{socket, push_length, {}, {}, Encoding::raw});
    } else {
        maker.put(DataSource{maker.address(random), static_cast<std::uint16_t>(random.between(1024, 65535))});
        maker.put(DataReceived{{}, push_length, {}, {}, Encoding::raw});
    }
    maker.put(Payload{{payload.data(), payload.size()}, 0, true});
}

}  // namespace

std::string_view name(Content content) noexcept { return content == Content::urc_mix ? "urc_mix" : "push_1460"; }

Stream make_stream(const Dialect& dialect, Content content, std::size_t size) {
    const bool push = content == Content::push_1460;
    const bool quectel = dialect.facts.crlf_after_payload;
    const Settings settings = all_given(dialect, push);
    Maker maker{dialect, settings};
    Random random{seed};
    while (maker.bytes().size() < size) {
        if (push)
            put_push(maker, random, quectel);
        else if (quectel)
            put_bc26(maker, random);
        else
            put_a76xx(maker, random);
    }
    return {std::move(maker.bytes()), settings};
}

}  // namespace atwire::bench
