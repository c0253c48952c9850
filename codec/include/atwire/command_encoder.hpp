// The encoder of commands: a command in, the bytes that a host sends for it out. What it accepts, the command decoder reads back
// as it was.
#ifndef ATWIRE_COMMAND_ENCODER_HPP
#define ATWIRE_COMMAND_ENCODER_HPP

#include <atwire/encoder.hpp>

namespace atwire {

/// Writes `command`, its end included, but for one that has `more` behind it on its line. Parameters are held to their documented
/// ranges; a refusal names the struct's field. Nothing is written, and nothing past the buffer's end touched, where it is refused.
/// Of `SendData` the escapes are written (A76XX in variable length), and what ends it; `settings.pending` says which command it is for.
Encoded encode(const Dialect& dialect, const Settings& settings, const Command& command, std::span<char> buffer) noexcept;

}  // namespace atwire

#endif
