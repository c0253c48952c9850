// A host that opens a socket on a BC26, sends, reads and closes. The module is a script in memory, which speaks seven bytes at a
// time; a serial port has the same two functions.
#include <array>
#include <atwire/atwire.hpp>
#include <atwire/dialects/bc26.hpp>
#include <cstdio>
#include <span>
#include <string_view>

namespace {

using namespace atwire;

constexpr std::string_view greeting = "hi\r\nOK\r\n";  // its echo may not be taken for the result of the read

struct Exchange {
    std::string_view host;
    std::string_view module;
};
constexpr std::array script = {
    Exchange{"AT+QIOPEN=1,0,\"TCP\",\"220.180.239.212\",8062\r", "\r\nOK\r\n\r\n+QIOPEN: 0,0\r\n"},
    Exchange{"AT+QISEND=0,8\r", "\r\n>"},
    Exchange{greeting, "\r\nOK\r\n\r\n+QIURC: \"recv\",0\r\n\r\nSEND OK\r\n"},
    Exchange{"AT+QIRD=0,512\r", "\r\n+QIRD: 8\r\nhi\r\nOK\r\n\r\n\r\nOK\r\n"},
    Exchange{"AT+QICLOSE=0\r", "\r\nOK\r\n\r\nCLOSE OK\r\n"},
};

/// What stands for the port. The module falls silent where it hears what its script doesn't have.
class Port {
public:
    void write(std::string_view bytes) {
        if (next_ != script.size() && bytes == script[next_].host) waiting_ = script[next_++].module;
    }
    /// What has arrived; nothing where the line was silent for as long as a command may take.
    std::string_view read() {
        const std::string_view arrived = waiting_.substr(0, 7);
        waiting_.remove_prefix(arrived.size());
        return arrived;
    }

private:
    std::size_t next_ = 0;
    std::string_view waiting_{};
};

/// One socket, in buffer access mode.
class Driver {
public:
    explicit Driver(Port& port) : port_{port} {}

    bool open(std::string_view address, std::uint16_t port) {
        if (!say(OpenSocket{.context = 1, .socket = 0, .service = "TCP", .address = address, .remote_port = port})) return false;
        const Event* opened = wait_for(Kind::socket_opened);
        return opened != nullptr && opened->body.socket_opened.error == 0;
    }
    bool send(std::string_view data) {
        return say(Send{.socket = 0, .length = static_cast<std::uint32_t>(data.size())}) && wait_for(Kind::prompt) &&
               say(SendData{.data = data, .offset = 0, .last = true, .end = std::string_view{"length"}}) &&
               wait_for(Kind::send_ok);
    }
    /// Waits for data and reads as much of it as the buffer has room for. Nothing where none came.
    std::string_view receive(std::span<char> buffer) {
        if (!unread_ && wait_for(Kind::data_available) == nullptr) return {};
        unread_ = false;
        if (!say(ReadData{.socket = 0, .length = static_cast<std::uint32_t>(buffer.size())})) return {};
        std::size_t length = 0;
        for (bool last = false; !last;) {  // in fragments, as they arrive
            const Event* payload = wait_for(Kind::payload);
            if (payload == nullptr) return {};
            length += payload->body.payload.data.copy(buffer.data() + length, buffer.size() - length);
            last = payload->body.payload.last;
        }
        return wait_for(Kind::ok) ? std::string_view{buffer.data(), length} : std::string_view{};
    }
    bool close() { return say(CloseSocket{.socket = 0}) && wait_for(Kind::close_ok); }

private:
    /// Writes a command. The session hears it too, and so knows what the answers mean. False where the manual doesn't allow it.
    template <class Message>
    bool say(const Message& message) {
        const Encoded line = encode(bc26, session_.settings, command_of(message), line_);
        if (!line) return false;
        session_.host_said({line_.data(), line.length});
        port_.write({line_.data(), line.length});
        return true;
    }
    /// Reads on to an event; nullptr where the module refuses or falls silent.
    const Event* wait_for(Kind wanted) {
        for (;;) {
            while (const auto said = session_.next()) {
                if (said.event == nullptr) continue;  // the command itself, as it will be understood
                const Kind kind = said.event->kind;
                unread_ = unread_ || kind == Kind::data_available;  // a notice may come at any time
                if (kind == wanted) return said.event;
                if ((is_final_result(kind) && kind != Kind::ok) || kind == Kind::send_fail) return nullptr;
            }
            const std::string_view arrived = port_.read();
            if (arrived.empty()) return nullptr;
            session_.module_said(arrived);
        }
    }

    Port& port_;
    std::array<char, 256> from_module_{}, from_host_{};  // hold a line that straddles two reads, whatever the payload
    std::array<char, 1460> line_{};                      // the most that one AT+QISEND takes
    Session session_{bc26, from_module_, from_host_};
    bool unread_ = false;
};

}  // namespace

int main() {
    Port port;
    Driver driver{port};
    std::array<char, 512> buffer{};
    if (!driver.open("220.180.239.212", 8062) || !driver.send(greeting)) return 1;
    const std::string_view received = driver.receive(buffer);
    std::printf("sent %zu bytes, received %zu: %s\n", greeting.size(), received.size(),
                received == greeting ? "the same" : "others");
    return driver.close() ? 0 : 1;
}
