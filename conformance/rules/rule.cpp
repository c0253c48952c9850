#include "rules/rule.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "rules/rule_lists.hpp"

namespace conformance {
namespace {

/// Calls `use` with the columns of each line behind the first, `count` of them.
template <std::size_t count, class Use>
void each_row(std::string_view list, Use use) {
    for (bool first = true; !list.empty(); first = false) {
        std::string_view line = list.substr(0, list.find('\n'));
        list.remove_prefix(std::min(line.size() + 1, list.size()));
        if (first || line.empty()) continue;
        std::array<std::string_view, count> columns{};
        for (std::string_view& column : columns) {
            column = line.substr(0, line.find('\t'));
            line.remove_prefix(std::min(column.size() + 1, line.size()));
        }
        use(columns);
    }
}

std::vector<Rule> read_rules() {
    std::vector<Rule> all;
    for (const std::string_view list : {rules_list, syntax_list})
        each_row<13>(list, [&all](const auto& c) {
            all.push_back({c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11], c[12]});
        });
    return all;
}

}  // namespace

std::string_view name(Severity severity) {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

bool Rule::concerns(std::string_view dialect) const {
    for (std::string_view rest = dialects; !rest.empty();) {
        const std::string_view one = rest.substr(0, rest.find(','));
        if (one == dialect) return true;
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    }
    return false;
}

Severity Rule::gravity() const {
    const Severity said = severity == "must" ? Severity::error : severity == "should" ? Severity::warning : Severity::note;
    return confidence == "inferred" ? std::min(said, Severity::warning) : said;
}

std::span<const Rule> rules() {
    static const std::vector<Rule> all = read_rules();
    return all;
}

const Rule* rule_of(std::string_view id) {
    static const auto by_id = [] {
        std::unordered_map<std::string_view, const Rule*> all;
        for (const Rule& rule : rules()) all.emplace(rule.id, &rule);
        return all;
    }();
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : found->second;
}

std::span<const Advice> advice() {
    static const std::vector<Advice> all = [] {
        std::vector<Advice> read;
        each_row<2>(advice_list, [&read](const auto& c) { read.push_back({c[0], c[1]}); });
        return read;
    }();
    return all;
}

}  // namespace conformance
