// What an event's fields may be by the dialect's tables.
#ifndef CONFORMANCE_RULES_FIELDS_HPP
#define CONFORMANCE_RULES_FIELDS_HPP

#include <array>
#include <atwire/dialect.hpp>
#include <optional>
#include <string>
#include <vector>

namespace conformance {

/// A field that has no documented value.
struct WrongField {
    const atwire::Form* form = nullptr;
    const atwire::Item* item = nullptr;
    std::string expected{};  ///< "err in 0..5, not 7"
    std::size_t at = 0;      ///< where it stands in the event's bytes
};

/// Holds events to the forms of a dialect, each to those of its kind.
class FieldTables {
public:
    explicit FieldTables(const atwire::Dialect& dialect);
    /// What is wrong with the event for the form that fits best; nothing where a form fits, or where it has none. `wire`: its text.
    [[nodiscard]] std::optional<WrongField> wrong(const atwire::Event& event, std::string_view wire) const;

private:
    struct Place {
        const atwire::Item* item;
        const atwire::Field* field;
    };
    struct Row {
        const atwire::Form* form;
        std::vector<Place> places;
        std::uint32_t fields;  ///< those that it names, one bit each
    };
    static constexpr std::size_t kinds = static_cast<std::size_t>(atwire::Kind::unfinished) + 1;

    static std::string describe(const Place& place, const atwire::Event& event, const Row& row, const std::string& allows);
    static bool concerns(const Row& row, const atwire::Event& event);
    static std::size_t place_of(const Row& row, const Place& place, std::string_view wire);
    static const Place* first_wrong(const Row& row, const atwire::Event& event, std::size_t& fitted);
    std::array<std::vector<Row>, kinds> rows_{};
};

}  // namespace conformance

#endif
