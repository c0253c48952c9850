#include "properties/dialogues.hpp"

#include <algorithm>
#include <atwire/command_encoder.hpp>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "properties/generated_events.hpp"
#include "properties/generated_text.hpp"
#include "properties/settled.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {

using namespace atwire;

namespace {

/// Which settings an option's values are: the vocabulary's names.
struct OfOption {
    std::string_view command;
    std::string_view option;
    std::size_t index;
    std::string_view setting;
    std::string_view by_default;  ///< what the execute form of the command sets it to; empty where it has none
};
constexpr OfOption of_options[] = {
    {"QICFG", "viewmode", 0, "viewmode", ""},
    {"QICFG", "showlength", 0, "showlength", ""},
    {"QICFG", "recvind", 0, "recvind", ""},
    {"QICFG", "dataformat", 0, "send_dataformat", ""},
    {"QICFG", "dataformat", 1, "dataformat", ""},
    {"QICFG", "formatcfg", 0, "formatcfg", ""},
    {"QICFG", "close/mode", 0, "close_mode", ""},
    {"QICFG", "echomode", 0, "echomode", ""},
    {"QISDE", "", 0, "qisde", ""},
    {"QCOAPCFG", "Showra", 0, "showra", ""},
    {"QCOAPCFG", "Showrspopt", 0, "showrspopt", ""},
    {"CIPMODE", "", 0, "cipmode", "0"},
    {"CIPHEAD", "", 0, "ciphead", "1"},
    {"CIPSRIP", "", 0, "cipsrip", "1"},
    {"CIPCCFG", "", 3, "errmode", "1"},
    {"CIPCCFG", "", 4, "headertype", "0"},
    {"CIPCFG", "DATAECHO", 0, "dataecho", ""},
    {"CIPRXGET", "", 0, "ciprxget", ""},
};

bool one_of(Kind kind, std::initializer_list<Kind> kinds) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }

class Maker {
public:
    Maker(Dice& dice, GeneratedDialogue& dialogue)
        : dice_{dice}, dialogue_{dialogue}, dialect_{*dialogue.dialect}, encoder_{dialect_}, model_{dialogue.start} {}

    void make() {
        for (std::size_t n = 1 + dice_.below(10); n != 0; --n) {
            something_unasked();
            exchange();
        }
        while (!sends_.empty() || !closes_.empty()) late_result();
        dialogue_.end = model_;
    }

private:
    using Who = Turn::Who;

