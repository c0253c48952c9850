// The decoder of what a host sends: command lines, the data behind a prompt, the bytes of transparent mode and the `+++` that leaves
// it. The same commands however the bytes were cut; heap-free, bounded, every byte accounted for.
#ifndef ATWIRE_COMMAND_DECODER_HPP
#define ATWIRE_COMMAND_DECODER_HPP

#include <atwire/dialect.hpp>

namespace atwire {

class CommandDecoder {
public:
    /// `given` are the caller's, shared with the module's decoder. `carry` is the caller's buffer for a line that straddles two
    /// chunks; its size, up to 65534, is the longest line: what is longer comes out as `Raw` in pieces. Both must outlive the decoder.
    CommandDecoder(const Dialect& dialect, Settings& given, std::span<char> carry) noexcept
        : settings{given},
          facts_{&dialect.facts},
          carry_{carry.first(carry.size() < longest_line ? carry.size() : longest_line)} {}
    static constexpr std::size_t longest_line = 65534;
    CommandDecoder(const CommandDecoder&) = delete;
    CommandDecoder& operator=(const CommandDecoder&) = delete;

    /// Gives the decoder the next chunk, borrowed until `next` has returned nullptr. False where the chunk before isn't drained.
    bool feed(std::string_view chunk) noexcept;
    /// Says that the host has been silent for as long as `+++` needs before and behind it, or that the stream has ended: half a line
    /// comes out as `Raw`. Drain the commands afterwards.
    void idle() noexcept { idle_ = true; }
    /// The next command, or nullptr when the chunk is used up. The command and its views hold until the next call.
    const Command* next() noexcept;

    /// What follows is data, since the module gave a prompt: `length` bytes of it, or up to Ctrl+Z or Esc where it is absent.
    void expect_data(Maybe<std::uint32_t> length) noexcept;
    /// What follows is a command line again: the module has given a result.
    void expect_command() noexcept;
    /// In transparent mode: the module has said what may be the end of it. Where the next bytes are `AT`, they begin a command if
    /// it was, and are data if it wasn't: `next` stops behind them, and `command_began` tells.
    void expect_either() noexcept { asks_ = true; }
    /// Transparent mode is over: what of that `AT` is withheld begins a line. Before the module's next event, which may begin it anew.
    void expect_line() noexcept;
    /// Whether `next` has stopped behind that `AT`, once.
    [[nodiscard]] bool command_began() noexcept;
    /// Whether the module has ended what the host had begun: half a line before a prompt, an escape before a result. `next` gives it.
    [[nodiscard]] bool interrupted() const noexcept;
    /// Whether data is under way.
    [[nodiscard]] bool in_data() const noexcept { return mode_ == Mode::fixed || mode_ == Mode::variable; }

    /// What the dialogue has set. `transparent` decides whether the bytes are commands at all.
    Settings& settings;
    /// How many bytes the commands so far have covered.
    [[nodiscard]] std::uint64_t position() const noexcept { return begin_; }

private:
    enum class Mode : std::uint8_t { line, fixed, variable };

    const Command* next_line() noexcept;
    const Command* next_in_line() noexcept;
    const Command* next_fixed() noexcept;
    const Command* next_variable() noexcept;
    const Command* next_in_pipe() noexcept;
    const Command* half_line() noexcept;
    const Command* data(std::string_view bytes, std::size_t length, const char* end) noexcept;
    const Command* lone_escape() noexcept;
    const Command* release_plus() noexcept;
    const Command* next_of_either() noexcept;
    const Command* emit(std::size_t length, std::size_t lead) noexcept;
    const Command* raw(std::string_view text, std::size_t lead, std::size_t end, bool more) noexcept;

    const Facts* facts_;
    std::span<char> carry_;
    std::string_view chunk_{};  ///< what of it isn't used up
    std::string_view line_{};   ///< what of a whole line isn't read
    std::size_t line_end_ = 0;  ///< bytes of its end: the CR
    std::size_t lead_ = 0;      ///< bytes before the line that no command has covered
    std::size_t carried_ = 0;   ///< bytes of a line in `carry_`
    std::uint64_t begin_ = 0;   ///< where the next command begins in the stream
    std::uint64_t offset_ = 0;  ///< of the data that goes on
    std::uint32_t due_ = 0;     ///< bytes still to come, of fixed length
    Mode mode_ = Mode::line;
    std::uint8_t plus_ = 0;  ///< `+` withheld behind a silence
    std::uint8_t at_ = 0;    ///< bytes of `AT` withheld
    char at_text_[2]{};      ///< as they were
    bool asks_ = false;      ///< the next bytes may begin a command
    bool first_ = true;      ///< the next command is its line's first
    bool in_line_ = false;   ///< `line_` has a command, perhaps an empty one
    bool pieces_ = false;    ///< the line was too long, and comes out in pieces
    bool odd_end_ = false;   ///< the line ended in LF
    bool escaped_ = false;   ///< an escape was the chunk's last byte
    bool silent_ = true;     ///< nothing since a silence
    bool idle_ = false;
    Command command_{};
};

namespace detail {

/// Reads the command at the begin of `text`, which ends where the line does; returns its length without the `;` behind it.
std::size_t read_command(const Facts& facts, std::string_view text, bool first, Command& command) noexcept;

}  // namespace detail
}  // namespace atwire

#endif
