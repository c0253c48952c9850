// Plays a dialogue's steps through a session and hands on what was said, with its bytes and its place.
#ifndef CONFORMANCE_RULES_LISTENER_HPP
#define CONFORMANCE_RULES_LISTENER_HPP

#include <array>
#include <atwire/session.hpp>

#include "captures/capture.hpp"
#include "rules/dialogue.hpp"

namespace conformance {

class Listener {
public:
    /// But for a transcript, whose steps say so, both sides have been silent between two steps where their times show it.
    Listener(const atwire::Dialect& dialect, const Capture& capture)
        : dialect_{dialect},
          silences_{capture.times && capture.form != Form::transcript},
          session_{dialect, module_carry_, host_carry_} {}
    virtual ~Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// The next step of the dialogue. Throws std::invalid_argument where it sets what there is not.
    void take(const Step& step);

protected:
    virtual void heard(const HeardEvent& event) = 0;
    virtual void heard(const HeardCommand& command) = 0;

    void idle();
    [[nodiscard]] atwire::Session& session() { return session_; }
    [[nodiscard]] const atwire::Dialect& dialect() const { return dialect_; }
    /// The last step's time.
    [[nodiscard]] std::optional<double> time() const { return time_; }

private:
    /// The bytes of one side that nothing has covered yet.
    class Window {
    public:
        void open(std::string_view chunk, std::optional<double> time) {
            chunk_ = chunk;
            chunk_time_ = time;
        }
        /// The next event or command, with what leads and what closes it.
        std::string_view take(const atwire::Wire& wire);
        /// Keeps what the chunk has left, from `position` in the stream on.
        void close(std::uint64_t position);
        /// The time of its last byte, and of its first.
        [[nodiscard]] std::optional<double> time() const { return chunk_time_; }
        [[nodiscard]] std::optional<double> began(const atwire::Wire& wire) const;

    private:
        std::string_view chunk_{};
        std::string before_{};     ///< of earlier chunks
        std::uint64_t begin_ = 0;  ///< where `before_` begins
        std::optional<double> chunk_time_{};
        std::optional<double> before_time_{};  ///< of the first byte of `before_`
    };

    void drain();
    [[nodiscard]] Place place(const atwire::Wire& wire, const Window& window) const;

    const atwire::Dialect& dialect_;
    bool silences_;
    std::array<char, 16384> module_carry_{};
    std::array<char, 16384> host_carry_{};
    atwire::Session session_;
    Window module_;
    Window host_;
    std::size_t line_ = 0;
    std::optional<double> time_{};
};

}  // namespace conformance

#endif
