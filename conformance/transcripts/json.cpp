#include "transcripts/json.hpp"

#include <stdexcept>

#include "transcripts/bytes.hpp"

namespace conformance {

using namespace atwire;

namespace {

Json to_json(const Values& values) {
    Json list = Json::array();
    for (const Value& value : values) {
        if (value.type == Value::Type::integer)
            list.push_back(value.integer);
        else if (value.type == Value::Type::string)
            list.push_back(to_utf8(value.text));
        else
            list.push_back({{"word", to_utf8(value.text)}});
    }
    return list;
}

Json to_json(const CoapOptions& options) {
    Json list = Json::array();
    for (const CoapOption& option : options) list.push_back({{"number", option.number}, {"value", to_utf8(option.value)}});
    return list;
}

Json to_json(const Event& event, const Field& field) {
    switch (field.type) {
        case Type::flag: return *value_of<bool>(event.body, field) ? 1 : 0;
        case Type::port: return *value_of<std::uint16_t>(event.body, field);
        case Type::number: return *value_of<std::uint32_t>(event.body, field);
        case Type::integer: return *value_of<std::int32_t>(event.body, field);
        case Type::position: return *value_of<std::uint64_t>(event.body, field);
        case Type::text: return to_utf8(*value_of<std::string_view>(event.body, field));
        case Type::values: return to_json(*value_of<Values>(event.body, field));
        case Type::options: return to_json(*value_of<CoapOptions>(event.body, field));
        case Type::encoding: return *value_of<Encoding>(event.body, field) == Encoding::hex ? "hex" : "raw";
    }
    return nullptr;
}

[[noreturn]] void refuse(const Field& field, const std::string& why) {
    throw std::invalid_argument{"\"" + std::string{field.name} + "\" " + why};
}

std::uint64_t number(const Json& value, const Field& field, std::uint64_t most) {
    if (!value.is_number_integer()) refuse(field, "is no integer");
    if (value < 0 || value.get<std::uint64_t>() > most)
        refuse(field, "is " + value.dump() + ", not a number from 0 to " + std::to_string(most));
    return value.get<std::uint64_t>();
}

std::string_view text(const Json& value, const Field& field, OwnedEvent& owned) {
    if (!value.is_string()) refuse(field, "is no string");
    auto bytes = from_utf8(value.get_ref<const std::string&>());
    if (!bytes) refuse(field, "holds a code point above U+00FF");
    return owned.strings.emplace_back(std::move(*bytes));
}

Values values(const Json& value, const Field& field, OwnedEvent& owned) {
    if (!value.is_array()) refuse(field, "is no list");
    std::string list;
    for (const Json& item : value) {
        if (&item != &value.front()) list += ',';
        if (item.is_number_integer())
            list += item.dump();
        else if (item.is_string())
            list += '"' + std::string{text(item, field, owned)} + '"';
        else if (item.is_object() && item.contains("word"))
            list += text(item["word"], field, owned);
        else
            refuse(field, "holds a value that is no integer, string or {\"word\": …}");
    }
    return {owned.strings.emplace_back(std::move(list))};
}

CoapOptions options(const Json& value, const Field& field, OwnedEvent& owned) {
    if (!value.is_array()) refuse(field, "is no list");
    std::string list;
    for (const Json& item : value) {
        if (!item.is_object() || !item.contains("number") || !item["number"].is_number_unsigned() || !item.contains("value") ||
            !item["value"].is_string())
            refuse(field, "holds an option that is no {\"number\": …, \"value\": …}");
        if (!list.empty()) list += ',';
        list += item["number"].dump() + ",\"" + std::string{text(item["value"], field, owned)} + '"';
    }
    return {owned.strings.emplace_back(std::move(list))};
}

void read_field(const Json& value, const Field& field, OwnedEvent& owned) {
    auto& body = owned.event.body;
    switch (field.type) {
        case Type::flag: store(body, field, number(value, field, 1) == 1); break;
        case Type::port: store(body, field, static_cast<std::uint16_t>(number(value, field, 0xFFFF))); break;
        case Type::number: store(body, field, static_cast<std::uint32_t>(number(value, field, 0xFFFFFFFF))); break;
        case Type::integer:
            if (!value.is_number_integer() || value > INT32_MAX || value.get<std::int64_t>() < INT32_MIN ||
                value.get<std::int64_t>() > INT32_MAX)
                refuse(field, "is no integer of 32 bits");
            store(body, field, value.get<std::int32_t>());
            break;
        case Type::position: store(body, field, number(value, field, UINT64_MAX)); break;
        case Type::text: store(body, field, text(value, field, owned)); break;
        case Type::values: store(body, field, values(value, field, owned)); break;
        case Type::options: store(body, field, options(value, field, owned)); break;
        case Type::encoding:
            if (value != "raw" && value != "hex") refuse(field, "is neither \"raw\" nor \"hex\"");
            store(body, field, value == "hex" ? Encoding::hex : Encoding::raw);
            break;
    }
}

/// A body whose fields are all absent or zero, with the right member active.
Event blank(Kind kind) {
    switch (kind) {
#define ATWIRE_BLANK(Message, name) \
    case Kind::name: return event_of(Message{});
        ATWIRE_EVENTS(ATWIRE_BLANK)
#undef ATWIRE_BLANK
    }
    return {};
}

}  // namespace

Json fields_to_json(const Event& event) {
    Json object = Json::object();
    for (const Field& field : fields(event.kind))
        if (present(event.body, field)) object[std::string{field.name}] = to_json(event, field);
    return object;
}

Json to_json(Quirks quirks) {
    Json list = Json::array();
#define ATWIRE_PUSH(name) \
    if (quirks.has(Quirk::name)) list.push_back(#name);
    ATWIRE_QUIRKS(ATWIRE_PUSH)
#undef ATWIRE_PUSH
    return list;
}

Json to_json(Doubts doubts) {
    Json list = Json::array();
#define ATWIRE_PUSH(name) \
    if (doubts.has(Doubt::name)) list.push_back(#name);
    ATWIRE_DOUBTS(ATWIRE_PUSH)
#undef ATWIRE_PUSH
    return list;
}

Json to_json(const Event& event) {
    Json object = {{"event", name(event.kind)}};
    object.update(fields_to_json(event));
    object["wire"] = {event.wire.offset, event.wire.length};
    object["quirks"] = to_json(event.quirks);
    if (!event.doubts.empty()) object["doubts"] = to_json(event.doubts);
    return object;
}

void from_json(const Json& object, OwnedEvent& owned) {
    if (!object.is_object()) throw std::invalid_argument{"not an object"};
    if (!object.contains("event") || !object["event"].is_string()) throw std::invalid_argument{"\"event\" is missing"};
    const std::string& wanted = object["event"].get_ref<const std::string&>();
    bool known = false;
#define ATWIRE_MATCH(Message, name)      \
    if (wanted == #name) {               \
        owned.event = blank(Kind::name); \
        known = true;                    \
    }
    ATWIRE_EVENTS(ATWIRE_MATCH)
#undef ATWIRE_MATCH
    if (!known) throw std::invalid_argument{"no event is called \"" + wanted + "\""};
    for (const Field& field : fields(owned.event.kind)) {
        const auto place = object.find(std::string{field.name});
        if (place != object.end())
            read_field(*place, field, owned);
        else if (!field.optional && field.type != Type::flag && field.type != Type::position && field.type != Type::encoding)
            refuse(field, "is missing");
    }
    if (const auto place = object.find("quirks"); place != object.end()) {
        for (const Json& quirk : *place) {
            bool known_quirk = false;
#define ATWIRE_MATCH(name)                 \
    if (quirk == #name) {                  \
        owned.event.quirks |= Quirk::name; \
        known_quirk = true;                \
    }
            ATWIRE_QUIRKS(ATWIRE_MATCH)
#undef ATWIRE_MATCH
            if (!known_quirk) throw std::invalid_argument{"no quirk is called " + quirk.dump()};
        }
    }
}

}  // namespace conformance
