// Short spellings for the rows of a dialect's tables, and what a decoder boils them down to, all at compile time.
#ifndef ATWIRE_DETAIL_TABLES_HPP
#define ATWIRE_DETAIL_TABLES_HPP

#include <atwire/detail/assemble.hpp>

#include <utility>

// Both styles of the lexers can stand in one program, for tests and benchmarks.
#ifdef ATWIRE_GOTO
#define ATWIRE_DECODING(dialect) dialect##_goto_decoding
#define ATWIRE_USUAL(forms) detail::usual_forms<forms>.data()
#else
#define ATWIRE_DECODING(dialect) dialect##_decoding
#define ATWIRE_USUAL(forms) nullptr
#endif

namespace atwire::rows {

inline constexpr std::int64_t any = 0xFFFFFFFF;

// ── Fields of what a module sends: the event's field, the manual's parameter, its documented range ──────────────────────────

constexpr Item decimal(std::string_view field, std::string_view parameter, std::int64_t minimum = 0, std::int64_t maximum = any) {
    return {.field = field, .spelling = Spelling::decimal, .parameter = parameter, .minimum = minimum, .maximum = maximum};
}
constexpr Item port(std::string_view field, std::string_view parameter) { return decimal(field, parameter, 0, 65535); }
constexpr Item length(std::string_view field, std::string_view parameter, std::int64_t minimum, std::int64_t maximum) {
    return {.field = field, .spelling = Spelling::length, .parameter = parameter, .minimum = minimum, .maximum = maximum};
}
constexpr Item integer(std::string_view field, std::string_view parameter, std::int64_t minimum,
                       std::int64_t maximum = 0x7FFFFFFF) {
    return {.field = field, .spelling = Spelling::integer, .parameter = parameter, .minimum = minimum, .maximum = maximum};
}
constexpr Item text(Spelling spelling, std::string_view field, std::string_view parameter, std::int64_t longest) {
    return {.field = field, .spelling = spelling, .parameter = parameter, .minimum = 1, .maximum = longest};
}
constexpr Item quoted(std::string_view field, std::string_view parameter, std::int64_t longest = 255) {
    return text(Spelling::quoted, field, parameter, longest);
}
constexpr Item quoted(std::string_view field, std::string_view parameter, std::span<const std::string_view> words) {
    Item item = quoted(field, parameter);
    item.words = words;
    return item;
}
/// Text that may be empty.
constexpr Item empty_or(Item item) {
    item.minimum = 0;
    return item;
}
/// Just so many hexadecimal digits, without quotes.
constexpr Item hex(std::string_view field, std::string_view parameter, std::int64_t digits) {
    Item item = text(Spelling::hex, field, parameter, digits);
    item.minimum = digits;
    return item;
}
/// An address without quotes: at most 45 bytes (RFC 4291 with an embedded IPv4 address).
constexpr Item bare(std::string_view field, std::string_view parameter) { return text(Spelling::bare, field, parameter, 45); }
constexpr Item rest(std::string_view field, std::string_view parameter, std::int64_t longest = 255) {
    return text(Spelling::rest, field, parameter, longest);
}
constexpr Item rest(std::string_view field, std::string_view parameter, std::span<const std::string_view> words) {
    Item item = rest(field, parameter);
    item.words = words;
    return item;
}
/// A time with two or four digits of the year.
constexpr Item time(std::string_view field, std::string_view parameter, int year_digits) {
    return {.field = field, .spelling = Spelling::time, .parameter = parameter, .minimum = 0, .maximum = year_digits};
}
/// A value of a setting that is read back.
constexpr Item value(std::string_view parameter, std::int64_t minimum = 0, std::int64_t maximum = any) {
    return {.field = "values", .spelling = Spelling::list, .parameter = parameter, .minimum = minimum, .maximum = maximum};
}
constexpr Item word(std::string_view parameter, std::span<const std::string_view> words) {
    return {.field = "values", .spelling = Spelling::word, .parameter = parameter, .words = words};
}
/// The same, text between quotes.
constexpr Item text_value(std::string_view parameter, std::int64_t longest) {
    return {.field = "values", .spelling = Spelling::text, .parameter = parameter, .minimum = 0, .maximum = longest};
}
/// A number that is one of a table's codes.
constexpr Item one_of(const CodeTable& codes, Item item) {
    item.codes = &codes;
    item.minimum = item.maximum = codes.codes.front().code;
    for (const Code& code : codes.codes) {
        if (code.code < item.minimum) item.minimum = code.code;
        if (code.code > item.maximum) item.maximum = code.code;
    }
    return item;
}
/// `2.05`
constexpr Item code(std::string_view field, std::string_view parameter, const CodeTable& codes) {
    return one_of(codes, {.field = field, .spelling = Spelling::code, .parameter = parameter});
}
/// A token behind its length in bytes; `digits` is its own row.
constexpr Item token(std::string_view field, std::string_view length, std::int64_t longest, const Item& digits) {
    return {.field = field, .spelling = Spelling::token, .parameter = length, .minimum = 1, .maximum = longest, .parts = &digits};
}
/// Options, at most so many; `parts` are the rows of an option's number and of its value.
constexpr Item options(std::string_view field, std::int64_t most, const std::array<Item, 2>& parts) {
    return {.field = field, .spelling = Spelling::options, .minimum = 0, .maximum = most, .parts = parts.data()};
}
/// The same behind their count. Where there are none, the count is left out too.
constexpr Item counted(std::string_view field, std::string_view count, std::int64_t most, const std::array<Item, 2>& parts) {
    return {
        .field = field, .spelling = Spelling::counted, .parameter = count, .minimum = 1, .maximum = most, .parts = parts.data()};
}
constexpr Item constant(std::string_view field, std::int64_t value) {
    return {.field = field, .spelling = Spelling::constant, .parameter = field, .minimum = value, .maximum = value};
}
constexpr Item optional(Item item) {
    item.optional = true;
    return item;
}
constexpr Item behind(std::string_view before, Item item) {
    item.before = before;
    return item;
}

// ── Parameters of what a host sends ─────────────────────────────────────────────────────────────────────────────────────────

constexpr Parameter p(std::string_view name, std::int64_t minimum = 0, std::int64_t maximum = any) {
    return {.name = name, .minimum = minimum, .maximum = maximum};
}
constexpr Parameter p_text(std::string_view name, ParameterType type, std::int64_t longest = 255) {
    return {.name = name, .type = type, .minimum = 1, .maximum = longest};
}
constexpr Parameter p_words(std::string_view name, ParameterType type, std::span<const std::string_view> words) {
    return {.name = name, .type = type, .minimum = 1, .maximum = 255, .words = words};
}
constexpr Parameter p_codes(std::string_view name, const CodeTable& codes) {
    const Item range = one_of(codes, {});
    return {.name = name, .minimum = range.minimum, .maximum = range.maximum, .codes = &codes};
}
/// Text that may be empty.
constexpr Parameter empty_or(Parameter parameter) {
    parameter.minimum = 0;
    return parameter;
}
/// Text without quotes.
constexpr Parameter bare(Parameter parameter) {
    parameter.bare = true;
    return parameter;
}
/// Behind places that always stay empty.
constexpr Parameter behind_empty(std::uint8_t places, Parameter parameter) {
    parameter.gap = places;
    return parameter;
}
/// This parameter and those after it may all be given again.
constexpr Parameter repeats(Parameter parameter) {
    parameter.repeats = true;
    return parameter;
}
constexpr Parameter optional(Parameter parameter) {
    parameter.optional = true;
    return parameter;
}
/// The spellings `AT+NAME=?` and `AT+NAME?`, answered by OK.
constexpr CommandRow test_form(std::string_view section) { return {.form = CommandForm::test, .section = section}; }
constexpr CommandRow read_form(std::string_view section) { return {.form = CommandForm::read, .section = section}; }
constexpr CommandRow execute_form(std::string_view section, Result result = Result::ok) {
    return {.form = CommandForm::execute, .result = result, .section = section};
}
/// Rows of an option that isn't saved, though the command's others are.
template <std::size_t n>
constexpr std::array<CommandRow, n> lost_in_deep_sleep(std::array<CommandRow, n> rows) {
    for (CommandRow& row : rows) row.saved = Saved::nothing;
    return rows;
}
/// A row that asks for what others set.
constexpr CommandRow asking(CommandRow row) {
    row.asks = true;
    return row;
}
/// A parameter that has to be given, with what it is on a module where nobody gave it yet.
constexpr Parameter stated(Parameter parameter, std::int64_t fallback, std::string_view evidence) {
    parameter.fallback = fallback;
    parameter.evidence = evidence;
    return parameter;
}
/// An optional parameter with its documented default.
constexpr Parameter by_default(Parameter parameter, std::int64_t fallback, std::string_view evidence) {
    parameter.optional = true;
    parameter.fallback = fallback;
    parameter.evidence = evidence;
    return parameter;
}

}  // namespace atwire::rows

