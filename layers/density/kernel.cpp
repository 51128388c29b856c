#include "layers/density/kernel.hpp"

#include <cmath>
#include <numbers>

#include "layers/density/kernel_inline.hpp"

namespace riskbild::layers {

std::string_view name_of(Kernel kernel)
{
    switch (kernel) {
        case Kernel::quartic:
            return "quartic";
        case Kernel::epanechnikov:
            return "epanechnikov";
        case Kernel::triangular:
            return "triangular";
        case Kernel::uniform:
            return "uniform";
        case Kernel::gaussian:
            return "gaussian";
    }
    return "";
}

std::optional<Kernel> parse_kernel(std::string_view text)
{
    for (auto const kernel : kKernels) {
        if (name_of(kernel) == text) {
            return kernel;
        }
    }
    return std::nullopt;
}

double cut_of(Kernel kernel, double reach)
{
    return kernel == Kernel::gaussian ? kGaussianCut * reach : reach;
}

double peak_of(Kernel kernel, double reach)
{
    double const disc = std::numbers::pi * reach * reach;
    switch (kernel) {
        case Kernel::quartic:
            return 3.0 / disc;
        case Kernel::epanechnikov:
            return 2.0 / disc;
        case Kernel::triangular:
            return 3.0 / disc;
        case Kernel::uniform:
            return 1.0 / disc;
        case Kernel::gaussian:
            return 0.5 / disc;
    }
    return 0.0;
}

double kernel_value(Kernel kernel, double reach, double squared_distance)
{
    double const cut = cut_of(kernel, reach);
    if (squared_distance > cut * cut) {
        return 0.0;
    }
    double const v = squared_distance / (reach * reach);
    double const peak = peak_of(kernel, reach);
    switch (kernel) {
        case Kernel::quartic:
            return peak * (1.0 - v) * (1.0 - v);
        case Kernel::epanechnikov:
            return peak * (1.0 - v);
        case Kernel::triangular:
            return peak * (1.0 - std::sqrt(v));
        case Kernel::uniform:
            return peak;
        case Kernel::gaussian:
            return peak * detail::exp_negative(-0.5 * v);
    }
    return 0.0;
}

double deviation_per_reach(Kernel kernel)
{
    switch (kernel) {
        case Kernel::quartic:
            return std::sqrt(1.0 / 8.0);
        case Kernel::epanechnikov:
            return std::sqrt(1.0 / 6.0);
        case Kernel::triangular:
            return std::sqrt(0.15);
        case Kernel::uniform:
            return 0.5;
        case Kernel::gaussian:
            return 1.0;
    }
    return 1.0;
}

double exp_of_negative(double x)
{
    return detail::exp_negative(x);
}

}  // namespace riskbild::layers
