#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "geo_core/crs.hpp"
#include "geo_core/geometry.hpp"
#include "geo_core/result.hpp"

namespace riskbild::importers {

/// One `key=value` of an object of OpenStreetMap.
struct OsmTag {
    std::string_view key, value;
};

/// A node or a way with its position. Valid during the call only.
struct OsmObject {
    std::string id;  ///< `node/123`, `way/123`
    std::vector<OsmTag> tags;
    bool is_way = false;
    /// Of a node its one position; of a way its stretches that lie in the box, one where it never leaves it.
    std::vector<std::vector<LngLat>> lines{};
    [[nodiscard]] std::string_view tag(std::string_view key) const;
};

/// An area made of ways, such as a kommun. Rings in degrees, without repetition of the first vertex.
struct OsmArea {
    std::string id;
    std::vector<OsmTag> tags;
    struct Part {
        std::vector<LngLat> outer;
        std::vector<std::vector<LngLat>> inners;
    };
    std::vector<Part> parts;
    [[nodiscard]] std::string_view tag(std::string_view key) const;
    /// In metres of the county.
    [[nodiscard]] MultiPolygon shape(Crs const& crs) const;
};

/// What of an extract is wanted.
struct OsmInterest {
    LngLatBox box;                                          ///< nodes beyond it are not even remembered
    std::function<bool(OsmObject const&)> wants;            ///< by tags alone; `lines` is still empty
    std::function<Result<void>(OsmObject const&)> take;     ///< nodes in the box, ways with a node in it
    std::function<bool(OsmArea const&)> wants_area;         ///< of administrative boundaries, by tags alone
    std::function<Result<void>(OsmArea const&)> take_area;  ///< of these, those that could be closed
    std::function<void(std::uint64_t objects)> progress{};
};

/// What was met on the way.
struct OsmSummary {
    std::string as_of;  ///< the extract's own date, or empty
    std::uint64_t nodes = 0, ways = 0, relations = 0;
    std::uint64_t nodes_in_box = 0;
    std::uint64_t beyond = 0;      ///< objects that were wanted but have no node in the box
    std::uint64_t boundaries = 0;  ///< administrative relations that were wanted
    std::uint64_t not_closed =
        0;  ///< of these, those whose ways the extract does not have, or that are broken
};

/// Reads an `.osm.pbf` in two passes: relations first, then all in order. Positions of the nodes in the box
/// are kept in a temporary file of 16 bytes a node, so that memory does not grow with the extract.
/// \return ErrorCode::not_found, ErrorCode::unreadable (also where nodes stand behind ways); what `take`
/// returns
Result<OsmSummary> read_osm(std::string const& path, OsmInterest const& interest);

}  // namespace riskbild::importers
