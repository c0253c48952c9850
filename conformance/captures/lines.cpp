#include "captures/lines.hpp"

#include <algorithm>

namespace conformance {

std::string_view without_end(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    while (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    text.remove_prefix(line.size());
    return line;
}

std::string_view take_row(std::string_view& text) {
    std::string_view rest = text;
    const std::string_view line = take_line(rest);
    const std::string_view row = line.substr(0, line.find_first_not_of("\r\n", std::min(line.find('\r'), line.size())));
    text.remove_prefix(row.size());
    return row;
}

std::optional<std::string_view> Lines::next() {
    continued_ = !line_.empty() && line_.back() != '\n';
    if (!continued_) ++number_;
    line_.clear();
    while (line_.size() < longest && !line_.ends_with('\n')) {
        std::string_view some = input_.ready().substr(0, longest - line_.size());
        if (some.empty()) break;
        const std::string_view piece = take_line(some);
        line_ += piece;
        input_.take(piece.size());
    }
    if (line_.empty()) return std::nullopt;
    return line_;
}

}  // namespace conformance
