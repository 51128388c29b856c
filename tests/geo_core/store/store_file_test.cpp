#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr uid_t kNobody = 65534;

/// A small file system in memory, for as long as the test needs it.
class SmallDisk {
public:
    SmallDisk(fs::path const& folder, std::string const& size) : folder_(folder)
    {
        fs::create_directories(folder);
        mounted_ = ::mount("tmpfs", folder.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    }
    ~SmallDisk()
    {
        if (mounted_) {
            ::umount2(folder_.c_str(), MNT_DETACH);
        }
    }
    SmallDisk(SmallDisk const&) = delete;
    SmallDisk& operator=(SmallDisk const&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }
    void make_read_only() { ASSERT_EQ(::mount("", folder_.c_str(), "", MS_REMOUNT | MS_RDONLY, ""), 0); }

private:
    fs::path folder_;
    bool mounted_;
};

/// The error code of what `body` gives when the user `nobody` runs it in a process of its own; -1 for none.
int code_for_nobody(std::function<std::optional<ErrorCode>()> const& body)
{
    auto const child = ::fork();
    if (child == 0) {
        if (::setresgid(kNobody, kNobody, kNobody) != 0 || ::setresuid(kNobody, kNobody, kNobody) != 0) {
            ::_exit(99);
        }
        auto const code = body();
        ::_exit(code ? static_cast<int>(*code) : 98);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    auto const code = WIFEXITED(status) ? WEXITSTATUS(status) : 97;
    return code == 98 ? -1 : code;
}

template <class T>
std::optional<ErrorCode> code_of(Result<T> const& result)
{
    return result ? std::nullopt : std::optional{result.error().code};
}

class StoreFile : public StoreWorld {
protected:
    Error open_error(fs::path const& file, Store::Access access = Store::Access::read_write)
    {
        auto const opened = open_store(file, access);
        if (opened) {
            ADD_FAILURE() << file << " was opened";
            return {};
        }
        EXPECT_THAT(opened.error().message, HasSubstr(file.filename().string()));
        EXPECT_THAT(opened.error().message, Not(HasSubstr("\n")));
        EXPECT_FALSE(opened.error().message.ends_with('.'));
        return opened.error();
    }
    fs::path write_file(std::string const& name, std::string const& bytes)
    {
        auto const path = folder_.path() / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    fs::path copy(std::string const& name)
    {
        auto const path = folder_.path() / name;
        fs::copy_file(file(), path, fs::copy_options::overwrite_existing);
        return path;
    }
};

TEST_F(StoreFile, ThatExistsIsNotOverwritten)
{
    auto const again = create_store(file(), uppsala());
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, ErrorCode::wrong_use);
    expect_sound();
}

TEST_F(StoreFile, InAFolderThatIsMissingIsNotMade)
{
    EXPECT_EQ(create_store(folder_.path() / "nowhere" / "county.gpkg", uppsala()).error().code,
              ErrorCode::not_found);
}

TEST_F(StoreFile, LeavesNothingElseBesideIt)
{
    store_.reset();
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator(folder_.path())) {
        names.push_back(entry.path().filename().string());
    }
    EXPECT_THAT(names, ::testing::ElementsAre("county.gpkg"));
}

TEST_F(StoreFile, WithAStrangeNameIsFoundAgain)
{
    auto const path = folder_.path() / "50 % säkert? #1.gpkg";
    ASSERT_TRUE(create_store(path, uppsala()).has_value());
    EXPECT_TRUE(fs::exists(path));
    EXPECT_TRUE(open_store(path, Store::Access::read_only).has_value());
}

TEST_F(StoreFile, ThatIsMissingAFolderEmptyOrNoStoreSaysSo)
{
    EXPECT_EQ(open_error(folder_.path() / "missing.gpkg").code, ErrorCode::not_found);
    EXPECT_EQ(open_error(folder_.path()).code, ErrorCode::unreadable);
    EXPECT_EQ(open_error(write_file("empty.gpkg", "")).code, ErrorCode::damaged);
    EXPECT_EQ(open_error(write_file("text.gpkg", std::string(5000, 'x'))).code, ErrorCode::damaged);
    auto const other = folder_.path() / "other.gpkg";
    store::Connection(other, store::Connection::Mode::create)
        .execute("PRAGMA application_id = 0x47504b47; CREATE TABLE gpkg_contents(a)");
    auto const error = open_error(other);
    EXPECT_EQ(error.code, ErrorCode::damaged);
    EXPECT_THAT(error.message, HasSubstr("no store of Riskbild"));
}

TEST_F(StoreFile, CutOffAnywhereIsDamagedOrFoundSoByTheCheck)
{
    std::vector<Report> reports;
    for (int i = 0; i < 500; ++i) {
        reports.push_back(at(told(fmt::format("{}", i), std::string(300, 'x')), 650000 + i, 6640000));
    }
    import(reports);
    store_.reset();
    auto const size = fs::file_size(file());
    for (auto const part : {50U, 90U, 99U}) {
        auto const path = copy("cut.gpkg");
        fs::resize_file(path, size * part / 100);
        EXPECT_EQ(open_error(path).code, ErrorCode::damaged);
        EXPECT_EQ(open_error(path, Store::Access::read_only).code, ErrorCode::damaged);
    }
}

TEST_F(StoreFile, WithGarbageInsideNeverCrashesAndIsFoundDamaged)
{
    std::vector<Report> reports;
    for (int i = 0; i < 500; ++i) {
        reports.push_back(at(told(fmt::format("{}", i), std::string(300, 'x')), 650000 + i, 6640000));
    }
    import(reports);
    store_.reset();
    auto const size = fs::file_size(file());
    for (std::uintmax_t at_byte = 4096; at_byte + 4096 <= size; at_byte += size / 23 / 4096 * 4096) {
        auto const path = copy("garbage.gpkg");
        {
            std::fstream bytes(path, std::ios::in | std::ios::out | std::ios::binary);
            std::string before(4096, '\0');
            bytes.seekg(static_cast<std::streamoff>(at_byte)).read(before.data(), 4096);
            if (before == std::string(4096, '\0')) {
                continue;  // unused room: nothing there can be damaged
            }
            bytes.seekp(static_cast<std::streamoff>(at_byte));
            bytes << std::string(4096, '\xA7');
        }
        auto const opened = open_store(path, Store::Access::read_only);
        if (!opened) {
            EXPECT_EQ(opened.error().code, ErrorCode::damaged) << opened.error().message;
            continue;
        }
        (void)(*opened)->snapshot();
        auto const report = (*opened)->check(false);
        EXPECT_TRUE(!report || !report->findings.empty()) << "at byte " << at_byte;
    }
}

TEST_F(StoreFile, OfANewerVersionIsRefusedAndLeftAsItIs)
{
    store_.reset();
    run_sql("UPDATE store_info SET value = '99' WHERE name = 'schema_version'");
    auto const error = open_error(file());
    EXPECT_EQ(error.code, ErrorCode::newer_version);
    EXPECT_THAT(error.message, HasSubstr("newer Riskbild"));
    EXPECT_EQ(count("SELECT value FROM store_info WHERE name = 'schema_version'"), 99);
    run_sql("UPDATE store_info SET value = '1' WHERE name = 'schema_version'; PRAGMA user_version = 10500");
    EXPECT_EQ(open_error(file()).code, ErrorCode::newer_version);
}

TEST_F(StoreFile, OfAnOlderSchemaIsBroughtUpToDateStepByStep)
{
    import({told("1")});
    store_.reset();
    std::vector<store::Migration> steps(store::migrations().begin(), store::migrations().end());
    auto const now = steps.back().version;
    steps.push_back({now + 1, "ALTER TABLE sources ADD COLUMN address TEXT NOT NULL DEFAULT 'here'"});
    steps.push_back({now + 2, "UPDATE sources SET address = address || ' and there'"});
    store::StoreOptions const newer{.schema = steps};
    auto const reading = store::open_geopackage_store(file(), Store::Access::read_only, newer);
    ASSERT_FALSE(reading.has_value());
    EXPECT_EQ(reading.error().code, ErrorCode::unwritable);
    {
        auto const opened = must(store::open_geopackage_store(file(), Store::Access::read_write, newer));
        EXPECT_EQ(must(opened->snapshot())->size(), 1U);
    }
    EXPECT_EQ(count("SELECT count(*) FROM sources WHERE address = 'here and there'"), 3);
    EXPECT_TRUE(store::open_geopackage_store(file(), Store::Access::read_only, newer).has_value());
    EXPECT_EQ(open_error(file()).code, ErrorCode::newer_version);
}

TEST_F(StoreFile, WhoseMigrationFailsStaysAtItsVersion)
{
    store_.reset();
    std::vector<store::Migration> steps(store::migrations().begin(), store::migrations().end());
    auto const now = steps.back().version;
    steps.push_back(
        {now + 1, "ALTER TABLE sources ADD COLUMN address TEXT; ALTER TABLE nothing ADD COLUMN x TEXT"});
    EXPECT_FALSE(
        store::open_geopackage_store(file(), Store::Access::read_write, {.schema = steps}).has_value());
    reopen();
    EXPECT_EQ(count("SELECT count(*) FROM pragma_table_info('sources') WHERE name = 'address'"), 0);
}

TEST_F(StoreFile, OfAnotherUserIsReadButNotWritten)
{
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root can become another user";
    }
    import({told("1")});
    store_.reset();
    fs::permissions(folder_.path(), fs::perms{0755});
    fs::permissions(file(), fs::perms{0644});
    EXPECT_EQ(code_for_nobody([&] { return code_of(open_store(file(), Store::Access::read_write)); }),
              static_cast<int>(ErrorCode::unwritable));
    EXPECT_EQ(code_for_nobody([&] { return code_of(create_store(folder_.path() / "new.gpkg", uppsala())); }),
              static_cast<int>(ErrorCode::unwritable));
    EXPECT_EQ(code_for_nobody([&]() -> std::optional<ErrorCode> {
                  auto const opened = must(open_store(file(), Store::Access::read_only));
                  return must(opened->snapshot())->size() == 1 ? std::nullopt
                                                               : std::optional{ErrorCode::internal};
              }),
              -1);
    fs::permissions(file(), fs::perms{0666});
    EXPECT_EQ(code_for_nobody([&] { return code_of(open_store(file(), Store::Access::read_write)); }),
              static_cast<int>(ErrorCode::unwritable))
        << "the file may be written but its folder may not";
    fs::permissions(file(), fs::perms{0600});
    EXPECT_EQ(code_for_nobody([&] { return code_of(open_store(file(), Store::Access::read_only)); }),
              static_cast<int>(ErrorCode::unreadable));
}

