#include <gmock/gmock.h>

#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Incidents : public StoreWorld {
protected:
    Result<IncidentDetails> open(std::int64_t id) { return store_->details(analyst(), IncidentId{id}); }
};

TEST_F(Incidents, OfOneCaseNumberAreOneWithTheBestOfEachVoice)
{
    import({during(quoting(told("1"), "K1"), 0, 24)});
    import({at(
        during(of_kind(quoting(of_source(told("9", "seen by driver"), "transit"), "K1"), "robbery"), 2, 3),
        650000.5, 6640000)});
    auto const details = must(open(1));
    EXPECT_EQ(details.incident.reports, 2);
    EXPECT_EQ(details.incident.sources, 0b11U);
    EXPECT_EQ(store_->county()->kinds[details.incident.kind].code, "theft");
    EXPECT_EQ(details.incident.occurred, (TimeInterval{hour(2), hour(3)}));
    EXPECT_EQ(point_of(details.incident.place), (MapPoint{650000.5, 6640000}));
    EXPECT_EQ(details.incident.kind_from, (ReportKey{"police", "1"}));
    EXPECT_EQ(details.incident.place_from, (ReportKey{"transit", "9"}));
    EXPECT_EQ(details.incident.time_from, (ReportKey{"transit", "9"}));
    ASSERT_THAT(details.voices, SizeIs(2));
    EXPECT_EQ(details.voices[0].key, (ReportKey{"police", "1"}));
    EXPECT_EQ(details.voices[1].title, "seen by driver");
    EXPECT_EQ(details.voices[1].case_number, "K1");
    expect_sound();
}

