// Which of two sides that a capture shows is the host.
#ifndef CONFORMANCE_CAPTURES_SIDES_HPP
#define CONFORMANCE_CAPTURES_SIDES_HPP

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace conformance {

/// The module is the side that says more results. Where they are as many, the host is the one that says AT first, as the other only
/// echoes it; where none does, the first side.
class Sides {
public:
    enum class Side { first, second };
    /// What a side says next.
    void add(Side side, std::string_view bytes);
    [[nodiscard]] Side host() const;

private:
    std::array<std::string, 2> said_{};
    std::optional<Side> said_at_{};
};

}  // namespace conformance

#endif
