// Why a command line is none of those that the manual documents.
#ifndef CONFORMANCE_RULES_PARAMETERS_HPP
#define CONFORMANCE_RULES_PARAMETERS_HPP

#include <atwire/dialect.hpp>
#include <optional>
#include <string>

namespace conformance {

/// What is amiss with a command line or a line `+NAME: …`.
struct Complaint {
    enum class Wrong : std::uint8_t {
        value,    ///< outside what is documented
        type,     ///< a number that should be a text, or the other way round
        missing,  ///< the parameter isn't there
        extra,    ///< there are too many
        form,     ///< no parameter is wrong by itself, but no documented form is like the line
    };
    std::string_view parameter{};  ///< the manual's name; empty of `extra` and `form`
    std::size_t at = 0;            ///< where in the line
    std::string expected{};        ///< "connectID in 0..5, not 7"
    Wrong wrong = Wrong::value;
    std::string_view option{};  ///< the name that comes first, of QICFG and its like, or the number that chooses the form
    /// How far a number is from those that are allowed; where it is not about a number more than any can be.
    std::uint64_t distance = ~std::uint64_t{0};
};

/// Holds a write form, `AT+QIOPEN=1,9,"TCP"`, to the rows of its command and says what is wrong for the row that fits best.
/// Nothing where a row fits, or where the line is no write form.
[[nodiscard]] std::optional<Complaint> complaint(const atwire::CommandFacts& command, std::string_view line);

/// What a range of the tables allows: "0..5", "one of 0, 2, 3", "at most 150 bytes".
[[nodiscard]] std::string allowed(const atwire::Parameter& parameter);
[[nodiscard]] std::string allowed(const atwire::Item& item);

}  // namespace conformance

#endif