TEST_F(Incidents, OfAProtectedKindHaveNoPointInTheFile)
{
    import({at(of_kind(told("1"), "sexual"), 650000, 6640000), at(told("2", "theft"), 650000, 6640000)});
    EXPECT_EQ(count("SELECT count(*) FROM incidents WHERE geom IS NOT NULL"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM incidents WHERE id = 1 AND geom IS NULL AND precision = 'kommun'"),
              1);
    EXPECT_EQ(count("SELECT count(*) FROM rtree_incidents_geom"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM report_versions WHERE east IS NOT NULL"), 2) << "nothing is lost";
    expect_sound();
}

TEST_F(Incidents, WithOneVoiceOfAProtectedKindHaveNoPointInTheFile)
{
    import({at(quoting(told("1"), "K1"), 650000, 6640000)});
    EXPECT_EQ(count("SELECT count(*) FROM incidents WHERE geom IS NOT NULL"), 1);
    import({of_kind(quoting(of_source(told("9", "what it was"), "transit"), "K1"), "sexual")});
    EXPECT_EQ(count("SELECT count(*) FROM incidents WHERE geom IS NOT NULL"), 0);
    expect_sound();
}

TEST_F(Incidents, KeepTheIdOfTheirOldestReportWhenTheyBecomeOneAndPartAgain)
{
    import({seen(told("1"), 10), seen(told("2", "b"), 10)});
    auto const public_2 = must(open(2)).incident.public_id;
    import({seen(quoting(told("1", "a, case"), "K7"), 20), seen(quoting(told("2", "b, case"), "K7"), 20)});
    EXPECT_EQ(must(open(2)).incident.id, IncidentId{1}) << "the absorbed id leads to the whole";
    EXPECT_EQ(must(store_->details(analyst(), public_2)).incident.id, IncidentId{1});
    expect_sound();
    import({seen(told("2", "b, no case"), 30)});
    EXPECT_EQ(must(open(1)).incident.reports, 1);
    EXPECT_EQ(must(open(2)).incident.id, IncidentId{2});
    EXPECT_EQ(must(store_->details(analyst(), public_2)).incident.id, IncidentId{2});
    EXPECT_EQ(count("SELECT count(*) FROM incident_aliases"), 0);
    expect_sound();
}

TEST_F(Incidents, AFormerPublicIdStillOpensTheIncidentThatTookALowerKey)
{
    import({quoting(told("5"), "K1")});
    auto const former = must(open(1)).incident.public_id;
    import({quoting(told("3", "lower key"), "K1")});
    auto const details = must(store_->details(analyst(), former));
    EXPECT_EQ(details.incident.id, IncidentId{1});
    EXPECT_NE(details.incident.public_id, former);
    EXPECT_EQ(must(store_->details(analyst(), details.incident.public_id)).incident.id, IncidentId{1});
    expect_sound();
}

TEST_F(Incidents, HavePublicIdsOfTwelveCharactersThatOnlyTheKeyDecides)
{
    import({told("1"), told("2")});
    auto const id = must(open(2)).incident.public_id;
    EXPECT_THAT(id, ::testing::MatchesRegex("[0-9a-hjkmnp-tv-z]*"));
    EXPECT_THAT(id, SizeIs(12));
    store_ = make("other.gpkg");
    import({told("2", "other words")});
    EXPECT_EQ(must(open(1)).incident.public_id, id);
}

TEST_F(Incidents, AreShownToAnalystsOnly)
{
    import({told("1")});
    View const public_view(must(store_->snapshot()), Role::public_);
    EXPECT_EQ(store_->details(public_view, IncidentId{1}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(store_->details(public_view, IncidentId{77}).error().code, ErrorCode::forbidden)
        << "nor whether there is one";
    EXPECT_EQ(open(77).error().code, ErrorCode::not_found);
    EXPECT_EQ(store_->details(analyst(), "zzzzzzzzzzzz").error().code, ErrorCode::not_found);
}

TEST_F(Incidents, FollowTheTreeWhenAKindBecomesProtectedOrNoLongerIs)
{
    import({at(told("1"), 650000, 6640000)});
    auto const open = incident_lines();
    // As it was while the tree still had thefts protected.
    run_sql(
        "UPDATE kinds SET is_protected = 1 WHERE code = 'theft'; "
        "UPDATE incidents SET geom = NULL, precision = 'kommun'");
    ASSERT_NE(incident_lines(), open);
    auto const before = revision();
    import({});
    EXPECT_EQ(incident_lines(), open);
    EXPECT_GT(revision(), before);
    expect_sound();
}

TEST_F(Incidents, OfProtectedKindsOpenWithoutPlaceAndTexts)
{
    import({at(of_kind(told("1", "names a house"), "assault.close_relation"), 650000, 6640000)});
    auto const details = must(open(1));
    EXPECT_EQ(point_of(details.incident.place), std::nullopt);
    EXPECT_EQ(details.voices.at(0).title, "");
}

TEST_F(Incidents, ReachTheSnapshotAsTheyWereTold)
{
    auto patrol = at(during(told("2", "x"), 3, 4), 650000.25, 6640000.75, Precision::exact);
    patrol.patrol_discovered = true;
    import({told("1"), patrol});
    auto const view = analyst();
    EXPECT_EQ(view.revision(), revision());
    auto const points = view.points();
    ASSERT_EQ(points.size(), 1U);
    EXPECT_EQ(points.id[0], 2);
    EXPECT_EQ(points.east[0], 650000.25);
    EXPECT_EQ(points.north[0], 6640000.75);
    EXPECT_EQ(Instant{std::chrono::seconds{points.from[0]}}, hour(3));
    EXPECT_EQ(points.length[0], 3600);
    EXPECT_EQ(points.sources[0], 1U);
    EXPECT_EQ(points.precision[0], static_cast<int>(Precision::exact));
    EXPECT_EQ(points.area[0], 0);
    auto const areas = view.without_point();
    ASSERT_EQ(areas.size(), 1U);
    EXPECT_EQ(areas.id[0], 1);
    EXPECT_EQ(areas.precision[0], static_cast<int>(Precision::kommun));
    EXPECT_EQ(store_->county()->kinds[KindId{areas.kind[0]}].code, "theft");
}

TEST_F(Incidents, OfARunningImportAreNotSeenBeforeItsCommit)
{
    import({told("1")});
    auto session = must(store_->begin_import(source_named("police"), "feed.json"));
    must(session->take(told("2", "b")));
    EXPECT_EQ(must(store_->snapshot())->size(), 1U);
    must(session->commit());
    EXPECT_EQ(must(store_->snapshot())->size(), 2U);
}

TEST_F(Incidents, OfADroppedImportLeaveNothing)
{
    import({told("1")});
    auto const before = dump();
    {
        auto session = must(store_->begin_import(source_named("police"), "feed.json"));
        must(session->take(told("2", "b")));
        must(session->set_aside({"police", "f", 1, "", "bad", "bad row", "{}"}));
    }
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(revision(), Revision{1});
}

TEST_F(Incidents, ObeyDecisionsOfPeopleInTheNextImport)
{
    import({quoting(told("1"), "K1"), quoting(told("2", "b"), "K1"), told("3", "c")});
    run_sql(
        "INSERT INTO link_decisions(report_a, report_b, together, decided_by, decided_at, reason) VALUES "
        "(1, 2, 0, 'anna', '2025-01-02T00:00:00.000Z', 'two bicycles'), "
        "(2, 3, 1, 'anna', '2025-01-02T00:00:00.000Z', 'same lock')");
    EXPECT_THAT(must(store_->check(true)).findings, SizeIs(0));
    EXPECT_THAT(incident_lines(), SizeIs(2));
    EXPECT_EQ(must(open(3)).incident.id, IncidentId{2});
    import({seen(quoting(told("1", "reworded"), "K1"), 200), seen(told("3", "reworded"), 200)});
    EXPECT_EQ(must(open(1)).incident.reports, 1);
    EXPECT_EQ(must(open(2)).incident.reports, 2);
    EXPECT_THAT(dump(), AllOf(HasSubstr("decision cannot-link police:\"1\" police:\"2\" by=\"anna\""),
                              HasSubstr("decision must-link police:\"2\" police:\"3\"")));
    expect_sound();
}

}  // namespace
}  // namespace riskbild::testing
