// What several commands take in the same way: a dialect, a form, a file of what is known, reports; and how far they have come.
#ifndef CONFORMANCE_GATE_ARGUMENTS_HPP
#define CONFORMANCE_GATE_ARGUMENTS_HPP

#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "captures/capture.hpp"
#include "gate/known.hpp"

namespace conformance {

/// nullptr where none is given. Throws std::runtime_error where there is no such dialect.
[[nodiscard]] const atwire::Dialect* dialect_option(const std::string& name);
/// Nothing where none is given. Throws std::runtime_error where there is no such form.
[[nodiscard]] std::optional<Form> input_option(const std::string& name);
/// As many as there are cores where none is given.
[[nodiscard]] std::size_t jobs_option(std::size_t jobs);
/// Nothing where no file is given; none either where it isn't there and may be new. Throws std::runtime_error.
[[nodiscard]] KnownDeviations read_known(const std::string& file, bool may_be_new, const KnownDeviations::Complaint& complaint);

/// Replaces the file at once, so that a full disk leaves the old one. Its permissions stay, and links that lead to it.
void replace(const std::string& name, const std::string& text);

/// One of --report, `KIND[:PATH]`; its file is opened before anything is read.
class ReportTo {
public:
    /// Throws std::runtime_error where it is none of these kinds, or the file can't be written.
    ReportTo(const std::string& argument, const std::vector<std::string>& kinds);
    [[nodiscard]] const std::string& kind() const { return kind_; }
    [[nodiscard]] bool to_standard_output() const { return path_.empty(); }
    void write(const std::function<void(std::ostream&)>& report);

private:
    std::string kind_, path_;
    std::ofstream file_{};
};
/// The first kind to standard output where none is asked for.
[[nodiscard]] std::vector<ReportTo> reports_to(std::vector<std::string> arguments, const std::vector<std::string>& kinds);

/// On a terminal, how far it has come.
class Progress {
public:
    explicit Progress(std::size_t all);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void operator()(std::size_t done) const;

private:
    std::size_t all_;
    bool shown_;
};

}  // namespace conformance

#endif
