#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/geo_core/store/store_world.hpp"

namespace riskbild::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

NamedPlace stop(std::string key, std::string name)
{
    return {.source = "gtfs",
            .source_key = std::move(key),
            .sort = PlaceSort::stop_area,
            .name = std::move(name),
            .area = AreaId{3},
            .point = MapPoint{648000.5, 6638000.25}};
}

NamedPlace street(std::string key, std::string name)
{
    return {.source = "gtfs",
            .source_key = std::move(key),
            .sort = PlaceSort::street,
            .name = name,
            .street = std::move(name),
            .point = MapPoint{50, 0},
            .lines = {{{0, 0}, {100, 0}}, {{100, 0}, {100, 40}, {90, 40}}}};
}

Figure departures(std::string place, double value)
{
    return {.source = "gtfs",
            .measure = "departures",
            .place_key = std::move(place),
            .period = "2023-10-14..2024-06-17",
            .value = value,
            .unit = "per week"};
}

StoredAreaSet two_areas()
{
    return {
        .name = "regso",
        .title = "RegSO",
        .source = "gtfs",
        .valid_from = 2018,
        .generalised = 20_m,
        .areas = {{.code = "R1", .name = "Ett", .area = AreaId{1}, .shape = {{{{0, 0}, {9, 0}, {9, 9}}, {}}}},
                  {.code = "R2", .name = "Två"}}};
}

class NamedPlaces : public StoreWorld {
protected:
    struct Said {
        std::vector<NamedPlace> places;
        std::vector<Figure> figures{};
        std::vector<StoredAreaSet> sets{};
        std::vector<SetAside> aside{};
    };

    PlaceSession::Committed say(Said const& said, bool whole = true)
    {
        auto const session = must(store_->begin_places(
            {.name = "gtfs", .title = "UL", .attribution = "Trafiklab", .as_of = "", .whole = whole},
            "stops"));
        taken.clear();
        for (auto const& place : said.places)
            taken.push_back(must(session->put(place)));
        for (auto const& figure : said.figures)
            taken.push_back(must(session->put(figure)));
        for (auto const& set : said.sets)
            taken.push_back(must(session->put(set)));
        for (auto const& row : said.aside)
            must(session->set_aside(row));
        return must(session->commit());
    }

    std::vector<NamedPlace> places()
    {
        std::vector<NamedPlace> all;
        must(store_->each_named_place([&](NamedPlace const& place) { all.push_back(place); }));
        std::ranges::sort(all, {}, &NamedPlace::source_key);
        return all;
    }

    std::vector<Taken> taken;
};

TEST_F(NamedPlaces, ComeBackAsTheyWerePut)
{
    auto full = stop("1", "Resecentrum");
    full.kind = "location_type=1";
    full.postcode = "753 21";
    full.locality = "Uppsala";
    full.parent_key = "0";
    full.attributes = R"({"platform":"A"})";
    full.doubt = "named after Heby, lies in Uppsala";
    say({.places = {full, street("2", "Kungsgatan")},
         .figures = {departures("1", 7.5)},
         .sets = {two_areas()}});
    reopen();
    EXPECT_THAT(places(), ::testing::ElementsAre(full, street("2", "Kungsgatan")));
    EXPECT_THAT(must(store_->figures({})), ::testing::ElementsAre(departures("1", 7.5)));
    EXPECT_THAT(must(store_->figures({.measure = "population"})), ::testing::IsEmpty());
    EXPECT_THAT(must(store_->area_sets(true)), ::testing::ElementsAre(two_areas()));
    EXPECT_TRUE(must(store_->area_sets(false)).front().areas.front().shape.empty());
    EXPECT_EQ(count("SELECT metres FROM street_lines"), 150);
    expect_sound();
}

TEST_F(NamedPlaces, OfTheSameFileAgainAreNoRevision)
{
    Said const said{.places = {stop("1", "A"), street("2", "B")},
                    .figures = {departures("1", 7)},
                    .sets = {two_areas()},
                    .aside = {{.source = "gtfs", .reason = "no_position", .payload = "x"}}};
    auto const first = say(said);
    auto const before = dump();
    auto const second = say(said);
    EXPECT_EQ(second.revision, first.revision);
    EXPECT_EQ(second.gone, 0U);
    EXPECT_THAT(taken, ::testing::Each(Taken::unchanged));
    EXPECT_EQ(dump(), before);
}

