// Lists that are built into the program, so that it needs no file beside it.
#ifndef CONFORMANCE_RULES_RULE_LISTS_HPP
#define CONFORMANCE_RULES_RULE_LISTS_HPP

#include <string_view>

namespace conformance {

extern const std::string_view rules_list;   ///< facts/rules.tsv
extern const std::string_view syntax_list;  ///< syntax.tsv, in the same columns
extern const std::string_view advice_list;  ///< advice.tsv

}  // namespace conformance

#endif
