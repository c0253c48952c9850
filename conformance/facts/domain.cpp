#include "facts/domain.hpp"

#include <algorithm>
#include <stdexcept>

namespace conformance {

using namespace atwire;

namespace {

void merge(std::vector<std::pair<std::int64_t, std::int64_t>>& spans) {
    std::sort(spans.begin(), spans.end());
    std::vector<std::pair<std::int64_t, std::int64_t>> merged;
    for (const auto& span : spans) {
        const bool touches = !merged.empty() && (merged.back().second == Domain::open || span.first <= merged.back().second + 1);
        if (touches)
            merged.back().second = std::max(merged.back().second, span.second);
        else
            merged.push_back(span);
    }
    spans = merged;
}

bool is_number(const std::string& text) {
    const std::size_t sign = !text.empty() && text[0] == '-' ? 1 : 0;
    return text.size() > sign && text.size() < 12 && text.find_first_not_of("0123456789", sign) == std::string::npos;
}

/// `0..4`, `-1..`, `..12`, `7`
std::pair<std::int64_t, std::int64_t> span(const std::string& text) {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos) return {std::stoll(text), std::stoll(text)};
    const std::string first = text.substr(0, dots);
    const std::string last = text.substr(dots + 2);
    return {first.empty() ? 0 : std::stoll(first), last.empty() ? Domain::open : std::stoll(last)};
}

/// The texts of the code table that a parameter is called after.
std::set<std::string> texts_of(const std::string& dialect, const std::string& table) {
    std::set<std::string> texts;
    for (const CodeRow& row : code_rows())
        if (row.dialect == dialect && row.table == table) texts.insert(row.name);
    return texts;
}

/// `n=send_length` and `n=2*send_length`: the longest that this makes.
std::int64_t longest_by(const std::string& rule, const FormRow& row) {
    const bool twice = rule.starts_with("n=2*");
    const std::string length = rule.substr(twice ? 4 : 2);
    for (const RowParameter& other : parameters_of(row)) {
        if (other.name != length) continue;
        const Domain domain = domain_of(other, row);
        const std::int64_t most = domain.stated ? domain.spans.back().second : Domain::open;
        return most == Domain::open ? most : most * (twice ? 2 : 1);
    }
    throw std::runtime_error{row.id + ": " + rule + " names no parameter"};
}

/// `0` and `2.05`: a code of a CoAP message, as 0 and 205.
std::int64_t coap_code(std::string text) {
    std::erase(text, '.');
    return std::stoll(text);
}

/// Just so many hexadecimal digits.
std::string digits(std::int64_t count) { return std::to_string(count) + " digits"; }

Domain text_domain(const RowParameter& parameter, const FormRow& row) {
    Domain domain{.sort = parameter.type == "bytes" || parameter.type == "hex" ? Domain::Sort::data : Domain::Sort::text,
                  .stated = true};
    const std::string& range = parameter.range;
    const bool is_address = parameter.type == "ip" && range.find('.') != std::string::npos;
    if (range.starts_with("max")) {
        domain.longest = std::stoll(range.substr(3));
    } else if (range.starts_with("n=")) {
        domain.longest = longest_by(range, row);
        domain.rule = range;
    } else if (range.find(" texts") != std::string::npos) {
        domain.words = texts_of(row.dialect, parameter.name);
    } else if (parameter.type == "time") {
        domain.rule = range.substr(0, range.find(' '));
    } else if (parameter.type == "string" || parameter.type == "word" || is_address) {
        for (const std::string& word : split(range, "|")) domain.words.insert(word);
    } else if (parameter.type == "bytes" || parameter.type == "hex") {
        domain.rule = range.substr(0, range.find(','));  // `2 digits, bit 0 token`
    } else {
        domain.stated = false;  // `IPv4`: a kind of text, not a range
    }
    return domain;
}

Domain code_domain(const CodeTable& table) {
    Domain domain{.sort = Domain::Sort::number, .stated = true};
    for (const Code& code : table.codes) domain.spans.emplace_back(code.code, code.code);
    merge(domain.spans);
    return domain;
}

Domain number_domain(const Item& item, bool port) {
    std::int64_t most = 0xFFFFFFFF;
    if (port)
        most = 65535;
    else if (item.spelling == Spelling::length)
        most = max_payload;
    else if (item.spelling == Spelling::integer)
        most = 0x7FFFFFFF;
    if (item.codes != nullptr) return code_domain(*item.codes);
    const bool unlimited = item.maximum == most;
    return {.sort = Domain::Sort::number,
            .stated = item.minimum != 0 || !unlimited,
            .spans = {{item.minimum, unlimited && !port ? Domain::open : item.maximum}}};
}

}  // namespace

bool Domain::overlaps(const Domain& other) const {
    if (sort != other.sort) return false;
    if (sort == Sort::number) {
        for (const auto& [first, last] : spans)
            for (const auto& [from, to] : other.spans)
                if (first <= to && from <= last) return true;
        return false;
    }
    if (words.empty() || other.words.empty()) return true;
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return other.words.contains(word); });
}

