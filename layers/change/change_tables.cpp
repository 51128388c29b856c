#include "layers/change/change_tables.hpp"

#include <cmath>

#include "layers/small_numbers.hpp"

namespace riskbild::layers {
namespace {

constexpr double kNotShown = std::numeric_limits<double>::quiet_NaN();

double finite(double value)
{
    return std::isfinite(value) ? value : kNotShown;
}

}  // namespace

std::vector<ChangeQuantity> change_quantities()
{
    using enum CellType;
    return {
        {{{"class", "", "Klass", "Class"}, whole}, &ChangeValues::change},
        {{{"n_before", "", "Händelser före", "Incidents before"}, whole}, &ChangeValues::before},
        {{{"n_after", "", "Händelser efter", "Incidents after"}, whole}, &ChangeValues::after},
        {{{"per_day_before", "per day", "Per dag före", "Per day before"}, real},
         &ChangeValues::per_day_before},
        {{{"per_day_after", "per day", "Per dag efter", "Per day after"}, real},
         &ChangeValues::per_day_after},
        {{{"change", "%", "Förändring", "Change"}, real}, &ChangeValues::percent},
        {{{"ratio", "", "Gånger så många per dag", "Times as many a day"}, real}, &ChangeValues::ratio},
        {{{"low", "", "Lägst (95 %)", "Lowest (95 %)"}, real}, &ChangeValues::low},
        {{{"high", "", "Högst (95 %)", "Highest (95 %)"}, real}, &ChangeValues::high},
        {{{"p", "", "p", "p"}, real}, &ChangeValues::p},
        {{{"p_adjusted", "", "p, rättat för antalet platser", "p, corrected for the number of places"}, real},
         &ChangeValues::p_adjusted}};
}

ChangeValues change_values(std::uint64_t before, std::uint64_t after, Change const* change,
                           KnownPeriods const& periods)
{
    ChangeValues values{.before = static_cast<double>(before), .after = static_cast<double>(after)};
    if (periods.days_before > 0) {
        values.per_day_before = values.before / periods.days_before;
    }
    if (periods.days_after > 0) {
        values.per_day_after = values.after / periods.days_after;
    }
    if (change == nullptr) {
        return values;
    }
    if (change->change) {
        values.change = static_cast<double>(*change->change);
    }
    values.percent = percent_change(values.per_day_before, values.before, values.per_day_after, values.after)
                         .value_or(kNotShown);
    values.ratio = finite(change->against.ratio);
    if (before + after > 0) {
        values.low = change->against.interval.low;
        values.high = finite(change->against.interval.high);
        values.p = change->against.p;
    }
    values.p_adjusted = change->p_adjusted.value_or(kNotShown);
    return values;
}

TableCell change_cell(ChangeQuantity const& quantity, ChangeValues const& values)
{
    double const value = values.*quantity.value;
    if (std::isnan(value)) {
        return {};
    }
    return quantity.column.type == CellType::whole ? TableCell{static_cast<std::int64_t>(value)}
                                                   : TableCell{value};
}

ChangeValues change_values(PlaceChanges const& places, std::size_t i, KnownPeriods const& periods)
{
    return change_values(places.before[i], places.after[i],
                         places.changes.empty() ? nullptr : &places.changes[i], periods);
}

Table areas_table(AreaChanges const& found, AreaSet const& areas, KnownPeriods const& periods)
{
    Table table{.key = "areas",
                .columns = {{{"code", "", "Kod", "Code"}, CellType::text},
                            {{"name", "", "Namn", "Name"}, CellType::text}},
                .rows = {},
                .shapes = {},
                .incidents = {}};
    auto const all = change_quantities();
    for (auto const& quantity : all) {
        table.columns.push_back(quantity.column);
    }
    for (std::size_t i = 0; i < found.areas.size(); ++i) {
        auto const& area = areas[found.areas[i]];
        auto const values = change_values(found, i, periods);
        table.rows.push_back({area.code, area.name});
        for (auto const& quantity : all) {
            table.rows.back().push_back(change_cell(quantity, values));
        }
        table.shapes.emplace_back(area.shape);
    }
    return table;
}

Grid cells_grid(CellChanges const& found, KnownPeriods const& periods)
{
    Grid grid{found.lattice, {}};
    auto const all = change_quantities();
    for (auto const& quantity : all) {
        grid.bands.push_back(
            {quantity.column.quantity, std::vector<double>(found.lattice.size(), kNotShown)});
    }
    for (std::size_t i = 0; i < found.cells.size(); ++i) {
        auto const values = change_values(found, i, periods);
        for (std::size_t band = 0; band < all.size(); ++band) {
            grid.bands[band].values[found.cells[i]] = values.*all[band].value;
        }
    }
    return grid;
}

}  // namespace riskbild::layers
