#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <random>

#include "geo_core/store/geopackage_geometry.hpp"
#include "geo_core/store/geopackage_time.hpp"
#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string output_of(std::string const& command)
{
    std::string text;
    std::array<char, 4096> buffer;
    auto* const pipe = ::popen((command + " 2>&1").c_str(), "r");
    while (auto const size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        text.append(buffer.data(), size);
    }
    ::pclose(pipe);
    return text;
}

bool has_ogrinfo()
{
    return output_of("ogrinfo --version").starts_with("GDAL");
}

std::size_t occurrences(std::string const& text, std::string const& part)
{
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

class GeoPackage : public StoreWorld {};

TEST_F(GeoPackage, IsListedByOgrWithEveryTableAndWithoutWarning)
{
    if (!has_ogrinfo()) {
        GTEST_SKIP() << "ogrinfo is not installed";
    }
    import({at(told("1"), 650000, 6640000), told("2", "b")});
    store_.reset();
    auto const text = output_of("ogrinfo -al -so " + file().string());
    EXPECT_THAT(text, Not(HasSubstr("Warning")));
    EXPECT_THAT(text, Not(HasSubstr("ERROR")));
    for (auto const* const table :
         {"incidents", "areas", "reports", "report_versions", "sources", "kinds", "revisions",
          "set_aside_rows", "incident_aliases", "link_decisions", "store_info", "named_places",
          "street_lines", "place_sources", "area_sets", "area_set_areas", "figures"}) {
        EXPECT_THAT(text, HasSubstr(fmt::format("Layer name: {}\n", table)));
    }
    for (auto const* const column :
         {"public_id: String", "kind: String", "kind_name: String", "occurred_from: DateTime",
          "occurred_to: DateTime", "precision: String", "area_code: String", "area_name: String",
          "sources: String", "reports: Integer"}) {
        EXPECT_THAT(text, HasSubstr(column));
    }
    EXPECT_THAT(text, HasSubstr("SWEREF99 TM"));
}

TEST_F(GeoPackage, HasNoPointForIncidentsKnownToAnAreaOnly)
{
    if (!has_ogrinfo()) {
        GTEST_SKIP() << "ogrinfo is not installed";
    }
    auto locality = told("3", "c");
    locality.place = AreaPlace{Precision::locality, AreaId{0}};
    auto county = told("4", "d");
    county.place = AreaPlace{Precision::lan, kNoArea};
    import({told("1"), at(told("2", "b"), 650000, 6640000), locality, county});
    store_.reset();
    auto const text = output_of("ogrinfo -al " + file().string() + " incidents");
    EXPECT_EQ(occurrences(text, "OGRFeature(incidents)"), 4U);
    EXPECT_EQ(occurrences(text, "POINT ("), 1U) << text;
    EXPECT_THAT(text, HasSubstr("POINT (650000 6640000)"));
    EXPECT_THAT(text, Not(HasSubstr("EMPTY")));
    EXPECT_THAT(text, HasSubstr("kind_name (String) = Stöld"));
    EXPECT_THAT(text, HasSubstr("occurred_from (DateTime) = 2025/01/01 00:00:00+00"));
}

TEST_F(GeoPackage, IsFilteredByGdalThroughItsIndexBuiltAtOnceAndChangedLater)
{
    if (!has_ogrinfo()) {
        GTEST_SKIP() << "ogrinfo is not installed";
    }
    std::mt19937 random(7);
    std::vector<MapPoint> points;
    std::vector<Report> first;
    std::vector<Report> later;
    for (int i = 0; i < 22'000; ++i) {
        points.push_back({630000 + static_cast<double>(random() % 60000) + 0.5,
                          6600000 + static_cast<double>(random() % 90000) + 0.25});
        (i < 21'000 ? first : later)
            .push_back(at(told(fmt::format("{}", i), fmt::format("{}", i)), points.back().east,
                          points.back().north));
    }
    import(first);
    import(later);
    expect_sound();
    store_.reset();
    auto const inside = std::ranges::count_if(points, [](MapPoint p) {
        return MapBox{{640000, 6610000}, {652000, 6630000}}.contains(p);
    });
    ASSERT_GT(inside, 500);
    EXPECT_THAT(
        output_of("ogrinfo -so -spat 640000 6610000 652000 6630000 " + file().string() + " incidents"),
        HasSubstr(fmt::format("Feature Count: {}\n", inside)));
}

TEST_F(GeoPackage, KeepsItsIndexWhenAPlaceChangesOrGoes)
{
    import({seen(at(told("1"), 650000, 6640000), 10), seen(at(told("2", "b"), 651000, 6640000), 10)});
    import({seen(at(told("1", "moved"), 660000, 6650000), 20), seen(told("2", "place withdrawn"), 20)});
    EXPECT_EQ(count("SELECT count(*) FROM rtree_incidents_geom WHERE minx > 659990 AND maxx < 660010"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM rtree_incidents_geom"), 1);
    expect_sound();
}

TEST_F(GeoPackage, TellsItsExtentAndDeclaresTheStandard)
{
    import({at(told("1"), 650000, 6640000), at(told("2", "b"), 651000, 6645000)});
    EXPECT_EQ(count("PRAGMA application_id"), 0x47504b47);
    EXPECT_EQ(count("PRAGMA user_version"), 10300);
    EXPECT_EQ(count("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326, 3006)"), 4);
    EXPECT_EQ(count("SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"), 1);
    EXPECT_EQ(
        count("SELECT count(*) FROM gpkg_contents WHERE table_name = 'incidents' AND abs(min_x - 650000) < 1 "
              "AND abs(max_x - 651000) < 1 AND abs(min_y - 6640000) < 1 AND abs(max_y - 6645000) < 1"),
        1);
    EXPECT_EQ(
        count(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'gpkg_%' AND name NOT "
            "LIKE 'rtree_%' AND name NOT LIKE 'sqlite_%' AND name NOT IN (SELECT table_name FROM "
            "gpkg_contents)"),
        0);
}

TEST_F(GeoPackage, GivesTheAreasBackAsTheProfileHasThem)
{
    auto const expected = must(load_areas(uppsala()));
    reopen();
    auto const county = store_->county();
    ASSERT_EQ(county->areas.areas().size(), expected.areas().size());
    for (std::size_t i = 0; i < expected.areas().size(); ++i) {
        auto const& area = county->areas.areas()[i];
        EXPECT_EQ(area.code, expected.areas()[i].code);
        EXPECT_EQ(area.name, expected.areas()[i].name);
        EXPECT_EQ(area.population, expected.areas()[i].population);
        EXPECT_EQ(area.shape, expected.areas()[i].shape);
    }
    EXPECT_EQ(county->areas.source(), expected.source());
    EXPECT_EQ(county->areas.generalised(), expected.generalised());
    EXPECT_EQ(county->profile.name, "uppsala");
}

TEST(GeoPackageGeometry, ReadsPointsOfEitherByteOrderWithEnvelopeAndNothingElse)
{
    auto const blob = store::point_blob({650000.5, 6640000.25}, 3006);
    EXPECT_EQ(store::decode_point(blob), (MapPoint{650000.5, 6640000.25}));

    // OGC 12-128r17, table 5: envelope code 1 is minx, maxx, miny, maxy before the well-known binary.
    std::vector<std::byte> with_envelope(blob.begin(), blob.begin() + 8);
    with_envelope[3] = std::byte{0b0000'0011};
    with_envelope.resize(8 + 32);
    with_envelope.insert(with_envelope.end(), blob.begin() + 8, blob.end());
    EXPECT_EQ(store::decode_point(with_envelope), (MapPoint{650000.5, 6640000.25}));

    std::vector<std::byte> big(blob.begin(), blob.end());
    big[8] = std::byte{0};
    std::reverse(big.begin() + 9, big.begin() + 13);
    std::reverse(big.begin() + 13, big.begin() + 21);
    std::reverse(big.begin() + 21, big.end());
    EXPECT_EQ(store::decode_point(big), (MapPoint{650000.5, 6640000.25}));

    auto const empty = store::point_blob({NAN, NAN}, 3006);
    EXPECT_EQ(store::decode_point(empty), std::nullopt);
    for (std::size_t size = 0; size < blob.size(); ++size) {
        EXPECT_EQ(store::decode_point(store::Blob(blob).first(size)), std::nullopt);
    }
}

TEST(GeoPackageGeometry, RefusesCutOffAreas)
{
    MultiPolygon const shape = {{{{0, 0}, {10, 0}, {10, 10}}, {{{4, 1}, {5, 1}, {5, 2}}}},
                                {{{20, 0}, {30, 0}, {30, 9}}, {}}};
    auto const blob = store::multi_polygon_blob(shape, 3006);
    EXPECT_EQ(store::decode_multi_polygon(blob), shape);
    for (std::size_t size = 0; size < blob.size(); ++size) {
        EXPECT_EQ(store::decode_multi_polygon(store::Blob(blob).first(size)), std::nullopt);
    }
}

TEST(GeoPackageTime, IsWrittenWithThousandthsAndReadBack)
{
    auto const moment = *parse_instant("2024-02-29T23:59:58Z");
    EXPECT_EQ(store::DateTimeText(moment).view(), "2024-02-29T23:59:58.000Z");
    EXPECT_EQ(store::parse_date_time("2024-02-29T23:59:58.000Z"), moment);
    EXPECT_EQ(store::parse_date_time("2023-02-29T23:59:58.000Z"), std::nullopt);
    EXPECT_EQ(store::parse_date_time("2024-02-29 23:59:58"), std::nullopt);
    EXPECT_EQ(store::parse_date_time(store::DateTimeText(store::kFirstInstant).view()), store::kFirstInstant);
    EXPECT_EQ(store::parse_date_time(store::DateTimeText(store::kLastInstant).view()), store::kLastInstant);
}

}  // namespace
}  // namespace riskbild::testing
