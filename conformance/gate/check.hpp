// `atwire check`: captures held to the manual.
#ifndef CONFORMANCE_GATE_CHECK_HPP
#define CONFORMANCE_GATE_CHECK_HPP

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gate/known.hpp"
#include "gate/play.hpp"
#include "gate/timeline.hpp"

namespace conformance {

struct CheckOptions {
    PlayOptions play{};
    std::size_t limit = 20;  ///< findings kept of a rule in a capture; all are counted
    KnownDeviations known{};
    std::size_t timeline = 0;  ///< messages kept of a capture
};

/// The findings of one rule in one capture.
struct RuleFindings {
    std::size_t count = 0;             ///< of those that aren't known
    std::size_t known = 0;             ///< of those that are
    std::vector<Finding> findings{};   ///< the first of those that aren't known
    std::vector<std::string> wires{};  ///< their different bytes, escaped; at most one more than the limit
};

/// What one capture showed.
struct CheckedCapture {
    std::string name;
    std::string unusable{};  ///< one line: why it couldn't be checked, or not to its end
    const atwire::Dialect* dialect = nullptr;
    std::optional<Capture> capture{};             ///< nothing where no form fits
    std::map<const Rule*, RuleFindings> rules{};  ///< in the order of the rules
    std::vector<std::size_t> known_hits{};        ///< of each known deviation
    Timeline timeline{};                          ///< what was said in it

    [[nodiscard]] std::size_t count(Severity severity) const;
};

/// Why a rule isn't held in such a capture: the sentence's end behind "not held: "; nothing where it is.
[[nodiscard]] std::string_view why_not_held(const Rule& rule, const Capture& capture);
/// Whether there is a check of the rule at all.
[[nodiscard]] bool is_held(const Rule& rule);

/// Checks one. Never throws for what the capture is.
[[nodiscard]] CheckedCapture check_capture(const std::string& name, const CheckOptions& options);
/// Checks all of them on so many threads; in the order of the names. `done` is called for each, one at a time.
[[nodiscard]] std::vector<CheckedCapture> check_captures(const std::vector<std::string>& names, const CheckOptions& options,
                                                         std::size_t jobs, const std::function<void(std::size_t)>& done);

/// The files that the arguments mean: a directory's captures, by their names' endings and sorted; a glob's; `-`. One that means
/// nothing stays as it is. `profiles`: a directory's files that end in .profile are meant, too.
[[nodiscard]] std::vector<std::string> captures_named(const std::vector<std::string>& arguments, bool profiles = false);

/// Everything that was checked, and what it comes to.
struct Checked {
    std::vector<CheckedCapture> captures{};
    std::vector<KnownDeviation> gone{};  ///< known deviations that no capture showed; none where one was unusable
    /// Whether a capture was unusable.
    [[nodiscard]] bool partial() const;
    /// Whether there is an error or a warning that isn't known, or a known deviation is gone.
    [[nodiscard]] bool deviates() const;
    /// 0 it holds, 1 deviations, 2 a capture was unusable.
    [[nodiscard]] int exit_code() const;
};
[[nodiscard]] Checked judged(std::vector<CheckedCapture> captures, const KnownDeviations& known);

/// What `--update-known` writes.
[[nodiscard]] std::string updated_known(const Checked& checked, const CheckOptions& options);

}  // namespace conformance

#endif
