#include <cmath>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "geo_core/crs.hpp"

namespace riskbild {
namespace {

TEST(Crs, AgreesWithStatisticsSwedensMidpointOfHeby)
{
    // SCB publishes urban areas with both (2020, 0331TC102 Heby); its degrees have seven decimals.
    auto const p = Crs::from_epsg(3006).value().metres({16.85534, 59.9430353});
    EXPECT_NEAR(p.east, 603'655.399962345, 0.02);
    EXPECT_NEAR(p.north, 6'646'519.97008187, 0.02);
}

TEST(Crs, ReturnsToTheSamePlace)
{
    auto const crs = Crs::from_epsg(3006).value();
    LngLat const place{17.077823, 59.635691};
    auto const back = crs.degrees(crs.metres(place));
    EXPECT_NEAR(back.lng, place.lng, 1e-9);
    EXPECT_NEAR(back.lat, place.lat, 1e-9);
}

TEST(Crs, CentralMeridianHasEast500000)
{
    EXPECT_NEAR(Crs::from_epsg(3006).value().metres({15.0, 60.0}).east, 500'000.0, 1e-6);
}

TEST(Crs, GivesNanWhereNothingCanBeProjected)
{
    auto const p = Crs::from_epsg(3006).value().metres({200.0, 95.0});
    EXPECT_TRUE(std::isnan(p.east));
}

TEST(Crs, RefusesDegreesFeetAndUnknownCodes)
{
    EXPECT_FALSE(Crs::from_epsg(4326));
    EXPECT_FALSE(Crs::from_epsg(3435));
    EXPECT_FALSE(Crs::from_epsg(1));
}

TEST(ToDegrees, ConvertsIllinoisFeet)
{
    // EPSG's definition of 3435: the origin 36°40' N, 88°20' W has 984 250 US feet east, 0 north.
    MapPoint const feet{984'250.0, 0.0};
    LngLat degrees;
    ASSERT_TRUE(to_degrees(3435, {&feet, 1}, {&degrees, 1}));
    EXPECT_NEAR(degrees.lng, -(88.0 + 20.0 / 60.0), 1e-5);
    EXPECT_NEAR(degrees.lat, 36.0 + 40.0 / 60.0, 1e-5);
    EXPECT_FALSE(to_degrees(1, {&feet, 1}, {&degrees, 1}));
}

TEST(Crs, ManyThreadsGetTheSameAnswer)
{
    auto const crs = Crs::from_epsg(3006).value();
    auto const expected = crs.metres({17.6, 59.9});
    std::vector<MapPoint> got(8);
    {
        std::vector<std::jthread> threads;
        for (auto& p : got)
            threads.emplace_back([&] { p = crs.metres({17.6, 59.9}); });
    }
    for (auto const& p : got)
        EXPECT_EQ(p, expected);
}

}  // namespace
}  // namespace riskbild
