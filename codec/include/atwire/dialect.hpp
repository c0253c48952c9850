// A dialect: the tables that hold its documented facts, and the lexer that reads its wire. Everything that is not syntax and that
// any part of the project knows of a manual stands in these tables, in `dialects/<name>.hpp`.
#ifndef ATWIRE_DIALECT_HPP
#define ATWIRE_DIALECT_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <atwire/settings.hpp>

#include <span>

namespace atwire {

// ── Facts: codes ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// One code of a code table.
struct Code {
    std::int32_t code;
    std::string_view name;
};
struct CodeTable {
    std::string_view name;  ///< as in errors.tsv
    std::span<const Code> codes;
    std::string_view section;
};

// ── Facts: what a module sends ──────────────────────────────────────────────────────────────────────────────────────────────

/// How one field stands on the wire.
enum class Spelling : std::uint8_t {
    decimal,      ///< 0, 1, 2, …
    length,       ///< a decimal that frames a payload: at most `max_payload`
    integer,      ///< a decimal that may be negative
    quoted,       ///< text between quotes
    bare,         ///< text without quotes that ends at the next comma, colon or line end
    rest,         ///< text to the line's end
    time,         ///< quoted `YY/MM/DD,hh:mm:ss±zz`, or with a four-digit year (`maximum` digits of the year)
    list,         ///< one of the values of a list field; rows name such a field once for each value
    word,         ///< the same, a bare word of `words`
    text,         ///< the same, text between quotes
    hex,          ///< hexadecimal digits without quotes
    token,        ///< a length from 1 to 8, a comma, and twice as many hexadecimal digits
    code,         ///< `2.05` for 205; `0` for 0
    options,      ///< CoAP options: number and quoted value, at most `maximum` of them
    counted,      ///< the same, behind their count
    constant,     ///< not on the wire: always `minimum`
    after_colon,  ///< of a decoder's target: the decimal behind the last colon of the text before, which ends there
    name,         ///< of a decoder's target: the quoted name of an option
};

/// A payload of more bytes than this is not believed: its header is malformed.
inline constexpr std::uint32_t max_payload = 65535;

/// One field of a form, as it stands on the wire.
struct Item {
    std::string_view field{};  ///< of the event's struct
    Spelling spelling = Spelling::decimal;
    bool optional = false;         ///< this field and those after it may be left out
    std::string_view parameter{};  ///< the manual's name for it; of a token and of counted options: for its count
    std::int64_t minimum = 0;  ///< documented range; of text: shortest length in bytes; of a token and of options: of its count
    std::int64_t maximum = 0xFFFFFFFF;
    std::string_view before = ",";              ///< what separates it from the field before
    std::span<const std::string_view> words{};  ///< the texts allowed, where the manual lists them
    const CodeTable* codes = nullptr;           ///< the numbers allowed, where the manual lists them
    const Item* parts = nullptr;                ///< what is counted: of a token its digits, of options a number and a value
};

/// What follows a header.
enum class Body : std::uint8_t {
    none,
    line,               ///< CRLF, then the payload
    viewmode,           ///< CRLF, or a comma where viewmode is 1
    viewmode_quoted,    ///< the same; behind the comma a quote where payload_quotes is 1
    unframed,           ///< CRLF, then payload to the next CRLF, where ciphead is 0
    viewmode_unframed,  ///< as viewmode; a header without a length is followed by payload to the next CRLF
    comma,              ///< a comma, where there is a length
};
/// How a payload is spelled.
enum class Spelled : std::uint8_t { raw, hex, dataformat, content_format };

/// Bytes with two documented readings: what chooses the other one.
enum class Settle : std::uint8_t {
    none,
    access_mode,   ///< the other where the socket is in direct push
    pending_read,  ///< the other where the read form of the command is pending
    shown_length,  ///< there is none; but a length where the settings say that it isn't shown is a quirk
};

/// A setting under which the module uses a form; any where `setting` is null.
struct When {
    Setting Settings::*setting = nullptr;
    Setting value = 0;
};

/// One documented form of what a module sends. Several rows may share a production: they differ in values, not in syntax.
struct Form {
    std::string_view production;  ///< the grammar's action `is_<production>` names it
    Kind kind;
    std::string_view head;  ///< the wire up to the first field
    std::array<Item, 16> items{};
    std::string_view section{};  ///< of the manual
    Body body = Body::none;
    Spelled spelled = Spelled::raw;
    Settle settle = Settle::none;
    std::string_view other{};    ///< the production of the other reading
    std::string_view command{};  ///< whose reply it is, where the decoder or an option's reader needs it
    std::string_view option{};   ///< the sub-type of an option, `viewmode`
    std::string_view tail{};     ///< the wire behind the last field
    When when{};                 ///< of an event that stands on the wire in two ways: the setting that chooses this one

