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
    std::int64_t row(std::string const& payload)
    {
        for (auto const& entry : must(store_->set_aside_page({})).entries) {
            if (entry.row.payload == payload) {
                return entry.id;
            }
        }
        ADD_FAILURE() << "no row " << payload;
        return 0;
    }
    Taken take_in(std::int64_t row, Report const& corrected)
    {
        auto const session = must(store_->begin_import(source_named(corrected.key.source), "a.json"));
        auto const taken = must(session->take_from_desk(corrected));
        must(session->settle(row, {.what = Settlement::What::taken,
                                   .by = "Eva",
                                   .at = hour(1),
                                   .report = corrected.key,
                                   .payload = corrected.payload,
                                   .seen = corrected.observed_at}));
        must(session->commit());
        return taken;
    }
};

TEST_F(SetAsideDesk, BringsAStoreOfSchema3UpToDateAndLearnsTheRecipesOfItsRows)
{
    auto const all = store::migrations();
    std::vector<store::Migration> const former(all.begin(), all.begin() + 3);
    must(store::create_geopackage_store(folder_.path() / "old.gpkg", uppsala(), {.schema = former}));
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
    {
        auto const session = must(store_->begin_import(source_named("police"), "a.json"));
        EXPECT_EQ(must(session->standing(corrected.key, corrected.payload)), Standing::says_otherwise);
    }
    EXPECT_EQ(take_in(id, corrected), Taken::revised);
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
    take_in(id, quoting(told("0"), "K 1"));
    EXPECT_EQ(incident_lines().size(), 1U);
    must(store_->undo_set_aside(id));
    EXPECT_EQ(dump(), before);
    expect_sound();
}

TEST_F(SetAsideDesk, GivesBackWhenAVersionWasSeenThatARowToldOnceMore)
{
    import({seen(told("1", "first"), 100)});
    import({seen(told("1", "second"), 200)});
    set_aside(1);
    auto const before = dump();
    EXPECT_EQ(take_in(row("{\"id\":\"1\"}"), seen(told("1", "first"), 300)), Taken::revised);
    EXPECT_NE(dump(), before);
    expect_sound();
    auto const id = must(store_->set_aside_page({.state = SetAsideState::taken})).entries.front().id;
    must(store_->undo_set_aside(id));
    EXPECT_EQ(dump(), before);
    expect_sound();
}

TEST_F(SetAsideDesk, KeepsAReportThatAnotherRowTellsToo)
{
    set_aside(2);
    auto const before = dump();
    auto const one = row("{\"id\":\"1\"}");
    auto const other = row("{\"id\":\"2\"}");
    take_in(one, seen(told("7"), 100));
    EXPECT_EQ(take_in(other, seen(told("7"), 300)), Taken::unchanged);
    must(store_->undo_set_aside(one));
    EXPECT_EQ(incident_lines().size(), 1U);
    EXPECT_NE(dump().find("first=" + to_text(hour(300))), std::string::npos) << dump();
    expect_sound();
    must(store_->undo_set_aside(other));
    EXPECT_EQ(dump(), before);
    expect_sound();
}

TEST_F(SetAsideDesk, KeepsWhatAFileToldAtTheVeryMomentOfTheRow)
{
    for (bool const file_first : {false, true}) {
        set_aside(1);
        auto const id = row("{\"id\":\"1\"}");
        auto const report = seen(told(file_first ? "8" : "9"), 100);
        if (file_first) {
            import({report});
        }
        take_in(id, report);
        if (!file_first) {
            import({report});
        }
        must(store_->undo_set_aside(id));
        EXPECT_EQ(incident_lines().size(), file_first ? 2U : 1U);
        expect_sound();
    }
}

TEST_F(SetAsideDesk, TellsByTheFileSeenLastHowARowIsRead)
{
    auto const recipe = [](int day) {
        return fmt::format("{{\"importer\":\"police\",\"observed\":\"2025-04-0{}T00:00:00Z\"}}", day);
    };
    set_aside(1, recipe(3));
    set_aside(1, recipe(5));
    set_aside(1, recipe(1));
    EXPECT_EQ(must(store_->set_aside_page({})).entries.front().recipe, recipe(5));
}

TEST_F(SetAsideDesk, ListsWhatOnlyAnotherSourceSaysWordForWord)
{
    set_aside(1);
    auto report = of_source(told("1"), "transit");
    report.payload = "{\"id\":\"1\"}";
    import({report});
    EXPECT_EQ(must(store_->set_aside_page({})).n, 1U);
    EXPECT_EQ(must(store_->set_aside_rows({}, 10)).size(), 1U);
    report.key.source = "police";
    import({report});
    EXPECT_EQ(must(store_->set_aside_page({})).n, 0U);
}

TEST_F(SetAsideDesk, DropsARowThatIsNamedTwiceOrHasTwoReasons)
{
    set_aside(1);
    auto const session = must(store_->begin_import(source_named("police"), "b.json"));
    must(session->set_aside({"police", "b.json", 1, "id", "duplicate_id", "twice", "{\"id\":\"1\"}"}));
    must(session->commit());
    std::vector<std::int64_t> ids;
    for (auto const& entry : must(store_->set_aside_page({})).entries) {
        ids.insert(ids.end(), {entry.id, entry.id});
    }
    ASSERT_EQ(ids.size(), 4U);
    must(store_->drop_set_aside(ids, "Eva", hour(1)));
    EXPECT_EQ(must(store_->set_aside_page({})).n, 0U);
    EXPECT_FALSE(store_->drop_set_aside(ids, "Eva", hour(1)));
}

}  // namespace
}  // namespace riskbild::testing
