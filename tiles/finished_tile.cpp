#include "tiles/finished_tile.hpp"

#include <utility>

#include "tiles/empty_picture.hpp"
#include "tiles/finished_bytes.hpp"

namespace riskbild::tiles {

FinishedTile finish(std::string bytes, TileFormat format)
{
    auto tile = FinishedTile{std::string{content_type_of(format)}, {}, std::move(bytes), {}};
    if (format != TileFormat::mvt && tile.identity.empty()) {
        tile.identity = empty_picture(format);
    }
    tile.identity.shrink_to_fit();
    tile.etag = "\"" + name_of_bytes(tile.identity) + "\"";
    if (format == TileFormat::mvt) {
        tile.gzip = gzipped(tile.identity);
    }
    return tile;
}

}  // namespace riskbild::tiles
