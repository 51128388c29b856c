#include "importers/points/point_time.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "test_files.hpp"

namespace riskbild::importers {
namespace {

struct Times {
    char const* from;
    char const* to;
    char const* hour;
    TimeStyle style;
    TimeResolution resolution;
    char const* expected;  // "nothing", or from..to in UTC
};

TEST(PointTime, ReadsEachStyleWithItsResolution)
{
    using enum TimeStyle;
    using enum TimeResolution;
    auto const zone = *TimeZone::named("Europe/Stockholm");
    for (auto const& t : {
             Times{"2025-03-10", "", "", iso, minute, "2025-03-09T23:00:00Z..2025-03-10T23:00:00Z"},
             Times{"2025-03-10T22:15", "", "", iso, minute, "2025-03-10T21:15:00Z..2025-03-10T21:16:00Z"},
             Times{"2025-03-10 22:15:30", "", "", iso, minute, "2025-03-10T21:15:30Z..2025-03-10T21:16:30Z"},
             Times{"2025-03-10T22:00:00Z", "", "", iso, hour, "2025-03-10T22:00:00Z..2025-03-10T23:00:00Z"},
             Times{"2025-03-10T23:30:00Z", "", "", iso, day, "2025-03-10T23:00:00Z..2025-03-11T23:00:00Z"},
             Times{"03/10/2025", "", "", month_first, minute, "2025-03-09T23:00:00Z..2025-03-10T23:00:00Z"},
             Times{"10/03/2025", "", "", day_first, minute, "2025-03-09T23:00:00Z..2025-03-10T23:00:00Z"},
             Times{"3/10/2025 10:15:00 PM", "", "", month_first, minute,
                   "2025-03-10T21:15:00Z..2025-03-10T21:16:00Z"},
             Times{"3/10/2025 12:05 AM", "", "", month_first, minute,
                   "2025-03-09T23:05:00Z..2025-03-09T23:06:00Z"},
             Times{"10/3 2025 kl 22.15", "", "", day_first, minute,
                   "2025-03-10T21:15:00Z..2025-03-10T21:16:00Z"},
             Times{"10 mars 2025, kl. 22:15", "", "", day_first, minute,
                   "2025-03-10T21:15:00Z..2025-03-10T21:16:00Z"},
             Times{"3 Dec. 2025", "", "", day_first, minute, "2025-12-02T23:00:00Z..2025-12-03T23:00:00Z"},
             Times{"2025-03-10 klockan 22.15", "", "", iso, minute,
                   "2025-03-10T21:15:00Z..2025-03-10T21:16:00Z"},
             Times{"3/4 2025", "", "", month_first, minute, "nothing"},
             Times{"3 /4/2025", "", "", day_first, minute, "nothing"},
             Times{"3 ma 2025", "", "", day_first, minute, "nothing"},
             Times{"3 marsch 2025", "", "", day_first, minute, "nothing"},
             Times{"3 mars 2025", "", "", month_first, minute, "nothing"},
             Times{"31 april 2025", "", "", day_first, minute, "nothing"},
             Times{"10/3 2025 kl", "", "", day_first, minute, "nothing"},
             Times{"10.3.2025", "", "7", day_first, minute, "2025-03-10T06:00:00Z..2025-03-10T07:00:00Z"},
             Times{"2025-03-10", "2025-03-11", "", iso, minute, "2025-03-09T23:00:00Z..2025-03-11T23:00:00Z"},
             Times{"2025-03-10T10:00Z", "2025-03-10T10:00Z", "", iso, minute,
                   "2025-03-10T10:00:00Z..2025-03-10T10:01:00Z"},
             Times{"2025-03-30", "", "", iso, minute, "2025-03-29T23:00:00Z..2025-03-30T22:00:00Z"},
             Times{"13/10/2025", "", "", month_first, minute, "nothing"},
             Times{"10/13/2025", "", "", day_first, minute, "nothing"},
             Times{"10/3/25", "", "", day_first, minute, "nothing"},
             Times{"2025-02-29", "", "", iso, minute, "nothing"},
             Times{"2025-03-10T25:00", "", "", iso, minute, "nothing"},
             Times{"2025-03-10x", "", "", iso, minute, "nothing"},
             Times{"2025-03-10T", "", "", iso, minute, "nothing"},
             Times{"", "", "", iso, minute, "nothing"},
             Times{"2025-03-10", "", "24", iso, minute, "nothing"},
             Times{"2025-03-10", "soon", "", iso, minute, "nothing"},
             Times{"2025-03-10", "2025-03-08", "", iso, minute, "nothing"},
         }) {
        auto const interval = read_interval(t.from, t.to, t.hour, t.style, t.resolution, zone);
        EXPECT_EQ(interval ? to_text(interval->from) + ".." + to_text(interval->to) : "nothing", t.expected)
            << t.from;
    }
}

struct DateAndClock {
    char const* from;
    char const* clock;
    TimeStyle style;
    char const* expected;  // as above, or the fault
};

TEST(PointTime, ReadsADateWithTheClockOfAnotherColumn)
{
    using enum TimeStyle;
    auto const zone = *TimeZone::named("Europe/Stockholm");
    auto const at_2215 = "2025-03-12T21:15:00Z..2025-03-12T21:16:00Z";
    auto const all_day = "2025-03-11T23:00:00Z..2025-03-12T23:00:00Z";
    for (auto const& t : {
             DateAndClock{"2025-03-12", "22:15", iso, at_2215},
             DateAndClock{"2025-03-12", "22:15:00+01:00", iso, at_2215},
             DateAndClock{"2025-03-12 00:00:00", "22:15", iso, at_2215},
             DateAndClock{"2025-03-12T00:00:00.000", "22.15", iso, at_2215},
             DateAndClock{"2025-03-12 00:00:00+01:00", "22:15", iso, at_2215},
             DateAndClock{"2025-03-12T00:00:00Z", "22:15", iso, at_2215},
             DateAndClock{"12/03/2025 00:00", "22:15", day_first, at_2215},
             DateAndClock{"3/12/2025 12:00:00 AM", "10:15 PM", month_first, at_2215},
             DateAndClock{"2025-03-12", "", iso, all_day},
             DateAndClock{"2025-03-12 00:00:00", "", iso, all_day},
             DateAndClock{"2025-03-12 22:15", "", iso, at_2215},
             DateAndClock{"2025-03-12 12:00 PM", "22:15", iso, "two times"},
             DateAndClock{"2025-03-12 10:00", "22:15", iso, "two times"},
             DateAndClock{"2025-03-11T23:00:00Z", "22:15", iso, "two times"},
             DateAndClock{"2025-03-12", "25:00", iso, "clock"},
             DateAndClock{"2025-03-12", "22", iso, "clock"},
             DateAndClock{"", "22:15", iso, "other"},
             DateAndClock{"2025-03-12 kl", "22:15", iso, "other"},
         }) {
        auto const interval = read_interval(t.from, {}, {}, t.style, TimeResolution::minute, zone, t.clock);
        auto const fault = [&] {
            return interval.error() == TimeFault::clock       ? "clock"
                   : interval.error() == TimeFault::two_times ? "two times"
                                                              : "other";
        };
        EXPECT_EQ(interval ? to_text(interval->from) + ".." + to_text(interval->to) : fault(), t.expected)
            << t.from << " with " << t.clock;
    }
    auto const midnight = read_interval("2025-03-12 00:00", {}, {}, iso, TimeResolution::minute, zone);
    EXPECT_EQ(midnight->to - midnight->from, std::chrono::minutes{1}) << "no column for the clock";
}

}  // namespace
}  // namespace riskbild::importers
