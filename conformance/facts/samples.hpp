// A host's row of forms.tsv as bytes, and what the command decoder makes of them.
#ifndef CONFORMANCE_FACTS_SAMPLES_HPP
#define CONFORMANCE_FACTS_SAMPLES_HPP

#include <atwire/dialect.hpp>
#include <set>
#include <string>

#include "facts/lists.hpp"

namespace conformance {

/// The commands as which the decoder reads the row, spelled in each of its ways with values that it allows: `coap_head+coap_options`
/// where they are joined, as in the list's `event` column. Its `event` alone where the decoder and the list agree.
[[nodiscard]] std::set<std::string> read_as(const FormRow& row, const atwire::Dialect& dialect);

}  // namespace conformance

#endif
