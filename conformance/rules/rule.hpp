// The documented rules of behaviour: the rows of facts/rules.tsv, and the rules of syntax that every line is held to.
#ifndef CONFORMANCE_RULES_RULE_HPP
#define CONFORMANCE_RULES_RULE_HPP

#include <cstdint>
#include <span>
#include <string_view>

namespace conformance {

enum class Severity : std::uint8_t { note, warning, error };
[[nodiscard]] std::string_view name(Severity severity);

/// One row. The texts are the list's columns; `dialects` are separated by commas.
struct Rule {
    std::string_view id, dialects, rule_class, who, statement, trigger, expectation, severity, checkable, manual, section,
        erratum, confidence;

    [[nodiscard]] bool concerns(std::string_view dialect) const;
    /// Whether a module can break it; else a host.
    [[nodiscard]] bool of_module() const { return who == "module"; }
    /// Whether a capture can show it: without (`capture`) or with times.
    [[nodiscard]] bool shows() const { return checkable == "capture" || checkable == "timed"; }
    [[nodiscard]] bool needs_times() const { return checkable == "timed"; }
    /// How grave it is to break it: must, should, note; what was only inferred warns at most.
    [[nodiscard]] Severity gravity() const;
};

/// All rules, in the list's order, those of syntax behind them.
[[nodiscard]] std::span<const Rule> rules();
/// nullptr where there is no rule of that id.
[[nodiscard]] const Rule* rule_of(std::string_view id);

/// A row that no check of a capture holds, and why.
struct Advice {
    std::string_view rule, reason;
};
[[nodiscard]] std::span<const Advice> advice();

}  // namespace conformance

#endif
