// What is known of the contexts, pings, times, names and options of a Quectel module (bc65, bc26, ec200x).
#ifndef CONFORMANCE_RULES_SERVICES_SERVICES_HPP
#define CONFORMANCE_RULES_SERVICES_SERVICES_HPP

#include <array>
#include <atwire/settings.hpp>
#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include "rules/finding.hpp"
#include "rules/kept.hpp"

namespace conformance {

struct Exchange;
class Dialogue;
template <class Message>
struct Heard;

/// A PDP context.
struct Context {
    /// `lost`: the network took it, and the host has not deactivated it since.
    enum class State : std::uint8_t { unknown, active, inactive, lost };
    State state = State::unknown;
    bool failed = false;                             ///< its activation failed, and the host has not deactivated it since
    bool asked = true;                               ///< since it was activated its address was asked for, or a socket was opened
    bool blank = false;                              ///< it was read back without a profile
    std::optional<Kept<atwire::Command>> profile{};  ///< that was accepted last
    std::uint32_t type = 0;                          ///< of the profile that it was activated with; 0 where unknown
    std::uint32_t type_before = 0;                   ///< of the one before that
    std::optional<Kept<atwire::Command>> servers{};  ///< of names, that were accepted last; of context 0 where it has none
};

/// How far a service is whose result comes behind its OK: what nobody asked for is told from what was asked before the capture.
enum class Run : std::uint8_t { unknown, going, ended, refused };

struct PingRun {
    Run run = Run::unknown;
    bool by_name = false;  ///< of the host: it has to be resolved first
    std::uint32_t timeout = 0, count = 0, size = 0;
    std::uint32_t replies = 0, answered = 0, min = 0, max = 0;
    std::uint64_t sum = 0;  ///< of their times
    std::string address{};  ///< of the first reply
    Place last{};           ///< of the OK, or of the last reply
};

struct LookUp {
    Run run = Run::unknown;
    std::optional<std::uint32_t> left{};  ///< addresses that are to come behind the header
    std::uint32_t error = 0;              ///< of the header
    std::vector<std::string> addresses{};
};

/// A clock's reading, in seconds by the calendar that it shows, and when it was heard.
struct Reading {
    std::int64_t local = 0;
    std::int32_t zone = 0;  ///< quarters of an hour
    double heard = 0;
};
/// Of `YY/MM/DD,hh:mm:ss±zz`, with two or four digits of the year. Nothing where it is none, or no day of the calendar.
[[nodiscard]] std::optional<Reading> reading_of(std::string_view text, const Place& place);

/// Nothing is assumed: what no line has said is unknown.
struct Services {
    /// What AT+QIGETERROR has to know of the last TCP/IP command.
    enum class Last : std::uint8_t { unknown, refused, open_without_socket, open_failed };
    static constexpr std::size_t contexts_end = 16;
    static constexpr std::uint8_t most_failures = 3;  ///< of deactivation, until the module has to be restarted

    std::array<Context, contexts_end> contexts{};
    std::uint8_t failed_deactivations = 0;                           ///< in a row
    std::array<std::uint8_t, atwire::max_sockets> socket_context{};  ///< of each socket; 0 where unknown
    std::bitset<atwire::max_sockets> cut_off{};                      ///< sockets whose context was deactivated

    PingRun ping{};
    Run sync = Run::unknown;
    LookUp look_up{};
    std::optional<bool> registered{};
    std::optional<Reading> synced{};  ///< what the last synchronisation has set the clock to
    std::optional<Reading> clock{};   ///< as it was read last
    std::optional<Reading> left{};    ///< as it was read before a synchronisation that doesn't set it

    Last last = Last::unknown;
    std::uint32_t last_error = 0;
    std::optional<std::uint32_t> send_echo{};  ///< of AT+QISDE
    std::optional<bool> lengths_shown{};       ///< by the last notice or read
    bool hex_payload = false;                  ///< the payload under way is in hexadecimal digits
    bool prompted = false;                     ///< the last event was a prompt

    /// The context of that number, or nullptr where there is none.
    [[nodiscard]] const Context* context(std::uint32_t number) const {
        return number < contexts_end ? &contexts[number] : nullptr;
    }

    void heard(const Heard<atwire::Command>& command, const Dialogue& dialogue);
    void heard(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    /// A command has had its final result.
    void finished(const Exchange& exchange, const Dialogue& dialogue);

private:
    void finished_context(const Exchange& exchange);
    void listed_contexts(const Exchange& exchange);
    void finished_run(const Exchange& exchange);
    void finished_error(const Exchange& exchange);
    void replied(const atwire::PingReply& reply, const Place& place);
    void resolved(const atwire::DnsResult& header);
    void told(const atwire::Information& line, const Place& place, const Dialogue& dialogue);
    void was_synced(const Heard<atwire::Event>& event, const Dialogue& dialogue);
};

/// Whether the line restarts the module.
[[nodiscard]] bool restarts(std::string_view line);
/// Whether a notice or a read shows for certain that it has a length, or that it has none: what may be payload doesn't.
[[nodiscard]] bool tells_length(const Heard<atwire::Event>& event);
/// The context that a command names.
[[nodiscard]] std::optional<std::uint32_t> context_of(const atwire::Command& command);

}  // namespace conformance

#endif