TEST_F(StoreFile, OfAnotherUserShowsWhatThatUserWritesMeanwhile)
{
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root can become another user";
    }
    store_.reset();
    fs::permissions(folder_.path(), fs::perms{0755});
    fs::permissions(file(), fs::perms{0644});
    int to_child[2];
    int to_parent[2];
    ASSERT_EQ(::pipe(to_child), 0);
    ASSERT_EQ(::pipe(to_parent), 0);
    auto const child = ::fork();
    if (child == 0) {
        (void)!::setresgid(kNobody, kNobody, kNobody);
        (void)!::setresuid(kNobody, kNobody, kNobody);
        auto const reader = must(open_store(file(), Store::Access::read_only));
        for (char step = 0; step < 3; ++step) {
            auto const size = static_cast<char>(must(reader->snapshot())->size());
            char go = 0;
            if (::write(to_parent[1], &size, 1) != 1 || ::read(to_child[0], &go, 1) != 1) {
                ::_exit(1);
            }
        }
        ::_exit(0);
    }
    auto const seen_by_child = [&] {
        char size = -1;
        EXPECT_EQ(::read(to_parent[0], &size, 1), 1);
        return static_cast<int>(size);
    };
    EXPECT_EQ(seen_by_child(), 0);
    reopen();
    import({told("1")});
    EXPECT_EQ(::write(to_child[1], "x", 1), 1);
    EXPECT_EQ(seen_by_child(), 1) << "while the writer has it open";
    import({told("2", "b")});
    store_.reset();
    EXPECT_EQ(::write(to_child[1], "x", 1), 1);
    EXPECT_EQ(seen_by_child(), 2) << "after the writer closed it";
    EXPECT_EQ(::write(to_child[1], "x", 1), 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
}

