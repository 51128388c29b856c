#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tiles/mvt/mvt_layer.hpp"
#include "tiles/mvt/point_set.hpp"

namespace riskbild::tiles {

/// From this zoom on a tile shows single incidents.
inline constexpr int kIncidentZoom = 13;
/// A tile with more incidents than this shows cells at any zoom: about 18 bytes of an incident survive
/// compression and at worst 30, so a tile stays below 500 kB.
inline constexpr std::size_t kMostIncidents = 16'384;
/// Cells along a side of a tile, as a power of two. Cells are themselves quadtree tiles, so they lie
/// exactly within each other from zoom to zoom.
inline constexpr int kCellLevels = 6;

enum class IncidentDetail {
    automatic,    ///< cells below `kIncidentZoom` and where there are too many
    every_point,  ///< single incidents always; for measuring beside others
};

/// Writes the vector tiles of incidents: MVT layer `incidents`.
///
/// A single incident has the feature id of the incident and `kind`, `from` (seconds since 1970 UTC),
/// `precision`, `sources` (names joined by `,`), `reports`. A cell of two or more has only `n`, at the
/// mean of its incidents. A copy of a neighbouring tile's incident, drawn because its symbol reaches into
/// this tile, carries `edge = true`. So the sum over one zoom of `n` (1 where absent) over features
/// without `edge` is the number of incidents exactly.
///
/// Holds reusable memory: one per thread.
class IncidentEncoder {
public:
    /// Appends the layer to `tile`; nothing where there are no incidents. \pre id.valid()
    void encode(PointSet const& points, TileId id, IncidentDetail detail, std::string& tile);

    /// Features in the last tile.
    [[nodiscard]] std::size_t features() const { return layer_.features(); }

private:
    static constexpr std::uint32_t kUnset = 0xffffffff;
    struct Keys {
        MvtLayer::Index kind, from, precision, sources, reports, edge;
    };

    void forget_values(std::size_t kinds);
    void write_incident(PointColumns const& columns, County const& county, std::size_t row, TilePoint place,
                        bool edge);
    void write_every_point(PointSet const& points, PointColumns const& columns, TileId id, std::size_t first,
                           std::size_t last, IncidentDetail detail);
    void write_cells(PointSet const& points, PointColumns const& columns, TileId id, std::size_t first,
                     std::size_t last);
    [[nodiscard]] MvtLayer::Index source_names(County const& county, std::uint64_t sources)
    {
        auto const known = is_one(sources) ? one_source_[number_of(sources)] : kUnset;
        return known != kUnset ? known : new_source_names(county, sources);
    }
    // Not std::has_single_bit: it counts all bits, which the oldest processors we build for do in a function.
    [[nodiscard]] static bool is_one(std::uint64_t sources)
    {
        return sources != 0 && (sources & (sources - 1)) == 0;
    }
    [[nodiscard]] static std::size_t number_of(std::uint64_t source)
    {
        return static_cast<std::size_t>(std::countr_zero(source));
    }
    [[nodiscard]] MvtLayer::Index new_source_names(County const& county, std::uint64_t sources);

    MvtLayer layer_;
    Keys keys_{};
    std::vector<std::uint32_t> kinds_;
    std::array<std::uint32_t, 8> precisions_{};
    std::array<std::uint32_t, 256> reports_{};
    std::array<std::uint32_t, 64> one_source_{};
    std::vector<std::pair<std::uint64_t, std::uint32_t>> several_sources_;
    std::uint32_t yes_ = kUnset;
    std::vector<std::size_t> edge_;
};

}  // namespace riskbild::tiles