    // ── Turns ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    Turn& turn(Who who, std::string bytes = {}) {
        if (who != Who::host_idle && who != Who::module_idle && dice_.once_in(16)) {
            // Silence changes nothing where nothing is under way.
            const bool calm = model_.transparent != 1 && !candidate_;
            if (calm) dialogue_.turns.push_back({dice_.once_in(2) ? Who::host_idle : Who::module_idle});
        }
        return dialogue_.turns.emplace_back(Turn{who, std::move(bytes)});
    }

    void say(std::deque<GeneratedCommand> line) {
        std::string bytes;
        for (const GeneratedCommand& made : line) bytes += written(dialect_, model_, made.command);
        candidate_ = false;
        std::string text = bytes.substr(0, bytes.size() - 1);
        for (const GeneratedCommand& made : line) {
            Pending pending;
            const std::string own = written(dialect_, model_, made.command);
            read_pending(dialect_.facts, made.command.joined ? "AT" + own.substr(1) : own, pending);
            model_.push(pending);
        }
        turn(Who::host, std::move(bytes)).commands = std::move(line);
        if (given(&Settings::echo) == 1) {
            OwnedEvent echo;
            echo.event = event_of(Echo{echo.strings.emplace_back(std::move(text)), 0, true});
            module(std::move(echo));
        }
    }

    /// The module says `owned`, with the payload that it announces. False where the encoder refuses it.
    bool module(OwnedEvent owned) {
        std::vector<OwnedEvent> events;
        events.push_back(std::move(owned));
        shorten(events[0]);
        add_payload(dice_, events[0], events);
        std::vector<char> buffer(5000);
        Turn* said = nullptr;
        for (OwnedEvent& one : events) {
            const std::string lead = (blank_ ? " " : "") + std::string{encoder_.usual_lead(one.event.kind)};
            const Encoded done = encoder_.encode(model_, one.event, lead, buffer);
            if (!done) return false;
            const std::string bytes{buffer.data() + (blank_ ? 1 : 0), done.length - (blank_ ? 1 : 0)};
            blank_ = false;
            note(one.event);
            if (said == nullptr) said = &turn(Who::module);  // no silence between a header and its payload
            said->bytes += bytes;
            said->events.push_back(std::move(one));
        }
        return true;
    }
    template <class Message>
    void module_says(const Message& message) {
        OwnedEvent owned;
        owned.event = event_of(message);
        if (!module(std::move(owned))) throw std::logic_error{"the encoder refused what the dialogue needs"};
    }

    // ── The account ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    Setting given(Setting Settings::*which) const {
        return model_.*which != unset ? model_.*which : dialect_.decoding.defaults.*which;
    }
    void set(std::string_view name, std::string_view value) { set_by_name(model_, dialect_.facts, name, value); }
    void set(std::string_view name, std::uint32_t value) { set(name, std::to_string(value)); }
    void set_of(std::string_view name, std::uint32_t socket, std::string_view value) {
        set(std::string{name} + "." + std::to_string(socket), value);
    }
    void set_service(std::uint32_t socket, std::string_view service) {
        model_.service[socket] = Service::unknown;  // where the vocabulary has no name for it
        set_of("service", socket, service);
    }
    void set_option(std::string_view command, std::string_view option, const Values& values) {
        std::vector<Value> list;
        if (!values.text.empty())
            for (const Value& value : values) list.push_back(value);
        for (const OfOption& row : of_options) {
            if (row.command != command || row.option != option || list.size() <= row.index) continue;
            const std::string_view text = list[row.index].text;
            set(row.setting, text == "ON" ? "1" : text == "OFF" ? "0" : text);
        }
    }

    /// A module's row says how things are.
    void note(const Event& event) {
        if (const auto* option = get<Option>(event)) set_option(option->command, *option->name, option->values);
        if (const auto* row = get<SocketStatus>(event)) {
            if (row->service) set_service(row->socket, *row->service);
            if (row->access_mode) set_of("access_mode", row->socket, std::to_string(*row->access_mode));
        }
        const auto* accepted = get<Incoming>(event);
        if (accepted == nullptr) return;
        if (dialect_.facts.name == "bc65") {
            set_service(accepted->socket, "TCP INCOMING");
            model_.access_mode[accepted->socket] = 0;
        } else if (dialect_.facts.name == "ec200x") {
            set_service(accepted->socket, "TCP INCOMING");
            model_.access_mode[accepted->socket] = model_.access_mode[accepted->server];
        }
    }

    /// The command has succeeded.
    void take_effect(const Command& command) {
        const auto& body = command.body;
        switch (command.kind) {
            case CommandKind::set_echo: return set("echo", body.set_echo.echo);
            case CommandKind::set_send_echo: return set("qisde", body.set_send_echo.echo);
            case CommandKind::open_socket:
                set_service(body.open_socket.socket, body.open_socket.service);
                return set_of("access_mode", body.open_socket.socket, std::to_string(body.open_socket.access_mode.value_or(0)));
            case CommandKind::set_access_mode:
                return set_of("access_mode", body.set_access_mode.socket, std::to_string(body.set_access_mode.access_mode));
            case CommandKind::receive:
                if (!body.receive.socket) set("ciprxget", body.receive.mode);
                return;
            case CommandKind::coap_config:
                if (body.coap_config.value)
                    set(body.coap_config.name == "Showra" ? "showra" : "showrspopt", *body.coap_config.value);
                return;
            case CommandKind::set_option:
                return set_option(body.set_option.command, *body.set_option.name, body.set_option.values);
            case CommandKind::execute:
                for (const OfOption& row : of_options)
                    if (row.command == body.execute.command && !row.by_default.empty()) set(row.setting, row.by_default);
                return;
            default: return;
        }
    }

    /// The line has its result.
    void finish(const std::deque<GeneratedCommand>& line, bool success) {
        for (const GeneratedCommand& made : line) {
            if (success) take_effect(made.command);
            model_.pop();
        }
    }

    // ── What comes unasked ──────────────────────────────────────────────────────────────────────────────────────────────────

    void something_unasked() {
        if (candidate_ || blank_) return;
        if (dice_.once_in(3)) late_result();
        while (dice_.once_in(3)) urc();
    }

    void late_result() {
        if (!closes_.empty() && (sends_.empty() || dice_.once_in(2))) {
            dialogue_.result_sockets.push_back(closes_.front());
            closes_.pop_front();
            return module_says(CloseOk{});
        }
        if (sends_.empty()) return;
        dialogue_.result_sockets.push_back(sends_.front());
        sends_.pop_front();
        if (dice_.once_in(4))
            module_says(SendFail{});
        else
            module_says(SendOk{});
    }

    void urc() {
        for (int tries = 0; tries < 20; ++tries) {
            OwnedEvent owned = generate_event(dice_, dialect_, model_);
            const Event& event = owned.event;
            if (!one_of(event.kind, {Kind::data_available, Kind::data_received, Kind::data_source,   Kind::peer_closed,
                                     Kind::buffer_full,    Kind::incoming,      Kind::incoming_full, Kind::context_lost,
                                     Kind::network_lost,   Kind::coap_request,  Kind::coap_response, Kind::coap_send_status,
                                     Kind::socket_opened,  Kind::dns_address,   Kind::dns_result,    Kind::time_synced,
                                     Kind::ping_reply,     Kind::information,   Kind::text,          Kind::malformed}))
                continue;
            const auto* received = get<DataReceived>(event);
            if (received != nullptr && !received->length) continue;  // payload without an end
            const bool leads = event.kind == Kind::data_source && given(&Settings::ciprxget) != 5;
            if (leads && given(&Settings::ciphead) == 0) continue;
            if (!module(std::move(owned))) continue;
            if (leads) pushed_data();
            return;
        }
    }
    /// Behind the line that says where it comes from.
    void pushed_data() {
        for (const Form& form : dialect_.facts.forms) {
            OwnedEvent owned;
            if (form.kind == Kind::data_received && generate_from(dice_, form, dialect_, model_, owned) &&
                module(std::move(owned)))
                return;
        }
    }

    // ── Commands and their replies ──────────────────────────────────────────────────────────────────────────────────────────

    void exchange() {
        std::deque<GeneratedCommand> line;
        if (dice_.once_in(6))
            line = generate_joined(dice_, dialect_);
        else
            line.push_back(some_command());
        if (line.size() > 1)
            for (const GeneratedCommand& made : line)
                if (!joins(made)) return;
        shorten_send(line[0].command);
        const Command command = line[0].command;
        const CommandRow* row = line[0].row;
        const CommandFacts* facts = line[0].facts;
        say_and_answer(std::move(line), command, row, facts);
    }

    /// Any command; those that open, send and switch more often.
    GeneratedCommand some_command() {
        if (resumes_ && dice_.once_in(2)) {
            resumes_ = false;
            GeneratedCommand resume;
            resume.command = command_of(ResumeDataMode{});
            return resume;
        }
        for (int tries = dice_.once_in(3) ? 20 : 0; tries != 0; --tries) {
            GeneratedCommand made = generate_command(dice_, dialect_);
            const CommandKind kind = made.command.kind;
            const bool wanted = kind == CommandKind::open_socket || kind == CommandKind::send || kind == CommandKind::send_hex ||
                                kind == CommandKind::set_access_mode || kind == CommandKind::coap_send ||
                                (made.row != nullptr && made.row->result == Result::connect);
            if (wanted) return made;
        }
        return generate_command(dice_, dialect_);
    }

    /// Whether it can stand beside others on a line: a plain setting or a question with nothing but `OK`.
    static bool joins(const GeneratedCommand& made) {
        const CommandKind kind = made.command.kind;
        if (kind == CommandKind::resume_data_mode || kind == CommandKind::send || kind == CommandKind::send_hex) return false;
        if (made.facts != nullptr && made.facts->sends) return false;
        return made.row == nullptr || made.row->result == Result::ok;
    }
    void shorten_send(Command& command) {
        const auto shorter = [&](Maybe<std::uint32_t>& length) {
            if (length && *length > 40 && !dice_.once_in(8)) length.value = 1 + *length % 40;
            if (length && *length == 0 && dialect_.facts.name == "bc65") length.value = 1;  // nothing says what it would ask
        };
        const auto of_data = [&](Maybe<std::uint32_t>& length, const Maybe<std::string_view>& data, std::size_t each) {
            if (!data) return shorter(length);
            if (length) length.value = std::max<std::uint32_t>(1, static_cast<std::uint32_t>((*data).size() / each));
        };
        if (command.kind == CommandKind::send) of_data(command.body.send.length, command.body.send.data, 1);
        if (command.kind == CommandKind::send_hex) of_data(command.body.send_hex.length, command.body.send_hex.data, 2);
    }

    void say_and_answer(std::deque<GeneratedCommand> line, const Command& command, const CommandRow* row,
                        const CommandFacts* facts) {
        // The turn has them; its strings stay where they are.
        say(std::move(line));
        const std::deque<GeneratedCommand>& said = last_said();
        something_unasked();
        const bool fails = dice_.once_in(4);
        const bool asks_data = prompts(command, facts) && (!fails || dice_.once_in(2));
        if (asks_data && data_phase(command)) return error(said);
        if (fails) return error(said);
        const Result result = row != nullptr ? row->result : Result::ok;
        if (command.kind == CommandKind::resume_data_mode) return connected(said, pipe_socket_);
        switch (result) {
            case Result::ok:
                if (said.size() == 1 && facts != nullptr) replies(command, *facts, *row);
                break;
            case Result::urc_then_ok: by_name(*facts); break;
            case Result::connect:
                return connected(said, command.kind == CommandKind::open_socket ? command.body.open_socket.socket
                                                                                : command.body.set_access_mode.socket);
            case Result::send_ok:
                dialogue_.result_sockets.push_back(socket_of(command));
                module_says(SendOk{});
                return finish(said, true);
            default: break;
        }
        module_says(Ok{});
        finish(said, true);
        if (result == Result::ok_send_ok) sends_.push_back(socket_of(command));
        if (result == Result::ok_close_ok) closes_.push_back(command.body.close_socket.socket);
        while (sends_.size() > 6 || closes_.size() > 6) late_result();
        if (result == Result::ok_then_urc && dice_.once_in(2)) by_name(*facts);
    }

    const std::deque<GeneratedCommand>& last_said() const {
        for (std::size_t i = dialogue_.turns.size(); i-- != 0;)
            if (dialogue_.turns[i].who == Who::host && dialogue_.turns[i].commands[0].command.kind != CommandKind::send_data)
                return dialogue_.turns[i].commands;
        throw std::logic_error{"nobody has said anything"};
    }

    static std::uint32_t socket_of(const Command& command) {
        return command.kind == CommandKind::send ? command.body.send.socket : command.body.send_hex.socket;
    }

    void error(const std::deque<GeneratedCommand>& said) {
        bool done = false;
        for (int tries = 0; tries < 20 && !done; ++tries) {
            const Form& form = dice_.one_of(dialect_.facts.forms);
            OwnedEvent owned;
            done = one_of(form.kind, {Kind::cme_error, Kind::cms_error}) && generate_from(dice_, form, dialect_, model_, owned) &&
                   module(std::move(owned));
        }
        if (!done) module_says(Error{});
        finish(said, false);
    }

    /// A line that begins with the command's name.
    bool by_name(const CommandFacts& facts, std::string_view option = {}) {
        for (int tries = 0; tries < 40; ++tries) {
            const Form& form = dice_.one_of(dialect_.facts.forms);
            if (name_of_head(form.head) != facts.name || (!option.empty() && form.option != option)) continue;
            OwnedEvent owned;
            if (!generate_from(dice_, form, dialect_, model_, owned)) continue;
            const auto* received = get<DataReceived>(owned.event);
            if (received != nullptr && !received->length) continue;
            if (module(std::move(owned))) return true;
        }
        return false;
    }

    /// The rows that come before `OK`.
    void replies(const Command& command, const CommandFacts& facts, const CommandRow& row) {
        if (command.kind == CommandKind::test) {
            OwnedEvent owned;
            owned.event = event_of(Supported{facts.name, dice_.once_in(2) ? "(0-3),(1-5)" : "(0,1),<text>"});
            if (dice_.once_in(2)) module(std::move(owned));
            return;
        }
        const bool asks = command.kind == CommandKind::read || command.kind == CommandKind::read_data ||
                          command.kind == CommandKind::query_sockets || command.kind == CommandKind::query_option ||
                          command.kind == CommandKind::query_ack || command.kind == CommandKind::query_dns_servers ||
                          command.kind == CommandKind::query_context_profile || command.kind == CommandKind::resolve ||
                          (command.kind == CommandKind::receive && command.body.receive.socket) ||
                          (command.kind == CommandKind::coap_config && !command.body.coap_config.value) ||
                          (command.kind == CommandKind::send && command.body.send.length && *command.body.send.length == 0);
        if (!asks) return;
        for (std::size_t n = dice_.below(3); n != 0; --n) {
            by_name(facts, row.option);
            if (dice_.once_in(4)) urc();
        }
    }

    // ── Data ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    bool prompts(const Command& command, const CommandFacts* facts) {
        if (facts == nullptr || !facts->sends) return false;
        switch (command.kind) {
            case CommandKind::send:
                return !command.body.send.data && !(command.body.send.length && *command.body.send.length == 0);
            case CommandKind::send_hex: return !command.body.send_hex.data;
            case CommandKind::coap_send: return dice_.once_in(2);
            default: return false;
        }
    }

    /// The prompt, the data and perhaps its echo. Whether the host or the module has cancelled.
    bool data_phase(const Command& command) {
        module_says(Prompt{});
        if (given(&Settings::formatcfg) != 1 && dice_.once_in(2)) {
            blank_ = true;
            turn(Who::module, " ");
        }
        const bool hex = command.kind == CommandKind::send_hex ||
                         (command.kind == CommandKind::send && given(&Settings::send_dataformat) == 1);
        const Maybe<std::uint32_t> length = command.kind == CommandKind::send       ? command.body.send.length
                                            : command.kind == CommandKind::send_hex ? command.body.send_hex.length
                                                                                    : Maybe<std::uint32_t>{};
        GeneratedCommand sent;
        std::string data = length ? (hex ? hex_of(dice_, std::size_t{2} * *length) : generate_payload(dice_, *length))
                                  : generate_payload(dice_, dice_.below(30));
        for (char& c : data)
            if (!length && !dialect_.facts.escapes && (c == '\x1A' || c == '\x1B')) c = 'x';
        // One blank behind a prompt is the prompt's: coming back, the data's first would be taken for it.
        if (!data.empty() && data[0] == ' ') data[0] = 'x';
        if (dice_.once_in(8)) return broken_off(data.substr(0, data.size() / 2));
        const bool cancels = !length && dice_.once_in(4);
        sent.command = command_of(SendData{sent.strings.emplace_back(std::move(data)), 0, true,
                                           std::string_view{length    ? "length"
                                                            : cancels ? "esc"
                                                                      : "ctrl_z"}});
        const std::string bytes = written(dialect_, model_, sent.command);
        turn(Who::host, bytes).commands.push_back(std::move(sent));
        const std::string typed = bytes.substr(0, bytes.size() - (length ? 0 : 1));
        if (dialect_.decoding.data_echo != nullptr && given(dialect_.decoding.data_echo) == 1 && !typed.empty()) {
            OwnedEvent echo;
            echo.event = event_of(DataEcho{echo.strings.emplace_back(typed), 0, true});
            module(std::move(echo));
        }
        return cancels;
    }

    /// The module gives up before all of it has come.
    bool broken_off(std::string some) {
        if (some.empty()) return true;
        GeneratedCommand sent;
        sent.command = command_of(SendData{sent.strings.emplace_back(std::move(some)), 0, false, {}});
        const std::string bytes = written(dialect_, model_, sent.command);
        turn(Who::host, bytes).commands.push_back(std::move(sent));
        if (dialect_.decoding.data_echo != nullptr && given(dialect_.decoding.data_echo) == 1) {
            OwnedEvent echo;
            echo.event = event_of(DataEcho{echo.strings.emplace_back(bytes), 0, true});
            module(std::move(echo));
        }
        return true;
    }

    // ── The byte pipe ───────────────────────────────────────────────────────────────────────────────────────────────────────

    void connected(const std::deque<GeneratedCommand>& said, std::uint32_t socket) {
        if (dice_.once_in(4)) {
            module_says(NoCarrier{});
            return finish(said, false);
        }
        module_says(Connect{});
        const bool again = said[0].command.kind == CommandKind::resume_data_mode;
        finish(said, true);
        pipe_socket_ = socket;
        if (again && socket != no_socket) set_of("access_mode", socket, "2");
        model_.transparent = 1;
        pipe();
    }

    void pipe() {
        std::uint64_t sent = 0;
        std::uint64_t received = 0;
        for (std::size_t n = dice_.below(6); n != 0; --n) {
            switch (dice_.below(3)) {
                case 0: {
                    GeneratedCommand burst;
                    const std::string& data = burst.strings.emplace_back(generate_payload(dice_, 1 + dice_.below(40)));
                    burst.command = command_of(SendData{data, sent, false, {}});
                    sent += data.size();
                    turn(Who::host, data).commands.push_back(std::move(burst));
                    break;
                }
                case 1: received += piped(generate_payload(dice_, dice_.below(40)) + "x", received); break;
                default: dialogue_.turns.push_back({dice_.once_in(2) ? Who::host_idle : Who::module_idle});
            }
        }
        if (dice_.once_in(3)) return broken();
        leave(received);
    }
    std::uint64_t piped(std::string data, std::uint64_t offset) {
        OwnedEvent owned;
        const std::uint64_t length = data.size();
        owned.event = event_of(Payload{owned.strings.emplace_back(data), offset, false});
        turn(Who::module, std::move(data)).events.push_back(std::move(owned));
        return length;
    }
    void leave(std::uint64_t received) {
        dialogue_.turns.push_back({Who::host_idle});
        GeneratedCommand pluses;
        pluses.command = command_of(LeaveDataMode{});
        dialogue_.turns.emplace_back(Turn{Who::host, "+++"}).commands.push_back(std::move(pluses));
        dialogue_.turns.push_back({Who::host_idle});
        if (dice_.once_in(3)) piped("still on its way", received);
        OwnedEvent ok;
        ok.event = event_of(Ok{});
        dialogue_.turns.emplace_back(Turn{Who::module, "\r\nOK\r\n"}).events.push_back(std::move(ok));
        model_.pending_known = true;
        model_.transparent = 0;
        if (pipe_socket_ != no_socket) set_of("access_mode", pipe_socket_, "0");
        resumes_ = true;
    }
    /// The line that says so counts when a silence follows, or a command of the host.
    void broken() {
        OwnedEvent gone;
        const bool closed = dialect_.decoding.end_of_transparent == "CLOSED";
        gone.event = closed ? event_of(Closed{}) : event_of(NoCarrier{});
        dialogue_.turns.emplace_back(Turn{Who::module, "\r\n" + std::string{dialect_.decoding.end_of_transparent} + "\r\n"})
            .events.push_back(std::move(gone));
        model_.transparent = 0;
        if (dice_.once_in(2)) {
            dialogue_.turns.push_back({Who::module_idle});
        } else {
            candidate_ = true;
            exchange();
            if (candidate_) dialogue_.turns.push_back({Who::module_idle});
            candidate_ = false;
        }
    }

    static constexpr std::uint32_t no_socket = 99;

    Dice& dice_;
    GeneratedDialogue& dialogue_;
    const Dialect& dialect_;
    Encoder encoder_;
    Settings model_;
    std::deque<std::uint32_t> sends_;   ///< whose SEND OK is still to come
    std::deque<std::uint32_t> closes_;  ///< whose CLOSE OK is
    std::uint32_t pipe_socket_ = no_socket;
    bool resumes_ = false;    ///< the pipe was left, and can be entered again
    bool blank_ = false;      ///< a blank stands behind the prompt
    bool candidate_ = false;  ///< the end of the pipe waits for what comes next
};

