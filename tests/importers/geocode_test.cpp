#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_store.hpp"
#include "geo_core/text.hpp"
#include "importers/geocode/locate.hpp"
#include "importers/geocode/street_name.hpp"
#include "importers/readers/json_value.hpp"
#include "place_world.hpp"

namespace riskbild::importers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

TEST(StreetName, SpellingsOfOneNameAgree)
{
    auto const agree = [](std::vector<std::string> const& spellings) {
        for (auto const& spelling : spellings)
            EXPECT_EQ(normal_street(spelling), normal_street(spellings.front())) << spelling;
    };
    agree({"Kungsgatan", "KUNGSGATAN", "Kungsg.", "Kungsgat.", "  kungsgatan ", "Kungsgtn"});
    agree(
        {"Sankt Persgatan", "S:t Persgatan", "St. Persgatan", "St.Persgatan", "St Persgatan", "S:t Persg."});
    agree({"Karl Johansgatan", "Karl-Johansgatan", "Karl–Johansgatan", "Karl  Johansgatan"});
    agree({"Östra Ågatan", "Ö. Ågatan", "Ö:a Ågatan", "ÖSTRA ÅGATAN"});
    agree({"Storvägen", "Storv.", "Storvgn"});
    agree({"Linnégatan", "Linnegatan"});
    agree({"Doktor Forselius gata", "Dr. Forselius gata", "Dr Forselius gata"});
    agree({"Karl XII:s gata", "Karl XIIs gata"});
    EXPECT_EQ(other_reading(normal_street("St. Nygatan")), "stora nygatan");
    EXPECT_FALSE(other_reading("kungsgatan"));
}

TEST(StreetName, NamesThatDifferStayDifferent)
{
    std::set<std::string> names;
    for (auto const* const name : {"Sågvägen", "Sagvägen", "Sägvägen", "Storgatan", "Storgata", "Johans väg",
                                   "Johansvägen", "Västra gatan", "Vägen", "Stavgatan", "Torg", "Torget"})
        EXPECT_TRUE(names.insert(normal_street(name)).second) << name;
}

TEST(StreetName, AddressesAreTakenApart)
{
    auto const expect = [](char const* written, WrittenAddress const& right) {
        auto const read = parse_address(written);
        EXPECT_EQ(read, right) << written << ": " << read.street << "|" << read.house_number << "|"
                               << read.postcode << "|" << read.locality;
    };
    expect("Kungsgatan 12", {"Kungsgatan", "12", "", ""});
    expect("Kungsgatan 12 B lgh 1101, 753 21 Uppsala", {"Kungsgatan", "12b", "75321", "Uppsala"});
    expect("Kungsgatan 12b 75321 Uppsala", {"Kungsgatan", "12b", "75321", "Uppsala"});
    expect("Kungsgatan 12 – 14, Uppsala", {"Kungsgatan", "12-14", "", "Uppsala"});
    expect("Kungsgatan 12-14", {"Kungsgatan", "12-14", "", ""});
    expect("Kungsgatan, Uppsala", {"Kungsgatan", "", "", "Uppsala"});
    expect("Kungsgatan 753 21 Uppsala", {"Kungsgatan", "", "75321", "Uppsala"});
    expect("S:t Persgatan 3, Fålhagen, 753 29 Uppsala", {"S:t Persgatan", "3", "75329", "Uppsala"});
    expect("c/o Andersson, Storgatan 1, Heby", {"Storgatan", "1", "", "Heby"});
    expect("Leitawisstrasse 20', Triesenberg", {"Leitawisstrasse", "20", "", "Triesenberg"});
    expect("Torget", {"Torget", "", "", ""});
    expect("", {"", "", "", ""});
}

TEST(StreetName, TextsAreReadForStreets)
{
    EXPECT_THAT(street_mentions("Misshandel på Kungsgatan 12 i Uppsala."), ElementsAre("Kungsgatan 12"));
    EXPECT_THAT(street_mentions("Brand i Norra Skolgatan. Bilen stod vid S:t Persgatan, nära torget."),
                ElementsAre("Norra Skolgatan", "S:t Persgatan"));
    EXPECT_THAT(street_mentions("korsningen Sandbrogatan/Torggatan."),
                ElementsAre("Sandbrogatan", "Torggatan"));
    EXPECT_THAT(street_mentions("Längs Dag Hammarskjölds väg 30 och Dag Hammarskjölds väg 30"),
                ElementsAre("Dag Hammarskjölds väg 30"));
    EXPECT_TRUE(street_mentions("Olycka på väg 55 och Riksväg 56 och på gatan. Polisen är på väg. E4 stängd")
                    .empty());
}

