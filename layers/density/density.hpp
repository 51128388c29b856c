#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "geo_core/lattice.hpp"
#include "geo_core/units.hpp"
#include "layers/density/edge_mass.hpp"
#include "layers/density/kernel.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// What is done about the part of a kernel that falls outside the county, where nothing is known.
enum class EdgeCorrection : std::uint8_t {
    none,     ///< nothing: the density is too low within the radius of the border
    uniform,  ///< divide the value by the part of the kernel that lies inside, f(x)/e(x)
    diggle,   ///< weigh each incident by one over its own part, Σ k/e(xᵢ) (Diggle and Jones)
};
[[nodiscard]] std::string_view name_of(EdgeCorrection edge);

/// How the radius is found. \see layers/density/bandwidth.hpp
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
    std::optional<Metres> cell;  ///< absent: the largest of 250, 100, 50, 25, 10 m up to a quarter of R;
                                 ///< where that is too many cells, the smallest that fits and is not above R
    EdgeCorrection edge = EdgeCorrection::none;
    /// A radius for each incident: narrow where much happens, wide where little does; `radius` is then their
    /// geometric mean. Only without edge correction.
    bool adaptive = false;
    /// Weight of each kind, by KindId (harm); empty: every incident counts 1.
    std::vector<double> kind_weights;
    unsigned threads = 0;  ///< 0 = as many as the machine has; never changes the result

    bool operator==(DensityOptions const&) const = default;
};

/// The incidents that enter a density and the options with the radius that a rule found: the same for every
/// window, so that many of them (tiles) are computed from one of these. Immutable.
class DensityEstimate {
public:
    /// Only incidents with a point enter (precision exact, address or street); the rest is counted in
    /// `left_out`. With an edge correction, incidents outside the county's border do not enter either.
    /// \return as density()
    static Result<DensityEstimate> make(View const& view, Filter const& filter, DensityOptions const& options,
                                        Progress const& progress = {});

    /// With the radius found; `rule` still says how.
    [[nodiscard]] DensityOptions const& options() const { return options_; }
    /// Distance from which no incident counts any longer.
    [[nodiscard]] Metres reach() const;
    /// Radius of a quartic kernel that smooths as much: what cell sizes are made for.
    [[nodiscard]] Metres smoothing_radius() const;
    /// Without what hangs on a window.
    [[nodiscard]] LayerInfo const& info() const { return info_; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    /// Rows of `View::points()` that entered, ascending.
    [[nodiscard]] std::span<std::uint32_t const> rows() const { return rows_; }
    /// What holds every place with a density above zero; nothing without incidents.
    [[nodiscard]] std::optional<MapBox> extent() const;

    /// Incidents per km² at the centres of the window's cells; NaN where it is not computed: outside the
    /// county, with an edge correction. \param near incidents, as indexes into rows(), that hold at least
    /// those in reach of the window; nothing: all. \return ErrorCode::wrong_use for a window that cannot be,
    /// ErrorCode::busy when stopped
    Result<std::vector<double>> over(Lattice const& window, Progress const& progress = {},
                                     std::optional<std::span<std::uint32_t const>> near = std::nullopt) const;

    /// Incidents per km² at one place, point by point; NaN where it is not computed: outside the county, with
    /// an edge correction. \return ErrorCode::wrong_use for a place that is not finite
    Result<double> at(MapPoint place) const;

    /// The largest density anywhere, to within a percent. Looks at the fullest squares of the county in cells
    /// of an eighth of the radius. \return ErrorCode::busy when stopped
    Result<double> largest(Progress const& progress = {}) const;

private:
    DensityEstimate() = default;
    /// Drops what lies outside the county and, for Diggle's correction, weighs what is inside.
    Result<void> keep_inside(Progress const& progress);
    /// Gives each incident a radius of its own.
    Result<void> adapt(Progress const& progress);

    DensityOptions options_;
    LayerInfo info_;
    std::vector<std::uint32_t> rows_;
    std::vector<double> east_, north_, weight_;  // weight empty: 1 each
    std::vector<double> radius_;                 // of each, where it is adaptive; empty: one for all
    std::optional<EdgeWindow> county_;           // with an edge correction
};

/// How many incidents there are per km², smoothed: a surface for the eye, exact at the centre of every cell.
///
/// Which incidents enter: \see DensityEstimate. Without a `window` the surface covers the county. With one,
/// its cell size holds, and cells and values are the same as in any other window to within rounding. A view
/// without single incidents gets the published 1 km grid instead, as counts per km², NaN where nothing is
/// shown, for one published kind and year and default options only. \return ErrorCode::wrong_use naming the
/// option, ErrorCode::forbidden for what is not published, ErrorCode::too_large for more incidents than a
/// rule takes, ErrorCode::busy when stopped. Method: docs/methods/density.md
Result<Surface> density(View const& view, Filter const& filter, DensityOptions const& options,
                        std::optional<Lattice> window = std::nullopt, Progress const& progress = {});

}  // namespace riskbild::layers
