#include "profiles/profile_file.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {
namespace {

constexpr std::string_view nothing = "-";

// ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

std::string column(std::string_view text) {
    if (text.empty()) return std::string{nothing};
    std::string escaped = escape(text);
    if (escaped[0] == '-' && escaped.size() == 1) escaped = "\\x2D";
    if (escaped[0] == '#') escaped.replace(0, 1, "\\x23");
    return escaped;
}

std::string columns(const Subject& subject) { return "\t" + column(subject.trigger) + "\t" + column(subject.message); }

std::string joined(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
}

void write(std::string& text, About about, const Subject& subject, const Alternatives& alternatives) {
    for (const auto& [alternative, seen] : alternatives)
        text += std::string{name(about)} + columns(subject) + "\t" + column(subject.detail) + "\t" + std::to_string(seen.count) +
                "\t" + column(alternative) + "\t" + column(joined(seen.quirks)) + "\t" + column(seen.example.line()) + "\n";
}

void write(std::string& text, const Subject& subject, const Range& range) {
    text += "range" + columns(subject) + "\t" + column(subject.detail) + "\t" + std::to_string(range.count) + "\t" +
            std::to_string(range.least) + ".." + std::to_string(range.most) + "\t" + std::to_string(range.at_least) + " " +
            std::to_string(range.at_most) + "\t" + column(range.least_line.line()) + "\t" + column(range.most_line.line()) + "\n";
}

void write(std::string& text, const Subject& subject, const Times& times) {
    std::string steps;
    for (const auto& [end, count] : times.steps())
        steps += (steps.empty() ? "" : " ") + std::to_string(end) + ":" + std::to_string(count);
    text += "times" + columns(subject) + "\t" + std::to_string(times.longest()) + "\t" + steps + "\t" +
            column(times.slowest().line()) + "\t# " + std::to_string(times.count()) + ": median " +
            std::to_string(times.median()) + ", 95 % " + std::to_string(times.most()) + ", most " +
            std::to_string(times.longest()) + " ms\n";
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + separator.size());
    }
}

class Reader {
public:
    Reader(std::istream& input, const std::string& file) : input_{input}, file_{file} {}

    Profile read() {
        first_line();
        while (std::getline(input_, line_)) {
            ++number_;
            if (line_.empty() || line_[0] == '#') continue;
            fact();
        }
        if (profile_.dialect == nullptr) fail(0, "its dialect was expected: a line `dialect NAME`");
        if (profile_.empty()) fail(0, "at least one fact was expected");
        return std::move(profile_);
    }

private:
    [[noreturn]] void fail(std::size_t column, const std::string& why) const {
        throw InputError{file_, number_, column + 1, why};
    }
    /// The same of a column.
    [[noreturn]] void fail(std::string_view column, const std::string& why) const {
        fail(static_cast<std::size_t>(column.data() - line_.data()), why);
    }

    void first_line() {
        std::getline(input_, line_);
        number_ = 1;
        if (!line_.starts_with(profile_mark))
            fail(0, "`" + std::string{profile_mark} + std::to_string(profile_version) + "` was expected");
        const std::string_view version = std::string_view{line_}.substr(profile_mark.size());
        if (number_in<int>(version) != profile_version)
            fail(version, "a profile of format " + std::to_string(profile_version) + " was expected, not " + escape(version));
    }

    void fact() {
        const std::string_view line{line_};
        if (line.starts_with("dialect ")) return dialect(line.substr(8));
        if (line.starts_with("firmware ")) {
            profile_.firmware.insert(text(line.substr(9)));
            return;
        }
        const std::vector<std::string_view> all = split(line, "\t");
        if (all[0] == "range") return range(all);
        if (all[0] == "times") return times(all);
        for (const About about : abouts)
            if (all[0] == name(about)) return seen(about, all);
        fail(0, "result, place, shape, frame, payload, value, range or times was expected");
    }

    void dialect(std::string_view named) {
        const atwire::Dialect* found = dialect_named(named);
        if (found == nullptr) fail(named, "there is no dialect " + escape(named));
        if (profile_.dialect != nullptr) fail(std::size_t{0}, "it has named its dialect already");
        profile_.dialect = found;
    }

