#include "layers/getis_ord/getis_ord_layer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "layers/county_cells.hpp"
#include "layers/nearest_incidents.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kMostListed = 1000;

LayerDescription describe()
{
    return {
        .name = "getis_ord",
        .title_sv = "Heta fläckar",
        .title_en = "Hot spots",
        .about_sv =
            "Rutor som med sina grannar har fler händelser än slumpen skulle ge, och hur säkert det är.",
        .about_en =
            "Cells that with their neighbours hold more incidents than chance would give, and how sure "
            "that is.",
        .unit = "confidence that more happens than chance would put there",
        .options =
            {{.key = "cell",
              .default_value = "250",
              .number = true,
              .low = 50,
              .high = 10'000,
              .unit = "m",
              .sv = "Rutans sida.",
              .en = "Side of a cell."},
             {.key = "correction",
              .default_value = "fdr",
              .words = {"fdr", "none"},
              .sv = "Ta hänsyn till att många rutor prövas (andel falska fynd), eller inte.",
              .en = "Allow for how many cells are tested (false discovery rate), or do not."},
             {.key = "own_cell",
              .default_value = "yes",
              .words = {"yes", "no"},
              .sv = "Om rutans egna händelser räknas med (Gi*), eller bara grannarnas (Gi).",
              .en = "Whether a cell's own incidents count (Gi*), or only its neighbours' (Gi)."},
             {.key = "permutations",
              .default_value = "999",
              .number = true,
              .whole = true,
              .low = 19,
              .high = 99'999,
              .sv = "Hur många gånger grannar dras på måfå.",
              .en = "How many times neighbours are drawn at random."},
             {.key = "seed",
              .default_value = "1",
              .number = true,
              .whole = true,
              .low = 0,
              .high = 9'007'199'254'740'991.0,
              .sv = "Startvärde för slumpen: samma värde ger samma svar.",
              .en = "Seed of chance: the same gives the same answer."},
             {.key = "tail",
              .default_value = "upper",
              .words = {"upper", "both"},
              .sv = "Bara heta fläckar, eller även kalla (both).",
              .en = "Hot spots only, or cold ones too (both)."},
             {.key = "test",
              .default_value = "both",
              .words = {"both", "analytic", "permutation"},
              .sv = "Vad som avgör: det analytiska testet och en dragning av rutor (both), bara det "
                    "analytiska, eller dragna grannar (permutation).",
              .en = "What decides: the analytic test and a drawing of cells (both), the analytic one alone, "
                    "or drawn neighbours (permutation)."}},
        .has_grid = true,
        .tables = {{"cells", "Hetaste rutorna", "Hottest cells", true}},
        .drawing = Drawing::classes,
        // ColorBrewer 2.0, diverging RdBu, safe for colour-blind readers.
        .classes = {{3, "#b2182b", "Het, 99 % säkerhet", "Hot, 99 % confidence"},
                    {2, "#ef8a62", "Het, 95 % säkerhet", "Hot, 95 % confidence"},
                    {1, "#fddbc7", "Het, 90 % säkerhet", "Hot, 90 % confidence"},
                    {0, "", "Inte säkert annorlunda", "Not surely different"},
                    {-1, "#d1e5f0", "Kall, 90 % säkerhet", "Cold, 90 % confidence"},
                    {-2, "#67a9cf", "Kall, 95 % säkerhet", "Cold, 95 % confidence"},
                    {-3, "#2166ac", "Kall, 99 % säkerhet", "Cold, 99 % confidence"}},
        .of_points = true};
}

HotSpotOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    HotSpotOptions options;
    options.cell = Metres{*values.number("cell")};
    options.own = values.is("own_cell", "no") ? OwnCell::does_not : OwnCell::counts;
    options.cold = values.is("tail", "both");
    options.corrected = values.is("correction", "fdr");
    options.permutations = static_cast<int>(*values.number("permutations"));
    options.seed = static_cast<std::uint64_t>(*values.number("seed"));
    for (auto const test : {HotSpotTest::both, HotSpotTest::analytic, HotSpotTest::permutation}) {
        if (values.is("test", name_of(test))) {
            options.test = test;
        }
    }
    return options;
}

