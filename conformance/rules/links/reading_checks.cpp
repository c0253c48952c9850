// The rules about AT+CIPRXGET (a76xx).
#include "rules/check.hpp"
#include "rules/links/results.hpp"

namespace conformance {
namespace {

using atwire::Kind;

constexpr std::uint32_t no_data = 22;                     ///< of +IP ERROR
constexpr std::uint32_t most_raw = 1500, most_hex = 750;  ///< bytes of one read

const Link* read_link(const Exchange& exchange, const Dialogue& dialogue) {
    const auto* read = exchange.get<atwire::Receive>();
    return read != nullptr && (read->mode == 2 || read->mode == 3) && read->socket ? dialogue.links.of(*read->socket) : nullptr;
}

void read_of_pushed(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* read = command.get<atwire::Receive>();
    const Link* link = read != nullptr && read->socket ? dialogue.links.of(*read->socket) : nullptr;
    if (link != nullptr && dialogue.settings.ciprxget == 0 && !link->news && link->unread.value_or(0) == 0)
        report(command.command, "AT+CIPRXGET=1 before it, since mode 0 pushes");
}
void notice_of_open(const HeardEvent& notice, const Dialogue& dialogue, const Report& report) {
    const Link* link = dialogue.links.of(notice.message.body.data_available.socket);
    if (link != nullptr && link->is_closed())
        report(notice, "a link that is open, not " + std::to_string(notice.message.body.data_available.socket),
               place_of(notice.wire, 1));
}
/// The host goes on behind a notice though its own command isn't answered.
void notice_is_no_answer(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* read = dialogue.answered<atwire::Receive>();
    if (read != nullptr && read->socket && dialogue.pending.size() == 1 && dialogue.links.previous == Kind::data_available &&
        dialogue.pending.front().count(Kind::data_available) != 0)
        report(command.command, "the answer of AT+CIPRXGET=" + std::to_string(read->mode) + " before it; +CIPRXGET: 1 is none");
}
void buffer_before_open(const Exchange& command, const Dialogue& dialogue, const Report& report) {
    const auto* mode = command.get<atwire::Receive>();
    if (mode == nullptr || mode->mode != 1 || mode->socket) return;
    for (std::size_t i = 0; i < dialogue.links.link.size(); ++i)
        if (dialogue.links.link[i].is_open())
            return report(command.command, "it before AT+CIPOPEN, not while link " + std::to_string(i) + " is open");
}

void at_most_asked(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto& told = heard.message.body.data_read;
    const auto* read = dialogue.answered<atwire::Receive>();
    const bool answers = read != nullptr && read->socket && told.socket && *read->socket == *told.socket;
    const std::uint32_t most = told.encoding == atwire::Encoding::hex ? most_hex : most_raw;
    const std::uint32_t asked = answers && read->length ? *read->length : most;
    if (told.length > asked)
        report(heard, "at most " + std::to_string(asked) + " bytes, as asked, not " + std::to_string(told.length),
               place_of(heard.wire, 2));
}
void read_and_rest(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto& told = heard.message.body.data_read;
    const Link* link = told.socket && told.remaining ? dialogue.links.of(*told.socket) : nullptr;
    if (link == nullptr || !link->unread) return;
    const std::uint64_t sum = std::uint64_t{told.length} + *told.remaining;
    if (sum < *link->unread)
        report(heard,
               "at least " + std::to_string(*link->unread) + " read and left, as there were before, not " + std::to_string(sum),
               place_of(heard.wire, 2));
}
void rest_of_empty(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    const auto& told = heard.message.body.unread;
    const Link* link = dialogue.links.of(told.socket);
    if (link != nullptr && link->is_empty() && told.length != 0)
        report(heard, "0, since all has been read, not " + std::to_string(told.length), place_of(heard.wire, 2));
}
void query_keeps(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const Link* link = read_link(exchange, dialogue);
    const auto* why = exchange.reply(Kind::ip_error);
    if (link == nullptr || why == nullptr || !link->queried || link->unread.value_or(0) == 0) return;
    if (says_ip_error(exchange, dialogue, no_data))
        report(*why, "the " + std::to_string(*link->unread) + " bytes that AT+CIPRXGET=4 told");
}
void empty_read(const Exchange& exchange, const Dialogue& dialogue, const Report& report) {
    const Link* link = read_link(exchange, dialogue);
    if (link == nullptr) return;
    const bool told = exchange.reply(Kind::ip_error) != nullptr;
    if (exchange.is_error() && !told) report(*exchange.result, "+IP ERROR: <err_info> before ERROR");
    if (exchange.is_ok() && link->is_empty() && exchange.reply(Kind::data_read) == nullptr)
        report(*exchange.result, "+IP ERROR: No data, then ERROR, since the buffer is empty");
}
void read_of_nothing(const HeardEvent& heard, const Dialogue& dialogue, const Report& report) {
    if (heard.message.body.data_read.length == 0 && dialogue.answered<atwire::Receive>() != nullptr)
        report(heard, "+IP ERROR: No data, not 0 bytes", place_of(heard.wire, 2));
}

constexpr Check checks[] = {
    {"a76xx.ciprxget.mode-1-buffers", OnCommand{"CIPRXGET", read_of_pushed}},
    {"a76xx.ciprxget.notice-open-link", OnEvent{Kind::data_available, notice_of_open}},
    {"a76xx.ciprxget.notice-interleaves", OnCommand{"", notice_is_no_answer}},
    {"a76xx.ciprxget.before-open", OnCommand{"CIPRXGET", buffer_before_open}},
    {"a76xx.ciprxget.read-at-most-asked", OnEvent{Kind::data_read, at_most_asked}},
    {"a76xx.ciprxget.read-at-most-asked", FieldRange{Kind::data_read, "length"}},
    {"a76xx.ciprxget.length-range-ascii", ParameterRange{"CIPRXGET", "len", "2"}},
    {"a76xx.ciprxget.length-range-hex", ParameterRange{"CIPRXGET", "len", "3"}},
    {"a76xx.ciprxget.read-plus-rest", OnEvent{Kind::data_read, read_and_rest}},
    {"a76xx.ciprxget.rest-zero-when-all-read", OnEvent{Kind::unread, rest_of_empty}},
    {"a76xx.ciprxget.query-does-not-consume", OnResult{"CIPRXGET", query_keeps}},
    {"a76xx.ciprxget.empty-no-data", OnResult{"CIPRXGET", empty_read}},
    {"a76xx.ciprxget.empty-no-data", OnEvent{Kind::data_read, read_of_nothing}},
};

}  // namespace

extern const std::span<const Check> links_reading_checks{checks};

}  // namespace conformance
