// The numbers of methods.md 3: Chicago burglary 2016, identical coordinates, consecutive gaps in whole days.

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "layers/repeat_locations/concentration.hpp"
#include "layers/repeat_locations/place_groups.hpp"
#include "layers/repeat_locations/repeat_locations.hpp"
#include "layers/repeat_locations/time_to_repeat.hpp"
#include "tests/layers/numbers.hpp"
#include "tests/support/made_up_county.hpp"

namespace riskbild::layers {
namespace {

class Chicago2016 : public ::testing::Test {
protected:
    void SetUp() override
    {
        auto const file = testing::shared_file("data/near_repeat/chicago_burglary_2014_2017.csv");
        if (!file) {
            GTEST_SKIP() << "the Chicago file is not here";
        }
        for (auto const& row : testing::read_rows(*file)) {  // x, y, DD/MM/YYYY
            auto const& day = row[2];
            if (day.substr(6) == "2016") {
                points_.add(std::stod(row[0]), std::stod(row[1]));
                date::year_month_day const date{
                    date::year{2016}, date::month{static_cast<unsigned>(std::stoul(day.substr(3, 2)))},
                    date::day{static_cast<unsigned>(std::stoul(day.substr(0, 2)))}};
                days_.push_back(static_cast<std::int32_t>(date::sys_days{date}.time_since_epoch().count()));
            }
        }
        auto const groups = group_places(points_.east, points_.north, Metres{0});
        places_.resize(groups.position.size());
        for (std::size_t i = 0; i < days_.size(); ++i) {
            places_[groups.place[i]].push_back(days_[i]);
        }
        auto const end = date::sys_days{date::year{2016} / 12 / 31}.time_since_epoch().count();
        for (auto& days : places_) {
            std::sort(days.begin(), days.end());
            for (std::size_t i = 1; i < days.size(); ++i) {
                gaps_.push_back(days[i] - days[i - 1]);
                followed_.push_back({gaps_.back(), true});
            }
            followed_.push_back({end - days.back(), false});
        }
    }

    testing::Points points_;
    std::vector<std::int32_t> days_;
    std::vector<std::vector<std::int32_t>> places_;
    std::vector<std::int32_t> gaps_;
    std::vector<Followed> followed_;
};

TEST_F(Chicago2016, HasThePublishedPlaces)
{
    EXPECT_EQ(days_.size(), 11'701U);
    EXPECT_EQ(places_.size(), 10'666U);
    std::size_t places = 0;
    std::size_t events = 0;
    for (auto const& days : places_) {
        if (days.size() >= 2) {
            ++places;
            events += days.size();
        }
    }
    EXPECT_EQ(places, 872U);
    EXPECT_EQ(events, 1907U);
}

TEST_F(Chicago2016, HasThePublishedGaps)
{
    auto const table = gap_table(gaps_);
    EXPECT_EQ(table.total, 1035U);
    EXPECT_EQ(table.count, (std::array<std::uint64_t, 6>{287, 86, 52, 45, 251, 314}));
    EXPECT_EQ(table.same_day, 148U);
    EXPECT_EQ(table.median_days, 36.0);
}

// The same numbers from the layer itself, which groups, sorts, follows and ends on its own.
TEST_F(Chicago2016, TheLayerFindsThePublishedNumbersToo)
{
    auto const county = riskbild::testing::made_up_county();
    std::vector<SnapshotRow> rows;
    for (std::size_t i = 0; i < days_.size(); ++i) {
        auto const noon = county->profile.zone.instant(LocalTime{date::local_days{date::days{days_[i]}}}) +
                          std::chrono::hours{12};
        rows.push_back({.id = IncidentId{static_cast<std::int64_t>(i) + 1},
                        .from = noon,
                        .to = noon + std::chrono::minutes{1},
                        .point = {points_.east[i], points_.north[i]},
                        .sources = 1,
                        .kind = *county->kinds.by_code("theft"),
                        .precision = Precision::exact});
    }
    View const view{Snapshot::build(county, Revision{1}, std::move(rows)), Role::analyst};
    auto const found = repeat_locations(view, {}, {.tolerance = Metres{0}}).value();
    EXPECT_EQ(found.info.n, 11'701U);
    EXPECT_EQ(found.all_places, 10'666U);
    EXPECT_EQ(found.repeat_places, 872U);
    EXPECT_EQ(found.repeat_incidents, 1907U);
    EXPECT_EQ(found.places.size(), 872U);
    EXPECT_EQ(found.gaps.count, (std::array<std::uint64_t, 6>{287, 86, 52, 45, 251, 314}));
    EXPECT_EQ(found.gaps.median_days, 36.0);
    EXPECT_EQ(riskbild::to_text(found.followed_to), "2016-12-31");
    auto const expected = repeat_curve(followed_);
    for (std::int32_t const days : {1, 7, 28, 90, 366}) {
        EXPECT_DOUBLE_EQ(found.curve.repeated_before(days), expected.repeated_before(days));
    }
}

TEST_F(Chicago2016, AgreesWithThePythonReference)
{
    std::string input;
    for (std::size_t i = 0; i < days_.size(); ++i) {
        input += fmt::format("{} {} {}\n", points_.east[i], points_.north[i], days_[i]);
    }
    auto const expected = testing::ask_python("repeat_locations.py", input);
    if (!expected) {
        GTEST_SKIP() << "python3 is not here";
    }
    auto const curve = repeat_curve(followed_);
    std::vector<std::uint64_t> counts;
    for (auto const& days : places_) {
        counts.push_back(days.size());
    }
    auto const spread = concentration(counts, 50'000);
    std::vector<double> const ours = {curve.repeated_before(7),
                                      curve.repeated_before(28),
                                      curve.repeated_before(90),
                                      curve.repeated_before(366),
                                      spread.gini,
                                      spread.generalised_gini,
                                      static_cast<double>(spread.places_with_quarter),
                                      static_cast<double>(spread.places_with_half)};
    ASSERT_EQ(expected->size(), ours.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
        EXPECT_NEAR(ours[i], (*expected)[i], 1e-12) << "number " << i;
    }
}

}  // namespace
}  // namespace riskbild::layers