    [[nodiscard]] constexpr std::size_t size() const noexcept {
        std::size_t count = 0;
        while (count < items.size() && !items[count].field.empty()) ++count;
        return count;
    }
};

// ── Facts: what a host sends ────────────────────────────────────────────────────────────────────────────────────────────────

/// How a module answers a command that it accepts.
enum class Result : std::uint8_t {
    ok,           ///< OK
    ok_then_urc,  ///< OK, and later the result that names the command
    urc_then_ok,  ///< the result first
    ok_send_ok,   ///< OK, then SEND OK or SEND FAIL
    send_ok,      ///< SEND OK or SEND FAIL alone
    ok_close_ok,  ///< OK, then CLOSE OK
    connect,      ///< CONNECT
};

/// What of a command's setting survives.
enum class Saved : std::uint8_t {
    nothing,     ///< nothing to save, or lost at once
    deep_sleep,  ///< valid after deep sleep, lost at a restart
    always,      ///< in NVRAM
};

/// The type of a command's parameter.
enum class ParameterType : std::uint8_t { integer, string, address, hex, data, word };

/// One parameter of a command as the manual documents it.
struct Parameter {
    std::string_view name{};
    ParameterType type = ParameterType::integer;
    bool optional = false;
    bool bare = false;         ///< text that stands without quotes
    bool repeats = false;      ///< this parameter and those after it may all be given again
    std::uint8_t gap = 0;      ///< places that always stay empty before it: `1,"UDP",,,5000`
    std::int64_t minimum = 0;  ///< of text: shortest length in bytes
    std::int64_t maximum = 0xFFFFFFFF;
    std::int64_t fallback = -1;   ///< the default; -1: none stated
    std::string_view evidence{};  ///< of the default
    std::span<const std::string_view> words{};
    const CodeTable* codes = nullptr;  ///< the numbers allowed, where the manual lists them
};

/// One spelling of a command.
struct CommandRow {
    CommandForm form = CommandForm::none;
    std::array<Parameter, 9> parameters{};
    Result result = Result::ok;
    std::uint32_t late_result = 0;  ///< ms until the result behind the OK, 0 where the manual doesn't say
    std::string_view section{};
    std::string_view option{};  ///< the quoted name that comes first, of QICFG and its like
    Maybe<Saved> saved{};       ///< where an option is saved otherwise than its command
    bool asks = false;          ///< asks for what another row of the command sets

