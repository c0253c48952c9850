// A file or standard input, read as it comes.
#ifndef CONFORMANCE_CAPTURES_INPUT_HPP
#define CONFORMANCE_CAPTURES_INPUT_HPP

#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// One buffer, filled by what one read gives, so that a line that comes from a port is seen at once. Throws std::runtime_error
/// where the file can't be read; a stream on it has to pass that on: `exceptions(std::ios::badbit)`.
class Input : public std::streambuf {
public:
    static constexpr std::size_t size = 65536;

    /// `-` is standard input.
    explicit Input(const std::string& file);
    /// Bytes that are there already.
    Input(std::string name, std::string bytes);
    ~Input() override;
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    /// The name for messages.
    [[nodiscard]] const std::string& name() const { return name_; }
    /// What is written out before waiting for more.
    void flush_before_reading(std::ostream& output) { output_ = &output; }

    /// What has been read and not been taken. Reads only where that is nothing; empty at the end.
    std::string_view ready();
    /// Takes the first `count` of these bytes.
    void take(std::size_t count) { gbump(static_cast<int>(count)); }
    /// The input's first bytes, `count` of them where there are so many. Only while nothing has been taken.
    std::string_view first(std::size_t count);

protected:
    int_type underflow() override;

private:
    std::size_t read(char* to, std::size_t most);

    std::string name_;
    int file_ = -1;
    std::vector<char> buffer_;
    std::ostream* output_ = nullptr;
};

}  // namespace conformance

#endif
