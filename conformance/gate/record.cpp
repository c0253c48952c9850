#include "gate/record.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <ctime>
#include <optional>
#include <sstream>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "captures/firmware.hpp"
#include "gate/steps.hpp"
#include "gate/stream.hpp"
#include "gate/transcript_file.hpp"
#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

/// What waits for one reader. Whoever sends more has to wait, too.
constexpr std::size_t most_waiting = 1 << 20;
constexpr std::size_t read_size = 16384;
/// A silence: a little less than the second around `+++`, since the module begins to count later than we do, and its OK has to come
/// behind it.
constexpr double silence = 0.9;
/// Where nothing tells: whether a host has come, whether the disk has room again, what a script has to do.
constexpr double now_and_then = 0.02;
/// For what waits at the end.
constexpr double farewell = 1;

using Clock = std::chrono::steady_clock;

/// Bytes that wait until somebody reads them.
class Queue {
public:
    void add(std::string_view bytes) { bytes_ += bytes; }
    void clear() { bytes_.clear(), begin_ = 0; }
    [[nodiscard]] std::size_t size() const { return bytes_.size() - begin_; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// Writes what goes without waiting, at most `most` bytes. False where there is nobody.
    bool write(int to, std::size_t most = most_waiting);

private:
    std::string bytes_;
    std::size_t begin_ = 0;
};

bool Queue::write(int to, std::size_t most) {
    if (empty()) return true;
    const ssize_t length = ::write(to, bytes_.data() + begin_, std::min(most, size()));
    if (length < 0) return errno == EAGAIN || errno == EINTR;
    begin_ += static_cast<std::size_t>(length);
    if (begin_ >= bytes_.size() / 2) {
        bytes_.erase(0, begin_);
        begin_ = 0;
    }
    return true;
}

/// The rows of `decode --format text`, on standard output. A terminal that doesn't take them delays nothing.
class Live {
public:
    Live(bool wanted, bool colour) : wanted_{wanted}, printer_{text_, colour} {}
    [[nodiscard]] Printer* printer() { return wanted_ ? &printer_ : nullptr; }
    [[nodiscard]] bool waits() const { return wanted_ && !queue_.empty(); }
    /// Takes what has been printed.
    void take();
    /// To be called where standard output has room.
    void write() {
        constexpr std::size_t always_room = 512;
        if (!queue_.write(STDOUT_FILENO, always_room)) wanted_ = false;
    }

private:
    bool wanted_;
    std::ostringstream text_;
    TextPrinter printer_;
    Queue queue_;
    std::size_t left_out_ = 0;
};

void Live::take() {
    if (!wanted_) return;
    const std::string rows = text_.str();
    text_.str({});
    if (queue_.size() + rows.size() > most_waiting) {
        left_out_ += static_cast<std::size_t>(std::count(rows.begin(), rows.end(), '\n'));
        return;
    }
    if (left_out_ != 0 && !rows.empty()) queue_.add("… " + std::to_string(std::exchange(left_out_, 0)) + " rows left out\n");
    queue_.add(rows);
}

/// SIGINT, SIGTERM and SIGHUP as something to poll. A reader of standard output that goes away ends nothing.
class Signals {
public:
    Signals() {
        std::signal(SIGPIPE, SIG_IGN);
        sigset_t ends;
        sigemptyset(&ends);
        for (const int one : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ends, one);
        sigprocmask(SIG_BLOCK, &ends, nullptr);
        received_ = Descriptor{signalfd(-1, &ends, SFD_NONBLOCK | SFD_CLOEXEC)};
    }
    [[nodiscard]] int number() const { return received_.number(); }
    /// Whether one has come since the last time.
    [[nodiscard]] bool take() const {
        signalfd_siginfo one;
        return read(received_.number(), &one, sizeof one) == static_cast<ssize_t>(sizeof one);
    }

private:
    Descriptor received_;
};

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

std::vector<ScriptLine> lines_of_script(const RecordOptions& options) {
    std::vector<ScriptLine> lines;
    if (options.script.empty()) return lines;
    if (options.identify)
        for (const char* command : {"ATI\r", "AT+CGMR\r"}) lines.push_back({.place = "identification", .bytes = command});
    for (ScriptLine& line : read_script(options.script, *options.dialect)) lines.push_back(std::move(line));
    return lines;
}

class Recorder : private Printer {
public:
    Recorder(const RecordOptions& options, std::ostream& notes);
    int run();

private:
    struct Ready {
        bool signal = false;
        short module = 0;
        short host = 0;
        bool output = false;
    };

