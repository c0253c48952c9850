// From the places that a lexer found in a line to the fields of a message.
#ifndef ATWIRE_DETAIL_ASSEMBLE_HPP
#define ATWIRE_DETAIL_ASSEMBLE_HPP

#include <atwire/detail/lexer.hpp>

#include <bit>
#include <cstring>

namespace atwire::detail {

/// Reads the number that stands at `begin` of the line, whatever is odd about it. Notes zeros that pad it, and the first digit with
/// which it is too large.
std::uint32_t number(Lexer& lexer, std::string_view digits, std::size_t begin, std::uint32_t most) noexcept;
/// Reads the numbers of a list, but not what stands between quotes, for the same two reasons.
void numbers(Lexer& lexer, std::string_view list, std::size_t begin, std::uint32_t most) noexcept;

/// Whether a CoAP message with these options spells its payload in hexadecimal: by coap_payload, or by the Content-Format that they
/// show (BC95-G&BC68 3.1, 3.2).
bool hex_by_content_format(Lexer& lexer, const CoapOptions& options) noexcept;

constexpr std::uint32_t most_of(const DecodeTarget& target) noexcept {
    if (target.spelling == Spelling::length) return max_payload;
    if (target.type == Type::port || target.type == Type::options) return 0xFFFF;  // RFC 7252 5.4: an option's number too
    return target.type == Type::integer ? 0x7FFFFFFF : 0xFFFFFFFF;
}

template <class T>
void put(Event::Body& body, const DecodeTarget& target, const T& value) noexcept {
    auto* place = reinterpret_cast<unsigned char*>(&body) + target.offset;
    if (target.optional)
        *reinterpret_cast<Maybe<T>*>(place) = value;
    else
        *reinterpret_cast<T*>(place) = value;
}

/// Fills a message, one target after the other.
class Assembler {
public:
    Assembler(Lexer& lexer, Event::Body& body, std::string_view line) noexcept
        : lexer_{lexer}, body_{body}, line_{line}, slot_{lexer.slots.data()}, end_{slot_ + lexer.slot_count} {}

    /// A target without a slot stays absent. What a number has too much is the line's fault.
    void take(const DecodeTarget& target) noexcept {
        if (target.spelling == Spelling::constant) return put_number(target, target.constant, false);
        if (target.spelling == Spelling::after_colon) return take_port(target);
        if (slot_ == end_) {
            field_ = {};
            return;
        }
        begin_ = slot_->begin;
        field_ = part(line_, begin_, static_cast<std::size_t>(slot_->end - slot_->begin));
        ++slot_;
        if (field_.empty() && target.optional && target.spelling != Spelling::quoted) return;  // left out
        if (target.type == Type::text) return put(body_, target, field_);
        if (target.type == Type::values || target.type == Type::options) {
            numbers(lexer_, field_, begin_, most_of(target));
            return put_list(target);
        }
        if (target.spelling == Spelling::code) return put_number(target, code(), false);
        const bool negative = target.type == Type::integer && field_[0] == '-';
        if (negative) field_.remove_prefix(1), ++begin_;
        const std::uint32_t value = number(lexer_, field_, begin_, most_of(target));
        if (negative && value == 0) lexer_.fault_at(static_cast<std::uint16_t>(begin_));  // -0
        put_number(target, value, negative);
    }

private:
    /// The text before was taken with its colon and its port.
    void take_port(const DecodeTarget& target) noexcept {
        if (field_.empty()) return;
        const std::size_t colon = field_.rfind(':');
        const std::uint32_t port = number(lexer_, part(field_, colon + 1), begin_ + colon + 1, 0xFFFF);
        put(body_, target, static_cast<std::uint16_t>(port));
        // An optional text begins with its value.
        *reinterpret_cast<std::string_view*>(place(target.constant)) = part(field_, 0, colon);
    }

