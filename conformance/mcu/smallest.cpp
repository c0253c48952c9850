// The smallest program that does one thing with one dialect or several: what it links is what that costs. `sizes` compiles it with
// DIALECTS, `&atwire::bc26, &atwire::bc65`, and one of ENCODES (the module's lines too), COMMANDS (the host's lines too) and HOSTS (a
// session that hears both sides, and the host's lines), or with none of these and `&atwire::bc26_decoding`: it reads what a module says.
#include <atwire/command_encoder.hpp>
#include <atwire/decoder.hpp>
#include <atwire/encoder.hpp>
#include <atwire/session.hpp>

// What the objects take of the caller's memory.
char size_of_Decoder[sizeof(atwire::Decoder)];
char size_of_Encoder[sizeof(atwire::Encoder)];
char size_of_CommandDecoder[sizeof(atwire::CommandDecoder)];
char size_of_Session[sizeof(atwire::Session)];
char size_of_Settings[sizeof(atwire::Settings)];
char size_of_Event[sizeof(atwire::Event)];
char size_of_Command[sizeof(atwire::Command)];

// Filled from outside, as by a UART's interrupt.
extern "C" {
char carry[256];
char host_carry[256];
char chunk[64];
volatile std::size_t length;
char line[256];
volatile std::size_t count;
volatile std::size_t which;
atwire::Command command;
}

#if defined ENCODES || defined COMMANDS || defined HOSTS
constexpr const atwire::Dialect* dialects[] = {DIALECTS};
#else
constexpr const atwire::Decoding* dialects[] = {DIALECTS};
#endif

int main() {
    const auto& dialect = *dialects[which];
#ifdef HOSTS
    atwire::Session session{dialect, carry, host_carry};
    for (;;) {
        session.module_said({chunk, length});
        for (auto said = session.next(); said; said = session.next())
            if (said.event != nullptr) count = said.event->wire.length;
        count = atwire::encode(dialect, session.settings, command, line).length;
        session.host_said({line, count});
    }
#else
    atwire::Settings settings;
    atwire::Decoder decoder{dialect, settings, carry};
#ifdef ENCODES
    atwire::Encoder encoder{dialect};
#endif
    for (;;) {
        decoder.feed({chunk, length});
        while ([[maybe_unused]] const atwire::Event* event = decoder.next()) {
#ifdef ENCODES
            count = encoder.encode(settings, *event, line).length;
#else
            count = event->wire.length;
#endif
        }
#ifdef COMMANDS
        count = atwire::encode(dialect, settings, command, line).length;
#endif
    }
#endif
}
