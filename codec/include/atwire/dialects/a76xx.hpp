// What "A76XX Series TCPIP Application Note" V1.04 documents, with the syntax of the "A76XX Series AT Command Manual" V1.09,
// chapter 15, that it points to. A section that is a command's name is one of the AT manual.
#ifndef ATWIRE_DIALECTS_A76XX_HPP
#define ATWIRE_DIALECTS_A76XX_HPP

#include <atwire/dialects/general.hpp>

namespace atwire {

namespace tables::a76xx {

inline constexpr std::array<std::string_view, 2> service_types = {"TCP", "UDP"};
inline constexpr std::array<std::string_view, 1> tcp = {"TCP"};
inline constexpr std::array<std::string_view, 1> udp = {"UDP"};
inline constexpr std::array<std::string_view, 1> udp_server = {"UDPSERVER"};
inline constexpr std::array<std::string_view, 2> on_off = {"ON", "OFF"};

// ── Code tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// 4.1: of `+IP ERROR`, as a number or as its text.
inline constexpr std::array<Code, 23> error_infos = {{
    {0, "Connection time out"},
    {1, "Bind port failed"},
    {2, "Port overflow"},
    {3, "Create socket failed"},
    {4, "Network is already opened"},
    {5, "Network is already closed"},
    {6, "No clients connected"},
    {7, "No active client"},
    {8, "Network not opened"},
    {9, "Client index overflow"},
    {10, "Connection is already created"},
    {11, "Connection is not created"},
    {12, "Invalid parameter"},
    {13, "Operation not supported"},
    {14, "DNS query failed"},
    {15, "TCP busy"},
    {16, "Net close failed for socket opened"},
    {17, "Sending time out"},
    {18, "Sending failure for network error"},
    {19, "Open failure for network error"},
    {20, "Server is already listening"},
    {21, "Operation failed"},
    {22, "No data"},
}};
/// 4.1: of the commands' own results.
inline constexpr std::array<Code, 13> errors = {{
    {0, "operation succeeded"},
    {1, "Network failure"},
    {2, "Network not opened"},
    {3, "Wrong parameter"},
    {4, "Operation not supported"},
    {5, "Failed to create socket"},
    {6, "Failed to bind socket"},
    {7, "TCP server is already listening"},
    {8, "Busy"},
    {9, "Sockets opened"},
    {10, "Timeout"},
    {11, "DNS parse failed for AT+CIPOPEN"},
    {12, "Unknown error"},
}};
inline constexpr std::array<Code, 3> close_reasons = {{
    {0, "Closed by local, active"},
    {1, "Closed by remote, passive"},
    {2, "Closed for sending timeout or DTR off"},
}};
inline constexpr std::array<Code, 2> net_states = {{{0, "closed"}, {1, "open"}}};
inline constexpr std::array<Code, 1> dns_errors = {{{10, "general DNS error"}}};
inline constexpr std::array<Code, 5> socket_indexes = {{
    {-1, "client"},
    {0, "accepted by that server"},
    {1, "accepted by that server"},
    {2, "accepted by that server"},
    {3, "accepted by that server"},
}};
inline constexpr std::array<Code, 2> confirmed_lengths = {{{-1, "link gone"}, {0, "buffer or window full"}}};
inline constexpr std::array<Code, 2> open_states = {{{0, "closed"}, {1, "open"}}};
inline constexpr std::array<Code, 2> cipmodes = {{{0, "command mode"}, {1, "transparent"}}};
inline constexpr std::array<Code, 2> cipheads = {{{0, "none"}, {1, "add +IPD<len>"}}};
inline constexpr std::array<Code, 2> cipsrips = {{{0, "hide"}, {1, "show RECV FROM:<ip>:<port>"}}};
inline constexpr std::array<Code, 2> cipsendmodes = {
    {{0, "report once the stack has the data"}, {1, "report after the peer's TCP ACK"}}};
inline constexpr std::array<Code, 6> ciprxget_modes = {{
    {0, "direct push"},
    {1, "buffered"},
    {2, "read, raw"},
    {3, "read, hex digits"},
    {4, "unread length"},
    {5, "buffered, notices with the peer's address"},
}};
inline constexpr std::array<Code, 2> error_modes = {{{0, "numeric value"}, {1, "string value"}}};
inline constexpr std::array<Code, 2> header_types = {{{0, "+IPD<len>"}, {1, "+RECEIVE,<link>,<len>"}}};
inline constexpr std::array<Code, 2> udp_modes = {{{0, "stream buffer"}, {1, "whole datagrams"}}};
inline constexpr std::array<Code, 2> ip_families = {{{1, "IPv4"}, {6, "IPv6"}}};
inline constexpr std::array<Code, 2> dns_types = {{{0, "IPv4"}, {1, "IPv6"}}};

inline constexpr auto codes = std::array{
    CodeTable{"err_info", error_infos, "4.1"},
    CodeTable{"err", errors, "4.1"},
    CodeTable{"close_reason", close_reasons, "4.2"},
    CodeTable{"net_state", net_states, "NETOPEN"},
    CodeTable{"dns_err", dns_errors, "CDNSGIP"},
    CodeTable{"socket_index", socket_indexes, "CIPOPEN"},
    CodeTable{"cnf_send_length", confirmed_lengths, "CIPSEND"},
    CodeTable{"socket_open", open_states, "CIPCLOSE"},
    CodeTable{"cipmode", cipmodes, "CIPMODE"},
    CodeTable{"ciphead", cipheads, "CIPHEAD"},
    CodeTable{"cipsrip", cipsrips, "CIPSRIP"},
    CodeTable{"cipsendmode", cipsendmodes, "CIPSENDMODE"},
    CodeTable{"ciprxget_mode", ciprxget_modes, "CIPRXGET"},
    CodeTable{"errMode", error_modes, "4.1"},
    CodeTable{"HeaderType", header_types, "CIPCCFG"},
    CodeTable{"udpRecvmode", udp_modes, "CIPCCFG"},
    CodeTable{"ip_family", ip_families, "CSOCKSETPN"},
    CodeTable{"dns_type", dns_types, "CDNSCFG"},
};

/// The 23 texts of `+IP ERROR`.
inline constexpr auto error_texts = [] {
    std::array<std::string_view, error_infos.size()> texts{};
    for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = error_infos[i].name;
    return texts;
}();

// ── What the module sends ───────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr Item link_num = decimal("socket", "link_num", 0, 9);
inline constexpr Item err = decimal("error", "err", 0, 12);
constexpr Item state(std::string_view parameter) {
    return {.field = "open", .spelling = Spelling::list, .parameter = parameter, .minimum = 0, .maximum = 1};
}

// One row as one sentence: the formatter would make ten lines of it.
// clang-format off
inline constexpr auto forms = with_general(std::array{
    Form{.production = "network_opened", .kind = Kind::network_opened, .head = "+NETOPEN: ", .items = {err}, .section = "3.1.3",
         .settle = Settle::pending_read, .other = "network_state", .command = "NETOPEN"},
    Form{"network_state", Kind::network_state, "+NETOPEN: ", {decimal("open", "net_state", 0, 1)}, "NETOPEN"},
    Form{"network_closed", Kind::network_closed, "+NETCLOSE: ", {err}, "3.1.4"},
    Form{"socket_opened", Kind::socket_opened, "+CIPOPEN: ", {link_num, err}, "3.2.1"},
    Form{"idle_link", Kind::socket_status, "+CIPOPEN: ", {link_num}, "3.4.3"},
    Form{"socket_status", Kind::socket_status, "+CIPOPEN: ",
         {link_num, quoted("service", "type", service_types), quoted("address", "serverIP", 45), port("remote_port", "serverPort"),
          integer("server", "index", -1, 3)},
         "3.4.3"},
    Form{"send_result", Kind::send_result, "+CIPSEND: ",
         {link_num, decimal("requested", "reqLen"), integer("accepted", "cnfLen", -1)}, "3.2.1"},
    Form{"sendstr_result", Kind::send_result, "+CIPSENDSTR: ", {link_num, integer("accepted", "bytes", 0)}, "CIPSENDSTR"},
    Form{.production = "option", .kind = Kind::option, .head = "+CIPRXGET: ", .items = {value("mode", 0, 1)}, .section = "CIPRXGET",
         .command = "CIPRXGET"},
    Form{"data_available", Kind::data_available, "+CIPRXGET: 1,", {link_num}, "3.2.2"},
    Form{.production = "read_raw", .kind = Kind::data_read, .head = "+CIPRXGET: 2,",
         .items = {link_num, length("length", "read_len", 1, 1500), decimal("remaining", "rest_len")}, .section = "3.2.2",
         .body = Body::line, .spelled = Spelled::raw},
    Form{.production = "read_hex", .kind = Kind::data_read, .head = "+CIPRXGET: 3,",
         .items = {link_num, length("length", "read_len", 1, 750), decimal("remaining", "rest_len")}, .section = "3.2.2",
         .body = Body::line, .spelled = Spelled::hex},
    Form{"unread", Kind::unread, "+CIPRXGET: 4,", {link_num, decimal("length", "rest_len")}, "3.2.2"},
    Form{.production = "notice_source", .kind = Kind::data_source, .head = "+CIPRXGETIP:",
         .items = {bare("address", "ip"), behind(":", port("port", "port"))}, .section = "CIPRXGET",
         .when = {&Settings::ciprxget, 5}},
    Form{"socket_closed", Kind::socket_closed, "+CIPCLOSE: ", {link_num, err}, "3.2.1"},
    Form{"open_sockets", Kind::open_sockets, "+CIPCLOSE: ",
         {state("s0"), state("s1"), state("s2"), state("s3"), state("s4"), state("s5"), state("s6"), state("s7"), state("s8"),
          state("s9")},
         "3.4.3"},
    Form{"local_address", Kind::local_address, "+IPADDR: ", {bare("address", "ip")}, "3.1.3"},
    Form{.production = "option", .kind = Kind::option, .head = "+CIPHEAD: ", .items = {value("mode", 0, 1)}, .section = "CIPHEAD",
         .command = "CIPHEAD"},
    Form{.production = "option", .kind = Kind::option, .head = "+CIPSRIP: ", .items = {value("mode", 0, 1)}, .section = "CIPSRIP",
         .command = "CIPSRIP"},
    Form{.production = "option", .kind = Kind::option, .head = "+CIPMODE: ", .items = {value("mode", 0, 1)}, .section = "CIPMODE",
         .command = "CIPMODE"},
    Form{.production = "option", .kind = Kind::option, .head = "+CIPSENDMODE: ", .items = {value("mode", 0, 1)},
         .section = "CIPSENDMODE", .command = "CIPSENDMODE"},
    Form{.production = "option", .kind = Kind::option, .head = "+CIPTIMEOUT: ",
         .items = {value("netopen", 3000, 120000), value("cipopen", 3000, 120000), value("cipsend", 3000, 120000)},
         .section = "CIPTIMEOUT", .command = "CIPTIMEOUT"},
    Form{.production = "option", .kind = Kind::option, .head = "+CIPCCFG: ",
         .items = {value("NmRetry", 0, 10), value("DelayTm", 0, 1000), value("Ack", 0, 0), value("errMode", 0, 1),
                   value("HeaderType", 0, 1), value("AsyncMode", 0, 1), value("TimeoutVal", 500, 120000),
                   optional(value("udpRecvmode", 0, 1))},   // a real A7670E leaves the last one out: E250
         .section = "CIPCCFG", .command = "CIPCCFG"},
    Form{.production = "option", .kind = Kind::option, .head = "+CSOCKSETPN: ",
         .items = {value("profile", 1, 1), value("ip_family", 1, 1)}, .section = "CSOCKSETPN", .command = "CSOCKSETPN"},
    Form{.production = "option", .kind = Kind::option, .head = "+CSOCKSETPN: ",
         .items = {value("profile", 1, 1), value("ip_family", 6, 6)}, .section = "CSOCKSETPN", .command = "CSOCKSETPN"},
    Form{.production = "option", .kind = Kind::option, .head = "+CTCPKA: ",
         .items = {value("keepalive", 0, 1), value("keepidle", 1, 120), value("keepcount", 1, 10), value("keepinterval", 1, 100)},
         .section = "CTCPKA", .command = "CTCPKA"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+CSOC: \"Tcpsrxt\",",
         .items = {value("srxt", 0, 12), value("interval1"), value("interval2"), value("interval3"), value("interval4"),
                   value("interval5"), value("interval6"), value("interval7"), value("interval8"), value("interval9"),
                   value("interval10"), value("interval11"), value("interval12"), value("interval13")},
         .section = "CSOC", .command = "CSOC", .option = "Tcpsrxt"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+CSOC: \"Tcprxt\",",
         .items = {value("rtx", 0, 12), value("interval1"), value("interval2"), value("interval3"), value("interval4"),
                   value("interval5"), value("interval6"), value("interval7"), value("interval8"), value("interval9"),
                   value("interval10"), value("interval11"), value("interval12"), value("interval13")},
         .section = "CSOC", .command = "CSOC", .option = "Tcprxt"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+CSOC: \"Mss\",", .items = {value("mtu", 640, 1500)},
         .section = "CSOC", .command = "CSOC", .option = "Mss"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+CSOC: \"RecvWin\",", .items = {value("win")},
         .section = "CSOC", .command = "CSOC", .option = "RecvWin"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+CSOC: \"DnsTmr\",",
         .items = {value("maxwait"), value("maxretry"), value("interval1"), value("interval2"), value("interval3"),
                   value("interval4"), value("interval5"), value("interval6"), value("interval7"), value("interval8")},
         .section = "CSOC", .command = "CSOC", .option = "DnsTmr"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+CIPCFG: \"transwaittm\",", .items = {value("ms", 5, 1000)},
         .section = "CIPCFG", .command = "CIPCFG", .option = "transwaittm"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+CIPCFG: \"DATAECHO\",", .items = {word("value", on_off)},
         .section = "CIPCFG", .command = "CIPCFG", .option = "DATAECHO"},
    Form{"server_listening", Kind::server_listening, "+SERVERSTART: ", {decimal("server", "server_index", 0, 3), port("port", "port")},
         "SERVERSTART"},
    Form{"server_stopped", Kind::server_stopped, "+SERVERSTOP: ", {decimal("server", "server_index", 0, 3), err}, "3.4.1"},
    Form{"send_totals", Kind::send_totals, "+CIPACK: ",
         {decimal("sent", "sent"), decimal("acked", "acked"), decimal("received", "received")}, "CIPACK"},
    Form{"dns_answer", Kind::dns_answer, "+CDNSGIP: ",
         {decimal("index", "n", 1), quoted("name", "name", 254), quoted("address", "ip", 45)}, "CDNSGIP"},
    Form{"dns_failed", Kind::dns_answer, "+CDNSGIP: ", {decimal("index", "n", 0, 0), decimal("error", "dns error")}, "CDNSGIP"},
    Form{"dns_servers_v4", Kind::dns_servers, "Primary IPv4 DNS: ",
         {bare("primary", "pri"), behind(",Secondary IPv4 DNS: ", bare("secondary", "sec")), constant("family", 4)}, "CDNSCFG"},
    Form{"dns_servers_v6", Kind::dns_servers, "Primary IPv6 DNS: ",
         {bare("primary", "pri"), behind(",Secondary IPv6 DNS: ", bare("secondary", "sec")), constant("family", 6)}, "CDNSCFG"},
    Form{"peer_closed", Kind::peer_closed, "+IPCLOSE: ",
         {decimal("socket", "client_index", 0, 9), decimal("reason", "close_reason", 0, 2)}, "4.2"},
    Form{"network_lost", Kind::network_lost, "+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY", {}, "4.2"},
    Form{"incoming", Kind::incoming, "+CLIENT: ",
         {link_num, decimal("server", "server_index", 0, 3), bare("address", "client_IP"), behind(":", port("port", "port"))}, "4.2"},
    Form{.production = "data_source", .kind = Kind::data_source, .head = "RECV FROM:",
         .items = {bare("address", "IP ADDRESS"), behind(":", port("port", "PORT"))}, .section = "3.2.1", .body = Body::unframed},
    Form{.production = "ipd", .kind = Kind::data_received, .head = "+IPD", .items = {length("length", "data length", 1, 1500)},
         .section = "3.2.1", .body = Body::line},
    Form{.production = "receive", .kind = Kind::data_received, .head = "+RECEIVE,",
         .items = {link_num, length("length", "data length", 1, 1500)}, .section = "CIPCCFG", .body = Body::line},
    Form{"ip_code", Kind::ip_error, "+IP ERROR: ", {decimal("code", "err_info", 0, 22)}, "4.1"},
    Form{"ip_text", Kind::ip_error, "+IP ERROR: ", {rest("text", "err_info", error_texts)}, "4.1"},
    Form{"cip_error", Kind::cip_error, "+CIPERROR: ", {decimal("code", "err", 1, 12)}, "CIPSEND"},
});

// ── What the host sends ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// CIPTIMEOUT's default for NETOPEN, CIPOPEN and CIPSEND.
inline constexpr std::uint32_t slow = 120000;
inline constexpr Parameter link = p("link_num", 0, 9);
inline constexpr Parameter server_ip = p_text("serverIP", ParameterType::address);
inline constexpr Parameter server_port = p("serverPort", 0, 65535);
inline constexpr Parameter local_port = p("localPort", 0, 65535);
inline constexpr Parameter on = p("mode", 0, 1);

inline constexpr auto netopen = std::array{read_form("1.5.2"), execute_form("3.1.3", Result::ok_then_urc)};
inline constexpr auto netclose = std::array{test_form("NETCLOSE"), execute_form("3.1.4", Result::ok_then_urc)};
inline constexpr auto cipopen = std::array{
    test_form("CIPOPEN"),
    read_form("3.4.3"),
    CommandRow{CommandForm::write,
               {link, p_words("type", ParameterType::string, tcp), server_ip, server_port, optional(local_port)},
               Result::ok_then_urc, slow, "3.2.1"},
    CommandRow{CommandForm::write, {link, p_words("type", ParameterType::string, udp), behind_empty(2, local_port)}, Result::urc_then_ok, 0, "3.3.1"},
    CommandRow{CommandForm::write, {link, p_words("type", ParameterType::string, udp_server), behind_empty(2, local_port)}, Result::urc_then_ok, 0,
               "CIPOPEN"},
    CommandRow{CommandForm::write,
               {p("link_num", 0, 0), p_words("type", ParameterType::string, tcp), server_ip, server_port}, Result::connect, 0, "3.2.3"},
    CommandRow{CommandForm::write,
               {p("link_num", 0, 0), p_words("type", ParameterType::string, udp), server_ip, server_port, local_port},
               Result::connect, 0, "3.3.3"},
};
inline constexpr auto cipsend = std::array{
    test_form("CIPSEND"),
    CommandRow{CommandForm::write, {link, p("length", 1, 1500)}, Result::ok_then_urc, slow, "3.2.1"},
    CommandRow{CommandForm::write, {link}, Result::ok_then_urc, slow, "CIPSEND"},
    CommandRow{CommandForm::write, {link, p("length", 1, 1500), server_ip, server_port}, Result::ok_then_urc, slow, "3.3.1"},
    CommandRow{CommandForm::write, {link, behind_empty(1, server_ip), server_port}, Result::ok_then_urc, slow, "3.3.1"},
};
inline constexpr auto ciprxget = std::array{
    test_form("CIPRXGET"),
    read_form("CIPRXGET"),
    CommandRow{CommandForm::write, {p("mode", 0, 1)}, Result::ok, 0, "1.5.4"},
    CommandRow{CommandForm::write, {p("mode", 2, 2), link, by_default(p("len", 1, 1500), 1500, "CIPRXGET")}, Result::ok, 0, "3.2.2"},
    CommandRow{CommandForm::write, {p("mode", 3, 3), link, by_default(p("len", 1, 750), 750, "CIPRXGET")}, Result::ok, 0, "3.2.2"},
    CommandRow{CommandForm::write, {p("mode", 4, 4), link}, Result::ok, 0, "3.2.2"},
    CommandRow{CommandForm::write, {p("mode", 5, 5)}, Result::ok, 0, "CIPRXGET"},
};
inline constexpr auto cipclose = std::array{
    test_form("CIPCLOSE"),
    read_form("3.4.3"),
    CommandRow{CommandForm::write, {link}, Result::ok_then_urc, slow, "3.2.1"},
};
inline constexpr auto ipaddr = std::array{test_form("IPADDR"), execute_form("3.1.3")};
inline constexpr auto ciphead = std::array{test_form("CIPHEAD"), read_form("CIPHEAD"),
                                       CommandRow{CommandForm::write, {on}, Result::ok, 0, "CIPHEAD"}, execute_form("CIPHEAD")};
inline constexpr auto cipsrip = std::array{test_form("CIPSRIP"), read_form("CIPSRIP"),
                                       CommandRow{CommandForm::write, {on}, Result::ok, 0, "CIPSRIP"}, execute_form("CIPSRIP")};
inline constexpr auto cipmode = std::array{test_form("CIPMODE"), read_form("CIPMODE"),
                                       CommandRow{CommandForm::write, {on}, Result::ok, 0, "1.5.4"}, execute_form("CIPMODE")};
inline constexpr auto cipsendmode = std::array{test_form("CIPSENDMODE"), read_form("CIPSENDMODE"),
                                           CommandRow{CommandForm::write, {stated(on, 0, "CIPSENDMODE")}, Result::ok, 0, "CIPSENDMODE"}};
inline constexpr auto ciptimeout = std::array{
    read_form("CIPTIMEOUT"),
    CommandRow{CommandForm::write,
               {by_default(p("netopen", 3000, 120000), 120000, "CIPTIMEOUT"), by_default(p("cipopen", 3000, 120000), 120000, "CIPTIMEOUT"),
                by_default(p("cipsend", 3000, 120000), 120000, "CIPTIMEOUT")},
               Result::ok, 0, "CIPTIMEOUT"},
};
inline constexpr auto cipccfg = std::array{
    test_form("CIPCCFG"),
    read_form("CIPCCFG"),
    CommandRow{CommandForm::write,
               {by_default(p("NmRetry", 0, 10), 10, "CIPCCFG"), by_default(p("DelayTm", 0, 1000), 0, "CIPCCFG"),
                by_default(p("Ack", 0, 0), 0, "CIPCCFG"), by_default(p("errMode", 0, 1), 1, "4.1"),
                by_default(p("HeaderType", 0, 1), 0, "CIPCCFG"), by_default(p("AsyncMode", 0, 1), 0, "CIPCCFG"),
                by_default(p("TimeoutVal", 500, 120000), 500, "CIPCCFG"), by_default(p("udpRecvmode", 0, 1), 0, "CIPCCFG")},
               Result::ok, 0, "CIPCCFG"},
    execute_form("CIPCCFG"),
};
inline constexpr auto serverstart = std::array{
    test_form("SERVERSTART"),
    read_form("SERVERSTART"),
    CommandRow{CommandForm::write,
               {p("port", 0, 65535), p("server_index", 0, 3), by_default(p("backlog", 1, 3), 3, "SERVERSTART")}, Result::ok, 0, "3.4.1"},
};
inline constexpr auto serverstop = std::array{
    CommandRow{CommandForm::write, {p("server_index", 0, 3)}, Result::urc_then_ok, 0, "3.4.1"},
};
inline constexpr auto cipack = std::array{test_form("CIPACK"), CommandRow{CommandForm::write, {link}, Result::ok, 0, "CIPACK"}};
inline constexpr auto cdnsgip = std::array{
    test_form("CDNSGIP"),
    CommandRow{CommandForm::write, {p_text("name", ParameterType::string, 254)}, Result::ok, 0, "CDNSGIP"},
};
inline constexpr auto csocksetpn = std::array{
    test_form("CSOCKSETPN"),
    read_form("CSOCKSETPN"),
    CommandRow{CommandForm::write, {stated(p("profile", 1, 1), 1, "CSOCKSETPN"), by_default(p("ip_family", 1, 1), 1, "CSOCKSETPN")}, Result::ok, 0, "3.1.3"},
    CommandRow{CommandForm::write, {stated(p("profile", 1, 1), 1, "CSOCKSETPN"), stated(p("ip_family", 6, 6), 1, "CSOCKSETPN")}, Result::ok, 0, "3.1.3"},
};
inline constexpr auto ctcpka = std::array{
    test_form("CTCPKA"),
    read_form("CTCPKA"),
    CommandRow{CommandForm::write,
               {p("keepalive", 0, 1), p("keepidle", 1, 120), p("keepcount", 1, 10), optional(p("keepinterval", 1, 100))}, Result::ok, 0,
               "CTCPKA"},
};
inline constexpr auto cdnscfg = std::array{
    test_form("CDNSCFG"),
    read_form("CDNSCFG"),
    CommandRow{CommandForm::write,
               {bare(p_text("pri", ParameterType::address)), optional(bare(p_text("sec", ParameterType::address))), optional(p("type", 0, 1))},
               Result::ok, 0, "CDNSCFG"},
    CommandRow{CommandForm::write, {bare(p_text("pri", ParameterType::address)), p("type", 0, 1)}, Result::ok, 0, "CDNSCFG"},
};
inline constexpr auto csoc = std::array{
    test_form("CSOC"),
    read_form("CSOC"),
    CommandRow{CommandForm::write, {p_text("intervals", ParameterType::string)}, Result::ok, 0, "CSOC", "Tcpsrxt"},
    CommandRow{CommandForm::write, {p_text("intervals", ParameterType::string)}, Result::ok, 0, "CSOC", "Tcprxt"},
    CommandRow{CommandForm::write, {stated(p("mtu", 640, 1500), 1500, "CSOC")}, Result::ok, 0, "CSOC", "Mss"},
    CommandRow{CommandForm::write, {stated(p("win"), 64240, "CSOC")}, Result::ok, 0, "CSOC", "RecvWin"},
    CommandRow{CommandForm::write, {p_text("intervals", ParameterType::string)}, Result::ok, 0, "CSOC", "DnsTmr"},
};
inline constexpr auto cipcfg = std::array{
    test_form("CIPCFG"),
    read_form("CIPCFG"),
    CommandRow{CommandForm::write, {stated(p("ms", 5, 1000), 100, "CIPCFG")}, Result::ok, 0, "CIPCFG", "transwaittm"},
    CommandRow{CommandForm::write, {p_words("value", ParameterType::word, on_off)}, Result::ok, 0, "CIPCFG", "DATAECHO"},
};
inline constexpr auto cipsendstr = std::array{
    test_form("CIPSENDSTR"),
    CommandRow{CommandForm::write, {link, p_text("hex", ParameterType::hex, 500)}, Result::ok_then_urc, 0, "CIPSENDSTR"},
};

inline constexpr auto commands = std::array{
    CommandFacts{"NETOPEN", {.execute = CommandKind::open_network}, slow, Saved::nothing, netopen},
    CommandFacts{"NETCLOSE", {.execute = CommandKind::close_network}, slow, Saved::nothing, netclose},
    CommandFacts{"CIPOPEN", {CommandKind::open_socket}, slow, Saved::nothing, cipopen},
    CommandFacts{"CIPSEND", {CommandKind::send}, slow, Saved::nothing, cipsend, true},
    CommandFacts{"CIPRXGET", {CommandKind::receive}, 9000, Saved::nothing, ciprxget},
    CommandFacts{"CIPCLOSE", {CommandKind::close_socket}, slow, Saved::nothing, cipclose},
    CommandFacts{"IPADDR", {}, 9000, Saved::nothing, ipaddr},
    CommandFacts{"CIPHEAD", {CommandKind::set_option}, 9000, Saved::nothing, ciphead},
    CommandFacts{"CIPSRIP", {CommandKind::set_option}, 9000, Saved::nothing, cipsrip},
    CommandFacts{"CIPMODE", {CommandKind::set_option}, 9000, Saved::nothing, cipmode},
    CommandFacts{"CIPSENDMODE", {CommandKind::set_option}, 9000, Saved::nothing, cipsendmode},
    CommandFacts{"CIPTIMEOUT", {CommandKind::set_option}, 9000, Saved::nothing, ciptimeout},
    CommandFacts{"CIPCCFG", {CommandKind::set_option}, 9000, Saved::nothing, cipccfg},
    CommandFacts{"SERVERSTART", {CommandKind::start_server}, 9000, Saved::nothing, serverstart},
    CommandFacts{"SERVERSTOP", {CommandKind::stop_server}, 9000, Saved::nothing, serverstop},
    CommandFacts{"CIPACK", {CommandKind::query_ack}, 9000, Saved::nothing, cipack},
    CommandFacts{"CDNSGIP", {CommandKind::resolve}, 6000, Saved::nothing, cdnsgip},
    CommandFacts{"CSOCKSETPN", {CommandKind::set_option}, 9000, Saved::nothing, csocksetpn},
    CommandFacts{"CTCPKA", {CommandKind::set_option}, 9000, Saved::nothing, ctcpka},
    CommandFacts{"CDNSCFG", {CommandKind::set_dns_servers}, 9000, Saved::nothing, cdnscfg},
    CommandFacts{"CSOC", {CommandKind::set_option}, 0, Saved::nothing, csoc},
    CommandFacts{"CIPCFG", {CommandKind::set_option}, 0, Saved::nothing, cipcfg},
    CommandFacts{"CIPSENDSTR", {CommandKind::send_hex}, 9000, Saved::nothing, cipsendstr},
};
// clang-format on

inline constexpr auto defaults = std::array{
    Default{"cipmode", 0, "CIPMODE"},
    Default{"ciphead", 1, "CIPHEAD"},
    Default{"cipsrip", 1, "CIPSRIP"},
    Default{"headertype", 0, "CIPCCFG"},
    Default{"errmode", 1, "4.1"},
    Default{"dataecho", 1, "CIPCFG"},
    Default{"ciprxget", 0, "1.5.4: direct push"},
    Default{"transparent", 0, "CIPMODE 0"},
};

inline constexpr Facts facts = {
    .name = "a76xx",
    .modules = "A76XX (A1803S, A1603, A1601, A1802 series)",
    .manual = "A76XX TCPIP Application Note V1.04",
    .forms = forms,
    .commands = commands,
    .codes = codes,
    .defaults = defaults,
    .crlf_after_payload = false,
    .escapes = true,  // CIPSEND: 0x03 before 0x1A, 0x1B and 0x03
};

inline constexpr std::string_view end_of_transparent = "CLOSED";
inline constexpr Setting Settings::*data_echo = &Settings::dataecho;
inline constexpr Setting Settings::*shown_length = nullptr;  // no notice has one

}  // namespace tables::a76xx

extern const Decoding a76xx_decoding;

/// SIMCom A76XX.
inline constexpr Dialect a76xx{a76xx_decoding, tables::a76xx::facts};

}  // namespace atwire

#endif