TEST_F(NamedPlaces, OfANewExtractReplaceTheFormerAsAWhole)
{
    auto const first = say({.places = {stop("1", "A"), stop("2", "B"), street("3", "C")},
                            .figures = {departures("1", 7), departures("2", 9)},
                            .sets = {two_areas()},
                            .aside = {{.source = "gtfs", .reason = "no_position", .payload = "x"}}});
    auto const second =
        say({.places = {stop("1", "A new"), stop("4", "D")}, .figures = {departures("1", 8)}});
    EXPECT_GT(second.revision, first.revision);
    EXPECT_EQ(second.gone, 4U);  // two places, one figure, one area set
    EXPECT_THAT(taken, ::testing::ElementsAre(Taken::revised, Taken::new_, Taken::revised));
    EXPECT_THAT(places(), ::testing::ElementsAre(stop("1", "A new"), stop("4", "D")));
    EXPECT_EQ(count("SELECT count(*) FROM street_lines"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM area_set_areas"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM set_aside_rows"), 0);
    expect_sound();
}

TEST_F(NamedPlaces, OfAFileThatLacksMostOfThemAreNotForgottenUnasked)
{
    Said said;
    for (int i = 0; i < 40; ++i) {
        said.places.push_back(stop(std::to_string(i), "A"));
    }
    say(said);
    auto const before = dump();
    auto const wrong_file = [&](bool replaces_most) {
        auto const session =
            must(store_->begin_places({.name = "gtfs", .replaces_most = replaces_most}, "other.zip"));
        must(session->put(stop("1", "A")));
        return session->commit();
    };
    auto const refused = wrong_file(false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::wrong_use);
    EXPECT_EQ(refused.error().message,
              "other.zip lacks 39 of the 40 that gtfs told before, which would be forgotten: is it the right "
              "file? If so, import it with --replace");
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(must(wrong_file(true)).gone, 39U);
    EXPECT_EQ(places().size(), 1U);
}

TEST_F(NamedPlaces, OfANewTimetableLoseNoDeparturesToItsPeriod)
{
    Said autumn, spring;
    for (int i = 0; i < 40; ++i) {
        autumn.figures.push_back(departures(std::to_string(i), 7));
        spring.figures.push_back(departures(std::to_string(i), 7));
        spring.figures.back().period = "2024-06-17..2024-12-14";
    }
    spring.figures.pop_back();
    say(autumn);
    EXPECT_EQ(say(spring).gone, 1U);
    EXPECT_THAT(must(store_->figures({})), ::testing::UnorderedElementsAreArray(spring.figures));
}

TEST_F(NamedPlaces, FiguresOfAnotherYearStayBesideThoseThatCome)
{
    auto next_year = departures("1", 8);
    next_year.period = "2024-06-17..2025-06-17";
    say({.figures = {departures("1", 7)}}, false);
    EXPECT_EQ(say({.figures = {next_year}}, false).gone, 0U);
    EXPECT_EQ(must(store_->figures({})).size(), 2U);
}

TEST_F(NamedPlaces, WithOneKeyAndOtherContentInOneFileAreRefused)
{
    say({.places = {stop("1", "A"), stop("1", "B"), stop("1", "A")}});
    EXPECT_THAT(taken, ::testing::ElementsAre(Taken::new_, Taken::duplicate_id, Taken::unchanged));
    EXPECT_EQ(places().size(), 1U);
}

TEST_F(NamedPlaces, LeaveNothingWithoutCommit)
{
    {
        auto const session = must(store_->begin_places({.name = "gtfs"}, "stops"));
        must(session->put(stop("1", "A")));
    }
    EXPECT_TRUE(places().empty());
    EXPECT_TRUE(must(store_->place_sources()).empty());
}

TEST_F(NamedPlaces, CannotBeOfASourceOfReports)
{
    auto const session = store_->begin_places({.name = "police"}, "stops");
    ASSERT_FALSE(session.has_value());
    EXPECT_EQ(session.error().code, ErrorCode::wrong_use);
    EXPECT_THAT(session.error().message, HasSubstr("police"));
}

TEST_F(NamedPlaces, ThatWereAlteredByHandAreFound)
{
    say({.places = {stop("1", "A"), street("2", "B")}});
    expect_sound();
    run_sql("UPDATE named_places SET name = 'Z' WHERE source_key = '1'");
    EXPECT_THAT(must(store_->check(false)).findings,
                Contains(HasSubstr("1 named places are not as they were received")));
}

}  // namespace
}  // namespace riskbild::testing
