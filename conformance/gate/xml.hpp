// Text in XML.
#ifndef CONFORMANCE_GATE_XML_HPP
#define CONFORMANCE_GATE_XML_HPP

#include <string>
#include <string_view>

namespace conformance {

/// What XML 1.0 can't hold is shown as `?`.
[[nodiscard]] inline std::string xml(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '<': safe += "&lt;"; break;
            case '>': safe += "&gt;"; break;
            case '&': safe += "&amp;"; break;
            case '"': safe += "&quot;"; break;
            case '\n': safe += "&#10;"; break;
            default: safe += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
        }
    }
    return safe;
}

}  // namespace conformance

#endif
