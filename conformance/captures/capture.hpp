// What passed on the serial line, in the forms in which people keep it, as the steps of a dialogue.
#ifndef CONFORMANCE_CAPTURES_CAPTURE_HPP
#define CONFORMANCE_CAPTURES_CAPTURE_HPP

#include <memory>
#include <optional>
#include <string_view>

#include "captures/input.hpp"
#include "transcripts/transcript.hpp"

namespace conformance {

enum class Form {
    transcript,   ///< `.at` (corpus/README.md)
    raw,          ///< the bytes that one side sent; its steps say `module`
    socat,        ///< what `socat` writes with `-v`, `-x` or both
    terminal,     ///< one stream in which the module echoes the commands: minicom, picocom, screen
    timestamped,  ///< a time before each line, often a marker of the side behind it
};
/// As `--input` names it.
[[nodiscard]] std::string_view name(Form form);
/// Nothing where no form is called so.
[[nodiscard]] std::optional<Form> form_named(std::string_view name);

/// What a capture can support.
struct Capture {
    Form form;
    bool framing;         ///< CRs and LFs are as they were on the wire
    bool times;           ///< steps have times; those of a transcript may
    bool both_sides;      ///< the host's bytes are there too
    bool echoed = false;  ///< of these those that the module has echoed: data behind a prompt, and their time, may be missing
};

/// Gives a capture's steps one after the other; what it holds doesn't grow with the capture.
class CaptureReader {
public:
    virtual ~CaptureReader() = default;
    CaptureReader(const CaptureReader&) = delete;
    CaptureReader& operator=(const CaptureReader&) = delete;

    /// The next step, nothing at the end. Times are seconds: a transcript's own, else those since the midnight before the first one.
    /// Throws InputError where the capture is malformed, std::runtime_error where it can't be read.
    virtual std::optional<Step> next() = 0;
    /// The dialect that the capture has named so far, nullptr where it has named none.
    [[nodiscard]] virtual const atwire::Dialect* dialect() const { return nullptr; }
    /// It holds from the start on.
    [[nodiscard]] const Capture& capture() const { return capture_; }

protected:
    explicit CaptureReader(const Capture& capture) : capture_{capture} {}

private:
    Capture capture_;
};

/// A reader of the form that the first bytes and the name show, or of the one that is forced. The input must outlive it, and nothing
/// may have been taken from it. Reads no more than it needs to tell. Throws std::runtime_error, one line that names the input,
/// where it has no form's looks.
[[nodiscard]] std::unique_ptr<CaptureReader> open_capture(Input& input, std::optional<Form> forced = std::nullopt);

}  // namespace conformance

#endif
