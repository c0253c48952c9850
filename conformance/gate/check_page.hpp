// `atwire check --report html`: what was found, and the dialogue that shows it.
#ifndef CONFORMANCE_GATE_CHECK_PAGE_HPP
#define CONFORMANCE_GATE_CHECK_PAGE_HPP

#include <ostream>

#include "gate/check.hpp"

namespace conformance {

/// How many messages of each of so many captures the page can draw: `CheckOptions::timeline`.
[[nodiscard]] std::size_t timeline_length(std::size_t captures);

/// One page that needs nothing beside it: the verdict, a timeline of each capture, those with findings first where they are too
/// many, and each finding with its bytes and a caret.
void write_html(std::ostream& output, const Checked& checked);

}  // namespace conformance

#endif
