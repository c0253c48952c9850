// Puts the fragments of one payload, echo, overlong line or of the host's data together, so that what is printed doesn't depend on
// the reads.
#ifndef CONFORMANCE_GATE_JOINER_HPP
#define CONFORMANCE_GATE_JOINER_HPP

#include "gate/printer.hpp"

namespace conformance {

class Joiner {
public:
    /// A longer payload goes on in another row.
    static constexpr std::size_t most = 65536;

    explicit Joiner(Printer& printer) : printer_{printer} {}
    /// The next event. What goes on is kept, everything else printed.
    void add(const atwire::Event& event, std::string_view bytes);
    /// Prints what is kept.
    void flush();

private:
    [[nodiscard]] bool continued_by(const atwire::Event& event) const;
    void begin(const atwire::Event& event, std::string_view lead);
    void append(std::string_view data);
    void go_on();

    Printer& printer_;
    bool keeps_ = false;
    atwire::Event event_{};   ///< its views are stale
    std::string bytes_;       ///< on the wire
    std::size_t length_ = 0;  ///< of its data
};

/// The same of the host's side: of `send_data`, whose bytes on the wire may have escapes in them.
class CommandJoiner {
public:
    explicit CommandJoiner(Printer& printer) : printer_{printer} {}
    void add(const atwire::Command& command, std::string_view bytes);
    void flush();

private:
    [[nodiscard]] bool continued_by(const atwire::Command& command) const;
    void begin(std::string_view lead);
    void append(std::string_view data, std::string_view bytes);
    void go_on();

    Printer& printer_;
    bool keeps_ = false;
    atwire::Command command_{};  ///< its views are stale
    std::string bytes_;          ///< on the wire
    std::string data_;
};

}  // namespace conformance

#endif
