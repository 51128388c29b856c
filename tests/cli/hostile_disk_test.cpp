#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/cli/program.hpp"

// Folders without permission, full disks and read-only mounts: one clear sentence, exit 1, store unharmed.
namespace riskbild::cli::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr auto kSentence = "riskbild: [^\n]+\n";

/// A small disk of its own in memory.
class Mount {
public:
    Mount(std::filesystem::path folder, std::string const& options) : folder_(std::move(folder))
    {
        std::filesystem::create_directories(folder_);
        is_mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, options.c_str()) == 0;
    }
    ~Mount()
    {
        if (is_mounted_)
            ::umount2(folder_.c_str(), MNT_DETACH);
    }
    Mount(Mount const&) = delete;
    Mount& operator=(Mount const&) = delete;
    [[nodiscard]] bool is_mounted() const { return is_mounted_; }
    void make_read_only() const { ::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, ""); }

private:
    std::filesystem::path folder_;
    bool is_mounted_ = false;
};

std::string many_rows(int rows)
{
    std::string text = "id,from,to,kind,lng,lat,precision,kommun,address,title,text,case_number\r\n";
    for (auto i = 0; i < rows; ++i)
        text += fmt::format(
            "a{},2025-03-01T10:00:00+01:00,2025-03-01T10:01:00+01:00,theft,17.{:06},59.8{:05},address,"
            "Uppsala,"
            "Exempelgatan {},Title,{},\r\n",
            i, 500000 + i, i, i, std::string(100, 'x'));
    return text;
}

std::vector<std::string> import_of(std::string const& file, std::string const& store)
{
    return {"import", "points", file, "--store", store, "--profile-columns", "incidents"};
}

Ran as_nobody(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), {"runuser", "-u", "nobody", "--", program()});
    return run_program(arguments);
}

class HostileDisk : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (::geteuid() != 0)
            GTEST_SKIP() << "needs root, to take permissions away and to mount";
        small_ = folder_.write("small.csv", many_rows(5));
        std::filesystem::permissions(folder_.path(), std::filesystem::perms::all);
    }
    Folder folder_;
    std::string small_;
};

TEST_F(HostileDisk, SaysThatAFolderMayNotBeWritten)
{
    if (as_nobody({"--version"}).exit_code != 0)
        GTEST_SKIP() << "the program lies where nobody may not run it";
    auto const closed = folder_.path() / "closed";
    std::filesystem::create_directory(closed);
    std::filesystem::permissions(closed, std::filesystem::perms::owner_all |
                                             std::filesystem::perms::others_read |
                                             std::filesystem::perms::others_exec);
    auto const store = (closed / "county.gpkg").string();
    for (auto const& command : {import_of(small_, store), {"init", "--store", store}}) {
        auto const ran = as_nobody(command);
        EXPECT_EQ(ran.exit_code, 1) << ran.err;
        EXPECT_THAT(ran.err, MatchesRegex(kSentence));
    }
    EXPECT_TRUE(std::filesystem::is_empty(closed));
    ASSERT_EQ(riskbild(import_of(small_, store)).exit_code, 0);
    auto const export_ =
        as_nobody({"layer", "density", "--store", store, "--out", (closed / "d.tif").string()});
    EXPECT_EQ(export_.exit_code, 1);
    EXPECT_THAT(export_.err, MatchesRegex(kSentence));
    std::filesystem::permissions(store, std::filesystem::perms::owner_all);
    auto const unreadable = as_nobody({"check", "--store", store});
    EXPECT_EQ(unreadable.exit_code, 1);
    EXPECT_THAT(unreadable.err, MatchesRegex(kSentence));
}

TEST_F(HostileDisk, KeepsAStoreWholeWhenTheDiskIsFull)
{
    Mount const disk(folder_.path() / "disk", "size=3m");
    if (!disk.is_mounted())
        GTEST_SKIP() << "cannot mount here";
    auto const store = folder_ / "disk/county.gpkg";
    ASSERT_EQ(riskbild(import_of(small_, store)).exit_code, 0);
    auto const before = riskbild({"dump", "--store", store}).out;
    auto const large = riskbild(import_of(folder_.write("large.csv", many_rows(20'000)), store));
    EXPECT_EQ(large.exit_code, 1);
    EXPECT_THAT(large.err, MatchesRegex(kSentence));
    EXPECT_THAT(large.err, HasSubstr("full"));
    EXPECT_EQ(riskbild({"check", "--store", store}).exit_code, 0);
    EXPECT_EQ(riskbild({"dump", "--store", store}).out, before);
}

TEST_F(HostileDisk, LeavesNoHalfExportWhenTheDiskIsFull)
{
    auto const store = folder_ / "county.gpkg";
    ASSERT_EQ(riskbild(import_of(small_, store)).exit_code, 0);
    Mount const disk(folder_.path() / "disk", "size=4k");
    if (!disk.is_mounted())
        GTEST_SKIP() << "cannot mount here";
    for (auto const& [layer, file] :
         {std::pair{"density", "d.tif"}, {"density", "d.csv"}, {"rates", "r.gpkg"}, {"rates", "r.geojson"}}) {
        auto const ran =
            riskbild({"layer", layer, "--store", store, "--out", folder_ / fmt::format("disk/{}", file)});
        EXPECT_EQ(ran.exit_code, 1) << file;
        EXPECT_THAT(ran.err, MatchesRegex(kSentence)) << file;
        EXPECT_THAT(ran.err, HasSubstr("full")) << file;
        EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "disk")) << file;
    }
}

TEST_F(HostileDisk, ReadsAndServesAStoreOnAReadOnlyMount)
{
    Mount const disk(folder_.path() / "disk", "size=8m");
    if (!disk.is_mounted())
        GTEST_SKIP() << "cannot mount here";
    auto const store = folder_ / "disk/county.gpkg";
    ASSERT_EQ(riskbild(import_of(small_, store)).exit_code, 0);
    auto const before = riskbild({"dump", "--store", store}).out;
    disk.make_read_only();
    auto const refused = riskbild(import_of(folder_.write("more.csv", many_rows(9)), store));
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, MatchesRegex(kSentence));
    EXPECT_EQ(riskbild({"dump", "--store", store}).out, before);
    EXPECT_EQ(riskbild({"layer", "rates", "--store", store, "--out", folder_ / "r.csv"}).exit_code, 0);
    EXPECT_EQ(riskbild({"layer", "rates", "--store", store, "--out", folder_ / "disk/r.csv"}).exit_code, 1);
    Serving const serving({"--store", store});
    EXPECT_GT(serving.port(), 0);
}

}  // namespace
}  // namespace riskbild::cli::testing
