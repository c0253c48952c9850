// The program `atwire`. Exit code 0: it holds, 1: deviations, 2: unusable input or usage, with one line on standard error.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <unistd.h>

#include "gate/check_command.hpp"
#include "gate/decode.hpp"
#include "gate/diff_command.hpp"
#include "gate/encode.hpp"
#include "gate/generate.hpp"
#include "gate/profile_command.hpp"
#include "gate/record.hpp"
#include "gate/spec.hpp"
#include "transcripts/dialects.hpp"

namespace conformance {
namespace {

struct Arguments {
    std::string file;
    std::string dialect;
    std::vector<std::string> settings;
    std::string format = "jsonl";
    std::size_t chunk = Input::size;
    bool strict = false;
    std::string input;
    std::string side = "module";
};
/// Those of `spec`.
struct SpecArguments {
    std::vector<std::string> dialects;
    std::string format = "text";
    bool uncovered = false;
    Sources sources = own_sources();
};

/// Those of `generate`.
struct GenerateArguments {
    std::string dialect;
    GenerateOptions options;
};

/// Those of `record`.
struct RecordArguments {
    std::string dialect;
    std::string flow = "none";
    bool live = false;
    bool quiet = false;
    RecordOptions options;
};

std::string dialect_names() {
    std::string names;
    for (const atwire::Dialect* dialect : dialects()) names += (names.empty() ? "" : ", ") + std::string{dialect->facts.name};
    return names;
}

const atwire::Dialect& dialect_of(const std::string& name) {
    if (const atwire::Dialect* dialect = dialect_named(name)) return *dialect;
    throw std::runtime_error{"--dialect " + name + ": there is no such dialect, only " + dialect_names()};
}

/// KEY=VALUE, where VALUE is a bare word or a JSON string. `dialect` is the one to check them against.
std::vector<Setting> settings_from(const std::vector<std::string>& arguments, const atwire::Dialect& dialect) {
    std::vector<Setting> found;
    for (const std::string& argument : arguments) {
        const std::size_t equals = argument.find('=');
        if (equals == std::string::npos) throw std::runtime_error{"--set " + argument + ": KEY=VALUE was expected"};
        std::string value = argument.substr(equals + 1);
        if (const Json string = Json::parse(value, nullptr, false); string.is_string()) value = string;
        found.push_back({argument.substr(0, equals), value});
        atwire::Settings scratch;
        try {
            apply(found.back(), dialect, scratch);
        } catch (const std::invalid_argument& wrong) {
            throw std::runtime_error{"--set " + argument + ": " + wrong.what() + "; --help lists them"};
        }
    }
    return found;
}

Side side_named(const std::string& name) { return name == "host" ? Side::host : Side::module; }

bool colour_wanted() {
    const char* no_colour = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0') &&
           !(terminal != nullptr && std::string_view{terminal} == "dumb");
}

void run_decode(const Arguments& arguments) {
    DecodeOptions options;
    if (!arguments.dialect.empty()) options.dialect = &dialect_of(arguments.dialect);
    options.settings = settings_from(arguments.settings, options.dialect != nullptr ? *options.dialect : *dialects().front());
    options.format = arguments.format == "text" ? DecodeOptions::Format::text : DecodeOptions::Format::jsonl;
    options.chunk = arguments.chunk;
    options.strict = arguments.strict;
    options.side = side_named(arguments.side);
    options.form = form_named(arguments.input);
    if (options.side == Side::host) {
        if (options.form.value_or(Form::raw) != Form::raw) throw std::runtime_error{"--side host: only --input raw has one side"};
        options.form = Form::raw;
    }
    options.colour = colour_wanted();
    Input input{arguments.file};
    decode(input, options, std::cout);
}

void run_encode(const Arguments& arguments) {
    const atwire::Dialect& dialect = dialect_of(arguments.dialect);
    const std::vector<Setting> settings = settings_from(arguments.settings, dialect);
    Input input{arguments.file};
    encode(input, dialect, settings_of(dialect, settings), side_named(arguments.side), std::cout);
}

/// The exit code.
int run_spec(const SpecArguments& arguments) {
    SpecOptions options;
    for (const std::string& name : arguments.dialects) {
        const atwire::Dialect* dialect = &dialect_of(name);
        const auto known = std::find(options.dialects.begin(), options.dialects.end(), dialect);
        if (known == options.dialects.end()) options.dialects.push_back(dialect);
    }
    if (options.dialects.empty()) options.dialects.assign(dialects().begin(), dialects().end());
    options.uncovered = arguments.uncovered;
    options.colour = colour_wanted();
    options.sources = arguments.sources;
    const Spec spec = read_spec(options);
    if (arguments.format == "json")
        print_json(spec, options, std::cout);
    else if (arguments.format == "markdown")
        print_markdown(spec, options, std::cout);
    else
        print_text(spec, options, std::cout);
    const auto uncovered = uncovered_rows(spec);
    if (!std::cout.flush()) return 2;  // `run` says so
    for (const std::string& row : uncovered) std::cerr << "atwire: " << row << '\n';
    return uncovered.empty() ? 0 : 1;
}

std::vector<std::string> form_list() {
    std::vector<std::string> names;
    for (const Form form : {Form::transcript, Form::raw, Form::socat, Form::terminal, Form::timestamped})
        names.emplace_back(name(form));
    return names;
}

std::string form_names() {
    std::string names;
    for (const std::string& name : form_list()) names += (names.empty() ? "" : ", ") + name;
    return names;
}

std::string settings_help() {
    std::string names;
#define ATWIRE_NAME(name, most) names += std::string{#name} + (most == 1 ? " " : " (0-" #most ") ");
    ATWIRE_SETTINGS(ATWIRE_NAME)
#undef ATWIRE_NAME
    std::string lines = "Settings for --set, 0 or 1 where nothing else is said:\n ";
    std::size_t column = 1;
    for (std::size_t at = 0; at < names.size();) {
        std::size_t end = names.find(' ', at);
        if (names[end + 1] == '(') end = names.find(' ', end + 1);
        if (column + end - at > 96) {
            lines += "\n ";
            column = 1;
        }
        lines += " " + names.substr(at, end - at);
        column += end - at + 1;
        at = end + 1;
    }
    return lines +
           "\n  access_mode.<socket> (0-2) service.<socket> (TCP, UDP, \"TCP LISTENER\", \"UDP SERVICE\", \"TCP INCOMING\",\n"
           "  \"UDP INCOMING\") pending (a command line that waits for its result: pending=AT+QIRD=0,512)\n";
}

std::string decode_help() {
    return "Example:\n"
           "  atwire decode --dialect bc26 --format text capture.bin\n"
           "  atwire decode --dialect bc26 capture.bin | atwire encode --dialect bc26 - | cmp - capture.bin\n\n"
           "Inputs are raw bytes of one side, transcripts (.at), dumps of socat -x, -v or both, logs of minicom, picocom and\n"
           "screen, and logs with a time before each line; the first bytes show which. All but raw bytes show both sides, and\n"
           "what the host says settles what the module means. A host's objects have \"dir\":\"host\" and\n"
           "\"command\" for \"event\"; `at` is the AT command that a generic one is about. Every byte is in one object: `lead`\n"
           "is there where it is not the usual one, `line` where encode would write other bytes, and {\"event\":\"framing\"}\n"
           "holds CRs and LFs that lead nothing.\n\n" +
           settings_help();
}

std::string encode_help() {
    return "Example:\n"
           "  echo '{\"event\":\"socket_opened\",\"socket\":0,\"error\":0}' | atwire encode --dialect bc26 -\n\n"
           "  echo '{\"command\":\"read\",\"at\":\"QISTATE\"}' | atwire encode --dialect bc26 --side host -\n\n"
           "`lead` replaces the usual CR LF before the event; `line` stands for all that is behind it. `wire` and `doubts`\n"
           "are not read. A command with \"joined\":1 goes on the line before it, behind `;`. Objects of the other side are\n"
           "left out. Ends at the first event or command that the dialect can't write.\n\n" +
           settings_help();
}

std::string spec_help() {
    return "Example:\n"
           "  atwire spec --dialect bc26\n"
           "  atwire spec --uncovered\n\n"
           "A row of forms.tsv is covered when the grammar has a production for it (of a host's row the dialect's table its\n"
           "command, too), a transcript of the corpus names it in `# forms:`, and a property's generator makes it. Each one\n"
           "that isn't is named on standard error, with what it lacks, and the exit code is 1.\n\n"
           "The lists, the corpus and the grammar are read from the sources that the program was built from; where they are\n"
           "elsewhere, --facts, --corpus and --grammar say so.\n";
}

void describe_spec(CLI::App& app, SpecArguments& arguments) {
    CLI::App& spec =
        *app.add_subcommand("spec", "Print what holds each documented form: its production, transcripts and properties");
    spec.add_option("--dialect", arguments.dialects,
                    "A dialect: " + dialect_names() + "; may be repeated; all where none is given")
        ->type_name("D")
        ->allow_extra_args(false);
    spec.add_option("--format", arguments.format,
                    "text: columns for people; json: one object; markdown: the page docs/coverage.md")
        ->type_name("F")
        ->check(CLI::IsMember({"text", "json", "markdown"}))
        ->capture_default_str();
    spec.add_flag("--uncovered", arguments.uncovered, "Print no rows but the uncovered ones");
    spec.add_option("--facts", arguments.sources.facts, "The directory of forms.tsv")->type_name("DIR");
    spec.add_option("--corpus", arguments.sources.corpus, "The directory of <dialect>/*.at")->type_name("DIR");
    spec.add_option("--grammar", arguments.sources.grammar, "The directory of <dialect>.rl and commands.rl")->type_name("DIR");
    spec.footer(spec_help());
}

std::string generate_help() {
    return "Example:\n"
           "  atwire generate --dialect ec200x --seed 7\n"
           "  atwire generate --dialect bc26 --seed 1 --count 1000 --raw --output dialogues\n\n"
           "A dialogue starts with a module whose settings nobody has touched. Commands are answered in the documented order,\n"
           "lines that a module says unasked stand between any two, payload is any bytes. The `=` lines say what a correct\n"
           "decoder of both sides gives; of changed bytes, what this one gives. The same seed gives the same dialogues.\n";
}

void describe_generate(CLI::App& app, GenerateArguments& arguments) {
    CLI::App& generate = *app.add_subcommand("generate", "Make random dialogues with what they mean, for testing any parser");
    GenerateOptions& options = arguments.options;
    generate.add_option("--dialect", arguments.dialect, "The module's dialect: " + dialect_names())->type_name("D")->required();
    generate.add_option("--seed", options.seed, "Any number; it decides everything")->type_name("N")->required();
    CLI::Option* output =
        generate.add_option("--output", options.directory, "Write <dialect>-<seed>-<number>.at there, not to standard output")
            ->type_name("DIR")
            ->check(CLI::ExistingDirectory);
    generate.add_option("--count", options.count, "How many dialogues")
        ->type_name("K")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1000000}))
        ->capture_default_str();
    generate.add_flag("--mutate", options.mutate, "Drop, double, flip, cut and splice some of the module's bytes");
    generate.add_flag("--raw", options.raw, "Write the bytes of each side too, to <name>.module and <name>.host")->needs(output);
    generate.footer(generate_help());
}

