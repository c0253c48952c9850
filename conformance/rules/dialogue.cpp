#include "rules/dialogue.hpp"

#include <algorithm>

#include "rules/wire.hpp"

namespace conformance {
namespace {

/// As much as any documented dialogue needs; a capture can't make a check need more memory.
constexpr std::size_t most_replies = 256;
constexpr std::size_t most_pending = 64;

/// The event that is the late result of a command, and the field of both that has to be equal where they have one.
struct Late {
    std::string_view command;
    atwire::Kind kind;
};
constexpr Late late[] = {
    {"QIOPEN", atwire::Kind::socket_opened},
    {"QICLOSE", atwire::Kind::close_ok},
    {"QISEND", atwire::Kind::send_ok},
    {"QISEND", atwire::Kind::send_fail},
    {"QISENDEX", atwire::Kind::send_ok},
    {"QISENDEX", atwire::Kind::send_fail},
    {"QPING", atwire::Kind::ping_summary},
    {"QNTP", atwire::Kind::time_synced},
    {"QIDNSGIP", atwire::Kind::dns_result},
    // a76xx
    {"CIPOPEN", atwire::Kind::socket_opened},
    {"CIPCLOSE", atwire::Kind::socket_closed},
    {"CIPSEND", atwire::Kind::send_result},
    {"CIPSENDSTR", atwire::Kind::send_result},
    {"NETOPEN", atwire::Kind::network_opened},
    {"NETCLOSE", atwire::Kind::network_closed},
    {"SERVERSTOP", atwire::Kind::server_stopped},
};

template <class Message>
const std::uint32_t* socket_of(const Message& message) {
    for (const atwire::Field& field : atwire::fields(message.kind))
        if (field.name == "socket" && field.type == atwire::Type::number)
            return atwire::value_of<std::uint32_t>(message.body, field);
    return nullptr;
}

bool is_late_result(const Exchange& exchange, const atwire::Event& event) {
    for (const Late& one : late) {
        if (one.kind != event.kind || one.command != exchange.name) continue;
        const std::uint32_t* asked = socket_of(*exchange.command);
        const std::uint32_t* told = socket_of(event);
        return asked == nullptr || told == nullptr || *asked == *told;
    }
    return false;
}

/// Whether a result is to come behind the command's OK.
bool has_late_result(const Exchange& exchange) {
    if (exchange.facts == nullptr ||
        (exchange.form != atwire::CommandForm::write && exchange.form != atwire::CommandForm::execute))
        return false;
    if (const auto* send = exchange.get<atwire::Send>(); send != nullptr && send->length && *send->length == 0) return false;
    for (const Said<atwire::Event>& reply : exchange.replies)
        if (is_late_result(exchange, *reply)) return false;
    if (exchange.data_end == "esc" || !exchange.result || (*exchange.result)->kind != atwire::Kind::ok) return false;
    return std::ranges::any_of(exchange.facts->rows, [&exchange](const atwire::CommandRow& row) {
        return row.form == exchange.form && !row.asks &&
               (row.result == atwire::Result::ok_then_urc || row.result == atwire::Result::ok_send_ok ||
                row.result == atwire::Result::ok_close_ok);
    });
}

/// What was given up before its end, which nothing answers.
bool is_half_a_line(const atwire::Command& command) {
    const auto* raw = atwire::get<atwire::Raw>(command);
    return raw != nullptr && !command.joined && !command.more && command.wire.length == command.wire.lead + raw->text.size();
}

/// Whether a line `+NAME: …` may be a reply to the command. One that the dialect doesn't document has its name on its line alone.
bool replies_to(std::string_view name, const Exchange& exchange) {
    if (!exchange.name.empty()) return exchange.name == name;
    const std::string_view line = exchange.command.wire;
    const std::string_view rest = line.substr(std::min(line.size(), line.find('+') + 1));
    return rest.starts_with(name) && rest.substr(name.size()).find_first_of("=?") == 0;
}

}  // namespace

bool says_restart(const atwire::Event& event) {
    constexpr std::string_view lines[] = {"RDY", "APP RDY", "*ATREADY: 1", "REBOOTING", "NORMAL POWER DOWN", "POWERED DOWN"};
    const auto* text = atwire::get<atwire::Text>(event);
    return text != nullptr && (std::ranges::find(lines, text->text) != std::end(lines) || text->text.starts_with("REBOOT_CAUSE"));
}

bool gives_up(const Exchange& done, const Exchange& awaited) {
    const auto* open = awaited.get<atwire::OpenSocket>();
    if (open == nullptr || !done.succeeded()) return false;
    if (const auto* close = done.get<atwire::CloseSocket>()) return close->socket == open->socket;
    const auto* context = done.get<atwire::DeactivateContext>();
    return context != nullptr && open->context && *open->context == context->context;
}

std::string_view response_name(std::string_view line) {
    return line.starts_with('+') ? line.substr(1, line.find(':') - 1) : std::string_view{};
}

std::string option_key(std::string_view command, std::string_view option) {
    return option.empty() ? std::string{command} : std::string{command} + " " + std::string{option};
}

bool Exchange::succeeded() const {
    if (!result) return false;
    const atwire::Kind kind = (*result)->kind;
    return kind == atwire::Kind::ok || kind == atwire::Kind::connect || kind == atwire::Kind::send_ok;
}

const Said<atwire::Event>* Exchange::reply(atwire::Kind kind) const {
    const auto found = std::ranges::find_if(replies, [kind](const auto& said) { return said->kind == kind; });
    return found == replies.end() ? nullptr : &*found;
}

std::size_t Exchange::count(atwire::Kind kind) const {
    return static_cast<std::size_t>(std::ranges::count_if(replies, [kind](const auto& said) { return said->kind == kind; }));
}

std::size_t Dialogue::answered_line() const {
    std::size_t count = pending.empty() ? 0 : 1;
    while (count < pending.size() && pending[count].command->joined) ++count;
    return count;
}

bool Dialogue::waits(std::string_view name, std::optional<atwire::CommandForm> form) const {
    return std::ranges::any_of(pending, [&](const Exchange& one) { return one.name == name && (!form || one.form == *form); });
}

std::optional<std::int64_t> Dialogue::set_to(std::string_view option, std::size_t place) const {
    const auto found = set.find(option);
    return found == set.end() ? std::nullopt : number_at(atwire::Values{found->second}, place);
}

std::deque<Exchange>::const_iterator Dialogue::awaiting(const atwire::Event& event) const {
    return std::ranges::find_if(awaited, [&event](const Exchange& one) { return is_late_result(one, event); });
}

const Exchange* Dialogue::awaits(const atwire::Event& event) const {
    if (awaited.empty()) return nullptr;
    const auto found = awaiting(event);
    return found == awaited.end() ? nullptr : &*found;
}

const Exchange* Dialogue::early(const atwire::Event& event) const {
    if (awaits(event) != nullptr) return nullptr;
    for (std::size_t i = 0; i < answered_line(); ++i)
        if (is_late_result(pending[i], event)) return &pending[i];
    return nullptr;
}

bool Dialogue::ends_command(const atwire::Event& event) const {
    if (pending.empty()) return false;
    if (event.kind != atwire::Kind::send_ok && event.kind != atwire::Kind::send_fail) return atwire::is_final_result(event.kind);
    const atwire::CommandFacts* facts = pending.front().facts;
    return facts != nullptr &&
           std::ranges::any_of(facts->rows, [](const atwire::CommandRow& row) { return row.result == atwire::Result::send_ok; });
}

std::size_t Dialogue::missed(const HeardEvent& event) const {
    if (pending.empty() || pending.size() < 2 || event.message.kind == atwire::Kind::data_available) return 0;
    const std::string_view name = response_name(event.wire);
    const auto replied = [name](const Exchange& one) { return replies_to(name, one); };
    const auto found = std::ranges::find_if(pending, replied);
    if (name.empty() || found == pending.end() || std::ranges::any_of(awaited, replied)) return 0;
    auto line = found;
    while (line != pending.begin() && line->command->joined) --line;
    return static_cast<std::size_t>(line - pending.begin());
}

Exchange Dialogue::begun(const HeardCommand& command) const {
    Exchange exchange{.command = Said<atwire::Command>{command}};
    exchange.early = !pending.empty() && (!command.message.joined || pending.back().early);
    atwire::Pending read;
    const std::string& spelled = exchange.command.wire;
    const std::string line = command.message.joined ? "AT" + spelled.substr(spelled.starts_with(';') ? 1 : 0) : spelled;
    if (atwire::read_pending(dialect.facts, line, read)) {
        exchange.form = read.form;
        if (read.command != atwire::Pending::unknown) {
            exchange.facts = &dialect.facts.commands[read.command];
            exchange.name = exchange.facts->name;
        }
    }
    return exchange;
}

void Dialogue::heard(const HeardCommand& command) {
    last_command = command.place;
    both_sides = true;
    startup.heard(command, *this);
    transfers.heard(command, *this);
    sockets.heard(command, *this);
    services.heard(command, *this);
    coap.heard(command, *this);
    links.heard(command, *this);
    if (const auto* sent = atwire::get<atwire::SendData>(command.message)) {
        if (pending.empty()) return;
        pending.back().data += command.message.wire.length - command.message.wire.lead;
        pending.back().data_bytes += sent->data.size();
        pending.back().data_at = command.place;
        if (sent->last && sent->end) pending.back().data_end = std::string{*sent->end};
        return;
    }
    if (is_half_a_line(command.message)) return;
    if (pending.size() == most_pending) pending.pop_front();
    pending.push_back(begun(command));
}

void Dialogue::heard(const HeardEvent& event) {
    last_event = event.place;
    for (std::size_t count = missed(event); count != 0; --count) pending.pop_front();
    // Each model hears what its own modules say: this is done for every line of a capture.
    const bool sockets_by_id = family == Family::sockets;
    if (sockets_by_id) startup.heard(event, *this);
    if (family != Family::coap) transfers.heard(event, *this);
    if (sockets_by_id) {
        sockets.heard(event, *this);
        services.heard(event, *this);
    }
    if (family == Family::coap) coap.heard(event, *this);
    if (family == Family::links) links.heard(event, *this);
    if (!awaited.empty())
        if (const auto found = awaiting(event.message); found != awaited.end()) awaited.erase(found);
    if (pending.empty() || event.message.kind == atwire::Kind::echo || event.message.kind == atwire::Kind::data_echo) return;
    if (event.message.kind == atwire::Kind::prompt) pending.front().prompt = event.place;
    for (std::size_t i = 0; i < answered_line(); ++i) {
        if (event.message.kind == atwire::Kind::payload)
            pending[i].payload += event.message.body.payload.data.size();
        else if (pending[i].replies.size() < most_replies)
            pending[i].replies.emplace_back(event);
    }
}

std::vector<Exchange> Dialogue::finish(const HeardEvent& result) {
    std::vector<Exchange> line;
    while (!pending.empty() && (line.empty() || pending.front().command->joined)) {
        line.push_back(std::move(pending.front()));
        pending.pop_front();
        line.back().result.emplace(result);
    }
    return line;
}

void Dialogue::finished(const Exchange& exchange) {
    startup.finished(exchange, *this);
    transfers.finished(exchange, *this);
    sockets.finished(exchange, *this);
    services.finished(exchange, *this);
    coap.finished(exchange, *this);
    links.finished(exchange, *this);
    if (const auto* option = exchange.get<atwire::SetOption>(); option != nullptr && exchange.succeeded())
        set[option_key(option->command, *option->name)] = option->values.text;
    if (auto restored = read_back_of(exchange)) set[std::string{restored->command}] = std::move(restored->values);
    if (const auto* config = exchange.get<atwire::CoapConfig>(); config != nullptr && config->value && exchange.succeeded())
        set[option_key(exchange.name, config->name)] = std::to_string(*config->value);
    if (const auto* echo = exchange.get<atwire::SetSendEcho>(); echo != nullptr && exchange.succeeded())
        set[option_key(exchange.name, {})] = std::to_string(echo->echo);
    std::erase_if(awaited, [&exchange](const Exchange& one) { return gives_up(exchange, one); });
    if (has_late_result(exchange)) {
        if (awaited.size() == most_pending) awaited.pop_front();
        awaited.push_back(exchange);
    }
    last = exchange;
}

void Dialogue::restarted(const Place& place) {
    startup = Startup{place};
    transfers = {};
    sockets = {};
    services = {};
    coap = Coap::after_restart();
    links = {};
    links.start(place.time);
    set.clear();
    pending.clear();
    awaited.clear();
    last.reset();
}

}  // namespace conformance
