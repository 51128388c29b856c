#include "geo_core/linkage/candidate_pairs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace riskbild::linkage {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// A list of a block holds intervals up to one of these lengths, so that a look into it goes back no further.
constexpr std::array<seconds, 3> kLengths{hours{1}, hours{24}, kLongestInterval};

std::size_t length_class(TimeInterval const& interval)
{
    return static_cast<std::size_t>(std::ranges::lower_bound(kLengths, interval.length()) - kLengths.begin());
}

/// What stands in a block for the place.
enum class Blocked : std::uint8_t {
    fine_point,     ///< by cell: precision exact or address
    loose_point,    ///< by cell: street
    point_of_area,  ///< every point once more, by kommun
    area_only,      ///< by kommun
};

constexpr double kCell = 500.0;         // metres, of fine points
constexpr double kLooseCell = 1'500.0;  // of loose ones

std::uint64_t block(KindFamily family, Blocked blocked, std::size_t length, std::uint64_t where)
{
    return where << 8 | static_cast<std::uint64_t>(family) << 4 | static_cast<std::uint64_t>(blocked) << 2 |
           static_cast<std::uint64_t>(length);
}

struct Cell {
    std::int64_t column;
    std::int64_t row;
};

Cell cell_of(MapPoint point, double size)
{
    return {static_cast<std::int64_t>(std::floor(point.east / size)),
            static_cast<std::int64_t>(std::floor(point.north / size))};
}

std::uint64_t number_of(Cell cell)
{
    constexpr std::uint64_t kHalf = (std::uint64_t{1} << 28) - 1;
    return (static_cast<std::uint64_t>(cell.column) & kHalf) << 28 |
           (static_cast<std::uint64_t>(cell.row) & kHalf);
}

/// A block to look into, and how far in time.
struct Look {
    Blocked blocked;
    std::uint64_t where;
    seconds gap;
};

void add_cells(MapPoint point, Metres reach, double size, Blocked blocked, std::vector<Look>& looks)
{
    auto const lowest = cell_of({point.east - reach.value(), point.north - reach.value()}, size);
    auto const highest = cell_of({point.east + reach.value(), point.north + reach.value()}, size);
    for (auto column = lowest.column; column <= highest.column; ++column)
        for (auto row = lowest.row; row <= highest.row; ++row)
            looks.push_back({blocked, number_of({column, row}), kWidestGap});
}

/// Where reports of the same event may stand.
std::vector<Look> looks_of(Place const& place, std::size_t areas)
{
    std::vector<Look> looks;
    auto const area = area_of(place);
    auto const at_areas = [&](Blocked blocked) {
        looks.push_back({blocked, kNoArea.value(), kWidestGapOfAreas});
        if (area != kNoArea)
            looks.push_back({blocked, area.value(), kWidestGapOfAreas});
        else
            for (std::size_t i = 0; i < areas; ++i)
                looks.push_back({blocked, i, kWidestGapOfAreas});
    };
    if (auto const point = point_of(place)) {
        auto const own = uncertainty_of(precision_of(place));
        auto const reach = [&](Precision other) { return (own + uncertainty_of(other)) * kFarthest; };
        add_cells(*point, reach(Precision::address), kCell, Blocked::fine_point, looks);
        add_cells(*point, reach(Precision::street), kLooseCell, Blocked::loose_point, looks);
    } else {
        at_areas(Blocked::point_of_area);
    }
    at_areas(Blocked::area_only);
    return looks;
}

std::vector<KindFamily> families_to_look_into(KindFamily family)
{
    if (family != KindFamily::unknown)
        return {family, KindFamily::unknown};
    std::vector<KindFamily> all;
    for (std::size_t i = 0; i < kFamilies; ++i)
        all.push_back(static_cast<KindFamily>(i));
    return all;
}

}  // namespace

CandidatePairs::CandidatePairs(PairScorer const& scorer, County const& county,
                               std::span<LinkSubject const> subjects)
    : scorer_(scorer), county_(county), subjects_(subjects)
{
    entries_.reserve(2 * subjects.size());
    for (std::size_t i = 0; i < subjects.size(); ++i)
        add(static_cast<std::uint32_t>(i));
    std::ranges::sort(entries_);
}

void CandidatePairs::add(std::uint32_t subject)
{
    auto const& told = subjects_[subject];
    auto const length = length_class(told.occurred);
    if (length == kLengths.size())
        return;
    auto const family = family_of(county_.kinds, told.kind);
    auto const enter = [&](Blocked blocked, std::uint64_t where) {
        entries_.push_back(
            {block(family, blocked, length, where), told.occurred.from.time_since_epoch().count(), subject});
    };
    auto const area = std::uint64_t{area_of(told.place).value()};
    if (auto const point = point_of(told.place)) {
        auto const loose = precision_of(told.place) == Precision::street;
        enter(loose ? Blocked::loose_point : Blocked::fine_point,
              number_of(cell_of(*point, loose ? kLooseCell : kCell)));
        enter(Blocked::point_of_area, area);
    } else {
        enter(Blocked::area_only, area);
    }
}

void CandidatePairs::find(std::uint32_t subject, std::size_t fresh, std::vector<Pair>& found) const
{
    auto const& told = subjects_[subject];
    if (length_class(told.occurred) == kLengths.size())
        return;
    auto const families = families_to_look_into(family_of(county_.kinds, told.kind));
    for (auto const& look : looks_of(told.place, county_.areas.areas().size()))
        for (auto const family : families)
            for (std::size_t length = 0; length < kLengths.size(); ++length) {
                auto const wanted = block(family, look.blocked, length, look.where);
                auto const earliest = (told.occurred.from - look.gap - kLengths[length]).time_since_epoch();
                auto const latest = (told.occurred.to + look.gap).time_since_epoch();
                auto entry = std::ranges::lower_bound(entries_, Entry{wanted, earliest.count(), 0});
                for (; entry != entries_.end() && entry->block == wanted && entry->from <= latest.count();
                     ++entry) {
                    auto const other = entry->subject;
                    // Of two fresh ones each finds the other.
                    if (other == subject || (other < fresh && other < subject))
                        continue;
                    if (scorer_.worth_comparing(told, subjects_[other]))
                        found.push_back(std::minmax(subject, other));
                }
            }
}

std::vector<CandidatePairs::Pair> CandidatePairs::of_first(std::size_t fresh) const
{
    std::vector<Pair> found;
    for (std::size_t i = 0; i < fresh; ++i)
        find(static_cast<std::uint32_t>(i), fresh, found);
    std::ranges::sort(found);
    auto const repeated = std::ranges::unique(found);
    found.erase(repeated.begin(), repeated.end());
    return found;
}

}  // namespace riskbild::linkage