/// Everything set that the dialect knows.
Settings known_settings(Dice& dice, const Dialect& dialect) {
    Settings settings;
    const Settings& defaults = dialect.decoding.defaults;
#define ATWIRE_SOME(name, most) \
    if (defaults.name != unset) settings.name = static_cast<Setting>(dice.below(most + 1));
    ATWIRE_SETTINGS(ATWIRE_SOME)
#undef ATWIRE_SOME
    if (settings.ciprxget > 1) settings.ciprxget = 5;
    settings.transparent = 0;
    for (std::size_t i = 0; i < max_sockets; ++i) {
        settings.access_mode[i] = static_cast<Setting>(dice.below(2));
        settings.service[i] = static_cast<Service>(dice.below(6));
    }
    settings.pending_known = true;
    return settings;
}

template <class Records, class Message>
void add(Records& records, const Message& message) {
    add_joined(records, message);
    records.back().wire = {};
}

}  // namespace

GeneratedDialogue generate_dialogue(Dice& dice, const Dialect& dialect, bool known) {
    GeneratedDialogue dialogue;
    dialogue.dialect = &dialect;
    if (known) dialogue.start = known_settings(dice, dialect);
    Maker{dice, dialogue}.make();
    return dialogue;
}

Outcome expected(const GeneratedDialogue& dialogue) {
    Outcome heard;
    for (const Turn& turn : dialogue.turns) {
        for (const GeneratedCommand& made : turn.commands) add(heard.commands, made.command);
        for (const OwnedEvent& owned : turn.events) add(heard.events, owned.event);
    }
    heard.result_sockets = dialogue.result_sockets;
    heard.end = dialogue.end;
    return heard;
}

