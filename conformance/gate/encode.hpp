// `atwire encode`: the bytes of events.
#ifndef CONFORMANCE_GATE_ENCODE_HPP
#define CONFORMANCE_GATE_ENCODE_HPP

#include <atwire/dialect.hpp>

#include "gate/input.hpp"

namespace conformance {

/// Reads one JSON object a line, as `decode` prints them, and writes their bytes. Throws std::runtime_error, one line that names
/// file, line and, where it isn't JSON, column; what came before that line is written then.
void encode(Input& input, const atwire::Dialect& dialect, const atwire::Settings& settings, std::ostream& output);

}  // namespace conformance

#endif
