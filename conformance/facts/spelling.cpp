#include "facts/spelling.hpp"

#include <algorithm>
#include <utility>

namespace conformance {

using namespace atwire;

namespace {

constexpr std::string_view line_break = "<CR><LF>";

void put(std::vector<Token>& tokens, std::string_view text) {
    if (text.empty()) return;
    if (tokens.empty() || tokens.back().parameter)
        tokens.push_back({.text = std::string{text}});
    else
        tokens.back().text += text;
}

void put(std::vector<Token>& tokens, const Item& item, Kind kind) {
    const bool quotes = item.spelling == Spelling::quoted || item.spelling == Spelling::time || item.spelling == Spelling::text;
    put(tokens, quotes ? "\"" : "");
    tokens.push_back({true, std::string{item.parameter}, domain_of(item, kind)});
    put(tokens, quotes ? "\"" : "");
}

/// The digits of a token, as many as its length says.
void put_digits(std::vector<Token>& tokens, const Item& token, Kind kind) {
    put(tokens, token.parts[0], kind);
    tokens.back().domain.rule = "n=2*" + std::string{token.parameter};
}

void put_option(std::vector<Token>& tokens, const Item& options, Kind kind) {
    put(tokens, options.parts[0], kind);
    put(tokens, ",");
    put(tokens, options.parts[1], kind);
}

/// `header` with the form's item `i` behind it. Options: none, one, and several.
std::vector<WireForm> with_item(const WireForm& header, std::size_t i) {
    const Kind kind = header.form->kind;
    const Item& item = header.form->items[i];
    if (item.spelling == Spelling::constant) return {header};
    WireForm more = header;
    if (i != 0 || item.before != ",") put(more.tokens, item.before);
    if (item.spelling != Spelling::options) put(more.tokens, item, kind);
    if (item.spelling == Spelling::token || item.spelling == Spelling::counted) put(more.tokens, ",");
    if (item.spelling == Spelling::token) put_digits(more.tokens, item, kind);
    if (item.spelling != Spelling::options && item.spelling != Spelling::counted) return {more};
    put_option(more.tokens, item, kind);
    WireForm several = more;
    put(several.tokens, ",");
    put_option(several.tokens, item, kind);
    put(several.tokens, "...");
    return {header, more, several};
}

std::string length_of(const Form& form) {
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form.items[i].spelling == Spelling::length) return std::string{form.items[i].parameter};
    return {};
}

WireForm under(WireForm spelled, const std::string& setting, const std::string& value) {
    spelled.settings[setting] = value;
    return spelled;
}

/// The header's length; nullptr where it has none.
Token* length_in(WireForm& header) {
    const std::string name = length_of(*header.form);
    for (Token& token : header.tokens)
        if (token.parameter && token.text == name) return &token;
    return nullptr;
}

/// What decides how a payload is spelled, and how: nothing where the form says it.
struct Choice {
    std::string setting, raw, hex;
};
Choice choice_of(Spelled spelled) {
    switch (spelled) {
        case Spelled::dataformat: return {"dataformat", "0", "1"};
        case Spelled::content_format: return {"coap_payload", "text", "hex"};
        default: return {};
    }
}

/// Whether a payload without a length has an end.
bool ends_at_crlf(Body body) { return body == Body::unframed || body == Body::viewmode_unframed; }

/// `header`, and behind it the payload: `data` in one of its two spellings.
void add_payload(std::vector<WireForm>& all, WireForm header, std::string_view before, std::string_view behind) {
    const Spelled spelling = header.form->spelled;
    const Choice choice = choice_of(spelling);
    const std::string length = length_in(header) == nullptr ? std::string{} : length_of(*header.form);
    header.payload = true;
    put(header.tokens, before);
    for (const bool hex : {false, true}) {
        if (choice.setting.empty() && hex != (spelling == Spelled::hex)) continue;
        WireForm spelled = header;
        const std::string without_length = ends_at_crlf(header.form->body) ? "to the next CRLF" : "without an end";
        const std::string rule = length.empty() ? without_length : (hex ? "n=2*" : "n=") + length;
        spelled.tokens.push_back({true, "data", {.sort = Domain::Sort::data, .stated = true, .rule = rule}});
        put(spelled.tokens, behind);
        if (!choice.setting.empty()) spelled.settings[choice.setting] = hex ? choice.hex : choice.raw;
        all.push_back(spelled);
    }
}

void add_bodies(std::vector<WireForm>& all, WireForm header) {
    Token* length = length_in(header);
    if (header.form->body != Body::none && header.form->body != Body::comma && length != nullptr && length->domain.holds("0")) {
        const auto any_length = std::exchange(length->domain.spans, {{0, 0}});
        if (length == &header.tokens.back()) all.push_back(header);  // where nothing follows, nothing remains either
        length->domain.spans = {{1, any_length.back().second}};
    }
    switch (header.form->body) {
        case Body::none: all.push_back(header); break;
        case Body::line: add_payload(all, header, line_break, ""); break;
        case Body::viewmode:
            add_payload(all, under(header, "viewmode", "0"), line_break, "");
            add_payload(all, under(header, "viewmode", "1"), ",", "");
            break;
        case Body::viewmode_quoted:
            add_payload(all, under(header, "viewmode", "0"), line_break, "");
            add_payload(all, under(under(header, "viewmode", "1"), "payload_quotes", "1"), ",\"", "\"");
            add_payload(all, under(under(header, "viewmode", "1"), "payload_quotes", "0"), ",", "");
            break;
        case Body::unframed:
            all.push_back(under(header, "ciphead", "1"));  // the header that follows says how long it is
            add_payload(all, under(header, "ciphead", "0"), line_break, "");
            break;
        case Body::viewmode_unframed:
            header.settings["showlength"] = length == nullptr ? "0" : "1";
            add_payload(all, under(header, "viewmode", "0"), line_break, "");
            add_payload(all, under(header, "viewmode", "1"), ",", "");
            break;
        case Body::comma:  // of a payload of 0 bytes too
            if (length == nullptr)
                all.push_back(header);
            else
                add_payload(all, header, ",", "");
            break;
    }
}

/// Where a bracket that opens at `at` closes.
std::size_t closing(const std::string& syntax, std::size_t at) {
    int depth = 0;
    for (std::size_t i = at; i < syntax.size(); ++i) {
        if (syntax[i] == '[') ++depth;
        if (syntax[i] == ']' && --depth == 0) return i;
    }
    return std::string::npos;
}

std::vector<std::string> without_brackets(const std::string& syntax) {
    const std::size_t open = syntax.find('[');
    if (open == std::string::npos) return {syntax};
    const std::size_t close = closing(syntax, open);
    std::vector<std::string> all;
    for (const bool there : {true, false}) {
        const std::string middle = there ? syntax.substr(open + 1, close - open - 1) : std::string{};
        for (const std::string& rest : without_brackets(middle + syntax.substr(close + 1)))
            all.push_back(syntax.substr(0, open) + rest);
    }
    return all;
}

/// `{<IP_address>|<domain_name>}` as `<IP_address>`.
std::string first_alternatives(std::string syntax) {
    for (std::size_t open; (open = syntax.find('{')) != std::string::npos;) {
        const std::size_t close = syntax.find('}', open);
        const std::size_t bar = std::min(syntax.find('|', open), close);
        syntax.replace(open, close - open + 1, syntax.substr(open + 1, bar - open - 1));
    }
    return syntax;
}

std::vector<Token> tokens_of(const std::string& syntax, const FormRow& row) {
    std::vector<Token> tokens;
    const auto parameters = parameters_of(row);
    for (std::size_t at = 0; at < syntax.size();) {
        const std::size_t close = syntax[at] == '<' ? syntax.find('>', at) : std::string::npos;
        const std::string name = close == std::string::npos ? "" : syntax.substr(at + 1, close - at - 1);
        const auto parameter =
            std::find_if(parameters.begin(), parameters.end(), [&](const RowParameter& p) { return p.name == name; });
        if (parameter == parameters.end()) {
            const std::size_t length = name.empty() ? 1 : name.size() + 2;  // <CR> is text
            put(tokens, std::string_view{syntax}.substr(at, length));
            at += length;
        } else {
            tokens.push_back({true, name, domain_of(*parameter, row)});
            at = close + 1;
        }
    }
    return tokens;
}

/// A value that stands where a table has a parameter: up to the byte that follows it.
std::string value_before(std::string_view text, const Token* next) {
    const std::size_t end = next == nullptr ? std::string_view::npos : text.find(next->text);
    return std::string{text.substr(0, end)};
}

/// Reads a row's tokens beside a form's.
class Reader {
public:
    explicit Reader(const std::vector<Token>& row) : row_{row} {}
    bool text(std::string_view expected) {
        while (!expected.empty()) {
            if (at_ == row_.size()) return false;
            const std::string rest = here();
            const std::size_t length = std::min(rest.size(), expected.size());
            if (length == 0 || rest.compare(0, length, expected.substr(0, length)) != 0) return false;
            expected.remove_prefix(length);
            advance(length);
        }
        return true;
    }
    bool parameter(const Token& expected, const Token* next, Domain& said) {
        if (at_ == row_.size()) return false;
        if (row_[at_].parameter) {
            if (row_[at_].text != expected.text) return false;
            said = row_[at_++].domain;
        } else {
            const std::string value = value_before(here(), next);
            if (value.empty() || !expected.domain.holds(value)) return false;
            const bool number = expected.domain.sort == Domain::Sort::number;
            said = {.sort = expected.domain.sort, .stated = true};
            if (number)
                said.spans = {{std::stoll(value), std::stoll(value)}};
            else
                said.words = {value};
            advance(value.size());
        }
        return said.overlaps(expected.domain);
    }
    [[nodiscard]] bool done() const { return at_ == row_.size(); }

private:
    /// What is left of the token; of a parameter with one value that value.
    std::string here() const {
        const Token& token = row_[at_];
        if (!token.parameter) return token.text.substr(offset_);
        const bool one =
            token.domain.stated && token.domain.spans.size() == 1 && token.domain.spans[0].first == token.domain.spans[0].second;
        return one ? std::to_string(token.domain.spans[0].first).substr(offset_) : std::string{};
    }
    void advance(std::size_t length) {
        const std::size_t left = here().size();
        offset_ = length == left ? 0 : offset_ + length;
        if (length == left) ++at_;
    }

