// What "BC65&BC92 TCP/IP Application Note" documents beside quectel.hpp.
#ifndef ATWIRE_DIALECTS_BC65_HPP
#define ATWIRE_DIALECTS_BC65_HPP

#include <atwire/dialects/quectel.hpp>

namespace atwire {

namespace tables::bc65 {

/// AT+QIOPEN lists the last of the services too, though its note 1 says that it is not supported now: E029.
inline constexpr std::array<std::string_view, 5> services = {"TCP", "UDP", "TCP LISTENER", "TCP INCOMING", "UDP SERVICE"};

inline constexpr quectel::Manual manual = {
    .last_socket = 5,
    .last_context = 3,
    .longest_host = 255,  // no limit stated
    .longest_dns = 50,
    .ping_success = 2,
    .ping_address = bare("address", "IP_address"),
    .ntp_error = "NTP_err",
    .first_ntp_error = 1,
    .last_ntp_error = 5,
    .year_digits = 4,
    .notice_length = "current_recv_length",
    .qiopen = "2.2.1",
    .qiclose = "2.2.2",
    .qistate = "2.2.3",
    .qisend = "2.2.4",
    .qird = "2.2.6",
    .qisendex = "2.2.5",
    .qiswtmd = "2.2.7",
    .qping = "2.2.8",
    .qntp = "2.2.9",
    .qidnsgip = "2.2.10",
    .qidnscfg = "2.2.13",
    .qicfg = "2.2.11",
    .qigeterror = "2.2.12",
    .closed = "2.3.1",
    .recv = "2.3.2",
    .buff_full = "2.3.3",
    .incoming_full = "2.3.4",
    .incoming = "2.3.5",
};
inline constexpr quectel::NbIot nb_iot = {
    .services = services,
    .longest_address = 45,  // no limit stated
    .last_state = 5,
    .longest_read = 1024,
};

// ── What the module sends ───────────────────────────────────────────────────────────────────────────────────────────────────

// One row as one sentence: the formatter would make ten lines of it.
// clang-format off
inline constexpr auto forms = with_general(quectel::forms(manual), quectel::nb_iot_forms(manual, nb_iot), quectel::listener_forms(manual), std::array{
    // 2.2.8 says 1 of a reply that did not come, and sends to chapter 3 for the others, which has 569 too: E019, E020.
    Form{"ping_timeout", Kind::ping_reply, "+QPING: ", {decimal("result", "result", 1, 1)}, "2.2.8"},
    Form{"ping_failed", Kind::ping_summary, "+QPING: ", {decimal("result", "finresult", 3, 5)}, "2.2.8"},
    Form{"dns_servers", Kind::dns_servers, "+QIDNSCFG: ",
         {quoted("primary", "PrimaryDNS", manual.longest_dns), quoted("secondary", "SecondaryDNS", manual.longest_dns)}, "2.2.13"},
    Form{"local_address", Kind::local_address, "+CGPADDR: ", {decimal("context", "cid"), quoted("address", "address", 45)}, "4.1.1"},
    quectel::option(manual, "+QICFG: \"open_time\",", {value("open_time", 1, 36)}),
    Form{.production = "data_received", .kind = Kind::data_received, .head = "+QIURC: \"recv\",",
         .items = {quectel::connect_id(manual), optional(length("length", "current_recv_length", 1, max_payload))},
         .section = "2.3.2", .body = Body::viewmode_unframed, .spelled = Spelled::dataformat, .settle = Settle::shown_length},
});

// ── What the host sends ─────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr std::array<std::string_view, 2> clients = {"TCP", "UDP"};
inline constexpr std::array<std::string_view, 2> listeners = {"TCP LISTENER", "UDP SERVICE"};
inline constexpr Parameter connection = quectel::connection(manual);
inline constexpr Parameter context = quectel::context(manual);
inline constexpr Parameter send_length = p("send_length", 0, 1440);  // only the largest is stated
inline constexpr Parameter remote_port = p("remote_port", 1, 65535);
inline constexpr Parameter access_mode =
    by_default(p("access_mode", 0, 1), 0, "2.3.5: a socket that nobody opened starts in the buffer access mode; vocabulary");
inline constexpr Parameter protocol_type = optional(p("protocol_type", 0, 1));
/// 2.2.1 note 2: <open_time>, 36 s at most, and 140 s more where a name has to be resolved.
inline constexpr std::uint32_t opened_by = 176000;

inline constexpr auto qiopen = std::array{
    test_form("2.2.1"),
    CommandRow{CommandForm::write,
               {context, connection, p_words("service_type", ParameterType::string, clients),
                p_text("IP_address", ParameterType::address, 50), remote_port, by_default(p("local_port", 0, 65535), 0, "2.2.1"),
                access_mode, protocol_type},
               Result::ok_then_urc, opened_by, "2.2.1"},
    CommandRow{CommandForm::write,
               {context, connection, p_words("service_type", ParameterType::string, listeners),
                p_text("IP_address", ParameterType::address, 50), remote_port, p("local_port", 1, 65535), access_mode, protocol_type},
               Result::ok_then_urc, opened_by, "2.2.1"},
};
inline constexpr auto qisend = std::array{
    test_form("2.2.4"),
    CommandRow{CommandForm::write, {connection, send_length, p_text("data", ParameterType::data, 1440)}, Result::ok_send_ok, 0, "2.2.4"},
    CommandRow{CommandForm::write, {connection}, Result::ok_send_ok, 0, "2.2.4"},
    CommandRow{CommandForm::write, {connection, send_length}, Result::ok_send_ok, 0, "2.2.4"},
};
inline constexpr auto qisendex = std::array{
    test_form("2.2.5"),
    CommandRow{CommandForm::write, {connection, send_length, p_text("hex_string", ParameterType::hex, 2880)},
               Result::ok_send_ok, 0, "2.2.5"},
    CommandRow{CommandForm::write, {connection}, Result::ok_send_ok, 0, "2.2.5"},
    CommandRow{CommandForm::write, {connection, send_length}, Result::ok_send_ok, 0, "2.2.5"},
};
inline constexpr auto qntp = std::array{
    test_form("2.2.9"),
    CommandRow{CommandForm::write,
               {context, quectel::host(manual, "server"), optional(p("port", 0, 65535)), optional(p("auto_set_time", 0, 1))},
               Result::ok_then_urc, 0, "2.2.9"},
};
inline constexpr auto qidnscfg = std::array{
    test_form("2.2.13"),
    read_form("2.2.13"),
    CommandRow{CommandForm::write,
               {p_text("PrimaryDNS", ParameterType::address, manual.longest_dns),
                optional(p_text("SecondaryDNS", ParameterType::address, manual.longest_dns))},
               Result::ok, 0, "2.2.13"},
};
inline constexpr auto qicfg = join(quectel::qicfg<manual>, quectel::showlength_rows(manual),
                                   quectel::option_rows(manual, "open_time", stated(p("open_time", 1, 36), 36, "2.2.11")));

inline constexpr auto commands = std::array{
    // Of its parameters <access_mode> alone is in NVRAM.
    CommandFacts{"QIOPEN", {CommandKind::open_socket}, 300, Saved::deep_sleep, qiopen},
    CommandFacts{"QICLOSE", {CommandKind::close_socket}, 300, Saved::nothing, quectel::qiclose<manual>},
    CommandFacts{"QISTATE", {CommandKind::query_sockets}, 300, Saved::nothing, quectel::qistate<manual>},
    CommandFacts{"QISEND", {CommandKind::send}, 300, Saved::nothing, qisend, true},
    CommandFacts{"QISENDEX", {CommandKind::send_hex}, 300, Saved::nothing, qisendex, true},
    CommandFacts{"QIRD", {CommandKind::read_data}, 300, Saved::nothing, quectel::qird<manual, nb_iot>},
    CommandFacts{"QISWTMD", {CommandKind::set_access_mode}, 300, Saved::always, quectel::qiswtmd<manual>},
    CommandFacts{"QPING", {CommandKind::ping}, 300, Saved::nothing, quectel::qping<manual>},
    CommandFacts{"QNTP", {CommandKind::sync_time}, 300, Saved::nothing, qntp},
    CommandFacts{"QIDNSGIP", {CommandKind::resolve}, 300, Saved::nothing, quectel::qidnsgip<manual>},
    // "open_time" is lost in deep sleep; the other three are in NVRAM.
    CommandFacts{"QICFG", {CommandKind::set_option, CommandKind::query_option}, 300, Saved::always, qicfg},
    CommandFacts{"QIGETERROR", {}, 300, Saved::nothing, quectel::qigeterror<manual>},
    CommandFacts{"QIDNSCFG", {CommandKind::set_dns_servers, CommandKind::query_dns_servers}, 300, Saved::deep_sleep, qidnscfg},
};
// clang-format on

// ── Code tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr std::array<Code, 6> ping_results = {{
    {0, "PING_ECHO"},
    {1, "PING_TIMEOUT"},
    {2, "PING_SUCCESS"},
    {3, "PING_TCPIP_ERROR"},
    {4, "PING_ADDRESS_NOT_FOUND"},
    {5, "PING_PDP_ACT_FAIL"},
}};
inline constexpr std::array<Code, 6> ntp_errors = {{
    {0, "APP_NTP_OK"},
    {1, "APP_NTP_ERROR"},
    {2, "APP_NTP_NO_REPLY"},
    {3, "APP_NTP_ERROR_BUSY"},
    {4, "APP_NTP_DNS_ERROR"},
    {5, "APP_NTP_BEARER_FAIL"},
}};
inline constexpr std::array<Code, 2> ping_replies = {{{0, "Received the ping response of remote server."}, {1, "Ping timeout."}}};
inline constexpr std::array<Code, 1> ping_finals = {{{2, "Ping successfully"}}};
inline constexpr std::array<Code, 2> syncs = {{{0, "Time synchronization succeeds."}, {1, "Time synchronization fails."}}};
inline constexpr std::array<Code, 6> socket_states = {{
    {0, "\"idle\": the client connection has not been established"},
    {1, "\"connecting\": the client is connecting"},
    {2, "\"connected\": the client connection has been established"},
    {3, "\"closing\": the client connection is closing"},
    {4, "\"remote closing\": the server connection is closing"},
    {5, "\"closed\": the client connection is closed"},
}};

