// The reader of `atwire encode`: JSON objects, one a line, as a module's events or a host's commands. Whatever they hold they are
// refused with a sentence, or written; what was written can be read, and what was read from it is written again.
#include <atwire/decoder.hpp>
#include <atwire/encoder.hpp>

#include "gate/writer.hpp"
#include "target.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"
#include "violation.hpp"

namespace fuzz {
namespace {

using namespace atwire;
using conformance::Json;

/// What is written of the line, or nothing.
template <class Writer>
std::string write(Writer& writer, const Json& object) {
    try {
        return writer.write(object);
    } catch (const std::invalid_argument& refused) {
        const std::string_view what = refused.what();
        if (what.empty() || what.find('\n') != std::string_view::npos) violated("a refusal is one sentence", what);
        return {};
    }
}

/// Whether it stands for itself: a fragment, or what a silence has made of one, does not.
bool stands_alone(Kind kind) {
    switch (kind) {
        case Kind::payload:
        case Kind::echo:
        case Kind::data_echo:
        case Kind::overlong:
        case Kind::truncated:
        case Kind::unfinished: return false;
        default: return true;
    }
}

/// What was written of an object is read back as it was.
void read_back(const Dialect& dialect, const Json& object, const std::string& bytes) {
    if (bytes.empty() || object.contains("line") || object.contains("lead") || object.at("event") == conformance::framing) return;
    conformance::OwnedEvent meant;
    conformance::from_json(object, meant);
    if (!stands_alone(meant.event.kind)) return;
    Settings settings;
    std::vector<char> carry(bytes.size() + Decoder::least_carry);
    Decoder decoder{dialect, settings, carry};
    decoder.feed(bytes);
    const Event* event = decoder.next();
    if (event == nullptr) {  // behind a response's header it waits for what tells options from payload
        decoder.idle();
        event = decoder.next();
    }
    if (event == nullptr) violated("what is written can be read", conformance::escape(bytes) + "\nof " + object.dump());
    if (!(*event == meant.event))
        violated("what is written is read as it was", conformance::to_json(*event).dump() + "\nof " + object.dump());
}

void write_all(const Dialect& dialect, const std::vector<Json>& objects) {
    const Settings settings;
    conformance::EventWriter events{dialect, settings};
    conformance::CommandWriter commands{dialect, settings};
    for (const Json& object : objects) {
        if (conformance::side_of(object) == conformance::Side::host) {
            (void)write(commands, object);
        } else {
            const std::string bytes = write(events, object);
            conformance::EventWriter alone{dialect, settings};
            if (object.is_object() && write(alone, object) == bytes) read_back(dialect, object, bytes);
        }
    }
    (void)commands.end();
}

}  // namespace

void run(std::string_view bytes) {
    std::vector<Json> objects;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        const Json object = Json::parse(bytes.substr(0, end), nullptr, false);
        if (!object.is_discarded()) objects.push_back(object);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    for (const Dialect* dialect : conformance::dialects()) write_all(*dialect, objects);
}

}  // namespace fuzz
