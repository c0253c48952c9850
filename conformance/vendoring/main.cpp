// A consumer's whole program: a host that opens a socket of a BC26 in direct push mode, and what comes back.
#include <atwire/atwire.hpp>
#include <atwire/dialects/bc26.hpp>

#include <cstdio>

int main() {
    char from_module[256], from_host[256], line[256];
    atwire::Session session{atwire::bc26, from_module, from_host};
    unsigned commands = 0, opened = 0, bytes = 0, others = 0;
    const auto drain = [&] {
        while (const auto said = session.next()) {
            if (said.command != nullptr) ++commands;
            if (said.event == nullptr) continue;
            atwire::visit(*said.event,
                          atwire::overloaded{[&](const atwire::SocketOpened& e) { opened += e.error == 0 ? 1 : 0; },
                                             [&](const atwire::DataReceived&) {},
                                             [&](const atwire::Payload& p) { bytes += static_cast<unsigned>(p.data.size()); },
                                             [&](const auto&) { ++others; }});
        }
    };
    const std::string_view address = "192.0.2.1";
    const atwire::OpenSocket open{
        .context = 1, .socket = 0, .service = "TCP", .address = address, .remote_port = 7, .local_port = 0, .access_mode = 1};
    const atwire::Encoded written = atwire::encode(atwire::bc26, session.settings, atwire::command_of(open), line);
    session.host_said({line, written.length});
    drain();
    for (const std::string_view chunk :
         {"\r\nOK\r\n\r\n+QIOPEN: 0,", "0\r\n\r\n+QIURC: \"recv\",0,6\r\n\r\nO", "K\r\n\r\n\r\nOK\r\n"}) {
        session.module_said(chunk);
        drain();
    }
    std::printf("%u command, %u opened, %u bytes, %u other events\n", commands, opened, bytes, others);
    return commands == 1 && opened == 1 && bytes == 6 && others == 2 ? 0 : 1;
}
