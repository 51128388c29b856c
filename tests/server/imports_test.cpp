#include "server/imports.hpp"

#include <chrono>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/server/county_on_disk.hpp"

namespace riskbild::server::testing {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using Step = ImportState::Step;

class OneImport : public ::testing::Test {
protected:
    OneImport()
    {
        auto file = UploadedFile::create_in(imports->folder());
        EXPECT_TRUE(
            (*file)->append("lopnr,tid,brott,longitude,latitude\n1,2025-03-01 10:00,Klotter,17.64,59.86\n"));
        id = imports->receive(**file, "lista.csv", *store->county())->id;
    }

    ImportState ended()
    {
        auto state = *imports->state(id);
        for (auto left = 1000; left > 0 && state.step == Step::running; --left) {
            std::this_thread::sleep_for(20ms);
            state = *imports->state(id);
        }
        return state;
    }

    CountyOnDisk disk;
    std::unique_ptr<Store> store = *open_store(disk.store(), Store::Access::read_only);
    std::unique_ptr<Imports> imports = *Imports::make(disk.store(), [] {});
    std::int64_t id = 0;
};

TEST_F(OneImport, IsNotRunWhileItIsLookedAt)
{
    // Reading a pipe waits for whoever writes it: the look lasts until then.
    auto const file = imports->folder() / std::to_string(id) / "lista.csv";
    auto const kept = file.parent_path() / "kept.csv";
    fs::rename(file, kept);
    ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
    std::thread looking(
        [&] { static_cast<void>(imports->look(id, {.kind_column = "lopnr"}, *store->county())); });
    std::optional<Error> refused;
    for (auto left = 1000; left > 0 && !refused; --left) {
        std::this_thread::sleep_for(5ms);
        // A run that wants no source at all is refused in any case; before the look for that reason.
        auto const run = imports->run(id, {.by = "Eva", .source = ""});
        if (!run && run.error().code == ErrorCode::busy)
            refused = run.error();
    }
    std::ofstream(file) << "nothing\n";
    looking.join();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->message, "the file is still being looked at");

    fs::remove(file);
    fs::rename(kept, file);
    ASSERT_TRUE(imports->look(id, {}, *store->county()));
    ASSERT_TRUE(imports->run(id, {.by = "Eva", .source = "points", .dry_run = true}));
    EXPECT_EQ(ended().report->new_, 1U);
}

TEST_F(OneImport, ForgetsWhatARunSaidWhenItIsLookedAtAgain)
{
    ASSERT_TRUE(imports->run(id, {.by = "Eva", .source = "points", .dry_run = true}));
    ASSERT_EQ(ended().step, Step::done);
    auto const again = imports->look(id, {.kind_column = "lopnr"}, *store->county());
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->step, Step::waiting);
    EXPECT_FALSE(again->dry_run);
    EXPECT_FALSE(again->report);
    EXPECT_EQ(imports->last()->id, id);
}

TEST_F(OneImport, IsGivenUpAfterItWasTriedOut)
{
    ASSERT_TRUE(imports->run(id, {.by = "Eva", .source = "points", .dry_run = true}));
    ASSERT_EQ(ended().step, Step::done);
    EXPECT_EQ(imports->cancel(id)->step, Step::cancelled);
    EXPECT_TRUE(fs::is_empty(imports->folder()));
    EXPECT_EQ(imports->run(id, {.by = "Eva", .source = "points"}).error().code, ErrorCode::wrong_use);
}

}  // namespace
}  // namespace riskbild::server::testing
