// corpus/errata-status.tsv says of each erratum of the manuals what became of it:
//   corpus   transcripts show it
//   quirk    a quirk stands for it
//   settled  settings or pending commands decide what its bytes mean
//   host     only a host sends it: no line of a module shows it
//   prose    it is not on the wire: layout, wording, units
// and in `where` the transcripts, quirks and settings that stand for it.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "facts/coverage.hpp"

namespace conformance {
namespace {

using namespace atwire;

/// How many entries the list of errata has, E001 to E250: a table that lost some would prove less.
constexpr std::size_t entries = 250;

struct StatusRow {
    std::string erratum, status;
    std::vector<std::string> where;
    std::string reason;
};

/// Every row. One that has not four columns comes without a status.
std::vector<StatusRow> read_status_rows() {
    std::ifstream input{own_sources().corpus + "/errata-status.tsv"};
    std::vector<StatusRow> rows;
    for (std::string line; std::getline(input, line);) {
        if (line.starts_with('#')) continue;
        const auto cells = split(line, "\t");
        StatusRow& row = rows.emplace_back(StatusRow{cells[0], {}, {}, {}});
        if (cells.size() != 4) continue;
        std::istringstream where{cells[2]};
        row = {cells[0], cells[1], {std::istream_iterator<std::string>{where}, {}}, cells[3]};
    }
    return rows;
}
const std::vector<StatusRow>& status_rows() {
    static const auto rows = read_status_rows();
    return rows;
}

bool is_file(const std::string& name) { return name.ends_with(".at"); }
bool is_quirk(const std::string& name) {
#define ATWIRE_STRING(quirk) #quirk,
    static const std::set<std::string> names = {ATWIRE_QUIRKS(ATWIRE_STRING)};
#undef ATWIRE_STRING
    return names.contains(name);
}
bool is_setting(const std::string& name) {
#define ATWIRE_STRING(setting, most) #setting,
    static const std::set<std::string> names = {ATWIRE_SETTINGS(ATWIRE_STRING) "access_mode", "service", "pending"};
#undef ATWIRE_STRING
    return names.contains(name);
}

/// Whether the row names something of that kind.
bool names_a(const StatusRow& row, bool (*kind)(const std::string&)) {
    return std::any_of(row.where.begin(), row.where.end(), kind);
}

bool carries(const std::string& file, const std::string& erratum) {
    return std::any_of(corpus().begin(), corpus().end(),
                       [&](const CorpusFile& one) { return one.file == file && one.words("erratum").contains(erratum); });
}

TEST(Errata, EachStandsOnce) {
    std::vector<std::string> numbers, listed;
    for (std::size_t n = 1; n <= entries; ++n) numbers.push_back("E" + std::to_string(1000 + n).substr(1));
    for (const StatusRow& row : status_rows()) listed.push_back(row.erratum);
    EXPECT_EQ(listed, numbers);
}

TEST(Errata, StatusIsWhatTheRowNames) {
    for (const StatusRow& row : status_rows()) {
        EXPECT_NE(row.reason, "") << row.erratum;
        if (row.status == "corpus")
            EXPECT_TRUE(names_a(row, is_file)) << row.erratum << ": no transcript";
        else if (row.status == "quirk")
            EXPECT_TRUE(names_a(row, is_quirk)) << row.erratum << ": no quirk";
        else if (row.status == "settled")
            EXPECT_TRUE(names_a(row, is_setting)) << row.erratum << ": no setting";
        else if (row.status == "host" || row.status == "prose")
            EXPECT_TRUE(row.where.empty()) << row.erratum << ": a " << row.status << " row names what shows it";
        else
            ADD_FAILURE() << row.erratum << ": status " << row.status;
    }
}

TEST(Errata, WhatIsNamedExists) {
    for (const StatusRow& row : status_rows())
        for (const std::string& name : row.where)
            EXPECT_TRUE(is_quirk(name) || is_setting(name) || carries(name, row.erratum)) << row.erratum << ": " << name;
}

TEST(Errata, WhatTheCorpusShowsIsNamed) {
    std::set<std::string> shown;
    for (const StatusRow& row : status_rows())
        if (names_a(row, is_file)) shown.insert(row.erratum);
    for (const CorpusFile& file : corpus())
        for (const std::string& erratum : file.words("erratum"))
            EXPECT_TRUE(shown.contains(erratum)) << file.file << " shows " << erratum << ", whose row names no transcript";
}

}  // namespace
}  // namespace conformance
