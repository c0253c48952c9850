// `atwire diff --report html`: what changed, and a line of either side that shows it.
#ifndef CONFORMANCE_GATE_DIFF_PAGE_HPP
#define CONFORMANCE_GATE_DIFF_PAGE_HPP

#include <ostream>

#include "gate/diff.hpp"

namespace conformance {

/// One page that needs nothing beside it: the verdict, both sides, an index by kind of change, and each finding.
void write_html(std::ostream& output, const Diff& diff);

}  // namespace conformance

#endif
