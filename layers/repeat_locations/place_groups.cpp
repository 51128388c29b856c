#include "layers/repeat_locations/place_groups.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace riskbild::layers {
namespace {

constexpr std::uint32_t kNoPlace = std::numeric_limits<std::uint32_t>::max();

struct Row {
    double east;
    double north;
    std::uint32_t strip;  // north-south strip, as wide as the tolerance: neighbours are in three strips
    std::uint32_t row;
};

/// One distinct coordinate.
struct Spot {
    double east;
    double north;
    std::uint32_t count;
    std::uint32_t strip;  // ordinal among the strips that hold spots
};

struct Spots {
    std::vector<Spot> spots;  // by strip, then north, then east
    std::vector<std::uint32_t> spot_of_row;
    std::vector<std::uint32_t> strip_number;  // by ordinal
    std::vector<std::uint32_t> strip_first;   // by ordinal, and one past the end
};

Spots distinct_spots(std::span<double const> east, std::span<double const> north, double tolerance)
{
    double const west = *std::min_element(east.begin(), east.end());
    // A hair wider than the tolerance, so that rounding never puts two neighbours two strips apart; and no
    // more strips than a number holds.
    double const widest = *std::max_element(east.begin(), east.end()) - west;
    double const width = std::max(tolerance * (1.0 + 1e-9), widest / 4e9);
    std::vector<Row> rows(east.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const strip = tolerance > 0.0 ? static_cast<std::uint32_t>((east[i] - west) / width) : 0U;
        // Adding zero makes one of -0 and +0.
        rows[i] = {east[i] + 0.0, north[i] + 0.0, strip, static_cast<std::uint32_t>(i)};
    }
    std::sort(rows.begin(), rows.end(), [](Row const& a, Row const& b) {
        return std::tie(a.strip, a.north, a.east) < std::tie(b.strip, b.north, b.east);
    });
    Spots found;
    found.spot_of_row.resize(rows.size());
    for (auto const& row : rows) {
        bool const new_strip = found.strip_number.empty() || found.strip_number.back() != row.strip;
        if (new_strip) {
            found.strip_number.push_back(row.strip);
            found.strip_first.push_back(static_cast<std::uint32_t>(found.spots.size()));
        }
        if (new_strip || found.spots.back().east != row.east || found.spots.back().north != row.north) {
            found.spots.push_back(
                {row.east, row.north, 0, static_cast<std::uint32_t>(found.strip_number.size() - 1)});
        }
        ++found.spots.back().count;
        found.spot_of_row[row.row] = static_cast<std::uint32_t>(found.spots.size() - 1);
    }
    found.strip_first.push_back(static_cast<std::uint32_t>(found.spots.size()));
    return found;
}

std::vector<std::uint32_t> most_frequent_first(std::vector<Spot> const& spots)
{
    struct Rank {
        std::uint32_t count;
        std::uint32_t spot;
        double north;
        double east;
    };
    std::vector<Rank> ranks;
    ranks.reserve(spots.size());
    for (std::size_t i = 0; i < spots.size(); ++i) {
        ranks.push_back({spots[i].count, static_cast<std::uint32_t>(i), spots[i].north, spots[i].east});
    }
    std::sort(ranks.begin(), ranks.end(), [](Rank const& a, Rank const& b) {
        return std::tie(b.count, a.north, a.east) < std::tie(a.count, b.north, b.east);
    });
    std::vector<std::uint32_t> order;
    order.reserve(ranks.size());
    for (auto const& rank : ranks) {
        order.push_back(rank.spot);
    }
    return order;
}

}  // namespace

PlaceGroups group_places(std::span<double const> east, std::span<double const> north, Metres tolerance)
{
    PlaceGroups groups;
    if (east.empty()) {
        return groups;
    }
    double const reach = tolerance.value();
    auto const found = distinct_spots(east, north, reach);
    auto const& spots = found.spots;
    std::vector<std::uint32_t> place_of_spot(spots.size(), kNoPlace);

    for (auto const leader : most_frequent_first(spots)) {
        if (place_of_spot[leader] != kNoPlace) {
            continue;
        }
        auto const place = static_cast<std::uint32_t>(groups.position.size());
        auto const& at = spots[leader];
        groups.position.push_back({at.east, at.north});
        place_of_spot[leader] = place;
        if (reach <= 0.0) {
            continue;
        }
        auto const take = [&](std::uint32_t spot) {
            double const dx = spots[spot].east - at.east;
            double const dy = spots[spot].north - at.north;
            if (place_of_spot[spot] == kNoPlace && dx * dx + dy * dy <= reach * reach) {
                place_of_spot[spot] = place;
            }
        };
        for (auto s = leader; s-- > found.strip_first[at.strip] && at.north - spots[s].north <= reach;) {
            take(s);
        }
        for (auto s = leader + 1; s < found.strip_first[at.strip + 1] && spots[s].north - at.north <= reach;
             ++s) {
            take(s);
        }
        auto const take_strip = [&](std::uint32_t strip) {
            auto const first = spots.begin() + found.strip_first[strip];
            auto const last = spots.begin() + found.strip_first[strip + 1];
            auto s = std::lower_bound(first, last, reach,
                                      [&](Spot const& spot, double r) { return at.north - spot.north > r; });
            for (; s != last && s->north - at.north <= reach; ++s) {
                take(static_cast<std::uint32_t>(s - spots.begin()));
            }
        };
        auto const number = found.strip_number[at.strip];
        if (at.strip > 0 && found.strip_number[at.strip - 1] + 1 == number) {
            take_strip(at.strip - 1);
        }
        if (at.strip + 1 < found.strip_number.size() && found.strip_number[at.strip + 1] == number + 1) {
            take_strip(at.strip + 1);
        }
    }

    groups.place.resize(east.size());
    for (std::size_t i = 0; i < east.size(); ++i) {
        groups.place[i] = place_of_spot[found.spot_of_row[i]];
    }
    return groups;
}

}  // namespace riskbild::layers
