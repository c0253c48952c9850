// What a Ragel lexer keeps between two bytes, and the actions that the grammar names. A lexer only finds out which form a line has
// and where its fields stand; the decoder reads the fields when the line is whole.
#ifndef ATWIRE_LEXER_HPP
#define ATWIRE_LEXER_HPP

#include <atwire/dialect.hpp>

namespace atwire {

/// Why a lexer stopped.
enum class Stop : std::uint8_t {
    input,          ///< the chunk is used up
    line,           ///< behind a line's terminator
    inline_header,  ///< behind a header whose payload follows on the same line
    prompt,         ///< behind `>`
    echo,           ///< behind the CR of a line that began with AT
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
    static constexpr std::uint16_t at_end = 0xFFFE;    ///< a fault where the text ends
    static constexpr std::size_t max_slots = 10;

    // The chunk. Positions are kept as numbers, so that nothing dangles when the chunk goes.
    const unsigned char* chunk = nullptr;
    const unsigned char* p = nullptr;
    const unsigned char* pe = nullptr;
    const Settings* settings = nullptr;
    const Decoding* dialect = nullptr;

    std::int16_t cs = 0;
    std::uint32_t line = 0;        ///< where the line begins, from `chunk` on; modulo 2^32 where it began in an earlier chunk
    bool begun = false;            ///< whether a byte that is no lead has come
    bool odd_lead = false;
    std::uint8_t terminator = 0;   ///< bytes of the terminator read
    std::uint8_t form = no_form;
    Stop stop = Stop::input;
    Doubts doubts;
    Quirks quirks;
    Quirks accepted = every_quirk;
    std::uint16_t fault = no_fault;
    std::uint16_t name_end = 0;    ///< where the name of `+NAME:` ends
    std::uint8_t slot_count = 0;
    std::array<Slot, max_slots> slots;

    void feed(std::string_view bytes) noexcept {
        chunk = p = reinterpret_cast<const unsigned char*>(bytes.data());
        pe = p + bytes.size();
    }
    void start_line(std::int16_t entry) noexcept {
        cs = entry;
        begun = odd_lead = false;
        terminator = 0;
        form = no_form;
        doubts = {};
        quirks = {};
        fault = no_fault;
        name_end = 0;
        slot_count = 0;
    }

    /// The offset in the line of the byte at `p`. Lines longer than the line limit are never read by their slots, so a wrapped
    /// offset does no harm.
    [[nodiscard]] std::uint16_t offset() const noexcept {
        return static_cast<std::uint16_t>(static_cast<std::uint32_t>(p - chunk) - line);
    }

    // The actions.
    void begin() noexcept {
        if (begun) return;
        begun = true;
        line = static_cast<std::uint32_t>(p - chunk);
    }
    void mark() noexcept {
        if (slot_count < max_slots) slots[slot_count].begin = offset();
    }
    void mark_behind() noexcept {
        if (slot_count < max_slots) slots[slot_count].begin = static_cast<std::uint16_t>(offset() + 1);
    }
    void done() noexcept {
        if (slot_count < max_slots) slots[slot_count++].end = offset();
    }
    void named() noexcept { name_end = offset(); }
    void is(std::uint8_t number) noexcept { form = number; }
    void is_supported() noexcept {
        form = supported_form;
        quirks = quirks.without(Quirk::undocumented_form);
    }
    void is_information() noexcept {
        form = information_form;
        fault = no_fault;
    }
    void is_undocumented() noexcept {
        form = information_form;
        quirk(Quirk::undocumented_form);
    }
    void quirk(Quirk which) noexcept { quirk_at(which, offset()); }
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
        begin();
        fault_at(offset());
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

    // Where the bytes leave two readings, what the dialogue has set decides.

    /// Whether `>` at the start of a line is a prompt: a sending command is pending, or nothing is known of pending commands.
    [[nodiscard]] bool prompt_expected() noexcept {
        if (!settings->pending_known) {
            doubts |= Doubt::inferred;
            return true;
        }
        for (std::size_t i = 0; i < settings->pending_count; ++i) {
            const Pending& pending = settings->pending[i];
            if (pending.command != Pending::unknown && dialect->commands[pending.command].sends) return true;
        }
        return false;
    }
    /// Whether the command line comes back.
    [[nodiscard]] bool echo_expected() noexcept { return settle(&Settings::echo) != 0; }
    /// Behind `+QIRD: 10,`: whether the payload begins here, or the remaining length.
    [[nodiscard]] bool read_begins() noexcept {
        return settle(&Settings::viewmode) == 1 && settle(&Settings::showlength) == 0;
    }
    /// Behind `+QIURC: "recv",0,12,`: whether a quote comes before the payload.
    [[nodiscard]] bool push_is_quoted() noexcept { return settle(&Settings::payload_quotes) == 1; }

    /// A setting's value; the dialect's default, with a doubt, where nobody gave it.
    [[nodiscard]] Setting settle(Setting Settings::*which) noexcept {
        return settle(settings->*which, dialect->defaults.*which);
    }

    [[nodiscard]] Setting settle(Setting given, Setting fallback) noexcept {
        if (given != unset) return given;
        doubts |= Doubt::inferred;
        return fallback;
    }
};

}  // namespace atwire

#endif