inline constexpr auto codes = join(quectel::codes(manual, quectel::errors, "3", "auto_set_time"),
                                   std::array{
                                       CodeTable{"ping_result", ping_results, "3"},
                                       CodeTable{"ntp_err", ntp_errors, "3"},
                                       CodeTable{"ping_result_parameter", ping_replies, "2.2.8"},
                                       CodeTable{"ping_finresult", ping_finals, "2.2.8"},
                                       CodeTable{"ntp_err_parameter", syncs, "2.2.9"},
                                       CodeTable{"socket_state", socket_states, "2.2.3"},
                                       CodeTable{"access_mode", quectel::access_modes, "2.2.1"},
                                       CodeTable{"protocol_type", quectel::protocol_types, "2.2.1"},
                                       CodeTable{"show_length_mode", quectel::show_length_modes, "2.2.11"},
                                   });

// The manual underlines its defaults and its text has lost the underlines; what its examples do on a fresh module stands in.
inline constexpr auto defaults = std::array{
    Default{"access_mode", 0,
            "2.3.5: a socket that nobody opened starts in the buffer access mode; the vocabulary's rule for QIOPEN"},
    Default{"viewmode", 0, "4.1.3 and 4.2.3: payload on its own line until viewmode is set to 1"},
    Default{"showlength", 0, "4.1.3: no length until showlength is set to 1"},
    Default{"dataformat", 0, "4.1.3: data read as text without setting it"},
    Default{"send_dataformat", 0, "4.1.2: data sent as text without setting it; 2.2.4 note 1: nothing else is supported"},
};

inline constexpr Facts facts = {
    .name = "bc65",
    .modules = "BC65, BC92",
    .manual = "BC65&BC92 TCP/IP Application Note",
    .forms = forms,
    .commands = commands,
    .codes = codes,
    .defaults = defaults,
    .crlf_after_payload = true,
    .accepted = Accepted::buffered,  // 2.3.5
};

inline constexpr std::string_view end_of_transparent = {};  // no transparent mode
inline constexpr Setting Settings::*data_echo = nullptr;    // what is sent never comes back
inline constexpr Setting Settings::*shown_length = &Settings::showlength;

}  // namespace tables::bc65

extern const Decoding bc65_decoding;

/// Quectel BC65 and BC92.
inline constexpr Dialect bc65{bc65_decoding, tables::bc65::facts};

}  // namespace atwire

#endif
