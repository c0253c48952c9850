#include "gate/timeline_json.hpp"

#include <algorithm>
#include <atwire/settings.hpp>

#include "report/page.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

/// The lane of a message: 0 of those without a socket; numbers beyond those of any dialect share the last.
std::size_t lane_key(const Message& message) {
    return message.socket ? 1 + std::min<std::size_t>(*message.socket, atwire::max_sockets) : 0;
}

std::string lane_name(std::size_t key) {
    if (key == 0) return "general";
    return key > atwire::max_sockets ? "other sockets" : "socket " + std::to_string(key - 1);
}

Json to_json(const Message& message, std::size_t lane) {
    Json json{{"lane", lane},
              {"line", message.place.line},
              {"offset", message.place.offset},
              {"wire", escape(message.wire)},
              {"name", message.name}};
    if (message.of_host) json["host"] = true;
    if (message.place.time) json["time"] = *message.place.time;
    if (message.length > message.wire.size()) json["length"] = message.length;
    if (!message.fields.empty()) json["fields"] = message.fields;
    if (!message.quirks.empty()) json["quirks"] = message.quirks;
    if (!message.doubts.empty()) json["doubts"] = message.doubts;
    return json;
}

bool has_time(const Message& message) { return message.place.time.has_value(); }

}  // namespace

Json to_json(const std::string& name, const Capture& capture, const Timeline& timeline, const FoundIn& found) {
    std::map<std::size_t, std::size_t> lanes;
    for (const Message& message : timeline.messages) lanes[lane_key(message)] = 0;
    Json names = Json::array(), messages = Json::array();
    for (auto& [key, lane] : lanes) {
        lane = names.size();
        names.push_back(lane_name(key));
    }
    for (const Message& message : timeline.messages) messages.push_back(to_json(message, lanes[lane_key(message)]));
    for (const auto& [message, all] : found) messages[message]["found"] = all;
    return {{"name", printable(name)},
            {"times", std::ranges::any_of(timeline.messages, has_time)},
            {"clock", capture.form != Form::transcript},
            {"before", timeline.before},
            {"behind", timeline.behind},
            {"lanes", names},
            {"messages", messages}};
}

}  // namespace conformance
