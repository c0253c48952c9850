#include "rules/phrases.hpp"

#include <cmath>

namespace conformance {

std::string seconds(double time) {
    std::string text = std::to_string(time);
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text + " s";
}

bool is_over(double passed, std::uint32_t limit) { return std::llround(passed * 1000) > limit; }

}  // namespace conformance
