// How long a module took, as a histogram of fixed steps, so that those of many captures add up in any order.
#ifndef CONFORMANCE_PROFILES_TIMES_HPP
#define CONFORMANCE_PROFILES_TIMES_HPP

#include <cstdint>
#include <map>

#include "profiles/example.hpp"

namespace conformance {

/// Times in whole milliseconds. Below 16 ms a step is one millisecond; from there on each doubling has 8 steps, so that what is read
/// off is at most an eighth too long. The longest is kept as it is.
class Times {
public:
    /// Seconds; none below zero, and none longer than 49 days. The line is what took so long.
    void add(double seconds, std::string_view line = {});
    Times& operator+=(const Times& other);
    bool operator==(const Times&) const = default;

    [[nodiscard]] std::uint64_t count() const;
    /// In milliseconds; 0 where there are none.
    [[nodiscard]] std::uint32_t longest() const { return longest_; }
    /// What took that long.
    [[nodiscard]] const Example& slowest() const { return slowest_; }
    /// The time that so much of them (0 to 1) don't exceed: the end of its step, or the longest.
    [[nodiscard]] std::uint32_t quantile(double part) const;
    [[nodiscard]] std::uint32_t median() const { return quantile(0.5); }
    [[nodiscard]] std::uint32_t most() const { return quantile(0.95); }
    /// How many took longer than that, by their steps.
    [[nodiscard]] std::uint64_t longer_than(std::uint32_t milliseconds) const;

    /// How many are in each step, by the last millisecond that belongs to it.
    [[nodiscard]] const std::map<std::uint32_t, std::uint64_t>& steps() const { return steps_; }
    /// False, and nothing changed, where these can't be: a step that doesn't end there, a count of 0, or a longest outside the last.
    [[nodiscard]] bool set(const std::map<std::uint32_t, std::uint64_t>& steps, std::uint32_t longest,
                           const Example& slowest = {});

private:
    std::map<std::uint32_t, std::uint64_t> steps_{};
    std::uint32_t longest_ = 0;
    Example slowest_{};
};

}  // namespace conformance

#endif
