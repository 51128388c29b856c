#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace riskbild::testing {

/// A picture's pixels, read by GDAL: another reader than the one that wrote it.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::array<std::uint8_t, 4>> pixels;  ///< red, green, blue, alpha

    [[nodiscard]] std::array<std::uint8_t, 4> at(int x, int y) const
    {
        return pixels[static_cast<std::size_t>(y * width + x)];
    }
};

/// PNG (also with a palette) or WebP. Empty when it cannot be read.
Picture read_picture(std::string const& bytes);

/// Differences of colour components, what a pixel does not show (alpha 0) left aside.
struct PictureDifference {
    int largest = 0;
    double mean = 0.0;
    bool same_size = false;
};
PictureDifference difference(Picture const& a, Picture const& b);

}  // namespace riskbild::testing