TableCell number_or_absent(double value)
{
    return std::isnan(value) ? TableCell{} : TableCell{value};
}

Table hottest_of(HotSpots const& found)
{
    using enum CellType;
    std::vector<std::size_t> hot;
    for (std::size_t i = 0; i < found.classes.size(); ++i) {
        if (found.classes[i] != 0) {
            hot.push_back(i);
        }
    }
    std::ranges::stable_sort(hot, [&](auto a, auto b) { return found.g.z[a] > found.g.z[b]; });
    hot.resize(std::min(hot.size(), kMostListed));
    Table table{.key = "cells",
                .columns = {{{"rank", "", "Rang", "Rank"}, whole},
                            {{"class", "", "Klass", "Class"}, whole},
                            {{"n", "", "Händelser i rutan", "Incidents in the cell"}, whole},
                            {{"around", "", "Med grannar", "With neighbours"}, whole},
                            {{"z", "", "z", "z"}, real},
                            {{"p", "", "p", "p"}, real},
                            {{"p_drawn", "", "p av dragning", "p of drawing"}, real},
                            {{"p_permutation", "", "p av dragna grannar", "p of drawn neighbours"}, real}},
                .rows = {},
                .shapes = {},
                .incidents = {}};
    for (auto const i : hot) {
        table.rows.push_back({static_cast<std::int64_t>(table.rows.size() + 1),
                              static_cast<std::int64_t>(found.classes[i]),
                              static_cast<std::int64_t>(found.count[i]),
                              static_cast<std::int64_t>(found.g.sum[i]), found.g.z[i], found.p[i],
                              number_or_absent(found.p_drawn[i]), number_or_absent(found.p_permutation[i])});
        table.shapes.emplace_back(square_of(found.lattice, i));
    }
    return table;
}

std::vector<Fact> facts_of(HotSpots const& found)
{
    auto const count = [&](auto const& matches) {
        return TableCell{static_cast<std::int64_t>(std::ranges::count_if(found.classes, matches))};
    };
    return {{{"cells", "", "Rutor i länet", "Cells in the county"}, static_cast<std::int64_t>(found.g.cells)},
            {{"mean", "", "Händelser per ruta", "Incidents per cell"}, found.g.mean},
            {{"hot_99", "", "Heta rutor, 99 %", "Hot cells, 99 %"}, count([](int c) { return c == 3; })},
            {{"hot_95", "", "Heta rutor, 95 % och mer", "Hot cells, 95 % and more"},
             count([](int c) { return c >= 2; })},
            {{"hot_90", "", "Heta rutor, 90 % och mer", "Hot cells, 90 % and more"},
             count([](int c) { return c >= 1; })},
            {{"cold_95", "", "Kalla rutor, 95 % och mer", "Cold cells, 95 % and more"},
             count([](int c) { return c <= -2; })}};
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto found = hot_spots(question.view, question.filter, options_of(question.options), question.progress);
    if (!found) {
        return Failure{found.error()};
    }
    LayerResult result;
    result.facts = facts_of(*found);
    result.tables.push_back(hottest_of(*found));
    std::vector<double> classes;
    for (std::size_t i = 0; i < found->classes.size(); ++i) {
        classes.push_back(std::isnan(found->count[i]) ? found->count[i] : found->classes[i]);
    }
    result.grid = Grid{found->lattice,
                       {{{"class", "", "Klass", "Class"}, std::move(classes)},
                        {{"n", "", "Händelser", "Incidents"}, std::move(found->count)},
                        {{"z", "", "z", "z"}, std::move(found->g.z)},
                        {{"p", "", "p", "p"}, std::move(found->p)},
                        {{"p_drawn", "", "p av dragning", "p of drawing"}, std::move(found->p_drawn)},
                        {{"p_permutation", "", "p av dragna grannar", "p of drawn neighbours"},
                         std::move(found->p_permutation)}}};
    result.info = std::move(found->info);
    return result;
}

