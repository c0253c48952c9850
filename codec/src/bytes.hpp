// What a byte is, for decoders and encoders alike.
#ifndef ATWIRE_BYTES_HPP
#define ATWIRE_BYTES_HPP

namespace atwire {

constexpr bool hex_digit(unsigned char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

}  // namespace atwire

#endif
