#include "properties/generated_text.hpp"

#include <algorithm>

namespace conformance {

std::string some_bytes(Dice& dice, std::string_view except, std::size_t shortest, std::size_t longest) {
    std::string text;
    const std::size_t most = dice.once_in(8) ? longest : std::min<std::size_t>(longest, shortest + 12);
    for (std::size_t n = shortest + dice.below(most - shortest + 1); n != 0; --n) {
        char c = static_cast<char>(dice.once_in(4) ? dice.below(256) : 'a' + dice.below(26));
        if (except.find(c) != std::string_view::npos) c = 'x';
        text += c;
    }
    return text;
}

std::string some_address(Dice& dice) {
    static constexpr std::string_view known[] = {"0.0.0.0", "10.18.237.42", "2409:8960:1e64:94d8:1:0:3b3b:7118", "::1",
                                                 "FE80::1"};
    if (dice.once_in(2)) return std::string{dice.one_of(known)};
    std::string address;
    for (int i = 0; i < 4; ++i) address += std::to_string(dice.below(256)) + (i < 3 ? "." : "");
    return address;
}

std::string hex_of(Dice& dice, std::size_t digits) {
    std::string text;
    while (text.size() < digits) text += dice.one_of(std::string_view{"0123456789ABCDEFabcdef"});
    return text;
}

}  // namespace conformance
