// The result codes that every module sends, as rows for each dialect's table.
#ifndef ATWIRE_DIALECTS_GENERAL_HPP
#define ATWIRE_DIALECTS_GENERAL_HPP

#include <atwire/detail/lexer.hpp>
#include <atwire/detail/tables.hpp>

namespace atwire::tables {

using namespace rows;

inline constexpr auto general_forms = std::array{
    Form{"ok", Kind::ok, "OK", {}, "V.250 5.7.1"},
    Form{"error", Kind::error, "ERROR", {}, "V.250 5.7.1"},
    Form{"cme_code", Kind::cme_error, "+CME ERROR: ", {decimal("code", "err")}, "27.007 9.2"},
    Form{"cme_text", Kind::cme_error, "+CME ERROR: ", {rest("text", "err")}, "27.007 9.2"},
    Form{"cms_code", Kind::cms_error, "+CMS ERROR: ", {decimal("code", "err")}, "27.005 3.2.5"},
    Form{"cms_text", Kind::cms_error, "+CMS ERROR: ", {rest("text", "err")}, "27.005 3.2.5"},
    Form{"connect", Kind::connect, "CONNECT", {behind(" ", optional(rest("text", "text")))}, "V.250 5.7.1"},
    Form{"connect_fail", Kind::connect_fail, "CONNECT FAIL", {}, "CIPOPEN"},
    Form{"no_carrier", Kind::no_carrier, "NO CARRIER", {}, "V.250 5.7.1"},
    Form{"send_ok", Kind::send_ok, "SEND OK", {}, "QISEND"},
    Form{"send_fail", Kind::send_fail, "SEND FAIL", {}, "QISEND"},
    Form{"close_ok", Kind::close_ok, "CLOSE OK", {}, "QICLOSE"},
    Form{"closed", Kind::closed, "CLOSED", {}, "CIPCLOSE"},
};

/// Rows of several tables, one after the other.
template <class Row, std::size_t... n>
constexpr auto join(const std::array<Row, n>&... tables) {
    std::array<Row, (n + ...)> all{};
    std::size_t at = 0;
    const auto add = [&](const auto& table) {
        for (const Row& row : table) all[at++] = row;
    };
    (add(tables), ...);
    return all;
}

/// The general rows, then the dialect's own.
template <std::size_t... n>
constexpr auto with_general(const std::array<Form, n>&... own) {
    return join(general_forms, own...);
}

}  // namespace atwire::tables

#endif
