// The part of filling messages that is the same for both styles, and small.
#include <atwire/decoder.hpp>
#include <atwire/detail/assemble.hpp>

namespace atwire {
namespace detail {

std::uint32_t number(Lexer& lexer, std::string_view digits, std::size_t begin, std::uint32_t most) noexcept {
    if (digits.size() > 1 && digits[0] == '0') lexer.quirk_at(Quirk::zero_padded, static_cast<std::uint16_t>(begin + 1));
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto digit = static_cast<std::uint32_t>(digits[i] - '0');
        if (value > (most - digit) / 10) {
            lexer.fault_at(static_cast<std::uint16_t>(begin + i));
            break;
        }
        value = value * 10 + digit;
    }
    return value;
}

void numbers(Lexer& lexer, std::string_view list, std::size_t begin) noexcept {
    std::size_t first = 0;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        if (i < list.size() && list[i] >= '0' && list[i] <= '9') continue;
        number(lexer, part(list, first, i - first), begin + first, 0xFFFFFFFF);
        first = i + 1;
    }
}

void assemble(std::uint8_t form_number, Lexer& lexer, Event::Body& body, std::string_view line) noexcept {
    const DecodeForm& form = lexer.dialect->forms[form_number];
    Assembler assembler{lexer, body, line};
    std::memset(static_cast<void*>(&body), 0, sizeof body);  // absent and zero are the same bytes
    for (const DecodeTarget *target = lexer.dialect->targets + form.first, *end = target + form.count; target != end; ++target)
        assembler.take(*target);
}

}  // namespace detail

/// Where a line has two documented readings, takes the one that the dialogue has settled.
void Decoder::settle(const DecodeForm*& form, std::string_view text) noexcept {
    if (form->settle == Settle::access_mode) {
        const DataAvailable& notice = event_.body.data_available;
        if (!notice.length) return;
        const Setting given = notice.socket < max_sockets ? settings.access_mode[notice.socket] : unset;
        if (lexer_.settle(given, decoding().defaults.access_mode[0]) == 0) {
            if (settings.showlength == 0)
                lexer_.quirk_at(Quirk::unexpected_length, static_cast<std::uint16_t>(lexer_.slots[1].begin - 1));
            return;
        }
    } else if (form->settle == Settle::pending_read) {
        if (event_.body.network_opened.error > 1) return;  // no state
        if (!settings.pending_known) lexer_.doubts |= Doubt::inferred;
        const Pending* pending = oldest_pending();
        if (pending == nullptr || pending->command != form->command || pending->form != CommandForm::read) return;
    } else {
        return;
    }
    detail::assemble(form->other, lexer_, event_.body, text);
    form = &decoding().forms[form->other];
}

}  // namespace atwire
