#include "data/example/made_up_places.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

namespace riskbild::data {
namespace {

constexpr double kHouseSpacing = 18.0;     // metres along one side of a town street
constexpr double kCountrySpacing = 140.0;  // along a country road
constexpr double kFromRoad = 12.0;         // metres from the middle of the road to a house
constexpr double kNear = 200.0;            // what the near-repeat layer calls near
constexpr double kInhabitantsPerStreet = 230.0;
constexpr int kRoadsPerKommun = 14;

constexpr std::array<std::string_view, 64> kStems{
    "al",     "alm",      "ask",      "asp",      "björk",   "bok",    "ek",       "en",
    "fur",    "gran",     "hassel",   "hägg",     "idegran", "lind",   "lönn",     "oxel",
    "pil",    "poppel",   "rönn",     "sälg",     "tall",    "vide",   "blåklint", "gullviv",
    "hallon", "hjortron", "klöver",   "kornblom", "lilj",    "lupin",  "mandel",   "nypon",
    "pion",   "ros",      "smultron", "syren",    "tulpan",  "vallmo", "viol",     "åker",
    "duv",    "fink",     "gök",      "hök",      "järp",    "kaj",    "lärk",     "mes",
    "orr",    "rap",      "ripa",     "sparv",    "svan",    "trast",  "uggle",    "bäver",
    "ekorr",  "hare",     "igelkott", "lo",       "mård",    "räv",    "utter",    "älg"};
constexpr std::array<std::string_view, 12> kEndings{"gatan",  "vägen",  "gränd",  "stigen",
                                                    "backen", "allén",  "torget", "slingan",
                                                    "gången", "ringen", "kroken", "plan"};

std::string street_name(std::size_t number)
{
    return fmt::format("Exempel{}{}", kStems[number % kStems.size()],
                       kEndings[number / kStems.size() % kEndings.size()]);
}

// Street numbers in an order of chance, so that small towns do not all have the same streets.
std::vector<std::size_t> shuffled_numbers(Random& random)
{
    std::vector<std::size_t> numbers(kStems.size() * kEndings.size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = i;
    for (auto i = numbers.size(); i > 1; --i)
        std::swap(numbers[i - 1], numbers[random.below(i)]);
    return numbers;
}

// Of length 1, any direction as likely.
MapPoint direction(Random& random)
{
    for (;;) {
        auto const east = random.between(-1.0, 1.0);
        auto const north = random.between(-1.0, 1.0);
        auto const length = std::sqrt(east * east + north * north);
        if (length > 0.1 && length <= 1.0)
            return {east / length, north / length};
    }
}

double distance(MapPoint a, MapPoint b)
{
    auto const east = a.east - b.east;
    auto const north = a.north - b.north;
    return std::sqrt(east * east + north * north);
}

double zipf(std::size_t rank, double exponent_quarters)
{
    // rank^(k/4) by square roots, which are the same everywhere.
    auto const root = std::sqrt(std::sqrt(static_cast<double>(rank)));
    auto weight = 1.0;
    for (auto quarter = 0.0; quarter < exponent_quarters; quarter += 1.0)
        weight /= root;
    return weight;
}

std::size_t share_of(double population, double per)
{
    return static_cast<std::size_t>(population / per);
}

}  // namespace

struct MadeUpPlaces::Street {
    std::size_t index = 0;
    std::string name;
    std::string locality;
    MapPoint start;
    MapPoint along;  // of length 1
    double length = 0.0;
    double spacing = kHouseSpacing;
    double from_centre = 0.0;

