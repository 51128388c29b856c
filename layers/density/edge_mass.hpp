#pragma once

#include <memory>

#include "geo_core/geometry.hpp"
#include "layers/density/kernel.hpp"

namespace riskbild::layers {

/// The region that incidents are known from, for edge correction: how much of a kernel centred at a place
/// lies inside it. Near the border part of every kernel falls where nothing is known, and the density is too
/// low.
///
/// Shapes may touch (the kommuner of a county) but not overlap; borders they share exactly cancel. Immutable;
/// any number of threads may ask. Method: docs/methods/density.md, "Edge correction".
class EdgeWindow {
public:
    explicit EdgeWindow(MultiPolygon const& shapes);

    [[nodiscard]] MapBox const& bounds() const;

    /// By crossings; a place on the border lies in exactly one of two touching windows.
    [[nodiscard]] bool contains(MapPoint place) const;

    /// e(x) = ∫_W k(u − x) du, 0..1. The integral is turned into one along the border, by angle seen from x:
    /// exact to 1e-13 for quartic, Epanechnikov and uniform, 1e-12 for Gaussian (cut at kGaussianCut) and
    /// triangular. A place on the border itself is moved by a billionth of the reach first.
    [[nodiscard]] double mass(MapPoint place, Kernel kernel, double reach) const;

private:
    struct Border;
    std::shared_ptr<Border const> border_;
};

}  // namespace riskbild::layers
