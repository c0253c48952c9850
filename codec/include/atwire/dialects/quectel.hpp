// What the manuals of BC65/BC92, BC26/BC20 and EC200x/EC600x/EG912Y say alike of Quectel's socket commands. Where they differ by a
// number, a name or a section, `Manual` has it; what one of them has beside the others stands in its own header.
#ifndef ATWIRE_DIALECTS_QUECTEL_HPP
#define ATWIRE_DIALECTS_QUECTEL_HPP

#include <atwire/dialects/general.hpp>

namespace atwire::tables::quectel {

/// What a manual says of the family's commands in its own way.
struct Manual {
    std::int64_t last_socket;   ///< of connectID, from 0
    std::int64_t last_context;  ///< of contextID, from 1
    std::int64_t longest_host;  ///< of the name of a server, in bytes
    std::int64_t longest_dns;   ///< of the address of a DNS server

    std::int64_t ping_success;  ///< <finresult> of a ping that ended well
    Item ping_address;          ///< in quotes or without

    std::string_view ntp_error;  ///< what it calls the error of AT+QNTP
    std::int64_t first_ntp_error;
    std::int64_t last_ntp_error;
    int year_digits;

    std::string_view notice_length;  ///< what it calls the length in a notice of data

    // The sections.
    std::string_view qiopen, qiclose, qistate, qisend, qird, qisendex, qiswtmd;
    std::string_view qping, qntp, qidnsgip, qidnscfg, qicfg, qigeterror;
    std::string_view closed, recv, buff_full, incoming_full, incoming;
};

/// <err> is 0, or one of these.
inline constexpr std::int64_t lowest_error = 550;
inline constexpr std::int64_t highest_error = 574;
inline constexpr std::int64_t timeout_error = 569;

// ── What the module sends ───────────────────────────────────────────────────────────────────────────────────────────────────

constexpr Item connect_id(const Manual& m) { return decimal("socket", "connectID", 0, m.last_socket); }
constexpr Item context_id(const Manual& m) { return decimal("context", "contextID", 1, m.last_context); }

/// An option that is read back; its name stands in the head, `+QICFG: "viewmode",`.
constexpr Form option(const Manual& m, std::string_view head, const std::array<Item, 16>& values) {
    const std::size_t from = head.find('"') + 1;
    return {.production = "named_option",
            .kind = Kind::option,
            .head = head,
            .items = values,
            .section = m.qicfg,
            .command = "QICFG",
            .option = part(head, from, head.rfind('"') - from)};
}

// One row as one sentence: the formatter would make ten lines of it.
// clang-format off
/// Of all three manuals.
constexpr auto forms(const Manual& m) {
    return std::array{
        Form{"socket_opened", Kind::socket_opened, "+QIOPEN: ", {connect_id(m), decimal("error", "err", 0, 0)}, m.qiopen},
        Form{"socket_opened", Kind::socket_opened, "+QIOPEN: ",
             {connect_id(m), decimal("error", "err", lowest_error, highest_error)}, m.qiopen},
        Form{"ping_reply", Kind::ping_reply, "+QPING: ",
             {decimal("result", "result", 0, 0), m.ping_address, decimal("bytes", "bytes"), decimal("time", "time"),
              decimal("ttl", "ttl")},
             m.qping},
        Form{"ping_timeout", Kind::ping_reply, "+QPING: ", {decimal("result", "result", timeout_error, timeout_error)}, m.qping},
        Form{"ping_summary", Kind::ping_summary, "+QPING: ",
             {decimal("result", "finresult", m.ping_success, m.ping_success), decimal("sent", "sent"), decimal("received", "rcvd"),
              decimal("lost", "lost"), decimal("min", "min"), decimal("max", "max"), decimal("avg", "avg")},
             m.qping},
        Form{"ping_failed", Kind::ping_summary, "+QPING: ", {decimal("result", "finresult", lowest_error, timeout_error - 1)}, m.qping},
        Form{"ping_failed", Kind::ping_summary, "+QPING: ", {decimal("result", "finresult", timeout_error + 1, highest_error)}, m.qping},
        Form{"time_synced", Kind::time_synced, "+QNTP: ",
             {decimal("error", m.ntp_error, 0, 0), time("time", "time", m.year_digits)}, m.qntp},
        Form{"time_synced", Kind::time_synced, "+QNTP: ",
             {decimal("error", m.ntp_error, m.first_ntp_error, m.last_ntp_error)}, m.qntp},
        Form{"dns_result", Kind::dns_result, "+QIURC: \"dnsgip\",",
             {decimal("error", "err", 0, 0), decimal("count", "IP_count"), decimal("ttl", "DNS_ttl")}, m.qidnsgip},
        Form{"dns_result", Kind::dns_result, "+QIURC: \"dnsgip\",", {decimal("error", "err", lowest_error, highest_error)}, m.qidnsgip},
        Form{"dns_address", Kind::dns_address, "+QIURC: \"dnsgip\",", {quoted("address", "hostIPaddr", 64)}, m.qidnsgip},
        option(m, "+QICFG: \"dataformat\",", {value("send_data_format", 0, 1), value("recv_data_format", 0, 1)}),
        option(m, "+QICFG: \"viewmode\",", {value("view_mode", 0, 1)}),
        Form{"last_error", Kind::last_error, "+QIGETERROR: ",
             {decimal("code", "err", 0, 0), rest("description", "errcode_description")}, m.qigeterror},
        Form{"last_error", Kind::last_error, "+QIGETERROR: ",
             {decimal("code", "err", lowest_error, highest_error), rest("description", "errcode_description")}, m.qigeterror},
        Form{"peer_closed", Kind::peer_closed, "+QIURC: \"closed\",", {connect_id(m)}, m.closed},
        Form{.production = "data_available", .kind = Kind::data_available, .head = "+QIURC: \"recv\",",
             .items = {connect_id(m), optional(length("length", m.notice_length, 0, max_payload))}, .section = m.recv,
             .settle = Settle::access_mode, .other = "data_received"},
    };
}

/// Of BC65/BC92 and BC26/BC20, the modules of NB-IoT; with what they say differently.
struct NbIot {
    std::span<const std::string_view> services;
    std::int64_t longest_address;  ///< of the peer in QISTATE
    std::int64_t last_state;    ///< of <socket_state>, from 0
    std::int64_t longest_read;  ///< of AT+QIRD
};
constexpr auto nb_iot_forms(const Manual& m, const NbIot& own) {
    return std::array{
        Form{"socket_status", Kind::socket_status, "+QISTATE: ",
             {connect_id(m), quoted("service", "service_type", own.services), quoted("address", "IP_address", own.longest_address),
              port("remote_port", "remote_port"), port("local_port", "local_port"), decimal("state", "socket_state", 0, own.last_state),
              context_id(m), decimal("access_mode", "access_mode", 0, 1)},
             m.qistate},
        Form{.production = "data_read", .kind = Kind::data_read, .head = "+QIRD: ",
             .items = {length("length", "actual_read_length", 0, own.longest_read), optional(decimal("remaining", "remaining_length"))},
             .section = m.qird, .body = Body::viewmode, .spelled = Spelled::dataformat, .command = "QIRD"},
        option(m, "+QICFG: \"showlength\",", {value("show_length_mode", 0, 1)}),
        Form{.production = "buffer_full", .kind = Kind::buffer_full, .head = "+QIURC: \"recv\",", .items = {connect_id(m)},
             .section = m.buff_full, .tail = ",\"buff full\""},
    };
}

/// Of BC65/BC92 and EC200x/EC600x/EG912Y, which listen.
constexpr auto listener_forms(const Manual& m) {
    return std::array{
        Form{"incoming_full", Kind::incoming_full, "+QIURC: \"incoming full\"", {}, m.incoming_full},
        Form{"incoming", Kind::incoming, "+QIURC: \"incoming\",",
             {connect_id(m), decimal("server", "serverID", 0, m.last_socket), quoted("address", "remoteIP", 45),
              port("port", "remote_port")},
             m.incoming},
    };
}

/// Of BC26/BC20 and EC200x/EC600x/EG912Y, which have servers for each context, and say what was sent.
constexpr Form dns_servers(const Manual& m, Item secondary) {
    return {"dns_servers", Kind::dns_servers, "+QIDNSCFG: ",
            {context_id(m), quoted("primary", "pridnsaddr", m.longest_dns), secondary}, m.qidnscfg};
}
constexpr Form send_totals(const Manual& m, std::string_view sent, std::string_view acked, std::string_view unacked) {
    return {"send_totals", Kind::send_totals, "+QISEND: ",
            {decimal("sent", sent), decimal("acked", acked), decimal("unacked", unacked)}, m.qisend};
}

// ── What the host sends ─────────────────────────────────────────────────────────────────────────────────────────────────────

constexpr Parameter context(const Manual& m) { return p("contextID", 1, m.last_context); }
constexpr Parameter connection(const Manual& m) { return p("connectID", 0, m.last_socket); }
constexpr Parameter host(const Manual& m, std::string_view name) { return p_text(name, ParameterType::string, m.longest_host); }

template <const Manual& m>
inline constexpr auto qistate = std::array{
    test_form(m.qistate),
    read_form(m.qistate),
    CommandRow{CommandForm::write, {p("query_type", 0, 0), context(m)}, Result::ok, 0, m.qistate},
    CommandRow{CommandForm::write, {p("query_type", 1, 1), connection(m)}, Result::ok, 0, m.qistate},
};
template <const Manual& m>
inline constexpr auto qidnsgip = std::array{
    test_form(m.qidnsgip),
    CommandRow{CommandForm::write, {context(m), host(m, "hostname")}, Result::ok_then_urc, 0, m.qidnsgip},
};
template <const Manual& m>
inline constexpr auto qigeterror = std::array{test_form(m.qigeterror), execute_form(m.qigeterror)};
/// The options that all three have.
template <const Manual& m>
inline constexpr auto qicfg = std::array{
    test_form(m.qicfg),
    asking(CommandRow{CommandForm::write, {}, Result::ok, 0, m.qicfg, "dataformat"}),
    CommandRow{CommandForm::write, {p("send_data_format", 0, 1), p("recv_data_format", 0, 1)}, Result::ok, 0, m.qicfg, "dataformat"},
    asking(CommandRow{CommandForm::write, {}, Result::ok, 0, m.qicfg, "viewmode"}),
    CommandRow{CommandForm::write, {p("view_mode", 0, 1)}, Result::ok, 0, m.qicfg, "viewmode"},
};
/// An option of one number, asked for and set.
constexpr auto option_rows(const Manual& m, std::string_view option, Parameter parameter) {
    return std::array{
        asking(CommandRow{CommandForm::write, {}, Result::ok, 0, m.qicfg, option}),
        CommandRow{CommandForm::write, {parameter}, Result::ok, 0, m.qicfg, option},
    };
}

// Of BC65/BC92 and BC26/BC20.
template <const Manual& m>
inline constexpr auto qiclose = std::array{
    test_form(m.qiclose),
    CommandRow{CommandForm::write, {connection(m)}, Result::ok_close_ok, 0, m.qiclose},
};
template <const Manual& m, const NbIot& own>
inline constexpr auto qird = std::array{
    test_form(m.qird),
    CommandRow{CommandForm::write, {connection(m), p("read_length", 1, own.longest_read)}, Result::ok, 0, m.qird},
};
template <const Manual& m>
inline constexpr auto qiswtmd = std::array{
    test_form(m.qiswtmd),
    read_form(m.qiswtmd),
    CommandRow{CommandForm::write, {connection(m), p("access_mode", 0, 1)}, Result::ok, 0, m.qiswtmd},
};
template <const Manual& m>
inline constexpr auto qping = std::array{
    test_form(m.qping),
    CommandRow{CommandForm::write,
               {context(m), host(m, "host"), by_default(p("time_out", 1, 255), 4, m.qping),
                by_default(p("ping_num", 1, 10), 4, m.qping), by_default(p("ping_size", 32, 200), 32, m.qping)},
               Result::ok_then_urc, 0, m.qping},
};
constexpr auto showlength_rows(const Manual& m) { return option_rows(m, "showlength", p("show_length_mode", 0, 1)); }

// Of BC26/BC20 and EC200x/EC600x/EG912Y.
template <const Manual& m>
inline constexpr auto qidnscfg = std::array{
    test_form(m.qidnscfg),
    CommandRow{CommandForm::write,
               {context(m), p_text("pridnsaddr", ParameterType::address, m.longest_dns),
                optional(p_text("secdnsaddr", ParameterType::address, m.longest_dns))},
               Result::ok, 0, m.qidnscfg},
    asking(CommandRow{CommandForm::write, {context(m)}, Result::ok, 0, m.qidnscfg}),
};
// clang-format on

// ── Code tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// As BC65/BC92 print them.
inline constexpr std::array<Code, 26> errors = {{
    {0, "Operation successful"},
    {550, "Unknown error"},
    {551, "Operation blocked"},
    {552, "Invalid parameters"},
    {553, "Memory not enough"},
    {554, "Create socket failed"},
    {555, "Operation not supported"},
    {556, "Socket bind failed"},
    {557, "Socket listen failed"},
    {558, "Socket write failed"},
    {559, "Socket read failed"},
    {560, "Socket accept failed"},
    {561, "Open PDP context failed"},
    {562, "Close PDP context failed"},
    {563, "Socket identity has been used"},
    {564, "DNS busy"},
    {565, "DNS parse failed"},
    {566, "Socket connect failed"},
    {567, "Socket has been closed"},
    {568, "Operation busy"},
    {569, "Operation timeout"},
    {570, "PDP context broken down"},
    {571, "Cancel send"},
    {572, "Operation not allowed"},
    {573, "APN not configured"},
    {574, "Port busy"},
}};
/// The errors of a manual that prints some of them otherwise.
template <std::size_t n>
constexpr auto errors_but(const std::array<Code, n>& printed) {
    auto all = errors;
    for (Code& code : all)
        for (const Code& other : printed)
            if (code.code == other.code) code.name = other.name;
    return all;
}

inline constexpr std::array<Code, 2> access_modes = {{{0, "Buffer Access Mode"}, {1, "Direct Push Mode"}}};
inline constexpr std::array<Code, 2> protocol_types = {{{0, "IPv4"}, {1, "IPv6"}}};
inline constexpr std::array<Code, 2> query_types = {
    {{0, "Query connection status by <contextID>"}, {1, "Query connection status by <connectID>"}}};
inline constexpr std::array<Code, 2> auto_set_times = {{{0, "Not set"}, {1, "Set"}}};
inline constexpr std::array<Code, 2> send_data_formats = {{{0, "Text string"}, {1, "Hex string"}}};
inline constexpr std::array<Code, 2> recv_data_formats = {{{0, "Text mode"}, {1, "Hex mode"}}};
inline constexpr std::array<Code, 2> view_modes = {{{0, "data header\\r\\ndata"}, {1, "data header,data"}}};
inline constexpr std::array<Code, 2> show_length_modes = {{{0, "Do not show them"}, {1, "Show them"}}};

/// The tables of all three manuals; `errors`, where they stand and what sets the time of AT+QNTP are the manual's own.
constexpr auto codes(const Manual& m, std::span<const Code> own_errors, std::string_view errors_section,
                     std::string_view set_time) {
    return std::array{
        CodeTable{"err", own_errors, errors_section},
        CodeTable{"query_type", query_types, m.qistate},
        CodeTable{set_time, auto_set_times, m.qntp},
        CodeTable{"send_data_format", send_data_formats, m.qicfg},
        CodeTable{"recv_data_format", recv_data_formats, m.qicfg},
        CodeTable{"view_mode", view_modes, m.qicfg},
    };
}

}  // namespace atwire::tables::quectel

#endif
