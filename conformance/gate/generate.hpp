// `atwire generate`: random dialogues with what they mean, for testing anyone's parser.
#ifndef CONFORMANCE_GATE_GENERATE_HPP
#define CONFORMANCE_GATE_GENERATE_HPP

#include <atwire/dialect.hpp>
#include <cstdint>
#include <filesystem>
#include <ostream>

namespace conformance {

struct GenerateOptions {
    const atwire::Dialect* dialect = nullptr;
    std::uint64_t seed = 0;
    std::size_t count = 1;
    bool mutate = false;                ///< drop, double, flip, cut and splice some of the module's bytes
    bool raw = false;                   ///< beside each transcript the bytes of each side, in `<name>.module` and `<name>.host`
    std::filesystem::path directory{};  ///< where to write `<dialect>-<seed>-<number>.at`; empty: one transcript to the output
};

/// Makes the dialogues of a seed. The same options give the same bytes, and the dialogue of a number doesn't depend on the count.
/// A file that exists is replaced as a whole or not at all. Throws std::runtime_error with one line where one can't be written.
void generate(const GenerateOptions& options, std::ostream& output);

}  // namespace conformance

#endif
