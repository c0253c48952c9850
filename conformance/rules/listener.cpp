#include "rules/listener.hpp"

#include <algorithm>

namespace conformance {

namespace {

/// More than the longest line: what is before it is lead.
constexpr std::size_t most_kept = 65536;

/// In seconds, as `atwire record` has it.
constexpr double silence = 0.9;

/// The same, with what leads and what closes it told from its text.
template <class Message>
Heard<Message> framed(Heard<Message> heard) {
    const std::size_t text = heard.message.wire.length - heard.message.wire.lead;
    const std::size_t lead = heard.wire.size() - std::min(text, heard.wire.size());  // of a very long one only the rest is kept
    heard.lead = heard.wire.substr(0, lead);
    heard.wire.remove_prefix(lead);
    std::size_t length = heard.wire.size();
    while (length != 0 && (heard.wire[length - 1] == '\r' || heard.wire[length - 1] == '\n')) --length;
    heard.end = heard.wire.substr(length);
    heard.wire = heard.wire.substr(0, length);
    return heard;
}

}  // namespace

std::string_view Listener::Window::take(const atwire::Wire& wire) {
    const std::uint64_t chunk_begin = begin_ + before_.size();
    const std::uint64_t begin = std::max(wire.offset, begin_);
    const std::uint64_t end = std::max(wire.offset + wire.length, begin);
    std::string_view text;
    if (begin >= chunk_begin) {
        text = chunk_.substr(begin - chunk_begin, end - begin);
    } else {
        // All of it in one piece: what the chunk has of it goes to what was before.
        const std::size_t taken = end > chunk_begin ? static_cast<std::size_t>(end - chunk_begin) : 0;
        before_ += chunk_.substr(0, taken);
        chunk_.remove_prefix(taken);
        text = std::string_view{before_}.substr(begin - begin_, end - begin);
    }
    return text;
}

void Listener::Window::close(std::uint64_t position) {
    const std::uint64_t chunk_begin = begin_ + before_.size();
    if (before_.empty() || position >= chunk_begin) before_time_ = chunk_time_;
    if (position >= chunk_begin) {
        before_.assign(chunk_.substr(position - chunk_begin));
        begin_ = position;
    } else {
        before_ += chunk_;
        const std::size_t gone = position > begin_ ? static_cast<std::size_t>(position - begin_) : 0;
        before_.erase(0, gone);
        begin_ += gone;
    }
    if (before_.size() > most_kept) {
        begin_ += before_.size() - most_kept;
        before_.erase(0, before_.size() - most_kept);
    }
    chunk_ = {};
}

std::optional<double> Listener::Window::began(const atwire::Wire& wire) const {
    return wire.offset + wire.lead < begin_ + before_.size() ? before_time_ : chunk_time_;
}

void Listener::take(const Step& step) {
    if (silences_ && step.time && *step.time - time_.value_or(*step.time) >= silence) idle();
    line_ = step.line;
    if (step.time) time_ = step.time;
    switch (step.type) {
        case Step::Type::host:
            host_.open(step.bytes, time_);
            session_.host_said(step.bytes);
            break;
        case Step::Type::module:
            module_.open(step.bytes, time_);
            session_.module_said(step.bytes);
            break;
        case Step::Type::idle: return idle();
        case Step::Type::settings:
            for (const Setting& setting : step.settings) apply(setting, dialect_, session_.settings);
            return;
        case Step::Type::expected: return;
    }
    drain();
}

void Listener::idle() {
    session_.module_idle();
    session_.host_idle();
    drain();
}

void Listener::drain() {
    while (const atwire::Session::Said said = session_.next()) {
        if (said.event != nullptr)
            heard(framed(HeardEvent{*said.event, place(said.event->wire, module_), module_.take(said.event->wire)}));
        else
            heard(framed(HeardCommand{*said.command, place(said.command->wire, host_), host_.take(said.command->wire)}));
    }
    module_.close(session_.module().position());
    host_.close(session_.host().position());
}

Place Listener::place(const atwire::Wire& wire, const Window& window) const {
    return {line_, wire.offset + wire.lead, window.time(), window.began(wire)};
}

}  // namespace conformance
