// What the lexer of command lines finds: a command's form, and where its parameters stand.
#ifndef ATWIRE_COMMAND_LEXER_HPP
#define ATWIRE_COMMAND_LEXER_HPP

#include <atwire/settings.hpp>

namespace atwire::detail {

/// One command of a line, `AT` or what is behind `;`.
struct LexedCommand {
    /// AT+QCOAPOPTION has most: a count, and twelve options of a number and a value.
    static constexpr std::size_t max_arguments = 32;
    struct Argument {
        std::uint16_t begin;
        std::uint16_t end;
        bool quoted;
    };

    bool whole = false;                    ///< it could be read to its end
    bool joined = false;                   ///< another one follows, behind `;`
    bool odd = false;                      ///< it has blanks that the encoder would not write
    CommandForm form = CommandForm::none;  ///< none: a basic command
    std::uint16_t length = 0;              ///< bytes read, the `;` included
    std::uint16_t name_end = 0;            ///< where the name behind `+` ends
    std::uint8_t count = 0;                ///< of its arguments; more than `max_arguments` where there are too many
    std::array<Argument, max_arguments> arguments;

    void mark(std::ptrdiff_t at) noexcept { begin_ = static_cast<std::uint16_t>(at); }
    void done(std::ptrdiff_t at) noexcept {
        if (count < max_arguments) arguments[count] = {begin_, static_cast<std::uint16_t>(at), false};
        if (count <= max_arguments) ++count;
    }
    void quoted() noexcept {
        if (count != 0 && count <= max_arguments) arguments[count - 1u].quoted = true;
    }

private:
    std::uint16_t begin_ = 0;
};

/// Reads one command: the first of a line with its `AT`, or one that was joined to another. At most 65535 bytes.
[[nodiscard]] LexedCommand lex_command(std::string_view line, bool first) noexcept;

}  // namespace atwire::detail

#endif
