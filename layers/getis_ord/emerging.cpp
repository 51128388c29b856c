#include "layers/getis_ord/emerging.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "layers/county_cells.hpp"
#include "layers/getis_ord/grid_g.hpp"
#include "layers/getis_ord/mann_kendall.hpp"
#include "layers/layer_info.hpp"
#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kLevel = 0.05;
constexpr double kAlmostAlways = 0.9;
constexpr int kPermutations = 999;

struct Span {
    std::int32_t first = 0;  ///< day of the first period
    std::int32_t days = 0;   ///< of each
};

/// Equal periods up to the last day of the filter's period, or of the data; fewer where there are fewer days.
Span span_of(LayerInfo const& info, int& periods)
{
    if (!info.period) {
        return {0, 1};
    }
    auto const from = static_cast<std::int32_t>(info.period->from.time_since_epoch().count());
    auto const to = static_cast<std::int32_t>(info.period->to.time_since_epoch().count());
    periods = std::clamp(periods, 1, std::max(to - from, 1));
    auto const days = std::max((to - from) / periods, 1);
    return {to - days * periods, days};
}

std::vector<double> count_period(CountyCells const& cells, PointColumns const& points,
                                 std::vector<std::uint32_t> const& rows, std::int32_t from, std::int32_t to)
{
    std::vector<double> counts(cells.count.size(), 0.0);
    for (auto const row : rows) {
        if (points.local_day[row] >= from && points.local_day[row] < to) {
            counts[cell_of(cells.lattice, {points.east[row], points.north[row]}).value()] += 1.0;
        }
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (cells.of_county[i] == 0) {
            counts[i] = kNothing;
        }
    }
    return counts;
}

/// Whether each cell is hot at 95 % by both tests.
std::vector<std::uint8_t> hot_cells(GridG const& g)
{
    std::vector<double> p;
    for (double const z : g.z) {
        p.push_back(upper_tail_p(z));
    }
    auto const adjusted = benjamini_hochberg(p);
    std::vector<std::uint8_t> hot;
    for (std::size_t i = 0; i < p.size(); ++i) {
        hot.push_back(adjusted[i] <= kLevel && g.p_drawn_high[i] <= kLevel ? 1 : 0);
    }
    return hot;
}

void judge(EmergingHotSpots& found, std::vector<std::vector<std::uint8_t>> const& hot,
           std::vector<std::vector<double>> const& scores)
{
    std::vector<std::uint8_t> own_hot(hot.size());
    std::vector<double> own_scores(hot.size());
    for (std::size_t cell = 0; cell < found.count.size(); ++cell) {
        for (std::size_t period = 0; period < hot.size(); ++period) {
            own_hot[period] = hot[period][cell];
            own_scores[period] = std::isnan(scores[period][cell]) ? 0.0 : scores[period][cell];
            found.periods_hot[cell] += own_hot[period];
        }
        if (found.periods_hot[cell] > 0) {
            found.history[cell] = history_of(own_hot, own_scores);
            found.trend[cell] = mann_kendall(own_scores).z;
        }
    }
    found.last_z = scores.back();
}

void describe(EmergingHotSpots& found, EmergingOptions const& options, int periods)
{
    auto& info = found.info;
    info.unit = "history of hot spots";
    info.unit_sv = "heta fläckars historia";
    info.seed = options.seed;
    info.parameters = {{"cell", number_text(options.cell.value())},
                       {"period_days", std::to_string(found.days)},
                       {"periods", std::to_string(periods)}};
    auto const until = found.from + date::days{found.days * periods};
    info.notes.push_back({fmt::format("{} perioder på {} dagar, {} till {}.", periods, found.days,
                                      riskbild::to_text(found.from), riskbild::to_text(until)),
                          fmt::format("{} periods of {} days, {} to {}.", periods, found.days,
                                      riskbild::to_text(found.from), riskbild::to_text(until))});
    if (periods < 8) {
        info.notes.push_back(
            {"Färre än åtta perioder: trender är osäkra.", "Fewer than eight periods: trends are unsure."});
    }
}

}  // namespace