class Streets : public testing::Test {
protected:
    std::shared_ptr<County const> county = county_of_squares();
    AreaId uppsala = county->areas.by_name("Uppsala");
    AreaId enkoping = county->areas.by_name("Enköping");
    MapPoint in_uppsala = county->profile.crs.metres({17.638927, 59.858564});
    MapPoint in_enkoping = county->profile.crs.metres({17.077823, 59.635691});

    static NamedPlace address(std::string street, std::string number, AreaId area, MapPoint at,
                              std::string locality = {})
    {
        return {.source = "osm",
                .source_key = street + number,
                .sort = PlaceSort::address,
                .street = street,
                .house_number = std::move(number),
                .locality = std::move(locality),
                .area = area,
                .point = at};
    }
    static NamedPlace street(std::string name, AreaId area, MapPoint middle, double length = 400)
    {
        return {
            .source = "osm",
            .source_key = "w" + name,
            .sort = PlaceSort::street,
            .name = std::move(name),
            .area = area,
            .point = middle,
            .lines = {{{middle.east - length / 2, middle.north}, {middle.east + length / 2, middle.north}}}};
    }
    static NamedPlace urban_area(std::string name, AreaId area, MapPoint at)
    {
        return {.source = "osm",
                .source_key = "n" + name,
                .sort = PlaceSort::urban_area,
                .kind = "place=village",
                .name = std::move(name),
                .area = area,
                .point = at};
    }
    static NamedPlace stop(std::string key, std::string name, AreaId area, MapPoint at,
                           std::string doubt = {})
    {
        return {.source = "gtfs",
                .source_key = std::move(key),
                .sort = PlaceSort::stop_area,
                .name = std::move(name),
                .area = area,
                .point = at,
                .doubt = std::move(doubt)};
    }
    static MapPoint beside(MapPoint at, double east) { return {at.east + east, at.north}; }

    Located found(std::vector<NamedPlace> const& places, PlaceWords const& words)
    {
        return locate(Gazetteer{county, places}, words);
    }
};

TEST_F(Streets, AnAddressIsFoundByItsSpellings)
{
    std::vector const places{address("Kungsgatan", "12", uppsala, in_uppsala),
                             address("Kungsgatan", "14", uppsala, beside(in_uppsala, 20))};
    for (auto const* const words : {"Kungsgatan 12", "kungsg. 12", "Kungsgatan 12, 753 21 Uppsala",
                                    "Kungsgatan 12 B lgh 1101", "Kungsgatan 12-16"}) {
        auto const answer = found(places, {.address = words, .kommun = "Uppsala"});
        EXPECT_EQ(precision_of(answer.place), Precision::address) << words << " " << answer.how;
        EXPECT_EQ(point_of(answer.place), in_uppsala) << words;
        EXPECT_THAT(answer.how, StartsWith("address: Kungsgatan 12 (osm)"));
    }
}

TEST_F(Streets, AHouseNumberIsNotPutBetweenItsNeighbours)
{
    std::vector const places{address("Kungsgatan", "12", uppsala, in_uppsala),
                             address("Kungsgatan", "16", uppsala, beside(in_uppsala, 40)),
                             street("Kungsgatan", uppsala, in_uppsala, 640)};
    auto const answer = found(places, {.address = "Kungsgatan 14", .kommun = "0380"});
    EXPECT_EQ(precision_of(answer.place), Precision::street);
    EXPECT_EQ(answer.how, "street: Kungsgatan (osm), midpoint of 640 m; the number 14 is not known");
    EXPECT_EQ(
        precision_of(found({places[0], places[1]}, {.address = "Kungsgatan 14", .kommun = "Uppsala"}).place),
        Precision::kommun);
}

TEST_F(Streets, TheKommunDecidesBetweenStreetsOfOneName)
{
    std::vector const places{street("Storgatan", uppsala, in_uppsala),
                             street("Storgatan", enkoping, in_enkoping)};
    auto const one = found(places, {.address = "Storgatan", .kommun = "Enköping"});
    EXPECT_EQ(point_of(one.place), in_enkoping);
    EXPECT_EQ(area_of(one.place), enkoping);
    auto const in_words = found(places, {.address = "Storgatan, Enköping"});
    EXPECT_EQ(point_of(in_words.place), in_enkoping);
    auto const unsure = found(places, {.address = "Storgatan 5"});
    EXPECT_EQ(precision_of(unsure.place), Precision::lan);
    EXPECT_EQ(unsure.how, "ambiguous: 2 streets called Storgatan");
    EXPECT_EQ(unsure.candidates.size(), 2U);
}

