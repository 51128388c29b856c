#pragma once

#include <cstdint>
#include <vector>

#include "geo_core/lattice.hpp"
#include "geo_core/units.hpp"
#include "layers/density/kernel.hpp"
#include "layers/layer_result.hpp"

namespace riskbild::layers {

struct RelativeRiskOptions {
    Kernel kernel = Kernel::quartic;
    Metres radius{2000.0};  ///< of both densities; σ of the Gaussian
    Metres cell{250.0};
    unsigned threads = 0;
};

/// ∫k² over the plane for a reach of 1: what a kernel makes of chance. 9/(5π) quartic, 4/(3π) Epanechnikov,
/// 3/(2π) triangular, 1/π uniform, 1/(4π) Gaussian.
[[nodiscard]] double roughness_of(Kernel kernel);

/// How much more often, at one place, an incident is a case than elsewhere.
struct RiskRatio {
    double log_ratio = 0.0;  ///< of the share of cases here to that of others here
    double z = 0.0;  ///< over its standard deviation, were there no difference (Hazelton and Davies 2009)
};

/// \param cases density of cases, \param others of all others, both per square unit of `reach` and above 0
/// \param n_cases, n_others how many there are in all
[[nodiscard]] RiskRatio risk_ratio(double cases, double others, double n_cases, double n_others,
                                   Kernel kernel, double reach);

/// Where the chosen kinds are more, or less, than their share of all incidents.
struct RelativeRisk {
    LayerInfo info;
    Lattice lattice;
    std::uint64_t others = 0;          ///< incidents of other kinds that they are compared with
    std::vector<double> ratio;         ///< 1: as everywhere; NaN: too few to tell
    std::vector<double> p_high;        ///< chance of so high a ratio or higher were there no difference
    std::vector<int> classes;          ///< 3, 2: higher, p ≤ 0.01, 0.05; −2, −3: lower; 0
    std::vector<double> case_density;  ///< per km²
};

/// The density of the filter's kinds over that of all other incidents of the same period, sources and areas:
/// what lives off reporting and people in both is divided out.
///
/// Both densities are exact and have one radius. Shown where at least kLeastExpected incidents are expected
/// within the radius. Only incidents with a point enter. A filter without kinds compares nothing, and says
/// so. \return ErrorCode::forbidden for a view without single incidents; ErrorCode::wrong_use,
/// ErrorCode::too_large naming the option; ErrorCode::busy when stopped. Method:
/// docs/methods/relative_risk.md
Result<RelativeRisk> relative_risk(View const& view, Filter const& filter, RelativeRiskOptions const& options,
                                   Progress const& progress = {});

inline constexpr double kLeastExpected = 5.0;

}  // namespace riskbild::layers
