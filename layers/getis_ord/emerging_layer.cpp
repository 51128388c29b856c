#include "layers/getis_ord/emerging_layer.hpp"

#include <algorithm>
#include <cmath>

#include "layers/county_cells.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kMostListed = 1000;

// Okabe and Ito's colours, safe for colour-blind readers, and greys for what was.
std::vector<ValueClass> const& histories()
{
    static std::vector<ValueClass> const classes = {
        {1, "#d55e00", "Ny: het bara den senaste perioden", "New: hot in the last period only"},
        {2, "#e69f00", "Följd: het de senaste perioderna, aldrig innan",
         "Consecutive: hot in the last periods, never before"},
        {3, "#7f0000", "Tilltagande: nästan alltid het, och allt mer",
         "Intensifying: almost always hot, and more so"},
        {4, "#b2182b", "Bestående: nästan alltid het", "Persistent: almost always hot"},
        {5, "#cc79a7", "Avtagande: nästan alltid het, men allt mindre",
         "Diminishing: almost always hot, but less so"},
        {6, "#56b4e9", "Återkommande: het då och då, även nu", "Sporadic: hot now and then, now too"},
        {7, "#5a5a5a", "Tidigare: nästan alltid het, men inte nu",
         "Historical: almost always hot, but not now"},
        {8, "#b4b4b4", "Förr: het i någon period, men inte nu", "Former: hot in some period, but not now"},
        {0, "", "Aldrig säkert het", "Never surely hot"}};
    return classes;
}

LayerDescription describe()
{
    return {.name = "emerging_hot_spots",
            .title_sv = "Heta fläckar över tid",
            .title_en = "Emerging hot spots",
            .about_sv = "Vilka heta fläckar som är nya, består, tilltar, avtar eller har försvunnit.",
            .about_en = "Which hot spots are new, stay, grow, shrink or have gone.",
            .unit = "history of hot spots",
            .options = {{.key = "cell",
                         .default_value = "500",
                         .number = true,
                         .low = 100,
                         .high = 10'000,
                         .unit = "m",
                         .sv = "Rutans sida.",
                         .en = "Side of a cell."},
                        {.key = "periods",
                         .default_value = "12",
                         .number = true,
                         .whole = true,
                         .low = 3,
                         .high = 120,
                         .sv = "I hur många lika långa perioder tiden delas.",
                         .en = "Into how many periods of equal length time is divided."},
                        {.key = "seed",
                         .default_value = "1",
                         .number = true,
                         .whole = true,
                         .low = 0,
                         .high = 9'007'199'254'740'991.0,
                         .sv = "Startvärde för slumpen: samma värde ger samma svar.",
                         .en = "Seed of chance: the same gives the same answer."}},
            .has_grid = true,
            .tables = {{"cells", "Rutor", "Cells", true}},
            .drawing = Drawing::classes,
            .classes = histories(),
            .of_points = true,
            .takes_long = true};
}

EmergingOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    return {.cell = Metres{*values.number("cell")},
            .periods = static_cast<int>(*values.number("periods")),
            .seed = static_cast<std::uint64_t>(*values.number("seed"))};
}

Table cells_of(EmergingHotSpots const& found)
{
    using enum CellType;
    std::vector<std::size_t> listed;
    for (std::size_t i = 0; i < found.history.size(); ++i) {
        if (found.history[i] != HotSpotHistory::not_hot) {
            listed.push_back(i);
        }
    }
    std::ranges::stable_sort(listed, [&](auto a, auto b) {
        return std::pair{found.history[a], -found.last_z[a]} < std::pair{found.history[b], -found.last_z[b]};
    });
    listed.resize(std::min(listed.size(), kMostListed));
    Table table{.key = "cells",
                .columns = {{{"class", "", "Klass", "Class"}, whole},
                            {{"n", "", "Händelser i rutan", "Incidents in the cell"}, whole},
                            {{"periods_hot", "", "Perioder som het", "Periods hot"}, whole},
                            {{"last_z", "", "z den senaste perioden", "z of the last period"}, real},
                            {{"trend", "", "Trend (z)", "Trend (z)"}, real}},
                .rows = {},
                .shapes = {},
                .incidents = {}};
    for (auto const i : listed) {
        table.rows.push_back(
            {static_cast<std::int64_t>(found.history[i]), static_cast<std::int64_t>(found.count[i]),
             static_cast<std::int64_t>(found.periods_hot[i]), found.last_z[i], found.trend[i]});
        table.shapes.emplace_back(square_of(found.lattice, i));
    }
    return table;
}

std::vector<Fact> facts_of(EmergingHotSpots const& found)
{
    std::vector<Fact> facts;
    for (auto const& one : histories()) {
        if (!one.colour.empty()) {
            auto const history = static_cast<HotSpotHistory>(one.value);
            facts.push_back({{std::string{name_of(history)}, "", one.sv, one.en},
                             static_cast<std::int64_t>(std::ranges::count(found.history, history))});
        }
    }
    return facts;
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto found =
        emerging_hot_spots(question.view, question.filter, options_of(question.options), question.progress);
    if (!found) {
        return Failure{found.error()};
    }
    LayerResult result;
    result.facts = facts_of(*found);
    result.tables.push_back(cells_of(*found));
    std::vector<double> classes, periods;
    for (std::size_t i = 0; i < found->history.size(); ++i) {
        bool const there = found->of_county[i] != 0;
        classes.push_back(there ? static_cast<double>(found->history[i]) : std::nan(""));
        periods.push_back(there ? found->periods_hot[i] : std::nan(""));
    }
    result.grid =
        Grid{found->lattice,
             {{{"class", "", "Klass", "Class"}, std::move(classes)},
              {{"periods_hot", "", "Perioder som het", "Periods hot"}, std::move(periods)},
              {{"trend", "", "Trend (z)", "Trend (z)"}, std::move(found->trend)},
              {{"last_z", "", "z den senaste perioden", "z of the last period"}, std::move(found->last_z)}}};
    result.info = std::move(found->info);
    return result;
}

}  // namespace

Layer emerging_layer()
{
    return {.description = describe(), .run = run};
}

}  // namespace riskbild::layers