/// The cells of the neighbourhood of one.
std::vector<std::size_t> neighbourhood_of(Lattice const& lattice, std::size_t cell)
{
    std::vector<std::size_t> cells;
    auto const cols = static_cast<std::ptrdiff_t>(lattice.cols);
    auto const at = static_cast<std::ptrdiff_t>(cell);
    for (auto row = std::max<std::ptrdiff_t>(at / cols - 1, 0);
         row <= std::min<std::ptrdiff_t>(at / cols + 1, lattice.rows - 1); ++row) {
        for (auto col = std::max<std::ptrdiff_t>(at % cols - 1, 0); col <= std::min(at % cols + 1, cols - 1);
             ++col) {
            cells.push_back(static_cast<std::size_t>(row * cols + col));
        }
    }
    return cells;
}

std::optional<Explanation::Variant> with_cell(LayerQuestion const& question, HotSpotOptions options,
                                              double times, MapPoint place)
{
    options.cell = options.cell * times;
    if (options.cell < 50_m || options.cell > 10'000_m) {
        return std::nullopt;
    }
    auto const found = hot_spots(question.view, question.filter, options, question.progress);
    auto const cell = found ? cell_of(found->lattice, place) : std::nullopt;
    if (!cell || std::isnan(found->count[*cell])) {
        return std::nullopt;
    }
    return Explanation::Variant{"cell",
                                number_text(options.cell.value()),
                                {{"z", "", "z", "z"}, number_or_absent(found->g.z[*cell])}};
}

Result<Explanation> explain(LayerQuestion const& question, MapPoint place)
{
    auto const options = options_of(question.options);
    auto const found = hot_spots(question.view, question.filter, options, question.progress);
    if (!found) {
        return Failure{found.error()};
    }
    Explanation why{.info = found->info, .facts = {}, .variants = {}, .incidents = {}};
    auto const cell = cell_of(found->lattice, place);
    if (!cell || std::isnan(found->count[*cell])) {
        why.facts.push_back(
            {{"outside", "", "Platsen ligger utanför länet", "The place lies outside the county"}, {}});
        return why;
    }
    auto const around = neighbourhood_of(found->lattice, *cell);
    auto const part = static_cast<double>(
        std::ranges::count_if(around, [&](std::size_t i) { return !std::isnan(found->count[i]); }));
    double const k = part - (options.own == OwnCell::counts ? 0.0 : 1.0);
    why.facts = {
        {{"n", "", "Händelser i rutan", "Incidents in the cell"}, found->count[*cell]},
        {{"observed", "", "Händelser som räknas, med grannrutor", "Incidents that count, with neighbours"},
         found->g.sum[*cell]},
        {{"expected", "", "Väntat i så många rutor", "Expected in as many cells"}, k * found->g.mean},
        {{"z", "", "z", "z"}, number_or_absent(found->g.z[*cell])},
        {{"p", "", "p, rättat för antalet rutor", "p, corrected for the number of cells"},
         number_or_absent(found->p[*cell])},
        {{"p_drawn", "", "p av dragning", "p of drawing"}, number_or_absent(found->p_drawn[*cell])},
        {{"p_permutation", "", "p av dragna grannar", "p of drawn neighbours"},
         number_or_absent(found->p_permutation[*cell])}};
    for (double const times : {0.5, 2.0}) {
        if (auto variant = with_cell(question, options, times, place)) {
            why.variants.push_back(*std::move(variant));
        }
    }
    auto const selection = question.view.select_points(question.filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    auto const points = question.view.points();
    std::vector<std::uint32_t> near;
    for (auto const row : selection->rows) {
        auto const in = cell_of(found->lattice, {points.east[row], points.north[row]});
        if (in && std::ranges::find(around, *in) != around.end()) {
            near.push_back(row);
        }
    }
    why.all_incidents = near.size();
    why.incidents = newest_of(question.view, std::move(near));
    return why;
}

}  // namespace

Layer getis_ord_layer()
{
    return {.description = describe(), .run = run, .explain = explain};
}

}  // namespace riskbild::layers