    [[nodiscard]] constexpr std::size_t size() const noexcept {
        std::size_t count = 0;
        while (count < parameters.size() && !parameters[count].name.empty()) ++count;
        return count;
    }
};

/// The structs that a command is read into. A row without one is only for the module's answers.
struct CommandKinds {
    CommandKind write = CommandKind::raw;
    CommandKind ask = CommandKind::raw;          ///< of a write row that asks
    CommandKind execute = CommandKind::execute;  ///< of an execute form
};

/// A command. `sends` where it may be answered by a prompt.
struct CommandFacts {
    std::string_view name{};  ///< `QIOPEN`
    CommandKinds kinds{};
    std::uint32_t max_response = 0;  ///< ms to the final result, 0 where the manual doesn't say
    Saved saved = Saved::nothing;
    std::span<const CommandRow> rows{};
    bool sends = false;
};

/// What a setting is when nobody has set it, and how we know.
struct Default {
    std::string_view setting;
    Setting value;
    std::string_view evidence;
};

/// A command's name as a manual misspells it, and as it is meant. Both are taken.
struct Alias {
    std::string_view printed{};
    std::string_view meant{};
};

/// In which mode a socket is that a listener has accepted.
enum class Accepted : std::uint8_t { unsaid, buffered, as_listener };

/// Everything documented of a dialect.
struct Facts {
    std::string_view name;     ///< `bc26`
    std::string_view modules;  ///< `BC26, BC20`
    std::string_view manual;   ///< title and version
    std::span<const Form> forms;
    std::span<const CommandFacts> commands;
    std::span<const CodeTable> codes;
    std::span<const Default> defaults;
    bool crlf_after_payload;  ///< whether a payload ends in CRLF before the next line's own
    Alias alias{};
    Accepted accepted = Accepted::unsaid;
    bool escapes = false;  ///< whether 0x03 escapes Ctrl+Z, Esc and itself in data of variable length
};

// ── What a decoder needs of them ────────────────────────────────────────────────────────────────────────────────────────────

struct Lexer;

/// A form, boiled down to what the decoder stores where.
struct DecodeForm {
    Kind kind = Kind::ok;
    std::uint8_t first = 0;  ///< its targets: `count` of them from here on
    std::uint8_t count = 0;
    Body body = Body::none;
    Spelled spelled = Spelled::raw;
    Settle settle = Settle::none;
    std::uint8_t other = 0;
    std::uint8_t command = Pending::unknown;  ///< whose reply this is
};
/// Where a field goes, and how it is read.
struct DecodeTarget {
    std::uint8_t offset = 0;
    Type type = Type::number;
    bool optional = false;
    Spelling spelling = Spelling::decimal;
    std::uint8_t constant = 0;  ///< of `after_colon`: the offset of the text
};

/// The states in which a lexer can be entered.
enum class Entry : std::uint8_t { line, rest_of_line };

/// A command as a decoder needs it.
struct PendingCommand {
    std::string_view name;
    bool sends;
    bool sends_length;  ///< its second parameter says how many bytes follow the prompt
    bool ends_by_send;  ///< `SEND OK` or `SEND FAIL` is its final result
};

class Decoder;

/// What a decoder does where a header turns out to have ended before what was read of its line. Few dialects need it.
struct Withdrawing {
    const Event* (*header)(Decoder&) noexcept;  ///< the header; nullptr where it is too long or broken
    const Event* (*kept)(Decoder&) noexcept;    ///< the next of its payload's bytes that are in the carry
};

/// Everything that a decoder needs of a dialect.
struct Decoding {
    void (*lex)(Lexer&) noexcept;
    /// For the goto style code for each form, which fills the body where the line has nothing odd and else returns false; or nullptr.
    bool (*const* usual)(const Lexer&, Event::Body&, std::string_view line) noexcept;
    std::array<std::int16_t, 2> entries;  ///< by `Entry`
    const DecodeForm* forms;              ///< by the number that the lexer gives
    const DecodeTarget* targets;          ///< of all forms
    std::span<const PendingCommand> commands;
    std::string_view end_of_transparent;  ///< the line that says that a transparent link is gone
    Settings defaults;
    Setting Settings::*data_echo;     ///< the setting that makes the module echo data, or nullptr
    Setting Settings::*shown_length;  ///< the setting that shows the length in a notice, or nullptr
    /// How a CoAP message with these options spells its payload, or nullptr.
    bool (*hex_by_content_format)(Lexer&, const CoapOptions&) noexcept;
    const Withdrawing* withdrawing;  ///< nullptr where every header is known by its own last byte
    Alias alias;
    bool payload_ends_in_crlf;  ///< whether a payload is always followed by CRLF
};

/// A dialect is a constant object: what you don't name isn't linked.
struct Dialect {
    const Decoding& decoding;
    const Facts& facts;
};

}  // namespace atwire

#endif
