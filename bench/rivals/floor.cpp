// The floor: a parser written by hand for just the lines of bc26's streams, the least that a parser can cost which looks at every
// byte once, can stop behind any of them and hands out the same fields. It knows no other line, no quirk, no setting and no place on
// the wire, and gives up at the first byte that it doesn't expect. (Comparing whole lines by words of several bytes was tried and is
// no faster: what costs is the branch on which line it is.)
#include "rivals/rivals.hpp"

#include <algorithm>
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
/// The same of a line with two texts.
#define ATWIRE_LINE_OF_TWO(message) \
    ATWIRE_EXPECT('\r')             \
    ATWIRE_EXPECT('\n')             \
    on(message);                    \
    held = {};                      \
    second_ = {};                   \
    goto line;
/// A decimal number behind a comma, of a line that is rare.
#define ATWIRE_MORE(i)  \
    ATWIRE_EXPECT(',')  \
    ATWIRE_NUMBER(more) \
    more_[i] = more;
/// The line's first text, behind its quote; and one behind it.
#define ATWIRE_QUOTED                 \
    ATWIRE_TEXT('"')                  \
    held = text_until(text, p, kept); \
    ++p;
#define ATWIRE_SECOND(last)          \
    held = moved(held, held_bytes_); \
    ATWIRE_TEXT(last)                \
    second_ = text_until(text, p, kept);

/// The result of a ping that nothing came back of.
constexpr std::uint32_t ping_timeout = 569;

