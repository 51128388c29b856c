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

Blocked blocked_of(std::uint64_t block)
{
    return static_cast<Blocked>(block >> 2U & 3U);
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

std::span<KindFamily const> families_to_look_into(KindFamily family)
{
    static auto const all = [] {
        std::array<KindFamily, kFamilies> each{};
        for (std::size_t i = 0; i < kFamilies; ++i)
            each[i] = static_cast<KindFamily>(i);
        return each;
    }();
    static auto const one_and_unknown = [] {
        std::array<std::array<KindFamily, 2>, kFamilies> each{};
        for (std::size_t i = 0; i < kFamilies; ++i)
            each[i] = {static_cast<KindFamily>(i), KindFamily::unknown};
        return each;
    }();
    if (family == KindFamily::unknown)
        return all;
    return one_and_unknown[static_cast<std::size_t>(family)];
}

}  // namespace

CandidatePairs::CandidatePairs(PairScorer const& scorer, County const& county,
                               std::span<LinkSubject const> subjects)
    : scorer_(scorer), county_(county), subjects_(subjects)
{
    for (std::size_t i = 0; i < county.kinds.kinds().size(); ++i)
        families_.push_back(family_of(county.kinds, KindId{static_cast<std::uint16_t>(i)}));
    entries_.reserve(2 * subjects.size());
    for (std::size_t i = 0; i < subjects.size(); ++i)
        add(static_cast<std::uint32_t>(i));
    std::ranges::sort(entries_);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        auto const at = static_cast<std::uint32_t>(i);
        auto const [list, added] = blocks_.try_emplace(entries_[i].block, List{at, at});
        list->second.end = at + 1;
    }
}

void CandidatePairs::add(std::uint32_t subject)
{
    auto const& told = subjects_[subject];
    auto const length = length_class(told.occurred);
    if (length == kLengths.size())
        return;
    auto const enter = [&](Blocked blocked, std::uint64_t where) {
        entries_.push_back({block(families_[told.kind.value()], blocked, length, where),
                            told.occurred.from.time_since_epoch().count(), subject});
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

void CandidatePairs::find(std::uint32_t subject, std::size_t fresh, Visit const& visit) const
{
    auto const& told = subjects_[subject];
    for (auto const& look : looks_of(told.place, county_.areas.areas().size()))
        for (auto const family : families_to_look_into(families_[told.kind.value()]))
            for (std::size_t length = 0; length < kLengths.size(); ++length) {
                auto const found = blocks_.find(block(family, look.blocked, length, look.where));
                if (found == blocks_.end())
                    continue;
                auto const list =
                    std::span(entries_).subspan(found->second.begin, found->second.end - found->second.begin);
                auto const earliest = (told.occurred.from - look.gap - kLengths[length]).time_since_epoch();
                auto const latest = (told.occurred.to + look.gap).time_since_epoch();
                auto entry = std::ranges::lower_bound(list, earliest.count(), {}, &Entry::from);
                for (; entry != list.end() && entry->from <= latest.count(); ++entry) {
                    auto const other = entry->subject;
                    // Of two fresh ones each finds the other.
                    if (other == subject || (other < fresh && other < subject))
                        continue;
                    auto const numbers = scorer_.numbers(told, subjects_[other]);
                    if (numbers && PairScorer::worth_comparing(*numbers))
                        visit(std::minmax(subject, other), *numbers);
                }
            }
}

void CandidatePairs::each_of_first(std::size_t fresh, std::size_t first, std::size_t last,
                                   Visit const& visit) const
{
    // A point stands in two lists: it is sought from the one of its cell, an area from its own.
    for (auto const& entry : std::span(entries_).subspan(first, last - first))
        if (entry.subject < fresh && blocked_of(entry.block) != Blocked::point_of_area)
            find(entry.subject, fresh, visit);
}

}  // namespace riskbild::linkage
