#include "rules/services/startup.hpp"

#include <algorithm>

#include "rules/dialogue.hpp"
#include "rules/wire.hpp"

namespace conformance {
namespace {

using atwire::Kind;

bool asked(const Dialogue& dialogue, std::string_view line) {
    return std::ranges::any_of(dialogue.pending, [line](const Exchange& one) { return begins(one.command.wire, line); });
}

}  // namespace

void Startup::heard(const HeardCommand& command, const Dialogue&) {
    const auto kind = command.message.kind;
    gone_on |= kind == atwire::CommandKind::activate_context || kind == atwire::CommandKind::open_socket;
}

void Startup::heard(const HeardEvent& event, const Dialogue& dialogue) {
    const auto& body = event.message.body;
    switch (event.message.kind) {
        case Kind::information: return informed(event, dialogue);
        case Kind::local_address:
            has_address = body.local_address.address != "0.0.0.0" && !body.local_address.address.empty();
            if (body.local_address.context) addressed(*body.local_address.context, body.local_address.address);
            return;
        case Kind::context_status:
            if (body.context_status.state == 1 && body.context_status.address)
                addressed(body.context_status.context, *body.context_status.address);
            return;
        case Kind::context_lost: return addressed(body.context_lost.context, {});
        default: return;
    }
}

/// `+CREG: 1` comes unasked, `+CREG: 0,1` answers AT+CREG?.
void Startup::informed(const HeardEvent& event, const Dialogue& dialogue) {
    const auto& [name, text] = event.message.body.information;
    if (name == "CPIN" && text != "NOT READY" && text != "NOT INSERTED") {
        if (!sim_ready) sim_ready = event.place;
        sim_asked.reset();
    }
    if (name == "CGATT") attached = number_at(atwire::Values{text}, 0) == 1;
    if (name == "CGACT" && activated != true) activated = number_at(atwire::Values{text}, 1) == 1;
    constexpr std::string_view names[] = {"CREG", "CGREG", "CEREG"};
    for (std::uint8_t i = 0; i < networks; ++i) {
        if (name != names[i]) continue;
        const bool answer = asked(dialogue, "AT+" + std::string{name} + "?");
        stat[i] = number_at(atwire::Values{text}, answer ? 1 : 0);
        if (is_registered(Network{i})) sim_asked.reset();
        was_registered |= is_registered(circuit_switched);
        if (is_registered(packet_switched) || is_registered(eps))
            unregistered.reset();
        else if (answer && i != circuit_switched && !unregistered)
            unregistered = event.place;
    }
}

void Startup::addressed(std::uint32_t context, std::string_view address) {
    if (context < addresses.size()) addresses[context] = address;
}

void Startup::finished(const Exchange& exchange, const Dialogue&) {
    if (const auto* context = exchange.get<atwire::DeactivateContext>(); context != nullptr && exchange.succeeded())
        addressed(context->context, {});
    if (exchange.facts != nullptr) return;
    if (begins(exchange.command.wire, "AT+CPIN?") && !exchange.succeeded() && !sim_asked) sim_asked = exchange.command.place;
    if (begins(exchange.command.wire, "AT+CGACT=") && exchange.succeeded())
        activated = number_at(values_of(exchange.command.wire), 0) == 1;
}

}  // namespace conformance
