#include "properties/generated_events.hpp"

#include <atwire/encoder.hpp>
#include <stdexcept>

#include "properties/generated_text.hpp"
#include "properties/settled.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {

using namespace atwire;

namespace {

template <class T>
Setting any_setting(Dice& dice, T most) {
    return static_cast<Setting>(static_cast<std::int64_t>(dice.below(static_cast<std::size_t>(most) + 2)) - 1);
}

const Field& field_named(Kind kind, std::string_view name) {
    for (const Field& field : fields(kind))
        if (field.name == name) return field;
    throw std::logic_error{"no field " + std::string{name}};
}

std::string_view keep(OwnedEvent& owned, std::string text) { return owned.strings.emplace_back(std::move(text)); }

/// Text of up to `longest` bytes out of `alphabet`.
std::string some_of(Dice& dice, std::string_view alphabet, std::size_t shortest, std::size_t longest) {
    const std::size_t most = dice.once_in(8) ? longest : std::min<std::size_t>(longest, shortest + 12);
    std::string text;
    for (std::size_t n = shortest + dice.below(most - shortest + 1); n != 0; --n) text += dice.one_of(alphabet);
    return text;
}

std::string two_digits(Dice& dice, std::size_t below) {
    const std::size_t number = dice.below(below);
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::string some_time(Dice& dice, const Item& item) {
    std::string time = item.maximum == 4 ? "20" : "";
    // One throw after the other: the order within an expression is the compiler's, and a seed should give the same everywhere.
    static constexpr std::pair<std::size_t, std::string_view> parts[] = {{100, "/"}, {13, "/"}, {32, ","},
                                                                         {24, ":"},  {60, ":"}, {60, ""}};
    for (const auto& [below, behind] : parts) (time += two_digits(dice, below)) += behind;
    time += dice.once_in(2) ? "-" : "+";
    return time += two_digits(dice, 49);
}

std::string some_text(Dice& dice, const Item& item) {
    if (!item.words.empty()) return std::string{dice.one_of(item.words)};
    const auto longest = static_cast<std::size_t>(item.maximum);
    switch (item.spelling) {
        case Spelling::time: return some_time(dice, item);
        case Spelling::bare: return some_address(dice);
        case Spelling::hex: return hex_of(dice, longest);
        case Spelling::token: return hex_of(dice, 2 * static_cast<std::size_t>(dice.between(item.minimum, item.maximum)));
        case Spelling::rest: {
            std::string text = some_bytes(dice, "\r\n", 1, longest);
            // A text of digits is a number, and one that begins with a blank has it taken for the separator's.
            if (text[0] == ' ' || text.find_first_not_of("0123456789") == std::string::npos) text[0] = 't';
            return text;
        }
        default: {
            if (item.field.find("address") != std::string_view::npos || dice.once_in(3)) return some_address(dice);
            std::string text = some_bytes(dice, "\"\r\n", 1, longest);
            for (char& c : text)
                if (static_cast<unsigned char>(c) < 32 || c == 127) c = 'q';
            return text;
        }
    }
}

std::int64_t some_number(Dice& dice, const Item& item) {
    return item.codes != nullptr ? dice.one_of(item.codes->codes).code : dice.between(item.minimum, item.maximum);
}

std::string some_options(Dice& dice, const Item& item) {
    constexpr std::int64_t content_format = 12;
    std::string list;
    for (std::size_t n = dice.below(dice.once_in(8) ? static_cast<std::size_t>(item.maximum) + 1 : 4); n != 0; --n) {
        const std::int64_t number = some_number(dice, item.parts[0]);
        const std::string value = number == content_format ? std::to_string(40 + dice.below(11)) : some_text(dice, item.parts[1]);
        list += (list.empty() ? "" : ",") + std::to_string(number) + ",\"" + value + "\"";
    }
    return list;
}

std::string some_value(Dice& dice, const Item& item) {
    if (item.spelling == Spelling::word) return std::string{dice.one_of(item.words)};
    if (item.spelling == Spelling::text) return '"' + hex_of(dice, dice.below(20)) + '"';
    return std::to_string(some_number(dice, item));
}

void put_number(Event::Body& body, const Field& field, std::int64_t value) {
    switch (field.type) {
        case Type::port: store(body, field, static_cast<std::uint16_t>(value)); break;
        case Type::integer: store(body, field, static_cast<std::int32_t>(value)); break;
        default: store(body, field, static_cast<std::uint32_t>(value)); break;
    }
}

/// The events that no row of the table describes: the words that every dialect has, and reports.
bool generate_by_name(Dice& dice, std::size_t which, const Dialect& dialect, const Settings& settings, OwnedEvent& owned) {
    switch (which) {
        case 0: {  // A quote begins it where a payload's closing quote might be taken for one
            std::string text(1, dice.one_of(std::string_view{"t\"#%"}));
            text += some_bytes(dice, "\r\n", 0, 100);
            owned.event = event_of(Text{keep(owned, std::move(text))});
            return true;
        }
        case 1:
            owned.event = event_of(Information{keep(owned, "Z" + some_of(dice, "ABCDEFGHIJ0123456789_", 0, 20)),
                                               keep(owned, some_bytes(dice, "\r\n", 0, 100))});
            return true;
        case 2: {  // Row "a line that begins with AT": text where echo is off
            if (settings.echo == 0) return false;
            owned.event = event_of(Echo{keep(owned, "AT" + some_bytes(dice, "\r\n", 0, 60)), 0, true});
            return true;
        }
        case 3: {
            const CommandFacts& command = dice.one_of(dialect.facts.commands);
            std::string text = dice.once_in(3) ? "<" : "(";
            text += some_bytes(dice, "\r\n", 0, 60);
            bool replies = false;  // some commands answer their test form by OK alone, and `(` then breaks their grammar
            for (const std::string_view name :
                 {"QIOPEN", "QISEND", "QIRD", "QPING", "QIACT", "QCOAPSEND", "CIPOPEN", "CIPSEND", "CIPRXGET", "CIPCLOSE"})
                replies = replies || name == command.name;
            if (!replies) return false;
            owned.event = event_of(Supported{keep(owned, std::string{command.name}), keep(owned, text)});
            return true;
        }
        case 4: {  // A line that breaks its grammar right behind its name
            const Form& form = dice.one_of(dialect.facts.forms);
            const std::size_t colon = form.head.find(": ");
            const std::string name{name_of_head(form.head)};
            if (colon == std::string_view::npos || form.head.starts_with("+CM") || form.head.starts_with("+IP ") ||
                form.head.starts_with("+CIPEVENT") || is_pending(settings, dialect, name, CommandForm::test))
                return false;
            const std::string text = std::string{form.head.substr(0, colon + 2)} + "!" + some_bytes(dice, "\r\n", 0, 40);
            owned.event = event_of(Malformed{keep(owned, text), static_cast<std::uint32_t>(colon + 2)});
            return true;
        }
        default: {  // Row "`>`: only while a sending command is pending, or when nothing is known of pending commands"
            bool sends = !settings.pending_known;
            for (std::size_t i = 0; i < settings.pending_count; ++i)
                sends = sends || (settings.pending[i].command != Pending::unknown &&
                                  dialect.facts.commands[settings.pending[i].command].sends);
            owned.event = event_of(Prompt{});
            return sends;
        }
    }
}

}  // namespace

Settings generate_settings(Dice& dice, const Dialect& dialect) {
    Settings settings;
#define ATWIRE_ANY(name, most) settings.name = any_setting(dice, most);
    ATWIRE_SETTINGS(ATWIRE_ANY)
#undef ATWIRE_ANY
    settings.transparent = unset;  // the byte pipe has properties of its own
    for (Setting& mode : settings.access_mode) mode = any_setting(dice, 2);
    for (Service& service : settings.service) service = static_cast<Service>(any_setting(dice, 5));
    if (dice.once_in(2)) settings.pending_known = true;
    for (std::size_t n = dice.below(3); n != 0; --n) {
        Pending pending;
        const std::size_t command = dice.below(dialect.facts.commands.size() + 1);
        if (command != dialect.facts.commands.size()) pending.command = static_cast<std::uint8_t>(command);
        static constexpr CommandForm forms[] = {CommandForm::write, CommandForm::execute, CommandForm::read, CommandForm::test};
        pending.form = dice.one_of(forms);
        if (pending.form == CommandForm::write) {
            pending.parameters = {static_cast<std::uint16_t>(dice.below(5)), Pending::absent};
            const bool reads = pending.command != Pending::unknown && dialect.facts.commands[pending.command].name == "QIRD";
            if (reads && dice.once_in(2)) pending.parameters[1] = dice.once_in(2) ? 0 : 512;
        }
        settings.push(pending);
    }
    return settings;
}

bool generate_from(Dice& dice, const Form& form, const Dialect& dialect, const Settings& settings, OwnedEvent& owned) {
    switch (form.kind) {
#define ATWIRE_BLANK(Message, name) \
    case Kind::name: owned.event = event_of(Message{}); break;
        ATWIRE_EVENTS(ATWIRE_BLANK)
#undef ATWIRE_BLANK
    }
    auto& body = owned.event.body;
    bool left_out = false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const Item& item = form.items[i];
        const Field& field = field_named(form.kind, item.field);
        left_out = left_out || (item.optional && dice.once_in(2));
        if (field.type == Type::values) {
            std::string list;
            for (; i < form.size() && form.items[i].field == item.field; ++i) {
                const Item& value = form.items[i];
                left_out = left_out || (value.optional && dice.once_in(2));
                if (left_out) continue;
                list += list.empty() ? "" : ",";
                list += some_value(dice, value);
            }
            --i;
            store(body, field, Values{keep(owned, std::move(list))});
        } else if (field.type == Type::options) {
            store(body, field, CoapOptions{keep(owned, some_options(dice, item))});
        } else if (left_out) {
            continue;
        } else if (item.spelling == Spelling::constant) {
            put_number(body, field, item.minimum);
        } else if (field.type == Type::text) {
            store(body, field, keep(owned, some_text(dice, item)));
        } else {
            put_number(body, field, some_number(dice, item));
        }
    }
    if (form.kind == Kind::coap_request) body.coap_request.mode = keep(owned, mode_of(body.coap_request));
    if (form.kind == Kind::option) {
        body.option.command = form.command;
        if (!form.option.empty()) body.option.name = form.option;
    }
    // `CONNECT FAIL` is an event of its own.
    if (form.kind == Kind::connect && body.connect.text && *body.connect.text == "FAIL") body.connect.text = {};
    return settle(dice, form, dialect, settings, owned.event);
}

