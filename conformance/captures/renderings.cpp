#include "captures/renderings.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "captures/lines.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

/// `12:00:00.100`
std::string clock_of(double time, char point = '.', const char* zeros = "") {
    const auto micros = static_cast<long long>(std::llround(time * 1e6));
    char text[40];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d%c%s%06d", static_cast<int>(micros / 3600000000 % 24),
                  static_cast<int>(micros / 60000000 % 60), static_cast<int>(micros / 1000000 % 60), point, zeros,
                  static_cast<int>(micros % 1000000));
    return text;
}

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        char digits[4];
        std::snprintf(digits, sizeof digits, " %02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
        text += digits;
    }
    return text;
}

/// Sixteen bytes a line, fewer up to an LF, and beside them what is printable.
std::string hex_and_text(std::string_view bytes) {
    std::string dump;
    while (!bytes.empty()) {
        const std::string_view line = bytes.substr(0, std::min<std::size_t>(16, bytes.substr(0, 16).find('\n') + 1));
        const std::string_view row = line.empty() ? bytes.substr(0, 16) : line;
        std::string text{row};
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '.');
        std::string digits = hex(row);
        digits.resize(50, ' ');
        dump += digits + text + '\n';
        bytes.remove_prefix(row.size());
    }
    return dump + "--\n";
}

/// All that the module sends where it echoes the host.
struct Heard {
    std::string bytes;
    double time;
};
std::vector<Heard> heard_with_echo(const std::vector<Step>& steps) {
    std::vector<Heard> heard;
    std::string echo;  // that the transcript may show itself
    for (const Step& step : steps) {
        std::string bytes = step.bytes;
        if (step.type == Step::Type::host) {
            bytes = bytes.substr(0, bytes.find('\x1A'));  // which a module doesn't send back
            echo = bytes;
        }
        if (step.type == Step::Type::module && !echo.empty() && bytes.starts_with(echo)) {
            bytes.erase(0, echo.size());
            echo.clear();
        }
        if (!bytes.empty()) heard.push_back({bytes, *step.time});
    }
    return heard;
}

}  // namespace

std::vector<Step> spoken(const Transcript& transcript) {
    std::vector<Step> steps;
    double time = 12 * 3600;
    for (const Step& step : transcript.steps) {
        if (step.bytes.empty() && step.type != Step::Type::idle) continue;
        steps.push_back(step);
        time += step.type == Step::Type::idle ? 1 : 0.1;
        if (!step.time) steps.back().time = time;
    }
    return steps;
}

std::string as_raw(const std::vector<Step>& steps) {
    std::string bytes;
    for (const Step& step : steps)
        if (step.type == Step::Type::module) bytes += step.bytes;
    return bytes;
}

std::string as_socat(const std::vector<Step>& steps, bool text) {
    std::string dump;
    std::size_t from[2] = {0, 0};
    for (const Step& step : steps) {
        if (step.bytes.empty()) continue;
        const bool host = step.type == Step::Type::host;
        const std::size_t to = from[host] + step.bytes.size();
        dump += (host ? "> 2024/05/01 " : "< 2024/05/01 ") + clock_of(*step.time, '.', "000") +
                "  length=" + std::to_string(step.bytes.size()) + " from=" + std::to_string(from[host]) +
                " to=" + std::to_string(to - 1) + '\n' + (text ? hex_and_text(step.bytes) : hex(step.bytes) + '\n');
        from[host] = to;
    }
    return dump;
}

std::string as_picocom(const std::vector<Step>& steps) {
    std::string log;
    for (const Heard& heard : heard_with_echo(steps)) log += heard.bytes;
    return log;
}

std::string as_minicom(const std::vector<Step>& steps) {
    std::string log = as_picocom(steps);
    std::erase_if(log, [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7F; });
    return log;
}

std::string as_marked(const std::vector<Step>& steps) {
    std::string log;
    for (const Step& step : steps)
        if (!step.bytes.empty())
            log += "[" + clock_of(*step.time) + (step.type == Step::Type::host ? "] TX: " : "] RX: ") + escape(step.bytes) + '\n';
    return log;
}

std::string as_stamped_lines(const std::vector<Step>& steps) {
    std::string log;
    bool begins = true;
    for (const Heard& heard : heard_with_echo(steps))
        for (std::string_view rest = heard.bytes; !rest.empty();) {
            const std::string_view line = take_line(rest);
            if (begins) log += "2024-05-01 " + clock_of(heard.time, ',') + ' ';
            log += line;
            begins = line.ends_with('\n');
        }
    return log;
}

}  // namespace conformance
