// The host's side in three modes: lines, which a Ragel lexer reads when they are whole, data behind a prompt, and the byte pipe.
#include <atwire/command_decoder.hpp>

#include "writer.hpp"

namespace atwire {
namespace {

constexpr std::string_view pluses = "+++";
constexpr std::string_view escapes = "\x03";

bool leads_line(char c) noexcept { return c == '\r' || c == '\n'; }

}  // namespace

bool CommandDecoder::feed(std::string_view chunk) noexcept {
    if (!chunk_.empty() || in_line_) return false;
    chunk_ = chunk;
    return true;
}

void CommandDecoder::expect_data(Maybe<std::uint32_t> length) noexcept {
    mode_ = length ? Mode::fixed : Mode::variable;
    due_ = *length;
    offset_ = 0;
}

void CommandDecoder::expect_command() noexcept {
    mode_ = Mode::line;
    if (!escaped_ && plus_ == 0) offset_ = 0;  // what is withheld is still data
}

const Command* CommandDecoder::next() noexcept {
    if (in_line_) return next_in_line();
    if (interrupted()) return carried_ != 0 ? half_line() : lone_escape();
    const bool pipe = settings.transparent == 1 && mode_ == Mode::line;
    if (settings.transparent != 1) expect_line();
    if (pipe || plus_ != 0) return asks_ || at_ != 0 ? next_of_either() : next_in_pipe();
    if (!chunk_.empty()) {
        silent_ = false;
        switch (mode_) {
            case Mode::line: return next_line();
            case Mode::fixed: return next_fixed();
            case Mode::variable: return next_variable();
        }
    }
    if (!idle_) return nullptr;
    idle_ = false;
    silent_ = true;
    return escaped_ ? lone_escape() : half_line();
}

bool CommandDecoder::interrupted() const noexcept {
    const bool line = mode_ == Mode::line && settings.transparent != 1;
    return (carried_ != 0 && !line) || (escaped_ && mode_ != Mode::variable);
}

const Command* CommandDecoder::emit(std::size_t length, std::size_t lead) noexcept {
    command_.wire = {begin_, length, lead};
    begin_ += length;
    return &command_;
}

const Command* CommandDecoder::raw(std::string_view text, std::size_t lead, std::size_t end, bool more) noexcept {
    command_ = {};
    command_.kind = CommandKind::raw;
    command_.body.raw = {text};
    command_.odd = more || pieces_ || end == 0 || odd_end_;
    odd_end_ = false;
    offset_ = 0;
    pieces_ = more;
    return emit(lead + text.size() + end, lead);
}

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const Command* CommandDecoder::next_line() noexcept {
    if (carried_ == 0 && !pieces_)
        while (!chunk_.empty() && leads_line(chunk_[0])) {
            ++lead_;
            chunk_.remove_prefix(1);
        }
    std::size_t length = 0;
    while (length < chunk_.size() && !leads_line(chunk_[length])) ++length;
    const bool ended = length < chunk_.size();
    const std::size_t room = carry_.size() - carried_;
    if (length > room) {  // too long: what fits, as a piece
        std::string_view piece = part(chunk_, 0, room);
        if (carried_ != 0) {
            std::memcpy(carry_.data() + carried_, piece.data(), piece.size());
            piece = {carry_.data(), carry_.size()};
        }
        chunk_.remove_prefix(room);
        carried_ = 0;
        const std::size_t lead = lead_;
        lead_ = 0;
        return raw(piece, lead, 0, true);
    }
    odd_end_ = ended && chunk_[length] == '\n';
    std::string_view text = part(chunk_, 0, length);
    if (carried_ != 0 || !ended) {
        if (length != 0) std::memcpy(carry_.data() + carried_, text.data(), length);
        carried_ += length;
        text = {carry_.data(), carried_};
    }
    chunk_.remove_prefix(length + (ended ? 1 : 0));
    if (!ended) return next();
    const std::size_t lead = lead_;
    carried_ = 0;
    if (pieces_) {
        lead_ = 0;
        return raw(text, lead, 1, false);
    }
    line_ = text;
    line_end_ = 1;
    first_ = in_line_ = true;
    return next_in_line();
}

/// The next command of a line; one that another is joined to ends before the `;`, which leads that one.
const Command* CommandDecoder::next_in_line() noexcept {
    const std::size_t lead = lead_;
    lead_ = 0;
    const std::size_t length = detail::read_command(*facts_, line_, first_, command_);
    const std::size_t behind = length + (command_.more ? 1 : 0);
    line_.remove_prefix(behind);
    in_line_ = command_.more;
    const std::size_t joint = first_ ? 0 : 1;
    first_ = false;
    if (!command_.more) command_.odd = command_.odd || odd_end_;
    offset_ = 0;  // of data that comes next
    return emit(lead + joint + length + (command_.more ? 0 : line_end_), lead);
}

/// The host stopped within a line.
const Command* CommandDecoder::half_line() noexcept {
    if (carried_ == 0) return nullptr;
    const std::string_view text{carry_.data(), carried_};
    const std::size_t lead = lead_;
    carried_ = lead_ = 0;
    return raw(text, lead, 0, false);
}

// ── Data behind a prompt ────────────────────────────────────────────────────────────────────────────────────────────────────

/// `bytes` of the data, which `length` bytes of the wire carried.
const Command* CommandDecoder::data(std::string_view bytes, std::size_t length, const char* end) noexcept {
    command_ = {};
    command_.kind = CommandKind::send_data;
    command_.body.send_data = {bytes, offset_, end != nullptr, {}};
    if (end != nullptr) command_.body.send_data.end = std::string_view{end};
    offset_ += bytes.size();
    const std::size_t lead = lead_;
    lead_ = 0;
    if (end != nullptr) mode_ = Mode::line;
    return emit(lead + length, lead);
}

const Command* CommandDecoder::next_fixed() noexcept {
    const std::string_view bytes = part(chunk_, 0, due_);
    chunk_.remove_prefix(bytes.size());
    due_ -= static_cast<std::uint32_t>(bytes.size());
    return data(bytes, bytes.size(), due_ == 0 ? "length" : nullptr);
}

/// Up to what ends it, or up to an escape: what that stands for comes as a fragment of its own.
const Command* CommandDecoder::next_variable() noexcept {
    constexpr char ctrl_z = '\x1A', esc = '\x1B', escape = '\x03';
    const auto stops = [&](char c) { return c == ctrl_z || c == esc || (facts_->escapes && c == escape); };
    if (escaped_) {
        const std::string_view byte = part(chunk_, 0, 1);
        chunk_.remove_prefix(1);
        escaped_ = false;
        data(byte, 2, nullptr);
        command_.odd = !stops(byte[0]);
        return &command_;
    }
    std::size_t length = 0;
    while (length < chunk_.size() && !stops(chunk_[length])) ++length;
    const std::string_view bytes = part(chunk_, 0, length);
    if (length == chunk_.size()) {
        chunk_ = {};
        return data(bytes, length, nullptr);
    }
    const char stop = chunk_[length];
    if (stop == escape) {
        chunk_.remove_prefix(length + 1);
        escaped_ = true;
        return length != 0 ? data(bytes, length, nullptr) : next();
    }
    chunk_.remove_prefix(length + 1);
    return data(bytes, length + 1, stop == ctrl_z ? "ctrl_z" : "esc");
}

/// An escape whose byte doesn't come.
const Command* CommandDecoder::lone_escape() noexcept {
    escaped_ = false;
    data(escapes, escapes.size(), nullptr);
    command_.odd = true;
    if (mode_ != Mode::variable) offset_ = 0;
    return &command_;
}

// ── Transparent mode: everything is data, but for +++ between two silences ──────────────────────────────────────────────────

const Command* CommandDecoder::next_in_pipe() noexcept {
    while (!chunk_.empty()) {
        const bool pipe = settings.transparent == 1;
        const bool withheld = pipe && (silent_ || plus_ != 0) && plus_ < pluses.size() && chunk_[0] == '+';
        silent_ = false;
        if (!withheld) {
            if (plus_ != 0) return release_plus();
            const std::string_view bytes = chunk_;
            chunk_ = {};
            return data(bytes, bytes.size(), nullptr);
        }
        ++plus_;
        chunk_.remove_prefix(1);
    }
    if (!idle_) return nullptr;
    if (plus_ != 0 && plus_ < pluses.size()) return release_plus();
    idle_ = false;
    silent_ = true;
    if (plus_ == 0) return nullptr;
    plus_ = 0;
    command_ = {};
    command_.kind = CommandKind::leave_data_mode;
    command_.body.leave_data_mode = {};
    offset_ = 0;
    const std::size_t lead = lead_;
    lead_ = 0;
    return emit(lead + pluses.size(), lead);
}

/// As long as the bytes are those of `AT`, they are withheld.
const Command* CommandDecoder::next_of_either() noexcept {
    constexpr std::string_view at = "at";
    if (plus_ != 0 && !chunk_.empty() && chunk_[0] != '+') return release_plus();
    while (asks_ && at_ < at.size() && !chunk_.empty() && (chunk_[0] | 32) == at[at_]) {
        at_text_[at_++] = chunk_[0];
        chunk_.remove_prefix(1);
        silent_ = false;
    }
    if (asks_ && (at_ == at.size() || (chunk_.empty() && !idle_))) return nullptr;
    asks_ = false;
    if (at_ == 0) return next_in_pipe();
    const std::string_view bytes{at_text_, at_};
    at_ = 0;
    return data(bytes, bytes.size(), nullptr);
}

void CommandDecoder::expect_line() noexcept {
    for (std::uint8_t i = 0; i < at_; ++i) carry_[carried_++] = at_text_[i];
    at_ = 0;
    asks_ = false;
}

bool CommandDecoder::command_began() noexcept {
    const bool began = asks_ && at_ == sizeof at_text_;
    if (began) asks_ = false;
    return began;
}

/// They were data.
const Command* CommandDecoder::release_plus() noexcept {
    const std::string_view bytes = part(pluses, 0, plus_);
    plus_ = 0;
    data(bytes, bytes.size(), nullptr);
    if (settings.transparent != 1) offset_ = 0;
    return &command_;
}

bool Command::operator==(const Command& other) const noexcept {
    if (kind != other.kind) return false;
    for (const Field& field : fields(kind))
        if (!same_field(body, other.body, field)) return false;
    return true;
}

}  // namespace atwire
