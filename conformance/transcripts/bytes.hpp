// Bytes as transcripts, JSON and messages show them.
#ifndef CONFORMANCE_TRANSCRIPTS_BYTES_HPP
#define CONFORMANCE_TRANSCRIPTS_BYTES_HPP

#include <optional>
#include <string>
#include <string_view>

namespace conformance {

/// Bytes as `.at` writes them: \r \n \t \\ \xHH, and a blank at the end as \x20.
std::string escape(std::string_view bytes);
/// The same read back. Nothing where an escape is broken; `fault` is then its offset.
std::optional<std::string> unescape(std::string_view text, std::size_t& fault);

/// The value of a hexadecimal digit, in either case; -1 of another character.
int hex_value(char digit);

/// JSON's strings hold one byte in each code point U+0000..U+00FF; nlohmann-json holds them in UTF-8.
std::string to_utf8(std::string_view bytes);
/// Nothing where a code point is above U+00FF.
std::optional<std::string> from_utf8(std::string_view utf8);

}  // namespace conformance

#endif
