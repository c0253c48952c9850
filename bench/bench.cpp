// Times every case of this build. Before that all parsers must find the same events.
#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>

namespace atwire::bench {
namespace {

constexpr std::size_t stream_size = 1 << 20;

void time(benchmark::State& state, const Case& one, const Stream& stream, std::uint64_t events) {
    for (auto _ : state) {
        Sum sum = pass(one, stream);
        benchmark::DoNotOptimize(sum);
    }
    using benchmark::Counter;
    const auto bytes = static_cast<double>(stream.bytes.size());
    state.counters["s/event"] = Counter(static_cast<double>(events), Counter::kIsIterationInvariantRate | Counter::kInvert);
    state.counters["s/byte"] = Counter(bytes, Counter::kIsIterationInvariantRate | Counter::kInvert);
}

}  // namespace
}  // namespace atwire::bench

int main(int count, char** arguments) {
    using namespace atwire::bench;
    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
    const std::vector<Case> all = cases();
    Streams streams{stream_size};
    const std::vector<std::string> wrong = disagreements(all, streams);
    for (const std::string& one : wrong) std::fprintf(stderr, "bench: %s\n", one.c_str());
    if (!wrong.empty()) return 1;
    for (const Case& one : all) {
        const Stream& stream = streams.of(one);
        benchmark::RegisterBenchmark(name(one).c_str(), [&one, &stream, events = events_in(one, stream)](
                                                            benchmark::State& state) { time(state, one, stream, events); });
    }
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