TEST_F(Streets, AmbiguousWithinTheKommunIsTheKommunAndALocalityHelps)
{
    auto const far = beside(in_uppsala, 5000);
    std::vector const places{street("Storgatan", uppsala, in_uppsala), street("Storgatan", uppsala, far),
                             urban_area("Gåvsta", uppsala, beside(far, 300))};
    auto const unsure = found(places, {.address = "Storgatan", .kommun = "Uppsala"});
    EXPECT_EQ(precision_of(unsure.place), Precision::kommun);
    EXPECT_EQ(area_of(unsure.place), uppsala);
    auto const sure = found(places, {.address = "Storgatan", .locality = "Gåvsta", .kommun = "Uppsala"});
    EXPECT_EQ(point_of(sure.place), far);
    auto const without = found(places, {.address = "Nygatan", .locality = "Gåvsta"});
    EXPECT_EQ(precision_of(without.place), Precision::locality);
    EXPECT_EQ(area_of(without.place), uppsala);
    EXPECT_EQ(without.how, "unknown: no street called Nygatan in Gåvsta");
}

TEST_F(Streets, WordsOfAnotherCountyFindNothing)
{
    std::vector const places{street("Kungsgatan", uppsala, in_uppsala)};
    EXPECT_EQ(precision_of(found(places, {.address = "Kungsgatan", .kommun = "Stockholm"}).place),
              Precision::lan);
    EXPECT_EQ(precision_of(found(places, {.address = "Kungsgatan 1, 111 43 Stockholm"}).place),
              Precision::lan);
    EXPECT_EQ(precision_of(found(places, {}).place), Precision::lan);
    EXPECT_EQ(precision_of(found(places, {.address = "Kungsgatan", .kommun = "Uppsala län"}).place),
              Precision::street);
}

TEST_F(Streets, ALongStreetIsNoPoint)
{
    auto const answer = found({street("Riksvägen", uppsala, in_uppsala, 5400)},
                              {.address = "Riksvägen", .kommun = "Uppsala"});
    EXPECT_EQ(precision_of(answer.place), Precision::kommun);
    EXPECT_EQ(answer.how, "too_long: Riksvägen reaches 5.4 km, which is no point");
}

TEST_F(Streets, AnAddressMappedTwiceIsOneAndTwoApartAreAmbiguous)
{
    auto const twice = found({address("Nygatan", "1", uppsala, in_uppsala),
                              address("Nygatan", "1", uppsala, beside(in_uppsala, 30))},
                             {.address = "Nygatan 1", .kommun = "Uppsala"});
    EXPECT_EQ(precision_of(twice.place), Precision::address);
    auto const apart = found({address("Nygatan", "1", uppsala, in_uppsala),
                              address("Nygatan", "1", uppsala, beside(in_uppsala, 3000))},
                             {.address = "Nygatan 1", .kommun = "Uppsala"});
    EXPECT_EQ(precision_of(apart.place), Precision::kommun);
    EXPECT_EQ(apart.how, "ambiguous: 2 addresses Nygatan 1 in Uppsala");
}

TEST_F(Streets, StopsAreFoundByIdAndByName)
{
    std::vector const places{
        stop("9021", "Uppsala Centralstation (Uppsala)", uppsala, in_uppsala),
        stop("9022", "Kyrkan (Uppsala)", uppsala, beside(in_uppsala, 900)),
        stop("9023", "Kyrkan (Enköping)", enkoping, in_enkoping),
        stop("9024", "Stranden (Uppsala)", uppsala, in_uppsala, "named after Uppsala, lies in Knivsta")};
    for (auto const* const words : {"9021", "Uppsala Centralstation", "uppsala centralstation (Uppsala)"})
        EXPECT_EQ(found(places, {.stop = words}).how, "stop: Uppsala Centralstation (Uppsala) (gtfs)")
            << words;
    EXPECT_EQ(precision_of(found(places, {.stop = "Kyrkan"}).place), Precision::lan);
    EXPECT_EQ(point_of(found(places, {.stop = "Kyrkan", .kommun = "Enköping"}).place), in_enkoping);
    EXPECT_EQ(point_of(found(places, {.stop = "Kyrkan (Enköping)"}).place), in_enkoping);
    auto const doubtful = found(places, {.stop = "Stranden", .kommun = "Uppsala"});
    EXPECT_EQ(precision_of(doubtful.place), Precision::kommun);
    EXPECT_THAT(doubtful.how, StartsWith("doubtful: "));
}

