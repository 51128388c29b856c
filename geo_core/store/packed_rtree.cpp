#include "geo_core/store/packed_rtree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "geo_core/store/geopackage_geometry.hpp"

namespace riskbild::store {

namespace {

// SQLite's format of a node (ext/rtree/rtree.c): depth of the tree (root only) and number of cells, 16 bits
// each, then cells of a 64-bit id and minx, maxx, miny, maxy as 32-bit floats; all big-endian. A node has
// room for 51 cells and always its full size.
constexpr std::size_t kNodeCells = 51;
constexpr std::size_t kCellBytes = 8 + 4 * 4;
constexpr std::size_t kNodeBytes = 4 + kNodeCells * kCellBytes;
/// Room for later inserts, so that the first of them do not split every node.
constexpr std::size_t kPackedCells = 44;
constexpr std::int64_t kRootNode = 1;

struct FloatBox {
    float min_x = std::numeric_limits<float>::infinity();
    float max_x = -std::numeric_limits<float>::infinity();
    float min_y = std::numeric_limits<float>::infinity();
    float max_y = -std::numeric_limits<float>::infinity();

    void include(FloatBox const& other)
    {
        min_x = std::min(min_x, other.min_x);
        max_x = std::max(max_x, other.max_x);
        min_y = std::min(min_y, other.min_y);
        max_y = std::max(max_y, other.max_y);
    }
    [[nodiscard]] float middle_x() const { return min_x + (max_x - min_x) / 2; }
    [[nodiscard]] float middle_y() const { return min_y + (max_y - min_y) / 2; }
};

struct Cell {
    std::int64_t id = 0;  ///< of an incident in a leaf, else of the node below
    FloatBox box;
};

float rounded_down(double value)
{
    auto const near = static_cast<float>(value);
    return near > value ? std::nextafter(near, -std::numeric_limits<float>::infinity()) : near;
}

float rounded_up(double value)
{
    auto const near = static_cast<float>(value);
    return near < value ? std::nextafter(near, std::numeric_limits<float>::infinity()) : near;
}

FloatBox box_around(MapPoint p)
{
    return {rounded_down(p.east), rounded_up(p.east), rounded_down(p.north), rounded_up(p.north)};
}

std::byte* put_big_endian(std::byte* to, std::uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; --i) {
        *to++ = static_cast<std::byte>(value >> (8 * i) & 0xffU);
    }
    return to;
}

std::array<std::byte, kNodeBytes> node_blob(std::span<Cell const> cells, int depth)
{
    std::array<std::byte, kNodeBytes> blob{};
    auto* to = put_big_endian(blob.data(), static_cast<std::uint64_t>(depth), 2);
    to = put_big_endian(to, cells.size(), 2);
    for (auto const& cell : cells) {
        to = put_big_endian(to, static_cast<std::uint64_t>(cell.id), 8);
        for (auto const edge : {cell.box.min_x, cell.box.max_x, cell.box.min_y, cell.box.max_y}) {
            to = put_big_endian(to, std::bit_cast<std::uint32_t>(edge), 4);
        }
    }
    return blob;
}

float big_endian_float(std::byte const* from)
{
    std::uint32_t bits = 0;
    for (int i = 0; i < 4; ++i) {
        bits = bits << 8 | std::to_integer<std::uint32_t>(from[i]);
    }
    return std::bit_cast<float>(bits);
}

std::size_t nodes_for(std::size_t cells)
{
    return (cells + kPackedCells - 1) / kPackedCells;
}

/// Slices from west to east, each ordered from south to north, so that runs of cells are near squares.
void sort_into_tiles(std::vector<Cell>& cells)
{
    std::ranges::sort(cells, [](Cell const& a, Cell const& b) {
        return a.box.middle_x() != b.box.middle_x() ? a.box.middle_x() < b.box.middle_x() : a.id < b.id;
    });
    auto const slices =
        static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(nodes_for(cells.size())))));
    auto const in_slice = slices * kPackedCells;
    for (std::size_t first = 0; first < cells.size(); first += in_slice) {
        auto const slice = std::span(cells).subspan(first, std::min(in_slice, cells.size() - first));
        std::ranges::sort(slice, [](Cell const& a, Cell const& b) {
            return a.box.middle_y() != b.box.middle_y() ? a.box.middle_y() < b.box.middle_y() : a.id < b.id;
        });
    }
}

