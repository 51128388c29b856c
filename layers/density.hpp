#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "geo_core/lattice.hpp"
#include "geo_core/units.hpp"
#include "layers/kernel.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// What is done about the part of a kernel that falls outside the county, where nothing is known.
enum class EdgeCorrection : std::uint8_t {
    none,     ///< nothing: the density is too low within the radius of the border
    uniform,  ///< divide the value by the part of the kernel that lies inside, f(x)/e(x)
    diggle,   ///< weigh each incident by one over its own part, Σ k/e(xᵢ) (Diggle and Jones)
};
[[nodiscard]] std::string_view name_of(EdgeCorrection edge);

/// How the radius is found. \see layers/bandwidth.hpp
enum class RadiusRule : std::uint8_t {
    given,      ///< as the options say
    automatic,  ///< the default search radius used in GIS
    scott,
    nrd,
    likelihood,  ///< cross-validated; refuses when it finds no optimum in range
};
[[nodiscard]] std::string_view name_of(RadiusRule rule);

inline constexpr Metres kSmallestRadius{10.0};
inline constexpr Metres kLargestRadius{100'000.0};
inline constexpr Metres kSmallestCell{10.0};
inline constexpr Metres kLargestCell{10'000.0};
inline constexpr std::size_t kMostCells = 16'777'216;

struct DensityOptions {
    Kernel kernel = Kernel::quartic;
    Metres radius{1000.0};                ///< R of every kernel but the Gaussian
    Metres sigma{350.0};                  ///< of the Gaussian; about as smooth as a quartic of 1 km
    RadiusRule rule = RadiusRule::given;  ///< any other replaces `radius` or `sigma`
    std::optional<Metres> cell;  ///< absent: 250 m, or the largest of 100, 50, 25, 10 m up to a quarter of R
    EdgeCorrection edge = EdgeCorrection::none;
    /// Weight of each kind, by KindId (harm); empty: every incident counts 1.
    std::vector<double> kind_weights;
    unsigned threads = 0;  ///< 0 = as many as the machine has; never changes the result

    bool operator==(DensityOptions const&) const = default;
};

/// How many incidents there are per km², smoothed: a surface for the eye, exact at the centre of every cell.
///
/// Only incidents with a point enter (precision exact, address or street); the rest is counted in `left_out`.
/// Without a `window` the surface covers the county. With one, its cell size holds, and cells and values are
/// the same as in any other window to within rounding. With an edge correction, incidents and cells outside
/// the county's border do not enter (their cells are 0, and a note says so). A view without single incidents
/// gets the published 1 km grid instead, as counts per km², for one published kind and year and default
/// options only. \return ErrorCode::wrong_use naming the option, ErrorCode::forbidden for what is not
/// published, ErrorCode::too_large for more incidents than a rule takes, ErrorCode::busy when stopped.
/// Method: docs/methods/density.md
Result<Surface> density(View const& view, Filter const& filter, DensityOptions const& options,
                        std::optional<Lattice> window = std::nullopt, Progress const& progress = {});

/// The same density at half, once and twice the radius, on one lattice: what stays visible in all three does
/// not hang on the choice of radius.
Result<std::array<Surface, 3>> sensitivity_strip(View const& view, Filter const& filter,
                                                 DensityOptions const& options,
                                                 std::optional<Lattice> window = std::nullopt,
                                                 Progress const& progress = {});

}  // namespace riskbild::layers
