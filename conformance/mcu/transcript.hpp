// The transcripts of the corpus as constant data. make-table writes them.
#ifndef ATWIRE_MCU_TRANSCRIPT_HPP
#define ATWIRE_MCU_TRANSCRIPT_HPP

#include <atwire/dialect.hpp>

#include <span>
#include <string_view>

struct Step {
    enum class What {
        setting,  ///< `text` and its `value`
        host,     ///< bytes to the module
        module,   ///< bytes from the module
        silence,
        event,  ///< what is expected, as `render` spells it
    };
    What what;
    std::string_view text{};
    std::string_view value{};
};

struct Transcript {
    std::string_view file;
    const atwire::Dialect& dialect;
    bool every_field;  ///< whether the expected events name every field, quirk and doubt
    std::span<const Step> steps;
};

extern const std::span<const Transcript> transcripts;
/// How many of the corpus are not among them, for a tolerance that they ask for.
extern const unsigned skipped;

/// 0 where every transcript gives the events that it names.
int play_corpus();

#endif
