#include "transcripts/dialects.hpp"

#include <atwire/dialects/all.hpp>

#ifdef ATWIRE_HAS_GOTO
namespace atwire {
#define ATWIRE_DECLARE(name) extern const Decoding name##_goto_decoding;
ATWIRE_DIALECTS(ATWIRE_DECLARE)
#undef ATWIRE_DECLARE
}  // namespace atwire
#endif

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

const atwire::Dialect& fastest(const atwire::Dialect& dialect) {
#ifdef ATWIRE_HAS_GOTO
#define ATWIRE_FAST(of)                                                                   \
    static const atwire::Dialect of##_goto{atwire::of##_goto_decoding, atwire::of.facts}; \
    if (dialect.facts.name == #of) return of##_goto;
    ATWIRE_DIALECTS(ATWIRE_FAST)
#undef ATWIRE_FAST
#endif
    return dialect;
}

}  // namespace conformance
