#include "profiles/profiler.hpp"

#include <algorithm>

#include "rules/wire.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using atwire::Event;
using atwire::Kind;

constexpr std::size_t most_answers = 64;
constexpr std::size_t most_parameters = 12;
constexpr std::size_t longest_trigger = 60;
/// A shorter payload looks like anything.
constexpr std::size_t shortest_payload = 4;

bool one_of(Kind kind, std::initializer_list<Kind> kinds) { return std::ranges::find(kinds, kind) != kinds.end(); }

/// Bytes that belong to no line, or to one whose end is missing.
bool is_fragment(Kind kind) { return one_of(kind, {Kind::truncated, Kind::overlong, Kind::unfinished}); }
/// The numbers by which the host, or the net, names things: they say nothing of the firmware.
bool is_chosen_by_others(std::string_view field) {
    constexpr std::string_view names[] = {"socket", "server", "context", "port",   "remote_port", "local_port", "length",
                                          "offset", "total",  "read",    "unread", "message_id",  "requested",  "accepted"};
    return std::ranges::find(names, field) != std::end(names);
}

std::string upper(std::string_view text) {
    std::string letters{text};
    for (char& c : letters)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return letters;
}

bool is_word(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '_';
    });
}

/// Whether the manual tells forms of the command apart by that number at that place.
bool tells_forms_apart(const Exchange& exchange, std::size_t place, std::int64_t number) {
    return exchange.facts != nullptr && std::ranges::any_of(exchange.facts->rows, [&](const atwire::CommandRow& row) {
               if (row.form != exchange.form || !row.option.empty() || place >= row.size()) return false;
               const atwire::Parameter& one = row.parameters[place];
               return one.type == atwire::ParameterType::integer && one.minimum == one.maximum && one.minimum == number;
           });
}

/// `QIOPEN`, of a command that no table has too.
std::string_view name_of(const Exchange& exchange) {
    if (!exchange.name.empty()) return exchange.name;
    const std::string_view line = exchange.command.wire;
    const std::string_view rest = line.substr(std::min(line.size(), line.find('+') + 1));
    return rest.substr(0, rest.find_first_of("=?"));
}

template <class Message>
const std::uint32_t* socket_of(const Message& message) {
    for (const atwire::Field& field : atwire::fields(message.kind))
        if (field.name == "socket" && field.type == atwire::Type::number)
            return atwire::value_of<std::uint32_t>(message.body, field);
    return nullptr;
}
bool of_other_socket(const atwire::Command& command, const Event& event) {
    const std::uint32_t* asked = socket_of(command);
    const std::uint32_t* told = socket_of(event);
    return asked != nullptr && told != nullptr && *asked != *told;
}

/// `\r\n*\r\n`
std::string framed(const HeardEvent& event) { return std::string{event.lead} + "*" + std::string{event.end}; }

/// Whether the kind's field is a code, or has values that the manual lists.
bool is_listed(const atwire::Dialect& dialect, Kind kind, std::string_view field) {
    constexpr std::string_view codes[] = {"error", "code", "result", "reason", "state", "status", "type", "method"};
    if (std::ranges::find(codes, field) != std::end(codes)) return true;
    for (const atwire::Form& form : dialect.facts.forms) {
        if (form.kind != kind) continue;
        for (std::size_t i = 0; i < form.size(); ++i)
            if (form.items[i].field == field && (form.items[i].codes != nullptr || !form.items[i].words.empty())) return true;
    }
    return false;
}

std::optional<std::int64_t> number_of(const Event& event, const atwire::Field& field) {
    switch (field.type) {
        case atwire::Type::port: return *atwire::value_of<std::uint16_t>(event.body, field);
        case atwire::Type::number: return *atwire::value_of<std::uint32_t>(event.body, field);
        case atwire::Type::integer: return *atwire::value_of<std::int32_t>(event.body, field);
        default: return {};
    }
}

std::set<std::string> names_of(atwire::Quirks quirks) {
    std::set<std::string> names;
    for (const Json& one : to_json(quirks)) names.insert(one.get<std::string>());
    return names;
}

}  // namespace

std::string trigger_of(const Exchange& exchange) {
    std::string_view line = exchange.command.wire;
    if (line.starts_with(';')) line.remove_prefix(1);
    const std::string at = exchange.command->joined ? "AT" : "";
    const std::size_t equals = line.find('=');
    const bool writes = equals != std::string_view::npos && line.substr(equals) != "=?";
    std::string trigger = at + upper(line.substr(0, writes ? equals + 1 : line.size()));
    const bool is_plain = std::ranges::all_of(trigger, [](char c) { return c > ' ' && c <= '~'; });
    if (!is_plain || trigger.size() > longest_trigger || !trigger.starts_with("AT")) return std::string{unnamed};
    if (!writes) return trigger;
    std::size_t place = 0;
    for (const atwire::Value& value : atwire::Values{line.substr(equals + 1)}) {
        if (place == most_parameters) return trigger + ",..";
        trigger += place == 0 ? "" : ",";
        if (place == 0 && value.type == atwire::Value::Type::string && is_word(value.text) && value.text.size() < 20)
            trigger += '"' + std::string{value.text} + '"';
        else if (value.type == atwire::Value::Type::integer && tells_forms_apart(exchange, place, value.integer))
            trigger += std::to_string(value.integer);
        else
            trigger += '_';
        ++place;
    }
    return trigger;
}