OwnedEvent generate_event(Dice& dice, const Dialect& dialect, const Settings& settings) {
    static constexpr std::size_t by_name = 6;
    for (;;) {
        OwnedEvent owned;
        const std::size_t which = dice.below(dialect.facts.forms.size() + by_name);
        const bool made = which < dialect.facts.forms.size()
                              ? generate_from(dice, dialect.facts.forms[which], dialect, settings, owned)
                              : generate_by_name(dice, which - dialect.facts.forms.size(), dialect, settings, owned);
        if (made) return owned;
    }
}

std::string generate_payload(Dice& dice, std::size_t length) {
    static constexpr std::string_view traps[] = {"\r\nOK\r\n",
                                                 "\r\n+QIURC: \"closed\",0\r\n",
                                                 ">",
                                                 "\r\n> ",
                                                 "AT\r",
                                                 "\r\nCLOSED\r\n",
                                                 "\r\nSEND OK\r\n",
                                                 "+IPD5\r\n",
                                                 std::string_view{"\0", 1},
                                                 "\xFF\x80",
                                                 "\"",
                                                 "\r",
                                                 "\n"};
    std::string payload;
    while (payload.size() < length)
        payload += dice.once_in(3) ? std::string{dice.one_of(traps)} : std::string(1, static_cast<char>(dice.below(256)));
    payload.resize(length);
    return payload;
}

