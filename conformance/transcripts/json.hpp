// Events and commands as JSON objects, and back.
#ifndef CONFORMANCE_TRANSCRIPTS_JSON_HPP
#define CONFORMANCE_TRANSCRIPTS_JSON_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>

namespace conformance {

using Json = nlohmann::ordered_json;

/// The fields that are there, by name, in the vocabulary's order.
[[nodiscard]] Json fields_to_json(const atwire::Event& event);
/// The same of a command, with `joined` where it is; an empty list of values is left out.
[[nodiscard]] Json fields_to_json(const atwire::Command& command);
[[nodiscard]] Json to_json(atwire::Quirks quirks);
[[nodiscard]] Json to_json(atwire::Doubts doubts);
/// One line of `decode`: the event's name, its fields, `wire`, `quirks`, and `doubts` where there are any.
[[nodiscard]] Json to_json(const atwire::Event& event);

/// In a command's object "command" says which it is, and this key the name of the command that it is about:
///   {"dir":"host","command":"read","at":"QISTATE","wire":[0,12]}
inline constexpr std::string_view command_key = "at";
[[nodiscard]] Json to_json(const atwire::Command& command);
/// The same of its name and of fields as `=` lines have them.
[[nodiscard]] Json command_object(std::string_view name, const Json& fields);

/// An event that owns its strings. It moves and isn't copied: its views point into them.
struct OwnedEvent {
    OwnedEvent() = default;
    OwnedEvent(OwnedEvent&&) = default;
    OwnedEvent& operator=(OwnedEvent&&) = default;

    atwire::Event event;
    std::deque<std::string> strings;
};
/// Reads an object's "event", its fields and its quirks; other keys are left alone. Throws std::invalid_argument with a sentence
/// that names the field.
void from_json(const Json& object, OwnedEvent& owned);

struct OwnedCommand {
    OwnedCommand() = default;
    OwnedCommand(OwnedCommand&&) = default;
    OwnedCommand& operator=(OwnedCommand&&) = default;

    atwire::Command command;
    std::deque<std::string> strings;
};
/// Reads an object's "command", its fields and `joined`, as the other one does.
void from_json(const Json& object, OwnedCommand& owned);

}  // namespace conformance

#endif
