// A passive tap between a host and a BC26: two byte streams go in, a line for each message comes out. Nobody tells it anything;
// what the bytes mean it learns from the dialogue itself. The recording stands in memory.
#include <array>
#include <atwire/atwire.hpp>
#include <atwire/dialects/bc26.hpp>
#include <cstdio>
#include <string_view>

namespace {

using namespace atwire;

struct Piece {
    char side;  // '>' host to module, '<' module to host
    std::string_view bytes;
};
/// As it was overheard: cut anywhere, and no line is whole.
constexpr std::array recording = {
    Piece{'>', "AT+QIOPEN=1,0,\"TCP\",\"220.180."},
    Piece{'>', "239.212\",8062,0,1\r"},
    Piece{'<', "\r\nOK\r\n\r\n+QIOPE"},
    Piece{'<', "N: 0,0\r\n"},
    Piece{'>', "AT+QISEND=0,4\r"},
    Piece{'<', "\r\n"},
    Piece{'<', "> "},
    Piece{'>', "AT\r\n"},  // four bytes of data, and no command
    Piece{'<', "\r\nOK\r\n\r\nSEND OK\r\n\r\n+QIURC: \"recv\",0,6\r\n\r\nO"},
    Piece{'<', "K\r\n\r\n\r\n+QIURC: \"closed\",0\r\n"},
};

void print(std::string_view text) {
    std::putchar('"');
    for (const char c : text)
        if (c >= ' ' && c <= '~' && c != '"')
            std::putchar(c);
        else
            std::printf("\\x%02X", static_cast<unsigned char>(c));
    std::putchar('"');
}

/// A field's value, by its type.
template <class Body>
void print(const Body& body, const Field& field) {
    switch (field.type) {
        case Type::flag: std::printf("%d", *value_of<bool>(body, field)); break;
        case Type::port: std::printf("%u", *value_of<std::uint16_t>(body, field)); break;
        case Type::number: std::printf("%lu", static_cast<unsigned long>(*value_of<std::uint32_t>(body, field))); break;
        case Type::integer: std::printf("%ld", static_cast<long>(*value_of<std::int32_t>(body, field))); break;
        case Type::position: std::printf("%llu", static_cast<unsigned long long>(*value_of<std::uint64_t>(body, field))); break;
        case Type::text: print(*value_of<std::string_view>(body, field)); break;
        case Type::values: print(value_of<Values>(body, field)->text); break;
        case Type::options: print(value_of<CoapOptions>(body, field)->text); break;
        case Type::encoding: std::printf(*value_of<Encoding>(body, field) == Encoding::hex ? "hex" : "raw"); break;
    }
}

/// An event or a command: its name, and the fields that are there.
template <class Message>
void print(char side, const Message& message) {
    std::printf("%c %s", side, name(message.kind).data());
    for (const Field& field : fields(message.kind)) {
        if (!present(message.body, field)) continue;
        std::printf(" %s=", field.name.data());
        print(message.body, field);
    }
    std::putchar('\n');
}

}  // namespace

int main() {
    std::array<char, 512> from_module{}, from_host{};
    Session session{bc26, from_module, from_host};
    for (const Piece& piece : recording) {
        if (piece.side == '>')
            session.host_said(piece.bytes);
        else
            session.module_said(piece.bytes);
        while (const auto said = session.next()) {
            if (said.event != nullptr) print('<', *said.event);
            if (said.command != nullptr) print('>', *said.command);
        }
    }
}
