#include "data/example/police_feed.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "data/example/point_rows.hpp"

namespace riskbild::data {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kFirstId = 9'000'001;
constexpr double kOnlyCounty = 0.03;     // titles that name the län alone
constexpr double kMeanDelay = 14'000.0;  // seconds; the median is 2 h 42 min, as in the real feed
constexpr double kMostDelay = 72'000.0;

// From this day on the feed's location is always the län and only the title names the kommun.
constexpr LocalDate kLocationIsCounty{date::year{2026} / 1 / 20};
// From this year on titles write 17.44 and not 17:44.
constexpr LocalDate kTimeWithDot{date::year{2024} / 1 / 1};

constexpr std::array kMonths{"januari", "februari", "mars",      "april",   "maj",      "juni",
                             "juli",    "augusti",  "september", "oktober", "november", "december"};

struct FeedItem {
    Instant happened;
    Instant published;
    std::string type;
    std::string place;  // as the title names it
    std::string summary;
    LngLat middle;  // of the kommun or the län, never where it happened
    std::string location_name;
};

LngLat middle_of(MapBox box, Geography const& geography)
{
    return geography.profile().crs.degrees(
        {(box.min.east + box.max.east) / 2.0, (box.min.north + box.max.north) / 2.0});
}

std::string title_of(FeedItem const& item, TimeZone const& zone)
{
    auto const local = zone.local(item.happened);
    auto const day = date::floor<date::days>(local);
    auto const civil = date::year_month_day{day};
    auto const time = fmt::format("{:%H:%M}", local - day);
    auto const month = kMonths[static_cast<unsigned>(civil.month()) - 1];
    auto const told = day >= kTimeWithDot ? time.substr(0, 2) + "." + time.substr(3) : time;
    return fmt::format("{:02} {} {}, {}, {}", static_cast<unsigned>(civil.day()), month, told, item.type,
                       item.place);
}

// "2022-10-08 7:03:04 +02:00": the hour is not padded.
std::string published_text(Instant published, TimeZone const& zone)
{
    auto const text = rfc3339(published, zone);
    auto const hour = text.substr(11, 2);
    return fmt::format("{} {}{} {}", text.substr(0, 10), hour[0] == '0' ? hour.substr(1) : hour,
                       text.substr(13, 6), text.substr(19));
}

Instant published_after(Instant happened, Random& random)
{
    auto const delay = std::min(kMostDelay, 600.0 + kMeanDelay * random.exponential());
    return happened + seconds{static_cast<std::int64_t>(delay)};
}

// What takes hours to be found is told of when it was found.
Instant noticed(TimeInterval const& occurred)
{
    return occurred.length() > hours{2} ? occurred.to : occurred.from;
}

FeedItem item_of(MadeUpEvent const& event, MadeUpPlaces const& places, Geography const& geography,
                 Random& random)
{
    auto const& profile = geography.profile();
    auto const& kommun = geography.areas()[places[event.site].kommun];
    auto const only_county = event.pattern->best == Precision::lan || random.chance(kOnlyCounty);
    FeedItem item;
    item.happened = noticed(event.occurred);
    item.published = published_after(item.happened, random);
    item.type = event.pattern->feed_type;
    item.place = only_county ? profile.county_name : kommun.name;
    item.summary = fmt::format("{}. {} {}", event.pattern->title, event.pattern->detail, kMadeUp);
    auto const names_county =
        only_county || date::floor<date::days>(profile.zone.local(item.published)) >= kLocationIsCounty;
    item.location_name = names_county ? profile.county_name : kommun.name;
    item.middle = middle_of(names_county ? geography.areas().bounds() : bounds_of(kommun.shape), geography);
    return item;
}

Instant some_morning(Period period, TimeZone const& zone, Random& random)
{
    auto const days = static_cast<std::size_t>((period.to - period.from).count());
    return zone.instant(LocalTime{period.from + date::days{static_cast<int>(random.below(days))}} + hours{6});
}

FeedItem digest(PoliceFeed const& feed, Geography const& geography, Random& random)
{
    auto const& profile = geography.profile();
    auto const morning = some_morning(feed.period, profile.zone, random);
    return {
        .happened = morning,
        .published = morning + minutes{5},
        .type = "Sammanfattning natt",
        .place = profile.county_name,
        .summary = fmt::format("Natten i länet, klockan 22.00–06.00: flera mindre händelser. {}", kMadeUp),
        .middle = middle_of(geography.areas().bounds(), geography),
        .location_name = profile.county_name};
}

FeedItem elsewhere(PoliceFeed const& feed, Geography const& geography, Random& random)
{
    auto const morning = some_morning(feed.period, geography.profile().zone, random);
    return {.happened = morning,
            .published = published_after(morning, random),
            .type = "Trafikolycka",
            .place = "Söderhamn",
            .summary = fmt::format("Två bilar krockade i ett annat län. {}", kMadeUp),
            .middle = {17.06, 61.30},
            .location_name = "Söderhamn"};
}

}  // namespace

Result<void> write_police_feed(std::filesystem::path const& file, PoliceFeed const& feed,
                               MadeUpPlaces const& places, Geography const& geography, Random& random)
{
    std::vector<FeedItem> items;
    for (auto const& event : feed.events)
        items.push_back(item_of(event, places, geography, random));
    for (std::size_t i = 0; i < feed.digests; ++i)
        items.push_back(digest(feed, geography, random));
    for (std::size_t i = 0; i < feed.elsewhere; ++i)
        items.push_back(elsewhere(feed, geography, random));
    std::ranges::stable_sort(items, {}, &FeedItem::published);

    auto const& zone = geography.profile().zone;
    std::ofstream out{file, std::ios::binary};
    out << "[\n";
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const& item = items[i];
        nlohmann::ordered_json record;
        record["id"] = kFirstId + static_cast<std::int64_t>(i);
        record["datetime"] = published_text(item.published, zone);
        record["name"] = title_of(item, zone);
        record["summary"] = item.summary;
        record["url"] = "";  // nothing made up has a page at the police
        record["type"] = item.type;
        record["location"]["name"] = item.location_name;
        record["location"]["gps"] = fmt::format("{:.6f},{:.6f}", item.middle.lat, item.middle.lng);
        out << record.dump() << (i + 1 < items.size() ? ",\n" : "\n");
    }
    out << "]\n";
    out.close();
    if (!out)
        return fail(ErrorCode::unwritable, fmt::format("{} cannot be written", file.string()));
    return {};
}

}  // namespace riskbild::data
