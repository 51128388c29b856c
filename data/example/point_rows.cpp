#include "data/example/point_rows.hpp"

#include <array>
#include <fstream>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace riskbild::data {
namespace {

using std::chrono::minutes;

constexpr double kGpsError = 5.0;      // metres, standard deviation in each direction
constexpr double kStreetError = 40.0;  // how far along a street the place may be
constexpr double kOnlyLocality = 0.01;

Precision draw_precision(Pattern const& pattern, Teller const& teller, Random& random)
{
    if (!is_point(pattern.best) || random.chance(teller.only_kommun))
        return Precision::kommun;
    if (random.chance(kOnlyLocality))
        return Precision::locality;
    if (pattern.best == Precision::street)
        return Precision::street;
    if (pattern.best == Precision::exact && teller.has_exact && random.chance(0.85))
        return Precision::exact;
    return random.chance(0.1) ? Precision::street : Precision::address;
}

MapPoint shifted(MapPoint place, double by, Geography const& geography, Random& random)
{
    auto const moved = MapPoint{place.east + by * random.normal(), place.north + by * random.normal()};
    return geography.is_dry(moved) ? moved : place;
}

MapPoint told_place(Site const& site, Precision precision, Geography const& geography, Random& random)
{
    if (precision == Precision::exact)
        return shifted(site.place, kGpsError, geography, random);
    if (precision == Precision::street)
        return shifted(site.place, kStreetError / 2.0, geography, random);
    return site.place;
}

std::string told_address(Site const& site, Precision precision)
{
    switch (precision) {
        case Precision::exact:
        case Precision::address:
            return site.address;
        case Precision::street:
            return site.street_only;
        case Precision::locality:
            return site.locality;
        case Precision::kommun:
        case Precision::lan:
            break;
    }
    return {};
}

// A clerk rounds to the quarter of an hour in which it happened.
TimeInterval told_times(TimeInterval times, Teller const& teller, Random& random)
{
    if (times.length() > minutes{1} || !random.chance(teller.in_quarters))
        return times;
    auto const quarter = Instant{times.from.time_since_epoch() - times.from.time_since_epoch() % minutes{15}};
    return {quarter, quarter + minutes{15}};
}

std::string csv_field(std::string const& text)
{
    if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (auto const c : text)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
}

}  // namespace

std::string rfc3339(Instant instant, TimeZone const& zone)
{
    auto const local = zone.local(instant).time_since_epoch();
    auto const ahead = std::chrono::duration_cast<minutes>(local - instant.time_since_epoch()).count();
    auto const day = date::floor<date::days>(LocalTime{local});
    auto const civil = to_text(LocalDate{day});
    auto const of_day = local - day.time_since_epoch();
    return fmt::format("{}T{:%H:%M:%S}{}{:02}:{:02}", civil, of_day, ahead < 0 ? '-' : '+',
                       std::abs(ahead) / 60, std::abs(ahead) % 60);
}

PointRow tell(MadeUpEvent const& event, Teller const& teller, MadeUpPlaces const& places,
              Geography const& geography, Random& random)
{
    auto const& pattern = *event.pattern;
    auto const& site = places[event.site];
    auto const& zone = geography.profile().zone;
    auto const precision = draw_precision(pattern, teller, random);
    auto const times = told_times(event.occurred, teller, random);

    PointRow row;
    row.from = rfc3339(times.from, zone);
    row.to = rfc3339(times.to, zone);
    row.kind = pattern.kind;
    row.precision = name_of(precision);
    row.kommun = geography.areas()[site.kommun].name;
    row.address = told_address(site, precision);
    row.title = pattern.title;
    row.text = fmt::format("{} {}", pattern.detail, kMadeUp);
    if (is_point(precision)) {
        auto const degrees = geography.profile().crs.degrees(told_place(site, precision, geography, random));
        row.lng = fmt::format("{:.6f}", degrees.lng);
        row.lat = fmt::format("{:.6f}", degrees.lat);
    }
    return row;
}

std::vector<PointRow> make_flawed(std::span<PointRow const> good, std::size_t count,
                                  std::string_view id_prefix, Random& random)
{
    auto const any_with_position = [&] {
        for (;;)
            if (auto const& row = good[random.below(good.size())]; !row.lng.empty())
                return row;
    };
    std::vector<PointRow> flawed;
    for (std::size_t i = 0; i < count; ++i) {
        auto row = any_with_position();
        auto const original_id = row.id;
        row.id = fmt::format("{}-FEL-{}", id_prefix, i + 1);
        row.case_number.clear();
        std::string_view what;
        switch (i % 5) {
            case 0:
                what = "platsen ligger i Göteborg";
                row.lng = "11.974560";
                row.lat = "57.708870";
                break;
            case 1:
                what = "tiden saknas";
                row.from.clear();
                row.to.clear();
                break;
            case 2:
                what = "longitud och latitud är omkastade";
                std::swap(row.lng, row.lat);
                break;
            case 3:
                what = "årtalet är 2099";
                row.from.replace(0, 4, "2099");
                row.to.replace(0, 4, "2099");
                break;
            default:
                what = "samma id som en annan rad";
                row.id = original_id;
                break;
        }
        row.text = fmt::format("Avsiktligt fel: {}. {}", what, kMadeUp);
        flawed.push_back(std::move(row));
    }
    return flawed;
}

Result<void> write_csv(std::filesystem::path const& file, std::span<PointRow const> rows)
{
    std::ofstream out{file, std::ios::binary};
    out << "id,from,to,kind,lng,lat,precision,kommun,address,title,text,case_number\n";
    for (auto const& row : rows) {
        std::array const fields{&row.id,      &row.from,  &row.to,        &row.kind,
                                &row.lng,     &row.lat,   &row.precision, &row.kommun,
                                &row.address, &row.title, &row.text,      &row.case_number};
        for (std::size_t i = 0; i < fields.size(); ++i)
            out << (i == 0 ? "" : ",") << csv_field(*fields[i]);
        out << '\n';
    }
    out.close();
    if (!out)
        return fail(ErrorCode::unwritable, fmt::format("{} cannot be written", file.string()));
    return {};
}

}  // namespace riskbild::data
