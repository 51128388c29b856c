#include "importers/gtfs/gtfs_importer.hpp"

#include <cmath>
#include <numeric>
#include <unordered_set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/text.hpp"
#include "importers/coordinate.hpp"
#include "importers/gtfs/gtfs_departures.hpp"
#include "importers/gtfs/gtfs_table.hpp"
#include "importers/gtfs/stop_name.hpp"
#include "importers/place_tally.hpp"
#include "importers/points/border_margin.hpp"
#include "importers/readers/json_value.hpp"

namespace riskbild::importers {
namespace {

constexpr char const* kSource = "gtfs";

// `location_type` of stops.txt: platforms, stations; entrances and nodes of paths are no places for us.
enum class Location { platform, station, other };

Location location_of(std::string_view type)
{
    if (type.empty() || type == "0")
        return Location::platform;
    return type == "1" ? Location::station : Location::other;
}

// Attributes of a place; those that are empty are left out.
std::string attributes(std::initializer_list<std::pair<std::string_view, std::string_view>> known)
{
    JsonTexts texts;
    for (auto const& [name, value] : known)
        texts.add_told(name, value);
    return texts.json_if_any();
}

class FeedImport {
public:
    FeedImport(GtfsFiles& files, County const& county, PlaceTally& tally, std::string source)
        : files_(files), county_(county), tally_(tally), margin_(county), source_(std::move(source))
    {
    }

    Result<void> stops()
    {
        if (auto const known = know_stations(); !known)
            return known;
        return each("stops.txt", {"stop_id", "stop_name", "stop_lat", "stop_lon"},
                    [this](GtfsTable const& row) { return stop(row); });
    }

    Result<void> lines()
    {
        if (!files_.has("routes.txt")) {
            tally_.note(fmt::format("{}: has no routes.txt: no lines", files_.name()));
            return {};
        }
        return each("routes.txt", {"route_id", "route_type"},
                    [this](GtfsTable const& row) { return line(row); });
    }

    // \param departures of the whole feed; those of stops that were kept are put
    Result<void> figures(GtfsDepartures const& departures, GtfsCalendar const& calendar)
    {
        auto const period =
            fmt::format("{}..{}", date::format("%F", calendar.from()), date::format("%F", calendar.to()));
        for (auto const& [stop, week] : departures.by_stop) {
            if (!kept_.contains(stop)) {
                ++departures_elsewhere_;
                continue;
            }
            auto const sum = std::accumulate(week.begin(), week.end(), 0.0);
            if (sum == 0.0)
                continue;
            Figure figure{.source = source_,
                          .measure = "departures",
                          .place_key = stop,
                          .period = period,
                          .value = rounded(sum),
                          .unit = "per week"};
            for (auto const hour : week)
                figure.by_hour += fmt::format("{}{}", figure.by_hour.empty() ? "" : ",", rounded(hour));
            if (auto const put = tally_.put_derived(figure); !put)
                return put;
            ++stops_with_departures_;
        }
        note_departures(departures, period);
        return {};
    }

    void note_stops()
    {
        if (doubts_ > 0)
            tally_.note(fmt::format("{}: {} whose name and position contradict each other; each says so",
                                    files_.name(),
                                    doubts_ == 1 ? "1 stop" : fmt::format("{} stops", doubts_)));
        if (cut_off_ > 0)
            tally_.note(fmt::format("{}: names cut off at 40 characters: {}", files_.name(), cut_off_));
        if (other_ > 0)
            tally_.note(fmt::format("{}: entrances and path nodes, which are no places here: {}",
                                    files_.name(), other_));
    }

private:
    // Four decimals: an average over a period has no more to say, and texts stay short.
    static double rounded(double value) { return std::round(value * 1e4) / 1e4; }

    template <class Take>
    Result<void> each(std::string const& name, std::vector<std::string> const& needed, Take&& take)
    {
        tally_.in_file(name);
        return for_each_row(files_, name, needed, [&](GtfsTable const& row) -> Result<void> {
            auto problem = row.problem();
            return problem ? tally_.set_aside(row.row(), std::move(*problem)) : take(row);
        });
    }

    // Platforms may stand before their stations.
    Result<void> know_stations()
    {
        return for_each_row(files_, "stops.txt", {"stop_id", "stop_name", "stop_lat", "stop_lon"},
                            [this](GtfsTable const& row) {
                                if (location_of(row.field("location_type")) == Location::station)
                                    stations_.emplace(row.field("stop_id"), row.field("stop_name"));
                            });
    }

    Result<void> refuse(GtfsTable const& row, std::string column, std::string reason, std::string message)
    {
        return tally_.set_aside(row.row(),
                                {std::move(column), std::move(reason), std::move(message), row.payload()});
    }

