// Decodes a whole stream for a property, and keeps what has to be compared.
#ifndef CONFORMANCE_PROPERTIES_DECODE_HPP
#define CONFORMANCE_PROPERTIES_DECODE_HPP

#include <atwire/decoder.hpp>
#include <string>
#include <vector>

namespace conformance {

/// An event that outlives its chunk. Fragments of one payload, echo or overlong line are one record.
struct Record {
    atwire::Kind kind;
    std::string fields;        ///< all but those of a fragment, as text
    std::string data;          ///< of a fragment
    std::uint64_t offset = 0;  ///< of a fragment
    bool last = false;         ///< of a fragment
    atwire::Wire wire;
    atwire::Quirks quirks;
    atwire::Doubts doubts;
    bool operator==(const Record&) const = default;
};
[[nodiscard]] Record record_of(const atwire::Event& event);
void add_joined(std::vector<Record>& records, const atwire::Event& event);
[[nodiscard]] std::string show(const Record& record);

/// How a stream comes in.
struct Delivery {
    std::vector<std::size_t> cuts;        ///< sizes of the chunks
    std::vector<std::size_t> silences{};  ///< positions in the stream at which the line falls silent, in order
    std::size_t carry = 16384;
    atwire::Quirks accepted = atwire::every_quirk;
};
/// All events, the silence at the stream's end included. Each chunk is a heap block of its own, of its exact size. Throws
/// std::logic_error where the decoder gives more events than bytes allow, or a view into neither chunk nor carry.
[[nodiscard]] std::vector<Record> decode(const atwire::Decoding& dialect, const atwire::Settings& settings,
                                         std::string_view bytes, const Delivery& delivery);

/// The stream as the lines of a transcript, to be read in a failure's message.
[[nodiscard]] std::string transcript_of(const atwire::Facts& facts, const atwire::Settings& settings, std::string_view bytes,
                                        const Delivery& delivery);

}  // namespace conformance

#endif
