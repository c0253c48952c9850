// From the places that a lexer found in a line to the fields of a message.
#include <atwire/decoder.hpp>

#include <cstring>

namespace atwire {
namespace {

/// A decimal number of at most `most`. `excess` is the offset of the first digit with which it is larger, or `digits.size()`.
struct Decimal {
    std::uint32_t value;
    std::size_t excess;
};
constexpr Decimal read_decimal(std::string_view digits, std::uint32_t most) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto digit = static_cast<std::uint32_t>(digits[i] - '0');
        if (value > (most - digit) / 10) return {value, i};
        value = value * 10 + digit;
    }
    return {value, digits.size()};
}

constexpr std::uint32_t most_of(Type type, Spelling spelling) noexcept {
    if (spelling == Spelling::length) return max_payload;
    if (type == Type::port) return 0xFFFF;
    return type == Type::integer ? 0x7FFFFFFF : 0xFFFFFFFF;
}

template <class T>
void put(Event::Body& body, const DecodeTarget& target, const T& value) noexcept {
    auto* place = reinterpret_cast<unsigned char*>(&body) + target.offset;
    if (target.optional)
        *reinterpret_cast<Maybe<T>*>(place) = value;
    else
        *reinterpret_cast<T*>(place) = value;
}

void put_number(Event::Body& body, const DecodeTarget& target, std::uint32_t value, bool negative) noexcept {
    switch (target.type) {
        case Type::port: put(body, target, static_cast<std::uint16_t>(value)); break;
        case Type::integer: {
            const auto plain = static_cast<std::int32_t>(value);
            put(body, target, negative ? -plain : plain);
            break;
        }
        default: put(body, target, value); break;
    }
}

}  // namespace

/// Reads the number that stands at `begin` of the line. Notes zeros that pad it, and the first digit with which it is too large.
std::uint32_t Decoder::number(std::string_view digits, std::size_t begin, std::uint32_t most) noexcept {
    if (digits.size() > 1 && digits[0] == '0') lexer_.quirk_at(Quirk::zero_padded, static_cast<std::uint16_t>(begin + 1));
    const Decimal read = read_decimal(digits, most);
    if (read.excess != digits.size()) lexer_.fault_at(static_cast<std::uint16_t>(begin + read.excess));
    return read.value;
}

/// Reads the numbers of a list for the same two reasons.
void Decoder::numbers(std::string_view list, std::size_t begin) noexcept {
    std::size_t first = 0;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        if (i < list.size() && list[i] >= '0' && list[i] <= '9') continue;
        number(part(list, first, i - first), begin + first, 0xFFFFFFFF);
        first = i + 1;
    }
}

/// Fills the message from the slots. What a number has too much is the line's fault.
void Decoder::assemble(const DecodeForm& form, std::string_view text) noexcept {
    std::memset(static_cast<void*>(&event_.body), 0, sizeof event_.body);   // absent and zero are the same bytes
    event_.kind = form.kind;
    const DecodeTarget* targets = decoding_->targets + form.first;
    std::size_t slot = 0;
    for (std::size_t i = 0; i < form.count; ++i) {
        const DecodeTarget& target = targets[i];
        if (target.spelling == Spelling::constant) {
            put_number(event_.body, target, target.constant, false);
            continue;
        }
        if (slot == lexer_.slot_count) continue;
        const Slot place = lexer_.slots[slot++];
        std::size_t begin = place.begin;
        std::string_view field = part(text, begin, static_cast<std::size_t>(place.end - place.begin));
        if (i + 1 < form.count && targets[i + 1].spelling == Spelling::after_colon) {
            const std::size_t colon = field.rfind(':');
            const std::uint32_t port = number(part(field, colon + 1), begin + colon + 1, 0xFFFF);
            put(event_.body, targets[++i], static_cast<std::uint16_t>(port));
            field = part(field, 0, colon);
        }
        switch (target.type) {
            case Type::text: put(event_.body, target, field); break;
            case Type::values:
                numbers(field, begin);
                put(event_.body, target, Values{field});
                break;
            default: {
                const bool negative = field[0] == '-';
                if (negative) field = part(field, 1), ++begin;
                put_number(event_.body, target, number(field, begin, most_of(target.type, target.spelling)), negative);
                break;
            }
        }
    }
}

/// Where a line has two documented readings, takes the one that the dialogue has settled.
void Decoder::settle(const DecodeForm*& form, std::string_view text) noexcept {
    if (form->settle == Settle::access_mode) {
        const DataAvailable& notice = event_.body.data_available;
        if (!notice.length) return;
        const Setting given = notice.socket < max_sockets ? settings.access_mode[notice.socket] : unset;
        if (lexer_.settle(given, decoding_->defaults.access_mode[0]) == 0) {
            if (settings.showlength == 0) lexer_.quirk(Quirk::unexpected_length);
            return;
        }
    } else if (form->settle == Settle::pending_read) {
        if (event_.body.network_opened.error > 1) return;   // no state
        if (!settings.pending_known) lexer_.doubts |= Doubt::inferred;
        const Pending* pending = oldest_pending();
        if (pending == nullptr || pending->command != form->command || pending->form != CommandForm::read) return;
    } else {
        return;
    }
    form = &decoding_->forms[form->other];
    assemble(*form, text);
}

}  // namespace atwire
