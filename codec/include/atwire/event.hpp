// An event: what was said, where it stood on the wire, how it differed from the documented form, what is not certain.
#ifndef ATWIRE_EVENT_HPP
#define ATWIRE_EVENT_HPP

#include <atwire/events.hpp>
#include <atwire/message.hpp>

namespace atwire {

enum class Kind : std::uint8_t {
#define ATWIRE_KIND(Message, name) name,
    ATWIRE_EVENTS(ATWIRE_KIND)
#undef ATWIRE_KIND
};

/// The differences from the documented form that a decoder can accept, each with a module or an erratum that has it in
/// `quirk_list`. X(name).
#define ATWIRE_QUIRKS(X)                                                                               \
    X(no_space_after_colon)  /* `+CIPRXGET:1,2`: SIM900-class modules; E023 */                         \
    X(space_after_comma)     /* `+QIGETERROR: 552, invalid parameters`: E138 */                        \
    X(unquoted_address)      /* `+QPING: 0,220.18.29.21,…`: BC65; E018 */                            \
    X(quoted_address)        /* `+IPADDR: "10.1.2.3"`: CGPADDR-style quoting; a76xx.md 1 */            \
    X(extra_time_group)      /* `"19/06/11,11:08:20:35+32"`: E065 */                                   \
    X(missing_zone)          /* a time without zone: XinYi SDK firmware; E011 */                       \
    X(year_width)            /* four digits of the year for two, or two for four: E011 */              \
    X(alias)                 /* `+QNTTP`: the manual's own misspelling; E064 */                        \
    X(decimal_mode)          /* the mode of a CoAP request in decimal: XY1100 firmware; E156 */        \
    X(dotted_zero)           /* `0.00` for the code of an empty CoAP message: XY1100 firmware; E160 */ \
    X(zero_padded)           /* `+QIOPEN: 00,0`: numbers with leading zeros */                         \
    X(leading_blank)         /* a blank before the line */                                             \
    X(leading_plus)          /* `+RECV FROM:`: RDA and SIM800 spelling; E202 */                        \
    X(space_after_recv_from) /* `RECV FROM: 1.2.3.4:5`: SIM800 spelling */                             \
    X(colon_after_length)    /* `+RECEIVE,1,16:`: older SIMCom modules; a76xx.md 3 */                  \
    X(unexpected_length)     /* a notice with a length though showlength is 0: newer firmware */       \
    X(undocumented_form)     /* a documented name with a sub-type that the manual doesn't know */      \
    X(no_blank_line)         /* the lead is shorter than documented: XY1100 firmware prints rows so */ \
    X(extra_blank_line)      /* the lead is longer than documented: SIM7600X logs */                   \
    X(odd_framing)           /* the lead isn't made of CRLFs */                                        \
    X(extra_carriage_return) /* the line ends in CR CR LF */                                           \
    X(bare_line_feed)        /* the line ends in LF alone */                                           \
    X(bare_carriage_return)  /* the line ends in CR alone */

enum class Quirk : std::uint8_t {
#define ATWIRE_QUIRK(name) name,
    ATWIRE_QUIRKS(ATWIRE_QUIRK)
#undef ATWIRE_QUIRK
};

/// What the decoder could not be sure of.
#define ATWIRE_DOUBTS(X)                                               \
    X(unframed) /* nothing on the wire says where this payload ends */ \
    X(inferred) /* the reading needed a setting or a pending command that nobody gave; its default was taken */

enum class Doubt : std::uint8_t {
#define ATWIRE_DOUBT(name) name,
    ATWIRE_DOUBTS(ATWIRE_DOUBT)
#undef ATWIRE_DOUBT
};

/// A set of `Flag`s in one integer.
template <class Flag, class Bits>
struct Flags {
    Bits bits = 0;

    constexpr Flags() noexcept = default;
    constexpr Flags(Flag flag) noexcept : bits(static_cast<Bits>(Bits{1} << static_cast<unsigned>(flag))) {}
    constexpr explicit Flags(Bits raw) noexcept : bits{raw} {}
    [[nodiscard]] constexpr bool has(Flag flag) const noexcept { return (bits & Flags{flag}.bits) != 0; }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits == 0; }
    constexpr Flags& operator|=(Flags other) noexcept {
        bits = static_cast<Bits>(bits | other.bits);
        return *this;
    }
    [[nodiscard]] constexpr Flags without(Flags other) const noexcept { return Flags{static_cast<Bits>(bits & ~other.bits)}; }
    [[nodiscard]] constexpr Flags both(Flags other) const noexcept { return Flags{static_cast<Bits>(bits & other.bits)}; }
    bool operator==(const Flags&) const = default;
};
using Quirks = Flags<Quirk, std::uint32_t>;
using Doubts = Flags<Doubt, std::uint8_t>;

