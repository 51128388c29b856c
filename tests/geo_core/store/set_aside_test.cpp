#include <fmt/format.h>

#include "geo_core/store/schema.hpp"
#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

class SetAsideDesk : public StoreWorld {
protected:
    void set_aside(int rows, std::string const& recipe = {})
    {
        auto const session = must(store_->begin_import(source_named("police"), "a.json"));
        if (!recipe.empty()) {
            must(session->read_by(recipe));
        }
        for (int i = 1; i <= rows; ++i) {
            must(session->set_aside({"police", "a.json", static_cast<std::uint64_t>(i), "datetime",
                                     "bad_time", "no time", fmt::format("{{\"id\":\"{}\"}}", i)}));
        }
        must(session->commit());
    }
};

TEST_F(SetAsideDesk, BringsAStoreOfSchema3UpToDateAndLearnsTheRecipesOfItsRows)
{
    auto const all = store::migrations();
    std::vector<store::Migration> const former(all.begin(), all.begin() + 3);
    store_ = make("old.gpkg", {.schema = former});
    store_.reset();
    {
        store::Connection old(folder_.path() / "old.gpkg", store::Connection::Mode::read_write);
        store::Transaction transaction(old, store::Transaction::Kind::write);
        store::Statement(old,
                         "INSERT INTO set_aside_rows(source, payload_hash, reason, file, row_number, "
                         "column_name, message, payload) VALUES ('police', x'00', 'bad_time', 'a.json', 1, "
                         "'datetime', 'no time', '{\"id\":\"0\"}')")
            .run();
        transaction.commit();
    }
    store_ = must(open_store(folder_.path() / "old.gpkg", Store::Access::read_write));
    auto const page = must(store_->set_aside_page({}));
    ASSERT_EQ(page.n, 1U);
    EXPECT_EQ(page.entries.front().recipe, "");
    EXPECT_EQ(page.entries.front().row.message, "no time");

    set_aside(2);
    set_aside(2, "{\"importer\":\"police\"}");
    auto const later = must(store_->set_aside_page({.order = SetAsideQuery::Order::file}));
    EXPECT_EQ(later.n, 3U);
    EXPECT_EQ(later.entries.back().recipe, "{\"importer\":\"police\"}");
    EXPECT_TRUE(must(store_->check(false)).findings.size() == 1) << "the made-up hash and nothing else";
}

TEST_F(SetAsideDesk, ChangesNoRevisionForWhatNoViewShows)
{
    set_aside(2);
    auto const before = revision();
    auto const id = must(store_->set_aside_page({})).entries.front().id;
    must(store_->correct_set_aside(id, {{{"id", "3"}}, "{\"id\":\"3\"}", "Eva", hour(1)}));
    must(store_->drop_set_aside({id}, "Eva", hour(2)));
    EXPECT_EQ(must(store_->undo_set_aside(id)), before);
    EXPECT_EQ(must(store_->undo_set_aside(id)), before);
    EXPECT_EQ(revision(), before);
    expect_sound();
}

TEST_F(SetAsideDesk, LeavesTheVersionBeforeWhenACorrectedOneIsUndone)
{
    import({told("1", "as it was")});
    set_aside(1);
    auto const before = dump();
    auto const id = must(store_->set_aside_page({})).entries.front().id;
    auto const corrected = seen(told("1", "as corrected"), 200);
    auto const session = must(store_->begin_import(source_named("police"), "a.json"));
    EXPECT_EQ(must(session->standing(corrected.key, corrected.payload)), Standing::says_otherwise);
    must(session->take(corrected));
    must(session->settle(id, {.what = Settlement::What::taken,
                              .by = "Eva",
                              .at = hour(1),
                              .report = corrected.key,
                              .is_new_version = true,
                              .payload = corrected.payload,
                              .seen = corrected.observed_at}));
    must(session->commit());
    EXPECT_NE(dump(), before);
    expect_sound();
    must(store_->undo_set_aside(id));
    EXPECT_EQ(dump(), before);
    expect_sound();
}

TEST_F(SetAsideDesk, PartsWhatACorrectedRowJoined)
{
    import({quoting(of_source(told("a"), "transit"), "K 1")});
    set_aside(1);
    auto const before = dump();
    auto const id = must(store_->set_aside_page({})).entries.front().id;
    auto const corrected = quoting(told("0"), "K 1");
    auto const session = must(store_->begin_import(source_named("police"), "a.json"));
    must(session->take(corrected));
    must(session->settle(id, {.what = Settlement::What::taken,
                              .by = "Eva",
                              .at = hour(1),
                              .report = corrected.key,
                              .is_new_version = true,
                              .payload = corrected.payload,
                              .seen = corrected.observed_at}));
    must(session->commit());
    EXPECT_EQ(incident_lines().size(), 1U);
    must(store_->undo_set_aside(id));
    EXPECT_EQ(dump(), before);
    expect_sound();
}

}  // namespace
}  // namespace riskbild::testing
