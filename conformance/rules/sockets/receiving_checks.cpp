// The rules about what tells of data, and pushes it (bc65, bc26, ec200x).
#include <algorithm>
#include <cctype>

#include "rules/check.hpp"
#include "rules/sockets/sends.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using atwire::Quirk;
using atwire::Service;
using State = Socket::State;

// ── Received data ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The payload stands on the header's line.
bool is_inline(const HeardEvent& header) { return header.wire.ends_with(',') || header.wire.ends_with(",\""); }

void repeated_notice(const HeardEvent& notice, const Dialogue& dialogue, const Report& report) {
    const std::uint32_t socket = notice.message.body.data_available.socket;
    if (notice.message.doubts.has(atwire::Doubt::inferred)) return;
    const bool reading = std::ranges::any_of(dialogue.pending, [](const Exchange& one) { return one.name == "QIRD"; });
    if (!reading && dialogue.transfers[socket].noticed && access_mode_of(dialogue, socket).value_or(0) == 0)
        report(notice, "no notice before the buffer of connectID " + std::to_string(socket) + " was read empty");
}
/// The mode in which a listener accepts is a rule of its own.
bool accepted_so(const Dialogue& dialogue, std::uint32_t socket) {
    return dialogue.sockets[socket].incoming() != nullptr && !dialogue.transfers[socket].switched;
}
void pushed_in_buffer_mode(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    const auto& received = header.message.body.data_received;
    if (!received.socket || accepted_so(dialogue, *received.socket)) return;
    if (access_mode_of(dialogue, *received.socket) == 0u) report(header, "a notice without data, as the access mode is 0");
}
/// What directly follows a notice and is as long as it says.
void text_behind_notice(const HeardEvent& text, const Dialogue& dialogue, const Report& report) {
    const std::uint32_t socket = dialogue.transfers.noticed_now;
    if (text.message.wire.lead != 0 || text.wire.empty() || access_mode_of(dialogue, socket) != 0u) return;
    const auto& announced = dialogue.transfers[socket].node;
    if (announced && *announced == text.wire.size()) report(text, "a notice without data, as the access mode is 0");
}
void notice_in_direct_mode(const HeardEvent& notice, const Dialogue& dialogue, const Report& report) {
    if (access_mode_of(dialogue, notice.message.body.data_available.socket) == 1u)
        report(notice, "the data in the URC, as the access mode is 1", notice.wire.size());
}
void length_in_direct_mode(const HeardEvent& notice, const Dialogue& dialogue, const Report& report) {
    const auto& said = notice.message.body.data_available;
    if (!said.length && access_mode_of(dialogue, said.socket) == 1u)
        report(notice, "the length, as the access mode is 1", notice.wire.size());
}
template <atwire::Setting atwire::Settings::*shown>
void length_shown(const HeardEvent& notice, const Dialogue& dialogue, const Report& report) {
    const auto& said = notice.message.body.data_available;
    if (dialogue.settings.*shown == 1 && !said.length && access_mode_of(dialogue, said.socket).value_or(0) == 0)
        report(notice, "the length of the data, as it is to be shown", notice.wire.size());
}
void length_before_push(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* open = command.get<atwire::OpenSocket>();
    const auto* mode = command.get<atwire::SetAccessMode>();
    const bool pushes =
        (open != nullptr && open->access_mode && *open->access_mode == 1) || (mode != nullptr && mode->access_mode == 1);
    if (pushes && dialogue.settings.showlength == 0)
        report(command.command, "AT+QICFG=\"showlength\",1 before the direct push mode");
}

void peer_of_service(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    const auto& received = header.message.body.data_received;
    if (!received.address && received.socket && has_service(dialogue, *received.socket, {Service::udp_service}))
        report(header, "the sender's address and port, as it is a \"UDP SERVICE\"", header.wire.size());
}
/// A quote and a number behind the header, where the payload should stand on the next line.
void peer_of_others(const HeardEvent& piece, const Dialogue& dialogue, const Report& report) {
    const auto& payload = piece.message.body.payload;
    const Transfers::Body& body = dialogue.transfers.body;
    if (payload.offset != 0 || !body.in_line || dialogue.settings.viewmode != 0 || payload.data.size() < 2) return;
    const bool digit = std::isdigit(static_cast<unsigned char>(payload.data[1])) != 0;
    if (payload.data[0] == '"' && digit &&
        has_service(dialogue, body.socket, {Service::tcp, Service::udp, Service::tcp_incoming, Service::udp_incoming}))
        report(piece, "no sender's address, as it is no \"UDP SERVICE\"");
}
template <Kind kind>
void of_closed_socket(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const auto& body = line.message.body;
    const atwire::Maybe<std::uint32_t> socket = kind == Kind::data_available  ? body.data_available.socket
                                                : kind == Kind::buffer_full   ? body.buffer_full.socket
                                                : kind == Kind::data_received ? body.data_received.socket
                                                                              : body.peer_closed.socket;
    if (kind == Kind::peer_closed && dialogue.settings.close_mode == 1) return;  // it says that AT+QICLOSE has ended it
    const Socket& known = dialogue.sockets[socket.value_or(atwire::max_sockets)];
    const bool by_other_rules = known.end == Socket::End::released || known.end == Socket::End::failed;
    if (known.state == State::closed && !by_other_rules)
        report(line, "a socket that is open, not connectID " + std::to_string(*socket));
}

