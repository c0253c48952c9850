// `atwire diff --report html`: what changed, and a line of either side that shows it.
#ifndef CONFORMANCE_GATE_DIFF_PAGE_HPP
#define CONFORMANCE_GATE_DIFF_PAGE_HPP

#include <ostream>

#include "gate/diff.hpp"
#include "gate/evidence.hpp"

namespace conformance {

/// One page that needs nothing beside it: the verdict, both sides, an index by kind of change, a timeline of each capture that shows
/// one, and each finding with a line of either side and a caret.
void write_html(std::ostream& output, const Diff& diff, const Evidence& evidence);

}  // namespace conformance

#endif
