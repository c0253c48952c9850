// `decode | encode` gives every stream back, and no event depends on how the stream was cut.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "gate/decode.hpp"
#include "gate/encode.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"
#include "transcripts/player.hpp"

namespace conformance {
namespace {

namespace fs = std::filesystem;

std::string decoded(const std::string& name, const std::string& input, DecodeOptions options, std::size_t chunk) {
    options.chunk = chunk;
    if (!name.ends_with(".at")) options.form = Form::raw;
    Input from{name, input};
    std::ostringstream output;
    decode(from, options, output);
    return output.str();
}

std::string encoded(const std::string& lines, const DecodeOptions& options, Side side) {
    Input from{"events", lines};
    std::ostringstream output;
    encode(from, *options.dialect, settings_of(*options.dialect, options.settings), side, output);
    return output.str();
}

/// An empty string where the wire ranges of one side's objects cover `length` bytes, each once.
std::string untiled(const std::string& lines, Side side, std::uint64_t length) {
    std::istringstream input{lines};
    std::uint64_t end = 0;
    for (std::string line; std::getline(input, line);) {
        const Json object = Json::parse(line);
        if (side_of(object) != side) continue;
        const Json wire = object["wire"];
        if (wire[0] != end) return line;
        end += wire[1].get<std::uint64_t>();
    }
    return end == length ? "" : "the end";
}

/// What each side has sent.
struct Bytes {
    std::string module{};
    std::string host{};
};

/// `input` is a transcript where `name` ends in .at; `bytes` are those in it.
void expect_round_trip(const std::string& name, const std::string& input, const Bytes& bytes, DecodeOptions options) {
    const std::string lines = decoded(name, input, options, Input::size);
    ASSERT_NO_THROW(EXPECT_EQ(encoded(lines, options, Side::module) == bytes.module, true)) << lines.substr(0, 2000);
    ASSERT_NO_THROW(EXPECT_EQ(encoded(lines, options, Side::host) == bytes.host, true)) << lines.substr(0, 2000);
    EXPECT_EQ(untiled(lines, Side::module, bytes.module.size()), "");
    EXPECT_EQ(untiled(lines, Side::host, bytes.host.size()), "");
    for (const std::size_t chunk : {1u, 7u, 4096u})
        EXPECT_EQ(decoded(name, input, options, chunk) == lines, true) << "chunks of " << chunk << "\n" << lines.substr(0, 2000);
    options.format = DecodeOptions::Format::text;
    EXPECT_EQ(decoded(name, input, options, 1) == decoded(name, input, options, Input::size), true) << "text in chunks of 1";
}

/// Raw bytes, once as a module's and once as a host's.
void expect_round_trip(const std::string& bytes, DecodeOptions options) {
    expect_round_trip("bytes", bytes, {.module = bytes}, options);
    options.side = Side::host;
    expect_round_trip("bytes", bytes, {.host = bytes}, options);
}

// ── Streams ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

std::string contents(const fs::path& file) {
    std::ifstream input{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{input}, {}};
}

struct File {
    std::string name;
    std::string text;
    Transcript transcript;
};

const std::vector<File>& corpus() {
    static const std::vector<File> files = [] {
        std::vector<fs::path> paths;
        for (const auto& entry : fs::recursive_directory_iterator{ATWIRE_CORPUS})
            if (entry.path().extension() == ".at") paths.push_back(entry.path());
        std::sort(paths.begin(), paths.end());
        std::vector<File> found;
        for (const fs::path& path : paths) {
            std::istringstream input{contents(path)};
            found.push_back({path.string(), input.str(), read_transcript(input, path.string())});
        }
        return found;
    }();
    return files;
}

/// The same numbers on every machine, which the library's distributions don't promise.
class Random {
public:
    explicit Random(unsigned seed) : engine_{seed} {}
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }
    template <class T>
    const T& of(const std::vector<T>& list) {
        return list[below(list.size())];
    }

private:
    std::mt19937 engine_;
};

const std::vector<std::string> tokens{"\r\n",
                                      "\r",
                                      "\n",
                                      "\r\n\r\n",
                                      "\r\r\n",
                                      " ",
                                      "\"",
                                      ",",
                                      ">",
                                      "> ",
                                      "AT",
                                      "AT+QIRD=0,5\r",
                                      "+",
                                      ":",
                                      "+QIRD: ",
                                      "+QIRD: 5\r\n",
                                      "+QIURC: \"recv\",0,4",
                                      "+QIURC: \"closed\",0",
                                      "+CIPRXGET: 2,0,4,0\r\n",
                                      "+CIPRXGET: 3,0,2,0\r\n0a",
                                      "RECV FROM:1.2.3.4:5\r\n",
                                      "+IPD4\r\n",
                                      "+RECEIVE,0,4:\r\n",
                                      "OK\r\n",
                                      "\r\nNO CARRIER\r\n",
                                      "\r\nCLOSED\r\n",
                                      "\r\nOK\r\n",
                                      "0",
                                      "65535",
                                      "99999999999",
                                      "01",
                                      "-1",
                                      "ab",
                                      "\xFF",
                                      "\x80",
                                      std::string(1, '\0'),
                                      "\x1A",
                                      "\\",
                                      "+QPING: 0,\"1.2.3.4\",32,5,6\r\n",
                                      "+CSQ: 1,2\r\n",
                                      "+CME ERROR: 50\r\n",
                                      "CONNECT\r\n",
                                      "+NETOPEN: 0\r\n",
                                      "+QICFG: \"viewmode\",1\r\n",
                                      "+CIPCLOSE: 0,1,0\r\n"};

std::string garbage(Random& random, std::size_t pieces) {
    std::string bytes;
    for (std::size_t i = 0; i < pieces; ++i)
        bytes += random.below(8) == 0 ? std::string(1, static_cast<char>(random.below(256))) : random.of(tokens);
    return bytes;
}

std::string mutated(std::string bytes, Random& random) {
    for (std::size_t edits = 1 + random.below(6); edits-- != 0;) {
        const std::size_t at = random.below(bytes.size() + 1);
        switch (random.below(5)) {
            case 0: bytes.erase(at, 1 + random.below(4)); break;
            case 1: bytes.insert(at, random.of(tokens)); break;
            case 2: bytes.insert(at, bytes.substr(at, random.below(12))); break;
            case 3: bytes = bytes.substr(0, at) + bytes_of(random.of(corpus()).transcript, Step::Type::module); break;
            default:
                if (at < bytes.size()) bytes[at] = static_cast<char>(random.below(256));
        }
    }
    return bytes;
}

std::vector<Setting> some_settings(Random& random) {
    static const std::vector<Setting> all = [] {
        std::vector<Setting> list;
#define ATWIRE_EACH(name, most) \
    for (int value = 0; value <= most; ++value) list.push_back({#name, std::to_string(value)});
        ATWIRE_SETTINGS(ATWIRE_EACH)
#undef ATWIRE_EACH
        for (const char* mode : {"0", "1", "2"}) list.push_back({"access_mode.0", mode});
        for (const char* line : {"AT+QIRD=0,5", "AT+QISEND=0,4", "AT+CIPSEND=0,4", "AT+NETOPEN?", "AT+QIOPEN=?", "+++"})
            list.push_back({"pending", line});
        return list;
    }();
    std::vector<Setting> some;
    for (std::size_t count = random.below(4); count-- != 0;) some.push_back(random.of(all));
    return some;
}

/// The transcript's lines with other bytes, settings and silences in them. `bytes` become what they say.
std::string mutated(const Transcript& transcript, Random& random, Bytes& bytes) {
    std::string text;
    for (const Step& step : transcript.steps) {
        const bool host = step.type == Step::Type::host;
        if (host || step.type == Step::Type::module) {
            const std::string changed = random.below(3) == 0 ? mutated(step.bytes, random) : step.bytes;
            (host ? bytes.host : bytes.module) += changed;
            text += (host ? "> " : "< ") + escape(changed) + "\n";
        }
        if (random.below(8) == 0) text += "~\n";
        if (random.below(8) != 0) continue;
        for (const Setting& setting : some_settings(random))
            text += "# settings: " + setting.name + "=" + Json(setting.value).dump() + "\n";
    }
    return text;
}

// ── Properties ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(RoundTrip, Corpus) {
    ASSERT_FALSE(corpus().empty());
    for (const File& file : corpus()) {
        SCOPED_TRACE(file.name);
        const Bytes bytes{bytes_of(file.transcript, Step::Type::module), bytes_of(file.transcript, Step::Type::host)};
        DecodeOptions options{.dialect = file.transcript.dialect};
        expect_round_trip(file.name, file.text, bytes, options);
        expect_round_trip(bytes.module, options);
        expect_round_trip(bytes.host, options);
        options.strict = true;
        expect_round_trip(bytes.module, options);
    }
}

TEST(RoundTrip, MutatedCorpus) {
    for (unsigned seed = 1; seed <= 400; ++seed) {
        SCOPED_TRACE(seed);
        Random random{seed};
        const File& file = random.of(corpus());
        const DecodeOptions options{
            .dialect = file.transcript.dialect, .settings = some_settings(random), .strict = seed % 5 == 0};
        expect_round_trip(mutated(bytes_of(file.transcript, Step::Type::module), random), options);
        Bytes bytes;
        const std::string text = mutated(file.transcript, random, bytes);
        expect_round_trip("mutated.at", text, bytes, options);
    }
}

TEST(RoundTrip, Garbage) {
    for (unsigned seed = 1; seed <= 400; ++seed) {
        SCOPED_TRACE(seed);
        Random random{seed};
        const DecodeOptions options{.dialect = dialects()[seed % dialects().size()], .settings = some_settings(random)};
        expect_round_trip(garbage(random, random.below(200)), options);
    }
}

std::string repeated(std::string_view bytes, std::size_t count) {
    std::string all;
    while (count-- != 0) all += bytes;
    return all;
}

TEST(RoundTrip, LongLeadsLinesAndPayloads) {
    const std::string line = "\r\n+QIOPEN: 0,0\r\n";
    const std::string hex = "\r\n+QIRD: 40000\r\n" + repeated("0f", 40000) + "\r\n\r\nOK\r\n";
    const std::vector<std::pair<std::string, std::string>> streams{
        {"", ""},
        {"", "\r"},
        {"", "\n"},
        {"", repeated("\r\n", 100000)},
        {"", repeated("\r", 70000) + line},
        {"", repeated("\n", 65536) + line},
        {"", repeated("\r\n", 32769) + "OK\r\n" + repeated("\r\n", 60000) + "half"},
        {"", std::string(100000, '\0') + line},
        {"", line + std::string(carry_size, 'x') + "\r\n" + std::string(carry_size + 1, 'y') + "\n" + line},
        {"", "\r\n" + std::string(65536 + 5, 'z') + "\r\n" + std::string(65536, 'z') + "\r\n" + std::string(200000, 'z')},
        {"", "AT" + std::string(70000, 'e') + "\r\r\nOK\r\n"},
        {"", "\r\n+QIRD: 65535\r\n" + std::string(65535, '\xFE') + "\r\n\r\nOK\r\n"},
        {"", "\r\n+QIRD: 65535\r\n" + std::string(1000, '\n')},
        {"dataformat", hex},
        {"dataformat", hex.substr(0, 70000) + "x" + hex.substr(70000)},
        {"transparent", repeated(line, 10000)},
        {"transparent", std::string(131072, 't') + "\r\nNO CARRIER\r\n"},
        {"transparent", std::string(131071, 't') + "\r\nCLOSED\r\n"},
        {"transparent", std::string(65530, 't') + "\r\nNO CARRIER\r\n" + line + "\r\nNO CARR"},
    };
    for (const auto& [setting, bytes] : streams) {
        SCOPED_TRACE(escape(bytes.substr(0, 40)) + " …, " + std::to_string(bytes.size()) + " bytes");
        for (const atwire::Dialect* dialect : dialects()) {
            DecodeOptions options{.dialect = dialect};
            if (!setting.empty()) options.settings = {{setting, "1"}};
            expect_round_trip(bytes, options);
        }
    }
}

/// Data behind a prompt that takes several rows, with escapes where a row ends.
TEST(RoundTrip, LongHostData) {
    for (const std::size_t length : {65534u, 65535u, 65536u, 65537u, 131073u}) {
        SCOPED_TRACE(length);
        const Bytes bytes{"\r\n>", "AT+CIPSEND=0\r\n" + std::string(length, 'd') + "\x03\x1A\x03\x03" + "d\x1A" + "AT\r\n"};
        const std::size_t data = bytes.host.find('\n');  // the LF leads the data
        const std::string text =
            "> " + escape(bytes.host.substr(0, data)) + "\n< \\r\\n>\n> " + escape(bytes.host.substr(data)) + "\n";
        expect_round_trip("data.at", text, bytes, {.dialect = dialect_named("a76xx")});
    }
}

/// A payload without a length just as long as a row.
TEST(RoundTrip, UnframedPayloads) {
    const DecodeOptions options{.dialect = dialect_named("a76xx"), .settings = {{"ciphead", "0"}}};
    for (const std::size_t length : {0u, 1u, 65535u, 65536u, 65537u, 140000u})
        expect_round_trip("\r\nRECV FROM:1.2.3.4:5\r\n" + std::string(length, 'u') + "\r\n\r\nOK\r\n", options);
}

TEST(Decode, JoinsUpTo64KiB) {
    const DecodeOptions options{.dialect = dialect_named("bc26"), .settings = {{"transparent", "1"}}};
    std::istringstream lines{decoded("bytes", std::string(65536 + 3, 'p'), options, 1000)};
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(Json::parse(line)["wire"], Json::parse("[0,65536]"));
    std::getline(lines, line);
    const Json rest = Json::parse(line);
    EXPECT_EQ(rest["data"], "ppp");
    EXPECT_EQ(rest["offset"], 65536);
    EXPECT_EQ(rest["wire"], Json::parse("[65536,3]"));
}

TEST(Decode, SaysWhatIsWrongWithATranscript) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        Random random{seed};
        const File& file = random.of(corpus());
        try {
            decoded(file.name, mutated(file.text, random), {.dialect = file.transcript.dialect}, Input::size);
        } catch (const std::runtime_error& unusable) {
            EXPECT_EQ(std::string{unusable.what()}.rfind(file.name + ":", 0), 0u) << unusable.what();
        }
    }
}

