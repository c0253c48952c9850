// Times as logs print them.
#ifndef CONFORMANCE_CAPTURES_CLOCK_HPP
#define CONFORMANCE_CAPTURES_CLOCK_HPP

#include <optional>
#include <string_view>

namespace conformance {

/// A time that was read from the front of a text.
struct Stamp {
    std::optional<long> day{};     ///< since 1970-01-01, where a date is named
    std::optional<double> zone{};  ///< seconds east of Greenwich, where one is named
    double seconds = 0;            ///< of the day, or since some start
    bool of_day = false;
    std::size_t length = 0;  ///< what it took of the text
};
/// `12:34:56.789`, `2024-05-01 12:34:56,789`, `2024/05/01T12:34:56Z`, `…+02:00`, `123.456`; blanks may lead the last. Nothing where
/// none stands there or it names no time of day (25:00:00).
[[nodiscard]] std::optional<Stamp> read_stamp(std::string_view text);

/// Makes stamps that follow each other seconds since the midnight before the first; of those that aren't times of day, since their own start.
/// Without dates, a time that is hours before the last is one of the next day.
class Clock {
public:
    [[nodiscard]] double at(const Stamp& stamp);

private:
    std::optional<long> first_day_{};
    double first_zone_ = 0;
    double days_ = 0;  ///< seconds that have been added to times without a date
    double last_ = 0;
};

}  // namespace conformance

#endif
