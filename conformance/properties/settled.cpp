#include "properties/settled.hpp"

namespace conformance {

using namespace atwire;

namespace {

Setting given(const Dialect& dialect, const Settings& settings, Setting Settings::*which) {
    return settings.*which != unset ? settings.*which : dialect.decoding.defaults.*which;
}

Setting access_mode(const Dialect& dialect, const Settings& settings, std::uint32_t socket) {
    const Setting mode = settings.access_mode[socket];
    return mode != unset ? mode : dialect.decoding.defaults.access_mode[0];
}

const Pending* oldest(const Settings& settings) { return settings.pending_count != 0 ? &settings.pending[0] : nullptr; }

const Form* other_reading(const Form& form, const Dialect& dialect) {
    for (const Form& other : dialect.facts.forms)
        if (other.production == form.other) return &other;
    return nullptr;
}

bool hides_length(const Dialect& dialect, const Settings& settings) {
    return dialect.decoding.shown_length != nullptr && settings.*dialect.decoding.shown_length == 0;
}

/// Row "payload of n bytes, or 2n hex digits".
Encoding by_dataformat(const Form& form, const Dialect& dialect, const Settings& settings) {
    const bool hex = form.spelled == Spelled::hex ||
                     (form.spelled == Spelled::dataformat && given(dialect, settings, &Settings::dataformat) == 1);
    return hex ? Encoding::hex : Encoding::raw;
}

/// Rows `+QIURC: "recv",0,12` CRLF, and the same in buffer mode under showlength or recvind.
bool settle_notice(const Form& form, const Dialect& dialect, const Settings& settings, DataAvailable& notice) {
    if (form.settle != Settle::access_mode) return true;
    const bool direct = access_mode(dialect, settings, notice.socket) == 1;
    if (direct || hides_length(dialect, settings)) notice.length = {};
    return !direct || other_reading(form, dialect)->body != Body::viewmode_unframed;
}

/// Row `"recv",2,4,"10.7.76.34",7687`: whether payload begins behind the comma, or the peer of a UDP service.
bool payload_begins(const Dialect& dialect, const Settings& settings, Service service) {
    if (service != Service::unknown) return service != Service::udp_service;
    return given(dialect, settings, &Settings::viewmode) == 1;
}

/// The oldest pending command of that name: others may stand before it on its line.
const Pending* oldest_of(const Dialect& dialect, const Settings& settings, std::string_view name) {
    for (std::size_t i = 0; i < settings.pending_count; ++i)
        if (const Pending& one = settings.pending[i];
            one.command != Pending::unknown && dialect.facts.commands[one.command].name == name)
            return &one;
    return nullptr;
}

/// Row `+QIRD: 5,12,34`: the same, or totals.
bool read_payload_begins(const Dialect& dialect, const Settings& settings) {
    const Pending* pending = oldest_of(dialect, settings, "QIRD");
    if (pending == nullptr) return payload_begins(dialect, settings, Service::unknown);
    const auto [socket, length] = pending->parameters;
    if (length == 0) return false;
    return payload_begins(dialect, settings, socket < max_sockets ? settings.service[socket] : Service::unknown);
}

/// Row `+QIURC: "recv",0,` on bc65: whether payload without a length begins behind the comma.
bool unframed_begins(const Dialect& dialect, const Settings& settings, std::uint32_t socket) {
    for (const Form& form : dialect.facts.forms)
        if (form.body == Body::viewmode_unframed)
            return access_mode(dialect, settings, socket) == 1 && given(dialect, settings, &Settings::viewmode) == 1 &&
                   given(dialect, settings, &Settings::showlength) == 0;
    return false;
}

bool has_peers(const Dialect& dialect) {
    for (const Form& form : dialect.facts.forms)
        if (form.production == "data_received_from") return true;
    return false;
}

/// A header of pushed data, with its length or, on bc65, without.
bool settle_push(const Form& form, const Dialect& dialect, const Settings& settings, DataReceived& push) {
    push.encoding = by_dataformat(form, dialect, settings);
    if (!push.socket) return true;
    const bool is_inline = given(dialect, settings, &Settings::viewmode) == 1;
    const bool direct = access_mode(dialect, settings, *push.socket) == 1;
    if (form.body == Body::viewmode_quoted) return is_inline || direct;
    if (push.address) return !payload_begins(dialect, settings, settings.service[*push.socket]);
    if (form.body == Body::viewmode_unframed) {
        const bool unframed_inline = unframed_begins(dialect, settings, *push.socket);
        if (hides_length(dialect, settings) || unframed_inline) push.length = {};
        if (!push.length) return direct && (!is_inline || unframed_inline);
        return is_inline || direct;
    }
    if (!is_inline) return direct;
    return !has_peers(dialect) || payload_begins(dialect, settings, settings.service[*push.socket]);
}

bool settle_read(Dice& dice, const Form& form, const Dialect& dialect, const Settings& settings, DataRead& read) {
    const Pending* pending = oldest_of(dialect, settings, form.command);
    if (pending != nullptr && pending->parameters[0] != Pending::absent) read.socket = std::uint32_t{pending->parameters[0]};
    read.encoding = read.length != 0 ? by_dataformat(form, dialect, settings) : Encoding::raw;
    if (form.body != Body::viewmode) return true;
    const bool is_inline = given(dialect, settings, &Settings::viewmode) == 1;
    if (read.address) return !read_payload_begins(dialect, settings);
    if (has_peers(dialect)) return !is_inline || read.length == 0 || read_payload_begins(dialect, settings);
    // Row `+QIRD: 10,2,…`: remaining length, or payload that begins `2,`.
    if (!is_inline) return true;
    const bool shown = given(dialect, settings, &Settings::showlength) == 1;
    read.remaining = {};
    if (shown && read.length != 0) read.remaining = static_cast<std::uint32_t>(dice.below(1000));
    return true;
}

/// Row "CoAP payload: hex digits or text".
void settle_coap(const Settings& settings, const CoapOptions& options, const Maybe<std::uint32_t>& length,
                 Maybe<Encoding>& encoding) {
    if (!length) return;
    bool is_text = false;
    for (const CoapOption& option : options) {
        if (option.number != 12) continue;
        is_text = option.value == "0" || option.value == "41" || option.value == "50";
        break;
    }
    if (settings.coap_payload > 0) is_text = settings.coap_payload == 2;
    encoding = is_text || *length == 0 ? Encoding::raw : Encoding::hex;
}

/// Row `+NETOPEN: 0` / `+NETOPEN: 1`.
bool state_asked(const Dialect& dialect, const Settings& settings) {
    const Pending* pending = oldest_of(dialect, settings, "NETOPEN");
    return pending != nullptr && pending->form == CommandForm::read;
}

}  // namespace

bool is_pending(const Settings& settings, const Dialect& dialect, std::string_view name, CommandForm form) {
    const Pending* pending = oldest(settings);
    return pending != nullptr && pending->form == form && pending->command != Pending::unknown &&
           dialect.facts.commands[pending->command].name == name;
}

std::string_view name_of_head(std::string_view head) {
    const std::size_t begin = head.starts_with('+') ? 1 : 0;
    return head.substr(begin, head.find_first_of(":\"") - begin);
}

std::string mode_of(const CoapRequest& request) {
    const std::size_t mode = (request.token ? 1 : 0) + 2 * request.options.size() + (request.length ? 128 : 0);
    return {"0123456789ABCDEF"[mode / 16], "0123456789ABCDEF"[mode % 16]};
}

bool settle(Dice& dice, const Form& form, const Dialect& dialect, const Settings& settings, Event& event) {
    auto& body = event.body;
    // Row "`supported`: the pending command is its test form".
    if (is_pending(settings, dialect, name_of_head(form.head), CommandForm::test)) return false;
    switch (event.kind) {
        case Kind::data_available: return settle_notice(form, dialect, settings, body.data_available);
        case Kind::data_received: return settle_push(form, dialect, settings, body.data_received);
        case Kind::data_read: return settle_read(dice, form, dialect, settings, body.data_read);
        case Kind::buffer_full: return !unframed_begins(dialect, settings, body.buffer_full.socket);
        case Kind::receive_totals: return !read_payload_begins(dialect, settings);
        case Kind::coap_response:
            settle_coap(settings, body.coap_response.options, body.coap_response.length, body.coap_response.encoding);
            return true;
        case Kind::coap_request:
            settle_coap(settings, body.coap_request.options, body.coap_request.length, body.coap_request.encoding);
            return true;
        // Row `+NETOPEN: 0` / `+NETOPEN: 1`.
        case Kind::network_opened: return body.network_opened.error > 1 || !state_asked(dialect, settings);
        case Kind::network_state: return state_asked(dialect, settings);
        // Row "which of `RECV FROM`, `+IPD`, `+RECEIVE` come before pushed data".
        case Kind::data_source:
            return form.when.setting == nullptr ? given(dialect, settings, &Settings::ciprxget) != 5
                                                : given(dialect, settings, form.when.setting) == form.when.value;
        default: return true;
    }
}

}  // namespace conformance