namespace atwire::detail {

/// Not constexpr, so that a table that is wrong doesn't compile; the message stands in the compiler's note.
void fails(const char* why);

/// The number of distinct productions among the first `count` forms.
constexpr std::size_t productions(std::span<const Form> forms) {
    std::size_t distinct = 0;
    for (std::size_t i = 0; i < forms.size(); ++i) {
        bool seen = false;
        for (std::size_t j = 0; j < i; ++j) seen = seen || forms[j].production == forms[i].production;
        distinct += seen ? 0 : 1;
    }
    return distinct;
}
/// A production's number: the order in which the table names the productions first.
constexpr std::uint8_t form_number(std::span<const Form> forms, std::string_view production) {
    for (std::size_t i = 0; i < forms.size(); ++i)
        if (forms[i].production == production) return static_cast<std::uint8_t>(productions(forms.first(i)));
    fails("the dialect's table has no form of this production");
    return 0;
}

constexpr std::uint8_t command_number(std::span<const CommandFacts> commands, std::string_view name) {
    for (std::size_t i = 0; i < commands.size(); ++i)
        if (commands[i].name == name) return static_cast<std::uint8_t>(i);
    fails("the dialect's table has no command of this name");
    return 0;
}

constexpr const Field& field_named(Kind kind, std::string_view name) {
    for (const Field& field : fields(kind))
        if (field.name == name) return field;
    fails("the event has no field of this name");
    return *fields(kind).begin();
}

/// The decode forms of a dialect, with room for the targets of all of them.
template <std::size_t forms, std::size_t targets>
struct DecodeForms {
    std::array<DecodeForm, forms> form{};
    std::array<DecodeTarget, targets> target{};
};

/// Adds the form's targets to `targets`, of which `used` are taken.
constexpr DecodeForm decode_form(const Facts& facts, const Form& form, std::span<DecodeTarget> targets, std::size_t& used) {
    DecodeForm boiled;
    boiled.kind = form.kind;
    boiled.first = static_cast<std::uint8_t>(used);
    boiled.body = form.body;
    boiled.spelled = form.spelled;
    boiled.settle = form.settle;
    if (!form.other.empty()) boiled.other = form_number(facts.forms, form.other);
    if (!form.command.empty()) boiled.command = command_number(facts.commands, form.command);
    const auto add = [&](std::string_view name, Spelling spelling, std::int64_t constant) {
        const Field& field = field_named(form.kind, name);
        if (!targets.empty())
            targets[used] = {field.offset, field.type, field.optional, spelling, static_cast<std::uint8_t>(constant)};
        ++boiled.count;
        if (++used > 255) fails("the dialect's forms have too many fields for one byte");
    };
    if (!form.option.empty()) add("name", Spelling::name, 0);
    for (std::size_t i = 0; i < form.size(); ++i) {
        const Item& item = form.items[i];
        const bool list = item.spelling == Spelling::list || item.spelling == Spelling::word || item.spelling == Spelling::text;
        if (list && i != 0 && form.items[i - 1].field == item.field) continue;
        if (item.before == ":")
            add(item.field, Spelling::after_colon, field_named(form.kind, form.items[i - 1].field).offset);
        else
            add(item.field, item.spelling, item.spelling == Spelling::constant ? item.minimum : 0);
    }
    return boiled;
}

constexpr bool has_item(const Form& form, std::string_view field) {
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form.items[i].field == field) return true;
    return false;
}

