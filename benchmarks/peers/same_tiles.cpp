// Whether the vector tiles that a peer made of the benchmark's points are ours: the same features with the
// same coordinates and attributes.
//
// usage: same_tiles POINTS.csv TILES.csv
//   POINTS.csv  as tile_1m_points writes it
//   TILES.csv   the peer's tiles, a line each: z,x,y,HEX
//
// Two things differ and are checked against the place in POINTS.csv, one by one; anything else is wrong:
//
// 1. Our index keeps a place as whole 2⁻³² of the world (9 mm), rounded down, the peer as a double. West and
//    north of a tile coordinates are negative, and halves go away from zero: there one that is up to such a
//    step above half a unit differs by one.
//
// 2. PostGIS' && compares boxes whose sides are rounded outwards to 4-byte floats, half a metre or a metre
//    at our latitude. So it finds points that lie that little outside the buffer, and keeps those that round
//    into it.

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <numbers>
#include <optional>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "benchmarks/tile_points.hpp"
#include "tests/tiles/mvt_decoder.hpp"
#include "tiles/mvt/incident_encoder.hpp"

namespace {

using namespace riskbild;
using namespace riskbild::benchmarks;
using riskbild::testing::DecodedFeature;

using Features = std::map<std::uint64_t, DecodedFeature>;
using Places = std::unordered_map<std::uint64_t, LngLat>;

struct PeerTile {
    TileId id;
    std::string bytes;
};

// Where a place lies in a tile, in its units, by the definition of Web Mercator.
struct Exact {
    double x = 0;
    double y = 0;
};

Exact exact(LngLat place, TileId tile)
{
    auto const side = std::exp2(tile.z);
    auto const east = (place.lng + 180.0) / 360.0;
    auto const south =
        (1.0 - std::asinh(std::tan(place.lat * std::numbers::pi / 180.0)) / std::numbers::pi) / 2.0;
    return {(east * side - tile.x) * tiles::kExtent, (south * side - tile.y) * tiles::kExtent};
}

// A step of our index in units of the tile.
double step(TileId tile)
{
    return std::exp2(tile.z - 20);
}

// What two changes of the coordinate system leave of a double, below a hundredth of a millimetre.
double noise(TileId tile)
{
    return 1e-3 * step(tile);
}

bool near_half(double at, std::int32_t one, std::int32_t other, TileId tile)
{
    auto const above = at - (static_cast<double>(one) + other) / 2.0;
    return std::abs(one - other) == 1 &&
           (std::abs(above) <= noise(tile) || (at < 0.0 && above >= 0.0 && above <= step(tile)));
}

bool near_side(double at, TileId tile)
{
    return std::abs(at) <= noise(tile) || std::abs(at - tiles::kExtent) <= noise(tile);
}

bool in_our_buffer(double at)
{
    return at >= -tiles::kBuffer && at < tiles::kExtent + tiles::kBuffer;
}

// Whether two intervals meet, a point and the buffered tile, after their ends were rounded outwards to 4-byte
// floats. In metres of Web Mercator along one axis.
bool float_boxes_meet(double point, double from, double to)
{
    auto const down = [](double v) {
        auto const f = static_cast<float>(v);
        return f > v ? std::nextafter(f, -INFINITY) : f;
    };
    auto const up = [](double v) {
        auto const f = static_cast<float>(v);
        return f < v ? std::nextafter(f, INFINITY) : f;
    };
    return up(point) >= down(from) && down(point) <= up(to);
}

// Along one axis: units of the tile, and its number from the west or the north. Metres northwards only mirror
// this, and rounding outwards is the same in both directions.
bool in_peer_buffer(double at, std::uint32_t number, TileId tile)
{
    constexpr auto kHalfWorld = 20037508.342789244;
    auto const metres = [&](double units) {
        return (number + units / tiles::kExtent) * 2.0 * kHalfWorld / std::exp2(tile.z) - kHalfWorld;
    };
    auto const rounded = std::nearbyint(at);
    return float_boxes_meet(metres(at), metres(-tiles::kBuffer), metres(tiles::kExtent + tiles::kBuffer)) &&
           rounded >= -tiles::kBuffer && rounded <= tiles::kExtent + tiles::kBuffer;
}

Features by_id(std::string const& tile)
{
    auto features = Features{};
    for (auto& feature : testing::layer_of(tile, "incidents").features) {
        if (!feature.id || feature.type != 1 || feature.parts.size() != 1) {
            throw std::runtime_error{"a feature is not one point with an id"};
        }
        features.emplace(*feature.id, std::move(feature));
    }
    return features;
}

std::optional<PeerTile> read_tile(std::istream& in)
{
    auto line = std::string{};
    if (!std::getline(in, line)) {
        return std::nullopt;
    }
    unsigned z = 0, x = 0, y = 0;
    int hex = 0;
    if (std::sscanf(line.c_str(), "%u,%u,%u,%n", &z, &x, &y, &hex) != 3 || hex == 0) {
        throw std::runtime_error{"a line is not z,x,y,HEX"};
    }
    auto tile = PeerTile{{static_cast<std::uint8_t>(z), x, y}, {}};
    for (auto i = static_cast<std::size_t>(hex); i + 1 < line.size(); i += 2) {
        tile.bytes.push_back(static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16)));
    }
    return tile;
}

