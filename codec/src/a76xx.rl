// The lexer of the dialect a76xx, module to host. Made by Ragel from a76xx.rl and grammar/; do not edit the generated file.
#include <atwire/detail/lexer.hpp>
#include <atwire/detail/tables.hpp>
#include <atwire/dialects/a76xx.hpp>

namespace atwire {
namespace {

// The number of a production's form.
consteval std::uint8_t form(std::string_view production) { return detail::form_number(tables::a76xx::forms, production); }

%%{
machine a76xx;
include actions "actions.rl";
include forms "generated/a76xx_forms.rl";
include a76xx_module "../../grammar/a76xx.rl";
access lexer.;
write data nofinal;
}%%

void lex(Lexer& lexer) noexcept {
    // In a register: what can't be foreseen waits for it, and through memory it comes later.
    const unsigned char* p = lexer.cs == a76xx_en_line ? lexer.behind_lead() : lexer.p;
    const unsigned char* const pe = lexer.pe;
    for (;;) {
        %% write exec;
        lexer.p = p;
        if (lexer.cs != a76xx_error) return;
        lexer.cs = lexer.broken() ? a76xx_en_rest_of_line : a76xx_en_other_name;
    }
}

constexpr auto decode_forms = detail::decode_forms<tables::a76xx::facts>();
constexpr auto pending_commands = detail::pending_commands<tables::a76xx::facts>();

}  // namespace

extern const Decoding ATWIRE_DECODING(a76xx);
const Decoding ATWIRE_DECODING(a76xx) = {
    .lex = lex,
    .usual = ATWIRE_USUAL(decode_forms),
    .entries = {a76xx_en_line, a76xx_en_rest_of_line},
    .forms = decode_forms.form.data(),
    .targets = decode_forms.target.data(),
    .commands = pending_commands,
    .end_of_transparent = tables::a76xx::end_of_transparent,
    .defaults = detail::defaults(tables::a76xx::facts),
    .data_echo = tables::a76xx::data_echo,
    .payload_ends_in_crlf = tables::a76xx::facts.crlf_after_payload,
};

}  // namespace atwire