TEST_F(Streets, AHundredThousandAddressesTakeSixtyBytesEachAndAreFoundInSeconds)
{
    constexpr int kAddresses = 100'000;
    std::vector<NamedPlace> places;
    places.reserve(kAddresses);
    for (int i = 0; i < kAddresses; ++i)
        places.push_back(address(fmt::format("Gata {}gatan", i / 50), std::to_string(i % 50 + 1), uppsala,
                                 beside(in_uppsala, i)));
    Gazetteer const gazetteer{county, places};
    EXPECT_LT(gazetteer.bytes() / gazetteer.size(), 70U);
    std::mt19937 random{7};
    auto const begin = std::chrono::steady_clock::now();
    for (int i = 0; i < kAddresses; ++i) {
        auto const& wanted = places[random() % places.size()];
        auto const words = wanted.street + " " + wanted.house_number;
        ASSERT_EQ(point_of(locate(gazetteer, {.address = words, .kommun = "Uppsala"}).place), wanted.point);
    }
    auto const took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took, std::chrono::seconds{5});  // 0.3 s; room for a busy machine and a build with checks
}

class RealNames : public PlaceWorld {};

TEST_F(RealNames, OfSwedishStreetsAreNormalAfterOneStepAndFewMerge)
{
    RISKBILD_NEEDS_REAL_FILES();
    std::ifstream file{shared_data() / "gazetteer" / "osm_street_names_sweden_146k.txt"};
    std::map<std::string, std::set<std::string>> of_normal;  // without regard to case
    std::size_t names = 0;
    for (std::string name; std::getline(file, name);) {
        auto const normal = normal_street(name);
        ASSERT_EQ(normal_street(normal), normal) << name;
        of_normal[normal].insert(lower_case(trimmed(name)));
        ++names;
    }
    EXPECT_GT(names, 146'000U);
    std::size_t merged = 0;
    for (auto const& [normal, written] : of_normal)
        merged += written.size() - 1;
    RecordProperty("merged", static_cast<int>(merged));
    EXPECT_LT(merged, names / 50);
    EXPECT_EQ(of_normal["kungsgatan"].size(), 1U);
}

TEST_F(RealNames, OfUrbanAreasAndStopsAreKnownWithoutOsm)
{
    RISKBILD_NEEDS_REAL_FILES();
    import("gtfs", (shared_data() / "transit" / "gtfs_ul_2023").string());
    auto const gazetteer = Gazetteer::of(*store);
    ASSERT_TRUE(gazetteer);
    auto const skutskar = locate(*gazetteer, {.locality = "Skutskär"});
    EXPECT_EQ(precision_of(skutskar.place), Precision::locality);
    EXPECT_EQ(area_of(skutskar.place), store->county()->areas.by_name("Älvkarleby"));
    EXPECT_THAT(locate(*gazetteer, {.stop = "Uppsala Centralstation", .kommun = "Uppsala"}).how,
                StartsWith("stop: "));
    // Every stop area that is not in doubt is found by its id.
    for (auto const& place : places())
        if (place.sort == PlaceSort::stop_area && place.doubt.empty()) {
            ASSERT_EQ(point_of(locate(*gazetteer, {.stop = place.source_key}).place), place.point)
                << place.name;
        }
}

TEST_F(RealNames, OfStreetsInThePoliceEventsAreInTheListOfStreets)
{
    RISKBILD_NEEDS_REAL_FILES();
    std::ifstream file{shared_data() / "gazetteer" / "osm_street_names_sweden_146k.txt"};
    std::set<std::string> known;
    for (std::string name; std::getline(file, name);)
        known.insert(normal_street(name));
    auto const events = parse_json(read_all(shared_data() / "police" / "uppsala_lan_latest.json"));
    ASSERT_TRUE(events);
    std::size_t naming = 0, mentions = 0, confirmed = 0;
    for (auto const& event : events->items) {
        auto const found = street_mentions(event.find("summary")->text);
        naming += found.empty() ? 0 : 1;
        for (auto const& mention : found) {
            ++mentions;
            confirmed += known.contains(normal_street(parse_address(mention).street)) ? 1 : 0;
        }
    }
    // Few summaries name a street at all. Read by hand: what is not in the list are streets too, or two
    // joined by a hyphen.
    EXPECT_EQ(naming, 68U);
    EXPECT_GE(10 * confirmed, 9 * mentions) << confirmed << " of " << mentions;
}

}  // namespace
}  // namespace riskbild::importers
