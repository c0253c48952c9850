// Writes the dictionaries from the tables: make_dictionary FOLDER makes `<target>.dict` in it.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "atwire/command.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"

namespace {

using namespace atwire;
using Words = std::set<std::string>;

/// What stands on the wire.
void add_wire(Words& words) {
    const auto add_all = [&words](std::span<const std::string_view> list) {
        for (const std::string_view word : list) words.emplace(word);
    };
    for (const Dialect* dialect : conformance::dialects()) {
        for (const Form& form : dialect->facts.forms) {
            words.emplace(form.head);
            words.emplace(form.option);
            for (const Item& item : form.items) add_all(item.words);
        }
        for (const CommandFacts& command : dialect->facts.commands) {
            words.emplace("AT+" + std::string{command.name});
            for (const CommandRow& row : command.rows) {
                words.emplace(row.option);
                for (const Parameter& parameter : row.parameters) add_all(parameter.words);
            }
        }
    }
    for (const std::string_view word :
         {"\r\n", "\r",   "\n",        "\r\nOK\r\n", ">",    "> ",       ",", "\"", ";",     "=?",    "?",         "+++",
          "ATO",  "ATE1", "AT+CMEE=2", "\x1A",       "\x1B", "\x03\x1A", "0", "1",  "65535", "65536", "4294967296"})
        words.emplace(word);
}

/// What stands in a transcript beside the wire.
void add_headers(Words& words) {
    for (const Dialect* dialect : conformance::dialects()) words.emplace("# dialect: " + std::string{dialect->facts.name} + "\n");
    for (const std::string_view word : {"< ", "> ", "~\n", "\n< ", "\n> ", "# settings: ", "# carry: 16\n", "# infers: 0\n",
                                        "# restarted\n", "# woke\n", "= ", "@0.5 "})
        words.emplace(word);
#define ATWIRE_ADD(name, most) words.emplace(#name "=" #most " ");
    ATWIRE_SETTINGS(ATWIRE_ADD)
#undef ATWIRE_ADD
}

/// What stands in the objects that `encode` reads.
void add_names(Words& words) {
#define ATWIRE_ADD(Message, event)               \
    words.emplace("{\"event\":\"" #event "\"}"); \
    for (const Field& field : fields(Kind::event)) words.emplace("\"" + std::string{field.name} + "\":");
    ATWIRE_EVENTS(ATWIRE_ADD)
#undef ATWIRE_ADD
#define ATWIRE_ADD(Message, command)                                  \
    words.emplace("{\"dir\":\"host\",\"command\":\"" #command "\"}"); \
    for (const Field& field : fields(CommandKind::command)) words.emplace("\"" + std::string{field.name} + "\":");
    ATWIRE_COMMANDS(ATWIRE_ADD)
#undef ATWIRE_ADD
    for (const std::string_view word : {"\"line\":", "\"lead\":", "\"quirks\":[", "\"framing\"", "\"joined\":true", "\"at\":"})
        words.emplace(word);
}

/// In a stream target's input, which is a transcript, the wire is escaped.
Words as_transcript(const Words& wire) {
    Words words;
    for (const std::string& word : wire) words.insert(conformance::escape(word));
    return words;
}

void write(const std::filesystem::path& file, const Words& words) {
    std::ofstream output{file, std::ios::binary};
    for (const std::string& word : words) {
        if (word.empty()) continue;
        output << '"';
        for (const char c : word) {
            constexpr const char* digits = "0123456789ABCDEF";
            const auto byte = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\' || byte < 32 || byte > 126)
                output << "\\x" << digits[byte >> 4] << digits[byte & 15];
            else
                output << c;
        }
        output << "\"\n";
    }
    if (!output.flush()) throw std::runtime_error{file.string() + " can't be written"};
}

}  // namespace

int main(int count, char** arguments) try {
    if (count != 2) {
        std::cerr << "usage: " << arguments[0] << " FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    std::filesystem::create_directories(folder);
    Words wire;
    add_wire(wire);
    Words stream = as_transcript(wire);
    add_headers(stream);
    for (const char* target : {"decode", "commands", "dialogue"}) write(folder / (std::string{target} + ".dict"), stream);
    Words capture = wire;
    add_headers(capture);
    write(folder / "transcript.dict", capture);
    Words objects;
    add_names(objects);
    write(folder / "json.dict", objects);
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
