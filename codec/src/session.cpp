// What a session learns: from a command when its result says that it took effect, from the module's rows and notices at once.
#include <atwire/session.hpp>

namespace atwire {
namespace {

/// An option's value, and the setting that it is.
struct Learned {
    std::string_view command;
    std::string_view option;
    std::uint8_t index;
    Setting Settings::*setting;
};
constexpr Learned learned[] = {
    {"QICFG", "viewmode", 0, &Settings::viewmode},
    {"QICFG", "showlength", 0, &Settings::showlength},
    {"QICFG", "recvind", 0, &Settings::recvind},
    {"QICFG", "dataformat", 0, &Settings::send_dataformat},
    {"QICFG", "dataformat", 1, &Settings::dataformat},
    {"QICFG", "formatcfg", 0, &Settings::formatcfg},
    {"QICFG", "close/mode", 0, &Settings::close_mode},
    {"QICFG", "echomode", 0, &Settings::echomode},
    {"QISDE", "", 0, &Settings::qisde},
    {"QCOAPCFG", "Showra", 0, &Settings::showra},
    {"QCOAPCFG", "Showrspopt", 0, &Settings::showrspopt},
    {"CIPMODE", "", 0, &Settings::cipmode},
    {"CIPHEAD", "", 0, &Settings::ciphead},
    {"CIPSRIP", "", 0, &Settings::cipsrip},
    {"CIPCCFG", "", 3, &Settings::errmode},
    {"CIPCCFG", "", 4, &Settings::headertype},
    {"CIPCFG", "DATAECHO", 0, &Settings::dataecho},
    {"CIPRXGET", "", 0, &Settings::ciprxget},
};

/// A value as a setting has it; `unset` where it is none.
constexpr Setting as_setting(const Value& value) noexcept {
    if (value.type == Value::Type::word) return value.text == "ON" ? Setting{1} : value.text == "OFF" ? Setting{0} : unset;
    return value.type == Value::Type::integer && value.integer >= 0 && value.integer < 100 ? static_cast<Setting>(value.integer)
                                                                                           : unset;
}

/// Calls `use(setting, value)` for each setting that the option's values say.
template <class Use>
void each_learned(std::string_view command, std::string_view option, const Values& values, Use use) noexcept {
    for (const Learned& row : learned) {
        if (row.command != command || row.option != option) continue;
        std::uint8_t index = 0;
        for (const Value& value : values)
            if (index++ == row.index && as_setting(value) != unset) use(row.setting, as_setting(value));
    }
}

constexpr std::string_view services[] = {"TCP", "UDP", "TCP LISTENER", "UDP SERVICE", "TCP INCOMING", "UDP INCOMING"};
Service service_named(std::string_view name) noexcept {
    for (std::size_t i = 0; i < std::size(services); ++i)
        if (services[i] == name) return static_cast<Service>(i);
    return Service::unknown;
}

/// The command and the form that a result will answer, and what of its parameters a decoder needs.
Pending pending_of(const Facts& facts, const Command& command) noexcept {
    Pending pending;
    if (const auto* raw = get<Raw>(command)) {  // wrong arguments, but what answers may have its name
        read_pending(facts, raw->text, pending);
        return pending;
    }
    pending.form = command.kind == CommandKind::test      ? CommandForm::test
                   : command.kind == CommandKind::read    ? CommandForm::read
                   : command.kind == CommandKind::execute ? CommandForm::execute
                                                          : CommandForm::write;
    std::string_view name;
    if (const auto* test = get<Test>(command)) name = test->command;
    if (const auto* read = get<Read>(command)) name = read->command;
    if (const auto* execute = get<Execute>(command)) name = execute->command;
    if (const auto* set = get<SetOption>(command)) name = set->command;
    if (const auto* query = get<QueryOption>(command)) name = query->command;
    const bool any = command.kind == CommandKind::attention;
    for (std::size_t i = 0; i < facts.commands.size() && !any; ++i) {
        const CommandKinds& kinds = facts.commands[i].kinds;
        const bool same = kinds.write == command.kind || kinds.ask == command.kind || kinds.execute == command.kind;
        if (name.empty() ? same : facts.commands[i].name == name) pending.command = static_cast<std::uint8_t>(i);
    }
    const auto number = [](std::uint32_t value) {
        return value < Pending::absent ? static_cast<std::uint16_t>(value) : Pending::absent;
    };
    if (const auto* read = get<ReadData>(command))
        pending.parameters = {number(read->socket), read->length ? number(*read->length) : Pending::absent};
    if (const auto* send = get<Send>(command))
        pending.parameters = {number(send->socket), send->length ? number(*send->length) : Pending::absent};
    if (const auto* send = get<SendHex>(command))
        pending.parameters = {number(send->socket), send->length ? number(*send->length) : Pending::absent};
    return pending;
}

/// Whether it is a line like `+NAME: …`.
bool named(const Event& event) noexcept {
    return event.kind == Kind::information || (event.kind == Kind::malformed && event.body.malformed.text.starts_with('+'));
}

bool is_success(Kind kind) noexcept { return kind == Kind::ok || kind == Kind::connect || kind == Kind::send_ok; }

}  // namespace

Session::Session(const Dialect& dialect, std::span<char> module_carry, std::span<char> host_carry) noexcept
    : dialect_{&dialect}, module_{dialect, settings, module_carry}, host_{dialect, settings, host_carry} {}

/// Where all that were to come may have come unheard, the host has not waited for them: they have.
void Session::Sockets::push(std::uint8_t one, bool comes) noexcept {
    if (count != 0 && sure == 0 && comes) {
        count = 0;
        in_step = false;
    }
    if (count < socket.size())
        socket[count] = one;
    else
        in_step = false;
    if (count == 0xFF) return;
    ++count;
    sure = static_cast<std::uint8_t>(sure + (comes ? 1 : 0));
}
/// The oldest, where it can only be that one.
Maybe<std::uint32_t> Session::Sockets::pop() noexcept {
    if (count == 0) return {};
    const bool its = in_step && (count == 1 || count == sure) && socket[0] != no_socket;
    const std::uint8_t oldest = socket[0];
    for (std::size_t i = 1; i < socket.size(); ++i) socket[i - 1] = socket[i];
    --count;
    if (sure != 0) --sure;
    if (count == 0) in_step = true;
    return its ? Maybe<std::uint32_t>{oldest} : Maybe<std::uint32_t>{};
}

bool Session::host_said(std::string_view chunk) noexcept {
    if (!host_.feed(chunk)) return false;
    // Where the end of the pipe is withheld, the host's first bytes behind it say whether it has believed it.
    if (!chunk.empty() && module_.withholds_end() && module_.position() != asked_at_) {
        asked_at_ = module_.position();
        host_.expect_either();
    }
    return true;
}

Session::Said Session::next() noexcept {
    if (answered_) read_answered();
    for (;;) {
        if (settings.transparent != 1) host_.expect_line();
        // What the module said before decides how the host's bytes are read; what it cut short came before what it says now.
        const Event* event = host_.interrupted() ? nullptr : module_.next();
        if (event != nullptr) {
            heard(*event);
            return {.event = event};
        }
        if (const Command* command = host_.next()) {
            heard(*command);
            return {.command = command};
        }
        if (!host_.command_began()) return {};
        if (module_.withholds_end()) module_.command_follows();
    }
}

// ── Commands ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Session::heard(const Command& command) noexcept {
    const auto* sent = get<SendData>(command);
    if (sent == nullptr) return wait_for(command);
    if (settings.transparent == 1 || settings.data_sent == Settings::unknown_sent) return;
    const bool closed = sent->end && *sent->end != "length";
    settings.data_sent += static_cast<std::uint32_t>(command.wire.length - command.wire.lead - (closed ? 1 : 0));
}

