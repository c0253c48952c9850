// The deviations of a firmware that are known: a file with a line for each.
#ifndef CONFORMANCE_GATE_KNOWN_HPP
#define CONFORMANCE_GATE_KNOWN_HPP

#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// `rule-id  pattern  # reason`: findings of the rule whose escaped bytes the pattern matches, in which `*` stands for any text.
struct KnownDeviation {
    std::string rule;
    std::string pattern;
    std::string reason;    ///< nothing where none is given
    std::size_t line = 0;  ///< of the file; 0 of one that is new
};

/// Whether `pattern` matches all of `text`.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

class KnownDeviations {
public:
    KnownDeviations() = default;
    /// Reads a file. Blank lines, and those that begin with #, are comments. Throws InputError with the place where a line is none.
    KnownDeviations(std::istream& input, const std::string& file);

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
