// The lines of an input, one after the other.
#ifndef CONFORMANCE_CAPTURES_LINES_HPP
#define CONFORMANCE_CAPTURES_LINES_HPP

#include <optional>
#include <string>
#include <string_view>

#include "captures/input.hpp"

namespace conformance {

/// Where a line ends for the reader of a log: its text without CRs and the LF that end it.
[[nodiscard]] std::string_view without_end(std::string_view line);
/// The next line of a text with its end, taken from its front.
std::string_view take_line(std::string_view& text);
/// The same, where a CR that no LF follows ends a line too, as it does a command.
std::string_view take_row(std::string_view& text);

class Lines {
public:
    /// A longer line comes in pieces.
    static constexpr std::size_t longest = Input::size;

    explicit Lines(Input& input) : input_{input} {}
    /// The next line, with the LF that ends it where one does. It holds until the next call. Nothing at the end.
    std::optional<std::string_view> next();
    /// Of the line that came last, from 1.
    [[nodiscard]] std::size_t number() const { return number_; }
    /// The line that came last began in the piece before it.
    [[nodiscard]] bool continued() const { return continued_; }

private:
    Input& input_;
    std::string line_{};
    std::size_t number_ = 0;
    bool continued_ = false;
};

}  // namespace conformance

#endif
