#include "profiles/chance.hpp"

#include <algorithm>
#include <cmath>

namespace conformance {
namespace {

/// The logarithm of n over k.
double log_choose(std::uint64_t n, std::uint64_t k) {
    const auto of = [](std::uint64_t x) { return std::lgamma(static_cast<double>(x) + 1); };
    return of(n) - of(k) - of(n - k);
}

}  // namespace

double chance(const Share& less, const Share& more) {
    const std::uint64_t having = less.count + more.count;
    const double all = log_choose(less.total + more.total, having);
    double sum = 0;
    for (std::uint64_t k = more.count; k <= std::min(more.total, having); ++k) {
        if (having - k > less.total) continue;
        const double term = std::exp(log_choose(more.total, k) + log_choose(less.total, having - k) - all);
        sum += term;
        if (term < sum * 1e-12) break;
    }
    return std::min(sum, 1.0);
}

double chance_of_none(std::uint64_t total_of_none, const Share& some) {
    const auto mine = static_cast<double>(some.total);
    return std::pow(mine / (mine + static_cast<double>(total_of_none)), static_cast<double>(some.count));
}

}  // namespace conformance
