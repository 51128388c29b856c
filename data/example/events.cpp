#include "data/example/events.hpp"

#include <algorithm>
#include <optional>

namespace riskbild::data {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr double kSamePlace = 0.45;  // of the events that follow another
constexpr double kMeanDaysBetween = 4.0;
constexpr double kMostDaysBetween = 12.0;  // a night reaches into a second day: within 14

minutes in_minutes(Random& random, int from, int to)
{
    return minutes{from + static_cast<int>(random.below(static_cast<std::size_t>(to - from)))};
}

// Rounded as people tell a time.
minutes in_quarters(Random& random, int from_hour, int to_hour)
{
    auto const quarters = static_cast<std::size_t>(to_hour - from_hour) * 4;
    return 15 * minutes{4 * from_hour + static_cast<int>(random.below(quarters))};
}

LocalDate draw_day(Pattern const& pattern, Period period, Random& random)
{
    auto const days = static_cast<std::size_t>((period.to - period.from).count());
    for (;;) {
        auto const day = period.from + date::days{static_cast<int>(random.below(days))};
        auto const month = static_cast<unsigned>(date::year_month_day{day}.month()) - 1;
        auto const weekday = date::weekday{date::sys_days{day.time_since_epoch()}}.iso_encoding() - 1;
        if (random.chance(weights_of(pattern.season)[month] * weights_of(pattern.week)[weekday]))
            return day;
    }
}

LocalDate friday_before(LocalDate day)
{
    auto const weekday = date::weekday{date::sys_days{day.time_since_epoch()}}.iso_encoding();
    return day - date::days{static_cast<int>((weekday + 2) % 7)};
}

TimeInterval draw_times(Pattern const& pattern, LocalDate day, TimeZone const& zone, Random& random)
{
    auto const between = [&](LocalTime from, LocalTime to) {
        auto const first = zone.instant(from);
        return TimeInterval{first, std::max(zone.instant(to), first + minutes{1})};
    };
    auto const hour = static_cast<int>(random.weighted(weights_of(pattern.hours)));
    auto const start = LocalTime{day} + hours{6 + hour} + in_minutes(random, 0, 60);
    switch (pattern.span) {
        case Span::minute:
            return between(start, start + minutes{1});
        case Span::about: {
            auto const length = 10 * in_minutes(random, 1, 7);
            return between(start, start + length);
        }
        case Span::working_day: {
            auto const left = LocalTime{day} + in_quarters(random, 7, 9);
            return between(left, LocalTime{day} + in_quarters(random, 15, 18));
        }
        case Span::overnight: {
            auto const left = LocalTime{day} + in_quarters(random, 20, 24);
            return between(left, LocalTime{day} + hours{24} + in_quarters(random, 6, 9));
        }
        case Span::days_away: {
            auto const left = LocalTime{day} + in_quarters(random, 8, 18);
            auto const away = date::days{2 + static_cast<int>(random.below(8))};
            return between(left, LocalTime{day + away} + in_quarters(random, 12, 21));
        }
        case Span::civil_day:
            return zone.day(day);
        case Span::weekend: {
            auto const friday = friday_before(day);
            return between(LocalTime{friday} + hours{17}, LocalTime{friday + date::days{3}} + hours{7});
        }
    }
    return zone.day(day);
}

bool within(TimeInterval const& interval, Period period, TimeZone const& zone)
{
    return interval.from >= zone.instant(LocalTime{period.from}) &&
           interval.to <= zone.instant(LocalTime{period.to});
}

// One that follows an earlier event, or nothing where it would fall outside the period.
std::optional<MadeUpEvent> follow(MadeUpEvent const& earlier, Period period, MadeUpPlaces const& places,
                                  TimeZone const& zone, Random& random)
{
    auto const site = random.chance(kSamePlace) ? earlier.site : places.pick_near(earlier.site, random);
    auto const later = std::min(kMostDaysBetween, 1.0 + kMeanDaysBetween * random.exponential());
    auto const day =
        date::floor<date::days>(zone.local(earlier.occurred.from)) + date::days{static_cast<int>(later)};
    MadeUpEvent const event{earlier.pattern, draw_times(*earlier.pattern, day, zone, random), site};
    if (!within(event.occurred, period, zone))
        return std::nullopt;
    return event;
}

}  // namespace

std::vector<MadeUpEvent> make_up_events(std::string_view source, std::size_t count, Period period,
                                        MadeUpPlaces const& places, TimeZone const& zone, Random& random)
{
    std::vector<Pattern const*> own;
    std::vector<double> weights;
    for (auto const& pattern : patterns())
        if (pattern.source == source) {
            own.push_back(&pattern);
            weights.push_back(pattern.weight);
        }

    std::vector<MadeUpEvent> events;
    while (events.size() < count) {
        auto const& pattern = *own[random.weighted(weights)];
        auto const times = draw_times(pattern, draw_day(pattern, period, random), zone, random);
        if (!within(times, period, zone))
            continue;
        events.push_back({&pattern, times, places.pick(pattern.site, random)});
        while (events.size() < count && random.chance(pattern.repeats)) {
            auto const next = follow(events.back(), period, places, zone, random);
            if (!next)
                break;
            events.push_back(*next);
        }
    }
    std::ranges::stable_sort(events, {}, [](MadeUpEvent const& event) {
        return std::pair{event.occurred.from, event.occurred.to};
    });
    return events;
}

}  // namespace riskbild::data