std::vector<Cell> leaf_cells(Connection& connection)
{
    std::vector<Cell> cells;
    Statement points(connection, "SELECT id, geom FROM incidents WHERE geom IS NOT NULL");
    points.query();
    while (points.step()) {
        if (auto const point = decode_point(points.blob(1))) {
            cells.push_back({points.integer(0), box_around(*point)});
        }
    }
    return cells;
}

class NodeTables {
public:
    explicit NodeTables(Connection& connection)
        : node_(connection, "INSERT INTO rtree_incidents_geom_node(nodeno, data) VALUES (?1, ?2)"),
          parent_(connection, "INSERT INTO rtree_incidents_geom_parent(nodeno, parentnode) VALUES (?1, ?2)"),
          rowid_(connection, "INSERT INTO rtree_incidents_geom_rowid(rowid, nodeno) VALUES (?1, ?2)")
    {
    }

    void root(std::span<Cell const> cells, int depth) { write(kRootNode, cells, depth); }

    /// Packs a level into nodes. \return the cells of the level above
    std::vector<Cell> level(std::span<Cell const> cells)
    {
        std::vector<Cell> above;
        while (!cells.empty()) {
            auto const own = cells.first(std::min(kPackedCells, cells.size()));
            Cell node{next_node_++, {}};
            for (auto const& cell : own) {
                node.box.include(cell.box);
            }
            write(node.id, own, 0);
            above.push_back(node);
            cells = cells.subspan(own.size());
        }
        return above;
    }

    void parents(std::span<Cell const> cells, std::span<Cell const> above)
    {
        each_node(cells, above, [&](std::int64_t node, std::int64_t parent) { parent_.run(node, parent); });
    }

    /// In order of id, so that the table only grows at its end.
    void rowids(std::span<Cell const> cells, std::span<Cell const> above)
    {
        std::vector<std::pair<std::int64_t, std::int64_t>> leaf_of;
        leaf_of.reserve(cells.size());
        each_node(cells, above, [&](std::int64_t id, std::int64_t leaf) { leaf_of.emplace_back(id, leaf); });
        std::ranges::sort(leaf_of);
        for (auto const& [id, leaf] : leaf_of) {
            rowid_.run(id, leaf);
        }
    }

private:
    template <class Visit>
    static void each_node(std::span<Cell const> cells, std::span<Cell const> above, Visit visit)
    {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            visit(cells[i].id, above.empty() ? kRootNode : above[i / kPackedCells].id);
        }
    }

    void write(std::int64_t node, std::span<Cell const> cells, int depth)
    {
        auto const blob = node_blob(cells, depth);
        node_.run(node, Blob(blob));
    }

    Statement node_, parent_, rowid_;
    std::int64_t next_node_ = kRootNode + 1;
};

}  // namespace

void rebuild_rtree(Connection& connection)
{
    connection.execute(
        "DELETE FROM rtree_incidents_geom_node; DELETE FROM rtree_incidents_geom_parent; "
        "DELETE FROM rtree_incidents_geom_rowid");
    NodeTables tables(connection);
    auto cells = leaf_cells(connection);
    int depth = 0;
    while (cells.size() > kNodeCells) {
        sort_into_tiles(cells);
        auto above = tables.level(cells);
        if (depth == 0) {
            tables.rowids(cells, above);
        } else {
            tables.parents(cells, above);
        }
        cells = std::move(above);
        ++depth;
    }
    if (depth == 0) {
        tables.rowids(cells, {});
    } else {
        tables.parents(cells, {});
    }
    tables.root(cells, depth);
}

