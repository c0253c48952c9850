// What a stream target is given: the lines of a transcript (corpus/README.md), read so that any bytes mean something. Whatever fails
// is a transcript that a person can read and `atwire decode` can play.
#ifndef FUZZ_INPUT_HPP
#define FUZZ_INPUT_HPP

#include <atwire/dialect.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

struct Line {
    enum class Who { host, module, silence, settings, restart };
    Who who = Who::module;
    std::string bytes{};  ///< what that side said; of settings the pairs as they stand; `restarted` or `woke`
};

struct Input {
    const atwire::Dialect* dialect = nullptr;  ///< never that in an input that was read
    std::size_t carry = 512;                   ///< bytes of each decoder's carry, from `least_carry` to `most_carry`
    std::uint32_t accepted = ~0u;              ///< the quirks that the decoder accepts, a bit each
    bool infers = true;                        ///< whether it takes defaults
    std::vector<Line> lines;

    /// The length of the longest line, at least 1.
    [[nodiscard]] std::size_t longest() const;

    static constexpr std::size_t least_carry = 16;
    static constexpr std::size_t most_carry = 4096;
};

/// `# dialect:`, `# carry:`, `# accepted:`, `# infers:`, `# settings:`, `# restarted` and `# woke` are read, other lines with `#` or `=` left out; a line that begins with none of the signs
/// is the module's, and an escape that is none stands for itself.
[[nodiscard]] Input read_input(std::string_view text);
/// The text that reads back as the same.
[[nodiscard]] std::string write_input(const Input& input);

/// Sets what the pairs `name=value` say, as far as they are settings of the dialect. Once the module has `begun` to speak, a byte pipe is
/// for its CONNECT to begin.
void apply(std::string_view pairs, const atwire::Dialect& dialect, bool begun, atwire::Settings& settings);

}  // namespace fuzz

#endif
