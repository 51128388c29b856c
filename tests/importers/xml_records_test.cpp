#include "importers/readers/xml_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riskbild::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// All records as canonical JSON, or what is wrong.
std::vector<std::string> read(std::string bytes)
{
    auto source = ByteSource::from_memory("a.xml", std::move(bytes));
    auto records = XmlRecords::open(source, {"r", "error"});
    if (!records)
        return {records.error().message};
    std::vector<std::string> all;
    while (true) {
        auto const more = records->next();
        if (!more)
            all.push_back(more.error().message);
        if (!more || !*more)
            return all;
        all.push_back(canonical_json(records->record()));
    }
}

TEST(XmlRecords, ReadsElementsAsJsonWouldHaveThem)
{
    EXPECT_THAT(read(R"(<?xml version="1.0" encoding="utf-8"?>
<rs xmlns:x="u"><r><b> 1 </b><a/><x:c y="z">å &amp; &lt;</c2></x:c></r></rs>)"),
                ElementsAre(HasSubstr("mismatched tag")));
    EXPECT_THAT(
        read("<rs>\n <r><b> 1 </b><a/><x:c y='z'>\xc3\xa5 &amp; &#66;<![CDATA[<]]></x:c></r>\n <q/>"
             "<r><m>1</m><m>2</m><n><o>3</o></n></r></rs>\n"),
        ElementsAre("{\"a\":null,\"b\":\"1\",\"c\":\"\xc3\xa5 & B<\"}", R"({"m":["1","2"],"n":{"o":"3"}})"));
    EXPECT_THAT(read("<rs/>"), SizeIs(0));
    EXPECT_THAT(read("<r><a>alone</a></r>"), ElementsAre(R"({"a":"alone"})"));
}

TEST(XmlRecords, ReadsWhatIsNotUtf8AsWindows1252WhateverItSays)
{
    EXPECT_THAT(
        read("<?xml version='1.0' encoding='ISO-8859-1'?><rs><r><a>K\xf6ping</a><b>\xc3\xa5</b></r></rs>"),
        ElementsAre("{\"a\":\"K\xc3\xb6ping\",\"b\":\"\xc3\xa5\"}"));
    EXPECT_THAT(read(std::string{"\xff\xfe<\0r\0>\0<\0a\0>\0\xe5\0<\0/\0a\0>\0<\0/\0r\0>\0", 32}),
                ElementsAre("{\"a\":\"\xc3\xa5\"}"));
}

TEST(XmlRecords, RefusesWhatCouldHarm)
{
    EXPECT_THAT(read("<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><r><x>&b;</x></r>"),
                ElementsAre(HasSubstr("has a document type")));
    EXPECT_THAT(read("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r/>"),
                ElementsAre(HasSubstr("has a document type")));
    EXPECT_THAT(read("<r><x>&b;</x></r>"), ElementsAre(HasSubstr("undefined entity")));
    std::string deep;
    for (int i = 0; i < 40; ++i)
        deep += "<a>";
    EXPECT_THAT(read(deep), ElementsAre(HasSubstr("nests deeper than 32 levels")));
    std::string long_record = "<r>";
    for (int i = 0; i < 1'000'000; ++i)
        long_record += "<a>0123456789</a>";
    EXPECT_THAT(read(long_record + "</r>"), ElementsAre(HasSubstr("longer than 16 MB")));
    EXPECT_THAT(read("<r>" + std::string(17 << 20, 'x')), ElementsAre(HasSubstr("longer than 16 MB")));
}

TEST(XmlRecords, NeverTakesHalfAFileForAWholeOne)
{
    std::string const whole = "<rs><r><a>1</a></r><r><a>2</a></r></rs>";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        auto const rows = read(whole.substr(0, size));
        ASSERT_FALSE(rows.empty());
        EXPECT_THAT(rows.back(), HasSubstr("is no good XML in line 1")) << size;
    }
    EXPECT_THAT(read(whole + "x").back(), HasSubstr("junk after document element"));
    std::string many = "<rs>";
    for (int i = 0; i < 20'000; ++i)
        many += "<r><a>" + std::to_string(i) + "</a></r>";
    auto const rows = read(many + "</rs>");
    ASSERT_THAT(rows, SizeIs(20'000));
    EXPECT_EQ(rows.back(), R"({"a":"19999"})");
}

}  // namespace
}  // namespace riskbild::importers
