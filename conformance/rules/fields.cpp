#include "rules/fields.hpp"

#include <algorithm>
#include <bit>

#include "rules/parameters.hpp"

namespace conformance {
namespace {

using atwire::Event;
using atwire::Field;
using atwire::Item;
using atwire::Type;

std::int64_t number_of(const Event& event, const Field& field) {
    switch (field.type) {
        case Type::port: return *atwire::value_of<std::uint16_t>(event.body, field);
        case Type::integer: return *atwire::value_of<std::int32_t>(event.body, field);
        default: return *atwire::value_of<std::uint32_t>(event.body, field);
    }
}

bool allows(const Item& item, std::int64_t number) {
    if (number < item.minimum || number > item.maximum) return false;
    return item.codes == nullptr ||
           std::ranges::any_of(item.codes->codes, [number](const auto& code) { return code.code == number; });
}

bool allows(const Item& item, std::string_view text) {
    if (item.spelling == atwire::Spelling::time || item.spelling == atwire::Spelling::token) return true;
    if (!item.words.empty()) return std::ranges::find(item.words, text) != item.words.end();
    const auto length = static_cast<std::int64_t>(text.size());
    return length >= item.minimum && length <= item.maximum;
}

bool allows(const Item& item, const atwire::Value& value) {
    const bool text = item.spelling == atwire::Spelling::word || item.spelling == atwire::Spelling::text;
    return text ? allows(item, value.text) : value.type == atwire::Value::Type::integer && allows(item, value.integer);
}

/// The value of a list that the item at `place` of the row is about; nothing where the list has none.
std::optional<atwire::Value> value_at(const atwire::Values& values, std::size_t place) {
    for (const atwire::Value& value : values)
        if (place-- == 0) return value;
    return {};
}

std::string_view named(const Item& item) { return item.parameter.empty() ? item.field : item.parameter; }

/// The event's fields that are there, one bit each.
std::uint32_t present_fields(const Event& event) {
    std::uint32_t bits = 0, bit = 1;
    for (const Field& field : atwire::fields(event.kind)) {
        if (atwire::present(event.body, field)) bits |= bit;
        bit <<= 1;
    }
    return bits;
}

/// Whether a quirk of the event is about just that field: that says it already.
bool is_of_quirk(const Event& event, const Item& item) {
    return event.quirks.has(atwire::Quirk::decimal_mode) && item.field == "mode";
}

}  // namespace

FieldTables::FieldTables(const atwire::Dialect& dialect) {
    for (const atwire::Form& form : dialect.facts.forms) {
        Row row{&form, {}, 0};
        for (std::size_t i = 0; i < form.size(); ++i)
            for (const Field& field : atwire::fields(form.kind))
                if (field.name == form.items[i].field) {
                    row.places.push_back({&form.items[i], &field});
                    row.fields |= 1u << (&field - atwire::fields(form.kind).begin());
                }
        rows_[static_cast<std::size_t>(form.kind)].push_back(std::move(row));
    }
}

const FieldTables::Place* FieldTables::first_wrong(const Row& row, const Event& event, std::size_t& fitted) {
    fitted = 0;
    std::size_t in_list = 0;
    for (const Place& place : row.places) {
        const auto& [item, field] = place;
        if (!atwire::present(event.body, *field)) {
            if (!item->optional) return &place;
            continue;
        }
        bool fits = true;
        switch (field->type) {
            case Type::text: fits = allows(*item, *atwire::value_of<std::string_view>(event.body, *field)); break;
            case Type::values:
                if (const auto value = value_at(*atwire::value_of<atwire::Values>(event.body, *field), in_list++))
                    fits = allows(*item, *value);
                break;
            case Type::port:
            case Type::number:
            case Type::integer: fits = allows(*item, number_of(event, *field)); break;
            default: break;
        }
        if (!fits && !is_of_quirk(event, *item)) return &place;
        ++fitted;
    }
    return nullptr;
}

/// Where the field stands: among the values behind the form's head, or behind the colon where the line is spelled otherwise.
std::size_t FieldTables::place_of(const Row& row, const Place& place, std::string_view wire) {
    const std::size_t colon = wire.find(": ");
    const std::size_t begin = wire.starts_with(row.form->head)  ? row.form->head.size()
                              : colon == std::string_view::npos ? 0
                                                                : colon + 2;
    std::size_t left = static_cast<std::size_t>(&place - row.places.data());
    for (const atwire::Value& value : atwire::Values{wire.substr(begin)})
        if (left-- == 0) return static_cast<std::size_t>(value.text.data() - wire.data());
    return wire.size();
}

/// What the field ought to be, and what it is.
std::string FieldTables::describe(const Place& place, const Event& event, const Row& row, const std::string& allows) {
    const auto& [item, field] = place;
    if (!atwire::present(event.body, *field)) return std::string{named(*item)} + ", which is missing";
    const std::string wanted = std::string{named(*item)} + " in " + allows + ", not ";
    switch (field->type) {
        case Type::text: return wanted + ('"' + std::string{*atwire::value_of<std::string_view>(event.body, *field)} + '"');
        case Type::values: {
            const auto first = std::ranges::find(row.places, field, &Place::field);
            const auto value =
                value_at(*atwire::value_of<atwire::Values>(event.body, *field), static_cast<std::size_t>(&place - &*first));
            return wanted + std::string{value->text};
        }
        default: return wanted + std::to_string(number_of(event, *field));
    }
}

/// Whether the row is one of the event's option, where it is one.
bool FieldTables::concerns(const Row& row, const Event& event) {
    if (event.kind != atwire::Kind::option) return true;
    const atwire::Option& option = event.body.option;
    return option.command == row.form->command && *option.name == row.form->option;
}

std::optional<WrongField> FieldTables::wrong(const Event& event, std::string_view wire) const {
    const std::vector<Row>& rows = rows_[static_cast<std::size_t>(event.kind)];
    const std::uint32_t there = present_fields(event);
    std::size_t fitted = 0;
    for (const Row& row : rows)  // the usual case first: a form that has all that is there, and is right
        if ((there & ~row.fields) == 0 && concerns(row, event) && first_wrong(row, event, fitted) == nullptr) return {};
    const Place* best = nullptr;
    const Row* of = nullptr;
    std::size_t most = 0;
    // A form that names fewer of the event's fields is a shorter one.
    int widest = 0;
    for (const Row& row : rows)
        if (concerns(row, event)) widest = std::max(widest, std::popcount(row.fields & there));
    const auto concerned = [&](const Row& row) { return std::popcount(row.fields & there) == widest && concerns(row, event); };
    for (const Row& row : rows) {
        if (!concerned(row)) continue;
        const Place* place = first_wrong(row, event, fitted);
        if (place == nullptr) return {};
        // A row that has the field is nearer than one that misses another.
        const bool nearer = best != nullptr && fitted == most && !atwire::present(event.body, *best->field) &&
                            atwire::present(event.body, *place->field);
        if (best == nullptr || fitted > most || nearer) {
            best = place;
            of = &row;
            most = fitted;
        }
    }
    if (best == nullptr) return {};
    std::string allows;  // what any row that got as far would have there
    for (const Row& row : rows) {
        const Place* place = concerned(row) ? first_wrong(row, event, fitted) : nullptr;
        if (place == nullptr || fitted != most || place->field != best->field) continue;
        const std::string here = allowed(*place->item);
        if (allows.find(here) == std::string::npos) allows += (allows.empty() ? "" : " or ") + here;
    }
    return WrongField{of->form, best->item, describe(*best, event, *of, allows), place_of(*of, *best, wire)};
}

}  // namespace conformance