/// Boils each production's first row down, in the order of their numbers, and holds the others to its fields. `into(form, ...)`
/// takes it.
template <class Into>
constexpr void each_production(const Facts& facts, Into into) {
    std::array<const Form*, Lexer::last_row> numbered{};
    std::size_t count = 0;
    for (const Form& form : facts.forms) {
        const Form* first = nullptr;
        for (std::size_t i = 0; i < count; ++i)
            if (numbered[i]->production == form.production) first = numbered[i];
        for (std::size_t i = 0; first != nullptr && i < form.size(); ++i)
            if (!has_item(*first, form.items[i].field)) fails("a production's first row lacks a field that a later one has");
        if (first != nullptr) continue;
        numbered[count] = &form;
        into(count++, form);
    }
}

/// One decode form for each production, by its number.
template <const Facts& facts>
constexpr auto decode_forms() {
    constexpr auto count = [] {
        struct {
            std::size_t forms, targets;
        } counted{0, 0};
        each_production(facts, [&](std::size_t, const Form& form) {
            ++counted.forms;
            decode_form(facts, form, {}, counted.targets);
        });
        return counted;
    }();
    DecodeForms<count.forms, count.targets> boiled;
    std::size_t used = 0;
    each_production(facts, [&](std::size_t number, const Form& form) {
        boiled.form[number] = decode_form(facts, form, boiled.target, used);
    });
    return boiled;
}

