// Services whose result comes behind their OK: pings, times, names.
#ifndef CONFORMANCE_RULES_SERVICES_RUNS_HPP
#define CONFORMANCE_RULES_SERVICES_RUNS_HPP

#include "rules/check.hpp"

namespace conformance {

/// No line that is `of` the service comes before its OK. A module that accepts the command has none running: what came before the OK
/// belongs to it.
template <bool of(atwire::Kind), Run run(const Services&)>
void ok_first(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    if (exchange.form != atwire::CommandForm::write || !exchange.is_ok() || run(dialogue.services) == Run::going) return;
    for (const Said<atwire::Event>& reply : exchange.replies)
        if (of(reply->kind)) return report(reply, "OK to " + exchange.command.wire + " before it");
}

}  // namespace conformance

#endif
