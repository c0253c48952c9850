// `sscanf`, a format for each shape.
#include <cstdio>

#include "rivals/rivals.hpp"
#include "rivals/shapes.hpp"

namespace atwire::bench {
namespace {

struct Format {
    explicit Format(const Shape& shape) {
        each_part(
            shape.pattern, [this](std::string_view text) { format.append(text); },
            [this](char letter) {
                const std::size_t type = letter == 'd' ? 0 : letter == 'q' ? 1 : 2;
                format.append(std::array{"%u", "\"%127[^\"]\"", "%127[^\r]"}[type]);
                places.push_back(letter);
            });
        format += "%n";
    }
    std::string format;
    std::string places;  ///< `d`, `q` or `r` for each
};

// One argument for each place: numbers and texts in whatever order the format has them.
using Texts = std::array<std::array<char, 128>, 2>;

bool matches(const Format& format, const char* line, std::size_t length, Found& found, Texts& texts) {
    std::array<void*, 9> into{};
    std::size_t number = 0;
    std::size_t text = 0;
    std::size_t count = 0;
    for (const char letter : format.places)
        into[count++] = letter == 'd' ? static_cast<void*>(&found.numbers[number++]) : texts[text++].data();
    int end = 0;
    into[count] = &end;
    // Arguments beyond those of the format are ignored.
    const int read =
        std::sscanf(line, format.format.c_str(), into[0], into[1], into[2], into[3], into[4], into[5], into[6], into[7], into[8]);
    if (read != static_cast<int>(count) || end != static_cast<int>(length)) return false;
    for (std::size_t i = 0; i < text; ++i) found.texts[i] = texts[i].data();
    return true;
}

}  // namespace

Sum parse_by_sscanf(const Dialect&, const Stream& stream, std::size_t chunk) {
    static const Switch<Format> formats;
    Sum sum;
    Texts texts;
    each_line(stream.bytes, chunk, [&](std::string_view line) {
        std::array<char, 256> terminated;
        const std::size_t length = std::min(line.size(), terminated.size() - 1);
        std::memcpy(terminated.data(), line.data(), length);
        terminated[length] = '\0';
        formats.take(line, sum, [&](const Format& format, Found& found) {
            return matches(format, terminated.data(), length, found, texts);
        });
    });
    return sum;
}

}  // namespace atwire::bench
