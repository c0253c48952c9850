// The ranges and lists in the reply to a test form, as typed values: `(0-4),(0,1),"TCP/UDP",<data>`.
#ifndef ATWIRE_VALUES_HPP
#define ATWIRE_VALUES_HPP

#include <atwire/fields.hpp>

namespace atwire {

/// One parameter of a test reply. `text` is its bytes as they stand, borrowed as the reply is.
struct SupportedValue {
    enum class Type : std::uint8_t {
        range,  ///< `(0-4)`: `minimum` to `maximum`
        list,   ///< `(0,1)` or `("TCP","UDP")`: `values`
        text,   ///< anything else: a quoted name, `<data>`, brackets
    };
    Type type = Type::text;
    std::int64_t minimum = 0;
    std::int64_t maximum = 0;
    Values values{};
    std::string_view text{};
};

/// The parameters one after the other; a comma within parentheses, quotes or angle brackets doesn't separate.
class SupportedValues {
public:
    constexpr explicit SupportedValues(std::string_view text) noexcept : text_{text} {}

    class Iterator {
    public:
        constexpr explicit Iterator(std::string_view rest) noexcept : rest_{rest} { read(); }
        constexpr const SupportedValue& operator*() const noexcept { return value_; }
        constexpr const SupportedValue* operator->() const noexcept { return &value_; }
        constexpr Iterator& operator++() noexcept {
            done_ = next_ == 0;
            rest_ = part(rest_, next_);
            read();
            return *this;
        }
        constexpr bool operator==(std::nullptr_t) const noexcept { return done_; }

    private:
        constexpr void read() noexcept {
            std::size_t end = 0;
            bool quoted = false;
            bool bracketed = false;
            for (; end < rest_.size(); ++end) {
                const char c = rest_[end];
                if (c == '"') quoted = !quoted;
                if (!quoted && (c == '(' || c == '<')) bracketed = true;
                if (!quoted && (c == ')' || c == '>')) bracketed = false;
                if (c == ',' && !quoted && !bracketed) break;
            }
            next_ = end < rest_.size() ? end + 1 : 0;
            value_ = typed(part(rest_, 0, end));
        }

        static constexpr SupportedValue typed(std::string_view text) noexcept {
            SupportedValue value{.text = text};
            if (text.size() < 3 || text[0] != '(' || text[text.size() - 1] != ')') return value;
            const std::string_view inner = part(text, 1, text.size() - 2);
            // A minus behind the first character separates: (-1-3) runs from -1 to 3.
            for (std::size_t dash = 1; dash < inner.size(); ++dash) {
                if (inner[dash] != '-') continue;
                const Value low = *Values{part(inner, 0, dash)}.begin();
                const Value high = *Values{part(inner, dash + 1)}.begin();
                if (low.type != Value::Type::integer || high.type != Value::Type::integer) break;
                value.type = SupportedValue::Type::range;
                value.minimum = low.integer;
                value.maximum = high.integer;
                return value;
            }
            value.type = SupportedValue::Type::list;
            value.values = {inner};
            return value;
        }

        std::string_view rest_;
        SupportedValue value_{};
        std::size_t next_ = 0;
        bool done_ = false;
    };

    [[nodiscard]] constexpr Iterator begin() const noexcept { return Iterator{text_}; }
    [[nodiscard]] constexpr std::nullptr_t end() const noexcept { return nullptr; }

private:
    std::string_view text_;
};

/// Of `Supported::text`.
[[nodiscard]] constexpr SupportedValues supported_values(std::string_view text) noexcept { return SupportedValues{text}; }

}  // namespace atwire

#endif
