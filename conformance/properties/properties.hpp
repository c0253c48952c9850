// The properties of properties_test.cpp, and what each draws its events from. The coverage reads this list; a test holds it to
// their source.
#ifndef CONFORMANCE_PROPERTIES_PROPERTIES_HPP
#define CONFORMANCE_PROPERTIES_PROPERTIES_HPP

#include <string_view>

namespace conformance {

struct Property {
    std::string_view name;
    /// The function of generated_events.hpp, or of the test itself, that makes its events.
    std::string_view source;
    /// The event that it makes from bytes of its own, which no general generator makes; empty where it makes none.
    std::string_view event{};

    /// Whether its events are any that `generate_event` makes: streams are made of those, and noise of streams. Every other
    /// source makes only some of them, or bytes of one form.
    [[nodiscard]] constexpr bool draws_any() const {
        return source == "generate_event" || source == "generate_stream" || source == "generate_noise";
    }
};

inline constexpr Property properties[] = {
    {"SplitInvariance", "generate_noise"},
    {"BothStylesAgree", "generate_noise"},
    {"Tiling", "generate_noise"},
    {"RoundTripOfEvents", "generate_stream"},
    {"RoundTripOfBytes", "generate_noise"},
    {"RefusedEventsLeaveTheBufferAlone", "generate_event"},
    {"ValuesOutOfRangeAreRefused", "bounded_numbers"},
    {"PayloadIsOpaque", "framed_payload"},
    {"PayloadWithoutALengthRunsToItsLineBreak", "generate_payload", "payload"},
    {"EchoedDataIsOpaque", "generate_payload", "data_echo"},
    {"TransparentModeIsOpaque", "generate_payload", "payload"},
    {"RecoveryAfterGarbage", "generate_noise"},
    {"SingleFaultCostsItsLine", "lines_only"},
    {"FaultInPayloadCostsItsBytes", "framed_payload"},
    {"NoEventWaits", "generate_stream"},
    {"LinearWork", "generate_noise"},
};

}  // namespace conformance

#endif
