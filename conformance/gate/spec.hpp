// The command `spec`: what holds each documented form.
#ifndef CONFORMANCE_GATE_SPEC_HPP
#define CONFORMANCE_GATE_SPEC_HPP

#include <map>
#include <ostream>

#include "facts/coverage.hpp"

namespace conformance {

struct SpecOptions {
    std::vector<const atwire::Dialect*> dialects{};
    bool uncovered = false;  ///< print these rows alone; the counts stay those of all
    bool colour = false;
    Sources sources = own_sources();
};

/// The rows of one dialect, and how many of which there are.
struct DialectCoverage {
    const atwire::Facts* facts = nullptr;
    std::vector<RowCoverage> rows{};
    /// Of one direction.
    struct Count {
        std::size_t rows = 0;
        std::size_t covered = 0;
    };
    Count module{};
    Count host{};
};
/// What `spec` prints.
struct Spec {
    std::vector<FormRow> list{};  ///< what the rows point to
    std::vector<DialectCoverage> dialects{};
    std::map<std::string, std::size_t> without_table{};  ///< rows of dialects that the program doesn't know
};
/// Throws std::runtime_error with what was looked for, where, and which option says where else.
[[nodiscard]] Spec read_spec(const SpecOptions& options);

/// One line for each uncovered row: its id, and what it lacks.
[[nodiscard]] std::vector<std::string> uncovered_rows(const Spec& spec);

/// Columns for people.
void print_text(const Spec& spec, const SpecOptions& options, std::ostream& output);
/// One object; each row of `rows` stands on a line of its own.
void print_json(const Spec& spec, const SpecOptions& options, std::ostream& output);
/// The page docs/coverage.md. Its links are relative to docs/.
void print_markdown(const Spec& spec, const SpecOptions& options, std::ostream& output);

}  // namespace conformance

#endif
