// A command: what the host said, where it stood on the wire, and whether it was spelled as the encoder would.
#ifndef ATWIRE_COMMAND_HPP
#define ATWIRE_COMMAND_HPP

#include <atwire/commands.hpp>
#include <atwire/message.hpp>

namespace atwire {

enum class CommandKind : std::uint8_t {
#define ATWIRE_KIND(Message, name) name,
    ATWIRE_COMMANDS(ATWIRE_KIND)
#undef ATWIRE_KIND
};

struct Command {
    CommandKind kind = CommandKind::attention;
    bool joined = false;  ///< it stands behind another on the same line, after `;`
    bool more = false;    ///< another one is joined to it: its line goes on behind `;`
    bool odd = false;     ///< it is not spelled as the encoder writes it: keep its bytes to have them again
    /// The reading needed what nobody gave; its default was taken.
    bool inferred = false;
    Wire wire{};
    /// The message; `kind` says which. `get` and `visit` read it.
    union Body {
        constexpr Body() noexcept : attention{} {}
#define ATWIRE_MEMBER(Message, name) Message name;
        ATWIRE_COMMANDS(ATWIRE_MEMBER)
#undef ATWIRE_MEMBER
    } body;

    /// Whether both say the same: kind and fields; not where they stood nor how they were spelled.
    [[nodiscard]] bool operator==(const Command& other) const noexcept;
};

/// The name of a command in JSON and transcripts.
[[nodiscard]] constexpr std::string_view name(CommandKind kind) noexcept {
    switch (kind) {
#define ATWIRE_NAME(Message, name) \
    case CommandKind::name: return #name;
        ATWIRE_COMMANDS(ATWIRE_NAME)
#undef ATWIRE_NAME
    }
    return {};
}

/// The fields of a command's struct, in the order of the wire.
[[nodiscard]] constexpr FieldList fields(CommandKind kind) noexcept {
    switch (kind) {
#define ATWIRE_LIST(Message, name) \
    case CommandKind::name: return {FieldsOf<Message>::list.data(), FieldsOf<Message>::list.size()};
        ATWIRE_COMMANDS(ATWIRE_LIST)
#undef ATWIRE_LIST
    }
    return {};
}

template <class Message>
struct CommandKindOf;
#define ATWIRE_KIND_OF(Message, name)                          \
    template <>                                                \
    struct CommandKindOf<Message> {                            \
        static constexpr CommandKind kind = CommandKind::name; \
        static constexpr auto member = &Command::Body::name;   \
    };
ATWIRE_COMMANDS(ATWIRE_KIND_OF)
#undef ATWIRE_KIND_OF

/// The command's message if it is a `Message`, else nullptr.
template <class Message>
[[nodiscard]] constexpr const Message* get(const Command& command) noexcept {
    return command.kind == CommandKindOf<Message>::kind ? &(command.body.*CommandKindOf<Message>::member) : nullptr;
}

/// A command that holds `message`, as the encoder takes it.
template <class Message>
[[nodiscard]] constexpr Command command_of(const Message& message) noexcept {
    Command command;
    command.kind = CommandKindOf<Message>::kind;
    command.body.*CommandKindOf<Message>::member = message;
    return command;
}

/// Calls `visitor` with the command's message, by its type.
template <class Visitor>
constexpr decltype(auto) visit(const Command& command, Visitor&& visitor) {
    switch (command.kind) {
#define ATWIRE_VISIT(Message, name) \
    case CommandKind::name: return visitor(command.body.name);
        ATWIRE_COMMANDS(ATWIRE_VISIT)
#undef ATWIRE_VISIT
    }
    __builtin_unreachable();
}

}  // namespace atwire

#endif
