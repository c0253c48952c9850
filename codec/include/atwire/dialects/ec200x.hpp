// What "EC200x&EC600x&EG912Y Series TCP/IP Application Note" documents beside quectel.hpp.
#ifndef ATWIRE_DIALECTS_EC200X_HPP
#define ATWIRE_DIALECTS_EC200X_HPP

#include <atwire/dialects/quectel.hpp>

namespace atwire {

namespace tables::ec200x {

inline constexpr std::array<std::string_view, 6> services = {"TCP",          "UDP",         "TCP LISTENER",
                                                             "TCP INCOMING", "UDP SERVICE", "UDP INCOMING"};
inline constexpr std::array<std::string_view, 7> at_ports = {"usbmodem", "usbat", "uart1", "cmux1", "cmux2", "cmux3", "cmux4"};

inline constexpr quectel::Manual manual = {
    .last_socket = 11,
    .last_context = 15,
    .longest_host = 255,  // no limit stated
    .longest_dns = 45,    // no limit stated
    .ping_success = 0,
    .ping_address = quoted("address", "IP_address", 45),
    .ntp_error = "err",
    .first_ntp_error = quectel::lowest_error,
    .last_ntp_error = quectel::highest_error,
    .year_digits = 4,
    .notice_length = "currentrecvlength",
    .qiopen = "2.3.4",
    .qiclose = "2.3.5",
    .qistate = "2.3.6",
    .qisend = "2.3.7",
    .qird = "2.3.8",
    .qisendex = "2.3.9",
    .qiswtmd = "2.3.10",
    .qping = "2.3.11",
    .qntp = "2.3.12",
    .qidnsgip = "2.3.14",
    .qidnscfg = "2.3.13",
    .qicfg = "2.3.15",
    .qigeterror = "2.3.17",
    .closed = "2.4.1",
    .recv = "2.4.2",
    .buff_full = {},  // its buffer fills without a word
    .incoming_full = "2.4.3",
    .incoming = "2.4.4",
};

// ── What the module sends ───────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr Item connect_id = quectel::connect_id(manual);
inline constexpr Item context_id = quectel::context_id(manual);
inline constexpr Item remote_ip = quoted("address", "remoteIP", 45);
inline constexpr Item remote_port = port("port", "remote_port");
constexpr Item context_type(std::int64_t first, std::int64_t last) { return decimal("type", "context_type", first, last); }

// One row as one sentence: the formatter would make ten lines of it.
// clang-format off
inline constexpr auto forms = with_general(quectel::forms(manual), quectel::listener_forms(manual), std::array{
    Form{"context_profile", Kind::context_profile, "+QICSGP: ",
         {context_type(1, 3), empty_or(quoted("apn", "APN")), empty_or(quoted("username", "username", 127)),
          empty_or(quoted("password", "password", 127)), decimal("authentication", "authentication", 0, 3)},
         "2.3.1"},
    // The manual prints one address always; a context of both kinds has two, one without has none: E108.
    Form{"context_status", Kind::context_status, "+QIACT: ",
         {context_id, decimal("state", "context_state", 1, 1), context_type(3, 3), quoted("address", "IP_address", 45),
          quoted("address_v6", "IP_address_v6", 45)},
         "2.3.2"},
    Form{"context_status", Kind::context_status, "+QIACT: ",
         {context_id, decimal("state", "context_state", 0, 1), context_type(1, 2), quoted("address", "IP_address", 45)}, "2.3.2"},
    Form{"context_status", Kind::context_status, "+QIACT: ",
         {context_id, decimal("state", "context_state", 0, 1), context_type(1, 3)}, "2.3.2"},
    Form{"socket_status", Kind::socket_status, "+QISTATE: ",
         {connect_id, quoted("service", "service_type", services), quoted("address", "IP_address", 45),
          port("remote_port", "remote_port"), port("local_port", "local_port"), decimal("state", "socket_state", 0, 4), context_id,
          integer("server", "serverID", 0, manual.last_socket), decimal("access_mode", "access_mode", 0, 2),
          quoted("at_port", "AT_port", at_ports)},
         "2.3.6"},
    quectel::send_totals(manual, "total_send_length", "ackedbytes", "unackedbytes"),
    Form{.production = "data_read", .kind = Kind::data_read, .head = "+QIRD: ",
         .items = {length("length", "read_actual_length", 0, max_payload)}, .section = "2.3.8", .body = Body::viewmode,
         .spelled = Spelled::dataformat, .command = "QIRD"},
    Form{.production = "data_read_from", .kind = Kind::data_read, .head = "+QIRD: ",
         .items = {length("length", "read_actual_length", 1, max_payload), remote_ip, remote_port}, .section = "2.3.8",
         .body = Body::viewmode, .spelled = Spelled::dataformat, .command = "QIRD"},
    Form{.production = "receive_totals", .kind = Kind::receive_totals, .head = "+QIRD: ",
         .items = {decimal("total", "total_receive_length"), decimal("read", "have_read_length"), decimal("unread", "unread_length")},
         .section = "2.3.8"},
    Form{"ntp_server", Kind::ntp_server, "+QNTP: ", {quoted("server", "server"), decimal("port", "port", 1, 65535)}, "2.3.12"},
    quectel::dns_servers(manual, quoted("secondary", "secdnsaddr", manual.longest_dns)),
    quectel::option(manual, "+QICFG: \"transpktsize\",", {value("transpktsize", 1, 1460)}),
    quectel::option(manual, "+QICFG: \"transwaittm\",", {value("transwaittm", 0, 20)}),
    quectel::option(manual, "+QICFG: \"passiveclosed\",", {value("closed", 0, 1)}),
    quectel::option(manual, "+QICFG: \"udp/readmode\",", {value("mode", 0, 1)}),
    quectel::option(manual, "+QICFG: \"udp/sendmode\",", {value("mode", 0, 1)}),
    quectel::option(manual, "+QICFG: \"tcp/keepalive\",",
                    {value("enable", 0, 1), value("idle_time", 1, 1800), value("interval_time", 25, 100), value("probe_cnt", 3, 10)}),
    quectel::option(manual, "+QICFG: \"tcp/keepalive\",", {value("enable", 0, 0)}),   // where it is off: E091
    quectel::option(manual, "+QICFG: \"recvind\",", {value("show_length", 0, 1)}),
    quectel::option(manual, "+QICFG: \"tcp/retranscfg\",", {value("retran_times", 3, 12), value("retran_time", 5, 1000)}),
    quectel::option(manual, "+QICFG: \"tcp/accept\",", {value("state", 0, 1)}),
    quectel::option(manual, "+QICFG: \"send/buffersize\",", {value("buffer_size", 1460, 10240)}),
    quectel::option(manual, "+QICFG: \"send/auto\",",
                    {value("connectID", 0, manual.last_socket), value("cycle_time", 20, 86400), optional(text_value("msg_auto", 400))}),
    quectel::option(manual, "+QICFG: \"recv/ignore\",",
                    {value("connectID", 0, manual.last_socket), optional(text_value("msg_ignore", 400))}),
    quectel::option(manual, "+QICFG: \"formatcfg\",", {value("format", 0, 1)}),
    quectel::option(manual, "+QICFG: \"qisend/timeout\",", {value("timeout", 0, 120)}),
    quectel::option(manual, "+QICFG: \"close/mode\",", {value("close_mode", 0, 1)}),
    Form{.production = "option", .kind = Kind::option, .head = "+QISDE: ", .items = {value("echo", 0, 1)}, .section = "2.3.16",
         .command = "QISDE"},
    Form{.production = "data_received", .kind = Kind::data_received, .head = "+QIURC: \"recv\",",
         .items = {connect_id, length("length", "currentrecvlength", 1, max_payload)}, .section = "2.4.2", .body = Body::viewmode,
         .spelled = Spelled::dataformat},
    Form{.production = "data_received_from", .kind = Kind::data_received, .head = "+QIURC: \"recv\",",
         .items = {connect_id, length("length", "currentrecvlength", 1, max_payload), remote_ip, remote_port}, .section = "2.4.2",
         .body = Body::viewmode, .spelled = Spelled::dataformat},
    Form{"context_lost", Kind::context_lost, "+QIURC: \"pdpdeact\",", {context_id}, "2.4.5"},
});

// ── What the host sends ─────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr std::array<std::string_view, 2> clients = {"TCP", "UDP"};
inline constexpr std::array<std::string_view, 2> listeners = {"TCP LISTENER", "UDP SERVICE"};
inline constexpr std::array<std::string_view, 1> own_address = {"127.0.0.1"};
inline constexpr Parameter connection = quectel::connection(manual);
inline constexpr Parameter context = quectel::context(manual);
inline constexpr Parameter ip_address = p_text("IP_address", ParameterType::address);
inline constexpr Parameter access_mode =
    by_default(p("access_mode", 0, 1), 0, "1.3: the mode that +++ leaves a socket in; vocabulary");
constexpr Parameter a_port(std::string_view name) { return p(name, 0, 65535); }

inline constexpr auto qicsgp = std::array{
    test_form("2.3.1"),
    asking(CommandRow{CommandForm::write, {context}, Result::ok, 0, "2.3.1"}),
    CommandRow{CommandForm::write, {context, p("context_type", 1, 3), empty_or(p_text("APN", ParameterType::string))}, Result::ok, 0, "2.3.1"},
    CommandRow{CommandForm::write,
               {context, p("context_type", 1, 3), empty_or(p_text("APN", ParameterType::string)),
                empty_or(p_text("username", ParameterType::string, 127)), empty_or(p_text("password", ParameterType::string, 127)),
                optional(p("authentication", 0, 3)), optional(p("CDMA_pwd", 0, 1))},
               Result::ok, 0, "2.3.1"},
};
inline constexpr auto qiact = std::array{
    test_form("2.3.2"),
    read_form("2.3.2"),
    CommandRow{CommandForm::write, {context}, Result::ok, 0, "2.3.2"},
};
inline constexpr auto qideact = std::array{
    test_form("2.3.3"),
    CommandRow{CommandForm::write, {context}, Result::ok, 0, "2.3.3"},
};
inline constexpr auto qiopen = std::array{
    test_form("2.3.4"),
    CommandRow{CommandForm::write,
               {context, connection, p_words("service_type", ParameterType::string, clients), ip_address, a_port("remote_port"),
                optional(a_port("local_port")), access_mode},
               Result::ok_then_urc, 150000, "2.3.4"},
    CommandRow{CommandForm::write,
               {context, connection, p_words("service_type", ParameterType::string, listeners),
                p_words("IP_address", ParameterType::address, own_address), a_port("remote_port"), a_port("local_port"), access_mode},
               Result::ok_then_urc, 150000, "2.3.4"},
    CommandRow{CommandForm::write,
               {context, connection, p_words("service_type", ParameterType::string, clients), ip_address, a_port("remote_port"),
                a_port("local_port"), p("access_mode", 2, 2)},
               Result::connect, 0, "2.3.4"},
};
inline constexpr auto qiclose = std::array{
    test_form("2.3.5"),
    CommandRow{CommandForm::write, {connection, by_default(p("timeout", 0, 65535), 10, "2.3.5")}, Result::ok, 0, "2.3.5"},
};
inline constexpr auto qistate = join(quectel::qistate<manual>, std::array{execute_form("2.3.6")});
inline constexpr auto qisend = std::array{
    test_form("2.3.7"),
    CommandRow{CommandForm::write, {connection}, Result::send_ok, 0, "2.3.7"},
    CommandRow{CommandForm::write, {connection, p("send_length", 1, 1460)}, Result::send_ok, 0, "2.3.7"},
    CommandRow{CommandForm::write,
               {connection, p("send_length", 1, 1460), p_text("remoteIP", ParameterType::address), a_port("remote_port")},
               Result::send_ok, 0, "2.3.7"},
    CommandRow{CommandForm::write, {connection, p("send_length", 0, 0)}, Result::ok, 0, "2.3.7"},
};
inline constexpr auto qird = std::array{
    test_form("2.3.8"),
    CommandRow{CommandForm::write, {connection, optional(p("read_length", 1, 1500))}, Result::ok, 0, "2.3.8"},
    CommandRow{CommandForm::write, {connection, p("read_length", 0, 0)}, Result::ok, 0, "2.3.8"},
};
inline constexpr auto qisendex = std::array{
    test_form("2.3.9"),
    CommandRow{CommandForm::write, {connection, p_text("hex_string", ParameterType::hex, 512)}, Result::send_ok, 0, "2.3.9"},
};
inline constexpr auto qiswtmd = std::array{
    test_form("2.3.10"),
    CommandRow{CommandForm::write, {connection, p("access_mode", 0, 1)}, Result::ok, 0, "2.3.10"},
    CommandRow{CommandForm::write, {connection, p("access_mode", 2, 2)}, Result::connect, 0, "2.3.10"},
};
inline constexpr auto qping = std::array{
    test_form("2.3.11"),
    CommandRow{CommandForm::write,
               {context, quectel::host(manual, "host"), by_default(p("timeout", 1, 255), 4, "2.3.11"),
                by_default(p("pingnum", 1, 10), 4, "2.3.11")},
               Result::ok_then_urc, 0, "2.3.11"},
};
inline constexpr auto qntp = std::array{
    test_form("2.3.12"),
    read_form("2.3.12"),
    CommandRow{CommandForm::write,
               {context, quectel::host(manual, "server"), optional(p("port", 1, 65535)), optional(p("autosettime", 0, 1))},
               Result::ok_then_urc, 0, "2.3.12"},
};
/// What replaces the query of "send/auto" and "recv/ignore", which names a socket.
constexpr CommandRow of_socket(std::string_view option, const std::array<Parameter, 2>& set = {}) {
    return {CommandForm::write, {connection, set[0], set[1]}, Result::ok, 0, "2.3.15", option};
}
inline constexpr auto qicfg = join(
    quectel::qicfg<manual>,
    quectel::option_rows(manual, "transpktsize", stated(p("transpktsize", 1, 1460), 1024, "2.3.15")),
    quectel::option_rows(manual, "transwaittm", stated(p("transwaittm", 0, 20), 2, "2.3.15")),
    quectel::option_rows(manual, "passiveclosed", p("closed", 0, 1)),
    quectel::option_rows(manual, "udp/readmode", p("mode", 0, 1)),
    quectel::option_rows(manual, "udp/sendmode", p("mode", 0, 1)),
    quectel::option_rows(manual, "tcp/keepalive", p("enable", 0, 1)),
    quectel::option_rows(manual, "recvind", p("show_length", 0, 1)),
    quectel::option_rows(manual, "tcp/accept", p("state", 0, 1)),
    quectel::option_rows(manual, "send/buffersize", p("buffer_size", 1460, 10240)),
    quectel::option_rows(manual, "formatcfg", p("format", 0, 1)),
    quectel::option_rows(manual, "qisend/timeout", p("timeout", 0, 120)),
    quectel::option_rows(manual, "close/mode", p("close_mode", 0, 1)),
    std::array{
        CommandRow{CommandForm::write,
                   {p("enable", 0, 1), p("idle_time", 1, 1800), p("interval_time", 25, 100), p("probe_cnt", 3, 10)},
                   Result::ok, 0, "2.3.15", "tcp/keepalive"},
        asking(CommandRow{CommandForm::write, {}, Result::ok, 0, "2.3.15", "tcp/retranscfg"}),
        CommandRow{CommandForm::write, {p("retran_times", 3, 12), p("retran_time", 5, 1000)}, Result::ok, 0, "2.3.15", "tcp/retranscfg"},
        asking(of_socket("send/auto")),
        of_socket("send/auto", {p("cycle_time", 20, 86400)}),
        of_socket("send/auto", {p("cycle_time", 20, 86400), p_text("msg_auto", ParameterType::hex, 400)}),
        asking(of_socket("recv/ignore")),
        of_socket("recv/ignore", {p_text("msg_ignore", ParameterType::hex, 400)}),
    });
inline constexpr auto qisde = std::array{
    test_form("2.3.16"),
    read_form("2.3.16"),
    CommandRow{CommandForm::write, {p("echo", 0, 1)}, Result::ok, 0, "2.3.16"},
};

// 0 ms: the manual states no time; its flow chart in 1.2 takes a module for dead that says nothing for 60 s.
inline constexpr auto commands = std::array{
    CommandFacts{"QICSGP", {CommandKind::set_context_profile, CommandKind::query_context_profile}, 0, Saved::always, qicsgp},
    CommandFacts{"QIACT", {CommandKind::activate_context}, 150000, Saved::nothing, qiact},
    CommandFacts{"QIDEACT", {CommandKind::deactivate_context}, 40000, Saved::nothing, qideact},
    CommandFacts{"QIOPEN", {CommandKind::open_socket}, 150000, Saved::nothing, qiopen},
    CommandFacts{"QICLOSE", {CommandKind::close_socket}, 10000, Saved::nothing, qiclose},   // or <timeout>
    CommandFacts{"QISTATE", {CommandKind::query_sockets}, 0, Saved::nothing, qistate},
    CommandFacts{"QISEND", {CommandKind::send}, 0, Saved::nothing, qisend, true},
    CommandFacts{"QIRD", {CommandKind::read_data}, 0, Saved::nothing, qird},
    CommandFacts{"QISENDEX", {CommandKind::send_hex}, 0, Saved::nothing, qisendex},
    CommandFacts{"QISWTMD", {CommandKind::set_access_mode}, 0, Saved::nothing, qiswtmd},
    CommandFacts{"QPING", {CommandKind::ping}, 0, Saved::nothing, qping},
    CommandFacts{"QNTP", {CommandKind::sync_time}, 125000, Saved::nothing, qntp},
    CommandFacts{"QIDNSCFG", {CommandKind::set_dns_servers, CommandKind::query_dns_servers}, 0, Saved::nothing, quectel::qidnscfg<manual>},
    CommandFacts{"QIDNSGIP", {CommandKind::resolve}, 60000, Saved::nothing, quectel::qidnsgip<manual>},
    CommandFacts{"QICFG", {CommandKind::set_option, CommandKind::query_option}, 0, Saved::nothing, qicfg},
    CommandFacts{"QISDE", {CommandKind::set_send_echo}, 0, Saved::nothing, qisde},
    CommandFacts{"QIGETERROR", {}, 0, Saved::nothing, quectel::qigeterror<manual>},
};
// clang-format on

// ── Code tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr auto errors = quectel::errors_but(std::array{
    Code{0, "Operation success"},
    Code{554, "Socket creation failed"},
    Code{561, "PDP Context opening failed"},
    Code{562, "PDP context closure failed"},
    Code{563, "Socket Identity has been used"},
    Code{571, "Cancel sending"},
});
inline constexpr std::array<Code, 1> ping_results = {{{0, "reply received"}}};
inline constexpr std::array<Code, 1> ping_finals = {{{0, "ended normally: context active, host found"}}};
inline constexpr std::array<Code, 5> socket_states = {{
    {0, "Initial"},
    {1, "Opening"},
    {2, "Connected"},
    {3, "Listening"},
    {4, "Closing"},
}};
inline constexpr auto access_modes = join(quectel::access_modes, std::array{Code{2, "transparent access mode"}});
inline constexpr std::array<Code, 3> context_types = {{{1, "IPv4"}, {2, "IPv6"}, {3, "IPv4v6"}}};
inline constexpr std::array<Code, 2> context_states = {{{0, "deactivated"}, {1, "activated"}}};
inline constexpr std::array<Code, 4> authentications = {{{0, "None"}, {1, "PAP"}, {2, "CHAP"}, {3, "PAP or CHAP"}}};
inline constexpr std::array<Code, 2> cdma_passwords = {{{0, "not saved"}, {1, "saved"}}};
inline constexpr std::array<Code, 2> udp_modes = {{{0, "block mode"}, {1, "stream mode"}}};  // E098
inline constexpr std::array<Code, 2> switches = {{{0, "disabled"}, {1, "enabled"}}};
inline constexpr std::array<Code, 2> prompt_formats = {{{0, "0D0A>"}, {1, "0D0A>0D0A"}}};
inline constexpr std::array<Code, 2> echoes = {{{0, "no echo"}, {1, "echo"}}};

