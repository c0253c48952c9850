// Plays a transcript's bytes, those of both sides, through a session.
#ifndef CONFORMANCE_TRANSCRIPTS_PLAYER_HPP
#define CONFORMANCE_TRANSCRIPTS_PLAYER_HPP

#include <atwire/session.hpp>
#include <functional>
#include <string>
#include <vector>

#include "transcripts/json.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {

/// An event or a command that outlives its chunk.
struct Seen {
    bool host = false;              ///< a command
    atwire::Kind kind{};            ///< of an event
    atwire::CommandKind command{};  ///< of a command
    Json fields{};                  ///< of a command `line` too, where its bytes are not what the encoder writes
    atwire::Wire wire{};            ///< in its side's stream
    atwire::Quirks quirks{};
    atwire::Doubts doubts{};
    atwire::Settings settings{};  ///< as they were when it was decoded
    bool more = false;            ///< of a command: its line goes on behind `;`
    std::size_t line = 0;         ///< of the transcript: the step that completed it
};
[[nodiscard]] std::string_view name(const Seen& seen);

/// Adds an event or a command to those seen; a fragment joins the one of its side that it continues. Gives the one that it is now.
Seen& add_joined(std::vector<Seen>& seen, const atwire::Event& event, const atwire::Settings& settings);
Seen& add_joined(std::vector<Seen>& seen, const atwire::Command& command, const atwire::Settings& settings);

/// How a step's bytes are cut: the sizes of the chunks, given how many bytes are left.
using Cut = std::function<std::size_t(std::size_t left)>;

/// All that a transcript's bytes of one side are.
[[nodiscard]] std::string bytes_of(const Transcript& transcript, Step::Type side);
/// The bytes that the encoder writes of a command that was seen. Nothing where it writes none.
[[nodiscard]] std::optional<std::string> spelled(const Seen& command, const atwire::Dialect& dialect);

/// All events and commands of a transcript, joined, with its settings applied where they stand. Both sides' bytes are cut.
std::vector<Seen> play(const Transcript& transcript, const atwire::Dialect& dialect, const Cut& cut, std::span<char> carry);

/// What was seen, as a golden transcript's `=` line has it.
[[nodiscard]] std::string expectation(const Seen& seen);

/// Compares what was seen with what the transcript expects. An empty string where it holds, else what differs, with file and
/// line. `complete`: `=` lines name every field, as in golden transcripts.
std::string compare(const Transcript& transcript, const std::vector<Seen>& seen, bool complete);

}  // namespace conformance

#endif
