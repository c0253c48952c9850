#include "captures/firmware.hpp"

#include <algorithm>
#include <cctype>

namespace conformance {
namespace {

/// Quectel and SIMCom have it in front of the name in ATI's reply, some in AT+CGMR's too.
constexpr std::string_view revision = "Revision:";

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \r\n"), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(" \r\n") + 1);
}

}  // namespace

void Firmware::heard(const atwire::Command& command, std::string_view bytes) {
    if (command.kind == atwire::CommandKind::send_data) return;
    std::string line{trimmed(bytes)};
    std::transform(line.begin(), line.end(), line.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    asked_ = line == "ATI" ? Asked::identification : line == "AT+CGMR" ? Asked::revision : Asked::nothing;
    reply_.clear();
}

std::optional<std::string> Firmware::heard(const atwire::Event& event) {
    if (asked_ == Asked::nothing) return std::nullopt;
    std::string_view line;
    if (const auto* text = atwire::get<atwire::Text>(event)) line = text->text;
    if (const auto* information = atwire::get<atwire::Information>(event); information != nullptr && information->name == "CGMR")
        line = information->text;
    const bool named = line.starts_with(revision);
    if (named) line.remove_prefix(revision.size());
    if (reply_.empty() && (named || asked_ == Asked::revision)) reply_ = trimmed(line);
    if (!is_final_result(event.kind)) return std::nullopt;
    asked_ = Asked::nothing;
    if (event.kind != atwire::Kind::ok || reply_.empty() || reply_ == known_) return std::nullopt;
    return known_ = reply_;
}

}  // namespace conformance
