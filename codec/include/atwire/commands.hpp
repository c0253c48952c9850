// Every command that a host sends, as a plain struct: one for each write form and for each execute form that acts, three generic
// ones for the rest. Names and fields are the vocabulary's; wire forms and documented ranges are in the dialects' tables. Views
// are borrowed, as an event's are.
#ifndef ATWIRE_COMMANDS_HPP
#define ATWIRE_COMMANDS_HPP

#include <atwire/fields.hpp>

namespace atwire {

// ── Any command ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `AT+<command>=?`
struct Test {
    std::string_view command;
};
ATWIRE_FIELDS(Test, command);
/// `AT+<command>?`
struct Read {
    std::string_view command;
};
ATWIRE_FIELDS(Read, command);
/// `AT+<command>`, where it does no more than ask or restore defaults.
struct Execute {
    std::string_view command;
};
ATWIRE_FIELDS(Execute, command);
/// A command line that the dialect does not document, whole and without its end.
struct Raw {
    std::string_view text;
};
ATWIRE_FIELDS(Raw, text);
/// `AT`
struct Attention {};
ATWIRE_NO_FIELDS(Attention);
/// `ATE0`, `ATE1` (V.250 6.2.4)
struct SetEcho {
    std::uint32_t echo;
};
ATWIRE_FIELDS(SetEcho, echo);
/// `AT+CMEE=<n>` (27.007 9.1)
struct SetErrorFormat {
    std::uint32_t format;
};
ATWIRE_FIELDS(SetErrorFormat, format);

// ── Data ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Bytes behind a prompt, or in transparent mode. `data` is without escapes; `end` of the last fragment says what ended it:
/// `length`, `ctrl_z`, `esc`.
struct SendData {
    std::string_view data;
    std::uint64_t offset;
    bool last;
    Maybe<std::string_view> end{};
};
ATWIRE_FIELDS(SendData, data, offset, last, end);
/// `+++`
struct LeaveDataMode {};
ATWIRE_NO_FIELDS(LeaveDataMode);
/// `ATO`
struct ResumeDataMode {};
ATWIRE_NO_FIELDS(ResumeDataMode);

// ── Sockets ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

struct OpenSocket {
    Maybe<std::uint32_t> context{};
    std::uint32_t socket;
    std::string_view service;
    Maybe<std::string_view> address{};
    Maybe<std::uint16_t> remote_port{};
    Maybe<std::uint16_t> local_port{};
    Maybe<std::uint32_t> access_mode{};
    Maybe<std::uint32_t> protocol_type{};
};
ATWIRE_FIELDS(OpenSocket, context, socket, service, address, remote_port, local_port, access_mode, protocol_type);
/// `timeout` in seconds.
struct CloseSocket {
    std::uint32_t socket;
    Maybe<std::uint32_t> timeout{};
};
ATWIRE_FIELDS(CloseSocket, socket, timeout);
/// `query_type` 0: of a context, 1: one socket.
struct QuerySockets {
    std::uint32_t query_type;
    Maybe<std::uint32_t> context{};
    Maybe<std::uint32_t> socket{};
};
ATWIRE_FIELDS(QuerySockets, query_type, context, socket);
/// `length` bytes: inline in `data`, or behind a prompt; without it up to Ctrl+Z. `length` 0 asks for totals. `address` and `port`
/// of the peer of a UDP service.
struct Send {
    std::uint32_t socket;
    Maybe<std::uint32_t> length{};
    Maybe<std::string_view> data{};
    Maybe<std::string_view> address{};
    Maybe<std::uint16_t> port{};
};
ATWIRE_FIELDS(Send, socket, length, data, address, port);
/// The same in hexadecimal digits, two of them a byte of `length`.
struct SendHex {
    std::uint32_t socket;
    Maybe<std::uint32_t> length{};
    Maybe<std::string_view> data{};
};
ATWIRE_FIELDS(SendHex, socket, length, data);
/// `length` 0 asks for totals; without it one datagram of a UDP service, or all that waits.
struct ReadData {
    std::uint32_t socket;
    Maybe<std::uint32_t> length{};
};
ATWIRE_FIELDS(ReadData, socket, length);
struct SetAccessMode {
    std::uint32_t socket;
    std::uint32_t access_mode;
};
ATWIRE_FIELDS(SetAccessMode, socket, access_mode);
/// AT+CIPRXGET: 0 and 1 choose how received data comes out, 5 adds the peer to notices, 2 and 3 read, 4 asks what is unread.
struct Receive {
    std::uint32_t mode;
    Maybe<std::uint32_t> socket{};
    Maybe<std::uint32_t> length{};
};
ATWIRE_FIELDS(Receive, mode, socket, length);
struct QueryAck {
    std::uint32_t socket;
};
ATWIRE_FIELDS(QueryAck, socket);
struct StartServer {
    std::uint16_t port;
    std::uint32_t server;
    Maybe<std::uint32_t> backlog{};
};
ATWIRE_FIELDS(StartServer, port, server, backlog);
struct StopServer {
    std::uint32_t server;
};
ATWIRE_FIELDS(StopServer, server);
struct OpenNetwork {};
ATWIRE_NO_FIELDS(OpenNetwork);
struct CloseNetwork {};
ATWIRE_NO_FIELDS(CloseNetwork);

// ── Network services ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `timeout` in seconds, `size` in bytes.
struct Ping {
    std::uint32_t context;
    std::string_view host;
    Maybe<std::uint32_t> timeout{};
    Maybe<std::uint32_t> count{};
    Maybe<std::uint32_t> size{};
};
ATWIRE_FIELDS(Ping, context, host, timeout, count, size);
struct SyncTime {
    std::uint32_t context;
    std::string_view server;
    Maybe<std::uint16_t> port{};
    Maybe<std::uint32_t> auto_set{};
};
ATWIRE_FIELDS(SyncTime, context, server, port, auto_set);
struct Resolve {
    Maybe<std::uint32_t> context{};
    std::string_view name;
};
ATWIRE_FIELDS(Resolve, context, name);
/// `family` 0 IPv4, 1 IPv6.
struct SetDnsServers {
    Maybe<std::uint32_t> context{};
    std::string_view primary;
    Maybe<std::string_view> secondary{};
    Maybe<std::uint32_t> family{};
};
ATWIRE_FIELDS(SetDnsServers, context, primary, secondary, family);
struct QueryDnsServers {
    std::uint32_t context;
};
ATWIRE_FIELDS(QueryDnsServers, context);

// ── Configuration ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `name` where the command has named options: AT+QICFG="viewmode",1.
struct SetOption {
    std::string_view command;
    Maybe<std::string_view> name{};
    Values values;
};
ATWIRE_FIELDS(SetOption, command, name, values);
/// `values` where a query has an argument: AT+QICFG="send/auto",0.
struct QueryOption {
    std::string_view command;
    Maybe<std::string_view> name{};
    Values values;
};
ATWIRE_FIELDS(QueryOption, command, name, values);
struct SetContextProfile {
    std::uint32_t context;
    std::uint32_t type;
    std::string_view apn;
    Maybe<std::string_view> username{};
    Maybe<std::string_view> password{};
    Maybe<std::uint32_t> authentication{};
    Maybe<std::uint32_t> cdma_password{};
};
ATWIRE_FIELDS(SetContextProfile, context, type, apn, username, password, authentication, cdma_password);
struct QueryContextProfile {
    std::uint32_t context;
};
ATWIRE_FIELDS(QueryContextProfile, context);
struct ActivateContext {
    std::uint32_t context;
};
ATWIRE_FIELDS(ActivateContext, context);
struct DeactivateContext {
    std::uint32_t context;
};
ATWIRE_FIELDS(DeactivateContext, context);
/// Whether the data typed behind a prompt comes back.
struct SetSendEcho {
    std::uint32_t echo;
};
ATWIRE_FIELDS(SetSendEcho, echo);

// ── CoAP (RFC 7252) ─────────────────────────────────────────────────────────────────────────────────────────────────────────

struct CoapCreate {
    std::uint16_t port;
};
ATWIRE_FIELDS(CoapCreate, port);
struct CoapDelete {};
ATWIRE_NO_FIELDS(CoapDelete);
struct CoapAddResource {
    std::uint32_t length;
    std::string_view resource;
};
ATWIRE_FIELDS(CoapAddResource, length, resource);
/// `mode` says which of the others are given and which the module chooses (2.4); `token` hexadecimal digits.
struct CoapHead {
    std::uint32_t mode;
    Maybe<std::uint32_t> message_id{};
    Maybe<std::string_view> token{};
};
ATWIRE_FIELDS(CoapHead, mode, message_id, token);
/// As AT+QCOAPOPTION has them, in one list.
struct SetCoapOptions {
    CoapOptions options;
};
ATWIRE_FIELDS(SetCoapOptions, options);
/// `code` is a method, or 205 for the response code 2.05.
struct CoapSend {
    std::uint32_t type;
    std::uint32_t code;
    std::string_view address;
    std::uint16_t port;
};
ATWIRE_FIELDS(CoapSend, type, code, address, port);
/// Without a value it asks.
struct CoapConfig {
    std::string_view name;
    Maybe<std::uint32_t> value{};
};
ATWIRE_FIELDS(CoapConfig, name, value);

/// Every command: its struct and its name in JSON and in transcripts.
// clang-format off
#define ATWIRE_COMMANDS(X)                            \
    X(Test, test)                                     \
    X(Read, read)                                     \
    X(Execute, execute)                               \
    X(Raw, raw)                                       \
    X(Attention, attention)                           \
    X(SetEcho, set_echo)                              \
    X(SetErrorFormat, set_error_format)               \
    X(SendData, send_data)                            \
    X(LeaveDataMode, leave_data_mode)                 \
    X(ResumeDataMode, resume_data_mode)               \
    X(OpenSocket, open_socket)                        \
    X(CloseSocket, close_socket)                      \
    X(QuerySockets, query_sockets)                    \
    X(Send, send)                                     \
    X(SendHex, send_hex)                              \
    X(ReadData, read_data)                            \
    X(SetAccessMode, set_access_mode)                 \
    X(Receive, receive)                               \
    X(QueryAck, query_ack)                            \
    X(StartServer, start_server)                      \
    X(StopServer, stop_server)                        \
    X(OpenNetwork, open_network)                      \
    X(CloseNetwork, close_network)                    \
    X(Ping, ping)                                     \
    X(SyncTime, sync_time)                            \
    X(Resolve, resolve)                               \
    X(SetDnsServers, set_dns_servers)                 \
    X(QueryDnsServers, query_dns_servers)             \
    X(SetOption, set_option)                          \
    X(QueryOption, query_option)                      \
    X(SetContextProfile, set_context_profile)         \
    X(QueryContextProfile, query_context_profile)     \
    X(ActivateContext, activate_context)              \
    X(DeactivateContext, deactivate_context)          \
    X(SetSendEcho, set_send_echo)                     \
    X(CoapCreate, coap_create)                        \
    X(CoapDelete, coap_delete)                        \
    X(CoapAddResource, coap_add_resource)             \
    X(CoapHead, coap_head)                            \
    X(SetCoapOptions, coap_options)                   \
    X(CoapSend, coap_send)                            \
    X(CoapConfig, coap_config)
// clang-format on

}  // namespace atwire

#endif
