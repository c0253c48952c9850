// A mutator of the stream targets that knows what a message is. A fuzzer that changes bytes alone breaks most lines before it reaches
// what lies behind them; this one drops, swaps and repeats fields and lines, changes lengths, splits chunks, and puts notices
// between the lines of a response. One input in eight it leaves to the engine, which knows the dictionary.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>

#include "input.hpp"
#include "properties/generated_commands.hpp"
#include "properties/generated_events.hpp"
#include "transcripts/dialects.hpp"

// libFuzzer's; other engines have none.
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace fuzz {
namespace {

class Mutator {
public:
    Mutator(Input& input, unsigned seed) : input_{input}, random_{seed} {}

    /// Changes one thing, or nothing where there is none to change.
    void change() {
        if (input_.lines.empty()) return insert_notice();
        Line& line = input_.lines[below(input_.lines.size())];
        switch (below(15)) {
            case 0: return drop_line();
            case 1: return repeat_line();
            case 2: return swap_lines();
            case 3: return split_line();
            case 4: return join_lines();
            case 5: return insert_notice();
            case 6: return insert({Line::Who::silence});
            case 7: return change_setting();
            case 8: return change_decoder();
            case 9: return change_field(line.bytes);
            case 10: return change_number(line.bytes);
            case 11: return strike(line.bytes);
            case 12: return insert_payload(line.bytes);
            case 13: return insert({Line::Who::restart, below(2) == 0 ? "woke" : "restarted"});
            default: return engine(line.bytes);
        }
    }
    std::size_t below(std::size_t sides) { return sides == 0 ? 0 : random_() % sides; }

private:
    std::size_t place() { return below(input_.lines.size() + 1); }
    auto at(std::size_t index) { return input_.lines.begin() + static_cast<std::ptrdiff_t>(index); }
    void insert(const Line& line) { input_.lines.insert(at(place()), line); }
    void drop_line() { input_.lines.erase(at(below(input_.lines.size()))); }
    void repeat_line() { insert(Line{input_.lines[below(input_.lines.size())]}); }
    void swap_lines() { std::swap(input_.lines[below(input_.lines.size())], input_.lines[below(input_.lines.size())]); }

    void split_line() {
        const std::size_t index = below(input_.lines.size());
        Line second = input_.lines[index];
        const std::size_t cut = below(second.bytes.size() + 1);
        input_.lines[index].bytes.resize(cut);
        second.bytes.erase(0, cut);
        input_.lines.insert(at(index + 1), second);
        if (below(4) == 0) input_.lines.insert(at(index + 1), notice());
    }
    void join_lines() {
        const std::size_t index = below(input_.lines.size());
        if (index + 1 == input_.lines.size() || input_.lines[index].who != input_.lines[index + 1].who) return;
        input_.lines[index].bytes += input_.lines[index + 1].bytes;
        input_.lines.erase(at(index + 1));
    }
    void insert_notice() { insert(notice()); }
    /// What a module says, or a host, by the generators of the properties.
    Line notice() {
        std::vector<std::uint32_t> throws(64);
        for (std::uint32_t& one : throws) one = static_cast<std::uint32_t>(random_());
        conformance::Dice dice{std::move(throws)};
        if (below(3) == 0) return {Line::Who::host, conformance::generate_host_noise(dice, *input_.dialect).substr(0, 200)};
        const atwire::Settings settings = conformance::generate_settings(dice, *input_.dialect);
        return {Line::Who::module, conformance::generate_stream(dice, *input_.dialect, settings).bytes.substr(0, 400)};
    }
    void change_setting() {
        static constexpr const char* names[] = {
#define ATWIRE_SETTING_NAME(name, most) #name,
            ATWIRE_SETTINGS(ATWIRE_SETTING_NAME)
#undef ATWIRE_SETTING_NAME
                "access_mode.0",
            "access_mode.1", "service.0", "service.1"};
        const std::string pair = std::string{names[below(std::size(names))]} + "=" + std::to_string(below(3));
        input_.lines.insert(below(4) == 0 ? at(place()) : at(0), {Line::Who::settings, pair});
    }
    void change_decoder() {
        switch (below(4)) {
            case 0: input_.dialect = conformance::dialects()[below(conformance::dialects().size())]; break;
            case 1: input_.carry = Input::least_carry + below(300); break;
            case 2: input_.accepted ^= 1u << below(32); break;
            default: input_.infers = !input_.infers; break;
        }
    }
    /// Drops, repeats or swaps what stands between two commas.
    void change_field(std::string& bytes) {
        std::vector<std::string> fields{""};
        for (const char c : bytes) c == ',' ? void(fields.emplace_back()) : void(fields.back() += c);
        const std::size_t one = below(fields.size());
        switch (below(3)) {
            case 0: fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(one)); break;
            case 1:
                fields.insert(fields.begin() + static_cast<std::ptrdiff_t>(one), std::string{fields[below(fields.size())]});
                break;
            default: std::swap(fields[one], fields[below(fields.size())]); break;
        }
        bytes.clear();
        for (std::size_t i = 0; i < fields.size(); ++i) bytes += (i == 0 ? "" : ",") + fields[i];
    }
    /// A length, mostly: one more, one less, the edges, too large.
    void change_number(std::string& bytes) {
        const std::size_t from = bytes.find_first_of("0123456789", below(bytes.size() + 1));
        if (from == std::string::npos) return;
        const std::size_t end = std::min(bytes.find_first_not_of("0123456789", from), bytes.size());
        const std::size_t value = end - from < 9 ? std::stoul(bytes.substr(from, end - from)) : 0;
        const std::string numbers[] = {std::to_string(value + 1),
                                       std::to_string(value == 0 ? 0 : value - 1),
                                       std::to_string(value * 2),
                                       std::to_string(below(32)),
                                       "0",
                                       "1460",
                                       "65535",
                                       "65536",
                                       "2147483648",
                                       "4294967295",
                                       "4294967296",
                                       "99999999999999999999999",
                                       "-1"};
        bytes.replace(from, end - from, numbers[below(std::size(numbers))]);
    }
    void strike(std::string& bytes) {
        if (bytes.empty()) return;
        const std::size_t index = below(bytes.size());
        switch (below(3)) {
            case 0: bytes.erase(index, 1); break;
            case 1: bytes.insert(index, 1, bytes[index]); break;
            default: bytes[index] = static_cast<char>(bytes[index] ^ 1 << below(8)); break;
        }
    }
    /// What a payload may hold and a line may not.
    void insert_payload(std::string& bytes) {
        static constexpr std::string_view pieces[] = {
            "\r\nOK\r\n",     "\r\n",           "\r", "\n", ">", "> ", "\"", "+++", "\x1A", "\x1B", "AT", "\r\nNO CARRIER\r\n",
            "\r\nCLOSED\r\n", "\r\nCONNECT\r\n"};
        bytes.insert(below(bytes.size() + 1), std::string{pieces[below(std::size(pieces))]});
    }
    void engine(std::string& bytes) {
        if (LLVMFuzzerMutate == nullptr) return strike(bytes);
        const std::size_t size = bytes.size();
        bytes.resize(size + 32);
        bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), size, bytes.size()));
    }

    Input& input_;
    std::minstd_rand random_;
};

