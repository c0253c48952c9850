#include "gate/decode.hpp"

#include <algorithm>
#include <memory>

#include "gate/stream.hpp"

namespace conformance {
namespace {

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
