// A form of the tables spelled as the lists spell it, `+QIRD: <actual_read_length>[,<remaining_length>]`, and which forms a row of
// forms.tsv means.
#ifndef CONFORMANCE_FACTS_SPELLING_HPP
#define CONFORMANCE_FACTS_SPELLING_HPP

#include <atwire/dialect.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "facts/domain.hpp"

namespace conformance {

/// A piece of a line: wire text, or `<name>`.
struct Token {
    bool parameter = false;
    std::string text;
    Domain domain{};
};

/// One way in which a form stands on the wire.
struct WireForm {
    const atwire::Form* form = nullptr;
    std::vector<Token> tokens{};
    std::map<std::string, std::string> settings{};  ///< under which it stands so
    bool payload = false;                           ///< the payload is part of it
};
/// All ways: with and without what is optional, for each setting that moves its payload.
[[nodiscard]] std::vector<WireForm> spellings(const atwire::Form& form);

/// The same of a row: a spelling for each choice of what its brackets leave out. An alternative `{<a>|<b>}` is its first.
[[nodiscard]] std::vector<std::vector<Token>> spellings(const std::string& syntax, const FormRow& row);
[[nodiscard]] std::string show(const std::vector<Token>& tokens);

/// A line of a row, a spelling that it may be, and what it says of the spelling's parameters, in their order.
struct Match {
    const atwire::Form* form = nullptr;
    std::size_t spelling = 0;
    std::vector<Domain> said{};
};
/// One line of a row, header and payload together: the event that its `event` column names, and what it may be.
struct MatchedLine {
    std::string event;
    std::string line;
    std::vector<Match> matches{};
};
/// A row's lines: more than one where brackets leave something out or where it shows several headers in a row. Quirks that the
/// row names are mended first.
[[nodiscard]] std::vector<MatchedLine> match(const FormRow& row, const atwire::Facts& facts);

/// The events that have no form in the tables and what the grammar calls them: what they carry is not a line with fields of its
/// own. The generators and the coverage know these by name. Empty: bytes that are counted, never lexed.
struct ByName {
    std::string_view event;
    std::string_view in_grammar;
};
[[nodiscard]] std::vector<ByName> generated_by_name();
[[nodiscard]] bool is_generated_by_name(const FormRow& row);

}  // namespace conformance

#endif
