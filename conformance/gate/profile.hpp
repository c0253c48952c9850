// `atwire profile`: captures and profiles made one profile.
#ifndef CONFORMANCE_GATE_PROFILE_HPP
#define CONFORMANCE_GATE_PROFILE_HPP

#include <string>
#include <vector>

#include "gate/play.hpp"
#include "profiles/profile.hpp"

namespace conformance {

struct ProfileOptions {
    PlayOptions play{};
    std::size_t jobs = 1;
};

/// The profile of all that the arguments mean: captures, profiles, directories and globs of them, read on so many threads; with a
/// bar of progress. Throws std::runtime_error, one line: where an argument means nothing, and for the first file that can't be read
/// to its end or is of another dialect than the first. One that has no line of a module may only be found in a directory or by
/// a glob, beside others that have.
[[nodiscard]] Profile profile_of(const std::vector<std::string>& arguments, const ProfileOptions& options);

/// Whether a file that nothing has been taken from is a profile, and no capture.
[[nodiscard]] bool is_profile(Input& input);

}  // namespace conformance

#endif
