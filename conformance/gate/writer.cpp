#include "gate/writer.hpp"

#include <optional>
#include <stdexcept>

#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

bool says(const Json& object, const std::string& key, std::string_view value) {
    const auto place = object.find(key);
    return place != object.end() && *place == value;
}

/// The bytes of a string beside the event's fields; nothing where it isn't there.
std::optional<std::string> bytes_at(const Json& object, const std::string& key) {
    const auto place = object.find(key);
    if (place == object.end()) return std::nullopt;
    if (!place->is_string()) throw std::invalid_argument{'"' + key + "\" is no string"};
    auto bytes = from_utf8(place->get_ref<const std::string&>());
    if (!bytes) throw std::invalid_argument{'"' + key + "\" holds a code point above U+00FF"};
    return bytes;
}

/// A value as a message shows it: not the whole of a long one.
std::string shown(const Json& value) {
    constexpr std::size_t most = 60;
    const std::string text = value.dump(-1, ' ', true);
    return text.size() <= most ? text : text.substr(0, most) + "…";
}

std::string sentence(const Json& object, const atwire::Encoded& refused) {
    const auto event = object["event"].get<std::string>();
    if (refused.field.empty()) return event + " " + std::string{describe(refused.refusal)};
    const std::string field{refused.field};
    std::string text = '"' + field + "\" of " + event;
    const auto value = object.find(field);
    if (refused.refusal == atwire::Refusal::out_of_range) {
        const bool length = value != object.end() && value->is_string();
        return text + (length ? " has a length of " : " is ") + std::to_string(refused.value) + ", documented is " +
               std::to_string(refused.minimum) + " to " + std::to_string(refused.maximum);
    }
    if (value != object.end()) text += ", " + shown(*value) + ",";
    return text + " " + std::string{describe(refused.refusal)};
}

}  // namespace

std::string EventWriter::write(const Json& object) {
    if (says(object, "dir", "host")) throw std::invalid_argument{R"(commands ("dir":"host") can't be encoded yet, only events)"};
    if (says(object, "event", framing)) return bytes_at(object, "data").value_or("");
    OwnedEvent owned;
    from_json(object, owned);
    const atwire::Event& event = owned.event;
    const auto line = bytes_at(object, "line");
    const std::string lead = bytes_at(object, "lead").value_or(std::string{usual_lead(event.kind)});
    if (line) {
        encoder_.passed(settings_, event);
        return lead + *line;
    }
    std::string bytes(lead.size() + 256, '\0');
    atwire::Encoded written = encoder_.encode(settings_, event, lead, bytes);
    if (written.refusal == atwire::Refusal::small_buffer) {
        bytes.resize(written.length);
        written = encoder_.encode(settings_, event, lead, bytes);
    }
    if (!written) throw std::invalid_argument{sentence(object, written)};
    bytes.resize(written.length);
    return bytes;
}

}  // namespace conformance
