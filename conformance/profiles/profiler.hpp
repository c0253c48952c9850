// Makes a profile of a dialogue's steps.
#ifndef CONFORMANCE_PROFILES_PROFILER_HPP
#define CONFORMANCE_PROFILES_PROFILER_HPP

#include <deque>

#include "captures/capture.hpp"
#include "captures/firmware.hpp"
#include "profiles/messages.hpp"
#include "profiles/profile.hpp"
#include "rules/listener.hpp"

namespace conformance {

/// The command as a trigger: `AT+QIOPEN=_,_,_,_,_`. An option's name and the numbers by which the manual tells forms of a command apart
/// are kept (`AT+CIPRXGET=2,_`), other parameters are `_`.
[[nodiscard]] std::string trigger_of(const Exchange& exchange);

class Profiler : public Listener {
public:
    /// Adds to `profile`, which must outlive it. What the capture's form can't show isn't profiled: frames where CRs and LFs are
    /// lost, times where there are none.
    Profiler(const atwire::Dialect& dialect, const Capture& capture, Profile& profile);
    /// The dialogue has ended: what is within a line may have gone on.
    void end();

protected:
    void heard(const HeardEvent& event) override;
    void heard(const HeardCommand& command) override;
    /// A line of the module.
    struct Line {
        Place place{};
        std::string wire{};
    };
    /// The line is counted for that.
    virtual void counted(About about, const Subject& subject, const std::string& alternative, const Line& line);

private:
    struct Asked {
        const Exchange* by = nullptr;  ///< the command that the line answers; nullptr where none does
        std::string_view place{};      ///< empty of a result
    };
    [[nodiscard]] Asked asked(const HeardEvent& event) const;
    void line(const HeardEvent& event);
    void see(About about, const Subject& subject, const std::string& alternative, const Line& line,
             std::set<std::string> quirks = {});
    void place(const Exchange& exchange, const std::string& message, std::string_view where, const Line& line);
    void frame(const HeardEvent& event, const std::string& message, const std::string& settings);
    void prompt_ends(std::string_view lead);
    void payload(const HeardEvent& event);
    void values(const HeardEvent& event, const std::string& message);
    void time(const Exchange& exchange, const std::string& message, const Place& now);
    void finish(const HeardEvent& event);
    void restart(const Place& place);

    Capture capture_;
    Profile& profile_;
    Dialogue dialogue_;
    Messages messages_;
    Firmware firmware_{};
    bool muted_ = false;
    bool behind_line_ = false;  ///< what came last is a line of a name, so that the next one's lead is its own
    /// A prompt whose blank, if it has one, is still to come.
    struct Prompted {
        Subject subject;
        std::string frame;
        Line line;
    };
    std::optional<Prompted> prompted_{};
    Subject header_{};  ///< of the payload under way
    Line header_line_{};
    std::string_view payload_class_{};  ///< of what has come of it
    std::size_t payload_length_ = 0;
    /// The messages that answered the last commands, by where the command stood.
    std::deque<std::pair<std::uint64_t, std::string>> answers_{};
};

}  // namespace conformance

#endif
