#include "tests/tiles/picture.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <gdal_priv.h>

namespace riskbild::testing {

Picture read_picture(std::string const& bytes)
{
    GDALAllRegister();
    constexpr auto kName = "/vsimem/picture";
    auto copy = bytes;
    VSIFCloseL(VSIFileFromMemBuffer(kName, reinterpret_cast<GByte*>(copy.data()), copy.size(), FALSE));
    auto picture = Picture{};
    {
        auto const data = std::unique_ptr<GDALDataset>{GDALDataset::Open(kName, GDAL_OF_RASTER)};
        if (data) {
            picture.width = data->GetRasterXSize();
            picture.height = data->GetRasterYSize();
            picture.pixels.assign(static_cast<std::size_t>(picture.width * picture.height), {0, 0, 0, 255});
            auto* const palette = data->GetRasterBand(1)->GetColorTable();
            auto band = std::vector<std::uint8_t>(picture.pixels.size());
            for (int b = 1; b <= data->GetRasterCount(); ++b) {
                if (data->GetRasterBand(b)->RasterIO(GF_Read, 0, 0, picture.width, picture.height,
                                                     band.data(), picture.width, picture.height, GDT_Byte, 0,
                                                     0) != CE_None) {
                    return {};
                }
                for (std::size_t i = 0; i < band.size(); ++i) {
                    if (palette != nullptr) {
                        auto const* const entry = palette->GetColorEntry(band[i]);
                        picture.pixels[i] = {
                            static_cast<std::uint8_t>(entry->c1), static_cast<std::uint8_t>(entry->c2),
                            static_cast<std::uint8_t>(entry->c3), static_cast<std::uint8_t>(entry->c4)};
                    } else {
                        picture.pixels[i][static_cast<std::size_t>(b - 1)] = band[i];
                    }
                }
            }
        }
    }
    VSIUnlink(kName);
    return picture;
}

PictureDifference difference(Picture const& a, Picture const& b)
{
    auto found = PictureDifference{};
    found.same_size = a.width == b.width && a.height == b.height && a.width > 0;
    if (!found.same_size) {
        return found;
    }
    auto sum = 0.0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        for (std::size_t c = 0; c < 4; ++c) {
            auto const unseen = a.pixels[i][3] == 0 && b.pixels[i][3] == 0;
            auto const d = unseen ? 0 : std::abs(a.pixels[i][c] - b.pixels[i][c]);
            found.largest = std::max(found.largest, d);
            sum += d;
        }
    }
    found.mean = sum / static_cast<double>(a.pixels.size() * 4);
    return found;
}

}  // namespace riskbild::testing
