// Each form that has a name of its own has lines in corpus/<dialect>/rejects that break it: a field missing, one of another type,
// a number too large.
#include <gtest/gtest.h>

#include <algorithm>
#include <atwire/dialects/general.hpp>

#include "facts/coverage.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

using namespace atwire;

struct Reject {
    std::string text;
    std::size_t fault = 0;
    [[nodiscard]] bool is_digit(std::size_t at) const { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }
    [[nodiscard]] bool ends_early() const { return fault == text.size(); }
    [[nodiscard]] bool is_too_large() const { return fault != 0 && is_digit(fault) && is_digit(fault - 1); }
    [[nodiscard]] bool has_another_type() const { return !ends_early() && !is_digit(fault) && text[fault] != ','; }
};

/// The malformed lines of a dialect's rejects; of all dialects where none is given.
std::vector<Reject> rejects(std::string_view dialect) {
    std::vector<Reject> found;
    for (const CorpusFile& file : corpus()) {
        if (!file.is_reject() || (!dialect.empty() && file.folder != dialect)) continue;
        for (const Step& step : file.transcript.steps) {
            if (step.type != Step::Type::expected || step.expected.event != "malformed") continue;
            const auto text = from_utf8(step.expected.fields["text"].get_ref<const std::string&>());
            found.push_back({*text, step.expected.fields["fault"].get<std::size_t>()});
        }
    }
    return found;
}

/// `+QIOPEN`, `+QIURC: "recv"`, `RECV FROM:`. Words like OK have no name: another word is another text.
std::string name_of(const Form& form) {
    const bool named = form.head.starts_with("+") || form.head.find(':') != std::string_view::npos;
    const std::size_t end = form.head.find_last_not_of(" ,");
    return named && form.size() != 0 && !form.items[0].optional ? std::string{form.head.substr(0, end + 1)} : std::string{};
}

bool is_number(const Item& item) {
    return item.spelling == Spelling::decimal || item.spelling == Spelling::length || item.spelling == Spelling::integer ||
           item.spelling == Spelling::list;
}

/// Whether any text may stand behind the form's name: `+CME ERROR: SIM busy`. Then no field there is of a wrong type.
bool takes_any_text(const Form& form, const Facts& facts) {
    return std::any_of(facts.forms.begin(), facts.forms.end(),
                       [&](const Form& other) { return other.head == form.head && other.items[0].spelling == Spelling::rest; });
}

/// The first kind of reject that a form lacks among the lines that begin with its name.
std::string missing(const Form& form, const std::vector<Reject>& lines, bool typed) {
    const auto any = [&](bool (Reject::*is)() const) {
        return std::any_of(lines.begin(), lines.end(), [&](const Reject& l) { return (l.*is)(); });
    };
    const std::span items{form.items.data(), form.size()};
    const bool numbers = std::any_of(items.begin(), items.end(), is_number);
    if (!any(&Reject::ends_early)) return "one that misses a field";
    if (typed && !any(&Reject::has_another_type)) return "one with a field of another type";
    if (numbers && !any(&Reject::is_too_large)) return "one with a number too large";
    return {};
}

class Rejects : public testing::TestWithParam<const Dialect*> {};

TEST_P(Rejects, BreakEveryFormInEveryWay) {
    const Facts& facts = GetParam()->facts;
    for (const Form& form : facts.forms) {
        const bool general =
            &form < facts.forms.data() + tables::general_forms.size();  // one grammar: any dialect may break them
        const std::string name = name_of(form);
        auto lines = rejects(general ? "" : facts.name);
        std::erase_if(lines, [&](const Reject& line) { return !line.text.starts_with(name); });
        if (name.empty()) continue;
        EXPECT_EQ(missing(form, lines, !takes_any_text(form, facts)), "")
            << form.production << ": lacks rejects that begin with " << name;
    }
}

INSTANTIATE_TEST_SUITE_P(, Rejects, testing::ValuesIn(dialects().begin(), dialects().end()),
                         [](const auto& dialect) { return std::string{dialect.param->facts.name}; });

}  // namespace
}  // namespace conformance
