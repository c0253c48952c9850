// The decoder: bytes that a module sent go in, events come out. Heap-free, bounded, the same events however the bytes were cut.
#ifndef ATWIRE_DECODER_HPP
#define ATWIRE_DECODER_HPP

#include <atwire/detail/lexer.hpp>

#include <bit>

namespace atwire {

class Decoder {
public:
    /// `given` are the caller's; whoever decodes or encodes the same line can share them. `carry` is the caller's buffer for a line
    /// that straddles two chunks. Its size, up to 65534, is the line limit: the longest text of a line without framing and payload;
    /// what is longer comes out as `Overlong`. (Up to seven bytes of a CoAP response's payload, which might be options, count too.)
    /// `line_limit` (limits.hpp) says what a dialect's longest documented line needs. Both must outlive the decoder. With less than
    /// `least_carry` bytes `feed` takes nothing. Who feeds whole lines only, and no transparent mode, may give a null pointer and a size.
    Decoder(const Dialect& dialect, Settings& given, std::span<char> carry) noexcept : Decoder{dialect.decoding, given, carry} {}
    Decoder(const Decoding& decoding, Settings& given, std::span<char> carry) noexcept;
    /// What may be withheld in transparent mode has to fit.
    static constexpr std::size_t least_carry = 16;
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// Gives the decoder the next chunk, borrowed until `next` has returned nullptr. False, and nothing taken, where the chunk
    /// before isn't drained or the carry is too small.
    bool feed(std::string_view chunk) noexcept;
    /// Says that the line has been silent, or that the stream has ended: half a line comes out as `Unfinished`, a short payload
    /// as `Truncated`. Drain the events afterwards.
    void idle() noexcept { idle_ = true; }
    /// Says that the host's next bytes begin a command. In transparent mode a withheld `CLOSED` or `NO CARRIER` then was the
    /// end of it. Drain the events afterwards.
    void command_follows() noexcept { command_follows_ = true; }
    /// Whether such a line is withheld, all of it.
    [[nodiscard]] bool withholds_end() const noexcept;
    /// The next event, or nullptr when the chunk is used up. The event and its views hold until the next call.
    const Event* next() noexcept;

    /// What the dialogue has set; yours to read and to change between two calls of `next`, `transparent` to 1 behind an event that
    /// ends a line, as CONNECT does. The decoder itself counts down `data_sent`, which it takes from the pending command where nobody
    /// counts, and clears `transparent` where that mode ends.
    Settings& settings;

    /// The quirks to accept, all at first. A line with another one is `Malformed`.
    void accept(Quirks quirks) noexcept { lexer_.accepted = quirks; }
    /// Whether to take a default where nobody gave what a reading needs, with the doubt `inferred`, as at first. If not, such a line
    /// is `Malformed`.
    void infer(bool defaults) noexcept { lexer_.infers = defaults; }
    /// Of the dialects that need it; a lexer's table names it.
    static const Withdrawing withdrawing;
    /// Whether the event, which this decoder gave, ends the oldest pending command: a final result code (V.250 5.7.1, 27.007
    /// 9.2, 27.005 3.2.5), or what the command has in its place.
    [[nodiscard]] bool ends_command(const Event& event) const noexcept;
    /// Whether a line's text has begun, and not its end been read.
    [[nodiscard]] bool within_line() const noexcept { return now_.mode == Mode::line && lexer_.begun; }
    /// How many bytes the events so far have covered.
    [[nodiscard]] std::uint64_t position() const noexcept { return begin_; }

private:
    enum class Mode : std::uint8_t { line, payload, unframed, transparent, data_echo };
    /// What came before: it decides which lead is usual.
    enum class After : std::uint8_t { line, payload, quoted_payload, data_source, prompt, report };

    /// A prompt came, and no line since: the bytes that the host sent are counted, or assumed to be what its command says.
    enum class Phase : std::uint8_t { none, counted, assumed };

    /// Where the decoder stands. In the usual case, a new line after a line, all of it is zero: one comparison tells.
    struct State {
        Mode mode = Mode::line;
        After after = After::line;
        std::uint8_t held = 0;  ///< CRs behind a half line, bytes of a candidate in transparent mode, or payload in `carry_`
        bool quoted = false;    ///< the payload stands between quotes
        Phase data_phase = Phase::none;
        bool tail = false;          ///< its blank, or a payload's closing quote, has been read
        std::uint16_t carried = 0;  ///< bytes of the line that are in `carry_`
        [[nodiscard]] bool usual() const noexcept { return std::bit_cast<std::uint64_t>(*this) == 0; }
    };

