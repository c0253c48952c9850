// The decoder's five modes. In line mode a Ragel lexer finds the line's form and its fields; the other modes are bulk: payload
// with a length, payload without one, the byte pipe of transparent mode, and data that comes back after a prompt.
#include <atwire/decoder.hpp>
#include <atwire/detail/assemble.hpp>

#include <cstring>

#include "bytes.hpp"

namespace atwire {
namespace {

std::string_view view(const unsigned char* begin, std::size_t length) noexcept {
    return {reinterpret_cast<const char*>(begin), length};
}

std::size_t hex_digits(std::string_view bytes) noexcept {
    std::size_t count = 0;
    while (count < bytes.size() && hex_digit(static_cast<unsigned char>(bytes[count]))) ++count;
    return count;
}

constexpr std::string_view carriage_returns = "\r\r";

constexpr std::uint16_t limit_of(std::size_t carry) noexcept {
    if (carry < Decoder::least_carry) return 0;
    return static_cast<std::uint16_t>(carry < Lexer::at_end ? carry : Lexer::at_end);
}

}  // namespace

Decoder::Decoder(const Decoding& decoding, Settings& given, std::span<char> carry) noexcept
    : settings{given}, carry_{carry.data()}, limit_{limit_of(carry.size())} {
    lexer_.settings = &given;
    lexer_.dialect = &decoding;
    lexer_.start_line(decoding.entries[static_cast<std::size_t>(Entry::line)]);
}

bool Decoder::feed(std::string_view chunk) noexcept {
    if (available() != 0 || in_pieces_ || limit_ == 0) return false;
    origin_ += lexer_.feed(chunk);
    return true;
}

/// With the goto style the usual line takes a short way. It and the code for each form (assemble.hpp) save 10 ns of 38 a line.
const Event* Decoder::next() noexcept {
#ifndef __OPTIMIZE_SIZE__
    if (now_.usual() && !in_pieces_ && settings.transparent != 1 && decoding().usual != nullptr && available() != 0) [[likely]] {
        lex();
        if (const Event* event = usual_line()) return event;
        if (const Event* event = stopped()) return event;
    }
#endif
    return next_of_any();
}

const Event* Decoder::next_of_any() noexcept {
    if (in_pieces_)
        if (const Event* event = next_piece()) return event;
    if (now_.mode == Mode::payload && now_.held != 0) return decoding().withdrawing->kept(*this);
    while (available() != 0) {
        if (now_.mode == Mode::line && !lexer_.begun &&
            (now_.data_phase != Phase::none || now_.quoted || settings.transparent == 1)) {
            choose_mode();
            if (available() == 0) break;
        }
        const Event* event = nullptr;
        switch (now_.mode) {
            case Mode::line:
                lex();
                event = stopped();
                break;
            case Mode::payload: event = next_in_payload(); break;
            case Mode::unframed: event = next_unframed(); break;
            case Mode::transparent: event = next_transparent(); break;
            case Mode::data_echo: event = next_data_echo(); break;
        }
        if (event != nullptr) return event;
    }
    if (idle_ || command_follows_) return fell_silent();
    return nullptr;
}

inline void Decoder::start_line(Entry entry, After after) noexcept {
    now_.mode = Mode::line;
    now_.after = after;
    now_.carried = 0;
    now_.held = 0;
    piece_offset_ = 0;
    now_.tail = false;
    lexer_.start_line(decoding().entries[static_cast<std::size_t>(entry)]);
}

/// At the start of a line what the dialogue has set may have turned what follows into something that is no line.
void Decoder::choose_mode() noexcept {
    const bool fresh = event_length() == 0;  // no lead has been read
    if (settings.transparent == 1) {
        if (!fresh) return;
        now_.mode = Mode::transparent;
        piece_offset_ = 0;
        now_.held = 0;
        return;
    }
    const unsigned char tail = now_.after == After::prompt ? ' ' : '"';
    if (fresh && !now_.tail && *lexer_.p == tail) {
        now_.tail = true;  // the blank behind a prompt, or a payload's closing quote: it leads what follows
        ++lexer_.p;
    }
    const bool sent = settings.data_sent != 0 && settings.data_sent != Settings::unknown_sent;
    if (now_.data_phase == Phase::none || !sent || decoding().data_echo == nullptr || !behind_prompt()) return;
    lexer_.doubts = {};
    if (lexer_.settle(decoding().data_echo) != 1) return;
    now_.mode = Mode::data_echo;
    // Or CRLF of the prompt, where nobody said whether it has one.
    if (settings.formatcfg == unset && decoding().defaults.formatcfg != unset && *lexer_.p == '\r')
        lexer_.doubts |= Doubt::inferred;
}

/// Whether data that comes back begins here. Where formatcfg has CRLF behind the prompt, the lexer reads these two.
bool Decoder::behind_prompt() noexcept {
    const bool prompt_has_crlf = settings.formatcfg == 1 && decoding().defaults.formatcfg != unset;
    if (!prompt_has_crlf || now_.tail) return available() != 0 && event_length() == (now_.tail ? 1 : 0);
    for (; event_length() < 2 && available() != 0; lex_outside(lexer_.p++, 1))
        if (*here() != "\r\n"[event_length()]) {
            now_.data_phase = Phase::none;  // it is a line's lead
            return false;
        }
    return available() != 0;
}

/// Lets the lexer read `length` bytes of a line's begin that stand elsewhere, or that `p` has passed.
void Decoder::lex_outside(const unsigned char* bytes, std::size_t length) noexcept {
    const unsigned char* p = lexer_.p;
    const unsigned char* pe = lexer_.pe;
    lexer_.p = bytes;
    lexer_.pe = bytes + length;
    lex();
    lexer_.p = p;
    lexer_.pe = pe;
}

inline const Event* Decoder::emit(Kind kind, std::size_t length, std::size_t lead) noexcept {
    event_.kind = kind;
    event_.wire = {begin_, length, lead};
    event_.quirks = lexer_.quirks;
    event_.doubts = lexer_.doubts;
    begin_ += length;
    origin_ += length;
    return &event_;
}

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

inline void Decoder::lex() noexcept {
    lexer_.stop = Stop::input;
    decoding().lex(lexer_);
}

inline void Decoder::assemble(std::string_view text) noexcept {
    if (decoding().usual != nullptr && decoding().usual[lexer_.form](lexer_, event_.body, text)) return;
    detail::assemble(lexer_.form, lexer_, event_.body, text);
}

/// Does what `stopped` does, where a table's row describes the line and nothing about it is out of the ordinary. What the decoder
/// keeps from line to line stays as it is then. nullptr otherwise.
inline const Event* Decoder::usual_line() noexcept {
    const std::size_t lead = lexer_.line - origin_;
    const std::size_t length = line_length() - lexer_.terminator;
    if (lexer_.stop != Stop::line || lead != 2 || length > limit_ || piece_offset_ != 0 || lexer_.form > Lexer::last_row ||
        lexer_.odd_lead || test_is_pending())
        return nullptr;
    const DecodeForm& form = decoding().forms[lexer_.form];
    if (form.body != Body::none || form.kind == Kind::option) return nullptr;
    const std::string_view text = view(lexer_.p - line_length(), length);
    if (!decoding().usual[lexer_.form](lexer_, event_.body, text)) return nullptr;
    const DataAvailable& notice = event_.body.data_available;
    const bool settled =
        form.settle == Settle::none || (form.settle == Settle::access_mode && !notice.length &&
                                        (decoding().forms[form.other].body != Body::viewmode_unframed ||
                                         (notice.socket < max_sockets && settings.access_mode[notice.socket] == 0)));
    if (!settled || lexer_.fault != Lexer::no_fault || !lexer_.quirks.empty() || !certain()) return nullptr;
    emit(form.kind, event_length(), lead);
    row_ = form.kind;
    lexer_.start_line(decoding().entries[static_cast<std::size_t>(Entry::line)]);
    return &event_;
}

/// What the lexer stopped at.
const Event* Decoder::stopped() noexcept {
    switch (lexer_.stop) {
        case Stop::input: return half_line();
        case Stop::line: return end_of_line();
        case Stop::inline_header: return end_of_header();
        case Stop::prompt: return at_prompt();
        case Stop::echo: return end_of_echo();
        case Stop::withdrawn: {
            const Event* event = decoding().withdrawing->header(*this);
            return event != nullptr ? event : read_to_end();
        }
    }
    return nullptr;
}

/// The line's first `length` bytes in one piece: in the chunk, or in the carry where it began in an earlier one.
inline std::string_view Decoder::gather(std::size_t length) noexcept {
    if (now_.carried == 0) return view(lexer_.p - line_length(), length);
    if (length > now_.carried) std::memcpy(carry_ + now_.carried, lexer_.chunk, length - now_.carried);
    return {carry_, length};
}

/// The chunk ends within a line: what there is of its text goes to the carry, or out in pieces where it is too much.
const Event* Decoder::half_line() noexcept {
    if (!lexer_.begun || carry_ == nullptr) return nullptr;
    const auto in_chunk = static_cast<std::size_t>(lexer_.p - lexer_.chunk);
    std::uint8_t returns = 0;
    while (returns < in_chunk && lexer_.p[-1 - returns] == '\r') ++returns;
    now_.held = static_cast<std::uint8_t>(returns + (returns == in_chunk ? now_.held : 0));
    if (line_length() - now_.held > limit_) {
        in_pieces_ = true;
        ended_ = false;
        return next_piece();
    }
    const std::string_view text = gather(line_length() - now_.held);
    if (now_.carried == 0) std::memcpy(carry_, text.data(), text.size());
    now_.carried = static_cast<std::uint16_t>(text.size());
    return nullptr;
}

const Event* Decoder::end_of_line() noexcept {
    const std::size_t length = line_length() - lexer_.terminator;
    if (length > limit_ || piece_offset_ != 0) {
        in_pieces_ = ended_ = true;
        return next_piece();
    }
    return recognised(gather(length), false);
}

/// A header whose payload follows on the same line.
const Event* Decoder::end_of_header() noexcept {
    const std::size_t length = line_length();
    if (length <= limit_ && piece_offset_ == 0)
        if (const Event* event = recognised(gather(length), true)) return event;
    return read_to_end();
}

/// The same, where the bytes behind it might have been more of its line: all of it that was read has to fit. nullptr: too long or
/// broken.
const Event* Decoder::end_of_withdrawn() noexcept {
    lexer_.due.doubtful = false;
    if (line_length() > limit_ || piece_offset_ != 0) return nullptr;
    // In a silence the chunk is gone.
    const std::size_t in_chunk = available() != 0 || carry_ == nullptr ? static_cast<std::size_t>(lexer_.p - lexer_.chunk) : 0;
    const std::size_t header = std::size_t{lexer_.slots[lexer_.slot_count - 1u].end} + 1;
    const std::size_t behind = line_length() - header;
    const std::size_t back = behind < in_chunk ? behind : in_chunk;
    const std::size_t kept = behind - back;  // of the payload, in the carry: the chunk seems to begin so much earlier
    lexer_.p -= back;
    lexer_.line += kept;
    origin_ += kept;
    const Event* event = recognised(gather(header), true);
    origin_ -= kept;
    if (event == nullptr) {
        lexer_.line -= kept;
        lexer_.p += back;
        return nullptr;
    }
    if (kept == 0) return event;
    now_.carried = static_cast<std::uint16_t>(header);
    now_.held = static_cast<std::uint8_t>(kept);
    return event;
}

const Withdrawing Decoder::withdrawing = {
    .header = [](Decoder& decoder) noexcept { return decoder.end_of_withdrawn(); },
    .kept = [](Decoder& decoder) noexcept { return decoder.next_kept(); },
};

/// Too long or broken: the line has to be read to its end.
const Event* Decoder::read_to_end() noexcept {
    lexer_.cs = decoding().entries[static_cast<std::size_t>(Entry::rest_of_line)];
    lex();
    return stopped();
}

const Event* Decoder::end_of_echo() noexcept {
    const std::size_t length = line_length() - lexer_.terminator;
    if (length > limit_ || piece_offset_ != 0) {
        in_pieces_ = ended_ = true;
        return next_piece();
    }
    event_.body.echo = {gather(length), 0, true};
    emit(Kind::echo, event_length(), event_length() - line_length());
    event_.quirks = {};
    start_line(Entry::line, After::line);
    return &event_;
}

const Event* Decoder::at_prompt() noexcept {
    const std::size_t lead = event_length() - 1;
    lexer_.quirks |= framing_quirks(lead, Kind::prompt);
    if (lexer_.quirks.without(lexer_.accepted).empty() && certain()) {
        event_.body.prompt = {};
        emit(Kind::prompt, lead + 1, lead);
    } else {
        event_.body.malformed = {view(lexer_.p - 1, 1), 0};
        emit(Kind::malformed, lead + 1, lead);
        event_.quirks = {};
    }
    start_line(Entry::line, After::prompt);
    now_.data_phase = Phase::counted;
    due_ = 0;
    const Pending* pending = oldest_pending();
    const PendingCommand* command = pending != nullptr ? lexer_.command_of(*pending) : nullptr;
    if (command != nullptr && command->sends_length && settings.data_sent == Settings::unknown_sent)
        if (pending->parameters[1] != Pending::absent) {
            settings.data_sent = pending->parameters[1];
            now_.data_phase = Phase::assumed;
        }
    return &event_;
}

/// Where the oldest command asks what its command supports, a line of that name is the answer, whatever its form.
void Decoder::test_reply(std::string_view text) noexcept {
    const PendingCommand* command = lexer_.command_of(settings.pending[0]);
    const std::string_view name = part(text, 0, lexer_.name_end);
    if (lexer_.name_end == 0 || command == nullptr || !name.ends_with(command->name)) return;
    const std::string_view before = part(name, 0, name.size() - command->name.size());
    if (before != "+" && before != " +") return;
    lexer_.is_supported();
    if (lexer_.fault != Lexer::at_end) lexer_.fault = Lexer::no_fault;
    const std::size_t behind = lexer_.name_end + std::size_t{1};
    if (part(text, behind, 1) != " ") lexer_.quirks |= Quirk::no_space_after_colon;
}

/// Reads a whole line, or a header up to its payload. nullptr: a header that is broken. What is rare stands in functions of its
/// own.
const Event* Decoder::recognised(std::string_view text, bool is_inline) noexcept {
    const std::size_t length = event_length();
    const std::size_t lead = length - line_length();
    if (test_is_pending()) test_reply(text);

    const bool from_row = lexer_.form <= Lexer::last_row;
    const DecodeForm* form = from_row ? &decoding().forms[lexer_.form] : nullptr;
    if (from_row) [[likely]] {
        assemble(text);
        if (form->settle != Settle::none && lexer_.fault == Lexer::no_fault) settle(form, text);
    }
    const bool report = !from_row && lexer_.form != Lexer::supported_form;
    const bool usual = lead == 2 && now_.after == After::line && !lexer_.odd_lead && lexer_.quirks.empty();
    if (!usual && !report) {
        const Quirks framing = framing_quirks(lead, from_row ? form->kind : Kind::supported);
        lexer_.quirks |= framing;
        if (!lexer_.quirks.without(lexer_.accepted).empty()) lexer_.fault_at(framing.empty() ? Lexer::at_end : 0);
    }
    if (lexer_.fault != Lexer::no_fault || report) return is_inline ? nullptr : other_line(text);
    if (!from_row) return is_inline ? nullptr : supported(text, lead);

    const bool more = form->body != Body::none || form->kind == Kind::option;
    if (more) finish_message(*form, text);
    if (!certain()) {
        lexer_.fault_at(Lexer::at_end);
        return is_inline ? nullptr : other_line(text);
    }
    emit(form->kind, length, lead);
    row_ = form->kind;
    now_.data_phase = Phase::none;
    now_.quoted = false;
    start_line(Entry::line, After::line);
    if (more) follow(*form, is_inline);
    return &event_;
}

const Event* Decoder::supported(std::string_view text, std::size_t lead) noexcept {
    const std::size_t colon = lexer_.name_end;
    const std::size_t behind = colon + (text.size() > colon + 1 && text[colon + 1] == ' ' ? 2 : 1);
    const std::size_t name = text[0] == ' ' ? 2 : 1;
    std::string_view command = part(text, name, colon - name);
    if (command == decoding().alias.printed) command = decoding().alias.meant;
    event_.body.supported = {command, part(text, behind)};
    emit(Kind::supported, event_length(), lead);
    row_ = Kind::supported;
    now_.data_phase = Phase::none;
    now_.quoted = false;
    start_line(Entry::line, After::line);
    return &event_;
}

/// A line that no form describes: malformed where its name is one that the dialect defines, else information or text.
const Event* Decoder::other_line(std::string_view text) noexcept {
    const std::size_t length = event_length();
    const std::size_t lead = length - line_length();
    const auto colon = lexer_.name_end;
    const bool recognised = lexer_.form <= Lexer::last_row || lexer_.form == Lexer::supported_form;
    const bool undocumented = lexer_.quirks.has(Quirk::undocumented_form);
    bool information = lexer_.form == Lexer::information_form && text[0] == '+' && colon > 1;
    const bool malformed = lexer_.fault != Lexer::no_fault && (recognised || undocumented || (colon != 0 && !information));
    Quirks quirks = lexer_.quirks.both(Quirk::undocumented_form);
    if (!malformed && information) {
        const bool blank = text.size() > colon + std::size_t{1} && text[colon + std::size_t{1}] == ' ';
        if (!blank) quirks |= Quirk::no_space_after_colon;
        event_.body.information = {part(text, 1, colon - std::size_t{1}),
                                   part(text, colon + (blank ? std::size_t{2} : std::size_t{1}))};
        information = quirks.without(lexer_.accepted).empty();
    }
    if (malformed) {
        const std::size_t fault = lexer_.fault == Lexer::at_end ? text.size() : lexer_.fault;
        event_.body.malformed = {text, static_cast<std::uint32_t>(fault)};
        emit(Kind::malformed, length, lead);
    } else if (information) {
        emit(Kind::information, length, lead);
    } else {
        event_.body.text = {text};
        emit(Kind::text, length, lead);
    }
    event_.quirks = event_.kind == Kind::information ? quirks : Quirks{};
    event_.doubts = {};
    row_ = event_.kind;
    now_.data_phase = Phase::none;
    now_.quoted = false;
    start_line(Entry::line, After::report);
    return &event_;
}

/// How the lead differs from the one that the line's kind has here.
Quirks Decoder::framing_quirks(std::size_t lead, Kind kind) const noexcept {
    if (lexer_.odd_lead) return Quirk::odd_framing;
    std::size_t least = 2;
    std::size_t most = 2;
    switch (now_.after) {
        case After::line:
            if (kind == row_ && kind != Kind::ok) least = 0;  // the rows of one reply
            break;
        case After::payload:
            most = 4;
            least = decoding().payload_ends_in_crlf ? 4 : 2;
            break;
        case After::quoted_payload: least = most = 5; break;
        case After::data_source: least = most = 0; break;
        case After::prompt: most = 4; break;  // a blank, or CRLF, may stand behind the prompt
        case After::report: return {};
    }
    if (lead < least) return Quirk::no_blank_line;
    if (lead > most) return Quirk::extra_blank_line;
    return {};
}

/// What the message has beside the fields that its line holds.
void Decoder::finish_message(const DecodeForm& form, std::string_view text) noexcept {
    if (form.kind == Kind::option) {
        const std::size_t name = text[0] == ' ' ? 2 : 1;
        event_.body.option.command = part(text, name, lexer_.name_end - name);
    }
    if (form.body == Body::none || form.body == Body::unframed) return;
    event_.kind = form.kind;
    const Maybe<std::uint32_t> length = announced(event_).length;
    hex_ = false;
    if (form.body == Body::comma && !length) return;
    hex_ = is_hex(form, length && *length == 0);
    due_ = std::uint64_t{*length} * (hex_ ? 2 : 1);
    announce(event_, hex_ ? Encoding::hex : Encoding::raw);
    if (form.kind == Kind::data_read && form.command != Pending::unknown)
        if (const Pending* pending = settings.oldest_of(form.command); pending != nullptr)
            if (pending->parameters[0] != Pending::absent) event_.body.data_read.socket = std::uint32_t{pending->parameters[0]};
}

/// How the payload is spelled that the message announces.
bool Decoder::is_hex(const DecodeForm& form, bool empty) noexcept {
    switch (form.spelled) {
        case Spelled::raw: return false;
        case Spelled::hex: return true;
        case Spelled::dataformat: return !empty && lexer_.settle(&Settings::dataformat) == 1;
        case Spelled::content_format: break;
    }
    if (empty) return false;
    const bool response = form.kind == Kind::coap_response;
    const CoapOptions& options = response ? event_.body.coap_response.options : event_.body.coap_request.options;
    return decoding().hex_by_content_format(lexer_, options);
}

/// Where a header leads.
void Decoder::follow(const DecodeForm& form, bool is_inline) noexcept {
    switch (form.body) {
        case Body::none: return;
        case Body::unframed:
            now_.after = After::data_source;
            hex_ = false;
            if (settings.ciphead == 0) now_.mode = Mode::unframed;
            return;
        case Body::viewmode_unframed:
            if (!event_.body.data_received.length) {
                now_.mode = Mode::unframed;
                return;
            }
            break;
        case Body::comma:
            if (!is_inline) return;
            if (due_ == 0) now_.after = After::payload;
            break;
        case Body::line:
        case Body::viewmode:
        case Body::viewmode_quoted: break;
    }
    if (due_ == 0) return;
    now_.mode = Mode::payload;
    now_.quoted = form.body == Body::viewmode_quoted && is_inline && lexer_.p[-1] == '"';
}

// ── Lines longer than the limit ─────────────────────────────────────────────────────────────────────────────────────────────

/// The next piece of a line that is too long: the limit's worth while more is known to follow, then what is left at its end.
/// nullptr: the rest is in the carry now.
const Event* Decoder::next_piece() noexcept {
    const std::size_t pending = line_length() - (ended_ ? lexer_.terminator : now_.held);
    if (pending > limit_) {
        const std::string_view text = gather(limit_);
        lexer_.line += limit_;
        now_.carried = 0;
        return piece(text, false, 0);
    }
    in_pieces_ = false;
    if (!ended_) {
        std::memcpy(carry_, lexer_.p - line_length(), pending);
        now_.carried = static_cast<std::uint16_t>(pending);
        return nullptr;
    }
    piece(gather(pending), true, lexer_.terminator);
    now_.data_phase = Phase::none;
    start_line(Entry::line, After::report);
    return &event_;
}

const Event* Decoder::piece(std::string_view text, bool last, std::size_t terminator) noexcept {
    const bool echo = lexer_.form == Lexer::echo_form;
    // The piece ends where the next one begins; its lead is what stands before its text.
    const std::size_t length = event_length() - (last ? 0 : line_length());
    const std::size_t lead = length - text.size() - terminator;
    if (echo)
        event_.body.echo = {text, piece_offset_, last};
    else
        event_.body.overlong = {text, piece_offset_, last};
    emit(echo ? Kind::echo : Kind::overlong, length, lead);
    event_.quirks = {};
    if (!echo) event_.doubts = {};
    piece_offset_ += text.size();
    return &event_;
}

// ── Payload with a length ───────────────────────────────────────────────────────────────────────────────────────────────────

const Event* Decoder::next_in_payload() noexcept {
    lexer_.p += take_payload(view(lexer_.p, available()));
    if (event_.kind == Kind::truncated)
        start_line(Entry::line, After::report);
    else if (due_ == 0)
        start_line(Entry::line, now_.quoted ? After::quoted_payload : After::payload);
    return &event_;
}

/// Some of it has been read while it might have been the header's line: these bytes are in the carry.
const Event* Decoder::next_kept() noexcept {
    const std::string_view bytes{carry_ + now_.carried, now_.held};
    const std::size_t length = take_payload(bytes);
    now_.carried = static_cast<std::uint16_t>(now_.carried + length);
    now_.held = static_cast<std::uint8_t>(now_.held - length);
    if (event_.kind == Kind::truncated || due_ == 0)
        begin_line_with(part(bytes, length), event_.kind == Kind::truncated ? After::report : After::payload);
    return &event_;
}

/// The next bytes of a payload, or of the byte pipe.
const Event* Decoder::fragment(std::string_view data, bool last) noexcept {
    event_.body.payload = {data, piece_offset_, last};
    piece_offset_ += data.size();
    return emit(Kind::payload, data.size(), 0);
}

/// As many of these bytes as are payload, and the event that says so: `Truncated` where the first can't be.
std::size_t Decoder::take_payload(std::string_view bytes) noexcept {
    std::size_t length = bytes.size() < due_ ? bytes.size() : static_cast<std::size_t>(due_);
    if (hex_) length = hex_digits(part(bytes, 0, length));
    lexer_.quirks = {};
    lexer_.doubts = {};
    if (length == 0) {
        event_.body.truncated = {static_cast<std::uint32_t>(due_)};
        emit(Kind::truncated, 0, 0);
        return 0;
    }
    due_ -= length;
    fragment(part(bytes, 0, length), due_ == 0);
    return length;
}

/// Begins a line. `bytes` of it are in the carry already.
void Decoder::begin_line_with(std::string_view bytes, After after) noexcept {
    start_line(Entry::line, after);
    if (bytes.empty()) return;
    for (std::size_t i = 0; i < bytes.size(); ++i) carry_[i] = bytes[i];  // a few, and they lie behind
    lex_outside(reinterpret_cast<const unsigned char*>(carry_), bytes.size());
    lexer_.line = Lexer::address(lexer_.p) - bytes.size();
    now_.carried = static_cast<std::uint16_t>(bytes.size());
}

// ── Payload without a length: to the next CRLF ──────────────────────────────────────────────────────────────────────────────

const Event* Decoder::next_unframed() noexcept {
    lexer_.quirks = {};
    lexer_.doubts = Doubt::unframed;
    if (now_.held != 0) {  // a CR that ended the chunk before
        const bool ends = *lexer_.p == '\n';
        if (!ends && !hex_) {
            now_.held = 0;
            return fragment(part(carriage_returns, 0, 1), false);
        }
        return end_unframed_at_return(ends);
    }
    const unsigned char* end = lexer_.p;
    while (end != lexer_.pe && (!hex_ || hex_digit(*end)) && !(*end == '\r' && (end + 1 == lexer_.pe || end[1] == '\n'))) ++end;
    const std::string_view data = view(lexer_.p, static_cast<std::size_t>(end - lexer_.p));
    const bool at_return = end != lexer_.pe && *end == '\r' && (end + 1 == lexer_.pe || end[1] == '\n');
    lexer_.p = end;
    if (at_return && end + 1 != lexer_.pe) {
        fragment(data, true);
        start_line(Entry::line, After::payload);
        return &event_;
    }
    if (at_return) {
        now_.held = 1;
        ++lexer_.p;
    } else if (data.empty()) {  // a byte that is no digit
        cut_short();
        start_line(Entry::line, After::report);
        return &event_;
    }
    return data.empty() ? nullptr : fragment(data, false);
}

/// The payload ended before the CR that is held, which leads what follows: the lexer has to see it.
const Event* Decoder::end_unframed_at_return(bool whole) noexcept {
    whole ? fragment({}, true) : cut_short();
    start_line(Entry::line, whole ? After::payload : After::report);
    lex_outside(reinterpret_cast<const unsigned char*>(carriage_returns.data()), 1);
    return &event_;
}

/// A payload of unknown length that holds what its encoding can't have.
const Event* Decoder::cut_short() noexcept {
    event_.body.truncated = {};
    lexer_.doubts = {};
    return emit(Kind::truncated, 0, 0);
}

// ── Transparent mode: everything is payload until the line that ends it ─────────────────────────────────────────────────────

namespace {

/// How many of the first bytes of CR LF `word` CR LF stand at the start of `bytes`.
std::size_t matched(std::string_view bytes, std::string_view word) noexcept {
    std::size_t count = 0;
    const auto expected = [word](std::size_t i) {
        if (i < 2) return "\r\n"[i];
        return i < word.size() + 2 ? word[i - 2] : "\r\n"[i - 2 - word.size()];
    };
    while (count < bytes.size() && count < word.size() + 4 && bytes[count] == expected(count)) ++count;
    return count;
}

}  // namespace

/// A candidate for the end is withheld in the carry: `now_.held` bytes of it.
const Event* Decoder::next_transparent() noexcept {
    if (settings.transparent == 0) {  // the caller knows that it is over
        if (now_.held != 0) return release_candidate(now_.held);
        start_line(Entry::line, After::line);
        return nullptr;
    }
    lexer_.quirks = {};
    lexer_.doubts = {};
    const Pending* pending = oldest_pending();
    const std::string_view leave = pending != nullptr && pending->form == CommandForm::escape ? "OK" : "";
    const std::string_view gone = decoding().end_of_transparent;
    const auto candidate = [&](std::string_view bytes) {
        const std::size_t length = leave.empty() ? 0 : matched(bytes, leave);
        const std::size_t other = gone.empty() ? 0 : matched(bytes, gone);
        return length > other ? length : other;
    };
    const auto complete = [&](std::size_t length, std::string_view word) { return !word.empty() && length == word.size() + 4; };

    if (now_.held != 0) {
        const char byte = here()[0];
        carry_[now_.held] = byte;
        const std::size_t length = candidate({carry_, std::size_t{now_.held} + 1});
        if (length != std::size_t{now_.held} + 1) {
            // It was payload, but for what may begin another candidate: the CR LF at the end of a whole one.
            const bool whole = complete(now_.held, gone) && matched({carry_, now_.held}, gone) == now_.held;
            return release_candidate(whole ? now_.held - std::size_t{2} : now_.held);
        }
        ++now_.held;
        ++lexer_.p;
        if (complete(now_.held, leave) && matched({carry_, now_.held}, leave) == now_.held) return end_transparent("OK");
        return nullptr;
    }

    const std::string_view bytes = view(lexer_.p, available());
    for (std::size_t at = 0; (at = bytes.find('\r', at)) != std::string_view::npos; ++at) {
        const std::string_view rest = part(bytes, at);
        const std::size_t length = candidate(rest);
        const bool left = complete(length, leave) && matched(rest, leave) == length;
        if (!left && length != rest.size()) continue;
        if (at == 0) {  // withheld; byte by byte, the carry holds it
            carry_[0] = '\r';
            now_.held = 1;
            ++lexer_.p;
            return nullptr;
        }
        lexer_.p += at;
        return fragment(part(bytes, 0, at), false);
    }
    lexer_.p = lexer_.pe;
    return fragment(bytes, false);
}

/// The first `length` bytes of the withheld candidate were payload.
const Event* Decoder::release_candidate(std::size_t length) noexcept {
    const auto left = static_cast<std::uint8_t>(now_.held - length);
    now_.held = left;  // CR LF, as the carry begins anyway
    return fragment({carry_, length}, false);
}

bool Decoder::withholds_end() const noexcept {
    const std::string_view end = decoding().end_of_transparent;
    return now_.mode == Mode::transparent && now_.held == end.size() + 4 && matched({carry_, now_.held}, end) == now_.held;
}

const Event* Decoder::end_transparent(std::string_view word) noexcept {
    const Kind kind = word == "OK" ? Kind::ok : word == "CLOSED" ? Kind::closed : Kind::no_carrier;
    settings.transparent = 0;
    event_.body.ok = {};
    emit(kind, now_.held, 2);
    row_ = kind;
    start_line(Entry::line, After::line);
    return &event_;
}

// ── Data that comes back ────────────────────────────────────────────────────────────────────────────────────────────────────

const Event* Decoder::next_data_echo() noexcept {
    if (settings.data_sent == Settings::unknown_sent) {  // the caller has lost count
        start_line(Entry::line, After::report);
        return nullptr;
    }
    const std::size_t lead = event_length();
    const std::size_t length = available() < settings.data_sent ? available() : settings.data_sent;
    settings.data_sent -= static_cast<std::uint32_t>(length);
    event_.body.data_echo = {view(lexer_.p, length), due_, settings.data_sent == 0};
    due_ += length;  // more may be typed and come back before the result
    lexer_.p += length;
    lexer_.quirks = {};
    emit(Kind::data_echo, event_length(), lead);
    if (settings.data_sent == 0) end_data_echo(After::prompt);
    return &event_;
}

/// Who doesn't count what the host sends doesn't for the next prompt either.
void Decoder::end_data_echo(After after) noexcept {
    settings.data_sent = now_.data_phase == Phase::assumed ? Settings::unknown_sent : 0;
    start_line(Entry::line, after);
}

// ── Silence ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Nothing more comes for now: what waited for its end doesn't get it.
const Event* Decoder::fell_silent() noexcept {
    const bool idle = idle_;
    if (idle && now_.mode == Mode::line && lexer_.begun && lexer_.due.doubtful)
        // And then its payload, which is cut short.
        if (const Event* event = decoding().withdrawing->header(*this)) return event;
    idle_ = command_follows_ = false;
    const bool waits = now_.mode == Mode::transparent ? now_.held != 0 : idle && (now_.mode != Mode::line || lexer_.begun);
    if (!waits) return nullptr;
    lexer_.quirks = {};
    switch (now_.mode) {
        case Mode::line: {
            if (line_length() > limit_) {  // the text and its CRs don't fit: as many of them as do, and then the rest
                for (; now_.carried < limit_; --now_.held) carry_[now_.carried++] = '\r';
                idle_ = true;
                ended_ = false;
                lexer_.line += limit_;
                now_.carried = 0;
                return piece({carry_, limit_}, false, 0);
            }
            const std::size_t text = now_.carried;
            if (now_.held != 0) std::memcpy(carry_ + text, carriage_returns.data(), now_.held);
            const std::string_view whole{carry_, text + now_.held};
            if (piece_offset_ != 0) {
                ended_ = false;
                piece(whole, true, 0);
            } else {
                event_.body.unfinished = {whole};
                lexer_.doubts = {};
                emit(Kind::unfinished, event_length(), event_length() - whole.size());
            }
            start_line(Entry::line, After::report);
            return &event_;
        }
        case Mode::payload:
        case Mode::unframed: {
            if (now_.mode == Mode::unframed && now_.held != 0) {
                idle_ = true;
                if (hex_) return end_unframed_at_return(false);
                now_.held = 0;
                lexer_.doubts = Doubt::unframed;
                return fragment(part(carriage_returns, 0, 1), false);
            }
            event_.body.truncated = {};
            if (now_.mode == Mode::payload) event_.body.truncated.missing = static_cast<std::uint32_t>(due_);
            lexer_.doubts = {};
            start_line(Entry::line, After::report);
            return emit(Kind::truncated, 0, 0);
        }
        case Mode::transparent:
            lexer_.doubts = {};
            if (withholds_end()) return end_transparent(decoding().end_of_transparent);
            return release_candidate(now_.held);
        case Mode::data_echo:
            // What hasn't come back by now doesn't: the lines that follow are lines again.
            end_data_echo(After::report);
            now_.data_phase = Phase::none;
            return nullptr;
    }
    return nullptr;
}

}  // namespace atwire
