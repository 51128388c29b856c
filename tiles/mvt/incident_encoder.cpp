#include "tiles/mvt/incident_encoder.hpp"

#include <algorithm>

#include "geo_core/precision.hpp"
#include "tiles/mvt/key_box.hpp"

namespace riskbild::tiles {

namespace {

// A cell belongs to one tile and has no copy in the next, so it must not round onto the far side, which
// browsers take for the neighbour's.
TilePoint inside(TilePoint place)
{
    return {std::min(place.x, kExtent - 1), std::min(place.y, kExtent - 1)};
}

constexpr std::size_t kLine = 64;      // bytes that memory gives at once
constexpr std::size_t kFetched = 160;  // rows; after those the processor has seen the pattern

// The rows around a tile lie far from each other in memory; asking for all of them at once hides the wait.
void fetch_ahead(PointColumns const& columns, std::size_t row)
{
    __builtin_prefetch(&columns.id[row]);
    __builtin_prefetch(&columns.from[row]);
    __builtin_prefetch(&columns.sources[row]);
    __builtin_prefetch(&columns.kind[row]);
    __builtin_prefetch(&columns.precision[row]);
    __builtin_prefetch(&columns.reports[row]);
}

template <class T>
void fetch_rows_ahead(std::span<T const> column, std::size_t first, std::size_t last)
{
    for (auto row = first; row < last; row += kLine / sizeof(T)) {
        __builtin_prefetch(&column[row]);
    }
    __builtin_prefetch(&column[last - 1]);
}

// The first rows of a tile itself.
void fetch_ahead(PointColumns const& columns, std::size_t first, std::size_t last)
{
    fetch_rows_ahead(columns.kind, first, last);
    fetch_rows_ahead(columns.from, first, last);
    fetch_rows_ahead(columns.precision, first, last);
    fetch_rows_ahead(columns.sources, first, last);
    fetch_rows_ahead(columns.reports, first, last);
    fetch_rows_ahead(columns.id, first, last);
}

// Cells of the index's grid just outside a tile. First all are found and their keys asked for, then the keys
// are looked at: so the waits for memory overlap.
class Strips {
public:
    /// The buffer is a 64th of the tile's side, so this many levels down it is one cell wide.
    static constexpr int kMostLevels = 6;

    explicit Strips(KeyIndex const& index) : index_(index) {}

    /// The cells along a side, or the one at a corner. Along a side the quadtree's curve goes forward.
    void add(TileId tile, int dx, int dy)
    {
        auto const levels = index_.grid_zoom() - static_cast<int>(tile.z);
        auto const side = std::uint32_t{1} << levels;
        auto const first_of = [&](std::uint32_t number, int step) {
            return (number << levels) + (step > 0 ? side : 0) - (step < 0 ? 1 : 0);
        };
        auto const x = first_of(tile.x, dx);
        auto const y = first_of(tile.y, dy);
        auto const cells = dx != 0 && dy != 0 ? 1 : side;
        for (std::uint32_t i = 0; i < cells; ++i) {
            auto const cell = Cell{x + (dx == 0 ? i : 0), y + (dy == 0 ? i : 0)};
            auto const [first, last] = index_.rows_in_grid(cell.x, cell.y);
            if (first < last) {
                cells_[count_++] = cell;
                fetch_rows_ahead(index_.keys(), first, std::min(last, first + kFetched));
            }
        }
    }

    template <class Visit>
    void visit(KeyBox const& box, Visit const& visit) const
    {
        auto const zoom = static_cast<std::uint8_t>(index_.grid_zoom());
        for (auto const [x, y] : std::span{cells_}.first(count_)) {
            auto const [first, last] = index_.rows_in_grid(x, y);
            visit_rows(index_, box, TileId{zoom, x, y}, first, last, visit);
        }
    }

private:
    struct Cell {
        std::uint32_t x;
        std::uint32_t y;
    };
    KeyIndex const& index_;
    Cell cells_[4 * (1 << kMostLevels) + 4];  // left as it is, for it is long: the first count_ are set
    std::size_t count_ = 0;
};

// In the order of the neighbours, and of the quadtree's curve in each.
template <class Visit>
void visit_buffer(KeyIndex const& index, TileFrame const& frame, TileId id, Visit const& visit)
{
    auto const box = KeyBox::buffered(frame);
    auto const by_grid = index.grid_zoom() >= id.z && index.grid_zoom() <= id.z + Strips::kMostLevels;
    auto strips = Strips{index};
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            auto const neighbour =
                TileId{id.z, id.x + static_cast<std::uint32_t>(dx), id.y + static_cast<std::uint32_t>(dy)};
            if ((dx == 0 && dy == 0) || !neighbour.valid()) {
                continue;
            }
            if (by_grid) {
                strips.add(id, dx, dy);
            } else {
                auto const [first, last] = index.rows_of(neighbour);
                visit_rows(index, box, neighbour, first, last, visit);
            }
        }
    }
    strips.visit(box, visit);
}

}  // namespace

void IncidentEncoder::forget_values(std::size_t kinds)
{
    kinds_.assign(kinds, kUnset);
    precisions_.fill(kUnset);
    reports_.fill(kUnset);
    one_source_.fill(kUnset);
    several_sources_.clear();
    yes_ = kUnset;
}

