#include "floor.hpp"

#include <cstring>

namespace atwire::bench {
namespace {

// A state is where the parser waits for a byte. The switch over it stands around the whole parser, so that within a chunk no
// state is looked up: control just runs on.
#define ATWIRE_STATE(number) \
    [[fallthrough]];         \
    case number:             \
        if (p == end) {      \
            state = number;  \
            goto chunk_end;  \
        }
#define ATWIRE_EXPECT_IN(number, byte) \
    ATWIRE_STATE(number)               \
    if (*p != (byte)) goto broken;     \
    ++p;
/// One byte that must be there.
#define ATWIRE_EXPECT(byte) ATWIRE_EXPECT_IN(__COUNTER__, byte)
#define ATWIRE_WAIT ATWIRE_STATE(__COUNTER__)
#define ATWIRE_NUMBER_IN(number, field)                                                                            \
    field = 0;                                                                                                     \
    [[fallthrough]];                                                                                               \
    case number:                                                                                                   \
        for (; p != end && *p >= '0' && *p <= '9'; ++p) field = field * 10 + static_cast<std::uint32_t>(*p - '0'); \
        if (p == end) {                                                                                            \
            state = number;                                                                                        \
            goto chunk_end;                                                                                        \
        }
/// A decimal number, and the byte behind it to look at.
#define ATWIRE_NUMBER(field) ATWIRE_NUMBER_IN(__COUNTER__, field)
#define ATWIRE_TEXT_IN(number, last)          \
    kept = 0;                                 \
    text = p;                                 \
    [[fallthrough]];                          \
    case number:                              \
        while (p != end && *p != (last)) ++p; \
        if (p == end) {                       \
            state = number;                   \
            goto chunk_end_in_text;           \
        }
/// A text, up to the byte that ends it.
#define ATWIRE_TEXT(last) ATWIRE_TEXT_IN(__COUNTER__, last)
/// The line's end: what it said goes out.
#define ATWIRE_LINE(message) \
    ATWIRE_EXPECT('\r')      \
    ATWIRE_EXPECT('\n')      \
    on(message);             \
    held = {};               \
    goto line;

class Floor {
public:
    /// Parses a chunk; calls `on` with each message. False: a byte that none of the lines has.
    template <class On>
    bool parse(std::string_view chunk, On&& on) noexcept;

private:
    using Byte = unsigned char;
    static constexpr int first_state = __COUNTER__ + 1;

