#include "transcripts/player.hpp"

#include <cstring>
#include <memory>

#include "transcripts/bytes.hpp"

namespace conformance {

using namespace atwire;

namespace {

bool is_fragment(Kind kind) {
    return kind == Kind::payload || kind == Kind::echo || kind == Kind::data_echo || kind == Kind::overlong;
}
std::string data_key(Kind kind) { return kind == Kind::payload || kind == Kind::data_echo ? "data" : "text"; }

/// Kinds that `= *` stands for.
bool is_report(Kind kind) {
    switch (kind) {
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
    if (expected.event != name(seen.kind)) return false;
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

}  // namespace

bool continues(const Seen& before, const Event& next) {
    if (before.kind != next.kind || !is_fragment(next.kind) || before.fields["last"] == 1) return false;
    const Json fields = fields_to_json(next);
    const std::size_t length = from_utf8(before.fields[data_key(next.kind)].get_ref<const std::string&>())->size();
    return fields["offset"] == before.fields["offset"].get<std::uint64_t>() + length;
}

void add_joined(std::vector<Seen>& seen, const Event& event, const Settings& settings) {
    Json fields = fields_to_json(event);
    if (!seen.empty() && continues(seen.back(), event)) {
        Seen& before = seen.back();
        const std::string key = data_key(event.kind);
        before.fields[key] = before.fields[key].get<std::string>() + fields[key].get<std::string>();
        before.fields["last"] = fields["last"];
        before.wire.length += event.wire.length;
        before.doubts |= event.doubts;
        return;
    }
    seen.push_back({event.kind, std::move(fields), event.wire, event.quirks, event.doubts, settings});
}

void HostSide::sent(std::string_view bytes) {
    Pending pending;
    const bool command = read_pending(facts_, bytes, pending);
    if (data_phase_ && !(decoder_.settings.transparent == 1 && command)) {
        std::size_t length = bytes.size();
        if (length != 0 && (bytes.back() == '\x1A' || bytes.back() == '\x1B')) --length;
        decoder_.settings.data_sent += static_cast<std::uint32_t>(length);
        return;
    }
    if (!command) return;
    if (decoder_.settings.transparent == 1 && pending.form != CommandForm::escape) decoder_.command_follows();
    decoder_.settings.push(pending);
}

void HostSide::said(const Event& event) {
    if (event.kind == Kind::prompt) {
        data_phase_ = true;
        decoder_.settings.data_sent = 0;
    } else if (decoder_.ends_command(event)) {
        decoder_.settings.pop();
        data_phase_ = false;
        decoder_.settings.data_sent = Settings::unknown_sent;
    }
}

std::vector<Seen> play(const Transcript& transcript, const Dialect& dialect, const Cut& cut, std::span<char> carry) {
    std::vector<Seen> seen;
    Settings settings;
    Decoder decoder{dialect, settings, carry};
    HostSide host{decoder, dialect.facts};
    std::size_t line = 0;
    const auto drain = [&] {
        while (const Event* event = decoder.next()) {
            const std::size_t before = seen.size();
            add_joined(seen, *event, decoder.settings);
            if (seen.size() != before) seen.back().line = line;
            host.said(*event);
        }
    };
    for (const Step& step : transcript.steps) {
        line = step.line;
        switch (step.type) {
            case Step::Type::settings:
                for (const Setting& setting : step.settings) apply(setting, dialect, decoder.settings);
                break;
            case Step::Type::host:
                host.sent(step.bytes);
                drain();
                break;
            case Step::Type::idle:
                decoder.idle();
                drain();
                break;
            case Step::Type::module:
                for (std::size_t at = 0; at < step.bytes.size();) {
                    const std::size_t length = std::min(cut(step.bytes.size() - at), step.bytes.size() - at);
                    // A block of its own, of its exact size, so that a view that outlives it is seen.
                    const auto block = std::make_unique<char[]>(length);
                    std::memcpy(block.get(), step.bytes.data() + at, length);
                    decoder.feed({block.get(), length});
                    drain();
                    at += length;
                }
                break;
            case Step::Type::expected: break;
        }
    }
    decoder.idle();
    drain();
    return seen;
}

std::string compare(const Transcript& transcript, const std::vector<Seen>& seen, bool complete) {
    std::size_t at = 0;
    bool any = false;
    const auto fail = [&](std::size_t line, const std::string& expected) {
        std::string text = transcript.file + ":" + std::to_string(line) + ":\n  expected " + expected + "\n  got      ";
        text += at < seen.size() ? show(std::string{name(seen[at].kind)}, expectable(seen[at])) : "nothing more";
        return text + "\n";
    };
    for (const Step& step : transcript.steps) {
        if (step.type != Step::Type::expected) continue;
        if (step.expected.event == "*") {
            any = true;
            continue;
        }
        while (any && at < seen.size() && is_report(seen[at].kind) && !matches(step.expected, seen[at], complete)) ++at;
        any = false;
        if (at == seen.size() || !matches(step.expected, seen[at], complete))
            return fail(step.line, show(step.expected.event, step.expected.fields));
        ++at;
    }
    while (any && at < seen.size() && is_report(seen[at].kind)) ++at;
    return at == seen.size() ? std::string{} : fail(seen[at].line, "nothing more");
}

}  // namespace conformance
