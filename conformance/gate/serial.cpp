#include "gate/serial.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <libserialport.h>
#include <termios.h>
#include <unistd.h>

namespace conformance {
namespace {

namespace fs = std::filesystem;

void check(sp_return result, const std::string& what) {
    if (result == SP_OK) return;
    std::string reason = "not supported";
    if (result == SP_ERR_FAIL) reason = std::strerror(errno);
    if (result == SP_ERR_ARG) reason = "no serial port";
    throw std::runtime_error{what + ": " + reason};
}

bool make_raw(int number) {
    termios mode{};
    if (tcgetattr(number, &mode) != 0) return false;
    cfmakeraw(&mode);
    return tcsetattr(number, TCSANOW, &mode) == 0;
}

Descriptor open_terminal(const std::string& path, const std::string& name) {
    Descriptor port{open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
    if (port.number() < 0 || !make_raw(port.number())) throw std::runtime_error{name + ": " + std::strerror(errno)};
    return port;
}

sp_flowcontrol flow_control(Flow flow) {
    if (flow == Flow::rtscts) return SP_FLOWCONTROL_RTSCTS;
    return flow == Flow::xonxoff ? SP_FLOWCONTROL_XONXOFF : SP_FLOWCONTROL_NONE;
}

Descriptor open_serial_port(const std::string& path, const std::string& name, int baud, Flow flow) {
    sp_port* found = nullptr;
    check(sp_get_port_by_name(path.c_str(), &found), name);
    const std::unique_ptr<sp_port, void (*)(sp_port*)> port{found, [](sp_port* one) {
                                                                sp_close(one);
                                                                sp_free_port(one);
                                                            }};
    check(sp_open(port.get(), SP_MODE_READ_WRITE), name);
    check(sp_set_baudrate(port.get(), baud), name + ": " + std::to_string(baud) + " baud");
    check(sp_set_bits(port.get(), 8), name + ": eight bits");
    check(sp_set_parity(port.get(), SP_PARITY_NONE), name + ": no parity");
    check(sp_set_stopbits(port.get(), 1), name + ": one stop bit");
    check(sp_set_flowcontrol(port.get(), flow_control(flow)), name + ": flow control");
    int number = -1;
    check(sp_get_port_handle(port.get(), &number), name);
    return Descriptor{fcntl(number, F_DUPFD_CLOEXEC, 0)};
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}
Descriptor::~Descriptor() {
    if (number_ >= 0) close(number_);
}

Descriptor open_port(const std::string& name, int baud, Flow flow) {
    // libserialport knows a port by the name that the kernel gave it, and no pseudo-terminal.
    std::error_code failed;
    const std::string path = fs::canonical(name, failed).string();
    if (failed) throw std::runtime_error{name + ": " + failed.message()};
    if (path.starts_with("/dev/pts/")) return open_terminal(path, name);
    return open_serial_port(path, name, baud, flow);
}

HostTerminal::HostTerminal(std::string link) : ours_{posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)} {
    char path[128];
    if (ours_.number() < 0 || grantpt(ours_.number()) != 0 || unlockpt(ours_.number()) != 0 ||
        ptsname_r(ours_.number(), path, sizeof path) != 0)
        throw std::runtime_error{std::string{"a pseudo-terminal for the host: "} + std::strerror(errno)};
    path_ = path;
    open_terminal(path_, path_);  // closed again: it hangs up until a host comes
    if (link.empty()) return;
    std::error_code failed;
    if (fs::is_symlink(link, failed) && !fs::exists(link, failed)) fs::remove(link, failed);  // of a recorder that was killed
    if (symlink(path_.c_str(), link.c_str()) != 0) throw std::runtime_error{"--link " + link + ": " + std::strerror(errno)};
    link_ = std::move(link);
}

void HostTerminal::discard() const {
    const Descriptor theirs{open(path_.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
    tcflush(theirs.number(), TCIFLUSH);
}

HostTerminal::~HostTerminal() {
    std::error_code failed;
    if (!link_.empty() && fs::read_symlink(link_, failed) == path_) fs::remove(link_, failed);
}

}  // namespace conformance
