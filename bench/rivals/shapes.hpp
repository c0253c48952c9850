// The lines of bc26's `urc_mix` as patterns, which each rival translates into its own.
#ifndef ATWIRE_BENCH_SHAPES_HPP
#define ATWIRE_BENCH_SHAPES_HPP

#include "rivals/lines.hpp"

namespace atwire::bench {

/// What stands at a pattern's places, in their order.
struct Found {
    std::array<std::uint32_t, 8> numbers;
    std::array<std::string_view, 2> texts;
};

/// In a pattern %d is a decimal number, %q a text between quotes, %r what is left of the line; everything else stands for itself.
struct Shape {
    std::string_view pattern;
    void (*give)(const Found& found, Sum& sum);  ///< counts the event that it is
};

// One shape as one sentence; those of a switch's branch in the order in which they are tried.
// clang-format off
inline constexpr Shape shapes[] = {
    {"+QIURC: \"recv\",%d", [](const Found& f, Sum& sum) { sum(DataAvailable{f.numbers[0], {}}); }},
    {"+QIURC: \"closed\",%d", [](const Found& f, Sum& sum) { sum(PeerClosed{f.numbers[0], {}}); }},
    {"+QIURC: \"dnsgip\",%q", [](const Found& f, Sum& sum) { sum(DnsAddress{f.texts[0]}); }},
    {"+QIURC: \"dnsgip\",%d,%d,%d", [](const Found& f, Sum& sum) { sum(DnsResult{f.numbers[0], f.numbers[1], f.numbers[2]}); }},
    {"+QIURC: \"dnsgip\",%d", [](const Found& f, Sum& sum) { sum(DnsResult{f.numbers[0], {}, {}}); }},
    {"+QIURC: \"recv\",%d,\"buff full\"", [](const Found& f, Sum& sum) { sum(BufferFull{f.numbers[0]}); }},
    {"OK", [](const Found&, Sum& sum) { sum(Ok{}); }},
    {"SEND OK", [](const Found&, Sum& sum) { sum(SendOk{}); }},
    {"SEND FAIL", [](const Found&, Sum& sum) { sum(SendFail{}); }},
    {"ERROR", [](const Found&, Sum& sum) { sum(Error{}); }},
    {"CLOSE OK", [](const Found&, Sum& sum) { sum(CloseOk{}); }},
    {"CLOSED", [](const Found&, Sum& sum) { sum(Closed{}); }},
    {"CONNECT", [](const Found&, Sum& sum) { sum(Connect{}); }},
    {"CONNECT FAIL", [](const Found&, Sum& sum) { sum(ConnectFail{}); }},
    {"CONNECT %r", [](const Found& f, Sum& sum) { sum(Connect{f.texts[0]}); }},
    {"NO CARRIER", [](const Found&, Sum& sum) { sum(NoCarrier{}); }},
    {"+CME ERROR: %d", [](const Found& f, Sum& sum) { sum(CmeError{f.numbers[0], {}}); }},
    {"+CME ERROR: %r", [](const Found& f, Sum& sum) { sum(CmeError{{}, f.texts[0]}); }},
    {"+CMS ERROR: %d", [](const Found& f, Sum& sum) { sum(CmsError{f.numbers[0], {}}); }},
    {"+CMS ERROR: %r", [](const Found& f, Sum& sum) { sum(CmsError{{}, f.texts[0]}); }},
    {"+CSQ: %r", [](const Found& f, Sum& sum) { sum(Information{"CSQ", f.texts[0]}); }},
    {"+QIOPEN: %d,%d", [](const Found& f, Sum& sum) { sum(SocketOpened{f.numbers[0], f.numbers[1]}); }},
    {"+QIRD: %d", [](const Found& f, Sum& sum) { sum(DataRead{{}, f.numbers[0], {}, {}, {}, Encoding::raw}); }},
    {"+QIRD: %d,%d", [](const Found& f, Sum& sum) { sum(DataRead{{}, f.numbers[0], f.numbers[1], {}, {}, Encoding::raw}); }},
    {"+QPING: %d,%q,%d,%d,%d", [](const Found& f, Sum& sum) {
        sum(PingReply{f.numbers[0], f.texts[0], f.numbers[1], f.numbers[2], f.numbers[3]});
    }},
    {"+QPING: %d,%d,%d,%d,%d,%d,%d", [](const Found& f, Sum& sum) {
        const auto& n = f.numbers;
        sum(PingSummary{n[0], n[1], n[2], n[3], n[4], n[5], n[6]});
    }},
    {"+QPING: 569", [](const Found&, Sum& sum) { sum(PingReply{569, {}, {}, {}, {}}); }},
    {"+QPING: %d", [](const Found& f, Sum& sum) { sum(PingSummary{f.numbers[0], {}, {}, {}, {}, {}, {}}); }},
    {"+QNTP: %d,%q", [](const Found& f, Sum& sum) { sum(TimeSynced{f.numbers[0], f.texts[0]}); }},
    {"+QNTP: %d", [](const Found& f, Sum& sum) { sum(TimeSynced{f.numbers[0], {}}); }},
    {"+QISEND: %d,%d,%d", [](const Found& f, Sum& sum) { sum(SendTotals{f.numbers[0], f.numbers[1], f.numbers[2], {}}); }},
    {"+QISTATE: %d,%q,%q,%d,%d,%d,%d,%d", [](const Found& f, Sum& sum) {
        const auto& n = f.numbers;
        sum(SocketStatus{n[0], f.texts[0], f.texts[1], static_cast<std::uint16_t>(n[1]), static_cast<std::uint16_t>(n[2]), n[3], n[4],
                         {}, n[5], {}});
    }},
    {"+QIDNSCFG: %d,%q,%q", [](const Found& f, Sum& sum) { sum(DnsServers{f.numbers[0], {}, f.texts[0], f.texts[1]}); }},
    {"+QIDNSCFG: %d,%q", [](const Found& f, Sum& sum) { sum(DnsServers{f.numbers[0], {}, f.texts[0], {}}); }},
    {"+QICFG: %q,%r", [](const Found& f, Sum& sum) { sum(Option{"QICFG", f.texts[0], {f.texts[1]}}); }},
    {"+QIGETERROR: %d,%r", [](const Found& f, Sum& sum) { sum(LastError{f.numbers[0], f.texts[0]}); }},
    {"+IP: %r", [](const Found& f, Sum& sum) { sum(LocalAddress{f.texts[0], {}}); }},
};
// clang-format on

/// The text before the first place.
[[nodiscard]] constexpr std::string_view head(const Shape& shape) noexcept {
    return part(shape.pattern, 0, shape.pattern.find('%'));
}

/// A rival's patterns behind a switch: those that a line may have, by how it begins. `Pattern` is made from a shape.
template <class Pattern>
class Switch {
public:
    Switch() {
        for (const Shape& shape : shapes) places_[place_of(shape.pattern)].push_back({head(shape), Pattern{shape}, shape.give});
    }
    /// Counts the event of the first pattern that `matches(pattern, found)`.
    template <class Matches>
    void take(std::string_view line, Sum& sum, Matches&& matches) const {
        Found found{};
        for (const One& one : places_[place_of(line)])
            if (line.starts_with(one.head) && matches(one.pattern, found)) return one.give(found, sum);
    }

private:
    struct One {
        std::string_view head;
        Pattern pattern;
        void (*give)(const Found& found, Sum& sum);
    };
    static constexpr std::size_t size = 64;
    static std::size_t place_of(std::string_view line) noexcept {
        const auto at = [line](std::size_t i) {
            return i < line.size() ? static_cast<std::size_t>(static_cast<unsigned char>(line[i])) : 0;
        };
        return (at(1) + 3 * at(3) + 7 * at(4)) % size;
    }
    std::array<std::vector<One>, size> places_;
};

/// Calls `literal(text)` and `place(letter)` for the parts of a pattern.
template <class Literal, class Place>
void each_part(std::string_view pattern, Literal&& literal, Place&& place) {
    while (!pattern.empty()) {
        const std::size_t end = std::min(pattern.find('%'), pattern.size());
        if (end != 0) literal(pattern.substr(0, end));
        if (end != pattern.size()) place(pattern[end + 1]);
        pattern.remove_prefix(std::min(end + 2, pattern.size()));
    }
}

}  // namespace atwire::bench

#endif
