// The rules about data that is pushed (a76xx).
#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;

bool is_notice(const HeardEvent& source) { return source.wire.starts_with("+CIPRXGETIP"); }

void default_is_push(const HeardEvent& notice, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.fresh) report(notice, "data pushed, since AT+CIPRXGET was not set behind the start");
}
void default_mode(const HeardEvent& option, const Dialogue& dialogue, const Report& report) {
    const auto& told = option.message.body.option;
    if (told.command == "CIPRXGET" && dialogue.links.fresh && told.values.begin()->integer != 0)
        report(option, "0, the default, not " + std::string{told.values.text}, place_of(option.wire, 0));
}

/// Another peer line where the header of the one before was to come.
void source_then_header(const HeardEvent& source, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.source && dialogue.settings.ciphead == 1 && !is_notice(source)) report(source, "+IPD<n> behind RECV FROM");
}
void header_is_off(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.ciphead == 0) report(header, "no length before pushed data, since CIPHEAD is 0");
}
void header_is_on(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.ciphead == 1 && dialogue.links.source && dialogue.links.previous == Kind::data_source)
        report(line, "a length before pushed data, since CIPHEAD is 1");
}
void source_is_off(const HeardEvent& source, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.cipsrip == 0 && !is_notice(source)) report(source, "no RECV FROM, since CIPSRIP is 0");
}
void source_is_on(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.cipsrip == 1 && !dialogue.links.source)
        report(header, "RECV FROM before pushed data, since CIPSRIP is 1");
}
void header_type(const HeardEvent& header, const Dialogue& dialogue, const Report& report) {
    const bool names_link = !!header.message.body.data_received.socket;
    if (dialogue.settings.headertype == 0 && names_link) report(header, "+IPD<n>, since HeaderType is 0");
    if (dialogue.settings.headertype == 1 && !names_link) report(header, "+RECEIVE,<link>,<n>, since HeaderType is 1");
}

/// Whether the peer may be one of a link, or can't be told.
void known_peer(const HeardEvent& source, const Dialogue& dialogue, const Report& report) {
    const auto& peer = source.message.body.data_source;
    for (const Link& link : dialogue.links.link) {
        if (!link.open) return;
        if (!link.is_open()) continue;
        if (link.service != "TCP" || link.address.empty() || !link.port) return;
        if (link.address == peer.address && *link.port == peer.port) return;
    }
    report(source, "the peer of an open link, not " + std::string{peer.address} + ":" + std::to_string(peer.port),
           place_of(source.wire, 0));
}

void buffered_only(const HeardEvent& pushed, const Dialogue& dialogue, const Report& report) {
    if (dialogue.settings.ciprxget == 1 && !is_notice(pushed)) report(pushed, "+CIPRXGET: 1,<link> alone, since CIPRXGET is 1");
}

/// Where the line behind a payload doesn't begin with its CRLF, the length counts too many or too few.
template <Links::Payload of>
void payload_end(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (dialogue.links.ended != of || !dialogue.framing) return;
    const Kind kind = event.message.kind;
    if (kind == Kind::echo || kind == Kind::data_echo || kind == Kind::payload) return;
    const auto& quirks = event.message.quirks;
    if (event.message.wire.lead == 0 || quirks.has(atwire::Quirk::no_blank_line) || quirks.has(atwire::Quirk::odd_framing))
        report(event, of == Links::Payload::pushed ? "CR LF behind a payload as long as +IPD says"
                                                   : "CR LF behind a payload as long as +CIPRXGET says");
}

void head_for_push(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* option = command.get<atwire::SetOption>();
    if (option != nullptr && option->values.begin()->integer == 0 && dialogue.settings.ciprxget == 0)
        report(command.command, "CIPHEAD 1, since data is pushed", place_of(command.command.wire, 0));
}

constexpr Check checks[] = {
    {"a76xx.receive.default-direct-push", OnEvent{Kind::data_available, default_is_push}},
    {"a76xx.receive.default-direct-push", OnEvent{Kind::option, default_mode}},
    {"a76xx.receive.push-format", OnEvent{Kind::data_source, source_then_header}},
    {"a76xx.receive.push-length", OnEvent{{}, payload_end<Links::Payload::pushed>}},
    {"a76xx.receive.push-max-1500", FieldRange{Kind::data_received, "length"}},
    {"a76xx.receive.ciphead", OnEvent{Kind::data_received, header_is_off}},
    {"a76xx.receive.ciphead", OnEvent{Kind::text, header_is_on}},
    {"a76xx.receive.ciphead-on", OnCommand{"CIPHEAD", head_for_push}},
    {"a76xx.receive.cipsrip", OnEvent{Kind::data_source, source_is_off}},
    {"a76xx.receive.cipsrip", OnEvent{Kind::data_received, source_is_on}},
    {"a76xx.receive.headertype", OnEvent{Kind::data_received, header_type}},
    {"a76xx.receive.peer-is-known", OnEvent{Kind::data_source, known_peer}},
    {"a76xx.ciprxget.buffer-notice", OnEvent{Kind::data_source, buffered_only}},
    {"a76xx.ciprxget.buffer-notice", OnEvent{Kind::data_received, buffered_only}},
    {"a76xx.ciprxget.data-length", OnEvent{{}, payload_end<Links::Payload::read>}},
};

}  // namespace

extern const std::span<const Check> links_receiving_checks{checks};

}  // namespace conformance
