// Which struct a row of a command's table is read into, and which of its fields a parameter is.
#ifndef ATWIRE_COMMAND_TABLES_HPP
#define ATWIRE_COMMAND_TABLES_HPP

#include <atwire/dialect.hpp>

namespace atwire::detail {

[[nodiscard]] constexpr CommandKind kind_of(const CommandFacts& command, const CommandRow& row) noexcept {
    switch (row.form) {
        case CommandForm::test: return CommandKind::test;
        case CommandForm::read: return CommandKind::read;
        case CommandForm::execute: return command.kinds.execute;
        case CommandForm::write: return row.asks ? command.kinds.ask : command.kinds.write;
        default: return CommandKind::raw;
    }
}

/// What the manuals call a field, where they don't call it by its own name. Where a name means several, the struct has just one.
struct ParameterName {
    std::string_view parameter;
    std::string_view field;
};
inline constexpr ParameterName parameter_names[] = {
    {"contextID", "context"},
    {"connectID", "socket"},
    {"link_num", "socket"},
    {"service_type", "service"},
    {"type", "service"},
    {"type", "family"},
    {"IP_address", "address"},
    {"serverIP", "address"},
    {"remoteIP", "address"},
    {"ip_addr", "address"},
    {"serverPort", "remote_port"},
    {"serverPort", "port"},
    {"remote_port", "port"},
    {"localPort", "local_port"},
    {"local_port", "port"},
    {"send_length", "length"},
    {"read_length", "length"},
    {"len", "length"},
    {"hex", "data"},
    {"hex_string", "data"},
    {"ping_num", "count"},
    {"pingnum", "count"},
    {"ping_size", "size"},
    {"time_out", "timeout"},
    {"auto_set_time", "auto_set"},
    {"autosettime", "auto_set"},
    {"hostname", "name"},
    {"PrimaryDNS", "primary"},
    {"pridnsaddr", "primary"},
    {"pri", "primary"},
    {"SecondaryDNS", "secondary"},
    {"secdnsaddr", "secondary"},
    {"sec", "secondary"},
    {"server_index", "server"},
    {"msgid", "message_id"},
    {"tkl", "token"},
    {"method", "code"},
    {"rspcode", "code"},
    {"APN", "apn"},
    {"context_type", "type"},
    {"CDMA_pwd", "cdma_password"},
    {"Showra", "value"},
    {"Showrspopt", "value"},
    {"opt_count", "options"},
    {"opt_name", "options"},
    {"opt_value", "options"},
};

/// The field that a parameter of a command is; of a command that has a list of values, that list. nullptr: it has no such field.
[[nodiscard]] constexpr const Field* field_of(CommandKind kind, std::string_view parameter) noexcept {
    const FieldList list = fields(kind);
    const auto named = [&](std::string_view name) -> const Field* {
        for (const Field& field : list)
            if (field.name == name) return &field;
        return nullptr;
    };
    if (const Field* values = named("values")) return values;
    if (const Field* same = named(parameter)) return same;
    for (const ParameterName& row : parameter_names)
        if (row.parameter == parameter)
            if (const Field* field = named(row.field)) return field;
    return nullptr;
}

/// Whether every parameter of every row has its field: a table that is wrong doesn't compile.
[[nodiscard]] constexpr bool every_parameter_has_a_field(std::span<const CommandFacts> commands) noexcept {
    for (const CommandFacts& command : commands)
        for (const CommandRow& row : command.rows)
            for (std::size_t i = 0; i < row.size(); ++i)
                if (field_of(kind_of(command, row), row.parameters[i].name) == nullptr) return false;
    return true;
}

}  // namespace atwire::detail

#endif
