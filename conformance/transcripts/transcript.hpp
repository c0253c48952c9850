// A transcript: one dialogue, as `.at` files hold it (corpus/README.md).
#ifndef CONFORMANCE_TRANSCRIPTS_TRANSCRIPT_HPP
#define CONFORMANCE_TRANSCRIPTS_TRANSCRIPT_HPP

#include <atwire/dialect.hpp>
#include <istream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "transcripts/json.hpp"

namespace conformance {

/// What is wrong with an input, and where. `what()` is one line: `file:line:column: …`.
class InputError : public std::runtime_error {
public:
    InputError(const std::string& file, std::size_t line, std::size_t column, const std::string& why)
        : std::runtime_error{file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + why} {}
};

/// What an `=` line expects. Nothing named: `*`.
struct Expected {
    std::string event;
    Json fields = Json::object();  ///< `quirks` and `doubts` among them where they are named
};

struct Setting {
    std::string name;
    std::string value;
};

/// One line of a transcript.
struct Step {
    enum class Type { host, module, idle, expected, settings };
    Type type;
    std::size_t line = 0;
    std::optional<double> time{};  ///< seconds
    std::string bytes{};           ///< of host and module
    Expected expected{};
    std::vector<Setting> settings{};
};

struct Transcript {
    std::string file;
    const atwire::Dialect* dialect = nullptr;      ///< nullptr where the file names none
    std::map<std::string, std::string> headers{};  ///< `title`, `source`, …: the first of each
    std::vector<Step> steps{};

    [[nodiscard]] std::string header(const std::string& key) const {
        const auto place = headers.find(key);
        return place == headers.end() ? std::string{} : place->second;
    }
};

/// Reads lines one after the other, so that a long transcript needs no memory. Comes with the line that a step stands in.
class TranscriptReader {
public:
    TranscriptReader(std::istream& input, std::string file) : input_{input}, file_{std::move(file)} {}
    /// The next step; nothing at the end. Headers that came before it are in `transcript`. Throws InputError.
    std::optional<Step> next();
    /// What the headers have said so far.
    Transcript transcript{};

private:
    [[noreturn]] void fail(std::size_t column, const std::string& why) const;
    std::optional<Step> header(const std::string& line);
    Step step(const std::string& line, std::size_t arrow);
    std::string bytes(const std::string& line, std::size_t from) const;
    Expected expected(const std::string& line, std::size_t from) const;

    std::istream& input_;
    std::string file_;
    std::size_t line_ = 0;
};

/// Reads a whole transcript. Throws InputError.
Transcript read_transcript(std::istream& input, const std::string& file);

/// `name=value` pairs separated by blanks; a value is JSON or a bare word. Throws std::invalid_argument.
std::vector<Setting> read_settings(const std::string& text);
/// Applies one. Throws std::invalid_argument with a sentence where name or value is unknown.
void apply(const Setting& setting, const atwire::Dialect& dialect, atwire::Settings& settings);

}  // namespace conformance

#endif
