#include "gate/encode.hpp"

#include <istream>

#include "transcripts/transcript.hpp"

namespace conformance {
namespace {

/// The library's sentence without its number, its position and the text that it read.
std::string reason(const std::string& what) {
    const std::size_t begin = what.find("syntax error");
    std::string text = begin == std::string::npos ? what : what.substr(begin);
    const std::size_t read = text.find("; last read:");
    const std::size_t expected = text.rfind("; expected");
    if (read != std::string::npos)
        text.erase(read, expected != std::string::npos && expected > read ? expected - read : std::string::npos);
    return text;
}

Json parse(const std::string& line, const std::string& file, std::size_t number) {
    try {
        return Json::parse(line);
    } catch (const Json::parse_error& broken) {
        throw InputError{file, number, broken.byte, reason(broken.what())};
    }
}

}  // namespace

void encode(Input& input, const atwire::Dialect& dialect, const atwire::Settings& settings, Side side, std::ostream& output) {
    input.flush_before_reading(output);
    std::istream lines{&input};
    lines.exceptions(std::ios::badbit);
    EventWriter events{dialect, settings};
    CommandWriter commands{dialect, settings};
    std::size_t number = 0;
    const auto write = [&](const std::string& line) {
        const Json object = parse(line, input.name(), number);
        if (side_of(object) != side) return;
        try {
            output << (side == Side::host ? commands.write(object) : events.write(object));
        } catch (const std::invalid_argument& refused) {
            throw std::runtime_error{input.name() + ":" + std::to_string(number) + ": " + refused.what()};
        }
    };
    try {
        for (std::string line; std::getline(lines, line);) {
            ++number;
            if (line.find_first_not_of(" \t\r") != std::string::npos) write(line);
        }
    } catch (...) {
        output << commands.end();
        throw;
    }
    output << commands.end();
}

}  // namespace conformance
