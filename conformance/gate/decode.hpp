// `atwire decode`: the events and commands of a capture.
#ifndef CONFORMANCE_GATE_DECODE_HPP
#define CONFORMANCE_GATE_DECODE_HPP

#include "captures/capture.hpp"
#include "gate/writer.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {

/// The line limit: more than any documented line needs.
inline constexpr std::size_t carry_size = 16384;

struct DecodeOptions {
    enum class Format { jsonl, text };
    const atwire::Dialect* dialect = nullptr;  ///< nullptr: the one that the capture names
    std::vector<Setting> settings{};
    Format format = Format::jsonl;
    std::size_t chunk = Input::size;  ///< the decoder gets so many bytes at a time
    bool strict = false;              ///< no quirk is accepted
    std::optional<Form> form{};       ///< whatever the input looks like
    Side side = Side::module;         ///< of raw bytes: who has sent them
    bool colour = false;
};

/// The settings that these name. Throws std::invalid_argument with a sentence where a name or value is unknown.
[[nodiscard]] atwire::Settings settings_of(const atwire::Dialect& dialect, const std::vector<Setting>& named);

/// Prints what a capture of any form says. Throws std::runtime_error, one line that says what and where.
void decode(Input& input, const DecodeOptions& options, std::ostream& output);

}  // namespace conformance

#endif
