#include "captures/sides.hpp"

#include "captures/at_lines.hpp"
#include "captures/lines.hpp"

namespace conformance {
namespace {

std::size_t results(std::string_view bytes) {
    std::size_t count = 0;
    while (!bytes.empty()) {
        const std::string_view line = without_end(take_line(bytes));
        count += is_final_result(line) || is_information(line);
    }
    return count;
}

}  // namespace

void Sides::add(Side side, std::string_view bytes) {
    std::string& said = said_[side == Side::second];
    said += bytes;
    if (!said_at_ && says_at(said)) said_at_ = side;
}

Sides::Side Sides::host() const {
    const std::size_t first = results(said_[0]);
    const std::size_t second = results(said_[1]);
    if (first != second) return first > second ? Side::second : Side::first;
    return said_at_.value_or(Side::first);
}

}  // namespace conformance
