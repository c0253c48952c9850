// The rules that every manual has: one result for each command, whole payloads, prompts that something waits for.
#include <algorithm>

#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;

/// A result that no command waits for. Not where the capture may have begun behind its command.
void unasked_result(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    if (dialogue.both_sides && dialogue.last && dialogue.pending.empty())
        report(result, "a result only where a command waits for one");
}

void missing_result(const HeardEvent& reply, const Dialogue& dialogue, const Report& report) {
    if (dialogue.missed(reply) != 0) report(dialogue.pending.front().command, "a result before the reply to the next command");
}

/// Whether the command may be answered by a prompt: it has no data of its own, and asks for no totals.
bool awaits_data(const Exchange& command) {
    if (const auto* send = command.get<atwire::Send>()) return !send->data && send->length != atwire::Maybe<std::uint32_t>{0};
    if (const auto* send = command.get<atwire::SendHex>()) return !send->data;
    if (command.facts == nullptr) return command.get<atwire::Raw>() != nullptr;  // other specifications have some: AT+CMGS
    return command.facts->sends;
}

void unasked_prompt(const HeardEvent& prompt, const Dialogue& dialogue, const Report& report) {
    if (!dialogue.both_sides || !dialogue.last || !is_prompt(prompt.wire)) return;
    if (std::ranges::none_of(dialogue.pending, awaits_data)) report(prompt, "> only where a command that sends data waits");
}

/// What another line has displaced from a payload stands behind it.
void line_in_payload(const HeardEvent& rest, const Dialogue& dialogue, const Report& report) {
    const Transfers::Body& body = dialogue.transfers.body;
    if (body.complete && body.line_inside && rest.message.wire.lead == 0)
        report(rest, "no other line within a payload, of whose bytes these are left over");
}

constexpr Check checks[] = {
    {"all.dialogue.one-final-result", OnEvent{Kind::ok, unasked_result}},
    {"all.dialogue.one-final-result", OnEvent{Kind::error, unasked_result}},
    {"all.dialogue.one-final-result", OnEvent{Kind::cme_error, unasked_result}},
    {"all.dialogue.one-final-result", OnEvent{Kind::cms_error, unasked_result}},
    {"all.dialogue.one-final-result", OnEvent{{}, missing_result}},
    {"all.payload.contiguous", OnEvent{Kind::text, line_in_payload}},
    {"all.payload.contiguous", OnEvent{Kind::malformed, line_in_payload}},
    {"all.payload.contiguous", OnEvent{Kind::information, line_in_payload}},
    {"all.prompt.only-when-pending", OnEvent{Kind::prompt, unasked_prompt}},
    {"all.prompt.only-when-pending", OnEvent{Kind::text, unasked_prompt}},
    {"all.prompt.only-when-pending", OnEvent{Kind::unfinished, unasked_prompt}},
};

}  // namespace

extern const std::span<const Check> general_dialogues_checks{checks};

}  // namespace conformance
