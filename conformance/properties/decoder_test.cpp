// What once went wrong in the decoder and the encoder, each case with the bytes that showed it.
#include <gtest/gtest.h>

#include <atwire/dialects/all.hpp>
#include <atwire/encoder.hpp>

#include "properties/decode.hpp"

namespace conformance {
namespace {

using namespace atwire;
using Kinds = std::vector<Kind>;

Settings given(const Dialect& dialect, const std::vector<std::pair<std::string, std::string>>& values) {
    Settings settings;
    for (const auto& [name, value] : values) EXPECT_TRUE(set_by_name(settings, dialect.facts, name, value)) << name;
    return settings;
}
Kinds kinds(const std::vector<Record>& records) {
    Kinds found;
    for (const Record& record : records) found.push_back(record.kind);
    return found;
}

TEST(Decoder, LooksAtNoByteBeforeItsChunk) {
    const Settings settings = given(bc95, {{"coap_payload", "2"}});
    const std::string header = "\r\n+QCOAPURC: \"rsp\",2,2.05,1,5,";
    const std::string bytes = header + "hello\r\n\r\nOK\r\n";
    const auto records = decode(bc95.decoding, settings, bytes, {{header.size(), bytes.size() - header.size()}});
    ASSERT_EQ(kinds(records), (Kinds{Kind::coap_response, Kind::payload, Kind::ok}));
    EXPECT_TRUE(records[2].quirks.empty());
    // The silence comes when the chunk is gone.
    const std::string half = header + "1";
    EXPECT_EQ(kinds(decode(bc95.decoding, settings, half, {{half.size()}})),
              (Kinds{Kind::coap_response, Kind::payload, Kind::truncated}));
}

TEST(Decoder, GoesOnWithALineThatItTookForPayload) {
    // A number and a comma that are neither an option nor all of them payload; the chunk before holds them.
    const std::string bytes = "\r\n+QCOAPURC: \"rsp\",2,2.05,1,1,12,x\r\n\r\nOK\r\n";
    const Settings settings = given(bc95, {{"coap_payload", "2"}});
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        const auto records = decode(bc95.decoding, settings, bytes, {{cut, bytes.size() - cut}});
        ASSERT_EQ(kinds(records), (Kinds{Kind::coap_response, Kind::payload, Kind::text, Kind::ok})) << cut;
        EXPECT_EQ(records[1].data, "1");
        EXPECT_EQ(records[2].fields, " text=\"2,x\"");
    }
}

TEST(Decoder, TakesJustTheLineBreakOfThePromptForItsTail) {
    Settings settings = given(ec200x, {{"qisde", "1"}, {"formatcfg", "1"}});
    settings.data_sent = 5;
    for (const std::string bytes : {"\r\n>\r\r\nOK\r\n", "\r\n>\n\rab\r\n"})
        for (std::size_t cut = 1; cut < bytes.size(); ++cut)
            EXPECT_EQ(kinds(decode(ec200x.decoding, settings, bytes, {{cut, bytes.size() - cut}})),
                      kinds(decode(ec200x.decoding, settings, bytes, {{bytes.size()}})))
                << cut;
}

TEST(Decoder, ReadsNothingBehindThePromptsBlank) {
    Settings settings = given(ec200x, {{"qisde", "1"}});
    settings.data_sent = 1;
    const std::string bytes = "\r\n> \r\nOK\r\n";
    const auto whole = decode(ec200x.decoding, settings, bytes, {{bytes.size()}});
    EXPECT_EQ(decode(ec200x.decoding, settings, bytes, {{4, bytes.size() - 4}}), whole);
}

TEST(Decoder, KeepsALinesQuirksWhenACommandFollows) {
    Settings settings;
    char carry[64];
    Decoder decoder{ec200x, settings, carry};
    decoder.feed("\r\n+QISEND: 1, 5");
    EXPECT_EQ(decoder.next(), nullptr);
    decoder.command_follows();
    EXPECT_EQ(decoder.next(), nullptr);
    decoder.feed(",6\r\n");
    const Event* event = decoder.next();
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->quirks, Quirk::space_after_comma);
}

