#include "gate/diff.hpp"

#include <algorithm>
#include <set>

#include "transcripts/bytes.hpp"

namespace conformance {

std::size_t Diff::breaking() const { return static_cast<std::size_t>(std::ranges::count_if(found, &Difference::breaks)); }

std::string about(const Difference& difference) {
    std::string text;
    for (const std::string& part : {difference.subject.trigger, difference.subject.message, difference.subject.detail})
        if (!part.empty()) text += (text.empty() ? "" : " ") + escape(part);
    return text;
}

Diff diff_of(const Profile& old, const Profile& now, bool same_script, const KnownDeviations& known) {
    Compared compared = compare(old, now, same_script);
    Diff diff{.dialect = old.dialect, .old = {{}, old.firmware}, .now = {{}, now.firmware}, .same_script = same_script};
    diff.too_few = compared.too_few;
    std::vector<bool> hit(known.entries().size());
    for (Difference& one : compared.differences) {
        const std::vector<std::size_t> entries = known.find(name(one.change), about(one));
        for (const std::size_t entry : entries) hit[entry] = true;
        if (entries.empty())
            diff.found.push_back(std::move(one));
        else
            ++diff.known;
    }
    for (std::size_t i = 0; i < hit.size(); ++i)
        if (!hit[i]) diff.gone.push_back(known.entries()[i]);
    return diff;
}

std::string updated_known(const Diff& diff, const KnownDeviations& known) {
    std::vector<bool> gone;
    for (const KnownDeviation& entry : known.entries())
        gone.push_back(std::ranges::find(diff.gone, entry.line, &KnownDeviation::line) != diff.gone.end());
    std::vector<KnownDeviation> added;
    std::set<std::pair<std::string_view, std::string>> lines;
    for (const Difference& one : diff.found)
        if (lines.emplace(name(one.change), about(one)).second) added.push_back({std::string{name(one.change)}, about(one), {}});
    return known.updated(gone, added);
}

}  // namespace conformance
