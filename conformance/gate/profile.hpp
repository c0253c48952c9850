// `atwire profile`: captures and profiles made one profile.
#ifndef CONFORMANCE_GATE_PROFILE_HPP
#define CONFORMANCE_GATE_PROFILE_HPP

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "captures/capture.hpp"
#include "profiles/profile.hpp"

namespace conformance {

struct ProfileOptions {
    const atwire::Dialect* dialect = nullptr;  ///< nullptr: the capture's own
    std::optional<Form> form{};                ///< nothing: as it looks
    std::size_t jobs = 1;
};

/// Reads each of the files, on so many threads, and adds them up. `done` is called for each, one at a time. Throws std::runtime_error,
/// one line, for the first that can't be read to its end, has no line of a module, or is of another dialect than the first.
[[nodiscard]] Profile profile_files(const std::vector<std::string>& names, const ProfileOptions& options,
                                    const std::function<void(std::size_t)>& done);

}  // namespace conformance

#endif
