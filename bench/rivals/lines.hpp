// Chunks as lines, the way most parsers want them.
#ifndef ATWIRE_BENCH_LINES_HPP
#define ATWIRE_BENCH_LINES_HPP

#include "measure.hpp"

#include <algorithm>
#include <cstring>

namespace atwire::bench {

/// Calls `on_line` with each line of the stream that isn't empty, without its CRLF. Only one that straddles two chunks is copied.
template <class OnLine>
void each_line(std::string_view bytes, std::size_t chunk, OnLine&& on_line) {
    std::string carried;
    for (std::size_t begin = 0; begin < bytes.size(); begin += std::min(chunk, bytes.size() - begin)) {
        std::string_view rest = part(bytes, begin, chunk);
        while (!rest.empty()) {
            const void* const end = std::memchr(rest.data(), '\n', rest.size());
            if (end == nullptr) break;
            const auto length = static_cast<std::size_t>(static_cast<const char*>(end) - rest.data());
            std::string_view line = rest.substr(0, length);
            if (!carried.empty()) line = carried.append(line);
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
            if (!line.empty()) on_line(line);
            carried.clear();
            rest.remove_prefix(length + 1);
        }
        carried.append(rest);
    }
}

}  // namespace atwire::bench

#endif
