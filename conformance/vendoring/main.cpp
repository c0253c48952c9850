// A consumer's whole program: the lines that a BC26 in direct push mode sends, and what they mean.
#include <atwire/decoder.hpp>
#include <atwire/dialects/bc26.hpp>

#include <cstdio>

int main() {
    char carry[256];
    atwire::Settings settings;
    atwire::Decoder decoder{atwire::bc26, settings, carry};
    decoder.settings.access_mode[0] = 1;
    unsigned opened = 0, bytes = 0, others = 0;
    for (const std::string_view chunk : {"\r\n+QIOPEN: 0,", "0\r\n\r\n+QIURC: \"recv\",0,6\r\n\r\nO", "K\r\n\r\n\r\nOK\r\n"}) {
        decoder.feed(chunk);
        while (const atwire::Event* event = decoder.next())
            atwire::visit(*event,
                          atwire::overloaded{[&](const atwire::SocketOpened& e) { opened += e.error == 0 ? 1 : 0; },
                                             [&](const atwire::DataReceived&) {},
                                             [&](const atwire::Payload& p) { bytes += static_cast<unsigned>(p.data.size()); },
                                             [&](const auto&) { ++others; }});
    }
    std::printf("%u opened, %u bytes, %u other events\n", opened, bytes, others);
    return opened == 1 && bytes == 6 && others == 1 ? 0 : 1;
}