constexpr std::size_t size_of(Kind kind) {
    switch (kind) {
#define ATWIRE_SIZE(Message, name) \
    case Kind::name: return std::is_empty_v<Message> ? 0 : sizeof(Message);
        ATWIRE_EVENTS(ATWIRE_SIZE)
#undef ATWIRE_SIZE
    }
    return 0;
}

/// Fills the message of one form where its line has nothing odd: the loop of `assemble`, unrolled and with all that is known of its
/// targets. False: leave the line to the loop.
template <const auto& forms, std::size_t number>
bool assemble_usual(const Lexer& lexer, Event::Body& body, std::string_view line) noexcept {
    constexpr DecodeForm form = forms.form[number];
    if constexpr (constexpr std::size_t size = size_of(form.kind); size != 0) std::memset(static_cast<void*>(&body), 0, size);
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
        if constexpr (!(is_usual(forms.target[form.first + i]) && ...))
            return false;
        else
            return ((i >= lexer.slot_count || take_usual<forms.target[form.first + i]>(lexer.slots[i], body, line)) && ...);
    }
    (std::make_index_sequence<form.count>{});
}

/// The same for each form of a dialect.
template <const auto& forms>
constexpr auto usual_forms = []<std::size_t... i>(std::index_sequence<i...>) {
    return std::array{assemble_usual<forms, i>...};
}
(std::make_index_sequence<forms.form.size()>{});

template <const Facts& facts>
constexpr auto pending_commands() {
    std::array<PendingCommand, facts.commands.size()> boiled{};
    for (std::size_t i = 0; i < boiled.size(); ++i) {
        const CommandFacts& command = facts.commands[i];
        boiled[i] = {command.name, command.sends, false, false};
        for (const CommandRow& row : command.rows) {
            boiled[i].sends_length |= command.sends && row.parameters[1].name.ends_with("length");
            boiled[i].ends_by_send |= row.result == Result::send_ok;
        }
    }
    return boiled;
}

constexpr bool has(const Facts& facts, Spelled spelled) {
    for (const Form& form : facts.forms)
        if (form.spelled == spelled) return true;
    return false;
}

constexpr Settings defaults(const Facts& facts) {
    Settings settings;
    settings.echo = 1;  // V.250 6.2.4
    for (const Default& row : facts.defaults) {
#define ATWIRE_SET(name, most) \
    if (row.setting == #name) settings.name = row.value;
        ATWIRE_SETTINGS(ATWIRE_SET)
#undef ATWIRE_SET
        if (row.setting == "access_mode") settings.access_mode.fill(row.value);
    }
    return settings;
}

}  // namespace atwire::detail

#endif
