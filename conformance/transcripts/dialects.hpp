// The dialects by their names.
#ifndef CONFORMANCE_TRANSCRIPTS_DIALECTS_HPP
#define CONFORMANCE_TRANSCRIPTS_DIALECTS_HPP

#include <atwire/dialect.hpp>
#include <span>

namespace conformance {

[[nodiscard]] std::span<const atwire::Dialect* const> dialects();
/// nullptr where there is none of that name.
[[nodiscard]] const atwire::Dialect* dialect_named(std::string_view name);
/// The same with the goto lexer where this build has it, for programs that read much: four times as fast.
[[nodiscard]] const atwire::Dialect& fastest(const atwire::Dialect& dialect);

}  // namespace conformance

#endif
