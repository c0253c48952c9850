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

void numbers(Lexer& lexer, std::string_view list, std::size_t begin, std::uint32_t most) noexcept {
    std::size_t first = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        if (i < list.size() && !quoted && list[i] >= '0' && list[i] <= '9') continue;
        if (i < list.size() && list[i] == '"') quoted = !quoted;
        if (quoted) {
            first = i + 1;
            continue;
        }
        number(lexer, part(list, first, i - first), begin + first, most);
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

bool hex_by_content_format(Lexer& lexer, const CoapOptions& options) noexcept {
    const Setting given = lexer.settings->coap_payload;
    if (given > 0) return given == 1;
    constexpr std::uint32_t content_format = 12;
    for (const CoapOption& option : options)
        if (option.number == content_format) return option.value != "0" && option.value != "41" && option.value != "50";
    if (given == unset) lexer.doubts |= Doubt::inferred;
    return true;
}

}  // namespace detail

/// Where a line has two documented readings, takes the one that the dialogue has settled.
void Decoder::settle(const DecodeForm*& form, std::string_view text) noexcept {
    const auto read_as = [&](std::uint8_t other) {
        detail::assemble(other, lexer_, event_.body, text);
        form = &decoding().forms[other];
    };
    if (form->settle == Settle::access_mode) {
        const DataAvailable& notice = event_.body.data_available;
        const bool may_be_header = notice.length || decoding().forms[form->other].body == Body::viewmode_unframed;
        if (!may_be_header) return;
        const Setting given = notice.socket < max_sockets ? settings.access_mode[notice.socket] : unset;
        if (lexer_.settle(given, decoding().defaults.access_mode[0]) != 1) return check_shown_length(notice.length.there);
        read_as(form->other);
    } else if (form->settle == Settle::pending_read) {
        if (event_.body.network_opened.error > 1) return;  // no state
        if (!settings.pending_known) lexer_.doubts |= Doubt::inferred;
        const Pending* pending = settings.oldest_of(form->command);
        if (pending == nullptr || pending->form != CommandForm::read) return;
        return read_as(form->other);
    }
    if (form->settle == Settle::shown_length) check_shown_length(event_.body.data_received.length.there);
}

/// A length where the settings say that there is none: the wire wins.
void Decoder::check_shown_length(bool there) noexcept {
    if (there && decoding().shown_length != nullptr && settings.*decoding().shown_length == 0)
        lexer_.quirk_at(Quirk::unexpected_length, lexer_.slots[1].begin);
}

bool Decoder::ends_command(const Event& event) const noexcept {
    if (is_final_result(event.kind)) return true;
    if (event.kind != Kind::send_ok && event.kind != Kind::send_fail) return false;
    const Pending* pending = oldest_pending();
    const PendingCommand* command = pending != nullptr ? lexer_.command_of(*pending) : nullptr;
    return command != nullptr && command->ends_by_send;
}

}  // namespace atwire
