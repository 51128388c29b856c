#include "layers/change/period_counts.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "layers/told_period.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kMostCells = 1'000'000;  // of the whole box: a hundred megabytes of bands

Words words_of(Period const& period)
{
    auto const from = riskbild::to_text(period.from);
    auto const last = riskbild::to_text(period.to - date::days{1});
    return {fmt::format("{} till {}", from, last), fmt::format("{} to {}", from, last)};
}

/// How many days of a period are known; notes what is missing.
std::uint32_t known_days(Period const& period, std::optional<Period> const& told, Filter const& filter,
                         Words const& name, LayerInfo& info)
{
    auto const known = told ? common_days(period, *told) : std::nullopt;
    auto const asked = words_of(period);
    if (!known) {
        info.notes.push_back(
            {fmt::format("Om den {} perioden, {}, säger källorna ingenting: inget kan jämföras.", name.sv,
                         asked.sv),
             fmt::format("The sources tell nothing of the {} period, {}: nothing can be compared.", name.en,
                         asked.en)});
        return 0;
    }
    if (*known != period) {
        auto const there = words_of(*known);
        info.notes.push_back(
            {fmt::format(
                 "Av den {} perioden, {}, är bara {} känt: tal per dag gäller de dagarna, och periodernas "
                 "årstider kan skilja sig.",
                 name.sv, asked.sv, there.sv),
             fmt::format(
                 "Of the {} period, {}, the sources tell only {}: rates are of those days, and the seasons "
                 "of the two periods may differ.",
                 name.en, asked.en, there.en)});
    }
    return counted_days(*known, filter.weekdays);
}

/// Compares where there is something to compare with.
std::vector<Change> compared(std::vector<std::uint64_t> const& before,
                             std::vector<std::uint64_t> const& after, KnownPeriods const& periods,
                             double level)
{
    return periods.comparable() ? changes(before, periods.days_before, after, periods.days_after, level)
                                : std::vector<Change>{};
}

void add_left_out(LeftOut& sum, LeftOut const& more)
{
    for (std::size_t i = 0; i < kLeftOutReasons; ++i) {
        sum.count[i] += more.count[i];
    }
}

}  // namespace

Result<KnownPeriods> known_periods(View const& view, Filter const& filter, PeriodWish const& wish,
                                   LayerInfo& info)
{
    auto const told = told_period(view, filter);
    if (!told) {
        return Failure{told.error()};
    }
    auto end = *told ? (*told)->to : LocalDate{};
    if (filter.period) {
        end = *told ? std::min(end, filter.period->to) : filter.period->to;
    }
    auto const periods = compared_periods(wish, end);
    if (!periods) {
        return Failure{periods.error()};
    }
    KnownPeriods known{.asked = *periods};
    info.period = Period{periods->before.from, periods->after.to};
    auto const after = words_of(periods->after);
    auto const before = words_of(periods->before);
    info.notes.push_back({fmt::format("{} jämfört med {}.", after.sv, before.sv),
                          fmt::format("{} against {}.", after.en, before.en)});
    known.days_before = known_days(periods->before, *told, filter, {"tidigare", "earlier"}, info);
    known.days_after = known_days(periods->after, *told, filter, {"senare", "later"}, info);
    return known;
}

Filter in_period(Filter filter, Period const& period)
{
    filter.period = period;
    return filter;
}

Result<AreaChanges> area_changes(View const& view, Filter const& filter, KnownPeriods const& periods,
                                 double level, LayerInfo& info)
{
    auto const before = view.count_by_area(in_period(filter, periods.asked.before));
    auto const after = view.count_by_area(in_period(filter, periods.asked.after));
    if (!before || !after) {
        return Failure{!before ? before.error() : after.error()};
    }
    add_left_out(info.left_out, before->left_out);
    add_left_out(info.left_out, after->left_out);
    AreaChanges result;
    auto const areas = view.county().areas.areas();
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (means_area(filter, areas[i])) {
            result.areas.emplace_back(static_cast<std::uint16_t>(i));
            result.before.push_back(before->count[i]);
            result.after.push_back(after->count[i]);
            info.n += before->count[i] + after->count[i];
        }
    }
    result.changes = compared(result.before, result.after, periods, level);
    return result;
}

Result<CellChanges> cell_changes(View const& view, Filter const& filter, KnownPeriods const& periods,
                                 Metres cell, double level)
{
    auto const before = view.select_points(in_period(filter, periods.asked.before));
    auto const after = view.select_points(in_period(filter, periods.asked.after));
    if (!before || !after) {
        return Failure{!before ? before.error() : after.error()};
    }
    auto rows = before->rows;
    rows.insert(rows.end(), after->rows.begin(), after->rows.end());
    auto cells = meant_cells(view, filter, rows, cell, kMostCells);
    if (!cells) {
        return Failure{cells.error()};
    }
    CellChanges result;
    result.before = count_in(*cells, view, before->rows);
    result.after = count_in(*cells, view, after->rows);
    auto const areas = view.points().area;
    result.in_areas = static_cast<std::uint64_t>(
        std::ranges::count_if(rows, [&](auto row) { return areas[row] != kNoArea.value(); }));
    result.lattice = cells->lattice;
    result.cells = std::move(cells->cells);
    result.changes = compared(result.before, result.after, periods, level);
    return result;
}

}  // namespace riskbild::layers