    void write_header();
    [[nodiscard]] Ready wait();
    [[nodiscard]] int milliseconds_to_wait() const;
    void read_module(short ready);
    void read_host(short ready);
    void host_is(bool there);
    void send_on();
    void play_script();
    void watch_silence();
    void say_goodbye();
    int summary();

    void said(Side side, std::string_view bytes);
    void take(const Step& step);
    [[nodiscard]] bool host_types();
    [[nodiscard]] bool is_paused() { return paused_ = file_.full(); }
    [[nodiscard]] double now() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }
    void note(const std::string& text) {
        const std::lock_guard lock{noting_};
        notes_ << "atwire: " + text + "\n" << std::flush;
    }

    void event(const atwire::Event& event, std::string_view bytes) override;
    void command(const atwire::Command& command, std::string_view bytes) override;
    void framing(Side side, std::uint64_t offset, std::string_view bytes) override;
    void step(const Step&) override {}

    const RecordOptions& options_;
    std::ostream& notes_;
    std::mutex noting_{};                   // the file's thread does, too
    std::vector<ScriptLine> script_lines_;  // read before anything is opened
    Signals signals_;
    Descriptor module_;
    TranscriptFile file_;
    std::optional<HostTerminal> host_{};
    std::optional<Script> script_{};
    const Clock::time_point begin_ = Clock::now();

    Live live_;
    Stream stream_;
    Steps steps_;
    Firmware firmware_{};
    std::string learned_{};  ///< a header that comes behind the step that said it

    Queue to_module_{};
    Queue to_host_{};
    bool host_there_ = false;
    bool host_stalls_ = false;
    bool paused_ = false;  ///< the disk is slow
    std::string gone_{};   ///< why the port is
    char last_of_host_ = '\r';
    std::size_t from_module_ = 0;
    std::size_t from_host_ = 0;
    std::size_t lines_ = 0;
};

Recorder::Recorder(const RecordOptions& options, std::ostream& notes)
    : options_{options},
      notes_{notes},
      script_lines_{lines_of_script(options)},
      module_{open_port(options.port, options.baud, options.flow)},
      file_{options.file, options.replace, [this](const std::string& text) { note(text); }},
      live_{options.live, options.colour},
      stream_{*options.dialect, {}, true, *this},
      steps_{[this](const Step& step) { take(step); }} {
    write_header();
    if (options.script.empty()) {
        host_.emplace(options.link);
        note("the host's port is " + host_->path() + (options.link.empty() ? "" : ", " + options.link + " leads to it"));
    } else {
        constexpr double bits = 10;
        script_.emplace(std::move(script_lines_), *options.dialect, Script::Pace{options.patience, bits / options.baud},
                        [this](const std::string& text) { note(text); });
    }
}

void Recorder::write_header() {
    const std::string how = options_.script.empty() ? "" : " --script " + escape(options_.script);
    file_.add("# dialect: " + std::string{options_.dialect->facts.name} + "\n# source: atwire record " + escape(options_.port) +
              " --baud " + std::to_string(options_.baud) + how + ", " + today() +
              "\n# title: " + escape(options_.title.empty() ? "a recorded dialogue" : options_.title) + "\n");
}

int Recorder::run() {
    bool ended = false;
    while (!ended) {
        const Ready ready = wait();
        if (ready.module != 0) read_module(ready.module);
        if (host_) read_host(ready.host);
        send_on();
        steps_.tick(now());
        watch_silence();
        if (script_) play_script();
        live_.take();
        if (ready.output) live_.write();
        ended = ready.signal || !gone_.empty() || (script_ && script_->done() && to_module_.empty());
    }
    say_goodbye();
    return summary();
}

