#include "layers/rates/rates.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "geo_core/border_segments.hpp"
#include "layers/layer_info.hpp"
#include "layers/rates/rate_statistics.hpp"

namespace riskbild::layers {
namespace {

constexpr double kDaysPerYear = 365.25;

using Counts = std::vector<std::optional<std::uint64_t>>;

Result<void> check(RateOptions const& options)
{
    if (options.per < 1 || options.per > kLargestPer) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("per is {}, allowed is 1 to {} inhabitants", options.per, kLargestPer),
                    "per");
    }
    return {};
}

Result<Counts> counts_of(View const& view, Filter const& filter, LayerInfo& info)
{
    if (view.policy().free_filter) {
        auto const counted = view.count_by_area(filter);
        if (!counted) {
            return Failure{counted.error()};
        }
        info.left_out = counted->left_out;
        return Counts(counted->count.begin(), counted->count.end());
    }
    auto const publication = view.publication();
    auto const choice = published_choice(view, *publication, filter);
    if (!choice) {
        return Failure{choice.error()};
    }
    Counts counts;
    auto const first = (choice->year * publication->groups.size() + choice->group) * publication->areas;
    for (std::size_t area = 0; area < publication->areas; ++area) {
        auto const& count = publication->by_area[first + area];
        counts.push_back(count ? std::optional<std::uint64_t>{*count} : std::nullopt);
    }
    return counts;
}

/// What a rate of 1 per inhabitant and period becomes in the unit asked for.
double factor_of(RateOptions const& options, LayerInfo const& info)
{
    auto factor = static_cast<double>(options.per);
    if (options.yearly && info.period) {
        factor *= kDaysPerYear / static_cast<double>((info.period->to - info.period->from).count());
    }
    return factor;
}

void smooth(AreaValues& values, AreaSet const& areas, RateOptions const& options, double factor)
{
    bool const any_withheld = std::any_of(values.rows.begin(), values.rows.end(),
                                          [](AreaValues::Row const& row) { return !row.count; });
    if (options.smoothing == Smoothing::none) {
        return;
    }
    if (any_withheld) {
        // A mean over all areas would tell something of the withheld ones.
        values.info.notes.push_back({"Inte utjämnat, eftersom några antal inte visas.",
                                     "Not smoothed, because some counts are withheld."});
        return;
    }
    std::vector<std::uint64_t> counts;
    std::vector<std::int64_t> populations;
    for (auto const& row : values.rows) {
        counts.push_back(*row.count);
        populations.push_back(row.population);
    }
    auto const smoothed = options.smoothing == Smoothing::global
                              ? empirical_bayes(counts, populations)
                              : empirical_bayes(counts, populations, BorderSegments(areas).neighbours());
    for (std::size_t i = 0; i < values.rows.size(); ++i) {
        if (values.rows[i].population > 0) {
            values.rows[i].smoothed = smoothed[i] * factor;
        }
    }
}

Words unit_of(RateOptions const& options, LayerInfo const& info)
{
    Words unit{fmt::format("händelser per {} invånare", options.per),
               fmt::format("incidents per {} inhabitants", options.per)};
    if (options.yearly) {
        return {unit.sv + " och år", unit.en + " and year"};
    }
    if (info.period) {
        auto const from = riskbild::to_text(info.period->from);
        auto const to = riskbild::to_text(info.period->to);
        unit.sv += fmt::format(" under perioden {} till {}", from, to);
        unit.en += fmt::format(" over the period {} to {}", from, to);
    }
    return unit;
}

}  // namespace

std::string_view name_of(Smoothing smoothing)
{
    switch (smoothing) {
        case Smoothing::none:
            return "none";
        case Smoothing::global:
            return "global";
        case Smoothing::neighbours:
            return "neighbours";
    }
    return "";
}

Result<AreaValues> rates(View const& view, Filter const& filter, RateOptions const& options)
{
    if (auto const fine = check(options); !fine) {
        return Failure{fine.error()};
    }
    AreaValues values;
    auto& info = values.info;
    info = begin_info("rates", view, filter);
    auto const counts = counts_of(view, filter, info);
    if (!counts) {
        return Failure{counts.error()};
    }
    auto const& areas = view.county().areas;
    double const factor = factor_of(options, info);
    std::uint64_t without_population = 0;
    std::uint64_t withheld = 0;
    int year = 0;
    for (std::size_t i = 0; i < counts->size(); ++i) {
        AreaId const id{static_cast<std::uint16_t>(i)};
        AreaValues::Row row;
        row.area = id;
        row.count = (*counts)[i];
        row.population = areas[id].population;
        year = std::max(year, areas[id].population_year);
        info.n += row.count.value_or(0);
        withheld += !row.count;
        without_population += row.population <= 0;
        if (row.count && row.population > 0) {
            double const per_incident = factor / static_cast<double>(row.population);
            auto const interval = garwood_interval(*row.count);
            row.rate = static_cast<double>(*row.count) * per_incident;
            row.low = interval.low * per_incident;
            row.high = interval.high * per_incident;
        }
        values.rows.push_back(row);
    }
    smooth(values, areas, options, factor);

    auto const unit = unit_of(options, info);
    info.unit = unit.en;
    info.unit_sv = unit.sv;
    info.parameters = {{"per", std::to_string(options.per)},
                       {"smoothing", std::string{name_of(options.smoothing)}},
                       {"yearly", options.yearly ? "yes" : "no"}};
    if (year > 0) {
        info.notes.push_back({fmt::format("Invånare {}.", year), fmt::format("Inhabitants of {}.", year)});
    }
    if (auto const county_only = info.left_out[LeftOutReason::lan_only]; county_only > 0) {
        info.notes.push_back({counted(county_only, "händelse är bara känd", "händelser är bara kända") +
                                  " till län och ingår inte i något område.",
                              counted(county_only, "incident is", "incidents are") +
                                  " known only to the county and in no area."});
    }
    if (without_population > 0) {
        info.notes.push_back({counted(without_population, "område", "områden") +
                                  " saknar känd folkmängd och därför tal per invånare.",
                              counted(without_population, "area has", "areas have") +
                                  " no known population and therefore no rate."});
    }
    if (withheld > 0) {
        info.notes.push_back(
            {counted(withheld, "område", "områden") +
                 " har antal som är för små för att visas, eller som skulle avslöja ett sådant.",
             counted(withheld, "area has a count", "areas have counts") +
                 " too small to publish, or that would reveal one."});
    }
    if (areas.generalised() > kWarnGeneralised) {
        info.notes.push_back(
            {fmt::format("Gränserna kan ligga upp till {} m fel.", areas.generalised().value()),
             fmt::format("Borders may lie up to {} m from the true ones.", areas.generalised().value())});
    }
    return values;
}

}  // namespace riskbild::layers
