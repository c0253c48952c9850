// What a target is: one function, that ends the process where a property of the input doesn't hold.
#ifndef FUZZ_TARGETS_TARGET_HPP
#define FUZZ_TARGETS_TARGET_HPP

#include <string_view>

namespace fuzz {

/// Each target's source defines it.
void run(std::string_view bytes);

}  // namespace fuzz

#endif
