// The work done for each event and each command, the same for every parser that is measured: its kind and all its fields go into one number, so
// that no parser can leave anything out and two parsers can be compared.
#ifndef ATWIRE_BENCH_SUM_HPP
#define ATWIRE_BENCH_SUM_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>

#include <bit>
#include <utility>

namespace atwire::bench {

struct Sum {
    std::uint64_t events = 0;
    std::uint64_t value = 0;

    /// Takes a message: a visitor for `visit`, the callback of the parser written by hand. Texts count by length and last byte.
    template <class Message>
    void operator()(const Message& message) noexcept {
        ++events;
        if constexpr (requires { KindOf<Message>::kind; })
            add(static_cast<std::uint64_t>(KindOf<Message>::kind));
        else
            add(static_cast<std::uint64_t>(CommandKindOf<Message>::kind));
        add_fields(message, std::make_index_sequence<FieldsOf<Message>::list.size()>{});
    }
    bool operator==(const Sum&) const = default;

private:
    void add(std::uint64_t number) noexcept { value = std::rotl(value, 5) + number; }
    void add(std::string_view text) noexcept {
        add(text.size());
        if (!text.empty()) add(static_cast<std::uint64_t>(static_cast<unsigned char>(text.back())));
    }
    template <class Message, std::size_t... i>
    void add_fields([[maybe_unused]] const Message& message, std::index_sequence<i...>) noexcept {
        (add_field<Message, i>(message), ...);
    }
    template <class Message, std::size_t i>
    void add_field(const Message& message) noexcept {
        constexpr Type type = FieldsOf<Message>::list[i].type;
        if constexpr (type == Type::flag) add_as<bool, Message, i>(message);
        if constexpr (type == Type::port) add_as<std::uint16_t, Message, i>(message);
        if constexpr (type == Type::number) add_as<std::uint32_t, Message, i>(message);
        if constexpr (type == Type::integer) add_as<std::int32_t, Message, i>(message);
        if constexpr (type == Type::position) add_as<std::uint64_t, Message, i>(message);
        if constexpr (type == Type::text) add_as<std::string_view, Message, i>(message);
        if constexpr (type == Type::values) add_as<Values, Message, i>(message);
        if constexpr (type == Type::options) add_as<CoapOptions, Message, i>(message);
        if constexpr (type == Type::encoding) add_as<Encoding, Message, i>(message);
    }
    template <class T, class Message, std::size_t i>
    void add_as(const Message& message) noexcept {
        constexpr Field field = FieldsOf<Message>::list[i];
        const auto* place = reinterpret_cast<const unsigned char*>(&message) + field.offset;
        if constexpr (field.optional)  // T{} where it is absent
            add_value(reinterpret_cast<const Maybe<T>*>(place)->value);
        else
            add_value(*reinterpret_cast<const T*>(place));
    }
    void add_value(std::string_view text) noexcept { add(text); }
    void add_value(const Values& values) noexcept { add(values.text); }
    void add_value(const CoapOptions& options) noexcept { add(options.text); }
    template <class T>
    void add_value(T number) noexcept {
        add(static_cast<std::uint64_t>(number));
    }
};

}  // namespace atwire::bench

#endif
