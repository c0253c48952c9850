#include "gate/writer.hpp"

#include <optional>
#include <stdexcept>

#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

bool says(const Json& object, const std::string& key, const Json& value) {
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

std::string sentence(const Json& object, const std::string& name, const atwire::Encoded& refused) {
    if (refused.field.empty()) return name + " " + std::string{describe(refused.refusal)};
    const std::string field{refused.field == "command" ? command_key : refused.field};
    std::string text = '"' + field + "\" of " + name;
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

Side side_of(const Json& object) {
    const bool command = object.is_object() && object.contains("command") && !object.contains("event");
    return command || (object.is_object() && says(object, "dir", "host")) ? Side::host : Side::module;
}

std::string EventWriter::write(const Json& object) {
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
    if (!written) throw std::invalid_argument{sentence(object, object["event"], written)};
    bytes.resize(written.length);
    return bytes;
}

std::string CommandWriter::spell(const Json& object, bool more) const {
    OwnedCommand owned;
    from_json(object, owned);
    owned.command.more = more;
    std::string bytes(256, '\0');
    atwire::Encoded written = encode(*dialect_, settings_, owned.command, bytes);
    if (written.refusal == atwire::Refusal::small_buffer) {
        bytes.resize(written.length);
        written = encode(*dialect_, settings_, owned.command, bytes);
    }
    if (!written) throw std::invalid_argument{sentence(object, object["command"], written)};
    bytes.resize(written.length);
    return bytes;
}

std::string CommandWriter::write(const Json& object) {
    const bool joined = says(object, "joined", 1);
    const std::string before = open_ && !joined ? "\r" : "";
    if (says(object, "command", framing)) {
        open_ = false;
        return before + bytes_at(object, "data").value_or("");
    }
    const std::string lead = bytes_at(object, "lead").value_or("");
    const auto line = bytes_at(object, "line");
    std::string own = line ? *line : spell(object, true);
    const bool data = says(object, "command", "send_data") || says(object, "command", "leave_data_mode");
    open_ = !line && !data;
    return before + lead + own;
}

std::string CommandWriter::end() {
    const std::string owed = open_ ? "\r" : "";
    open_ = false;
    return owed;
}

}  // namespace conformance
