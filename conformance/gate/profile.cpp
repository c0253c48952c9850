#include "gate/profile.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "captures/input.hpp"
#include "gate/arguments.hpp"
#include "gate/check.hpp"
#include "profiles/profile_file.hpp"
#include "profiles/profiler.hpp"

namespace conformance {
namespace {

Profile profile_capture(Input& input, const PlayOptions& options) {
    Profile profile;
    std::optional<Profiler> profiler;
    play(input, options, [&](const atwire::Dialect& dialect, const Capture& capture) {
        profiler.emplace(dialect, capture, profile);
        return [&profiler](const Step& step) { profiler->take(step); };
    });
    profiler->end();
    return profile;
}

/// A profile where it begins as one, else a capture.
Profile profile_file(const std::string& name, const PlayOptions& options) {
    Input input{name};
    if (!is_profile(input)) return profile_capture(input, options);
    std::istream stream{&input};
    stream.exceptions(std::ios::badbit);
    Profile profile = read_profile(stream, input.name());
    if (options.dialect != nullptr && profile.dialect != options.dialect)
        throw std::runtime_error{input.name() + ": its dialect is " + std::string{profile.dialect->facts.name} + ", not " +
                                 std::string{options.dialect->facts.name} + " as --dialect says"};
    return profile;
}

/// What is known of a file once it is read.
struct Outcome {
    const atwire::Dialect* dialect = nullptr;
    bool silent = false;  ///< no line of a module
    std::string error{};
};

void complain(const std::vector<std::string>& arguments, const std::vector<std::string>& names,
              const std::vector<Outcome>& outcomes) {
    const bool all = std::ranges::all_of(outcomes, &Outcome::silent);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (!outcomes[i].error.empty()) throw std::runtime_error{outcomes[i].error};
        if (outcomes[i].silent && (all || std::ranges::find(arguments, names[i]) != arguments.end()))
            throw std::runtime_error{names[i] + ": no line of a module is in it"};
        if (outcomes[i].dialect != outcomes[0].dialect)
            throw std::runtime_error{names[i] + ": its dialect is " + std::string{outcomes[i].dialect->facts.name} +
                                     ", that of " + names[0] + " is " + std::string{outcomes[0].dialect->facts.name}};
    }
}

}  // namespace

bool is_profile(Input& input) { return input.first(profile_mark.size()) == profile_mark; }

Profile profile_of(const std::vector<std::string>& arguments, const ProfileOptions& options) {
    const std::vector<std::string> names = captures_named(arguments, true);
    if (names.empty())
        throw std::runtime_error{"there is no capture in " + arguments.front() +
                                 "; atwire check --help says how a directory's are named"};
    const Progress progress{names.size()};
    std::vector<Outcome> outcomes(names.size());
    std::vector<Profile> sums(std::clamp<std::size_t>(options.jobs, 1, names.size()));
    std::atomic<std::size_t> next = 0;
    std::mutex reporting;
    std::size_t finished = 0;
    const auto work = [&](Profile& sum) {
        for (std::size_t i; (i = next++) < names.size();) {
            try {
                const Profile one = profile_file(names[i], options.play);
                outcomes[i].dialect = one.dialect;
                outcomes[i].silent = one.empty();
                if (sum.dialect == nullptr || sum.dialect == one.dialect) sum += one;
            } catch (const std::exception& error) {
                outcomes[i].error = error.what();
            }
            const std::lock_guard lock{reporting};
            progress(++finished);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < sums.size(); ++i) threads.emplace_back([&work, &sum = sums[i]] { work(sum); });
        work(sums[0]);
    }
    complain(arguments, names, outcomes);
    Profile all;
    for (const Profile& sum : sums) all += sum;
    return all;
}

}  // namespace conformance
