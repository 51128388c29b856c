#include "layers/moran/moran_layer.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "layers/layer_info.hpp"
#include "layers/meant_cells.hpp"
#include "layers/nearest_incidents.hpp"
#include "layers/significance.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kFewUnits = 30;
constexpr double kPer = 1000.0;  // inhabitants

LayerDescription describe()
{
    return {.name = "moran",
            .title_sv = "Grannar som liknar varandra",
            .title_en = "Neighbours alike",
            .about_sv =
                "Om områden med mycket ligger intill varandra, och vilka som skiljer ut sig tillsammans med "
                "eller mot sina grannar.",
            .about_en =
                "Whether areas with much lie beside each other, and which stand out with their neighbours or "
                "against them.",
            .unit = "standard deviations",
            .options = {{.key = "cell",
                         .default_value = "1000",
                         .number = true,
                         .whole = true,
                         .low = 100,
                         .high = 10'000,
                         .unit = "m",
                         .sv = "Rutans sida; bara för unit=cells.",
                         .en = "Side of a cell; only with unit=cells."},
                        {.key = "level",
                         .default_value = "0.05",
                         .number = true,
                         .low = 0.001,
                         .high = 0.2,
                         .sv = "Så stor andel av de utpekade får vara falska (FDR).",
                         .en = "So large a share of those pointed out may be false (FDR)."},
                        {.key = "permutations",
                         .default_value = "99999",
                         .number = true,
                         .whole = true,
                         .low = 99,
                         .high = 999'999,
                         .sv = "Så många gånger lottas värdena om.",
                         .en = "How many times the values are shuffled."},
                        {.key = "seed",
                         .default_value = "1",
                         .number = true,
                         .whole = true,
                         .low = 0,
                         .high = 1'000'000'000,
                         .sv = "Slumpens startvärde; samma ger samma svar.",
                         .en = "Seed of chance; the same gives the same answer."},
                        {.key = "unit",
                         .default_value = "areas",
                         .words = {"areas", "cells"},
                         .sv = "Vad som jämförs: kommuner eller rutor.",
                         .en = "What is compared: kommuner or cells."},
                        {.key = "value",
                         .default_value = "rates",
                         .words = {"rates", "counts"},
                         .sv = "Per invånare eller antal; bara för unit=areas.",
                         .en = "Per inhabitant or counts; only with unit=areas."}},
            .tables = {{"units", "Områden eller rutor", "Areas or cells", true}},
            .drawing = Drawing::classes,
            .classes = {{1, "#d7191c", "Mycket, med mycket runt om", "High among high"},
                        {2, "#2c7bb6", "Lite, med lite runt om", "Low among low"},
                        {3, "#fdae61", "Mycket, med lite runt om", "High among low"},
                        {4, "#abd9e9", "Lite, med mycket runt om", "Low among high"},
                        {0, "", "Ingen tydlig skillnad", "No clear difference"}},
            .takes_long = true};
}

/// An area has no side and a cell no inhabitants.
Result<void> settle(Options const& given, Options& complete)
{
    auto const unit = complete.find("unit")->second;
    std::string const other = unit == "cells" ? "value" : "cell";
    if (given.contains(other)) {
        return fail(ErrorCode::wrong_use, fmt::format("{} is not for unit={}", other, unit), other);
    }
    complete.erase(other);
    return {};
}

MoranOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    MoranOptions options;
    if (values.is("unit", "cells")) {
        options.unit = MoranUnit::cells;
        options.cell = Metres{values.number("cell").value_or(options.cell.value())};
    } else {
        options.rates = values.is("value", "rates");
    }
    options.permutations = static_cast<std::uint32_t>(values.number("permutations").value_or(0.0));
    options.level = values.number("level").value_or(options.level);
    options.seed = static_cast<std::uint64_t>(values.number("seed").value_or(0.0));
    return options;
}

LayerInfo begin(LayerQuestion const& question, MoranOptions const& options)
{
    auto info = begin_info("moran", question.view, question.filter);
    info.unit = "standard deviations";
    info.unit_sv = "standardavvikelser";
    info.seed = options.seed;
    info.parameters.assign(question.options.begin(), question.options.end());
    return info;
}