void add_payload(Dice& dice, const OwnedEvent& header, std::vector<OwnedEvent>& events) {
    const auto [length, encoding] = announced(header.event);
    const bool response = header.event.kind == Kind::coap_response;
    if (*length == 0) return;
    OwnedEvent& payload = events.emplace_back();  // it may move the header
    std::string data = encoding == Encoding::hex ? hex_of(dice, std::size_t{2} * *length) : generate_payload(dice, *length);
    // A number begins the options of a response.
    if (response && encoding == Encoding::raw) data[0] = 'x';
    payload.event = event_of(Payload{keep(payload, std::move(data)), 0, true});
}

void shorten(OwnedEvent& header, std::uint32_t most) {
    auto& body = header.event.body;
    const auto shorter = [most](auto& length) {
        if (length && *length != 0) length = 1 + (*length - 1) % most;
    };
    switch (header.event.kind) {
        case Kind::data_received: return shorter(body.data_received.length);
        case Kind::coap_response: return shorter(body.coap_response.length);
        case Kind::coap_request: return shorter(body.coap_request.length);
        case Kind::data_read:
            if (body.data_read.length != 0) body.data_read.length = 1 + (body.data_read.length - 1) % most;
            return;
        default: return;
    }
}

GeneratedStream generate_stream(Dice& dice, const Dialect& dialect, const Settings& settings) {
    GeneratedStream stream;
    Encoder encoder{dialect};
    std::vector<char> buffer(2 * max_payload + 100);
    for (std::size_t n = 1 + dice.below(8); n != 0; --n) {
        std::vector<OwnedEvent> events;
        events.push_back(generate_event(dice, dialect, settings));
        // Short payloads, mostly: most time would go to the long ones.
        if (!dice.once_in(64)) shorten(events[0], dice.once_in(8) ? 1500 : 24);
        // The rest would be payload without an end.
        if (events[0].event.kind == Kind::data_source && settings.ciphead == 0) continue;
        if (const auto* received = get<DataReceived>(events[0].event); received != nullptr && !received->length) continue;
        add_payload(dice, events[0], events);
        for (OwnedEvent& owned : events) {
            const std::string_view lead = encoder.usual_lead(owned.event.kind);
            const Encoded written = encoder.encode(settings, owned.event, buffer);
            if (!written)
                throw std::logic_error{"the encoder refused " + fields_to_json(owned.event).dump() + ", " +
                                       std::string{name(owned.event.kind)} + ": " + std::string{written.field} + " " +
                                       std::string{describe(written.refusal)}};
            stream.texts.push_back(stream.bytes.size() + lead.size());
            stream.bytes.append(buffer.data(), written.length);
            stream.ends.push_back(stream.bytes.size());
            stream.events.push_back(std::move(owned));
        }
    }
    return stream;
}