/// Of a header that a payload follows. An unframed one has no length.
bool is_misplaced(const HeardEvent& header, const Dialogue& dialogue, atwire::Setting viewmode) {
    const auto announced = atwire::announced(header.message);
    return dialogue.settings.viewmode == viewmode && (!announced.length || *announced.length != 0) &&
           is_inline(header) != (viewmode == 1);
}
template <atwire::Setting viewmode>
void data_placed(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    if (is_misplaced(header, dialogue, viewmode))
        report(header,
               viewmode == 1 ? "the data behind a comma, as viewmode is 1" : "the data on the next line, as viewmode is 0",
               header.wire.size());
}

void remaining_shown(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const atwire::DataRead& read = line.message.body.data_read;
    const atwire::Setting shown = dialogue.settings.showlength;
    if (read.length == 0 || shown == atwire::unset || read.remaining.there == (shown == 1)) return;
    report(line, shown == 1 ? "remaining_length, as showlength is 1" : "no remaining_length, as showlength is 0",
           line.wire.size());
}

// What was set last, and what shows it first.
void length_at_once(const HeardEvent& notice, const Dialogue& dialogue, const Report& report) {
    const auto& said = notice.message.body.data_available;
    if (dialogue.transfers.showlength_fresh && said.length.there != (dialogue.settings.showlength == 1))
        report(notice, "the length as showlength was set just before", notice.wire.size());
}
void read_at_once(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    if (dialogue.transfers.showlength_fresh) remaining_shown(header, dialogue, report);
    if (dialogue.transfers.viewmode_fresh && is_misplaced(header, dialogue, dialogue.settings.viewmode))
        report(header, "the data as viewmode was set just before", header.wire.size());
}
void push_at_once(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    if (dialogue.transfers.viewmode_fresh && is_misplaced(header, dialogue, dialogue.settings.viewmode))
        report(header, "the data as viewmode was set just before", header.wire.size());
}

/// More bytes than the header says: what follows the last of them isn't CR LF. Or fewer: the next line comes too early. A line of its
/// own in the payload is another rule.
template <Kind header>
void data_equals_length(const HeardEvent& next, const Dialogue& dialogue, const Report& report) {
    const Transfers::Body& body = dialogue.transfers.body;
    if (body.header != header) return;
    if (body.cut) report(next, "all of the payload that was announced before");
    if (body.complete && next.message.wire.lead == 0 && !body.line_inside && next.message.kind != Kind::unfinished)
        report(next, "CR LF behind the payload, of which this is more than was announced");
}
/// The payload has swallowed the result behind it.
void swallowed_result(const HeardEvent& end, const Dialogue& dialogue, const Report& report) {
    const Transfers::Body& body = dialogue.transfers.body;
    if (body.header == Kind::data_read && body.ok_swallowed())
        report(end, "as many bytes as the header says: OK stands among them");
}

void longest_urc(const HeardEvent& header, const Dialogue&, const Report& report) {
    constexpr std::uint64_t most = 1400;
    const atwire::DataReceived& push = header.message.body.data_received;
    if (!push.length || *push.length > most) return;  // the table says it
    const std::uint64_t payload = std::uint64_t{*push.length} * (push.encoding == atwire::Encoding::hex ? 2 : 1);
    const std::uint64_t all = header.wire.size() + payload + (is_inline(header) ? 0 : 2);
    if (all > most) report(header, "a URC of at most " + std::to_string(most) + " bytes, not " + std::to_string(all));
}

// ── AT+QISWTMD ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

void pushed_at_once(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    const auto& received = header.message.body.data_received;
    if (!received.socket) return;
    const Flow& flow = dialogue.transfers[*received.socket];
    if (flow.switch_fresh && flow.switched == 0u) report(header, "a notice, as AT+QISWTMD has set the access mode to 0");
}
void noticed_at_once(const HeardEvent& notice, const Dialogue& dialogue, const Report& report) {
    const Flow& flow = dialogue.transfers[notice.message.body.data_available.socket];
    if (flow.switch_fresh && flow.switched == 1u)
        report(notice, "the data in the URC, as AT+QISWTMD has set the access mode to 1", notice.wire.size());
}
void no_modes_read(const Exchange& command, const Dialogue&, const Report& report) {
    if (command.form != atwire::CommandForm::read) return;
    for (const auto& said : command.replies)
        if (said.wire.starts_with("+QISWTMD")) return report(said, "OK alone");
}
void ok_or_connect(const Exchange& command, const Dialogue&, const Report& report) {
    const auto* mode = command.get<atwire::SetAccessMode>();
    if (mode == nullptr || !command.succeeded()) return;
    const bool connected = (*command.result)->kind == Kind::connect;
    if (connected != (mode->access_mode == 2)) report(*command.result, connected ? "OK, not CONNECT" : "CONNECT, not OK");
}
void returns_by_qiswtmd(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* mode = command.get<atwire::SetAccessMode>();
    if (mode != nullptr && mode->access_mode == 2 && dialogue.transfers.left_pipe && (*command.result)->kind == Kind::ok)
        report(*command.result, "CONNECT, not OK");
}

