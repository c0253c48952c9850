// The input throws the dice that make events, commands and whole dialogues: what is written is read as it was.
#include <cstring>
#include <exception>

#include "properties/dialogues.hpp"
#include "properties/generated_events.hpp"
#include "target.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"
#include "violation.hpp"

namespace fuzz {
namespace {

using namespace atwire;
using namespace conformance;

/// Four bytes a throw.
Dice dice_of(std::string_view bytes) {
    std::vector<std::uint32_t> throws((bytes.size() + 3) / 4);
    if (!bytes.empty()) std::memcpy(throws.data(), bytes.data(), bytes.size());
    return Dice{std::move(throws)};
}

template <class Records>
void same(std::string_view property, const Records& written, const Records& read, const std::string& bytes) {
    const auto show_at = [](const Records& records, std::size_t i) { return i < records.size() ? show(records[i]) : "nothing"; };
    for (std::size_t i = 0; i < std::max(written.size(), read.size()); ++i)
        if (i >= written.size() || i >= read.size() || !(written[i] == read[i]))
            violated(property, "wrote  " + show_at(written, i) + "\nread   " + show_at(read, i) + "\nof     " + bytes);
}

void events(Dice& dice, const Dialect& dialect) {
    const Settings settings = generate_settings(dice, dialect);
    const GeneratedStream stream = generate_stream(dice, dialect, settings);
    const auto read = decode(dialect.decoding, settings, stream.bytes, {generate_cuts(dice, stream.bytes.size())});
    std::vector<Record> written;
    for (std::size_t i = 0; i < stream.events.size(); ++i) {
        written.push_back(record_of(stream.events[i].event));
        if (i < read.size()) written[i].doubts = read[i].doubts;
        const std::size_t begin = i == 0 ? 0 : stream.ends[i - 1];
        written[i].wire = {begin, stream.ends[i] - begin, stream.texts[i] - begin};
    }
    same("events are read as they were written", written, read, escape(stream.bytes));
}

void commands(Dice& dice, const Dialect& dialect) {
    std::string bytes;
    std::vector<CommandRecord> wrote;
    for (std::size_t n = 1 + dice.below(6); n != 0; --n) {
        std::deque<GeneratedCommand> line;
        if (dice.once_in(4))
            line = generate_joined(dice, dialect);
        else
            line.push_back(generate_command(dice, dialect));
        for (GeneratedCommand& made : line) {
            const std::size_t begin = bytes.size();
            bytes += written(dialect, {}, made.command);
            made.command.wire = {begin, bytes.size() - begin, 0};
            wrote.push_back(record_of(made.command));
        }
    }
    same("commands are read as they were written", wrote, decode_commands(dialect, bytes, {generate_cuts(dice, bytes.size())}),
         escape(bytes));
}

void dialogue(Dice& dice, const Dialect& dialect) {
    const bool known = !dice.once_in(4);
    const GeneratedDialogue made = generate_dialogue(dice, dialect, known);
    const Outcome said = expected(made);
    Outcome heard = play(made, &dice);
    if (!known)  // the default was the right reading
        for (Record& record : heard.events) record.doubts = {};
    const std::string text = transcript_of(made);
    same("a session hears the events that were said", said.events, heard.events, text);
    same("a session hears the commands that were said", said.commands, heard.commands, text);
    const std::string differs = difference(dialect, said.end, doubtful(heard) ? completed(heard.end, said.end) : heard.end);
    if (!differs.empty()) violated("a session has learned what was set", differs + "\nof     " + text);
}

}  // namespace

void run(std::string_view bytes) {
    Dice dice = dice_of(bytes);
    const Dialect& dialect = *dice.one_of(dialects());
    try {
        switch (dice.below(4)) {
            case 0: return events(dice, dialect);
            case 1: return commands(dice, dialect);
            default: return dialogue(dice, dialect);
        }
    } catch (const std::exception& refused) {
        violated("what is documented can be written, and is read at its length", refused.what());
    }
}

}  // namespace fuzz
