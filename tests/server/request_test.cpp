#include "server/request.hpp"

#include <gtest/gtest.h>

#include "server/header_values.hpp"
#include "server/utf8.hpp"

namespace riskbild::server {
namespace {

Result<Request> request_for(std::string_view target)
{
    RequestHead head;
    head.method = "GET";
    head.target = target;
    return parse_request(head);
}

TEST(Request, DecodesPathAndQuery)
{
    auto const request = request_for("/api/%C3%B6?f=a%3Db%3Bc&o=x+y&empty");
    ASSERT_TRUE(request);
    EXPECT_EQ(request->path, "/api/ö");
    EXPECT_EQ(request->segments, (std::vector<std::string>{"api", "ö"}));
    EXPECT_EQ(request->query_value("f"), "a=b;c");
    EXPECT_EQ(request->query_value("o"), "x y");
    EXPECT_EQ(request->query_value("empty"), "");
    EXPECT_FALSE(request->query_value("g"));
}

TEST(Request, KeepsATrailingSlash)
{
    EXPECT_EQ(request_for("/")->segments.size(), 0U);
    EXPECT_EQ(request_for("/a/")->segments.size(), 2U);
    EXPECT_EQ(request_for("/a/")->path, "/a/");
}

class RequestRefuses : public ::testing::TestWithParam<char const*> {};

TEST_P(RequestRefuses, TheAddress)
{
    EXPECT_FALSE(request_for(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Addresses, RequestRefuses,
                         ::testing::Values("/../etc/passwd", "/a/%2e%2e/b", "/%2e%2E", "/a%2fb", "/.",
                                           "/a\\b", "/a%5Cb", "/%00", "/a%0d%0aSet-Cookie", "/%", "/%4",
                                           "/%zz", "/%-1", "/%C3", "/%ff", "/%c0%ae%c0%ae/", "/?f=%",
                                           "/?f=%00", "/?f=%ed%a0%80", "/?f=1&f=2", "/?%66=1&f=2"));

TEST(Request, NamesTheParameterGivenTwice)
{
    EXPECT_EQ(request_for("/?f=1&f=2").error().field, "f");
}

TEST(Request, KnowsItsOwnHost)
{
    for (auto const* host : {"127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080"})
        EXPECT_TRUE(is_own_host(host, 8080)) << host;
    for (auto const* host :
         {"127.0.0.1", "127.0.0.1:80", "localhost", "evil.example:8080", "localhost.evil.example:8080",
          "127.0.0.1.evil.example:8080", "127.0.0.1:8080:8080", "0.0.0.0:8080", ":8080", "[::1]",
          "127.0.0.1:08080", "127.0.0.2:8080"})
        EXPECT_FALSE(is_own_host(host, 8080)) << host;
    EXPECT_TRUE(is_own_host("localhost", 80));
}

TEST(Request, PercentEncodingComesBackTheSame)
{
    std::string every;
    for (auto c = 0x20; c < 0x7f; ++c)
        every += static_cast<char>(c);
    every += "åäö";
    EXPECT_EQ(request_for("/?f=" + percent_encoded(every))->query_value("f"), every);
}

TEST(HeaderValues, AcceptsGzipByNameByStarAndByWeight)
{
    for (auto const* yes : {"gzip", "GZIP", "deflate, gzip;q=0.5", "*", "gzip;q=1.000", "br;q=1, *;q=0.1",
                            "x-gzip", "gzip ; q=0.001", "identity;q=0, *;q=1"})
        EXPECT_TRUE(accepts_gzip(yes)) << yes;
    for (auto const* no : {"", "br", "gzip;q=0", "gzip;q=0.000", "*;q=1, gzip;q=0", "gzip;q=2",
                           "gzip;q=", "gzip;q=0.0001", "gzip;x=1", "agzip", "gzip;q=-1"})
        EXPECT_FALSE(accepts_gzip(no)) << no;
}

TEST(HeaderValues, ComparesEntityTagsWeaklyAndInLists)
{
    for (auto const* yes :
         {R"("a")", R"(W/"a")", "*", R"("b", "a")", R"(W/"b" , W/"a")", R"("b,c","a")", R"( "a" )"})
        EXPECT_TRUE(matches_etag(yes, R"("a")")) << yes;
    for (auto const* no : {"", "a", R"("b")", R"("a)", R"("A")", R"("b" "a")", R"(w/"a")", R"(*, "b")"})
        EXPECT_FALSE(matches_etag(no, R"("a")")) << no;
}

TEST(Utf8, KnowsWellFormedText)
{
    for (auto const* good :
         {"", "abc", "åäö", "\xe2\x82\xac", "\xf0\x9f\x97\xba", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (auto const* bad : {"\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\xf8\x88\x80\x80\x80", "\xff", "a\xe5z"})
        EXPECT_FALSE(is_utf8(bad)) << bad;
}

}  // namespace
}  // namespace riskbild::server
