#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "geo_core/units.hpp"
#include "layers/clusters/dbscan.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// How clusters are found.
enum class ClusterMethod : std::uint8_t {
    dbscan,     ///< dense in space
    st_dbscan,  ///< dense in space and time
};
[[nodiscard]] std::string_view name_of(ClusterMethod method);

struct ClusterOptions {
    ClusterMethod method = ClusterMethod::dbscan;
    Metres eps{200.0};              ///< at most this far apart is near
    std::int32_t days = 14;         ///< st_dbscan: at most so many days apart is soon
    std::uint32_t min_points = 10;  ///< so many near each other are dense
    unsigned threads = 0;
};

/// A dense place: where many incidents lie near each other.
struct Cluster {
    std::vector<std::uint32_t> rows;  ///< of View::points(), in order of time
    std::uint64_t cores = 0;
    MapPoint middle;        ///< mean of its incidents
    MultiPolygon hull;      ///< to draw; convex
    double hull_km2 = 0.0;  ///< 0 where all lie on one line or place
    LocalDate first;
    LocalDate last;
};

struct Clusters {
    LayerInfo info;
    std::vector<Cluster> clusters;  ///< most incidents first, then the newest, then from south to north
    std::uint64_t noise = 0;        ///< incidents in none
    std::uint64_t cores = 0;
};

/// Where incidents lie dense, as areas of whatever shape, with who belongs to none of them.
///
/// Only incidents with a point enter. Time is the day an incident's interval starts, in the county's civil
/// time. \return ErrorCode::forbidden for a view without single incidents; ErrorCode::wrong_use naming the
/// option; ErrorCode::busy when stopped. Method: docs/methods/clusters.md
Result<Clusters> clusters(View const& view, Filter const& filter, ClusterOptions const& options,
                          Progress const& progress = {});

}  // namespace riskbild::layers
