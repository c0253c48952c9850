// The deviations of a firmware that are known: a file with a line for each.
#ifndef CONFORMANCE_GATE_KNOWN_HPP
#define CONFORMANCE_GATE_KNOWN_HPP

#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// `rule-id  pattern  # reason`: findings of the rule whose text the pattern matches, in which `*` stands for any text. The text of
/// what `check` finds are its escaped bytes; `diff` has the change's name for a rule, and what it is about for its text.
struct KnownDeviation {
    std::string rule;
    std::string pattern;
    std::string reason;    ///< nothing where none is given
    std::size_t line = 0;  ///< of the file; 0 of one that is new
};

/// What is wrong with a rule's name: "there is no rule …"; empty where there is such a rule.
[[nodiscard]] std::string no_rule(std::string_view name);

/// Whether `pattern` matches all of `text`.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

class KnownDeviations {
public:
    /// What is wrong with the name that a line begins with; empty where nothing is.
    using Complaint = std::function<std::string(std::string_view)>;

    KnownDeviations() = default;
    /// Reads a file. Blank lines, and those that begin with #, are comments. Throws InputError with the place where a line is none.
    KnownDeviations(std::istream& input, const std::string& file, const Complaint& complaint = no_rule);

    /// Whether an entry is about the rule.
    [[nodiscard]] bool has(std::string_view rule) const;
    /// The entries that match a finding, by their places among all.
    [[nodiscard]] std::vector<std::size_t> find(std::string_view rule, std::string_view escaped) const;
    [[nodiscard]] const std::vector<KnownDeviation>& entries() const { return entries_; }

    /// The file's text without the entries for which `gone` holds, with new ones at its end. Comments, reasons and order stay.
    [[nodiscard]] std::string updated(const std::vector<bool>& gone, const std::vector<KnownDeviation>& added) const;

private:
    std::vector<KnownDeviation> entries_;
    std::vector<std::string> lines_;
};

}  // namespace conformance

#endif
