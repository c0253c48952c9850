// Bytes as they come from a port, made a transcript's steps.
#ifndef CONFORMANCE_GATE_STEPS_HPP
#define CONFORMANCE_GATE_STEPS_HPP

#include <functional>

#include "gate/writer.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {

/// Makes a step of each line, with the time of its first byte, in the order in which both sides spoke. A line that comes in pieces is put
/// together while no piece is late; what is no line is cut where the reads were, or where it is long.
class Steps {
public:
    using Take = std::function<void(const Step&)>;
    explicit Steps(Take take) : take_{std::move(take)} {}

    /// Times are in seconds and never go back.
    void said(Side side, std::string_view bytes, double now);
    /// Time has passed: half a line that nothing came for is a step, too.
    void tick(double now);
    /// Both sides have been silent.
    void idle(double now);
    /// Makes a step of half a line.
    void flush();

    /// When `tick` has something to do.
    [[nodiscard]] std::optional<double> due() const;
    /// Since when nobody has spoken; nothing where nobody has yet.
    [[nodiscard]] std::optional<double> silent_since() const { return last_; }
    /// Whether that has been said by `idle`.
    [[nodiscard]] bool is_idle() const { return idle_; }

private:
    [[nodiscard]] bool is_line(char next) const;

    Take take_;
    Side side_ = Side::module;
    std::string held_;   ///< of a line that hasn't ended
    bool text_ = false;  ///< not only CRs and LFs
    double begun_ = 0;   ///< when the first of these came
    std::optional<double> last_{};
    bool idle_ = false;
};

/// A step of either side's bytes, or of a silence, as a transcript's line.
[[nodiscard]] std::string line_of(const Step& step);

}  // namespace conformance

#endif
