#include "gate/timeline.hpp"

namespace conformance {

std::optional<std::size_t> Timeline::message_of(const Finding& finding) const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Message& message = messages[i];
        if (message.place.line != finding.place.line || message.place.offset != finding.place.offset) continue;
        // Both sides may have bytes at that offset.
        const bool same = std::string_view{finding.wire}.substr(0, Message::most_wire) == message.wire;
        if (same && message.of_host != finding.rule->of_module()) return i;
        if (!found || same) found = i;
    }
    return found;
}

}  // namespace conformance
