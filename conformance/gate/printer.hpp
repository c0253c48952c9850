// What `decode` prints: a row for each event, for programs or for people.
#ifndef CONFORMANCE_GATE_PRINTER_HPP
#define CONFORMANCE_GATE_PRINTER_HPP

#include <optional>
#include <ostream>

#include "gate/writer.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {

/// What takes the events, one row each.
class Printer {
public:
    virtual ~Printer() = default;
    /// `bytes` are the event's on the wire, its lead first.
    virtual void event(const atwire::Event& event, std::string_view bytes) = 0;
    virtual void command(const atwire::Command& command, std::string_view bytes) = 0;
    /// Framing bytes of one side that lead no event or command.
    virtual void framing(Side side, std::uint64_t offset, std::string_view bytes) = 0;
    /// The transcript's line that comes next. What was said in it follows as events and commands.
    virtual void step(const Step& step) = 0;
};

/// One JSON object a line:
///   {"event":"socket_opened","socket":0,"error":0,"wire":[6,16],"quirks":[]}
/// with `doubts` where there are any, `lead` where it is not the one that EventWriter would give it, and `line`, the bytes behind
/// the lead, where EventWriter would write others. Framing bytes that lead no event, at the very end or in a lead of more than
/// 64 KiB, are {"event":"framing","data":"\r\n","wire":[22,2],"quirks":[]}. Commands are the same, with "dir":"host", and `line` where
/// CommandWriter would write others:
///   {"dir":"host","command":"close_socket","socket":0,"wire":[0,13]}
class JsonPrinter : public Printer {
public:
    /// `settings` are those that the writer will have: not what a dialogue sets.
    JsonPrinter(std::ostream& output, const atwire::Dialect& dialect, const atwire::Settings& settings)
        : output_{output}, writer_{dialect, settings}, command_writer_{dialect, settings} {}
    void event(const atwire::Event& event, std::string_view bytes) override;
    void command(const atwire::Command& command, std::string_view bytes) override;
    void framing(Side side, std::uint64_t offset, std::string_view bytes) override;
    void step(const Step&) override {}

private:
    std::ostream& output_;
    EventWriter writer_;
    CommandWriter command_writer_;
};

/// Columns: place or time, direction, bytes, event or command, fields, [quirks], (doubts). A malformed line is shown whole, with a caret under the byte that no documented form allows.
class TextPrinter : public Printer {
public:
    TextPrinter(std::ostream& output, bool colour) : output_{output}, colour_{colour} {}
    void event(const atwire::Event& event, std::string_view bytes) override;
    void command(const atwire::Command& command, std::string_view bytes) override;
    void framing(Side side, std::uint64_t offset, std::string_view bytes) override;
    void step(const Step& step) override;

private:
    void begin(Side side, std::uint64_t offset);
    void row(std::string_view wire, std::string_view name, const std::string& fields);
    [[nodiscard]] std::string coloured(const char* code, const std::string& text) const;

    std::ostream& output_;
    bool colour_;
    std::optional<double> time_{};
};

}  // namespace conformance

#endif
