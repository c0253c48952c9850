#include "measure.hpp"

#include "floor.hpp"

#include <atwire/decoder.hpp>
#include <atwire/dialects/a76xx.hpp>
#include <atwire/dialects/bc26.hpp>

namespace atwire {
#ifdef ATWIRE_HAS_GOTO
extern const Decoding bc26_goto_decoding;
extern const Decoding a76xx_goto_decoding;
#endif
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

Sum parse_pulling(const Decoding* decoding, const Stream& stream, std::size_t chunk) {
    Sum sum;
    pull(*decoding, stream, chunk, [&sum](const Event& event) { visit(event, sum); });
    return sum;
}

constexpr Parser all[] = {
    {"bc26", "table", parse_pulling, &bc26_decoding},
    {"a76xx", "table", parse_pulling, &a76xx_decoding},
#ifdef ATWIRE_HAS_GOTO
    {"bc26", "goto", parse_pulling, &bc26_goto_decoding},
    {"a76xx", "goto", parse_pulling, &a76xx_goto_decoding},
#endif
    {"bc26", "floor", parse_by_hand, nullptr},
};

}  // namespace

std::span<const Parser> parsers() noexcept { return all; }

const Dialect& dialect_named(std::string_view name) noexcept { return name == "bc26" ? bc26 : a76xx; }

std::uint64_t departures(const Decoding& decoding, const Stream& stream, std::size_t chunk) noexcept {
    std::uint64_t count = 0;
    pull(decoding, stream, chunk, [&count](const Event& event) {
        if (!event.quirks.empty() || !event.doubts.empty()) ++count;
    });
    return count;
}

}  // namespace atwire::bench
