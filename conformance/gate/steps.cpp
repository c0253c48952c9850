#include "gate/steps.hpp"

#include <cstdio>

#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

/// A serial adapter hands on what it has every 16 ms.
constexpr double late = 0.05;
constexpr std::size_t most_bytes = 1024;

}  // namespace

void Steps::said(Side side, std::string_view bytes, double now) {
    if (bytes.empty()) return;
    if (side != side_) flush();
    side_ = side;
    last_ = now;
    idle_ = false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (held_.empty()) begun_ = now;
        held_ += bytes[i];
        text_ = text_ || (bytes[i] != '\r' && bytes[i] != '\n');
        if (is_line(i + 1 < bytes.size() ? bytes[i + 1] : '\0') || held_.size() == most_bytes) flush();
    }
}

/// Whether what is held is a line; `next` comes behind it. A command and its echo end in CR.
bool Steps::is_line(char next) const {
    if (!text_) return false;
    if (held_.back() == '\n') return true;
    if (held_.back() != '\r') return false;
    return side_ == Side::host ? next != '\n' : held_.starts_with("AT") || held_.starts_with("at");
}

void Steps::tick(double now) {
    if (!held_.empty() && now >= *last_ + late) flush();
}

void Steps::idle(double now) {
    flush();
    idle_ = true;
    take_({.type = Step::Type::idle, .time = now});
}

void Steps::flush() {
    if (held_.empty()) return;
    const Step::Type type = side_ == Side::host ? Step::Type::host : Step::Type::module;
    take_({.type = type, .time = begun_, .bytes = held_});
    held_.clear();
    text_ = false;
}

std::optional<double> Steps::due() const { return held_.empty() ? std::nullopt : std::optional{*last_ + late}; }

std::string line_of(const Step& step) {
    char time[32];
    std::snprintf(time, sizeof time, "@%.3f ", *step.time);
    switch (step.type) {
        case Step::Type::host: return time + ("> " + escape(step.bytes)) + "\n";
        case Step::Type::module: return time + ("< " + escape(step.bytes)) + "\n";
        default: return time + std::string{"~\n"};
    }
}

}  // namespace conformance
