// What a host says, through the command decoder: split invariance, tiling, progress, and that a command which isn't odd is written as it
// was read. What the module says decides how the host's bytes are read, and here only its last word counts: `>` is a prompt, with a
// number behind it for data of that length; CONNECT begins the byte pipe, CARRIER or CLOSED ends it; anything else is a result.
#include <atwire/command_encoder.hpp>
#include <atwire/session.hpp>
#include <charconv>

#include "chunks.hpp"
#include "input.hpp"
#include "target.hpp"
#include "trace.hpp"
#include "transcripts/bytes.hpp"
#include "violation.hpp"

namespace fuzz {
namespace {

using namespace atwire;

class Listening {
public:
    Listening(const Input& input, Cut cut, char fill)
        : input_{input},
          carry_(input.carry, fill),
          chunk_{input.longest(), fill},
          cut_{cut},
          decoder_{*input.dialect, settings_, carry_} {}

    const std::string& hear() {
        for (const Line& line : input_.lines) {
            switch (line.who) {
                case Line::Who::host: hear(line.bytes); break;
                case Line::Who::module: answer(line.bytes); break;
                case Line::Who::silence: fall_silent(); break;
                case Line::Who::restart: break;
                case Line::Who::settings: apply(line.bytes, *input_.dialect, false, settings_); break;
            }
        }
        fall_silent();
        if (stream_.find_first_not_of("\r\n", end_) != std::string::npos)
            violated("the commands cover every byte but ends of lines at the end", "some bytes are no command's");
        return trace_.text();
    }

private:
    void hear(std::string_view left) {
        while (!left.empty()) {
            const std::size_t size = cut_.next(left.size());
            stream_ += left.substr(0, size);
            if (!decoder_.feed(chunk_.of(left.substr(0, size)))) violated("a drained decoder takes a chunk", "it did not");
            drain();
            chunk_.end();
            left.remove_prefix(size);
        }
    }
    void answer(std::string_view said) {
        if (said.find("CONNECT") != std::string_view::npos) {
            settings_.transparent = 1;
            decoder_.expect_command();
        } else if (said.find("CARRIER") != std::string_view::npos || said.find("CLOSED") != std::string_view::npos) {
            settings_.transparent = 0;
        } else if (const std::size_t prompt = said.find('>'); prompt != std::string_view::npos) {
            std::uint32_t length = 0;
            if (has_fixed_length()) std::from_chars(said.data() + prompt + 1, said.data() + said.size(), length);
            length = std::min<std::uint32_t>(length, Pending::absent - 1);
            settings_.transparent = 0;
            sends_ = pending(length);
            decoder_.expect_data(length != 0 ? Maybe{length} : Maybe<std::uint32_t>{});
        } else {
            decoder_.expect_command();
        }
        drain();
    }
    [[nodiscard]] bool has_fixed_length() const {
        for (const PendingCommand& command : input_.dialect->decoding.commands)
            if (command.sends_length) return true;
        return false;
    }
    /// The command that a prompt answers, as far as the encoder of its data has to know it.
    Settings pending(std::uint32_t length) const {
        Pending sends;
        const auto& commands = input_.dialect->facts.commands;
        for (std::size_t i = 0; i < commands.size() && sends.command == Pending::unknown; ++i)
            if (commands[i].sends) sends.command = static_cast<std::uint8_t>(i);
        sends.form = CommandForm::write;
        sends.parameters[0] = 0;
        if (length != 0) sends.parameters[1] = static_cast<std::uint16_t>(length);
        Settings settings;
        settings.push(sends);
        return settings;
    }
    void fall_silent() {
        decoder_.idle();
        drain();
    }
    void drain() {
        while (const Command* command = decoder_.next()) {
            trace_.add(*command);
            if (++commands_ > 2 * stream_.size() + 8 * input_.lines.size() + 8)
                violated("the commands are no more than the bytes allow", "no progress");
            const Wire& wire = command->wire;
            if (wire.offset != end_ || wire.lead > wire.length || end_ + wire.length > stream_.size())
                violated("the commands' ranges lie end to end in what came", name(command->kind));
            end_ += wire.length;
            if (!command->odd && settings_.transparent != 1) write_back(*command);
        }
    }
    void write_back(const Command& command) const {
        const std::string_view wire =
            std::string_view{stream_}.substr(command.wire.offset + command.wire.lead, command.wire.length - command.wire.lead);
        std::string buffer(2 * wire.size() + 8, '\0');
        const Encoded back =
            encode(*input_.dialect, command.kind == CommandKind::send_data ? sends_ : settings_, command, buffer);
        if (!back)
            violated("a command that isn't odd can be written",
                     std::string{name(command.kind)} + ": " + std::string{describe(back.refusal)});
        buffer.resize(back.length);
        if (buffer != wire)
            violated("a command that isn't odd is written as it was read",
                     "read   " + conformance::escape(wire) + "\nwrote  " + conformance::escape(buffer));
    }

    const Input& input_;
    Settings settings_;
    Settings sends_;  ///< with the command that waits for the data
    std::vector<char> carry_;
    Chunk chunk_;
    Cut cut_;
    CommandDecoder decoder_;
    Trace trace_;
    std::string stream_;
    std::uint64_t end_ = 0;
    std::size_t commands_ = 0;
};

}  // namespace

void run(std::string_view bytes) {
    const Input input = read_input(bytes);
    Listening whole{input, Cut::whole(), 'a'};
    const std::string& heard = whole.hear();
    same("any cutting gives the same commands", heard, Listening{input, Cut::single(), 'b'}.hear());
    same("any cutting gives the same commands", heard,
         Listening{input, Cut::random(1 + bytes.size() % 40, bytes.size()), 'c'}.hear());
}

}  // namespace fuzz
