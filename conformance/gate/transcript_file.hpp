// A transcript's file, written while the dialogue goes on.
#ifndef CONFORMANCE_GATE_TRANSCRIPT_FILE_HPP
#define CONFORMANCE_GATE_TRANSCRIPT_FILE_HPP

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "gate/serial.hpp"

namespace conformance {

/// Written by a thread of its own, at once, and put on the disk every second: a slow disk delays nobody, and what a crash or a
/// power cut takes are the last lines. Where the disk is full, it is tried again every second.
class TranscriptFile {
public:
    /// So many bytes wait for the disk at most, and as many are on their way to it.
    static constexpr std::size_t most = 4 << 20;
    /// Takes a line about the file: that it can't be written, and that it can be again. Called by the thread.
    using Say = std::function<void(const std::string&)>;

    /// Throws std::runtime_error, one line, where the file can't be opened, or is there and isn't to be replaced.
    TranscriptFile(std::string path, bool replace, Say say);
    ~TranscriptFile();
    TranscriptFile(const TranscriptFile&) = delete;
    TranscriptFile& operator=(const TranscriptFile&) = delete;

    /// Whole lines. Where they can't be written and there is no room for them, they are lost; the next that are written say how many.
    void add(std::string_view lines);
    /// Whether it is better to wait with the next: the disk is slow.
    [[nodiscard]] bool full();
    /// Writes what waits. True where no line was lost.
    bool close();

private:
    using Clock = std::chrono::steady_clock;

    void work();
    bool write(std::string_view lines);
    void synchronise();
    bool failed(int error);
    void recovered();

    std::string path_;
    Say say_;
    Descriptor file_;
    std::mutex mutex_;  ///< of all that follows
    std::condition_variable woken_;
    std::string queue_;
    std::size_t lost_ = 0;      ///< lines since the last that was taken
    std::size_t lost_all_ = 0;  ///< lines
    bool failing_ = false;
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace conformance

#endif
