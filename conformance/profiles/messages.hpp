// The name of a module's line, and its shape: what stands there for certain, and types where its values stand.
#ifndef CONFORMANCE_PROFILES_MESSAGES_HPP
#define CONFORMANCE_PROFILES_MESSAGES_HPP

#include <atwire/dialect.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// The name of a line that has none.
inline constexpr std::string_view unnamed = "<text>";

/// What the modules of a dialect say.
class Messages {
public:
    explicit Messages(const atwire::Dialect& dialect);

    /// What a line is called, however it is spaced and quoted, and how many of its bytes say so.
    struct Name {
        std::string message{};  ///< `+QIURC: "recv"`, `+CIPRXGET: 1`, `OK`, `>`; `unnamed` where it is none of these
        std::size_t length = 0;
    };
    /// The dialect's own where it has one that fits; else `+NAME`, with a quoted word behind it; else words as they stand.
    [[nodiscard]] Name name(std::string_view line) const;

    /// `+QIURC: "recv",<int>,<int>`: quotes, blanks and separators as they are; `<int>`, `<number>` with a point, `<hex>`, `<ip>`,
    /// `<time>`, `<list>` (of ranges), `<word>`, `<string>` (whatever else stands between quotes), `<text>` for values.
    [[nodiscard]] std::string shape(std::string_view line) const;

    /// Where two lines stop to look alike, in either: at the name, a separator, a value, or the end.
    struct Parting {
        std::size_t one = 0, other = 0;
    };
    [[nodiscard]] Parting parting(std::string_view one, std::string_view other) const;
    /// Where the first value stands that reads so, with or without quotes; behind the name where none does.
    [[nodiscard]] std::size_t place_of(std::string_view line, std::string_view value) const;

    /// The settings, of those that decide how a message looks, that aren't at the module's default: `showlength=1 viewmode=1`.
    /// `line` says whose socket's access mode and service count, where they do.
    [[nodiscard]] std::string settings(std::string_view line, const atwire::Settings& settings) const;

private:
    struct Head {
        std::string message;  ///< of the row, without what separates it from its first field
        std::string plain;    ///< the same without blanks and quotes
        bool socket = false;  ///< the first field is a socket whose mode decides the form
        std::vector<atwire::Kind> kinds{};
    };
    [[nodiscard]] const Head* head(std::string_view line, std::size_t& length) const;

    const atwire::Dialect& dialect_;
    std::vector<Head> heads_{};  ///< the longest first
};

/// A shape taken apart.
struct ShapeFields {
    struct Field {
        bool quoted = false;
        std::string type{};  ///< what stands there without quotes
        bool operator==(const Field&) const = default;
    };
    std::string spacing{};  ///< the name and the separators with their blanks; the same for any number of fields but none
    bool quoted_name = false;
    std::vector<Field> fields{};
};
/// `name`: how many bytes of the shape are the message's name.
[[nodiscard]] ShapeFields fields_of(std::string_view shape, std::size_t name);

/// What a payload looks like: `<hex>` digits only, `<text>`, `<bytes>`.
[[nodiscard]] std::string_view class_of_payload(std::string_view data);

}  // namespace conformance

#endif
