#include "measure.hpp"

#include "floor.hpp"

#include <atwire/decoder.hpp>
#include <atwire/dialects/all.hpp>

namespace atwire {
#define ATWIRE_DECLARE(name) extern const Decoding name##_goto_decoding;
ATWIRE_DIALECTS(ATWIRE_DECLARE)
#undef ATWIRE_DECLARE
}  // namespace atwire

namespace atwire::bench {
namespace {

/// Calls `on_event` with each event that a decoder pulls.
template <class OnEvent>
void pull(const Decoding& decoding, const Stream& stream, std::size_t chunk, OnEvent&& on_event) noexcept {
    std::array<char, 256> carry;
    Settings settings = stream.settings;
    Decoder decoder{decoding, settings, carry};
    const std::string_view bytes = stream.bytes;
    for (std::size_t begin = 0; begin < bytes.size(); begin += chunk) {
        decoder.feed(bytes.substr(begin, chunk));
        while (const Event* event = decoder.next()) on_event(*event);
    }
}

/// Flat, as the floor is: a caller's visitor stands in its loop, however many kinds of event there are.
[[gnu::flatten]] Sum parse_pulling(const Decoding* decoding, const Stream& stream, std::size_t chunk) {
    Sum sum;
    pull(*decoding, stream, chunk, [&sum](const Event& event) { visit(event, sum); });
    return sum;
}

#ifdef ATWIRE_HAS_GOTO
#define ATWIRE_GOTO(name) {#name, "goto", parse_pulling, &name##_goto_decoding},
#else
#define ATWIRE_GOTO(name)
#endif
#define ATWIRE_PARSERS(name) ATWIRE_GOTO(name){#name, "table", parse_pulling, &name##_decoding},
constexpr Parser all[] = {{"bc26", "floor", parse_by_hand, nullptr}, ATWIRE_DIALECTS(ATWIRE_PARSERS)};
#undef ATWIRE_PARSERS
#undef ATWIRE_GOTO

}  // namespace

std::span<const Parser> parsers() noexcept { return all; }

const Dialect& dialect_named(std::string_view name) noexcept {
#define ATWIRE_PLACE(name) &name,
    static constexpr const Dialect* dialects[] = {ATWIRE_DIALECTS(ATWIRE_PLACE)};
#undef ATWIRE_PLACE
    const Dialect* const* place = dialects;
    while ((*place)->facts.name != name) ++place;  // it is a parser's
    return **place;
}

std::uint64_t departures(const Decoding& decoding, const Stream& stream, std::size_t chunk) noexcept {
    std::uint64_t count = 0;
    pull(decoding, stream, chunk, [&count](const Event& event) {
        if (!event.quirks.empty() || !event.doubts.empty()) ++count;
    });
    return count;
}

}  // namespace atwire::bench
