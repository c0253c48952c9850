// What "BC26&BC20 TCP/IP AT commands" V1.0 (2019-12-05) documents.
#ifndef ATWIRE_DIALECTS_BC26_HPP
#define ATWIRE_DIALECTS_BC26_HPP

#include <atwire/dialects/general.hpp>

namespace atwire {

namespace tables::bc26 {

inline constexpr std::array<std::string_view, 2> service_types = {"TCP", "UDP"};

// ── What the module sends ───────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr Item connect_id = decimal("socket", "connectID", 0, 4);
/// Chapter 3: 0, or one of the codes.
inline constexpr std::int64_t lowest_error = 550;
inline constexpr std::int64_t highest_error = 574;

// One row as one sentence: the formatter would make ten lines of it.
// clang-format off
inline constexpr auto forms = with_general(std::array{
    Form{"socket_opened", Kind::socket_opened, "+QIOPEN: ", {connect_id, decimal("error", "err", 0, 0)}, "2.3.1"},
    Form{"socket_opened", Kind::socket_opened, "+QIOPEN: ", {connect_id, decimal("error", "err", lowest_error, highest_error)}, "2.3.1"},
    Form{"socket_status", Kind::socket_status, "+QISTATE: ",
         {connect_id, quoted("service", "service_type", service_types), quoted("address", "IP_address", 150),
          port("remote_port", "remote_port"), port("local_port", "local_port"), decimal("state", "socket_state", 0, 4),
          decimal("context", "contextID", 1, 3), decimal("access_mode", "access_mode", 0, 1)},
         "2.3.3"},
    Form{"send_totals", Kind::send_totals, "+QISEND: ",
         {decimal("sent", "sent"), decimal("acked", "acked"), decimal("unacked", "nAcked")}, "2.3.4"},
    Form{.production = "data_read", .kind = Kind::data_read, .head = "+QIRD: ",
         .items = {length("length", "actual_read_length", 0, 512), optional(decimal("remaining", "remaining_length"))},
         .section = "2.3.5", .body = Body::viewmode, .spelled = Spelled::dataformat, .command = "QIRD"},
    Form{"ping_reply", Kind::ping_reply, "+QPING: ",
         {decimal("result", "result", 0, 0), quoted("address", "IP_address", 45), decimal("bytes", "bytes"),
          decimal("time", "time"), decimal("ttl", "ttl")},
         "2.3.8"},
    Form{"ping_timeout", Kind::ping_reply, "+QPING: ", {decimal("result", "result", 569, 569)}, "2.3.8"},
    Form{"ping_summary", Kind::ping_summary, "+QPING: ",
         {decimal("result", "finresult", 0, 0), decimal("sent", "sent"), decimal("received", "rcvd"), decimal("lost", "lost"),
          decimal("min", "min"), decimal("max", "max"), decimal("avg", "avg")},
         "2.3.8"},
    Form{"ping_failed", Kind::ping_summary, "+QPING: ", {decimal("result", "finresult", 550, 568)}, "2.3.8"},
    Form{"ping_failed", Kind::ping_summary, "+QPING: ", {decimal("result", "finresult", 570, 574)}, "2.3.8"},
    Form{"time_synced", Kind::time_synced, "+QNTP: ", {decimal("error", "err", 0, 0), time("time", "time", 2)}, "2.3.9"},
    Form{"time_synced", Kind::time_synced, "+QNTP: ", {decimal("error", "err", lowest_error, highest_error)}, "2.3.9"},
    Form{"dns_result", Kind::dns_result, "+QIURC: \"dnsgip\",",
         {decimal("error", "err", 0, 0), decimal("count", "IP_count"), decimal("ttl", "DNS_ttl")}, "2.3.10"},
    Form{"dns_result", Kind::dns_result, "+QIURC: \"dnsgip\",", {decimal("error", "err", lowest_error, highest_error)}, "2.3.10"},
    Form{"dns_address", Kind::dns_address, "+QIURC: \"dnsgip\",", {quoted("address", "hostIPaddr", 64)}, "2.3.10"},
    Form{"dns_servers", Kind::dns_servers, "+QIDNSCFG: ",
         {decimal("context", "contextID", 1, 3), quoted("primary", "pridnsaddr", 64), optional(quoted("secondary", "secdnsaddr", 64))},
         "2.3.11"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+QICFG: \"dataformat\",",
         .items = {value("send_data_format", 0, 1), value("recv_data_format", 0, 1)}, .section = "2.3.12",
         .command = "QICFG", .option = "dataformat"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+QICFG: \"viewmode\",",
         .items = {value("view_mode", 0, 1)}, .section = "2.3.12", .command = "QICFG", .option = "viewmode"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+QICFG: \"showlength\",",
         .items = {value("show_length_mode", 0, 1)}, .section = "2.3.12", .command = "QICFG", .option = "showlength"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+QICFG: \"echomode\",",
         .items = {value("echo_mode", 0, 1)}, .section = "2.3.12", .command = "QICFG", .option = "echomode"},
    Form{"last_error", Kind::last_error, "+QIGETERROR: ",
         {decimal("code", "err", 0, 0), rest("description", "errcode_description")}, "2.3.13"},
    Form{"last_error", Kind::last_error, "+QIGETERROR: ",
         {decimal("code", "err", lowest_error, highest_error), rest("description", "errcode_description")}, "2.3.13"},
    Form{"peer_closed", Kind::peer_closed, "+QIURC: \"closed\",", {connect_id}, "2.4.1"},
    Form{.production = "data_available", .kind = Kind::data_available, .head = "+QIURC: \"recv\",",
         .items = {connect_id, optional(length("length", "current_recv_length", 0, max_payload))}, .section = "2.4.2",
         .settle = Settle::access_mode, .other = "data_received"},
    Form{.production = "data_received", .kind = Kind::data_received, .head = "+QIURC: \"recv\",",
         .items = {connect_id, length("length", "current_recv_length", 1, 1400)}, .section = "2.4.2",
         .body = Body::viewmode_quoted, .spelled = Spelled::dataformat},
    Form{.production = "buffer_full", .kind = Kind::buffer_full, .head = "+QIURC: \"recv\",", .items = {connect_id},
         .section = "2.4.3", .tail = ",\"buff full\""},
    Form{"local_address", Kind::local_address, "+IP: ", {bare("address", "IP_address")}, "2.3.1 note 4"},
});

// ── What the host sends ─────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr Parameter context_id = p("contextID", 1, 3);
inline constexpr Parameter connection = p("connectID", 0, 4);

inline constexpr auto qiopen = std::array{
    test_form("2.3.1"),
    CommandRow{CommandForm::write,
               {context_id, connection, p_words("service_type", ParameterType::string, service_types),
                p_text("IP_address", ParameterType::address, 150), p("remote_port", 1, 65535), optional(p("local_port", 0, 65535)),
                by_default(p("access_mode", 0, 1), 0, "1.2: the buffer mode is described as what a socket starts in; vocabulary"),
                optional(p("protocol_type", 0, 1))},
               Result::ok_then_urc, 60000, "2.3.1"},
};
inline constexpr auto qiclose = std::array{
    test_form("2.3.2"),
    CommandRow{CommandForm::write, {connection}, Result::ok_close_ok, 0, "2.3.2"},
};
inline constexpr auto qistate = std::array{
    test_form("2.3.3"),
    read_form("2.3.3"),
    CommandRow{CommandForm::write, {p("query_type", 0, 0), context_id}, Result::ok, 0, "2.3.3"},
    CommandRow{CommandForm::write, {p("query_type", 1, 1), connection}, Result::ok, 0, "2.3.3"},
};
inline constexpr auto qisend = std::array{
    test_form("2.3.4"),
    CommandRow{CommandForm::write, {connection, p("send_length", 1, 1024), p_text("data", ParameterType::data, 1024)},
               Result::ok_send_ok, 0, "2.3.4"},
    CommandRow{CommandForm::write, {connection}, Result::ok_send_ok, 0, "2.3.4"},
    CommandRow{CommandForm::write, {connection, p("send_length", 1, 1460)}, Result::ok_send_ok, 0, "2.3.4"},
    CommandRow{CommandForm::write, {connection, p("send_length", 0, 0)}, Result::ok, 0, "2.3.4"},
};
inline constexpr auto qird = std::array{
    test_form("2.3.5"),
    CommandRow{CommandForm::write, {connection, p("read_length", 1, 512)}, Result::ok, 0, "2.3.5"},
};
inline constexpr auto qisendex = std::array{
    test_form("2.3.6"),
    CommandRow{CommandForm::write, {connection, p("send_length", 1, 512), p_text("hex_string", ParameterType::hex, 1024)},
               Result::ok_send_ok, 0, "2.3.6"},
};
inline constexpr auto qiswtmd = std::array{
    test_form("2.3.7"),
    read_form("2.3.7"),
    CommandRow{CommandForm::write, {connection, p("access_mode", 0, 1)}, Result::ok, 0, "2.3.7"},
};
inline constexpr auto qping = std::array{
    test_form("2.3.8"),
    CommandRow{CommandForm::write,
               {context_id, p_text("host", ParameterType::string, 150), by_default(p("time_out", 1, 255), 4, "2.3.8"),
                by_default(p("ping_num", 1, 10), 4, "2.3.8"), by_default(p("ping_size", 32, 200), 32, "2.3.8")},
               Result::ok_then_urc, 0, "2.3.8"},
};
inline constexpr auto qntp = std::array{
    test_form("2.3.9"),
    CommandRow{CommandForm::write,
               {context_id, p_text("server", ParameterType::string, 150), by_default(p("port", 0, 65535), 123, "2.3.9"),
                optional(p("auto_set_time", 0, 1))},
               Result::ok_then_urc, 0, "2.3.9"},
};
inline constexpr auto qidnsgip = std::array{
    test_form("2.3.10"),
    CommandRow{CommandForm::write, {context_id, p_text("hostname", ParameterType::string, 150)}, Result::ok_then_urc, 0, "2.3.10"},
};
inline constexpr auto qidnscfg = std::array{
    test_form("2.3.11"),
    CommandRow{CommandForm::write,
               {context_id, p_text("pridnsaddr", ParameterType::address, 64), optional(p_text("secdnsaddr", ParameterType::address, 64))},
               Result::ok, 0, "2.3.11"},
    CommandRow{CommandForm::write, {context_id}, Result::ok, 0, "2.3.11"},
};
inline constexpr auto qicfg = std::array{
    test_form("2.3.12"),
    CommandRow{CommandForm::write, {}, Result::ok, 0, "2.3.12", "dataformat"},
    CommandRow{CommandForm::write, {p("send_data_format", 0, 1), p("recv_data_format", 0, 1)}, Result::ok, 0, "2.3.12", "dataformat"},
    CommandRow{CommandForm::write, {}, Result::ok, 0, "2.3.12", "viewmode"},
    CommandRow{CommandForm::write, {p("view_mode", 0, 1)}, Result::ok, 0, "2.3.12", "viewmode"},
    CommandRow{CommandForm::write, {}, Result::ok, 0, "2.3.12", "showlength"},
    CommandRow{CommandForm::write, {p("show_length_mode", 0, 1)}, Result::ok, 0, "2.3.12", "showlength"},
    CommandRow{CommandForm::write, {}, Result::ok, 0, "2.3.12", "echomode"},
    CommandRow{CommandForm::write, {p("echo_mode", 0, 1)}, Result::ok, 0, "2.3.12", "echomode"},
};
inline constexpr auto qigeterror = std::array{
    test_form("2.3.13"),
    CommandRow{CommandForm::execute, {}, Result::ok, 0, "2.3.13"},
};

inline constexpr auto commands = std::array{
    Command{"QIOPEN", 300, Saved::deep_sleep, qiopen},
    Command{"QICLOSE", 300, Saved::nothing, qiclose},
    Command{"QISTATE", 300, Saved::nothing, qistate},
    Command{"QISEND", 300, Saved::nothing, qisend, true},
    Command{"QIRD", 300, Saved::nothing, qird},
    Command{"QISENDEX", 300, Saved::nothing, qisendex},
    Command{"QISWTMD", 300, Saved::deep_sleep, qiswtmd},
    Command{"QPING", 300, Saved::nothing, qping},
    Command{"QNTP", 300, Saved::nothing, qntp},
    Command{"QIDNSGIP", 300, Saved::nothing, qidnsgip},
    Command{"QIDNSCFG", 300, Saved::deep_sleep, qidnscfg},
    // "echomode" is lost in deep sleep; the other three are in NVRAM.
    Command{"QICFG", 300, Saved::always, qicfg},
    Command{"QIGETERROR", 300, Saved::nothing, qigeterror},
};
// clang-format on

// ── Code tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

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
    {566, "Socket connection failed"},
    {567, "Socket has been closed"},
    {568, "Operation busy"},
    {569, "Operation timeout"},
    {570, "PDP context broken down"},
    {571, "Cancel send"},
    {572, "Operation not allowed"},
    {573, "APN not configured"},
    {574, "Port busy"},
}};
inline constexpr std::array<Code, 1> ping_results = {{{0, "reply received"}}};
inline constexpr std::array<Code, 1> ping_finals = {{{0, "ping succeeded"}}};
inline constexpr std::array<Code, 5> socket_states = {{
    {0, "Initial"},
    {1, "Connecting"},
    {2, "Connected"},
    {3, "Closing"},
    {4, "Remote Closing"},
}};
inline constexpr std::array<Code, 2> access_modes = {{{0, "buffer access mode"}, {1, "direct push mode"}}};
inline constexpr std::array<Code, 2> protocol_types = {{{0, "IPv4"}, {1, "IPv6"}}};
inline constexpr std::array<Code, 2> query_types = {{{0, "by contextID"}, {1, "by connectID"}}};
inline constexpr std::array<Code, 2> auto_set_times = {{{0, "keep the local time"}, {1, "set the local time"}}};
inline constexpr std::array<Code, 2> data_formats = {{{0, "text"}, {1, "hexadecimal"}}};
inline constexpr std::array<Code, 2> view_modes = {{{0, "header, CRLF, data"}, {1, "header, comma, data"}}};
inline constexpr std::array<Code, 2> show_length_modes = {{{0, "hide"}, {1, "show"}}};
inline constexpr std::array<Code, 2> echo_modes = {{{0, "no echo"}, {1, "echo"}}};

