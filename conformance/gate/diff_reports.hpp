// What `atwire diff` prints: for people, for programs, for CI systems.
#ifndef CONFORMANCE_GATE_DIFF_REPORTS_HPP
#define CONFORMANCE_GATE_DIFF_REPORTS_HPP

#include <ostream>

#include "gate/diff.hpp"

namespace conformance {

/// The verdict, and each finding with what was seen on either side, how often, and a line of it.
void write_text(std::ostream& output, const Diff& diff, bool colour);
/// One object:
///   {"verdict":"changed","dialect":"bc26","old":{"name":"a05.profile","firmware":["…"]},"new":{…},"same_script":false,
///    "breaking":1,"known":0,"too_few":12,
///    "findings":[{"change":"field-added","breaks":true,"trigger":"AT+QIRD=_,_","message":"+QIRD","detail":"","says":"…",
///     "old":{"form":"+QIRD: <int>","count":40,"total":40,"line":"+QIRD: 5","caret":7},"new":{…}}],"gone":[…]}
void write_json(std::ostream& output, const Diff& diff);
/// JUnit's XML: one suite, a case for each kind of change, which fails where one was found.
void write_junit(std::ostream& output, const Diff& diff);

}  // namespace conformance

#endif