void mutate(Dice& dice, std::string& bytes) {
    for (std::size_t n = 1 + dice.below(4); n != 0 && !bytes.empty(); --n) {
        const std::size_t at = dice.below(bytes.size());
        switch (dice.below(6)) {
            case 0: bytes.erase(at, 1); break;
            case 1: bytes.insert(at, 1, bytes[at]); break;
            case 2: bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice.below(8))); break;
            case 3: bytes.insert(at, dice.once_in(2) ? "\r" : "\n"); break;
            case 4: bytes.resize(at); break;
            default: bytes.insert(at, bytes.substr(dice.below(bytes.size()), 1 + dice.below(20))); break;
        }
    }
}

std::string generate_noise(Dice& dice, const Dialect& dialect, const Settings& settings) {
    static constexpr std::string_view pieces[] = {"\r\n",
                                                  "\r",
                                                  "\n",
                                                  ">",
                                                  " ",
                                                  "\"",
                                                  ",",
                                                  ":",
                                                  "0",
                                                  "12",
                                                  "999999999999999999999999999999",
                                                  "AT",
                                                  "OK",
                                                  "ERROR",
                                                  "\r\n\r\n",
                                                  "(",
                                                  "+",
                                                  "CLOSED",
                                                  "\r\nOK\r\n",
                                                  "RECV FROM:",
                                                  "+QCOAPURC: \"rsp\",2,2.05,1,2,12",
                                                  "+QIURC: \"recv\",1,2,",
                                                  "+IPD"};
    std::string noise;
    for (std::size_t n = dice.below(20); n != 0; --n) {
        switch (dice.below(4)) {
            case 0: noise += dice.one_of(pieces); break;
            case 1: noise += dice.one_of(dialect.facts.forms).head; break;
            case 2: noise += some_bytes(dice, "", 1, 30); break;
            default: noise += generate_stream(dice, dialect, settings).bytes; break;
        }
    }
    if (!noise.empty() && dice.once_in(2)) mutate(dice, noise);
    return noise;
}

std::vector<std::size_t> generate_cuts(Dice& dice, std::size_t length) {
    std::vector<std::size_t> cuts;
    static constexpr std::size_t most[] = {1, 3, 16, 64, 1000};
    const std::size_t longest = dice.one_of(most);
    for (std::size_t covered = 0; covered < length;) {
        const std::size_t size = std::min(1 + dice.below(longest), length - covered);
        cuts.push_back(size);
        covered += size;
    }
    return cuts;
}

}  // namespace conformance