    [[nodiscard]] int houses() const { return 2 * static_cast<int>(length / spacing); }
    // Odd numbers to the left, even ones to the right; 0 is the middle of the street.
    [[nodiscard]] MapPoint at(int house) const
    {
        auto const before = (house - 1) / 2;  // houses on this side
        auto const down = house == 0 ? length / 2.0 : spacing * (0.5 + before);
        auto const aside = house == 0 ? 0.0 : house % 2 == 1 ? kFromRoad : -kFromRoad;
        return {start.east + along.east * down - along.north * aside,
                start.north + along.north * down + along.east * aside};
    }
};

MadeUpPlaces::MadeUpPlaces(Geography const& geography, std::uint64_t seed)
{
    for (auto const& town : geography.towns()) {
        Random random{seed, "town " + town.name};
        settle_town(geography, town, random);
    }
    for (std::size_t i = 0; i < geography.areas().areas().size(); ++i) {
        auto const& area = geography.areas().areas()[i];
        Random random{seed, "countryside " + area.name};
        settle_countryside(geography, AreaId{static_cast<std::uint16_t>(i)}, random);
    }
    for (auto& [use, of_use] : by_use_)
        for (std::size_t i = 1; i < of_use.cumulative.size(); ++i)
            of_use.cumulative[i] += of_use.cumulative[i - 1];
}

void MadeUpPlaces::settle_town(Geography const& geography, Town const& town, Random& random)
{
    auto const numbers = shuffled_numbers(random);
    auto const wanted = std::min(numbers.size(), 2 + share_of(town.population, kInhabitantsPerStreet));
    auto const main_direction = direction(random);
    auto const radius = town.radius.value();

    std::vector<Street> streets;
    for (int attempt = 0; streets.size() < wanted && attempt < 20'000; ++attempt) {
        auto const out = direction(random);
        auto const from_centre = radius * random.unit();  // thus denser towards the centre
        auto const turn = 0.12 * random.normal();         // nearly a grid
        auto along = MapPoint{main_direction.east - turn * main_direction.north,
                              main_direction.north + turn * main_direction.east};
        auto const norm = std::sqrt(along.east * along.east + along.north * along.north);
        along = {along.east / norm, along.north / norm};
        if (random.chance(0.5))
            along = {-along.north, along.east};
        Street street;
        street.name = street_name(numbers[streets.size()]);
        street.locality = town.name;
        street.length = std::min(radius, random.between(120.0, 620.0));
        street.along = along;
        street.from_centre = from_centre / radius;
        street.start = {town.centre.east + out.east * from_centre - along.east * street.length / 2.0,
                        town.centre.north + out.north * from_centre - along.north * street.length / 2.0};
        if (street.houses() < 6 || !geography.is_dry(street.at(0)) || !geography.is_dry(street.at(1)) ||
            !geography.is_dry(street.at(street.houses())))
            continue;
        streets.push_back(std::move(street));
    }
    if (streets.empty())
        return;
    std::ranges::stable_sort(streets, {}, &Street::from_centre);
    for (auto& street : streets) {
        street.index = on_street_.size();
        on_street_.emplace_back();
    }

    auto const homes_weight = town.population / static_cast<double>(streets.size());
    for (auto const& street : streets) {
        auto const is_city = town.population > 4'000 && street.from_centre < 0.5;
        build_houses(geography, street, is_city ? SiteUse::flat : SiteUse::house, homes_weight, random);
        add(geography, street, 0, SiteUse::street, "", homes_weight);
    }

    // `towards_centre` 1 spreads over the whole town, 3 keeps to its middle.
    auto const place = [&](SiteUse use, std::string_view name, std::size_t count, int towards_centre,
                           double of_all) {
        auto total = 0.0;
        for (std::size_t rank = 1; rank <= count; ++rank)
            total += zipf(rank, 3.5);
        for (std::size_t rank = 1; rank <= count; ++rank) {
            auto share = 1.0;
            for (int i = 0; i < towards_centre; ++i)
                share *= random.unit();
            auto const& street =
                streets[static_cast<std::size_t>(share * static_cast<double>(streets.size()))];
            auto const house = 1 + static_cast<int>(random.below(static_cast<std::size_t>(street.houses())));
            auto const label = name.empty() ? std::string{} : fmt::format("{} {}", name, rank);
            add(geography, street, house, use, label, of_all * town.population * zipf(rank, 3.5) / total);
        }
    };
    auto const people = town.population;
    place(SiteUse::shop, "Exempelbutiken", 1 + share_of(people, 700), 2, 1.0);
    place(SiteUse::kiosk, "Exempelkiosken", share_of(people, 5'000), 2, 1.0);
    place(SiteUse::petrol_station, "Exempelmacken", share_of(people, 6'000) + (people > 1'500 ? 1 : 0), 1,
          1.0);
    place(SiteUse::pub, "Krog Exempel", share_of(people, 4'000) + (people > 2'000 ? 1 : 0), 3, 1.0);
    place(SiteUse::stop, "Hållplats Exempel", 2 + share_of(people, 400), 1, 1.0);
    place(SiteUse::school, "Exempelskolan", share_of(people, 2'200) + (people > 600 ? 1 : 0), 1, 1.0);
    place(SiteUse::wall, "", 2 + share_of(people, 450), 2, 1.0);
    place(SiteUse::parking, "Exempelparkeringen", 1 + share_of(people, 1'200), 1, 1.0);
    place(SiteUse::bicycle_stand, "", 1 + share_of(people, 1'500), 2, 1.0);
    place(SiteUse::workplace, "Exempelföretaget", 1 + share_of(people, 900), 1, 1.0);
}

void MadeUpPlaces::settle_countryside(Geography const& geography, AreaId kommun, Random& random)
{
    auto const& area = geography.areas()[kommun];
    auto const box = bounds_of(area.shape);
    auto const numbers = shuffled_numbers(random);
    auto const in_town = [&](MapPoint place) {
        return std::ranges::any_of(geography.towns(), [&](Town const& town) {
            return distance(place, town.centre) < town.radius.value() + 1'000.0;
        });
    };
    std::size_t roads = 0;
    for (int attempt = 0; roads < kRoadsPerKommun && attempt < 5'000; ++attempt) {
        Street road;
        road.name = street_name(numbers[roads]);
        road.locality = "landsbygden";
        road.start = {random.between(box.min.east, box.max.east),
                      random.between(box.min.north, box.max.north)};
        road.along = direction(random);
        road.length = random.between(900.0, 3'000.0);
        road.spacing = kCountrySpacing;
        auto const last = road.at(road.houses());
        if (geography.areas().at(road.start) != kommun || in_town(road.start) || in_town(last) ||
            !geography.is_dry(road.at(1)) || !geography.is_dry(road.at(0)) || !geography.is_dry(last))
            continue;
        road.index = on_street_.size();
        on_street_.emplace_back();
        auto const is_holiday = random.chance(0.5);
        build_houses(geography, road, is_holiday ? SiteUse::holiday_home : SiteUse::house,
                     static_cast<double>(area.population) * 0.1 / kRoadsPerKommun, random);
        add(geography, road, 0, SiteUse::street, "",
            static_cast<double>(area.population) * 0.05 / kRoadsPerKommun);
        ++roads;
    }
}

void MadeUpPlaces::build_houses(Geography const& geography, Street const& street, SiteUse use, double weight,
                                Random& random)
{
    auto const houses = street.houses();
    for (int house = 1; house <= houses; ++house) {
        // Most homes alike, a few much likelier than the rest.
        auto const rank = 1 + random.below(60);
        add(geography, street, house, use, "", weight / static_cast<double>(houses) * zipf(rank, 3.0));
    }
}

void MadeUpPlaces::add(Geography const& geography, Street const& street, int house, SiteUse use,
                       std::string const& name, double weight)
{
    auto const place = street.at(house);
    if (!geography.is_dry(place))
        return;
    auto const number = house == 0 ? std::string{} : fmt::format(" {}", house);
    auto const lead = name.empty() ? std::string{} : name + ", ";
    auto const index = sites_.size();
    sites_.push_back({{.place = place,
                       .address = fmt::format("{}{}{}, {}", lead, street.name, number, street.locality),
                       .street_only = fmt::format("{}, {}", street.name, street.locality),
                       .locality = street.locality,
                       .kommun = geography.areas().at(place),
                       .street = street.index},
                      use});
    on_street_[street.index].push_back(index);
    by_use_[use].sites.push_back(index);
    by_use_[use].cumulative.push_back(weight);
}

std::size_t MadeUpPlaces::pick(SiteUse use, Random& random) const
{
    auto const& of_use = by_use_.at(use);
    auto const draw = random.unit() * of_use.cumulative.back();
    auto const found = std::ranges::upper_bound(of_use.cumulative, draw);
    auto const index =
        std::min(static_cast<std::size_t>(found - of_use.cumulative.begin()), of_use.sites.size() - 1);
    return of_use.sites[index];
}

std::size_t MadeUpPlaces::pick_near(std::size_t site, Random& random) const
{
    auto const& from = sites_[site];
    std::vector<std::size_t> candidates;
    for (auto const other : on_street_[from.site.street])
        if (other != site && sites_[other].use == from.use &&
            distance(sites_[other].site.place, from.site.place) <= kNear)
            candidates.push_back(other);
    return candidates.empty() ? site : candidates[random.below(candidates.size())];
}

}  // namespace riskbild::data
