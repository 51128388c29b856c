#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tiles/mvt/world_shape.hpp"
#include "tiles/raster/colour_classes.hpp"
#include "tiles/tile_service.hpp"

namespace riskbild::tiles {

/// Pixels along a side of a picture tile.
inline constexpr int kPixels = 256;

/// A rectangle of values to be drawn pixel by pixel, northernmost row first.
struct PixelValues {
    int width = kPixels;
    int height = kPixels;
    std::vector<float> values;
};

/// An area to be filled with the colour of its class.
struct PaintedArea {
    std::span<WorldPolygon const> shape;
    std::size_t colour_class = 0;  ///< number of classes or more: no fill, only the outline
};

/// Draws pictures with Mapnik from data in memory: no plug-in, no file. Not to be shared between threads, and
/// never copied (Mapnik's maps share data sources when copied, and then crash): each thread makes its own.
/// The only class of ours that meets Mapnik.
class MapPainter {
public:
    MapPainter();
    ~MapPainter();
    MapPainter(MapPainter const&) = delete;
    MapPainter& operator=(MapPainter const&) = delete;

    /// \param format png or webp
    /// \return ErrorCode::internal with Mapnik's words
    Result<std::string> paint(PixelValues const& pixels, std::span<LegendClass const> classes,
                              Style const& style, TileFormat format);
    Result<std::string> paint(std::span<PaintedArea const> areas, TileFrame const& frame,
                              std::span<LegendClass const> classes, Style const& style, TileFormat format);

private:
    struct Maps;
    std::unique_ptr<Maps> maps_;
};

}  // namespace riskbild::tiles
