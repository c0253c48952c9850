// `atwire record`: sits between a host and a module's port, or plays a script to it, and writes what passes as a timed transcript.
#ifndef CONFORMANCE_GATE_RECORD_HPP
#define CONFORMANCE_GATE_RECORD_HPP

#include <ostream>

#include "gate/script.hpp"
#include "gate/serial.hpp"

namespace conformance {

struct RecordOptions {
    const atwire::Dialect* dialect = nullptr;
    std::string port{};
    int baud = 115200;
    Flow flow = Flow::none;
    std::string file{};    ///< of the transcript
    bool replace = false;  ///< a file that is there
    std::string title{};
    std::string link{};  ///< leads to the terminal that the host opens; empty: none
    bool live = false;   ///< print the dialogue as it passes
    bool colour = false;
    std::string script{};  ///< what to send; empty: a host comes
    bool identify = true;  ///< before the script ask for the firmware
    double patience = 10;  ///< of the script, in seconds, where the manual gives no time
};

/// Records until SIGINT or SIGTERM, the script's end or the port's. Says on `notes` what a person has to know, each in a line. Rows of the
/// live dialogue go to standard output, and are left out where nobody reads them. Exit code: 0; 1 where a command of the script had no
/// result in time; 2 where lines were lost. Throws std::runtime_error, one line, where the port or the file doesn't open, or the port vanishes.
int record(const RecordOptions& options, std::ostream& notes);

}  // namespace conformance

#endif
