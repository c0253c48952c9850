// What a Ragel lexer keeps between two bytes, and the actions that the grammar names. A lexer only finds out which form a line has
// and where its fields stand; the decoder reads the fields when the line is whole.
#ifndef ATWIRE_LEXER_HPP
#define ATWIRE_LEXER_HPP

#include <atwire/dialect.hpp>

#include <initializer_list>

namespace atwire {

/// Why a lexer stopped.
enum class Stop : std::uint8_t {
    input,          ///< the chunk is used up
    line,           ///< behind a line's terminator
    inline_header,  ///< behind a header whose payload follows on the same line
    prompt,         ///< behind `>`
    echo,           ///< behind the CR of a line that began with AT
    withdrawn,      ///< within what turned out to be the payload of the header whose last slot it is
};

/// Where a field stands in its line.
struct Slot {
    std::uint16_t begin;
    std::uint16_t end;
};

struct Lexer {
    static constexpr std::uint8_t no_form = 0xFF;
    // Forms that every dialect has and that no table row describes.
    static constexpr std::uint8_t supported_form = 0xFE;
    static constexpr std::uint8_t information_form = 0xFD;
    static constexpr std::uint8_t echo_form = 0xFC;
    static constexpr std::uint8_t last_row = 0xFB;
    static constexpr std::uint16_t no_fault = 0xFFFF;
    static constexpr std::uint16_t at_end = 0xFFFE;  ///< a fault where the text ends
    static constexpr std::size_t max_slots = 10;

    // The chunk. Positions are kept as numbers, so that nothing dangles when the chunk goes.
    const unsigned char* chunk = nullptr;
    const unsigned char* p = nullptr;
    const unsigned char* pe = nullptr;
    const Settings* settings = nullptr;
    const Decoding* dialect = nullptr;

    /// The address at which the line begins; of a line that began in an earlier chunk the one that it would have, had the chunks
    /// been adjacent. A number, so that it may be an address that isn't there.
    std::size_t line = 0;
    Quirks accepted = every_quirk;
    Stop stop = Stop::input;
    std::uint8_t terminator = 0;  ///< bytes of the terminator read
    std::int16_t cs = 0;
    std::uint16_t marked = 0;  ///< where the field begins that isn't done
    std::uint8_t form = no_form;
    bool infers = true;  ///< takes a default where nobody gave what a reading needs
    // What a line begins with; side by side, so that compilers store it at once, eight bytes and four that nothing straddles.
    Quirks quirks;
    std::uint16_t fault = no_fault;
    std::uint16_t name_end = 0;  ///< where the name of `+NAME:` ends
    bool begun = false;          ///< whether a byte that is no lead has come
    bool odd_lead = false;
    Doubts doubts;
    std::uint8_t slot_count = 0;
    std::array<Slot, max_slots> slots;

    /// A number that decides what follows it, read on the way.
    std::uint16_t small = 0;
    /// What has to come, of a CoAP message.
    struct Due {
        bool token : 1 = false;
        bool payload : 1 = false;
        bool may_have_payload : 1 = false;
        bool doubtful : 1 = false;     ///< a length has been read that may be the count of options
        bool either_base : 1 = false;  ///< its mode can be read in decimal too, and then has three options less
        std::uint8_t options = 0;
    } due;

    static std::size_t address(const unsigned char* at) noexcept { return reinterpret_cast<std::uintptr_t>(at); }
    /// Returns by how much the addresses of what came before have shifted.
    std::size_t feed(std::string_view bytes) noexcept {
        const std::size_t end = address(p);
        chunk = p = reinterpret_cast<const unsigned char*>(bytes.data());
        pe = p + bytes.size();
        line += address(p) - end;
        return address(p) - end;
    }
    void start_line(std::int16_t entry) noexcept {
        cs = entry;
        quirks = {};
        fault = no_fault;
        name_end = 0;
        begun = odd_lead = false;
        doubts = {};
        slot_count = 0;
        form = no_form;
    }

    /// The offset in the line of the byte at `at`. Lines longer than the line limit are never read by their slots, so a wrapped
    /// offset does no harm.
    [[nodiscard]] std::uint16_t offset(const unsigned char* at) const noexcept {
        return static_cast<std::uint16_t>(address(at) - line);
    }

    /// CRLF leads nearly every line and brings the lexer back to where it stands: it is skipped. In the lexer, where `p` stays in a
    /// register, that is 2 ns a line faster than in the decoder.
    [[nodiscard]] const unsigned char* behind_lead() const noexcept {
        return pe - p >= 2 && p[0] == '\r' && p[1] == '\n' ? p + 2 : p;
    }

