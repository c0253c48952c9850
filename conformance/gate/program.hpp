// The program as a user runs it: in a directory of its own, through a shell.
#ifndef CONFORMANCE_GATE_PROGRAM_HPP
#define CONFORMANCE_GATE_PROGRAM_HPP

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace conformance {

inline std::string contents(const std::filesystem::path& file) {
    std::ifstream input{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{input}, {}};
}

struct Result {
    int code;
    std::string output;
    std::string errors;
};

class Program : public testing::Test {
protected:
    Program() : directory_{std::filesystem::temp_directory_path() / ("atwire-" + std::to_string(getpid()))} {
        std::filesystem::create_directory(directory_);
    }
    ~Program() override { std::filesystem::remove_all(directory_); }

    /// A file with these bytes in the directory where `run` runs.
    void file(const std::string& name, const std::string& bytes) const {
        std::ofstream{directory_ / name, std::ios::binary} << bytes;
    }

    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

    /// Runs `atwire ARGUMENTS` in a shell.
    [[nodiscard]] Result run(const std::string& arguments, const std::string& output = "stdout") const {
        const std::string command =
            "cd '" + directory_.string() + "' && '" ATWIRE_PROGRAM "' " + arguments + " 2>stderr >" + output;
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents(directory_ / "stdout"), contents(directory_ / "stderr")};
    }

    /// Expects exit code 2, one line that is `message`, and only `output` on standard output.
    void expect_refused(const std::string& arguments, const std::string& message, const std::string& output = "") const {
        const Result result = run(arguments);
        EXPECT_EQ(result.code, 2) << arguments;
        EXPECT_EQ(result.errors, "atwire: " + message + "\n") << arguments;
        EXPECT_EQ(result.output, output) << arguments;
    }

private:
    std::filesystem::path directory_;
};

}  // namespace conformance

#endif
