// Terminal logs: what the module has sent, as a terminal program has kept it. picocom and screen keep each byte, minicom drops CRs and
// what it doesn't print.
#include <algorithm>

#include "captures/at_lines.hpp"
#include "captures/dialogue.hpp"
#include "captures/lines.hpp"
#include "captures/readers.hpp"

namespace conformance {
namespace {

/// What the lines of a log's beginning show.
struct Survey {
    std::size_t traffic = 0;    ///< lines of AT traffic
    std::size_t commands = 0;   ///< of these
    std::size_t own_ends = 0;   ///< commands that end in CR CR LF: their own end, and the lead of what follows
    std::size_t ends = 0;       ///< LFs
    std::size_t full_ends = 0;  ///< of these, behind a CR
    bool all_even = true;       ///< the runs of line ends that follow no command
    bool any_long = false;      ///< one of these has four ends or more: a blank line, if ends are doubled
    bool edited = false;        ///< backspaces or escape sequences
};

Survey survey(std::string_view head) {
    Survey found;
    std::size_t run = 0;
    bool behind_command = true;
    while (!head.empty()) {
        const std::string_view line = take_row(head);
        const std::string_view text = without_end(line);
        if (!text.empty()) {
            if (!behind_command) {
                found.all_even &= run % 2 == 0;
                found.any_long |= run >= 4;
            }
            run = 0;
            behind_command = is_command(text);
            found.traffic += is_at(text);
            found.commands += behind_command;
            found.own_ends += behind_command && line.ends_with("\r\r\n");
            found.edited |= text.find_first_of("\b\x1B") != text.npos;
        }
        if (!line.ends_with('\n')) continue;
        ++run;
        ++found.ends;
        found.full_ends += line.ends_with("\r\n");
    }
    return found;
}

Ends ends_of(std::string_view head) {
    const Survey found = survey(head);
    const bool full = found.full_ends * 10 >= found.ends * 9;
    if (full && found.own_ends * 2 >= found.commands && !found.edited) return Ends::kept;
    return found.all_even && found.any_long ? Ends::doubled : Ends::lost;
}

/// Where the escape sequence ends that begins at `at` (ECMA-48, 5.4 and 5.6).
std::size_t end_of_sequence(std::string_view line, std::size_t at) {
    if (++at == line.size()) return at;
    const char kind = line[at++];
    if (kind == ']') {  // to BEL or ESC backslash
        at = std::min(line.find_first_of("\a\x1B", at), line.size() - 1) + 1;
        return line[at - 1] == '\x1B' ? std::min(at + 1, line.size()) : at;
    }
    const bool control = kind == '[';
    while (at < line.size() && (control ? line[at] < '@' : kind >= ' ' && kind <= '/' && line[at - 1] <= '/')) ++at;
    return std::min(at + control, line.size());
}

/// What is left to see of a line when its escape sequences have passed and its backspaces have been obeyed.
std::string shown(std::string_view line) {
    std::string text;
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == '\x1B') {
            at = end_of_sequence(line, at);
            continue;
        }
        if (line[at] != '\b')
            text += line[at];
        else if (!text.empty())
            text.pop_back();
        ++at;
    }
    return text;
}

class TerminalReader : public CaptureReader {
public:
    TerminalReader(Input& input, Ends ends)
        : CaptureReader{{.form = Form::terminal,
                         .framing = ends == Ends::kept,
                         .times = false,
                         .both_sides = true,
                         .echoed = true}},
          kept_{ends == Ends::kept},
          lines_{input},
          dialogue_{ends} {}

    std::optional<Step> next() override {
        for (;;) {
            if (auto step = dialogue_.next()) return step;
            const auto line = lines_.next();
            if (!line) return std::nullopt;
            if (kept_) {
                dialogue_.add(*line, Mark::none, lines_.number(), std::nullopt);
                continue;
            }
            std::string text = shown(*line);
            if (!text.ends_with('\n') && line->size() < Lines::longest) text += '\n';  // the file's last
            dialogue_.add(text, Mark::none, lines_.number(), std::nullopt);
        }
    }

private:
    bool kept_;
    Lines lines_;
    LogDialogue dialogue_;
};

}  // namespace

bool is_terminal(std::string_view head) {
    const Survey found = survey(head);
    return found.commands != 0 || (found.traffic != 0 && found.full_ends == 0 && found.ends != 0);
}

bool is_raw(std::string_view head) { return survey(head).traffic != 0; }

std::unique_ptr<CaptureReader> terminal_reader(Input& input) {
    return std::make_unique<TerminalReader>(input, ends_of(input.first(Input::size)));
}

}  // namespace conformance
