#include "importers/osm/street_merge.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

namespace riskbild::importers {
namespace {

MapBox box_around(MultiLine const& lines)
{
    constexpr auto inf = std::numeric_limits<double>::infinity();
    MapBox box{{inf, inf}, {-inf, -inf}};
    for (auto const& line : lines)
        for (auto const& p : line) {
            box.min = {std::min(box.min.east, p.east), std::min(box.min.north, p.north)};
            box.max = {std::max(box.max.east, p.east), std::max(box.max.north, p.north)};
        }
    return box;
}

bool are_near(MapBox const& a, MapBox const& b)
{
    auto const gap = [](double a_min, double a_max, double b_min, double b_max) {
        return std::max({0.0, b_min - a_max, a_min - b_max});
    };
    return std::hypot(gap(a.min.east, a.max.east, b.min.east, b.max.east),
                      gap(a.min.north, a.max.north, b.min.north, b.max.north)) <= kSameStreetGap;
}

/// Which of several things belong together, by pairs that do (Tarjan's union-find).
class Together {
public:
    explicit Together(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0U); }
    std::size_t root(std::size_t i)
    {
        while (parent_[i] != i)
            i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b)
    {
        auto const first = root(a), second = root(b);
        parent_[std::max(first, second)] = std::min(first, second);
    }

private:
    std::vector<std::size_t> parent_;
};

// From west to east, so that each box is compared with those alone that begin before it has long ended.
Together joined_where_near(std::vector<MapBox> const& boxes)
{
    std::vector<std::size_t> order(boxes.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::size_t i) { return boxes[i].min.east; });
    Together together{boxes.size()};
    for (std::size_t i = 0; i < order.size(); ++i) {
        auto const& box = boxes[order[i]];
        for (auto j = i + 1; j < order.size(); ++j) {
            auto const& other = boxes[order[j]];
            if (other.min.east > box.max.east + kSameStreetGap)
                break;
            if (are_near(box, other))
                together.join(order[i], order[j]);
        }
    }
    return together;
}

// Of the middle of each stretch, weighed by its length, the nearest vertex: a point of the street.
MapPoint midpoint_of(MultiLine const& lines)
{
    MapPoint sum;
    double length = 0.0;
    for (auto const& line : lines)
        for (std::size_t i = 1; i < line.size(); ++i) {
            auto const metres =
                std::hypot(line[i].east - line[i - 1].east, line[i].north - line[i - 1].north);
            sum.east += metres * (line[i].east + line[i - 1].east) / 2;
            sum.north += metres * (line[i].north + line[i - 1].north) / 2;
            length += metres;
        }
    auto best = lines.front().front();
    if (length == 0.0)
        return best;
    MapPoint const middle{sum.east / length, sum.north / length};
    auto const away = [&](MapPoint p) { return std::hypot(p.east - middle.east, p.north - middle.north); };
    for (auto const& line : lines)
        for (auto const& p : line)
            if (away(p) < away(best))
                best = p;
    return best;
}

}  // namespace

std::vector<MergedStreet> merged_streets(std::vector<StreetPiece> pieces)
{
    std::ranges::sort(pieces, {}, [](StreetPiece const& piece) {
        return std::tuple{piece.name, piece.area, piece.id};
    });
    std::vector<MergedStreet> streets;
    for (std::size_t begin = 0; begin < pieces.size();) {
        auto end = begin;
        while (end < pieces.size() && pieces[end].name == pieces[begin].name &&
               pieces[end].area == pieces[begin].area)
            ++end;
        std::vector<MapBox> boxes;
        for (auto i = begin; i < end; ++i)
            boxes.push_back(box_around(pieces[i].lines));
        auto together = joined_where_near(boxes);
        std::map<std::size_t, MergedStreet> of_root;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            auto& piece = pieces[begin + i];
            auto& street = of_root[together.root(i)];
            if (street.lines.empty())
                street = {.id = piece.id, .name = piece.name, .area = piece.area};
            std::ranges::move(piece.lines, std::back_inserter(street.lines));
        }
        for (auto& [root, street] : of_root) {
            street.midpoint = midpoint_of(street.lines);
            streets.push_back(std::move(street));
        }
        begin = end;
    }
    std::ranges::sort(streets, {}, &MergedStreet::id);
    return streets;
}

}  // namespace riskbild::importers
