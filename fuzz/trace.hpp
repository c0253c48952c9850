// What was read, as text: fragments joined, one line for each event or command. Two runs agree where the texts are equal.
#ifndef FUZZ_TRACE_HPP
#define FUZZ_TRACE_HPP

#include <atwire/command.hpp>
#include <atwire/event.hpp>
#include <string>
#include <string_view>

namespace fuzz {

class Trace {
public:
    void add(const atwire::Event& event);
    void add(const atwire::Command& command);
    /// A line of the caller's.
    void note(std::string_view text);
    /// All of it, the last line ended.
    [[nodiscard]] const std::string& text();

private:
    /// A part of a payload, echo, overlong line or sent data.
    struct Fragment {
        std::string_view data;
        std::uint64_t offset;
        bool last;
    };
    /// Fragments that may go on.
    struct Open {
        std::string_view name{};
        std::uint64_t next = 0;    ///< offset of the fragment that goes on
        std::uint64_t length = 0;  ///< on the wire
        bool last = false;
        bool odd = false;
        std::string_view end{};
    };
    /// Adds it to those that it goes on with, or begins a line with it. `marks` are the first one's quirks and doubts.
    void add(std::string_view name, const Fragment& fragment, const atwire::Wire& wire, std::uint32_t marks);
    void head(std::string_view name, const atwire::Wire& wire);
    void number(std::uint64_t value);
    void close();

    std::string text_;
    Open open_;
};

/// Ends the run where the traces differ.
void same(std::string_view property, const std::string& one, const std::string& other);

}  // namespace fuzz

#endif
