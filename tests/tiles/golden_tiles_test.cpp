// What tiles hold, in words and pictures: tests/golden/tiles/. RISKBILD_BLESS=1 rewrites them.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "geo_core/profile.hpp"
#include "tests/tiles/golden.hpp"
#include "tests/tiles/mvt_decoder.hpp"
#include "tests/tiles/picture.hpp"
#include "tests/tiles/uppsala.hpp"
#include "tiles/layer_results.hpp"
#include "tiles/tile_source.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

class GoldenTiles : public ::testing::Test {
protected:
    static std::string render(std::string const& layer, TileId id, TileFormat format,
                              std::string const& options = {})
    {
        static auto const sources =
            sources_from_data()(std::make_shared<LayerResults const>(uppsala_view(scattered(2000, 42))))
                .value();
        static auto bench = Workbench{};
        for (auto const& [source, made_of] : sources) {
            if (source->describe().name == layer) {
                return source->render(id, format, complete(*source, "", options), bench).value();
            }
        }
        ADD_FAILURE() << "no layer " << layer;
        return {};
    }
};

TEST_F(GoldenTiles, VectorTilesReadAsBefore)
{
    struct Case {
        char const* layer;
        TileId id;
    };
    auto const in_town = [](int z) { return tile_at({17.64, 59.86}, z); };
    for (auto const& [layer, id] :
         {Case{"incidents", in_town(14)}, Case{"incidents", in_town(9)}, Case{"kommuner", in_town(7)},
          Case{"background", tile_at({18.44, 60.257}, 10)}, Case{"repeat_locations", in_town(9)}}) {
        auto const text = as_text(decode_mvt(render(
            layer, id, TileFormat::mvt, layer == std::string{"repeat_locations"} ? "tolerance=500" : "")));
        EXPECT_EQ(differs_from_golden(fmt::format("{}-{}-{}-{}.txt", layer, id.z, id.x, id.y), text), "");
    }
}

TEST_F(GoldenTiles, PicturesLookAsBefore)
{
    struct Case {
        char const* layer;
        TileId id;
    };
    for (auto const& [layer, id] :
         {Case{"density", tile_at({17.64, 59.86}, 10)}, Case{"density", tile_at({17.64, 59.86}, 7)},
          Case{"kommuner", tile_at({17.64, 59.86}, 7)}}) {
        auto const bytes = render(layer, id, TileFormat::png);
        auto const name = fmt::format("{}-{}-{}-{}.png", layer, id.z, id.x, id.y);
        auto const found = difference(read_picture(bytes), read_picture(golden_bytes(name, bytes)));
        EXPECT_TRUE(found.same_size) << name;
        // Another version of Mapnik or of a compiler may round a soft edge differently, but not more.
        EXPECT_LT(found.mean, 0.2) << name;
    }
}

}  // namespace
}  // namespace riskbild::tiles
