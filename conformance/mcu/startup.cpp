// From reset to the corpus, with newlib's semihosting for output and exit.
#include <transcript.hpp>

#include <unistd.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" {

void __libc_init_array();
void initialise_monitor_handles();
extern std::uint32_t stack_top;
extern std::uint32_t bss_begin;
extern std::uint32_t bss_end;

// What the compiler's own start files would give the libraries.
void* __dso_handle = nullptr;
void _init() {}
void _fini() {}

[[noreturn]] void reset() {
    for (volatile std::uint32_t* word = &bss_begin; word != &bss_end; ++word) *word = 0;
    initialise_monitor_handles();
    __libc_init_array();
    std::exit(play_corpus());
}

[[noreturn]] void fault() {
    static constexpr char message[] = "The processor took an exception.\n";
    write(STDOUT_FILENO, message, sizeof message - 1);
    _exit(2);
}

/// Where a Cortex-M3 begins: the stack, reset, then NMI and the faults. Nothing enables an interrupt.
struct Vectors {
    std::uint32_t* stack;
    void (*handlers[15])();
};
[[gnu::section(".vectors"), gnu::used]] const Vectors vectors = {
    &stack_top,
    {reset, fault, fault, fault, fault, fault, nullptr, nullptr, nullptr, nullptr, fault, fault, nullptr, fault, fault},
};
}
