#include "violation.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "transcripts/bytes.hpp"

namespace fuzz {
namespace {

std::string_view given;
std::string_view given_in;

}  // namespace

void begin(std::string_view input, std::string_view file) noexcept {
    given = input;
    given_in = file;
}

void violated(std::string_view property, std::string_view detail) noexcept {
    const std::string text = "violated: " + std::string{property} + "\n" + std::string{detail} + "\n" + std::string{given_in} +
                             ", in the escapes of a transcript:\n" + conformance::escape(given) + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::abort();
}

}  // namespace fuzz
