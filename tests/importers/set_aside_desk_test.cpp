#include "importers/set_aside_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <sqlite3.h>

#include "importers/import.hpp"
#include "importers/points/points_importer.hpp"
#include "importers/police/police_importer.hpp"
#include "tests/importers/fake_store.hpp"
#include "tests/importers/place_world.hpp"
#include "tests/importers/test_files.hpp"

namespace riskbild::importers {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using What = Settlement::What;
using Values = std::vector<std::pair<std::string, std::string>>;

Instant const kNow = at("2025-06-01T08:00:00Z");

/// A store on disk with a table in which row 2 has a date that is none, row 3 lies in Göteborg, and rows 4
/// and 5 have one id.
class Desk : public ::testing::Test {
protected:
    Desk()
    {
        auto name = (std::filesystem::temp_directory_path() / "riskbild-desk-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no folder");
        folder_ = name;
        store_ = *create_store(folder_ / "county.gpkg", *load_profile("uppsala"));
        import();
    }
    ~Desk() override
    {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    ImportReport import()
    {
        auto source = ByteSource::from_memory("lista_20250401T060000Z.csv",
                                              "id,from,to,kind,lng,lat,precision,kommun,text\n"
                                              "1,2025-03-10T10:00,,theft,17.64,59.86,,,ett\n"
                                              "2,2025-02-30T10:00,,theft,17.64,59.86,,,två\n"
                                              "3,2025-03-10T10:00,,theft,11.97,57.7,,,tre\n"
                                              "4,2025-03-10T10:00,,theft,17.64,59.86,,,fyra\n"
                                              "4,2025-03-11T10:00,,theft,17.64,59.86,,,fem\n");
        auto report = import_points(*store_, source, {.now = kNow});
        EXPECT_TRUE(report) << report.error().message;
        return report.value_or(ImportReport{});
    }

    std::int64_t id_of(std::string const& reason)
    {
        auto const page = store_->set_aside_page({.reason = reason});
        EXPECT_TRUE(page && page->entries.size() == 1) << reason;
        return page->entries.at(0).id;
    }
    std::string dump()
    {
        std::ostringstream out;
        EXPECT_TRUE(store_->dump(out));
        return out.str();
    }
    Settlement retry(std::int64_t id)
    {
        std::vector const ids{id};
        auto const report = take_in_again(*store_, ids, "Eva", kNow);
        EXPECT_TRUE(report) << report.error().message;
        return report ? report->rows.at(0).settlement : Settlement{};
    }
    /// The row with the date that is none: taken in corrected, and then told so by another file.
    std::int64_t corrected_and_since_said_by_a_file()
    {
        auto const id = id_of("bad_time");
        EXPECT_TRUE(correct_row(*store_, id, {{"from", "2025-02-28T10:00"}}, "Eva", kNow));
        retry(id);
        auto source = ByteSource::from_memory("lista_20250501T060000Z.csv",
                                              "id,from,to,kind,lng,lat,precision,kommun,text\n"
                                              "2,2025-02-28T10:00,,theft,17.64,59.86,,,två\n");
        EXPECT_EQ(import_points(*store_, source, {.now = kNow})->unchanged, 1U);
        return id;
    }
    std::uint64_t incidents() { return View(*store_->snapshot(), Role::analyst).count({}).value(); }
    void expect_sound() { EXPECT_THAT(store_->check(false)->findings, IsEmpty()); }

    std::filesystem::path folder_;
    std::unique_ptr<Store> store_;
};

TEST_F(Desk, ListsWhatWaitsWithItsReasons)
{
    auto const page = store_->set_aside_page({.order = SetAsideQuery::Order::file}).value();
    EXPECT_EQ(page.n, 3U);
    EXPECT_THAT(page.reasons, ElementsAre(std::pair{"bad_time", 1U}, std::pair{"duplicate_id", 1U},
                                          std::pair{"outside_box", 1U}));
    EXPECT_EQ(page.entries.at(0).row.row, 2U);
    EXPECT_EQ(store_->set_aside_page({.offset = 2, .limit = 2})->entries.size(), 1U);
    EXPECT_EQ(store_->set_aside_page({.text = "TRE"})->entries.at(0).row.reason, "outside_box");
    EXPECT_EQ(store_->set_aside_page({.text = "%"})->n, 0U);
    EXPECT_EQ(store_->set_aside_page({.source = "nobody"})->n, 0U);
}

TEST_F(Desk, ShowsARowInTheOrderOfItsFile)
{
    auto const row = desk_row(*store_, id_of("bad_time")).value();
    ASSERT_EQ(row.columns.size(), 9U);
    EXPECT_EQ(row.columns[1], (DeskColumn{"from", "2025-02-30T10:00"}));
    EXPECT_EQ(row.read_by, "points, column profile incidents");
    EXPECT_EQ(row.why_not, "");
}

TEST_F(Desk, TakesACorrectedRowInAndUndoesItWithoutATrace)
{
    auto const before = dump();
    auto const id = id_of("bad_time");
    auto const row = correct_row(*store_, id, {{"from", "2025-02-28T10:00"}}, "Eva", kNow);
    ASSERT_TRUE(row) << row.error().message;
    EXPECT_EQ(row->columns[1].corrected, "2025-02-28T10:00");
    EXPECT_EQ(row->entry.row.payload.find("2025-02-28"), std::string::npos) << "the row as received stays";
    EXPECT_EQ(row->entry.correction->by, "Eva");

    EXPECT_EQ(incidents(), 2U);
    auto const settled = retry(id);
    EXPECT_EQ(settled.what, What::taken);
    EXPECT_EQ(settled.report->source_id, "2");
    EXPECT_EQ(incidents(), 3U);
    EXPECT_EQ(store_->set_aside_page({})->n, 2U);
    EXPECT_EQ(store_->set_aside_page({.state = SetAsideState::taken})->n, 1U);
    expect_sound();

    ASSERT_TRUE(store_->undo_set_aside(id));
    EXPECT_EQ(incidents(), 2U);
    EXPECT_EQ(desk_row(*store_, id)->columns[1].corrected, "2025-02-28T10:00") << "the correction stays";
    expect_sound();
    ASSERT_TRUE(store_->undo_set_aside(id));
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(store_->undo_set_aside(id).error().code, ErrorCode::wrong_use);
}

TEST_F(Desk, KeepsACorrectionWhenTheFileComesAgain)
{
    auto const id = id_of("bad_time");
    ASSERT_TRUE(correct_row(*store_, id, {{"from", "2025-02-28T10:00"}}, "Eva", kNow));
    retry(id);
    auto const before = dump();
    auto const revision = store_->revision().value();
    auto const again = import();
    EXPECT_EQ(again.revision, revision);
    EXPECT_EQ(dump(), before);
    EXPECT_THAT(again.notes, ::testing::Contains(HasSubstr("1 row of those set aside has been settled")));
    EXPECT_EQ(incidents(), 3U);
}

TEST_F(Desk, SetsARowAsideAgainWithItsNewReason)
{
    auto const id = id_of("bad_time");
    ASSERT_TRUE(correct_row(*store_, id, {{"from", "2025-02-28T10:00"}, {"lng", "öst"}}, "Eva", kNow));
    auto const settled = retry(id);
    EXPECT_EQ(settled.what, What::set_aside);
    EXPECT_EQ(settled.reason, "bad_position");
    EXPECT_EQ(settled.column, "lng");
    EXPECT_EQ(id_of("bad_position"), id);
    EXPECT_EQ(store_->set_aside_page({})->n, 3U);
    ASSERT_TRUE(correct_row(*store_, id, {{"lng", "17,64"}}, "Bo", kNow));
    EXPECT_EQ(retry(id).what, What::taken);
}

TEST_F(Desk, SaysWhenARowBelongsToAnotherCounty)
{
    auto const id = id_of("outside_box");
    ASSERT_TRUE(correct_row(*store_, id, {{"lng", "16.55"}, {"lat", "59.6"}}, "Eva", kNow));
    EXPECT_EQ(retry(id).what, What::outside);
    EXPECT_EQ(store_->set_aside_page({})->n, 2U);
    ASSERT_TRUE(store_->undo_set_aside(id));
    EXPECT_EQ(store_->set_aside_page({})->n, 3U);
}

TEST_F(Desk, NeedsAnotherIdWhereTheIdWasAtFault)
{
    auto const id = id_of("duplicate_id");
    EXPECT_EQ(retry(id).reason, "duplicate_id");
    EXPECT_EQ(incidents(), 2U);
    ASSERT_TRUE(correct_row(*store_, id, {{"id", "5"}}, "Eva", kNow));
    EXPECT_EQ(retry(id).what, What::taken);
    EXPECT_EQ(incidents(), 3U);
    expect_sound();
}

TEST_F(Desk, DropsARowAndLetsItBack)
{
    auto const before = dump();
    auto const id = id_of("outside_box");
    ASSERT_TRUE(store_->drop_set_aside({id}, "Eva", kNow));
    EXPECT_EQ(store_->set_aside_page({})->n, 2U);
    EXPECT_EQ(store_->set_aside_rows({}, 10)->size(), 2U);
    import();
    EXPECT_EQ(store_->set_aside_page({})->n, 2U);
    EXPECT_EQ(store_->drop_set_aside({id}, "Eva", kNow).error().code, ErrorCode::wrong_use);
    ASSERT_TRUE(store_->undo_set_aside(id));
    EXPECT_EQ(dump(), before);
}

TEST_F(Desk, NamesTheColumnThatARowDoesNotHave)
{
    auto const id = id_of("bad_time");
    auto const wrong = correct_row(*store_, id, {{"fron", "x"}}, "Eva", kNow);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().field, "fron");
    EXPECT_THAT(wrong.error().message, HasSubstr("did you mean from?"));
    EXPECT_EQ(correct_row(*store_, id, {{"from", "2025-02-30T10:00"}}, "Eva", kNow).error().code,
              ErrorCode::wrong_use);
    EXPECT_EQ(desk_row(*store_, 999).error().code, ErrorCode::not_found);
}

TEST_F(Desk, ForgetsTheCorrectionOfARowThatIsForgotten)
{
    ASSERT_TRUE(correct_row(*store_, id_of("bad_time"), {{"from", "2025-02-28T10:00"}}, "Eva", kNow));
    EXPECT_EQ(store_->discard_set_aside({}).value(), 3U);
    EXPECT_THAT(dump(), ::testing::Not(HasSubstr("set-aside")));
}

TEST_F(Desk, KeepsWhatTheSourceHasSaidItselfSince)
{
    auto const id = corrected_and_since_said_by_a_file();
    ASSERT_TRUE(store_->undo_set_aside(id));
    EXPECT_EQ(incidents(), 3U);
    expect_sound();
}

TEST_F(Desk, KnowsWhatTheSourceHasSaidSinceAlsoInAStoreOfTheFifthSchema)
{
    auto const id = corrected_and_since_said_by_a_file();
    store_.reset();
    auto const file = folder_ / "county.gpkg";
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(db,
                           "ALTER TABLE import_log DROP COLUMN rows_hash; DROP TABLE desk_versions; "
                           "DELETE FROM gpkg_contents WHERE table_name = 'desk_versions'; "
                           "UPDATE store_info SET value = '5' WHERE name = 'schema_version'",
                           nullptr, nullptr, nullptr),
              SQLITE_OK)
        << sqlite3_errmsg(db);
    sqlite3_close(db);

