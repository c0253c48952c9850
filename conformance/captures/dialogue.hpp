// Tells the two sides of a log apart, and gives its lines the ends that they had on the wire.
#ifndef CONFORMANCE_CAPTURES_DIALOGUE_HPP
#define CONFORMANCE_CAPTURES_DIALOGUE_HPP

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "transcripts/transcript.hpp"

namespace conformance {

/// How much a log has left of the CRs and LFs.
enum class Ends {
    kept,     ///< all
    lost,     ///< a line is one where CR LF was, a blank one too; what else they were is gone
    doubled,  ///< the same, with two ends for each
};

/// Whose line it is. Nobody's: the module has sent it, and echoes the host's.
enum class Mark { none, host, module };

/// A command is a line that begins with AT where no other waits for its result; host and module both say it, until ATE0. What follows
/// a prompt is the host's data, to its announced length, a Ctrl-Z or the next result. Lost ends are CR behind a command, CR LF around and
/// behind the module's lines, Ctrl-Z behind data whose length was not announced.
class LogDialogue {
public:
    explicit LogDialogue(Ends ends) : ends_{ends} {}

    /// The next line with its end, or a piece of one; where ends are kept, any bytes.
    void add(std::string_view line, Mark mark, std::size_t number, std::optional<double> time);
    /// The next step that is known; nothing where more lines are needed.
    std::optional<Step> next();

private:
    enum class Last { nothing, command, prompt, data, module };

    void add_row(std::string_view line, Mark mark);
    void host_line(std::string_view text);
    void module_line(std::string_view line, std::string_view text);
    void echoed_line(std::string_view line, std::string_view text);
    void blank(std::string_view line);
    void command(std::string_view text);
    void prompt(std::string_view line, std::string_view text);
    void data(std::string_view line, std::string_view text, bool echoed);
    void end_data(bool by_result);
    /// What the module says of a line; `kept` is what the log has of it.
    void answer(std::string_view kept, std::string_view text);
    [[nodiscard]] std::string lead() const;
    void say(Step::Type side, std::string_view bytes);

    Ends ends_;
    std::deque<Step> steps_{};
    std::size_t number_ = 0;
    std::optional<double> time_{};

    Last last_ = Last::nothing;
    bool within_line_ = false;           ///< the piece that came last had no end
    std::size_t line_ends_ = 0;          ///< since the last text
    std::string held_{};                 ///< ends behind data: the data's where more of it follows, else the module's
    std::string command_{};              ///< the last one
    bool pending_ = false;               ///< it waits for its final result
    bool echo_ = true;                   ///< the module sends back what the host says
    bool sending_ = false;               ///< what the host says is data
    std::optional<std::size_t> left_{};  ///< of the data, where the command has announced its length
};

}  // namespace conformance

#endif