std::size_t give(const Input& input, std::uint8_t* data, std::size_t most) {
    const std::string text = write_input(input);
    const std::size_t size = std::min(text.size(), most);
    std::memcpy(data, text.data(), size);
    return size;
}

std::string_view text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

}  // namespace
}  // namespace fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
    if (seed % 8 == 0 && LLVMFuzzerMutate != nullptr) return LLVMFuzzerMutate(data, size, most);
    fuzz::Input input = fuzz::read_input(fuzz::text_of(data, size));
    fuzz::Mutator mutator{input, seed};
    for (std::size_t n = 1 + mutator.below(4); n != 0; --n) mutator.change();
    return fuzz::give(input, data, most);
}

/// The begin of one and the end of the other.
extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size, const std::uint8_t* other,
                                                 std::size_t other_size, std::uint8_t* to, std::size_t most, unsigned seed) {
    fuzz::Input input = fuzz::read_input(fuzz::text_of(one, one_size));
    const fuzz::Input end = fuzz::read_input(fuzz::text_of(other, other_size));
    std::minstd_rand random{seed};
    input.lines.resize(random() % (input.lines.size() + 1));
    const std::size_t from = random() % (end.lines.size() + 1);
    input.lines.insert(input.lines.end(), end.lines.begin() + static_cast<std::ptrdiff_t>(from), end.lines.end());
    return fuzz::give(input, to, most);
}
