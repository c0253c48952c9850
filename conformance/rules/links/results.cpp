#include "rules/links/results.hpp"

#include <algorithm>

namespace conformance {

bool says_ip_error(const Exchange& exchange, const Dialogue& dialogue, std::uint32_t code) {
    for (const auto& reply : exchange.replies) {
        const auto* error = atwire::get<atwire::IpError>(*reply);
        if (error == nullptr) continue;
        if (error->code ? *error->code == code : *error->text == dialogue.dialect.facts.codes[0].codes[code].name) return true;
    }
    return false;
}

const Links::Early* early(const Exchange& exchange, const Dialogue& dialogue, atwire::Kind kind) {
    for (const Links::Early& one : dialogue.links.early)
        if (one.kind == kind && one.link == link_of(exchange)) return &one;
    return nullptr;
}

bool awaits(const Dialogue& dialogue, std::string_view name) {
    return std::ranges::any_of(dialogue.awaited, [name](const Exchange& one) { return one.name == name; });
}

bool awaits(const Dialogue& dialogue, std::uint32_t link) {
    return std::ranges::any_of(dialogue.awaited, [link](const Exchange& one) {
        return (one.name == "CIPOPEN" || one.name == "CIPCLOSE") && link_of(one) == link;
    });
}

}  // namespace conformance