TEST_F(StoreFile, OnAReadOnlyDiskIsReadAndSaysThatItCannotBeWritten)
{
    SmallDisk disk(folder_.path() / "disk", "8m");
    if (!disk.mounted()) {
        GTEST_SKIP() << "only root can mount";
    }
    auto const path = folder_.path() / "disk" / "county.gpkg";
    {
        auto const made = must(create_store(path, uppsala()));
        declare_sources(*made);
        import_into(*made, {told("1"), at(told("2", "b"), 650000, 6640000)});
    }
    disk.make_read_only();
    auto const opened = must(open_store(path, Store::Access::read_only));
    EXPECT_EQ(must(opened->snapshot())->size(), 2U);
    EXPECT_EQ(must(opened->check(false)).findings, std::vector<std::string>{});
    EXPECT_EQ(open_error(path).code, ErrorCode::unwritable);
    EXPECT_EQ(create_store(folder_.path() / "disk" / "new.gpkg", uppsala()).error().code,
              ErrorCode::unwritable);
}

TEST_F(StoreFile, OnAFullDiskKeepsItsLastStateAndGoesOnWhenThereIsRoom)
{
    SmallDisk disk(folder_.path() / "disk", "3m");
    if (!disk.mounted()) {
        GTEST_SKIP() << "only root can mount";
    }
    auto const path = folder_.path() / "disk" / "county.gpkg";
    auto const made = must(create_store(path, uppsala()));
    declare_sources(*made);
    import_into(*made, {told("1"), told("2", "b")});
    auto const before = dump_of(*made);

    auto const fill = [&]() -> Result<Revision> {
        auto session = must(made->begin_import(source_named("police"), "large.json"));
        for (int i = 0; i < 4000; ++i) {
            auto taken = session->take(
                told(fmt::format("large-{}", i), std::string(1000, 'x') + fmt::format("{}", i)));
            if (!taken) {
                return Failure{taken.error()};
            }
        }
        return session->commit();
    };
    auto const failed = fill();
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().code, ErrorCode::full) << failed.error().message;
    EXPECT_THAT(failed.error().message, HasSubstr("disk is full"));
    EXPECT_EQ(dump_of(*made), before);
    EXPECT_EQ(must(made->check(false)).findings, std::vector<std::string>{});

    ASSERT_EQ(::mount("", (folder_.path() / "disk").c_str(), "", MS_REMOUNT, "size=64m"), 0);
    EXPECT_TRUE(fill().has_value());
    EXPECT_EQ(must(made->check(false)).findings, std::vector<std::string>{});
}

TEST_F(StoreFile, ThatDoesNotFitOnTheDiskIsNotMadeByHalf)
{
    SmallDisk disk(folder_.path() / "disk", "64k");
    if (!disk.mounted()) {
        GTEST_SKIP() << "only root can mount";
    }
    auto const made = create_store(folder_.path() / "disk" / "county.gpkg", uppsala());
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, ErrorCode::full) << made.error().message;
    EXPECT_THAT(made.error().message, Not(HasSubstr(".new-")));
    EXPECT_TRUE(fs::is_empty(folder_.path() / "disk"));
}

}  // namespace
}  // namespace riskbild::testing