inline constexpr auto codes =
    join(quectel::codes(manual, errors, "4", "autosettime"), std::array{
                                                                 CodeTable{"ping_result_parameter", ping_results, "2.3.11"},
                                                                 CodeTable{"ping_finresult", ping_finals, "2.3.11"},
                                                                 CodeTable{"socket_state", socket_states, "2.3.6"},
                                                                 CodeTable{"access_mode", access_modes, "2.3.4"},
                                                                 CodeTable{"context_type", context_types, "2.3.1"},
                                                                 CodeTable{"context_state", context_states, "2.3.2"},
                                                                 CodeTable{"authentication", authentications, "2.3.1"},
                                                                 CodeTable{"CDMA_pwd", cdma_passwords, "2.3.1"},
                                                                 CodeTable{"udp_mode", udp_modes, "2.3.15"},
                                                                 CodeTable{"tcp_accept_state", switches, "2.3.15"},
                                                                 CodeTable{"tcp_keepalive_enable", switches, "2.3.15"},
                                                                 CodeTable{"show_length", switches, "2.3.15"},
                                                                 CodeTable{"passiveclosed", switches, "2.3.15"},
                                                                 CodeTable{"close_mode", switches, "2.3.15"},
                                                                 CodeTable{"format", prompt_formats, "2.3.15"},
                                                                 CodeTable{"send_echo", echoes, "2.3.16"},
                                                             });

