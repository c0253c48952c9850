#include "gate/script.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "transcripts/bytes.hpp"

namespace conformance {
namespace {

using atwire::Kind;

/// A module is at most so late that its manual could still be right: bytes wait in adapters and drivers.
constexpr double tolerance = 1;
/// `+++` needs a second on either side.
constexpr double silence = 1.1;

/// Whether an `=` line of that name is a notice: no command, no data, no result, nothing that depends on what the module sends beside it.
bool is_notice(const std::string& name_of_it) {
    static constexpr std::array none{Kind::prompt, Kind::payload,   Kind::echo,      Kind::data_echo, Kind::overlong,
                                     Kind::text,   Kind::malformed, Kind::truncated, Kind::unfinished};
    static constexpr std::array all{
#define ATWIRE_KIND(Message, name) Kind::name,
        ATWIRE_EVENTS(ATWIRE_KIND)
#undef ATWIRE_KIND
    };
    return std::any_of(all.begin(), all.end(), [&](Kind kind) {
        return atwire::name(kind) == name_of_it && !is_final_result(kind) &&
               std::find(none.begin(), none.end(), kind) == none.end();
    });
}

bool is_same(const Expected& awaited, const atwire::Event& event) {
    if (awaited.event != name(event.kind)) return false;
    const Json fields = fields_to_json(event);
    return std::all_of(awaited.fields.items().begin(), awaited.fields.items().end(), [&fields](const auto& field) {
        if (field.key() == "quirks" || field.key() == "doubts") return true;
        const auto place = fields.find(field.key());
        return place != fields.end() && *place == field.value();
    });
}

/// Whether a module would read it as a command, where it waits for one.
bool is_command(const std::string& bytes) {
    const std::size_t begin = bytes.find_first_not_of("\r\n");
    if (begin == std::string::npos) return true;
    const std::string_view text = std::string_view{bytes}.substr(begin);
    const auto is = [&text](char upper, char lower, std::size_t at) {
        return at < text.size() && (text[at] == upper || text[at] == lower);
    };
    return text.starts_with("+++") || (is('A', 'a', 0) && (is('T', 't', 1) || is('/', '/', 1)));
}

double seconds(std::uint32_t milliseconds) { return milliseconds / 1000.0; }

std::string rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", value);
    return text;
}

}  // namespace

std::vector<ScriptLine> read_script(const std::string& file, const atwire::Dialect& dialect) {
    std::ifstream input{file, std::ios::binary};
    if (!input) throw std::runtime_error{file + ": " + std::strerror(errno)};
    const Transcript transcript = read_transcript(input, file);
    if (transcript.dialect != nullptr && transcript.dialect != &dialect)
        throw std::runtime_error{file + ": its dialect is " + std::string{transcript.dialect->facts.name} + ", --dialect says " +
                                 std::string{dialect.facts.name}};
    std::vector<ScriptLine> lines;
    for (const Step& step : transcript.steps) {
        const std::string place = file + ":" + std::to_string(step.line);
        if (step.type == Step::Type::host && !step.bytes.empty()) lines.push_back({.place = place, .bytes = step.bytes});
        if (step.type == Step::Type::idle) lines.push_back({.place = place});
        if (step.type == Step::Type::expected && !lines.empty() && is_notice(step.expected.event))
            lines.back().awaited.push_back(step.expected);
    }
    if (lines.empty()) throw std::runtime_error{file + ": no `>` line to send"};
    return lines;
}

Script::Script(std::vector<ScriptLine> lines, const atwire::Dialect& dialect, Pace pace, Say say)
    : lines_{std::move(lines)}, dialect_{&dialect}, pace_{pace}, say_{std::move(say)} {}

std::optional<std::string> Script::next(atwire::Session& session, double now, double silent) {
    if (waits_ && !is_answered(session)) {
        const double limit = session.settings.pending_count != 0 ? result_limit_ : notice_limit_;
        if (now < sent_at_ + limit) return std::nullopt;
        give_up(session, limit);
    }
    waits_ = false;
    while (at_ != lines_.size()) {
        const ScriptLine& line = lines_[at_];
        if (line.bytes.empty() && silent < silence) return std::nullopt;
        ++at_;
        if (line.bytes.empty()) {
            sent(session, now);
            return std::nullopt;
        }
        if (is_command(line.bytes) || session.host().in_data() || session.settings.transparent == 1) {
            ++said_;
            return line.bytes;
        }
        miss(line, "not sent, no prompt came for it");
    }
    return std::nullopt;
}

/// Whether the next line may be sent. Behind a prompt, where there is one.
bool Script::is_answered(atwire::Session& session) const {
    if (!awaited_.empty()) return false;
    return session.settings.pending_count == 0 || (session.host().in_data() && at_ != lines_.size());
}

void Script::sent(const atwire::Session& session, double now) {
    const ScriptLine& line = lines_[at_ - 1];
    double result = 0;
    double notice = 0;
    for (std::size_t i = 0; i < session.settings.pending_count; ++i) {
        const std::uint8_t number = session.settings.pending[i].command;
        if (number == atwire::Pending::unknown) continue;
        const atwire::CommandFacts& command = dialect_->facts.commands[number];
        result = std::max(result, seconds(command.max_response));
        for (const atwire::CommandRow& row : command.rows) notice = std::max(notice, seconds(row.late_result));
    }
    const double more = tolerance + pace_.byte * static_cast<double>(line.bytes.size());
    sent_at_ = now;
    result_limit_ = more + (result != 0 ? result : pace_.undocumented);
    notice_limit_ = std::max(result_limit_, more + (notice != 0 ? notice : pace_.undocumented));
    awaited_ = line.awaited;
    waits_ = true;
}

void Script::heard(const atwire::Event& event) {
    if (is_final_result(event.kind) && event.kind != Kind::ok && event.kind != Kind::connect) awaited_.clear();
    const auto place =
        std::find_if(awaited_.begin(), awaited_.end(), [&event](const Expected& one) { return is_same(one, event); });
    if (place != awaited_.end()) awaited_.erase(place);
}

/// The next result is the next command's.
void Script::give_up(atwire::Session& session, double limit) {
    const ScriptLine& line = lines_[at_ - 1];
    if (session.settings.pending_count != 0)
        miss(line, "no final result within " + rounded(limit));
    else
        miss(line, "no " + awaited_.front().event + " within " + rounded(limit));
    session.settings.pending_count = 0;
    awaited_.clear();
}

void Script::miss(const ScriptLine& line, const std::string& why) {
    ++missed_;
    say_(line.place + ": " + escape(line.bytes) + ": " + why);
}

}  // namespace conformance
