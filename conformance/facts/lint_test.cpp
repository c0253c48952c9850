// The corpus keeps its own rules (corpus/README.md): headers, names, events with all their fields, errata shown twice.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "facts/coverage.hpp"

namespace conformance {
namespace {

using namespace atwire;

TEST(CorpusLint, EveryTranscriptSaysWhatItIs) {
    for (const CorpusFile& file : corpus()) {
        EXPECT_EQ(file.transcript.header("dialect"), file.folder) << file.file << ": the dialect is the folder";
        for (const char* header : {"source", "title"})
            EXPECT_NE(file.transcript.header(header), "") << file.file << ": no " << header;
        const std::string kind = file.transcript.header("kind");
        EXPECT_TRUE(kind.empty() || kind == "as-printed" || kind == "repaired" || kind == "open")
            << file.file << ": kind " << kind;
    }
}

TEST(CorpusLint, SlugsAreKebabCase) {
    static const std::regex kebab{"((rejects|captures)/)?[a-z0-9]+([.-][a-z0-9]+)*"};
    for (const CorpusFile& file : corpus()) EXPECT_TRUE(std::regex_match(file.slug, kebab)) << file.file;
}

TEST(CorpusLint, SlugsAreUnique) {
    std::set<std::string> slugs;
    for (const CorpusFile& file : corpus()) EXPECT_TRUE(slugs.insert(file.folder + " " + file.slug).second) << file.file;
}

/// Whether an `=` line's `doubts=[…]` names one or more of them.
bool are_doubts(const Json& list) {
#define ATWIRE_STRING(name) #name,
    static const std::set<std::string> names = {ATWIRE_DOUBTS(ATWIRE_STRING)};
#undef ATWIRE_STRING
    return list.is_array() && !list.empty() &&
           std::all_of(list.begin(), list.end(), [](const Json& item) { return item.is_string() && names.contains(item); });
}

/// The first of the fields that a whole line has to name and doesn't, or of those that it names and may not. `names` it may name.
std::string wrong_fields(const Json& named, FieldList fields, std::set<std::string> names, bool complete) {
    for (const Field& field : fields) {
        const auto [name, is_new] = names.emplace(field.name);
        if (is_new && complete && !field.optional && !named.contains(*name)) return "no " + *name;
    }
    for (const auto& [key, value] : named.items())
        if (!names.contains(key)) return "no field " + key;
    return {};
}

bool is_command(const std::string& name) {
#define ATWIRE_STRING(Message, name) #name,
    static const std::set<std::string> names = {ATWIRE_COMMANDS(ATWIRE_STRING)};
#undef ATWIRE_STRING
    return names.contains(name);
}

/// What is wrong with the names and types of an `=` line; nothing where all is right.
std::string wrong(const Expected& expected, bool complete) try {
    if (OwnedCommand owned; is_command(expected.event)) {
        from_json(command_object(expected.event, expected.fields), owned);
        return wrong_fields(expected.fields, fields(owned.command.kind), {"joined", "line", "values"}, complete);
    }
    Json object = Json::object();
    object["event"] = expected.event;
    for (const auto& [key, value] : expected.fields.items())
        if (key != "doubts") object[key] = value;
    OwnedEvent owned;
    from_json(object, owned);
    const std::string wrong = wrong_fields(expected.fields, fields(owned.event.kind), {"quirks", "doubts"}, complete);
    const auto doubts = expected.fields.find("doubts");
    if (!wrong.empty() || doubts == expected.fields.end() || are_doubts(*doubts)) return wrong;
    return "doubts " + doubts->dump();
} catch (const std::invalid_argument& refused) {
    return refused.what();
}

TEST(CorpusLint, ExpectationsNameWholeEventsAndCommands) {
    for (const CorpusFile& file : corpus()) {
        bool any = false;
        for (const Step& step : file.transcript.steps) {
            if (step.type != Step::Type::expected) continue;
            any = true;
            if (step.expected.event == "*") continue;
            EXPECT_EQ(wrong(step.expected, !file.is_capture()), "")
                << file.file << ":" << step.line << ": " << step.expected.event;
        }
        EXPECT_TRUE(any) << file.file << ": no = line";
    }
}

TEST(CorpusLint, RejectsHoldMalformedLines) {
    for (const CorpusFile& file : corpus()) {
        const bool malformed = std::any_of(file.transcript.steps.begin(), file.transcript.steps.end(), [](const Step& step) {
            return step.type == Step::Type::expected && step.expected.event == "malformed";
        });
        EXPECT_TRUE(malformed || !file.is_reject()) << file.file;
    }
}

/// Examples of the manuals that stand as printed and have nothing to mend, with the reason.
const std::map<std::string, std::string> not_to_be_repaired = {
    {"bc26/4.6-last-error.at", "E088: only the comment beside the example is wrong, its bytes are not"},
};

/// A transcript that shows the same errata mended, or as one of the answers that the manuals leave open.
bool has_twin(const CorpusFile& printed) {
    const auto errata = printed.words("erratum");
    return std::any_of(corpus().begin(), corpus().end(), [&](const CorpusFile& file) {
        const std::string kind = file.transcript.header("kind");
        const auto others = file.words("erratum");
        return file.folder == printed.folder && (kind == "repaired" || kind == "open") &&
               std::includes(others.begin(), others.end(), errata.begin(), errata.end());
    });
}

TEST(CorpusLint, ErrataStandTwice) {
    static const std::regex number{"E[0-9]{3}"};
    for (const CorpusFile& file : corpus()) {
        for (const std::string& erratum : file.words("erratum"))
            EXPECT_TRUE(std::regex_match(erratum, number)) << file.file << ": " << erratum;
        const std::string kind = file.transcript.header("kind");
        EXPECT_FALSE(!kind.empty() && file.words("erratum").empty()) << file.file << ": " << kind << ", and no erratum";
        if (kind != "as-printed") continue;
        EXPECT_NE(has_twin(file), not_to_be_repaired.contains(file.file)) << file.file;
    }
}

TEST(CorpusLint, RepairedTranscriptsHaveNoQuirks) {
    for (const CorpusFile& file : corpus())
        for (const Step& step : file.transcript.steps) {
            const bool repaired = file.transcript.header("kind") == "repaired" && step.type == Step::Type::expected;
            EXPECT_FALSE(repaired && step.expected.fields.contains("quirks")) << file.file << ":" << step.line;
        }
}

}  // namespace
}  // namespace conformance
