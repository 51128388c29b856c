#include <gmock/gmock.h>

#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Three incidents, one of two reports, two with a point.
class Check : public StoreWorld {
protected:
    Check()
    {
        import({at(told("1"), 650000, 6640000), told("2", "b"), quoting(told("3", "c"), "K1"),
                at(quoting(told("4", "d"), "K1"), 651000, 6640000)});
        expected_ = dump();
    }

    void finds_and_repairs(std::string const& damage, std::string const& finding)
    {
        run_sql(damage);
        EXPECT_THAT(must(store_->check(false)).findings, Contains(HasSubstr(finding)));
        auto const before = revision();
        EXPECT_THAT(must(store_->check(true)).findings, SizeIs(0));
        EXPECT_EQ(dump(), expected_);
        EXPECT_GT(revision(), before) << "so that readers take the repaired state";
        EXPECT_EQ(must(store_->details(analyst(), IncidentId{1})).incident.id, IncidentId{1});
    }

    std::string expected_;
};

TEST_F(Check, OfASoundStoreFindsNothingAndCounts)
{
    auto const before = revision();
    auto const report = must(store_->check(true));
    EXPECT_THAT(report.findings, SizeIs(0));
    EXPECT_EQ(report.reports, 4U);
    EXPECT_EQ(report.versions, 4U);
    EXPECT_EQ(report.incidents, 3U);
    EXPECT_EQ(report.set_aside, 0U);
    EXPECT_EQ(revision(), before);
}

TEST_F(Check, FindsAPointMissingInTheIndex)
{
    finds_and_repairs("DELETE FROM rtree_incidents_geom WHERE id = 1", "missing in the spatial index");
}

TEST_F(Check, FindsAPointElsewhereInTheIndex)
{
    finds_and_repairs("UPDATE rtree_incidents_geom SET minx = 0, maxx = 1 WHERE id = 1", "in a wrong place");
}

TEST_F(Check, FindsAnIndexWithDamagedNodes)
{
    finds_and_repairs("UPDATE rtree_incidents_geom_node SET data = zeroblob(length(data)) WHERE nodeno = 1",
                      "spatial index contradicts itself");
}

TEST_F(Check, FindsAnIncidentThatCannotBeRead)
{
    finds_and_repairs("UPDATE incidents SET occurred_to = 'yesterday' WHERE id = 1", "cannot be read");
    finds_and_repairs("UPDATE incidents SET geom = x'00' WHERE id = 1", "cannot be read");
}

TEST_F(Check, ReadsATimeAsGdalWritesItWithoutMilliseconds)
{
    run_sql("UPDATE incidents SET occurred_to = replace(occurred_to, '.000Z', 'Z')");
    expect_sound();
    EXPECT_EQ(dump(), expected_);
}

TEST_F(Check, FindsMissingIndexesAndTriggers)
{
    finds_and_repairs("DROP INDEX reports_by_case", "the index reports_by_case is missing");
    finds_and_repairs("DROP TRIGGER rtree_incidents_geom_insert",
                      "the trigger rtree_incidents_geom_insert is missing");
    finds_and_repairs("DROP INDEX reports_by_key; CREATE INDEX reports_by_key ON reports(source_key)",
                      "the index reports_by_key is not as Riskbild made it");
}

TEST_F(Check, FindsAFileThatTellsWrongThingsOfItself)
{
    finds_and_repairs("DELETE FROM gpkg_extensions", "gpkg_extensions does not say");
    finds_and_repairs("DELETE FROM gpkg_geometry_columns WHERE table_name = 'incidents'",
                      "gpkg_geometry_columns does not say what it should of incidents");
    finds_and_repairs("UPDATE gpkg_contents SET srs_id = 4326 WHERE table_name = 'incidents'",
                      "gpkg_contents does not say what it should of incidents");
    finds_and_repairs(
        "UPDATE incidents SET geom = CAST(substr(geom, 1, 4) || x'E6100000' || substr(geom, 9) "
        "AS BLOB) WHERE id = 1",
        "1 incidents have a geometry in another coordinate system");
}

TEST_F(Check, LeavesAloneWhatOtherProgramsAddToTheFile)
{
    run_sql(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleqml TEXT); INSERT INTO gpkg_contents("
        "table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles')");
    expect_sound();
}

