#include "properties/decode_commands.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "properties/fields.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {

using namespace atwire;

namespace {

/// Every view has to point into what the caller owns, or be one of the words that stand in tables.
void check_views(const Command& command, std::string_view chunk, const std::vector<char>& carry) {
    for (const Field& field : fields(command.kind)) {
        if (!present(command.body, field) || field.name == "command" || field.name == "end") continue;
        const bool of_row = field.name == "name" && command.kind != CommandKind::resolve;
        std::string_view view;
        if (field.type == Type::text && !of_row) view = *value_of<std::string_view>(command.body, field);
        if (field.type == Type::values) view = value_of<Values>(command.body, field)->text;
        if (field.type == Type::options) view = value_of<CoapOptions>(command.body, field)->text;
        // Bytes withheld from an earlier chunk.
        const bool constant = command.kind == CommandKind::send_data && view.find_first_not_of("+\x03") == std::string_view::npos;
        const auto lies_in = [view](const char* begin, std::size_t length) {
            return view.data() >= begin && view.data() + view.size() <= begin + length;
        };
        if (!view.empty() && !constant && !lies_in(chunk.data(), chunk.size()) && !lies_in(carry.data(), carry.size()))
            throw std::logic_error{"a view points into neither chunk nor carry"};
    }
}

/// The command that a prompt answers, as far as the encoder of its data has to know it.
Pending sending(const Dialect& dialect, const Between& event) {
    Pending pending;
    for (std::size_t i = 0; i < dialect.facts.commands.size() && pending.command == Pending::unknown; ++i)
        if (dialect.facts.commands[i].sends) pending.command = static_cast<std::uint8_t>(i);
    pending.form = CommandForm::write;
    pending.parameters[0] = 0;
    if (event.what == Between::What::data_of_length) pending.parameters[1] = static_cast<std::uint16_t>(event.length);
    return pending;
}

void happen(const Dialect& dialect, const Between& event, CommandDecoder& decoder) {
    Settings& settings = decoder.settings;
    switch (event.what) {
        case Between::What::idle: decoder.idle(); break;
        case Between::What::data_of_length:
        case Between::What::data_to_ctrl_z:
            settings.pending_count = 0;
            settings.push(sending(dialect, event));
            settings.transparent = 0;
            decoder.expect_data(event.what == Between::What::data_of_length ? Maybe{event.length} : Maybe<std::uint32_t>{});
            break;
        case Between::What::result: decoder.expect_command(); break;
        case Between::What::pipe_begins:
            settings.transparent = 1;
            decoder.expect_command();
            break;
        case Between::What::pipe_ends: settings.transparent = 0; break;
    }
}

}  // namespace

CommandRecord record_of(const Command& command) {
    CommandRecord record{command.kind, {}, {}, 0, false, {}, command.joined, command.more, command.odd, command.wire};
    if (const auto* sent = get<SendData>(command)) {
        record.data = sent->data;
        record.offset = sent->offset;
        record.last = sent->last;
        record.end = *sent->end;
    } else {
        for (const Field& field : fields(command.kind))
            if (present(command.body, field)) append(record.fields, command.body, field);
    }
    return record;
}

void add_joined(std::vector<CommandRecord>& records, const Command& command) {
    CommandRecord record = record_of(command);
    if (command.kind == CommandKind::send_data && !records.empty()) {
        CommandRecord& before = records.back();
        if (before.kind == record.kind && !before.last && record.offset == before.offset + before.data.size()) {
            before.data += record.data;
            before.last = record.last;
            before.end = record.end;
            before.odd = before.odd || record.odd;
            before.wire.length += record.wire.length;
            return;
        }
    }
    records.push_back(std::move(record));
}

std::string show(const CommandRecord& record) {
    std::string text{name(record.kind)};
    text += escape(record.fields);
    if (record.kind == CommandKind::send_data)
        text += " \"" + escape(record.data) + "\" offset=" + std::to_string(record.offset) + (record.last ? " last " : " ") +
                record.end;
    text += record.joined ? " joined" : "";
    text += record.more ? " more" : "";
    text += record.odd ? " odd" : "";
    return text + " wire=[" + std::to_string(record.wire.offset) + "," + std::to_string(record.wire.length) + "," +
           std::to_string(record.wire.lead) + "]";
}

std::vector<CommandRecord> decode_commands(const Dialect& dialect, std::string_view bytes, const HostDelivery& delivery,
                                           const EachCommand& each) {
    // Filled differently every time: what the decoder never wrote must never come out.
    static char fill = 0;
    std::vector<char> carry(delivery.carry, ++fill);
    Settings settings;
    CommandDecoder decoder{dialect, settings, carry};
    std::vector<CommandRecord> records;
    std::size_t given = 0;
    std::string_view chunk;
    const auto drain = [&] {
        while (const Command* command = decoder.next()) {
            check_views(*command, chunk, carry);
            add_joined(records, *command);
            if (each) each(*command, settings);
            if (++given > 2 * bytes.size() + 8) throw std::logic_error{"no progress"};
        }
    };
    std::size_t at = 0;
    auto event = delivery.between.begin();
    const auto let_happen = [&] {
        for (; event != delivery.between.end() && event->at <= at; ++event) {
            happen(dialect, *event, decoder);
            drain();
        }
    };
    for (const std::size_t size : delivery.cuts) {
        const std::size_t end = at + size;
        while (at < end) {  // what happens between two bytes cuts a chunk too
            let_happen();
            const std::size_t stop = event != delivery.between.end() ? std::min(end, event->at) : end;
            const auto block = std::make_unique<char[]>(stop - at);
            std::memcpy(block.get(), bytes.data() + at, stop - at);
            chunk = {block.get(), stop - at};
            if (!decoder.feed(chunk)) throw std::logic_error{"a drained decoder took no chunk"};
            drain();
            chunk = {};
            at = stop;
        }
    }
    let_happen();
    decoder.idle();
    drain();
    return records;
}

std::string show(const Dialect& dialect, std::string_view bytes, const HostDelivery& delivery) {
    static constexpr std::string_view words[] = {"idle",   "data of length", "data to Ctrl+Z",
                                                 "result", "pipe begins",    "pipe ends"};
    std::string text = std::string{dialect.facts.name} + ", carry " + std::to_string(delivery.carry) + "\n";
    std::size_t at = 0;
    auto event = delivery.between.begin();
    for (std::size_t i = 0; i <= delivery.cuts.size(); ++i) {
        const std::size_t end = i < delivery.cuts.size() ? at + delivery.cuts[i] : at;
        for (; event != delivery.between.end() && (event->at < end || i == delivery.cuts.size()); ++event) {
            if (event->at > at) text += "> " + escape(bytes.substr(at, event->at - at)) + "\n";
            at = std::max(at, event->at);
            text += std::string{words[static_cast<std::size_t>(event->what)]} + " " + std::to_string(event->length) + "\n";
        }
        if (end > at) text += "> " + escape(bytes.substr(at, end - at)) + "\n";
        at = std::max(at, end);
    }
    return text;
}

}  // namespace conformance
