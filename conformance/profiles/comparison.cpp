#include "profiles/comparison.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>

#include "profiles/chance.hpp"
#include "profiles/messages.hpp"

namespace conformance {
namespace {

/// One alternative in both.
class Pair {
public:
    Seen old{}, now{};
    std::string form{};  ///< the alternative; of several that are alike in something the most frequent

    /// Another one that is alike.
    void add(const Pair& pair) {
        if (pair.old.count + pair.now.count > most_) {
            most_ = pair.old.count + pair.now.count;
            form = pair.form;
        }
        join(old, most_old_, pair.old);
        join(now, most_now_, pair.now);
    }

private:
    static void join(Seen& all, std::uint64_t& most, const Seen& one) {
        const Example example = one.count > most ? one.example : all.example;
        most = std::max(most, one.count);
        all += one;
        all.example = example;
    }
    std::uint64_t most_ = 0, most_old_ = 0, most_now_ = 0;  ///< of one alternative
};
using Pairs = std::map<std::string, Pair>;

struct Totals {
    std::uint64_t old = 0, now = 0;
};
Totals totals(const Pairs& pairs) {
    Totals all;
    for (const auto& [alternative, pair] : pairs) {
        all.old += pair.old.count;
        all.now += pair.now.count;
    }
    return all;
}

Pairs paired(const Alternatives& old, const Alternatives& now) {
    Pairs pairs;
    for (const auto& [alternative, seen] : old) pairs[alternative].old = seen;
    for (const auto& [alternative, seen] : now) pairs[alternative].now = seen;
    for (auto& [alternative, pair] : pairs) pair.form = alternative;
    return pairs;
}

/// The same by an aspect of each: those that are alike in it are one. Empty aspects are left out.
Pairs grouped(const Pairs& pairs, const std::function<std::string(const std::string&)>& aspect) {
    Pairs groups;
    for (const auto& [alternative, pair] : pairs) {
        const std::string key = aspect(alternative);
        if (key.empty()) continue;
        groups[key].add(pair);
    }
    return groups;
}

std::string stem(const std::string& message) { return message.substr(0, message.find(':')); }

bool has_socket(const atwire::Dialect& dialect, const std::string& message) {
    return std::ranges::any_of(dialect.facts.forms, [&message](const atwire::Form& form) {
        return form.head.starts_with(message) &&
               std::ranges::any_of(form.items, [](const auto& item) { return item.field == "socket"; });
    });
}

bool opens(const atwire::Dialect& dialect, const std::string& trigger) {
    return std::ranges::any_of(dialect.facts.commands, [&trigger](const atwire::CommandFacts& command) {
        return command.kinds.write == atwire::CommandKind::open_socket &&
               trigger.starts_with("AT+" + std::string{command.name} + "=");
    });
}

std::string times(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

class Comparison {
public:
    Comparison(const Profile& old, const Profile& now, bool same_script)
        : old_{old}, now_{now}, same_script_{same_script}, dialect_{*old.dialect}, messages_{dialect_} {
        std::size_t compared = old.ranges.size() + 2 * old.times.size() + 1;
        for (const auto* profile : {&old, &now})
            for (const auto& [what, alternatives] : profile->seen) compared += alternatives.size();
        limit_ = most_chance / static_cast<double>(compared);
        answered_ = answered([](const std::string&) { return true; });
        opened_ = answered([this](const std::string& trigger) { return opens(dialect_, trigger); });
    }

    Compared run() {
        for (const auto& [what, alternatives] : old_.seen) {
            const Alternatives& others = now_.of(what.first, what.second);
            if (others.empty()) continue;
            const Pairs pairs = paired(alternatives, others);
            judged_ = what.second;
            switch (what.first) {
                case About::result: result(what.second, pairs); break;
                case About::place: place(what.second, pairs); break;
                case About::shape: shape(what.second, pairs); break;
                case About::frame: frame(what.second, pairs); break;
                case About::payload: payload(what.second, pairs); break;
                case About::value: value(what.second, pairs); break;
            }
        }
        answers();
        unasked();
        renamed();
        ranges();
        slower();
        std::ranges::stable_sort(found_.differences,
                                 [](const Difference& a, const Difference& b) { return a.breaks && !b.breaks; });
        found_.too_few = uncertain_.size();
        return std::move(found_);
    }

private:
    // ── Evidence ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Whether that is more than chance; where it isn't, what is judged is counted.
    bool tells(double chance) {
        if (same_script_ || chance < limit_) return true;
        uncertain_.insert(judged_);
        return false;
    }
    bool tells(const Share& none, const Share& some) { return tells(chance(none, some)); }

    /// What came and what went of the alternatives: of several the most frequent.
    struct Shift {
        const Pair* gone = nullptr;
        const Pair* come = nullptr;
        explicit operator bool() const { return gone != nullptr || come != nullptr; }
    };
    Shift shift(const Pairs& pairs) {
        const Totals all = totals(pairs);
        Shift shift;
        if (all.old == 0 || all.now == 0) return shift;
        for (const auto& [alternative, pair] : pairs) {
            const std::uint64_t old = pair.old.count, now = pair.now.count;
            if (old == 0 && (shift.come == nullptr || now > shift.come->now.count) && tells({0, all.old}, {now, all.now}))
                shift.come = &pair;
            if (now == 0 && (shift.gone == nullptr || old > shift.gone->old.count) && tells({0, all.now}, {old, all.old}))
                shift.gone = &pair;
        }
        return shift;
    }

    void add(Change change, const Subject& subject, std::string says, bool breaks, Shown old, Shown now) {
        found_.differences.push_back({change, subject, std::move(says), breaks, std::move(old), std::move(now)});
        point(found_.differences.back());
    }
    /// Sets the carets.
    void point(Difference& one) const {
        switch (one.change) {
            case Change::field_added:
            case Change::field_removed:
            case Change::field_reordered:
            case Change::field_retyped:
            case Change::quoting_changed:
            case Change::spacing_changed:
            case Change::message_renamed: {
                const Messages::Parting parting = messages_.parting(one.old.line, one.now.line);
                one.old.caret = parting.one;
                one.now.caret = parting.other;
                return;
            }
            case Change::framing_changed: return point_into_frames(one.old, one.now);
            case Change::payload_changed:
                one.old.caret = one.old.line.size();
                one.now.caret = one.now.line.size();
                return;
            case Change::value_outside:
                for (Shown* side : {&one.old, &one.now})
                    if (side->caret == 0) side->caret = messages_.place_of(side->line, side->form);
                return;
            case Change::message_appeared:
            case Change::message_vanished:
            case Change::order_changed:
            case Change::result_changed:
            case Change::times_grown: return;
        }
    }
    /// Puts the lines into their frames.
    static void point_into_frames(Shown& old, Shown& now) {
        const auto at = static_cast<std::size_t>(std::ranges::mismatch(old.form, now.form).in1 - old.form.begin());
        for (Shown* side : {&old, &now}) {
            const std::size_t star = side->form.find('*');
            side->caret = at <= star ? at : at - 1 + side->line.size();
            side->line = side->form.substr(0, star) + side->line + side->form.substr(star + 1);
        }
    }
    /// The sides of a shift: what went, or else what was there most; the same of what came.
    void add(Change change, const Subject& subject, const std::string& says, const Pairs& pairs, const Shift& shift,
             bool breaks = true) {
        const Totals all = totals(pairs);
        const auto most = [&pairs](auto side) {
            return &std::ranges::max_element(pairs, {}, [side](const auto& one) { return (one.second.*side).count; })->second;
        };
        const Pair* old = shift.gone != nullptr ? shift.gone : most(&Pair::old);
        const Pair* now = shift.come != nullptr ? shift.come : most(&Pair::now);
        add(change, subject, says, breaks, {old->form, old->old.count, all.old, old->old.example.line()},
            {now->form, now->now.count, all.now, now->now.example.line()});
    }

    // ── What a message looks like ───────────────────────────────────────────────────────────────────────────────────────────

    ShapeFields taken_apart(const std::string& shape) const { return fields_of(shape, messages_.name(shape).length); }

    void shape(const Subject& subject, const Pairs& shapes) {
        const Pairs by_count =
            grouped(shapes, [this](const std::string& one) { return std::to_string(taken_apart(one).fields.size()); });
        if (const Shift counts = shift(by_count)) return field_count(subject, by_count, counts);
        spacing(subject, shapes);
        for (const auto& [count, ignored] : by_count) {
            Pairs same;
            for (const auto& [one, pair] : shapes)
                if (std::to_string(taken_apart(one).fields.size()) == count) same.emplace(one, pair);
            fields(subject, same, std::stoul(count));
        }
    }

    void field_count(const Subject& subject, const Pairs& by_count, const Shift& counts) {
        const auto most = [&](auto side) {
            return std::ranges::max_element(by_count, {}, [side](const auto& one) { return (one.second.*side).count; })
                ->second.form;
        };
        const ShapeFields old = taken_apart(counts.gone != nullptr ? counts.gone->form : most(&Pair::old));
        const ShapeFields now = taken_apart(counts.come != nullptr ? counts.come->form : most(&Pair::now));
        const bool added = now.fields.size() > old.fields.size();
        const auto& longer = added ? now.fields : old.fields;
        const auto& shorter = added ? old.fields : now.fields;
        const auto at = static_cast<std::size_t>(std::ranges::mismatch(shorter, longer).in2 - longer.begin());
        std::string says = times(now.fields.size(), "field") + " for " + std::to_string(old.fields.size());
        if (longer.size() == shorter.size() + 1 && std::equal(longer.begin() + static_cast<std::ptrdiff_t>(at) + 1, longer.end(),
                                                              shorter.begin() + static_cast<std::ptrdiff_t>(at)))
            says += ": number " + std::to_string(at + 1) + ", " + longer[at].type + (added ? ", is new" : ", is gone");
        add(added ? Change::field_added : Change::field_removed, subject, says, by_count, counts);
    }

    void spacing(const Subject& subject, const Pairs& shapes) {
        const Pairs spaced = grouped(shapes, [this](const std::string& one) {
            const ShapeFields apart = taken_apart(one);
            return apart.fields.empty() ? std::string{} : apart.spacing;
        });
        if (const Shift changed = shift(spaced)) add(Change::spacing_changed, subject, "other blanks", spaced, changed);
        const Pairs quoted =
            grouped(shapes, [this](const std::string& one) { return taken_apart(one).quoted_name ? "quoted" : "bare"; });
        if (const Shift changed = shift(quoted)) add(Change::quoting_changed, subject, "the name's quotes", quoted, changed);
    }

    /// A field whose quotes or type are others.
    struct OtherField {
        std::size_t place;
        Pairs quotes, types;
    };

    /// Of shapes with so many fields.
    void fields(const Subject& subject, const Pairs& shapes, std::size_t count) {
        std::vector<OtherField> others;
        for (std::size_t i = 0; i < count; ++i) {
            const auto field = [this, i](const std::string& one) { return taken_apart(one).fields[i]; };
            OtherField one{
                i, grouped(shapes, [&](const std::string& of) { return field(of).quoted ? "quoted" : "bare"; }),
                grouped(shapes, [&](const std::string& of) { return field(of).type + (field(of).quoted ? "q" : "b"); })};
            if (shift(one.quotes) || shift(one.types)) others.push_back(std::move(one));
        }
        if (others.size() == 2 && are_swapped(others[0], others[1]))
            return add(Change::field_reordered, subject,
                       "fields " + std::to_string(others[0].place + 1) + " and " + std::to_string(others[1].place + 1) +
                           " have changed places",
                       others[0].types, shift(others[0].types));
        for (const OtherField& one : others) {
            const std::string place = "of field " + std::to_string(one.place + 1);
            if (const Shift quotes = shift(one.quotes))
                add(Change::quoting_changed, subject, "the quotes " + place, one.quotes, quotes);
            else
                add(Change::field_retyped, subject, "the type " + place, one.types, shift(one.types));
        }
    }

    bool are_swapped(const OtherField& first, const OtherField& second) {
        const Shift one = shift(first.types), other = shift(second.types);
        const auto field = [this](const Pair* pair, std::size_t place) { return taken_apart(pair->form).fields[place]; };
        return one.gone != nullptr && one.come != nullptr && other.gone != nullptr && other.come != nullptr &&
               field(one.gone, first.place) == field(other.come, second.place) &&
               field(one.come, first.place) == field(other.gone, second.place);
    }

    void frame(const Subject& subject, const Pairs& frames) {
        if (const Shift changed = shift(frames))
            add(Change::framing_changed, subject, "other line ends or blanks around it", frames, changed);
    }

    void payload(const Subject& subject, const Pairs& classes) {
        if (const Shift changed = shift(classes))
            add(Change::payload_changed, subject, "its payload is spelled otherwise", classes, changed);
    }

    void value(const Subject& subject, const Pairs& values) {
        if (values.contains(std::string{Profile::many})) return;
        const Shift changed = shift(values);
        if (changed.come == nullptr) return;
        const bool number = changed.come->form.find_first_not_of("-0123456789") == std::string::npos;
        add(Change::value_outside, subject, subject.detail + " is " + changed.come->form + ", which it never was", values,
            changed, !number);
    }

    void ranges() {
        if (same_script_) return;  // what is measured differs in each run
        for (const auto& [subject, old] : old_.ranges) {
            const auto found = now_.ranges.find(subject);
            if (found == now_.ranges.end()) continue;
            const Range& now = found->second;
            judged_ = subject;
            if (now.most > old.most) outside(subject, old, now, true);
            if (now.least < old.least) outside(subject, old, now, false);
        }
    }
    /// Above the old one's, or below.
    void outside(const Subject& subject, const Range& old, const Range& now, bool above) {
        const std::uint64_t reached = above ? now.at_most : now.at_least;
        if (!tells({0, old.count}, {reached, now.count})) return;
        const auto shown = [&](const Range& one, std::uint64_t count) {
            const std::string& line = (above ? one.most_line : one.least_line).line();
            return Shown{std::to_string(one.least) + ".." + std::to_string(one.most), count, one.count, line,
                         messages_.place_of(line, std::to_string(above ? one.most : one.least))};
        };
        add(Change::value_outside, subject, subject.detail + " reaches " + std::to_string(above ? now.most : now.least), false,
            shown(old, old.count), shown(now, reached));
    }

    // ── What comes, and when ────────────────────────────────────────────────────────────────────────────────────────────────

    void result(const Subject& subject, const Pairs& results) {
        const Shift changed = shift(results);
        const bool error_is_gone = changed.gone != nullptr && changed.gone->form.find("ERROR") != std::string::npos;
        if (!changed || (changed.come == nullptr && error_is_gone)) return;
        const std::string says =
            changed.come != nullptr ? changed.come->form + ", which it never had" : changed.gone->form + " comes no more";
        add(Change::result_changed, subject, says, results, changed);
    }

    /// Where most stand: a line that comes unasked may stand anywhere.
    void place(const Subject& subject, const Pairs& places) {
        const auto most = [&places](auto side) {
            return &std::ranges::max_element(places, {}, [side](const auto& one) { return (one.second.*side).count; })->second;
        };
        const Shift changed{most(&Pair::old), most(&Pair::now)};
        const Totals all = totals(places);
        if (changed.gone == changed.come) return;
        if (tells({changed.come->old.count, all.old}, {changed.come->now.count, all.now}))
            add(Change::order_changed, subject, "it stands " + changed.come->form + ", not " + changed.gone->form, places,
                changed);
    }

    /// How many commands had a result, of the triggers that are wanted.
    Totals answered(const std::function<bool(const std::string&)>& wanted) const {
        Totals all;
        for (const auto& [what, results] : old_.seen)
            if (what.first == About::result && wanted(what.second.trigger)) all.old += count(results);
        for (const auto& [what, results] : now_.seen)
            if (what.first == About::result && wanted(what.second.trigger)) all.now += count(results);
        return all;
    }

    /// What only one of the two has in the answers to a command.
    void answers() {
        const auto one_sided = [this](const Profile& with, const Profile& without, bool appeared) {
            for (const auto& [what, places] : with.seen) {
                if (what.first != About::place || !without.of(About::place, what.second).empty()) continue;
                judged_ = what.second;
                const Subject command{what.second.trigger, {}, {}};
                const Share none{0, count(without.of(About::result, command))};
                const Share some{count(places), std::max(count(places), count(with.of(About::result, command)))};
                if (what.second.message == unnamed || none.total == 0 || !tells(none, some)) continue;
                presence(what.second, with, some, none, appeared);
            }
        };
        one_sided(old_, now_, false);
        one_sided(now_, old_, true);
    }

    /// The same of what nobody asks for: compared with how much was said, and where it is about a socket with how many were opened.
    void unasked() {
        const auto lines = [](const Profile& profile) {
            std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> all;  // unasked, and in any place
            for (const auto& [what, shapes] : profile.seen) {
                if (what.first != About::shape) continue;
                auto& [alone, anywhere] = all[what.second.message];
                anywhere += count(shapes);
                if (what.second.trigger.empty()) alone += count(shapes);
            }
            return all;
        };
        const auto of_old = lines(old_), of_now = lines(now_);
        const auto one_sided = [this](const auto& with, const auto& without, bool appeared) {
            const auto sides = [appeared](const Totals& all) {
                return appeared ? std::pair{all.now, all.old} : std::pair{all.old, all.now};
            };
            for (const auto& [message, counts] : with) {
                const std::uint64_t came = counts.first;
                if (came == 0 || without.contains(message) || message == unnamed) continue;
                const auto [mine, others] = sides(answered_);
                const auto [my_opened, others_opened] = sides(opened_);
                const bool of_socket = my_opened + others_opened != 0 && has_socket(dialect_, message);
                if (others == 0 || (of_socket && others_opened == 0)) continue;
                double chance = chance_of_none(others, {came, mine});
                if (of_socket) chance = std::max(chance, chance_of_none(others_opened, {came, my_opened}));
                judged_ = {{}, message, {}};
                if (!tells(chance)) continue;
                presence({{}, message, {}}, appeared ? now_ : old_, {came, of_socket ? my_opened : mine},
                         {0, of_socket ? others_opened : others}, appeared);
            }
        };
        one_sided(of_old, of_now, false);
        one_sided(of_now, of_old, true);
    }

    void presence(const Subject& subject, const Profile& with, const Share& some, const Share& none, bool appeared) {
        Shown there{.count = some.count, .total = some.total};
        std::uint64_t most = 0;
        for (const auto& [what, shapes] : with.seen)
            if (what.first == About::shape && what.second.message == subject.message && what.second.trigger == subject.trigger)
                for (const auto& [shape, seen] : shapes)
                    if (seen.count > most) {
                        most = seen.count;
                        there.form = shape;
                        there.line = seen.example.line();
                    }
        Shown missing{.total = none.total};
        if (appeared)
            add(Change::message_appeared, subject, "it never came", false, missing, there);
        else
            add(Change::message_vanished, subject, "it comes no more", !subject.trigger.empty(), there, missing);
    }

    /// A message that vanished and one of its name that appeared in the same place.
    void renamed() {
        auto& all = found_.differences;
        for (auto gone = all.begin(); gone != all.end(); ++gone) {
            if (gone->change != Change::message_vanished) continue;
            const auto come = std::ranges::find_if(all, [&gone](const Difference& one) {
                return one.change == Change::message_appeared && one.subject.trigger == gone->subject.trigger &&
                       stem(one.subject.message) == stem(gone->subject.message);
            });
            if (come == all.end()) continue;
            gone->change = Change::message_renamed;
            gone->says = "it is called " + come->subject.message;
            gone->breaks = true;
            gone->now = come->now;
            point(*gone);
            const auto place = gone - all.begin() - (come < gone ? 1 : 0);
            all.erase(come);
            gone = all.begin() + place;
        }
    }

    // ── Times ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    void slower() {
        for (const auto& [subject, old] : old_.times) {
            const auto found = now_.times.find(subject);
            if (found == now_.times.end() || old.count() < fewest_times || found->second.count() < fewest_times) continue;
            if (!grown(subject, old, found->second, 0.5, "the median")) grown(subject, old, found->second, 0.95, "95 % of them");
        }
    }

    bool grown(const Subject& subject, const Times& old, const Times& now, double part, const std::string& what) {
        const std::uint32_t was = old.quantile(part), is = now.quantile(part);
        if (is < was + least_growth_ms || is < least_growth * was) return false;
        Times both = old;
        both += now;
        const std::uint32_t between = std::min(both.quantile(part), is - 1);
        const double likely = chance({old.longer_than(between), old.count()}, {now.longer_than(between), now.count()});
        if (likely >= limit_) {
            uncertain_.insert(subject);
            return false;
        }
        const auto shown = [](const Times& one, std::uint32_t milliseconds) {
            return Shown{std::to_string(milliseconds) + " ms", one.count(), one.count(), one.slowest().line()};
        };
        add(Change::times_grown, subject, what + " takes " + std::to_string(is) + " ms, not " + std::to_string(was), false,
            shown(old, was), shown(now, is));
        return true;
    }

    const Profile& old_;
    const Profile& now_;
    bool same_script_;
    const atwire::Dialect& dialect_;
    Messages messages_;
    double limit_ = 0;
    Totals answered_{}, opened_{};
    Subject judged_{};               ///< what is looked at
    std::set<Subject> uncertain_{};  ///< what differs too seldom to tell
    Compared found_{};
};

}  // namespace

std::string_view name(Change change) {
    constexpr std::string_view names[] = {"field-added",      "field-removed",    "field-reordered", "field-retyped",
                                          "quoting-changed",  "spacing-changed",  "framing-changed", "payload-changed",
                                          "message-appeared", "message-vanished", "message-renamed", "order-changed",
                                          "result-changed",   "value-outside",    "times-grown"};
    static_assert(std::size(names) == changes);
    return names[static_cast<std::size_t>(change)];
}

std::optional<Change> change_named(std::string_view text) {
    for (std::size_t i = 0; i < changes; ++i)
        if (name(static_cast<Change>(i)) == text) return static_cast<Change>(i);
    return {};
}

Compared compare(const Profile& old, const Profile& now, bool same_script) {
    if (old.dialect == nullptr || now.dialect == nullptr) return {};
    if (old.dialect != now.dialect)
        throw std::invalid_argument{"the old one's dialect is " + std::string{old.dialect->facts.name} + ", the new one's is " +
                                    std::string{now.dialect->facts.name}};
    return Comparison{old, now, same_script}.run();
}

}  // namespace conformance
