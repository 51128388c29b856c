#include <gmock/gmock.h>

#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ReportVersions : public StoreWorld {};

TEST_F(ReportVersions, ANewContentIsANewVersionAndTheLatestSeenIsCurrent)
{
    EXPECT_THAT(import({seen(told("1", "first words"), 10)}), ElementsAre(Taken::new_));
    EXPECT_THAT(import({seen(of_kind(told("1", "later words"), "robbery"), 20)}),
                ElementsAre(Taken::revised));
    EXPECT_EQ(count("SELECT count(*) FROM report_versions"), 2);
    EXPECT_THAT(incident_lines(), ElementsAre(HasSubstr("kind=robbery ")));
    expect_sound();
}

TEST_F(ReportVersions, AnOlderVersionJoinsTheHistoryAndDoesNotBecomeCurrent)
{
    import({seen(of_kind(told("1", "later words"), "robbery"), 20)});
    EXPECT_THAT(import({seen(told("1", "first words"), 10)}), ElementsAre(Taken::revised));
    EXPECT_EQ(count("SELECT count(*) FROM report_versions"), 2);
    EXPECT_THAT(incident_lines(), ElementsAre(HasSubstr("kind=robbery ")));
}

TEST_F(ReportVersions, AContentThatComesBackIsCurrentAgainWithoutAThirdVersion)
{
    import({seen(told("1", "theft"), 10)});
    import({seen(of_kind(told("1", "robbery"), "robbery"), 20)});
    auto const before = revision();
    EXPECT_THAT(import({seen(told("1", "theft"), 30)}), ElementsAre(Taken::revised));
    EXPECT_EQ(count("SELECT count(*) FROM report_versions"), 2);
    EXPECT_THAT(incident_lines(), ElementsAre(HasSubstr("kind=theft ")));
    EXPECT_GT(revision(), before);
}

TEST_F(ReportVersions, OfTwoSeenLastAtOnceTheGreaterHashIsCurrentInEitherOrder)
{
    auto const a = seen(told("1", "one"), 10);
    auto const b = seen(of_kind(told("1", "other"), "robbery"), 10);
    import({a});
    import({b});
    auto const one_way = dump();
    store_ = make("other_way.gpkg");
    import({b});
    import({a});
    EXPECT_EQ(dump(), one_way);
}

TEST_F(ReportVersions, ImportingTheSameAgainIsUnchangedAndNoRevision)
{
    std::vector<Report> const reports = {told("1"), told("2"), quoting(told("3"), "K1")};
    import(reports);
    auto const before = revision();
    auto const text = dump();
    EXPECT_THAT(import(reports), ElementsAre(Taken::unchanged, Taken::unchanged, Taken::unchanged));
    EXPECT_EQ(revision(), before);
    EXPECT_EQ(dump(), text);
}

TEST_F(ReportVersions, SeeingTheSameLaterOnlyWidensTheSightingsAndIsNoRevision)
{
    import({seen(told("1"), 10)});
    auto const before = revision();
    EXPECT_THAT(import({seen(told("1"), 30)}), ElementsAre(Taken::unchanged));
    EXPECT_EQ(revision(), before);
    EXPECT_THAT(dump(), HasSubstr("first=2025-01-01T10:00:00Z last=2025-01-02T06:00:00Z"));
}

TEST_F(ReportVersions, TheSameIdTwiceInOneSessionWithOtherContentIsRefused)
{
    EXPECT_THAT(import({told("1", "one"), told("1", "other"), told("1", "one")}),
                ElementsAre(Taken::new_, Taken::duplicate_id, Taken::unchanged));
    EXPECT_EQ(count("SELECT count(*) FROM report_versions"), 1);
    // Imported again, each is what it was.
    EXPECT_THAT(import({told("1", "one"), told("1", "other")}),
                ElementsAre(Taken::unchanged, Taken::duplicate_id));
}

TEST_F(ReportVersions, TheSameIdAtAnotherMomentOfOneSessionIsAVersion)
{
    EXPECT_THAT(
        import({seen(told("1", "one"), 10), seen(told("1", "other"), 11), seen(told("1", "third"), 11)}),
        ElementsAre(Taken::new_, Taken::revised, Taken::duplicate_id));
}

TEST_F(ReportVersions, AReportThatBecomesADigestLosesItsIncidentAndGetsItBack)
{
    import({seen(told("1", "theft"), 10)});
    auto digest = seen(told("1", "summary of the night"), 20);
    digest.role = ReportRole::context;
    import({digest});
    EXPECT_THAT(incident_lines(), SizeIs(0));
    expect_sound();
    import({seen(told("1", "theft again"), 30)});
    EXPECT_THAT(incident_lines(), SizeIs(1));
    expect_sound();
}

