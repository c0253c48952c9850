// One pass of every case whose name begins with the argument, for `valgrind --tool=callgrind --instr-atstart=no`, which writes a file
// for each. Prints a line for each, in the files' order: name, events, bytes.
#include "measure.hpp"

#include <valgrind/callgrind.h>

#include <cstdio>

int main(int count, char** arguments) {
    using namespace atwire::bench;
    const std::string_view wanted = count > 1 ? arguments[1] : "";
    Streams streams{1 << 17};
    for (const Case& one : cases()) {
        const std::string title = name(one);
        if (!title.starts_with(wanted)) continue;
        const Stream& stream = streams.of(one);
        (void)pass(one, stream);  // what is made once isn't counted
        CALLGRIND_START_INSTRUMENTATION;
        CALLGRIND_ZERO_STATS;
        (void)pass(one, stream);
        CALLGRIND_DUMP_STATS_AT(title.c_str());
        CALLGRIND_STOP_INSTRUMENTATION;
        std::printf("%s\t%llu\t%zu\n", title.c_str(), static_cast<unsigned long long>(events_in(one, stream)),
                    stream.bytes.size());
    }
}
