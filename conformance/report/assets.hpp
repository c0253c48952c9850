// The page's sources, built into the program.
#ifndef CONFORMANCE_REPORT_ASSETS_HPP
#define CONFORMANCE_REPORT_ASSETS_HPP

#include <string_view>

namespace conformance {

extern const std::string_view frame_text;   ///< page.html
extern const std::string_view style_text;   ///< page.css
extern const std::string_view script_text;  ///< timeline.js
/// SHA-256 of both in Base64, for the page's Content-Security-Policy.
extern const std::string_view style_hash, script_hash;

}  // namespace conformance

#endif