void add_notes(LayerInfo& info, MoranAnswer const& answer, MoranOptions const& options)
{
    auto const units = answer.units.units.size();
    if (answer.locals.empty()) {
        info.notes.push_back(
            {"Ingenting kan sägas: det krävs minst fyra enheter, grannar, och värden som inte alla är lika.",
             "Nothing can be told: it needs four units or more, neighbours, and values that are not all "
             "equal."});
        return;
    }
    if (auto const alone = answer.units.neighbours.without_neighbours(); alone > 0) {
        info.notes.push_back({counted(alone, "enhet", "enheter") + " har inga grannar och bedöms inte.",
                              counted(alone, "unit has", "units have") + " no neighbours: not judged."});
    }
    if (units < kFewUnits) {
        info.notes.push_back(
            {fmt::format("{} enheter är få: bara mycket tydliga mönster kan skiljas från slump.", units),
             fmt::format("{} units are few: only very clear patterns can be told from chance.", units)});
    }
    double const least = 2.0 * permutation_p(0, options.permutations);
    auto const together = std::ceil(least * static_cast<double>(units) / options.level);
    if (together > 1.0) {
        info.notes.push_back(
            {fmt::format(
                 "Med {} omlottningar blir p aldrig under 2 på {}: en enhet pekas ut bara där {:.0f} eller "
                 "fler är lika tydliga.",
                 options.permutations, options.permutations + 1, together),
             fmt::format(
                 "With {} permutations p is never below 2 in {}: a unit is pointed out only where {:.0f} or "
                 "more are as clear.",
                 options.permutations, options.permutations + 1, together)});
    }
}

std::vector<Column> columns()
{
    using enum CellType;
    return {
        {{"code", "", "Kod", "Code"}, text},
        {{"name", "", "Namn", "Name"}, text},
        {{"n", "", "Händelser", "Incidents"}, whole},
        {{"population", "", "Invånare", "Inhabitants"}, whole},
        {{"rate", "per 1000 inhabitants", "Per 1 000 invånare", "Per 1 000 inhabitants"}, real},
        {{"neighbours", "", "Grannar", "Neighbours"}, whole},
        {{"score", "standard deviations", "Eget värde mot medel", "Own value against the mean"}, real},
        {{"neighbours_score", "standard deviations", "Grannarnas medel mot medel",
          "Neighbours' mean against the mean"},
         real},
        {{"local_i", "", "Lokalt Moran I", "Local Moran's I"}, real},
        {{"expected_i", "", "Väntat av slump", "Expected by chance"}, real},
        {{"p", "", "p", "p"}, real},
        {{"p_adjusted", "", "p, rättat för antalet enheter", "p, corrected for the number of units"}, real},
        {{"class", "", "Klass", "Class"}, whole}};
}

std::vector<TableCell> row_of(MoranAnswer const& answer, std::size_t unit)
{
    auto const& one = answer.units.units[unit];
    auto const when = [](bool known, TableCell cell) { return known ? std::move(cell) : TableCell{}; };
    auto const local = answer.locals.empty() ? LocalMoran{.neighbours = false} : answer.locals[unit];
    bool const tested = local.neighbours;
    return {one.code,
            when(!one.name.empty(), one.name),
            static_cast<std::int64_t>(one.count),
            when(one.population > 0, one.population),
            when(one.population > 0, kPer * static_cast<double>(one.count) /
                                         static_cast<double>(std::max<std::int64_t>(one.population, 1))),
            static_cast<std::int64_t>(answer.units.neighbours.row(unit).size()),
            when(!answer.locals.empty(), local.z),
            when(tested, local.lag),
            when(tested, local.value),
            when(tested, local.expected),
            when(tested, answer.p[unit]),
            when(tested, answer.p_adjusted[unit]),
            static_cast<std::int64_t>(answer.classes[unit])};
}

/// Every area; of cells those where something happened or that are pointed out.
Table table_of(MoranAnswer const& answer, AreaSet const& areas)
{
    Table table{.key = "units", .columns = columns(), .rows = {}, .shapes = {}, .incidents = {}};
    for (std::size_t unit = 0; unit < answer.units.units.size(); ++unit) {
        auto const& one = answer.units.units[unit];
        if (!answer.units.lattice) {
            table.shapes.emplace_back(areas[one.area].shape);
        } else if (one.count > 0 || answer.classes[unit] != Quadrant::none) {
            table.shapes.emplace_back(cell_shape(*answer.units.lattice, one.cell));
        } else {
            continue;
        }
        table.rows.push_back(row_of(answer, unit));
    }
    return table;
}

