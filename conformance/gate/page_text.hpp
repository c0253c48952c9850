// What a page says, for the tests of pages.
#ifndef CONFORMANCE_GATE_PAGE_TEXT_HPP
#define CONFORMANCE_GATE_PAGE_TEXT_HPP

#include <cstring>
#include <initializer_list>
#include <string>
#include <utility>

#include "transcripts/json.hpp"

namespace conformance {

/// How often the part stands in the text.
inline std::size_t count(const std::string& text, const std::string& part) {
    std::size_t all = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) ++all;
    return all;
}

/// The text that stands in the page as this.
inline std::string unescaped(std::string text) {
    for (const auto& [entity, character] : std::initializer_list<std::pair<const char*, const char*>>{
             {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = 0; (at = text.find(entity, at)) != text.npos; ++at)
            text.replace(at, std::strlen(entity), character);
    return text;
}

/// What the page has for its script.
inline Json timelines_in(const std::string& page) {
    constexpr std::string_view begin = "id=\"timelines\">";
    const std::size_t at = page.find(begin);
    if (at == page.npos) return Json::array();
    return Json::parse(page.substr(at + begin.size(), page.find("</script>", at) - at - begin.size()));
}

}  // namespace conformance

#endif
