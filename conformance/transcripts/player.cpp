#include "transcripts/player.hpp"

#include <atwire/command_encoder.hpp>

#include <algorithm>
#include <cstring>
#include <memory>

#include "transcripts/bytes.hpp"

namespace conformance {

using namespace atwire;

namespace {

bool is_fragment(Kind kind) {
    return kind == Kind::payload || kind == Kind::echo || kind == Kind::data_echo || kind == Kind::overlong;
}
std::string data_key(const Seen& seen) { return seen.fields.contains("data") ? "data" : "text"; }

/// Kinds that `= *` stands for.
bool is_report(const Seen& seen) {
    if (seen.host) return false;
    switch (seen.kind) {
        case Kind::text:
        case Kind::malformed:
        case Kind::information:
        case Kind::echo:
        case Kind::overlong:
        case Kind::truncated:
        case Kind::unfinished: return true;
        default: return false;
    }
}

std::string show(const std::string& event, const Json& fields) {
    std::string text = event;
    for (const auto& [key, value] : fields.items()) text += " " + key + "=" + value.dump(-1, ' ', true);
    return text;
}

/// The fields with quirks and doubts as `=` lines have them.
Json expectable(const Seen& seen) {
    Json fields = seen.fields;
    if (!seen.quirks.empty()) fields["quirks"] = to_json(seen.quirks);
    if (!seen.doubts.empty()) fields["doubts"] = to_json(seen.doubts);
    return fields;
}

bool all_in(const Json& some, const Json& list) {
    for (const Json& item : some)
        if (std::find(list.begin(), list.end(), item) == list.end()) return false;
    return true;
}

bool matches(const Expected& expected, const Seen& seen, bool complete) {
    if (expected.event != name(seen)) return false;
    const Json fields = expectable(seen);
    if (complete && fields.size() != expected.fields.size()) return false;
    for (const auto& [key, value] : expected.fields.items()) {
        const auto place = fields.find(key);
        const bool set = key == "quirks" || key == "doubts";
        if (place == fields.end()) return false;
        if (set ? !all_in(value, *place) || (complete && value.size() != place->size()) : *place != value) return false;
    }
    return true;
}

/// The last of that side, where `fields` go on where it stopped.
Seen* continued(std::vector<Seen>& seen, bool host, std::string_view wanted, const Json& fields) {
    const auto last = std::find_if(seen.rbegin(), seen.rend(), [host](const Seen& one) { return one.host == host; });
    if (last == seen.rend() || name(*last) != wanted || last->fields["last"] == 1) return nullptr;
    const std::size_t length = from_utf8(last->fields[data_key(*last)].get_ref<const std::string&>())->size();
    return fields["offset"] == last->fields["offset"].get<std::uint64_t>() + length ? &*last : nullptr;
}

Seen& join(Seen& before, const Json& fields, const Wire& wire) {
    const std::string key = data_key(before);
    before.fields[key] = before.fields[key].get<std::string>() + fields[key].get<std::string>();
    before.fields["last"] = fields["last"];
    if (fields.contains("end")) before.fields["end"] = fields["end"];
    before.wire.length += wire.length;
    return before;
}

/// Says of each command that isn't spelled as the encoder would how it is.
void add_lines(std::vector<Seen>& seen, const Dialect& dialect, std::string_view bytes) {
    for (Seen& one : seen) {
        if (!one.host) continue;
        const std::string_view own = bytes.substr(one.wire.offset + one.wire.lead, one.wire.length - one.wire.lead);
        if (spelled(one, dialect) != own) one.fields["line"] = to_utf8(own);
    }
}

/// Feeds a session, and keeps what it gives.
class Player {
public:
    Player(const Dialect& dialect, const Cut& cut, std::span<char> carry)
        : dialect_{dialect}, cut_{cut}, host_carry_(carry.size()), session_{dialect, carry, host_carry_} {}

    void play(const Step& step) {
        line_ = step.line;
        switch (step.type) {
            case Step::Type::settings:
                for (const Setting& setting : step.settings) apply(setting, dialect_, session_.settings);
                break;
            case Step::Type::host: in_pieces(step.bytes, [this](std::string_view piece) { session_.host_said(piece); }); break;
            case Step::Type::module:
                in_pieces(step.bytes, [this](std::string_view piece) { session_.module_said(piece); });
                break;
            case Step::Type::idle: fall_silent(); break;
            case Step::Type::expected: break;
        }
    }
    void fall_silent() {
        session_.module_idle();
        session_.host_idle();
        drain();
    }
    std::vector<Seen> seen{};

private:
    template <class Say>
    void in_pieces(std::string_view bytes, Say say) {
        while (!bytes.empty()) {
            const std::size_t length = std::min(cut_(bytes.size()), bytes.size());
            // A block of its own, of its exact size, so that a view that outlives it is seen.
            const auto block = std::make_unique<char[]>(length);
            std::memcpy(block.get(), bytes.data(), length);
            say(std::string_view{block.get(), length});
            drain();
            bytes.remove_prefix(length);
        }
    }