TEST_F(ReportVersions, AContradictoryReportIsRefusedAndTheSessionGoesOn)
{
    auto session = must(store_->begin_import(source_named("police"), "feed.json"));
    auto const refused = [&](Report const& report) {
        auto const taken = session->take(report);
        return !taken && taken.error().code == ErrorCode::wrong_use;
    };
    EXPECT_TRUE(refused(during(told("1"), 5, 5)));
    EXPECT_TRUE(refused(told("")));
    EXPECT_TRUE(refused(of_source(told("1"), "shops")));
    EXPECT_TRUE(refused(at(told("1"), 0, 0, Precision::kommun)));
    EXPECT_TRUE(refused(at(told("1"), std::numeric_limits<double>::quiet_NaN(), 0)));
    auto elsewhere = told("1");
    elsewhere.place = AreaPlace{Precision::kommun, AreaId{999}};
    EXPECT_TRUE(refused(elsewhere));
    EXPECT_EQ(must(session->take(told("1"))), Taken::new_);
    EXPECT_TRUE(session->commit().has_value());
    EXPECT_FALSE(session->take(told("2")).has_value()) << "after the commit";
}

TEST_F(ReportVersions, AKindThatTheTreeLacksIsKeptAndCountsAsUnknown)
{
    import({of_kind(told("1"), "no.such.kind")});
    EXPECT_THAT(dump(), HasSubstr("kind=no.such.kind"));
    auto const incident = must(store_->details(analyst(), IncidentId{1})).incident;
    EXPECT_EQ(incident.kind, kUnknownKind);
    expect_sound();
}

class SetAsideRows : public StoreWorld {
protected:
    void set_aside(std::vector<SetAside> const& rows)
    {
        auto session = must(store_->begin_import(source_named("police"), "feed.json"));
        for (auto const& row : rows) {
            must(session->set_aside(row));
        }
        must(session->commit());
    }
    SetAside const first_{"police",    "a.json", 3, "location", "no_position", "row has no position",
                          "{\"id\":3}"};
    SetAside const second_{"police", "a.json", 4, "datetime", "bad_time", "\"x\" is no time", "{\"id\":4}"};
};

TEST_F(SetAsideRows, AreListedNewestFirstWithEverythingToldOfThem)
{
    set_aside({first_, second_});
    auto const rows = must(store_->set_aside_rows({.source = "police"}, 10));
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0].reason, "bad_time");
    EXPECT_EQ(rows[0].row, 4U);
    EXPECT_EQ(rows[0].file, "a.json");
    EXPECT_EQ(rows[0].column, "datetime");
    EXPECT_EQ(rows[0].message, "\"x\" is no time");
    EXPECT_EQ(rows[0].payload, "{\"id\":4}");
    EXPECT_THAT(must(store_->set_aside_rows({.source = "police"}, 1)), SizeIs(1));
    EXPECT_THAT(must(store_->set_aside_rows({.source = "shops"}, 10)), SizeIs(0));
}

TEST_F(SetAsideRows, AreForgottenForGoodWhenDiscarded)
{
    auto elsewhere = second_;
    elsewhere.file = "b.json";
    set_aside({first_, elsewhere});
    auto const before = revision();
    EXPECT_EQ(must(store_->discard_set_aside({.source = "shops"})), 0U);
    EXPECT_EQ(must(store_->discard_set_aside({.source = "police", .file = "a.json"})), 1U);
    auto const rows = must(store_->set_aside_rows({}, 10));
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0].file, "b.json");
    EXPECT_EQ(must(store_->discard_set_aside({})), 1U);
    EXPECT_THAT(must(store_->set_aside_rows({}, 10)), SizeIs(0));
    EXPECT_EQ(revision(), before);
    expect_sound();
    reopen(Store::Access::read_only);
    EXPECT_EQ(store_->discard_set_aside({}).error().code, ErrorCode::unwritable);
}

TEST_F(SetAsideRows, AreStoredOnceAndTheSecondTimeIsNoRevision)
{
    set_aside({first_, first_});
    auto const before = revision();
    auto elsewhere = first_;
    elsewhere.file = "b.json";
    elsewhere.row = 99;
    set_aside({elsewhere});
    EXPECT_THAT(must(store_->set_aside_rows({.source = "police"}, 10)), SizeIs(1));
    EXPECT_EQ(revision(), before);
    EXPECT_THAT(dump(), Not(HasSubstr("json")));
}

