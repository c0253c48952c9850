#include "codec.hpp"

#include <atwire/command_encoder.hpp>
#include <atwire/session.hpp>

namespace atwire::bench {
namespace {

/// A device's buffer for a line.
using Carry = std::array<char, 256>;

/// Calls `take` with each chunk.
template <class Take>
void cut(std::string_view bytes, std::size_t chunk, Take&& take) noexcept {
    for (std::size_t begin = 0; begin < bytes.size(); begin += std::min(chunk, bytes.size() - begin))
        take(part(bytes, begin, chunk));
}

/// Calls `on_event` with each event that a decoder pulls.
template <class OnEvent>
void each_event(const Dialect& dialect, const Stream& stream, std::size_t chunk, OnEvent&& on_event) noexcept {
    Carry carry;
    Settings settings = stream.settings;
    Decoder decoder{dialect, settings, carry};
    cut(stream.bytes, chunk, [&](std::string_view piece) {
        decoder.feed(piece);
        while (const Event* event = decoder.next()) on_event(*event);
    });
}

void drain(Session& session, Sum& sum) noexcept {
    while (const Session::Said said = session.next()) {
        if (said.event != nullptr) visit(*said.event, sum);
        if (said.command != nullptr) visit(*said.command, sum);
    }
}

}  // namespace

// Flat, as the floor is: a caller's visitor stands in its loop, however many kinds of event there are.
[[gnu::flatten]] Sum pull(const Dialect& dialect, const Stream& stream, std::size_t chunk) {
    Sum sum;
    each_event(dialect, stream, chunk, [&sum](const Event& event) { visit(event, sum); });
    return sum;
}

[[gnu::flatten]] Sum pull_session(const Dialect& dialect, const Stream& stream, std::size_t chunk) {
    Sum sum;
    Carry module_carry;
    std::array<char, 5000> host_carry;  // a command may have data in its line
    if (stream.exchanges.empty()) {
        Session session{dialect, module_carry, host_carry};
        session.settings = stream.settings;
        cut(stream.bytes, chunk, [&](std::string_view piece) {
            session.module_said(piece);
            drain(session, sum);
        });
    }
    std::size_t at = 0;
    for (const Exchange& exchange : stream.exchanges) {
        Session session{dialect, module_carry, host_carry};
        session.settings = exchange.settings;
        for (const Turn& turn : exchange.turns) {
            if (turn.length == 0) turn.host ? session.host_idle() : session.module_idle();
            cut(part(stream.bytes, at, turn.length), chunk, [&](std::string_view piece) {
                turn.host ? session.host_said(piece) : session.module_said(piece);
                drain(session, sum);
            });
            if (turn.length == 0) drain(session, sum);
            at += turn.length;
        }
    }
    return sum;
}

[[gnu::flatten]] Sum pull_commands(const Dialect& dialect, const Stream& stream, std::size_t chunk) {
    Sum sum;
    Carry carry;
    Settings settings = stream.settings;
    CommandDecoder decoder{dialect, settings, carry};
    cut(stream.bytes, chunk, [&](std::string_view piece) {
        decoder.feed(piece);
        while (const Command* command = decoder.next()) visit(*command, sum);
    });
    return sum;
}

Sum encode_events(const Dialect& dialect, const Stream& stream, std::size_t) {
    std::array<char, 4096> buffer;
    Encoder encoder{dialect};
    std::size_t length = 0;
    for (const Event& event : stream.events) length += encoder.encode(stream.settings, event, buffer).length;
    return length == stream.bytes.size() ? Sum{stream.events.size()} : Sum{};
}

Sum encode_commands(const Dialect& dialect, const Stream& stream, std::size_t) {
    std::array<char, 4096> buffer;
    std::size_t length = 0;
    for (const Command& command : stream.commands) length += encode(dialect, stream.settings, command, buffer).length;
    return length == stream.bytes.size() ? Sum{stream.commands.size()} : Sum{};
}

std::uint64_t departures(const Dialect& dialect, const Stream& stream, std::size_t chunk) noexcept {
    std::uint64_t count = 0;
    each_event(dialect, stream, chunk, [&count](const Event& event) {
        if (!event.quirks.empty() || !event.doubts.empty()) ++count;
    });
    return count;
}

}  // namespace atwire::bench
