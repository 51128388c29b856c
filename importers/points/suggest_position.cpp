#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/crs.hpp"
#include "geo_core/text.hpp"
#include "importers/coordinate.hpp"
#include "importers/points/suggest_roles.hpp"

namespace riskbild::importers {
namespace {

struct System {
    int epsg;
    std::string_view title;
};

// UTM 33 N is not here: it is SWEREF 99 TM to within a metre. What tables of Swedish authorities come in,
// then what open data of cities in the United States do.
constexpr std::array<System, 30> kSystems{{
    {3006, "SWEREF 99 TM"},
    {3007, "SWEREF 99 12 00"},
    {3008, "SWEREF 99 13 30"},
    {3009, "SWEREF 99 15 00"},
    {3010, "SWEREF 99 16 30"},
    {3011, "SWEREF 99 18 00"},
    {3012, "SWEREF 99 14 15"},
    {3013, "SWEREF 99 15 45"},
    {3014, "SWEREF 99 17 15"},
    {3015, "SWEREF 99 18 45"},
    {3016, "SWEREF 99 20 15"},
    {3017, "SWEREF 99 21 45"},
    {3018, "SWEREF 99 23 15"},
    {3019, "RT 90 7.5 gon V"},
    {3020, "RT 90 5 gon V"},
    {3021, "RT 90 2.5 gon V"},
    {3022, "RT 90 0 gon"},
    {3023, "RT 90 2.5 gon O"},
    {3024, "RT 90 5 gon O"},
    {32634, "UTM 34 N"},
    {3857, "Web Mercator"},
    {26971, "Illinois East, metres"},
    {3435, "Illinois East, feet"},
    {26985, "Maryland, metres"},
    {2248, "Maryland, feet"},
    {32136, "Tennessee, metres"},
    {2274, "Tennessee, feet"},
    {3735, "Ohio South, feet"},
    {2278, "Texas South Central, feet"},
    {32140, "Texas South Central, metres"},
}};

// A pair of columns read in one coordinate system (0 = degrees), and how well that fits.
struct Fit {
    ColumnFacts const* east = nullptr;
    ColumnFacts const* north = nullptr;
    int epsg = 0;
    double in_box = 0;    // share of the rows that have both numbers
    double in_areas = 0;  // share in one of the county's areas, and in the one that the row names
};

struct NamedPlace {
    MapPoint written;
    AreaId named = kNoArea;
};

constexpr std::size_t kPlacesTried = 300;

std::vector<NamedPlace> places_of(SuggestionDraft const& draft, ColumnFacts const& east,
                                  ColumnFacts const& north)
{
    std::vector<NamedPlace> places;
    auto const area = std::ranges::find(draft.facts, draft.made.profile.area, &ColumnFacts::name);
    auto const step = std::max<std::size_t>(1, draft.sample.rows().size() / kPlacesTried);
    for (std::size_t i = 0; i < draft.sample.rows().size(); i += step) {
        auto const& fields = draft.sample.rows()[i].fields;
        auto const x = parse_coordinate(trimmed(fields[east.index]));
        auto const y = parse_coordinate(trimmed(fields[north.index]));
        if (!x || !y || (*x == 0 && *y == 0))
            continue;
        NamedPlace place{{.east = *x, .north = *y}, kNoArea};
        if (area != draft.facts.end())
            place.named = draft.county.areas.by_name(trimmed(fields[area->index]));
        places.push_back(place);
    }
    return places;
}

void try_system(SuggestionDraft const& draft, std::vector<NamedPlace> const& places, Fit fit,
                std::vector<Fit>& fits)
{
    std::vector<MapPoint> written;
    for (auto const& place : places)
        written.push_back(place.written);
    std::vector<LngLat> degrees(written.size());
    if (fit.epsg == 0)
        std::ranges::transform(written, degrees.begin(),
                               [](MapPoint p) { return LngLat{.lng = p.east, .lat = p.north}; });
    else if (!to_degrees(fit.epsg, written, degrees))
        return;
    auto const& county = draft.county;
    std::size_t in_box = 0;
    std::size_t in_areas = 0;
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        if (!county.profile.accepted_box.contains(degrees[i]))
            continue;
        ++in_box;
        auto const found = county.areas.at(county.profile.crs.metres(degrees[i]));
        in_areas += found != kNoArea && (places[i].named == kNoArea || places[i].named == found) ? 1 : 0;
    }
    fit.in_box = static_cast<double>(in_box) / static_cast<double>(places.size());
    fit.in_areas = static_cast<double>(in_areas) / static_cast<double>(places.size());
    constexpr double kMost = 0.7;
    if (fit.in_box >= kMost)
        fits.push_back(fit);
}

bool is_called_east(ColumnFacts const& column)
{
    return column.is_called(
        {"lng", "lon", "long", "longitude", "longitud", "x", "öst", "ost", "east", "easting", "e"});
}

bool is_called_north(ColumnFacts const& column)
{
    return column.is_called({"lat", "latitude", "latitud", "y", "nord", "north", "northing", "n"});
}

int name_score(Fit const& fit)
{
    return (is_called_east(*fit.east) ? 2 : 0) + (is_called_north(*fit.north) ? 2 : 0) -
           (is_called_north(*fit.east) ? 1 : 0) - (is_called_east(*fit.north) ? 1 : 0);
}

// Degrees before projected, because they are the same everywhere; then what fits the areas; then the names.
bool is_better(Fit const& a, Fit const& b)
{
    auto const per_cent = [](double share) { return std::lround(100 * share); };
    if ((a.epsg == 0) != (b.epsg == 0))
        return a.epsg == 0;
    if (per_cent(a.in_areas) != per_cent(b.in_areas))
        return a.in_areas > b.in_areas;
    if (name_score(a) != name_score(b))
        return name_score(a) > name_score(b);
    return a.in_box > b.in_box;
}

std::vector<Fit> fits_of(SuggestionDraft const& draft)
{
    constexpr std::size_t kMostColumnsTried = 8;
    std::vector<ColumnFacts const*> numeric;
    for (auto const& column : draft.facts)
        if (column.filled * 10 > column.rows && column.share(column.numbers) >= 0.95 && column.distinct > 1)
            numeric.push_back(&column);
    std::ranges::stable_sort(numeric, std::greater{}, [](ColumnFacts const* column) {
        return (is_called_east(*column) || is_called_north(*column) ? 100U : 0U) +
               static_cast<unsigned>(std::min<std::size_t>(column->most_decimals, 9));
    });
    numeric.resize(std::min(numeric.size(), kMostColumnsTried));
    std::vector<Fit> fits;
    for (auto const* east : numeric)
        for (auto const* north : numeric) {
            if (east == north)
                continue;
            auto const places = places_of(draft, *east, *north);
            if (places.empty())
                continue;
            try_system(draft, places, {east, north, 0}, fits);
            if (east->most_decimals > 0 || east->mean_length >= 5)
                for (auto const& system : kSystems)
                    try_system(draft, places, {east, north, system.epsg}, fits);
        }
    std::ranges::stable_sort(fits, is_better);
    return fits;
}

std::string title_of(int epsg)
{
    auto const found = std::ranges::find(kSystems, epsg, &System::epsg);
    return found == kSystems.end() ? fmt::format("EPSG:{}", epsg)
                                   : fmt::format("EPSG:{} ({})", epsg, found->title);
}

std::string per_cent(double share)
{
    return fmt::format("{} %", static_cast<int>(std::floor(100 * share)));
}

void suggest_area(SuggestionDraft& draft)
{
    auto const& areas = draft.county.areas;
    if (areas.areas().size() < 2)
        return;
    ColumnFacts const* best = nullptr;
    double best_share = 0.0;
    for (auto const& column : draft.facts) {
        std::uint64_t named = 0;
        std::uint64_t all = 0;
        for (auto const& [value, rows] : column.values) {
            all += rows;
            auto const is_area = areas.by_name(value) != kNoArea || areas.by_code(value) != kNoArea ||
                                 lower_case(value) == lower_case(draft.county.profile.county_name);
            named += is_area ? rows : 0;
        }
        auto const share = all == 0 ? 0.0 : static_cast<double>(named) / static_cast<double>(all);
        // An urban area may be called like a kommun: the heading decides between two that fit as well.
        auto const bonus = column.is_called({"kommun", "municipality", "kommunkod"}) ? 0.5 : 0.0;
        if (share >= 0.6 && share + bonus > best_share) {
            best_share = share + bonus;
            best = &column;
        }
    }
    if (best == nullptr)
        return;
    auto const share = best_share > 1 ? best_share - 0.5 : best_share;
    draft.made.profile.area = best->name;
    draft.take("position.area", best->name, share >= 0.95 ? Confidence::certain : Confidence::likely,
               fmt::format("{} of its values name one of the county's {}", per_cent(share), areas.title()));
    if (share < 0.95)
        draft.made.questions.push_back(
            fmt::format("position.area: not all values of {} are areas of the county; rows "
                        "without a position that name another place are set aside",
                        best->name));
}

void suggest_precision(SuggestionDraft& draft, std::size_t decimals)
{
    auto& profile = draft.made.profile;
    for (auto const& column : draft.facts) {
        std::uint64_t known = 0;
        std::uint64_t all = 0;
        for (auto const& [value, rows] : column.values) {
            all += rows;
            known += parse_precision(value) ? rows : 0;
        }
        if (all > 0 && known == all && !draft.taken.contains(column.name)) {
            profile.precision_column = column.name;
            draft.take("position.precision_column", column.name, Confidence::certain,
                       "all its values are words for a precision");
        }
    }
    constexpr std::size_t kAHundredMetres = 3;
    profile.precision = decimals > 0 && decimals <= kAHundredMetres ? Precision::street : Precision::address;
    draft.guess(
        "position.precision", profile.precision == Precision::street ? "street" : "address",
        Confidence::unsure,
        decimals > 0 && decimals <= kAHundredMetres
            ? fmt::format("degrees with {} decimals are known to about 100 metres", decimals)
            : std::string{"nothing tells whether positions were measured (exact) or looked up by address"});
}

bool suggest_geometry(SuggestionDraft& draft)
{
    if (!draft.sample.has_geometry())
        return false;
    auto const points = static_cast<std::size_t>(
        std::ranges::count_if(draft.sample.rows(), [](auto const& row) { return row.point.has_value(); }));
    if (points * 2 < draft.sample.rows().size())
        return false;
    auto& profile = draft.made.profile;
    profile.geometry = true;
    draft.taken.insert(std::string{kGeometryColumn});
    auto const epsg = draft.sample.point_epsg();
    draft.guess(
        "position.geometry", "true", Confidence::certain,
        fmt::format("{} of {} rows have a point{}", points, draft.sample.rows().size(),
                    epsg == 0 ? std::string{} : fmt::format(", in {} as the file says", title_of(epsg))));
    if (epsg == 0)
        draft.made.questions.emplace_back(
            "position.epsg: the file does not say its coordinate system; fill in the line \"epsg\"");
    return true;
}

// Columns that are called a position and lie elsewhere. Their rows are not of the county: none is taken for
// known to the county only.
bool suggest_position_elsewhere(SuggestionDraft& draft)
{
    auto const called = [&](auto const& is_called_so) {
        return std::ranges::find_if(draft.facts, [&](ColumnFacts const& column) {
            return column.filled * 2 > column.rows && column.share(column.numbers) >= 0.95 &&
                   is_called_so(column);
        });
    };
    auto const east = called(is_called_east), north = called(is_called_north);
    if (east == draft.facts.end() || north == draft.facts.end() || east == north)
        return false;
    auto const are_degrees = [](ColumnFacts const& column) {
        return std::ranges::all_of(column.values, [](auto const& value) {
            return std::abs(parse_coordinate(value.first).value_or(0)) <= 180;
        });
    };
    auto& profile = draft.made.profile;
    auto const is_in_degrees = are_degrees(*east) && are_degrees(*north);
    profile.epsg = is_in_degrees ? 0 : kSystems.front().epsg;
    (is_in_degrees ? profile.lng : profile.x) = east->name;
    (is_in_degrees ? profile.lat : profile.y) = north->name;
    constexpr char const* kReason = "called like a part of a position";
    draft.take(is_in_degrees ? "position.lng" : "position.x", east->name, Confidence::unsure, kReason);
    draft.take(is_in_degrees ? "position.lat" : "position.y", north->name, Confidence::unsure, kReason);
    draft.made.questions.push_back(
        fmt::format("position: {} and {} are called like a position, but lie nowhere in {} in any coordinate "
                    "system tried: is it the right county?",
                    east->name, north->name, draft.county.profile.county_name));
    suggest_precision(draft, 0);
    return true;
}

}  // namespace