inline constexpr auto codes = std::array{
    CodeTable{"err", errors, "3"},
    CodeTable{"ping_result_parameter", ping_results, "2.3.8"},
    CodeTable{"ping_finresult", ping_finals, "2.3.8"},
    CodeTable{"socket_state", socket_states, "2.3.3"},
    CodeTable{"access_mode", access_modes, "2.3.1"},
    CodeTable{"protocol_type", protocol_types, "2.3.1"},
    CodeTable{"query_type", query_types, "2.3.3"},
    CodeTable{"auto_set_time", auto_set_times, "2.3.9"},
    CodeTable{"send_data_format", data_formats, "2.3.12"},
    CodeTable{"recv_data_format", data_formats, "2.3.12"},
    CodeTable{"view_mode", view_modes, "2.3.12"},
    CodeTable{"show_length_mode", show_length_modes, "2.3.12"},
    CodeTable{"echo_mode", echo_modes, "2.3.12"},
};

// The manual underlines its defaults and its text has lost the underlines; what its examples do on a fresh module stands in.
inline constexpr auto defaults = std::array{
    Default{"access_mode", 0, "the vocabulary's rule for QIOPEN without an access mode"},
    Default{"viewmode", 0, "4.1.3 and 4.2.3: payload on its own line until viewmode is set to 1"},
    Default{"showlength", 0, "4.1.3: no length until showlength is set to 1"},
    Default{"dataformat", 0, "4.1.3: data read as text without setting it"},
    Default{"send_dataformat", 0, "4.1.2: data sent as text without setting it"},
    Default{"echomode", 0, "4.1.2: no data comes back, and firmware before BC26NxR01A07 has no such mode"},
    Default{"payload_quotes", 1, "4.2.3: +QIURC: \"recv\",0,12,\"012345678901\"; E085"},
};

inline constexpr Facts facts = {
    .name = "bc26",
    .modules = "BC26, BC20",
    .manual = "BC26&BC20 TCP/IP V1.0",
    .forms = forms,
    .commands = commands,
    .codes = codes,
    .defaults = defaults,
    .crlf_after_payload = true,
};

inline constexpr std::string_view end_of_transparent = {};  // no transparent mode
inline constexpr Setting Settings::*data_echo = &Settings::echomode;

}  // namespace tables::bc26

extern const Decoding bc26_decoding;

/// Quectel BC26 and BC20.
inline constexpr Dialect bc26{bc26_decoding, tables::bc26::facts};

}  // namespace atwire

#endif