TEST_F(Check, FindsAMissingIncident)
{
    finds_and_repairs("DELETE FROM incidents WHERE id = 2", "is missing");
}

TEST_F(Check, FindsAnIncidentWithoutReport)
{
    finds_and_repairs(
        "INSERT INTO incidents SELECT 77, geom, 'x', kind, kind_name, occurred_from, occurred_to, "
        "precision, area_code, area_name, sources, reports, patrol_discovered, kind_from, time_from, "
        "place_from FROM incidents WHERE id = 1",
        "1 incidents have no report");
}

TEST_F(Check, FindsAnIncidentThatSaysSomethingElseThanItsReports)
{
    finds_and_repairs("UPDATE incidents SET occurred_to = '2025-06-01T00:00:00.000Z' WHERE id = 1",
                      "is not what its reports tell");
}

TEST_F(Check, FindsAFalseDot)
{
    finds_and_repairs("UPDATE incidents SET geom = (SELECT geom FROM incidents WHERE id = 1) WHERE id = 2",
                      "have a point without such a precision");
}

TEST_F(Check, FindsAReportInTheWrongIncident)
{
    finds_and_repairs("UPDATE reports SET incident_id = 1 WHERE id = 4",
                      "not in the one incident they tell of");
}

TEST_F(Check, FindsAReportWhoseIncidentIsNone)
{
    finds_and_repairs("UPDATE reports SET incident_id = 5000 WHERE id = 2",
                      "not in the one incident they tell of");
}

TEST_F(Check, FindsAWrongCurrentVersion)
{
    import({seen(told("2", "newer words"), 200)});
    expected_ = dump();
    finds_and_repairs("UPDATE reports SET current_version = 1 WHERE id = 2", "another current version");
}

TEST_F(Check, FindsAForgottenCaseNumber)
{
    finds_and_repairs("UPDATE reports SET case_number = NULL WHERE id = 4",
                      "differ from their current version");
}

TEST_F(Check, FindsTwoIncidentsWithOnePublicId)
{
    finds_and_repairs("UPDATE incidents SET public_id = (SELECT public_id FROM incidents WHERE id = 1)",
                      "share a public id");
}

TEST_F(Check, FindsAFormerNameThatIsAlsoAPresentOne)
{
    finds_and_repairs("INSERT INTO incident_aliases(absorbed_id, report_id) VALUES (1, 3)",
                      "former names of incidents are also");
}

TEST_F(Check, FindsAReportThatIsNotAsItWasReceivedAndCannotRepairIt)
{
    run_sql("UPDATE report_versions SET payload = replace(payload, 'says', 'sayz') WHERE report_id = 2");
    auto const findings = ElementsAre("1 versions of reports are not as they were received");
    EXPECT_THAT(must(store_->check(false)).findings, findings);
    EXPECT_THAT(must(store_->check(true)).findings, findings);
}

TEST_F(Check, FindsAReportStoredTwiceAndOneThatItsKeyDoesNotLeadTo)
{
    run_sql(
        "INSERT INTO reports SELECT 99, source_id, source_key, key_number, 1, 1, NULL, NULL, started FROM "
        "reports WHERE id = 1; UPDATE reports SET key_number = 5 WHERE id = 2");
    auto const findings = must(store_->check(false)).findings;
    EXPECT_THAT(findings, Contains("1 keys belong to more than one report"));
    EXPECT_THAT(findings, Contains("1 reports are not found by their key"));
}

TEST_F(Check, FindsATableThatTheStandardWantsRegistered)
{
    run_sql("CREATE TABLE notes(id INTEGER PRIMARY KEY)");
    EXPECT_THAT(must(store_->check(false)).findings,
                ElementsAre("1 tables are not registered in gpkg_contents"));
}

TEST_F(Check, RepairsNothingInAStoreOpenForReading)
{
    run_sql("DELETE FROM incidents WHERE id = 2");
    reopen(Store::Access::read_only);
    EXPECT_FALSE(must(store_->check(false)).findings.empty());
    EXPECT_EQ(store_->check(true).error().code, ErrorCode::unwritable);
}

}  // namespace
}  // namespace riskbild::testing
