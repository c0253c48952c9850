// What a message's fields are made of, and a table of them for each struct: name, type, place. Decoder, encoder, JSON and the
// property generators all walk these tables, so a field is named once, beside its struct.
#ifndef ATWIRE_FIELDS_HPP
#define ATWIRE_FIELDS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace atwire {

/// `text` from `from` on, at most `count` bytes: `substr` without its exception.
[[nodiscard]] constexpr std::string_view part(std::string_view text, std::size_t from,
                                              std::size_t count = std::string_view::npos) noexcept {
    if (from > text.size()) from = text.size();
    const std::size_t left = text.size() - from;
    return {text.data() + from, count < left ? count : left};
}

/// A field that may be absent. A plain struct whose zero-filled state is "absent", so that C can describe the same memory.
template <class T>
struct Maybe {
    T value{};
    bool there = false;

    constexpr Maybe() noexcept = default;
    constexpr Maybe(const T& given) noexcept : value{given}, there{true} {}
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return there; }
    /// The value; T{} where it is absent.
    [[nodiscard]] constexpr const T& operator*() const noexcept { return value; }
    [[nodiscard]] constexpr T value_or(const T& other) const noexcept { return there ? value : other; }
    [[nodiscard]] constexpr bool operator==(const Maybe& other) const noexcept {
        return there == other.there && (!there || value == other.value);
    }
};

/// How a payload stands on the wire: as it is, or two hexadecimal digits a byte.
enum class Encoding : std::uint8_t { raw, hex };

/// One value of a `Values` list. `text` is borrowed as the list is.
struct Value {
    enum class Type : std::uint8_t { integer, string, word };
    Type type = Type::integer;
    std::int64_t integer = 0;  ///< of an integer; saturated
    std::string_view text;     ///< of a string (without its quotes) or a word
};

/// Values separated by commas, kept as they stand on the wire: `0,1`, `ON`, `"Tcpsrxt",6`. Read one after the other by
/// iteration; nothing is copied.
struct Values {
    std::string_view text;

    class Iterator {
    public:
        constexpr explicit Iterator(std::string_view rest) noexcept : rest_{rest} { read(); }
        constexpr const Value& operator*() const noexcept { return value_; }
        constexpr const Value* operator->() const noexcept { return &value_; }
        constexpr Iterator& operator++() noexcept {
            rest_ = more_ ? part(rest_, next_) : std::string_view{};
            done_ = !more_;
            read();
            return *this;
        }
        constexpr bool operator==(std::nullptr_t) const noexcept { return done_; }

    private:
        constexpr void read() noexcept;

        std::string_view rest_;
        Value value_{};
        std::size_t next_ = 0;
        bool more_ = false;
        bool done_ = false;
    };

    [[nodiscard]] constexpr Iterator begin() const noexcept { return Iterator{text}; }
    [[nodiscard]] constexpr std::nullptr_t end() const noexcept { return nullptr; }
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        std::size_t count = 0;
        for ([[maybe_unused]] const Value& value : *this) ++count;
        return count;
    }
    bool operator==(const Values&) const = default;
};

/// One option of a CoAP message (RFC 7252 5.4): its number, and its value as the module prints it. `value` is borrowed.
struct CoapOption {
    std::uint32_t number = 0;
    std::string_view value;
};

/// The options of a CoAP message, kept as they stand on the wire: `11,"rd",15,"ep=1"`. Read one after the other by iteration;
/// nothing is copied.
struct CoapOptions {
    std::string_view text;

    class Iterator {
    public:
        constexpr explicit Iterator(Values values) noexcept : place_{values.begin()}, done_{values.text.empty()} { read(); }
        constexpr const CoapOption& operator*() const noexcept { return option_; }
        constexpr const CoapOption* operator->() const noexcept { return &option_; }
        constexpr Iterator& operator++() noexcept {
            ++place_;
            read();
            return *this;
        }
        constexpr bool operator==(std::nullptr_t) const noexcept { return done_; }

    private:
        /// A number, and the value behind it.
        constexpr void read() noexcept {
            done_ = done_ || place_ == nullptr;
            if (done_) return;
            option_.number = static_cast<std::uint32_t>(place_->integer);
            ++place_;
            done_ = place_ == nullptr;
            if (!done_) option_.value = place_->text;
        }

        Values::Iterator place_;
        CoapOption option_{};
        bool done_;
    };

    [[nodiscard]] constexpr Iterator begin() const noexcept { return Iterator{{text}}; }
    [[nodiscard]] constexpr std::nullptr_t end() const noexcept { return nullptr; }
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        std::size_t count = 0;
        for ([[maybe_unused]] const CoapOption& option : *this) ++count;
        return count;
    }
    bool operator==(const CoapOptions&) const = default;
};

/// The type of a field. `optional` stands beside it in `Field`.
enum class Type : std::uint8_t {
    flag,      ///< bool
    port,      ///< std::uint16_t
    number,    ///< std::uint32_t
    integer,   ///< std::int32_t: a number that may be negative
    position,  ///< std::uint64_t: an offset in a stream
    text,      ///< std::string_view
    values,    ///< Values
    options,   ///< CoapOptions
    encoding,  ///< Encoding
};

/// One field of a message struct.
struct Field {
    std::string_view name;
    Type type;
    bool optional;
    std::uint8_t offset;
};

