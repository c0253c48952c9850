// A laboratory without modules: generated dialogues as captures with times, of which each has other payloads, addresses, sockets,
// errors and interleavings.
#ifndef CONFORMANCE_PROFILES_LABORATORY_HPP
#define CONFORMANCE_PROFILES_LABORATORY_HPP

#include <cmath>
#include <functional>
#include <random>

#include "profiles/profiler.hpp"
#include "properties/dialogues.hpp"

namespace conformance {

/// What a revision makes of the turns of a dialogue; nothing: they stay.
using Revision = std::function<void(std::deque<Turn>&)>;
/// How long a module takes for a line, in ms, at most, once the turns of the dialogue up to that one are said.
using Speed = std::function<double(const std::deque<Turn>&, std::size_t turn)>;

/// A result that names a socket names that of its command, as a module's does; the generator takes any.
inline void name_own_sockets(std::deque<Turn>& turns) {
    std::string socket;
    for (Turn& turn : turns) {
        if (turn.who == Turn::Who::host && !turn.commands.empty()) {
            const auto* open = atwire::get<atwire::OpenSocket>(turn.commands[0].command);
            socket = open != nullptr ? std::to_string(open->socket) : "";
        }
        const std::size_t at = turn.bytes.find("OPEN: ");
        if (turn.who != Turn::Who::module || socket.empty() || at == std::string::npos || at > 8) continue;
        const std::size_t digits = turn.bytes.find_first_not_of("0123456789", at + 6) - at - 6;
        if (digits == 0 || digits > 2) continue;
        turn.bytes.replace(at + 6, digits, socket);
        socket.clear();
    }
}

inline GeneratedDialogue dialogue_of(const atwire::Dialect& dialect, std::uint32_t seed, std::uint32_t number) {
    std::mt19937 random{seed * 100'003 + number};
    std::vector<std::uint32_t> throws(3000);
    for (std::uint32_t& one : throws) one = static_cast<std::uint32_t>(random());
    Dice dice{std::move(throws)};
    GeneratedDialogue made = generate_dialogue(dice, dialect, false);
    name_own_sockets(made.turns);
    return made;
}

/// The turns as a capture of its own, profiled.
inline void add_capture(Profile& profile, const atwire::Dialect& dialect, const std::deque<Turn>& turns, std::mt19937& random,
                        const Speed& speed) {
    Profiler profiler{dialect, {Form::transcript, true, true, true}, profile};
    double now = 0;
    std::size_t line = 0;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        const Turn& turn = turns[i];
        const bool host = turn.who == Turn::Who::host;
        const double most = host || !speed ? 40 : speed(turns, i);
        now += (5 + most * std::pow(static_cast<double>(random() % 1000) / 1000, 2)) / 1000;
        const bool silent = turn.who == Turn::Who::host_idle || turn.who == Turn::Who::module_idle;
        const Step::Type type = silent ? Step::Type::idle : host ? Step::Type::host : Step::Type::module;
        profiler.take({.type = type, .line = ++line, .time = now, .bytes = turn.bytes});
    }
    profiler.end();
}

struct Lot {
    std::uint32_t seed = 0;
    std::uint32_t dialogues = 1;
};
inline Profile profile_of(const atwire::Dialect& dialect, const Lot& lot, const Revision& revision = {},
                          const Speed& speed = {}) {
    Profile profile;
    std::mt19937 random{lot.seed};
    for (std::uint32_t number = 0; number < lot.dialogues; ++number) {
        GeneratedDialogue made = dialogue_of(dialect, lot.seed, number);
        if (revision) revision(made.turns);
        add_capture(profile, dialect, made.turns, random, speed);
    }
    return profile;
}

}  // namespace conformance

#endif
