// What a module says, through a decoder: invariants 1, 2, 4, 5 and progress, and both lexers against each other. `>` lines say which
// commands are pending.
#include <atwire/decoder.hpp>
#include <atwire/encoder.hpp>

#include "chunks.hpp"
#include "input.hpp"
#include "target.hpp"
#include "trace.hpp"
#include "transcripts/bytes.hpp"
#include "transcripts/dialects.hpp"
#include "violation.hpp"

namespace fuzz {
namespace {

using namespace atwire;

constexpr std::string_view last_line = "\r\nSEND OK\r\n";

bool is_header(Kind kind) {
    return kind == Kind::data_read || kind == Kind::data_received || kind == Kind::data_source || kind == Kind::coap_response ||
           kind == Kind::coap_request;
}

bool is_piece(Kind kind) { return kind == Kind::echo || kind == Kind::overlong; }

bool is_report(Kind kind) { return kind == Kind::text || kind == Kind::malformed || kind == Kind::information; }

/// One decoder, and what it has to keep to whatever comes.
class Listening {
public:
    Listening(const Input& input, const Decoding& decoding, Cut cut, char fill, bool writes_back = false)
        : input_{input},
          carry_(input.carry, fill),
          chunk_{input.longest(), fill},
          cut_{cut},
          decoder_{decoding, settings_, carry_},
          encoder_{*input.dialect},
          writes_back_{writes_back} {
        decoder_.accept(Quirks{input.accepted});
        decoder_.infer(input.infers);
    }

    /// Hears all lines, and the silence behind them.
    const std::string& hear() {
        for (const Line& line : input_.lines) hear(line);
        fall_silent();
        check_end();
        return trace_.text();
    }
    /// After whatever came, the next line is read. Nothing else ends the byte pipe.
    void recover() {
        fall_silent();
        if (settings_.transparent == 1) return;
        settings_.data_sent = 0;
        decoder_.accept(every_quirk);  // its lead may be unusual behind what came
        decoder_.infer(true);          // and data that comes back may be due
        Kind kind = Kind::ok;
        decoder_.feed(last_line);
        while (const Event* event = decoder_.next()) kind = event->kind;
        if (kind != Kind::send_ok || decoder_.position() != given_ + last_line.size())
            violated("behind a silence the next line is read", name(kind));
    }

private:
    void hear(const Line& line) {
        switch (line.who) {
            case Line::Who::settings: return apply(line.bytes, *input_.dialect, given_ != 0, settings_);
            case Line::Who::silence: return fall_silent();
            case Line::Who::restart: return;
            case Line::Who::host:
                if (Pending pending; read_pending(input_.dialect->facts, line.bytes, pending)) settings_.push(pending);
                return;
            case Line::Who::module: break;
        }
        for (std::string_view left = line.bytes; !left.empty();) {
            const std::size_t size = cut_.next(left.size());
            given_ += size;
            if (writes_back_) stream_ += left.substr(0, size);
            if (!decoder_.feed(chunk_.of(left.substr(0, size)))) violated("a drained decoder takes a chunk", "it did not");
            drain();
            chunk_.end();
            left.remove_prefix(size);
        }
    }
    void fall_silent() {
        decoder_.idle();
        drain();
    }
    void drain() {
        while (const Event* event = decoder_.next()) {
            trace_.add(*event);
            if (++events_ > 2 * given_ + 8 * input_.lines.size() + 8)
                violated("the events are no more than the bytes allow", "no progress");
            tile(*event);
            follow(*event);
            if (writes_back_) write_back(*event);
            if (decoder_.ends_command(*event)) settings_.pop();
            if (event->kind == Kind::connect && !input_.dialect->decoding.end_of_transparent.empty()) settings_.transparent = 1;
        }
    }
    void tile(const Event& event) {
        if (event.wire.offset != end_ || event.wire.lead > event.wire.length)
            violated("the events' ranges lie end to end", name(event.kind));
        end_ += event.wire.length;
        if (end_ > given_) violated("the events cover what came", "they cover more");
    }
    /// Behind a header comes payload, as much as it says, or what a silence left of it.
    void follow(const Event& event) {
        if (event.kind == Kind::payload && due_ != 0) {
            const std::size_t length = event.body.payload.data.size();
            if (length > due_) violated("a payload is no longer than its header says", "it is longer");
            due_ -= length;
            if (event.body.payload.last != (due_ == 0)) violated("a payload's last fragment is its last", "`last` is wrong");
            return;
        }
        if (due_ != 0 && event.kind != Kind::truncated) violated("framed payload never becomes an event", name(event.kind));
        const Announced announces = announced(event);
        due_ = std::uint64_t{*announces.length} * (announces.encoding == Encoding::hex ? 2 : 1);
    }
    /// An event without quirks is written back as it stood. What is out of its documented range is read and not written; a report's
    /// end, the pieces of a line, and the separator behind a header need more than the event to be written as they were.
    void write_back(const Event& event) {
        if (settings_.transparent == 1 || settings_.data_sent != Settings::unknown_sent) return encoder_.passed(settings_, event);
        const std::string_view wire = std::string_view{stream_}.substr(event.wire.offset, event.wire.length);
        std::string buffer(2 * wire.size() + 64, '\0');
        const Encoded back = encoder_.encode(settings_, event, wire.substr(0, event.wire.lead), buffer);
        if (back.refusal == Refusal::small_buffer) violated("an event takes no more than twice its bytes", name(event.kind));
        if (!back) return encoder_.passed(settings_, event);
        buffer.resize(back.length);
        const bool ended = wire.ends_with("\r\n") && !wire.ends_with("\r\r\n");
        if (event.quirks.empty() && !is_header(event.kind) && !is_piece(event.kind) && (ended || !is_report(event.kind)) &&
            buffer != wire)
            violated("an event without quirks is written back as it stood",
                     "read   " + conformance::escape(wire) + "\nwrote  " + conformance::escape(buffer));
    }
    void check_end() {
        std::size_t at = 0;
        for (const Line& line : input_.lines) {
            if (line.who != Line::Who::module) continue;
            const std::size_t from = end_ > at ? std::min<std::size_t>(end_ - at, line.bytes.size()) : 0;
            if (line.bytes.find_first_not_of("\r\n \"", from) != std::string::npos)
                violated("the events cover every byte but framing at the end", "some bytes are no event's");
            at += line.bytes.size();
        }
    }

    const Input& input_;
    Settings settings_;
    std::vector<char> carry_;
    Chunk chunk_;
    Cut cut_;
    Decoder decoder_;
    Encoder encoder_;
    bool writes_back_;
    std::string stream_;
    Trace trace_;
    std::size_t given_ = 0;
    std::size_t events_ = 0;
    std::uint64_t end_ = 0;
    std::uint64_t due_ = 0;
};

}  // namespace

void run(std::string_view bytes) {
    const Input input = read_input(bytes);
    const Decoding& table = input.dialect->decoding;
    const Decoding& fast = conformance::fastest(*input.dialect).decoding;
    Listening whole{input, table, Cut::whole(), 'a', true};
    const std::string& heard = whole.hear();
    same("both lexers give the same events", heard, Listening{input, fast, Cut::whole(), 'b'}.hear());
    same("any cutting gives the same events", heard, Listening{input, table, Cut::single(), 'c'}.hear());
    const Cut some = Cut::random(1 + bytes.size() % 40, bytes.size());
    same("any cutting gives the same events", heard, Listening{input, fast, some, 'd'}.hear());
    whole.recover();
}

}  // namespace fuzz
