#include "gate/arguments.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <thread>

#include <unistd.h>

#include "transcripts/dialects.hpp"

namespace conformance {

const atwire::Dialect* dialect_option(const std::string& name) {
    if (name.empty()) return nullptr;
    if (const atwire::Dialect* dialect = dialect_named(name)) return dialect;
    throw std::runtime_error{"--dialect " + name + ": there is no such dialect; --help lists them"};
}

std::optional<Form> input_option(const std::string& name) {
    if (name.empty()) return {};
    if (const auto form = form_named(name)) return form;
    throw std::runtime_error{"--input " + name + ": transcript, raw, socat, terminal or timestamped was expected"};
}

std::size_t jobs_option(std::size_t jobs) { return jobs != 0 ? jobs : std::max(1u, std::thread::hardware_concurrency()); }

KnownDeviations read_known(const std::string& file, bool may_be_new, const KnownDeviations::Complaint& complaint) {
    if (file.empty()) return {};
    std::ifstream input{file};
    if (!input && may_be_new && errno == ENOENT) return {};
    if (!input) throw std::runtime_error{file + ": " + std::strerror(errno)};
    if (std::filesystem::is_directory(file))
        throw std::runtime_error{file + ": a file of known deviations was expected, not a directory"};
    return {input, file, complaint};
}

void replace(const std::string& name, const std::string& text) {
    std::error_code is_new;
    const std::string target = std::filesystem::canonical(name, is_new).string();
    const std::string file = is_new ? name : target;
    const std::string beside = file + ".new";
    std::ofstream output{beside, std::ios::binary};
    output << text;
    output.close();
    if (!is_new && output) std::filesystem::permissions(beside, std::filesystem::status(file).permissions());
    if (!output || std::rename(beside.c_str(), file.c_str()) != 0) {
        const std::string why = std::strerror(errno);
        std::remove(beside.c_str());
        throw std::runtime_error{file + ": " + why};
    }
}

ReportTo::ReportTo(const std::string& argument, const std::vector<std::string>& kinds)
    : kind_{argument.substr(0, argument.find(':'))}, path_{argument.substr(std::min(kind_.size() + 1, argument.size()))} {
    if (std::ranges::find(kinds, kind_) == kinds.end()) {
        std::string names;
        for (const std::string& kind : kinds) names += (names.empty() ? "" : &kind == &kinds.back() ? " or " : ", ") + kind;
        throw std::runtime_error{"--report " + argument + ": " + names + " was expected"};
    }
    if (path_.empty()) return;
    file_.open(path_, std::ios::binary);
    if (!file_) throw std::runtime_error{path_ + ": " + std::strerror(errno)};
}

void ReportTo::write(const std::function<void(std::ostream&)>& report) {
    std::ostream& output = path_.empty() ? std::cout : file_;
    report(output);
    if (!output.flush()) throw std::runtime_error{(path_.empty() ? "standard output" : path_) + " can't be written"};
}

std::vector<ReportTo> reports_to(std::vector<std::string> arguments, const std::vector<std::string>& kinds) {
    if (arguments.empty()) arguments.push_back(kinds.front());
    std::vector<ReportTo> reports;
    for (const std::string& argument : arguments) reports.emplace_back(argument, kinds);
    if (std::ranges::count_if(reports, &ReportTo::to_standard_output) > 1)
        throw std::runtime_error{"--report: only one goes to standard output; " + arguments.back() + ":PATH writes it to a file"};
    return reports;
}

Progress::Progress(std::size_t all) : all_{all}, shown_{all > 1 && isatty(STDERR_FILENO) == 1} {}

Progress::~Progress() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
}

void Progress::operator()(std::size_t done) const {
    constexpr std::size_t width = 40;
    const std::size_t full = done * width / all_;
    if (shown_)
        std::cerr << "\r[" << std::string(full, '#') << std::string(width - full, '.') << "] " << done << "/" << all_
                  << std::flush;
}

}  // namespace conformance