TEST(Encode, SaysWhatIsWrongWithAnEvent) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        Random random{seed};
        const File& file = random.of(corpus());
        const DecodeOptions options{.dialect = file.transcript.dialect};
        try {
            encoded(mutated(decoded(file.name, file.text, options, Input::size), random), options,
                    seed % 2 == 0 ? Side::host : Side::module);
        } catch (const std::runtime_error& unusable) {
            EXPECT_EQ(std::string{unusable.what()}.rfind("events:", 0), 0u) << unusable.what();
        }
    }
}

TEST(Decode, ColoursQuirksAndFaults) {
    DecodeOptions options{.dialect = dialect_named("bc26"), .format = DecodeOptions::Format::text, .colour = true};
    const std::string text = decoded("bytes", "\r\n+QIOPEN:0,0\r\n\r\n+QIOPEN: x\r\n", options, Input::size);
    EXPECT_NE(text.find("\x1B[33m[no_space_after_colon]\x1B[0m"), std::string::npos) << text;
    EXPECT_NE(text.find("\x1B[31m\\r\\n+QIOPEN: x\\r\\n\x1B[0m"), std::string::npos) << text;
    EXPECT_NE(text.find(std::string(11 + 13, ' ') + "\x1B[31m^\x1B[0m\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace conformance
