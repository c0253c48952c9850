#include "rules/check.hpp"

namespace conformance {

bool is_of_framing(const Check& check) {
    const auto* held = std::get_if<NoQuirk>(&check.moment);
    return held != nullptr && held->quirk >= atwire::Quirk::no_blank_line;
}

bool needs_the_host(const Check& check) {
    return std::visit(atwire::overloaded{
                          [](const OnEvent&) { return false; },
                          [](const OnEnd&) { return false; },
                          [](const LineForm&) { return false; },
                          [](const FieldRange&) { return false; },
                          [](const NoQuirk&) { return false; },
                          [](const auto&) { return true; },
                      },
                      check.moment);
}

}  // namespace conformance
