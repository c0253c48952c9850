// What events and commands have in common: a place on the wire, and a body whose fields are reached by their table.
#ifndef ATWIRE_MESSAGE_HPP
#define ATWIRE_MESSAGE_HPP

#include <atwire/fields.hpp>

namespace atwire {

/// The place of an event or a command in its direction's stream. Put end to end, the ranges of all cover every byte once, but for
/// framing bytes at the very end.
struct Wire {
    std::uint64_t offset = 0;  ///< of the event's first byte, its lead included
    std::size_t length = 0;    ///< lead, text and terminator
    std::size_t lead = 0;      ///< how many of them are lead: CR, LF, the blank after a prompt, a payload's closing quote
    bool operator==(const Wire&) const = default;
};

/// The fields of a message's struct, in the vocabulary's order.
struct FieldList {
    const Field* first = nullptr;
    std::size_t count = 0;
    [[nodiscard]] constexpr const Field* begin() const noexcept { return first; }
    [[nodiscard]] constexpr const Field* end() const noexcept { return first + count; }
};

/// Several lambdas as one visitor.
template <class... Lambdas>
struct overloaded : Lambdas... {
    using Lambdas::operator()...;
};
template <class... Lambdas>
overloaded(Lambdas...) -> overloaded<Lambdas...>;

/// A field's place in `body`, which must hold the message that `field` belongs to. T is the field's C++ type.
template <class T, class Body>
[[nodiscard]] inline T& member(Body& body, const Field& field) noexcept {
    return *reinterpret_cast<T*>(reinterpret_cast<unsigned char*>(&body) + field.offset);
}
template <class T, class Body>
[[nodiscard]] inline const T& member(const Body& body, const Field& field) noexcept {
    return *reinterpret_cast<const T*>(reinterpret_cast<const unsigned char*>(&body) + field.offset);
}

/// A field's value, or nullptr where it is absent. T is the field's type without `optional`.
template <class T, class Body>
[[nodiscard]] inline const T* value_of(const Body& body, const Field& field) noexcept {
    if (!field.optional) return &member<T>(body, field);
    const auto& maybe = member<Maybe<T>>(body, field);
    return maybe.there ? &maybe.value : nullptr;
}
/// Whether the field is there.
template <class Body>
[[nodiscard]] inline bool present(const Body& body, const Field& field) noexcept {
    if (!field.optional) return true;
    switch (field.type) {
        case Type::port: return member<Maybe<std::uint16_t>>(body, field).there;
        case Type::number: return member<Maybe<std::uint32_t>>(body, field).there;
        case Type::integer: return member<Maybe<std::int32_t>>(body, field).there;
        case Type::text: return member<Maybe<std::string_view>>(body, field).there;
        case Type::encoding: return member<Maybe<Encoding>>(body, field).there;
        default: return true;  // the other types are never optional
    }
}
/// Stores a value, in the optional or beside it.
template <class T, class Body>
inline void store(Body& body, const Field& field, const T& value) noexcept {
    if (field.optional)
        member<Maybe<T>>(body, field) = value;
    else
        member<T>(body, field) = value;
}

}  // namespace atwire

#endif