MvtLayer::Index IncidentEncoder::new_source_names(County const& county, std::uint64_t sources)
{
    for (auto const& [known, index] : several_sources_) {
        if (known == sources) {
            return index;
        }
    }
    auto names = std::string{};
    for (std::size_t i = 0; i < county.sources.size(); ++i) {
        if ((sources >> i & 1) != 0) {
            names += names.empty() ? "" : ",";
            names += county.sources[i].name;
        }
    }
    auto const index = layer_.new_text(names);
    if (is_one(sources)) {
        one_source_[number_of(sources)] = index;
    } else {
        several_sources_.emplace_back(sources, index);
    }
    return index;
}

void IncidentEncoder::write_incident(PointColumns const& columns, County const& county, std::size_t row,
                                     TilePoint place, bool edge)
{
    auto& kind = kinds_[columns.kind[row]];
    if (kind == kUnset) {
        kind = layer_.new_text(county.kinds[KindId{columns.kind[row]}].code);
    }
    auto& precision = precisions_[columns.precision[row]];
    if (precision == kUnset) {
        precision = layer_.new_text(name_of(static_cast<Precision>(columns.precision[row])));
    }
    auto& reports = reports_[columns.reports[row]];
    if (reports == kUnset) {
        reports = layer_.whole(columns.reports[row]);
    }
    if (edge && yes_ == kUnset) {
        keys_.edge = layer_.key("edge");
        yes_ = layer_.truth(true);
    }
    auto const id = static_cast<std::uint64_t>(columns.id[row]);
    auto const tags =
        std::array<MvtLayer::Tag, 5>{{{keys_.kind, kind},
                                      {keys_.from, layer_.quick_whole(columns.from[row])},
                                      {keys_.precision, precision},
                                      {keys_.sources, source_names(county, columns.sources[row])},
                                      {keys_.reports, reports}}};
    if (edge) {
        layer_.quick_point(
            id, std::array{tags[0], tags[1], tags[2], tags[3], tags[4], MvtLayer::Tag{keys_.edge, yes_}},
            place);
    } else {
        layer_.quick_point(id, tags, place);
    }
}

void IncidentEncoder::write_cells(PointSet const& points, PointColumns const& columns, TileId id,
                                  std::size_t first, std::size_t last)
{
    auto const frame = TileFrame{id};
    auto const keys = points.index().keys();
    auto const shift = 2 * (32 - id.z - kCellLevels);
    auto const cell_mask = (std::uint64_t{1} << (32 - id.z - kCellLevels)) - 1;
    auto const& county = points.view().county();
    for (auto i = first; i < last;) {
        auto const cell = keys[i] >> shift;
        auto const corner = world_point_of_key(cell << shift);
        std::uint64_t east = 0;
        std::uint64_t south = 0;
        auto const begin = i;
        for (; i < last && keys[i] >> shift == cell; ++i) {
            auto const place = world_point_of_key(keys[i]);
            east += place.x & cell_mask;
            south += place.y & cell_mask;
        }
        auto const n = i - begin;
        layer_.expect_points(1);
        layer_.expect_wholes(2);
        if (n == 1) {
            write_incident(columns, county, points.row(begin),
                           inside(frame.local(world_point_of_key(keys[begin]))), false);
            continue;
        }
        auto const mean = WorldPoint{corner.x + static_cast<std::uint32_t>(east / n),
                                     corner.y + static_cast<std::uint32_t>(south / n)};
        auto const tags =
            std::array<MvtLayer::Tag, 1>{{{layer_.key("n"), layer_.whole(static_cast<std::int64_t>(n))}}};
        layer_.point({}, tags, inside(frame.local(mean)));
    }
}

void IncidentEncoder::write_every_point(PointSet const& points, PointColumns const& columns, TileId id,
                                        std::size_t first, std::size_t last, IncidentDetail detail)
{
    auto const frame = TileFrame{id};
    auto const keys = points.index().keys();
    auto const& county = points.view().county();
    edge_.clear();
    // A dense neighbour must not make a tile too large; it shows cells itself.
    auto const most = detail == IncidentDetail::automatic ? kMostIncidents / 4 : keys.size();
    visit_buffer(points.index(), frame, id, [&](std::size_t i) {
        if (edge_.size() < most) {
            edge_.push_back(i);
            fetch_ahead(columns, points.row(i));
        }
    });
    layer_.expect_points(last - first + edge_.size());
    layer_.expect_wholes(last - first + edge_.size() + reports_.size());
    for (auto i = first; i < last; ++i) {
        write_incident(columns, county, points.row(i), frame.local(world_point_of_key(keys[i])), false);
    }
    for (auto const i : edge_) {
        write_incident(columns, county, points.row(i), frame.local(world_point_of_key(keys[i])), true);
    }
}

void IncidentEncoder::encode(PointSet const& points, TileId id, IncidentDetail detail, std::string& tile)
{
    auto const& county = points.view().county();
    auto const columns = points.view().points();
    auto const [first, last] = points.index().rows_of(id);
    if (first < last) {
        // A filter may leave wide gaps between the tile's rows.
        auto const row = points.row(first);
        fetch_ahead(columns, row, std::min(points.row(last - 1) + 1, row + kFetched));
    }
    layer_.begin("incidents");
    forget_values(county.kinds.kinds().size());
    keys_ = {layer_.key("kind"),    layer_.key("from"),    layer_.key("precision"),
             layer_.key("sources"), layer_.key("reports"), 0};
    auto const cells =
        detail == IncidentDetail::automatic && (id.z < kIncidentZoom || last - first > kMostIncidents);
    if (cells) {
        write_cells(points, columns, id, first, last);
    } else {
        write_every_point(points, columns, id, first, last, detail);
    }
    layer_.append_to(tile);
}

}  // namespace riskbild::tiles
