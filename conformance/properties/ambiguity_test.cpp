// Settings that differ give readings that differ: each row of corpus/README.md's table "Bytes decide, settings settle".
#include <gtest/gtest.h>

#include <atwire/dialects/all.hpp>

#include "properties/decode.hpp"

namespace conformance {
namespace {

using namespace atwire;

std::vector<std::size_t> single_bytes(std::string_view bytes) { return std::vector<std::size_t>(bytes.size(), 1); }

std::vector<Kind> kinds(const Dialect& dialect, const std::vector<std::pair<std::string, std::string>>& given,
                        std::string_view bytes) {
    Settings settings;
    for (const auto& [name, value] : given) EXPECT_TRUE(set_by_name(settings, dialect.facts, name, value)) << name;
    std::vector<Kind> found;
    for (const Record& record : decode(dialect.decoding, settings, bytes, {single_bytes(bytes)})) found.push_back(record.kind);
    return found;
}
using Kinds = std::vector<Kind>;

TEST(Ambiguity, RecvWithLengthIsNoticeOrHeader) {
    constexpr std::string_view bytes = "\r\n+QIURC: \"recv\",0,2\r\nOK\r\n";
    EXPECT_EQ(kinds(bc26, {{"access_mode.0", "0"}}, bytes), (Kinds{Kind::data_available, Kind::ok}));
    EXPECT_EQ(kinds(bc26, {{"access_mode.0", "1"}}, bytes), (Kinds{Kind::data_received, Kind::payload}));
    EXPECT_EQ(kinds(bc26, {{"access_mode.1", "1"}}, bytes), (Kinds{Kind::data_available, Kind::ok}));
}

TEST(Ambiguity, ReadWithTwoNumbersHasRemainingOrPayload) {
    constexpr std::string_view bytes = "\r\n+QIRD: 3,2\r\nOK\r\n";
    EXPECT_EQ(kinds(bc26, {{"viewmode", "0"}, {"dataformat", "0"}}, bytes), (Kinds{Kind::data_read, Kind::payload}));
    EXPECT_EQ(kinds(bc26, {{"viewmode", "1"}, {"showlength", "0"}, {"dataformat", "0"}}, bytes),
              (Kinds{Kind::data_read, Kind::payload, Kind::ok}));
    EXPECT_EQ(kinds(bc26, {{"viewmode", "0"}, {"dataformat", "1"}}, bytes), (Kinds{Kind::data_read, Kind::truncated, Kind::ok}));
}

TEST(Ambiguity, QuotesRoundAPushAreHeaderOrPayload) {
    constexpr std::string_view bytes = "\r\n+QIURC: \"recv\",0,2,\"a\"\r\n";
    EXPECT_EQ(kinds(bc26, {{"payload_quotes", "1"}}, bytes), (Kinds{Kind::data_received, Kind::payload}));
    const auto records = decode(bc26.decoding,
                                [] {
                                    Settings settings;
                                    settings.payload_quotes = 0;
                                    return settings;
                                }(),
                                bytes, {{bytes.size()}});
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records[1].data, "\"a");
}

TEST(Ambiguity, NetopenIsResultOrState) {
    constexpr std::string_view bytes = "\r\n+NETOPEN: 1\r\n";
    EXPECT_EQ(kinds(a76xx, {{"pending", "AT+NETOPEN"}}, bytes), Kinds{Kind::network_opened});
    EXPECT_EQ(kinds(a76xx, {{"pending", "AT+NETOPEN?"}}, bytes), Kinds{Kind::network_state});
    EXPECT_EQ(kinds(a76xx, {}, bytes), Kinds{Kind::network_opened});
}

TEST(Ambiguity, WhatComesBehindRecvFrom) {
    constexpr std::string_view bytes = "\r\nRECV FROM:1.2.3.4:5\r\nabc\r\n";
    EXPECT_EQ(kinds(a76xx, {{"ciphead", "1"}}, bytes), (Kinds{Kind::data_source, Kind::text}));
    EXPECT_EQ(kinds(a76xx, {{"ciphead", "0"}}, bytes), (Kinds{Kind::data_source, Kind::payload}));
}

TEST(Ambiguity, GreaterThanIsPromptOrText) {
    constexpr std::string_view bytes = "\r\n> \r\n";
    EXPECT_EQ(kinds(bc26, {{"pending", "AT+QISEND=0"}}, bytes), Kinds{Kind::prompt});
    EXPECT_EQ(kinds(bc26, {{"pending", "AT+QIRD=0,1"}}, bytes), Kinds{Kind::text});
    EXPECT_EQ(kinds(bc26, {}, bytes), Kinds{Kind::prompt});
}

TEST(Ambiguity, CommandLineIsEchoOrText) {
    constexpr std::string_view bytes = "AT+QIRD=0,1\r\r\nOK\r\n";
    EXPECT_EQ(kinds(bc26, {{"echo", "1"}}, bytes), (Kinds{Kind::echo, Kind::ok}));
    EXPECT_EQ(kinds(bc26, {{"echo", "0"}}, bytes), (Kinds{Kind::text, Kind::ok}));
}

TEST(Ambiguity, ReplyOfATestFormIsSupported) {
    constexpr std::string_view bytes = "\r\n+CIPMODE: 1\r\n";
    EXPECT_EQ(kinds(a76xx, {{"pending", "AT+CIPMODE=?"}}, bytes), Kinds{Kind::supported});
    EXPECT_EQ(kinds(a76xx, {{"pending", "AT+CIPMODE?"}}, bytes), Kinds{Kind::option});
}

TEST(Ambiguity, ReplyOfATestFormHasItsCommandsName) {
    for (const std::string_view bytes : {"\r\n+QIRD: \r\n", "\r\n +QIRD: (0-4)\r\n"})
        EXPECT_EQ(kinds(bc26, {{"pending", "AT+QIRD=?"}}, bytes), Kinds{Kind::supported}) << bytes;
    for (const std::string_view bytes : {"\r\n4QIRD: \r\n", "\r\nQIRD: 0\r\n", "\r\n  +QIRD: \r\n"})
        EXPECT_EQ(kinds(bc26, {{"pending", "AT+QIRD=?"}}, bytes), Kinds{Kind::text}) << bytes;
    EXPECT_EQ(kinds(bc26, {{"pending", "AT+QIRD=?"}}, "\r\n+XQIRD: 5\r\n"), Kinds{Kind::information}) << "another command's";
}

TEST(Ambiguity, ClosedInTransparentModeIsPayloadOrItsEnd) {
    constexpr std::string_view bytes = "a\r\nCLOSED\r\n";
    EXPECT_EQ(kinds(a76xx, {{"transparent", "1"}}, bytes), (Kinds{Kind::payload, Kind::closed}));
    EXPECT_EQ(kinds(a76xx, {{"transparent", "1"}}, "a\r\nCLOSED\r\nb"), Kinds{Kind::payload});
    EXPECT_EQ(kinds(a76xx, {{"transparent", "0"}}, bytes), (Kinds{Kind::text, Kind::closed}));
}

TEST(Ambiguity, RecvWithoutLengthIsNoticeOrHeader) {
    constexpr std::string_view bytes = "\r\n+QIURC: \"recv\",0\r\nab\r\n";
    EXPECT_EQ(kinds(bc65, {{"access_mode.0", "0"}}, bytes), (Kinds{Kind::data_available, Kind::text}));
    EXPECT_EQ(kinds(bc65, {{"access_mode.0", "1"}}, bytes), (Kinds{Kind::data_received, Kind::payload}));
    // Where a push always has its length, a line without one is a notice.
    EXPECT_EQ(kinds(bc26, {{"access_mode.0", "1"}}, bytes), (Kinds{Kind::data_available, Kind::text}));
    EXPECT_EQ(kinds(ec200x, {{"access_mode.0", "1"}}, bytes), (Kinds{Kind::data_available, Kind::text}));
}

TEST(Ambiguity, RecvWithACommaHasFieldsOrPayloadWithoutALength) {
    constexpr std::string_view bytes = "\r\n+QIURC: \"recv\",0,\"buff full\"\r\n";
    const std::vector<std::pair<std::string, std::string>> unframed = {
        {"access_mode.0", "1"}, {"viewmode", "1"}, {"showlength", "0"}};
    EXPECT_EQ(kinds(bc65, unframed, bytes), (Kinds{Kind::data_received, Kind::payload}));
    for (std::size_t i = 0; i < unframed.size(); ++i) {
        auto one_differs = unframed;
        one_differs[i].second = one_differs[i].second == "1" ? "0" : "1";
        EXPECT_EQ(kinds(bc65, one_differs, bytes), Kinds{Kind::buffer_full}) << one_differs[i].first;
    }
}

TEST(Ambiguity, PayloadWithoutALengthIsTextOrDigits) {
    constexpr std::string_view bytes = "\r\n+QIURC: \"recv\",0\r\nabx\r\n";
    EXPECT_EQ(kinds(bc65, {{"access_mode.0", "1"}, {"dataformat", "0"}}, bytes), (Kinds{Kind::data_received, Kind::payload}));
    EXPECT_EQ(kinds(bc65, {{"access_mode.0", "1"}, {"dataformat", "1"}}, bytes),
              (Kinds{Kind::data_received, Kind::payload, Kind::truncated, Kind::text}));
}

TEST(Ambiguity, PushToAStreamOrToAServiceWithItsPeer) {
    constexpr std::string_view bytes = "\r\n+QIURC: \"recv\",2,22,\"10.7.76.34\",7687\r\nab\r\n\r\nOK\r\n";
    const auto second = [&](const std::vector<std::pair<std::string, std::string>>& given) {
        Settings settings;
        for (const auto& [name, value] : given) EXPECT_TRUE(set_by_name(settings, ec200x.facts, name, value));
        return decode(ec200x.decoding, settings, bytes, {single_bytes(bytes)})[0].fields;
    };
    const std::string with_peer = " socket=2 length=22 address=\"10.7.76.34\" port=7687 encoding=raw";
    EXPECT_EQ(second({{"service.2", "UDP SERVICE"}}), with_peer);
    EXPECT_EQ(second({{"service.2", "UDP SERVICE"}, {"viewmode", "1"}}), with_peer);
    EXPECT_EQ(second({{"service.2", "TCP"}}), " socket=2 length=22 encoding=raw");
    EXPECT_EQ(second({{"viewmode", "0"}}), with_peer);
    EXPECT_EQ(second({{"viewmode", "1"}}), " socket=2 length=22 encoding=raw");
    EXPECT_EQ(second({{"service.1", "UDP SERVICE"}, {"viewmode", "1"}}), " socket=2 length=22 encoding=raw");
}

TEST(Ambiguity, ReadOfTotalsOrOfPayloadOrOfAServiceWithItsPeer) {
    constexpr std::string_view bytes = "\r\n+QIRD: 3,1,2\r\n";
    EXPECT_EQ(kinds(ec200x, {{"pending", "AT+QIRD=0,0"}, {"viewmode", "1"}}, bytes), Kinds{Kind::receive_totals});
    EXPECT_EQ(kinds(ec200x, {{"pending", "AT+QIRD=0,512"}, {"viewmode", "1"}}, bytes), (Kinds{Kind::data_read, Kind::payload}));
    EXPECT_EQ(kinds(ec200x, {{"pending", "AT+QIRD=0,512"}, {"service.0", "TCP"}}, bytes),
              (Kinds{Kind::data_read, Kind::payload}));
    EXPECT_EQ(kinds(ec200x, {{"viewmode", "0"}}, bytes), Kinds{Kind::receive_totals});
    constexpr std::string_view peer = "\r\n+QIRD: 3,\"10.7.76.34\",7687\r\nabc\r\n";
    EXPECT_EQ(kinds(ec200x, {{"pending", "AT+QIRD=2"}, {"service.2", "UDP SERVICE"}, {"viewmode", "1"}}, peer),
              (Kinds{Kind::data_read, Kind::payload}));
    EXPECT_EQ(kinds(ec200x, {{"pending", "AT+QIRD=2"}, {"service.2", "TCP"}, {"viewmode", "1"}}, peer),
              (Kinds{Kind::data_read, Kind::payload, Kind::text, Kind::text}));
}

TEST(Ambiguity, NumberBehindAMessageIdCountsOptionsOrBytes) {
    const auto first = [](std::string_view bytes) { return decode(bc95.decoding, {}, bytes, {single_bytes(bytes)})[0].fields; };
    const std::string message = " type=2 code=205 message_id=1";
    EXPECT_EQ(first("\r\n+QCOAPURC: \"rsp\",2,2.05,1,1,12,\"0\"\r\n"), message + " options=[12,\"0\"]");
    EXPECT_EQ(first("\r\n+QCOAPURC: \"rsp\",2,2.05,1,1,12,0"), message + " options=[] length=1 encoding=hex");
    EXPECT_EQ(first("\r\n+QCOAPURC: \"rsp\",2,2.05,1,5,123456"), message + " options=[] length=5 encoding=hex");
    EXPECT_EQ(first("\r\n+QCOAPURC: \"rsp\",2,2.05,1,13,12,\"0\"\r\n"), message + " options=[] length=13 encoding=hex");
}

TEST(Ambiguity, ModeIsHexadecimalOrDecimalByItsOptions) {
    std::string bytes = "\r\n+QCOAPURC: \"req\",0,1,1,10";
    for (std::size_t options = 1; options <= 9; ++options) {
        bytes += ",11,\"t\"";
        const std::string line = bytes + "\r\n";
        const auto records = decode(bc95.decoding, {}, line, {single_bytes(line)});
        ASSERT_EQ(records.size(), 1u);
        EXPECT_EQ(records[0].kind, options == 8 || options == 5 ? Kind::coap_request : Kind::malformed) << options;
        EXPECT_EQ(records[0].quirks.has(Quirk::decimal_mode), options == 5) << options;
    }
}

TEST(Ambiguity, CoapPayloadIsTextOrDigits) {
    const auto encoding = [](std::string_view options, const std::string& setting) {
        Settings settings;
        EXPECT_TRUE(setting.empty() || set_by_name(settings, bc95.facts, "coap_payload", setting));
        const std::string bytes = "\r\n+QCOAPURC: \"rsp\",2,2.05,1" + std::string{options} + ",3,414243";
        const Record header = decode(bc95.decoding, settings, bytes, {single_bytes(bytes)})[0];
        return header.fields.substr(header.fields.rfind('=') + 1) + (header.doubts.empty() ? "" : "?");
    };
    EXPECT_EQ(encoding("", ""), "hex?");
    EXPECT_EQ(encoding("", "0"), "hex");
    EXPECT_EQ(encoding("", "1"), "hex");
    EXPECT_EQ(encoding("", "2"), "raw");
    for (const std::string_view text : {"0", "41", "50"})
        EXPECT_EQ(encoding(",1,12,\"" + std::string{text} + "\"", ""), "raw") << text;
    for (const std::string_view other : {"40", "42", "47", "410", ""})
        EXPECT_EQ(encoding(",1,12,\"" + std::string{other} + "\"", ""), "hex") << other;
    EXPECT_EQ(encoding(",1,12,\"0\"", "1"), "hex");
    EXPECT_EQ(encoding(",1,11,\"0\"", ""), "hex?");
}

TEST(Ambiguity, LengthThatTheSettingsHideIsAQuirk) {
    const auto quirks = [](const Dialect& dialect, const std::vector<std::pair<std::string, std::string>>& given) {
        Settings settings;
        for (const auto& [name, value] : given) EXPECT_TRUE(set_by_name(settings, dialect.facts, name, value));
        const std::string bytes = "\r\n+QIURC: \"recv\",0,2\r\nab\r\n";
        return decode(dialect.decoding, settings, bytes, {single_bytes(bytes)})[0].quirks;
    };
    EXPECT_EQ(quirks(bc65, {{"showlength", "0"}}), Quirk::unexpected_length);
    EXPECT_EQ(quirks(bc65, {{"showlength", "0"}, {"access_mode.0", "1"}}), Quirk::unexpected_length);
    EXPECT_EQ(quirks(bc65, {{"showlength", "1"}}), Quirks{});
    EXPECT_EQ(quirks(ec200x, {{"recvind", "0"}}), Quirk::unexpected_length);
    EXPECT_EQ(quirks(ec200x, {{"recvind", "0"}, {"access_mode.0", "1"}}), Quirks{});
    EXPECT_EQ(quirks(ec200x, {{"showlength", "0"}}), Quirks{});  // another dialect's
}

TEST(Ambiguity, SendOkEndsTheCommandOrNot) {
    for (const Dialect* dialect : {&bc26, &ec200x}) {
        Settings settings;
        EXPECT_TRUE(set_by_name(settings, dialect->facts, "pending", "AT+QISEND=0,5"));
        char carry[64];
        Decoder decoder{*dialect, settings, carry};
        decoder.feed("\r\nSEND OK\r\n");
        const Event* event = decoder.next();
        ASSERT_NE(event, nullptr);
        EXPECT_EQ(decoder.ends_command(*event), dialect == &ec200x) << dialect->facts.name;
    }
}

TEST(Ambiguity, LineBreakBehindAPromptIsItsTailOrData) {
    const auto echoed = [](const std::string& formatcfg) {
        Settings settings;
        settings.qisde = 1;
        settings.data_sent = 2;
        EXPECT_TRUE(set_by_name(settings, ec200x.facts, "formatcfg", formatcfg));
        const std::string bytes = "\r\n>\r\nab\r\nSEND OK\r\n";
        return decode(ec200x.decoding, settings, bytes, {single_bytes(bytes)})[1].data;
    };
    EXPECT_EQ(echoed("1"), "ab");
    EXPECT_EQ(echoed("0"), "\r\n");
}

TEST(Ambiguity, WhoSaysThatThePipeIsOverIsBelieved) {
    Settings settings;
    settings.transparent = 1;
    char carry[64];
    Decoder decoder{ec200x, settings, carry};
    decoder.feed("data\r\nNO CAR");
    ASSERT_NE(decoder.next(), nullptr);
    EXPECT_EQ(decoder.next(), nullptr);
    settings.transparent = 0;
    decoder.feed("\r\nOK\r\n");
    const Event* withheld = decoder.next();
    ASSERT_NE(withheld, nullptr);
    ASSERT_NE(get<Payload>(*withheld), nullptr);
    EXPECT_EQ(get<Payload>(*withheld)->data, "\r\nNO CAR");
    const Event* line = decoder.next();
    ASSERT_NE(line, nullptr);
    EXPECT_EQ(line->kind, Kind::ok);
}

}  // namespace
}  // namespace conformance
