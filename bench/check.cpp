// Times `atwire check` on raw captures: a stream of the module's bytes, held to all rules of its dialect.
#include <benchmark/benchmark.h>

#include "rules/checker.hpp"
#include "streams.hpp"
#include "transcripts/dialects.hpp"

namespace atwire::bench {
namespace {

using conformance::Step;

/// What the stream was written with, as a capture's `# settings:` would say it.
Step settings_of(const Settings& given) {
    Step step{.type = Step::Type::settings};
#define ATWIRE_GIVEN(name, most) \
    if (given.name != unset) step.settings.push_back({#name, std::to_string(given.name)});
    ATWIRE_SETTINGS(ATWIRE_GIVEN)
#undef ATWIRE_GIVEN
    for (std::size_t socket = 0; socket < given.access_mode.size(); ++socket)
        if (given.access_mode[socket] != unset)
            step.settings.push_back({"access_mode." + std::to_string(socket), std::to_string(given.access_mode[socket])});
    return step;
}

/// The steps that a reader of raw captures gives.
std::vector<Step> steps_of(const Stream& stream) {
    std::vector<Step> steps{settings_of(stream.settings)};
    for (std::size_t at = 0; at < stream.bytes.size(); at += conformance::Input::size)
        steps.push_back({.type = Step::Type::module, .bytes = stream.bytes.substr(at, conformance::Input::size)});
    return steps;
}

std::size_t check(const Dialect& dialect, const std::vector<Step>& steps) {
    std::size_t found = 0;
    conformance::Checker checker{
        dialect, {conformance::Form::raw, true, false, false}, [&found](const conformance::Finding&) { ++found; }};
    for (const Step& step : steps) checker.take(step);
    checker.end();
    return found;
}

}  // namespace
}  // namespace atwire::bench

int main(int count, char** arguments) {
    using namespace atwire::bench;
    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
    for (const atwire::Dialect* dialect : conformance::dialects())
        for (const Content content : {Content::urc_mix, Content::push_1460, Content::coap}) {
            if (!has(*dialect, content)) continue;
            const Stream stream = make_stream(*dialect, content, std::size_t{4} << 20);
            const std::vector<Step> steps = steps_of(stream);
            const std::string title = std::string{dialect->facts.name} + "/" + std::string{name(content)};
            benchmark::RegisterBenchmark(title.c_str(), [dialect, steps, size = stream.bytes.size()](benchmark::State& state) {
                std::size_t found = 0;
                for (auto _ : state) found = check(*dialect, steps);
                state.counters["findings"] = static_cast<double>(found);
                state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
            });
        }
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
