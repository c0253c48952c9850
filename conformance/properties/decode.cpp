#include "properties/decode.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "properties/fields.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/json.hpp"

namespace conformance {

using namespace atwire;

namespace {

/// A fragment's data, or nullptr.
const std::string_view* data_of(const Event& event) {
    switch (event.kind) {
        case Kind::payload: return &event.body.payload.data;
        case Kind::data_echo: return &event.body.data_echo.data;
        case Kind::echo: return &event.body.echo.text;
        case Kind::overlong: return &event.body.overlong.text;
        default: return nullptr;
    }
}

bool lies_in(std::string_view part, const char* begin, std::size_t length) {
    return part.data() >= begin && part.data() + part.size() <= begin + length;
}

/// Every view has to point into what the caller owns, or be one of the constants that stand for CRs held back, or for a name that
/// the manual misspells.
void check_views(const Event& event, std::string_view chunk, const std::vector<char>& carry, const Alias& alias) {
    for (const Field& field : fields(event.kind)) {
        if (!present(event.body, field)) continue;
        std::string_view view;
        if (field.type == Type::text)
            view = *value_of<std::string_view>(event.body, field);
        else if (field.type == Type::values)
            view = value_of<Values>(event.body, field)->text;
        else if (field.type == Type::options)
            view = value_of<CoapOptions>(event.body, field)->text;
        if (view == alias.meant || view.empty() || view.find_first_not_of('\r') == std::string_view::npos) continue;
        if (!lies_in(view, chunk.data(), chunk.size()) && !lies_in(view, carry.data(), carry.size()))
            throw std::logic_error{"a view points into neither chunk nor carry"};
    }
}

}  // namespace

Record record_of(const Event& event) {
    Record record{event.kind, {}, {}, 0, false, event.wire, event.quirks, event.doubts};
    if (const std::string_view* data = data_of(event)) {
        record.data = *data;
        record.offset = event.kind == Kind::payload    ? event.body.payload.offset
                        : event.kind == Kind::echo     ? event.body.echo.offset
                        : event.kind == Kind::overlong ? event.body.overlong.offset
                                                       : event.body.data_echo.offset;
        record.last = event.kind == Kind::payload    ? event.body.payload.last
                      : event.kind == Kind::echo     ? event.body.echo.last
                      : event.kind == Kind::overlong ? event.body.overlong.last
                                                     : event.body.data_echo.last;
    } else {
        for (const Field& field : fields(event.kind))
            if (present(event.body, field)) append(record.fields, event.body, field);
    }
    return record;
}

void add_joined(std::vector<Record>& records, const Event& event) {
    Record record = record_of(event);
    if (data_of(event) != nullptr && !records.empty()) {
        Record& before = records.back();
        if (before.kind == record.kind && !before.last && record.offset == before.offset + before.data.size()) {
            before.data += record.data;
            before.last = record.last;
            before.wire.length += record.wire.length;
            return;
        }
    }
    records.push_back(std::move(record));
}

std::string show(const Record& record) {
    std::string text{name(record.kind)};
    text += escape(record.fields);
    if (!record.data.empty()) text += " \"" + escape(record.data) + "\" offset=" + std::to_string(record.offset);
    text += " wire=[" + std::to_string(record.wire.offset) + "," + std::to_string(record.wire.length) + "]";
    if (!record.quirks.empty()) text += " quirks=" + to_json(record.quirks).dump();
    if (!record.doubts.empty()) text += " doubts=" + to_json(record.doubts).dump();
    return text;
}

std::vector<Record> decode(const Decoding& dialect, const Settings& settings, std::string_view bytes, const Delivery& delivery) {
    // Filled differently every time: what the decoder never wrote must never come out.
    static char fill = 0;
    std::vector<char> carry(delivery.carry, ++fill);
    Settings state = settings;
    Decoder decoder{dialect, state, carry};
    decoder.accept(delivery.accepted);
    std::vector<Record> records;
    std::size_t given = 0;
    std::string_view chunk;
    const auto drain = [&] {
        while (const Event* event = decoder.next()) {
            check_views(*event, chunk, carry, dialect.alias);
            add_joined(records, *event);
            if (++given > 2 * bytes.size() + 8) throw std::logic_error{"no progress"};
        }
    };
    std::size_t at = 0;
    auto silence = delivery.silences.begin();
    const auto fall_silent = [&] {
        for (; silence != delivery.silences.end() && *silence <= at; ++silence) {
            decoder.idle();
            drain();
        }
    };
    const auto feed_up_to = [&](std::size_t end) {
        const auto block = std::make_unique<char[]>(end - at);
        std::memcpy(block.get(), bytes.data() + at, end - at);
        chunk = {block.get(), end - at};
        if (!decoder.feed(chunk)) throw std::logic_error{"a drained decoder took no chunk"};
        drain();
        chunk = {};
        at = end;
    };
    for (const std::size_t size : delivery.cuts) {
        const std::size_t end = at + size;
        while (at < end) {  // a silence cuts a chunk too
            fall_silent();
            feed_up_to(silence != delivery.silences.end() ? std::min(end, *silence) : end);
        }
    }
    fall_silent();
    decoder.idle();
    drain();
    return records;
}

std::string transcript_of(const Facts& facts, const Settings& settings, std::string_view bytes, const Delivery& delivery) {
    std::string text = "# dialect: " + std::string{facts.name} + "\n# settings:";
#define ATWIRE_SHOW(name, most) \
    if (settings.name != unset) text += " " #name "=" + std::to_string(settings.name);
    ATWIRE_SETTINGS(ATWIRE_SHOW)
#undef ATWIRE_SHOW
    for (std::size_t i = 0; i < settings.access_mode.size(); ++i)
        if (settings.access_mode[i] != unset)
            text += " access_mode." + std::to_string(i) + "=" + std::to_string(settings.access_mode[i]);
    for (std::size_t i = 0; i < settings.pending_count; ++i) {
        const Pending& pending = settings.pending[i];
        text += " pending=\"AT+" +
                (pending.command == Pending::unknown ? std::string{"ZZ"} : std::string{facts.commands[pending.command].name});
        text += pending.form == CommandForm::test ? "=?" : pending.form == CommandForm::read ? "?" : "";
        if (pending.form == CommandForm::write) text += "=" + std::to_string(pending.parameters[0]);
        text += "\"";
    }
    if (settings.data_sent != Settings::unknown_sent) text += "\n# data_sent: " + std::to_string(settings.data_sent);
    text += "\n# carry: " + std::to_string(delivery.carry) + "\n";
    std::size_t at = 0;
    auto silence = delivery.silences.begin();
    for (const std::size_t size : delivery.cuts) {
        for (; silence != delivery.silences.end() && *silence <= at; ++silence) text += "~\n";
        text += "< " + escape(bytes.substr(at, size)) + "\n";
        at += size;
    }
    return text;
}

}  // namespace conformance