void Session::wait_for(const Command& command) noexcept {
    Waiting waiting;
    waiting.kind = command.kind;
    waiting.joined = command.joined;
    describe(command, waiting);
    Pending pending;
    if (command.kind == CommandKind::leave_data_mode)
        pending.form = CommandForm::escape;
    else
        pending = pending_of(dialect_->facts, command);
    // What doesn't begin with AT, or hasn't ended, is no command that waits. It may be one misheard, or data whose prompt was lost,
    // and so may what looked like a command before it.
    if (const auto* raw = get<Raw>(command); raw != nullptr && !command.joined && !command.more) {
        const bool ended = command.wire.length != command.wire.lead + raw->text.size();
        if (pending.form == CommandForm::none || !ended) {
            line_begins();
            return doubt_lines();
        }
        const std::string_view behind = part(raw->text, 2);
        waiting.run_together = behind.find("AT") != std::string_view::npos || behind.find("at") != std::string_view::npos;
    }
    if (pending.command != Pending::unknown) {
        const CommandFacts& facts = dialect_->facts.commands[pending.command];
        waiting.sends = facts.sends;
        for (const CommandRow& row : facts.rows)
            if (facts.kinds.write == command.kind)
                waiting.confirmed_later |= row.result == Result::ok_send_ok || row.result == Result::ok_close_ok;
        if (waiting.data_length && *waiting.data_length == 0) waiting.confirmed_later = false;  // asks for totals
    }
    push(pending, waiting);
}

