#include "gate/diff_phrases.hpp"

#include "gate/check_phrases.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {

std::string changes_of(const Diff& diff) { return diff.found.empty() ? "no change found" : times(diff.found.size(), "change"); }

std::string details_of(const Diff& diff) {
    std::string text;
    if (!diff.found.empty())
        text += ", " + std::to_string(diff.breaking()) + " of them " + (diff.breaking() == 1 ? "breaks" : "break") +
                " a strict reader of the old one";
    if (diff.known != 0) text += ", " + std::to_string(diff.known) + " known";
    return text;
}

std::string firmware_of(const DiffSide& side) {
    std::string text;
    for (const std::string& one : side.firmware) text += (text.empty() ? "" : ", ") + escape(one);
    return text.empty() ? "firmware unknown" : text;
}

std::string uncertain_of(const Diff& diff) {
    if (diff.too_few == 0) return {};
    return "In " + times(diff.too_few, "thing") + " they differ too seldom to tell it from chance. More captures tell more" +
           (diff.same_script ? "" : "; of captures of the same script, --same-script takes each for a change") + ".";
}

}  // namespace conformance
