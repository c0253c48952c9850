// Writes the seeds: make_seeds CORPUS FOLDER makes `<target>/` in it, with inputs for each transcript of the corpus.
#include <atwire/session.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include "input.hpp"
#include "transcripts/json.hpp"
#include "transcripts/transcript.hpp"

namespace {

namespace fs = std::filesystem;
using namespace conformance;

std::string read(const fs::path& file) {
    std::ifstream input{file, std::ios::binary};
    std::stringstream all;
    all << input.rdbuf();
    return all.str();
}

void write(const fs::path& file, std::string_view bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream output{file, std::ios::binary};
    output.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!output.flush()) throw std::runtime_error{file.string() + " can't be written"};
}

/// Everything that the transcript says, as the lines that `decode` prints of it.
std::string objects_of(const fuzz::Input& input) {
    std::string lines;
    std::vector<char> module_carry(fuzz::Input::most_carry);
    std::vector<char> host_carry(fuzz::Input::most_carry);
    atwire::Session session{*input.dialect, module_carry, host_carry};
    const auto drain = [&] {
        while (const auto said = session.next()) {
            Json object = said.event != nullptr ? to_json(*said.event) : to_json(*said.command);
            object.erase("wire");
            lines += object.dump() + "\n";
        }
    };
    for (const fuzz::Line& line : input.lines) {
        if (line.who == fuzz::Line::Who::module) session.module_said(line.bytes);
        if (line.who == fuzz::Line::Who::host) session.host_said(line.bytes);
        if (line.who == fuzz::Line::Who::settings) fuzz::apply(line.bytes, *input.dialect, false, session.settings);
        drain();
    }
    session.module_idle();
    session.host_idle();
    drain();
    return lines;
}

/// The same dialogue, twice, and a restart between the two.
fuzz::Input restarted(const fuzz::Input& input) {
    fuzz::Input twice = input;
    twice.lines.push_back({fuzz::Line::Who::restart, input.lines.size() % 2 == 0 ? "woke" : "restarted"});
    twice.lines.insert(twice.lines.end(), input.lines.begin(), input.lines.end());
    return twice;
}

}  // namespace

int main(int count, char** arguments) try {
    if (count != 3) {
        std::cerr << "usage: " << arguments[0] << " CORPUS FOLDER\n";
        return 2;
    }
    const fs::path corpus = arguments[1];
    const fs::path folder = arguments[2];
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{corpus}) {
        if (entry.path().extension() != ".at") continue;
        const std::string text = read(entry.path());
        const fuzz::Input input = fuzz::read_input(text);
        std::string name = fs::relative(entry.path(), corpus).string();
        std::replace(name.begin(), name.end(), '/', '-');
        for (const char* target : {"decode", "commands", "dialogue"}) write(folder / target / name, fuzz::write_input(input));
        write(folder / "dialogue" / ("restarted-" + name), fuzz::write_input(restarted(input)));
        write(folder / "transcript" / name, text);
        write(folder / "json" / name, objects_of(input));
    }
    // Dice have no corpus: any throws will do.
    std::mt19937 random{1};
    for (int i = 0; i < 64; ++i) {
        std::string throws(static_cast<std::size_t>(64 + 16 * i), '\0');
        for (char& byte : throws) byte = static_cast<char>(random());
        write(folder / "roundtrip" / std::to_string(i), throws);
    }
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
