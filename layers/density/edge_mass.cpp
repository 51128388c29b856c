#include "layers/density/edge_mass.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <optional>
#include <tuple>
#include <vector>

#include <boost/math/quadrature/gauss.hpp>

#include "layers/density/kernel_inline.hpp"

namespace riskbild::layers {
namespace {

struct Edge {
    MapPoint from;
    MapPoint to;
};

double signed_area(Ring const& ring)
{
    double sum = 0.0;
    auto const origin = ring.front();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        auto const& a = ring[i];
        auto const& b = ring[(i + 1) % ring.size()];
        sum += (a.east - origin.east) * (b.north - origin.north) -
               (b.east - origin.east) * (a.north - origin.north);
    }
    return sum / 2.0;
}

using Key = std::tuple<double, double, double, double>;

/// Adds a ring's edges with the region on their left; an edge that another shape has the other way round is
/// no border of the whole and disappears.
void add_ring(std::map<Key, int>& edges, Ring const& ring, bool region_inside)
{
    if (ring.size() < 3) {
        return;
    }
    bool const turn = (signed_area(ring) > 0.0) != region_inside;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        auto a = ring[i];
        auto b = ring[(i + 1) % ring.size()];
        if (turn) {
            std::swap(a, b);
        }
        auto const back = edges.find({b.east, b.north, a.east, a.north});
        if (back != edges.end()) {
            if (--back->second == 0) {
                edges.erase(back);
            }
        } else if (a != b) {
            ++edges[{a.east, a.north, b.east, b.north}];
        }
    }
}

/// Arctangent of y/x in the right quadrant, as the integral of 1/(1 + t²): the same bits on every processor,
/// within 2e-16 · π.
double angle_of(double y, double x)
{
    double const high = std::max(std::abs(x), std::abs(y));
    double const low = std::min(std::abs(x), std::abs(y));
    if (high == 0.0) {
        return 0.0;
    }
    double angle = boost::math::quadrature::gauss<double, 15>::integrate(
        [](double t) { return 1.0 / (1.0 + t * t); }, 0.0, low / high);
    if (std::abs(y) > std::abs(x)) {
        angle = std::numbers::pi / 2.0 - angle;
    }
    if (x < 0.0) {
        angle = std::numbers::pi - angle;
    }
    return y < 0.0 ? -angle : angle;
}

/// Mass of the kernel within distance r, over r², as a function of r². Smooth down to r = 0.
double mass_per_square(Kernel kernel, double reach, double r2)
{
    double const reach2 = reach * reach;
    double const v = r2 / reach2;
    switch (kernel) {
        case Kernel::quartic:
            return (3.0 + v * (v - 3.0)) / reach2;
        case Kernel::epanechnikov:
            return (2.0 - v) / reach2;
        case Kernel::triangular:
            return (3.0 - 2.0 * std::sqrt(v)) / reach2;
        case Kernel::uniform:
            return 1.0 / reach2;
        case Kernel::gaussian: {
            double const w = v / 2.0;
            double const part =
                w < 0.01 ? 1.0 - w * (1.0 / 2.0 -
                                      w * (1.0 / 6.0 - w * (1.0 / 24.0 - w * (1.0 / 120.0 - w / 720.0))))
                         : (1.0 - detail::exp_negative(-w)) / w;
            return part / (2.0 * reach2);
        }
    }
    return 0.0;
}

/// ∫ of mass_per_square along the straight line at distance p, from h = 0 to `to` ≥ 0.
double along_from_foot(Kernel kernel, double reach, double p, double to)
{
    auto const f = [&](double h) { return mass_per_square(kernel, reach, p * p + h * h); };
    using Gauss = boost::math::quadrature::gauss<double, 15>;
    double sum = 0.0;
    if (kernel == Kernel::gaussian) {
        auto const panels = std::max(1, static_cast<int>(std::ceil(to / reach)));
        for (int i = 0; i < panels; ++i) {
            sum += Gauss::integrate(f, to * i / panels, to * (i + 1) / panels);
        }
    } else if (kernel == Kernel::triangular) {
        // √(p² + h²) bends sharply near h = 0 when p is small: ever shorter panels towards it.
        double end = to;
        for (int i = 0; i < 12; ++i) {
            double const begin = i == 11 ? 0.0 : end / 4.0;
            sum += Gauss::integrate(f, begin, end);
            end = begin;
        }
    } else {
        sum = Gauss::integrate(f, 0.0, to);  // a polynomial of degree 4 in h: no error but rounding
    }
    return sum;
}

double along(Kernel kernel, double reach, double p, double from, double to)
{
    auto const signed_part = [&](double h) {
        double const part = along_from_foot(kernel, reach, p, std::abs(h));
        return h < 0.0 ? -part : part;
    };
    return signed_part(to) - signed_part(from);
}

}  // namespace

struct EdgeWindow::Border {
    MapBox bounds;
    double band_height = 1.0;
    std::vector<Edge> edges;
    std::vector<std::vector<std::uint32_t>> bands;  // edges that touch each horizontal band

