// A target without a fuzzing engine: runs it on files, and on those in folders.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "target.hpp"
#include "violation.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& path) {
    if (!fs::is_directory(path)) return {path};
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator{path})
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::cerr << "usage: " << arguments[0]
                  << " FILE-OR-FOLDER…\nruns the target on each; ends by abort where a property doesn't hold\n";
        return 2;
    }
    std::size_t runs = 0;
    for (int i = 1; i < count; ++i) {
        for (const fs::path& file : files_of(arguments[i])) {
            std::ifstream input{file, std::ios::binary};
            if (!input) {
                std::cerr << file.string() << ": can't be read\n";
                return 2;
            }
            const std::string bytes{std::istreambuf_iterator<char>{input}, {}};
            const std::string name = file.string();
            fuzz::begin(bytes, name);
            fuzz::run(bytes);
            ++runs;
        }
    }
    std::cout << runs << " inputs, every property holds\n";
    return 0;
}