ToldSession::ToldSession(const GeneratedDialogue& dialogue)
    : module_carry_(5000), host_carry_(5000), session_{*dialogue.dialect, module_carry_, host_carry_} {
    session_.settings = dialogue.start;
}

void ToldSession::drain(Outcome& heard) {
    while (const auto said = session_.next()) {
        if (++given_ > 2 * bytes_ + 8) throw std::logic_error{"no progress"};
        if (said.command != nullptr) add(heard.commands, *said.command);
        if (said.event == nullptr) continue;
        add(heard.events, *said.event);
        if (one_of(said.event->kind, {Kind::send_ok, Kind::send_fail, Kind::close_ok}))
            heard.result_sockets.push_back(session_.result_socket().value_or(99));
    }
    heard.end = session_.settings;
}

void ToldSession::hear(const Turn& turn, Dice* dice, Outcome& heard) {
    if (turn.who == Turn::Who::host_idle) session_.host_idle();
    if (turn.who == Turn::Who::module_idle) session_.module_idle();
    bytes_ += turn.bytes.size();
    const auto cuts = dice != nullptr ? generate_cuts(*dice, turn.bytes.size()) : std::vector{turn.bytes.size()};
    std::size_t at = 0;
    for (const std::size_t size : cuts) {
        const auto block = std::make_unique<char[]>(size);
        std::memcpy(block.get(), turn.bytes.data() + at, size);
        const std::string_view chunk{block.get(), size};
        const bool taken = turn.who == Turn::Who::module ? session_.module_said(chunk) : session_.host_said(chunk);
        if (!taken) throw std::logic_error{"a drained session took no chunk"};
        drain(heard);
        at += size;
    }
    drain(heard);
}

