#include "layers/repeat_locations/concentration.hpp"

#include <algorithm>
#include <functional>

namespace riskbild::layers {

Concentration concentration(std::vector<std::uint64_t> counts, std::optional<std::uint64_t> places)
{
    std::erase(counts, 0U);
    std::sort(counts.begin(), counts.end(), std::greater<>{});
    Concentration result;
    result.places = places.value_or(counts.size());
    for (auto const count : counts) {
        result.incidents += count;
    }
    result.lorenz.push_back({});
    if (counts.empty()) {
        return result;
    }
    auto const n = static_cast<double>(result.places);
    auto const c = static_cast<double>(result.incidents);
    std::uint64_t sum = 0;
    double ranked = 0.0;  // Σ i·x with the smallest count first; places without incidents add nothing
    for (std::size_t i = 0; i < counts.size(); ++i) {
        sum += counts[i];
        ranked += (n - static_cast<double>(i)) * static_cast<double>(counts[i]);
        if (result.places_with_quarter == 0 && 4 * sum >= result.incidents) {
            result.places_with_quarter = i + 1;
        }
        if (result.places_with_half == 0 && 2 * sum >= result.incidents) {
            result.places_with_half = i + 1;
        }
        if (i + 1 == counts.size() || counts[i + 1] != counts[i]) {
            result.lorenz.push_back({i + 1, sum});
        }
    }
    if (result.places > counts.size()) {
        result.lorenz.push_back({result.places, sum});
    }
    result.gini = 2.0 * ranked / (n * c) - (n + 1.0) / n;
    result.generalised_gini = std::max(1.0, n / c) * (result.gini - 1.0) + 1.0;
    result.share_with_quarter = static_cast<double>(result.places_with_quarter) / n;
    result.share_with_half = static_cast<double>(result.places_with_half) / n;
    return result;
}

}  // namespace riskbild::layers