void Session::push(const Pending& pending, const Waiting& waiting) noexcept {
    if (!waiting.joined) line_begins();
    if (settings.pending_count < waiting_.size() && lines_behind_ == 0) {
        settings.push(pending);
        waiting_[settings.pending_count - 1u] = waiting;
        return know_pending();
    }
    crowded_ = true;
    make_unknown(waiting);
    blur_parameters();
    if (!waiting.joined && lines_behind_ != 0xFF) ++lines_behind_;
}

/// Of lines that ran together nobody knows what the module read, and whether it sends.
void Session::know_pending() noexcept {
    settings.pending_known = true;
    for (std::size_t i = 0; i < settings.pending_count; ++i)
        if (waiting_[i].run_together) settings.pending_known = false;
}

/// Where a result may have been lost, the host has waited for it in vain: nothing before the line waits any more. Not where the
/// module's last line has not ended: that may be the result.
void Session::line_begins() noexcept {
    if (line_feed_ == LineFeed::within) result_may_be_lost(false);
    if (!lost_ || module_.within_line()) return;
    for (std::size_t i = 0; i < settings.pending_count; ++i) make_unknown(waiting_[i]);
    settings.pending_count = 0;
    waiting_ = {};
    know_pending();
    crowded_ = false;
    lines_behind_ = 0;
}

/// Says what the command will have set.
void Session::describe(const Command& command, Waiting& waiting) const noexcept {
    const auto socket = [](std::uint32_t number) { return number < max_sockets ? static_cast<std::uint8_t>(number) : no_socket; };
    const auto& body = command.body;
    const auto set = [&waiting](Setting Settings::*target, std::uint32_t value) {
        waiting.targets[0] = target;
        waiting.values[0] = static_cast<Setting>(value);
    };
    switch (command.kind) {
        case CommandKind::set_echo: return set(&Settings::echo, body.set_echo.echo);
        case CommandKind::set_send_echo: return set(&Settings::qisde, body.set_send_echo.echo);
        case CommandKind::open_socket:
            waiting.socket = socket(body.open_socket.socket);
            waiting.service = service_named(body.open_socket.service);
            waiting.values[0] = static_cast<Setting>(body.open_socket.access_mode.value_or(0));
            return;
        case CommandKind::set_access_mode:
            waiting.socket = socket(body.set_access_mode.socket);
            waiting.values[0] = static_cast<Setting>(body.set_access_mode.access_mode);
            return;
        case CommandKind::close_socket: waiting.socket = socket(body.close_socket.socket); return;
        case CommandKind::send:
            waiting.socket = socket(body.send.socket);
            waiting.data_length = body.send.length;
            return;
        case CommandKind::send_hex:
            waiting.socket = socket(body.send_hex.socket);
            waiting.data_length = body.send_hex.length;
            return;
        case CommandKind::receive:
            if (!body.receive.socket) set(&Settings::ciprxget, body.receive.mode);
            return;
        case CommandKind::coap_config:
            if (body.coap_config.value)
                set(body.coap_config.name == "Showra" ? &Settings::showra : &Settings::showrspopt, *body.coap_config.value);
            return;
        case CommandKind::set_option:
            return set_later(waiting, body.set_option.command, *body.set_option.name, body.set_option.values);
        case CommandKind::execute:
            // Back to the defaults: CIPHEAD, CIPSRIP, CIPMODE, CIPCCFG.
            for (const Learned& row : learned)
                if (row.command == body.execute.command && row.option.empty()) {
                    const std::size_t next = waiting.targets[0] == nullptr ? 0 : 1;
                    waiting.targets[next] = row.setting;
                    waiting.values[next] = dialect_->decoding.defaults.*row.setting;
                }
            return;
        default: return;
    }
}

