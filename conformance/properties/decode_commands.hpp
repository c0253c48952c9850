// Decodes a host's whole stream for a property, and keeps what has to be compared.
#ifndef CONFORMANCE_PROPERTIES_DECODE_COMMANDS_HPP
#define CONFORMANCE_PROPERTIES_DECODE_COMMANDS_HPP

#include <atwire/command_decoder.hpp>
#include <functional>
#include <string>
#include <vector>

namespace conformance {

/// A command that outlives its chunk. Fragments of the same data are one record.
struct CommandRecord {
    atwire::CommandKind kind;
    std::string fields;        ///< all but those of data, as text
    std::string data;          ///< of data
    std::uint64_t offset = 0;  ///< of data
    bool last = false;         ///< of data
    std::string end;           ///< of data
    bool joined = false;
    bool more = false;
    bool odd = false;
    atwire::Wire wire;
    bool operator==(const CommandRecord&) const = default;
};
[[nodiscard]] CommandRecord record_of(const atwire::Command& command);
void add_joined(std::vector<CommandRecord>& records, const atwire::Command& command);
[[nodiscard]] std::string show(const CommandRecord& record);

/// What happens between two bytes of the host.
struct Between {
    enum class What { idle, data_of_length, data_to_ctrl_z, result, pipe_begins, pipe_ends };
    std::size_t at = 0;  ///< behind so many bytes
    What what = What::idle;
    std::uint32_t length = 0;  ///< of the data
};

/// How a host's stream comes in.
struct HostDelivery {
    std::vector<std::size_t> cuts;   ///< sizes of the chunks
    std::vector<Between> between{};  ///< in order
    std::size_t carry = 4096;
};
using EachCommand = std::function<void(const atwire::Command&, const atwire::Settings&)>;
/// All commands, the silence at the stream's end included. Each chunk is a heap block of its own, of its exact size. Throws
/// std::logic_error where the decoder gives more commands than bytes allow, or a view into neither chunk nor carry nor table.
[[nodiscard]] std::vector<CommandRecord> decode_commands(const atwire::Dialect& dialect, std::string_view bytes,
                                                         const HostDelivery& delivery, const EachCommand& each = nullptr);

/// The stream as lines to be read in a failure's message.
[[nodiscard]] std::string show(const atwire::Dialect& dialect, std::string_view bytes, const HostDelivery& delivery);

}  // namespace conformance

#endif