inline constexpr Quirks every_quirk{0xFFFFFFFFu};

struct Event {
    Kind kind = Kind::ok;
    Doubts doubts;
    Quirks quirks;
    Wire wire;
    /// The message; `kind` says which. `get` and `visit` read it.
    union Body {
        constexpr Body() noexcept : ok{} {}
#define ATWIRE_MEMBER(Message, name) Message name;
        ATWIRE_EVENTS(ATWIRE_MEMBER)
#undef ATWIRE_MEMBER
    } body;

    /// Whether both say the same: kind and fields; not where they stood, nor quirks and doubts.
    [[nodiscard]] bool operator==(const Event& other) const noexcept;
};

/// The name of an event in JSON and transcripts.
[[nodiscard]] constexpr std::string_view name(Kind kind) noexcept {
    switch (kind) {
#define ATWIRE_NAME(Message, name) \
    case Kind::name: return #name;
        ATWIRE_EVENTS(ATWIRE_NAME)
#undef ATWIRE_NAME
    }
    return {};
}

/// Whether the event ends the oldest pending command: a final result code (V.250 5.7.1, 27.007 9.2, 27.005 3.2.5), or what stands
/// in its place when a link is opened.
[[nodiscard]] constexpr bool is_final_result(Kind kind) noexcept {
    switch (kind) {
        case Kind::ok:
        case Kind::error:
        case Kind::cme_error:
        case Kind::cms_error:
        case Kind::connect:
        case Kind::connect_fail:
        case Kind::no_carrier: return true;
        default: return false;
    }
}

/// The fields of an event's struct, in the vocabulary's order.
[[nodiscard]] constexpr FieldList fields(Kind kind) noexcept {
    switch (kind) {
#define ATWIRE_LIST(Message, name) \
    case Kind::name: return {FieldsOf<Message>::list.data(), FieldsOf<Message>::list.size()};
        ATWIRE_EVENTS(ATWIRE_LIST)
#undef ATWIRE_LIST
    }
    return {};
}

template <class Message>
struct KindOf;
#define ATWIRE_KIND_OF(Message, name)                      \
    template <>                                            \
    struct KindOf<Message> {                               \
        static constexpr Kind kind = Kind::name;           \
        static constexpr auto member = &Event::Body::name; \
    };
ATWIRE_EVENTS(ATWIRE_KIND_OF)
#undef ATWIRE_KIND_OF

/// The event's message if it is a `Message`, else nullptr.
template <class Message>
[[nodiscard]] constexpr const Message* get(const Event& event) noexcept {
    return event.kind == KindOf<Message>::kind ? &(event.body.*KindOf<Message>::member) : nullptr;
}

/// An event that holds `message`, as the encoder takes it.
template <class Message>
[[nodiscard]] constexpr Event event_of(const Message& message) noexcept {
    Event event;
    event.kind = KindOf<Message>::kind;
    event.body.*KindOf<Message>::member = message;
    return event;
}

/// Calls `visitor` with the event's message, by its type.
template <class Visitor>
constexpr decltype(auto) visit(const Event& event, Visitor&& visitor) {
    switch (event.kind) {
#define ATWIRE_VISIT(Message, name) \
    case Kind::name: return visitor(event.body.name);
        ATWIRE_EVENTS(ATWIRE_VISIT)
#undef ATWIRE_VISIT
    }
    __builtin_unreachable();
}

/// The payload that a message announces: `length` bytes, absent where the message says no length.
struct Announced {
    Maybe<std::uint32_t> length{};
    Encoding encoding = Encoding::raw;
};
[[nodiscard]] constexpr Announced announced(const Event& event) noexcept {
    const auto& body = event.body;
    switch (event.kind) {
        case Kind::data_read: return {body.data_read.length, body.data_read.encoding};
        case Kind::data_received: return {body.data_received.length, body.data_received.encoding};
        case Kind::coap_response: return {body.coap_response.length, *body.coap_response.encoding};
        case Kind::coap_request: return {body.coap_request.length, *body.coap_request.encoding};
        default: return {};
    }
}
/// Says how the payload that a message announces is spelled.
constexpr void announce(Event& event, Encoding encoding) noexcept {
    switch (event.kind) {
        case Kind::data_read: event.body.data_read.encoding = encoding; break;
        case Kind::data_received: event.body.data_received.encoding = encoding; break;
        case Kind::coap_response: event.body.coap_response.encoding = encoding; break;
        case Kind::coap_request: event.body.coap_request.encoding = encoding; break;
        default: break;
    }
}

}  // namespace atwire

#endif
