// The readers of captures in every form: whatever the bytes, they give steps or say in one line what is wrong. The first byte may
// name a form; a raw capture keeps every byte, and any steps, written as a transcript, read back the same.
#include <sstream>

#include "captures/capture.hpp"
#include "target.hpp"
#include "transcripts/bytes.hpp"
#include "violation.hpp"

namespace fuzz {
namespace {

using namespace conformance;

struct Read {
    Form form;
    std::vector<Step> steps;
};

/// Nothing where the reader said what is wrong.
std::optional<Read> read(std::string_view bytes, std::optional<Form> forced) {
    try {
        Input input{"capture", std::string{bytes}};
        const auto reader = open_capture(input, forced);
        Read found{reader->capture().form, {}};
        while (auto step = reader->next()) {
            found.steps.push_back(std::move(*step));
            if (found.steps.size() > 4 * bytes.size() + 16) violated("steps are no more than the bytes allow", "no progress");
        }
        return found;
    } catch (const std::runtime_error& wrong) {
        const std::string what = wrong.what();
        if (!what.starts_with("capture") || what.find('\n') != std::string::npos)
            violated("a message is one line that names the input", what);
        return std::nullopt;
    }
}

std::string said(const std::vector<Step>& steps) {
    std::string text;
    for (const Step& step : steps) {
        if (step.type == Step::Type::idle) text += "~\n";
        if (step.type == Step::Type::module) text += "< " + escape(step.bytes) + "\n";
        if (step.type == Step::Type::host) text += "> " + escape(step.bytes) + "\n";
    }
    return text;
}

}  // namespace

void run(std::string_view bytes) {
    std::optional<Form> forced;
    if (!bytes.empty() && bytes[0] >= '1' && bytes[0] <= '5') {
        forced = static_cast<Form>(bytes[0] - '1');
        bytes.remove_prefix(1);
    }
    const auto found = read(bytes, forced);
    if (!found) return;
    if (found->form == Form::raw) {
        std::string all;
        for (const Step& step : found->steps) all += step.bytes;
        if (all != bytes) violated("a raw capture keeps every byte", escape(all));
    }
    const std::string text = said(found->steps);
    const auto again = read(text, Form::transcript);
    if (!again) violated("any steps can be written as a transcript", text);
    if (said(again->steps) != text) violated("a transcript reads back as it was written", said(again->steps));
}

}  // namespace fuzz
