#include "gate/evidence.hpp"

#include <algorithm>

#include "gate/check.hpp"
#include "gate/profile.hpp"
#include "gate/timeline_recorder.hpp"
#include "profiles/profiler.hpp"

namespace conformance {
namespace {

/// Messages kept of one capture, and of all.
constexpr std::size_t most_of_one = 5000, most_of_all = 40000;

/// A line that a difference quotes, without what frames it.
struct Wanted {
    std::size_t difference;
    std::optional<About> about;  ///< what it is counted for; nothing of a command, which has taken so long
    std::string trigger;         ///< the command that it answers; empty where that doesn't matter
    std::string form;            ///< the alternative that it shows; empty where the line says it
    std::string line;            ///< at most as long as an example is
};

/// What the difference is read off.
std::optional<About> about_of(const Difference& one) {
    switch (one.change) {
        case Change::times_grown: return {};
        case Change::framing_changed: return About::frame;
        case Change::payload_changed: return About::payload;
        case Change::order_changed: return About::place;
        case Change::result_changed: return About::result;
        default: return About::shape;
    }
}

std::string unframed(std::string line) {
    line.erase(line.find_last_not_of("\r\n ") + 1);
    return line.erase(0, line.find_first_not_of("\r\n "));
}

/// Of one side.
std::vector<Wanted> wanted_of(const Diff& diff, bool old) {
    std::vector<Wanted> all;
    for (std::size_t i = 0; i < diff.found.size(); ++i) {
        const Difference& one = diff.found[i];
        const Shown& side = old ? one.old : one.now;
        const std::optional<About> about = about_of(one);
        if (!side.line.empty())
            all.push_back({i, about, one.subject.trigger, about == About::shape ? std::string{} : side.form,
                           about == About::frame ? unframed(side.line) : side.line});
    }
    return all;
}

/// Where the wanted lines stand in a capture.
class Spotter : public Profiler {
public:
    struct Spot {
        std::size_t wanted;  ///< its number
        Place place;
        std::string wire;
    };
    /// The profile is nobody's.
    Spotter(const atwire::Dialect& dialect, const Capture& capture, Profile& profile, const std::vector<Wanted>& wanted,
            const std::function<void(const Spot&)>& spotted)
        : Profiler{dialect, capture, profile}, wanted_{wanted}, spotted_{spotted} {}

protected:
    void counted(About about, const Subject& subject, const std::string& alternative, const Line& line) override {
        look(line.place, line.wire, [&](const Wanted& one) {
            return one.about == about && (one.trigger.empty() || one.trigger == subject.trigger) &&
                   (one.form.empty() || one.form == alternative);
        });
    }
    void heard(const HeardCommand& command) override {
        Profiler::heard(command);
        look(command.place, command.wire, [](const Wanted& one) { return !one.about; });
    }
    using Profiler::heard;

private:
    void look(const Place& place, std::string_view wire, const std::function<bool(const Wanted&)>& fits) {
        for (std::size_t i = 0; i < wanted_.size(); ++i)
            if (wire.substr(0, Example::most) == wanted_[i].line && fits(wanted_[i])) spotted_({i, place, std::string{wire}});
    }

    const std::vector<Wanted>& wanted_;
    std::function<void(const Spot&)> spotted_;
};

/// What one capture shows of the wanted lines; adds a scene where that is something, and drops these from `wanted`.
void look_into(Input& input, const PlayOptions& options, bool old, std::vector<Wanted>& wanted, Evidence& evidence) {
    Scene scene{.is_old = old, .name = input.name(), .capture = {}};
    std::vector<Spotter::Spot> spots;
    std::optional<TimelineRecorder> recorder;
    Profile ignored;
    std::optional<Spotter> spotter;
    bool timed = false;
    play(input, options, [&](const atwire::Dialect& dialect, const Capture& capture) {
        scene.capture = capture;
        recorder.emplace(dialect, capture, most_of_one, scene.timeline);
        spotter.emplace(dialect, capture, ignored, wanted, [&](const Spotter::Spot& spot) {
            recorder->found();
            if (std::ranges::none_of(spots, [&](const auto& one) { return one.wanted == spot.wanted; })) spots.push_back(spot);
        });
        return [&](const Step& step) {
            timed = timed || step.time.has_value();
            recorder->take(step);
            spotter->take(step);
        };
    });
    recorder->end();
    spotter->end();
    scene.capture.times = timed;
    const MessageIndex index{scene.timeline};
    std::vector<std::size_t> seen;
    for (const Spotter::Spot& spot : spots) {
        const auto message = index.of(spot.place, spot.wire, !wanted[spot.wanted].about);
        if (!message) continue;
        evidence.shown[{wanted[spot.wanted].difference, old}] = {evidence.scenes.size(), *message};
        seen.push_back(spot.wanted);
    }
    if (seen.empty()) return;
    evidence.scenes.push_back(std::move(scene));
    std::ranges::sort(seen, std::ranges::greater{});
    for (const std::size_t one : seen) wanted.erase(wanted.begin() + static_cast<std::ptrdiff_t>(one));
}

}  // namespace

Evidence evidence_of(const Diff& diff, const PlayOptions& options) {
    Evidence evidence;
    std::size_t messages = 0;
    for (const bool old : {false, true}) {  // the new ones are looked at first
        std::vector<Wanted> wanted = wanted_of(diff, old);
        for (const std::string& name : captures_named({old ? diff.old.name : diff.now.name}, true)) {
            if (wanted.empty() || messages >= most_of_all) break;
            if (name == "-") continue;
            Input input{name};
            if (is_profile(input)) continue;
            const std::size_t before = evidence.scenes.size();
            look_into(input, options, old, wanted, evidence);
            if (evidence.scenes.size() != before) messages += evidence.scenes.back().timeline.messages.size();
        }
    }
    return evidence;
}

}  // namespace conformance
