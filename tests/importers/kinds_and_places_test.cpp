#include <gmock/gmock.h>

#include "fake_store.hpp"
#include "geo_core/store/store.hpp"
#include "importers/dated_codes.hpp"
#include "importers/import.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

LocalDate in_year(int year)
{
    return LocalDate{date::year{year} / 7 / 1};
}

TEST(DatedCodes, MeanWhatTheyMeantInTheYearOfTheOffence)
{
    auto const codes = DatedCodes::from_toml(R"(
title = "Brå"
[[code]]
codes = ["0870", "0871"]
kind = "robbery.shop"
until = 2018
[[code]]
codes = ["0870"]
kind = "robbery"
from = 2019
)",
                                             "codes.toml");
    ASSERT_TRUE(codes) << codes.error().message;
    EXPECT_EQ(codes->title(), "Brå");
    EXPECT_EQ(codes->kind("0870", in_year(2018)), "robbery.shop");
    EXPECT_EQ(codes->kind("0870", in_year(2019)), "robbery");
    EXPECT_EQ(codes->kind(" 870 ", in_year(2019)), "robbery") << "a spreadsheet drops the zero in front";
    EXPECT_EQ(codes->kind("0871", in_year(2019)), std::nullopt);
    EXPECT_TRUE(codes->knows("871"));
    EXPECT_FALSE(codes->knows("8700"));
    EXPECT_FALSE(codes->knows("0"));
    EXPECT_THAT(codes->kinds(), ::testing::ElementsAre("robbery", "robbery.shop"));
}

TEST(DatedCodes, SayWhatIsWrongWithTheirFile)
{
    auto const why = [](std::string const& toml) {
        auto const codes = DatedCodes::from_toml(toml, "codes.toml");
        return codes ? std::string{} : codes.error().message;
    };
    EXPECT_EQ(
        why("title='T'\n[[code]]\ncodes=['1']\nkind='a'\n[[code]]\ncodes=['01']\nkind='b'\nfrom=2020\n"),
        "codes.toml: the code 01 has two kinds at once");
    EXPECT_THAT(why("[[code]]\ncodes=['1']\nkind='a'\n"), HasSubstr("lacks title"));
    EXPECT_THAT(why("title='T'\n[[code]]\ncodes=[1]\nkind='a'\n"), HasSubstr("no text of digits"));
    EXPECT_THAT(why("title='T'\n[[code]]\ncodes=['1']\nkind='a'\nfrom=2020\nuntil=2019\n"),
                HasSubstr("ends before it begins"));
    EXPECT_THAT(why("title="), StartsWith("codes.toml line 1"));
    EXPECT_EQ(DatedCodes::load("nothing").error().code, ErrorCode::not_found);
}

TEST(DatedCodes, OfTheProductAreKindsOfTheTree)
{
    auto const codes = DatedCodes::load("bra_codes");
    ASSERT_TRUE(codes) << codes.error().message;
    TemporaryFolder const folder;
    auto const store = *create_store(folder.path() / "county.gpkg", *load_profile("uppsala"));
    for (auto const& kind : codes->kinds())
        EXPECT_TRUE(store->county()->kinds.by_code(kind)) << kind;
    EXPECT_EQ(codes->kind("0853", in_year(2025)), "theft.shop");
}

/// A county with an address, a street in two kommuner, and a list that knows places in words only.
class PlacesInWords : public ::testing::Test {
protected:
    PlacesInWords()
    {
        auto const& areas = store_->county()->areas;
        auto session = *store_->begin_places({.name = "osm", .title = "OpenStreetMap"}, "osm.pbf");
        auto const put = [&](NamedPlace place) { EXPECT_TRUE(session->put(place)); };
        put({.source = "osm",
             .source_key = "n1",
             .sort = PlaceSort::address,
             .name = "Kungsgatan 12",
             .street = "Kungsgatan",
             .house_number = "12",
             .area = areas.by_code("0380"),
             .point = kPoint});
        for (auto const* code : {"0380", "0381"})
            put({.source = "osm",
                 .source_key = std::string("w") + code,
                 .sort = PlaceSort::street,
                 .name = "Storgatan",
                 .street = "Storgatan",
                 .area = areas.by_code(code),
                 .point = kPoint,
                 .lines = {{{kPoint, {kPoint.east + 100, kPoint.north}}}}});
        EXPECT_TRUE(session->commit());
    }