TEST(Decoder, AssumesAsManyBytesBehindEachPrompt) {
    Settings settings = given(ec200x, {{"qisde", "1"}, {"pending", "AT+QISEND=0,5"}});
    char carry[64];
    Decoder decoder{ec200x, settings, carry};
    for (int i = 0; i < 2; ++i) {
        decoder.feed("\r\n> hello\r\nSEND OK\r\n");
        Kinds found;
        while (const Event* event = decoder.next()) found.push_back(event->kind);
        EXPECT_EQ(found, (Kinds{Kind::prompt, Kind::data_echo, Kind::send_ok}));
    }
}

TEST(Decoder, StopsWaitingForDataThatNobodyCountsAnyMore) {
    Settings settings = given(ec200x, {{"qisde", "1"}});
    settings.data_sent = 5;
    char carry[64];
    Decoder decoder{ec200x, settings, carry};
    decoder.feed("\r\n>he");
    while (decoder.next() != nullptr) {
    }
    settings = {};
    decoder.feed("llo\r\nSEND OK\r\n");
    Kinds found;
    while (const Event* event = decoder.next()) found.push_back(event->kind);
    EXPECT_EQ(found, (Kinds{Kind::text, Kind::send_ok}));
}

TEST(Decoder, FindsTotalsOfNothing) {
    const std::string bytes = "\r\n+QIRD: 0,0,0\r\n";
    for (const auto& settings :
         {given(ec200x, {{"viewmode", "1"}}), given(ec200x, {{"service.0", "TCP"}, {"pending", "AT+QIRD=0"}})}) {
        const auto records = decode(ec200x.decoding, settings, bytes, {{bytes.size()}});
        ASSERT_EQ(kinds(records), Kinds{Kind::receive_totals});
        EXPECT_TRUE(records[0].doubts.empty());
    }
}

TEST(Decoder, TakesAWholeTestReplyWhateverItsCommasMean) {
    const std::string bytes = "\r\n+QIRD: 10,abc\r\n";
    for (const Dialect* dialect : {&bc65, &bc26, &ec200x}) {
        const auto records =
            decode(dialect->decoding, given(*dialect, {{"viewmode", "1"}, {"showlength", "1"}, {"pending", "AT+QIRD=?"}}), bytes,
                   {{bytes.size()}});
        ASSERT_EQ(kinds(records), Kinds{Kind::supported}) << dialect->facts.name;
        EXPECT_EQ(records[0].fields, " command=\"QIRD\" text=\"10,abc\"");
    }
}

TEST(Decoder, TakesPayloadWhereNothingElseCanBegin) {
    const std::string push = "\r\n+QIURC: \"recv\",0,4,test\r\n";
    const std::string read = "\r\n+QIRD: 4,test\r\n";
    for (const std::string& bytes : {push, read})
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            const auto records = decode(ec200x.decoding, {}, bytes, {{cut, bytes.size() - cut}});
            ASSERT_EQ(records.size(), 2u) << cut;
            EXPECT_TRUE(records[0].doubts.has(Doubt::inferred));
            EXPECT_EQ(records[1].data, "test");
        }
    // Where a peer has to follow it doesn't.
    EXPECT_EQ(kinds(decode(ec200x.decoding, given(ec200x, {{"service.0", "UDP SERVICE"}}), push, {{push.size()}})),
              Kinds{Kind::malformed});
}

TEST(Decoder, GivesTheReturnBehindDigitsToTheNextLine) {
    const std::string bytes = "\r\n+QIURC: \"recv\",0\r\n3132\r";
    const auto records =
        decode(bc65.decoding, given(bc65, {{"access_mode.0", "1"}, {"dataformat", "1"}}), bytes, {.cuts = {bytes.size()}});
    ASSERT_EQ(kinds(records), (Kinds{Kind::data_received, Kind::payload, Kind::truncated}));
    EXPECT_EQ(records[1].data, "3132");
}