// ── Waiting ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

Recorder::Ready Recorder::wait() {
    const bool paused = is_paused();
    pollfd module{module_.number(), 0, 0};
    if (!paused && to_host_.size() < most_waiting) module.events |= POLLIN;
    if (!to_module_.empty()) module.events |= POLLOUT;
    pollfd host{host_there_ ? host_->number() : -1, 0, 0};
    if (!paused && to_module_.size() < most_waiting) host.events |= POLLIN;
    if (!to_host_.empty()) host.events |= POLLOUT;
    pollfd ports[] = {{signals_.number(), POLLIN, 0}, module, host, {live_.waits() ? STDOUT_FILENO : -1, POLLOUT, 0}};
    poll(ports, std::size(ports), milliseconds_to_wait());
    if (host_ && !host_there_) {  // a terminal that has hung up is always ready
        pollfd absent{host_->number(), POLLIN, 0};
        poll(&absent, 1, 0);
        ports[2].revents = absent.revents;
    }
    return {(ports[0].revents & POLLIN) != 0 && signals_.take(), ports[1].revents, ports[2].revents, ports[3].revents != 0};
}

int Recorder::milliseconds_to_wait() const {
    double until = silence;
    if (const auto due = steps_.due()) until = std::min(until, *due - now());
    if (const auto since = steps_.silent_since(); since && !steps_.is_idle())
        until = std::min(until, std::max(now_and_then, *since + silence - now()));
    if (script_ || paused_ || (host_ && !host_there_)) until = std::min(until, now_and_then);
    return std::max(1, static_cast<int>(std::ceil(until * 1000)));
}

// ── Bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Recorder::read_module(short ready) {
    char bytes[read_size];
    const bool hung_up = (ready & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    if ((ready & POLLIN) == 0 && !hung_up) return;
    const ssize_t length = read(module_.number(), bytes, sizeof bytes);
    if (length > 0) {
        const std::string_view all{bytes, static_cast<std::size_t>(length)};
        if (host_there_) to_host_.add(all);
        send_on();
        said(Side::module, all);
    } else if (length < 0 && errno != EAGAIN && errno != EINTR) {
        gone_ = std::strerror(errno);
    } else if (hung_up) {
        gone_ = "it has hung up";
    }
}