void ToldSession::end(Outcome& heard) {
    session_.module_idle();
    session_.host_idle();
    drain(heard);
}

Outcome play(const GeneratedDialogue& dialogue, Dice* dice) {
    Outcome heard;
    ToldSession listener{dialogue};
    for (const Turn& turn : dialogue.turns) listener.hear(turn, dice, heard);
    listener.end(heard);
    return heard;
}

std::string transcript_of(const GeneratedDialogue& dialogue) {
    std::string text = "# dialect: " + std::string{dialogue.dialect->facts.name} +
                       "\n# settings:" + difference(*dialogue.dialect, Settings{}, dialogue.start) + "\n";
    for (const Turn& turn : dialogue.turns) {
        switch (turn.who) {
            case Turn::Who::host: text += "> " + escape(turn.bytes) + "\n"; break;
            case Turn::Who::module: text += "< " + escape(turn.bytes) + "\n"; break;
            case Turn::Who::host_idle: text += "~ (host)\n"; break;
            case Turn::Who::module_idle: text += "~ (module)\n"; break;
        }
    }
    return text;
}

bool doubtful(const Outcome& heard) {
    return std::any_of(heard.events.begin(), heard.events.end(), [](const Record& record) {
        return record.kind == Kind::text || record.kind == Kind::malformed || record.kind == Kind::truncated ||
               record.data.find('\n') != std::string::npos;
    });
}

