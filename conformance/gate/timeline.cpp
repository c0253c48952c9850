#include "gate/timeline.hpp"

namespace conformance {

MessageIndex::MessageIndex(const Timeline& timeline) : timeline_{timeline} {
    for (std::size_t i = 0; i < timeline.messages.size(); ++i) {
        const Place& place = timeline.messages[i].place;
        by_place_.emplace(std::pair{place.line, place.offset}, i);
    }
}

std::optional<std::size_t> MessageIndex::of(const Finding& finding) const {
    std::optional<std::size_t> best;
    const auto [begin, end] = by_place_.equal_range({finding.place.line, finding.place.offset});
    for (auto at = begin; at != end; ++at) {
        // Both sides may have bytes at that place.
        const Message& message = timeline_.messages[at->second];
        const bool same = std::string_view{finding.wire}.substr(0, Message::most_wire) == message.wire;
        if (same && message.of_host != finding.rule->of_module()) return at->second;
        if (!best || same) best = at->second;
    }
    return best;
}

}  // namespace conformance