    Result<void> stop(GtfsTable const& row)
    {
        auto const id = row.field("stop_id");
        if (id.empty())
            return refuse(row, "stop_id", "no_id", "the stop has no id, expected one");
        auto const location = location_of(row.field("location_type"));
        if (location == Location::other) {
            ++other_;
            tally_.outside();
            return {};
        }
        auto const lat = parse_coordinate(row.field("stop_lat"));
        auto const lng = parse_coordinate(row.field("stop_lon"));
        if (!lat || !lng || !std::isfinite(*lat) || !std::isfinite(*lng) || (*lat == 0 && *lng == 0))
            return refuse(
                row, "stop_lat", "bad_position",
                fmt::format("the position is \"{}\", \"{}\", expected latitude and longitude in degrees",
                            shortened(row.field("stop_lat")), shortened(row.field("stop_lon"))));
        auto const parent = std::string{row.field("parent_station")};
        auto const named = named_of(row, parent);
        auto place =
            NamedPlace{.source = source_,
                       .source_key = std::string{id},
                       .sort = location == Location::station ? PlaceSort::stop_area : PlaceSort::stop,
                       .name = std::string{row.field("stop_name")},
                       .locality = named.locality,
                       .area = named.area,
                       .parent_key = parent,
                       .attributes = attributes_of(row, named)};
        if (place.name.empty())
            return refuse(row, "stop_name", "no_name", "the stop has no name, expected one");
        LngLat const degrees{*lng, *lat};
        auto const is_inside = county_.profile.accepted_box.contains(degrees);
        if (!is_inside && named.area == kNoArea) {
            tally_.outside();
            return {};
        }
        is_inside ? place_inside(place, named, degrees) : doubt_position(place, named, degrees);
        if (place.doubt.empty() && !parent.empty() && !stations_.contains(parent))
            place.doubt = fmt::format("its parent station {} is not in the feed", parent);
        doubts_ += place.doubt.empty() ? 0 : 1;
        cut_off_ += named.cut_off ? 1 : 0;
        kept_.insert(place.source_key);
        return tally_.put(place, row.row(), "stop_id", row.payload());
    }

    // A platform has its station's words where its own tell no area.
    StopName named_of(GtfsTable const& row, std::string const& parent) const
    {
        auto named = parse_stop_name(row.field("stop_name"), county_.areas);
        auto const station = stations_.find(parent);
        if (named.area != kNoArea || station == stations_.end())
            return named;
        auto const of_station = parse_stop_name(station->second, county_.areas);
        named.area = of_station.area;
        named.locality = of_station.locality;
        return named;
    }

    static std::string attributes_of(GtfsTable const& row, StopName const& named)
    {
        return attributes({{"platform", row.field("platform_code")},
                           {"code", row.field("stop_code")},
                           {"zone", row.field("zone_id")},
                           {"cut_off", named.cut_off ? "yes" : ""},
                           {"short_name", named.name == trimmed(row.field("stop_name")) ? "" : named.name}});
    }

    void place_inside(NamedPlace& place, StopName const& named, LngLat degrees)
    {
        auto const point = county_.profile.crs.metres(degrees);
        auto const found = county_.areas.at(point);
        place.point = point;
        place.area = found;
        if (named.area != kNoArea && found != named.area && !margin_.may_lie_in(point, named.area))
            place.doubt = fmt::format("named after {}, lies {}", county_.areas[named.area].name,
                                      found == kNoArea ? std::string{"outside the county"}
                                                       : fmt::format("in {}", county_.areas[found].name));
        else if (named.area != kNoArea)
            place.area = named.area;  // by the border, within what the border may be wrong
    }

    // The name says the county, the position says elsewhere: the point would be a false one.
    void doubt_position(NamedPlace& place, StopName const& named, LngLat degrees)
    {
        place.doubt = fmt::format("named after {}, but its position {}, {} lies far outside the county",
                                  county_.areas[named.area].name, degrees.lng, degrees.lat);
    }

    Result<void> line(GtfsTable const& row)
    {
        auto const id = row.field("route_id");
        if (id.empty())
            return refuse(row, "route_id", "no_id", "the line has no id, expected one");
        auto const short_name = row.field("route_short_name");
        auto const long_name = row.field("route_long_name");
        NamedPlace const place{
            .source = source_,
            .source_key = "route:" + std::string{id},
            .sort = PlaceSort::transit_line,
            .kind = fmt::format("route_type={}", row.field("route_type")),
            .name = std::string{short_name.empty() ? long_name : short_name},
            .attributes = attributes({{"agency", row.field("agency_id")},
                                      {"description", row.field("route_desc")},
                                      {"long_name", short_name.empty() ? std::string_view{} : long_name}})};
        if (place.name.empty())
            return refuse(row, "route_short_name", "no_name", "the line has neither a short nor a long name");
        return tally_.put(place, row.row(), "route_id", row.payload());
    }

