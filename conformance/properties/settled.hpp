// What an event's bytes mean under some settings: where they have two readings, the event that a generator made has to be the one
// that the settings take.
#ifndef CONFORMANCE_PROPERTIES_SETTLED_HPP
#define CONFORMANCE_PROPERTIES_SETTLED_HPP

#include <atwire/dialect.hpp>
#include <string>

#include "properties/dice.hpp"

namespace conformance {

/// Makes the event what the bytes of its form mean under the settings. False where they give them another meaning. Each case names
/// its row of the vocabulary's table.
bool settle(Dice& dice, const atwire::Form& form, const atwire::Dialect& dialect, const atwire::Settings& settings,
            atwire::Event& event);

/// Whether the oldest pending command is this one.
bool is_pending(const atwire::Settings& settings, const atwire::Dialect& dialect, std::string_view name,
                atwire::CommandForm form);
/// The name that a line begins with: `QIURC`.
std::string_view name_of_head(std::string_view head);
/// The mode of a request: what it has.
std::string mode_of(const atwire::CoapRequest& request);

}  // namespace conformance

#endif