    ImportReport import(std::string const& rows, std::string const& position)
    {
        auto const profile = folder_.write(
            "p.toml",
            "source='list'\ntitle='A list'\nid='id'\n[time]\nfrom='from'\n[kind]\ncolumn='code'\nlist='"
            "bra_codes'\n[position]\naddress='where'\narea='kommun'\n" +
                position);
        auto report =
            import_files(*store_, {.source = "points",
                                   .files = {folder_.write("t.csv", "id,from,code,where,kommun\n" + rows)},
                                   .column_profile = profile,
                                   .now = at("2026-01-01T00:00:00Z")});
        EXPECT_TRUE(report) << report.error().message;
        return *report;
    }

    Voice voice(std::string const& id)
    {
        ReportKey const key{"list", id};
        auto const found = store_->compare(View{*store_->snapshot(), Role::analyst}, key, key);
        EXPECT_TRUE(found) << id;
        return found ? found->a : Voice{};
    }

    static constexpr MapPoint kPoint{648'000.0, 6'638'000.0};
    TemporaryFolder folder_;
    std::unique_ptr<Store> store_ = *create_store(folder_.path() / "county.gpkg", *load_profile("uppsala"));
};

TEST_F(PlacesInWords, AreFoundAsWellAsTheyAreKnownAndSayHow)
{
    auto const report = import(
        "a,2025-03-10,0853,Kungsgatan 12,Uppsala\n"
        "b,2025-03-10,1208,Storgatan 4,Uppsala\n"
        "c,2025-03-10,1208,Ingenstans 4,Uppsala\n"
        "d,2025-03-10,9999,Storgatan,\n",
        "whole_county_without_position=true\n");
    EXPECT_EQ(report.kept(), 4U);
    auto const address = voice("a");
    EXPECT_EQ(address.precision, Precision::address);
    EXPECT_EQ(address.place_rule, "address: Kungsgatan 12 (osm)");
    EXPECT_EQ(address.kind_code, "theft.shop");
    EXPECT_EQ(address.kind_rule, "code of Brå: 0853");
    EXPECT_EQ(address.kind_confidence, 95);
    auto const street = voice("b");
    EXPECT_EQ(street.precision, Precision::street);
    EXPECT_THAT(street.place_rule, HasSubstr("the number 4 is not known"));
    auto const nowhere = voice("c");
    EXPECT_EQ(nowhere.precision, Precision::kommun);
    EXPECT_THAT(nowhere.place_rule, StartsWith("unknown:"));
    auto const ambiguous = voice("d");
    EXPECT_EQ(ambiguous.precision, Precision::lan);
    EXPECT_THAT(ambiguous.place_rule, StartsWith("ambiguous:"));
    EXPECT_EQ(ambiguous.kind_code, "unknown");
    EXPECT_EQ(ambiguous.kind_confidence, 0);
    EXPECT_THAT(report.notes, Contains(HasSubstr("looked up by their words among the store's named places: 4 "
                                                 "rows, of which 2 found as a point")));
    EXPECT_EQ(
        import("a,2025-03-10,0853,Kungsgatan 12,Uppsala\n", "whole_county_without_position=true\n").unchanged,
        1U);
}

TEST_F(PlacesInWords, ThatTellNothingSetARowWithoutPositionAside)
{
    auto const report = import("a,2025-03-10,0853,Kungsgatan 12,\nb,2025-03-10,0853,Ingenstans 4,\n", "");
    EXPECT_EQ(report.kept(), 1U);
    ASSERT_EQ(report.rows.size(), 1U);
    EXPECT_EQ(report.rows[0].reason, "no_position");
    EXPECT_THAT(report.rows[0].message, HasSubstr("the words do not tell (unknown:"));
    EXPECT_EQ(voice("a").precision, Precision::address);
}

}  // namespace
}  // namespace riskbild::importers
