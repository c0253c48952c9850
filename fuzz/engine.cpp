// A target as libFuzzer, AFL++ and their like call it.
#include <cstddef>
#include <cstdint>

#include "target.hpp"
#include "violation.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    fuzz::begin(bytes);
    fuzz::run(bytes);
    return 0;
}
