// The rules about the data of a send: how it is spelled and ended (bc65, bc26, ec200x).
#include "rules/check.hpp"
#include "rules/sockets/sends.hpp"

namespace conformance {
namespace {

using atwire::Kind;

// ── What is sent ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What the table complains of.
atwire::Value value_at(const Exchange& command, const Complaint& complaint) {
    return *atwire::Values{std::string_view{command.command.wire}.substr(complaint.at)}.begin();
}

/// What one send of bc26 takes at most, by where its data stands and how it is spelled.
struct Limit {
    bool in_line, hex;
    std::uint64_t bytes;

    [[nodiscard]] bool concerns(const Exchange& send, const Dialogue& dialogue) const {
        return hex == (dialogue.settings.send_dataformat == 1) && in_line == inline_data(send).has_value();
    }
    [[nodiscard]] std::string exceeded(std::uint64_t by) const {
        return "at most " + std::to_string(bytes) + " bytes" + (hex ? " as hexadecimal digits" : "") + ", not " +
               std::to_string(by);
    }
};
template <Limit limit>
void length_in(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    const auto out = outgoing(send);
    if (out && out->length.value_or(0) > limit.bytes && limit.concerns(send, dialogue))
        report(send.command, limit.exceeded(*out->length));
}
template <Limit limit>
std::optional<Complaint> wrong_length(const Complaint& complaint, const Exchange& send, const Dialogue& dialogue) {
    if (!limit.concerns(send, dialogue)) return {};
    const auto given = inline_data(send);
    const bool exceeds = given && given->length.value_or(0) > limit.bytes;
    return Complaint{.at = complaint.at, .expected = exceeds ? limit.exceeded(*given->length) : complaint.expected};
}
/// Data of variable length, where it exceeds the limit.
template <Limit limit>
void typed_in(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    const Exchange* send = typing(dialogue);
    if (send == nullptr || outgoing(*send)->length || !limit.concerns(*send, dialogue)) return;
    const auto& piece = data.message.body.send_data;
    const std::uint64_t most = limit.bytes * (limit.hex ? 2 : 1);
    if (piece.offset <= most && piece.offset + piece.data.size() > most)
        report(data, limit.exceeded((piece.offset + piece.data.size()) / (limit.hex ? 2 : 1)));
}
constexpr Limit inline_text{true, false, 1024}, inline_hex{true, true, 512}, typed_text{false, false, 1460},
    typed_hex{false, true, 730};

/// QICFG "send/buffersize" allows more.
std::optional<Complaint> over_buffer(const Complaint& complaint, const Exchange& send, const Dialogue& dialogue) {
    const std::int64_t most = dialogue.set_to("QICFG send/buffersize").value_or(0);
    const atwire::Value given = value_at(send, complaint);
    const bool known = most > 0 && given.type == atwire::Value::Type::integer && given.integer > 0;
    if (!known) return complaint;
    if (given.integer <= most) return Complaint{};
    return Complaint{.at = complaint.at,
                     .expected = "send_length in 1.." + std::to_string(most) + ", not " + std::string{given.text}};
}

/// An unquoted `;` has ended the command before its data's end.
bool cut_by_semicolon(const Exchange& send, const Inline& given) {
    return send.command->more && !given.quoted() && given.length && given.data().size() < *given.length;
}
/// What bc65 wants between quotes breaks that rule alone.
bool is_bare(const Inline& given, const Dialogue& dialogue) { return dialogue.is("bc65") && !given.quoted(); }
void length_equals_data(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    const auto given = inline_data(send);
    if (!given || !given->length || cut_by_semicolon(send, *given) || is_bare(*given, dialogue)) return;
    const std::string_view data = given->data();
    const atwire::Setting format = dialogue.settings.send_dataformat;
    const bool as_hex = data.size() == 2 * *given->length && are_hex_digits(data);
    const bool right = format == 1 ? data.size() == 2 * *given->length : data.size() == *given->length || (format != 0 && as_hex);
    if (!right)
        report(
            send.command,
            std::to_string(*given->length) + " bytes of data, not " + std::to_string(format == 1 ? data.size() / 2 : data.size()),
            given->at);
}
/// Quotes within quoted data: {"a":1} between quotes is a documented form, for which no command is read.
std::optional<Complaint> quotes_inside(const Complaint&, const Exchange& send, const Dialogue&) {
    const auto given = inline_data(send);
    if (!given || !given->quoted() || !given->length || given->data().find('"') == std::string_view::npos) return {};
    return Complaint{};
}
void length_is_bytes(const Exchange& send, const Dialogue&, const Report& report) {
    const auto given = inline_data(send);
    if (given && given->length && are_hex_digits(given->data()) && given->data().size() % 2 == 0 &&
        given->data().size() != 2 * *given->length)
        report(send.command,
               std::to_string(2 * *given->length) + " digits for " + std::to_string(*given->length) + " bytes, not " +
                   std::to_string(given->data().size()),
               given->at);
}

void inline_quoted(const Exchange& send, const Dialogue&, const Report& report) {
    const auto given = inline_data(send);
    if (given && !given->quoted() && outgoing(send)) report(send.command, "data between quotes (0x22)", given->at);
}
std::optional<Complaint> lacks_quotes(const Complaint&, const Exchange& send, const Dialogue&) {
    const auto given = inline_data(send);
    if (!given || given->quoted()) return {};
    return Complaint{.at = given->at, .expected = "data between quotes (0x22)"};
}
std::size_t special(const Inline& given) {
    return given.quoted() ? std::string_view::npos : given.spelled.find_first_of(",{}[] ");
}
void special_quoted(const Exchange& send, const Dialogue&, const Report& report) {
    const auto given = inline_data(send);
    if (!given || !outgoing(send) || special(*given) == std::string_view::npos) return;
    report(send.command, "quotes round data that holds such characters", given->at + special(*given));
}
std::optional<Complaint> special_unquoted(const Complaint&, const Exchange& send, const Dialogue&) {
    const auto given = inline_data(send);
    if (!given || special(*given) == std::string_view::npos) return {};
    return Complaint{.at = given->at + special(*given), .expected = "quotes round data that holds such characters"};
}
void no_semicolon(const Exchange& send, const Dialogue&, const Report& report) {
    const auto given = inline_data(send);
    if (!given) return;
    const std::size_t at = cut_by_semicolon(send, *given) ? given->spelled.size() : given->spelled.find(';');
    if (at != std::string_view::npos) report(send.command, "no ; in the data", given->at + at);
}
void no_hex(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    if (outgoing(send) && dialogue.settings.send_dataformat == 1)
        report(send.command, "AT+QISENDEX for hexadecimal digits (QICFG \"dataformat\",1)");
}

void even_digits(const Exchange& send, const Dialogue&, const Report& report) {
    const auto out = outgoing(send);
    if (out && out->data && (!are_hex_digits(*out->data) || out->data->size() % 2 != 0))
        report(send.command, "an even number of hexadecimal digits", send.command.wire.find(*out->data));
}
std::optional<Complaint> no_digits(const Complaint& complaint, const Exchange& send, const Dialogue&) {
    const atwire::Value given = value_at(send, complaint);
    if (are_hex_digits(given.text) && given.text.size() % 2 == 0) return {};
    return complaint;
}
void typed_digits(const HeardCommand& data, const Dialogue& dialogue, const Report& report) {
    const Exchange* send = typing(dialogue);
    if (send == nullptr || !outgoing(*send)->hex) return;
    const auto& piece = data.message.body.send_data;
    const bool odd = piece.last && piece.end && *piece.end == "ctrl_z" && (piece.offset + piece.data.size()) % 2 != 0;
    if (!are_hex_digits(piece.data) || odd) report(data, "an even number of hexadecimal digits");
}
/// `AT+QISENDEX=0,5,"3031323334"` where the digits come at once, and where the length comes first.
std::optional<Complaint> digits_with_length(const Complaint&, const Exchange& send, const Dialogue&) {
    const auto given = inline_data(send);
    if (!given || !given->length) return {};
    return Complaint{.at = place_of(send.command.wire, 1), .expected = "the digits without a length before them"};
}
std::optional<Complaint> digits_for_length(const Complaint& complaint, const Exchange& send, const Dialogue&) {
    if (inline_data(send) || value_at(send, complaint).type != atwire::Value::Type::string) return {};
    return Complaint{.at = complaint.at, .expected = "the length before the digits"};
}

// ── The data phase ──────────────────────────────────────────────────────────────────────────────────────────────────────────

void prompt_first(const Exchange& send, const Dialogue&, const Report& report) {
    if (by_prompt(send) && taken(send) && send.data_end != "esc" && send.reply(Kind::prompt) == nullptr)
        report(*send.result, "> before the result");
}
void ctrl_z_sends(const Exchange& send, const Dialogue&, const Report& report) {
    if (by_prompt(send) && !outgoing(send)->length && send.data_at && !send.data_end && taken(send))
        report(send.command, "Ctrl+Z (0x1A) behind the data");
}
void auto_end(const Exchange& send, const Dialogue&, const Report& report) {
    if (by_prompt(send) && outgoing(send)->length && send.data_at && send.data_end != "length" && taken(send))
        report(*send.result, "a result behind " + std::to_string(*outgoing(send)->length) + " bytes of data, not before");
}
void prompt_forms(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    prompt_first(send, dialogue, report);
    ctrl_z_sends(send, dialogue, report);
    auto_end(send, dialogue, report);
}
void cancelled(const HeardEvent& result, const Dialogue& dialogue, const Report& report) {
    if (dialogue.awaits(result.message) != nullptr) return;
    const Exchange* send = pending_send(dialogue);
    if (send != nullptr ? send->data_end == "esc" : dialogue.transfers.cancelled)
        report(result, "no SEND OK, as Esc has cancelled the data");
}
void data_timeout(const Exchange& send, const Dialogue& dialogue, const Report& report) {
    if (!send.prompt || !send.data_at || !taken(send)) return;
    const std::int64_t limit = dialogue.set_to("QICFG qisend/timeout").value_or(0);
    const auto waited = seconds_between(*send.prompt, *send.data_at);
    if (limit > 0 && waited && *waited > static_cast<double>(limit))
        report(*send.result, "the end of the data phase " + seconds(static_cast<double>(limit)) +
                                 " behind >, not data taken after " + seconds(*waited));
}

void data_echo(const HeardEvent& echo, const Dialogue& dialogue, const Report& report) {
    const auto& piece = echo.message.body.data_echo;
    const Transfers& known = dialogue.transfers;
    if (dialogue.settings.qisde != 1 || known.echoed + piece.data.size() > known.typed.size()) return;
    if (std::string_view{known.typed}.substr(known.echoed, piece.data.size()) != piece.data)
        report(echo, "the data that was typed, as QISDE is 1");
}
void no_data_echo(const HeardEvent& text, const Dialogue& dialogue, const Report& report) {
    const Exchange* send = typing(dialogue);
    if (dialogue.settings.qisde != 0 || send == nullptr || !send->data_at || text.wire.empty()) return;
    if (dialogue.transfers.typed.starts_with(text.wire)) report(text, "no echo of the data, as QISDE is 0");
}
template <void (*check)(const HeardEvent&, const Dialogue&, const Report&)>
void at_once(const HeardEvent& event, const Dialogue& dialogue, const Report& report) {
    if (dialogue.transfers.qisde_fresh) check(event, dialogue, report);
}

constexpr Check checks[] = {
    {"nb.qisend.mrt-300ms", ResponseTime{"QISEND"}},
    {"bc65.qisend.length-max-1440", ParameterRange{"QISEND", "send_length"}},
    {"bc65.qisend.length-max-1440", ParameterRange{"QISENDEX", "send_length"}},
    {"bc26.qisend.length-inline-text-1024", OnCommand{"QISEND", length_in<inline_text>}},
    {"bc26.qisend.length-inline-text-1024", ParameterRange{"QISEND", "send_length", "", wrong_length<inline_text>}},
    {"bc26.qisend.length-inline-hex-512", OnCommand{"QISEND", length_in<inline_hex>}},
    {"bc26.qisend.length-inline-hex-512", ParameterRange{"QISEND", "send_length", "", wrong_length<inline_hex>}},
    {"bc26.qisend.length-inline-text-1024", ParameterRange{"QISEND", "data", "", wrong_length<inline_text>}},
    {"bc26.qisend.length-inline-hex-512", ParameterRange{"QISEND", "data", "", wrong_length<inline_hex>}},
    {"bc26.qisend.length-prompt-text-1460", OnCommand{"QISEND", length_in<typed_text>}},
    {"bc26.qisend.length-prompt-text-1460", ParameterRange{"QISEND", "send_length", "", wrong_length<typed_text>}},
    {"bc26.qisend.length-prompt-text-1460", OnData{typed_in<typed_text>}},
    {"bc26.qisend.length-prompt-hex-730", OnCommand{"QISEND", length_in<typed_hex>}},
    {"bc26.qisend.length-prompt-hex-730", ParameterRange{"QISEND", "send_length", "", wrong_length<typed_hex>}},
    {"bc26.qisend.length-prompt-hex-730", OnData{typed_in<typed_hex>}},
    {"ec200x.qisend.length-max-1460", ParameterRange{"QISEND", "send_length", "", over_buffer}},
    {"bc26.qisend.length-equals-data", OnCommand{"QISEND", length_equals_data}},
    {"bc26.qisend.length-equals-data", ParameterRange{"QISEND", "", "", quotes_inside}},
    {"bc65.qisend.length-equals-data", OnCommand{"QISEND", length_equals_data}},
    {"bc65.qisend.length-equals-data", ParameterRange{"QISEND", "", "", quotes_inside}},
    {"bc65.qisend.inline-quoted", OnCommand{"QISEND", inline_quoted}},
    {"bc65.qisend.inline-quoted", OnCommand{"QISENDEX", inline_quoted}},
    {"bc65.qisend.inline-quoted", ParameterRange{"QISEND", "", "", lacks_quotes}},
    {"bc65.qisend.inline-quoted", ParameterRange{"QISENDEX", "hex_string", "", lacks_quotes}},
    {"bc26.qisend.special-data-quoted", OnCommand{"QISEND", special_quoted}},
    {"bc26.qisend.special-data-quoted", ParameterRange{"QISEND", "", "", special_unquoted}},
    {"bc26.qisend.no-semicolon", OnCommand{"QISEND", no_semicolon}},
    {"bc65.qisend.no-hex", OnCommand{"QISEND", no_hex}},
    {"bc26.qisendex.length-max-512", ParameterRange{"QISENDEX", "send_length"}},
    {"nb.qisendex.length-is-bytes", OnCommand{"QISENDEX", length_is_bytes}},
    {"nb.qisendex.takes-length", ParameterRange{"QISENDEX", "send_length", "", digits_for_length}},
    {"ec200x.qisendex.no-length", ParameterRange{"QISENDEX", "hex_string", "", digits_with_length}},
    {"ec200x.qisendex.no-length", ParameterRange{"QISENDEX", "", "", digits_with_length}},
    {"qi.qisendex.hex-only", OnCommand{"QISENDEX", even_digits}},
    {"qi.qisendex.hex-only", ParameterRange{"QISENDEX", "hex_string", "", no_digits}},
    {"qi.qisendex.hex-only", OnData{typed_digits}},
    {"ec200x.qisendex.length-max-512", ParameterRange{"QISENDEX", "hex_string"}},
    {"qi.qisend.prompt-first", OnResult{"QISEND", prompt_first}},
    {"qi.qisend.ctrl-z-sends", OnResult{"QISEND", ctrl_z_sends}},
    {"qi.qisend.fixed-length-auto-end", OnResult{"QISEND", auto_end}},
    {"bc65.qisendex.prompt-forms", OnResult{"QISENDEX", prompt_forms}},
    {"qi.qisend.esc-cancels", OnEvent{Kind::send_ok, cancelled}},
    {"ec200x.qisend.data-timeout", OnResult{"QISEND", data_timeout}},
    {"ec200x.qisde.echo", OnEvent{Kind::data_echo, data_echo}},
    {"ec200x.qisde.echo", OnEvent{Kind::text, no_data_echo}},
    {"ec200x.qisde.immediate", OnEvent{Kind::data_echo, at_once<data_echo>}},
    {"ec200x.qisde.immediate", OnEvent{Kind::text, at_once<no_data_echo>}},
    {"ec200x.qisde.readback", ReadBack{"QISDE"}},
};

}  // namespace

extern const std::span<const Check> sockets_data_checks{checks};

}  // namespace conformance