// The manual underlines its defaults and its text has lost the underlines; what its examples do on a fresh module stands in.
inline constexpr auto defaults = std::array{
    Default{"access_mode", 0, "1.3: the mode that +++ leaves a socket in; the vocabulary's rule for QIOPEN"},
    Default{"viewmode", 0, "3.2.3 and 3.4.3: payload on its own line without setting it"},
    Default{"recvind", 0, "3.2.3: no length without setting it"},
    Default{"formatcfg", 0, "3.2.2: the data stands behind > on its line without setting it"},
    Default{"close_mode", 0, "2.3.5: OK when the socket is closed, without another notice"},
    Default{"dataformat", 0, "3.2.3: data read as text without setting it"},
    Default{"send_dataformat", 0, "3.2.2: data sent as text without setting it"},
    Default{"qisde", 0, "E128: not stated; 0 takes no line for data that nobody echoed"},
    Default{"transparent", 0, "1.3: entered by AT+QIOPEN, AT+QISWTMD or ATO"},
};

inline constexpr Facts facts = {
    .name = "ec200x",
    .modules = "EC200x (EC200T, EC200S, EC200N-CN), EC600x (EC600S-CN, EC600N-CN), EG912Y",
    .manual = "EC200x&EC600x&EG912Y Series TCP/IP Application Note",
    .forms = forms,
    .commands = commands,
    .codes = codes,
    .defaults = defaults,
    .crlf_after_payload = true,
    .accepted = Accepted::as_listener,  // 2.3.4; 2.4.4 says buffered: E111
};

inline constexpr std::string_view end_of_transparent = "NO CARRIER";
inline constexpr Setting Settings::*data_echo = &Settings::qisde;
inline constexpr Setting Settings::*shown_length = &Settings::recvind;

}  // namespace tables::ec200x

extern const Decoding ec200x_decoding;

/// Quectel EC200x, EC600x and EG912Y.
inline constexpr Dialect ec200x{ec200x_decoding, tables::ec200x::facts};

}  // namespace atwire

#endif
