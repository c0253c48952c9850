#include "report/template.hpp"

#include <stdexcept>
#include <vector>

namespace conformance {
namespace {

using Json = nlohmann::ordered_json;

struct Tag {
    enum class Type { text, raw, section, inverted, end };
    Type type;
    std::string_view name;
    std::size_t begin, end;  ///< in the text, with the line's indentation and its end where nothing else is on it
};

[[noreturn]] void fail(std::string_view name, const char* why) {
    throw std::logic_error{"the template's {{" + std::string{name} + "}} " + why};
}

/// Takes in what else is on the tag's line, if that is only blanks.
void widen(std::string_view text, Tag& tag) {
    std::size_t begin = tag.begin, end = tag.end;
    while (begin != 0 && text[begin - 1] == ' ') --begin;
    if ((begin != 0 && text[begin - 1] != '\n') || end >= text.size() || text[end] != '\n') return;
    tag.begin = begin;
    tag.end = end + 1;
}

/// The next tag from `from` on; one at the text's end that is empty where there is none.
Tag next_tag(std::string_view text, std::size_t from) {
    const std::size_t begin = text.find("{{", from);
    if (begin == text.npos) return {Tag::Type::text, {}, text.size(), text.size()};
    const bool raw = text.substr(begin).starts_with("{{{");
    const std::string_view close = raw ? "}}}" : "}}";
    const std::size_t inner = begin + close.size();
    const std::size_t stop = text.find(close, inner);
    if (stop == text.npos) fail(text.substr(inner, 20), "isn't closed");
    std::string_view name = text.substr(inner, stop - inner);
    Tag tag{raw ? Tag::Type::raw : Tag::Type::text, name, begin, stop + close.size()};
    if (raw || name.empty()) return tag;
    switch (name.front()) {
        case '#': tag.type = Tag::Type::section; break;
        case '^': tag.type = Tag::Type::inverted; break;
        case '/': tag.type = Tag::Type::end; break;
        default: return tag;
    }
    tag.name.remove_prefix(1);
    widen(text, tag);
    return tag;
}

bool is_there(const Json* value) {
    if (value == nullptr || value->is_null()) return false;
    if (value->is_boolean()) return value->get<bool>();
    if (value->is_string()) return !value->get_ref<const std::string&>().empty();
    return !value->is_array() || !value->empty();
}

class Filling {
public:
    Filling(std::string_view text, const Json& values) : text_{text}, scopes_{&values} {}
    std::string result() {
        fill(0, {}, true);
        return std::move(result_);
    }

private:
    /// Writes from there to the end of the section, or of the text, and says where that is. `shown`: else it is only passed over.
    std::size_t fill(std::size_t from, std::string_view section, bool shown) {
        while (true) {
            const Tag tag = next_tag(text_, from);
            if (shown) result_ += text_.substr(from, tag.begin - from);
            if (tag.begin == text_.size()) {
                if (!section.empty()) fail(section, "has no end");
                return tag.end;
            }
            from = tag.end;
            switch (tag.type) {
                case Tag::Type::text:
                    if (shown) result_ += html(text_of(tag.name));
                    break;
                case Tag::Type::raw:
                    if (shown) result_ += text_of(tag.name);
                    break;
                case Tag::Type::section: from = fill_section(tag, shown); break;
                case Tag::Type::inverted: from = fill(tag.end, tag.name, shown && !is_there(find(tag.name))); break;
                case Tag::Type::end:
                    if (tag.name != section) fail(tag.name, "ends another section");
                    return tag.end;
            }
        }
    }

    std::size_t fill_section(const Tag& tag, bool shown) {
        const Json* value = shown ? find(tag.name) : nullptr;
        if (!is_there(value)) return fill(tag.end, tag.name, false);
        if (!value->is_array()) return fill_with(tag, *value);
        std::size_t end = tag.end;
        for (const Json& item : *value) end = fill_with(tag, item);
        return end;
    }

    std::size_t fill_with(const Tag& tag, const Json& scope) {
        scopes_.push_back(&scope);
        const std::size_t end = fill(tag.end, tag.name, true);
        scopes_.pop_back();
        return end;
    }

    [[nodiscard]] const Json* find(std::string_view name) const {
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
            if ((*scope)->is_object())
                if (const auto found = (*scope)->find(std::string{name}); found != (*scope)->end()) return &*found;
        return nullptr;
    }
    [[nodiscard]] std::string text_of(std::string_view name) const {
        const Json* value = find(name);
        if (value != nullptr && value->is_string()) return value->get<std::string>();
        if (value == nullptr || !value->is_number()) fail(name, "has no text");
        return value->dump();
    }

    std::string_view text_;
    std::vector<const Json*> scopes_;
    std::string result_;
};

}  // namespace

std::string filled(std::string_view text, const Json& values) { return Filling{text, values}.result(); }

std::string html(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '<': safe += "&lt;"; break;
            case '>': safe += "&gt;"; break;
            case '&': safe += "&amp;"; break;
            case '"': safe += "&quot;"; break;
            case '\'': safe += "&#39;"; break;
            default: safe += c;
        }
    }
    return safe;
}

}  // namespace conformance
