#include "transcripts/dialects.hpp"

#include <atwire/dialects/all.hpp>

namespace conformance {

std::span<const atwire::Dialect* const> dialects() {
#define ATWIRE_PLACE(name) &atwire::name,
    static constexpr const atwire::Dialect* all[] = {ATWIRE_DIALECTS(ATWIRE_PLACE)};
#undef ATWIRE_PLACE
    return all;
}

const atwire::Dialect* dialect_named(std::string_view name) {
    for (const atwire::Dialect* dialect : dialects())
        if (dialect->facts.name == name) return dialect;
    return nullptr;
}

}  // namespace conformance
