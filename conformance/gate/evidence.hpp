// Where the captures that were compared show what has changed.
#ifndef CONFORMANCE_GATE_EVIDENCE_HPP
#define CONFORMANCE_GATE_EVIDENCE_HPP

#include <map>

#include "gate/diff.hpp"
#include "gate/play.hpp"
#include "gate/timeline.hpp"

namespace conformance {

/// A capture that shows something, with what was said in it.
struct Scene {
    bool is_old = false;  ///< of the old side
    std::string name;
    Capture capture;
    Timeline timeline{};
};

struct Evidence {
    /// A message of a scene.
    struct Shown {
        std::size_t scene = 0, message = 0;
    };
    std::vector<Scene> scenes{};
    /// By the number of the difference in `Diff::found`, and whether it is about the old side. Profiles, and standard input, which
    /// can be read once, show nothing.
    std::map<std::pair<std::size_t, bool>, Shown> shown{};
};

/// Reads the captures of both sides again, until each line that `diff` quotes has been seen once. Throws as `play` does.
[[nodiscard]] Evidence evidence_of(const Diff& diff, const PlayOptions& options);

}  // namespace conformance

#endif