Profiler::Profiler(const atwire::Dialect& dialect, const Capture& capture, Profile& profile)
    : Listener{fastest(dialect), capture},
      capture_{capture},
      profile_{profile},
      dialogue_{dialect, session().settings},
      messages_{dialect} {
    profile_.dialect = &dialect;
    dialogue_.framing = capture.framing;
}

void Profiler::end() {
    muted_ = true;
    idle();
    muted_ = false;
}

void Profiler::heard(const HeardCommand& command) {
    if (muted_) return;
    firmware_.heard(command.message, command.wire);
    dialogue_.heard(command);
}

void Profiler::heard(const HeardEvent& event) {
    if (muted_) return;
    const Kind kind = event.message.kind;
    const bool restarts = kind == Kind::text && says_restart(event.message);
    if (restarts) behind_line_ = false;
    prompt_ends(event.lead);
    if (kind == Kind::payload) {
        payload(event);
    } else if (!one_of(kind, {Kind::echo, Kind::data_echo}) && !is_fragment(kind)) {
        const bool rest = capture_.form != Form::transcript && event.message.wire.offset == 0 && event.message.wire.lead == 0;
        header_ = {};
        if (!rest) line(event);
        behind_line_ = !one_of(kind, {Kind::prompt, Kind::malformed}) && header_.message != unnamed;
    } else {
        behind_line_ = false;
    }
    if (auto revision = firmware_.heard(event.message)) profile_.firmware.insert(std::move(*revision));
    if (restarts) return restart(event.place);
    finish(event);
}

void Profiler::counted(About, const Subject&, const std::string&, const Line&) {}

void Profiler::see(About about, const Subject& subject, const std::string& alternative, const Line& line,
                   std::set<std::string> quirks) {
    profile_.see(about, subject, alternative, line.wire, std::move(quirks));
    counted(about, subject, alternative, line);
}

/// Nothing of what was before is known any more.
void Profiler::restart(const Place& place) {
    session().restarted();
    dialogue_.restarted(place);
    prompted_.reset();
    behind_line_ = false;
    header_ = {};
    firmware_ = {};
}

void Profiler::line(const HeardEvent& event) {
    const Messages::Name called = messages_.name(event.wire);
    const std::string& message = called.message;
    const std::string settings = messages_.settings(event.wire, session().settings);
    const std::string wire{event.wire};
    const Line line{event.place, wire};
    const Asked from = asked(event);
    const std::string trigger = from.by == nullptr ? std::string{} : trigger_of(*from.by);
    if (from.by != nullptr && !from.place.empty()) place(*from.by, message, from.place, line);
    if (from.by != nullptr && from.place == behind_result && dialogue_.awaits(event.message) == from.by)
        time(*from.by, message, event.place);
    if (event.message.kind == Kind::prompt && from.by != nullptr) time(*from.by, message, event.place);
    const Subject subject{trigger, message, settings};
    const std::string shape =
        event.message.kind == Kind::supported ? wire.substr(0, wire.find(':') + 1) + " <list>" : messages_.shape(event.wire);
    see(About::shape, subject, shape, line, names_of(event.message.quirks));
    frame(event, message, settings);
    values(event, message);
    header_ = subject;
    header_line_ = line;
    payload_length_ = 0;
    payload_class_ = {};
}

/// Who asked for a line, as the dialogue stood before it.
Profiler::Asked Profiler::asked(const HeardEvent& event) const {
    if (const Exchange* awaiting = dialogue_.awaits(event.message)) return {awaiting, behind_result};
    const bool waits = !dialogue_.pending.empty();
    const Kind kind = event.message.kind;
    if (waits && dialogue_.ends_command(event.message)) {
        const Exchange& one = dialogue_.pending.front();
        const bool of_data = one_of(kind, {Kind::send_ok, Kind::send_fail}) && one.prompt && (one.data_at || !capture_.echoed);
        return {&one, !of_data ? std::string_view{} : one.data_at ? behind_data : before_data};
    }
    if (const Exchange* early = dialogue_.early(event.message))
        return {early, early->prompt && !early->data_at && !capture_.echoed ? before_data : before_result};
    if (waits && one_of(kind, {Kind::prompt, Kind::text, Kind::dns_servers})) return {&dialogue_.pending.front(), before_result};
    const std::string_view name = response_name(event.wire);
    if (name.empty()) return {};
    for (std::size_t i = 0; i < dialogue_.answered_line(); ++i)
        if (name_of(dialogue_.pending[i]) == name && !of_other_socket(*dialogue_.pending[i].command, event.message))
            return {&dialogue_.pending[i], before_result};
    for (const Exchange& one : dialogue_.awaited)
        if (name_of(one) == name && !of_other_socket(*one.command, event.message)) return {&one, behind_result};
    if (!waits && dialogue_.last && name_of(*dialogue_.last) == name && !of_other_socket(*dialogue_.last->command, event.message))
        return {&*dialogue_.last, behind_result};
    return {};
}

