#include "facts/samples.hpp"

#include <algorithm>
#include <array>
#include <atwire/command_decoder.hpp>

#include "facts/spelling.hpp"

namespace conformance {

using namespace atwire;

namespace {

/// A value that the row allows the parameter.
std::string sample(const Token& parameter, const std::vector<Token>& line, const FormRow& row) {
    if (parameter.text == "opt_count")  // of the pairs that follow
        return std::to_string(
            std::count_if(line.begin(), line.end(), [](const Token& token) { return token.text == "opt_name"; }));
    const Domain& domain = parameter.domain;
    if (domain.sort == Domain::Sort::number)
        return std::to_string(domain.spans.empty() || domain.holds("1") ? 1 : domain.spans.front().first);
    if (!domain.words.empty()) return *domain.words.begin();
    for (const RowParameter& one : parameters_of(row)) {
        if (one.name != parameter.text) continue;
        if (one.type == "hex") return "00";
        if (one.type.starts_with("ip")) return "192.0.2.1";
    }
    return "a";
}

std::string sample(const std::vector<Token>& line, const FormRow& row) {
    std::string bytes;
    for (const Token& token : line) bytes += token.parameter ? sample(token, line, row) : token.text;
    const std::size_t dots = bytes.find("...");  // say that the last parameters may be given again
    return dots == std::string::npos ? bytes : bytes.erase(dots, 3);
}

/// Two bytes of data, and the byte that ends it where one does: `<data><0x1A>`.
std::string sample_of_data(const FormRow& row) {
    const std::size_t end = row.syntax.find("<0x");
    const std::string data = row.syntax.starts_with("<0x") ? "" : "00";
    return end == std::string::npos ? data : data + static_cast<char>(std::stoi(row.syntax.substr(end + 1, 4), nullptr, 16));
}

/// What the bytes come behind: a prompt, or what has made the port a pipe.
void prepare(CommandDecoder& decoder, const FormRow& row) {
    const auto settings = settings_of(row);
    const auto pipe = settings.find("transparent");
    if (pipe != settings.end() && pipe->second == "1") {
        decoder.settings.transparent = 1;
        decoder.idle();
    } else if (row.kind == "data") {
        decoder.expect_data(row.syntax.find("<0x") == std::string::npos ? Maybe<std::uint32_t>{2u} : Maybe<std::uint32_t>{});
    }
}

std::string read(const std::string& bytes, const FormRow& row, const Dialect& dialect) {
    std::array<char, 1024> carry{};
    Settings settings;
    CommandDecoder decoder{dialect, settings, carry};
    prepare(decoder, row);
    std::string names;
    const auto drain = [&] {
        while (const Command* command = decoder.next()) names += (names.empty() ? "" : "+") + std::string{name(command->kind)};
    };
    drain();
    decoder.feed(bytes);
    drain();
    decoder.idle();
    drain();
    return names;
}

}  // namespace

std::set<std::string> read_as(const FormRow& row, const Dialect& dialect) {
    if (row.kind == "data") return {read(sample_of_data(row), row, dialect)};
    if (row.syntax == "+++") return {read(row.syntax, row, dialect)};
    std::set<std::string> readings;
    const std::size_t end = row.syntax.find("<CR>");
    for (const auto& line : spellings(row.syntax.substr(0, end), row))
        readings.insert(read(sample(line, row) + (end == std::string::npos ? "\r" : "\r\n"), row, dialect));
    return readings;
}

}  // namespace conformance
