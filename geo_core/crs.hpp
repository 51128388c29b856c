#pragma once

#include <span>
#include <string>

#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"

namespace riskbild {

/// Between degrees (WGS 84) and the metres of one projected coordinate system. The only file that
/// talks to PROJ. A small value; may be used by any number of threads at once (each keeps its own
/// PROJ objects). Axis order is always east, north.
class Crs {
public:
    /// \return ErrorCode::wrong_use when PROJ does not know the code or it is not projected in metres.
    static Result<Crs> from_epsg(int code);

    [[nodiscard]] int epsg() const { return epsg_; }
    /// NaN coordinates where PROJ cannot project the place.
    [[nodiscard]] MapPoint metres(LngLat place) const;
    [[nodiscard]] LngLat degrees(MapPoint place) const;
    /// Whole columns at once, about 0.3 µs a point. \pre both spans have one size
    void metres(std::span<LngLat const> from, std::span<MapPoint> to) const;
    void degrees(std::span<MapPoint const> from, std::span<LngLat> to) const;
    /// The coordinate system in WKT 1 (GDAL's flavour), for files that carry it.
    [[nodiscard]] std::string wkt() const;

    bool operator==(Crs const&) const = default;

private:
    explicit Crs(int epsg) : epsg_(epsg) {}
    int epsg_;
};

/// Converts columns of any coordinate system that PROJ knows (also degrees or feet) to degrees.
/// NaN where PROJ cannot. \return ErrorCode::wrong_use for an unknown code.
Result<void> to_degrees(int from_epsg, std::span<MapPoint const> from, std::span<LngLat> to);

}  // namespace riskbild
