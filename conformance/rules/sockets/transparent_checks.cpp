// The rules about transparent mode (ec200x).
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;

constexpr double silence = 1;

/// `+++` where the host means to leave: as a command, or as data that comes alone, since the silence was too short.
void silence_before(const Place& escape, const Dialogue& dialogue, const auto& at, const Report& report) {
    if (!dialogue.last_command || !dialogue.last_command->time || !escape.began) return;
    const double pause = *escape.began - *dialogue.last_command->time;
    if (pause >= 0 && pause < silence) report(at, "nothing for " + seconds(silence) + " before +++, not for " + seconds(pause));
}
void escape_too_soon(const Exchange& escape, const Dialogue& dialogue, const Report& report) {
    if (escape.get<atwire::LeaveDataMode>() != nullptr) silence_before(escape.command.place, dialogue, escape.command, report);
}
void lone_plus_too_soon(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.transparent == 1 && data.message.body.send_data.data == "+++")
        silence_before(data.place, dialogue, data, report);
}
void escape_too_slow(const Exchange& escape, const Dialogue&, const Report& report) {
    const Place& place = escape.command.place;
    if (escape.get<atwire::LeaveDataMode>() == nullptr || !place.began || !place.time) return;
    if (*place.time - *place.began > silence)
        report(escape.command, "+++ within " + seconds(silence) + ", not " + seconds(*place.time - *place.began));
}
void silence_after(const Place& place, const Dialogue& dialogue, const auto& at, const Report& report) {
    const auto& escaped = dialogue.transfers.escaped;
    if (!escaped || !escaped->time || !place.began) return;
    const double pause = *place.began - *escaped->time;
    if (pause >= 0 && pause < silence) report(at, "nothing for " + seconds(silence) + " behind +++, not for " + seconds(pause));
}
void command_after_escape(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    silence_after(command.command.place, dialogue, command.command, report);
}
void data_after_escape(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    silence_after(data.place, dialogue, data, report);
}

bool is_leaving(const Dialogue& dialogue) {
    return std::ranges::any_of(dialogue.pending, [](const Exchange& one) { return one.get<atwire::LeaveDataMode>() != nullptr; });
}
/// The command of the dialect that a piece of transparent data is, whole with its CR; nothing where it is none.
std::optional<std::string_view> command_in(const HeardCommand& data, const Dialogue& dialogue) {
    const std::string_view text = data.message.body.send_data.data;
    if (dialogue.settings.transparent != 1 || text.size() < 2 || (text[0] | 0x20) != 'a' || (text[1] | 0x20) != 't') return {};
    const std::string_view line = text.substr(0, text.find('\r'));
    if (line.size() == text.size()) return {};
    atwire::Pending read;
    if (!atwire::read_pending(dialogue.dialect.facts, line, read)) return {};
    if (line.size() == 2) return line;
    return read.command == atwire::Pending::unknown ? std::nullopt
                                                    : std::optional{dialogue.dialect.facts.commands[read.command].name};
}
void no_command_in_pipe(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    const auto command = command_in(data, dialogue);
    if (command && command != "QICLOSE" && !is_leaving(dialogue)) report(data, "+++ and OK before a command");
}
void waits_for_ok(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    if (is_leaving(dialogue) && command_in(data, dialogue)) report(data, "OK to +++ before a command");
}
void close_after_exit(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    if (command_in(data, dialogue) == "QICLOSE") report(data, "+++ and OK before AT+QICLOSE");
}

void left_to_buffer(const HeardEvent& row, const Dialogue& dialogue, const Report& report) {
    const atwire::SocketStatus& status = row.message.body.socket_status;
    if (dialogue.transfers.left_pipe && dialogue.sockets.pipe() == status.socket && !dialogue.transfers[status.socket].switched &&
        status.access_mode && *status.access_mode != 0)
        report(row, "access_mode 0 behind +++, not " + std::to_string(*status.access_mode));
}
void pushed_after_exit(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    const auto& socket = header.message.body.data_received.socket;
    if (dialogue.transfers.left_pipe && socket && dialogue.sockets.pipe() == *socket && !dialogue.transfers[*socket].switched)
        report(header, "a notice, as +++ leaves the socket in the buffer mode");
}
void resumed(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    if (command.get<atwire::ResumeDataMode>() != nullptr && dialogue.transfers.left_pipe &&
        (*command.result)->kind != Kind::connect)
        report(*command.result, "CONNECT, not " + command.result->wire);
}
void nothing_to_resume(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const Kind result = (*command.result)->kind;
    if (command.get<atwire::ResumeDataMode>() != nullptr && !dialogue.transfers.left_pipe && result != Kind::connect &&
        result != Kind::no_carrier)
        report(*command.result, "NO CARRIER, not " + command.result->wire);
}
void no_carrier(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const auto resumes = [](const Exchange& one) { return one.get<atwire::ResumeDataMode>() != nullptr; };
    if (dialogue.transfers.port == Transfers::Port::lines && std::ranges::none_of(dialogue.pending, resumes))
        report(line, "NO CARRIER only in transparent mode or to ATO");
}

constexpr Check checks[] = {
    {"ec200x.transparent.exit-silence-before", OnCommand{"", escape_too_soon}},
    {"ec200x.transparent.exit-silence-before", OnData{lone_plus_too_soon}},
    {"ec200x.transparent.exit-within-1s", OnCommand{"", escape_too_slow}},
    {"ec200x.transparent.exit-silence-after", OnCommand{"", command_after_escape}},
    {"ec200x.transparent.exit-silence-after", OnData{data_after_escape}},
    {"ec200x.transparent.exit-ok", OnData{waits_for_ok}},
    {"ec200x-a76xx.transparent.no-at", OnData{no_command_in_pipe}},
    {"ec200x.transparent.close-needs-exit", OnData{close_after_exit}},
    {"ec200x.transparent.exit-to-buffer", OnEvent{Kind::socket_status, left_to_buffer}},
    {"ec200x.transparent.exit-to-buffer", OnEvent{Kind::data_received, pushed_after_exit}},
    {"ec200x.transparent.return-ato", OnResult{"", resumed}},
    {"ec200x.transparent.ato-no-carrier", OnResult{"", nothing_to_resume}},
    {"ec200x.transparent.no-carrier-only-there", OnEvent{Kind::no_carrier, no_carrier}},
};

}  // namespace

extern const std::span<const Check> sockets_transparent_checks{checks};

}  // namespace conformance
