// Counts the instructions that an emulated Cortex-M3 takes for what the corpus' modules say, and for whole dialogues through a session.
// `sizes` runs it where an instruction takes a nanosecond.
#include <transcript.hpp>

#include <atwire/session.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>

using namespace atwire;

namespace {

/// The board's first timer (CMSDK APB timer, Arm AN385 3.3): it counts down at 25 MHz.
struct Timer {
    volatile std::uint32_t control, value, reload, interrupt;
};
Timer& timer() { return *reinterpret_cast<Timer*>(0x40000000); }
constexpr std::uint32_t nanoseconds = 40;

struct Cost {
    std::uint64_t bytes = 0, instructions = 0;
};

constexpr std::size_t chunk_size = 64;
char carry[1024], host_carry[1024];

template <class Feed>
void count(Cost& cost, std::string_view bytes, Feed feed) {
    const std::uint32_t begin = timer().value;
    for (std::string_view rest = bytes; !rest.empty(); rest = rest.substr(std::min(chunk_size, rest.size())))
        feed(rest.substr(0, chunk_size));
    cost.bytes += bytes.size();
    cost.instructions += std::uint64_t{begin - timer().value} * nanoseconds;
}

/// The module's bytes, with the settings as they are given; nothing is known of what the host has sent.
void decode(const Transcript& transcript, Cost& cost) {
    Settings settings;
    Decoder decoder{transcript.dialect, settings, carry};
    for (const Step& step : transcript.steps) {
        if (step.what == Step::What::setting) set_by_name(settings, transcript.dialect.facts, step.text, step.value);
        if (step.what == Step::What::module)
            count(cost, step.text, [&](std::string_view chunk) {
                decoder.feed(chunk);
                while (decoder.next() != nullptr) {
                }
            });
    }
}

/// Both sides.
void hear(const Transcript& transcript, Cost& cost) {
    Session session{transcript.dialect, carry, host_carry};
    const auto drain = [&session] {
        while (session.next()) {
        }
    };
    for (const Step& step : transcript.steps) {
        if (step.what == Step::What::host || step.what == Step::What::module)
            count(cost, step.text, [&](std::string_view chunk) {
                step.what == Step::What::host ? session.host_said(chunk) : session.module_said(chunk);
                drain();
            });
    }
}

}  // namespace

int play_corpus() {
    timer().reload = timer().value = 0xFFFFFFFF;
    timer().control = 1;
    for (const Transcript& first : transcripts) {
        const auto of_dialect = [&first](const Transcript& one) { return &one.dialect == &first.dialect; };
        if (&first != std::ranges::find_if(transcripts, of_dialect).operator->()) continue;
        Cost decoder, session;
        for (const Transcript& transcript : transcripts)
            if (of_dialect(transcript)) {
                decode(transcript, decoder);
                hear(transcript, session);
            }
        for (const auto& [what, cost] : {std::pair{"decoder", decoder}, {"session", session}})
            std::printf("%s\t%s\t%u\t%u\n", first.dialect.facts.name.data(), what, static_cast<unsigned>(cost.bytes),
                        static_cast<unsigned>(cost.instructions));
    }
    return 0;
}
