// Plays every transcript of the corpus to a decoder, cut in two ways, and compares the events with those that it expects.
#include <transcript.hpp>

#include <atwire/decoder.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

using namespace atwire;

namespace {

// ── Events as make-table spells them ────────────────────────────────────────────────────────────────────────────────────────

void put(std::string& out, std::int64_t number) {
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void put(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c > ' ' && c < 0x7F && c != '"' && c != '\\') {
            out += c;
            continue;
        }
        constexpr std::string_view digits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        out += "\\u00";
        out += digits[byte / 16];
        out += digits[byte % 16];
    }
    out += '"';
}

void put(std::string& out, const Values& values) {
    out += '[';
    for (const Value& value : values) {
        if (out.back() != '[') out += ',';
        switch (value.type) {
            case Value::Type::integer: put(out, value.integer); break;
            case Value::Type::string: put(out, value.text); break;
            case Value::Type::word:
                out += "{\"word\":";
                put(out, value.text);
                out += '}';
        }
    }
    out += ']';
}

void put(std::string& out, const CoapOptions& options) {
    out += '[';
    for (const CoapOption& option : options) {
        if (out.back() != '[') out += ',';
        out += "{\"number\":";
        put(out, std::int64_t{option.number});
        out += ",\"value\":";
        put(out, option.value);
        out += '}';
    }
    out += ']';
}

template <class T>
T get_field(const Event& event, const Field& field) {
    return *value_of<T>(event.body, field);
}

void put(std::string& out, const Event& event, const Field& field) {
    switch (field.type) {
        case Type::flag: return put(out, std::int64_t{get_field<bool>(event, field)});
        case Type::port: return put(out, std::int64_t{get_field<std::uint16_t>(event, field)});
        case Type::number: return put(out, std::int64_t{get_field<std::uint32_t>(event, field)});
        case Type::integer: return put(out, std::int64_t{get_field<std::int32_t>(event, field)});
        case Type::position: return put(out, static_cast<std::int64_t>(get_field<std::uint64_t>(event, field)));
        case Type::text: return put(out, get_field<std::string_view>(event, field));
        case Type::values: return put(out, get_field<Values>(event, field));
        case Type::options: return put(out, get_field<CoapOptions>(event, field));
        case Type::encoding:
            return put(out, std::string_view{get_field<Encoding>(event, field) == Encoding::hex ? "hex" : "raw"});
    }
}

std::string render(const Event& event) {
    std::string out{name(event.kind)};
    for (const Field& field : fields(event.kind)) {
        if (!present(event.body, field)) continue;
        out.append(" ").append(field.name) += '=';
        put(out, event, field);
    }
#define PUT_QUIRK(name) \
    if (event.quirks.has(Quirk::name)) out += " quirk=" #name;
    ATWIRE_QUIRKS(PUT_QUIRK)
#define PUT_DOUBT(name) \
    if (event.doubts.has(Doubt::name)) out += " doubt=" #name;
    ATWIRE_DOUBTS(PUT_DOUBT)
    return out;
}

/// The events of one dialogue, each rendered; adjacent fragments are joined.
class Log {
public:
    void add(const Event& event) {
        const FieldList list = fields(event.kind);
        if (list.count != 3 || list.first[2].name != "last") {
            close();
            events_.push_back(render(event));
            return;
        }
        const auto data = member<std::string_view>(event.body, list.first[0]);
        const auto offset = member<std::uint64_t>(event.body, list.first[1]);
        if (!open_ || event.kind != whole_.kind || offset != first_ + data_.size()) {
            close();
            open_ = true;
            whole_ = event;
            first_ = offset;
            data_.clear();
        }
        data_ += data;
        whole_.quirks |= event.quirks;
        whole_.doubts |= event.doubts;
        member<bool>(whole_.body, list.first[2]) = member<bool>(event.body, list.first[2]);
        if (member<bool>(event.body, list.first[2])) close();
    }
    const std::vector<std::string>& finish() {
        close();
        return events_;
    }

private:
    void close() {
        if (!open_) return;
        open_ = false;
        member<std::string_view>(whole_.body, fields(whole_.kind).first[0]) = data_;
        events_.push_back(render(whole_));
    }

    std::vector<std::string> events_;
    bool open_ = false;
    Event whole_;              ///< the first fragment, with what the others add
    std::uint64_t first_ = 0;  ///< its offset
    std::string data_;
};

// ── Expected and found ──────────────────────────────────────────────────────────────────────────────────────────────────────

std::string_view next_word(std::string_view& rest) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size() < rest.size() ? word.size() + 1 : word.size());
    return word;
}

