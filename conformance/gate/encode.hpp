// `atwire encode`: the bytes of events, or of commands.
#ifndef CONFORMANCE_GATE_ENCODE_HPP
#define CONFORMANCE_GATE_ENCODE_HPP

#include <atwire/dialect.hpp>

#include "captures/input.hpp"
#include "gate/writer.hpp"

namespace conformance {

/// Reads one JSON object a line, as `decode` prints them, and writes the bytes of those that `side` has said. Throws std::runtime_error, one line that names
/// file, line and, where it isn't JSON, column; what came before that line is written then.
void encode(Input& input, const atwire::Dialect& dialect, const atwire::Settings& settings, Side side, std::ostream& output);

}  // namespace conformance

#endif
