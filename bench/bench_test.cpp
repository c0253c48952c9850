// What is measured is right: every parser finds the same, and whoever doesn't is noticed.
#include "codec.hpp"
#include "measure.hpp"
#include "rivals/rivals.hpp"

#include <atwire/dialects/bc26.hpp>

#include <gtest/gtest.h>

#include <set>

namespace atwire::bench {
namespace {

constexpr std::size_t size = 1 << 16;

TEST(Measured, EveryParserFindsTheSame) {
    Streams streams{size};
    EXPECT_EQ(disagreements(cases(), streams), std::vector<std::string>{});
}

/// The floor's sum without the last event.
Sum drops_one(const Dialect& dialect, const Stream& stream, std::size_t chunk) {
    Sum sum = parse_by_hand(dialect, stream, chunk);
    --sum.events;
    return sum;
}
/// As many events; in one of them another field.
Sum reads_wrong(const Dialect& dialect, const Stream& stream, std::size_t chunk) {
    Sum sum = parse_by_hand(dialect, stream, chunk);
    ++sum.value;
    return sum;
}

TEST(Measured, AParserThatDropsAnEventIsNoticed) {
    Streams streams{size};
    for (const Parse parse : {drops_one, reads_wrong}) {
        const std::vector<Case> wrong = {{&bc26, Content::urc_mix, 256, {"wrong", parse}}};
        EXPECT_EQ(disagreements(wrong, streams).size(), 1u);
    }
}

TEST(Streams, UrcMixHasEveryKindOfTheTable) {
    // Data have streams of their own; the others open a pipe, or change what the lines behind them mean.
    static const std::set<Kind> elsewhere = {Kind::data_received, Kind::data_read, Kind::data_source,
                                             Kind::connect,       Kind::incoming,  Kind::network_state};
    for (const Case& one : cases()) {
        if (one.content != Content::urc_mix || one.chunk != whole || one.parser.name != "encode") continue;
        std::set<Kind> kinds;
        const Stream stream = make_stream(*one.dialect, one.content, 1 << 17);
        for (const Event& event : stream.events) kinds.insert(event.kind);
        for (const Form& form : one.dialect->facts.forms)
            EXPECT_TRUE(elsewhere.contains(form.kind) || kinds.contains(form.kind))
                << name(one) << ": " << atwire::name(form.kind);
    }
}

TEST(Streams, EventsAreShort) {
    for (const Case& one : cases()) {
        if (one.content != Content::urc_mix || one.chunk != whole || one.parser.name != "encode") continue;
        const Stream stream = make_stream(*one.dialect, one.content, 1 << 17);
        EXPECT_NEAR(static_cast<double>(stream.bytes.size()) / static_cast<double>(stream.events.size()), 24, 5) << name(one);
    }
}

}  // namespace
}  // namespace atwire::bench
