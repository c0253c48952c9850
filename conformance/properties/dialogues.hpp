// Dialogues made by throwing dice: commands, their replies in the documented order, what a module says unasked between any two
// lines, prompts and data, the byte pipe. The maker keeps its own account of what the dialogue has set.
#ifndef CONFORMANCE_PROPERTIES_DIALOGUES_HPP
#define CONFORMANCE_PROPERTIES_DIALOGUES_HPP

#include <atwire/session.hpp>
#include <deque>
#include <vector>

#include "properties/decode.hpp"
#include "properties/decode_commands.hpp"
#include "properties/generated_commands.hpp"
#include "transcripts/json.hpp"

namespace conformance {

/// What one side says in one go, or its silence, and what that means.
struct Turn {
    enum class Who { host, module, host_idle, module_idle };
    Who who = Who::host;
    std::string bytes{};
    std::deque<GeneratedCommand> commands{};
    std::deque<OwnedEvent> events{};
};

struct GeneratedDialogue {
    const atwire::Dialect* dialect = nullptr;
    atwire::Settings start;  ///< what was set before it began
    std::deque<Turn> turns;
    /// The sockets that each SEND OK, SEND FAIL and CLOSE OK is about.
    std::vector<std::uint32_t> result_sockets;
    atwire::Settings end;  ///< what is set when it is over
};

/// With `known` everything is set at its begin; else nothing is, and the module's defaults hold.
GeneratedDialogue generate_dialogue(Dice& dice, const atwire::Dialect& dialect, bool known);

/// What a session made of it. Where things stood on the wire is left out.
struct Outcome {
    std::vector<Record> events;
    std::vector<CommandRecord> commands;
    std::vector<std::uint32_t> result_sockets;  ///< 99 where it was absent
    atwire::Settings end;
};
/// What a session should make of it.
Outcome expected(const GeneratedDialogue& dialogue);
/// A session that is told a dialogue turn by turn.
class ToldSession {
public:
    explicit ToldSession(const GeneratedDialogue& dialogue);
    /// Adds what it makes of the turn, its bytes cut by `dice`, or whole where that is nullptr.
    void hear(const Turn& turn, Dice* dice, Outcome& heard);
    /// Both streams have ended.
    void end(Outcome& heard);
    atwire::Session& session() { return session_; }

private:
    void drain(Outcome& heard);

    std::vector<char> module_carry_;
    std::vector<char> host_carry_;
    atwire::Session session_;
    std::size_t given_ = 0;
    std::size_t bytes_ = 0;
};
/// What one makes of it, with the bytes of both sides cut by `dice`, or each turn whole where that is nullptr.
Outcome play(const GeneratedDialogue& dialogue, Dice* dice);

/// The dialogue as lines of a transcript.
std::string transcript_of(const GeneratedDialogue& dialogue);
/// Whether something was heard that might have been a result, or have covered one: then a session may take less for known.
bool doubtful(const Outcome& heard);
/// What is unknown of `some`, as `all` has it.
atwire::Settings completed(atwire::Settings some, const atwire::Settings& all);
/// The settings that differ, by name.
std::string difference(const atwire::Dialect& dialect, const atwire::Settings& a, const atwire::Settings& b);

}  // namespace conformance

#endif