/// The exit code.
int run_generate(GenerateArguments& arguments) {
    GenerateOptions& options = arguments.options;
    options.dialect = &dialect_of(arguments.dialect);
    if (options.count > 1 && options.directory.empty())
        throw std::runtime_error{"--count " + std::to_string(options.count) + ": more than one dialogue needs --output DIR"};
    generate(options, std::cout);
    return 0;
}

std::string record_help() {
    return "Example:\n"
           "  atwire record --dialect ec200x /dev/ttyUSB2 -o session.at --link modem\n"
           "  atwire record --dialect bc26 /dev/ttyUSB0 --baud 9600 -o smoke.at --script smoke-test.at\n"
           "  atwire decode --format text session.at\n\n"
           "A host: without --script the program offers a pseudo-terminal, says its path, and the host opens that in the port's\n"
           "place. Every byte passes at once, both ways; who doesn't read makes the other side wait. The host may hang up and\n"
           "come back; what the module says meanwhile is only written down. The speed is --baud's, whatever the host sets.\n"
           "Ctrl+C ends. Where the module's port vanishes, what was heard is written, and the exit code is 2.\n\n"
           "A script is a transcript. Its `>` lines are sent, each when the one before has its final result, or when the "
           "manual's\n"
           "maximum response time is over (a second more, and what the bytes take on the line). What begins neither with AT, A/ "
           "nor\n"
           "+++ is data, and waits for its prompt. `~` waits until the line has been silent for 1.1 s. A notice that an `=` "
           "line\n"
           "behind a `>` line names, with those of its fields that are named, is waited for, too:\n"
           "  > AT+QIOPEN=1,0,\"TCP\",\"220.180.239.212\",8062\\r\n"
           "  = socket_opened socket=0\n"
           "All its other lines are left alone. A command that had no result in time is named, and the exit code is 1. Before "
           "the\n"
           "script ATI and AT+CGMR ask for the firmware, unless --no-identify is given.\n\n"
           "The transcript: a step a line, with the time of its first byte; `~` where both sides were silent for 0.9 s, but for "
           "a\n"
           "host within a command line; `# firmware:` behind the reply to ATI or AT+CGMR, whoever asked. Lines are written at\n"
           "once, and put on the disk every second. Where the disk is full, that is said, bytes still pass, and lines wait for\n"
           "room, up to 4 MiB of them; if some are lost, a `# note:` says how many, and the exit code is 2.\n";
}

