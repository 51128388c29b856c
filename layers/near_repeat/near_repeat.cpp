#include "layers/near_repeat/near_repeat.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "layers/layer_info.hpp"

namespace riskbild::layers {
namespace {

constexpr std::int32_t kDay = 24 * 60 * 60;
constexpr double kMostP = 0.05;
constexpr std::size_t kMostRaisedCells = 16'777'216;

std::int32_t day_number(LocalDate day)
{
    return static_cast<std::int32_t>(day.time_since_epoch().count());
}

/// Points of the rows in order of time.
struct Columns {
    std::vector<double> east, north;
    std::vector<std::int32_t> day;
    [[nodiscard]] SpaceTimePoints points() const { return {east, north, day}; }
};

std::vector<std::uint32_t> in_order_of_time(std::vector<std::uint32_t> rows, PointColumns const& points)
{
    std::ranges::sort(rows, [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(points.local_day[a], points.from[a], points.id[a]) <
               std::tie(points.local_day[b], points.from[b], points.id[b]);
    });
    return rows;
}

Columns columns_of(std::vector<std::uint32_t> const& rows, PointColumns const& points)
{
    Columns columns;
    for (auto const row : rows) {
        columns.east.push_back(points.east[row]);
        columns.north.push_back(points.north[row]);
        columns.day.push_back(points.local_day[row]);
    }
    return columns;
}

Result<KnoxBands> bands_of(NearRepeatOptions const& options)
{
    if (options.distance.empty() || !(options.distance.front() > options.same_place.value())) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("the first distance must be above same_place, which is {} m",
                                options.same_place.value()),
                    "distance");
    }
    KnoxBands bands{{0.0, options.same_place.value()}, {0}, options.closed, options.metric};
    bands.distance.insert(bands.distance.end(), options.distance.begin(), options.distance.end());
    bands.days.insert(bands.days.end(), options.days.begin(), options.days.end());
    return bands;
}

std::vector<std::uint8_t> raised_cells(KnoxTable const& table, double least_ratio)
{
    std::vector<std::uint8_t> raised;
    for (auto const& cell : table.cells) {
        bool const often = static_cast<double>(cell.observed) >= least_ratio * cell.expected;
        raised.push_back(cell.expected > 0.0 && often && cell.p <= kMostP ? 1 : 0);
    }
    return raised;
}

/// What one incident of `age` days does: the ratio within each distance, and for how many days more.
struct Reach {
    double distance = 0.0;
    double ratio = 0.0;
    std::int32_t days_left = 0;
};

/// Bands around an incident that are raised at its age, the nearest first.
std::vector<Reach> reaches_of(NearRepeat const& result, std::int32_t age)
{
    std::vector<Reach> reaches;
    auto const& bands = result.bands;
    auto const closed = bands.closed == Closed::right ? 1 : 0;
    for (std::size_t t = 0; t < bands.time_bands(); ++t) {
        if (age < bands.days[t] + (t > 0 ? closed : 0) || age >= bands.days[t + 1] + closed) {
            continue;
        }
        for (std::size_t d = 0; d < bands.distance_bands(); ++d) {
            if (result.raised[d * bands.time_bands() + t] != 0) {
                auto const& cell = result.table.at(d, t);
                reaches.push_back({bands.distance[d + 1], static_cast<double>(cell.observed) / cell.expected,
                                   bands.days[t + 1] + closed - age});
            }
        }
    }
    return reaches;
}

/// Days after an incident for which one band after another is raised, from `age` on.
std::int32_t days_left_of(NearRepeat const& result, std::int32_t age)
{
    std::int32_t left = 0;
    while (!reaches_of(result, age + left).empty()) {
        left += reaches_of(result, age + left).front().days_left;
    }
    return left;
}

void find_raised(NearRepeat& result, Columns const& columns)
{
    auto const today = day_number(result.as_of);
    for (std::uint32_t i = 0; i < result.rows.size(); ++i) {
        auto const age = today - columns.day[i];
        if (age < 0) {
            continue;
        }
        auto const reaches = reaches_of(result, age);
        if (reaches.empty()) {
            continue;
        }
        RaisedRisk raised{.point = i, .days_left = days_left_of(result, age)};
        for (auto const& reach : reaches) {
            raised.radius = std::max(raised.radius, Metres{reach.distance});
            raised.ratio = std::max(raised.ratio, reach.ratio);
        }
        result.now.push_back(raised);
    }
    std::ranges::stable_sort(result.now, [&](RaisedRisk const& a, RaisedRisk const& b) {
        return std::tuple{-a.ratio, -columns.day[a.point]} < std::tuple{-b.ratio, -columns.day[b.point]};
    });
}

