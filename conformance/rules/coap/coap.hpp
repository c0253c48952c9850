// What is known of the CoAP context of a Quectel module (bc95).
#ifndef CONFORMANCE_RULES_COAP_COAP_HPP
#define CONFORMANCE_RULES_COAP_COAP_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "rules/finding.hpp"

namespace conformance {

struct Exchange;
class Dialogue;
template <class Message>
struct Heard;

/// The types of a message (RFC 7252 3).
enum CoapType : std::uint32_t { confirmable = 0, non_confirmable = 1, acknowledgement = 2, reset = 3 };

/// Nothing is assumed: what no line has said is unknown.
struct Coap {
    /// A message that was sent and has no response yet.
    struct Message {
        std::uint32_t type = confirmable;
        std::optional<std::uint32_t> id{};     ///< that AT+QCOAPHEAD gave it
        std::optional<std::uint32_t> other{};  ///< that it can't have: it was the message's before
        bool delivered = false;                ///< its status was read as success or reset
    };
    /// A request of the server that has no answer yet.
    struct Request {
        std::uint32_t type = confirmable;
        std::uint32_t id = 0;
        std::string token{};  ///< hexadecimal digits; empty where it has none
        std::string address{};
        std::uint16_t port = 0;
    };
    /// What AT+QCOAPHEAD said of the next message.
    struct Head {
        std::optional<std::uint32_t> id{};
        std::string token{};
    };
    /// The last confirmable message, and its status.
    struct Delivery {
        bool sent = false;                        ///< one was, since the context was created or the dialogue began
        bool cancelled = false;                   ///< the last of them by Esc
        bool others = false;                      ///< a message of another type was sent since the status was read
        std::optional<std::uint32_t> status{};    ///< as read last, and since it was sent
        std::optional<std::uint32_t> response{};  ///< the type of its response
    };
    /// The payload of a message while it passes, and until the line behind it.
    struct Body {
        Place place{};
        std::string header{};
        atwire::Encoding encoding{};
        std::optional<atwire::Encoding> due{};  ///< by the Content-Format that the message shows
        bool certain = false;                   ///< nobody had to guess the encoding
        std::uint64_t bytes = 0;                ///< that the length says
        std::uint64_t passed = 0;               ///< wire bytes of them
        bool digits = true;                     ///< they are hexadecimal digits
        bool counted = false;                   ///< it stands behind options and their count
        bool cut = false;                       ///< it ended before its length
    };

    /// Whether there is a context, whether the module is attached, which result code an error has.
    std::optional<bool> context{}, attached{};
    std::optional<std::uint32_t> error_format{};
    /// All that was sent and received in this context has been heard.
    bool whole = false;
    /// The module has restarted since the dialogue began.
    bool restarted = false;

    std::deque<Message> unanswered{};  ///< oldest first
    Delivery delivery{};
    std::optional<Head> head{};              ///< of the next message
    std::optional<std::uint32_t> last_id{};  ///< that AT+QCOAPHEAD gave a message before
    std::deque<Request> requests{};          ///< oldest first
    std::vector<std::string> resources{};
    std::optional<Body> body{};
    bool data_digits = true;  ///< what the host has sent behind the prompt is hexadecimal digits
    bool data_line = true;    ///< its next byte begins a line

    void heard(const Heard<atwire::Command>& command, const Dialogue& dialogue);
    void heard(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    /// A command has had its final result.
    void finished(const Exchange& exchange, const Dialogue& dialogue);
    /// The state behind a restart.
    [[nodiscard]] static Coap after_restart();

    /// Whether a response of that type can answer the message.
    [[nodiscard]] static bool answers(std::uint32_t type, const Message& message);
    /// The request with that message ID, or nullptr.
    [[nodiscard]] const Request* request(std::uint32_t id) const;
    /// The last confirmable message where it is unanswered, or nullptr.
    [[nodiscard]] const Message* last_confirmable() const;
    /// Whether the last confirmable message still waits for its response, by what is known.
    [[nodiscard]] bool waits() const;

private:
    void sent(const Exchange& exchange);
    void answered(const atwire::CoapResponse& response, bool sending);
    void forget_messages();
    bool early_ = false;  ///< a response came before the result of the command that sent its message
};

/// Whether a message with that code answers a request; else it is one.
[[nodiscard]] inline bool is_response_code(std::uint32_t code) { return code == 0 || code >= 100; }
/// Whether an AT+QCOAPCFG that sets that option has no result yet.
[[nodiscard]] bool sets_option(const Dialogue& dialogue, std::string_view name);
/// How a message's Content-Format says that its payload is spelled (3.1); nothing where it has none.
[[nodiscard]] std::optional<atwire::Encoding> spelled_by(const atwire::CoapOptions& options);

}  // namespace conformance

#endif
