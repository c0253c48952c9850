// How large a carry buffer has to be.
#ifndef ATWIRE_LIMITS_HPP
#define ATWIRE_LIMITS_HPP

#include <atwire/dialect.hpp>

namespace atwire {

/// The most bytes that a field can take within its documented range, without what stands before it.
[[nodiscard]] constexpr std::size_t longest(const Item& item) noexcept {
    std::size_t text = static_cast<std::size_t>(item.maximum);
    if (!item.words.empty()) {
        text = 0;
        for (const std::string_view word : item.words) text = word.size() > text ? word.size() : text;
    }
    switch (item.spelling) {
        case Spelling::constant: return 0;
        case Spelling::time: return text + std::string_view{"\"/mm/dd,hh:mm:ss+zz\""}.size();
        case Spelling::quoted:
        case Spelling::text: return text + 2;
        case Spelling::bare:
        case Spelling::rest:
        case Spelling::hex:
        case Spelling::word: return text;
        default: break;
    }
    std::size_t digits = item.minimum < 0 ? 2 : 1;
    for (std::int64_t rest = item.maximum; rest >= 10; rest /= 10) ++digits;
    switch (item.spelling) {
        case Spelling::code: return digits + 1;  // the dot
        case Spelling::token: return digits + 1 + longest(item.parts[0]);
        case Spelling::options:
        case Spelling::counted: {
            const std::size_t option = longest(item.parts[0]) + 1 + longest(item.parts[1]);
            const std::size_t all = text * (option + 1) - 1;  // commas between them
            return item.spelling == Spelling::counted ? digits + 1 + all : all;
        }
        default: return digits;
    }
}

/// The length of the longest line that a form's documented ranges allow, without framing and payload.
[[nodiscard]] constexpr std::size_t line_limit(const Form& form) noexcept {
    std::size_t length = form.head.size() + form.tail.size();
    for (std::size_t i = 0; i < form.size(); ++i) {
        const Item& item = form.items[i];
        if (i != 0 || item.before != ",") length += item.before.size();
        length += longest(item);
    }
    return length;
}

/// The line limit that a dialect needs: its longest documented line. A decoder whose carry is smaller gives what is longer as
/// `Overlong`.
[[nodiscard]] constexpr std::size_t line_limit(const Facts& facts) noexcept {
    std::size_t limit = 0;
    for (const Form& form : facts.forms) {
        const std::size_t length = line_limit(form);
        if (length > limit) limit = length;
    }
    return limit;
}
[[nodiscard]] constexpr std::size_t line_limit(const Dialect& dialect) noexcept { return line_limit(dialect.facts); }

}  // namespace atwire

#endif