Result<void> place_lattice(NearRepeat& result, Columns const& columns, Metres cell)
{
    if (result.now.empty()) {
        result.lattice = Lattice{.cell = cell};
        return {};
    }
    MapBox box{{columns.east[result.now.front().point], columns.north[result.now.front().point]}, {}};
    box.max = box.min;
    for (auto const& raised : result.now) {
        double const east = columns.east[raised.point];
        double const north = columns.north[raised.point];
        double const reach = raised.radius.value();
        box.min = {std::min(box.min.east, east - reach), std::min(box.min.north, north - reach)};
        box.max = {std::max(box.max.east, east + reach), std::max(box.max.north, north + reach)};
    }
    double const cells = ((box.max.east - box.min.east) / cell.value() + 1.0) *
                         ((box.max.north - box.min.north) / cell.value() + 1.0);
    if (cells > static_cast<double>(kMostRaisedCells)) {
        double const fits = std::sqrt(cells / static_cast<double>(kMostRaisedCells)) * cell.value();
        return fail(
            ErrorCode::too_large,
            fmt::format("cell {} m would make {:.0f} cells, at most {} are allowed; cells of {:.0f} m fit",
                        cell.value(), cells, kMostRaisedCells, std::ceil(fits * 1.01)),
            "cell");
    }
    result.lattice = lattice_over(box, cell);
    return {};
}

/// In every cell whose centre one of them reaches: the highest ratio, and how long that one lasts.
void raise_cells(NearRepeat& result, Columns const& columns)
{
    auto const& lattice = result.lattice;
    result.ratio.assign(lattice.size(), 0.0);
    result.days_left.assign(lattice.size(), 0.0);
    auto const today = day_number(result.as_of);
    double const side = lattice.cell.value();
    for (auto const& raised : result.now) {
        double const east = columns.east[raised.point];
        double const north = columns.north[raised.point];
        auto reaches = reaches_of(result, today - columns.day[raised.point]);
        // A place itself is smaller than a cell: its own cell stands for it.
        for (auto& reach : reaches) {
            reach.distance = std::max(reach.distance, side * 0.7072);
        }
        auto const index = [&](double at, std::int64_t first, std::int32_t count) {
            auto const i = static_cast<std::int64_t>(std::floor(at / side)) - first;
            return static_cast<std::int32_t>(std::clamp<std::int64_t>(i, 0, count - 1));
        };
        double const most = reaches.back().distance;
        for (auto row = index(north - most, lattice.first_row, lattice.rows);
             row <= index(north + most, lattice.first_row, lattice.rows); ++row) {
            for (auto col = index(east - most, lattice.first_col, lattice.cols);
                 col <= index(east + most, lattice.first_col, lattice.cols); ++col) {
                auto const centre = lattice.centre(col, row);
                double const apart = std::hypot(centre.east - east, centre.north - north);
                auto const reach =
                    std::ranges::find_if(reaches, [&](Reach const& r) { return apart < r.distance; });
                auto const cell = static_cast<std::size_t>(row) * static_cast<std::size_t>(lattice.cols) +
                                  static_cast<std::size_t>(col);
                if (reach != reaches.end() && reach->ratio > result.ratio[cell]) {
                    result.ratio[cell] = reach->ratio;
                    result.days_left[cell] = reach->days_left;
                }
            }
        }
    }
}

