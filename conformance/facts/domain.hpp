// The values that a list, or a table, allows a parameter: what of them must agree.
#ifndef CONFORMANCE_FACTS_DOMAIN_HPP
#define CONFORMANCE_FACTS_DOMAIN_HPP

#include <atwire/dialect.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/lists.hpp"

namespace conformance {

/// Values of one parameter.
struct Domain {
    enum class Sort { number, text, data };
    static constexpr std::int64_t open = INT64_MAX;  ///< no upper end

    Sort sort = Sort::number;
    bool stated = false;  ///< of a list: it says a range. Of a table: it is narrower than what the field's type can hold
    std::vector<std::pair<std::int64_t, std::int64_t>> spans{};  ///< of a number; ascending, apart
    std::set<std::string> words{};                               ///< of a text that is one of some
    std::int64_t longest = open;                                 ///< of any other text
    std::string rule{};                                          ///< in words: `n=length`, `YY`

    [[nodiscard]] bool overlaps(const Domain& other) const;
    [[nodiscard]] bool holds(const std::string& value) const;
    /// Whether every value of `part` is one of these.
    [[nodiscard]] bool holds(const Domain& part) const;
    [[nodiscard]] std::string show() const;
};

/// What all of them allow together.
[[nodiscard]] Domain unite(const std::vector<Domain>& domains);

/// One parameter of a list's row: `name:type:range:default`.
struct RowParameter {
    std::string name, type, range, fallback;
};
[[nodiscard]] std::vector<RowParameter> parameters_of(const FormRow& row);
/// The row too, since `n=2*send_length` speaks of another parameter.
[[nodiscard]] Domain domain_of(const RowParameter& parameter, const FormRow& row);

/// What the tables say.
[[nodiscard]] Domain domain_of(const atwire::Item& item, atwire::Kind kind);
[[nodiscard]] Domain domain_of(const atwire::Parameter& parameter);

}  // namespace conformance

#endif