    [[nodiscard]] std::size_t band_of(double north) const
    {
        double const band = (north - bounds.min.north) / band_height;
        return static_cast<std::size_t>(std::clamp(band, 0.0, static_cast<double>(bands.size() - 1)));
    }

    /// Part of the kernel's mass that lies beyond the border, counted round x; nothing when x lies on an
    /// edge.
    [[nodiscard]] std::optional<double> beyond(MapPoint x, Kernel kernel, double reach) const
    {
        double const cut = cut_of(kernel, reach);
        double sum = 0.0;
        auto const first = band_of(x.north - cut);
        auto const last = band_of(x.north + cut);
        for (auto band = first; band <= last; ++band) {
            for (auto const number : bands[band]) {
                auto const& edge = edges[number];
                auto const begins = std::max(first, band_of(std::min(edge.from.north, edge.to.north)));
                if (begins != band) {
                    continue;  // met in an earlier band
                }
                double const ax = edge.from.east - x.east;
                double const ay = edge.from.north - x.north;
                double const dx = edge.to.east - edge.from.east;
                double const dy = edge.to.north - edge.from.north;
                double const length = std::sqrt(dx * dx + dy * dy);
                double const p = (ax * dy - ay * dx) / length;  // > 0: the region's side
                if (std::abs(p) >= cut) {
                    continue;
                }
                double const half = std::sqrt(cut * cut - p * p);
                double const foot = (ax * dx + ay * dy) / length;
                double const from = std::max(foot, -half);
                double const to = std::min(foot + length, half);
                if (from >= to) {
                    continue;
                }
                if (std::abs(p) < 1e-12 * cut) {
                    if (from <= 1e-12 * cut && to >= -1e-12 * cut) {
                        return std::nullopt;
                    }
                    continue;  // seen end on
                }
                double const angle = angle_of(p * (to - from), p * p + from * to);
                sum += angle - p * along(kernel, reach, std::abs(p), from, to);
            }
        }
        return sum / (2.0 * std::numbers::pi);
    }
};

EdgeWindow::EdgeWindow(MultiPolygon const& shapes)
{
    std::map<Key, int> edges;
    for (auto const& shape : shapes) {
        add_ring(edges, shape.outer, true);
        for (auto const& inner : shape.inners) {
            add_ring(edges, inner, false);
        }
    }
    auto border = std::make_shared<Border>();
    constexpr double kFar = std::numeric_limits<double>::infinity();
    border->bounds = {{kFar, kFar}, {-kFar, -kFar}};
    for (auto const& [key, times] : edges) {
        auto const& [ax, ay, bx, by] = key;
        for (int i = 0; i < times; ++i) {
            border->edges.push_back({{ax, ay}, {bx, by}});
        }
        auto& box = border->bounds;
        box.min = {std::min({box.min.east, ax, bx}), std::min({box.min.north, ay, by})};
        box.max = {std::max({box.max.east, ax, bx}), std::max({box.max.north, ay, by})};
    }
    border->bands.resize(std::clamp<std::size_t>(border->edges.size() / 4, 1, 1024));
    if (!border->edges.empty()) {
        border->band_height =
            (border->bounds.max.north - border->bounds.min.north) / static_cast<double>(border->bands.size());
    }
    for (std::size_t i = 0; i < border->edges.size(); ++i) {
        auto const& edge = border->edges[i];
        auto const last = border->band_of(std::max(edge.from.north, edge.to.north));
        for (auto band = border->band_of(std::min(edge.from.north, edge.to.north)); band <= last; ++band) {
            border->bands[band].push_back(static_cast<std::uint32_t>(i));
        }
    }
    border_ = std::move(border);
}

MapBox const& EdgeWindow::bounds() const
{
    return border_->bounds;
}

bool EdgeWindow::contains(MapPoint place) const
{
    if (!border_->bounds.contains(place)) {
        return false;
    }
    bool inside = false;
    for (auto const number : border_->bands[border_->band_of(place.north)]) {
        auto const& [a, b] = border_->edges[number];
        if ((a.north > place.north) != (b.north > place.north)) {
            double const cross =
                (b.east - a.east) * (place.north - a.north) - (place.east - a.east) * (b.north - a.north);
            if ((cross > 0.0) == (b.north > a.north)) {
                inside = !inside;
            }
        }
    }
    return inside;
}

double EdgeWindow::mass(MapPoint place, Kernel kernel, double reach) const
{
    auto beyond = border_->beyond(place, kernel, reach);
    for (int i = 1; !beyond && i < 8; ++i) {
        place = {place.east + 1e-9 * reach * i, place.north + 0.7e-9 * reach};
        beyond = border_->beyond(place, kernel, reach);
    }
    return std::clamp((contains(place) ? 1.0 : 0.0) - beyond.value_or(0.0), 0.0, 1.0);
}

}  // namespace riskbild::layers
