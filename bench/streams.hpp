// What is parsed: streams written by the project's own encoders, the same bytes on every machine, and bytes that no encoder writes.
#ifndef ATWIRE_BENCH_STREAMS_HPP
#define ATWIRE_BENCH_STREAMS_HPP

#include <atwire/command.hpp>
#include <atwire/dialect.hpp>

#include <array>
#include <string>
#include <vector>

namespace atwire::bench {

/// What a stream is made of.
enum class Content : std::uint8_t {
    urc_mix,         ///< short result codes and URCs in random order: every row of the dialect's table that announces no payload
    buffered_read,   ///< replies to reads of 512 bytes
    push_1460,       ///< pushed data, 1460 bytes at a time, with the headers before it
    push_16,         ///< the same, 16 bytes at a time
    coap,            ///< CoAP messages with as much payload as one may have
    dialogue,        ///< both directions: commands, their replies, data, and what the module says unasked
    commands,        ///< what a host says
    noise,           ///< bytes at random
    overlong_lines,  ///< lines of 4096 bytes, every other one behind the head of a documented one
    absurd_lengths,  ///< headers that announce 99999999999 bytes
    prompts,         ///< nothing but `>`
};
inline constexpr std::array contents = {
    Content::urc_mix,        Content::buffered_read,  Content::push_1460, Content::push_16,
    Content::coap,           Content::dialogue,       Content::commands,  Content::noise,
    Content::overlong_lines, Content::absurd_lengths, Content::prompts,
};
[[nodiscard]] std::string_view name(Content content) noexcept;
/// Whether it is what no module says.
[[nodiscard]] constexpr bool is_bad(Content content) noexcept { return content >= Content::noise; }
/// Whether the dialect has what the stream is made of.
[[nodiscard]] bool has(const Dialect& dialect, Content content) noexcept;

/// What one side says in one go: as many of the stream's bytes; none: it is silent.
struct Turn {
    bool host;
    std::size_t length;
};
/// A dialogue, and what was set when it began.
struct Exchange {
    Settings settings;
    std::vector<Turn> turns;
};

struct Stream {
    Stream() = default;
    Stream(Stream&&) = default;
    Stream& operator=(Stream&&) = default;

    std::string bytes;
    Settings settings;                ///< all of them given, so that nothing is inferred
    std::vector<Exchange> exchanges;  ///< of `dialogue`: whose bytes they are
    std::vector<Event> events;        ///< of `urc_mix`: what the encoder is given; their views are into `bytes`
    std::vector<Command> commands;    ///< the same of `commands`
};

/// At least `size` bytes, and no more than the last event needs. Ends the program where the encoder refuses an event, and
/// where the dialect hasn't what the stream is made of.
[[nodiscard]] Stream make_stream(const Dialect& dialect, Content content, std::size_t size);

}  // namespace atwire::bench

#endif
