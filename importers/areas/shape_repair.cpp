#include "importers/areas/shape_repair.hpp"

#include <memory>
#include <vector>

#include <geos_c.h>

namespace riskbild::importers {
namespace {

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
    thread_local Handle const handle;
    return handle.value;
}

struct DestroyGeometry {
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(geos(), geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, DestroyGeometry>;

GEOSGeometry* linear_ring(Ring const& ring)
{
    std::vector<double> coordinates;
    for (std::size_t i = 0; i <= ring.size(); ++i) {
        auto const& p = ring[i % ring.size()];
        coordinates.insert(coordinates.end(), {p.east, p.north});
    }
    auto* const sequence = GEOSCoordSeq_copyFromBuffer_r(geos(), coordinates.data(),
                                                         static_cast<unsigned>(ring.size() + 1), 0, 0);
    return sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(geos(), sequence);
}

bool is_ring(Ring const& ring)
{
    return ring.size() >= 3;
}

GEOSGeometry* geos_polygon(Polygon const& polygon)
{
    std::vector<GEOSGeometry*> holes;
    for (auto const& inner : polygon.inners)
        if (is_ring(inner))
            if (auto* const hole = linear_ring(inner))
                holes.push_back(hole);
    // Takes ownership of the rings, also when it fails.
    return GEOSGeom_createPolygon_r(geos(), linear_ring(polygon.outer), holes.data(),
                                    static_cast<unsigned>(holes.size()));
}

Geometry geos_shape(MultiPolygon const& shape)
{
    std::vector<GEOSGeometry*> polygons;
    for (auto const& polygon : shape)
        if (is_ring(polygon.outer))
            if (auto* const made = geos_polygon(polygon))
                polygons.push_back(made);
    return Geometry{GEOSGeom_createCollection_r(geos(), GEOS_MULTIPOLYGON, polygons.data(),
                                                static_cast<unsigned>(polygons.size()))};
}

Ring ring_of(GEOSGeometry const* ring)
{
    auto const* const sequence = GEOSGeom_getCoordSeq_r(geos(), ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(geos(), sequence, &size);
    std::vector<double> coordinates(std::size_t{2} * size);
    GEOSCoordSeq_copyToBuffer_r(geos(), sequence, coordinates.data(), 0, 0);
    Ring points;
    for (std::size_t i = 0; i + 1 < size; ++i)
        points.push_back({coordinates[2 * i], coordinates[2 * i + 1]});
    return points;
}

void collect_polygons(GEOSGeometry const* geometry, MultiPolygon& shape)
{
    if (GEOSGeomTypeId_r(geos(), geometry) == GEOS_POLYGON) {
        if (GEOSisEmpty_r(geos(), geometry) == 1)
            return;
        Polygon polygon{.outer = ring_of(GEOSGetExteriorRing_r(geos(), geometry)), .inners = {}};
        for (int i = 0; i < GEOSGetNumInteriorRings_r(geos(), geometry); ++i)
            polygon.inners.push_back(ring_of(GEOSGetInteriorRingN_r(geos(), geometry, i)));
        shape.push_back(std::move(polygon));
        return;
    }
    for (int i = 0; i < GEOSGetNumGeometries_r(geos(), geometry); ++i)
        if (auto const* const part = GEOSGetGeometryN_r(geos(), geometry, i); part != geometry)
            collect_polygons(part, shape);
}

struct MakeValidOptions {
    GEOSMakeValidParams* value = GEOSMakeValidParams_create_r(geos());
    MakeValidOptions()
    {
        // The area that the rings enclose is kept; what collapsed to a line is not.
        GEOSMakeValidParams_setMethod_r(geos(), value, GEOS_MAKE_VALID_STRUCTURE);
        GEOSMakeValidParams_setKeepCollapsed_r(geos(), value, 0);
    }
    MakeValidOptions(MakeValidOptions const&) = delete;
    MakeValidOptions& operator=(MakeValidOptions const&) = delete;
    ~MakeValidOptions() { GEOSMakeValidParams_destroy_r(geos(), value); }
};

std::string problem_of(GEOSGeometry const* geometry)
{
    auto* const reason = GEOSisValidReason_r(geos(), geometry);
    std::string text{reason == nullptr ? "invalid" : reason};
    GEOSFree_r(geos(), reason);
    return text;
}

}  // namespace

RepairedShape repaired(MultiPolygon const& shape)
{
    auto const before = geos_shape(shape);
    if (!before)
        return {.shape = {}, .problem = "no ring that encloses anything"};
    MultiPolygon whole;
    if (GEOSisValid_r(geos(), before.get()) == 1) {
        collect_polygons(before.get(), whole);
        auto const is_empty = whole.empty();
        return {.shape = std::move(whole), .problem = is_empty ? "no ring that encloses anything" : ""};
    }
    MakeValidOptions const options;
    Geometry const after{GEOSMakeValidWithParams_r(geos(), before.get(), options.value)};
    if (after)
        collect_polygons(after.get(), whole);
    return {.shape = std::move(whole), .problem = problem_of(before.get())};
}

std::optional<MapPoint> inner_point(MultiPolygon const& shape)
{
    auto const geometry = geos_shape(shape);
    if (!geometry)
        return std::nullopt;
    Geometry const point{GEOSPointOnSurface_r(geos(), geometry.get())};
    MapPoint at;
    if (!point || GEOSGeomGetX_r(geos(), point.get(), &at.east) != 1 ||
        GEOSGeomGetY_r(geos(), point.get(), &at.north) != 1)
        return std::nullopt;
    return at;
}

double common_square_metres(MultiPolygon const& a, MultiPolygon const& b)
{
    auto const left = geos_shape(a), right = geos_shape(b);
    if (!left || !right)
        return 0.0;
    Geometry const common{GEOSIntersection_r(geos(), left.get(), right.get())};
    double area = 0.0;
    if (common)
        GEOSArea_r(geos(), common.get(), &area);
    return area;
}

}  // namespace riskbild::importers
