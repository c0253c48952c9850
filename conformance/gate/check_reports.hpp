// What `atwire check` prints: for people, for programs, for CI systems.
#ifndef CONFORMANCE_GATE_CHECK_REPORTS_HPP
#define CONFORMANCE_GATE_CHECK_REPORTS_HPP

#include <ostream>

#include "gate/check.hpp"

namespace conformance {

/// The verdict, counts, and each finding with its bytes and a caret: those of the module, then the host's mistakes.
void write_text(std::ostream& output, const Checked& checked, bool colour);
/// One object:
///   {"verdict":"deviations","errors":1,"warnings":0,"notes":0,"captures":[{"file":"a.at","form":"transcript","dialect":"bc26",
///    "rules":[{"rule":"…","severity":"error","side":"module","section":"…","count":1,"known":0,
///     "findings":[{"line":4,"time":1.5,"wire":"CLOSE OK","caret":0,"expected":"…"}]}]}],"gone":[…]}
/// `line` of a file, or `offset` in the side's bytes where it has no lines; `error` of a capture that was unusable.
void write_json(std::ostream& output, const Checked& checked);
/// JUnit's XML: a suite for each capture, a case for each rule; what the capture can't show is skipped, notes don't fail.
void write_junit(std::ostream& output, const Checked& checked);

/// All rules, and how each is held.
void write_rules_text(std::ostream& output, const atwire::Dialect* dialect);
void write_rules_json(std::ostream& output, const atwire::Dialect* dialect);

}  // namespace conformance

#endif
