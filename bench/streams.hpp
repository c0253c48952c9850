// What is parsed: streams written by the project's own encoder, the same bytes on every machine.
#ifndef ATWIRE_BENCH_STREAMS_HPP
#define ATWIRE_BENCH_STREAMS_HPP

#include <atwire/dialect.hpp>

#include <string>

namespace atwire::bench {

/// What a stream is made of.
enum class Content {
    urc_mix,    ///< short result codes and URCs in random order
    push_1460,  ///< pushed data, 1460 bytes at a time, with the headers before it; in CoAP as much as a message may have
};
[[nodiscard]] std::string_view name(Content content) noexcept;

struct Stream {
    std::string bytes;
    Settings settings;  ///< all of them given, so that nothing is inferred
};

/// At least `size` bytes, and no more than the last event needs. Ends the program where the encoder refuses an event, and
/// where no streams are known for the dialect.
[[nodiscard]] Stream make_stream(const Dialect& dialect, Content content, std::size_t size);

}  // namespace atwire::bench

#endif
