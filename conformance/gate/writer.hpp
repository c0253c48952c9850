// From the lines of `decode` back to the bytes. `encode` writes with it, and `decode` asks it which bytes it would write, so that
// what one prints the other can read.
#ifndef CONFORMANCE_GATE_WRITER_HPP
#define CONFORMANCE_GATE_WRITER_HPP

#include <atwire/encoder.hpp>

#include "transcripts/json.hpp"

namespace conformance {

/// What `decode` prints for framing bytes that lead no event. No event of the vocabulary has this name.
inline constexpr std::string_view framing = "framing";

class EventWriter {
public:
    EventWriter(const atwire::Dialect& dialect, const atwire::Settings& settings) : encoder_{dialect}, settings_{settings} {}

    /// The bytes of one object: its lead, the usual one where it gives none, and behind it its `line` where it has one, else what
    /// the encoder writes. Throws std::invalid_argument with a sentence that names field, value and documented range; the
    /// next object then is written as if this one hadn't been there.
    std::string write(const Json& object);
    /// The lead that `write` gives the next event of this kind.
    [[nodiscard]] std::string_view usual_lead(atwire::Kind kind) const { return encoder_.usual_lead(kind); }

private:
    atwire::Encoder encoder_;
    atwire::Settings settings_;
};

}  // namespace conformance

#endif
