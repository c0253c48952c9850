#include "gate/transcript_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace conformance {
namespace {

constexpr std::chrono::seconds between_tries{1};

std::size_t lines_of(std::string_view text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

std::string note(std::size_t lost) {
    return "# note: " + std::to_string(lost) + " lines are missing here: they could not be written\n";
}

}  // namespace

TranscriptFile::TranscriptFile(std::string path, bool replace, Say say)
    : path_{std::move(path)},
      say_{std::move(say)},
      file_{open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (replace ? O_TRUNC : O_EXCL), 0666)} {
    if (file_.number() < 0)
        throw std::runtime_error{path_ + ": " + std::strerror(errno) + (errno == EEXIST ? "; --force replaces it" : "")};
    thread_ = std::thread{[this] { work(); }};
}

TranscriptFile::~TranscriptFile() { close(); }

void TranscriptFile::add(std::string_view lines) {
    const std::lock_guard lock{mutex_};
    if (failing_ && queue_.size() + lines.size() > most) {
        lost_ += lines_of(lines);
        lost_all_ += lines_of(lines);
        return;
    }
    if (lost_ != 0) queue_ += note(std::exchange(lost_, 0));
    queue_ += lines;
    woken_.notify_one();
}

bool TranscriptFile::full() {
    const std::lock_guard lock{mutex_};
    return queue_.size() >= most && !failing_;
}

bool TranscriptFile::close() {
    {
        const std::lock_guard lock{mutex_};
        closing_ = true;
        woken_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
    return lost_all_ == 0;
}

void TranscriptFile::work() {
    bool dirty = false;
    Clock::time_point synchronised = Clock::now();
    std::unique_lock lock{mutex_};
    for (;;) {
        const auto wanted = [this] { return closing_ || !queue_.empty(); };
        if (dirty)
            woken_.wait_until(lock, synchronised + between_tries, wanted);
        else
            woken_.wait(lock, wanted);
        const std::string lines = std::exchange(queue_, {});
        const bool last = closing_;
        lock.unlock();
        dirty = write(lines) || dirty;
        if (dirty && (last || Clock::now() >= synchronised + between_tries)) {
            synchronise();
            dirty = false;
            synchronised = Clock::now();
        }
        lock.lock();
        if (last && queue_.empty()) return;
    }
}

/// True where something was written. Comes back when all is, or when there is no more time.
bool TranscriptFile::write(std::string_view lines) {
    bool some = false;
    while (!lines.empty()) {
        const ssize_t length = ::write(file_.number(), lines.data(), lines.size());
        if (length > 0) {
            some = true;
            lines.remove_prefix(static_cast<std::size_t>(length));
            recovered();
        } else if (length < 0 && errno != EINTR && !failed(errno)) {
            const std::lock_guard lock{mutex_};
            lost_all_ += lines_of(lines);
            return some;
        }
    }
    return some;
}

void TranscriptFile::synchronise() {
    const bool done = fdatasync(file_.number()) == 0;
    if (!done && errno != EINVAL && errno != EROFS) failed(errno);  // these: no file that can be
}

/// Says so, once, and waits until it is worth another try. False where there won't be one.
bool TranscriptFile::failed(int error) {
    std::unique_lock lock{mutex_};
    if (!std::exchange(failing_, true)) say_(path_ + ": " + std::strerror(error) + "; bytes still pass");
    if (closing_) return false;
    woken_.wait_for(lock, between_tries, [this] { return closing_; });
    return true;
}

void TranscriptFile::recovered() {
    const std::lock_guard lock{mutex_};
    if (std::exchange(failing_, false)) say_(path_ + ": is written again");
}

}  // namespace conformance