void Session::set_later(Waiting& waiting, std::string_view command, std::string_view option,
                        const Values& values) const noexcept {
    std::size_t next = 0;
    each_learned(command, option, values, [&](Setting Settings::*setting, Setting value) {
        if (next == waiting.targets.size()) return;
        waiting.targets[next] = setting;
        waiting.values[next++] = value;
    });
}

// ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Session::heard(const Event& event) noexcept {
    doubt(event);
    switch (event.kind) {
        case Kind::prompt:
            if (host_.in_data()) line_begins();  // another send's, whose line seemed to be data
            data_begins();
            break;
        case Kind::data_read:
        case Kind::receive_totals: answered_ = true; break;
        case Kind::unfinished:  // what came back, perhaps, damaged: what comes behind the silence isn't it
            if (settings.data_sent != Settings::unknown_sent) settings.data_sent = 0;
            break;
        case Kind::option: learn(event.body.option); break;
        case Kind::socket_status: learn(event.body.socket_status); break;
        case Kind::incoming: learn(event.body.incoming); break;
        case Kind::send_ok:
        case Kind::send_fail:
            if (sending_.sure == 0 && !module_.ends_command(event)) doubt_lines();  // perhaps a misheard command's
            result_socket_ = sending_.pop();
            break;
        case Kind::close_ok: result_socket_ = closing_.pop(); break;
        // Whatever was asked, and unasked where a server accepts a client: the port is a byte pipe from here on (V.250 5.7.1).
        case Kind::connect:
            if (!dialect_->decoding.end_of_transparent.empty()) settings.transparent = 1;
            break;
        default: break;
    }
    if (module_.ends_command(event)) finished(event);
}

/// Whether the event may be a damaged result, or hold one.
void Session::doubt(const Event& event) noexcept {
    const bool behind = line_feed_ == LineFeed::behind;
    if (event.kind != Kind::payload) line_feed_ = LineFeed::none;
    switch (event.kind) {
        case Kind::payload: {
            if (settings.transparent == 1) return;
            const Payload& payload = event.body.payload;
            read_lines_within(payload.data);
            if (!payload.last || line_feed_ == LineFeed::none) return;
            line_feed_ = LineFeed::behind;
            if (covered_length_ == 0 || covered_result()) result_may_be_lost(false);
            return;
        }
        case Kind::truncated: return result_may_be_lost(false);
        case Kind::overlong:
            if (event.body.overlong.last) result_may_be_lost(true);
            return;
        case Kind::malformed:
        case Kind::information:
        case Kind::text:
        case Kind::unfinished: return result_may_be_lost(!behind, named(event));
        default:
            // A payload that ends where a line doesn't has ended too late.
            if (behind)
                for (const Quirk framing : {Quirk::no_blank_line, Quirk::extra_blank_line, Quirk::odd_framing})
                    if (event.quirks.has(framing)) return result_may_be_lost(false);
    }
}

/// Keeps how the last line within a payload begins.
void Session::read_lines_within(std::string_view data) noexcept {
    if (const std::size_t feed = data.rfind('\n'); feed != std::string_view::npos) {
        line_feed_ = LineFeed::within;
        covered_length_ = 0;
        data.remove_prefix(feed + 1);
    }
    if (line_feed_ != LineFeed::within) return;
    for (std::size_t i = 0; i < data.size() && covered_length_ < covered_.size(); ++i) covered_[covered_length_++] = data[i];
}

/// Whether the line looks like a result: a payload that is said to be as much too long covers that one and ends where it should.
bool Session::covered_result() const noexcept {
    const std::string_view begin{covered_.data(), covered_length_};
    for (const Form& form : dialect_->facts.forms) {
        const bool result =
            is_final_result(form.kind) || is_success(form.kind) || form.kind == Kind::send_fail || form.kind == Kind::close_ok;
        if (result && form.head.substr(0, covered_.size()) == begin) return true;
    }
    return false;
}

/// Whose the next result is, nobody knows where several lines wait.
void Session::doubt_lines() noexcept {
    if (settings.pending_count == 0) return;
    lost_ = true;
    blur_parameters();
}

/// One of the results that are to come, or any number of them. With a name it was none of those that have none.
void Session::result_may_be_lost(bool one, bool named) noexcept {
    doubt_lines();
    if (named) return;
    for (Sockets* sockets : {&sending_, &closing_})
        sockets->sure = static_cast<std::uint8_t>(one && sockets->sure != 0 ? sockets->sure - 1 : 0);
}

