// Listens to a capture for its timeline.
#ifndef CONFORMANCE_GATE_TIMELINE_RECORDER_HPP
#define CONFORMANCE_GATE_TIMELINE_RECORDER_HPP

#include "gate/timeline.hpp"
#include "rules/listener.hpp"

namespace conformance {

/// Keeps at most so many messages: all of a short dialogue, else those around the first finding, or the last where there is none.
class TimelineRecorder : public Listener {
public:
    TimelineRecorder(const atwire::Dialect& dialect, const Capture& capture, std::size_t most, Timeline& into)
        : Listener{dialect, capture}, most_{most}, timeline_{into} {}

    /// Something was found in what has been taken.
    void found();
    /// The same of what is only counted.
    void counted(const Finding& finding);
    /// The dialogue has ended.
    void end() { idle(); }

protected:
    void heard(const HeardEvent& event) override;
    void heard(const HeardCommand& command) override;

private:
    /// Whether the message that has come isn't kept.
    [[nodiscard]] bool passes();
    void keep(Message message);

    std::size_t most_;
    Timeline& timeline_;
    bool found_ = false;
    std::optional<std::uint32_t> command_socket_{};  ///< of the last command
    std::optional<std::uint32_t> payload_socket_{};  ///< of the last event that payload may follow
};

}  // namespace conformance

#endif
