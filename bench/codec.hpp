// The project's own ways through a stream. Each is a `Parse` (measure.hpp).
#ifndef ATWIRE_BENCH_CODEC_HPP
#define ATWIRE_BENCH_CODEC_HPP

#include "measure.hpp"

namespace atwire::bench {

/// `Decoder::next`.
[[nodiscard]] Sum pull(const Dialect& dialect, const Stream& stream, std::size_t chunk);
/// `Session::next`, of both sides' bytes where the stream has both.
[[nodiscard]] Sum pull_session(const Dialect& dialect, const Stream& stream, std::size_t chunk);
/// `CommandDecoder::next`.
[[nodiscard]] Sum pull_commands(const Dialect& dialect, const Stream& stream, std::size_t chunk);
/// Writes the stream's events or commands; counts them. Nothing where that isn't as long as the stream.
[[nodiscard]] Sum encode_events(const Dialect& dialect, const Stream& stream, std::size_t chunk);
[[nodiscard]] Sum encode_commands(const Dialect& dialect, const Stream& stream, std::size_t chunk);

/// How many of the decoder's events have a quirk or a doubt: none, where streams and settings are right.
[[nodiscard]] std::uint64_t departures(const Dialect& dialect, const Stream& stream, std::size_t chunk) noexcept;

}  // namespace atwire::bench

#endif
