// Where random choices come from: a list of numbers, from RapidCheck, a seed or a fuzzer. When it is used up every throw is 0, so
// that the first choice of every kind should be the simplest, and a shorter list is a simpler case.
#ifndef CONFORMANCE_PROPERTIES_DICE_HPP
#define CONFORMANCE_PROPERTIES_DICE_HPP

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace conformance {

class Dice {
public:
    explicit Dice(std::vector<std::uint32_t> throws) : throws_{std::move(throws)} {}

    /// A number below `sides`, which is at least 1.
    std::size_t below(std::size_t sides) { return next() % sides; }
    /// A number from `least` to `most`; the edges come up often.
    std::int64_t between(std::int64_t least, std::int64_t most) {
        switch (below(4)) {
            case 0: return least;
            case 1: return most;
            default: return least + static_cast<std::int64_t>(wide() % (static_cast<std::uint64_t>(most - least) + 1));
        }
    }
    /// True once in `times`.
    bool once_in(std::size_t times) { return below(times) == times - 1; }
    template <class List>
    const auto& one_of(const List& list) {
        return list[below(std::size(list))];
    }
    [[nodiscard]] bool used_up() const { return next_ == throws_.size(); }

private:
    std::uint32_t next() { return used_up() ? 0 : throws_[next_++]; }
    std::uint64_t wide() {
        const std::uint64_t high = next();
        return high << 32 | next();
    }

    std::vector<std::uint32_t> throws_;
    std::size_t next_ = 0;
};

}  // namespace conformance

#endif
