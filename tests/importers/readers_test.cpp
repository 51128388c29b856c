#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include "importers/readers/byte_source.hpp"
#include "importers/readers/encoding.hpp"
#include "importers/readers/json_records.hpp"
#include "importers/readers/row_hash.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string gzip(std::string const& plain)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, plain.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

// Everything that a source gives, and the error at its end.
std::pair<std::string, std::string> drain(ByteSource& source)
{
    std::string all;
    std::vector<char> chunk(70'000);
    while (true) {
        auto const n = source.read(chunk);
        if (!n)
            return {all, n.error().message};
        if (*n == 0)
            return {all, ""};
        all.append(chunk.data(), *n);
    }
}

TEST(ByteSource, UnpacksGzipWhateverTheFileIsCalled)
{
    TemporaryFolder folder;
    std::string plain;
    for (int i = 0; i < 50'000; ++i)
        plain += std::to_string(i) + "\n";
    auto source = ByteSource::open(folder.write("plain.csv", gzip(plain)));
    ASSERT_TRUE(source);
    EXPECT_TRUE(source->packing() == Packing::gzip);
    EXPECT_EQ(drain(*source), (std::pair{plain, std::string{}}));
    EXPECT_EQ(source->stored_position(), source->stored_size());
}

TEST(ByteSource, UnpacksSeveralGzipMembersInARow)
{
    auto source = ByteSource::from_memory("two.gz", gzip("one,") + gzip("two"));
    EXPECT_EQ(drain(source).first, "one,two");
}

TEST(ByteSource, EndsAtTheZerosThatFillAGzipFileUp)
{
    for (auto const zeros : {std::size_t{1}, std::size_t{512}, std::size_t{300'000}}) {
        auto source =
            ByteSource::from_memory("tape.gz", gzip("one,") + gzip("two") + std::string(zeros, '\0'));
        EXPECT_EQ(drain(source), (std::pair{std::string{"one,two"}, std::string{}})) << zeros;
    }
    for (auto const& behind : {std::string{"x"}, gzip("two")}) {
        auto source = ByteSource::from_memory("bad.gz", gzip("one") + std::string(512, '\0') + behind);
        EXPECT_THAT(drain(source).second, HasSubstr("bad.gz: the gzip data are damaged"));
    }
}

TEST(ByteSource, GivesTheSameBytesAfterRewinding)
{
    for (auto const& bytes : {std::string{"plain bytes"}, gzip("packed bytes"),
                              gzip("packed ") + gzip("bytes") + std::string(512, '\0')}) {
        auto source = ByteSource::from_memory("b", bytes);
        auto const first = drain(source).first;
        ASSERT_TRUE(source.rewind());
        EXPECT_EQ(drain(source).first, first);
    }
}

TEST(ByteSource, TellsOfGzipThatIsCutOffOrDamaged)
{
    auto packed = gzip(std::string(100'000, 'x') + "the end");
    auto cut = ByteSource::from_memory("cut.gz", packed.substr(0, packed.size() - 20));
    EXPECT_THAT(drain(cut).second, HasSubstr("cut.gz: the gzip data end too early"));
    packed[packed.size() / 2] = static_cast<char>(~packed[packed.size() / 2]);
    auto damaged = ByteSource::from_memory("bad.gz", packed);
    EXPECT_THAT(drain(damaged).second, HasSubstr("bad.gz: the gzip data are damaged"));
}

TEST(ByteSource, StopsADecompressionBomb)
{
    auto const bomb = gzip(std::string(30'000'000, '\0'));
    auto source = ByteSource::from_memory("bomb.gz", bomb,
                                          {.bytes = 1 << 30, .expansion = 200, .always_allowed = 1 << 20});
    auto const [bytes, error] = drain(source);
    EXPECT_LT(bytes.size(), 10'000'000U);
    EXPECT_THAT(error, HasSubstr("more than 200 times its size"));
}

TEST(ByteSource, StopsAtTheLargestSizeThatIsRead)
{
    auto source = ByteSource::from_memory("big", std::string(5000, 'x'), {.bytes = 1000});
    EXPECT_THAT(drain(source).second, HasSubstr("more than 1000 bytes"));
}

TEST(ByteSource, SaysWhyAFileCannotBeOpened)
{
    TemporaryFolder folder;
    auto const missing = ByteSource::open((folder.path() / "none.csv").string());
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    EXPECT_THAT(missing.error().message, HasSubstr("none.csv"));
    auto const a_folder = ByteSource::open(folder.path().string());
    ASSERT_FALSE(a_folder);
    EXPECT_THAT(a_folder.error().message, HasSubstr("is a folder"));
}

TEST(ByteSource, ReadsAPipeTwice)
{
    TemporaryFolder folder;
    auto const pipe = (folder.path() / "pipe").string();
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    std::thread writer{[&] { std::ofstream{pipe} << "through a pipe"; }};
    auto source = ByteSource::open(pipe);
    writer.join();
    ASSERT_TRUE(source);
    EXPECT_EQ(drain(*source).first, "through a pipe");
    ASSERT_TRUE(source->rewind());
    EXPECT_EQ(drain(*source).first, "through a pipe");
}

TEST(Encoding, KnowsUtf8FromWhatOnlyLooksLikeIt)
{
    EXPECT_TRUE(is_utf8("Håbo, Östhammar, €, 𝄞, plain text that is longer than eight bytes"));
    EXPECT_TRUE(is_utf8(""));
    for (std::string const bad :
         {"K\xe5re", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3", "abcdefgh\x80"})
        EXPECT_FALSE(is_utf8(bad)) << testing::PrintToString(bad);
}

TEST(Encoding, ReadsWindows1252)
{
    std::string out;
    append_from_windows_1252("\xc5lund \x96 5 \x80 \x81", out);
    EXPECT_EQ(out, "Ålund – 5 € \xc2\x81");
}

struct Records {
    std::vector<std::string> json;
    std::string error;
    bool empty = false;
};

Records read_records(std::string bytes)
{
    auto source = ByteSource::from_memory("t.json", std::move(bytes));
    Records read;
    auto records = JsonRecords::open(source);
    if (!records) {
        read.error = records.error().message;
        return read;
    }
    read.empty = records->is_empty();
    while (true) {
        auto const more = records->next();
        if (!more)
            read.error = more.error().message;
        if (!more || !*more)
            return read;
        read.json.push_back(canonical_json(records->record()));
    }
}

TEST(JsonRecords, ReadsAnArrayAndJsonLinesAlike)
{
    auto const expected = ElementsAre(R"({"a":1})", R"({"b":"}]"})");
    EXPECT_THAT(read_records(R"( [ {"a": 1} , {"b" : "}]"} ] )").json, expected);
    EXPECT_THAT(read_records("{\"a\":1}\n{\"b\":\"}]\"}\n").json, expected);
    EXPECT_THAT(read_records("\xef\xbb\xbf[{\"a\":1},\n{\"b\":\"}]\"}]").json, expected);
}

TEST(JsonRecords, HasNothingInAnEmptyArrayAndLessInAnEmptyFile)
{
    EXPECT_FALSE(read_records("[]").empty);
    EXPECT_EQ(read_records("[ ]").error, "");
    EXPECT_TRUE(read_records("").empty);
    EXPECT_TRUE(read_records(" \n").empty);
    EXPECT_EQ(read_records("").error, "");
}

TEST(JsonRecords, NamesTheRowWhereAFileIsCutOff)
{
    EXPECT_EQ(read_records(R"([{"a":1},{"b":)").error,
              "t.json row 2: the file is cut off in the middle of an object");
    EXPECT_EQ(read_records(R"([{"a":1},{"b":2})").error,
              "t.json row 3: the file is cut off: the array is not closed");
    EXPECT_EQ(read_records(R"([{"a":1},)").error,
              "t.json row 2: the file is cut off: the array is not closed");
    EXPECT_EQ(read_records("[").error, "t.json row 1: the file is cut off: the array is not closed");
}

TEST(JsonRecords, RefusesWhatIsNotJson)
{
    EXPECT_THAT(read_records("<html>").error, HasSubstr("begins with \"<\""));
    EXPECT_THAT(read_records(R"([1])").error, HasSubstr("found \"1\", expected an object"));
    EXPECT_THAT(read_records(R"([{"a":1}{"b":2}])").error, HasSubstr("expected \",\""));
    EXPECT_THAT(read_records(R"([{"a":1}] x)").error, HasSubstr("behind the end"));
    EXPECT_THAT(read_records(R"([{"a":1,}])").error, HasSubstr("row 1: is no valid JSON"));
    EXPECT_THAT(read_records(R"([{"a":001}])").error, HasSubstr("row 1: is no valid JSON"));
    EXPECT_THAT(read_records("[{\"a\":\"\\ud800\"}]").error, HasSubstr("no valid JSON"));
}

TEST(JsonRecords, LimitsDepthAndLength)
{
    EXPECT_THAT(read_records("[{\"a\":" + std::string(100'000, '[')).error, HasSubstr("deeper than 32"));
    EXPECT_THAT(read_records("[{\"a\":\"" + std::string(kRecordLimit, 'x')).error,
                HasSubstr("longer than 16 MB"));
}

TEST(JsonRecords, ReadsARecordThatIsNotUtf8AsWindows1252)
{
    EXPECT_THAT(read_records("[{\"a\":\"K\xe5re\"}]").json, ElementsAre("{\"a\":\"Kåre\"}"));
}

TEST(CanonicalJson, SortsMembersAndKeepsNumbersAsWritten)
{
    auto const value = parse_json(
        R"({ "b": [1, 2.50, 1e3, null, true], "a": {"z": {}, "y": []}, "c": 12345678901234567890, "b": "again" })");
    ASSERT_TRUE(value);
    EXPECT_EQ(canonical_json(*value), R"({"a":{"y":[],"z":{}},"b":"again","c":12345678901234567890})");
    EXPECT_EQ(canonical_json(*parse_json("[1, 2.50, 1e3, -7]")), "[1,2.50,1e3,-7]");
}

TEST(CanonicalJson, EscapesOnlyWhatMustBe)
{
    std::string out;
    append_json_string(std::string{"å\"\\/\n\t\x01\x7f", 9}, out);
    EXPECT_EQ(out, "\"å\\\"\\\\/\\n\\t\\u0001\x7f\"");
    EXPECT_EQ(canonical_json(*parse_json(R"("\u00e5\/\u000a")")), "\"å/\\n\"");
}

// Test vectors: draft-eastlake-fnv-17, section "FNV-1a 128-bit" ("" and "foobar").
TEST(RowHash, IsFnv1aOf128Bits)
{
    EXPECT_EQ(row_hash("").text(), "6c62272e07bb014262b821756295c58d");
    EXPECT_EQ(row_hash("foobar").text(), "343e1662793c64bf6f0d3597ba446f18");
}

}  // namespace
}  // namespace riskbild::importers
