// The rules of syntax: what a line is by itself.
#include "rules/check.hpp"

namespace conformance {
namespace {

using atwire::Kind;
using atwire::Quirk;

void malformed(const HeardEvent& line, const Dialogue&, const Report& report) {
    report(line, "a documented form", line.message.body.malformed.fault);
}

void truncated(const HeardEvent& end, const Dialogue&, const Report& report) {
    const auto missing = end.message.body.truncated.missing;
    report(end, missing ? std::to_string(*missing) + " more bytes of payload" : "the end of the payload");
}

void overlong(const HeardEvent& piece, const Dialogue&, const Report& report) {
    if (piece.message.body.overlong.offset == 0) report(piece, "a line that ends");
}

void unfinished(const HeardEvent& line, const Dialogue&, const Report& report) {
    if (!is_prompt(line.wire)) report(line, "CR LF behind the line", line.wire.size());
}

/// Whether a line can't be the answer to a command, which may be one of other specifications (ATI, AT+CGMR).
bool is_unasked(const Dialogue& dialogue) { return dialogue.both_sides && dialogue.pending.empty(); }

void text(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    if (is_unasked(dialogue) && !says_restart(line.message)) report(line, "a line that begins with +, or a result code");
}

void undocumented(const HeardEvent& line, const Dialogue& dialogue, const Report& report) {
    if (is_unasked(dialogue) && !line.message.quirks.has(Quirk::undocumented_form))
        report(line, "a line that the manual documents");
}

constexpr Check checks[] = {
    {"syntax.malformed", OnEvent{Kind::malformed, malformed}},
    {"syntax.truncated", OnEvent{Kind::truncated, truncated}},
    {"syntax.overlong", OnEvent{Kind::overlong, overlong}},
    {"syntax.unfinished", OnEvent{Kind::unfinished, unfinished}},
    {"syntax.text", OnEvent{Kind::text, text}},
    {"syntax.undocumented", OnEvent{Kind::information, undocumented}},
    {"all.colon.one-blank", NoQuirk{Quirk::no_space_after_colon}},
    {"syntax.quirk.space-after-comma", NoQuirk{Quirk::space_after_comma}},
    {"syntax.quirk.unquoted-address", NoQuirk{Quirk::unquoted_address}},
    {"syntax.quirk.quoted-address", NoQuirk{Quirk::quoted_address}},
    {"syntax.quirk.extra-time-group", NoQuirk{Quirk::extra_time_group}},
    {"syntax.quirk.alias", NoQuirk{Quirk::alias}},
    {"syntax.quirk.decimal-mode", NoQuirk{Quirk::decimal_mode}},
    {"syntax.quirk.dotted-zero", NoQuirk{Quirk::dotted_zero}},
    {"syntax.quirk.zero-padded", NoQuirk{Quirk::zero_padded}},
    {"syntax.quirk.leading-blank", NoQuirk{Quirk::leading_blank}},
    {"syntax.quirk.leading-plus", NoQuirk{Quirk::leading_plus}},
    {"syntax.quirk.space-after-recv-from", NoQuirk{Quirk::space_after_recv_from}},
    {"syntax.quirk.colon-after-length", NoQuirk{Quirk::colon_after_length}},
    {"syntax.quirk.unexpected-length", NoQuirk{Quirk::unexpected_length}},
    {"syntax.quirk.undocumented-form", NoQuirk{Quirk::undocumented_form}},
    {"syntax.quirk.no-blank-line", NoQuirk{Quirk::no_blank_line}},
    {"syntax.quirk.extra-blank-line", NoQuirk{Quirk::extra_blank_line}},
    {"syntax.quirk.odd-framing", NoQuirk{Quirk::odd_framing}},
    {"syntax.quirk.extra-carriage-return", NoQuirk{Quirk::extra_carriage_return}},
    {"syntax.quirk.bare-line-feed", NoQuirk{Quirk::bare_line_feed}},
    {"syntax.quirk.bare-carriage-return", NoQuirk{Quirk::bare_carriage_return}},
};

}  // namespace

extern const std::span<const Check> general_syntax_checks{checks};

}  // namespace conformance
