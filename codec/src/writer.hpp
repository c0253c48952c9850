// What both encoders and both decoders' messages share: a buffer that is never overrun, characters that may stand somewhere, refusals,
// and whether two fields are the same.
#ifndef ATWIRE_WRITER_HPP
#define ATWIRE_WRITER_HPP

#include <atwire/encoder.hpp>

#include <cstring>

#include "bytes.hpp"

namespace atwire {

/// A buffer that counts what doesn't fit.
class Writer {
public:
    explicit Writer(std::span<char> buffer) noexcept : buffer_{buffer} {}
    void put(std::string_view text) noexcept {
        if (text.size() <= buffer_.size() && length_ <= buffer_.size() - text.size() && !text.empty())
            std::memcpy(buffer_.data() + length_, text.data(), text.size());
        length_ += text.size();
    }
    void put(char c) noexcept { put(std::string_view{&c, 1}); }
    void put(std::int64_t number) noexcept {
        char digits[20];
        std::size_t begin = sizeof digits;
        auto rest = static_cast<std::uint64_t>(number < 0 ? -number : number);
        do digits[--begin] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        if (number < 0) digits[--begin] = '-';
        put(std::string_view{digits + begin, sizeof digits - begin});
    }
    [[nodiscard]] std::size_t length() const noexcept { return length_; }
    [[nodiscard]] bool fits() const noexcept { return length_ <= buffer_.size(); }
    [[nodiscard]] std::string_view text() const noexcept { return {buffer_.data(), length_}; }

private:
    std::span<char> buffer_;
    std::size_t length_ = 0;
};

inline Encoded refuse(Refusal why, std::string_view field = {}) noexcept { return {.refusal = why, .field = field}; }
inline Encoded refuse_range(const Item& item, std::int64_t value) noexcept {
    return {
        .refusal = Refusal::out_of_range, .field = item.field, .value = value, .minimum = item.minimum, .maximum = item.maximum};
}

inline bool text_byte(unsigned char c) noexcept { return c != '\r' && c != '\n'; }
inline bool quotable(unsigned char c) noexcept { return c >= 32 && c != 127 && c != '"'; }
inline bool of_address(unsigned char c) noexcept { return hex_digit(c) || c == '.' || c == ':'; }

inline bool all(std::string_view text, bool (*holds)(unsigned char) noexcept) noexcept {
    for (const char c : text)
        if (!holds(static_cast<unsigned char>(c))) return false;
    return true;
}

/// Whether a text that stands without quotes is an address, not a number.
inline bool is_address(std::string_view text) noexcept {
    return all(text, of_address) && text.find_first_of(".:") != std::string_view::npos;
}

template <class T>
[[nodiscard]] bool same(const T* a, const T* b) noexcept {
    return (a == nullptr) == (b == nullptr) && (a == nullptr || *a == *b);
}

/// Whether two bodies have the same field, or both lack it.
template <class Body>
[[nodiscard]] bool same_field(const Body& a, const Body& b, const Field& field) noexcept {
    switch (field.type) {
        case Type::flag: return same(value_of<bool>(a, field), value_of<bool>(b, field));
        case Type::port: return same(value_of<std::uint16_t>(a, field), value_of<std::uint16_t>(b, field));
        case Type::number: return same(value_of<std::uint32_t>(a, field), value_of<std::uint32_t>(b, field));
        case Type::integer: return same(value_of<std::int32_t>(a, field), value_of<std::int32_t>(b, field));
        case Type::position: return same(value_of<std::uint64_t>(a, field), value_of<std::uint64_t>(b, field));
        case Type::text: return same(value_of<std::string_view>(a, field), value_of<std::string_view>(b, field));
        case Type::values: return same(value_of<Values>(a, field), value_of<Values>(b, field));
        case Type::options: return same(value_of<CoapOptions>(a, field), value_of<CoapOptions>(b, field));
        case Type::encoding: return same(value_of<Encoding>(a, field), value_of<Encoding>(b, field));
    }
    return false;
}

}  // namespace atwire

#endif
