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

template <class Body>
Json to_json(const Body& body, const Field& field) {
    switch (field.type) {
        case Type::flag: return *value_of<bool>(body, field) ? 1 : 0;
        case Type::port: return *value_of<std::uint16_t>(body, field);
        case Type::number: return *value_of<std::uint32_t>(body, field);
        case Type::integer: return *value_of<std::int32_t>(body, field);
        case Type::position: return *value_of<std::uint64_t>(body, field);
        case Type::text: return to_utf8(*value_of<std::string_view>(body, field));
        case Type::values: return to_json(*value_of<Values>(body, field));
        case Type::options: return to_json(*value_of<CoapOptions>(body, field));
        case Type::encoding: return *value_of<Encoding>(body, field) == Encoding::hex ? "hex" : "raw";
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

using Strings = std::deque<std::string>;

std::string_view text(const Json& value, const Field& field, Strings& strings) {
    if (!value.is_string()) refuse(field, "is no string");
    auto bytes = from_utf8(value.get_ref<const std::string&>());
    if (!bytes) refuse(field, "holds a code point above U+00FF");
    return strings.emplace_back(std::move(*bytes));
}

Values values(const Json& value, const Field& field, Strings& strings) {
    if (!value.is_array()) refuse(field, "is no list");
    std::string list;
    for (const Json& item : value) {
        if (&item != &value.front()) list += ',';
        if (item.is_number_integer())
            list += item.dump();
        else if (item.is_string())
            list += '"' + std::string{text(item, field, strings)} + '"';
        else if (item.is_object() && item.contains("word"))
            list += text(item["word"], field, strings);
        else
            refuse(field, "holds a value that is no integer, string or {\"word\": …}");
    }
    return {strings.emplace_back(std::move(list))};
}

CoapOptions options(const Json& value, const Field& field, Strings& strings) {
    if (!value.is_array()) refuse(field, "is no list");
    std::string list;
    for (const Json& item : value) {
        if (!item.is_object() || !item.contains("number") || !item["number"].is_number_unsigned() || !item.contains("value") ||
            !item["value"].is_string())
            refuse(field, "holds an option that is no {\"number\": …, \"value\": …}");
        if (!list.empty()) list += ',';
        list += item["number"].dump() + ",\"" + std::string{text(item["value"], field, strings)} + '"';
    }
    return {strings.emplace_back(std::move(list))};
}

template <class Body>
void read_field(Body& body, const Json& value, const Field& field, Strings& strings) {
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
        case Type::text: store(body, field, text(value, field, strings)); break;
        case Type::values: store(body, field, values(value, field, strings)); break;
        case Type::options: store(body, field, options(value, field, strings)); break;
        case Type::encoding:
            if (value != "raw" && value != "hex") refuse(field, "is neither \"raw\" nor \"hex\"");
            store(body, field, value == "hex" ? Encoding::hex : Encoding::raw);
            break;
    }
}

/// A name in the object; nothing where it isn't there.
const std::string* name_at(const Json& object, const char* key) {
    if (!object.is_object()) throw std::invalid_argument{"not an object"};
    const auto place = object.find(key);
    return place != object.end() && place->is_string() ? &place->get_ref<const std::string&>() : nullptr;
}

/// The event of that name, its fields all absent or zero. False where there is none.
bool blank(const std::string& wanted, Event& event) {
#define ATWIRE_BLANK(Message, name)  \
    if (wanted == #name) {           \
        event = event_of(Message{}); \
        return true;                 \
    }
    ATWIRE_EVENTS(ATWIRE_BLANK)
#undef ATWIRE_BLANK
    return false;
}
bool blank(const std::string& wanted, Command& command) {
#define ATWIRE_BLANK(Message, name)      \
    if (wanted == #name) {               \
        command = command_of(Message{}); \
        return true;                     \
    }
    ATWIRE_COMMANDS(ATWIRE_BLANK)
#undef ATWIRE_BLANK
    return false;
}

/// What JSON calls a command's field: its own name, unless that says which command the object is.
std::string key_of(const Field& field) { return field.name == "command" ? std::string{command_key} : std::string{field.name}; }

}  // namespace

Json fields_to_json(const Event& event) {
    Json object = Json::object();
    for (const Field& field : fields(event.kind))
        if (present(event.body, field)) object[std::string{field.name}] = to_json(event.body, field);
    return object;
}

Json fields_to_json(const Command& command) {
    Json object = Json::object();
    for (const Field& field : fields(command.kind)) {
        const bool none = field.type == Type::values && value_of<Values>(command.body, field)->text.empty();
        if (present(command.body, field) && !none) object[std::string{field.name}] = to_json(command.body, field);
    }
    if (command.joined) object["joined"] = 1;
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

Json command_object(std::string_view name, const Json& fields) {
    Json object = {{"dir", "host"}, {"command", name}};
    for (const auto& [key, value] : fields.items()) object[key == "command" ? std::string{command_key} : key] = value;
    return object;
}

Json to_json(const Command& command) {
    Json object = command_object(name(command.kind), fields_to_json(command));
    object["wire"] = {command.wire.offset, command.wire.length};
    if (command.inferred) object["doubts"] = to_json(Doubts{Doubt::inferred});
    return object;
}

void from_json(const Json& object, OwnedEvent& owned) {
    const std::string* wanted = name_at(object, "event");
    if (wanted == nullptr) throw std::invalid_argument{"\"event\" is missing"};
    if (!blank(*wanted, owned.event)) throw std::invalid_argument{"no event is called " + Json(*wanted).dump()};
    for (const Field& field : fields(owned.event.kind)) {
        const auto place = object.find(std::string{field.name});
        if (place != object.end())
            read_field(owned.event.body, *place, field, owned.strings);
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

void from_json(const Json& object, OwnedCommand& owned) {
    const std::string* wanted = name_at(object, "command");
    if (wanted == nullptr) throw std::invalid_argument{"\"command\" is missing"};
    if (!blank(*wanted, owned.command)) throw std::invalid_argument{"no command is called " + Json(*wanted).dump()};
    for (Field field : fields(owned.command.kind)) {
        const std::string key = key_of(field);
        const auto place = object.find(key);
        field.name = key;  // as a refusal names it
        if (place != object.end())
            read_field(owned.command.body, *place, field, owned.strings);
        else if (!field.optional && field.type != Type::flag && field.type != Type::position && field.type != Type::values)
            refuse(field, "is missing");
    }
    const auto joined = object.find("joined");
    owned.command.joined = joined != object.end() && *joined == 1;
}

}  // namespace conformance
