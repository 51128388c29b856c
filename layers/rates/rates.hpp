#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "layers/layer_result.hpp"

namespace riskbild::layers {

/// Whether rates of small areas are drawn towards a mean, so that chance does not look like risk.
enum class Smoothing : std::uint8_t { none, global, neighbours };
[[nodiscard]] std::string_view name_of(Smoothing smoothing);

/// One value per area of the county.
struct AreaValues {
    struct Row {
        AreaId area;
        std::optional<std::uint64_t> count;  ///< nothing = suppressed
        std::int64_t population = 0;         ///< 0 = not known
        std::optional<double> rate;          ///< per `per` inhabitants; nothing: suppressed or no population
        double low = 0.0;                    ///< exact 95 % interval of the rate
        double high = 0.0;
        std::optional<double> smoothed;  ///< empirical Bayes rate in the same unit, where asked for
    };
    LayerInfo info;
    std::vector<Row> rows;  ///< in order of AreaId
};

inline constexpr std::int64_t kLargestPer = 1'000'000;

struct RateOptions {
    std::int64_t per = 1000;                ///< inhabitants
    bool yearly = false;                    ///< per inhabitant and year instead of over the period
    Smoothing smoothing = Smoothing::none;  ///< fills AreaValues::Row::smoothed; never replaces the rate
};

/// How many incidents each kommun had, and how many that is per inhabitant, with an exact 95 % interval.
///
/// The rate covers the whole period unless `yearly`; the unit says which. Incidents known only to the county
/// are in no kommun and counted as left out. An area without known population has a count and no rate. A view
/// without free filters gets the published counts of one kind and year; withheld ones are absent, which is
/// not zero. \return ErrorCode::wrong_use naming the option, ErrorCode::forbidden for what is not published.
/// Method: docs/methods/rates.md
Result<AreaValues> rates(View const& view, Filter const& filter, RateOptions const& options);

}  // namespace riskbild::layers
