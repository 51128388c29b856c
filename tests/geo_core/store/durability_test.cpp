#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

/// What the child says through the pipe after each commit that the store acknowledged.
struct Acknowledged {
    int session;
    std::int64_t revision;
};

int rows_in(int session)
{
    return 1 + session * 37 % 400;
}

/// Imports session after session until it is killed. Half of the reports quote case numbers.
[[noreturn]] void import_until_killed(std::filesystem::path const& file, int first_session, int pipe)
{
    auto const store = must(open_store(file, Store::Access::read_write));
    for (int number = first_session;; ++number) {
        auto session = must(store->begin_import(source_named("police"), fmt::format("{}.json", number)));
        for (int row = 0; row < rows_in(number); ++row) {
            auto report = at(told(fmt::format("{}-{}", number, row), fmt::format("{} {}", number, row)),
                             640000 + number, 6640000 + row);
            if (row % 2 == 0) {
                report.case_number = fmt::format("K{}", row % 50);
            }
            must(session->take(report));
        }
        Acknowledged const done{number, must(session->commit()).value()};
        if (::write(pipe, &done, sizeof done) != sizeof done) {
            ::_exit(0);
        }
    }
}

class Durability : public StoreWorld {};

TEST_F(Durability, NoAcknowledgedCommitIsLostOrDoubledByKills)
{
    store_.reset();
    std::mt19937 random(11);
    int next_session = 0;
    std::int64_t last_revision = 0;
    int commits = 0;
    for (int round = 0; round < 24; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        auto const child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(ends[0]);
            import_until_killed(file(), next_session, ends[1]);
        }
        ::close(ends[1]);
        Acknowledged last{};
        ASSERT_EQ(::read(ends[0], &last, sizeof last), static_cast<ssize_t>(sizeof last))
            << "no commit at all";
        auto const first = last.session;
        ::usleep(static_cast<useconds_t>(random() % 60'000));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        for (Acknowledged more{}; ::read(ends[0], &more, sizeof more) == sizeof more;) {
            ASSERT_EQ(more.session, last.session + 1);
            ASSERT_EQ(more.revision, last.revision + 1);
            last = more;
        }
        ::close(ends[0]);
        commits += last.session - first + 1;

        auto const store = must(open_store(file(), Store::Access::read_write));
        auto const now = must(store->revision()).value();
        ASSERT_GE(now, last.revision);
        ASSERT_LE(now, last.revision + 1) << "at most one commit was not yet acknowledged";
        ASSERT_GE(now, last_revision);
        last_revision = now;
        next_session = static_cast<int>(now);
        std::uint64_t expected = 0;
        for (int session = 0; session < next_session; ++session) {
            expected += static_cast<std::uint64_t>(rows_in(session));
        }
        auto const report = must(store->check(false));
        ASSERT_EQ(report.findings, std::vector<std::string>{}) << "round " << round;
        ASSERT_EQ(report.reports, expected);
        ASSERT_EQ(report.versions, expected);
    }
    EXPECT_GE(commits, 24);
    RecordProperty("commits", commits);
}

/// So many rows drop triggers and an index, and write the spatial index node by node.
TEST_F(Durability, AKillInTheMidstOfVeryManyRowsLeavesTheStoreAsItWas)
{
    import({at(told("before"), 650000, 6640000)});
    auto const before = dump();
    store_.reset();
    for (int round = 0; round < 6; ++round) {
        auto const child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto const store = must(open_store(file(), Store::Access::read_write));
            auto session = must(store->begin_import(source_named("police"), "many.json"));
            for (int row = 0; row < 25'000; ++row) {
                must(session->take(
                    at(told(fmt::format("{}", row), fmt::format("{}", row)), 640000 + row, 6640000)));
            }
            std::thread([round] {
                ::usleep(static_cast<useconds_t>(5'000 + 15'000 * round));
                ::kill(::getpid(), SIGKILL);
            }).detach();
            must(session->commit());
            ::usleep(1'000'000);  // the last rounds may be done before the kill
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));
        auto const store = must(open_store(file(), Store::Access::read_write));
        auto const report = must(store->check(false));
        EXPECT_EQ(report.findings, std::vector<std::string>{}) << "round " << round;
        if (report.reports == 25'001) {
            break;
        }
        EXPECT_EQ(dump_of(*store), before);
    }
}

