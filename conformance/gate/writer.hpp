// From the lines of `decode` back to the bytes. `encode` writes with it, and `decode` asks it which bytes it would write, so that
// what one prints the other can read.
#ifndef CONFORMANCE_GATE_WRITER_HPP
#define CONFORMANCE_GATE_WRITER_HPP

#include <atwire/command_encoder.hpp>

#include "transcripts/json.hpp"

namespace conformance {

/// Who has said what an object stands for.
enum class Side { module, host };
/// The host, where it has "dir":"host", or "command" and no "event".
[[nodiscard]] Side side_of(const Json& object);

/// What `decode` prints for framing bytes that lead no event. No event or command of the vocabulary has this name.
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

/// The same of commands. What ends a line comes with the object behind it, which may be joined to it.
class CommandWriter {
public:
    CommandWriter(const atwire::Dialect& dialect, const atwire::Settings& settings) : dialect_{&dialect}, settings_{settings} {}

    /// The bytes of one object, and of the end that the line before it lacks. Throws as EventWriter does.
    std::string write(const Json& object);
    /// The end that the last line lacks.
    std::string end();
    /// The bytes of one object without its lead; with its end unless there is `more` on its line.
    [[nodiscard]] std::string spell(const Json& object, bool more) const;

private:
    const atwire::Dialect* dialect_;
    atwire::Settings settings_;
    bool open_ = false;  ///< a line lacks its end
};

}  // namespace conformance

#endif