bool Session::reads(std::size_t pending) const noexcept {
    const std::uint8_t command = settings.pending[pending].command;
    return command != Pending::unknown && dialect_->facts.commands[command].kinds.write == CommandKind::read_data;
}

/// A read has its reply: the next one is the next read's.
void Session::read_answered() noexcept {
    answered_ = false;
    Pending* answered = nullptr;
    for (std::size_t i = 0; i < settings.pending_count; ++i) {
        if (!reads(i)) continue;
        if (answered != nullptr) {
            answered->command = Pending::unknown;
            return;
        }
        answered = &settings.pending[i];
    }
}

/// Of several reads, of which not all may be held, nobody knows any more whose reply comes next.
void Session::blur_parameters() noexcept {
    std::size_t count = 0;
    for (std::size_t i = 0; i < settings.pending_count; ++i) count += reads(i) ? 1 : 0;
    if (count < 2 && !crowded_) return;
    for (std::size_t i = 0; i < settings.pending_count; ++i)
        if (reads(i)) settings.pending[i].parameters = {Pending::absent, Pending::absent};
}

/// The oldest pending line has its result: what its commands set takes effect, or nothing does.
void Session::finished(const Event& event) noexcept {
    // What seems to be data that has not ended may have been the next line, whose success this is then.
    bool misheard = lost_ && host_.in_data() && is_success(event.kind);
    host_.expect_command();
    settings.data_sent = Settings::unknown_sent;
    if (settings.pending_count != 0) {
        std::size_t length = 1;
        while (length < settings.pending_count && waiting_[length].joined) ++length;
        const bool its = !crowded_ && !misheard && (!lost_ || length == settings.pending_count);
        const bool names_send = event.kind == Kind::send_ok || event.kind == Kind::send_fail;
        if (names_send && its && waiting_[0].socket != no_socket) result_socket_ = std::uint32_t{waiting_[0].socket};
        for (std::size_t i = 0; i < length; ++i)
            if (!its)
                make_unknown(waiting_[i]);
            else if (is_success(event.kind))
                apply(waiting_[i], event.kind);
        pop_line();
    } else if (lines_behind_ != 0) {
        --lines_behind_;
    } else {
        misheard = event.kind == Kind::ok;
    }
    if (misheard) {  // which may have been a send or a close
        sending_.push(no_socket, false);
        closing_.push(no_socket, false);
    }
    if (settings.pending_count == 0 && lines_behind_ == 0) lost_ = crowded_ = false;
}

void Session::pop_line() noexcept {
    do {
        settings.pop();
        for (std::size_t i = 1; i < waiting_.size(); ++i) waiting_[i - 1] = waiting_[i];
        waiting_.back() = {};
    } while (settings.pending_count != 0 && waiting_[0].joined);
    know_pending();
}

void Session::apply(const Waiting& waiting, Kind result) noexcept {
    for (std::size_t i = 0; i < waiting.targets.size(); ++i)
        if (waiting.targets[i] != nullptr) settings.*waiting.targets[i] = waiting.values[i];
    confirmed_later(waiting, true);
    const bool has_socket = waiting.socket != no_socket;
    switch (waiting.kind) {
        case CommandKind::open_socket:
            if (has_socket) settings.service[waiting.socket] = waiting.service;
            [[fallthrough]];
        case CommandKind::set_access_mode:
            if (has_socket) settings.access_mode[waiting.socket] = waiting.values[0];
            if (result == Kind::connect) pipe_socket_ = waiting.socket;
            return;
        case CommandKind::leave_data_mode:
            if (pipe_socket_ != no_socket) settings.access_mode[pipe_socket_] = 0;
            return;
        case CommandKind::resume_data_mode:
            if (result == Kind::connect && pipe_socket_ != no_socket) settings.access_mode[pipe_socket_] = 2;
            return;
        default: return;
    }
}