    const std::vector<Token>& row_;
    std::size_t at_ = 0;
    std::size_t offset_ = 0;
};

bool read(const std::vector<Token>& row, const WireForm& spelled, Match& match) {
    Reader reader{row};
    for (std::size_t i = 0; i < spelled.tokens.size(); ++i) {
        const Token& token = spelled.tokens[i];
        const Token* next = i + 1 < spelled.tokens.size() ? &spelled.tokens[i + 1] : nullptr;
        if (!token.parameter) {
            if (!reader.text(token.text)) return false;
        } else if (Domain said; !reader.parameter(token, next, said)) {
            return false;
        } else {
            match.said.push_back(said);
        }
    }
    return reader.done();
}

/// Whether the row may stand under the settings of a spelling.
bool agree(const std::map<std::string, std::string>& row, const WireForm& spelled) {
    return std::all_of(spelled.settings.begin(), spelled.settings.end(), [&](const auto& setting) {
        const auto given = row.find(setting.first);
        if (given == row.end()) return true;
        const auto any = split(given->second, "|");
        return std::find(any.begin(), any.end(), setting.second) != any.end();
    });
}

void replace(std::string& text, std::string_view what, std::string_view by) {
    if (const std::size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
}

/// The documented row that a row with quirks departs from.
FormRow mended(FormRow row) {
    for (const std::string& quirk : quirks_of(row)) {
        if (quirk == "no_space_after_colon") replace(row.syntax, ":", ": ");
        if (quirk == "space_after_comma") replace(row.syntax, ", ", ",");
        if (quirk == "alias") replace(row.syntax, "QNTTP", "QNTP");
        if (quirk == "alias") replace(row.syntax, "QLWDATASTATUS", "QCOAPDATASTATUS");
        if (quirk == "leading_plus") replace(row.syntax, "+RECV", "RECV");
        if (quirk == "colon_after_length") replace(row.syntax, ":<CR><LF><data>", "<CR><LF><data>");
        if (quirk == "dotted_zero") replace(row.syntax, ",0.00,", ",0,");
        if (quirk == "decimal_mode") replace(row.params, "mode:int:131..153:", "mode:hex:2 digits:");
    }
    return row;
}

/// The row's lines with their events: `RECV FROM:…<CR><LF>+IPD<n><CR><LF><data>` is two, the second with its payload.
std::vector<MatchedLine> lines_of(const FormRow& row) {
    std::vector<MatchedLine> lines;
    for (const std::string& event : split(row.event, "+"))
        if (event != "payload") lines.push_back({event, {}});
    std::string rest = row.syntax;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        const std::size_t end = rest.find("<CR><LF>+");
        if (end == std::string::npos) break;
        lines[i].line = rest.substr(0, end);
        rest = rest.substr(end + line_break.size());
    }
    lines.back().line = rest;
    return lines;
}

}  // namespace

