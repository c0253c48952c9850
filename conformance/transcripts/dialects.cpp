#include "transcripts/dialects.hpp"

#include <atwire/dialects/a76xx.hpp>
#include <atwire/dialects/bc26.hpp>

namespace conformance {

std::span<const atwire::Dialect* const> dialects() {
    static constexpr const atwire::Dialect* all[] = {&atwire::bc26, &atwire::a76xx};
    return all;
}

const atwire::Dialect* dialect_named(std::string_view name) {
    for (const atwire::Dialect* dialect : dialects())
        if (dialect->facts.name == name) return dialect;
    return nullptr;
}

}  // namespace conformance
