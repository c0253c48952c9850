// A script: a transcript whose host's lines are sent.
#ifndef CONFORMANCE_GATE_SCRIPT_HPP
#define CONFORMANCE_GATE_SCRIPT_HPP

#include <atwire/session.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "transcripts/transcript.hpp"

namespace conformance {

/// One line that is sent, or a silence.
struct ScriptLine {
    std::string place{};              ///< `script.at:12`
    std::string bytes{};              ///< empty: a silence
    std::vector<Expected> awaited{};  ///< notices that have to come behind it, before the next is sent
};

/// The `>` and `~` lines of a transcript; its `=` lines that name a notice belong to the `>` line above them. Its other lines say
/// nothing to a script. Throws std::runtime_error, one line, where the file can't be read or is of another dialect.
[[nodiscard]] std::vector<ScriptLine> read_script(const std::string& file, const atwire::Dialect& dialect);

/// Says when the next line is to be sent: behind the final result and the notices of the one before, or when their documented time is
/// over. Data waits for its prompt.
class Script {
public:
    struct Pace {
        double undocumented = 10;  ///< seconds for what the manual gives no time
        double byte = 0;           ///< seconds that a byte takes on the line
    };
    /// Takes a line about a command that had no result in time.
    using Say = std::function<void(const std::string&)>;
    Script(std::vector<ScriptLine> lines, const atwire::Dialect& dialect, Pace pace, Say say);

    /// What is to be sent, where it is time: ask whenever somebody has spoken, and every now and then. `silent`: for how many seconds
    /// nobody has spoken, where the session knows that. Call `sent` when the session has heard it.
    std::optional<std::string> next(atwire::Session& session, double now, double silent);
    void sent(const atwire::Session& session, double now);
    /// The module has said that; the session knows.
    void heard(const atwire::Event& event);

    [[nodiscard]] bool done() const { return !waits_ && at_ == lines_.size(); }
    /// How many lines were sent.
    [[nodiscard]] std::size_t said() const { return said_; }
    /// How many lines had no result in time, or could not be sent.
    [[nodiscard]] std::size_t missed() const { return missed_; }

private:
    [[nodiscard]] bool is_answered(atwire::Session& session) const;
    void miss(const ScriptLine& line, const std::string& why);
    void give_up(atwire::Session& session, double limit);

    std::vector<ScriptLine> lines_;
    const atwire::Dialect* dialect_;
    Pace pace_;
    Say say_;
    std::size_t at_ = 0;  ///< the next line
    bool waits_ = false;  ///< for what answers the line before it
    std::vector<Expected> awaited_{};
    double sent_at_ = 0;
    double result_limit_ = 0;  ///< seconds from there
    double notice_limit_ = 0;  ///< the same; not less
    std::size_t said_ = 0;
    std::size_t missed_ = 0;
};

}  // namespace conformance

#endif