    store_ = *open_store(file, Store::Access::read_write);
    ASSERT_TRUE(store_->undo_set_aside(id));
    EXPECT_EQ(incidents(), 3U) << "a file tells it too";
    expect_sound();
}

TEST_F(Desk, TakesACorrectionThatIsNewerThanAllElseInTheFile)
{
    auto source = ByteSource::from_memory("utan_stampel.csv",
                                          "id,from,to,kind,lng,lat,precision,kommun,text\n"
                                          "11,2025-03-10T10:00,,theft,17.64,59.86,,,elva\n"
                                          "12,i maj,,theft,17.64,59.86,,,tolv\n");
    ASSERT_TRUE(import_points(*store_, source, {.now = kNow}));
    auto const id = store_->set_aside_page({.file = "utan_stampel.csv"})->entries.at(0).id;
    ASSERT_TRUE(correct_row(*store_, id, {{"from", "2025-07-15T10:00"}}, "Eva", kNow));
    EXPECT_EQ(retry(id).reason, "bad_time") << "it has not happened yet";
    ASSERT_TRUE(correct_row(*store_, id, {{"from", "2025-05-15T10:00"}}, "Eva", kNow));
    auto const settled = retry(id);
    EXPECT_EQ(settled.what, What::taken) << settled.message;
    EXPECT_EQ(settled.seen, at("2025-05-15T08:00:00Z"));
    expect_sound();
}

