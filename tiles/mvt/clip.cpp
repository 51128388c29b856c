#include "tiles/mvt/clip.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>

#include <geos_c.h>

namespace riskbild::tiles {

namespace {

struct LocalPoint {
    double x = 0.0;
    double y = 0.0;
    bool operator==(LocalPoint const&) const = default;
};

constexpr double kLow = -kBuffer;
constexpr double kHigh = kExtent + kBuffer;
constexpr int kLastCoarseZoom = 10;

LocalPoint local(TileFrame const& frame, WorldPoint p)
{
    auto const scale = static_cast<double>(kExtent) / static_cast<double>(frame.side());
    return {static_cast<double>(static_cast<std::int64_t>(p.x) - frame.x()) * scale,
            static_cast<double>(static_cast<std::int64_t>(p.y) - frame.y()) * scale};
}

/// One GEOS handle per thread; closes itself.
GEOSContextHandle_t geos()
{
    struct Handle {
        GEOSContextHandle_t value = GEOS_init_r();
        Handle() = default;
        Handle(Handle const&) = delete;
        Handle& operator=(Handle const&) = delete;
        ~Handle() { GEOS_finish_r(value); }
    };
    thread_local auto const handle = Handle{};
    return handle.value;
}

struct DestroyGeometry {
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(geos(), geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, DestroyGeometry>;

Geometry linear_ring(std::span<LocalPoint const> ring)
{
    auto coordinates = std::vector<double>{};
    coordinates.reserve((ring.size() + 1) * 2);
    for (std::size_t i = 0; i <= ring.size(); ++i) {
        auto const p = ring[i == ring.size() ? 0 : i];
        coordinates.push_back(p.x);
        coordinates.push_back(p.y);
    }
    auto* const sequence = GEOSCoordSeq_copyFromBuffer_r(geos(), coordinates.data(),
                                                         static_cast<unsigned>(ring.size() + 1), 0, 0);
    return Geometry{sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(geos(), sequence)};
}

Geometry polygon_of(std::vector<std::vector<LocalPoint>> const& rings)
{
    auto shell = linear_ring(rings.front());
    auto holes = std::vector<GEOSGeometry*>{};
    for (std::size_t i = 1; i < rings.size(); ++i) {
        if (auto hole = linear_ring(rings[i])) {
            holes.push_back(hole.release());
        }
    }
    if (!shell) {
        for (auto* const hole : holes) {
            GEOSGeom_destroy_r(geos(), hole);
        }
        return {};
    }
    // Takes ownership of the rings, also when it fails.
    return Geometry{
        GEOSGeom_createPolygon_r(geos(), shell.release(), holes.data(), static_cast<unsigned>(holes.size()))};
}

std::int64_t doubled_area(TilePath const& ring)
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        auto const& a = ring[i];
        auto const& b = ring[i + 1 == ring.size() ? 0 : i + 1];
        sum += std::int64_t{a.x} * b.y - std::int64_t{b.x} * a.y;
    }
    return sum;
}

bool on_one_line(TilePoint a, TilePoint b, TilePoint c)
{
    return std::int64_t{b.x - a.x} * (c.y - a.y) == std::int64_t{b.y - a.y} * (c.x - a.x);
}

// Vertices in the middle of a straight line say nothing.
void drop_straight_vertices(TilePath& ring)
{
    auto kept = TilePath{};
    for (std::size_t i = 0; i < ring.size(); ++i) {
        auto const& before = kept.empty() ? ring.back() : kept.back();
        auto const& after = ring[i + 1 == ring.size() ? 0 : i + 1];
        if (!on_one_line(before, ring[i], after)) {
            kept.push_back(ring[i]);
        }
    }
    ring = std::move(kept);
}

std::optional<TilePath> tile_ring(GEOSGeometry const* ring, bool outer)
{
    auto const* const sequence = GEOSGeom_getCoordSeq_r(geos(), ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(geos(), sequence, &size);
    auto coordinates = std::vector<double>(std::size_t{size} * 2);
    GEOSCoordSeq_copyToBuffer_r(geos(), sequence, coordinates.data(), 0, 0);
    auto path = TilePath{};
    for (std::size_t i = 0; i + 1 < size; ++i) {  // the last repeats the first
        path.push_back({static_cast<std::int32_t>(std::lround(coordinates[2 * i])),
                        static_cast<std::int32_t>(std::lround(coordinates[2 * i + 1]))});
    }
    drop_straight_vertices(path);
    auto const area = path.size() < 3 ? 0 : doubled_area(path);
    if (area == 0) {
        return std::nullopt;
    }
    if ((area > 0) != outer) {
        std::reverse(path.begin(), path.end());
    }
    return path;
}

void collect_polygons(GEOSGeometry const* geometry, std::vector<TilePath>& rings)
{
    auto const type = GEOSGeomTypeId_r(geos(), geometry);
    if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        auto const parts = GEOSGetNumGeometries_r(geos(), geometry);
        for (int i = 0; i < parts; ++i) {
            collect_polygons(GEOSGetGeometryN_r(geos(), geometry, i), rings);
        }
        return;
    }
    if (type != GEOS_POLYGON || GEOSisEmpty_r(geos(), geometry) != 0) {
        return;  // lines and points are where the polygon only touches the tile
    }
    auto outer = tile_ring(GEOSGetExteriorRing_r(geos(), geometry), true);
    if (!outer) {
        return;
    }
    rings.push_back(std::move(*outer));
    auto const holes = GEOSGetNumInteriorRings_r(geos(), geometry);
    for (int i = 0; i < holes; ++i) {
        if (auto hole = tile_ring(GEOSGetInteriorRingN_r(geos(), geometry, i), false)) {
            rings.push_back(std::move(*hole));
        }
    }
}

std::vector<LocalPoint> local_ring(WorldRing const& ring, TileFrame const& frame)
{
    auto made = std::vector<LocalPoint>{};
    made.reserve(ring.size());
    for (auto const vertex : ring) {
        made.push_back(local(frame, vertex));
    }
    return made;
}

bool meets_tile(std::vector<LocalPoint> const& ring)
{
    auto x0 = kHigh, y0 = kHigh, x1 = kLow, y1 = kLow;
    for (auto const p : ring) {
        x0 = std::min(x0, p.x);
        y0 = std::min(y0, p.y);
        x1 = std::max(x1, p.x);
        y1 = std::max(y1, p.y);
    }
    return x0 < kHigh && y0 < kHigh && x1 > kLow && y1 > kLow;
}

// Part of the segment within the buffered tile by Liang and Barsky (1984).
std::optional<std::pair<LocalPoint, LocalPoint>> clip_segment(LocalPoint a, LocalPoint b)
{
    auto from = 0.0;
    auto to = 1.0;
    auto const dx = b.x - a.x;
    auto const dy = b.y - a.y;
    for (auto const& [p, q] :
         {std::pair{-dx, a.x - kLow}, {dx, kHigh - a.x}, {-dy, a.y - kLow}, {dy, kHigh - a.y}}) {
        if (p == 0.0) {
            if (q < 0.0) {
                return std::nullopt;
            }
            continue;
        }
        auto const t = q / p;
        if (p < 0.0) {
            from = std::max(from, t);
        } else {
            to = std::min(to, t);
        }
    }
    if (from > to) {
        return std::nullopt;
    }
    auto const start = from == 0.0 ? a : LocalPoint{a.x + from * dx, a.y + from * dy};
    auto const end = to == 1.0 ? b : LocalPoint{a.x + to * dx, a.y + to * dy};
    return std::pair{start, end};
}

TilePoint snapped(LocalPoint p, int step)
{
    return {static_cast<std::int32_t>(std::lround(p.x / step)) * step,
            static_cast<std::int32_t>(std::lround(p.y / step)) * step};
}

void add_vertex(TilePath& path, TilePoint vertex)
{
    if (!path.empty() && path.back() == vertex) {
        return;
    }
    path.push_back(vertex);
}

}  // namespace

int outline_step(int zoom)
{
    return zoom <= kLastCoarseZoom ? 4 : 1;
}

std::vector<TilePath> clip_polygon(WorldPolygon const& polygon, TileFrame const& frame, int step)
{
    if (!polygon.box.meets(frame)) {
        return {};
    }
    auto rings = std::vector<std::vector<LocalPoint>>{local_ring(polygon.outer, frame)};
    for (auto const& inner : polygon.inners) {
        if (auto ring = local_ring(inner, frame); meets_tile(ring)) {
            rings.push_back(std::move(ring));
        }
    }
    auto const shape = polygon_of(rings);
    auto const tile = polygon_of({{{kLow, kLow}, {kHigh, kLow}, {kHigh, kHigh}, {kLow, kHigh}}});
    if (!shape || !tile) {
        return {};
    }
    auto const part = Geometry{GEOSIntersectionPrec_r(geos(), shape.get(), tile.get(), step)};
    auto made = std::vector<TilePath>{};
    if (part) {
        collect_polygons(part.get(), made);
    }
    return made;
}

std::vector<TilePath> clip_line(std::span<WorldPoint const> line, TileFrame const& frame, int step)
{
    auto paths = std::vector<TilePath>{};
    auto current = TilePath{};
    auto const finish = [&] {
        if (current.size() >= 2) {
            paths.push_back(std::move(current));
        }
        current.clear();
    };
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        auto const a = local(frame, line[i]);
        auto const b = local(frame, line[i + 1]);
        auto const part = clip_segment(a, b);
        if (!part || part->first != a) {
            finish();
        }
        if (!part) {
            continue;
        }
        add_vertex(current, snapped(part->first, step));
        add_vertex(current, snapped(part->second, step));
        if (part->second != b) {
            finish();
        }
    }
    finish();
    return paths;
}

}  // namespace riskbild::tiles
