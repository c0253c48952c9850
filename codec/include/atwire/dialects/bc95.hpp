// What "BC95-G&BC68 CoAP Application Note" V1.0 (2018-12-18) documents. RFC 7252 says what the numbers mean.
#ifndef ATWIRE_DIALECTS_BC95_HPP
#define ATWIRE_DIALECTS_BC95_HPP

#include <atwire/dialects/general.hpp>

namespace atwire {

namespace tables::bc95 {

// ── Code tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr std::array<Code, 8> cme_errors = {{
    {3, "Operation not allowed"},
    {4, "Operation not supported"},
    {23, "Memory failure"},
    {30, "No network service"},
    {50, "Incorrect parameters"},
    {51, "Command implemented but currently disabled"},
    {52, "Command aborted by user"},
    {159, "Uplink busy/flow control"},
}};
/// The manual's text has lost the codes of the first five: E198.
inline constexpr std::array<Code, 23> cms_errors = {{
    {300, "ME failure"},
    {301, "SMS service of ME reserved"},
    {302, "Operation not allowed"},
    {303, "Operation not supported"},
    {304, "Invalid PDU mode parameter"},
    {305, "Invalid text mode parameter"},
    {310, "USIM not inserted"},
    {311, "USIM PIN required"},
    {312, "PH-USIM PIN required"},
    {313, "USIM failure"},
    {314, "USIM busy"},
    {315, "USIM wrong"},
    {316, "USIM PUK required"},
    {317, "USIM PIN2 required"},
    {318, "USIM PUK2 required"},
    {320, "Memory failure"},
    {321, "Invalid memory index"},
    {322, "Memory full"},
    {330, "SMSC address unknown"},
    {331, "No network service"},
    {332, "Network timeout"},
    {340, "No +CNMA acknowledgement expected"},
    {500, "Unknown error"},
}};
inline constexpr std::array<Code, 4> types = {{{0, "CON"}, {1, "NON"}, {2, "ACK"}, {3, "RST"}}};
inline constexpr std::array<Code, 4> methods = {{{1, "GET"}, {2, "POST"}, {3, "PUT"}, {4, "DELETE"}}};
inline constexpr std::array<Code, 22> response_codes = {{
    {0, "Empty Message"},
    {201, "Created"},
    {202, "Deleted"},
    {203, "Valid"},
    {204, "Changed"},
    {205, "Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Bad Option"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {412, "Precondition Failed"},
    {413, "Request Entity Too Large"},
    {415, "Unsupported Content-Format"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "Proxying Not Supported"},
}};
inline constexpr std::array<Code, 19> options = {{
    {1, "If-Match"},        {3, "Uri-Host"},      {4, "ETag"},          {5, "If-None-Match"},
    {6, "Observe"},         {7, "Uri-Port"},      {8, "Location-Path"}, {11, "Uri-Path"},
    {12, "Content-Format"}, {14, "Max-Age"},      {15, "Uri-Query"},    {17, "Accept"},
    {20, "Location-Query"}, {23, "Block2"},       {27, "Block1"},       {28, "SIZE"},
    {35, "Proxy-Uri"},      {39, "Proxy-Scheme"}, {60, "Size1"},
}};
inline constexpr std::array<Code, 6> content_formats = {{
    {0, "Text-plain"},
    {40, "Application/link-format"},
    {41, "Application/xml"},
    {42, "Application/octet-stream"},
    {47, "Application/exi"},
    {50, "Application/json"},
}};
inline constexpr std::array<Code, 6> send_statuses = {{
    {0, "Not being sent"},
    {1, "Sent, waiting for the response of IoT platform"},
    {2, "Sending failed"},
    {3, "Timeout"},
    {4, "Success"},
    {5, "Got reset message"},
}};
inline constexpr std::array<Code, 5> head_modes = {{
    {1, "Generate message ID and token values randomly."},
    {2, "Generate message ID randomly; configure token values."},
    {3, "Configure message ID randomly only; token value is not needed."},
    {4, "Configure message ID; generate token values randomly."},
    {5, "Configure message ID and token values."},
}};
/// Bits of <mode>, as masks.
inline constexpr std::array<Code, 3> request_modes = {
    {{0x01, "The existence of token."}, {0x7E, "The count of option."}, {0x80, "The existence of data."}}};
inline constexpr std::array<Code, 2> show_addresses = {
    {{0, "Do not display the IP address and port."}, {1, "Display the IP address and port in the URC"}}};
inline constexpr std::array<Code, 2> show_options = {
    {{0, "Do not display the CoAP option."}, {1, "Display the CoAP option in the URC"}}};

inline constexpr CodeTable response_code_table = {"coap_rspcode", response_codes, "2.6"};
inline constexpr CodeTable option_table = {"coap_option", options, "2.5"};

inline constexpr auto codes = std::array{
    CodeTable{"cme_27007", cme_errors, "4"},
    CodeTable{"cms_27005", cms_errors, "4"},
    CodeTable{"coap_type", types, "2.6"},
    CodeTable{"coap_method", methods, "2.6"},
    response_code_table,
    CodeTable{"coap_rspcode_urc", response_codes, "3.1"},
    option_table,
    CodeTable{"content_format", content_formats, "2.5"},
    CodeTable{"coap_send_status", send_statuses, "2.7"},
    CodeTable{"coap_head_mode", head_modes, "2.4"},
    CodeTable{"coap_request_mode", request_modes, "3.2"},
    CodeTable{"Showra", show_addresses, "2.8"},
    CodeTable{"Showrspopt", show_options, "2.8"},
};

// ── What the module sends ───────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr std::int64_t most_options = 12;
inline constexpr std::int64_t longest_value = 180;
inline constexpr std::int64_t longest_token = 8;

inline constexpr Item ip_addr = bare("address", "ip_addr");
inline constexpr Item server_port = port("port", "port");
inline constexpr Item type = decimal("type", "type", 0, 3);
inline constexpr Item rspcode = code("code", "rspcode", response_code_table);
inline constexpr Item method = decimal("method", "method", 1, 4);
inline constexpr Item msgid = decimal("message_id", "msgid", 0, 65535);
/// Bit 0: whether there is a token; bits 1 to 6: how many options there are; bit 7: whether there is data.
inline constexpr Item mode = hex("mode", "mode", 2);
inline constexpr Item token_digits = text(Spelling::hex, "token", "token", 2 * longest_token);
inline constexpr Item tkl_token = token("token", "tkl", longest_token, token_digits);
/// 2.5 has 1 to 180 bytes of what a host configures; what a server sends may be empty (RFC 7252 5.10.8.2).
inline constexpr std::array<Item, 2> option = {one_of(option_table, decimal("number", "opt_name")),
                                               empty_or(quoted("value", "opt_value", longest_value))};
inline constexpr Item counted_options = counted("options", "opt_count", most_options, option);
inline constexpr Item some_options = rows::options("options", most_options, option);

// One row as one sentence: the formatter would make ten lines of it.
// clang-format off
constexpr Form response(const std::array<Item, 16>& items) {
    return {.production = "coap_response", .kind = Kind::coap_response, .head = "+QCOAPURC: \"rsp\",", .items = items,
            .section = "3.1", .body = Body::comma, .spelled = Spelled::content_format};
}
constexpr Form request(const std::array<Item, 16>& items) {
    return {.production = "coap_request", .kind = Kind::coap_request, .head = "+QCOAPURC: \"req\",", .items = items,
            .section = "3.2", .body = Body::comma, .spelled = Spelled::content_format};
}
inline constexpr Item response_length = optional(length("length", "length", 0, 512));
inline constexpr Item request_length = optional(length("length", "length", 0, 1024));

inline constexpr auto forms = with_general(std::array{
    Form{"coap_send_status", Kind::coap_send_status, "+QCOAPDATASTATUS: ", {decimal("status", "status", 0, 5)}, "2.7"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+QCOAPCFG: \"Showra\",", .items = {value("Showra", 0, 1)},
         .section = "2.8", .command = "QCOAPCFG", .option = "Showra"},
    Form{.production = "named_option", .kind = Kind::option, .head = "+QCOAPCFG: \"Showrspopt\",", .items = {value("Showrspopt", 0, 1)},
         .section = "2.8", .command = "QCOAPCFG", .option = "Showrspopt"},
    // With the address where Showra is 1.
    response({ip_addr, server_port, type, rspcode, msgid, counted_options, response_length}),
    response({type, rspcode, msgid, counted_options, response_length}),
    request({ip_addr, server_port, type, method, msgid, mode, tkl_token, some_options, request_length}),
    request({ip_addr, server_port, type, method, msgid, mode, some_options, request_length}),
    request({type, method, msgid, mode, tkl_token, some_options, request_length}),
    request({type, method, msgid, mode, some_options, request_length}),
});

// ── What the host sends ─────────────────────────────────────────────────────────────────────────────────────────────────────

inline constexpr Parameter host_msgid = p("msgid", 0, 65535);
inline constexpr Parameter host_tkl = p("tkl", 1, longest_token);
inline constexpr Parameter host_token = bare(p_text("token", ParameterType::hex, 2 * longest_token));
inline constexpr Parameter host_address = bare(p_text("ip_addr", ParameterType::address));

inline constexpr auto qcoapcreate = std::array{
    test_form("2.1"),
    CommandRow{CommandForm::write, {p("local_port", 1, 65535)}, Result::ok, 0, "2.1"},
};
inline constexpr auto qcoapdel = std::array{execute_form("2.2")};
inline constexpr auto qcoapaddres = std::array{
    test_form("2.3"),
    CommandRow{CommandForm::write, {p("length", 1, 50), p_text("resource", ParameterType::string, 50)}, Result::ok, 0, "2.3"},
};
inline constexpr auto qcoaphead = std::array{
    test_form("2.4"),
    CommandRow{CommandForm::write, {p("mode", 1, 1)}, Result::ok, 0, "2.4"},
    CommandRow{CommandForm::write, {p("mode", 2, 2), host_tkl, host_token}, Result::ok, 0, "2.4"},
    CommandRow{CommandForm::write, {p("mode", 3, 4), host_msgid}, Result::ok, 0, "2.4"},
    CommandRow{CommandForm::write, {p("mode", 5, 5), host_msgid, host_tkl, host_token}, Result::ok, 0, "2.4"},
};
inline constexpr auto qcoapoption = std::array{
    test_form("2.5"),
    CommandRow{CommandForm::write,
               {p("opt_count", 1, most_options), repeats(p_codes("opt_name", option_table)),
                p_text("opt_value", ParameterType::string, longest_value)},
               Result::ok, 0, "2.5"},
};
inline constexpr auto qcoapsend = std::array{
    test_form("2.6"),
    CommandRow{CommandForm::write, {p("type", 0, 3), p("method", 1, 4), host_address, p("port", 0, 65535)}, Result::ok, 0, "2.6"},
    CommandRow{CommandForm::write, {p("type", 0, 3), p_codes("rspcode", response_code_table), host_address, p("port", 0, 65535)},
               Result::ok, 0, "2.6"},
};
inline constexpr auto qcoapdatastatus = std::array{read_form("2.7")};
inline constexpr auto qcoapcfg = std::array{
    test_form("2.8"),
    read_form("2.8"),
    asking(CommandRow{CommandForm::write, {}, Result::ok, 0, "2.8", "Showra"}),
    CommandRow{CommandForm::write, {p("Showra", 0, 1)}, Result::ok, 0, "2.8", "Showra"},
    asking(CommandRow{CommandForm::write, {}, Result::ok, 0, "2.8", "Showrspopt"}),
    CommandRow{CommandForm::write, {p("Showrspopt", 0, 1)}, Result::ok, 0, "2.8", "Showrspopt"},
};

inline constexpr auto commands = std::array{
    CommandFacts{"QCOAPCREATE", {CommandKind::coap_create}, 300, Saved::nothing, qcoapcreate},
    CommandFacts{"QCOAPDEL", {.execute = CommandKind::coap_delete}, 300, Saved::nothing, qcoapdel},
    CommandFacts{"QCOAPADDRES", {CommandKind::coap_add_resource}, 300, Saved::nothing, qcoapaddres},
    CommandFacts{"QCOAPHEAD", {CommandKind::coap_head}, 300, Saved::nothing, qcoaphead},
    CommandFacts{"QCOAPOPTION", {CommandKind::coap_options}, 300, Saved::nothing, qcoapoption},
    CommandFacts{"QCOAPSEND", {CommandKind::coap_send}, 300, Saved::nothing, qcoapsend, true},
    CommandFacts{"QCOAPDATASTATUS", {}, 300, Saved::nothing, qcoapdatastatus},
    CommandFacts{"QCOAPCFG", {CommandKind::coap_config, CommandKind::coap_config}, 300, Saved::nothing, qcoapcfg},   // 2.8 note 2: not in the flash
};
// clang-format on

inline constexpr auto defaults = std::array{
    Default{"showra", 0, "2.8 note 2"},
    Default{"showrspopt", 0, "2.8 note 2"},
    Default{"coap_payload", 0, "3.1 and 3.2: the Content-Format decides"},
};

inline constexpr Facts facts = {
    .name = "bc95",
    .modules = "BC95-G, BC68",
    .manual = "BC95-G&BC68 CoAP Application Note V1.0",
    .forms = forms,
    .commands = commands,
    .codes = codes,
    .defaults = defaults,
    .crlf_after_payload = true,
};

inline constexpr std::string_view end_of_transparent = {};        // no transparent mode
inline constexpr Setting Settings::*data_echo = &Settings::echo;  // what is typed after a prompt comes back: E183
inline constexpr Setting Settings::*shown_length = nullptr;       // no notice has one

}  // namespace tables::bc95

extern const Decoding bc95_decoding;

/// Quectel BC95-G and BC68: CoAP.
inline constexpr Dialect bc95{bc95_decoding, tables::bc95::facts};

}  // namespace atwire

#endif
