// A profile as a text file that can live in git: one fact a line, sorted, the same for the same profile.
//
//   atwire profile 2
//   dialect bc26
//   firmware BC26NBR01A05
//
//   shape    AT+QIRD=_,_  +QIRD  -  12  +QIRD: <int>  -  +QIRD: 5
//   range    -  +QPING  time  4  23..151  1 1  +QPING: 0,23  +QPING: 0,151
//   times    AT+QIRD=_,_  OK  41  20:3 22:5 43:4  AT+QIRD=0,512  # 12: median 22, 95 % 41, most 41 ms
//
// Columns are separated by one tab; `-` is an empty one; bytes are escaped as in transcripts. What they are:
//
//   result, place, shape, frame, payload, value    trigger, message, detail, count, what was seen, quirks, a line that shows it
//   range    trigger, message, field, count, least..most, how often each of the two, a line with each
//   times    trigger, message, the longest in ms, the histogram (the last ms of each step and its count), the command
//            that took that long; behind # what it comes to
//
// Lines that begin with # are comments.
#ifndef CONFORMANCE_PROFILES_PROFILE_FILE_HPP
#define CONFORMANCE_PROFILES_PROFILE_FILE_HPP

#include <istream>
#include <string>

#include "profiles/profile.hpp"

namespace conformance {

/// What the first line begins with.
inline constexpr std::string_view profile_mark = "atwire profile ";
inline constexpr int profile_version = 2;

[[nodiscard]] std::string written(const Profile& profile);
/// Throws InputError with the place where it isn't what `written` gives, in whatever order; of another version it says which.
[[nodiscard]] Profile read_profile(std::istream& input, const std::string& file);

}  // namespace conformance

#endif
