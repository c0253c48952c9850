// The readers, each for one form, and what each takes a file's first bytes for.
#ifndef CONFORMANCE_CAPTURES_READERS_HPP
#define CONFORMANCE_CAPTURES_READERS_HPP

#include "captures/capture.hpp"

namespace conformance {

[[nodiscard]] std::unique_ptr<CaptureReader> transcript_reader(Input& input);
[[nodiscard]] std::unique_ptr<CaptureReader> raw_reader(Input& input);
/// These look at the first bytes for what holds for all of the file: who is the host, how the lines end, how bytes are spelled.
[[nodiscard]] std::unique_ptr<CaptureReader> socat_reader(Input& input);
[[nodiscard]] std::unique_ptr<CaptureReader> terminal_reader(Input& input);
[[nodiscard]] std::unique_ptr<CaptureReader> timestamped_reader(Input& input);

/// The first line is a header of socat's, or a message of its own.
[[nodiscard]] bool is_socat(std::string_view head);
/// The first line that isn't blank has a time.
[[nodiscard]] bool is_timestamped(std::string_view head);
/// There are lines of AT traffic, and either commands among them or no CRs.
[[nodiscard]] bool is_terminal(std::string_view head);
/// There are lines of AT traffic.
[[nodiscard]] bool is_raw(std::string_view head);

}  // namespace conformance

#endif
