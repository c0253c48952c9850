// What captures showed of a firmware revision. Profiles add up: in any order and any grouping, to the same.
#ifndef CONFORMANCE_PROFILES_PROFILE_HPP
#define CONFORMANCE_PROFILES_PROFILE_HPP

#include <atwire/dialect.hpp>
#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "profiles/times.hpp"

namespace conformance {

/// What is told of, each time it comes.
enum class About : std::uint8_t {
    result,   ///< which result a command had
    place,    ///< where a message of its answer stands
    shape,    ///< what a message looks like
    frame,    ///< the CRs, LFs and blanks around it: `\r\n*\r\n`
    payload,  ///< what the bytes behind a header look like
    value,    ///< of a field that is a code, or whose values the manual lists
};
inline constexpr About abouts[] = {About::result, About::place, About::shape, About::frame, About::payload, About::value};
[[nodiscard]] std::string_view name(About about);

/// The places of a message in the answer to its command.
inline constexpr std::string_view before_result = "before the result", behind_result = "behind the result",
                                  before_data = "before the data", behind_data = "behind the data";

/// Of what something is told.
struct Subject {
    std::string trigger{};  ///< the command that it answers, `AT+QIRD=_,_`; empty where none does or any may
    std::string message{};  ///< `+QIURC: "recv"`; empty of a result
    std::string detail{};   ///< the settings that decide its form; of a value the field's name
    auto operator<=>(const Subject&) const = default;
};

/// One of the alternatives that were seen, how often, and a line that shows it.
struct Seen {
    std::uint64_t count = 0;
    std::set<std::string> quirks{};
    Example example{};
    Seen& operator+=(const Seen& other);
    bool operator==(const Seen&) const = default;
};
using Alternatives = std::map<std::string, Seen>;
[[nodiscard]] std::uint64_t count(const Alternatives& alternatives);

/// Of a number that the module chooses: the least and the most, how often each was reached, and a line that shows it.
struct Range {
    std::uint64_t count = 0;
    std::int64_t least = 0, most = 0;
    std::uint64_t at_least = 0, at_most = 0;
    Example least_line{}, most_line{};
    void add(std::int64_t value, std::string_view line = {});
    Range& operator+=(const Range& other);
    bool operator==(const Range&) const = default;
};

struct Profile {
    /// A value has at most so many alternatives; where there were more, `many` stands for all of them.
    static constexpr std::size_t most_values = 64;
    static constexpr std::string_view many = "many";

    const atwire::Dialect* dialect = nullptr;  ///< nullptr where nothing was profiled
    std::set<std::string> firmware{};          ///< the revisions that the modules named
    std::map<std::pair<About, Subject>, Alternatives> seen{};
    std::map<Subject, Range> ranges{};
    std::map<Subject, Times> times{};  ///< from a command, or the end of its data, to the message

    void see(About about, const Subject& subject, const std::string& alternative, std::string_view line,
             std::set<std::string> quirks = {});
    /// Throws std::invalid_argument, one line, where they are of different dialects.
    Profile& operator+=(const Profile& other);
    bool operator==(const Profile&) const = default;

    /// Of a subject; none where it was never seen.
    [[nodiscard]] const Alternatives& of(About about, const Subject& subject) const;
    [[nodiscard]] bool empty() const { return seen.empty(); }
};

}  // namespace conformance

#endif
