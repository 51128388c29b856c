#include <map>

#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include "geo_core/profile.hpp"
#include "tests/tiles/mvt_decoder.hpp"
#include "tests/tiles/uppsala.hpp"
#include "tiles/kommun_source.hpp"
#include "tiles/mvt/background_source.hpp"
#include "tiles/mvt/incident_source.hpp"

namespace riskbild::tiles {
namespace {

using namespace riskbild::testing;

// GDAL's MVT driver knows nothing of our encoder or of our decoder.
void expect_gdal_agrees(std::string tile, TileId id)
{
    GDALAllRegister();
    if (GetGDALDriverManager()->GetDriverByName("MVT") == nullptr) {
        GTEST_SKIP() << "this GDAL has no MVT driver";
    }
    auto const name = "/vsimem/" + std::to_string(id.y) + ".pbf";
    auto const decoded = decode_mvt(tile);
    ASSERT_FALSE(decoded.empty());
    VSIFCloseL(VSIFileFromMemBuffer(name.c_str(), reinterpret_cast<GByte*>(tile.data()), tile.size(), FALSE));
    auto const x = "X=" + std::to_string(id.x);
    auto const y = "Y=" + std::to_string(id.y);
    auto const z = "Z=" + std::to_string(id.z);
    char const* const options[] = {x.c_str(), y.c_str(), z.c_str(), "CLIP=NO", nullptr};
    char const* const drivers[] = {"MVT", nullptr};
    {
        auto const data = std::unique_ptr<GDALDataset>{
            GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR, drivers, const_cast<char**>(options))};
        ASSERT_TRUE(data);
        EXPECT_EQ(static_cast<std::size_t>(data->GetLayerCount()), decoded.size());
        for (auto const& layer : decoded) {
            auto* const read = data->GetLayerByName(layer.name.c_str());
            ASSERT_NE(read, nullptr) << layer.name;
            auto next = layer.features.begin();
            for (auto const& feature : *read) {
                ASSERT_NE(next, layer.features.end());
                auto const* const geometry = feature->GetGeometryRef();
                ASSERT_NE(geometry, nullptr);
                EXPECT_TRUE(geometry->IsValid() || next->type == 2) << layer.name;
                for (auto const& [key, value] : next->properties) {
                    auto const field = feature->GetFieldIndex(key.c_str());
                    ASSERT_GE(field, 0) << key;
                    if (auto const* const text = std::get_if<std::string>(&value)) {
                        EXPECT_EQ(feature->GetFieldAsString(field), *text);
                    } else if (auto const* const whole = std::get_if<std::int64_t>(&value)) {
                        EXPECT_EQ(feature->GetFieldAsInteger64(field), *whole);
                    }
                }
                ++next;
            }
            EXPECT_EQ(next, layer.features.end());
        }
    }
    VSIUnlink(name.c_str());
}

std::string tile_of(TileSource const& source, TileId id)
{
    auto bench = Workbench{};
    return source.render(id, TileFormat::mvt, complete(source), bench).value();
}

TEST(OutsideReader, ReadsIncidents)
{
    auto const source = make_incident_source(uppsala_view(scattered(2000, 9)));
    for (int const z : {8, 13}) {
        expect_gdal_agrees(tile_of(*source, tile_at({17.64, 59.86}, z)), tile_at({17.64, 59.86}, z));
    }
}

TEST(OutsideReader, ReadsKommuner)
{
    auto const source = make_kommun_source(uppsala_view(scattered(200, 9)),
                                           load_style(data_directory() / "styles" / "kommuner.toml").value());
    for (int const z : {6, 10}) {
        expect_gdal_agrees(tile_of(*source, tile_at(kUppsalaCathedral, z)), tile_at(kUppsalaCathedral, z));
    }
}

TEST(OutsideReader, ReadsTheBackground)
{
    auto const source = make_background_source(uppsala_view({}), data_directory() / "figures").value();
    expect_gdal_agrees(tile_of(*source, tile_at({18.4, 60.3}, 8)), tile_at({18.4, 60.3}, 8));
}

}  // namespace
}  // namespace riskbild::tiles
