#include "gate/generate.hpp"

#include <cstring>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include "properties/dialogues.hpp"
#include "properties/generated_events.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/player.hpp"

namespace conformance {

namespace {

/// Numbers enough for a long dialogue.
constexpr std::size_t throws = 6000;

Dice dice_of(std::uint64_t seed, std::size_t number) {
    std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                           static_cast<std::uint32_t>(number)};
    std::vector<std::uint32_t> numbers(throws);
    sequence.generate(numbers.begin(), numbers.end());
    return Dice{numbers};
}

GeneratedDialogue make(const GenerateOptions& options, std::size_t number) {
    Dice dice = dice_of(options.seed, number);
    GeneratedDialogue dialogue = generate_dialogue(dice, *options.dialect, false);
    Dice faults = dice_of(~options.seed, number);
    for (Turn& turn : dialogue.turns)
        if (options.mutate && turn.who == Turn::Who::module && faults.once_in(3)) mutate(faults, turn.bytes);
    return dialogue;
}

/// A transcript's lines but for what they mean.
std::string lines_of(const GenerateOptions& options, const GeneratedDialogue& dialogue, std::size_t number) {
    std::string text = "# dialect: " + std::string{options.dialect->facts.name} + "\n# source: atwire generate --dialect " +
                       std::string{options.dialect->facts.name} + " --seed " + std::to_string(options.seed) +
                       (options.mutate ? " --mutate" : "") + ", dialogue " + std::to_string(number) +
                       "\n# title: a random dialogue" + (options.mutate ? ", some bytes of the module changed" : "") + "\n";
    bool silent = false;
    for (const Turn& turn : dialogue.turns) {
        const bool idle = turn.who == Turn::Who::host_idle || turn.who == Turn::Who::module_idle;
        if (idle && !silent) text += "~\n";
        if (!idle && !turn.bytes.empty()) text += (turn.who == Turn::Who::host ? "> " : "< ") + escape(turn.bytes) + "\n";
        silent = idle;
    }
    return text;
}

/// The same with an `=` line for each event and each command, behind the line that completed it.
std::string with_meanings(const std::string& lines, const Transcript& transcript) {
    std::vector<char> carry(16384);
    const auto seen = play(
        transcript, *transcript.dialect, [](std::size_t left) { return left; }, carry);
    std::istringstream input{lines};
    std::string text;
    std::size_t at = 0;
    std::size_t number = 0;
    for (std::string line; std::getline(input, line);) {
        text += line + "\n";
        ++number;
        for (; at < seen.size() && seen[at].line == number; ++at) text += "= " + expectation(seen[at]) + "\n";
    }
    for (; at < seen.size(); ++at) text += "= " + expectation(seen[at]) + "\n";
    return text;
}

/// Nobody finds half a file.
void write_file(const std::filesystem::path& path, const std::string& content) {
    const std::filesystem::path fresh = path.string() + ".part";
    std::ofstream file{fresh, std::ios::binary};
    file << content;
    file.close();
    std::error_code failed;
    if (file) std::filesystem::rename(fresh, path, failed);
    if (file && !failed) return;
    const std::string reason = failed ? failed.message() : std::strerror(errno);
    std::filesystem::remove(fresh, failed);
    throw std::runtime_error{path.string() + ": " + reason};
}

}  // namespace

void generate(const GenerateOptions& options, std::ostream& output) {
    for (std::size_t number = 0; number < options.count; ++number) {
        const std::string lines = lines_of(options, make(options, number), number);
        std::istringstream input{lines};
        const Transcript transcript = read_transcript(input, "generated");
        const std::string text = with_meanings(lines, transcript);
        if (options.directory.empty()) {
            output << text;
            continue;
        }
        const std::string name =
            std::string{options.dialect->facts.name} + "-" + std::to_string(options.seed) + "-" + std::to_string(number);
        write_file(options.directory / (name + ".at"), text);
        if (!options.raw) continue;
        write_file(options.directory / (name + ".module"), bytes_of(transcript, Step::Type::module));
        write_file(options.directory / (name + ".host"), bytes_of(transcript, Step::Type::host));
    }
}

}  // namespace conformance
