// The rules about connections that a listener accepts, and about what nb modules have not (bc65, bc26, ec200x).
#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using State = Socket::State;

constexpr std::size_t incoming_caret = 19;  // of `+QIURC: "incoming",`

void free_id(const HeardEvent& incoming, const Dialogue& dialogue, const Report& report) {
    const std::uint32_t number = incoming.message.body.incoming.socket;
    const State state = dialogue.sockets[number].state;
    if (dialogue.both_sides && state != State::unknown && state != State::closed)
        report(incoming, "a free connectID, not " + std::to_string(number), incoming_caret);
}

void server_listens(const HeardEvent& incoming, const Dialogue& dialogue, const Report& report) {
    const Socket& server = dialogue.sockets[incoming.message.body.incoming.server];
    const bool listens = server.state == State::listening || (server.is_open() && server.service.empty());
    if (dialogue.both_sides && server.state != State::unknown && !listens)
        report(incoming, "the connectID of a listener, not " + std::to_string(incoming.message.body.incoming.server),
               incoming_caret + 2);
}

/// Data pushed on an accepted socket that nobody has switched.
void accepted_buffers(const HeardEvent& data, const Dialogue& dialogue, const Report& report) {
    const auto number = data.message.body.data_received.socket;
    if (!number) return;
    const Socket& socket = dialogue.sockets[*number];
    if (socket.incoming() != nullptr && socket.access_mode == 0u)
        report(data, "a notice without data: " + connect_id(*number) + " is in buffer mode");
}

void no_incoming(const HeardEvent& line, const Dialogue&, const Report& report) {
    const auto& [name, text] = line.message.body.information;
    if (name == "QIURC" && text.starts_with("\"incoming")) report(line, "no \"incoming\": there are no listeners", 8);
}

void no_pipe(const HeardEvent& line, const Dialogue&, const Report& report) {
    report(line, "no " + std::string{line.wire} + ": there is no transparent mode");
}

constexpr Check checks[] = {
    {"bc65.incoming.assigns-free-id", OnEvent{Kind::incoming, free_id}},
    {"ec200x.incoming.assigns-free-id", OnEvent{Kind::incoming, free_id}},
    {"bc65-ec200x.incoming.server-id", OnEvent{Kind::incoming, server_listens}},
    {"bc65.incoming.access-mode-buffer", OnEvent{Kind::data_received, accepted_buffers}},
    {"nb.no-transparent-mode", OnEvent{Kind::connect, no_pipe}},
    {"nb.no-transparent-mode", OnEvent{Kind::no_carrier, no_pipe}},
    {"bc26.no-incoming", OnEvent{Kind::information, no_incoming}},
};

}  // namespace

extern const std::span<const Check> sockets_incoming_checks{checks};

}  // namespace conformance