    void note_departures(GtfsDepartures const& found, std::string const& period)
    {
        tally_.note(
            fmt::format("{}: departures of an average week of {} from {} stops, of {} rows of "
                        "stop_times.txt ({} counted, {} where nobody gets on, {} without a time)",
                        files_.name(), period, stops_with_departures_, found.rows, found.counted,
                        found.no_boarding, found.without_time));
        if (found.unusable > 0)
            tally_.note(
                fmt::format("{}: rows of stop_times.txt that cannot be used: {}, the first is row {} (an "
                            "unknown trip, no number in order, or a time that is none)",
                            files_.name(), found.unusable, found.first_unusable));
        if (found.unusable_headways > 0)
            tally_.note(
                fmt::format("{}: rows of frequencies.txt that cannot be used: {}, the first is row {} (an "
                            "unknown trip, a "
                            "time that is none or a headway that is not 1 to 86399 seconds); trips without "
                            "another have no "
                            "departures",
                            files_.name(), found.unusable_headways, found.first_unusable_headway));
        if (found.trips_used < found.trips)
            tally_.note(
                fmt::format("{}: stop_times.txt tells of {} of {} trips only: is the feed an excerpt? Then "
                            "its departures are no measure of traffic",
                            files_.name(), found.trips_used, found.trips));
        if (found.unknown_services > 0)
            tally_.note(fmt::format("{}: trips whose service no calendar tells of, which never run: {}",
                                    files_.name(), found.unknown_services));
        if (departures_elsewhere_ > 0)
            tally_.note(
                fmt::format("{}: stops with departures that are not kept (outside the county or not in "
                            "stops.txt): {}",
                            files_.name(), departures_elsewhere_));
    }

    GtfsFiles& files_;
    County const& county_;
    PlaceTally& tally_;
    BorderMargin margin_;
    std::string source_;
    std::unordered_map<std::string, std::string> stations_;  // names by id
    std::unordered_set<std::string> kept_;
    std::uint64_t doubts_ = 0, cut_off_ = 0, other_ = 0, stops_with_departures_ = 0,
                  departures_elsewhere_ = 0;
};

// The feed as it describes itself; all of it may be missing.
PlaceSource describe(GtfsFiles& files, std::string const& source, bool replace)
{
    PlaceSource described{
        .name = source, .title = files.name(), .attribution = "", .as_of = "", .replaces_most = replace};
    if (files.has("agency.txt"))
        if (auto agency = GtfsTable::open(files, "agency.txt", {"agency_name"}); agency)
            if (auto const more = agency->next(); more && *more)
                described.title = described.attribution = std::string{agency->field("agency_name")};
    if (files.has("feed_info.txt"))
        if (auto info = GtfsTable::open(files, "feed_info.txt", {}); info)
            if (auto const more = info->next(); more && *more) {
                if (auto const publisher = info->field("feed_publisher_name"); !publisher.empty())
                    described.attribution = std::string{publisher};
                described.as_of = std::string{info->field("feed_version")};
            }
    return described;
}

Result<void> check_is_feed(GtfsFiles const& files)
{
    if (files.has("stops.txt"))
        return {};
    return fail(ErrorCode::unreadable,
                fmt::format("{} is no GTFS feed: it has no stops.txt, but {}", files.name(),
                            files.tables().empty() ? "no table at all"
                                                   : fmt::format("{}", fmt::join(files.tables(), ", "))),
                "files");
}

Result<void> import_departures(GtfsFiles& files, FeedImport& import, PlaceTally& tally,
                               PlaceOptions const& options)
{
    for (auto const* const table : {"trips.txt", "stop_times.txt"})
        if (!files.has(table)) {
            tally.note(fmt::format("{}: has no {}: no departures", files.name(), table));
            return {};
        }
    auto const calendar = GtfsCalendar::read(files);
    if (!calendar)
        return Failure{calendar.error()};
    if (calendar->unusable() > 0)
        tally.note(fmt::format("{}: rows of the calendars that cannot be used: {}", files.name(),
                               calendar->unusable()));
    if (calendar->days_outside() > 0)
        tally.note(fmt::format(
            "{}: days of a service outside the period {}..{}: {}, the first is {}; departures are "
            "counted without them",
            files.name(), date::format("%F", calendar->from()), date::format("%F", calendar->to()),
            calendar->days_outside(), date::format("%F", calendar->first_day_outside())));
    if (calendar->empty()) {
        tally.note(fmt::format("{}: no service runs on any day: no departures", files.name()));
        return {};
    }
    auto const departures = read_departures(files, *calendar, options.progress);
    return departures ? import.figures(*departures, *calendar) : Failure{departures.error()};
}

}  // namespace

Result<ImportReport> import_gtfs(Store& store, std::string const& path, PlaceOptions const& options)
{
    auto const files = open_gtfs(path);
    if (!files)
        return Failure{files.error()};
    if (auto const good = check_is_feed(**files); !good)
        return Failure{good.error()};
    auto const source = options.source_name.empty() ? std::string{kSource} : options.source_name;
    auto session = store.begin_places(describe(**files, source, options.replace), (*files)->name());
    if (!session)
        return Failure{session.error()};
    PlaceTally tally{**session, source, (*files)->name()};
    auto const county = store.county();
    FeedImport import{**files, *county, tally, source};
    auto done = import.stops();
    if (done)
        done = import.lines();
    if (done)
        done = import_departures(**files, import, tally, options);
    if (!done)
        return Failure{done.error()};
    import.note_stops();
    return tally.finish();
}

}  // namespace riskbild::importers