void add_notes(NearRepeat& result, PointColumns const& points)
{
    auto& notes = result.info.notes;
    auto const count = [&](auto const& matches) {
        return static_cast<std::uint64_t>(std::ranges::count_if(result.rows, matches));
    };
    if (auto const streets = count([&](std::uint32_t row) {
            return points.precision[row] == static_cast<std::uint8_t>(Precision::street);
        });
        streets > 0) {
        notes.push_back(
            {counted(streets, "händelse är bara känd", "händelser är bara kända") +
                 " till gata: på gatans egen plats kan sådana se ut som upprepningar.",
             counted(streets, "incident is", "incidents are") +
                 " known only to the street: at the street's own place such can look like repeats."});
    }
    if (auto const vague = count([&](std::uint32_t row) { return points.length[row] > kDay + 60 * 60; });
        vague > 0) {
        notes.push_back({counted(vague, "händelse", "händelser") +
                             " har en tid som är osäker med mer än ett dygn: dess början används.",
                         counted(vague, "incident has", "incidents have") +
                             " a time known only to more than a day: its start is used."});
    }
    if (std::ranges::none_of(result.raised, [](auto raised) { return raised != 0; })) {
        notes.push_back(
            {"Inget avstånd och ingen tid har tydligt fler par än slumpen ger: kartan över höjd risk är tom.",
             "No distance and time has clearly more pairs than chance gives: the map of raised risk is "
             "empty."});
    }
    notes.push_back(
        {"Förväntat antal: om tiderna blandas mellan platserna. Det visar att händelser följer på varandra, "
         "inte varför.",
         "Expected: with the times shuffled among the places. This shows that incidents follow each "
         "other, not why."});
}

void state_parameters(LayerInfo& info, NearRepeatOptions const& options, LocalDate as_of)
{
    auto const list = [](auto const& values) {
        std::string text;
        for (auto const value : values) {
            text += (text.empty() ? "" : ",") + number_text(static_cast<double>(value));
        }
        return text;
    };
    info.unit = "pairs of incidents";
    info.unit_sv = "par av händelser";
    info.seed = options.seed;
    info.parameters = {{"as_of", riskbild::to_text(as_of)},
                       {"cell", number_text(options.cell.value())},
                       {"chain_days", std::to_string(options.chain_days)},
                       {"chain_distance", number_text(options.chain_distance.value())},
                       {"closed", options.closed == Closed::left ? "left" : "right"},
                       {"days", list(options.days)},
                       {"distance", list(options.distance)},
                       {"least_ratio", number_text(options.least_ratio)},
                       {"metric", options.metric == Metric::euclidean ? "euclidean" : "manhattan"},
                       {"permutations", std::to_string(options.permutations)},
                       {"same_place", number_text(options.same_place.value())}};
}

}  // namespace

Result<NearRepeat> near_repeat(View const& view, Filter const& filter, NearRepeatOptions const& options,
                               Progress const& progress)
{
    if (!view.policy().single_incidents) {
        return fail(ErrorCode::forbidden,
                    fmt::format("near repeats are made of single incidents and are not shown in the {} view",
                                view.policy().name()),
                    "layer");
    }
    NearRepeat result;
    auto bands = bands_of(options);
    if (!bands) {
        return Failure{bands.error()};
    }
    result.bands = *std::move(bands);
    auto selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    auto const points = view.points();
    result.info = begin_info("near_repeat", view, filter);
    result.info.n = selection->rows.size();
    result.info.left_out = selection->left_out;
    result.rows = in_order_of_time(std::move(selection->rows), points);
    auto const columns = columns_of(result.rows, points);
    auto table = knox(
        columns.points(), result.bands,
        {.permutations = options.permutations, .seed = options.seed, .threads = options.threads}, progress);
    if (!table) {
        return Failure{table.error()};
    }
    result.table = *std::move(table);
    result.raised = raised_cells(result.table, options.least_ratio);
    auto chains = find_chains(columns.points(), {options.same_place.value(), options.chain_distance.value(),
                                                 options.chain_days, options.closed, options.metric});
    if (!chains) {
        return Failure{chains.error()};
    }
    result.chains = *std::move(chains);
    auto const last = columns.day.empty() ? 0 : columns.day.back();
    result.as_of = options.as_of.value_or(LocalDate{date::days{last + 1}});
    find_raised(result, columns);
    if (auto const placed = place_lattice(result, columns, options.cell); !placed) {
        return Failure{placed.error()};
    }
    raise_cells(result, columns);
    state_parameters(result.info, options, result.as_of);
    add_notes(result, points);
    return result;
}

}  // namespace riskbild::layers