std::vector<WireForm> spellings(const Form& form) {
    std::vector<WireForm> all;
    std::vector<WireForm> headers{{.form = &form, .tokens = {{.text = std::string{form.head}}}}};
    if (form.settle == Settle::access_mode) headers[0].settings["access_mode"] = "0";
    for (std::size_t i = 0; i <= form.size(); ++i) {
        if (i == form.size() || form.items[i].optional)
            for (WireForm header : headers) {
                put(header.tokens, form.tail);
                add_bodies(all, header);
            }
        if (i == form.size()) break;
        std::vector<WireForm> longer;
        for (const WireForm& header : headers)
            for (const WireForm& more : with_item(header, i)) longer.push_back(more);
        headers = longer;
    }
    return all;
}

std::vector<std::vector<Token>> spellings(const std::string& syntax, const FormRow& row) {
    std::vector<std::vector<Token>> all;
    for (const std::string& one : without_brackets(first_alternatives(syntax))) all.push_back(tokens_of(one, row));
    return all;
}

std::string show(const std::vector<Token>& tokens) {
    std::string text;
    for (const Token& token : tokens) text += token.parameter ? "<" + token.text + ">" : token.text;
    return text;
}

std::vector<MatchedLine> match(const FormRow& as_listed, const Facts& facts) {
    std::vector<MatchedLine> matched;
    const FormRow row = mended(as_listed);
    const auto settings = settings_of(row);
    for (const MatchedLine& line : lines_of(row))
        for (const auto& tokens : spellings(line.line, row)) {
            MatchedLine found{line.event, show(tokens)};
            for (const Form& form : facts.forms) {
                if (name(form.kind) != line.event) continue;
                const auto ways = spellings(form);
                for (std::size_t i = 0; i < ways.size(); ++i)
                    if (Match one{&form, i}; agree(settings, ways[i]) && read(tokens, ways[i], one)) found.matches.push_back(one);
            }
            matched.push_back(found);
        }
    return matched;
}

std::vector<ByName> generated_by_name() {
    return {{"prompt", "is_prompt"},
            {"echo", "is_echo"},
            {"supported", "is_supported"},
            {"information", "is_information"},
            {"text", "other_name"},
            {"payload", ""},
            {"data_echo", ""}};
}

bool is_generated_by_name(const FormRow& row) {
    const auto names = generated_by_name();
    return std::any_of(names.begin(), names.end(), [&](const ByName& by) { return by.event == row.event; });
}

}  // namespace conformance
