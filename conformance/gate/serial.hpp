// The two ends of a recorded line: the module's port, and the terminal that a host opens in its place.
#ifndef CONFORMANCE_GATE_SERIAL_HPP
#define CONFORMANCE_GATE_SERIAL_HPP

#include <string>

namespace conformance {

enum class Flow { none, rtscts, xonxoff };

/// An open file, closed at the end.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_{number} {}
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// Opens a module's port: raw, eight bits, no parity, one stop bit, non-blocking. A pseudo-terminal has neither speed nor flow control,
/// and these are left alone. Throws std::runtime_error with one line that names the port and says why it doesn't open.
[[nodiscard]] Descriptor open_port(const std::string& name, int baud, Flow flow);

/// A pseudo-terminal for a host, raw until the host sets it otherwise.
class HostTerminal {
public:
    /// `link` is made to lead to it; empty: none. Throws std::runtime_error, one line.
    explicit HostTerminal(std::string link);
    HostTerminal(const HostTerminal&) = delete;
    HostTerminal& operator=(const HostTerminal&) = delete;
    /// Removes the link.
    ~HostTerminal();

    /// What the host opens.
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Our end of it, non-blocking. It hangs up while no host has the other end open.
    [[nodiscard]] int number() const { return ours_.number(); }
    /// Forgets what the host that has gone hasn't read, as a port does that is closed.
    void discard() const;

private:
    Descriptor ours_;
    std::string path_;
    std::string link_;
};

}  // namespace conformance

#endif