    void put_list(const DecodeTarget& target) noexcept {
        if (target.type == Type::values) return put(body_, target, Values{field_});
        put(body_, target, CoapOptions{field_});
    }
    /// 2.05 as 205
    [[nodiscard]] std::uint32_t code() const noexcept {
        std::uint32_t value = 0;
        for (const char c : field_)
            if (c != '.') value = value * 10 + static_cast<std::uint32_t>(c - '0');
        return value;
    }
    void put_number(const DecodeTarget& target, std::uint32_t value, bool negative) noexcept {
        if (target.type == Type::port) return put(body_, target, static_cast<std::uint16_t>(value));
        if (target.type != Type::integer) return put(body_, target, value);
        const auto plain = static_cast<std::int32_t>(value);
        put(body_, target, negative ? -plain : plain);
    }
    [[nodiscard]] unsigned char* place(std::size_t offset) const noexcept {
        return reinterpret_cast<unsigned char*>(&body_) + offset;
    }

    Lexer& lexer_;
    Event::Body& body_;
    std::string_view line_;
    const Slot* slot_;
    const Slot* end_;
    std::string_view field_{};  ///< the last one taken
    std::size_t begin_ = 0;     ///< where it stands
};

// ── The usual message, with code of its own for each form: for the goto style ───────────────────────────────────────────────

/// The number of up to eight digits that ends at `end` of a line: the eight bytes that end there, less those before it, and three
/// multiplications that each join neighbours. No branch depends on how many digits there are, which nothing can foresee.
inline std::uint32_t joined_digits(const char* end, std::size_t count) noexcept {
    std::uint64_t eight;
    std::memcpy(&eight, end - 8, 8);
    eight &= 0x0F0F0F0F0F0F0F0F & (~std::uint64_t{0} << (64 - 8 * count));  // the last digit is the highest byte
    eight = eight * 10 + (eight >> 8);                                      // two digits in every second byte
    eight = (eight & 0x000000FF000000FF) * (100 + (std::uint64_t{1000000} << 32)) +
            ((eight >> 16) & 0x000000FF000000FF) * (1 + (std::uint64_t{10000} << 32));
    return static_cast<std::uint32_t>(eight >> 32);
}

/// Reads a number that has nothing odd. False: leave it to `number`.
[[gnu::always_inline]] inline bool usual_number(std::string_view line, Slot slot, std::uint32_t most,
                                                std::uint32_t& value) noexcept {
    const std::size_t count = static_cast<std::size_t>(slot.end) - slot.begin;
    const char first = line[slot.begin];
    value = static_cast<std::uint32_t>(first - '0');
    if (count == 1) return true;
    if (std::endian::native != std::endian::little || count > 8 || slot.end < 8 || first == '0') return false;
    value = joined_digits(line.data() + slot.end, count);
    return value <= most;
}

/// Takes one target. False: leave the line to the loop.
template <DecodeTarget target>
[[gnu::always_inline]] inline bool take_usual(Slot slot, Event::Body& body, std::string_view line) noexcept {
    if (slot.begin >= slot.end || slot.end > line.size()) return false;
    if constexpr (target.type == Type::text) {
        put(body, target, std::string_view{line.data() + slot.begin, static_cast<std::size_t>(slot.end - slot.begin)});
    } else {
        std::uint32_t value = 0;
        if (!usual_number(line, slot, most_of(target), value)) return false;
        if constexpr (target.type == Type::port)
            put(body, target, static_cast<std::uint16_t>(value));
        else
            put(body, target, value);
    }
    return true;
}

/// Whether targets are taken so: texts and plain numbers.
constexpr bool is_usual(const DecodeTarget& target) noexcept {
    const bool plain = target.type == Type::text || target.type == Type::number || target.type == Type::port;
    return plain && target.spelling != Spelling::constant && target.spelling != Spelling::after_colon;
}

/// Fills the message of any form by its targets: one loop, small.
void assemble(std::uint8_t form, Lexer& lexer, Event::Body& body, std::string_view line) noexcept;

}  // namespace atwire::detail

#endif
