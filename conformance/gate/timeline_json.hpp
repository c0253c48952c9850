// A timeline as a page draws it.
#ifndef CONFORMANCE_GATE_TIMELINE_JSON_HPP
#define CONFORMANCE_GATE_TIMELINE_JSON_HPP

#include <map>

#include "captures/capture.hpp"
#include "gate/timeline.hpp"

namespace conformance {

/// What was found in a message, by the message's number: a list of `{tone, rule, id, says}`; of what is only counted without the last two.
using FoundIn = std::map<std::size_t, Json>;

/// What timeline.js takes for one capture.
[[nodiscard]] Json to_json(const std::string& name, const Capture& capture, const Timeline& timeline, const FoundIn& found);

}  // namespace conformance

#endif
