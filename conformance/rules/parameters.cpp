#include "rules/parameters.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>
#include <vector>

namespace conformance {
namespace {

using atwire::ParameterType;
using atwire::Value;
using Wrong = Complaint::Wrong;

/// One value of the line, and where it begins.
struct Given {
    Value value{};
    std::size_t at = 0;
    [[nodiscard]] bool empty() const { return value.type == Value::Type::word && value.text.empty(); }
};

std::vector<Given> values_of(std::string_view line, std::size_t from) {
    std::vector<Given> all;
    for (const Value& value : atwire::Values{line.substr(from)}) {
        const std::size_t quote = value.type == Value::Type::string ? 1 : 0;
        all.push_back({value, static_cast<std::size_t>(value.text.data() - line.data()) - quote});
    }
    return all;
}

bool is_text(ParameterType type) { return type != ParameterType::integer; }

/// Those within the range, runs of them as `550..574`.
std::string of_codes(std::span<const atwire::Code> codes, std::int64_t minimum, std::int64_t maximum) {
    std::vector<std::int64_t> numbers;
    for (const atwire::Code& code : codes)
        if (code.code >= minimum && code.code <= maximum) numbers.push_back(code.code);
    std::ranges::sort(numbers);
    std::string text;
    for (std::size_t begin = 0, end = 0; begin < numbers.size(); begin = end) {
        for (end = begin + 1; end < numbers.size() && numbers[end] == numbers[end - 1] + 1;) ++end;
        text += (text.empty() ? "" : ", ") + std::to_string(numbers[begin]);
        if (end - begin > 1) text += (end - begin == 2 ? ", " : "..") + std::to_string(numbers[end - 1]);
    }
    return text;
}

template <class Range>
std::string of_range(const Range& range, bool text) {
    if (!range.words.empty()) {
        std::string words;
        for (const std::string_view word : range.words) words += (words.empty() ? "" : ", ") + std::string{word};
        return "one of " + words;
    }
    if (text) {
        if (range.minimum > 0) return std::to_string(range.minimum) + ".." + std::to_string(range.maximum) + " bytes";
        return "at most " + std::to_string(range.maximum) + " bytes";
    }
    if (range.codes != nullptr) return "{" + of_codes(range.codes->codes, range.minimum, range.maximum) + "}";
    if (range.minimum == range.maximum) return std::to_string(range.minimum);
    return std::to_string(range.minimum) + ".." + std::to_string(range.maximum);
}

std::string shown(const Value& value) {
    return value.type == Value::Type::string ? '"' + std::string{value.text} + '"' : std::string{value.text};
}

/// Whether the value is a number where the parameter is one, a text between quotes where it has to be.
bool is_of_type(const atwire::Parameter& parameter, const Value& value) {
    if (!is_text(parameter.type)) return value.type == Value::Type::integer;
    const bool bare = parameter.bare || parameter.type == ParameterType::word || parameter.type == ParameterType::data ||
                      parameter.type == ParameterType::hex;
    return bare || value.type == Value::Type::string;
}

/// What is wrong with the value; nothing where it is documented.
std::string wrong(const atwire::Parameter& parameter, const Value& value) {
    const auto says = [&](const std::string& wanted) {
        return std::string{parameter.name} + " " + wanted + ", not " + shown(value);
    };
    if (!is_of_type(parameter, value)) return says(is_text(parameter.type) ? "between quotes" : "a number");
    if (!is_text(parameter.type)) {
        const bool listed = parameter.codes == nullptr || std::ranges::any_of(parameter.codes->codes, [&](const auto& code) {
                                return code.code == value.integer;
                            });
        const bool in_range = value.integer >= parameter.minimum && value.integer <= parameter.maximum;
        return listed && in_range ? std::string{} : says("in " + allowed(parameter));
    }
    const auto is = [&](std::string_view word) { return word == value.text; };
    if (!parameter.words.empty() && !std::ranges::any_of(parameter.words, is)) return says(allowed(parameter));
    const auto length = static_cast<std::int64_t>(value.text.size());
    if (length < parameter.minimum || length > parameter.maximum)
        return std::string{parameter.name} + " of " + allowed(parameter) + ", not " + std::to_string(length);
    const auto hex = [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; };
    if (parameter.type == ParameterType::hex && (!std::ranges::all_of(value.text, hex) || length % 2 != 0))
        return says("an even number of hexadecimal digits");
    return {};
}

/// How far a number is from the nearest that the parameter allows.
std::uint64_t distance(const atwire::Parameter& parameter, std::int64_t number) {
    const auto to = [number](std::int64_t other) {
        return static_cast<std::uint64_t>(number > other ? number - other : other - number);
    };
    if (parameter.codes == nullptr) return std::min(to(parameter.minimum), to(parameter.maximum));
    std::uint64_t least = ~std::uint64_t{0};
    for (const atwire::Code& code : parameter.codes->codes) least = std::min(least, to(code.code));
    return least;
}

/// The parameter with the ranges that other rows have for it: those that differ by a mode are one to who reads of it.
atwire::Parameter widened(const atwire::Parameter& parameter, const atwire::CommandRow& of, const atwire::CommandFacts& command) {
    atwire::Parameter whole = parameter;
    for (const atwire::CommandRow& row : command.rows)
        for (const atwire::Parameter& one : row.parameters)
            if (row.option == of.option && one.name == parameter.name && !is_text(one.type) && one.codes == nullptr) {
                whole.minimum = std::min(whole.minimum, one.minimum);
                whole.maximum = std::max(whole.maximum, one.maximum);
            }
    return whole;
}

/// Whether the row has a parameter for each of so many values.
bool takes(const atwire::CommandRow& row, std::size_t values) {
    std::size_t most = row.option.empty() ? 0 : 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const atwire::Parameter& parameter = row.parameters[i];
        if (parameter.repeats || parameter.type == ParameterType::data) return true;
        most += 1u + parameter.gap;
    }
    return values <= most;
}

/// Holds the values to one row; `fitted` says how many of them did fit.
std::optional<Complaint> against(const atwire::CommandFacts& command, const atwire::CommandRow& row,
                                 const std::vector<Given>& given, std::size_t end, std::size_t& fitted) {
    std::size_t next = 0;
    fitted = 0;
    if (!row.option.empty()) {
        if (given.empty() || given[0].value.text != row.option)
            return Complaint{"option", given.empty() ? end : given[0].at, "a documented option"};
        fitted = next = 1;
    }
    std::size_t first_repeated = row.size();
    for (std::size_t i = 0; i < row.size(); ++i) {
        const atwire::Parameter& parameter = row.parameters[i];
        if (parameter.repeats) first_repeated = std::min(first_repeated, i);
        next += parameter.gap;
        const bool missing = next >= given.size() || given[next].empty();
        if (missing && !parameter.optional)
            return Complaint{parameter.name, next < given.size() ? given[next].at : end,
                             std::string{parameter.name} + " " + allowed(parameter) + ", which is missing", Wrong::missing};
        if (!missing) {
            const Value& value = given[next].value;
            if (std::string why = wrong(parameter, value); !why.empty()) {
                Complaint complaint{parameter.name, given[next].at, std::move(why),
                                    is_of_type(parameter, value) ? Wrong::value : Wrong::type};
                if (!is_text(parameter.type) && value.type == Value::Type::integer) {
                    complaint.distance = distance(parameter, value.integer);
                    if (std::string whole = wrong(widened(parameter, row, command), value); !whole.empty())
                        complaint.expected = std::move(whole);
                }
                return complaint;
            }
            ++fitted;
        }
        ++next;
        if (i + 1 == row.size() && next < given.size() && first_repeated < row.size()) i = first_repeated - 1;
        if (parameter.type == ParameterType::data) next = std::max(next, given.size());  // data may hold commas
    }
    if (next < given.size())
        return Complaint{{}, given[next].at, "no more than " + std::to_string(next) + " parameters", Wrong::extra};
    return {};
}

}  // namespace

