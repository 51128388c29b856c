#include "server/http_edge.hpp"

#include <string>

#include <gtest/gtest.h>

namespace riskbild::server {
namespace {

using State = HeadRead::State;

std::string const kGood = "GET /tiles/a?f=b HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\n\r\n";

TEST(HttpEdge, ReadsAnOrdinaryRequest)
{
    auto const bytes = kGood + "GET /next";
    auto const read = read_head(bytes);
    ASSERT_EQ(read.state, State::complete);
    EXPECT_EQ(read.consumed, kGood.size());
    EXPECT_EQ(read.head.method, "GET");
    EXPECT_EQ(read.head.target, "/tiles/a?f=b");
    EXPECT_EQ(read.head.host, "127.0.0.1:8080");
    EXPECT_TRUE(read.head.keep_alive);
    EXPECT_FALSE(read.head.has_body);
    EXPECT_EQ(read.head.value_of("accept"), "*/*");
}

TEST(HttpEdge, WaitsForTheRestOfEveryBeginningOfAGoodHead)
{
    for (std::size_t length = 0; length < kGood.size(); ++length)
        EXPECT_EQ(read_head(kGood.substr(0, length)).state, State::incomplete) << length;
}

TEST(HttpEdge, ToleratesOneEmptyLineBeforeARequest)
{
    EXPECT_EQ(read_head("\r\n" + kGood).state, State::complete);
    EXPECT_EQ(read_head("\r\n\r\n" + kGood).status, 400);
}

TEST(HttpEdge, CutsTheAuthorityOffAnAbsoluteAddressOfTheSameHost)
{
    auto const same = read_head("GET http://LOCALHOST:80/a HTTP/1.1\r\nHost: localhost:80\r\n\r\n");
    ASSERT_EQ(same.state, State::complete);
    EXPECT_EQ(same.head.target, "/a");
    EXPECT_EQ(read_head("GET http://evil/a HTTP/1.1\r\nHost: localhost:80\r\n\r\n").status, 400);
    EXPECT_EQ(read_head("GET http://localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n").status, 400);
}

TEST(HttpEdge, ClosesAfterHttp10UnlessAskedToStay)
{
    EXPECT_FALSE(read_head("GET / HTTP/1.0\r\nHost: a\r\n\r\n").head.keep_alive);
    EXPECT_TRUE(read_head("GET / HTTP/1.0\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n").head.keep_alive);
    EXPECT_FALSE(read_head("GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n").head.keep_alive);
}

TEST(HttpEdge, NoticesAnAnnouncedBody)
{
    EXPECT_TRUE(read_head("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n").head.has_body);
    EXPECT_TRUE(read_head("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").head.has_body);
    EXPECT_FALSE(read_head("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 00\r\n\r\n").head.has_body);
}

TEST(HttpEdge, TellsTheLengthOfABody)
{
    EXPECT_EQ(read_head("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0123\r\n\r\n").head.content_length,
              123U);
    EXPECT_EQ(read_head("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").head.content_length, 0U);
    EXPECT_FALSE(read_head("POST / HTTP/1.1\r\nHost: a\r\n\r\n").head.content_length);
    EXPECT_FALSE(
        read_head("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").head.content_length);
}

struct Bad {
    char const* name;
    std::string bytes;
    int status;
};

/// Without it the list of tests would name the addresses of the bytes, new at every run.
void PrintTo(Bad const& bad, std::ostream* out)
{
    *out << bad.name;
}

class HttpEdgeRefuses : public ::testing::TestWithParam<Bad> {};

TEST_P(HttpEdgeRefuses, BeforeAnythingElseSeesIt)
{
    auto const read = read_head(GetParam().bytes);
    EXPECT_EQ(read.state, State::refused);
    EXPECT_EQ(read.status, GetParam().status);
    EXPECT_FALSE(read.message.empty());
}

std::string with(std::string const& line)
{
    return "GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n";
}
std::string from(std::string const& line)
{
    return line + "\r\nHost: a\r\n\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    Heads, HttpEdgeRefuses,
    ::testing::Values(
        Bad{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400}, Bad{"TwoHosts", with("Host: a"), 400},
        Bad{"EmptyHost", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
        Bad{"HostWithSpace", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        Bad{"HostWithUser", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
        Bad{"LengthAndCoding", with("Content-Length: 3\r\nTransfer-Encoding: chunked"), 400},
        Bad{"TwoLengths", with("Content-Length: 3\r\nContent-Length: 3"), 400},
        Bad{"ListOfLengths", with("Content-Length: 3, 3"), 400},
        Bad{"SignedLength", with("Content-Length: +3"), 400},
        Bad{"NegativeLength", with("Content-Length: -3"), 400},
        Bad{"HexLength", with("Content-Length: 0x3"), 400}, Bad{"EmptyLength", with("Content-Length:"), 400},
        Bad{"HugeLength", with("Content-Length: 99999999999999999999"), 400},
        Bad{"UnknownCoding", with("Transfer-Encoding: xchunked"), 400},
        Bad{"CodingList", with("Transfer-Encoding: gzip, chunked"), 400},
        Bad{"TwoCodings", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400},
        Bad{"CodingInHttp10", "GET / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Bad{"BareLineFeed", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400}, Bad{"BareReturn", with("A: b\rc"), 400},
        Bad{"BareLineFeedInAnUnfinishedHead", "GET / HTTP/1.1\r\nHost: a\nX", 400},
        Bad{"Nul", with(std::string("A: b\0c", 6)), 400}, Bad{"Control", with("A: b\x01"), 400},
        Bad{"SpaceBeforeColon", with("A : b"), 400}, Bad{"NoColon", with("A"), 400},
        Bad{"NoName", with(": b"), 400}, Bad{"Folded", with("A: b\r\n c"), 400},
        Bad{"FoldedFirst", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
        Bad{"NoTarget", from("GET HTTP/1.1"), 400}, Bad{"TwoSpaces", from("GET  / HTTP/1.1"), 400},
        Bad{"Tab", from("GET\t/ HTTP/1.1"), 400}, Bad{"SpaceInTarget", from("GET /a b HTTP/1.1"), 400},
        Bad{"Fragment", from("GET /#a HTTP/1.1"), 400},
        Bad{"RawByteInTarget", from("GET /\xe5 HTTP/1.1"), 400}, Bad{"NoSlash", from("GET a HTTP/1.1"), 400},
        Bad{"Asterisk", from("OPTIONS * HTTP/1.1"), 400},
        Bad{"OtherScheme", from("GET ftp://a/ HTTP/1.1"), 400},
        Bad{"MethodWithSlash", from("G/T / HTTP/1.1"), 400}, Bad{"Http09", "GET /\r\n\r\n", 400},
        Bad{"Http2", from("GET / HTTP/2.0"), 505}, Bad{"Http12", from("GET / HTTP/1.2"), 505},
        Bad{"LowerCaseVersion", from("GET / http/1.1"), 400},
        Bad{"TlsHello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400},
        Bad{"LongTarget", "GET /" + std::string(9000, 'a'), 414},
        Bad{"LongField", "GET / HTTP/1.1\r\nA: " + std::string(9000, 'a'), 431},
        Bad{"LongCompleteHead", with("A: " + std::string(9000, 'a')), 431},
        Bad{"ManyFields", with([] {
                std::string lines = "A: b";
                for (auto i = 0; i < 100; ++i)
                    lines += "\r\nA: b";
                return lines;
            }()),
            431}),
    [](auto const& test) { return test.param.name; });

}  // namespace
}  // namespace riskbild::server