/// Once of each command: it may have many rows of one kind.
void Profiler::place(const Exchange& exchange, const std::string& message, std::string_view where, const Line& line) {
    const std::pair answer{exchange.command.place.offset, message};
    if (message == unnamed || exchange.command->joined || std::ranges::find(answers_, answer) != answers_.end()) return;
    if (answers_.size() == most_answers) answers_.pop_front();
    answers_.push_back(answer);
    see(About::place, {trigger_of(exchange), message, {}}, std::string{where}, line);
}

void Profiler::frame(const HeardEvent& event, const std::string& message, const std::string& settings) {
    if (!capture_.framing || message == unnamed) return;
    const Subject subject{{}, message, settings};
    const Line line{event.place, std::string{event.wire}};
    if (event.message.kind == Kind::prompt) {
        prompted_ = Prompted{subject, framed(event), line};
    } else if (behind_line_ && !event.end.empty()) {  // a payload stands in the end's place
        see(About::frame, subject, framed(event), line);
    }
}

/// The blank behind a prompt comes as the first byte of what follows.
void Profiler::prompt_ends(std::string_view lead) {
    if (!prompted_) return;
    const bool blank = lead.starts_with(' ');
    see(About::frame, prompted_->subject, prompted_->frame + (blank ? " " : ""), prompted_->line);
    prompted_.reset();
}

void Profiler::payload(const HeardEvent& event) {
    const atwire::Payload& piece = event.message.body.payload;
    behind_line_ = false;
    if (header_.message.empty()) return;
    constexpr std::string_view classes[] = {"<hex>", "<text>", "<bytes>"};  // what is not only the one may be the next
    const auto rank = [&](std::string_view one) { return std::ranges::find(classes, one) - std::begin(classes); };
    const std::string_view mine = class_of_payload(piece.data);
    if (payload_length_ == 0 || rank(mine) > rank(payload_class_)) payload_class_ = mine;
    payload_length_ += piece.data.size();
    if (!piece.last) return;
    if (payload_length_ >= shortest_payload) see(About::payload, header_, std::string{payload_class_}, header_line_);
    header_ = {};
}

void Profiler::values(const HeardEvent& event, const std::string& message) {
    const Event& said = event.message;
    const Line line{event.place, std::string{event.wire}};
    if (one_of(said.kind, {Kind::text, Kind::information, Kind::malformed, Kind::supported, Kind::option})) return;
    for (const atwire::Field& field : atwire::fields(said.kind)) {
        if (!atwire::present(said.body, field) || is_chosen_by_others(field.name)) continue;
        const Subject subject{{}, message, std::string{field.name}};
        const auto number = number_of(said, field);
        if (is_listed(dialogue_.dialect, said.kind, field.name)) {
            if (number) see(About::value, subject, std::to_string(*number), line);
            if (field.type == atwire::Type::text)
                see(About::value, subject, std::string{*atwire::value_of<std::string_view>(said.body, field)}, line);
        } else if (number) {
            profile_.ranges[subject].add(*number, event.wire);
        }
    }
}

/// From the command, or from the last of its data.
void Profiler::time(const Exchange& exchange, const std::string& message, const Place& now) {
    if (exchange.early || exchange.command->joined || exchange.command->more) return;
    if (exchange.prompt && (!exchange.data_at || capture_.echoed)) return;  // the host's turn, for as long as isn't known
    const Place& from = exchange.data_at ? *exchange.data_at : exchange.command.place;
    if (const auto passed = seconds_between(from, now); passed && *passed >= 0)
        profile_.times[{trigger_of(exchange), message, {}}].add(*passed, exchange.command.wire);
}

void Profiler::finish(const HeardEvent& event) {
    const bool ends = dialogue_.ends_command(event.message);
    dialogue_.heard(event);
    if (!ends) return;
    const std::string result = messages_.name(event.wire).message;
    for (const Exchange& exchange : dialogue_.finish(event)) {
        const std::string trigger = trigger_of(exchange);
        if (!exchange.command->joined && !exchange.command->more && trigger != unnamed)
            see(About::result, {trigger, {}, {}}, result, {event.place, std::string{event.wire}});
        time(exchange, result, event.place);
        dialogue_.finished(exchange);
    }
}

}  // namespace conformance