void Recorder::read_host(short ready) {
    if ((ready & POLLIN) != 0 && !paused_ && to_module_.size() < most_waiting) {  // also what a host that has gone has left
        char bytes[read_size];
        const ssize_t length = read(host_->number(), bytes, sizeof bytes);
        const std::string_view all{bytes, static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
        to_module_.add(all);
        send_on();
        said(Side::host, all);
    }
    host_is((ready & POLLHUP) == 0);
}

void Recorder::host_is(bool there) {
    if (std::exchange(host_there_, there) == there) return;
    note(there ? "the host has come" : "the host has hung up; it may come back");
    if (there) return;
    host_stalls_ = false;
    to_host_.clear();
    host_->discard();
}

/// Writes what both sides take without waiting.
void Recorder::send_on() {
    if (!to_module_.write(module_.number()) && gone_.empty()) gone_ = std::strerror(errno);
    if (!host_there_) return;
    to_host_.write(host_->number());  // whether it has hung up, its own end says
    const bool full = to_host_.size() >= most_waiting;
    if (full && !host_stalls_) note("the host doesn't read: the module has to wait");
    host_stalls_ = full || (host_stalls_ && !to_host_.empty());
}

void Recorder::said(Side side, std::string_view bytes) {
    (side == Side::host ? from_host_ : from_module_) += bytes.size();
    if (side == Side::host && !bytes.empty()) last_of_host_ = bytes.back();
    steps_.said(side, bytes, now());
}

void Recorder::play_script() {
    const auto since = steps_.silent_since();
    const double silent = !since ? now() : steps_.is_idle() ? now() - *since : 0;
    const auto bytes = script_->next(stream_.session(), now(), silent);
    if (!bytes) return;
    to_module_.add(*bytes);
    send_on();
    said(Side::host, *bytes);
    steps_.flush();
    script_->sent(stream_.session(), now());
}

void Recorder::watch_silence() {
    const auto since = steps_.silent_since();
    const bool waiting = !to_host_.empty() || !to_module_.empty() || paused_;  // then the silence is ours
    if (!since || steps_.is_idle() || waiting || now() < *since + silence || (host_ && host_types())) return;
    steps_.idle(now());
}

/// Whether the host is within a command line: a person may take his time. Half of it isn't all that was meant.
bool Recorder::host_types() {
    const bool ended = std::string_view{"\r\n\x1A\x1B"}.find(last_of_host_) != std::string_view::npos;
    return !ended && !stream_.session().host().in_data() && stream_.settings().transparent != 1;
}

/// What waits gets a little time, unless it is asked to end again.
void Recorder::say_goodbye() {
    steps_.flush();
    stream_.end();
    live_.take();
    const double until = now() + farewell;
    while (now() < until) {
        const bool module_waits = gone_.empty() && !to_module_.empty();
        const bool host_waits = host_there_ && !to_host_.empty();
        if (!module_waits && !host_waits && !live_.waits()) break;
        pollfd ports[] = {{signals_.number(), POLLIN, 0},
                          {module_waits ? module_.number() : -1, POLLOUT, 0},
                          {host_waits ? host_->number() : -1, POLLOUT, 0},
                          {live_.waits() ? STDOUT_FILENO : -1, POLLOUT, 0}};
        poll(ports, std::size(ports), 100);
        if (ports[0].revents != 0) break;
        if ((ports[2].revents & POLLHUP) != 0) host_is(false);
        send_on();
        if (ports[3].revents != 0) live_.write();
    }
}

int Recorder::summary() {
    const bool whole = file_.close();
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.1f s", now());
    std::string text = options_.file + ": " + std::to_string(from_module_) + " bytes of the module, " +
                       std::to_string(from_host_) + " of the host, " + std::to_string(lines_) + " lines in " + seconds;
    if (script_ && script_->missed() != 0)
        text += "; " + std::to_string(script_->missed()) + " lines of the script had no result";
    if (script_ && !script_->done()) text += "; the script was not played to its end";
    note(text);
    if (!gone_.empty()) throw std::runtime_error{options_.port + ": the port is gone: " + gone_};
    if (!whole) throw std::runtime_error{options_.file + ": lines are missing"};
    return script_ && script_->missed() != 0 ? 1 : 0;
}

// ── The dialogue ────────────────────────────────────────────────────────────────────────────────────────────────────────────

void Recorder::take(const Step& one) {
    file_.add(line_of(one));
    ++lines_;
    if (Printer* printer = live_.printer()) printer->step(one);
    if (one.type == Step::Type::idle)
        stream_.idle();
    else
        stream_.said(one.type == Step::Type::host ? Side::host : Side::module, one.bytes);
    stream_.flush();  // for people a payload ends where another line begins
    if (!learned_.empty()) file_.add(std::exchange(learned_, {}));
}

void Recorder::event(const atwire::Event& event, std::string_view bytes) {
    if (Printer* printer = live_.printer()) printer->event(event, bytes);
    if (const auto known = firmware_.heard(event)) learned_ = "# firmware: " + escape(*known) + "\n";
    if (script_) script_->heard(event);
}

void Recorder::command(const atwire::Command& command, std::string_view bytes) {
    if (Printer* printer = live_.printer()) printer->command(command, bytes);
    firmware_.heard(command, bytes);
}

void Recorder::framing(Side side, std::uint64_t offset, std::string_view bytes) {
    if (Printer* printer = live_.printer()) printer->framing(side, offset, bytes);
}

}  // namespace

int record(const RecordOptions& options, std::ostream& notes) { return Recorder{options, notes}.run(); }

}  // namespace conformance
