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

void JsonPrinter::framing(std::uint64_t offset, std::string_view bytes) {
    print(
        output_,
        {{"event", conformance::framing}, {"data", to_utf8(bytes)}, {"wire", {offset, bytes.size()}}, {"quirks", Json::array()}});
}

}  // namespace conformance