TEST_F(Desk, CorrectsARecordThatCouldNotBeTakenApart)
{
    auto source = ByteSource::from_memory("kort_20250401T060000Z.csv",
                                          "id,from,to,kind,lng,lat,precision,kommun,text\n"
                                          "7,2025-03-10T10:00,,theft,17.64,59.86,,,\n"
                                          "8,2025-03-10T10:00,,theft,17.64\n");
    ASSERT_TRUE(import_points(*store_, source, {.now = kNow}));
    auto const id = id_of("wrong_columns");
    EXPECT_EQ(retry(id).what, What::set_aside);
    ASSERT_TRUE(correct_row(*store_, id, {{"lat", "59.86"}}, "Eva", kNow));
    EXPECT_EQ(retry(id).what, What::taken);
}

TEST_F(Desk, CorrectsAnEventOfThePolice)
{
    auto const types = PoliceTypes::load().value();
    auto source = ByteSource::from_memory(
        "polls_20250401T060000Z.json",
        R"([{"id":1,"datetime":"2025-03-30 12:00:00 +02:00","name":"30 mars 10:00, Rån, Knifsta","summary":"S","url":"/a",)"
        R"("type":"Rån","location":{"name":"Knifsta","gps":"59.72,17.79"}}])");
    ASSERT_TRUE(import_police(*store_, source, types, {.now = kNow}));
    auto const id = id_of("unknown_place");
    auto const row = desk_row(*store_, id).value();
    EXPECT_THAT(row.columns, ::testing::Contains(DeskColumn{"location.name", "Knifsta"}));
    ASSERT_TRUE(correct_row(*store_, id, {{"name", "30 mars 10:00, Rån, Knivsta"}}, "Eva", kNow));
    auto const settled = retry(id);
    EXPECT_EQ(settled.what, What::taken) << settled.message;
    EXPECT_EQ(settled.report->source_id, "1");
    ASSERT_TRUE(store_->undo_set_aside(id));
    expect_sound();
}

