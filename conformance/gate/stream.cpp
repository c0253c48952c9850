#include "gate/stream.hpp"

#include <algorithm>

namespace conformance {
namespace {

/// A lead that is longer is printed in pieces, as framing, so that no input needs much memory.
constexpr std::size_t most_lead = 65536;

}  // namespace

void Stream::said(Side side, std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = std::min(chunk_, bytes.size());
        std::string& all = window(side).bytes;
        all += bytes.substr(0, length);
        const std::string_view chunk = std::string_view{all}.substr(all.size() - length);
        if (side == Side::host)
            session_.host_said(chunk);
        else
            session_.module_said(chunk);
        drain();
        bytes.remove_prefix(length);
    }
}

void Stream::drain() {
    while (const atwire::Session::Said said = session_.next()) {
        if (said.event != nullptr)
            hand_on(*said.event);
        else
            hand_on(*said.command);
    }
    for (const Side side : {Side::module, Side::host}) {
        // Longer than any half line: the rest is lead.
        while (window(side).left() > most_lead + carry_size + 4) framing(side, most_lead);
        window(side).forget_taken();
    }
}

void Stream::hand_on(const atwire::Event& event) {
    if (!dialogue_) {  // what the host sends, nobody counts
        if (event.kind == atwire::Kind::prompt) settings().data_sent = atwire::Settings::unknown_sent;
        if (settings().pending_count == 0) settings().pending_known = false;
    }
    commands_.flush();
    atwire::Event shortened = event;
    shortened.wire = shorten(Side::module, event.wire);
    events_.add(shortened, module_.take(shortened.wire.length));
}

void Stream::hand_on(const atwire::Command& command) {
    events_.flush();
    atwire::Command shortened = command;
    shortened.wire = shorten(Side::host, command.wire);
    commands_.add(shortened, host_.take(shortened.wire.length));
}

/// The place without what of its lead has been printed as framing, or is now.
atwire::Wire Stream::shorten(Side side, atwire::Wire wire) {
    const auto rest = [&wire, &begin = window(side).begin] {
        const std::size_t gone = begin - wire.offset;
        return atwire::Wire{begin, wire.length - gone, wire.lead - gone};
    };
    for (wire = rest(); wire.lead > most_lead && !window(side).bytes.empty(); wire = rest()) framing(side, most_lead);
    return wire;
}

void Stream::framing(Side side, std::size_t length) {
    flush();
    const std::uint64_t offset = window(side).begin;
    printer_.framing(side, offset, window(side).take(length));
}

void Stream::end() {
    idle();
    flush();
    for (const Side side : {Side::module, Side::host})
        while (window(side).left() != 0) {
            framing(side, std::min(most_lead, window(side).left()));
            window(side).forget_taken();
        }
}

}  // namespace conformance
