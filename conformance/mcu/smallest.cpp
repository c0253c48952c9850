// The smallest program that reads one dialect, or reads and writes it: what it links is what that costs. `sizes` compiles it with
// DIALECT defined, and ENCODES for both directions.
#include <atwire/decoder.hpp>
#include <atwire/encoder.hpp>

// What the objects take of the caller's memory.
char size_of_Decoder[sizeof(atwire::Decoder)];
char size_of_Encoder[sizeof(atwire::Encoder)];
char size_of_Settings[sizeof(atwire::Settings)];
char size_of_Event[sizeof(atwire::Event)];

// Filled from outside, as by a UART's interrupt.
extern "C" {
char carry[256];
char chunk[64];
volatile std::size_t length;
char line[256];
volatile std::size_t count;
}

int main() {
    atwire::Settings settings;
    atwire::Decoder decoder{atwire::DIALECT, settings, carry};
#ifdef ENCODES
    atwire::Encoder encoder{atwire::DIALECT};
#endif
    for (;;) {
        decoder.feed({chunk, length});
        while ([[maybe_unused]] const atwire::Event* event = decoder.next()) {
#ifdef ENCODES
            count = encoder.encode(decoder.settings, *event, line).length;
#else
            count = event->wire.length;
#endif
        }
    }
}
