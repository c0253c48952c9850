#include "gate/printer.hpp"

#include <stdexcept>

#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

/// Whether the writer makes these bytes of the object. Only then it takes note of it.
bool writes(EventWriter& writer, const Json& object, std::string_view bytes) {
    EventWriter trial = writer;
    try {
        if (trial.write(object) != bytes) return false;
    } catch (const std::invalid_argument&) {
        return false;
    }
    writer = trial;
    return true;
}

void print(std::ostream& output, const Json& object) { output << object.dump(-1, ' ', true) << '\n'; }

}  // namespace

void JsonPrinter::event(const atwire::Event& event, std::string_view bytes) {
    Json object = to_json(event);
    const std::string_view lead = bytes.substr(0, event.wire.lead);
    if (lead != writer_.usual_lead(event.kind)) object["lead"] = to_utf8(lead);
    if (!writes(writer_, object, bytes)) {
        object["line"] = to_utf8(bytes.substr(lead.size()));
        writer_.write(object);
    }
    print(output_, object);
}

void JsonPrinter::command(const atwire::Command& command, std::string_view bytes) {
    Json object = to_json(command);
    const std::string_view lead = bytes.substr(0, command.wire.lead);
    const std::string_view own = bytes.substr(lead.size());
    if (!lead.empty()) object["lead"] = to_utf8(lead);
    std::string written;
    try {
        written = command_writer_.spell(object, command.more);
    } catch (const std::invalid_argument&) {
        object["line"] = to_utf8(own);
        return print(output_, object);
    }
    if (written != own) object["line"] = to_utf8(own);
    print(output_, object);
}

void JsonPrinter::framing(Side side, std::uint64_t offset, std::string_view bytes) {
    Json object = Json::object();
    if (side == Side::host) object["dir"] = "host";
    object[side == Side::host ? "command" : "event"] = conformance::framing;
    object["data"] = to_utf8(bytes);
    object["wire"] = {offset, bytes.size()};
    if (side == Side::module) object["quirks"] = Json::array();
    print(output_, object);
}

}  // namespace conformance
