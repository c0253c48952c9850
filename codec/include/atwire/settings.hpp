// What a decoder must know of the dialogue: the settings that decide what ambiguous bytes mean, and the commands that still
// wait for their result. A plain struct: read it and set it as you like between two calls of `Decoder::next`.
#ifndef ATWIRE_SETTINGS_HPP
#define ATWIRE_SETTINGS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace atwire {

/// A setting's value as the manuals number it; `unset` where nobody gave it.
using Setting = std::int8_t;
inline constexpr Setting unset = -1;

/// Socket numbers and link numbers run from 0 to 11 at most.
inline constexpr std::size_t max_sockets = 12;

/// The services of a socket, as `service.<socket>` names them.
enum class Service : std::int8_t { unknown = -1, tcp, udp, tcp_listener, udp_service, tcp_incoming, udp_incoming };

/// The scalar settings. X(name, most): values run from 0 to `most`.
#define ATWIRE_SETTINGS(X)                                                                            \
    X(echo, 1)            /* ATE */                                                                   \
    X(viewmode, 1)        /* QICFG "viewmode": 1 = the payload follows its header on the same line */ \
    X(showlength, 1)      /* QICFG "showlength" */                                                    \
    X(recvind, 1)         /* QICFG "recvind" (ec200x) */                                              \
    X(dataformat, 1)      /* QICFG "dataformat", of received data: 0 text, 1 hexadecimal */           \
    X(send_dataformat, 1) /* QICFG "dataformat", of sent data */                                      \
    X(formatcfg, 1)       /* QICFG "formatcfg": 1 = CRLF after the prompt (ec200x) */                 \
    X(close_mode, 1)      /* QICFG "close/mode" (ec200x) */                                           \
    X(echomode, 1)        /* QICFG "echomode" (bc26) */                                               \
    X(qisde, 1)           /* QISDE (ec200x) */                                                        \
    X(payload_quotes, 1)  /* quotes round a payload pushed inline (bc26) */                           \
    X(coap_payload, 2)    /* 0 by Content-Format, 1 hexadecimal, 2 text (bc95) */                     \
    X(showra, 1)          /* QCOAPCFG "Showra" */                                                     \
    X(showrspopt, 1)      /* QCOAPCFG "Showrspopt" */                                                 \
    X(cipmode, 1)         /* CIPMODE: 1 = transparent */                                              \
    X(ciphead, 1)         /* CIPHEAD: 1 = `+IPD<n>` before pushed data */                             \
    X(cipsrip, 1)         /* CIPSRIP: 1 = `RECV FROM:` before pushed data */                          \
    X(headertype, 1)      /* CIPCCFG HeaderType: 1 = `+RECEIVE,<link>,<n>` */                         \
    X(errmode, 1)         /* CIPCCFG errMode: 1 = `+IP ERROR` with text */                            \
    X(dataecho, 1)        /* CIPCFG "DATAECHO": 1 = ON */                                             \
    X(ciprxget, 5)        /* CIPRXGET mode 0, 1, or 5 */                                              \
    X(transparent, 1)     /* the port is a byte pipe */

/// How a command was spelled: `AT+NAME=?`, `AT+NAME?`, `AT+NAME=…`, `AT+NAME`; `escape` is `+++`.
enum class CommandForm : std::uint8_t { none, test, read, write, execute, escape };

/// A command that waits for its final result. `command` is its index in the dialect's command table.
struct Pending {
    static constexpr std::uint8_t unknown = 0xFF;
    static constexpr std::uint16_t absent = 0xFFFF;

    std::uint8_t command = unknown;
    CommandForm form = CommandForm::none;
    /// The first two parameters where they are numbers below 65535, else `absent`.
    std::array<std::uint16_t, 2> parameters{absent, absent};
};

struct Settings {
#define ATWIRE_MEMBER(name, most) Setting name = unset;
    ATWIRE_SETTINGS(ATWIRE_MEMBER)
#undef ATWIRE_MEMBER
    std::array<Setting, max_sockets> access_mode = filled<Setting>(unset);  ///< 0 buffer, 1 direct push, 2 transparent
    std::array<Service, max_sockets> service = filled<Service>(Service::unknown);

    /// Whether pending commands are known at all. False for who listens without hearing the host.
    bool pending_known = false;
    std::uint8_t pending_count = 0;
    /// The commands that wait, oldest first: `pending_count` of them.
    std::array<Pending, 4> pending{};
    /// Bytes that the host sent after a prompt and that have not come back yet. `unknown_sent` where nobody counts them: then a
    /// pending command of fixed length says how many.
    static constexpr std::uint32_t unknown_sent = 0xFFFFFFFF;
    std::uint32_t data_sent = unknown_sent;

    /// Adds a command; the oldest goes where the ring is full.
    constexpr void push(const Pending& command) noexcept {
        if (pending_count == pending.size()) pop();
        pending[pending_count++] = command;
        pending_known = true;
    }
    /// The oldest pending command of that number, which a reply with its name answers; nullptr where there is none. Others may
    /// stand before it on its line.
    [[nodiscard]] constexpr const Pending* oldest_of(std::uint8_t command) const noexcept {
        for (std::size_t i = 0; i < pending_count && i < pending.size(); ++i)
            if (pending[i].command == command) return &pending[i];
        return nullptr;
    }
    /// The oldest pending command has got its final result.
    constexpr void pop() noexcept {
        if (pending_count == 0) return;
        for (std::size_t i = 1; i < pending_count; ++i) pending[i - 1] = pending[i];
        --pending_count;
    }

private:
    template <class T>
    static constexpr std::array<T, max_sockets> filled(T value) noexcept {
        std::array<T, max_sockets> all{};
        all.fill(value);
        return all;
    }
};

struct Facts;

/// Sets one setting by its name and a value as `# settings:` and `--set` give it: a number, a service's name, for `pending` a
/// command line. Names: those of `Settings`, `access_mode.<socket>`, `service.<socket>`, `pending`. False, and nothing
/// changed, where name or value is unknown.
bool set_by_name(Settings& settings, const Facts& facts, std::string_view name, std::string_view value) noexcept;

/// Reads a command line, `AT+QIRD=0,512` or `+++`, as far as a decoder has to know it while it is pending. Its end, CR or CRLF,
/// may be there or not. What the dialect doesn't define has `command` unknown. False where the line doesn't begin with AT.
bool read_pending(const Facts& facts, std::string_view line, Pending& pending) noexcept;

}  // namespace atwire

#endif
