// Transcripts as other programs would have kept them.
#ifndef CONFORMANCE_CAPTURES_RENDERINGS_HPP
#define CONFORMANCE_CAPTURES_RENDERINGS_HPP

#include <string>

#include "transcripts/transcript.hpp"

namespace conformance {

/// The steps that have bytes and silences, with times where they have none: a tenth of a second between two, one for a silence.
[[nodiscard]] std::vector<Step> spoken(const Transcript& transcript);

[[nodiscard]] std::string as_raw(const std::vector<Step>& steps);
/// `socat -x -v`, and `socat -x` where `text` is false.
[[nodiscard]] std::string as_socat(const std::vector<Step>& steps, bool text);
/// What picocom keeps of a module that echoes the host, where it doesn't in the transcript.
[[nodiscard]] std::string as_picocom(const std::vector<Step>& steps);
/// The same in minicom's log.
[[nodiscard]] std::string as_minicom(const std::vector<Step>& steps);
/// `[12:00:00.100] TX: AT\r`
[[nodiscard]] std::string as_marked(const std::vector<Step>& steps);
/// `2024-05-01 12:00:00,100 AT`, line by line of what picocom keeps.
[[nodiscard]] std::string as_stamped_lines(const std::vector<Step>& steps);

}  // namespace conformance

#endif
