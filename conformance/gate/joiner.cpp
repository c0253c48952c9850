#include "gate/joiner.hpp"

#include <optional>

namespace conformance {

using namespace atwire;

namespace {

/// What the kinds that come in fragments have in common.
struct Fragment {
    std::string_view& data;
    std::uint64_t& offset;
    bool& last;
};

std::optional<Fragment> fragment_of(Event& event) {
    auto& body = event.body;
    switch (event.kind) {
        case Kind::payload: return Fragment{body.payload.data, body.payload.offset, body.payload.last};
        case Kind::data_echo: return Fragment{body.data_echo.data, body.data_echo.offset, body.data_echo.last};
        case Kind::echo: return Fragment{body.echo.text, body.echo.offset, body.echo.last};
        case Kind::overlong: return Fragment{body.overlong.text, body.overlong.offset, body.overlong.last};
        default: return std::nullopt;
    }
}

}  // namespace

void Joiner::add(const Event& event, std::string_view bytes) {
    Event copy = event;
    const auto fragment = fragment_of(copy);
    if (!fragment) {
        flush();
        printer_.event(event, bytes);
        return;
    }
    if (!continued_by(event)) {
        flush();
        begin(event, bytes.substr(0, event.wire.lead));
    }
    std::string_view data = fragment->data;
    while (length_ + data.size() > most) {
        const std::size_t room = most - length_;
        append(data.substr(0, room));
        data.remove_prefix(room);
        go_on();
    }
    append(data);
    bytes_ += bytes.substr(event.wire.lead + fragment->data.size());  // a line's terminator
    fragment_of(event_)->last = fragment->last;
    event_.doubts |= event.doubts;
}

bool Joiner::continued_by(const Event& event) const {
    if (!keeps_ || event.kind != event_.kind || event.wire.lead != 0) return false;
    Event before = event_;
    Event next = event;
    const auto kept = fragment_of(before);
    return !kept->last && fragment_of(next)->offset == kept->offset + length_;
}

void Joiner::begin(const Event& event, std::string_view lead) {
    event_ = event;
    fragment_of(event_)->last = false;
    bytes_ = lead;
    length_ = 0;
    keeps_ = true;
}

void Joiner::append(std::string_view data) {
    bytes_ += data;
    length_ += data.size();
}

/// The row is full: the rest of its data goes to another one.
void Joiner::go_on() {
    flush();
    keeps_ = true;
    event_.wire.offset += bytes_.size();
    event_.wire.lead = 0;
    fragment_of(event_)->offset += length_;
    bytes_.clear();
    length_ = 0;
}

void Joiner::flush() {
    if (!keeps_) return;
    keeps_ = false;
    event_.wire.length = bytes_.size();
    fragment_of(event_)->data = std::string_view{bytes_}.substr(event_.wire.lead, length_);
    printer_.event(event_, bytes_);
}

// ── Commands ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

void CommandJoiner::add(const Command& command, std::string_view bytes) {
    const auto* sent = get<SendData>(command);
    if (sent == nullptr) {
        flush();
        printer_.command(command, bytes);
        return;
    }
    if (!continued_by(command)) {
        flush();
        command_ = command;
        begin(bytes.substr(0, command.wire.lead));
    }
    bytes.remove_prefix(command.wire.lead);
    std::string_view data = sent->data;
    while (data_.size() + data.size() > Joiner::most) {
        const std::size_t room = Joiner::most - data_.size();
        // An escaped byte is a fragment of its own, so that what is cut has none.
        append(data.substr(0, room), bytes.substr(0, room));
        data.remove_prefix(room);
        bytes.remove_prefix(room);
        go_on();
    }
    append(data, bytes);
    command_.body.send_data.last = sent->last;
    command_.body.send_data.end = sent->end;  // one of three constants
}

void CommandJoiner::begin(std::string_view lead) {
    command_.body.send_data.last = false;
    command_.body.send_data.end = {};
    bytes_ = lead;
    data_.clear();
    keeps_ = true;
}

/// The row is full.
void CommandJoiner::go_on() {
    flush();
    command_.wire = {command_.wire.offset + bytes_.size(), 0, 0};
    command_.body.send_data.offset += data_.size();
    begin({});
}

bool CommandJoiner::continued_by(const Command& command) const {
    const SendData& kept = command_.body.send_data;
    return keeps_ && command.wire.lead == 0 && !kept.last && command.body.send_data.offset == kept.offset + data_.size();
}

void CommandJoiner::append(std::string_view data, std::string_view bytes) {
    data_ += data;
    bytes_ += bytes;
}

void CommandJoiner::flush() {
    if (!keeps_) return;
    keeps_ = false;
    command_.wire.length = bytes_.size();
    command_.body.send_data.data = data_;
    printer_.command(command_, bytes_);
}

}  // namespace conformance
