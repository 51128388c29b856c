#include "tiles/mvt/repeat_location_source.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "layers/repeat_locations/repeat_locations_layer.hpp"
#include "tiles/memo.hpp"
#include "tiles/mvt/key_index.hpp"

namespace riskbild::tiles {

namespace {

constexpr std::size_t kSelections = 8;
// About 30 bytes each: a tile stays far below 500 kB.
constexpr std::size_t kMostPlacesInTile = 2000;

struct Places {
    layers::RepeatLocations found;
    std::vector<std::uint64_t> keys;   // ascending
    std::vector<std::uint32_t> ranks;  // index into found.places, by key
};

Result<Places> sorted_along_curve(layers::RepeatLocations found, Crs const& crs)
{
    auto positions = std::vector<MapPoint>{};
    for (auto const& place : found.places) {
        positions.push_back(place.position);
    }
    auto degrees = std::vector<LngLat>(positions.size());
    crs.degrees(positions, degrees);
    auto keyed = std::vector<std::pair<std::uint64_t, std::uint32_t>>{};
    for (std::uint32_t i = 0; i < degrees.size(); ++i) {
        keyed.emplace_back(quadtree_key(world_point(degrees[i])), i);
    }
    std::sort(keyed.begin(), keyed.end());
    auto places = Places{std::move(found), {}, {}};
    for (auto const& [key, rank] : keyed) {
        places.keys.push_back(key);
        places.ranks.push_back(rank);
    }
    return places;
}

TilePoint inside(TilePoint place)
{
    return {std::min(place.x, kExtent - 1), std::min(place.y, kExtent - 1)};
}

class RepeatLocationSource : public TileSource {
public:
    explicit RepeatLocationSource(View view) : view_(std::move(view)) {}

    TileLayer describe() const override
    {
        return {.name = "repeat_locations",
                .formats = {TileFormat::mvt},
                .min_zoom = 0,
                .max_zoom = 16,
                .bounds = view_.county().profile.accepted_box,
                .token = {},
                .vector_layers = {{"repeat_locations", {"rank", "n", "first", "last", "places"}}},
                .attribution = {}};
    }
    Result<layers::Options> complete(layers::Options const& options) const override
    {
        return layers::repeat_locations_layer().complete(options);
    }

    Result<std::string> render(TileId id, TileFormat, Selection const& selection,
                               Workbench& bench) const override
    {
        auto const places = find(selection);
        if (!places) {
            return Failure{places.error()};
        }
        auto tile = std::string{};
        write(**places, id, bench.layer);
        bench.layer.append_to(tile);
        return tile;
    }

    Result<Legend> legend(Selection const& selection) const override
    {
        auto const places = find(selection);
        if (!places) {
            return Failure{places.error()};
        }
        return Legend{(*places)->found.info, {}};
    }

private:
    Memo<Places>::Answer find(Selection const& selection) const
    {
        return places_.get(selection.name(), [&]() -> Result<Places> {
            auto const options = layers::repeat_location_options(selection.options);
            if (!options) {
                return Failure{options.error()};
            }
            auto found = layers::repeat_locations(view_, selection.filter, *options);
            if (!found) {
                return Failure{found.error()};
            }
            return sorted_along_curve(std::move(*found), view_.county().profile.crs);
        });
    }

    static void write(Places const& places, TileId id, MvtLayer& layer)
    {
        layer.begin("repeat_locations");
        auto const range = key_range(id);
        auto const begin = std::lower_bound(places.keys.begin(), places.keys.end(), range.first);
        auto const end = std::upper_bound(begin, places.keys.end(), range.last);
        auto here = std::vector<std::size_t>(static_cast<std::size_t>(end - begin));
        std::iota(here.begin(), here.end(), static_cast<std::size_t>(begin - places.keys.begin()));
        std::sort(here.begin(), here.end(),
                  [&](auto a, auto b) { return places.ranks[a] < places.ranks[b]; });

        auto const frame = TileFrame{id};
        auto const alone = std::min(here.size(), kMostPlacesInTile);
        for (std::size_t i = 0; i < alone; ++i) {
            auto const rank = places.ranks[here[i]];
            auto const& place = places.found.places[rank];
            auto const tags =
                std::array<MvtLayer::Tag, 4>{{{layer.key("rank"), layer.whole(std::int64_t{rank} + 1)},
                                              {layer.key("n"), layer.whole(place.count)},
                                              {layer.key("first"), layer.text(to_text(place.first))},
                                              {layer.key("last"), layer.text(to_text(place.last))}}};
            layer.point(std::uint64_t{rank} + 1, tags,
                        inside(frame.local(world_point_of_key(places.keys[here[i]]))));
        }
        write_cells(places, std::span{here}.subspan(alone), id, layer);
    }

    static void write_cells(Places const& places, std::span<std::size_t const> others, TileId id,
                            MvtLayer& layer)
    {
        struct Cell {
            std::int64_t places = 0, n = 0, x = 0, y = 0;
        };
        auto cells = std::map<std::uint64_t, Cell>{};
        for (auto const i : others) {
            auto const place = world_point_of_key(places.keys[i]);
            auto& cell = cells[places.keys[i] >> (2 * (32 - id.z - kCellLevels))];
            ++cell.places;
            cell.n += places.found.places[places.ranks[i]].count;
            cell.x += place.x;
            cell.y += place.y;
        }
        auto const frame = TileFrame{id};
        for (auto const& [key, cell] : cells) {
            auto const tags = std::array<MvtLayer::Tag, 2>{
                {{layer.key("places"), layer.whole(cell.places)}, {layer.key("n"), layer.whole(cell.n)}}};
            auto const mean = WorldPoint{static_cast<std::uint32_t>(cell.x / cell.places),
                                         static_cast<std::uint32_t>(cell.y / cell.places)};
            layer.point({}, tags, inside(frame.local(mean)));
        }
    }

    View view_;
    mutable Memo<Places> places_{kSelections};
};

}  // namespace

std::unique_ptr<TileSource> make_repeat_location_source(View const& view)
{
    return std::make_unique<RepeatLocationSource>(view);
}

}  // namespace riskbild::tiles
