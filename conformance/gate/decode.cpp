#include "gate/decode.hpp"

#include <algorithm>
#include <istream>
#include <memory>

#include "gate/joiner.hpp"
#include "transcripts/player.hpp"

namespace conformance {
namespace {

/// A lead that is longer is printed in pieces, as framing, so that no input needs much memory.
constexpr std::size_t most_lead = 65536;

/// Feeds a decoder and hands its events on, each with its bytes. Keeps the bytes that belong to no event yet.
class Stream {
public:
    /// `dialogue`: the host's lines come too, so that it is known which commands are pending.
    Stream(const atwire::Dialect& dialect, const DecodeOptions& options, bool dialogue, Printer& printer)
        : chunk_{options.chunk},
          dialogue_{dialogue},
          printer_{printer},
          joiner_{printer},
          settings_{settings_of(dialect, options.settings)},
          decoder_{dialect, settings_, carry_},
          host_{decoder_, dialect.facts} {
        if (options.strict) decoder_.accept({});
    }

    [[nodiscard]] atwire::Settings& settings() { return settings_; }
    void module(std::string_view bytes);
    void host(std::string_view bytes) {
        host_.sent(bytes);
        drain();
    }
    void idle() {
        decoder_.idle();
        drain();
    }
    /// Prints what waits for more of its payload.
    void flush() { joiner_.flush(); }
    /// The end: what is left belongs to no event.
    void end();

private:
    void drain();
    void said(const atwire::Event& event);
    void hand_on(atwire::Event event);
    void framing(std::size_t length);
    std::string_view take(std::size_t length);

    std::size_t chunk_;
    bool dialogue_;
    Printer& printer_;
    Joiner joiner_;
    std::array<char, carry_size> carry_{};
    atwire::Settings settings_;
    atwire::Decoder decoder_;
    HostSide host_;
    std::string window_;       ///< from the first byte that a chunk ago belonged to no event
    std::uint64_t base_ = 0;   ///< where the window begins
    std::uint64_t begin_ = 0;  ///< where what hasn't been handed on begins
};

void Stream::module(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = std::min(chunk_, bytes.size());
        window_ += bytes.substr(0, length);
        decoder_.feed(std::string_view{window_}.substr(window_.size() - length));
        drain();
        bytes.remove_prefix(length);
    }
}

void Stream::drain() {
    while (const atwire::Event* event = decoder_.next()) {
        said(*event);
        hand_on(*event);
    }
    // Longer than any half line: the rest is lead.
    while (base_ + window_.size() - begin_ > most_lead + carry_size + 4) framing(most_lead);
    window_.erase(0, begin_ - base_);
    base_ = begin_;
}

void Stream::said(const atwire::Event& event) {
    auto& settings = decoder_.settings;
    if (!dialogue_ && event.kind == atwire::Kind::prompt) return;  // how much the host sends then, nobody counts
    host_.said(event);
    if (!dialogue_ && settings.pending_count == 0) settings.pending_known = false;
}

void Stream::hand_on(atwire::Event event) {
    const auto shorten = [&event, this] {
        const std::size_t gone = begin_ - event.wire.offset;
        event.wire = {begin_, event.wire.length - gone, event.wire.lead - gone};
    };
    shorten();
    while (event.wire.lead > most_lead && !window_.empty()) {
        framing(most_lead);
        shorten();
    }
    joiner_.add(event, take(event.wire.length));
}

void Stream::framing(std::size_t length) {
    joiner_.flush();
    const std::uint64_t offset = begin_;
    printer_.framing(offset, take(length));
}

std::string_view Stream::take(std::size_t length) {
    const std::string_view bytes = std::string_view{window_}.substr(begin_ - base_, length);
    begin_ += bytes.size();
    return bytes;
}

void Stream::end() {
    idle();
    joiner_.flush();
    while (!window_.empty()) {
        framing(std::min(most_lead, window_.size()));
        window_.erase(0, begin_ - base_);
        base_ = begin_;
    }
}

bool is_transcript(Input& input, const DecodeOptions& options) {
    if (options.raw) return false;
    if (input.name().ends_with(".at")) return true;
    if (!input.ready().starts_with('#')) return false;
    std::string_view text = input.first(4096);
    while (text.starts_with('#')) {
        if (text.starts_with("# dialect: ")) return true;
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
    return false;
}

std::unique_ptr<Printer> printer_for(const atwire::Dialect& dialect, const DecodeOptions& options, std::ostream& output) {
    if (options.format == DecodeOptions::Format::text) return std::make_unique<TextPrinter>(output, options.colour);
    return std::make_unique<JsonPrinter>(output, dialect, settings_of(dialect, options.settings));
}

void decode_raw(Input& input, const DecodeOptions& options, std::ostream& output) {
    if (options.dialect == nullptr) throw std::runtime_error{input.name() + ": raw module bytes: --dialect is needed"};
    const auto printer = printer_for(*options.dialect, options, output);
    Stream stream{*options.dialect, options, false, *printer};
    for (std::string_view bytes; !(bytes = input.ready()).empty(); input.take(bytes.size())) stream.module(bytes);
    stream.end();
}

void play(const Step& step, const atwire::Dialect& dialect, const std::string& file, Stream& stream) {
    switch (step.type) {
        case Step::Type::module: stream.module(step.bytes); break;
        case Step::Type::host: stream.host(step.bytes); break;
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

void decode_transcript(Input& input, const DecodeOptions& options, std::ostream& output) {
    std::istream lines{&input};
    lines.exceptions(std::ios::badbit);
    TranscriptReader reader{lines, input.name()};
    std::optional<Step> step = reader.next();
    const atwire::Dialect* dialect = options.dialect != nullptr ? options.dialect : reader.transcript.dialect;
    if (dialect == nullptr)
        throw std::runtime_error{input.name() + ": no `# dialect:` header before the first line: --dialect is needed"};
    const auto printer = printer_for(*dialect, options, output);
    Stream stream{*dialect, options, true, *printer};
    for (; step; step = reader.next()) {
        if (options.format == DecodeOptions::Format::text) {  // for people a payload ends where another line begins
            stream.flush();
            printer->step(*step);
        }
        play(*step, *dialect, input.name(), stream);
    }
    stream.end();
}

}  // namespace

atwire::Settings settings_of(const atwire::Dialect& dialect, const std::vector<Setting>& named) {
    atwire::Settings settings;
    for (const Setting& setting : named) apply(setting, dialect, settings);
    return settings;
}

void decode(Input& input, const DecodeOptions& options, std::ostream& output) {
    input.flush_before_reading(output);
    if (is_transcript(input, options))
        decode_transcript(input, options, output);
    else
        decode_raw(input, options, output);
}

}  // namespace conformance
