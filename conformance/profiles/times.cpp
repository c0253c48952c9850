#include "profiles/times.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace conformance {
namespace {

constexpr std::uint32_t exact_below = 16;
constexpr unsigned bits_of_step = 3;  // 8 steps each doubling

/// The last millisecond of the step that this one is in.
std::uint32_t end_of_step(std::uint32_t milliseconds) {
    if (milliseconds < exact_below) return milliseconds;
    const unsigned low = static_cast<unsigned>(std::bit_width(milliseconds)) - 1 - bits_of_step;
    return milliseconds | ((std::uint32_t{1} << low) - 1);
}

}  // namespace

void Times::add(double seconds, std::string_view line) {
    const double most = std::numeric_limits<std::uint32_t>::max();
    const auto milliseconds = static_cast<std::uint32_t>(std::clamp(std::round(seconds * 1000), 0.0, most));
    Times one;
    one.steps_[end_of_step(milliseconds)] = 1;
    one.longest_ = milliseconds;
    one.slowest_ = Example{line};
    *this += one;
}

Times& Times::operator+=(const Times& other) {
    for (const auto& [end, count] : other.steps_) steps_[end] += count;
    if (other.longest_ > longest_) slowest_ = {};
    if (other.longest_ >= longest_) slowest_ += other.slowest_;
    longest_ = std::max(longest_, other.longest_);
    return *this;
}

std::uint64_t Times::count() const {
    std::uint64_t all = 0;
    for (const auto& [end, count] : steps_) all += count;
    return all;
}

std::uint32_t Times::quantile(double part) const {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(count())));
    std::uint64_t passed = 0;
    for (const auto& [end, count] : steps_)
        if ((passed += count) >= wanted) return std::min(end, longest_);
    return longest_;
}

std::uint64_t Times::longer_than(std::uint32_t milliseconds) const {
    std::uint64_t longer = 0;
    for (auto step = steps_.upper_bound(end_of_step(milliseconds)); step != steps_.end(); ++step) longer += step->second;
    return longer;
}

bool Times::set(const std::map<std::uint32_t, std::uint64_t>& steps, std::uint32_t longest, const Example& slowest) {
    if (steps.empty() || steps.rbegin()->first != end_of_step(longest)) return false;
    for (const auto& [end, count] : steps)
        if (end != end_of_step(end) || count == 0) return false;
    steps_ = steps;
    longest_ = longest;
    slowest_ = slowest;
    return true;
}

}  // namespace conformance