    // The actions. `at` is the byte that the lexer looks at: it keeps `p` in a register while it runs.
    void begin(const unsigned char* at) noexcept {
        if (begun) return;
        begun = true;
        line = address(at);
    }
    void mark(const unsigned char* at) noexcept { marked = offset(at); }
    void done(const unsigned char* at) noexcept {
        if (slot_count < max_slots) slots[slot_count++] = {marked, offset(at)};
    }
    /// What was fields from the first on is one field.
    void reopen() noexcept {
        marked = slots[0].begin;
        slot_count = 0;
    }
    void named(const unsigned char* at) noexcept { name_end = offset(at); }
    void is(std::uint8_t number) noexcept { form = number; }
    void is_supported() noexcept {
        form = supported_form;
        quirks = quirks.without(Quirk::undocumented_form);
    }
    void is_information() noexcept {
        form = information_form;
        fault = no_fault;
    }
    void is_undocumented(const unsigned char* at) noexcept {
        form = information_form;
        quirk(Quirk::undocumented_form, at);
    }
    void quirk(Quirk which, const unsigned char* at) noexcept { quirk_at(which, offset(at)); }
    void quirk_at(Quirk which, std::uint16_t offset) noexcept {
        quirks |= which;
        if (!accepted.has(which)) fault_at(offset);
    }
    /// No documented form allows the byte at `offset`. The first such byte counts.
    void fault_at(std::uint16_t offset) noexcept {
        if (offset < fault) fault = offset;
    }
    /// No form allows the byte at `p`. Whether that is behind the line's name.
    bool broken() noexcept {
        begin(p);
        fault_at(offset(p));
        if (name_end == 0) form = no_form;
        return name_end != 0;
    }
    /// A quirk of the terminator: the fault is where the text ends, before its first CR.
    void quirk_at_end(Quirk which) noexcept { quirk_at(which, at_end); }
    /// The line has ended; its terminator has so many bytes up to `p`.
    void end(std::uint8_t bytes) noexcept {
        terminator = bytes;
        stop = Stop::line;
    }

    /// The dialect's command that is pending, or nullptr.
    [[nodiscard]] const PendingCommand* command_of(const Pending& pending) const noexcept {
        return pending.command < dialect->commands.size() ? &dialect->commands[pending.command] : nullptr;
    }

    // Numbers that decide, read digit by digit: too large is the same as any large one.
    void add_digit(unsigned char digit) noexcept {
        if (small < 6000) small = static_cast<std::uint16_t>(small * 10 + digit - '0');
    }

    // CoAP messages: what their options and payload are, by counting.
    static constexpr std::uint8_t max_options = 12;

    /// A digit of a length, or of the count of a response's options.
    void length_digit(const unsigned char* at) noexcept {
        if (small > max_payload / 10 || small * 10u + *at - '0' > max_payload) return fault_at(offset(at));
        small = static_cast<std::uint16_t>(small * 10 + *at - '0');
    }
    /// A field that isn't there.
    void left_out(const unsigned char* at) noexcept {
        if (slot_count < max_slots) slots[slot_count++] = {offset(at), offset(at)};
    }
    void response_begins() noexcept { due = {.may_have_payload = true}; }
    /// One more digit of a request's mode, of which nobody knows yet whether it is the last.
    void mode_digit(unsigned char digit) noexcept {
        small = static_cast<std::uint16_t>(small * 16 + (digit & 15) + (digit > '9' ? 9 : 0));
        const unsigned decimal = (small >> 8) * 100u + (small >> 4 & 15) * 10u + (small & 15);
        const unsigned mode = mode_is_decimal() ? decimal : small;
        due = {.token = (mode & 1) != 0,
               .payload = (mode & 128) != 0,
               .may_have_payload = (mode & 128) != 0,
               .options = static_cast<std::uint8_t>(mode >> 1 & 63)};
        // `10` to `19` are modes in either base; the number of options tells which.
        due.either_base = small >= 0x10 && small <= 0x19;
    }
    /// The digits can only be decimal ones: read as hexadecimal they have more than twelve options.
    [[nodiscard]] bool mode_is_decimal() const noexcept { return small > 0xFF || (small >= 0x20 && small <= 0x25); }
    /// Of three digits the third is one too many, of two the first is too large.
    void mode_found() noexcept {
        if (mode_is_decimal()) quirk_at(Quirk::decimal_mode, static_cast<std::uint16_t>(marked + (small > 0xFF ? 2 : 0)));
    }
    [[nodiscard]] bool option_due() const noexcept { return due.options != 0 && !due.token; }
    [[nodiscard]] bool length_due() const noexcept { return due.may_have_payload && due.options == 0 && !due.token; }
    /// Behind a response's number: whether it can only be a length. It is taken for one until an option follows.
    [[nodiscard]] bool is_length(const unsigned char* at) noexcept {
        left_out(at);
        done(at);
        due.doubtful = small != 0 && small <= max_options;
        return !due.doubtful;
    }
    /// The number was the count of the options, the first of which has begun.
    void options_follow() noexcept {
        slot_count = static_cast<std::uint8_t>(slot_count - 2);
        const Slot count = slots[slot_count + 1u];
        if (count.end - count.begin > (small < 10 ? 1 : 2))
            quirk_at(Quirk::zero_padded, static_cast<std::uint16_t>(count.begin + 1));
        marked = static_cast<std::uint16_t>(count.end + 1);
        due.options = static_cast<std::uint8_t>(small);
        due.doubtful = false;
    }
    /// The line ends. It may while nothing is due.
    void coap_complete(const unsigned char* at) noexcept {
        const bool as_decimal = due.either_base && due.options == 3;
        if (as_decimal) quirk(Quirk::decimal_mode, at);
        if (due.token || due.payload || (due.options != 0 && !as_decimal)) fault_at(offset(at));
    }

