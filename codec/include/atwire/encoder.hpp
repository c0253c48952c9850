// The encoder: an event in, the bytes that a module sends for it out. What it accepts, the decoder reads back as it was.
#ifndef ATWIRE_ENCODER_HPP
#define ATWIRE_ENCODER_HPP

#include <atwire/dialect.hpp>

namespace atwire {

/// Why an event can't be written.
enum class Refusal : std::uint8_t {
    none,
    small_buffer,   ///< `length` says how many bytes are needed
    out_of_range,   ///< a number outside its documented range, or a text longer than documented: `minimum` to `maximum`
    not_a_word,     ///< a text that is none of those the manual lists
    bad_character,  ///< a text that holds a byte that its place on the wire can't
    missing_field,  ///< the form needs this field
    extra_field,    ///< no documented form of the event has this field beside the others
    no_form,        ///< the dialect doesn't document this event
    other_meaning,  ///< under these settings the bytes would mean something else
    no_header,      ///< payload that no header has announced, or more of it than it did
    payload_due,    ///< the header before announced payload that has not been written yet
};

/// The result: `length` bytes written, or why none were.
struct Encoded {
    std::size_t length = 0;
    Refusal refusal = Refusal::none;
    std::string_view field{};  ///< the field that it is about
    std::int64_t value = 0;    ///< of `out_of_range`: what it was: the number, or the text's length
    std::int64_t minimum = 0;  ///< of `out_of_range`
    std::int64_t maximum = 0;
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return refusal == Refusal::none; }
};

/// A sentence without its field and values: "is out of its documented range".
[[nodiscard]] std::string_view describe(Refusal refusal) noexcept;

/// Writes one stream of events. It keeps what the next event's lead and payload depend on. What it accepts as a line, a prompt or
/// framed payload is read back as it was; fragments of echo, data echo and overlong lines, and what a byte pipe carries, are
/// written as they stand.
class Encoder {
public:
    constexpr explicit Encoder(const Dialect& dialect) noexcept : dialect_{&dialect} {}

    /// Writes `event` with its usual lead. Nothing is written, and nothing past the buffer's end touched, where it is refused.
    Encoded encode(const Settings& settings, const Event& event, std::span<char> buffer) noexcept;
    /// The same with the lead that a decoder found: CR, LF, the blank after a prompt, the quote after a quoted payload.
    Encoded encode(const Settings& settings, const Event& event, std::string_view lead, std::span<char> buffer) noexcept;

    /// The lead that the next event of this kind has usually.
    [[nodiscard]] std::string_view usual_lead(Kind kind) const noexcept;
    /// Takes note of an event that was written without the encoder, as a line kept from the wire is.
    void passed(const Settings& settings, const Event& event) noexcept;

private:
    enum class After : std::uint8_t { line, payload, quoted_payload, data_source, unframed, payload_due, long_prompt, piece };

    void passed_header(const Settings& settings, const Event& event) noexcept;
    void passed_payload(const Settings& settings, const Payload& payload, bool unframed) noexcept;
    Encoded out_of_place(const Settings& settings, const Event& event, std::string_view lead) const noexcept;

    const Dialect* dialect_;
    After after_ = After::line;
    bool quoted_ = false;
    bool hex_ = false;
    std::uint8_t like_option_ = 0;  ///< how much of the payload might be an option
    std::uint64_t due_ = 0;
};

/// One event by itself, as it stands after another line.
inline Encoded encode(const Dialect& dialect, const Settings& settings, const Event& event, std::span<char> buffer) noexcept {
    return Encoder{dialect}.encode(settings, event, buffer);
}

}  // namespace atwire

#endif
