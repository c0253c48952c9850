// How a target fails: with the property that doesn't hold and the input, on standard error, and by abort.
#ifndef FUZZ_VIOLATION_HPP
#define FUZZ_VIOLATION_HPP

#include <string_view>

namespace fuzz {

/// What the target is given, for the message, and the file that it stands in. Both must outlive the run.
void begin(std::string_view input, std::string_view file = "the input") noexcept;

/// `property` is a sentence, `detail` what was seen instead.
[[noreturn]] void violated(std::string_view property, std::string_view detail) noexcept;

}  // namespace fuzz

#endif
