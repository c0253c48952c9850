// What the reports of a check say in the same words.
#ifndef CONFORMANCE_GATE_CHECK_PHRASES_HPP
#define CONFORMANCE_GATE_CHECK_PHRASES_HPP

#include "gate/check.hpp"

namespace conformance {

/// `1 error`, `2 errors`
[[nodiscard]] std::string times(std::size_t count, std::string_view what);
/// Of all captures.
[[nodiscard]] std::size_t count(const Checked& checked, Severity severity);
[[nodiscard]] std::size_t known(const Checked& checked);

/// `holds`, `deviates`, `not checked to the end`
[[nodiscard]] std::string_view result(const Checked& checked);
/// `1 error, 0 warnings, 0 notes, 3 known`
[[nodiscard]] std::string counts(const Checked& checked);
/// What the result means, as a sentence.
[[nodiscard]] std::string_view advice(const Checked& checked);

/// What findings of the module stand under, and those of the host.
inline constexpr std::string_view module_title = "The module", host_title = "The host's mistakes",
                                  gone_title = "Known deviations that no capture shows";

/// `bc26, transcript; not held: times`, of a capture that could be checked.
[[nodiscard]] std::string facts_of(const CheckedCapture& capture);
/// Where the finding stands, as editors take it.
[[nodiscard]] std::string place(const CheckedCapture& capture, const Finding& finding);
/// The manual and the rule's section in it; empty where no section is named.
[[nodiscard]] std::string source_of(const Rule& rule, const atwire::Dialect& dialect);
/// The part of a rule's section that is about the dialect: "2.3.2" of "bc65: 2.2.2 (L1); bc26: 2.3.2 (L2)".
[[nodiscard]] std::string section_of(const Rule& rule, std::string_view dialect);

/// Bytes as they are shown to people, and the column of one of them; what is far from it is left out.
struct Excerpt {
    std::string text;
    std::size_t caret = 0;
};
[[nodiscard]] Excerpt excerpt(std::string_view wire, std::size_t caret);

}  // namespace conformance

#endif
