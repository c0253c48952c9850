#include "gate/decode.hpp"

#include <algorithm>
#include <array>
#include <atwire/session.hpp>
#include <memory>

#include "gate/joiner.hpp"

namespace conformance {
namespace {

/// A lead that is longer is printed in pieces, as framing, so that no input needs much memory.
constexpr std::size_t most_lead = 65536;

/// The bytes of one side that belong to nothing yet.
struct Window {
    std::string bytes{};      ///< from the first that a chunk ago belonged to nothing
    std::uint64_t base = 0;   ///< where they begin
    std::uint64_t begin = 0;  ///< where what hasn't been handed on begins

    std::string_view take(std::size_t length) {
        const std::string_view taken = std::string_view{bytes}.substr(begin - base, length);
        begin += taken.size();
        return taken;
    }
    [[nodiscard]] std::size_t left() const { return base + bytes.size() - begin; }
    void forget_taken() {
        bytes.erase(0, begin - base);
        base = begin;
    }
};

/// Feeds a session and hands on what it gives, each with its bytes.
class Stream {
public:
    /// `dialogue`: both sides come, so that it is known which commands are pending.
    Stream(const atwire::Dialect& dialect, const DecodeOptions& options, bool dialogue, Printer& printer)
        : chunk_{options.chunk},
          dialogue_{dialogue},
          printer_{printer},
          events_{printer},
          commands_{printer},
          session_{dialect, module_carry_, host_carry_} {
        session_.settings = settings_of(dialect, options.settings);
        if (options.strict) session_.module().accept({});
    }

    [[nodiscard]] atwire::Settings& settings() { return session_.settings; }
    void said(Side side, std::string_view bytes);
    void idle() {
        session_.module_idle();
        session_.host_idle();
        drain();
    }
    /// Prints what waits for more of its data.
    void flush() {
        events_.flush();
        commands_.flush();
    }
    /// The end: what is left belongs to nothing.
    void end();

private:
    void drain();
    void hand_on(const atwire::Event& event);
    void hand_on(const atwire::Command& command);
    [[nodiscard]] atwire::Wire shorten(Side side, atwire::Wire wire);
    void framing(Side side, std::size_t length);
    [[nodiscard]] Window& window(Side side) { return side == Side::host ? host_ : module_; }

    std::size_t chunk_;
    bool dialogue_;
    Printer& printer_;
    Joiner events_;
    CommandJoiner commands_;
    std::array<char, carry_size> module_carry_{};
    std::array<char, carry_size> host_carry_{};
    atwire::Session session_;
    Window module_;
    Window host_;
};

void Stream::said(Side side, std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = std::min(chunk_, bytes.size());
        std::string& all = window(side).bytes;
        all += bytes.substr(0, length);
        const std::string_view chunk = std::string_view{all}.substr(all.size() - length);
        if (side == Side::host)
            session_.host_said(chunk);
        else
            session_.module_said(chunk);
        drain();
        bytes.remove_prefix(length);
    }
}

void Stream::drain() {
    while (const atwire::Session::Said said = session_.next()) {
        if (said.event != nullptr)
            hand_on(*said.event);
        else
            hand_on(*said.command);
    }
    for (const Side side : {Side::module, Side::host}) {
        // Longer than any half line: the rest is lead.
        while (window(side).left() > most_lead + carry_size + 4) framing(side, most_lead);
        window(side).forget_taken();
    }
}

void Stream::hand_on(const atwire::Event& event) {
    if (!dialogue_) {  // what the host sends, nobody counts
        if (event.kind == atwire::Kind::prompt) settings().data_sent = atwire::Settings::unknown_sent;
        if (settings().pending_count == 0) settings().pending_known = false;
    }
    commands_.flush();
    atwire::Event shortened = event;
    shortened.wire = shorten(Side::module, event.wire);
    events_.add(shortened, module_.take(shortened.wire.length));
}

void Stream::hand_on(const atwire::Command& command) {
    events_.flush();
    atwire::Command shortened = command;
    shortened.wire = shorten(Side::host, command.wire);
    commands_.add(shortened, host_.take(shortened.wire.length));
}

/// The place without what of its lead has been printed as framing, or is now.
atwire::Wire Stream::shorten(Side side, atwire::Wire wire) {
    const auto rest = [&wire, &begin = window(side).begin] {
        const std::size_t gone = begin - wire.offset;
        return atwire::Wire{begin, wire.length - gone, wire.lead - gone};
    };
    for (wire = rest(); wire.lead > most_lead && !window(side).bytes.empty(); wire = rest()) framing(side, most_lead);
    return wire;
}

void Stream::framing(Side side, std::size_t length) {
    flush();
    const std::uint64_t offset = window(side).begin;
    printer_.framing(side, offset, window(side).take(length));
}

void Stream::end() {
    idle();
    flush();
    for (const Side side : {Side::module, Side::host})
        while (window(side).left() != 0) {
            framing(side, std::min(most_lead, window(side).left()));
            window(side).forget_taken();
        }
}

std::unique_ptr<Printer> printer_for(const atwire::Dialect& dialect, const DecodeOptions& options, std::ostream& output) {
    if (options.format == DecodeOptions::Format::text) return std::make_unique<TextPrinter>(output, options.colour);
    return std::make_unique<JsonPrinter>(output, dialect, settings_of(dialect, options.settings));
}

void play(const Step& step, const atwire::Dialect& dialect, const std::string& file, Stream& stream) {
    switch (step.type) {
        case Step::Type::module: stream.said(Side::module, step.bytes); break;
        case Step::Type::host: stream.said(Side::host, step.bytes); break;
        case Step::Type::idle: stream.idle(); break;
        case Step::Type::expected: break;
        case Step::Type::settings:
            try {
                for (const Setting& setting : step.settings) apply(setting, dialect, stream.settings());
            } catch (const std::invalid_argument& wrong) {
                throw std::runtime_error{file + ":" + std::to_string(step.line) + ": " + wrong.what()};
            }
            break;
    }
}

const atwire::Dialect& dialect_of(const CaptureReader& reader, const DecodeOptions& options, const std::string& file) {
    if (options.dialect != nullptr) return *options.dialect;
    if (reader.dialect() != nullptr) return *reader.dialect();
    const bool transcript = reader.capture().form == Form::transcript;
    throw std::runtime_error{file +
                             (transcript ? ": no `# dialect:` header before the first line" : ": nothing in it names a dialect") +
                             ": --dialect is needed"};
}

}  // namespace

atwire::Settings settings_of(const atwire::Dialect& dialect, const std::vector<Setting>& named) {
    atwire::Settings settings;
    for (const Setting& setting : named) apply(setting, dialect, settings);
    return settings;
}

void decode(Input& input, const DecodeOptions& options, std::ostream& output) {
    input.flush_before_reading(output);
    const auto reader = open_capture(input, options.form);
    std::optional<Step> step = reader->next();
    const atwire::Dialect& dialect = dialect_of(*reader, options, input.name());
    const auto printer = printer_for(dialect, options, output);
    const bool dialogue = reader->capture().both_sides;
    Stream stream{dialect, options, dialogue, *printer};
    for (; step; step = reader->next()) {
        if (!dialogue && options.side == Side::host) step->type = Step::Type::host;
        if (dialogue && options.format == DecodeOptions::Format::text) {  // for people a payload ends where another line begins
            stream.flush();
            printer->step(*step);
        }
        play(*step, dialect, input.name(), stream);
    }
    stream.end();
}

}  // namespace conformance
