#include "geo_core/area.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace riskbild {
namespace {

// A border segment, lower end first, so that two areas that share it compute the same crossing.
struct Edge {
    MapPoint low;
    MapPoint high;
};

// The edges of one area by horizontal band: a query looks at one band only.
struct BandedEdges {
    MapBox bounds;
    double band_height = 1.0;
    std::vector<std::uint32_t> first;  // of each band, one more than bands
    std::vector<Edge> edges;

    std::size_t bands() const { return first.size() - 1; }

    std::size_t band_of(double north) const
    {
        auto const band = std::floor((north - bounds.min.north) / band_height);
        return static_cast<std::size_t>(std::clamp(band, 0.0, static_cast<double>(bands() - 1)));
    }

    bool contains(MapPoint p) const
    {
        if (!bounds.contains(p))
            return false;
        auto const band = band_of(p.north);
        bool inside = false;
        for (auto i = first[band]; i < first[band + 1]; ++i) {
            auto const& [low, high] = edges[i];
            if (p.north < low.north || p.north >= high.north)
                continue;
            auto const crossing =
                low.east + (p.north - low.north) / (high.north - low.north) * (high.east - low.east);
            if (p.east < crossing)
                inside = !inside;
        }
        return inside;
    }
};

void add_ring(std::vector<Edge>& edges, Ring const& ring)
{
    for (std::size_t i = 0; i < ring.size(); ++i) {
        auto a = ring[i];
        auto b = ring[(i + 1) % ring.size()];
        if (a.north == b.north)
            continue;  // never crossed by the half-open rule
        if (a.north > b.north)
            std::swap(a, b);
        edges.push_back({a, b});
    }
}

BandedEdges banded_edges(MultiPolygon const& shape)
{
    std::vector<Edge> all;
    for (auto const& polygon : shape) {
        add_ring(all, polygon.outer);
        for (auto const& inner : polygon.inners)
            add_ring(all, inner);
    }
    BandedEdges banded{.bounds = bounds_of(shape)};
    auto const bands = std::clamp<std::size_t>(all.size() / 2, 1, 4096);
    banded.band_height =
        std::max((banded.bounds.max.north - banded.bounds.min.north) / static_cast<double>(bands), 1e-9);
    banded.first.assign(bands + 1, 0);
    auto const each_band = [&](Edge const& edge, auto&& visit) {
        for (auto band = banded.band_of(edge.low.north); band <= banded.band_of(edge.high.north); ++band)
            visit(band);
    };
    for (auto const& edge : all)
        each_band(edge, [&](std::size_t band) { ++banded.first[band + 1]; });
    for (std::size_t band = 0; band < bands; ++band)
        banded.first[band + 1] += banded.first[band];
    banded.edges.resize(banded.first.back());
    auto next = banded.first;
    for (auto const& edge : all)
        each_band(edge, [&](std::size_t band) { banded.edges[next[band]++] = edge; });
    return banded;
}

}  // namespace

struct AreaSet::Index {
    std::string title;
    std::string source;
    Metres generalised;
    std::vector<Area> areas;
    std::vector<std::string> lower_names;
    std::vector<BandedEdges> edges;
    MapBox bounds;
};

AreaSet::AreaSet(std::string title, std::string source, Metres generalised, std::vector<Area> areas)
{
    auto index = std::make_shared<Index>();
    index->title = std::move(title);
    index->source = std::move(source);
    index->generalised = generalised;
    index->areas = std::move(areas);
    std::ranges::sort(index->areas, {}, &Area::code);
    constexpr auto inf = std::numeric_limits<double>::infinity();
    index->bounds = {{inf, inf}, {-inf, -inf}};
    for (auto const& area : index->areas) {
        index->lower_names.push_back(lower_case(area.name));
        index->edges.push_back(banded_edges(area.shape));
        auto const box = index->edges.back().bounds;
        auto& all = index->bounds;
        all.min = {std::min(all.min.east, box.min.east), std::min(all.min.north, box.min.north)};
        all.max = {std::max(all.max.east, box.max.east), std::max(all.max.north, box.max.north)};
    }
    index_ = std::move(index);
}

std::string const& AreaSet::title() const
{
    return index_->title;
}

std::string const& AreaSet::source() const
{
    return index_->source;
}

Metres AreaSet::generalised() const
{
    return index_->generalised;
}

std::span<Area const> AreaSet::areas() const
{
    return index_ ? std::span<Area const>{index_->areas} : std::span<Area const>{};
}

Area const& AreaSet::operator[](AreaId id) const
{
    return index_->areas[id.value()];
}

MapBox AreaSet::bounds() const
{
    return index_->bounds;
}

AreaId AreaSet::at(MapPoint place) const
{
    if (!index_ || !index_->bounds.contains(place))
        return kNoArea;
    for (std::size_t i = 0; i < index_->edges.size(); ++i)
        if (index_->edges[i].contains(place))
            return AreaId{static_cast<std::uint16_t>(i)};
    return kNoArea;
}

AreaId AreaSet::by_code(std::string_view code) const
{
    auto const all = areas();
    auto const found =
        std::ranges::lower_bound(all, code, {}, [](Area const& a) { return std::string_view{a.code}; });
    if (found == all.end() || found->code != code)
        return kNoArea;
    return AreaId{static_cast<std::uint16_t>(found - all.begin())};
}

AreaId AreaSet::by_name(std::string_view name) const
{
    if (!index_)
        return kNoArea;
    auto const found = std::ranges::find(index_->lower_names, lower_case(name));
    if (found == index_->lower_names.end())
        return kNoArea;
    return AreaId{static_cast<std::uint16_t>(found - index_->lower_names.begin())};
}

std::string lower_case(std::string_view text)
{
    std::string lower{text};
    for (std::size_t i = 0; i < lower.size(); ++i) {
        auto& c = lower[i];
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + ('a' - 'A'));
        // U+00C0–U+00DE (À … Þ, without ×) are two bytes, C3 80–C3 9E; their lower case lies 0x20 higher.
        else if (static_cast<unsigned char>(c) == 0xC3 && i + 1 < lower.size()) {
            auto const second = static_cast<unsigned char>(lower[++i]);
            if (second >= 0x80 && second <= 0x9E && second != 0x97)
                lower[i] = static_cast<char>(second + 0x20);
        }
    }
    return lower;
}

}  // namespace riskbild
