// What "BC26&BC20 TCP/IP AT commands" V1.0 (2019-12-05) documents beside quectel.hpp.
#ifndef ATWIRE_DIALECTS_BC26_HPP
#define ATWIRE_DIALECTS_BC26_HPP

#include <atwire/dialects/quectel.hpp>

namespace atwire {

namespace tables::bc26 {

inline constexpr std::array<std::string_view, 2> services = {"TCP", "UDP"};

inline constexpr quectel::Manual manual = {
    .last_socket = 4,
    .last_context = 3,
    .longest_host = 150,
    .longest_dns = 64,
    .ping_success = 0,
    .ping_address = quoted("address", "IP_address", 45),
    .ntp_error = "err",
    .first_ntp_error = quectel::lowest_error,
    .last_ntp_error = quectel::highest_error,
    .year_digits = 2,
    .notice_length = "current_recv_length",
    .qiopen = "2.3.1",
    .qiclose = "2.3.2",
    .qistate = "2.3.3",
    .qisend = "2.3.4",
    .qird = "2.3.5",
    .qisendex = "2.3.6",
    .qiswtmd = "2.3.7",
    .qping = "2.3.8",
    .qntp = "2.3.9",
    .qidnsgip = "2.3.10",
    .qidnscfg = "2.3.11",
    .qicfg = "2.3.12",
    .qigeterror = "2.3.13",
    .closed = "2.4.1",
    .recv = "2.4.2",
    .buff_full = "2.4.3",
    .incoming_full = {},  // it does not listen
    .incoming = {},
};
inline constexpr quectel::NbIot nb_iot = {
    .services = services,
    .longest_address = 150,  // the name of a server where AT+QIOPEN was given one
    .last_state = 4,
    .longest_read = 512,
};

// ── What the module sends ───────────────────────────────────────────────────────────────────────────────────────────────────

// One row as one sentence: the formatter would make ten lines of it.
// clang-format off
inline constexpr auto forms = with_general(quectel::forms(manual), quectel::nb_iot_forms(manual, nb_iot), std::array{
    quectel::send_totals(manual, "sent", "acked", "nAcked"),
    quectel::dns_servers(manual, optional(quoted("secondary", "secdnsaddr", manual.longest_dns))),
    quectel::option(manual, "+QICFG: \"echomode\",", {value("echo_mode", 0, 1)}),
    Form{.production = "data_received", .kind = Kind::data_received, .head = "+QIURC: \"recv\",",
         .items = {quectel::connect_id(manual), length("length", "current_recv_length", 1, 1400)}, .section = "2.4.2",
         .body = Body::viewmode_quoted, .spelled = Spelled::dataformat},
    Form{"local_address", Kind::local_address, "+IP: ", {bare("address", "IP_address")}, "2.3.1 note 4"},
});

// ── What the host sends ─────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr Parameter connection = quectel::connection(manual);
inline constexpr Parameter context = quectel::context(manual);

inline constexpr auto qiopen = std::array{
    test_form("2.3.1"),
    CommandRow{CommandForm::write,
               {context, connection, p_words("service_type", ParameterType::string, services),
                p_text("IP_address", ParameterType::address, 150), p("remote_port", 1, 65535), optional(p("local_port", 0, 65535)),
                by_default(p("access_mode", 0, 1), 0, "1.2: the buffer mode is described as what a socket starts in; vocabulary"),
                optional(p("protocol_type", 0, 1))},
               Result::ok_then_urc, 60000, "2.3.1"},
};
inline constexpr auto qisend = std::array{
    test_form("2.3.4"),
    CommandRow{CommandForm::write, {connection, p("send_length", 1, 1024), p_text("data", ParameterType::data, 1024)},
               Result::ok_send_ok, 0, "2.3.4"},
    CommandRow{CommandForm::write, {connection}, Result::ok_send_ok, 0, "2.3.4"},
    CommandRow{CommandForm::write, {connection, p("send_length", 1, 1460)}, Result::ok_send_ok, 0, "2.3.4"},
    CommandRow{CommandForm::write, {connection, p("send_length", 0, 0)}, Result::ok, 0, "2.3.4"},
};
inline constexpr auto qisendex = std::array{
    test_form("2.3.6"),
    CommandRow{CommandForm::write, {connection, p("send_length", 1, 512), p_text("hex_string", ParameterType::hex, 1024)},
               Result::ok_send_ok, 0, "2.3.6"},
};
inline constexpr auto qntp = std::array{
    test_form("2.3.9"),
    CommandRow{CommandForm::write,
               {context, quectel::host(manual, "server"), by_default(p("port", 0, 65535), 123, "2.3.9"),
                optional(p("auto_set_time", 0, 1))},
               Result::ok_then_urc, 0, "2.3.9"},
};
inline constexpr auto qicfg = join(quectel::qicfg<manual>, quectel::showlength_rows(manual),
                                   lost_in_deep_sleep(quectel::option_rows(manual, "echomode", p("echo_mode", 0, 1))));

inline constexpr auto commands = std::array{
    CommandFacts{"QIOPEN", {CommandKind::open_socket}, 300, Saved::deep_sleep, qiopen},
    CommandFacts{"QICLOSE", {CommandKind::close_socket}, 300, Saved::nothing, quectel::qiclose<manual>},
    CommandFacts{"QISTATE", {CommandKind::query_sockets}, 300, Saved::nothing, quectel::qistate<manual>},
    CommandFacts{"QISEND", {CommandKind::send}, 300, Saved::nothing, qisend, true},
    CommandFacts{"QIRD", {CommandKind::read_data}, 300, Saved::nothing, quectel::qird<manual, nb_iot>},
    CommandFacts{"QISENDEX", {CommandKind::send_hex}, 300, Saved::nothing, qisendex},
    CommandFacts{"QISWTMD", {CommandKind::set_access_mode}, 300, Saved::deep_sleep, quectel::qiswtmd<manual>},
    CommandFacts{"QPING", {CommandKind::ping}, 300, Saved::nothing, quectel::qping<manual>},
    CommandFacts{"QNTP", {CommandKind::sync_time}, 300, Saved::nothing, qntp},
    CommandFacts{"QIDNSGIP", {CommandKind::resolve}, 300, Saved::nothing, quectel::qidnsgip<manual>},
    CommandFacts{"QIDNSCFG", {CommandKind::set_dns_servers, CommandKind::query_dns_servers}, 300, Saved::deep_sleep, quectel::qidnscfg<manual>},
    CommandFacts{"QICFG", {CommandKind::set_option, CommandKind::query_option}, 300, Saved::always, qicfg},
    CommandFacts{"QIGETERROR", {}, 300, Saved::nothing, quectel::qigeterror<manual>},
};
// clang-format on

// ── Code tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr auto errors = quectel::errors_but(std::array{Code{566, "Socket connection failed"}});
inline constexpr std::array<Code, 1> ping_results = {{{0, "reply received"}}};
inline constexpr std::array<Code, 1> ping_finals = {{{0, "ping succeeded"}}};
inline constexpr std::array<Code, 5> socket_states = {{
    {0, "Initial"},
    {1, "Connecting"},
    {2, "Connected"},
    {3, "Closing"},
    {4, "Remote Closing"},
}};
inline constexpr std::array<Code, 2> echo_modes = {{{0, "no echo"}, {1, "echo"}}};

inline constexpr auto codes = join(quectel::codes(manual, errors, "3", "auto_set_time"),
                                   std::array{
                                       CodeTable{"ping_result_parameter", ping_results, "2.3.8"},
                                       CodeTable{"ping_finresult", ping_finals, "2.3.8"},
                                       CodeTable{"socket_state", socket_states, "2.3.3"},
                                       CodeTable{"access_mode", quectel::access_modes, "2.3.1"},
                                       CodeTable{"protocol_type", quectel::protocol_types, "2.3.1"},
                                       CodeTable{"show_length_mode", quectel::show_length_modes, "2.3.12"},
                                       CodeTable{"echo_mode", echo_modes, "2.3.12"},
                                   });

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
    .alias = {"QNTTP", "QNTP"},  // 2.3.9: E064
};

inline constexpr std::string_view end_of_transparent = {};  // no transparent mode
inline constexpr Setting Settings::*data_echo = &Settings::echomode;
inline constexpr Setting Settings::*shown_length = &Settings::showlength;

}  // namespace tables::bc26

extern const Decoding bc26_decoding;

/// Quectel BC26 and BC20.
inline constexpr Dialect bc26{bc26_decoding, tables::bc26::facts};

}  // namespace atwire

#endif