TEST(Decoder, RefusesWhatItWouldHaveToInfer) {
    Settings settings;
    char carry[64];
    Decoder decoder{bc26, settings, carry};
    decoder.infer(false);
    decoder.feed("\r\n+QIURC: \"recv\",0,5\r\n");
    const Event* event = decoder.next();
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->kind, Kind::malformed);
    settings.access_mode[0] = 0;
    decoder.feed("\r\n+QIURC: \"recv\",0,5\r\n");
    event = decoder.next();
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->kind, Kind::data_available);
}

TEST(Decoder, RefusesAPromptThatItWouldHaveToInfer) {
    for (const bool infers : {true, false}) {
        Settings settings;
        char carry[64];
        Decoder decoder{bc26, settings, carry};
        decoder.infer(infers);
        decoder.feed("\r\n> ");
        const Event* event = decoder.next();
        ASSERT_NE(event, nullptr);
        EXPECT_EQ(event->kind, infers ? Kind::prompt : Kind::malformed);
    }
}

TEST(Encoder, LetsNothingTurnAPayloadIntoAnOption) {
    const Settings settings = given(bc95, {{"coap_payload", "text"}});
    const auto refusal = [&](const std::vector<std::pair<Event, std::string>>& events) {
        Encoder encoder{bc95};
        Refusal last = Refusal::none;
        for (const auto& [event, lead] : events) {
            char buffer[200];
            EXPECT_EQ(last, Refusal::none);
            last = encoder.encode(settings, event, lead, buffer).refusal;
        }
        return last;
    };
    const auto response = [](std::uint32_t length) {
        return event_of(
            CoapResponse{.type = 2, .code = 205, .message_id = 1, .options = {}, .length = length, .encoding = Encoding::raw});
    };
    const auto payload = [](std::string_view data) { return event_of(Payload{data, 0, true}); };
    EXPECT_EQ(refusal({{response(4), "\r\n"}, {payload("12,\""), ""}}), Refusal::other_meaning);
    EXPECT_EQ(refusal({{response(3), "\r\n"}, {payload("12,"), ""}, {event_of(Ok{}), "\"\r\n"}}), Refusal::other_meaning);
    EXPECT_EQ(refusal({{response(2), "\r\n"}, {payload("12"), ""}, {event_of(Text{",\"x\""}), ""}}), Refusal::other_meaning);
    EXPECT_EQ(refusal({{response(3), "\r\n"}, {payload("12,"), ""}, {event_of(Ok{}), "\r\n\r\n"}}), Refusal::none);
}

TEST(Encoder, GoesOnBehindAPipeThatWasLeft) {
    Settings settings;
    settings.transparent = 0;
    Encoder encoder{ec200x};
    char buffer[100];
    EXPECT_TRUE(encoder.encode(given(ec200x, {{"transparent", "1"}}), event_of(Payload{"\r\nNO", 0, false}), "", buffer));
    encoder.passed(settings, event_of(Payload{"\r\nNO", 0, false}));
    EXPECT_TRUE(encoder.encode(settings, event_of(Ok{}), buffer));
}

TEST(Encoder, RefusesAnAddressThatIsNone) {
    char buffer[200];
    const Event response = event_of(CoapResponse{.address = std::string_view{"12"},
                                                 .port = std::uint16_t{5},
                                                 .type = 0,
                                                 .code = 0,
                                                 .message_id = 0,
                                                 .options = {},
                                                 .length = 3u,
                                                 .encoding = Encoding::hex});
    EXPECT_EQ(encode(bc95, {}, response, buffer).refusal, Refusal::other_meaning);
}

}  // namespace
}  // namespace conformance
