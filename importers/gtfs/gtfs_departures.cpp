#include "importers/gtfs/gtfs_departures.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "importers/gtfs/gtfs_table.hpp"

namespace riskbild::importers {
namespace {

constexpr int kDay = 24 * 3600;
constexpr std::uint64_t kRowsBetweenProgress = 65536;
constexpr std::uint32_t kNeverRuns = std::numeric_limits<std::uint32_t>::max();

// Trips every so many seconds between two times of the service day.
struct Headway {
    int from = 0;
    int to = 0;
    int seconds = 0;
};

struct Trip {
    std::uint32_t service = kNeverRuns;
    std::int64_t last_sequence = -1;  // where it ends
    std::int64_t first_sequence = std::numeric_limits<std::int64_t>::max();
    int first_time = 0;  // departure from its first stop, for those by headway
};

using Trips = std::unordered_map<std::string, Trip>;
using Headways = std::unordered_map<std::string, std::vector<Headway>>;

std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const [read_to, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && read_to == end ? std::optional{number} : std::nullopt;
}

Result<Trips> read_trips(GtfsFiles& files, GtfsCalendar const& calendar, GtfsDepartures& departures)
{
    Trips trips;
    auto const read = for_each_row(files, "trips.txt", {"trip_id", "service_id"}, [&](GtfsTable const& row) {
        ++departures.trips;
        auto const service = calendar.service(std::string{row.field("service_id")});
        departures.unknown_services += service ? 0 : 1;
        trips[std::string{row.field("trip_id")}].service = service.value_or(kNeverRuns);
    });
    return read ? Result<Trips>{std::move(trips)} : Failure{read.error()};
}

// A trip none of whose headways can be used leaves, but nobody knows when.
Result<Headways> read_headways(GtfsFiles& files, Trips const& trips, GtfsDepartures& departures)
{
    Headways headways;
    if (!files.has("frequencies.txt"))
        return headways;
    auto const read =
        for_each_row(files, "frequencies.txt", {"trip_id", "start_time", "end_time", "headway_secs"},
                     [&](GtfsTable const& row) {
                         auto const from = parse_gtfs_time(row.field("start_time"));
                         auto const to = parse_gtfs_time(row.field("end_time"));
                         auto const seconds = whole_number(row.field("headway_secs"));
                         auto const trip = trips.find(std::string{row.field("trip_id")});
                         if (trip != trips.end())
                             headways.try_emplace(trip->first);
                         if (!row.problem() && trip != trips.end() && from && to && *from < *to && seconds &&
                             *seconds > 0 && *seconds < kDay)
                             headways[trip->first].push_back({*from, *to, static_cast<int>(*seconds)});
                         else if (departures.unusable_headways++ == 0)
                             departures.first_unusable_headway = row.row();
                     });
    return read ? Result<Headways>{std::move(headways)} : Failure{read.error()};
}

// Where each trip begins and ends: rows need not be in order.
Result<void> find_ends(GtfsFiles& files, Trips& trips,
                       std::function<void(std::uint64_t rows)> const& progress)
{
    return for_each_row(files, "stop_times.txt", {"trip_id", "departure_time", "stop_id", "stop_sequence"},
                        [&](GtfsTable const& row) {
                            if (row.row() % kRowsBetweenProgress == 0 && progress)
                                progress(0);
                            auto const trip = trips.find(std::string{row.field("trip_id")});
                            auto const sequence = whole_number(row.field("stop_sequence"));
                            if (trip == trips.end() || !sequence)
                                return;
                            auto& ends = trip->second;
                            ends.last_sequence = std::max(ends.last_sequence, *sequence);
                            if (auto const time = parse_gtfs_time(row.field("departure_time"));
                                time && *sequence < ends.first_sequence) {
                                ends.first_sequence = *sequence;
                                ends.first_time = *time;
                            }
                        });
}

void add_departure(WeekOfHours& week, int seconds, std::array<double, 7> const& shares)
{
    auto const days_later = static_cast<std::size_t>(seconds / kDay);
    auto const hour = static_cast<std::size_t>(seconds % kDay / 3600);
    for (std::size_t day = 0; day < shares.size(); ++day)
        week[(day + days_later) % 7 * 24 + hour] += shares[day];
}

}  // namespace

Result<GtfsDepartures> read_departures(GtfsFiles& files, GtfsCalendar const& calendar,
                                       std::function<void(std::uint64_t rows)> const& progress)
{
    GtfsDepartures departures;
    auto trips = read_trips(files, calendar, departures);
    if (!trips)
        return Failure{trips.error()};
    auto const headways = read_headways(files, *trips, departures);
    if (!headways)
        return Failure{headways.error()};
    if (auto const found = find_ends(files, *trips, progress); !found)
        return Failure{found.error()};

    auto const unusable = [&](GtfsTable const& row) {
        if (departures.unusable++ == 0)
            departures.first_unusable = row.row();
    };
    auto const take = [&](GtfsTable const& row) {
        if (++departures.rows % kRowsBetweenProgress == 0 && progress)
            progress(departures.rows);
        auto const trip = trips->find(std::string{row.field("trip_id")});
        auto const sequence = whole_number(row.field("stop_sequence"));
        auto const written = row.field("departure_time");
        auto const time = parse_gtfs_time(written);
        if (row.problem() || trip == trips->end() || !sequence || (!written.empty() && !time) ||
            row.field("stop_id").empty())
            return unusable(row);
        if (row.field("pickup_type") == "1" || *sequence == trip->second.last_sequence) {
            ++departures.no_boarding;
            return;
        }
        auto const by_headway = headways->find(trip->first);
        if (!time || (by_headway != headways->end() && by_headway->second.empty())) {
            ++departures.without_time;
            return;
        }
        ++departures.counted;
        if (trip->second.service == kNeverRuns)
            return;
        auto const shares = calendar.shares(trip->second.service);
        auto& week = departures.by_stop[std::string{row.field("stop_id")}];
        if (by_headway == headways->end())
            return add_departure(week, *time, shares);
        auto const offset = *time - trip->second.first_time;
        for (auto const& [from, to, seconds] : by_headway->second)
            for (auto start = from; start < to; start += seconds)
                if (start + offset >= 0)
                    add_departure(week, start + offset, shares);
    };
    auto const read = for_each_row(files, "stop_times.txt",
                                   {"trip_id", "departure_time", "stop_id", "stop_sequence"}, take);
    if (!read)
        return Failure{read.error()};
    departures.trips_used = static_cast<std::uint64_t>(
        std::ranges::count_if(*trips, [](auto const& trip) { return trip.second.last_sequence >= 0; }));
    return departures;
}

}  // namespace riskbild::importers