std::string allowed(const atwire::Parameter& parameter) { return of_range(parameter, is_text(parameter.type)); }
std::string allowed(const atwire::Item& item) {
    switch (item.spelling) {
        case atwire::Spelling::quoted:
        case atwire::Spelling::bare:
        case atwire::Spelling::rest:
        case atwire::Spelling::text:
        case atwire::Spelling::hex:
        case atwire::Spelling::word: return of_range(item, true);
        default: return of_range(item, false);
    }
}

std::optional<Complaint> complaint(const atwire::CommandFacts& command, std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line.substr(equals) == "=?") return {};
    const std::vector<Given> given = values_of(line, equals + 1);
    std::optional<Complaint> best;
    // How well a row fits: its first number, which may choose it, is right, it has a place for every value, how many of them are right,
    // it says which isn't, how near that is.
    std::tuple<bool, bool, std::size_t, bool, std::uint64_t> most;
    for (const atwire::CommandRow& row : command.rows) {
        if (row.form != atwire::CommandForm::write) continue;
        std::size_t fitted = 0;
        std::optional<Complaint> found = against(command, row, given, line.size(), fitted);
        if (!found) return {};
        const atwire::Parameter& first = row.parameters[0];
        const bool chooses = !is_text(first.type) && first.minimum == first.maximum && !given.empty();
        found->option = !row.option.empty() ? row.option : chooses ? given[0].value.text : std::string_view{};
        const bool chosen = row.option.empty() && !is_text(first.type) && !given.empty() && wrong(first, given[0].value).empty();
        const std::tuple fits{chosen, takes(row, given.size()), fitted, !found->parameter.empty(), ~found->distance};
        if (!best || fits > most) {
            best = std::move(found);
            most = fits;
        }
    }
    return best;
}

}  // namespace conformance
