// The rules about AT+QIRD (bc65, bc26, ec200x).
#include <algorithm>

#include "rules/check.hpp"
#include "rules/sockets/sends.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using atwire::Service;
using State = Socket::State;

void at_most_asked(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const atwire::ReadData* asked = next_read(dialogue);
    const std::uint32_t length = line.message.body.data_read.length;
    if (asked != nullptr && asked->length && *asked->length != 0 && length > *asked->length)
        report(line, "at most the " + std::to_string(*asked->length) + " bytes asked for, not " + std::to_string(length));
}
void empty_is_zero(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* read = command.get<atwire::ReadData>();
    if (read == nullptr || asks_received(command)) return;
    const bool open = dialogue.sockets[read->socket].is_open();
    if (!command.succeeded() && open && dialogue.transfers[read->socket].empty)
        report(*command.result, "+QIRD: 0 and OK, as nothing is buffered, not " + command.result->wire);
    if (command.succeeded() && !command.command->joined && !command.command->more &&
        std::ranges::all_of(command.replies, [](const auto& said) { return !said.wire.starts_with("+QIRD"); }))
        report(*command.result, "+QIRD: before OK");
}
void zero_reads_nothing(const Exchange& query, const Dialogue&, const Report& report) {
    if (!asks_received(query) || !query.succeeded()) return;
    if (query.reply(Kind::receive_totals) == nullptr && query.reply(Kind::malformed) == nullptr)
        report(*query.result, "+QIRD: and three totals before " + query.result->wire);
}
template <bool totals>
void read_unopened(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* read = command.get<atwire::ReadData>();
    if (read != nullptr && totals == asks_received(command).has_value() && command.succeeded() &&
        dialogue.sockets[read->socket].state == State::closed)
        not_refused(command, report, read->socket, "not open");
}
void query_unopened(const Exchange& query, const Dialogue& dialogue, const Report& report) {
    if (const auto socket = asks_sent(query); socket && query.succeeded() && dialogue.sockets[*socket].state == State::closed)
        not_refused(query, report, *socket, "not open");
}
void reads_of_service(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* read = command.get<atwire::ReadData>();
    if (read == nullptr || asks_received(command)) return;
    if (has_service(dialogue, read->socket, {Service::tcp_listener}))
        report(command.command, "no read, as connectID " + std::to_string(read->socket) + " is a \"TCP LISTENER\"");
    else if (!has_service(dialogue, read->socket, {Service::udp_service}))
        return;
    else if (!dialogue.is("ec200x"))
        report(command.command, "no read, as connectID " + std::to_string(read->socket) + " is a \"UDP SERVICE\"");
    else if (read->length)
        report(command.command, "no read_length, as connectID " + std::to_string(read->socket) + " is a \"UDP SERVICE\"");
}

void received_add_up(const HeardEvent& line, const Dialogue&, const Report& report) {
    const auto& [total, read, unread] = line.message.body.receive_totals;
    if (total != std::uint64_t{read} + unread)
        report(line, "received = read + unread, not " + std::to_string(total) + " = " + std::to_string(read) + " + " +
                         std::to_string(unread));
}
void received_monotonic(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const auto& [total, read, unread] = line.message.body.receive_totals;
    const atwire::ReadData* asked = next_read(dialogue);
    if (asked == nullptr) return;
    const auto& before = dialogue.transfers[asked->socket].receive_totals;
    if (before && (total < before->total || read < before->read))
        report(line, "at least " + std::to_string(before->total) + " received and " + std::to_string(before->read) +
                         " read, as before");
}
void received_sum(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const auto& [total, read, unread] = line.message.body.receive_totals;
    const atwire::ReadData* asked = next_read(dialogue);
    if (asked == nullptr) return;
    const Flow& flow = dialogue.transfers[asked->socket];
    if (flow.read_total && read > *flow.read_total && read != *flow.read_total + flow.read)
        report(line, std::to_string(*flow.read_total + flow.read) + " bytes read, not " + std::to_string(read));
    else if (flow.read_total && read == *flow.read_total && flow.read != 0)
        report(line, std::to_string(*flow.read_total + flow.read) + " bytes read, not " + std::to_string(read));
    else if (flow.empty && unread != 0)
        report(line, "0 unread bytes behind +QIRD: 0, not " + std::to_string(unread));
}

void read_plus_rest(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    const atwire::DataRead& read = line.message.body.data_read;
    const atwire::ReadData* asked = next_read(dialogue);
    if (asked == nullptr || !read.remaining || read.length == 0) return;
    const auto& node = dialogue.transfers[asked->socket].node;
    if (node && std::uint64_t{read.length} + *read.remaining != *node)
        report(line, std::to_string(*node) + " bytes read and remaining, not " + std::to_string(read.length) + " and " +
                         std::to_string(*read.remaining));
}

// What the host leaves unread when it closes.
template <bool Flow::*left>
void closes_unread(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* close = command.get<atwire::CloseSocket>();
    if (close != nullptr && dialogue.transfers[close->socket].*left)
        report(command.command, "AT+QIRD=" + std::to_string(close->socket) + " until +QIRD: 0 before the close");
}

constexpr Check checks[] = {
    {"ec200x.qisend.query-unopened-error", OnResult{"QISEND", query_unopened}},
    {"nb.qird.mrt-300ms", ResponseTime{"QIRD"}},
    {"bc65.qird.length-range", ParameterRange{"QIRD", "read_length"}},
    {"bc26.qird.length-range", ParameterRange{"QIRD", "read_length"}},
    {"ec200x.qird.length-range", ParameterRange{"QIRD", "read_length"}},
    {"qi.qird.read-at-most-asked", OnEvent{Kind::data_read, at_most_asked}},
    {"qi.qird.zero-when-empty", OnResult{"QIRD", empty_is_zero}},
    {"ec200x.qird.error-unopened", OnResult{"QIRD", read_unopened<false>}},
    {"ec200x.qird.query-unopened-error", OnResult{"QIRD", read_unopened<true>}},
    {"bc65.qird.service-types", OnCommand{"QIRD", reads_of_service}},
    {"ec200x.qird.service-types-plain", OnCommand{"QIRD", reads_of_service}},
    {"ec200x.qird.zero-is-query", OnResult{"QIRD", zero_reads_nothing}},
    {"ec200x.qird.totals-add-up", OnEvent{Kind::receive_totals, received_add_up}},
    {"ec200x.qird.totals-monotonic", OnEvent{Kind::receive_totals, received_monotonic}},
    {"ec200x.qird.totals-sum", OnEvent{Kind::receive_totals, received_sum}},
    {"nb.qird.announced-is-read-plus-rest", OnEvent{Kind::data_read, read_plus_rest}},
    {"nb.qird.remaining-one-node", OnCommand{"QICLOSE", closes_unread<&Flow::node_ended>}},
    {"qi.qird.drain-until-zero", OnCommand{"QICLOSE", closes_unread<&Flow::unread>}},
    {"nb.recv.buff-full-read", OnCommand{"QICLOSE", closes_unread<&Flow::full>}},
};

}  // namespace

extern const std::span<const Check> sockets_reading_checks{checks};

}  // namespace conformance