    [[nodiscard]] const char* here() const noexcept { return reinterpret_cast<const char*>(lexer_.p); }
    [[nodiscard]] std::size_t available() const noexcept { return static_cast<std::size_t>(lexer_.pe - lexer_.p); }
    /// Bytes from the next event's first to `p`, and from the line's.
    [[nodiscard]] std::size_t event_length() const noexcept { return Lexer::address(lexer_.p) - origin_; }
    [[nodiscard]] std::size_t line_length() const noexcept { return Lexer::address(lexer_.p) - lexer_.line; }
    [[nodiscard]] const Decoding& decoding() const noexcept { return *lexer_.dialect; }
    void start_line(Entry entry, After after) noexcept;
    void choose_mode() noexcept;
    bool behind_prompt() noexcept;
    void lex_outside(const unsigned char* bytes, std::size_t length) noexcept;
    void begin_line_with(std::string_view bytes, After after) noexcept;

    const Event* next_of_any() noexcept;
    void lex() noexcept;
    const Event* usual_line() noexcept;
    const Event* stopped() noexcept;
    const Event* next_in_payload() noexcept;
    const Event* next_kept() noexcept;
    std::size_t take_payload(std::string_view bytes) noexcept;
    const Event* fragment(std::string_view data, bool last) noexcept;
    const Event* next_unframed() noexcept;
    const Event* cut_short() noexcept;
    const Event* end_unframed_at_return(bool whole) noexcept;
    void end_data_echo(After after) noexcept;
    const Event* next_transparent() noexcept;
    const Event* next_data_echo() noexcept;
    const Event* fell_silent() noexcept;

    const Event* end_of_line() noexcept;
    const Event* end_of_header() noexcept;
    const Event* end_of_withdrawn() noexcept;
    const Event* read_to_end() noexcept;
    const Event* end_of_echo() noexcept;
    const Event* at_prompt() noexcept;
    const Event* half_line() noexcept;
    const Event* next_piece() noexcept;
    const Event* piece(std::string_view text, bool last, std::size_t terminator) noexcept;
    const Event* release_candidate(std::size_t length) noexcept;
    const Event* end_transparent(std::string_view word) noexcept;

    std::string_view gather(std::size_t length) noexcept;
    const Event* recognised(std::string_view text, bool is_inline) noexcept;
    void test_reply(std::string_view text) noexcept;
    const Event* supported(std::string_view text, std::size_t lead) noexcept;
    const Event* other_line(std::string_view text) noexcept;
    const Event* emit(Kind kind, std::size_t length, std::size_t lead) noexcept;
    void assemble(std::string_view text) noexcept;
    void settle(const DecodeForm*& form, std::string_view text) noexcept;
    void check_shown_length(bool there) noexcept;
    void finish_message(const DecodeForm& form, std::string_view text) noexcept;
    [[nodiscard]] bool is_hex(const DecodeForm& form, bool empty) noexcept;
    void follow(const DecodeForm& form, bool is_inline) noexcept;
    [[nodiscard]] Quirks framing_quirks(std::size_t lead, Kind kind) const noexcept;
    /// Whether the line may be read as it was: nothing was inferred, or that is allowed.
    [[nodiscard]] bool certain() const noexcept { return lexer_.infers || !lexer_.doubts.has(Doubt::inferred); }
    [[nodiscard]] bool test_is_pending() const noexcept {
        return settings.pending_count != 0 && settings.pending[0].form == CommandForm::test;
    }
    [[nodiscard]] const Pending* oldest_pending() const noexcept {
        return settings.pending_count != 0 ? &settings.pending[0] : nullptr;
    }

    Lexer lexer_;
    State now_;
    char* carry_;
    std::uint16_t limit_;
    std::uint64_t begin_ = 0;         ///< where the next event begins in the stream
    std::size_t origin_ = 0;          ///< the same as an address, as `Lexer::line` is one
    std::uint64_t piece_offset_ = 0;  ///< of the payload, echo or overlong line that goes on
    std::uint64_t due_ = 0;           ///< payload bytes still to come; bytes that came back in a data phase
    Kind row_ = Kind::ok;             ///< of the line before, where rows may follow each other
    bool hex_ = false;
    bool in_pieces_ = false;  ///< an overlong line's text waits in the chunk
    bool ended_ = false;      ///< its end has been read
    bool idle_ = false;
    bool command_follows_ = false;
    Event event_;
};

}  // namespace atwire

#endif
