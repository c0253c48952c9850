// `atwire decode`: the events and commands of a capture.
#ifndef CONFORMANCE_GATE_DECODE_HPP
#define CONFORMANCE_GATE_DECODE_HPP

#include "captures/input.hpp"
#include "gate/writer.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {

/// The line limit: more than any documented line needs.
inline constexpr std::size_t carry_size = 16384;

struct DecodeOptions {
    enum class Format { jsonl, text };
    const atwire::Dialect* dialect = nullptr;  ///< nullptr: the transcript's
    std::vector<Setting> settings{};
    Format format = Format::jsonl;
    std::size_t chunk = Input::size;  ///< the decoder gets so many bytes at a time
    bool strict = false;              ///< no quirk is accepted
    bool raw = false;                 ///< bytes, whatever they look like
    Side side = Side::module;         ///< of raw bytes: who has sent them
    bool colour = false;
};

/// The settings that these name. Throws std::invalid_argument with a sentence where a name or value is unknown.
[[nodiscard]] atwire::Settings settings_of(const atwire::Dialect& dialect, const std::vector<Setting>& named);

/// Prints what the input says: both sides of a transcript, where its name ends in `.at` or its first lines hold a `# dialect:`
/// header, else the raw bytes of one side. Throws std::runtime_error, one line that says what and where.
void decode(Input& input, const DecodeOptions& options, std::ostream& output);

}  // namespace conformance

#endif
