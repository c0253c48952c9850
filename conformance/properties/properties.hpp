// The properties of properties_test.cpp and of commands_test.cpp, and what each draws its events and commands from. The coverage
// reads these lists; a test holds them to their source.
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

/// A property of commands_test.cpp.
struct CommandProperty {
    /// What a host's bytes can be; those of one property are a sum.
    enum Makes : unsigned {
        of_table = 1,
        by_name = 2,  ///< AT, ATE, ATO, AT+CMEE
        command = of_table | by_name,
        joined = 4,
        raw = 8,
        data_of_length = 16,
        data_to_end = 32,
        pipe = 64,
        anything = 127,
    };

    std::string_view name;
    /// The function of generated_commands.hpp, or of the test itself, that makes them.
    std::string_view source;
    /// What of them is any that the dialect has; 0 where it is only some.
    unsigned makes;
};

inline constexpr CommandProperty command_properties[] = {
    {"SplitInvariance", "generate_host_noise", CommandProperty::anything},
    {"Tiling", "generate_host_noise", CommandProperty::anything},
    {"RoundTripOfCommands", "generate_joined", CommandProperty::command | CommandProperty::joined},
    {"EveryRowCanBeSaid", "generate_from", CommandProperty::of_table},
    {"RoundTripOfBytes", "generate_host_noise", CommandProperty::anything},
    {"RefusedCommandsLeaveTheBufferAlone", "generate_command", CommandProperty::command},
    {"ValuesOutOfRangeAreRefused", "bounded_numbers", 0},
    {"OptionsOutOfRangeAreRefused", "generate_from", 0},
    {"DataOfFixedLengthIsOpaque", "generate_payload", CommandProperty::data_of_length},
    {"DataOfVariableLengthIsReadAsItWas", "generate_payload", CommandProperty::data_to_end},
    {"PipeIsOpaqueButForThreePlusesBetweenSilences", "generate_payload", CommandProperty::pipe},
    {"RecoveryAfterGarbage", "generate_host_noise", CommandProperty::anything},
    {"SingleFaultCostsItsLine", "generate_command", CommandProperty::command},
    {"NoCommandWaits", "generate_joined", CommandProperty::command | CommandProperty::joined | CommandProperty::data_of_length},
};

}  // namespace conformance

#endif
