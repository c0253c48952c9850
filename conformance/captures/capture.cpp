#include "captures/capture.hpp"

#include <algorithm>
#include <array>
#include <istream>

#include "captures/lines.hpp"
#include "captures/readers.hpp"

namespace conformance {
namespace {

struct FormRow {
    Form form;
    std::string_view name;
    std::unique_ptr<CaptureReader> (*reader)(Input&);
};
constexpr std::array<FormRow, 5> forms{{{Form::transcript, "transcript", transcript_reader},
                                        {Form::raw, "raw", raw_reader},
                                        {Form::socat, "socat", socat_reader},
                                        {Form::terminal, "terminal", terminal_reader},
                                        {Form::timestamped, "timestamped", timestamped_reader}}};

const FormRow& row_of(Form form) {
    return *std::find_if(forms.begin(), forms.end(), [form](const FormRow& row) { return row.form == form; });
}

class StepsOfTranscript : public CaptureReader {
public:
    explicit StepsOfTranscript(Input& input)
        : CaptureReader{{.form = Form::transcript, .framing = true, .times = true, .both_sides = true}},
          lines_{&input},
          reader_{lines_, input.name()} {
        lines_.exceptions(std::ios::badbit);
    }
    std::optional<Step> next() override { return reader_.next(); }
    [[nodiscard]] const atwire::Dialect* dialect() const override { return reader_.transcript.dialect; }

private:
    std::istream lines_;
    TranscriptReader reader_;
};

class RawReader : public CaptureReader {
public:
    explicit RawReader(Input& input)
        : CaptureReader{{.form = Form::raw, .framing = true, .times = false, .both_sides = false}}, input_{input} {}

    std::optional<Step> next() override {
        const std::string_view bytes = input_.ready();
        if (bytes.empty()) return std::nullopt;
        Step step{.type = Step::Type::module, .bytes = std::string{bytes}};
        input_.take(bytes.size());
        return step;
    }

private:
    Input& input_;
};

bool is_transcript(std::string_view head) {
    while (head.starts_with('#'))
        if (take_line(head).starts_with("# dialect: ")) return true;
    return false;
}

/// Nothing where the bytes don't show it yet.
std::optional<Form> form_of(std::string_view head) {
    if (is_transcript(head)) return Form::transcript;
    if (is_socat(head)) return Form::socat;
    if (is_timestamped(head)) return Form::timestamped;
    if (is_terminal(head)) return Form::terminal;
    if (is_raw(head)) return Form::raw;
    return std::nullopt;
}

Form form_of(Input& input) {
    if (input.name().ends_with(".at")) return Form::transcript;
    for (std::string_view head = input.ready();;) {
        if (const auto form = form_of(head)) return *form;
        const std::string_view more = input.first(head.size() + 1);
        if (more.size() == head.size()) break;
        head = more;
    }
    if (input.ready().starts_with("\r\n")) return Form::raw;  // as each of a module's lines does
    throw std::runtime_error{input.name() + (input.ready().empty() ? ": it is empty" : ": no line of it looks like AT traffic") +
                             "; --input says what to take it for"};
}

}  // namespace

std::string_view name(Form form) { return row_of(form).name; }

std::optional<Form> form_named(std::string_view name) {
    const auto* row = std::find_if(forms.begin(), forms.end(), [name](const FormRow& one) { return one.name == name; });
    if (row == forms.end()) return std::nullopt;
    return row->form;
}

std::unique_ptr<CaptureReader> transcript_reader(Input& input) { return std::make_unique<StepsOfTranscript>(input); }
std::unique_ptr<CaptureReader> raw_reader(Input& input) { return std::make_unique<RawReader>(input); }

std::unique_ptr<CaptureReader> open_capture(Input& input, std::optional<Form> forced) {
    return row_of(forced ? *forced : form_of(input)).reader(input);
}

}  // namespace conformance