struct Counts {
    std::size_t tiles = 0;
    std::size_t equal = 0;
    std::size_t rounded = 0;  // a step or less above half a unit
    std::size_t outside = 0;  // of the buffer, only the peer's
    std::size_t wrong = 0;
};

/// Compares one tile and counts.
class Comparison {
public:
    Comparison(TileId tile, Places const& places, Counts& counts)
        : tile_(tile), places_(places), counts_(counts)
    {
    }

    void compare(Features const& ours, Features const& theirs)
    {
        ++counts_.tiles;
        for (auto const& [id, feature] : ours) {
            if (auto const other = theirs.find(id); other == theirs.end()) {
                wrong(id, "only ours");
            } else {
                pair(id, feature, other->second);
            }
        }
        for (auto const& [id, feature] : theirs) {
            if (!ours.contains(id)) {
                only_theirs(id);
            }
        }
    }

private:
    void pair(std::uint64_t id, DecodedFeature const& ours, DecodedFeature const& theirs)
    {
        auto const at = exact(places_.at(id), tile_);
        auto const mine = ours.parts[0][0];
        auto const other = theirs.parts[0][0];
        auto our_words = ours.properties;
        auto their_words = theirs.properties;
        auto const one_edge = our_words.erase("edge") != their_words.erase("edge");
        auto const moved_x = mine.x != other.x;
        auto const moved_y = mine.y != other.y;
        if ((moved_x && !near_half(at.x, mine.x, other.x, tile_)) ||
            (moved_y && !near_half(at.y, mine.y, other.y, tile_)) || our_words != their_words ||
            (one_edge && !near_side(at.x, tile_) && !near_side(at.y, tile_))) {
            wrong(id, fmt::format("({},{}) and ({},{}), exactly ({:.6f},{:.6f}){}{}", mine.x, mine.y, other.x,
                                  other.y, at.x, at.y, our_words == their_words ? "" : ", other attributes",
                                  one_edge ? ", other edge" : ""));
        } else if (moved_x || moved_y || one_edge) {
            ++counts_.rounded;
        } else {
            ++counts_.equal;
        }
    }

    void only_theirs(std::uint64_t id)
    {
        auto const place = places_.find(id);
        if (place == places_.end()) {
            wrong(id, "unknown");
            return;
        }
        auto const at = exact(place->second, tile_);
        auto const ours = in_our_buffer(at.x) && in_our_buffer(at.y);
        if (!ours && in_peer_buffer(at.x, tile_.x, tile_) && in_peer_buffer(at.y, tile_.y, tile_)) {
            ++counts_.outside;
        } else {
            wrong(id, fmt::format("only theirs, exactly ({:.6f},{:.6f})", at.x, at.y));
        }
    }

    void wrong(std::uint64_t id, std::string const& why)
    {
        if (++counts_.wrong <= 5) {
            fmt::print("z{} {}/{} id {}: {}\n", tile_.z, tile_.x, tile_.y, id, why);
        }
    }

    TileId tile_;
    Places const& places_;
    Counts& counts_;
};

bool same_tiles(std::string const& points_file, std::string const& tiles_file)
{
    auto const rows = read_tile_rows(points_file);
    auto places = Places{};
    for (auto const& row : rows) {
        places.emplace(static_cast<std::uint64_t>(row.id), row.place);
    }
    auto const points = tiles::PointSet::select(view_of(rows), {}).value();
    auto in = std::ifstream{tiles_file};
    auto encoder = tiles::IncidentEncoder{};
    auto zooms = std::map<int, Counts>{};
    while (auto const theirs = read_tile(in)) {
        auto tile = std::string{};
        encoder.encode(points, theirs->id, tiles::IncidentDetail::every_point, tile);
        Comparison{theirs->id, places, zooms[theirs->id.z]}.compare(by_id(tile), by_id(theirs->bytes));
    }
    auto same = !zooms.empty();
    for (auto const& [z, counts] : zooms) {
        fmt::print(
            "z{:<2} {} tiles: {} features equal, {} equal but for a step at half a unit, {} outside the "
            "buffer by "
            "less than a float's step and only theirs{}\n",
            z, counts.tiles, counts.equal, counts.rounded, counts.outside,
            counts.wrong == 0 ? "" : fmt::format(", {} WRONG", counts.wrong));
        same = same && counts.wrong == 0 && counts.equal > 0;
    }
    return same;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        fmt::print(stderr, "usage: same_tiles POINTS.csv TILES.csv\n");
        return 2;
    }
    try {
        return same_tiles(argv[1], argv[2]) ? 0 : 1;
    } catch (std::exception const& error) {
        fmt::print(stderr, "{}: {}\n", argv[2], error.what());
        return 1;
    }
}
