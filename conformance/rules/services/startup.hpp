// What is known of a Quectel module's way from its start to its first connection (bc65, bc26, ec200x).
#ifndef CONFORMANCE_RULES_SERVICES_STARTUP_HPP
#define CONFORMANCE_RULES_SERVICES_STARTUP_HPP

#include <array>
#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <optional>
#include <string>

#include "rules/finding.hpp"

namespace conformance {

struct Exchange;
class Dialogue;
template <class Message>
struct Heard;

/// Nothing is assumed: what no line has said is unknown.
struct Startup {
    /// <stat> of +CREG, +CGREG and +CEREG as it was told last.
    enum Network : std::uint8_t { circuit_switched, packet_switched, eps, networks };

    std::optional<Place> started{};    ///< when the module said so
    std::optional<Place> sim_ready{};  ///< since when AT+CPIN? knows the SIM
    std::optional<Place> sim_asked{};  ///< the first AT+CPIN? since then or the start that was in vain
    std::array<std::optional<std::int64_t>, networks> stat{};
    std::optional<Place> unregistered{};      ///< since when the host asks in vain for +CGREG or +CEREG
    std::optional<bool> attached{};           ///< +CGATT
    std::optional<bool> has_address{};        ///< +CGPADDR, +IP
    std::optional<bool> activated{};          ///< AT+CGACT
    bool was_registered = false;              ///< +CREG has said so since the start
    bool gone_on = false;                     ///< the host has activated a context or opened a socket
    std::array<std::string, 16> addresses{};  ///< by contextID; empty where unknown

    [[nodiscard]] bool is_registered(Network network) const { return stat[network] == 1 || stat[network] == 5; }
    /// Whether a line has told the <stat> of a packet service, and none that it is registered.
    [[nodiscard]] bool lacks_packet_service() const {
        return (stat[packet_switched] || stat[eps]) && !is_registered(packet_switched) && !is_registered(eps);
    }

    void heard(const Heard<atwire::Command>& command, const Dialogue& dialogue);
    void heard(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    /// A command has had its final result.
    void finished(const Exchange& exchange, const Dialogue& dialogue);

private:
    void informed(const Heard<atwire::Event>& event, const Dialogue& dialogue);
    void addressed(std::uint32_t context, std::string_view address);
};

}  // namespace conformance

#endif