TEST_F(SetAsideRows, KeepTheSameWordsWhicheverFileComesFirst)
{
    auto reworded = first_;
    reworded.message = "another sentence";
    set_aside({first_});
    set_aside({reworded});
    auto const one_way = dump();
    store_ = make("other_way.gpkg");
    set_aside({reworded});
    set_aside({first_});
    EXPECT_EQ(dump(), one_way);
}

class Sources : public StoreWorld {};

TEST_F(Sources, KeepTheirNumberWhenTitleAndRankChange)
{
    declare(*store_, {"transit", "UL", 5});
    auto const view = analyst();
    auto const& sources = view.county().sources;
    ASSERT_THAT(sources, SizeIs(3));
    EXPECT_EQ(sources[1].title, "UL");
    EXPECT_EQ(sources[1].rank, 5);
}

TEST_F(Sources, ANewRankChoosesTheKindAnew)
{
    import({quoting(told("1"), "K1")});
    import({of_kind(quoting(of_source(told("2", "x"), "transit"), "K1"), "robbery")});
    EXPECT_THAT(incident_lines(), ElementsAre(HasSubstr("kind=theft ")));
    auto const before = revision();
    declare(*store_, {"transit", "Kollektivtrafiken", 1});
    EXPECT_THAT(incident_lines(), ElementsAre(HasSubstr("kind=robbery ")));
    EXPECT_GT(revision(), before);
    expect_sound();
}

TEST_F(Sources, WithABadNameOrBeyondSixtyThreeAreRefused)
{
    EXPECT_EQ(store_->begin_import({"Police Feed", "", 1}, "x").error().code, ErrorCode::wrong_use);
    for (int i = 3; i < 63; ++i) {
        declare(*store_, {"s" + std::to_string(i), "", 1});
    }
    EXPECT_EQ(store_->begin_import({"one-too-many", "", 1}, "x").error().code, ErrorCode::wrong_use);
}

TEST_F(Sources, OfAnImportThatWasNotCommittedLeaveNoTrace)
{
    auto const before = dump();
    {
        auto session = must(store_->begin_import({"late", "A source that came to nothing", 5}, "x"));
        must(session->take(of_source(told("1"), "late")));
    }
    EXPECT_EQ(dump(), before);
}

class Readings : public StoreWorld {};

TEST_F(Readings, OfTheSameWordsAreTakenWhenTheyBecomeBetter)
{
    import({told("1"), told("2", "b")});
    auto const before = revision();
    auto better = at(of_kind(told("1"), "robbery"), 650000, 6640000);
    EXPECT_THAT(import({better}), ElementsAre(Taken::revised));
    EXPECT_GT(revision(), before);
    EXPECT_THAT(incident_lines(), Contains(AllOf(HasSubstr("kind=robbery "), HasSubstr("precision=street"))));
    expect_sound();
    EXPECT_THAT(import({better}), ElementsAre(Taken::unchanged));
    EXPECT_EQ(count("SELECT count(*) FROM report_versions"), 2);
}

TEST_F(Readings, LinkReportsWhenTheCaseNumberIsFoundLater)
{
    import({quoting(told("1"), "K1"), told("2", "b")});
    EXPECT_THAT(incident_lines(), SizeIs(2));
    import({quoting(told("2", "b"), "K1")});
    EXPECT_THAT(incident_lines(), SizeIs(1));
    expect_sound();
}

TEST_F(Readings, OfAnOlderVersionDoNotChangeWhatTheReportSaysNow)
{
    import({seen(told("1", "older"), 1)});
    import({seen(told("1", "newer"), 2)});
    auto const before = incident_lines();
    import({seen(of_kind(told("1", "older"), "robbery"), 1)});
    EXPECT_EQ(incident_lines(), before);
    expect_sound();
}

TEST_F(Readings, AnotherWordingOfTheVerySameMomentIsToldApart)
{
    import({seen(told("1", "a"), 1)});
    EXPECT_THAT(import({seen(told("1", "b"), 1)}), ElementsAre(Taken::contested));
    EXPECT_THAT(import({seen(told("1", "c"), 2)}), ElementsAre(Taken::revised));
    EXPECT_THAT(import({seen(told("1", "d"), 0)}), ElementsAre(Taken::revised)) << "older, and not disputed";
}

TEST_F(Readings, AWordingThatComesBackIsARevision)
{
    import({seen(told("1", "a"), 1)});
    import({seen(told("1", "b"), 2)});
    auto const before = revision();
    import({seen(told("1", "a"), 3)});
    EXPECT_GT(revision(), before) << "the card shows other words";
}

}  // namespace
}  // namespace riskbild::testing
