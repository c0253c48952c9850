#include "gate/known.hpp"

#include <algorithm>

#include "rules/rule.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {
namespace {

constexpr std::string_view before_reason = "  # ";
constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

KnownDeviation entry_of(const std::string& line, const std::string& file, std::size_t number,
                        const KnownDeviations::Complaint& complaint) {
    std::string_view rest = trimmed(line);
    const std::string_view rule = rest.substr(0, rest.find_first_of(blanks));
    if (const std::string wrong = complaint(rule); !wrong.empty())
        throw InputError{file, number, static_cast<std::size_t>(rule.data() - line.data()) + 1, wrong};
    KnownDeviation entry{.rule = std::string{rule}, .pattern = {}, .reason = {}, .line = number};
    rest.remove_prefix(rule.size());
    if (const std::size_t reason = rest.rfind(before_reason); reason != std::string_view::npos) {
        entry.reason = trimmed(rest.substr(reason + before_reason.size()));
        rest = rest.substr(0, reason);
    }
    entry.pattern = trimmed(rest);
    if (entry.pattern.empty()) throw InputError{file, number, line.size() + 1, "a pattern was expected; * matches anything"};
    return entry;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view text) {
    std::size_t star = std::string_view::npos, tried = 0, p = 0, t = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            tried = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++tried;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string no_rule(std::string_view name) {
    return rule_of(name) != nullptr ? "" : "there is no rule " + std::string{name} + "; `atwire check --rules` prints them";
}

KnownDeviations::KnownDeviations(std::istream& input, const std::string& file, const Complaint& complaint) {
    for (std::string line; std::getline(input, line);) {
        lines_.push_back(line);
        if (trimmed(line).empty() || trimmed(line).starts_with('#')) continue;
        entries_.push_back(entry_of(line, file, lines_.size(), complaint));
    }
}

bool KnownDeviations::has(std::string_view rule) const {
    return std::ranges::any_of(entries_, [rule](const KnownDeviation& entry) { return entry.rule == rule; });
}

std::vector<std::size_t> KnownDeviations::find(std::string_view rule, std::string_view escaped) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < entries_.size(); ++i)
        if (entries_[i].rule == rule && matches(entries_[i].pattern, escaped)) found.push_back(i);
    return found;
}

std::string KnownDeviations::updated(const std::vector<bool>& gone, const std::vector<KnownDeviation>& added) const {
    std::string text;
    for (std::size_t number = 1; number <= lines_.size(); ++number) {
        const auto entry = std::ranges::find(entries_, number, &KnownDeviation::line);
        const bool goes = entry != entries_.end() && gone[static_cast<std::size_t>(entry - entries_.begin())];
        if (!goes) text += lines_[number - 1] + "\n";
    }
    for (const KnownDeviation& one : added)
        text += one.rule + "  " + one.pattern + std::string{before_reason} + (one.reason.empty() ? "why?" : one.reason) + "\n";
    return text;
}

}  // namespace conformance
