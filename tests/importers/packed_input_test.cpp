#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "importers/readers/archive.hpp"
#include "importers/readers/byte_source.hpp"
#include "made_files.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

using testing::HasSubstr;

std::string numbers(int count)
{
    std::string plain = "number\n";
    for (int i = 0; i < count; ++i)
        plain += std::to_string(i) + "\n";
    return plain;
}

// All bytes, or what is wrong.
std::string drained(Result<ByteSource> source)
{
    if (!source)
        return source.error().message;
    std::string all;
    std::string chunk(10'000, '\0');
    while (true) {
        auto const n = source->read(chunk);
        if (!n)
            return n.error().message;
        if (*n == 0)
            return all;
        all.append(chunk, 0, *n);
    }
}

TEST(PackedInput, IsUnpackedWhateverItIsCalled)
{
    TemporaryFolder const folder;
    auto const plain = numbers(100'000);
    for (auto const packer : {Packer::bzip2, Packer::xz, Packer::zstd}) {
        auto const path = folder.write("t.csv", packed(plain, packer));
        EXPECT_EQ(drained(ByteSource::open(path)), plain);
        auto source = ByteSource::from_memory("t.csv", packed(plain, packer));
        EXPECT_NE(source.packing(), Packing::none);
        EXPECT_TRUE(source.rewind());
        EXPECT_EQ(drained(std::move(source)), plain);
    }
}

TEST(PackedInput, IsWhatItIsWhereItOnlyBeginsAsIfItWerePacked)
{
    for (std::string const text : {"BZh", "BZh9", "PK", "\x1f", "\xfd\x37zX"})
        EXPECT_EQ(drained(ByteSource::from_memory("t.csv", text)), text);
}

TEST(PackedInput, TakesTheOneFileOfAZipArchive)
{
    TemporaryFolder const folder;
    auto const path = folder.write(
        "t.zip", zip_of({{"list.csv", numbers(5000)}, {"__MACOSX/._list.csv", "x"}, {".DS_Store", "x"}}));
    EXPECT_EQ(drained(ByteSource::open(path)), numbers(5000));
    auto source = ByteSource::open(path);
    EXPECT_EQ(source->name(), "t.zip");
    EXPECT_TRUE(source->path().empty()) << "the bytes are not those of a file";
}

TEST(PackedInput, TakesTheMemberThatIsNamed)
{
    TemporaryFolder const folder;
    auto const path = folder.write("t.zip", zip_of({{"a.csv", "a\n1\n"}, {"deep/b.csv", "b\n2\n"}}));
    EXPECT_EQ(drained(ByteSource::open(path + "/deep/b.csv")), "b\n2\n");
    EXPECT_EQ(ByteSource::open(path + "/deep/b.csv")->name(), "t.zip/deep/b.csv");
    EXPECT_EQ(drained(ByteSource::open(path + "/c.csv")), "t.zip/c.csv: holds no file \"c.csv\"");
    auto const csv = folder.write("plain.csv", "a\n");
    EXPECT_EQ(drained(ByteSource::open(csv + "/a.csv")), "plain.csv/a.csv: is in no ZIP archive");
}

TEST(PackedInput, SaysThatItIsDamagedOrCutOff)
{
    TemporaryFolder const folder;
    auto const plain = numbers(100'000);
    for (auto const packer : {Packer::bzip2, Packer::xz, Packer::zstd}) {
        auto bytes = packed(plain, packer);
        EXPECT_THAT(drained(ByteSource::open(folder.write("cut", bytes.substr(0, bytes.size() / 2)))),
                    HasSubstr("cut: the"));
        if (packer == Packer::zstd)
            continue;  // carries no check sum unless its writer wants one, and libarchive's does not
        bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
        EXPECT_THAT(drained(ByteSource::open(folder.write("bad", bytes))), HasSubstr("damaged"));
    }
    auto zip = zip_of({{"list.csv", plain}});
    EXPECT_THAT(drained(ByteSource::open(folder.write("cut.zip", zip.substr(0, zip.size() / 2)))),
                HasSubstr("the ZIP data are damaged or cut off"));
    zip[zip.size() / 2] = static_cast<char>(~zip[zip.size() / 2]);
    EXPECT_THAT(drained(ByteSource::open(folder.write("bad.zip", zip))),
                HasSubstr("the ZIP data are damaged or cut off"));
}

// The member's check sum in the local and the central header; libarchive compares with either.
TEST(PackedInput, MindsTheCheckSumOfAMember)
{
    TemporaryFolder const folder;
    auto zip = zip_of({{"list.csv", "a stored text that is the same however it is packed"}});
    auto const central = zip.find("PK\x01\x02");
    ASSERT_NE(central, std::string::npos);
    constexpr std::size_t kCheckSum = 16;  // APPNOTE 4.3.12
    zip[central + kCheckSum] = static_cast<char>(~zip[central + kCheckSum]);
    auto const descriptor = zip.find("PK\x07\x08");
    if (descriptor != std::string::npos)
        zip[descriptor + 4] = static_cast<char>(~zip[descriptor + 4]);
    EXPECT_THAT(drained(ByteSource::open(folder.write("sum.zip", zip))), HasSubstr("CRC"));
}

TEST(PackedInput, NeverBelievesHowLargeAnArchiveSaysItIs)
{
    TemporaryFolder const folder;
    auto zip = zip_of({{"list.csv", numbers(1000)}});
    auto const central = zip.find("PK\x01\x02");
    constexpr std::size_t kUncompressedSize = 24;  // APPNOTE 4.3.12
    zip.replace(central + kUncompressedSize, 4, "\xff\xff\xff\x7f");
    auto const said = drained(ByteSource::open(folder.write("declared.zip", zip)));
    EXPECT_TRUE(said == numbers(1000) || said.find("damaged") != std::string::npos) << said.substr(0, 200);
}

TEST(PackedInput, StopsAtWhatUnpacksToTooMuch)
{
    TemporaryFolder const folder;
    std::string const zeros(20'000'000, '0');
    ReadLimits const limits{.bytes = 1'000'000'000, .expansion = 100, .always_allowed = 1'000'000};
    for (auto const& bytes : {zip_of({{"a.csv", zeros}}), packed(zeros, Packer::bzip2),
                              packed(zeros, Packer::xz), packed(zeros, Packer::zstd)})
        EXPECT_THAT(drained(ByteSource::open(folder.write("bomb", bytes), limits)),
                    HasSubstr("unpacks to more than 100 times its size"));
    EXPECT_THAT(drained(ByteSource::open(folder.write("large.zip", zip_of({{"a.csv", zeros}})),
                                         {.bytes = 1'000'000})),
                HasSubstr("more than 1000000 bytes of data"));
    auto source = ByteSource::open(folder.write("two.zip", zip_of({{"a", zeros}, {"b", zeros}})), limits);
    EXPECT_THAT(source->check_members(1'000'000'000).error().message, HasSubstr("100 times its size"));
    EXPECT_THAT(source->check_members(1000).error().message, HasSubstr("unpacks to more than 1000 bytes"));
}

TEST(PackedInput, RefusesWhatIsPackedTwice)
{
    TemporaryFolder const folder;
    auto const inner = zip_of({{"a.csv", "a\n"}});
    EXPECT_EQ(drained(ByteSource::open(folder.write("t.zip", zip_of({{"inner.zip", inner}})))),
              "t.zip: is packed twice, ZIP in ZIP; unpack the outer one first");
    EXPECT_EQ(drained(ByteSource::open(folder.write("t.xz", packed(inner, Packer::xz)))),
              "t.xz: is packed twice, ZIP in xz; unpack the outer one first");
}

TEST(PackedInput, RefusesArchivesWithNamesThatLeadOut)
{
    TemporaryFolder const folder;
    for (auto const* name :
         {"../x.csv", "/etc/x.csv", "a/../../x.csv", "C:\\x.csv", "a\\..\\..\\x.csv", "\\x.csv"}) {
        auto const path = folder.write("t.zip", zip_of({{name, "a\n"}, {"b.csv", "b\n"}}));
        auto const said = drained(ByteSource::open(path));
        EXPECT_THAT(said, HasSubstr("which leads out of the archive")) << name;
        EXPECT_FALSE(Archive::open(path)) << name;
    }
    EXPECT_FALSE(std::filesystem::exists(folder.path().parent_path() / "x.csv"));
}

TEST(Archive, ListsItsMembersAndOpensThem)
{
    TemporaryFolder const folder;
    auto const path =
        folder.write("feed.zip", zip_of({{"gtfs/stops.txt", "stop_id\n1\n"}, {"gtfs/routes.txt", "r\n"}}));
    auto const archive = Archive::open(path);
    ASSERT_TRUE(archive) << archive.error().message;
    ASSERT_EQ(archive->members().size(), 2U);
    EXPECT_EQ(archive->members()[0].name, "gtfs/stops.txt");
    EXPECT_TRUE(archive->has("stops.txt")) << "all of it lies in one folder";
    EXPECT_FALSE(archive->has("trips.txt"));
    EXPECT_EQ(drained(archive->open_member("stops.txt")), "stop_id\n1\n");
    EXPECT_EQ(archive->open_member("trips.txt").error().message,
              "feed.zip: holds no file trips.txt; it has gtfs/stops.txt, gtfs/routes.txt");
    EXPECT_EQ(Archive::open(folder.write("t.csv", "a\n")).error().message, "t.csv: is no ZIP archive");
    EXPECT_EQ(drained(Archive::open(folder.write("one.zip", zip_of({{"a.txt", "a"}})))->open_member("a.txt")),
              "a");
}

TEST(Archive, OpensTheRealFeeds)
{
    RISKBILD_NEEDS_REAL_FILES();
    std::size_t archives = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{shared_data() / "transit"})
        if (entry.path().extension() == ".zip") {
            auto const archive = Archive::open(entry.path().string());
            ASSERT_TRUE(archive) << archive.error().message;
            EXPECT_FALSE(archive->members().empty()) << entry.path();
            ++archives;
        }
    RecordProperty("archives", static_cast<int>(archives));
}

}  // namespace
}  // namespace riskbild::importers