RtreePause::RtreePause(Connection& connection) : connection_(connection)
{
    std::vector<std::string> names;
    Statement all(connection,
                  "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'incidents' "
                  "AND name LIKE 'rtree_incidents_geom_%' ORDER BY rowid");
    all.query();
    while (all.step()) {
        names.emplace_back(all.text(0));
        triggers_.emplace_back(all.text(1));
    }
    for (auto const& name : names) {
        connection_.execute(fmt::format("DROP TRIGGER \"{}\"", name));
    }
}

void RtreePause::finish()
{
    rebuild_rtree(connection_);
    for (auto const& sql : triggers_) {
        connection_.execute(sql);
    }
}

std::vector<std::string> check_rtree(Connection& connection)
{
    std::vector<std::string> findings;
    Statement sound(connection, "SELECT rtreecheck('rtree_incidents_geom')");
    sound.query();
    if (sound.step(); sound.text(0) != "ok") {
        findings.push_back(fmt::format("the spatial index contradicts itself: {}",
                                       sound.text(0).substr(0, sound.text(0).find('\n'))));
    }
    sound.reset();
    auto const missing = connection.integer(
        "SELECT count(*) FROM incidents WHERE geom IS NOT NULL "
        "AND id NOT IN (SELECT rowid FROM rtree_incidents_geom_rowid)");
    if (missing > 0) {
        findings.push_back(
            fmt::format("{} incidents with a point are missing in the spatial index", missing));
    }
    auto const too_many = connection.integer(
        "SELECT count(*) FROM rtree_incidents_geom_rowid "
        "WHERE rowid NOT IN (SELECT id FROM incidents WHERE geom IS NOT NULL)");
    if (too_many > 0) {
        findings.push_back(fmt::format("the spatial index has {} entries without a point", too_many));
    }
    // A 32-bit float is off by at most 2^-23 of the value, 0.9 m for 7 600 km.
    auto const misplaced = connection.integer(
        "SELECT count(*) FROM rtree_incidents_geom r JOIN incidents i ON i.id = r.id WHERE i.geom IS NOT "
        "NULL AND "
        "NOT (r.minx BETWEEN ST_MinX(i.geom) - 2 AND ST_MinX(i.geom) AND r.maxx BETWEEN ST_MaxX(i.geom) AND "
        "ST_MaxX(i.geom) + 2 AND r.miny BETWEEN ST_MinY(i.geom) - 2 AND ST_MinY(i.geom) AND r.maxy BETWEEN "
        "ST_MaxY(i.geom) AND ST_MaxY(i.geom) + 2)");
    if (misplaced > 0) {
        findings.push_back(fmt::format("the spatial index has {} incidents in a wrong place", misplaced));
    }
    return findings;
}

std::optional<MapBox> rtree_bounds(Connection& connection)
{
    Statement root(connection, "SELECT data FROM rtree_incidents_geom_node WHERE nodeno = 1");
    root.query();
    if (!root.step() || root.blob(0).size() < 4) {
        return std::nullopt;
    }
    auto const blob = root.blob(0);
    auto const cells = std::to_integer<std::size_t>(blob[2]) << 8 | std::to_integer<std::size_t>(blob[3]);
    if (cells == 0 || blob.size() < 4 + cells * kCellBytes) {
        return std::nullopt;
    }
    FloatBox box;
    for (std::size_t i = 0; i < cells; ++i) {
        auto const* const edges = blob.data() + 4 + i * kCellBytes + 8;
        box.include({big_endian_float(edges), big_endian_float(edges + 4), big_endian_float(edges + 8),
                     big_endian_float(edges + 12)});
    }
    return MapBox{{box.min_x, box.min_y}, {box.max_x, box.max_y}};
}

}  // namespace riskbild::store
