// Fills a template: text with tags in it, as Mustache has them.
#ifndef CONFORMANCE_REPORT_TEMPLATE_HPP
#define CONFORMANCE_REPORT_TEMPLATE_HPP

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace conformance {

/// `{{name}}` is a string or a number, escaped for HTML; `{{{name}}}` a string as it is. `{{#name}}…{{/name}}` is there for each
/// item of a list, and once where an object, a true, a number or a text that isn't empty has that name; `{{^name}}…{{/name}}` where there
/// is none of these. Names are looked up in the innermost object that has them. A tag of a section alone on its line leaves no line.
/// Throws std::logic_error where a section isn't closed or nothing has a `{{name}}`.
[[nodiscard]] std::string filled(std::string_view text, const nlohmann::ordered_json& values);

/// Text in HTML, in an element or in a quoted attribute.
[[nodiscard]] std::string html(std::string_view text);

}  // namespace conformance

#endif
