// Both directions, through two sessions: one hears each line whole, the other one in pieces and with the other lexer. They have to
// agree on everything: events, commands, the sockets of results, and what is set in the end.
#include <atwire/session.hpp>

#include "chunks.hpp"
#include "input.hpp"
#include "properties/dialogues.hpp"
#include "target.hpp"
#include "trace.hpp"
#include "transcripts/dialects.hpp"
#include "violation.hpp"

namespace fuzz {
namespace {

using namespace atwire;

class Listening {
public:
    Listening(const Input& input, const Dialect& dialect, Cut cut, char fill)
        : input_{input},
          module_carry_(input.carry, fill),
          host_carry_(input.carry, fill),
          chunk_{input.longest(), fill},
          cut_{cut},
          session_{dialect, module_carry_, host_carry_} {
        session_.module().accept(Quirks{input.accepted});
        session_.module().infer(input.infers);
    }

    const Settings& hear() {
        for (const Line& line : input_.lines) hear(line);
        fall_silent();
        return session_.settings;
    }
    const std::string& events() { return events_.text(); }
    const std::string& commands() { return commands_.text(); }

private:
    void hear(const Line& line) {
        if (line.who == Line::Who::settings) return apply(line.bytes, *input_.dialect, module_given_ != 0, session_.settings);
        if (line.who == Line::Who::silence) return fall_silent();
        if (line.who == Line::Who::restart) return line.bytes == "woke" ? session_.woke() : session_.restarted();
        for (std::string_view left = line.bytes; !left.empty();) {
            const std::size_t size = cut_.next(left.size());
            const std::string_view chunk = chunk_.of(left.substr(0, size));
            const bool module = line.who == Line::Who::module;
            (module ? module_given_ : host_given_) += size;
            if (!(module ? session_.module_said(chunk) : session_.host_said(chunk)))
                violated("a drained session takes a chunk", "it did not");
            drain();
            chunk_.end();
            left.remove_prefix(size);
        }
    }
    void fall_silent() {
        session_.module_idle();
        session_.host_idle();
        drain();
    }
    void drain() {
        while (const Session::Said said = session_.next()) {
            if (++said_ > 2 * (module_given_ + host_given_) + 8 * input_.lines.size() + 16)
                violated("what is said is no more than the bytes allow", "no progress");
            if (said.event != nullptr) heard(*said.event);
            if (said.command != nullptr) {
                commands_.add(*said.command);
                tile(said.command->wire, host_end_, host_given_);
            }
            if (session_.settings.pending_count > session_.settings.pending.size()) violated("four commands can wait", "more do");
        }
    }
    void heard(const Event& event) {
        events_.add(event);
        tile(event.wire, module_end_, module_given_);
        const bool names_none = event.kind == Kind::send_ok || event.kind == Kind::send_fail || event.kind == Kind::close_ok;
        if (names_none) events_.note("of socket " + std::to_string(session_.result_socket().value_or(99)));
    }
    static void tile(const Wire& wire, std::uint64_t& end, std::uint64_t given) {
        if (wire.offset != end || wire.lead > wire.length) violated("the ranges of each side lie end to end", "they do not");
        end += wire.length;
        if (end > given) violated("the ranges cover what came", "they cover more");
    }

    const Input& input_;
    std::vector<char> module_carry_;
    std::vector<char> host_carry_;
    Chunk chunk_;
    Cut cut_;
    Session session_;
    Trace events_;
    Trace commands_;
    std::uint64_t module_given_ = 0;
    std::uint64_t host_given_ = 0;
    std::uint64_t module_end_ = 0;
    std::uint64_t host_end_ = 0;
    std::size_t said_ = 0;
};

}  // namespace

void run(std::string_view bytes) {
    const Input input = read_input(bytes);
    Listening whole{input, *input.dialect, Cut::whole(), 'a'};
    const Settings& set = whole.hear();
    const auto agree = [&](const Dialect& dialect, Cut cut, char fill) {
        Listening other{input, dialect, cut, fill};
        const Settings& now = other.hear();
        same("any cutting of both sides gives the same events", whole.events(), other.events());
        same("any cutting of both sides gives the same commands", whole.commands(), other.commands());
        const std::string differs = conformance::difference(*input.dialect, set, now);
        if (!differs.empty()) violated("any cutting of both sides leaves the same settings", differs);
    };
    agree(*input.dialect, Cut::single(), 'b');
    agree(conformance::fastest(*input.dialect), Cut::random(1 + bytes.size() % 40, bytes.size()), 'c');
}

}  // namespace fuzz
