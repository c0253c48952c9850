#include "profiles/profile.hpp"

#include <stdexcept>

namespace conformance {
namespace {

/// Keeps the bound: the same whatever came first, since more than so many stay more.
void bound(Alternatives& values) {
    if (values.size() <= Profile::most_values && !values.contains(std::string{Profile::many})) return;
    const std::uint64_t all = count(values);
    values.clear();
    values[std::string{Profile::many}].count = all;
}

}  // namespace

std::string_view name(About about) {
    constexpr std::string_view names[] = {"result", "place", "shape", "frame", "payload", "value"};
    return names[static_cast<std::size_t>(about)];
}

Seen& Seen::operator+=(const Seen& other) {
    count += other.count;
    quirks.insert(other.quirks.begin(), other.quirks.end());
    example += other.example;
    return *this;
}

std::uint64_t count(const Alternatives& alternatives) {
    std::uint64_t all = 0;
    for (const auto& [alternative, seen] : alternatives) all += seen.count;
    return all;
}

void Range::add(std::int64_t value, std::string_view line) {
    *this += Range{1, value, value, 1, 1, Example{line}, Example{line}};
}

Range& Range::operator+=(const Range& other) {
    if (other.count == 0) return *this;
    if (count == 0) return *this = other;
    count += other.count;
    if (other.least <= least) {
        if (other.least < least) at_least = 0, least_line = {};
        at_least += other.at_least;
        least_line += other.least_line;
        least = other.least;
    }
    if (other.most >= most) {
        if (other.most > most) at_most = 0, most_line = {};
        at_most += other.at_most;
        most_line += other.most_line;
        most = other.most;
    }
    return *this;
}

void Profile::see(About about, const Subject& subject, const std::string& alternative, std::string_view line,
                  std::set<std::string> quirks) {
    Alternatives& all = seen[{about, subject}];
    all[alternative] += Seen{1, std::move(quirks), Example{line}};
    if (about == About::value) bound(all);
}

Profile& Profile::operator+=(const Profile& other) {
    if (dialect == nullptr) dialect = other.dialect;
    if (other.dialect != nullptr && other.dialect != dialect)
        throw std::invalid_argument{"its dialect is " + std::string{other.dialect->facts.name} + ", that of those before it is " +
                                    std::string{dialect->facts.name}};
    firmware.insert(other.firmware.begin(), other.firmware.end());
    for (const auto& [what, alternatives] : other.seen) {
        Alternatives& mine = seen[what];
        for (const auto& [alternative, one] : alternatives) mine[alternative] += one;
        if (what.first == About::value) bound(mine);
    }
    for (const auto& [subject, range] : other.ranges) ranges[subject] += range;
    for (const auto& [subject, some] : other.times) times[subject] += some;
    return *this;
}

const Alternatives& Profile::of(About about, const Subject& subject) const {
    static const Alternatives none;
    const auto found = seen.find({about, subject});
    return found == seen.end() ? none : found->second;
}

}  // namespace conformance
