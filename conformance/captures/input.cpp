#include "captures/input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace conformance {

Input::Input(const std::string& file) : name_{file == "-" ? "<stdin>" : file}, buffer_(size) {
    file_ = file == "-" ? STDIN_FILENO : open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (file_ < 0) throw std::runtime_error{name_ + ": " + std::strerror(errno)};
    setg(buffer_.data(), buffer_.data(), buffer_.data());
}

Input::Input(std::string name, std::string bytes) : name_{std::move(name)}, buffer_(bytes.begin(), bytes.end()) {
    setg(buffer_.data(), buffer_.data(), buffer_.data() + buffer_.size());
}

Input::~Input() {
    if (file_ > STDERR_FILENO) close(file_);
}

std::size_t Input::read(char* to, std::size_t most) {
    if (file_ < 0) return 0;
    if (output_ != nullptr) output_->flush();
    ssize_t length = -1;
    do length = ::read(file_, to, most);
    while (length < 0 && errno == EINTR);
    if (length < 0) throw std::runtime_error{name_ + ": " + std::strerror(errno)};
    return static_cast<std::size_t>(length);
}

Input::int_type Input::underflow() {
    if (gptr() == egptr() && file_ >= 0)
        setg(buffer_.data(), buffer_.data(), buffer_.data() + read(buffer_.data(), buffer_.size()));
    return gptr() == egptr() ? traits_type::eof() : traits_type::to_int_type(*gptr());
}

std::string_view Input::ready() {
    underflow();
    return {gptr(), static_cast<std::size_t>(egptr() - gptr())};
}

std::string_view Input::first(std::size_t count) {
    while (static_cast<std::size_t>(egptr() - gptr()) < std::min(count, size)) {
        const std::size_t length = read(egptr(), static_cast<std::size_t>(buffer_.data() + buffer_.size() - egptr()));
        if (length == 0) break;
        setg(eback(), gptr(), egptr() + length);
    }
    return std::string_view{gptr(), static_cast<std::size_t>(egptr() - gptr())}.substr(0, count);
}

}  // namespace conformance
