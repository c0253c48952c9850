// A field as text, to be compared and to be read in a failure's message.
#ifndef CONFORMANCE_PROPERTIES_FIELDS_HPP
#define CONFORMANCE_PROPERTIES_FIELDS_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <string>

namespace conformance {

/// ` name=value`, of an event's or a command's body.
template <typename Body>
void append(std::string& text, const Body& body, const atwire::Field& field) {
    using namespace atwire;
    text += ' ';
    text += field.name;
    text += '=';
    switch (field.type) {
        case Type::flag: text += *value_of<bool>(body, field) ? '1' : '0'; break;
        case Type::port: text += std::to_string(*value_of<std::uint16_t>(body, field)); break;
        case Type::number: text += std::to_string(*value_of<std::uint32_t>(body, field)); break;
        case Type::integer: text += std::to_string(*value_of<std::int32_t>(body, field)); break;
        case Type::position: text += std::to_string(*value_of<std::uint64_t>(body, field)); break;
        case Type::text: text += '"' + std::string{*value_of<std::string_view>(body, field)} + '"'; break;
        case Type::values: text += '[' + std::string{value_of<Values>(body, field)->text} + ']'; break;
        case Type::options: text += '[' + std::string{value_of<CoapOptions>(body, field)->text} + ']'; break;
        case Type::encoding: text += *value_of<Encoding>(body, field) == Encoding::hex ? "hex" : "raw"; break;
    }
}

}  // namespace conformance

#endif
