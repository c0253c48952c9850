// What was said in a capture, kept to be drawn.
#ifndef CONFORMANCE_GATE_TIMELINE_HPP
#define CONFORMANCE_GATE_TIMELINE_HPP

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "rules/finding.hpp"
#include "transcripts/json.hpp"

namespace conformance {

/// An event or a command, or the fragment of one that came at once.
struct Message {
    /// More of the wire bytes isn't kept.
    static constexpr std::size_t most_wire = 400;

    bool of_host = false;
    std::optional<std::uint32_t> socket{};  ///< that it is about, or the command that it answers
    Place place{};
    std::string wire{};      ///< the first bytes, without what frames them
    std::size_t length = 0;  ///< of all of them
    std::string_view name{};
    Json fields{};  ///< those that don't repeat the wire; of a long one the beginning of its JSON
    Json quirks{}, doubts{};
};

/// A part of a dialogue without a gap.
struct Timeline {
    std::deque<Message> messages{};
    std::size_t before = 0, behind = 0;  ///< messages that aren't kept
    /// Findings that were counted and aren't listed elsewhere, without what was expected; at most as many as messages.
    std::vector<Finding> counted{};
};

/// Which message a finding is about. The timeline must outlive it.
class MessageIndex {
public:
    explicit MessageIndex(const Timeline& timeline);
    /// Its number; nothing where it isn't kept.
    [[nodiscard]] std::optional<std::size_t> of(const Finding& finding) const;
    /// The same of bytes that stand there.
    [[nodiscard]] std::optional<std::size_t> of(const Place& place, std::string_view wire, bool of_host) const;

private:
    const Timeline& timeline_;
    std::multimap<std::pair<std::size_t, std::uint64_t>, std::size_t> by_place_{};
};

}  // namespace conformance

#endif
