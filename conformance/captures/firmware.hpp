// Which firmware a module has, from what it answers.
#ifndef CONFORMANCE_CAPTURES_FIRMWARE_HPP
#define CONFORMANCE_CAPTURES_FIRMWARE_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <optional>
#include <string>

namespace conformance {

/// Listens for the replies to `ATI` and `AT+CGMR`, whoever asks.
class Firmware {
public:
    /// A command; `bytes` are its own on the wire.
    void heard(const atwire::Command& command, std::string_view bytes);
    /// The firmware, when a reply that names another one than before has got its OK.
    std::optional<std::string> heard(const atwire::Event& event);

private:
    enum class Asked { nothing, identification, revision };
    Asked asked_ = Asked::nothing;
    std::string reply_;
    std::string known_;
};

}  // namespace conformance

#endif
