#include "captures/dialogue.hpp"

#include <algorithm>
#include <utility>

#include "captures/at_lines.hpp"
#include "captures/lines.hpp"

namespace conformance {
namespace {

constexpr std::string_view ends_of_data = "\x1A\x1B";  // Ctrl-Z and ESC

std::string_view end_of(std::string_view line, std::string_view text) { return line.substr(text.size()); }
bool is_prompt(std::string_view text) { return text.starts_with('>'); }

}  // namespace

void LogDialogue::add(std::string_view line, Mark mark, std::size_t number, std::optional<double> time) {
    number_ = number;
    time_ = time;
    if (ends_ == Ends::kept && mark != Mark::none) return say(mark == Mark::host ? Step::Type::host : Step::Type::module, line);
    while (!line.empty()) add_row(ends_ == Ends::kept ? take_row(line) : std::exchange(line, {}), mark);
}

void LogDialogue::add_row(std::string_view line, Mark mark) {
    const std::string_view text = without_end(line);
    if (text.empty())
        blank(line);
    else if (mark == Mark::host)
        host_line(text);
    else if (mark == Mark::module)
        module_line(line, text);
    else
        echoed_line(line, text);
    if (!text.empty()) line_ends_ = 0;
    if (line.ends_with('\n')) ++line_ends_;
    within_line_ = text.size() == line.size();
}

std::optional<Step> LogDialogue::next() {
    if (steps_.empty()) return std::nullopt;
    Step step = std::move(steps_.front());
    steps_.pop_front();
    return step;
}

void LogDialogue::host_line(std::string_view text) {
    if (sending_) return data(text, text, false);
    if (text == "+++") {  // an escape sequence only between two silences
        steps_.push_back({.type = Step::Type::idle, .line = number_, .time = time_});
        say(Step::Type::host, text);
        steps_.push_back({.type = Step::Type::idle, .line = number_, .time = time_});
        return;
    }
    command(text);
}

void LogDialogue::module_line(std::string_view line, std::string_view text) {
    if (last_ == Last::command && text == command_) return say(Step::Type::module, command_ + '\r');
    if (last_ == Last::command && is_prompt(text)) return prompt(line, text);
    if (sending_) end_data(true);
    answer(line, text);
}

void LogDialogue::echoed_line(std::string_view line, std::string_view text) {
    const bool result = is_final_result(text) || is_information(text);
    if (sending_ && (!result || within_line_)) return data(line, text, echo_);
    if (sending_) end_data(true);
    if (within_line_ || !is_command(text) || (pending_ && last_ != Last::command)) {
        if (last_ == Last::command && is_prompt(text)) return prompt(line, text);
        return answer(line, text);
    }
    command(text);
    if (ends_ != Ends::kept) {
        if (echo_) say(Step::Type::module, std::string{text} + '\r');
    } else if (echo_) {
        say(Step::Type::module, line);
    } else {
        say(Step::Type::module, line.substr(std::min(text.size() + 1, line.size())));
    }
    echo_ = echo_set_by(text).value_or(echo_);
}

void LogDialogue::blank(std::string_view line) {
    if (ends_ != Ends::kept) {
        if (sending_) held_ += "\r\n";
    } else if (sending_) {
        held_ += line;
    } else {
        say(Step::Type::module, line);
    }
}

void LogDialogue::command(std::string_view text) {
    say(Step::Type::host, std::string{text} + '\r');
    command_ = text;
    pending_ = true;
    last_ = Last::command;
}

void LogDialogue::prompt(std::string_view line, std::string_view text) {
    const std::size_t length = text.starts_with("> ") ? 2 : 1;
    say(Step::Type::module, (ends_ == Ends::kept ? "" : lead()) + std::string{text.substr(0, length)});
    sending_ = true;
    left_ = announced_length(command_);
    last_ = Last::prompt;
    held_.clear();
    if (text.size() > length)
        data(line.substr(length), text.substr(length), echo_);
    else
        held_ = ends_ == Ends::kept ? end_of(line, text) : "";
}

void LogDialogue::data(std::string_view line, std::string_view text, bool echoed) {
    // The end of the prompt's line is no data.
    if (last_ == Last::prompt && ends_ == Ends::kept) say(Step::Type::module, held_);
    const std::string bytes = (last_ == Last::prompt ? "" : held_) + std::string{text};
    const std::size_t stop = bytes.find_first_of(ends_of_data);
    std::size_t length = stop == bytes.npos ? bytes.size() : stop + 1;
    if (left_) length = std::min(bytes.size(), *left_);
    const bool complete = left_ ? length == *left_ : stop != bytes.npos;
    if (left_) *left_ -= length;
    say(Step::Type::host, bytes.substr(0, length));
    if (echoed) say(Step::Type::module, bytes.substr(0, length));
    last_ = Last::data;
    held_ = ends_ == Ends::kept ? std::string{end_of(line, text)} : "\r\n";
    if (!complete) return;
    const std::string rest = bytes.substr(length);
    if (rest.empty()) return end_data(false);
    held_.clear();
    end_data(false);
    answer(rest + std::string{end_of(line, text)}, rest);
}

void LogDialogue::end_data(bool by_result) {
    if (by_result && !left_ && last_ == Last::data) say(Step::Type::host, ends_of_data.substr(0, 1));
    if (ends_ == Ends::kept) say(Step::Type::module, held_);
    held_.clear();
    sending_ = false;
}

void LogDialogue::answer(std::string_view kept, std::string_view text) {
    if (ends_ == Ends::kept)
        say(Step::Type::module, kept);
    else
        say(Step::Type::module, lead() + std::string{text} + (kept.ends_with('\n') ? "\r\n" : ""));
    last_ = Last::module;
    if (is_final_result(text)) pending_ = false;
}

std::string LogDialogue::lead() const {
    if (within_line_) return {};
    if (last_ != Last::module) return "\r\n";
    std::string blank_lines;
    for (std::size_t i = 1; i < (ends_ == Ends::doubled ? line_ends_ / 2 : line_ends_); ++i) blank_lines += "\r\n";
    return blank_lines;
}

void LogDialogue::say(Step::Type side, std::string_view bytes) {
    if (bytes.empty()) return;
    if (!steps_.empty() && steps_.back().type == side && steps_.back().line == number_)
        steps_.back().bytes += bytes;
    else
        steps_.push_back({.type = side, .line = number_, .time = time_, .bytes = std::string{bytes}});
}

}  // namespace conformance
