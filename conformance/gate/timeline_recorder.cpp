#include "gate/timeline_recorder.hpp"

#include <algorithm>

#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

using atwire::Kind;

/// Characters of a field's JSON.
constexpr std::size_t most_text = 200;

/// Whether the event belongs to the last command, whatever it is about.
bool is_answer(Kind kind) {
    switch (kind) {
        case Kind::prompt:
        case Kind::send_ok:
        case Kind::send_fail:
        case Kind::close_ok:
        case Kind::echo:
        case Kind::data_echo:
        case Kind::send_totals:
        case Kind::receive_totals: return true;
        default: return atwire::is_final_result(kind);
    }
}

std::optional<std::uint32_t> socket_in(const Json& fields) {
    const auto socket = fields.find("socket");
    return socket == fields.end() ? std::nullopt : std::optional{socket->get<std::uint32_t>()};
}

/// The fields without a text that is the whole wire; of a long one the beginning of its JSON.
Json shortened(Json fields, std::string_view wire) {
    const std::string whole = to_utf8(wire);
    for (auto field = fields.begin(); field != fields.end();) {
        if (!field->is_string() || *field != whole) {
            ++field;
            continue;
        }
        field = fields.erase(field);
    }
    for (Json& field : fields)
        if (std::string text = field.dump(-1, ' ', true); text.size() > most_text) field = text.substr(0, most_text) + "...";
    return fields;
}

template <class What>
Message message_of(bool of_host, const Heard<What>& heard, const Json& fields) {
    return {.of_host = of_host,
            .place = heard.place,
            .wire = std::string{heard.wire.substr(0, Message::most_wire)},
            .length = heard.wire.size(),
            .name = name(heard.message.kind),
            .fields = shortened(fields, heard.wire)};
}

}  // namespace

void TimelineRecorder::found() {
    if (found_) return;
    found_ = true;
    while (timeline_.messages.size() > std::max<std::size_t>(most_ / 2, 1)) {
        timeline_.messages.pop_front();
        ++timeline_.before;
    }
}

void TimelineRecorder::counted(const Finding& finding) {
    found();
    if (timeline_.counted.size() == most_) return;
    timeline_.counted.push_back(
        {.rule = finding.rule, .place = finding.place, .wire = finding.wire.substr(0, Message::most_wire)});
}

void TimelineRecorder::keep(Message message) {
    if (timeline_.messages.size() == most_) {
        timeline_.messages.pop_front();
        ++timeline_.before;
    }
    timeline_.messages.push_back(std::move(message));
}

bool TimelineRecorder::passes() {
    const bool full = found_ && timeline_.messages.size() == most_;
    if (full) ++timeline_.behind;
    return full;
}

void TimelineRecorder::heard(const HeardEvent& event) {
    if (passes()) return;
    const Json fields = fields_to_json(event.message);
    Message message = message_of(false, event, fields);
    message.socket = socket_in(fields);
    const Kind kind = event.message.kind;
    if (kind == Kind::payload || kind == Kind::truncated)
        message.socket = payload_socket_;
    else if (!message.socket && is_answer(kind))
        message.socket = command_socket_;
    else if (!is_answer(kind))
        payload_socket_ = message.socket;
    message.quirks = to_json(event.message.quirks);
    message.doubts = to_json(event.message.doubts);
    keep(std::move(message));
}

void TimelineRecorder::heard(const HeardCommand& command) {
    if (passes()) return;
    const Json fields = fields_to_json(command.message);
    Message message = message_of(true, command, fields);
    message.socket = socket_in(fields);
    if (command.message.kind == atwire::CommandKind::send_data)
        message.socket = command_socket_;
    else
        command_socket_ = message.socket;
    keep(std::move(message));
}

}  // namespace conformance