    void seen(About about, const std::vector<std::string_view>& all) {
        expect(all, 8);
        Seen one{count(all[4]), {}, example(all[7])};
        for (const std::string_view quirk : split(text_or_nothing(all[6]), " "))
            if (!quirk.empty()) one.quirks.emplace(quirk);
        const std::pair key{about, Subject{text(all[1]), text(all[2]), text(all[3])}};
        if (!profile_.seen[key].emplace(text(all[5]), std::move(one)).second) fail(std::size_t{0}, "this fact stands twice");
        if (about == About::value && profile_.seen[key].size() > Profile::most_values)
            fail(std::size_t{0}, "a value has at most " + std::to_string(Profile::most_values) + " alternatives");
    }

    void range(const std::vector<std::string_view>& all) {
        expect(all, 9);
        const auto ends = split(all[5], ".."), reached = split(all[6], " ");
        if (ends.size() != 2 || !number_in<std::int64_t>(ends[0]) || !number_in<std::int64_t>(ends[1]))
            fail(all[5], "least..most was expected");
        if (reached.size() != 2) fail(all[6], "two counts were expected");
        const Range one{count(all[4]),
                        *number_in<std::int64_t>(ends[0]),
                        *number_in<std::int64_t>(ends[1]),
                        count(reached[0]),
                        count(reached[1]),
                        example(all[7]),
                        example(all[8])};
        if (one.least > one.most) fail(all[5], "least..most was expected");
        if (std::max(one.at_least, one.at_most) > one.count)
            fail(all[6], "no more than " + std::to_string(one.count) + " were expected");
        if (!profile_.ranges.emplace(Subject{text(all[1]), text(all[2]), text(all[3])}, one).second)
            fail(std::size_t{0}, "this fact stands twice");
    }

    void times(const std::vector<std::string_view>& all) {
        if (all.size() < 6) fail(line_.size(), "6 columns were expected");
        std::map<std::uint32_t, std::uint64_t> steps;
        for (const std::string_view step : split(all[4], " ")) {
            const auto parts = split(step, ":");
            const auto end = number_in<std::uint32_t>(parts[0]);
            if (parts.size() != 2 || !end || !steps.emplace(*end, count(parts[1])).second) fail(step, "ms:count was expected");
        }
        const auto longest = number_in<std::uint32_t>(all[3]);
        Times one;
        if (!longest || !one.set(steps, *longest, example(all[5])))
            fail(all[3], "these are not the steps of a histogram with that longest time");
        if (!profile_.times.emplace(Subject{text(all[1]), text(all[2]), {}}, one).second)
            fail(std::size_t{0}, "this fact stands twice");
    }

    void expect(const std::vector<std::string_view>& all, std::size_t many) const {
        if (all.size() != many)
            fail(line_.size(),
                 std::to_string(many) + " columns with a tab between two were expected, not " + std::to_string(all.size()));
    }

    [[nodiscard]] std::uint64_t count(std::string_view column) const {
        const auto number = number_in<std::uint64_t>(column);
        if (!number || *number == 0) fail(column, "a count of at least 1 was expected");
        return *number;
    }

    [[nodiscard]] std::string text(std::string_view column) const {
        if (column == nothing) return {};
        std::size_t fault = 0;
        auto bytes = unescape(column, fault);
        if (!bytes) fail(column.substr(fault), "\\r \\n \\t \\\\ or \\xHH was expected");
        return std::move(*bytes);
    }
    [[nodiscard]] Example example(std::string_view column) const { return Example{text(column)}; }
    [[nodiscard]] static std::string_view text_or_nothing(std::string_view column) {
        return column == nothing ? std::string_view{} : column;
    }

    std::istream& input_;
    std::string file_;
    std::string line_{};
    std::size_t number_ = 0;
    Profile profile_{};
};

}  // namespace

std::string written(const Profile& profile) {
    std::string text = std::string{profile_mark} + std::to_string(profile_version) + "\n";
    if (profile.dialect != nullptr) text += "dialect " + std::string{profile.dialect->facts.name} + "\n";
    for (const std::string& revision : profile.firmware) text += "firmware " + column(revision) + "\n";
    std::optional<About> last;
    for (const auto& [what, alternatives] : profile.seen) {
        if (last != what.first) text += "\n";
        last = what.first;
        write(text, what.first, what.second, alternatives);
    }
    if (!profile.ranges.empty()) text += "\n";
    for (const auto& [subject, range] : profile.ranges) write(text, subject, range);
    if (!profile.times.empty()) text += "\n";
    for (const auto& [subject, times] : profile.times) write(text, subject, times);
    return text;
}

Profile read_profile(std::istream& input, const std::string& file) { return Reader{input, file}.read(); }

}  // namespace conformance