/// A number if it is one, else text.
template <class Message>
Message code_or_text(std::string_view text) noexcept {
    std::uint32_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return {{}, text};
        number = number * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return {number, {}};
}

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
    /// A text that has to outlive what it points into.
    static std::string_view moved(std::string_view text, char (&bytes)[64]) noexcept {
        if (text.empty() || text.data() == bytes) return text;
        std::memcpy(bytes, text.data(), text.size());
        return {bytes, text.size()};
    }
    int state_ = first_state;
    std::uint32_t number_[5] = {};
    std::uint32_t more_[6] = {};
    std::size_t kept_ = 0;  ///< bytes of the text in `carry_`
    std::uint64_t due_ = 0;
    std::uint64_t offset_ = 0;
    std::string_view held_;    ///< a text that ended before its line did
    std::string_view second_;  ///< the one behind it
    char carry_[64];
    char held_bytes_[64];
    char second_bytes_[64];
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
    std::uint32_t more = number_[4];
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
                case 'S': goto send;
                case 'E': goto error;
                case 'C': goto c;
                case 'N': goto no_carrier;
                default: goto broken;
            }
            ATWIRE_WAIT
            switch (*p++) {
                case 'Q': break;
                case 'C': goto plus_c;
                case 'I': goto local_address;
                default: goto broken;
            }
            ATWIRE_WAIT
            switch (*p++) {
                case 'I': break;
                case 'P': goto ping;
                case 'N': goto ntp;
                default: goto broken;
            }
            ATWIRE_WAIT
            switch (*p++) {
                case 'U': break;
                case 'O': goto opened;
                case 'R': goto read;
                case 'S': goto qis;
                case 'D': goto dns_servers;
                case 'C': goto option;
                case 'G': goto last_error;
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
            if (*p == ',') goto received;
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
            if (*p == '\r') goto dns_failed;
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(b)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(c)
            ATWIRE_LINE((DnsResult{a, b, c}))

        dns_failed:
            ATWIRE_LINE((DnsResult{a, {}, {}}))

        dns_address:
            ++p;
            ATWIRE_QUOTED
            ATWIRE_LINE(DnsAddress{held})

        opened:
            ATWIRE_EXPECT('P') ATWIRE_EXPECT('E') ATWIRE_EXPECT('N') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(b)
            ATWIRE_LINE((SocketOpened{a, b}))

        read:
            ATWIRE_EXPECT('D') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(b)
            if (*p == ',') goto read_and_remaining;
            ATWIRE_EXPECT('\r') ATWIRE_EXPECT('\n')
            on(DataRead{{}, b, {}, {}, {}, Encoding::raw});
            if (b == 0) goto line;
            goto payload;

        read_and_remaining:
            ++p;
            ATWIRE_NUMBER(c)
            ATWIRE_EXPECT('\r') ATWIRE_EXPECT('\n')
            on(DataRead{{}, b, c, {}, {}, Encoding::raw});
            if (b == 0) goto line;
            goto payload;

        ping:
            ATWIRE_EXPECT('I') ATWIRE_EXPECT('N') ATWIRE_EXPECT('G') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            if (*p == '\r') goto ping_failed;
            ATWIRE_EXPECT(',')
            ATWIRE_WAIT
            if (*p != '"') goto ping_summary;
            ++p;
            ATWIRE_QUOTED
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(b)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(c)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(d)
            ATWIRE_LINE((PingReply{a, held, b, c, d}))

        ping_failed:
            if (a != ping_timeout) goto ping_ended;
            ATWIRE_LINE((PingReply{a, {}, {}, {}, {}}))

        ping_ended:
            ATWIRE_LINE((PingSummary{a, {}, {}, {}, {}, {}, {}}))

        ping_summary:
            ATWIRE_NUMBER(b)
            ATWIRE_MORE(0) ATWIRE_MORE(1) ATWIRE_MORE(2) ATWIRE_MORE(3) ATWIRE_MORE(4)
            ATWIRE_LINE((PingSummary{a, b, more_[0], more_[1], more_[2], more_[3], more_[4]}))

        ntp:
            ATWIRE_EXPECT('T') ATWIRE_EXPECT('P') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            if (*p == '\r') goto ntp_failed;
            ATWIRE_EXPECT(',') ATWIRE_EXPECT('"')
            ATWIRE_QUOTED
            ATWIRE_LINE((TimeSynced{a, held}))

        ntp_failed:
            ATWIRE_LINE((TimeSynced{a, {}}))

        qis:
            ATWIRE_WAIT
            switch (*p++) {
                case 'T': break;
                case 'E': goto send_totals;
                default: goto broken;
            }
            ATWIRE_EXPECT('A') ATWIRE_EXPECT('T') ATWIRE_EXPECT('E') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            ATWIRE_EXPECT(',') ATWIRE_EXPECT('"')
            ATWIRE_QUOTED
            ATWIRE_EXPECT(',') ATWIRE_EXPECT('"')
            ATWIRE_SECOND('"')
            ++p;
            ATWIRE_MORE(0) ATWIRE_MORE(1) ATWIRE_MORE(2) ATWIRE_MORE(3) ATWIRE_MORE(4)
            ATWIRE_LINE_OF_TWO((SocketStatus{a, held, second_, static_cast<std::uint16_t>(more_[0]),
                                             static_cast<std::uint16_t>(more_[1]), more_[2], more_[3], {}, more_[4], {}}))

        send_totals:
            ATWIRE_EXPECT('N') ATWIRE_EXPECT('D') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(b)
            ATWIRE_EXPECT(',')
            ATWIRE_NUMBER(c)
            ATWIRE_LINE((SendTotals{a, b, c, {}}))

        dns_servers:
            ATWIRE_EXPECT('N') ATWIRE_EXPECT('S') ATWIRE_EXPECT('C') ATWIRE_EXPECT('F') ATWIRE_EXPECT('G') ATWIRE_EXPECT(':')
            ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            ATWIRE_EXPECT(',') ATWIRE_EXPECT('"')
            ATWIRE_QUOTED
            ATWIRE_WAIT
            if (*p == '\r') goto one_dns_server;
            ATWIRE_EXPECT(',') ATWIRE_EXPECT('"')
            ATWIRE_SECOND('"')
            ++p;
            ATWIRE_LINE_OF_TWO((DnsServers{a, {}, held, second_}))

        one_dns_server:
            ATWIRE_LINE((DnsServers{a, {}, held, {}}))

        option:
            ATWIRE_EXPECT('F') ATWIRE_EXPECT('G') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_EXPECT('"')
            ATWIRE_QUOTED
            ATWIRE_EXPECT(',')
            ATWIRE_SECOND('\r')
            ATWIRE_LINE_OF_TWO((Option{"QICFG", held, {second_}}))

        last_error:
            ATWIRE_EXPECT('E') ATWIRE_EXPECT('T') ATWIRE_EXPECT('E') ATWIRE_EXPECT('R') ATWIRE_EXPECT('R') ATWIRE_EXPECT('O')
            ATWIRE_EXPECT('R') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_NUMBER(a)
            ATWIRE_EXPECT(',')
            ATWIRE_TEXT('\r')
            held = text_until(text, p, kept);
            ATWIRE_LINE((LastError{a, held}))

        plus_c:
            ATWIRE_WAIT
            switch (*p++) {
                case 'S': break;
                case 'M': goto plus_cm;
                default: goto broken;
            }
            ATWIRE_EXPECT('Q') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_TEXT('\r')
            held = text_until(text, p, kept);
            ATWIRE_LINE((Information{"CSQ", held}))

        plus_cm:
            ATWIRE_WAIT
            a = *p++;  // E or S
            ATWIRE_EXPECT(' ') ATWIRE_EXPECT('E') ATWIRE_EXPECT('R') ATWIRE_EXPECT('R') ATWIRE_EXPECT('O') ATWIRE_EXPECT('R')
            ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_TEXT('\r')
            held = text_until(text, p, kept);
            if (a == 'S') goto cms_error;
            ATWIRE_LINE(code_or_text<CmeError>(held))

        cms_error:
            ATWIRE_LINE(code_or_text<CmsError>(held))

        local_address:
            ATWIRE_EXPECT('P') ATWIRE_EXPECT(':') ATWIRE_EXPECT(' ')
            ATWIRE_TEXT('\r')
            held = text_until(text, p, kept);
            ATWIRE_LINE((LocalAddress{held, {}}))

        ok:
            ATWIRE_EXPECT('K')
            ATWIRE_LINE(Ok{})

        send:
            ATWIRE_EXPECT('E') ATWIRE_EXPECT('N') ATWIRE_EXPECT('D') ATWIRE_EXPECT(' ')
            ATWIRE_WAIT
            if (*p == 'F') goto send_fail;
            ATWIRE_EXPECT('O') ATWIRE_EXPECT('K')
            ATWIRE_LINE(SendOk{})

        send_fail:
            ATWIRE_EXPECT('F') ATWIRE_EXPECT('A') ATWIRE_EXPECT('I') ATWIRE_EXPECT('L')
            ATWIRE_LINE(SendFail{})

        error:
            ATWIRE_EXPECT('R') ATWIRE_EXPECT('R') ATWIRE_EXPECT('O') ATWIRE_EXPECT('R')
            ATWIRE_LINE(Error{})

        c:
            ATWIRE_WAIT
            if (*p == 'O') goto connect;
            ATWIRE_EXPECT('L') ATWIRE_EXPECT('O') ATWIRE_EXPECT('S') ATWIRE_EXPECT('E')
            ATWIRE_WAIT
            if (*p == 'D') goto link_closed;
            ATWIRE_EXPECT(' ') ATWIRE_EXPECT('O') ATWIRE_EXPECT('K')
            ATWIRE_LINE(CloseOk{})

        link_closed:
            ATWIRE_EXPECT('D')
            ATWIRE_LINE(Closed{})

        connect:
            ATWIRE_EXPECT('O') ATWIRE_EXPECT('N') ATWIRE_EXPECT('N') ATWIRE_EXPECT('E') ATWIRE_EXPECT('C') ATWIRE_EXPECT('T')
            ATWIRE_WAIT
            if (*p == '\r') goto connected;
            ATWIRE_EXPECT(' ')
            ATWIRE_TEXT('\r')
            held = text_until(text, p, kept);
            if (held == "FAIL") goto connect_fail;
            ATWIRE_LINE(Connect{held})

        connected:
            ATWIRE_LINE(Connect{})

        connect_fail:
            ATWIRE_LINE(ConnectFail{})

        no_carrier:
            ATWIRE_EXPECT('O') ATWIRE_EXPECT(' ') ATWIRE_EXPECT('C') ATWIRE_EXPECT('A') ATWIRE_EXPECT('R') ATWIRE_EXPECT('R')
            ATWIRE_EXPECT('I') ATWIRE_EXPECT('E') ATWIRE_EXPECT('R')
            ATWIRE_LINE(NoCarrier{})

        received:
            ++p;
            ATWIRE_WAIT
            if (*p == '"') goto buffer_full;
            ATWIRE_NUMBER(b)
            ATWIRE_EXPECT('\r') ATWIRE_EXPECT('\n')
            on(DataReceived{a, b, {}, {}, Encoding::raw});
        payload:
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

        buffer_full:
            ++p;
            ATWIRE_QUOTED
            ATWIRE_LINE(BufferFull{a})
    }

broken:
    return false;

chunk_end_in_text:
    (void)text_until(text, p, kept);
    if (kept == 0) std::memcpy(carry_, text, static_cast<std::size_t>(p - text));
    kept += static_cast<std::size_t>(p - text);
    goto keep;

chunk_end:
    // Texts that ended before their line did have to outlive the chunk.
    second_ = moved(second_, second_bytes_);
keep:
    held = moved(held, held_bytes_);
    state_ = state;
    number_[0] = a;
    number_[1] = b;
    number_[2] = c;
    number_[3] = d;
    number_[4] = more;
    kept_ = kept;
    held_ = held;
    return true;
    // clang-format on
}

}  // namespace

Sum parse_by_hand(const Dialect&, const Stream& stream, std::size_t chunk) {
    Floor floor;
    Sum sum;
    const std::string_view bytes = stream.bytes;
    for (std::size_t begin = 0; begin < bytes.size(); begin += std::min(chunk, bytes.size() - begin))
        if (!floor.parse(bytes.substr(begin, chunk), [&sum](const auto& message) { sum(message); })) return {};
    return sum;
}

}  // namespace atwire::bench
