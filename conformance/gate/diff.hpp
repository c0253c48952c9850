// `atwire diff`: what changed from one firmware revision to another.
#ifndef CONFORMANCE_GATE_DIFF_HPP
#define CONFORMANCE_GATE_DIFF_HPP

#include <string>
#include <vector>

#include "gate/known.hpp"
#include "profiles/comparison.hpp"

namespace conformance {

/// One of the two that are compared.
struct DiffSide {
    std::string name;                  ///< as it was given
    std::set<std::string> firmware{};  ///< the revisions that its modules named
};

/// What reports show.
struct Diff {
    const atwire::Dialect* dialect = nullptr;
    DiffSide old{}, now{};
    bool same_script = false;
    std::vector<Difference> found{};     ///< those that aren't known; those that break a reader first
    std::size_t known = 0;               ///< how many are
    std::size_t too_few = 0;             ///< subjects that differ too seldom to tell
    std::vector<KnownDeviation> gone{};  ///< known ones that aren't there any more

    /// How many of those found break a strict reader of the old one.
    [[nodiscard]] std::size_t breaking() const;
    /// 0 nothing, 1 findings, or known ones that are gone.
    [[nodiscard]] int exit_code() const { return found.empty() && gone.empty() ? 0 : 1; }
};

/// What a difference is about, in one line: `AT+QIRD=_,_ +QIRD viewmode=1`. Patterns of known ones are compared with it.
[[nodiscard]] std::string about(const Difference& difference);

/// Throws std::runtime_error, one line, where the two are of different dialects.
[[nodiscard]] Diff diff_of(const Profile& old, const Profile& now, bool same_script, const KnownDeviations& known);

/// What `--update-known` writes.
[[nodiscard]] std::string updated_known(const Diff& diff, const KnownDeviations& known);

}  // namespace conformance

#endif
