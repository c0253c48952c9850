// A line that shows a fact. Of those that show the same one is kept, whichever came first.
#ifndef CONFORMANCE_PROFILES_EXAMPLE_HPP
#define CONFORMANCE_PROFILES_EXAMPLE_HPP

#include <string>
#include <string_view>

namespace conformance {

class Example {
public:
    /// In bytes; what is behind is cut off.
    static constexpr std::size_t most = 160;

    Example() = default;
    explicit Example(std::string_view line) : line_{line.substr(0, most)} {}

    /// Empty where there is none.
    [[nodiscard]] const std::string& line() const { return line_; }
    /// The shorter of the two, and of equally long ones the first in order.
    Example& operator+=(const Example& other) {
        const auto rank = [](const std::string& line) { return std::pair{line.size(), std::string_view{line}}; };
        if (!other.line_.empty() && (line_.empty() || rank(other.line_) < rank(line_))) line_ = other.line_;
        return *this;
    }
    bool operator==(const Example&) const = default;

private:
    std::string line_{};
};

}  // namespace conformance

#endif