TEST_F(Durability, ASecondWriterIsToldToWaitAndReadersAreNot)
{
    auto first = must(store_->begin_import(source_named("police"), "a.json"));
    must(first->take(told("1")));
    auto const other = must(open_store(file(), Store::Access::read_write));
    auto const second = other->begin_import(source_named("police"), "b.json");
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::busy);
    EXPECT_TRUE(other->snapshot().has_value());
    must(first->commit());
    EXPECT_TRUE(other->begin_import(source_named("police"), "b.json").has_value());
}

TEST_F(Durability, ACommitIsSeenByAStoreThatWasOpenBefore)
{
    auto const reader = must(open_store(file(), Store::Access::read_only));
    EXPECT_EQ(must(reader->snapshot())->size(), 0U);
    import({of_source(told("1"), "late")});
    EXPECT_EQ(must(reader->snapshot())->size(), 1U);
    EXPECT_EQ(reader->county()->sources.size(), 4U);
    EXPECT_EQ(reader->begin_import(source_named("police"), "x").error().code, ErrorCode::unwritable);
}

/// The reader keeps the log alive; what lay in it would be laid over the restored file.
TEST_F(Durability, ABackupPutInTheStoresPlaceIsWhatIsReadThoughAReaderWasThere)
{
    auto const backup = folder_.path() / "backup.gpkg";
    import({told("1")});
    auto const before = dump();
    store_.reset();
    std::filesystem::copy_file(file(), backup);

    auto const reader = must(open_store(file(), Store::Access::read_only));
    EXPECT_EQ(must(reader->snapshot())->size(), 1U);
    store_ = must(open_store(file(), Store::Access::read_write));
    import({told("2"), told("3")});
    store_.reset();
    std::filesystem::rename(backup, file());

    auto const restored = must(open_store(file(), Store::Access::read_only));
    EXPECT_EQ(must(restored->snapshot())->size(), 1U);
    EXPECT_EQ(dump_of(*restored), before);
}

TEST_F(Durability, ALogIsLeftEmptyByEveryWriterThoughAReaderStays)
{
    auto const reader = must(open_store(file(), Store::Access::read_only));
    EXPECT_EQ(must(reader->snapshot())->size(), 0U);
    auto const log = file().string() + "-wal";
    auto session = must(store_->begin_import(source_named("police"), "a.json"));
    must(session->take(told("1")));
    must(session->set_aside({.source = "police", .file = "a.json", .row = 2, .reason = "bad_time"}));
    must(session->commit());
    session.reset();
    EXPECT_EQ(std::filesystem::file_size(log), 0U);
    EXPECT_EQ(must(store_->discard_set_aside({.source = "police"})), 1U);
    EXPECT_EQ(std::filesystem::file_size(log), 0U);
}

/// Whoever reads at that moment is waited for by nobody.
TEST_F(Durability, ACommitDoesNotWaitForAReaderToEmptyTheLog)
{
    import({told("1")});
    store::Connection reading(file(), store::Connection::Mode::read_only);
    store::Transaction const transaction(reading, store::Transaction::Kind::read);
    EXPECT_EQ(reading.integer("SELECT count(*) FROM reports"), 1);
    auto const begun = std::chrono::steady_clock::now();
    import({told("2")});
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{4});
    EXPECT_EQ(reading.integer("SELECT count(*) FROM reports"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM reports"), 2);
}

TEST_F(Durability, RealAndMadeUpReportsOfOneSourceDoNotMix)
{
    import({told("1")});
    auto made_up = source_named("police");
    made_up.made_up = true;
    EXPECT_EQ(store_->begin_import(made_up, "a.json").error().code, ErrorCode::wrong_use);
    EXPECT_TRUE(store_->begin_import(source_named("police"), "a.json"));
}

}  // namespace
}  // namespace riskbild::testing