bool Domain::holds(const std::string& value) const {
    if (sort == Sort::number) {
        if (!is_number(value)) return false;
        const std::int64_t number = std::stoll(value);
        return std::any_of(spans.begin(), spans.end(), [&](const auto& s) { return s.first <= number && number <= s.second; });
    }
    return words.empty() ? static_cast<std::int64_t>(value.size()) <= longest : words.contains(value);
}

bool Domain::holds(const Domain& part) const {
    if (sort != part.sort || rule != part.rule) return false;
    if (!rule.empty()) return true;
    if (sort == Sort::number)
        return std::all_of(part.spans.begin(), part.spans.end(), [&](const auto& inner) {
            return std::any_of(spans.begin(), spans.end(),
                               [&](const auto& s) { return s.first <= inner.first && inner.second <= s.second; });
        });
    if (words.empty() || part.words.empty()) return words.empty() && (!part.words.empty() || part.longest <= longest);
    return std::includes(words.begin(), words.end(), part.words.begin(), part.words.end());
}

std::string Domain::show() const {
    if (!stated && sort != Sort::number) return "any";
    std::string text = rule;
    for (const auto& [first, last] : spans) {
        text += (text.empty() ? "" : "|") + std::to_string(first);
        if (last != first) text += ".." + (last == open ? "" : std::to_string(last));
    }
    for (const std::string& word : words) text += (text.empty() ? "" : "|") + word;
    if (sort != Sort::number && words.empty()) text += (text.empty() ? "max" : " max") + std::to_string(longest);
    return text;
}

Domain unite(const std::vector<Domain>& domains) {
    Domain all = domains.front();
    for (const Domain& domain : domains) {
        all.stated = all.stated && domain.stated;
        all.spans.insert(all.spans.end(), domain.spans.begin(), domain.spans.end());
        all.words.insert(domain.words.begin(), domain.words.end());
        all.longest = &domain == &domains.front() ? domain.longest : std::max(all.longest, domain.longest);
    }
    merge(all.spans);
    return all;
}

std::vector<RowParameter> parameters_of(const FormRow& row) {
    std::vector<RowParameter> parameters;
    if (row.params.empty()) return parameters;
    for (const std::string& parameter : split(row.params, ";")) {
        const auto parts = split(parameter, ":");
        if (parts.size() != 4) throw std::runtime_error{row.id + ": a parameter is no name:type:range:default: " + parameter};
        parameters.push_back({parts[0], parts[1], parts[2], parts[3]});
    }
    return parameters;
}

Domain domain_of(const RowParameter& parameter, const FormRow& row) {
    if (parameter.type == "int") {
        Domain domain{.sort = Domain::Sort::number, .stated = parameter.range != "-"};
        if (!domain.stated)
            domain.spans = {{0, Domain::open}};
        else
            for (const std::string& part : split(parameter.range, "|")) domain.spans.push_back(span(part));
        merge(domain.spans);
        return domain;
    }
    if (parameter.type == "code") {
        Domain domain{.sort = Domain::Sort::number, .stated = true};
        for (const std::string& part : split(parameter.range, "|")) domain.spans.emplace_back(coap_code(part), coap_code(part));
        merge(domain.spans);
        return domain;
    }
    if (parameter.range != "-") return text_domain(parameter, row);
    return {.sort = parameter.type == "bytes" || parameter.type == "hex" ? Domain::Sort::data : Domain::Sort::text};
}

Domain domain_of(const Item& item, Kind kind) {
    const auto list = fields(kind);
    const auto field = std::find_if(list.begin(), list.end(), [&](const Field& f) { return f.name == item.field; });
    const bool port = field != list.end() && field->type == Type::port;
    switch (item.spelling) {
        case Spelling::decimal:
        case Spelling::length:
        case Spelling::integer:
        case Spelling::constant:
        case Spelling::list:
        case Spelling::code:
        case Spelling::token:    // the count in front of it
        case Spelling::counted:  // the same
            return number_domain(item, port);
        case Spelling::hex: {
            const bool fixed = item.minimum == item.maximum;
            return {.sort = Domain::Sort::data,
                    .stated = true,
                    .longest = fixed ? Domain::open : item.maximum,
                    .rule = fixed ? digits(item.maximum) : ""};
        }
        case Spelling::time: return {.sort = Domain::Sort::text, .stated = true, .rule = item.maximum == 2 ? "YY" : "YYYY"};
        default: {
            Domain domain{.sort = Domain::Sort::text, .stated = true, .longest = item.maximum};
            for (const std::string_view word : item.words) domain.words.emplace(word);
            return domain;
        }
    }
}

Domain domain_of(const Parameter& parameter) {
    if (parameter.codes != nullptr) return code_domain(*parameter.codes);
    if (parameter.type == ParameterType::integer) {
        const bool unlimited = parameter.maximum == 0xFFFFFFFF;
        return {.sort = Domain::Sort::number,
                .stated = parameter.minimum != 0 || !unlimited,
                .spans = {{parameter.minimum, unlimited ? Domain::open : parameter.maximum}}};
    }
    const bool data = parameter.type == ParameterType::data || parameter.type == ParameterType::hex;
    Domain domain{.sort = data ? Domain::Sort::data : Domain::Sort::text, .stated = true, .longest = parameter.maximum};
    for (const std::string_view word : parameter.words) domain.words.emplace(word);
    return domain;
}

}  // namespace conformance
