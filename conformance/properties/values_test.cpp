// The typed readers of lists and test replies, the line limit, and settings by name.
#include <gtest/gtest.h>

#include <atwire/atwire.hpp>
#include <atwire/dialects/all.hpp>
#include <string>
#include <vector>

namespace atwire {
namespace {

std::string show(std::string_view text) {
    std::string shown;
    for (const SupportedValue& value : supported_values(text)) {
        shown += shown.empty() ? "" : " ";
        switch (value.type) {
            case SupportedValue::Type::range:
                shown += std::to_string(value.minimum) + ".." + std::to_string(value.maximum);
                break;
            case SupportedValue::Type::list: shown += "list:" + std::string{value.values.text}; break;
            case SupportedValue::Type::text: shown += "text:" + std::string{value.text}; break;
        }
    }
    return shown;
}

TEST(SupportedValues, ReadsWhatTheManualsPrint) {
    EXPECT_EQ(show("(0-4),(0,1)"), "0..4 list:0,1");
    EXPECT_EQ(show("(1-3),(0-4),\"TCP/UDP\",<IP_address>/<domain_name>"),
              "1..3 0..4 text:\"TCP/UDP\" text:<IP_address>/<domain_name>");
    EXPECT_EQ(show("(0-9),(\"TCP\",\"UDP\",\"UDPSERVER\")"), "0..9 list:\"TCP\",\"UDP\",\"UDPSERVER\"");
    EXPECT_EQ(show("1,(1,6)"), "text:1 list:1,6");
    EXPECT_EQ(show("(0)"), "list:0");
    EXPECT_EQ(show("(-1-3)"), "-1..3");
    EXPECT_EQ(show("\"transwaittm\",(5-1000)"), "text:\"transwaittm\" 5..1000");
    EXPECT_EQ(show(""), "text:");
    EXPECT_EQ(show("(,"), "text:(,");
}

TEST(Values, KeepTheirTypes) {
    std::vector<Value> values;
    for (const Value& value : Values{"1,\"a,b\",ON,-3, 5"}) values.push_back(value);
    ASSERT_EQ(values.size(), 5u);
    EXPECT_EQ(values[0].integer, 1);
    EXPECT_EQ(values[1].text, "a,b");
    EXPECT_EQ(values[1].type, Value::Type::string);
    EXPECT_EQ(values[2].type, Value::Type::word);
    EXPECT_EQ(values[3].integer, -3);
    EXPECT_EQ(values[4].integer, 5);
}

TEST(CoapOptions, ComeInPairs) {
    std::vector<CoapOption> options;
    for (const CoapOption& option : CoapOptions{"11,\"rd\", 15,\"ep=1,b;c\",12,\"\""}) options.push_back(option);
    ASSERT_EQ(options.size(), 3u);
    EXPECT_EQ(options[0].number, 11u);
    EXPECT_EQ(options[0].value, "rd");
    EXPECT_EQ(options[1].number, 15u);
    EXPECT_EQ(options[1].value, "ep=1,b;c");
    EXPECT_EQ(options[2].number, 12u);
    EXPECT_EQ(options[2].value, "");
    EXPECT_EQ(CoapOptions{}.size(), 0u);
}

TEST(LineLimit, IsTheLongestDocumentedLine) {
    // +QISTATE: 4,"TCP","<150>",65535,65535,4,3,1
    EXPECT_EQ(line_limit(bc26), std::string_view{"+QIGETERROR: 574,"}.size() + 255);
    // +QICFG: "send/auto" and "recv/ignore" have a message of up to 400 bytes.
    EXPECT_GT(line_limit(ec200x), 400u);
    // Twelve options of 180 bytes, each with its number, quotes and commas.
    EXPECT_GT(line_limit(bc95), 12 * std::string_view{",12,\"\""}.size() + 12 * 180);
    EXPECT_LT(line_limit(bc95), 2500u);
    // +CDNSGIP: 4294967295,"<254>","<45>"
    EXPECT_EQ(line_limit(a76xx), std::string_view{"+CDNSGIP: 4294967295,\"\",\"\""}.size() + 254 + 45);
}

TEST(Settings, RefuseWhatTheyDontKnow) {
    Settings settings;
    const Facts& facts = bc26.facts;
    EXPECT_TRUE(set_by_name(settings, facts, "viewmode", "1"));
    EXPECT_EQ(settings.viewmode, 1);
    EXPECT_FALSE(set_by_name(settings, facts, "viewmode", "2"));
    EXPECT_FALSE(set_by_name(settings, facts, "viewmode", ""));
    EXPECT_FALSE(set_by_name(settings, facts, "viewmode", "x"));
    EXPECT_FALSE(set_by_name(settings, facts, "viewmodes", "1"));
    EXPECT_EQ(settings.viewmode, 1);
    EXPECT_TRUE(set_by_name(settings, facts, "access_mode.11", "2"));
    EXPECT_EQ(settings.access_mode[11], 2);
    EXPECT_FALSE(set_by_name(settings, facts, "access_mode.12", "1"));
    EXPECT_TRUE(set_by_name(settings, facts, "service.0", "UDP SERVICE"));
    EXPECT_EQ(settings.service[0], Service::udp_service);
    EXPECT_FALSE(set_by_name(settings, facts, "service.0", "udp"));
    EXPECT_FALSE(set_by_name(settings, facts, "pending", "hello"));
    EXPECT_TRUE(set_by_name(settings, facts, "pending", "at+qird=3,512"));
    ASSERT_EQ(settings.pending_count, 1);
    EXPECT_EQ(settings.pending[0].parameters[0], 3);
    EXPECT_EQ(settings.pending[0].form, CommandForm::write);
}

TEST(Settings, KeepTheFourNewestCommands) {
    Settings settings;
    for (std::uint16_t i = 0; i < 6; ++i)
        settings.push({.command = 0, .form = CommandForm::write, .parameters = {i, Pending::absent}});
    EXPECT_EQ(settings.pending_count, 4);
    EXPECT_EQ(settings.pending[0].parameters[0], 2);
    settings.pop();
    EXPECT_EQ(settings.pending[0].parameters[0], 3);
    for (int i = 0; i < 5; ++i) settings.pop();
    EXPECT_EQ(settings.pending_count, 0);
    EXPECT_TRUE(settings.pending_known);
}

TEST(Decoder, PointsAtALengthThatTheSettingsHide) {
    char carry[64];
    Settings settings;
    settings.access_mode[0] = 0;
    settings.showlength = 0;
    Decoder decoder{bc26, settings, carry};
    decoder.accept(every_quirk.without(Quirk::unexpected_length));
    decoder.feed("\r\n+QIURC: \"recv\",0,12\r\n");
    const Event* event = decoder.next();
    ASSERT_NE(event, nullptr);
    ASSERT_NE(get<Malformed>(*event), nullptr);
    EXPECT_EQ(get<Malformed>(*event)->fault, std::string_view{"+QIURC: \"recv\",0,"}.size());  // `"buff full"` might follow
}

TEST(Decoder, TakesNothingWithTooSmallACarry) {
    char carry[Decoder::least_carry];
    Settings settings;
    Decoder small{bc26, settings, std::span<char>{carry, sizeof carry - 1}};
    EXPECT_FALSE(small.feed("\r\nOK\r\n"));
    EXPECT_EQ(small.next(), nullptr);
    Decoder enough{bc26, settings, carry};
    EXPECT_TRUE(enough.feed("\r\nOK\r\n"));
    EXPECT_FALSE(enough.feed("\r\nOK\r\n")) << "the chunk before isn't drained";
    ASSERT_NE(enough.next(), nullptr);
    EXPECT_EQ(enough.next(), nullptr);
}

TEST(Maybe, IsAbsentWhenZeroFilled) {
    // Decoder::assemble clears a message's bytes and takes that for "absent".
    Event::Body body;
    __builtin_memset(static_cast<void*>(&body), 0, sizeof body);
    for (const Kind kind : {Kind::socket_status, Kind::data_read, Kind::ping_reply}) {
        for (const Field& field : fields(kind)) EXPECT_EQ(present(body, field), !field.optional) << field.name;
    }
}

}  // namespace
}  // namespace atwire
