// Events, settings, streams and noise made by throwing dice, from the rows of a dialect's table.
#ifndef CONFORMANCE_PROPERTIES_GENERATED_EVENTS_HPP
#define CONFORMANCE_PROPERTIES_GENERATED_EVENTS_HPP

#include <atwire/dialect.hpp>
#include <string>
#include <vector>

#include "properties/dice.hpp"
#include "transcripts/json.hpp"

namespace conformance {

/// Any settings: each given or not, pending commands known or not.
atwire::Settings generate_settings(Dice& dice, const atwire::Dialect& dialect);

/// One event that can stand by itself, in a documented form and range, which means just this under `settings`. Where bytes have
/// two readings it makes the one that the settings take; each such place names its row of the vocabulary's table.
OwnedEvent generate_event(Dice& dice, const atwire::Dialect& dialect, const atwire::Settings& settings);
/// The same from one row of the table. False where the settings give the row's bytes another meaning.
bool generate_from(Dice& dice, const atwire::Form& form, const atwire::Dialect& dialect, const atwire::Settings& settings,
                   OwnedEvent& owned);

/// Adds the payload that follows a header, or nothing.
void add_payload(Dice& dice, const OwnedEvent& header, std::vector<OwnedEvent>& events);
/// Makes the length that a header announces a short one, `most` at most.
void shorten(OwnedEvent& header, std::uint32_t most = 24);

/// Payload that looks like everything that it isn't.
std::string generate_payload(Dice& dice, std::size_t length);

/// What a module said, and what each event should come out as.
struct GeneratedStream {
    std::string bytes;
    std::vector<OwnedEvent> events;  ///< payload in one piece
    std::vector<std::size_t> ends;   ///< where each one ends
    std::vector<std::size_t> texts;  ///< where each one's text begins, behind its lead
};
/// Some events in a row, each header with its payload.
GeneratedStream generate_stream(Dice& dice, const atwire::Dialect& dialect, const atwire::Settings& settings);

/// Anything that may arrive: pieces of lines, framing, numbers of thirty digits, bytes at random.
std::string generate_noise(Dice& dice, const atwire::Dialect& dialect, const atwire::Settings& settings);
/// Drops, doubles, flips, cuts and splices some of the bytes.
void mutate(Dice& dice, std::string& bytes);

/// Sizes of chunks that cover `length` bytes; a 0 stands for a silence.
std::vector<std::size_t> generate_cuts(Dice& dice, std::size_t length);

}  // namespace conformance

#endif
