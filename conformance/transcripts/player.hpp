// Plays a transcript's bytes through a decoder, and keeps of the dialogue what the host's lines say.
#ifndef CONFORMANCE_TRANSCRIPTS_PLAYER_HPP
#define CONFORMANCE_TRANSCRIPTS_PLAYER_HPP

#include <atwire/decoder.hpp>
#include <functional>
#include <string>
#include <vector>

#include "transcripts/json.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {

/// An event that outlives its chunk.
struct Seen {
    atwire::Kind kind;
    Json fields;
    atwire::Wire wire;
    atwire::Quirks quirks;
    atwire::Doubts doubts;
    atwire::Settings settings;  ///< as they were when it was decoded
    std::size_t line = 0;       ///< of the transcript: the step that completed it
};

/// Adds an event to those seen; a fragment joins the one that it continues.
void add_joined(std::vector<Seen>& seen, const atwire::Event& event, const atwire::Settings& settings);
/// Whether `next` goes on where `before` stopped: fragments of one payload, echo or overlong line.
[[nodiscard]] bool continues(const Seen& before, const atwire::Event& next);

/// How a step's bytes are cut: the sizes of the chunks, given how many bytes are left.
using Cut = std::function<std::size_t(std::size_t left)>;

/// What a decoder has to be told of the host's side until sessions learn it: which commands are pending, how much data was sent.
class HostSide {
public:
    explicit HostSide(atwire::Decoder& decoder, const atwire::Facts& facts) : decoder_{decoder}, facts_{facts} {}
    /// The host has sent these bytes. Whoever calls it drains the decoder afterwards.
    void sent(std::string_view bytes);
    /// The module has said this.
    void said(const atwire::Event& event);

private:
    atwire::Decoder& decoder_;
    const atwire::Facts& facts_;
    bool data_phase_ = false;
};

/// All events of a transcript, joined, with its settings applied where they stand.
std::vector<Seen> play(const Transcript& transcript, const atwire::Dialect& dialect, const Cut& cut, std::span<char> carry);

/// Compares what was seen with what the transcript expects. An empty string where it holds, else what differs, with file and
/// line. `complete`: `=` lines name every field, as in golden transcripts.
std::string compare(const Transcript& transcript, const std::vector<Seen>& seen, bool complete);

}  // namespace conformance

#endif
