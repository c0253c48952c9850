// What a module says: one struct for each event of the vocabulary. The name and the fields are the same for every dialect.
// Views are borrowed: from the chunk that was fed, or from the carry buffer; they hold until the next call of `Decoder::next`.
#ifndef ATWIRE_EVENTS_HPP
#define ATWIRE_EVENTS_HPP

#include <atwire/fields.hpp>

namespace atwire {

// ── Dialogue ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `OK` (V.250 5.7.1)
struct Ok {};
ATWIRE_NO_FIELDS(Ok);
/// `ERROR` (V.250 5.7.1)
struct Error {};
ATWIRE_NO_FIELDS(Error);
/// `+CME ERROR: 50` or its verbose text (27.007 9.2). Just one of the two is there.
struct CmeError {
    Maybe<std::uint32_t> code{};
    Maybe<std::string_view> text{};
};
ATWIRE_FIELDS(CmeError, code, text);
/// `+CMS ERROR: 302` or its verbose text (27.005 3.2.5). Just one of the two is there.
struct CmsError {
    Maybe<std::uint32_t> code{};
    Maybe<std::string_view> text{};
};
ATWIRE_FIELDS(CmsError, code, text);
/// `CONNECT`, `CONNECT 115200`
struct Connect {
    Maybe<std::string_view> text{};
};
ATWIRE_FIELDS(Connect, text);
/// `CONNECT FAIL`
struct ConnectFail {};
ATWIRE_NO_FIELDS(ConnectFail);
/// `NO CARRIER`
struct NoCarrier {};
ATWIRE_NO_FIELDS(NoCarrier);
/// `>`: the module waits for data
struct Prompt {};
ATWIRE_NO_FIELDS(Prompt);
/// `SEND OK`: the stack has the data
struct SendOk {};
ATWIRE_NO_FIELDS(SendOk);
/// `SEND FAIL`
struct SendFail {};
ATWIRE_NO_FIELDS(SendFail);
/// `CLOSE OK`
struct CloseOk {};
ATWIRE_NO_FIELDS(CloseOk);
/// `CLOSED`: the transparent link is gone
struct Closed {};
ATWIRE_NO_FIELDS(Closed);
/// The command line that comes back (ATE1), without its CR. One longer than the line limit comes in pieces: `offset` is where
/// `text` stands in the line, `last` closes it.
struct Echo {
    std::string_view text;
    std::uint64_t offset;
    bool last;
};
ATWIRE_FIELDS(Echo, text, offset, last);
/// The bytes typed after a prompt that come back, in fragments.
struct DataEcho {
    std::string_view data;
    std::uint64_t offset;
    bool last;
};
ATWIRE_FIELDS(DataEcho, data, offset, last);

// ── Sockets ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A socket was opened, or wasn't: `error` 0 is success, other codes are in the dialect's table.
struct SocketOpened {
    std::uint32_t socket;
    std::uint32_t error;
};
ATWIRE_FIELDS(SocketOpened, socket, error);
struct SocketClosed {
    std::uint32_t socket;
    std::uint32_t error;
};
ATWIRE_FIELDS(SocketClosed, socket, error);
/// The peer or the network closed the connection.
struct PeerClosed {
    std::uint32_t socket;
    Maybe<std::uint32_t> reason{};
};
ATWIRE_FIELDS(PeerClosed, socket, reason);
/// A listener accepted a client as `socket`.
struct Incoming {
    std::uint32_t socket;
    std::uint32_t server;
    std::string_view address;
    std::uint16_t port;
};
ATWIRE_FIELDS(Incoming, socket, server, address, port);
/// No socket is left for a further client.
struct IncomingFull {};
ATWIRE_NO_FIELDS(IncomingFull);
/// The network took the PDP context back.
struct ContextLost {
    std::uint32_t context;
};
ATWIRE_FIELDS(ContextLost, context);
/// `+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY`
struct NetworkLost {};
ATWIRE_NO_FIELDS(NetworkLost);
/// One row of a socket query. `server` is -1 for a client on A76XX.
struct SocketStatus {
    std::uint32_t socket;
    Maybe<std::string_view> service{};
    Maybe<std::string_view> address{};
    Maybe<std::uint16_t> remote_port{};
    Maybe<std::uint16_t> local_port{};
    Maybe<std::uint32_t> state{};
    Maybe<std::uint32_t> context{};
    Maybe<std::int32_t> server{};
    Maybe<std::uint32_t> access_mode{};
    Maybe<std::string_view> at_port{};
};
ATWIRE_FIELDS(SocketStatus, socket, service, address, remote_port, local_port, state, context, server, access_mode, at_port);
/// Which links are open: 0 or 1 for each, in order.
struct OpenSockets {
    Values open;
};
ATWIRE_FIELDS(OpenSockets, open);

// ── Data ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Buffered data waits; `length` in bytes where the module says it.
struct DataAvailable {
    std::uint32_t socket;
    Maybe<std::uint32_t> length{};
};
ATWIRE_FIELDS(DataAvailable, socket, length);
/// The receive buffer is full.
struct BufferFull {
    std::uint32_t socket;
};
ATWIRE_FIELDS(BufferFull, socket);
/// Where the next data comes from.
struct DataSource {
    std::string_view address;
    std::uint16_t port;
};
ATWIRE_FIELDS(DataSource, address, port);
/// The header of pushed data; `length` bytes follow as `Payload`, or 2 × `length` hexadecimal digits.
struct DataReceived {
    Maybe<std::uint32_t> socket{};
    Maybe<std::uint32_t> length{};
    Maybe<std::string_view> address{};
    Maybe<std::uint16_t> port{};
    Encoding encoding;
};
ATWIRE_FIELDS(DataReceived, socket, length, address, port, encoding);
/// The header of data that was asked for. `socket` is the pending read's where the wire has none. Nothing follows a length of 0.
struct DataRead {
    Maybe<std::uint32_t> socket{};
    std::uint32_t length;
    Maybe<std::uint32_t> remaining{};
    Maybe<std::string_view> address{};
    Maybe<std::uint16_t> port{};
    Encoding encoding;
};
ATWIRE_FIELDS(DataRead, socket, length, remaining, address, port, encoding);
/// A piece of payload as it stands on the wire. `offset` counts wire bytes from the payload's first; `last` is true where the
/// length that was announced is complete (never in transparent mode).
struct Payload {
    std::string_view data;
    std::uint64_t offset;
    bool last;
};
ATWIRE_FIELDS(Payload, data, offset, last);
/// Totals in bytes that answer a read of length 0.
struct ReceiveTotals {
    std::uint32_t total;
    std::uint32_t read;
    std::uint32_t unread;
};
ATWIRE_FIELDS(ReceiveTotals, total, read, unread);
/// Bytes that wait in a link's buffer.
struct Unread {
    std::uint32_t socket;
    std::uint32_t length;
};
ATWIRE_FIELDS(Unread, socket, length);
/// Totals in bytes. Quectel's third is `unacked`, SIMCom's `received`.
struct SendTotals {
    std::uint32_t sent;
    std::uint32_t acked;
    Maybe<std::uint32_t> unacked{};
    Maybe<std::uint32_t> received{};
};
ATWIRE_FIELDS(SendTotals, sent, acked, unacked, received);
/// What the stack took of a send. `accepted` -1: the link is gone; 0: its buffer is full.
struct SendResult {
    std::uint32_t socket;
    Maybe<std::uint32_t> requested{};
    std::int32_t accepted;
};
ATWIRE_FIELDS(SendResult, socket, requested, accepted);

// ── Network services ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// One echo, or with a `result` alone its timeout. `bytes`, `time` in ms, `ttl` in hops.
struct PingReply {
    std::uint32_t result;
    Maybe<std::string_view> address{};
    Maybe<std::uint32_t> bytes{};
    Maybe<std::uint32_t> time{};
    Maybe<std::uint32_t> ttl{};
};
ATWIRE_FIELDS(PingReply, result, address, bytes, time, ttl);
/// The end of a ping: requests sent, received, lost; times in ms. A `result` alone is the error that ended it.
struct PingSummary {
    std::uint32_t result;
    Maybe<std::uint32_t> sent{};
    Maybe<std::uint32_t> received{};
    Maybe<std::uint32_t> lost{};
    Maybe<std::uint32_t> min{};
    Maybe<std::uint32_t> max{};
    Maybe<std::uint32_t> avg{};
};
ATWIRE_FIELDS(PingSummary, result, sent, received, lost, min, max, avg);
/// `time` as on the wire: `YY/MM/DD,hh:mm:ss±zz`, zone in quarters of an hour.
struct TimeSynced {
    std::uint32_t error;
    Maybe<std::string_view> time{};
};
ATWIRE_FIELDS(TimeSynced, error, time);
struct NtpServer {
    std::string_view server;
    std::uint16_t port;
};
ATWIRE_FIELDS(NtpServer, server, port);
/// The header of a name's addresses: `count` lines follow; `ttl` in seconds.
struct DnsResult {
    std::uint32_t error;
    Maybe<std::uint32_t> count{};
    Maybe<std::uint32_t> ttl{};
};
ATWIRE_FIELDS(DnsResult, error, count, ttl);
struct DnsAddress {
    std::string_view address;
};
ATWIRE_FIELDS(DnsAddress, address);
/// One address of a name; `index` 0 with `error`: none was found.
struct DnsAnswer {
    std::uint32_t index;
    Maybe<std::string_view> name{};
    Maybe<std::string_view> address{};
    Maybe<std::uint32_t> error{};
};
ATWIRE_FIELDS(DnsAnswer, index, name, address, error);
/// `family` 4 or 6.
struct DnsServers {
    Maybe<std::uint32_t> context{};
    Maybe<std::uint32_t> family{};
    std::string_view primary;
    Maybe<std::string_view> secondary{};
};
ATWIRE_FIELDS(DnsServers, context, family, primary, secondary);

// ── Status and configuration ────────────────────────────────────────────────────────────────────────────────────────────────

struct LastError {
    std::uint32_t code;
    std::string_view description;
};
ATWIRE_FIELDS(LastError, code, description);
/// Just one of the two is there (CIPCCFG errMode).
struct IpError {
    Maybe<std::uint32_t> code{};
    Maybe<std::string_view> text{};
};
ATWIRE_FIELDS(IpError, code, text);
struct CipError {
    std::uint32_t code;
};
ATWIRE_FIELDS(CipError, code);
struct LocalAddress {
    std::string_view address;
    Maybe<std::uint32_t> context{};
};
ATWIRE_FIELDS(LocalAddress, address, context);
struct ContextProfile {
    std::uint32_t type;
    std::string_view apn;
    std::string_view username;
    std::string_view password;
    std::uint32_t authentication;
};
ATWIRE_FIELDS(ContextProfile, type, apn, username, password, authentication);
struct ContextStatus {
    std::uint32_t context;
    std::uint32_t state;
    std::uint32_t type;
    Maybe<std::string_view> address{};
    Maybe<std::string_view> address_v6{};
};
ATWIRE_FIELDS(ContextStatus, context, state, type, address, address_v6);
struct NetworkOpened {
    std::uint32_t error;
};
ATWIRE_FIELDS(NetworkOpened, error);
struct NetworkClosed {
    std::uint32_t error;
};
ATWIRE_FIELDS(NetworkClosed, error);
/// 1 where the socket service runs.
struct NetworkState {
    std::uint32_t open;
};
ATWIRE_FIELDS(NetworkState, open);
struct ServerListening {
    std::uint32_t server;
    std::uint16_t port;
};
ATWIRE_FIELDS(ServerListening, server, port);
struct ServerStopped {
    std::uint32_t server;
    std::uint32_t error;
};
ATWIRE_FIELDS(ServerStopped, server, error);
/// A setting read back.
struct Option {
    std::string_view command;
    Maybe<std::string_view> name{};
    Values values;
};
ATWIRE_FIELDS(Option, command, name, values);
/// The reply to a command's test form. `supported_values` (values.hpp) reads the ranges and lists in `text`.
struct Supported {
    std::string_view command;
    std::string_view text;
};
ATWIRE_FIELDS(Supported, command, text);

// ── CoAP (RFC 7252) ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What a server answered. `type` 0 CON, 1 NON, 2 ACK, 3 RST; `code` 205 for `2.05`, 0 where the message is empty. `address` and
/// `port` where Showra is 1, `options` where Showrspopt is 1. `length` bytes of payload follow where it is there.
struct CoapResponse {
    Maybe<std::string_view> address{};
    Maybe<std::uint16_t> port{};
    std::uint32_t type;
    std::uint32_t code;
    std::uint32_t message_id;
    CoapOptions options;
    Maybe<std::uint32_t> length{};
    Maybe<Encoding> encoding{};
};
ATWIRE_FIELDS(CoapResponse, address, port, type, code, message_id, options, length, encoding);
/// What a server asks. `method` 1 GET, 2 POST, 3 PUT, 4 DELETE; `mode` is its digits as on the wire: bit 0 a token, bits 1 to 6 the
/// number of options, bit 7 a payload; `token` hexadecimal digits.
struct CoapRequest {
    Maybe<std::string_view> address{};
    Maybe<std::uint16_t> port{};
    std::uint32_t type;
    std::uint32_t method;
    std::uint32_t message_id;
    std::string_view mode;
    Maybe<std::string_view> token{};
    CoapOptions options;
    Maybe<std::uint32_t> length{};
    Maybe<Encoding> encoding{};
};
ATWIRE_FIELDS(CoapRequest, address, port, type, method, message_id, mode, token, options, length, encoding);
/// How far the last confirmable message has come.
struct CoapSendStatus {
    std::uint32_t status;
};
ATWIRE_FIELDS(CoapSendStatus, status);

// ── Everything else: nothing is lost ────────────────────────────────────────────────────────────────────────────────────────

/// A well-formed `+NAME: …` that the dialect does not define.
struct Information {
    std::string_view name;
    std::string_view text;
};
ATWIRE_FIELDS(Information, name, text);
/// Any other line.
struct Text {
    std::string_view text;
};
ATWIRE_FIELDS(Text, text);
/// A line that the dialect defines by its name and that then breaks the grammar; `fault` is the offset in `text` of the first
/// byte that no documented form allows, the text's length where it ends too early.
struct Malformed {
    std::string_view text;
    std::uint32_t fault;
};
ATWIRE_FIELDS(Malformed, text, fault);
/// A payload ended early: `missing` wire bytes were still due (absent where no length was known).
struct Truncated {
    Maybe<std::uint32_t> missing{};
};
ATWIRE_FIELDS(Truncated, missing);
/// A piece of a line longer than the line limit; each is as long as the limit but for the last.
struct Overlong {
    std::string_view text;
    std::uint64_t offset;
    bool last;
};
ATWIRE_FIELDS(Overlong, text, offset, last);
/// Half a line when the line fell silent, a lone CR at its end included.
struct Unfinished {
    std::string_view text;
};
ATWIRE_FIELDS(Unfinished, text);

/// Every event: its struct and its name in JSON and in transcripts.
// clang-format off
#define ATWIRE_EVENTS(X)                 \
    X(Ok, ok)                            \
    X(Error, error)                      \
    X(CmeError, cme_error)               \
    X(CmsError, cms_error)               \
    X(Connect, connect)                  \
    X(ConnectFail, connect_fail)         \
    X(NoCarrier, no_carrier)             \
    X(Prompt, prompt)                    \
    X(SendOk, send_ok)                   \
    X(SendFail, send_fail)               \
    X(CloseOk, close_ok)                 \
    X(Closed, closed)                    \
    X(Echo, echo)                        \
    X(DataEcho, data_echo)               \
    X(SocketOpened, socket_opened)       \
    X(SocketClosed, socket_closed)       \
    X(PeerClosed, peer_closed)           \
    X(Incoming, incoming)                \
    X(IncomingFull, incoming_full)       \
    X(ContextLost, context_lost)         \
    X(NetworkLost, network_lost)         \
    X(SocketStatus, socket_status)       \
    X(OpenSockets, open_sockets)         \
    X(DataAvailable, data_available)     \
    X(BufferFull, buffer_full)           \
    X(DataSource, data_source)           \
    X(DataReceived, data_received)       \
    X(DataRead, data_read)               \
    X(Payload, payload)                  \
    X(ReceiveTotals, receive_totals)     \
    X(Unread, unread)                    \
    X(SendTotals, send_totals)           \
    X(SendResult, send_result)           \
    X(PingReply, ping_reply)             \
    X(PingSummary, ping_summary)         \
    X(TimeSynced, time_synced)           \
    X(NtpServer, ntp_server)             \
    X(DnsResult, dns_result)             \
    X(DnsAddress, dns_address)           \
    X(DnsAnswer, dns_answer)             \
    X(DnsServers, dns_servers)           \
    X(LastError, last_error)             \
    X(IpError, ip_error)                 \
    X(CipError, cip_error)               \
    X(LocalAddress, local_address)       \
    X(ContextProfile, context_profile)   \
    X(ContextStatus, context_status)     \
    X(NetworkOpened, network_opened)     \
    X(NetworkClosed, network_closed)     \
    X(NetworkState, network_state)       \
    X(ServerListening, server_listening) \
    X(ServerStopped, server_stopped)     \
    X(Option, option)                    \
    X(Supported, supported)              \
    X(CoapResponse, coap_response)       \
    X(CoapRequest, coap_request)         \
    X(CoapSendStatus, coap_send_status)  \
    X(Information, information)          \
    X(Text, text)                        \
    X(Malformed, malformed)              \
    X(Truncated, truncated)              \
    X(Overlong, overlong)                \
    X(Unfinished, unfinished)
// clang-format on

}  // namespace atwire

#endif