void add_facts(std::vector<Fact>& facts, MoranAnswer const& answer)
{
    auto const add = [&](std::string key, std::string sv, std::string en, TableCell value) {
        facts.push_back({{std::move(key), "", std::move(sv), std::move(en)}, std::move(value)});
    };
    add("units", "Områden eller rutor", "Areas or cells",
        static_cast<std::int64_t>(answer.units.units.size()));
    if (answer.moran && answer.moran_test) {
        add("moran_i", "Morans I", "Moran's I", answer.moran->value);
        add("moran_expected", "Väntat av slump", "Expected by chance", answer.moran->expected);
        add("moran_z", "Avvikelse (z)", "Deviation (z)", answer.moran->z_random());
        add("moran_p", "p att grannar liknar varandra så mycket", "p of neighbours this alike",
            answer.moran_test->p_upper());
        add("moran_p_unlike", "p att grannar är så olika", "p of neighbours this unlike",
            answer.moran_test->p_lower());
    }
    if (answer.geary) {
        add("geary_c", "Gearys c", "Geary's c", answer.geary->value);
    }
    if (answer.general) {
        add("general_g", "Globalt G", "General G", answer.general->value);
        add("general_g_expected", "Väntat globalt G", "General G expected by chance",
            answer.general->expected);
    }
    for (auto const& one : describe().classes) {
        if (one.value != 0) {
            auto const count = std::ranges::count(answer.classes, static_cast<Quadrant>(one.value));
            add(fmt::format("class_{}", one.value), one.sv, one.en, count);
        }
    }
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto const options = options_of(question.options);
    LayerResult result;
    result.info = begin(question, options);
    auto const answer = compare_neighbours(question, options, result.info);
    if (!answer) {
        return Failure{answer.error()};
    }
    result.tables.push_back(table_of(*answer, question.view.county().areas));
    add_facts(result.facts, *answer);
    add_notes(result.info, *answer, options);
    return result;
}

Result<NearIncidents> incidents_of_cell(LayerQuestion const& question, Lattice const& lattice,
                                        std::size_t cell)
{
    auto const selection = question.view.select_points(question.filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    auto rows = rows_in_cell(lattice, cell, question.view, selection->rows);
    auto const all = rows.size();
    return NearIncidents{all, newest_of(question.view, std::move(rows))};
}

Result<Explanation> explain(LayerQuestion const& question, MapPoint place)
{
    auto const options = options_of(question.options);
    Explanation explanation;
    explanation.info = begin(question, options);
    auto const answer = compare_neighbours(question, options, explanation.info);
    if (!answer) {
        return Failure{answer.error()};
    }
    auto const unit = answer->units.at(question.view.county().areas, place);
    if (!unit) {
        return fail(ErrorCode::not_found, "nothing is compared at this place", "place");
    }
    auto const cells = row_of(*answer, *unit);
    auto const all = columns();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!std::holds_alternative<std::monostate>(cells[i])) {
            explanation.facts.push_back({all[i].quantity, cells[i]});
        }
    }
    auto const& one = answer->units.units[*unit];
    auto const& lattice = answer->units.lattice;
    auto near = lattice ? incidents_of_cell(question, *lattice, one.cell)
                        : incidents_of_area(question.view, question.filter, one.area);
    if (!near) {
        return Failure{near.error()};
    }
    explanation.incidents = std::move(near->newest);
    explanation.all_incidents = near->all;
    add_notes(explanation.info, *answer, options);
    return explanation;
}

}  // namespace

Layer moran_layer()
{
    return {.description = describe(), .run = run, .explain = explain, .settle = settle};
}

Result<MoranOptions> moran_options(Options const& given)
{
    auto const complete = moran_layer().complete(given);
    if (!complete) {
        return Failure{complete.error()};
    }
    return options_of(*complete);
}

}  // namespace riskbild::layers