Settings completed(Settings some, const Settings& all) {
#define ATWIRE_UNKNOWN(name, most) \
    if (some.name == unset) some.name = all.name;
    ATWIRE_SETTINGS(ATWIRE_UNKNOWN)
#undef ATWIRE_UNKNOWN
    for (std::size_t i = 0; i < max_sockets; ++i) {
        if (some.access_mode[i] == unset) some.access_mode[i] = all.access_mode[i];
        if (some.service[i] == Service::unknown) some.service[i] = all.service[i];
    }
    return some;
}

std::string difference(const Dialect& dialect, const Settings& a, const Settings& b) {
    std::string text;
    const auto compare = [&](const std::string& name, int one, int other) {
        if (one != other)
            text += " " + name + "=" + std::to_string(other) + (one == unset ? "" : " (" + std::to_string(one) + ")");
    };
#define ATWIRE_COMPARE(name, most) compare(#name, a.name, b.name);
    ATWIRE_SETTINGS(ATWIRE_COMPARE)
#undef ATWIRE_COMPARE
    // Only Quectel's sockets have modes.
    const bool has_modes = dialect.facts.name != "a76xx";
    for (std::size_t i = 0; i < max_sockets; ++i) {
        if (has_modes) compare("access_mode." + std::to_string(i), a.access_mode[i], b.access_mode[i]);
        compare("service." + std::to_string(i), static_cast<int>(a.service[i]), static_cast<int>(b.service[i]));
    }
    compare("pending", a.pending_count, b.pending_count);
    return text;
}

}  // namespace conformance
