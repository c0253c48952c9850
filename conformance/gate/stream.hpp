// From bytes as they come to what a printer takes: a session, with the bytes of each event and command.
#ifndef CONFORMANCE_GATE_STREAM_HPP
#define CONFORMANCE_GATE_STREAM_HPP

#include <array>
#include <atwire/session.hpp>

#include "gate/decode.hpp"
#include "gate/joiner.hpp"

namespace conformance {

/// Feeds a session and hands on what it gives, each with its bytes.
class Stream {
public:
    /// `dialogue`: both sides come, so that it is known which commands are pending.
    Stream(const atwire::Dialect& dialect, const DecodeOptions& options, bool dialogue, Printer& printer)
        : chunk_{options.chunk},
          dialogue_{dialogue},
          printer_{printer},
          events_{printer},
          commands_{printer},
          session_{dialect, module_carry_, host_carry_} {
        session_.settings = settings_of(dialect, options.settings);
        if (options.strict) session_.module().accept({});
    }

    [[nodiscard]] atwire::Session& session() { return session_; }
    [[nodiscard]] atwire::Settings& settings() { return session_.settings; }
    void said(Side side, std::string_view bytes);
    void idle() {
        session_.module_idle();
        session_.host_idle();
        drain();
    }
    /// Prints what waits for more of its data.
    void flush() {
        events_.flush();
        commands_.flush();
    }
    /// The end: what is left belongs to nothing.
    void end();

private:
    /// The bytes of one side that belong to nothing yet.
    struct Window {
        std::string bytes{};      ///< from the first that a chunk ago belonged to nothing
        std::uint64_t base = 0;   ///< where they begin
        std::uint64_t begin = 0;  ///< where what hasn't been handed on begins

        std::string_view take(std::size_t length) {
            const std::string_view taken = std::string_view{bytes}.substr(begin - base, length);
            begin += taken.size();
            return taken;
        }
        [[nodiscard]] std::size_t left() const { return base + bytes.size() - begin; }
        void forget_taken() {
            bytes.erase(0, begin - base);
            base = begin;
        }
    };

    void drain();
    void hand_on(const atwire::Event& event);
    void hand_on(const atwire::Command& command);
    [[nodiscard]] atwire::Wire shorten(Side side, atwire::Wire wire);
    void framing(Side side, std::size_t length);
    [[nodiscard]] Window& window(Side side) { return side == Side::host ? host_ : module_; }

    std::size_t chunk_;
    bool dialogue_;
    Printer& printer_;
    Joiner events_;
    CommandJoiner commands_;
    std::array<char, carry_size> module_carry_{};
    std::array<char, carry_size> host_carry_{};
    atwire::Session session_;
    Window module_;
    Window host_;
};

}  // namespace conformance

#endif
