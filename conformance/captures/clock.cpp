#include "captures/clock.hpp"

#include <charconv>
#include <chrono>

namespace conformance {
namespace {

constexpr double day_length = 86400;

/// Takes what matches from the front of a text, or nothing.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_{text} {}

    [[nodiscard]] std::size_t taken() const { return at_; }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool take(std::string_view any) {
        if (at_ == text_.size() || any.find(text_[at_]) == any.npos) return false;
        ++at_;
        return true;
    }
    /// A number of just so many digits.
    std::optional<int> number(std::size_t digits) {
        int value = 0;
        if (run() < digits || (digits != 2 && run() != digits)) return std::nullopt;
        std::from_chars(text_.data() + at_, text_.data() + at_ + digits, value);
        at_ += digits;
        return value;
    }
    /// A run of digits.
    std::string_view digits() {
        const std::string_view found = text_.substr(at_, run());
        at_ += found.size();
        return found;
    }

private:
    [[nodiscard]] std::size_t run() const {
        const std::size_t end = text_.find_first_not_of("0123456789", at_);
        return (end == text_.npos ? text_.size() : end) - at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

double fraction(std::string_view digits) {
    double value = 0;
    double unit = 1;
    for (const char digit : digits) value += (digit - '0') * (unit /= 10);
    return value;
}

std::optional<long> read_day(Scanner& text) {
    const auto year = text.number(4);
    if (!year || !text.take("-/")) return std::nullopt;
    const auto month = text.number(2);
    if (!month || !text.take("-/")) return std::nullopt;
    const auto day = text.number(2);
    if (!day || !text.take(" T_")) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date}.time_since_epoch().count();
}

std::optional<double> read_time_of_day(Scanner& text) {
    const auto hour = text.number(2);
    if (!hour || *hour > 23 || !text.take(":")) return std::nullopt;
    const auto minute = text.number(2);
    if (!minute || *minute > 59 || !text.take(":")) return std::nullopt;
    const auto second = text.number(2);
    if (!second || *second > 60) return std::nullopt;
    Scanner ahead = text;
    double part = 0;
    if (ahead.take(".,"))
        if (const std::string_view digits = ahead.digits(); !digits.empty()) {
            part = fraction(digits);
            text = ahead;
        }
    return *hour * 3600.0 + *minute * 60.0 + *second + part;
}

std::optional<double> read_zone(Scanner& text) {
    if (text.take("Z")) return 0;
    Scanner ahead = text;
    const double sign = ahead.peek() == '-' ? -1 : 1;
    if (!ahead.take("+-")) return std::nullopt;
    const auto hours = ahead.number(2);
    ahead.take(":");
    const auto minutes = ahead.number(2);
    if (!hours || !minutes) return std::nullopt;
    text = ahead;
    return sign * (*hours * 3600.0 + *minutes * 60.0);
}

}  // namespace

std::optional<Stamp> read_stamp(std::string_view text) {
    Stamp stamp;
    Scanner ahead{text};
    stamp.day = read_day(ahead);
    if (!stamp.day) ahead = Scanner{text};
    if (const auto time = read_time_of_day(ahead)) {
        stamp.seconds = *time;
        stamp.of_day = true;
        if (stamp.day) stamp.zone = read_zone(ahead);
        stamp.length = ahead.taken();
        return stamp;
    }
    Scanner plain{text};
    while (plain.take(" ")) {
    }
    const std::string_view whole = plain.digits();
    if (whole.empty() || whole.size() > 12 || !plain.take(".")) return std::nullopt;
    const std::string_view digits = plain.digits();
    if (digits.empty() || plain.peek() == '.') return std::nullopt;
    double seconds = 0;
    for (const char digit : whole) seconds = seconds * 10 + (digit - '0');
    return Stamp{.seconds = seconds + fraction(digits), .length = plain.taken()};
}

double Clock::at(const Stamp& stamp) {
    if (stamp.day) {
        if (!first_day_) {
            first_day_ = stamp.day;
            first_zone_ = stamp.zone.value_or(0);
        }
        return static_cast<double>(*stamp.day - *first_day_) * day_length + stamp.seconds -
               (stamp.zone.value_or(first_zone_) - first_zone_);
    }
    if (!stamp.of_day) return stamp.seconds;
    if (stamp.seconds + days_ < last_ - day_length / 2) days_ += day_length;
    return last_ = stamp.seconds + days_;
}

}  // namespace conformance
