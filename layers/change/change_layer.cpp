#include "layers/change/change_layer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "layers/change/change_tables.hpp"
#include "layers/layer_info.hpp"
#include "layers/nearest_incidents.hpp"

namespace riskbild::layers {
namespace {

constexpr double kSmallestSide = 100.0;
constexpr double kLargestSide = 10'000.0;

OptionDescription day_option(std::string key, std::string sv, std::string en)
{
    OptionDescription option;
    option.key = std::move(key);
    option.default_value = "auto";
    option.words = {"auto"};
    option.date = true;
    option.sv = std::move(sv);
    option.en = std::move(en);
    return option;
}

LayerDescription describe()
{
    return {
        .name = "change",
        .title_sv = "Förändring",
        .title_en = "Change",
        .about_sv =
            "Vad som blivit fler och färre mellan två perioder, i kommuner och rutor, och om det är mer "
            "än slump.",
        .about_en =
            "What became more and what less between two periods, in kommuner and cells, and whether it is "
            "more than chance.",
        .unit = "times as many a day",
        .options =
            {day_option("after_from", "Senare periodens första dag; auto är tolv månader före slutet.",
                        "First day of the later period; auto is twelve months before its end."),
             day_option("after_to", "Dagen efter senare periodens sista; auto är där uppgifterna slutar.",
                        "The day after the later period's last; auto is where the data end."),
             day_option("before_from",
                        "Tidigare periodens första dag; auto är samma datum ett eller flera år tidigare.",
                        "First day of the earlier period; auto is the same date one or more years before."),
             day_option(
                 "before_to",
                 "Dagen efter tidigare periodens sista; auto är samma datum ett eller flera år tidigare.",
                 "The day after the earlier period's last; auto is the same date one or more years "
                 "before."),
             {.key = "cell",
              .default_value = "1000",
              .number = true,
              .whole = true,
              .low = kSmallestSide,
              .high = kLargestSide,
              .unit = "m",
              .sv = "Rutans sida.",
              .en = "Side of a cell."},
             {.key = "level",
              .default_value = "0.05",
              .number = true,
              .low = 0.001,
              .high = 0.2,
              .sv = "Så stor andel av de utpekade får vara falska (FDR).",
              .en = "So large a share of those pointed out may be false (FDR)."}},
        .has_grid = true,
        .tables = {{"areas", "Områden", "Areas", true}},
        .drawing = Drawing::classes,
        .classes = {{1, "#d7191c", "Fler", "More"},
                    {0, "#e0e0e0", "Ingen tydlig förändring", "No clear change"},
                    {-1, "#2c7bb6", "Färre", "Fewer"}}};
}

ChangeOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    auto const day = [&](char const* key) { return parse_date(values.text(key)); };
    ChangeOptions options;
    options.periods = {day("before_from"), day("before_to"), day("after_from"), day("after_to")};
    options.cell = Metres{values.number("cell").value_or(options.cell.value())};
    options.level = values.number("level").value_or(options.level);
    return options;
}

std::int64_t count_of(std::vector<Change> const& changes, std::optional<ChangeClass> what)
{
    return std::ranges::count(changes, what, &Change::change);
}

void add_facts(std::vector<Fact>& facts, AreaChanges const& areas, CellChanges const& cells,
               KnownPeriods const& periods)
{
    auto const add = [&](std::string key, std::string unit, std::string sv, std::string en, TableCell value) {
        facts.push_back({{std::move(key), std::move(unit), std::move(sv), std::move(en)}, std::move(value)});
    };
    auto const day = [](LocalDate date) { return riskbild::to_text(date); };
    add("before_from", "", "Tidigare period från och med", "Earlier period from",
        day(periods.asked.before.from));
    add("before_to", "", "Tidigare period till (ej med)", "Earlier period to (not included)",
        day(periods.asked.before.to));
    add("days_before", "days", "Kända dagar då", "Known days then", std::int64_t{periods.days_before});
    add("after_from", "", "Senare period från och med", "Later period from", day(periods.asked.after.from));
    add("after_to", "", "Senare period till (ej med)", "Later period to (not included)",
        day(periods.asked.after.to));
    add("days_after", "days", "Kända dagar då", "Known days then", std::int64_t{periods.days_after});
    auto const sum = [](auto const& counts) {
        return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    };
    auto const before = sum(areas.before);
    auto const after = sum(areas.after);
    std::optional<Change> total;
    if (periods.comparable()) {
        total =
            Change{before, after, rate_ratio(before, periods.days_before, after, periods.days_after), {}, {}};
    }
    auto const values = change_values(before, after, total ? &*total : nullptr, periods);
    for (auto const& quantity : change_quantities()) {
        if (auto const cell = change_cell(quantity, values); !std::holds_alternative<std::monostate>(cell)) {
            facts.push_back({quantity.column.quantity, cell});
        }
    }
    add("areas_more", "", "Områden med fler", "Areas with more", count_of(areas.changes, ChangeClass::more));
    add("areas_fewer", "", "Områden med färre", "Areas with fewer",
        count_of(areas.changes, ChangeClass::fewer));
    add("cells_more", "", "Rutor med fler", "Cells with more", count_of(cells.changes, ChangeClass::more));
    add("cells_fewer", "", "Rutor med färre", "Cells with fewer",
        count_of(cells.changes, ChangeClass::fewer));
    add("cells_unclear", "", "Rutor utan tydlig förändring", "Cells without a clear change",
        count_of(cells.changes, ChangeClass::unclear));
}

Failure stopped()
{
    return fail(ErrorCode::busy, "stopped before the periods were compared");
}

Result<void> check_view(View const& view)
{
    if (view.policy().single_incidents) {
        return {};
    }
    return fail(ErrorCode::forbidden,
                fmt::format("changes are counted from single incidents and are not shown in the {} view",
                            view.policy().name()),
                "layer");
}

LayerInfo begin(LayerQuestion const& question)
{
    auto info = begin_info("change", question.view, question.filter);
    info.unit = "times as many a day";
    info.unit_sv = "gånger så många per dag";
    info.parameters.assign(question.options.begin(), question.options.end());
    return info;
}

Result<LayerResult> run(LayerQuestion const& question)
{
    if (auto const fine = check_view(question.view); !fine) {
        return Failure{fine.error()};
    }
    auto const options = options_of(question.options);
    LayerResult result;
    auto& info = result.info = begin(question);
    auto const periods = known_periods(question.view, question.filter, options.periods, info);
    if (!periods) {
        return Failure{periods.error()};
    }
    auto const areas = area_changes(question.view, question.filter, *periods, options.level, info);
    if (!areas) {
        return Failure{areas.error()};
    }
    if (question.progress && !question.progress(0.2)) {
        return stopped();
    }
    auto const cells = cell_changes(question.view, question.filter, *periods, options.cell, options.level);
    if (!cells) {
        return Failure{cells.error()};
    }
    if (question.progress && !question.progress(0.9)) {
        return stopped();
    }
    result.grid = cells_grid(*cells, *periods);
    result.tables.push_back(areas_table(*areas, question.view.county().areas, *periods));
    add_facts(result.facts, *areas, *cells, *periods);
    if (cells->in_areas < info.n) {
        info.notes.push_back(
            {fmt::format("{} av {} saknar punkt och räknas bara i områdena.", info.n - cells->in_areas,
                         counted(info.n, "händelse", "händelser")),
             fmt::format("{} of {} have no point and are counted in the areas only.",
                         info.n - cells->in_areas, counted(info.n, "incident", "incidents"))});
    }
    return result;
}

/// The same place in cells of another size.
Result<void> add_variants(Explanation& explanation, LayerQuestion const& question,
                          KnownPeriods const& periods, ChangeOptions const& options, MapPoint place)
{
    for (double const times : {0.5, 2.0}) {
        double const side = options.cell.value() * times;
        if (side < kSmallestSide || side > kLargestSide) {
            continue;
        }
        auto const found = cell_changes(question.view, question.filter, periods, Metres{side}, options.level);
        if (!found) {
            return Failure{found.error()};
        }
        auto const cell = cell_of(found->lattice, place);
        auto const at = cell ? std::ranges::find(found->cells, *cell) : found->cells.end();
        if (at == found->cells.end()) {
            continue;
        }
        auto const values =
            change_values(*found, static_cast<std::size_t>(at - found->cells.begin()), periods);
        Quantity const ratio{"ratio", "", "Gånger så många per dag", "Times as many a day"};
        explanation.variants.push_back(
            {"cell",
             number_text(side),
             {ratio, std::isnan(values.ratio) ? TableCell{} : TableCell{values.ratio}}});
    }
    return {};
}

Result<void> add_incidents(Explanation& explanation, LayerQuestion const& question,
                           KnownPeriods const& periods, Lattice const& lattice, std::size_t cell)
{
    std::vector<std::uint32_t> rows;
    for (auto const& period : {periods.asked.before, periods.asked.after}) {
        auto const selection = question.view.select_points(in_period(question.filter, period));
        if (!selection) {
            return Failure{selection.error()};
        }
        auto const found = rows_in_cell(lattice, cell, question.view, selection->rows);
        rows.insert(rows.end(), found.begin(), found.end());
    }
    explanation.all_incidents = rows.size();
    explanation.incidents = newest_of(question.view, std::move(rows));
    return {};
}

Result<Explanation> explain(LayerQuestion const& question, MapPoint place)
{
    if (auto const fine = check_view(question.view); !fine) {
        return Failure{fine.error()};
    }
    auto const options = options_of(question.options);
    Explanation explanation;
    explanation.info = begin(question);
    auto const periods = known_periods(question.view, question.filter, options.periods, explanation.info);
    if (!periods) {
        return Failure{periods.error()};
    }
    auto const found = cell_changes(question.view, question.filter, *periods, options.cell, options.level);
    if (!found) {
        return Failure{found.error()};
    }
    auto const cell = cell_of(found->lattice, place);
    auto const at = cell ? std::ranges::find(found->cells, *cell) : found->cells.end();
    if (at == found->cells.end()) {
        return fail(ErrorCode::not_found, "nothing is compared at this place", "place");
    }
    explanation.info.n = std::accumulate(found->before.begin(), found->before.end(), std::uint64_t{0}) +
                         std::accumulate(found->after.begin(), found->after.end(), std::uint64_t{0});
    auto const values = change_values(*found, static_cast<std::size_t>(at - found->cells.begin()), *periods);
    for (auto const& quantity : change_quantities()) {
        if (auto const value = change_cell(quantity, values);
            !std::holds_alternative<std::monostate>(value)) {
            explanation.facts.push_back({quantity.column.quantity, value});
        }
    }
    if (auto const added = add_incidents(explanation, question, *periods, found->lattice, *cell); !added) {
        return Failure{added.error()};
    }
    if (auto const added = add_variants(explanation, question, *periods, options, place); !added) {
        return Failure{added.error()};
    }
    return explanation;
}

}  // namespace

Layer change_layer()
{
    return {.description = describe(), .run = run, .explain = explain};
}

Result<ChangeOptions> change_options(Options const& given)
{
    auto const complete = change_layer().complete(given);
    if (!complete) {
        return Failure{complete.error()};
    }
    return options_of(*complete);
}

}  // namespace riskbild::layers
