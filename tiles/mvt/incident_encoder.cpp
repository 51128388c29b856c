#include "tiles/mvt/incident_encoder.hpp"

#include <algorithm>
#include <bit>

#include "geo_core/precision.hpp"

namespace riskbild::tiles {

namespace {

// So few rows are sooner tested one by one than divided further.
constexpr std::size_t kFewRows = 48;

// A cell belongs to one tile and has no copy in the next, so it must not round onto the far side, which
// browsers take for the neighbour's.
TilePoint inside(TilePoint place)
{
    return {std::min(place.x, kExtent - 1), std::min(place.y, kExtent - 1)};
}

struct Strip {
    KeyIndex const& index;
    TileFrame const& frame;
};

enum class Overlap { none, part, all };

Overlap overlap_with_buffer(TileFrame const& frame, TileFrame const& other)
{
    auto const b = frame.buffer();
    auto const x0 = frame.x() - b;
    auto const y0 = frame.y() - b;
    auto const x1 = frame.x() + frame.side() + b;
    auto const y1 = frame.y() + frame.side() + b;
    if (other.x() >= x1 || other.y() >= y1 || other.x() + other.side() <= x0 || other.y() + other.side() <= y0) {
        return Overlap::none;
    }
    auto const within =
        other.x() >= x0 && other.y() >= y0 && other.x() + other.side() <= x1 && other.y() + other.side() <= y1;
    return within ? Overlap::all : Overlap::part;
}

// Visits the rows of `part`, a tile outside the frame's own, that lie in the frame's buffer.
template <class Visit>
void visit_strip(Strip const& strip, TileId part, std::size_t first, std::size_t last, Visit const& visit)
{
    if (first == last) {
        return;
    }
    auto const overlap = overlap_with_buffer(strip.frame, TileFrame{part});
    if (overlap == Overlap::none) {
        return;
    }
    auto const keys = strip.index.keys();
    if (overlap == Overlap::all || last - first <= kFewRows || part.z >= kMaxZoom) {
        for (auto i = first; i < last; ++i) {
            auto const place = world_point_of_key(keys[i]);
            if (overlap == Overlap::all || strip.frame.buffer_contains(place)) {
                visit(i, place);
            }
        }
        return;
    }
    auto from = first;
    for (std::uint32_t quarter = 0; quarter < 4; ++quarter) {
        auto const child = TileId{static_cast<std::uint8_t>(part.z + 1), part.x * 2 + (quarter & 1),
                                  part.y * 2 + (quarter >> 1)};
        auto const end = keys.begin() + static_cast<std::ptrdiff_t>(last);
        auto const to = quarter == 3 ? last
                                     : static_cast<std::size_t>(
                                           std::upper_bound(keys.begin() + static_cast<std::ptrdiff_t>(from), end,
                                                            key_range(child).last) -
                                           keys.begin());
        visit_strip(strip, child, from, to, visit);
        from = to;
    }
}

template <class Visit>
void visit_buffer(KeyIndex const& index, TileFrame const& frame, TileId id, Visit const& visit)
{
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            auto const neighbour = TileId{id.z, id.x + static_cast<std::uint32_t>(dx), id.y + static_cast<std::uint32_t>(dy)};
            if ((dx == 0 && dy == 0) || !neighbour.valid()) {
                continue;
            }
            auto const [first, last] = index.rows_of(neighbour);
            visit_strip({index, frame}, neighbour, first, last, visit);
        }
    }
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

MvtLayer::Index IncidentEncoder::source_names(County const& county, std::uint64_t sources)
{
    auto const one = std::has_single_bit(sources);
    if (one && one_source_[static_cast<std::size_t>(std::countr_zero(sources))] != kUnset) {
        return one_source_[static_cast<std::size_t>(std::countr_zero(sources))];
    }
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
    if (one) {
        one_source_[static_cast<std::size_t>(std::countr_zero(sources))] = index;
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
    auto const tags = std::array<MvtLayer::Tag, 6>{{{keys_.kind, kind},
                                                    {keys_.from, layer_.quick_whole(columns.from[row])},
                                                    {keys_.precision, precision},
                                                    {keys_.sources, source_names(county, columns.sources[row])},
                                                    {keys_.reports, reports},
                                                    {keys_.edge, yes_}}};
    layer_.quick_point(static_cast<std::uint64_t>(columns.id[row]), std::span{tags}.first(edge ? 6 : 5), place);
}

void IncidentEncoder::write_cells(PointSet const& points, PointColumns const& columns, TileId id, std::size_t first,
                                  std::size_t last)
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
        if (n == 1) {
            write_incident(columns, county, points.row(begin), inside(frame.local(world_point_of_key(keys[begin]))),
                           false);
            continue;
        }
        auto const mean = WorldPoint{corner.x + static_cast<std::uint32_t>(east / n),
                                     corner.y + static_cast<std::uint32_t>(south / n)};
        auto const tags = std::array<MvtLayer::Tag, 1>{
            {{layer_.key("n"), layer_.whole(static_cast<std::int64_t>(n))}}};
        layer_.point({}, tags, inside(frame.local(mean)));
    }
}

void IncidentEncoder::encode(PointSet const& points, TileId id, IncidentDetail detail, std::string& tile)
{
    auto const& county = points.view().county();
    auto const columns = points.view().points();
    auto const [first, last] = points.index().rows_of(id);
    layer_.begin("incidents");
    forget_values(county.kinds.kinds().size());
    keys_ = {layer_.key("kind"), layer_.key("from"), layer_.key("precision"), layer_.key("sources"),
             layer_.key("reports"), 0};
    auto const cells =
        detail == IncidentDetail::automatic && (id.z < kIncidentZoom || last - first > kMostIncidents);
    if (cells) {
        write_cells(points, columns, id, first, last);
        layer_.append_to(tile);
        return;
    }
    auto const frame = TileFrame{id};
    auto const keys = points.index().keys();
    layer_.expect_points(last - first);
    for (auto i = first; i < last; ++i) {
        write_incident(columns, county, points.row(i), frame.local(world_point_of_key(keys[i])), false);
    }
    auto in_buffer = std::size_t{0};
    visit_buffer(points.index(), frame, id, [&](std::size_t i, WorldPoint place) {
        // A dense neighbour must not make a tile too large; its symbols are then cells there anyway.
        if (detail == IncidentDetail::automatic && ++in_buffer > kMostIncidents / 4) {
            return;
        }
        layer_.expect_points(1);
        write_incident(columns, county, points.row(i), frame.local(place), true);
    });
    layer_.append_to(tile);
}

}  // namespace riskbild::tiles
