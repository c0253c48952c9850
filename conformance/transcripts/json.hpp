// Events as JSON objects, in both directions.
#ifndef CONFORMANCE_TRANSCRIPTS_JSON_HPP
#define CONFORMANCE_TRANSCRIPTS_JSON_HPP

#include <atwire/event.hpp>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>

namespace conformance {

using Json = nlohmann::ordered_json;

/// The fields that are there, by name, in the vocabulary's order.
[[nodiscard]] Json fields_to_json(const atwire::Event& event);
[[nodiscard]] Json to_json(atwire::Quirks quirks);
[[nodiscard]] Json to_json(atwire::Doubts doubts);
/// One line of `decode`: the event's name, its fields, `wire`, `quirks`, and `doubts` where there are any.
[[nodiscard]] Json to_json(const atwire::Event& event);

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

}  // namespace conformance

#endif