TEST_F(Desk, TakesARowInOnceThatIsSetAsideForTwoReasons)
{
    constexpr char const* kRow =
        "id,from,to,kind,lng,lat,precision,kommun,text\n"
        "7,2025-02-30T10:00,2025-03-01T10:00,theft,öst,59.86,,,sju\n";
    auto text = load_column_profile("incidents").value().toml;
    std::string const times = "from = \"from\"\nto = \"to\"\n";
    ASSERT_THAT(text, HasSubstr(times));
    text.replace(text.find(times), times.size(), "from = \"to\"\n");
    auto const other_time = parse_column_profile(text, "incidents").value();
    for (auto const& columns : {std::optional<ColumnProfile>{}, std::optional{other_time}}) {
        auto source = ByteSource::from_memory("andra_20250402T060000Z.csv", kRow);
        ASSERT_EQ(import_points(*store_, source, {.columns = columns, .now = kNow})->set_aside, 1U);
    }
    auto const before = dump();
    auto const page = store_->set_aside_page({.file = "andra_20250402T060000Z.csv"}).value();
    ASSERT_EQ(page.n, 2U);
    std::vector const ids{page.entries[0].id, page.entries[1].id};
    // Of use to the one that takes its time from the other column; then to both.
    for (auto const& values : {Values{{"lng", "17.64"}}, Values{{"lng", "17.64"}, {"from", "2025-02-28"}}})
        for (auto const& order : {ids, std::vector{ids[1], ids[0]}}) {
            ASSERT_TRUE(correct_row(*store_, ids[0], values, "Eva", kNow));
            auto const report = take_in_again(*store_, order, "Eva", kNow);
            ASSERT_TRUE(report) << report.error().message;
            EXPECT_EQ(report->taken, 1U);
            EXPECT_EQ(store_->set_aside_page({.file = "andra_20250402T060000Z.csv"})->n, 0U);
            expect_sound();
            ASSERT_TRUE(store_->undo_set_aside(ids[1]));
            ASSERT_TRUE(store_->undo_set_aside(ids[1]));
            EXPECT_EQ(dump(), before);
        }
}