    /// What the text is, put together where it began in an earlier chunk.
    std::string_view text_until(const Byte* text, const Byte* p, std::size_t kept) noexcept {
        const auto here = static_cast<std::size_t>(p - text);
        if (kept == 0) return {reinterpret_cast<const char*>(text), here};
        if (here != 0) std::memcpy(carry_ + kept, text, here);
        return {carry_, kept + here};
    }
    int state_ = first_state;
    std::uint32_t number_[5] = {};
    std::size_t kept_ = 0;  ///< bytes of the text in `carry_`
    std::uint64_t due_ = 0;
    std::uint64_t offset_ = 0;
    std::string_view held_;  ///< a text that ended before its line did
    char carry_[64];
    char held_bytes_[64];
};

template <class On>
bool Floor::parse(std::string_view chunk, On&& on) noexcept {
    const Byte* p = reinterpret_cast<const Byte*>(chunk.data());
    const Byte* const end = p + chunk.size();
    const Byte* text = p;
    int state = state_;
    std::uint32_t a = number_[0];
    std::uint32_t b = number_[1];
    std::uint32_t c = number_[2];
    std::uint32_t d = number_[3];
    std::size_t kept = kept_;
    std::string_view held = held_;

    // The formatter takes the macros for one expression.
    // clang-format off
    switch (state) {
        line:
            static_assert(first_state == __COUNTER__);
            ATWIRE_EXPECT_IN(first_state, '\r')
            ATWIRE_EXPECT('\n')
            ATWIRE_WAIT
            switch (*p++) {
                case '+': break;
                case 'O': goto ok;
                case 'S': goto send_ok;
                case 'E': goto error;
                default: goto broken;
            }
            ATWIRE_WAIT
            switch (*p++) {
                case 'Q': break;
                case 'C': goto csq;
                default: goto broken;
            }
            ATWIRE_WAIT
            switch (*p++) {
                case 'I': break;
                case 'P': goto ping;
                default: goto broken;
            }
            ATWIRE_WAIT
            switch (*p++) {
                case 'U': break;
                case 'O': goto opened;
                case 'R': goto read;
                default: goto broken;
            }
            ATWIRE_EXPECT('R') ATWIRE_EXPECT('C') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ') ATWIRE_EXPECT('"')
            ATWIRE_WAIT
            switch (*p++) {
                case 'r': break;
                case 'c': goto closed;
                case 'd': goto dns;
                default: goto broken;
            }
            ATWIRE_EXPECT('e') ATWIRE_EXPECT('c') ATWIRE_EXPECT('v') ATWIRE_EXPECT('"') ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(a)
            if (*p == ',') goto push;
            ATWIRE_LINE((DataAvailable{a, {}}))

        closed:
            ATWIRE_EXPECT('l') ATWIRE_EXPECT('o') ATWIRE_EXPECT('s') ATWIRE_EXPECT('e') ATWIRE_EXPECT('d') ATWIRE_EXPECT('"')
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(a)
            ATWIRE_LINE((PeerClosed{a, {}}))

        dns:
            ATWIRE_EXPECT('n') ATWIRE_EXPECT('s') ATWIRE_EXPECT('g') ATWIRE_EXPECT('i') ATWIRE_EXPECT('p') ATWIRE_EXPECT('"')
            ATWIRE_EXPECT(',')
            ATWIRE_WAIT
            if (*p == '"') goto dns_address;
            ATWIRE_NUMBER(a)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(b)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(c)
            ATWIRE_LINE((DnsResult{a, b, c}))

        dns_address:
            ++p;
            ATWIRE_TEXT('"')
            held = text_until(text, p, kept);
            ++p;
            ATWIRE_LINE(DnsAddress{held})

        opened:
            ATWIRE_EXPECT('P') ATWIRE_EXPECT('E') ATWIRE_EXPECT('N') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(b)
            ATWIRE_LINE((SocketOpened{a, b}))

        read:
            ATWIRE_EXPECT('D') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            ATWIRE_LINE((DataRead{{}, a, {}, {}, {}, Encoding::raw}))

        ping:
            ATWIRE_EXPECT('I') ATWIRE_EXPECT('N') ATWIRE_EXPECT('G') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            ATWIRE_EXPECT(',') ATWIRE_EXPECT('"')
            ATWIRE_TEXT('"')
            held = text_until(text, p, kept);
            ++p;
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(b)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(c)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(d)
            ATWIRE_LINE((PingReply{a, held, b, c, d}))

        csq:
            ATWIRE_EXPECT('S') ATWIRE_EXPECT('Q') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_TEXT('\r')
            held = text_until(text, p, kept);
            ATWIRE_LINE((Information{"CSQ", held}))

        ok:
            ATWIRE_EXPECT('K')
            ATWIRE_LINE(Ok{})

        send_ok:
            ATWIRE_EXPECT('E') ATWIRE_EXPECT('N') ATWIRE_EXPECT('D') ATWIRE_EXPECT(' ') ATWIRE_EXPECT('O') ATWIRE_EXPECT('K')
            ATWIRE_LINE(SendOk{})

        error:
            ATWIRE_EXPECT('R') ATWIRE_EXPECT('R') ATWIRE_EXPECT('O') ATWIRE_EXPECT('R')
            ATWIRE_LINE(Error{})

        push:
            ++p;
            ATWIRE_NUMBER(b)
            ATWIRE_EXPECT('\r') ATWIRE_EXPECT('\n')
            on(DataReceived{a, b, {}, {}, Encoding::raw});
            due_ = b;
            offset_ = 0;
            while (due_ != 0) {
                ATWIRE_WAIT
                const auto left = static_cast<std::uint64_t>(end - p);
                const auto length = static_cast<std::size_t>(left < due_ ? left : due_);
                due_ -= length;
                on(Payload{{reinterpret_cast<const char*>(p), length}, offset_, due_ == 0});
                p += length;
                offset_ += length;
            }
            ATWIRE_EXPECT('\r') ATWIRE_EXPECT('\n')
            goto line;
    }

broken:
    return false;

chunk_end_in_text:
    (void)text_until(text, p, kept);
    if (kept == 0) std::memcpy(carry_, text, static_cast<std::size_t>(p - text));
    kept += static_cast<std::size_t>(p - text);
    goto keep;

chunk_end:
    // A text that ended before its line did has to outlive the chunk.
    if (!held.empty() && held.data() != held_bytes_) {
        std::memcpy(held_bytes_, held.data(), held.size());
        held = {held_bytes_, held.size()};
    }
keep:
    state_ = state;
    number_[0] = a;
    number_[1] = b;
    number_[2] = c;
    number_[3] = d;
    kept_ = kept;
    held_ = held;
    return true;
    // clang-format on
}

}  // namespace

Sum parse_by_hand(const Decoding*, const Stream& stream, std::size_t chunk) {
    Floor floor;
    Sum sum;
    const std::string_view bytes = stream.bytes;
    for (std::size_t begin = 0; begin < bytes.size(); begin += chunk)
        if (!floor.parse(bytes.substr(begin, chunk), [&sum](const auto& message) { sum(message); })) return {};
    return sum;
}

}  // namespace atwire::bench