    // Where the bytes leave two readings, what the dialogue has set decides.

    /// Whether `>` at the start of a line is a prompt: a sending command is pending, or nothing is known of pending commands.
    [[nodiscard]] bool prompt_expected() noexcept {
        if (!settings->pending_known) {
            doubts |= Doubt::inferred;
            return true;
        }
        for (std::size_t i = 0; i < settings->pending_count && i < settings->pending.size(); ++i) {
            const PendingCommand* command = command_of(settings->pending[i]);
            if (command != nullptr && command->sends) return true;
        }
        return false;
    }
    /// Whether the command line comes back.
    [[nodiscard]] bool echo_expected() noexcept { return settle(&Settings::echo) != 0; }
    /// Behind `+QIRD: 10,`: whether the payload begins here, or the remaining length.
    [[nodiscard]] bool read_begins() noexcept { return hold({wants(&Settings::viewmode, 1), wants(&Settings::showlength, 0)}); }
    /// Behind `+QIURC: "recv",0,`: whether payload without a length begins here.
    [[nodiscard]] bool unframed_begins() noexcept {
        const Wanted direct{small < max_sockets ? settings->access_mode[small] : unset, dialect->defaults.access_mode[0], 1};
        return hold({direct, wants(&Settings::viewmode, 1), wants(&Settings::showlength, 0)});
    }
    /// Behind `+QIURC: "recv",0,4,`: whether payload begins here, or the peer of a UDP service.
    [[nodiscard]] bool stream_push_begins() noexcept {
        return stream_begins(small < max_sockets ? settings->service[small] : Service::unknown);
    }
    /// Behind `+QIRD: 4,`: the same, or totals.
    [[nodiscard]] bool stream_read_begins() noexcept {
        if (small == 0) return false;  // nothing has no payload
        const Pending* pending = settings->oldest_of(dialect->forms[form].command);
        if (pending == nullptr) return stream_begins(Service::unknown);
        if (pending->parameters[1] == 0) return false;
        return stream_begins(pending->parameters[0] < max_sockets ? settings->service[pending->parameters[0]] : Service::unknown);
    }
    /// A socket of another service has no peer to name. Of an unknown one viewmode says whether payload can stand here at all.
    [[nodiscard]] bool stream_begins(Service service) noexcept {
        if (service != Service::unknown) return service != Service::udp_service;
        return hold({wants(&Settings::viewmode, 1), {unset, 1, 1}});
    }
    /// Behind `+QIURC: "recv",0,12,`: whether a quote comes before the payload.
    [[nodiscard]] bool push_is_quoted() noexcept { return settle(&Settings::payload_quotes) == 1; }

    /// A setting's value; the dialect's default, with a doubt, where nobody gave it.
    [[nodiscard]] Setting settle(Setting Settings::*which) noexcept { return settle(settings->*which, dialect->defaults.*which); }

    [[nodiscard]] Setting settle(Setting given, Setting fallback) noexcept {
        if (given != unset) return given;
        doubts |= Doubt::inferred;
        return fallback;
    }

    /// A setting, its default, and the value that a reading needs.
    struct Wanted {
        Setting given;
        Setting fallback;
        Setting value;
    };
    [[nodiscard]] Wanted wants(Setting Settings::*which, Setting value) const noexcept {
        return {settings->*which, dialect->defaults.*which, value};
    }
    /// Whether a reading holds that needs all of them. Where a given one excludes it there is no doubt, whatever the others are.
    /// Inline: one call anywhere in a goto lexer costs every line of the dialect the saving of registers.
    [[nodiscard, gnu::always_inline]] bool hold(std::initializer_list<Wanted> all) noexcept {
        bool held = true;
        bool certain = true;
        for (const Wanted& one : all) {
            if (one.given != unset && one.given != one.value) return false;
            certain = certain && one.given != unset;
            held = held && (one.given != unset || one.fallback == one.value);
        }
        if (!certain) doubts |= Doubt::inferred;
        return held;
    }
};

}  // namespace atwire

#endif
