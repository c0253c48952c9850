// A report as one page: HTML that needs nothing beside it, to be read with or without JavaScript. page.html is its frame, page.css its
// looks, timeline.js what moves.
#ifndef CONFORMANCE_REPORT_PAGE_HPP
#define CONFORMANCE_REPORT_PAGE_HPP

#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// How grave a thing is; the page's colours.
enum class Tone { good, note, warning, error };

/// Bytes that an entry is about. Texts are UTF-8; bytes have been escaped.
struct Quote {
    std::string id{};                    ///< its anchor; empty where nothing leads to it
    std::string place{};                 ///< file and line
    std::string text{};                  ///< one line; empty where there are no bytes
    std::optional<std::size_t> caret{};  ///< the column of the byte that is meant
    std::string expected{};              ///< what should have been there; may be empty
    /// The message of a timeline that shows it.
    struct Shown {
        std::size_t timeline = 0, message = 0;
    };
    std::optional<Shown> shown{};
};

struct Entry {
    Tone tone = Tone::error;
    std::string label{};      ///< a word beside the name; where it is empty, that of the tone
    std::string name{};       ///< a rule's id, a kind of change
    std::string statement{};  ///< a sentence
    std::string source{};     ///< of the manual
    std::size_t count = 0;    ///< how often it was found; what isn't quoted is only counted
    std::vector<Quote> quotes{};
};

struct Group {
    std::string title{};
    std::vector<Entry> entries{};
};

/// A capture, or whatever else the report is about.
struct Source {
    std::string name{};
    std::string facts{};  ///< its dialect, form, what it can't show
    Tone tone = Tone::good;
    std::string result{};  ///< "2 errors", or why it couldn't be read
};

struct Page {
    std::string title{};    ///< of the window: "check: deviates"
    std::string program{};  ///< "atwire check"
    Tone tone = Tone::good;
    std::string verdict{};  ///< a word or two
    std::string summary{};  ///< one line: counts
    std::string advice{};   ///< what to do now
    std::vector<Source> sources{};
    std::vector<Group> groups{};  ///< those without entries are left out
    /// What the timeline calls what was found.
    std::vector<std::pair<Tone, std::string>> legend{{Tone::error, "error"}, {Tone::warning, "warning"}, {Tone::note, "note"}};
    /// What timeline.js takes, a list; empty where there is nothing to draw.
    nlohmann::ordered_json timelines = nlohmann::ordered_json::array();
};

void write_page(std::ostream& output, const Page& page);

/// Text of anyone's as the page shows it: UTF-8 stays, control characters and bytes that are none become \xHH.
[[nodiscard]] std::string printable(std::string_view text);

/// JSON that can stand in a <script> element: nothing in it ends the element or begins a comment.
[[nodiscard]] std::string json_for_script(const nlohmann::ordered_json& value);

}  // namespace conformance

#endif