void describe_record(CLI::App& app, RecordArguments& arguments) {
    CLI::App& record = *app.add_subcommand("record", "Write down, with times, what a host and a module's port say to each other");
    RecordOptions& options = arguments.options;
    record.add_option("--dialect", arguments.dialect, "The module's dialect: " + dialect_names())->type_name("D")->required();
    record.add_option("PORT", options.port, "The module's port: /dev/ttyUSB2")->type_name("")->required();
    record.add_option("-o,--output", options.file, "The transcript to write")->type_name("FILE.at")->required();
    record.add_flag("--force", options.replace, "Replace a file that is there");
    record.add_option("--title", options.title, "The transcript's title")->type_name("TEXT");
    record.add_option("--baud", options.baud, "The port's speed")
        ->type_name("N")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    record.add_option("--flow", arguments.flow, "The port's flow control: none, rtscts or xonxoff")
        ->type_name("F")
        ->check(CLI::IsMember({"none", "rtscts", "xonxoff"}))
        ->capture_default_str();
    CLI::Option* script = record.add_option("--script", options.script, "Play it; no host is needed")->type_name("FILE.at");
    record.add_option("--link", options.link, "A link that leads to the host's pseudo-terminal, removed at the end")
        ->type_name("PATH")
        ->excludes(script);
    record.add_flag("!--no-identify", options.identify, "Don't ask for the firmware before the script")->needs(script);
    record.add_option("--patience", options.patience, "How long a script waits where the manual gives no time, in seconds")
        ->type_name("S")
        ->check(CLI::PositiveNumber)
        ->capture_default_str()
        ->needs(script);
    CLI::Option* live = record.add_flag("--live", arguments.live, "Print the dialogue as it passes; the default on a terminal");
    record.add_flag("--quiet", arguments.quiet, "Print none of it")->excludes(live);
    record.footer(record_help());
}

