// Plays a capture to whoever listens.
#ifndef CONFORMANCE_GATE_PLAY_HPP
#define CONFORMANCE_GATE_PLAY_HPP

#include <functional>
#include <optional>

#include "captures/capture.hpp"

namespace conformance {

struct PlayOptions {
    const atwire::Dialect* dialect = nullptr;  ///< nullptr: the capture's own
    std::optional<Form> form{};                ///< nothing: as it looks
};

/// Gives each step to what `begin` returns; it is called once, before the first of them. Throws std::runtime_error, one line that
/// names the input: where it can't be read to its end, has no dialect or not the one that is wanted, or sets what there is not.
void play(Input& input, const PlayOptions& options,
          const std::function<std::function<void(const Step&)>(const atwire::Dialect&, const Capture&)>& begin);

}  // namespace conformance

#endif
