// Holds a dialogue to the rules: steps in, findings out.
#ifndef CONFORMANCE_RULES_CHECKER_HPP
#define CONFORMANCE_RULES_CHECKER_HPP

#include <tuple>
#include <vector>

#include "captures/capture.hpp"
#include "rules/check.hpp"
#include "rules/fields.hpp"
#include "rules/listener.hpp"

namespace conformance {

/// The rules that are held where no row of a table says more of a field, a parameter or a command.
inline constexpr std::string_view field_rule = "syntax.field", parameter_rule = "syntax.parameter",
                                  command_rule = "syntax.command";

class Checker : public Listener {
public:
    using Sink = Report::Sink;

    /// What the capture's form can't support isn't held: framing where CRs and LFs are lost, times where there are none.
    Checker(const atwire::Dialect& dialect, const Capture& capture, Sink sink);
    /// The dialogue has ended. Nothing comes after it.
    void end();

protected:
    void heard(const HeardEvent& event) override;
    void heard(const HeardCommand& command) override;

private:
    /// A row that holds here, and its rule.
    template <class Moment>
    struct Held {
        const Moment* moment;
        const Rule* rule;
    };
    template <class Moment>
    using HeldAll = std::vector<Held<Moment>>;
    static constexpr std::size_t kinds = static_cast<std::size_t>(atwire::Kind::unfinished) + 1;

    template <class... Moments>
    static std::tuple<HeldAll<Moments>...> held_of(const std::variant<Moments...>&);

    void sort(const Check& check);
    template <class Moment>
    [[nodiscard]] const HeldAll<Moment>& held() const {
        return std::get<HeldAll<Moment>>(held_);
    }
    void hold(const HeardEvent& event);
    void hold_unheard(const Exchange& command);
    [[nodiscard]] bool may_be_rest(const HeardEvent& event);
    [[nodiscard]] bool may_be_supported(const HeardEvent& event) const;
    /// Runs the checks of a moment that has a command's name.
    template <class Moment, class... What>
    void run(std::string_view name, const What&... what) const;
    template <class Moment, class... What>
    void run_all(const HeldAll<Moment>& checks, const What&... what) const;
    void hold_fields(const HeardEvent& event) const;
    void hold_quirks(const HeardEvent& event) const;
    void hold_parameters(const Exchange& command) const;
    /// Whether a rule says what is wrong with a malformed line.
    [[nodiscard]] bool explains(const HeardEvent& line) const;
    void hold_time(const Exchange& exchange, const Place& now, bool answered) const;
    void hold_late_time(const Exchange& exchange, const Place& now, bool answered) const;
    void hold_read_back(const HeardEvent& event) const;
    void find(const Rule* rule, const Place& place, std::string_view wire, std::string expected, std::size_t caret = 0) const;

    Capture capture_;
    Sink sink_;
    bool muted_ = false;                     ///< nothing is found
    std::vector<Finding>* aside_ = nullptr;  ///< where findings go instead
    std::vector<Finding> unheard_{};         ///< those of `hold_unheard`
    bool within_ = false;                    ///< what comes may be the rest of a line or a payload
    Dialogue dialogue_;
    FieldTables tables_;
    /// Each moment's rows; of events those of any kind, the others by their kind.
    decltype(held_of(std::declval<Moment>())) held_{};
    std::array<HeldAll<OnEvent>, kinds> on_kind_{};
};

}  // namespace conformance

#endif