/// The exit code.
int run_record(RecordArguments& arguments) {
    RecordOptions& options = arguments.options;
    options.dialect = &dialect_of(arguments.dialect);
    options.flow = arguments.flow == "rtscts" ? Flow::rtscts : arguments.flow == "xonxoff" ? Flow::xonxoff : Flow::none;
    options.live = arguments.live || (!arguments.quiet && isatty(STDOUT_FILENO) == 1);
    options.colour = colour_wanted();
    return record(options, std::cerr);
}

void describe(CLI::App& app, Arguments& arguments) {
    app.set_version_flag("--version", "atwire " ATWIRE_VERSION);
    app.require_subcommand(0, 1);  // so that an unknown one is named; `run` wants one
    app.footer(
        "Exit code: 0 it holds, 1 deviations, 2 unusable input or usage.\n`atwire decode --help` and so on say more, with "
        "examples.");

    CLI::App& decode =
        *app.add_subcommand("decode", "Print the events and commands of a capture: raw bytes, a .at transcript, a log");
    CLI::App& encode = *app.add_subcommand("encode", "Write the bytes of events or commands, as decode prints them");
    for (CLI::App* command : {&decode, &encode}) {
        auto* dialect =
            command->add_option("--dialect", arguments.dialect, "The module's dialect: " + dialect_names())->type_name("D");
        if (command == &encode) dialect->required();
        command->add_option("--set", arguments.settings, "What the dialogue before has set; may be repeated")
            ->type_name("KEY=VALUE")
            ->allow_extra_args(false);
        command->add_option("--side", arguments.side, "Whose bytes they are: module or host")
            ->type_name("S")
            ->check(CLI::IsMember({"module", "host"}))
            ->capture_default_str();
        command->add_option("FILE", arguments.file, "The input; - is standard input")->type_name("")->required();
    }
    decode.get_option("--side")->description("Who has sent raw bytes, module or host; host: they are raw");
    decode.get_option("--dialect")
        ->description("The module's dialect: " + dialect_names() + "; needed where the input names none");
    decode.add_option("--format", arguments.format, "jsonl: one JSON object a line; text: columns for people")
        ->type_name("F")
        ->check(CLI::IsMember({"jsonl", "text"}))
        ->capture_default_str();
    decode.add_option("--chunk", arguments.chunk, "Feed the decoder at most N bytes at a time; the events are the same")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, Input::size))
        ->capture_default_str();
    decode.add_flag("--strict", arguments.strict, "Accept no quirk: a line that has one is malformed");
    decode.add_option("--input", arguments.input, "What the input is, whatever it looks like: " + form_names())
        ->type_name("F")
        ->check(CLI::IsMember(form_list()));
    decode.footer(decode_help());
    encode.footer(encode_help());
}