constexpr Check checks[] = {
    {"qi.qird.data-equals-length", OnEvent{{}, data_equals_length<Kind::data_read>}},
    {"qi.qird.data-equals-length", OnEvent{Kind::truncated, swallowed_result}},
    {"qi.recv.no-new-urc-until-empty", OnEvent{Kind::data_available, repeated_notice}},
    {"qi.recv.buffer-mode-no-data", OnEvent{Kind::data_received, pushed_in_buffer_mode}},
    {"qi.recv.buffer-mode-no-data", OnEvent{Kind::text, text_behind_notice}},
    {"qi.recv.direct-mode-data", OnEvent{Kind::data_available, notice_in_direct_mode}},
    {"qi.recv.direct-length-equals-data", OnEvent{{}, data_equals_length<Kind::data_received>}},
    {"nb.recv.showlength-in-urc", OnEvent{Kind::data_available, length_shown<&atwire::Settings::showlength>}},
    {"nb.recv.showlength-in-urc", NoQuirk{Quirk::unexpected_length, Kind::data_available}},
    {"ec200x.recv.recvind-in-urc", OnEvent{Kind::data_available, length_shown<&atwire::Settings::recvind>}},
    {"ec200x.recv.recvind-in-urc", NoQuirk{Quirk::unexpected_length, Kind::data_available}},
    {"nb.qird.remaining-needs-showlength", OnEvent{Kind::data_read, remaining_shown}},
    {"bc26.recv.direct-length-always", OnEvent{Kind::data_available, length_in_direct_mode}},
    {"bc65.recv.direct-length-optional", OnCommand{"", length_before_push}},
    {"ec200x.recv.udp-service-peer", OnEvent{Kind::data_received, peer_of_service}},
    {"ec200x.recv.peer-udp-service-only", OnEvent{Kind::payload, peer_of_others}},
    {"qi.recv.only-open-sockets", OnEvent{Kind::data_available, of_closed_socket<Kind::data_available>}},
    {"qi.recv.only-open-sockets", OnEvent{Kind::data_received, of_closed_socket<Kind::data_received>}},
    {"qi.recv.only-open-sockets", OnEvent{Kind::buffer_full, of_closed_socket<Kind::buffer_full>}},
    {"qi.recv.only-open-sockets", OnEvent{Kind::peer_closed, of_closed_socket<Kind::peer_closed>}},
    {"qi.viewmode-0", OnEvent{Kind::data_read, data_placed<0>}},
    {"qi.viewmode-0", OnEvent{Kind::data_received, data_placed<0>}},
    {"qi.viewmode-1", OnEvent{Kind::data_read, data_placed<1>}},
    {"qi.viewmode-1", OnEvent{Kind::data_received, data_placed<1>}},
    {"bc26.urc.max-1400", FieldRange{Kind::data_received, "length"}},
    {"bc26.urc.max-1400", OnEvent{Kind::data_received, longest_urc}},
    {"bc26.command.immediate", OnEvent{Kind::data_available, length_at_once}},
    {"bc26.command.immediate", OnEvent{Kind::data_read, read_at_once}},
    {"bc26.command.immediate", OnEvent{Kind::data_received, push_at_once}},
    {"nb.qiswtmd.mrt-300ms", ResponseTime{"QISWTMD"}},
    {"qi.qiswtmd.switches-open-socket", OnEvent{Kind::data_received, pushed_at_once}},
    {"qi.qiswtmd.switches-open-socket", OnEvent{Kind::data_available, noticed_at_once}},
    {"bc65-ec200x.qiswtmd.immediate", OnEvent{Kind::data_received, pushed_at_once}},
    {"bc65-ec200x.qiswtmd.immediate", OnEvent{Kind::data_available, noticed_at_once}},
    {"nb.qiswtmd.read-ok-only", OnResult{"QISWTMD", no_modes_read}},
    {"ec200x.qiswtmd.ok-or-connect", OnResult{"QISWTMD", ok_or_connect}},
    {"ec200x.transparent.return-qiswtmd", OnResult{"QISWTMD", returns_by_qiswtmd}},
};

}  // namespace

extern const std::span<const Check> sockets_receiving_checks{checks};

}  // namespace conformance
