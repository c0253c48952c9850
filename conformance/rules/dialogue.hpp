// What has passed so far: the commands that wait, those whose result is still to come behind their OK, and what each family's
// sockets and contexts are by what was said of them. Checks read it as it was before what they look at.
#ifndef CONFORMANCE_RULES_DIALOGUE_HPP
#define CONFORMANCE_RULES_DIALOGUE_HPP

#include <atwire/session.hpp>
#include <deque>
#include <map>
#include <vector>

#include "rules/coap/coap.hpp"
#include "rules/finding.hpp"
#include "rules/kept.hpp"
#include "rules/links/links.hpp"
#include "rules/services/services.hpp"
#include "rules/services/startup.hpp"
#include "rules/sockets/sockets.hpp"
#include "rules/sockets/transfers.hpp"

namespace conformance {

/// An event or a command as it passes: `wire` is its bytes without what frames them, `end` the CRs and LFs that close it, `lead`
/// what stands before it, as far as it has been kept; `message` holds only now.
template <class Message>
struct Heard {
    const Message& message;
    Place place;
    std::string_view wire;
    std::string_view end{};
    std::string_view lead{};
};
using HeardEvent = Heard<atwire::Event>;
using HeardCommand = Heard<atwire::Command>;

/// The same, kept.
template <class Message>
struct Said {
    Kept<Message> message;
    Place place;
    std::string wire;
    std::string end;

    explicit Said(const Heard<Message>& heard) : message{heard.message}, place{heard.place}, wire{heard.wire}, end{heard.end} {}
    const Message& operator*() const { return *message; }
    const Message* operator->() const { return message.operator->(); }
};

/// A command, and what the module said from then on.
struct Exchange {
    Said<atwire::Command> command;
    std::string_view name{};                      ///< `QIOPEN`; empty where the dialect has no such command
    atwire::CommandForm form{};                   ///< how it was spelled
    const atwire::CommandFacts* facts = nullptr;  ///< nullptr where the dialect has no such command
    bool early = false;                           ///< its line was sent while another waited
    /// Everything between the command and its final result, unasked lines among it, but for echo and payload; the first of them.
    std::vector<Said<atwire::Event>> replies{};
    std::optional<Said<atwire::Event>> result{};  ///< the final result
    std::optional<Place> prompt{};                ///< of the last
    std::uint64_t data = 0;                       ///< wire bytes that the host sent behind it
    std::uint64_t data_bytes = 0;                 ///< of data, without escapes and what ends it
    std::optional<Place> data_at{};               ///< of the last of them
    std::uint64_t payload = 0;                    ///< wire bytes of payload in the replies
    std::optional<std::string> data_end{};        ///< `length`, `ctrl_z`, `esc`

    [[nodiscard]] bool succeeded() const;
    /// Whether that is its final result.
    [[nodiscard]] bool is_ok() const { return result && (*result)->kind == atwire::Kind::ok; }
    [[nodiscard]] bool is_error() const { return result && (*result)->kind == atwire::Kind::error; }
    /// The command if it is a `Message`, else nullptr.
    template <class Message>
    [[nodiscard]] const Message* get() const {
        return atwire::get<Message>(*command);
    }
    /// The first reply of that kind, or nullptr.
    [[nodiscard]] const Said<atwire::Event>* reply(atwire::Kind kind) const;
    [[nodiscard]] std::size_t count(atwire::Kind kind) const;
};

/// The name in `+NAME: …`; empty where the line has none.
[[nodiscard]] std::string_view response_name(std::string_view line);
/// Whether it is a line that modules write when they have started or are about to stop, though not every manual shows it.
[[nodiscard]] bool says_restart(const atwire::Event& event);

/// Whether the late result of `awaited` can't come any more: `done` has closed its socket.
[[nodiscard]] bool gives_up(const Exchange& done, const Exchange& awaited);

/// The key of `Dialogue::set`.
[[nodiscard]] std::string option_key(std::string_view command, std::string_view option);

class Dialogue {
public:
    /// Which models a module's lines are about.
    enum class Family : std::uint8_t { sockets, coap, links };

    Dialogue(const atwire::Dialect& of, const atwire::Settings& learned)
        : dialect{of},
          settings{learned},
          family{of.facts.name == "bc95"    ? Family::coap
                 : of.facts.name == "a76xx" ? Family::links
                                            : Family::sockets} {}

    const atwire::Dialect& dialect;
    const atwire::Settings& settings;  ///< the session's, which has heard what is being looked at
    const Family family;
    bool both_sides = false;  ///< whether the host is heard at all
    bool framing = true;      ///< whether CRs and LFs are as they were on the wire

    /// Commands without their final result, oldest first. Those of one line end together.
    std::deque<Exchange> pending{};
    /// Commands whose result comes behind their OK, oldest first.
    std::deque<Exchange> awaited{};
    /// The last that had its final result.
    std::optional<Exchange> last{};
    std::optional<Place> last_event{};
    std::optional<Place> last_command{};  ///< data among them
    /// What was set and accepted last, by command and option (`QICFG viewmode`): the values as they stood.
    std::map<std::string, std::string, std::less<>> set{};

    Startup startup{};
    Sockets sockets{};
    Transfers transfers{};
    Services services{};
    Coap coap{};
    Links links{};

    /// Whether that is the dialect, by its name.
    [[nodiscard]] bool is(std::string_view name) const { return dialect.facts.name == name; }
    /// How many of the oldest pending commands stand on one line, which is the one that is being answered.
    [[nodiscard]] std::size_t answered_line() const;
    /// The oldest pending command if it is a `Message`, else nullptr.
    template <class Message>
    [[nodiscard]] const Message* answered() const {
        return pending.empty() ? nullptr : pending.front().get<Message>();
    }
    /// Whether the oldest pending command is that one in that form.
    [[nodiscard]] bool answers(std::string_view name, atwire::CommandForm form) const {
        return !pending.empty() && pending.front().name == name && pending.front().form == form;
    }
    /// Whether a command of that name has no final result; in that form only where one is named.
    [[nodiscard]] bool waits(std::string_view name, std::optional<atwire::CommandForm> form = {}) const;
    /// What an option was set to in this dialogue, `QICFG viewmode`, and accepted: its value at that place. Nothing where it wasn't.
    [[nodiscard]] std::optional<std::int64_t> set_to(std::string_view option, std::size_t place = 0) const;

    /// The oldest command that awaits the event as its late result, or nullptr.
    [[nodiscard]] const Exchange* awaits(const atwire::Event& event) const;
    /// The pending command whose late result the event is though its final result hasn't come, or nullptr.
    [[nodiscard]] const Exchange* early(const atwire::Event& event) const;

    /// Whether the event is the final result of the oldest pending command. The session can't say: it has heard it already.
    [[nodiscard]] bool ends_command(const atwire::Event& event) const;

    /// How many of the oldest pending commands have missed their result: the event replies to one of a later line.
    [[nodiscard]] std::size_t missed(const HeardEvent& event) const;

    /// The exchange that the command begins.
    [[nodiscard]] Exchange begun(const HeardCommand& command) const;
    void heard(const HeardCommand& command);
    void heard(const HeardEvent& event);
    /// The commands of the oldest line have had their result: what they changed. Called behind their checks.
    std::vector<Exchange> finish(const HeardEvent& result);
    void finished(const Exchange& exchange);
    /// The module restarted: nothing is known but since when.
    void restarted(const Place& place);

private:
    [[nodiscard]] std::deque<Exchange>::const_iterator awaiting(const atwire::Event& event) const;
};

}  // namespace conformance

#endif
