// The lexer of the dialect bc26, module to host. Made by Ragel from bc26.rl and grammar/; do not edit the generated file.
#include <atwire/detail/lexer.hpp>
#include <atwire/detail/tables.hpp>
#include <atwire/dialects/bc26.hpp>

namespace atwire {
namespace {

// The number of a production's form.
consteval std::uint8_t form(std::string_view production) { return detail::form_number(tables::bc26::forms, production); }

%%{
machine bc26;
include actions "actions.rl";
include forms "generated/bc26_forms.rl";
include bc26_module "../../grammar/bc26.rl";
access lexer.;
write data nofinal;
}%%

void lex(Lexer& lexer) noexcept {
    // In a register: what can't be foreseen waits for it, and through memory it comes later.
    const unsigned char* p = lexer.cs == bc26_en_line ? lexer.behind_lead() : lexer.p;
    const unsigned char* const pe = lexer.pe;
    for (;;) {
        %% write exec;
        lexer.p = p;
        if (lexer.cs != bc26_error) return;
        lexer.cs = lexer.broken() ? bc26_en_rest_of_line : bc26_en_other_name;
    }
}

constexpr auto decode_forms = detail::decode_forms<tables::bc26::facts>();
constexpr auto pending_commands = detail::pending_commands<tables::bc26::facts>();

}  // namespace

extern const Decoding ATWIRE_DECODING(bc26);
const Decoding ATWIRE_DECODING(bc26) = {
    .lex = lex,
    .usual = ATWIRE_USUAL(decode_forms),
    .entries = {bc26_en_line, bc26_en_rest_of_line},
    .forms = decode_forms.form.data(),
    .targets = decode_forms.target.data(),
    .commands = pending_commands,
    .end_of_transparent = tables::bc26::end_of_transparent,
    .defaults = detail::defaults(tables::bc26::facts),
    .data_echo = tables::bc26::data_echo,
    .payload_ends_in_crlf = tables::bc26::facts.crlf_after_payload,
};

}  // namespace atwire