void suggest_position(SuggestionDraft& draft)
{
    auto& profile = draft.made.profile;
    suggest_area(draft);
    if (suggest_geometry(draft)) {
        suggest_precision(draft, 0);
        return;
    }
    auto const fits = fits_of(draft);
    if (fits.empty()) {
        if (suggest_position_elsewhere(draft))
            return;
        profile.whole_county_without_position = profile.area.empty();
        draft.made.questions.push_back(
            fmt::format("position: no two columns of numbers lie in {} in any coordinate system tried{}",
                        draft.county.profile.county_name,
                        profile.area.empty() ? "; as it is, every row is known to the county only" : ""));
        return;
    }
    auto const& best = fits.front();
    auto const system = best.epsg == 0 ? std::string{"longitude and latitude"} : title_of(best.epsg);
    std::vector<std::string> rivals;
    for (auto const& other : fits)
        if (other.east == best.east && other.north == best.north && other.epsg != best.epsg &&
            other.epsg != 0 && best.epsg != 0 && best.in_areas - other.in_areas < 0.05)
            rivals.push_back(title_of(other.epsg));
    auto const confidence = !rivals.empty()       ? Confidence::unsure
                            : best.in_box >= 0.98 ? Confidence::certain
                                                  : Confidence::likely;
    auto const reason = fmt::format(
        "read as {}, {} of the rows with both numbers lie in the county's box and {} in its "
        "areas",
        system, per_cent(best.in_box), per_cent(best.in_areas));
    if (best.epsg == 0) {
        profile.lng = best.east->name;
        profile.lat = best.north->name;
        draft.take("position.lng", profile.lng, confidence, reason);
        draft.take("position.lat", profile.lat, confidence, reason);
    } else {
        profile.x = best.east->name;
        profile.y = best.north->name;
        profile.epsg = best.epsg;
        draft.take("position.x", profile.x, confidence, reason);
        draft.take("position.y", profile.y, confidence, reason);
        draft.guess("position.epsg", fmt::to_string(best.epsg), confidence, system);
    }
    if (!rivals.empty())
        draft.made.questions.push_back(
            fmt::format("position.epsg: {} fits, but so do {}: which it is, who made the file "
                        "knows",
                        title_of(best.epsg), fmt::join(rivals, ", ")));
    if (is_called_north(*best.east) && is_called_east(*best.north))
        draft.made.questions.push_back(fmt::format(
            "position: by their numbers {} is {} and {} the other, though their headings say the opposite",
            best.east->name, best.epsg == 0 ? "the longitude" : "east", best.north->name));
    auto const empty = best.east->rows - std::min(best.east->filled, best.north->filled);
    if (empty > 0 && profile.area.empty()) {
        profile.whole_county_without_position = true;
        draft.guess("position.whole_county_without_position", "true", Confidence::likely,
                    fmt::format("{} of {} rows have no position, and no column names an area", empty,
                                best.east->rows));
    }
    suggest_precision(draft, best.epsg == 0 ? best.east->most_decimals : 0);
}

}  // namespace riskbild::importers
