#include "gate/timeline.hpp"

namespace conformance {

MessageIndex::MessageIndex(const Timeline& timeline) : timeline_{timeline} {
    for (std::size_t i = 0; i < timeline.messages.size(); ++i) {
        const Place& place = timeline.messages[i].place;
        by_place_.emplace(std::pair{place.line, place.offset}, i);
    }
}

std::optional<std::size_t> MessageIndex::of(const Finding& finding) const {
    return of(finding.place, finding.wire, !finding.rule->of_module());
}

std::optional<std::size_t> MessageIndex::of(const Place& place, std::string_view wire, bool of_host) const {
    std::optional<std::size_t> best;
    const auto [begin, end] = by_place_.equal_range({place.line, place.offset});
    for (auto at = begin; at != end; ++at) {
        // Both sides may have bytes at that place.
        const Message& message = timeline_.messages[at->second];
        const bool same = wire.substr(0, Message::most_wire) == message.wire;
        if (same && message.of_host == of_host) return at->second;
        if (!best || same) best = at->second;
    }
    return best;
}

}  // namespace conformance
