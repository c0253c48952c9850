// Times every parser of this build over every stream and chunk size. Before that all of them must find the same events.
#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <utility>

namespace atwire::bench {
namespace {

constexpr std::size_t stream_size = 1 << 20;

const Stream& stream_of(std::string_view dialect, Content content) {
    static std::map<std::pair<std::string_view, Content>, Stream> made;
    const auto [place, fresh] = made.try_emplace({dialect, content});
    if (fresh) place->second = make_stream(dialect_named(dialect), content, stream_size);
    return place->second;
}

/// Whether all parsers of a dialect find the same in its streams, however they are cut, with no quirk and no doubt.
bool all_agree() {
    bool agree = true;
    for (const Content content : contents) {
        for (const std::size_t chunk : chunk_sizes) {
            std::map<std::string_view, Sum> first;
            for (const Parser& parser : parsers()) {
                const Stream& stream = stream_of(parser.dialect, content);
                const Sum sum = parser.parse(parser.decoding, stream, chunk);
                const Sum& expected = first.try_emplace(parser.dialect, sum).first->second;
                const bool plain = parser.decoding == nullptr || departures(*parser.decoding, stream, chunk) == 0;
                if (sum == expected && plain) continue;
                agree = false;
                std::fprintf(stderr, "bench: %s, %s, chunks of %zu, %s: %llu events, sum %016llx; expected %llu, %016llx%s\n",
                             parser.dialect.data(), name(content).data(), chunk, parser.style.data(),
                             static_cast<unsigned long long>(sum.events), static_cast<unsigned long long>(sum.value),
                             static_cast<unsigned long long>(expected.events), static_cast<unsigned long long>(expected.value),
                             plain ? "" : "; quirks or doubts");
            }
        }
    }
    return agree;
}

void time(benchmark::State& state, const Parser& parser, const Stream& stream, std::size_t chunk) {
    Sum sum;
    for (auto _ : state) {
        sum = parser.parse(parser.decoding, stream, chunk);
        benchmark::DoNotOptimize(sum);
    }
    using benchmark::Counter;
    const auto events = static_cast<double>(sum.events);
    state.counters["events/s"] = Counter(events, Counter::kIsIterationInvariantRate);
    state.counters["s/event"] = Counter(events, Counter::kIsIterationInvariantRate | Counter::kInvert);
    state.counters["bytes/s"] = Counter(static_cast<double>(stream.bytes.size()), Counter::kIsIterationInvariantRate);
}

/// Names are `<dialect>/<stream>/<chunk>/<style>`.
void register_all() {
    for (const Content content : contents) {
        for (const std::size_t chunk : chunk_sizes) {
            for (const Parser& parser : parsers()) {
                const std::string title = std::string{parser.dialect} + "/" + std::string{name(content)} + "/" +
                                          std::to_string(chunk) + "/" + std::string{parser.style};
                const Stream& stream = stream_of(parser.dialect, content);
                benchmark::RegisterBenchmark(
                    title.c_str(), [&parser, &stream, chunk](benchmark::State& state) { time(state, parser, stream, chunk); });
            }
        }
    }
}

}  // namespace
}  // namespace atwire::bench

int main(int count, char** arguments) {
    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
    if (!atwire::bench::all_agree()) return 1;
    atwire::bench::register_all();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