/// Whether `found` is the same event and has every field, quirk and doubt that `expected` names, and no other where it names all.
bool agrees(std::string_view expected, std::string_view found, bool names_all) {
    if (next_word(expected) != next_word(found)) return false;
    std::size_t missing = 0;
    for (std::string_view rest = found; !rest.empty(); next_word(rest)) ++missing;
    while (!expected.empty()) {
        const std::string_view word = next_word(expected);
        bool there = false;
        for (std::string_view rest = found; !rest.empty();) there = next_word(rest) == word || there;
        if (!there) return false;
        --missing;
    }
    return missing == 0 || !names_all;
}

/// Whether `= *` may stand for this event.
bool is_report(std::string_view found) {
    const std::string_view name = next_word(found);
    for (const Kind kind :
         {Kind::text, Kind::malformed, Kind::information, Kind::echo, Kind::overlong, Kind::truncated, Kind::unfinished})
        if (name == atwire::name(kind)) return true;
    return false;
}

struct Comparison {
    std::span<const std::string_view> expected;
    std::span<const std::string> found;
    bool names_all;
    std::size_t furthest = 0;  ///< how many of the expected events were met

    bool holds(std::size_t e = 0, std::size_t f = 0) {
        if (e > furthest) furthest = e;
        if (e == expected.size()) return f == found.size();
        if (expected[e] == "*") return holds(e + 1, f) || (f < found.size() && is_report(found[f]) && holds(e, f + 1));
        return f < found.size() && agrees(expected[e], found[f], names_all) && holds(e + 1, f + 1);
    }
};

// ── The dialogue ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The line limit of the program atwire.
char carry[16384];

class Dialogue {
public:
    explicit Dialogue(const Transcript& transcript) : transcript_{transcript} {}

    /// Feeds the module's bytes in chunks of at most `most`. Says what went wrong and returns false where something did.
    bool plays(std::size_t most) {
        std::vector<std::string_view> expected;
        for (const Step& step : transcript_.steps) {
            switch (step.what) {
                case Step::What::setting:
                    if (set_by_name(decoder_.settings, transcript_.dialect.facts, step.text, step.value)) break;
                    std::printf("%s: no such setting: %s=%s\n", transcript_.file.data(), step.text.data(), step.value.data());
                    return false;
                case Step::What::host: hear_host(step.text); break;
                case Step::What::module:
                    for (std::string_view rest = step.text; !rest.empty(); rest = rest.substr(std::min(most, rest.size()))) {
                        decoder_.feed(rest.substr(0, most));
                        drain();
                    }
                    break;
                case Step::What::silence: fall_silent(); break;
                case Step::What::event: expected.push_back(step.text); break;
            }
        }
        fall_silent();

        const std::vector<std::string>& found = log_.finish();
        Comparison comparison{expected, found, transcript_.every_field};
        if (comparison.holds()) return true;
        std::printf("%s, %s:\n", transcript_.file.data(), most == 1 ? "byte by byte" : "line by line");
        for (std::size_t i = 0; i < expected.size(); ++i)
            std::printf("%s %s\n", i == comparison.furthest ? "  first unmet:" : "  expected:   ", expected[i].data());
        for (const std::string& event : found) std::printf("  found:       %s\n", event.c_str());
        return false;
    }

private:
    /// A command waits for its result; after a prompt, and while the port is a byte pipe, it is data.
    void hear_host(std::string_view bytes) {
        Settings& settings = decoder_.settings;
        Pending pending;
        if (after_prompt_) {
            const bool ended = !bytes.empty() && (bytes.back() == '\x1A' || bytes.back() == '\x1B');
            settings.data_sent += static_cast<std::uint32_t>(bytes.size() - (ended ? 1 : 0));
            return;
        }
        if (!read_pending(transcript_.dialect.facts, bytes, pending)) return;
        if (settings.transparent == 1 && pending.form != CommandForm::escape) {
            decoder_.command_follows();
            drain();
            if (settings.transparent == 1) return;
        }
        settings.push(pending);
    }

    void drain() {
        while (const Event* event = decoder_.next()) {
            log_.add(*event);
            const Kind kind = event->kind;
            if (kind == Kind::prompt) {
                after_prompt_ = true;
                decoder_.settings.data_sent = 0;
            }
            const bool ends = decoder_.ends_command(*event);
            if (ends) decoder_.settings.pop();
            if (ends || kind == Kind::send_ok || kind == Kind::send_fail) after_prompt_ = false;
        }
    }

    void fall_silent() {
        decoder_.idle();
        drain();
    }

    const Transcript& transcript_;
    Settings settings_;
    Decoder decoder_{transcript_.dialect, settings_, carry};
    Log log_;
    bool after_prompt_ = false;
};

}  // namespace

int play_corpus() {
    unsigned failed = 0;
    for (const Transcript& transcript : transcripts)
        if (!Dialogue{transcript}.plays(sizeof carry) || !Dialogue{transcript}.plays(1)) ++failed;
    std::printf("%u passed, %u failed, %u skipped for a tolerance\n", static_cast<unsigned>(transcripts.size()) - failed, failed,
                skipped);
    return failed == 0 && !transcripts.empty() ? 0 : 1;
}