/// One line, whatever it was.
int complain(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::cout.flush();
    std::cerr << "atwire: " << text << '\n';
    return 2;
}

int run(int count, char** values) {
    CLI::App app{"Typed events from the AT command line of cellular modules, and back", "atwire"};
    Arguments arguments;
    SpecArguments spec;
    describe(app, arguments);
    describe_spec(app, spec);
    GenerateArguments making;
    describe_generate(app, making);
    CheckArguments checking;
    describe_check(app, checking, dialect_names());
    RecordArguments recording;
    describe_record(app, recording);
    ProfileArguments profiling;
    describe_profile(app, profiling, dialect_names());
    DiffArguments comparing;
    describe_diff(app, comparing, dialect_names());
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        return error.get_exit_code() == 0 ? app.exit(error) : complain(error.what());
    }
    if (app.get_subcommands().empty()) return complain("a subcommand is required; see atwire --help");
    int code = 0;
    if (app.got_subcommand("decode")) run_decode(arguments);
    if (app.got_subcommand("encode")) run_encode(arguments);
    if (app.got_subcommand("spec")) code = run_spec(spec);
    if (app.got_subcommand("generate")) code = run_generate(making);
    if (app.got_subcommand("check")) code = run_check(checking, colour_wanted());
    if (app.got_subcommand("profile")) code = run_profile(profiling);
    if (app.got_subcommand("diff")) code = run_diff(comparing, colour_wanted());
    if (app.got_subcommand("record")) code = run_record(recording);
    if (!std::cout.flush()) throw std::runtime_error{"standard output can't be written"};
    return code;
}

}  // namespace
}  // namespace conformance

int main(int count, char** values) {
    std::ios::sync_with_stdio(false);
    try {
        return conformance::run(count, values);
    } catch (const std::exception& error) {
        return conformance::complain(error.what());
    }
}
