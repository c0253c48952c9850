// A dialogue: both decoders, and the settings that decide what ambiguous bytes mean, learned from what passes. The same session serves
// a host's driver, an emulated module and a passive tap: give it the bytes of both directions in the order in which they passed.
//
// A result is the oldest line's that waits. Where the module said something that may have been a result, or have covered one, the
// next line that the host sends drops those before it: a host sends a line when it has the result of the one before (V.250 5.2.4).
// What a dropped line would have set is unknown from then on: `unset`, and read by its default. A host may send several lines at
// once all the same; as long as nothing is damaged, and no payload ends in a line that looks like a result, that changes nothing.
//
// A read that shares its line with another has its own reply. Of lines that ran together, since the end between them was lost,
// nobody knows whether the module sends: a prompt is taken for one, and `inferred`.
//
// Four commands can wait, joined or not. While more do, nothing that waits takes effect for sure: it makes unknown what it sets.
#ifndef ATWIRE_SESSION_HPP
#define ATWIRE_SESSION_HPP

#include <atwire/command_decoder.hpp>
#include <atwire/decoder.hpp>

namespace atwire {

class Session {
public:
    /// The carries are the decoders'; they, and the dialect, must outlive the session.
    Session(const Dialect& dialect, std::span<char> module_carry, std::span<char> host_carry) noexcept;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Bytes that the module or the host sent, borrowed until `next` has returned nothing. False where the chunk before isn't drained.
    bool module_said(std::string_view chunk) noexcept { return module_.feed(chunk); }
    bool host_said(std::string_view chunk) noexcept;
    /// That side has been silent, or its stream has ended (decoder.hpp, command_decoder.hpp).
    void module_idle() noexcept { module_.idle(); }
    void host_idle() noexcept { host_.idle(); }

    /// Just one of the two, or neither when everything is used up. It holds until the next call.
    struct Said {
        const Event* event = nullptr;
        const Command* command = nullptr;
        [[nodiscard]] explicit operator bool() const noexcept { return event != nullptr || command != nullptr; }
    };
    Said next() noexcept;

    /// What the dialogue has set so far. Set what happened before the session began, as far as you know it; what nobody knows is
    /// read by its default, and the event says `inferred`.
    Settings settings;

    /// The socket that the last `send_ok`, `send_fail` or `close_ok` belongs to: these name none, and come in the order of their
    /// commands. Absent where the command was not heard, and for the next one where one before it may have been lost; behind that
    /// they are taken to be in step again.
    [[nodiscard]] Maybe<std::uint32_t> result_socket() const noexcept { return result_socket_; }

    /// The module has restarted, or has woken from deep sleep: what the manual says is lost is at its default again.
    void restarted() noexcept { forget(Saved::always); }
    void woke() noexcept { forget(Saved::deep_sleep); }

    [[nodiscard]] Decoder& module() noexcept { return module_; }
    [[nodiscard]] CommandDecoder& host() noexcept { return host_; }

private:
    /// What a command that waits for its result will have set.
    struct Waiting {
        CommandKind kind = CommandKind::raw;
        bool joined = false;        ///< to the one before: commands on one line share their result
        bool run_together = false;  ///< with the next line: the end between them was lost
        std::uint8_t socket = no_socket;
        Service service = Service::unknown;
        bool sends = false;
        bool confirmed_later = false;  ///< `SEND OK` or `CLOSE OK` comes behind its `OK`
        Maybe<std::uint32_t> data_length{};
        std::array<Setting Settings::*, 2> targets{};
        std::array<Setting, 2> values{unset, unset};
    };
    static constexpr std::uint8_t no_socket = 0xFF;
    /// Sockets whose `SEND OK` or `CLOSE OK` is still to come, oldest first. Some of them may have come unheard, or never come.
    struct Sockets {
        std::array<std::uint8_t, 8> socket{};
        std::uint8_t count = 0;
        std::uint8_t sure = 0;  ///< how many of them come at least
        bool in_step = true;    ///< false from a loss until nothing is to come
        void push(std::uint8_t one, bool comes) noexcept;
        Maybe<std::uint32_t> pop() noexcept;
    };
    /// Whether the payload under way, or the one before, has a line feed: what covers a result has one.
    enum class LineFeed : std::uint8_t { none, within, behind };

    void heard(const Command& command) noexcept;
    void heard(const Event& event) noexcept;
    void wait_for(const Command& command) noexcept;
    void describe(const Command& command, Waiting& waiting) const noexcept;
    void set_later(Waiting& waiting, std::string_view command, std::string_view option, const Values& values) const noexcept;
    void push(const Pending& pending, const Waiting& waiting) noexcept;
    void know_pending() noexcept;
    void line_begins() noexcept;
    void read_lines_within(std::string_view data) noexcept;
    [[nodiscard]] bool covered_result() const noexcept;
    void doubt(const Event& event) noexcept;
    void doubt_lines() noexcept;
    void result_may_be_lost(bool one, bool named = false) noexcept;
    void blur_parameters() noexcept;
    void read_answered() noexcept;
    [[nodiscard]] bool reads(std::size_t pending) const noexcept;
    void finished(const Event& event) noexcept;
    void apply(const Waiting& waiting, Kind result) noexcept;
    void make_unknown(const Waiting& waiting) noexcept;
    void confirmed_later(const Waiting& waiting, bool comes) noexcept;
    void learn(Setting& setting, Setting value) noexcept;
    void learn(const Option& option) noexcept;
    void learn(const SocketStatus& row) noexcept;
    void learn(const Incoming& accepted) noexcept;
    [[nodiscard]] bool changes(std::uint32_t socket) const noexcept;
    void data_begins() noexcept;
    void forget(Saved kept) noexcept;
    void pop_line() noexcept;

    const Dialect* dialect_;
    Decoder module_;
    CommandDecoder host_;
    std::array<Waiting, 4> waiting_{};  ///< of each pending command in the settings
    bool lost_ = false;                 ///< the result of a line that waits may have been lost
    bool crowded_ = false;              ///< more commands wait than these
    std::uint8_t lines_behind_ = 0;     ///< lines that wait behind these
    bool answered_ = false;             ///< the last event was a read's reply: the settings still ask for it, to write it back
    LineFeed line_feed_ = LineFeed::none;
    std::array<char, 8> covered_{};  ///< how the last line within that payload begins
    std::uint8_t covered_length_ = 0;
    Sockets sending_;
    Sockets closing_;
    Maybe<std::uint32_t> result_socket_{};
    std::uint64_t asked_at_ = ~std::uint64_t{0};  ///< where the end began of which the host's bytes were asked
    std::uint8_t pipe_socket_ = no_socket;
};

}  // namespace atwire

#endif