/// The fields of `Message` in the order of the vocabulary: `FieldsOf<Message>::list`. ATWIRE_FIELDS defines it.
template <class Message>
struct FieldsOf;

namespace detail {

template <class T>
struct TypeOf;
template <class T>
struct TypeOf<Maybe<T>> {
    static constexpr Type type = TypeOf<T>::type;
    static constexpr bool optional = true;
};
template <Type t>
struct Plain {
    static constexpr Type type = t;
    static constexpr bool optional = false;
};
template <>
struct TypeOf<bool> : Plain<Type::flag> {};
template <>
struct TypeOf<std::uint16_t> : Plain<Type::port> {};
template <>
struct TypeOf<std::uint32_t> : Plain<Type::number> {};
template <>
struct TypeOf<std::int32_t> : Plain<Type::integer> {};
template <>
struct TypeOf<std::uint64_t> : Plain<Type::position> {};
template <>
struct TypeOf<std::string_view> : Plain<Type::text> {};
template <>
struct TypeOf<Values> : Plain<Type::values> {};
template <>
struct TypeOf<CoapOptions> : Plain<Type::options> {};
template <>
struct TypeOf<Encoding> : Plain<Type::encoding> {};

}  // namespace detail

// One entry for each field named; at most ten.
#define ATWIRE_FIELD(M, f)                                                                                                  \
    ::atwire::Field{#f, ::atwire::detail::TypeOf<decltype(M::f)>::type, ::atwire::detail::TypeOf<decltype(M::f)>::optional, \
                    static_cast<std::uint8_t>(offsetof(M, f))},
#define ATWIRE_FIELDS_1(M, a) ATWIRE_FIELD(M, a)
#define ATWIRE_FIELDS_2(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_1(M, __VA_ARGS__)
#define ATWIRE_FIELDS_3(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_2(M, __VA_ARGS__)
#define ATWIRE_FIELDS_4(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_3(M, __VA_ARGS__)
#define ATWIRE_FIELDS_5(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_4(M, __VA_ARGS__)
#define ATWIRE_FIELDS_6(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_5(M, __VA_ARGS__)
#define ATWIRE_FIELDS_7(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_6(M, __VA_ARGS__)
#define ATWIRE_FIELDS_8(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_7(M, __VA_ARGS__)
#define ATWIRE_FIELDS_9(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_8(M, __VA_ARGS__)
#define ATWIRE_FIELDS_10(M, a, ...) ATWIRE_FIELD(M, a) ATWIRE_FIELDS_9(M, __VA_ARGS__)
#define ATWIRE_PICK(_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, macro, ...) macro
#define ATWIRE_EACH_FIELD(M, ...)                                                                                  \
    ATWIRE_PICK(__VA_ARGS__, ATWIRE_FIELDS_10, ATWIRE_FIELDS_9, ATWIRE_FIELDS_8, ATWIRE_FIELDS_7, ATWIRE_FIELDS_6, \
                ATWIRE_FIELDS_5, ATWIRE_FIELDS_4, ATWIRE_FIELDS_3, ATWIRE_FIELDS_2, ATWIRE_FIELDS_1, )             \
    (M, __VA_ARGS__)

/// Lists the fields of the struct `M` in the order of the vocabulary.
#define ATWIRE_FIELDS(M, ...)                                                                               \
    template <>                                                                                             \
    struct FieldsOf<M> {                                                                                    \
        static constexpr auto list = std::to_array<Field>({__VA_OPT__(ATWIRE_EACH_FIELD(M, __VA_ARGS__))}); \
    }
/// The same for a struct without fields.
#define ATWIRE_NO_FIELDS(M)                              \
    template <>                                          \
    struct FieldsOf<M> {                                 \
        static constexpr std::array<Field, 0> list = {}; \
    }

constexpr void Values::Iterator::read() noexcept {
    value_ = {};
    more_ = false;
    if (done_) return;
    std::size_t end = 0;
    if (!rest_.empty() && rest_[0] == '"') {
        const std::size_t quote = rest_.find('"', 1);
        end = quote == std::string_view::npos ? rest_.size() : quote + 1;
        value_.type = Value::Type::string;
        value_.text = part(rest_, 1, (quote == std::string_view::npos ? end : quote) - 1);
    } else {
        while (end < rest_.size() && rest_[end] != ',') ++end;
        value_.text = part(rest_, 0, end);
        bool digits = !value_.text.empty();
        const bool negative = digits && value_.text[0] == '-';
        constexpr std::int64_t most = std::int64_t{1} << 53;
        for (std::size_t i = negative ? 1 : 0; i < value_.text.size(); ++i) {
            const char c = value_.text[i];
            digits = digits && c >= '0' && c <= '9';
            if (digits && value_.integer < most) value_.integer = value_.integer * 10 + (c - '0');
        }
        digits = digits && !(negative && value_.text.size() == 1);
        value_.type = digits ? Value::Type::integer : Value::Type::word;
        if (negative) value_.integer = -value_.integer;
        if (!digits) value_.integer = 0;
    }
    if (end < rest_.size() && rest_[end] == ',') {
        more_ = true;
        next_ = end + 1;
        if (next_ < rest_.size() && rest_[next_] == ' ') ++next_;
    }
}

}  // namespace atwire

#endif