    void drain() {
        while (const Session::Said said = session_.next()) {
            Seen& one = said.event != nullptr ? add_joined(seen, *said.event, session_.settings)
                                              : add_joined(seen, *said.command, session_.settings);
            one.line = line_;
        }
    }

    const Dialect& dialect_;
    const Cut& cut_;
    std::vector<char> host_carry_;
    Session session_;
    std::size_t line_ = 0;
};

}  // namespace

std::string_view name(const Seen& seen) { return seen.host ? name(seen.command) : name(seen.kind); }

Seen& add_joined(std::vector<Seen>& seen, const Event& event, const Settings& settings) {
    Json fields = fields_to_json(event);
    if (Seen* before = is_fragment(event.kind) ? continued(seen, false, name(event.kind), fields) : nullptr) {
        join(*before, fields, event.wire);
        before->doubts |= event.doubts;
        return *before;
    }
    return seen.emplace_back(Seen{.kind = event.kind,
                                  .fields = std::move(fields),
                                  .wire = event.wire,
                                  .quirks = event.quirks,
                                  .doubts = event.doubts,
                                  .settings = settings});
}

Seen& add_joined(std::vector<Seen>& seen, const Command& command, const Settings& settings) {
    Json fields = fields_to_json(command);
    const bool data = command.kind == CommandKind::send_data;
    if (Seen* before = data ? continued(seen, true, name(command.kind), fields) : nullptr)
        return join(*before, fields, command.wire);
    return seen.emplace_back(Seen{.host = true,
                                  .command = command.kind,
                                  .fields = std::move(fields),
                                  .wire = command.wire,
                                  .doubts = command.inferred ? Doubts{Doubt::inferred} : Doubts{},
                                  .settings = settings,
                                  .more = command.more});
}

std::string bytes_of(const Transcript& transcript, Step::Type side) {
    std::string bytes;
    for (const Step& step : transcript.steps)
        if (step.type == side) bytes += step.bytes;
    return bytes;
}

std::optional<std::string> spelled(const Seen& command, const Dialect& dialect) {
    OwnedCommand owned;
    from_json(command_object(name(command), command.fields), owned);
    owned.command.more = command.more;
    std::string bytes(2 * command.wire.length + 64, '\0');
    const Encoded written = encode(dialect, command.settings, owned.command, bytes);
    if (!written) return std::nullopt;
    bytes.resize(written.length);
    return bytes;
}

std::vector<Seen> play(const Transcript& transcript, const Dialect& dialect, const Cut& cut, std::span<char> carry) {
    Player player{dialect, cut, carry};
    for (const Step& step : transcript.steps) player.play(step);
    player.fall_silent();
    add_lines(player.seen, dialect, bytes_of(transcript, Step::Type::host));
    return std::move(player.seen);
}

std::string compare(const Transcript& transcript, const std::vector<Seen>& seen, bool complete) {
    std::size_t at = 0;
    bool any = false;
    const auto fail = [&](std::size_t line, const std::string& expected) {
        std::string text = transcript.file + ":" + std::to_string(line) + ":\n  expected " + expected + "\n  got      ";
        text += at < seen.size() ? show(std::string{name(seen[at])}, expectable(seen[at])) : "nothing more";
        return text + "\n";
    };
    for (const Step& step : transcript.steps) {
        if (step.type != Step::Type::expected) continue;
        if (step.expected.event == "*") {
            any = true;
            continue;
        }
        while (any && at < seen.size() && is_report(seen[at]) && !matches(step.expected, seen[at], complete)) ++at;
        any = false;
        if (at == seen.size() || !matches(step.expected, seen[at], complete))
            return fail(step.line, show(step.expected.event, step.expected.fields));
        ++at;
    }
    while (any && at < seen.size() && is_report(seen[at])) ++at;
    return at == seen.size() ? std::string{} : fail(seen[at].line, "nothing more");
}

std::string expectation(const Seen& seen) { return show(std::string{name(seen)}, expectable(seen)); }

}  // namespace conformance
