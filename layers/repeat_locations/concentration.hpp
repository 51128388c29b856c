#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace riskbild::layers {

/// How unevenly incidents are spread over places.
struct Concentration {
    /// One corner of the Lorenz curve: the busiest `places` places hold `incidents` incidents.
    struct Corner {
        std::uint64_t places = 0;
        std::uint64_t incidents = 0;
        bool operator==(Corner const&) const = default;
    };

    std::uint64_t places = 0;     ///< N, with those where nothing happened when their number is known
    std::uint64_t incidents = 0;  ///< c
    double gini = 0.0;            ///< 0 = evenly, towards 1 = all at one place
    /// Generalised: max(1, N/c)(G − 1) + 1. With fewer incidents than places most must be empty, and G is
    /// high by necessity; G′ measures against the evenest spread that was possible.
    double generalised_gini = 0.0;
    std::uint64_t places_with_quarter =
        0;  ///< fewest places that together hold at least 25 % of the incidents
    std::uint64_t places_with_half = 0;
    double share_with_quarter = 0.0;  ///< of N
    double share_with_half = 0.0;
    std::vector<Corner> lorenz;  ///< busiest first, one corner for each run of equal counts, from (0, 0)
};

/// \param counts of the places where something happened; zeros are ignored
/// \param places N; nothing: only those places
/// \pre places ≥ number of counts above zero
[[nodiscard]] Concentration concentration(std::vector<std::uint64_t> counts,
                                          std::optional<std::uint64_t> places = std::nullopt);

}  // namespace riskbild::layers
