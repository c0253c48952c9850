// What is known of the network, the links and the servers of a SIMCom module (a76xx).
#ifndef CONFORMANCE_RULES_LINKS_LINKS_HPP
#define CONFORMANCE_RULES_LINKS_LINKS_HPP

#include <array>
#include <atwire/command.hpp>
#include <atwire/dialect.hpp>
#include <atwire/event.hpp>
#include <bitset>
#include <optional>
#include <string>
#include <vector>

namespace conformance {

struct Exchange;
class Dialogue;
template <class Message>
struct Heard;

/// One of the links 0 to 9. What is not optional holds since the link was opened, and says nothing where that was not heard.
struct Link {
    std::optional<bool> open{};
    bool freed = false;        ///< the last thing heard of it is +CIPCLOSE: <link>,0
    bool transparent = false;  ///< opened by CONNECT; of the last connection where it is closed
    std::string service{};     ///< "TCP", "UDP", "UDPSERVER"; empty where unknown; of the last connection where it is closed
    std::string address{};     ///< of the peer; empty where unknown, also where a name was given
    std::optional<unsigned> port{};              ///< of the peer
    std::optional<int> server{};                 ///< the index of the server that accepted it, -1 of a client
    std::optional<std::uint64_t> sent{};         ///< bytes that the stack took
    std::uint64_t received = 0;                  ///< bytes pushed or read: at least so many
    std::optional<std::uint64_t> unread{};       ///< bytes in the buffer, when that was last told
    bool news = false;                           ///< a notice has come since
    bool queried = false;                        ///< `unread` is what AT+CIPRXGET=4 said
    std::optional<atwire::SendTotals> totals{};  ///< as last told
    bool acknowledged = false;                   ///< the last +CIPSEND came with CIPSENDMODE 1
    bool unusable = false;                       ///< +CIPSEND took less than was given
    bool cancelled = false;                      ///< the last AT+CIPSEND was ended by Esc
    bool has_sent = false;                       ///< an AT+CIPSEND has had all its results

    [[nodiscard]] bool is_open() const { return open == true; }
    [[nodiscard]] bool is_closed() const { return open == false; }
    /// Whether nothing waits in its buffer, as far as was told.
    [[nodiscard]] bool is_empty() const { return unread == 0u && !news; }
};

/// One of the servers 0 to 3.
struct Server {
    enum class State : std::uint8_t { unknown, idle, listening, stopped };
    State state = State::unknown;
    std::optional<unsigned> port{};
    bool stopping = false;  ///< AT+SERVERSTOP has had its OK, and +SERVERSTOP is to come
};

/// +CIPEVENT: NETWORK CLOSED UNEXPECTEDLY, and what the host has done about it.
struct Loss {
    std::bitset<10> links{};  ///< were open, and nobody has closed or asked for them since
    bool asked = false;       ///< AT+NETOPEN?
    bool still_open = false;  ///< it gave 1, and no AT+NETCLOSE has come
};

/// Data behind a prompt, or what comes back of it.
struct Bytes {
    std::uint64_t count = 0;
    std::uint64_t hash = 14695981039346656037u;  ///< FNV-1a
    void add(std::string_view bytes);
    bool operator==(const Bytes&) const = default;
};

/// Nothing is assumed: what no line has said is unknown.
struct Links {
    enum class Payload : std::uint8_t { none, pushed, read };

    std::optional<bool> network{};  ///< whether AT+NETOPEN has succeeded
    std::array<Link, 10> link{};
    std::array<Server, 4> server{};
    std::optional<double> started{};                        ///< when the module said that it has
    bool fresh = false;                                     ///< it has, and nothing was set since by AT+CIPRXGET
    std::array<std::optional<bool>, 3> registered{};        ///< as +CREG, +CGREG and +CEREG last said
    bool has_registered = false;                            ///< since `started`
    std::string context{};                                  ///< the type of context 1, as AT+CGDCONT gave it
    bool mode_is_unsure = false;                            ///< AT+CIPMODE was set while the network was open
    bool address_due = false;                               ///< AT+CGACT has activated a context, AT+CGPADDR is to come
    unsigned failed_deactivations = 0;                      ///< in a row
    bool open_failed = false;                               ///< AT+NETOPEN has, and AT+NETOPEN? was not asked since
    std::array<std::optional<std::uint32_t>, 3> timeout{};  ///< ms, of AT+CIPTIMEOUT
    std::optional<Loss> loss{};

    Bytes data{};                            ///< since the last prompt, escapes not counted
    Bytes echoed{};                          ///< of it
    std::optional<atwire::Kind> previous{};  ///< the event before
    Payload ended = Payload::none;           ///< what the event before was the end of
    Payload passing = Payload::none;         ///< what the last header was of
    bool source = false;                     ///< RECV FROM has come, its header not yet
    std::string source_address{};
    unsigned source_port = 0;
    std::optional<std::uint32_t> accepting{};  ///< the event before was +CLIENT of that link
    std::optional<std::uint32_t> accepting_server{};
    std::optional<atwire::Kind> failing{};  ///< +IP ERROR or +CIPERROR, whose ERROR hasn't come
    bool closed_said = false;               ///< CLOSED, since the last final result
    std::optional<double> data_at{};        ///< of the host's last data
    std::optional<double> escaped_at{};     ///< of its last command, +++
    std::optional<double> pluses_at{};      ///< of its last data, nothing but pluses
    unsigned pluses = 0;                    ///< so many
    /// A result that came before the final result of its command.
    struct Early {
        atwire::Kind kind;
        std::optional<std::uint32_t> link;
        std::uint32_t error;
    };
    std::vector<Early> early{};

    void heard(const Heard<atwire::Command>& command, const Dialogue& dialogue);
    void heard(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    /// A command has had its final result.
    void finished(const Exchange& exchange, const Dialogue& dialogue);

    /// The module has started: no setting of it survives a restart, and nothing is open.
    void start(std::optional<double> time);

    /// Whether CIPMODE 1 holds, as far as is known.
    [[nodiscard]] std::optional<bool> is_transparent(const Dialogue& dialogue) const;
    /// The link of that number, or nullptr.
    [[nodiscard]] const Link* of(std::optional<std::uint32_t> number) const {
        return number && *number < link.size() ? &link[*number] : nullptr;
    }

private:
    [[nodiscard]] Link* at(std::uint32_t number);
    void forget_all();
    void connected(const Dialogue& dialogue);
    void heard_of_network(const atwire::Event& event);
    void heard_of_link(const atwire::Event& event, const Dialogue& dialogue);
    void heard_of_data(const atwire::Event& event, const Dialogue& dialogue);
};

/// The link that the command names, where it is out of range too; nothing where it names none.
[[nodiscard]] std::optional<std::uint32_t> link_of(const Exchange& exchange);
/// The error that the result of a command names: of +CIPOPEN and its like, 0 is success.
[[nodiscard]] std::optional<std::uint32_t> error_of(const atwire::Event& event);
/// What an AT+CIPRXGET or an execute form has set, as AT+<command>? reads it back; nothing where it sets nothing that is known.
struct ReadBackOf {
    std::string_view command;
    std::string values;
};
[[nodiscard]] std::optional<ReadBackOf> read_back_of(const Exchange& exchange);

}  // namespace conformance

#endif
