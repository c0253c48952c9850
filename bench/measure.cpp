#include "measure.hpp"

#include "codec.hpp"
#include "rivals/rivals.hpp"

#include <atwire/decoder.hpp>
#include <atwire/dialects/all.hpp>

#include <algorithm>

namespace atwire {
#define ATWIRE_DECLARE(name) extern const Decoding name##_goto_decoding;
ATWIRE_DIALECTS(ATWIRE_DECLARE)
#undef ATWIRE_DECLARE
}  // namespace atwire

namespace atwire::bench {
namespace {

#define ATWIRE_PLACE(name) &name,
constexpr const Dialect* dialects[] = {ATWIRE_DIALECTS(ATWIRE_PLACE)};
#undef ATWIRE_PLACE

#ifdef ATWIRE_HAS_GOTO
constexpr bool has_goto = true;
/// The same dialect with the other lexer.
const Dialect& in_goto_style(const Dialect& dialect) {
#define ATWIRE_PLACE(name) {name##_goto_decoding, name.facts},
    static constexpr Dialect all[] = {ATWIRE_DIALECTS(ATWIRE_PLACE)};
#undef ATWIRE_PLACE
    return all[std::ranges::find(dialects, &dialect) - dialects];
}
#else
constexpr bool has_goto = false;
const Dialect& in_goto_style(const Dialect& dialect) { return dialect; }
#endif

constexpr std::size_t usual_chunk = 256;
constexpr std::array<std::size_t, 6> chunk_sizes = {1, 16, 64, usual_chunk, 1460, whole};
constexpr std::size_t usual_chunks[] = {usual_chunk};
constexpr std::size_t one_piece[] = {whole};

constexpr Content lines[] = {Content::urc_mix};
constexpr Content module_streams[] = {Content::urc_mix, Content::buffered_read, Content::push_1460, Content::push_16,
                                      Content::coap};
constexpr Content floor_streams[] = {Content::urc_mix, Content::buffered_read, Content::push_1460, Content::push_16};
constexpr Content both_sides[] = {Content::dialogue};
constexpr Content host_side[] = {Content::commands};
constexpr Content bad_streams[] = {Content::noise, Content::overlong_lines, Content::absurd_lengths, Content::prompts};

/// A parser, and what it is measured on.
struct Row {
    Parser parser;
    std::span<const Content> contents;
    std::span<const std::size_t> chunks;
    const Dialect* only = nullptr;  ///< the one dialect whose lines it knows
};
// The fast style in every way; what it is compared with at one chunk size.
constexpr Row rows[] = {
    {{"goto", pull, Finds::all, Style::goto_}, module_streams, chunk_sizes},
    {{"table", pull}, module_streams, usual_chunks},
    {{"goto+session", pull_session, Finds::all, Style::goto_}, module_streams, usual_chunks},
    {{"goto+session", pull_session, Finds::all, Style::goto_}, both_sides, chunk_sizes},
    {{"table+session", pull_session}, both_sides, usual_chunks},
    {{"goto", pull, Finds::all, Style::goto_}, bad_streams, usual_chunks},
    {{"table", pull}, bad_streams, usual_chunks},
    {{"encode", encode_events, Finds::count}, lines, one_piece},
    {{"decode", pull_commands}, host_side, usual_chunks},
    {{"encode", encode_commands, Finds::count}, host_side, one_piece},
    {{"floor", parse_by_hand}, floor_streams, chunk_sizes, &bc26},
    {{"memcpy", copy, Finds::bytes}, floor_streams, usual_chunks, &bc26},
    {{"memchr", split_lines, Finds::count}, lines, usual_chunks, &bc26},
    {{"sscanf", parse_by_sscanf}, lines, usual_chunks, &bc26},
    {{"std::regex", parse_by_std_regex}, lines, usual_chunks, &bc26},
#ifdef ATWIRE_HAS_RE2
    {{"RE2", parse_by_re2}, lines, usual_chunks, &bc26},
#endif
#ifdef ATWIRE_HAS_PEGTL
    {{"PEGTL", parse_by_pegtl}, lines, usual_chunks, &bc26},
#endif
#ifdef ATWIRE_HAS_GSMLIB
    {{"gsmlib", parse_by_gsmlib}, lines, usual_chunks, &bc26},
#endif
};

/// What the table style finds in the same chunks: that decides what is right.
Sum expected(const Case& one, const Stream& stream) {
    if (one.content == Content::dialogue) return pull_session(*one.dialect, stream, one.chunk);
    if (one.content == Content::commands) return pull_commands(*one.dialect, stream, one.chunk);
    return pull(*one.dialect, stream, one.chunk);
}

}  // namespace

std::string name(const Case& one) {
    return std::string{one.dialect->facts.name} + "/" + std::string{name(one.content)} + "/" +
           (one.chunk == whole ? "whole" : std::to_string(one.chunk)) + "/" + std::string{one.parser.name};
}

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const Dialect* dialect : dialects)
        for (const Content content : contents)
            for (const Row& row : rows) {
                const bool measured = (row.only == nullptr || row.only == dialect) && has(*dialect, content) &&
                                      std::ranges::find(row.contents, content) != row.contents.end() &&
                                      (has_goto || row.parser.style != Style::goto_);
                if (!measured) continue;
                for (const std::size_t chunk : row.chunks) all.push_back({dialect, content, chunk, row.parser});
            }
    return all;
}

Sum pass(const Case& one, const Stream& stream) noexcept {
    return one.parser.parse(one.parser.style == Style::goto_ ? in_goto_style(*one.dialect) : *one.dialect, stream, one.chunk);
}

const Stream& Streams::of(const Case& one) {
    for (const auto& made : made_)
        if (made->dialect == one.dialect && made->content == one.content) return made->stream;
    made_.push_back(std::make_unique<Made>(Made{one.dialect, one.content, make_stream(*one.dialect, one.content, size_)}));
    return made_.back()->stream;
}

std::uint64_t events_in(const Case& one, const Stream& stream) { return expected(one, stream).events; }

std::vector<std::string> disagreements(std::span<const Case> cases, Streams& streams) {
    std::vector<std::string> found;
    for (const Case& one : cases) {
        const Stream& stream = streams.of(one);
        const Sum sum = pass(one, stream);
        const Sum right = expected(one, stream);
        const bool same = one.parser.finds == Finds::bytes ||
                          (sum.events == right.events && (one.parser.finds == Finds::count || sum == right));
        if (!same)
            found.push_back(name(one) + ": " + std::to_string(sum.events) + " found, sum " + std::to_string(sum.value) +
                            "; expected " + std::to_string(right.events) + ", " + std::to_string(right.value));
        const bool by_module = one.content < Content::dialogue;
        if (by_module && one.parser.finds == Finds::all && departures(*one.dialect, stream, one.chunk) != 0)
            found.push_back(name(one) + ": a quirk or a doubt in what the encoder wrote");
    }
    return found;
}

}  // namespace atwire::bench