/// Nobody knows whether the command has taken effect, or when.
void Session::make_unknown(const Waiting& waiting) noexcept {
    for (Setting Settings::*target : waiting.targets)
        if (target != nullptr) settings.*target = unset;
    confirmed_later(waiting, false);
    switch (waiting.kind) {
        case CommandKind::open_socket:
            if (waiting.socket != no_socket) settings.service[waiting.socket] = Service::unknown;
            [[fallthrough]];
        case CommandKind::set_access_mode:
            if (waiting.socket != no_socket) settings.access_mode[waiting.socket] = unset;
            return;
        case CommandKind::leave_data_mode:
        case CommandKind::resume_data_mode:
            if (pipe_socket_ != no_socket) settings.access_mode[pipe_socket_] = unset;
            return;
        default: return;
    }
}

/// Its `SEND OK` or `CLOSE OK` is still to come, if it has one.
void Session::confirmed_later(const Waiting& waiting, bool comes) noexcept {
    if (waiting.confirmed_later) (waiting.kind == CommandKind::close_socket ? closing_ : sending_).push(waiting.socket, comes);
}

void Session::data_begins() noexcept {
    settings.data_sent = 0;
    for (std::size_t i = 0; i < settings.pending_count; ++i) {
        if (!waiting_[i].sends) continue;
        Maybe<std::uint32_t> length = waiting_[i].data_length;
        const bool hex = waiting_[i].kind == CommandKind::send_hex || settings.send_dataformat == 1;
        if (length && hex) length.value *= 2;
        return host_.expect_data(length);
    }
    host_.expect_data({});
}

/// While more commands wait than are held, one of these may change what is unknown.
void Session::learn(Setting& setting, Setting value) noexcept {
    if (!crowded_ || setting != unset) setting = value;
}

void Session::learn(const Option& option) noexcept {
    each_learned(option.command, *option.name, option.values,
                 [&](Setting Settings::*setting, Setting value) { learn(settings.*setting, value); });
}

void Session::learn(const SocketStatus& row) noexcept {
    if (row.socket >= max_sockets) return;
    if (row.service && (!crowded_ || settings.service[row.socket] != Service::unknown))
        settings.service[row.socket] = service_named(*row.service);
    if (row.access_mode) learn(settings.access_mode[row.socket], static_cast<Setting>(*row.access_mode));
}

void Session::learn(const Incoming& accepted) noexcept {
    if (accepted.socket >= max_sockets || dialect_->facts.accepted == Accepted::unsaid) return;
    settings.service[accepted.socket] = Service::tcp_incoming;
    if (dialect_->facts.accepted == Accepted::buffered)
        settings.access_mode[accepted.socket] = 0;
    else if (accepted.server < max_sockets)
        settings.access_mode[accepted.socket] = changes(accepted.server) ? unset : settings.access_mode[accepted.server];
}

/// Whether a line that may have its result already sets the socket's mode.
bool Session::changes(std::uint32_t socket) const noexcept {
    bool sets = false;
    for (std::size_t i = 0; i < settings.pending_count; ++i)
        sets |= waiting_[i].socket == socket &&
                (waiting_[i].kind == CommandKind::open_socket || waiting_[i].kind == CommandKind::set_access_mode);
    return lost_ && sets;
}

// ── Restarts ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Keeps what is saved at least so well.
void Session::forget(Saved kept) noexcept {
    const Settings before = settings;
    const auto survives = [&](std::string_view name, std::string_view option) {
        for (const CommandFacts& command : dialect_->facts.commands) {
            if (command.name != name) continue;
            Saved saved = command.saved;
            for (const CommandRow& row : command.rows)
                if (row.option == option && row.saved) saved = *row.saved;
            return saved >= kept;
        }
        return false;
    };
    settings = Settings{};
    settings.pending_known = before.pending_known;
    for (const Learned& row : learned)
        settings.*row.setting =
            survives(row.command, row.option) ? before.*row.setting : dialect_->decoding.defaults.*row.setting;
    settings.echo = dialect_->decoding.defaults.echo;
    settings.transparent = dialect_->decoding.defaults.transparent;
    settings.coap_payload = before.coap_payload;  // a firmware's, not the dialogue's
    settings.payload_quotes = before.payload_quotes;
    if (survives("QIOPEN", {})) {
        settings.access_mode = before.access_mode;
        settings.service = before.service;
    } else if (survives("QISWTMD", {})) {
        settings.access_mode = before.access_mode;
    }
    waiting_ = {};
    lost_ = crowded_ = answered_ = false;
    lines_behind_ = 0;
    line_feed_ = LineFeed::none;
    sending_ = closing_ = {};
    pipe_socket_ = no_socket;
    host_.expect_command();
}

}  // namespace atwire
