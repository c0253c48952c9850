// How a rule is held: a row of a table. Most rules are a value in the dialects' tables or a time, and say only which; the others are
// a small function over what passes.
#ifndef CONFORMANCE_RULES_CHECK_HPP
#define CONFORMANCE_RULES_CHECK_HPP

#include <functional>
#include <optional>
#include <span>
#include <variant>

#include "rules/dialogue.hpp"
#include "rules/parameters.hpp"
#include "rules/phrases.hpp"
#include "rules/wire.hpp"

namespace conformance {

/// Takes what a check has found, under the check's rule.
class Report {
public:
    using Sink = std::function<void(Finding)>;
    Report(const Rule& rule, const Sink& sink) : rule_{rule}, sink_{sink} {}

    /// About the message `at`, its byte `caret`: `expected` is a phrase that says what the rule wants, and what there was instead.
    template <class At>
    void operator()(const At& at, std::string expected, std::size_t caret = 0) const {
        sink_({&rule_, at.place, std::string{at.wire}, caret, std::move(expected)});
    }

private:
    const Rule& rule_;
    const Sink& sink_;
};

// ── The moments of a check ──────────────────────────────────────────────────────────────────────────────────────────────────

/// An event of that kind (of any where it is nothing) has come; the dialogue is as it was before.
struct OnEvent {
    std::optional<atwire::Kind> kind;
    void (*check)(const HeardEvent&, const Dialogue&, const Report&);
};
/// A command of that name has come (`QIOPEN`; of any where it is empty); the dialogue is as it was before. The exchange, which the
/// command begins, is not pending yet.
struct OnCommand {
    std::string_view name;
    void (*check)(const Exchange&, const Dialogue&, const Report&);
};
/// Data of the host, behind a prompt or in transparent mode.
struct OnData {
    void (*check)(const HeardCommand&, const Dialogue&, const Report&);
};
/// A command of that name (of any where it is empty) has had its final result; what it changed is not applied yet.
struct OnResult {
    std::string_view name;
    void (*check)(const Exchange&, const Dialogue&, const Report&);
};
/// The result behind its OK that a command of that name awaited has come. The exchange is the command's.
struct OnLateResult {
    std::string_view name;
    void (*check)(const Exchange&, const HeardEvent&, const Dialogue&, const Report&);
};
/// The capture has ended.
struct OnEnd {
    void (*check)(const Dialogue&, const Report&);
};

// ── What the tables say ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// The host gives that parameter of that command (of any where it is empty) as the dialect's table documents it. Where it doesn't,
/// one rule is broken: the first whose `says` has something to say; else that of the last row without `says`, one of the command
/// before one of any; else `syntax.parameter`, or `syntax.command` where no parameter is named.
struct ParameterRange {
    /// What is wrong in the rule's words, and where: nothing where it is no matter of the rule. `expected` is empty where nothing is
    /// wrong after all.
    using Says = std::optional<Complaint> (*)(const Complaint&, const Exchange&, const Dialogue&);
    std::string_view command;
    std::string_view parameter;  ///< the manual's name; empty: the line as a whole (`Wrong::extra`, `Wrong::form`)
    std::string_view option{};   ///< of a command whose first parameter chooses the form: what that is
    Says says = nullptr;
};
/// Of a rule about one way to be wrong, in the table's words.
template <Complaint::Wrong wrong>
std::optional<Complaint> only(const Complaint& complaint, const Exchange&, const Dialogue&) {
    return complaint.wrong == wrong ? std::optional{complaint} : std::nullopt;
}
/// A line `+NAME: …` is one that the dialect documents. Where it is malformed, the first row of its name that has something to say
/// does so in place of `OnEvent{Kind::malformed, …}`.
struct LineForm {
    std::string_view name;
    std::optional<Complaint> (*says)(std::string_view line);  ///< as that of `ParameterRange`
};
/// That field of such events (of any where it is nothing) has a value that the dialect's table documents. Where it hasn't, the rule
/// of the row that says most is broken, else `syntax.field`.
struct FieldRange {
    std::optional<atwire::Kind> kind;
    std::string_view field;
    std::string_view command{};  ///< of an option: whose; of a row that several commands have: in whose reply
    std::string_view option{};   ///< of an option with a name
};
/// A time in ms that a command allows; 0: none.
using Limit = std::uint32_t (*)(const Exchange&, const Dialogue&);
/// The final result comes within the time that the dialect's table gives for that command (for any where it is empty).
struct ResponseTime {
    std::string_view command;
    Limit limit = nullptr;  ///< the time, where it isn't the table's
};
/// The result behind the OK comes within the time that the dialect's table gives; counted from the command, that may be the time
/// of its final result.
struct LateResultTime {
    enum class From : std::uint8_t { result, command };
    std::string_view command;
    From from = From::result;  ///< what the time is counted from; `command`: where it has data, from the last of that
    Limit limit = nullptr;     ///< the time, where it isn't the table's
};
/// What was set and accepted is what is read back.
struct ReadBack {
    std::string_view command;
    std::string_view option{};  ///< of a named option; of all where it is empty
};
/// Lines of that kind (of any where it is nothing) don't have the quirk.
struct NoQuirk {
    atwire::Quirk quirk;
    std::optional<atwire::Kind> kind{};
};

using Moment = std::variant<OnEvent, OnCommand, OnData, OnResult, OnLateResult, OnEnd, ParameterRange, LineForm, FieldRange,
                            ResponseTime, LateResultTime, ReadBack, NoQuirk>;

/// One rule held in one way; a rule may have several rows. Which dialects it concerns, the rule says.
struct Check {
    std::string_view rule;
    Moment moment;
};

/// The rows of one subject, `sockets/opening`: they are in sockets/opening_checks.cpp, their dialogues in cases/sockets/opening.txt.
struct CheckTable {
    std::string_view subject;
    std::span<const Check> checks;
};
/// All subjects, in the order of CMakeLists.txt.
[[nodiscard]] std::span<const CheckTable> check_tables();

/// Whether the row is about CRs and LFs, which some forms of captures lose.
[[nodiscard]] bool is_of_framing(const Check& check);
/// Whether the row needs what the host says.
[[nodiscard]] bool needs_the_host(const Check& check);

}  // namespace conformance

#endif