TEST_F(Desk, TakesManyRowsOfAFileInAsOneRevision)
{
    auto const page = store_->set_aside_page({}).value();
    std::vector<std::int64_t> ids;
    for (auto const& entry : page.entries) {
        ids.push_back(entry.id);
        ASSERT_TRUE(correct_row(*store_, entry.id,
                                {{"id", fmt::format("n{}", entry.id)},
                                 {"from", "2025-03-01"},
                                 {"lng", "17.64"},
                                 {"lat", "59.86"}},
                                "Eva", kNow));
    }
    auto const before = store_->revision().value();
    auto const report = take_in_again(*store_, ids, "Eva", kNow).value();
    EXPECT_EQ(report.taken, 3U);
    EXPECT_EQ(report.revision.value(), before.value() + 1);
    EXPECT_EQ(incidents(), 5U);
    for (auto const id : ids)
        EXPECT_TRUE(store_->undo_set_aside(id));
    EXPECT_EQ(incidents(), 2U);
    expect_sound();
}

TEST(DeskOfRealFiles, TakesTheRowsOfHoustonInAgainWithTheSameReasonAndOneCorrected)
{
    RISKBILD_NEEDS_REAL_FILES();
    TemporaryFolder const folder;
    auto const store = *create_store(folder.path() / "houston.gpkg", *load_profile("houston"));
    auto const imported = import_files(
        *store, {.source = "points",
                 .files = {(shared_data() / "crime_points" / "houston_2010_86k.csv.gz").string()},
                 .now = kNow});
    ASSERT_TRUE(imported) << imported.error().message;
    EXPECT_EQ(imported->set_aside, 210U);
    auto const page = store->set_aside_page({.limit = 1000}).value();
    EXPECT_EQ(page.n, 204U) << "six rows are the same as others, word for word";
    std::vector<std::int64_t> ids;
    for (auto const& entry : page.entries)
        ids.push_back(entry.id);
    auto const again = take_in_again(*store, ids, "Eva", kNow).value();
    EXPECT_EQ(again.set_aside, 204U);
    EXPECT_EQ(again.rows.at(7).settlement.reason, "outside_box");

    ASSERT_TRUE(correct_row(*store, ids.at(0), {{"lon", "-95.36"}, {"lat", "29.76"}}, "Eva", kNow));
    std::vector const one{ids.at(0)};
    EXPECT_EQ(take_in_again(*store, one, "Eva", kNow)->taken, 1U);
    EXPECT_EQ(store->set_aside_page({.limit = 0})->n, 203U);
    ASSERT_TRUE(store->undo_set_aside(ids.at(0)));
    EXPECT_EQ(store->set_aside_page({.limit = 0})->n, 204U);
    EXPECT_THAT(store->check(false)->findings, IsEmpty());
}

}  // namespace
}  // namespace riskbild::importers