std::string_view name_of(HotSpotHistory history)
{
    switch (history) {
        case HotSpotHistory::not_hot:
            return "not_hot";
        case HotSpotHistory::fresh:
            return "new";
        case HotSpotHistory::consecutive:
            return "consecutive";
        case HotSpotHistory::intensifying:
            return "intensifying";
        case HotSpotHistory::persistent:
            return "persistent";
        case HotSpotHistory::diminishing:
            return "diminishing";
        case HotSpotHistory::sporadic:
            return "sporadic";
        case HotSpotHistory::historical:
            return "historical";
        case HotSpotHistory::former:
            return "former";
    }
    return "";
}

HotSpotHistory history_of(std::span<std::uint8_t const> hot, std::span<double const> z)
{
    using enum HotSpotHistory;
    auto const periods = static_cast<double>(hot.size());
    auto const times = static_cast<double>(std::ranges::count_if(hot, [](auto one) { return one != 0; }));
    if (times == 0.0) {
        return not_hot;
    }
    bool const almost_always = times >= kAlmostAlways * periods;
    if (hot.back() == 0) {
        return almost_always ? historical : former;
    }
    if (times == 1.0) {
        return fresh;
    }
    if (almost_always) {
        auto const trend = mann_kendall(z);
        if (trend.p > kLevel) {
            return persistent;
        }
        return trend.z > 0.0 ? intensifying : diminishing;
    }
    auto const run = std::find(hot.rbegin(), hot.rend(), std::uint8_t{0}) - hot.rbegin();
    return static_cast<double>(run) == times ? consecutive : sporadic;
}

Result<EmergingHotSpots> emerging_hot_spots(View const& view, Filter const& filter,
                                            EmergingOptions const& options, Progress const& progress)
{
    if (!view.policy().single_incidents) {
        return fail(
            ErrorCode::forbidden,
            fmt::format("hot spots of small cells are not shown in the {} view", view.policy().name()),
            "layer");
    }
    auto const selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    auto cells = count_in_cells(view, selection->rows, options.cell);
    if (!cells) {
        return Failure{cells.error()};
    }
    EmergingHotSpots found;
    found.info = begin_info("emerging_hot_spots", view, filter);
    found.info.n = selection->rows.size();
    found.info.left_out = selection->left_out;
    int periods = options.periods;
    auto const span = span_of(found.info, periods);
    found.lattice = cells->lattice;
    found.days = span.days;
    found.from = LocalDate{date::days{span.first}};
    auto const size = cells->count.size();
    found.history.assign(size, HotSpotHistory::not_hot);
    found.periods_hot.assign(size, 0);
    found.trend.assign(size, kNothing);
    std::vector<std::vector<std::uint8_t>> hot;
    std::vector<std::vector<double>> scores;
    for (int period = 0; period < periods; ++period) {
        if (progress && !progress(static_cast<double>(period) / periods)) {
            return fail(ErrorCode::busy, "stopped before the hot spots were found");
        }
        auto const from = span.first + period * span.days;
        auto counts = count_period(*cells, view.points(), selection->rows, from, from + span.days);
        double n = 0.0;
        for (double const count : counts) {
            n += std::isnan(count) ? 0.0 : count;
        }
        found.n_of_period.push_back(static_cast<std::uint64_t>(n));
        auto g = grid_g({found.lattice.cols, found.lattice.rows, std::move(counts)},
                        {.permutations = kPermutations, .seed = options.seed, .threads = options.threads});
        if (!g) {
            return Failure{g.error()};
        }
        hot.push_back(hot_cells(*g));
        scores.push_back(std::move(g->z));
    }
    found.count = std::move(cells->count);
    found.of_county = std::move(cells->of_county);
    judge(found, hot, scores);
    describe(found, options, periods);
    return found;
}

}  // namespace riskbild::layers
