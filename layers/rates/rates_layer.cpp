#include "layers/rates/rates_layer.hpp"

namespace riskbild::layers {
namespace {

LayerDescription describe()
{
    return {.name = "rates",
            .title_sv = "Händelser per invånare",
            .title_en = "Rates",
            .about_sv = "Antal händelser i varje kommun, och per invånare med osäkerhet.",
            .about_en = "Incidents in each kommun, and per inhabitant with uncertainty.",
            .unit = "incidents per 1000 inhabitants over the period",
            .options = {{.key = "per",
                         .default_value = "1000",
                         .number = true,
                         .whole = true,
                         .low = 1,
                         .high = static_cast<double>(kLargestPer),
                         .sv = "Så många invånare räknas per.",
                         .en = "Per so many inhabitants."},
                        {.key = "smoothing",
                         .default_value = "none",
                         .words = {"none", "global", "neighbours"},
                         .sv = "Jämna även ut små kommuners tal mot medelvärdet (empirisk Bayes).",
                         .en = "Also draw the rates of small areas towards the mean (empirical Bayes)."},
                        {.key = "yearly",
                         .default_value = "no",
                         .words = {"no", "yes"},
                         .sv = "Per år i stället för hela perioden.",
                         .en = "Per year instead of over the whole period."}},
            .tables = {{"areas", "Områden", "Areas", true}},
            .drawing = Drawing::amount,
            .published = true};
}

RateOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    RateOptions options;
    options.per = static_cast<std::int64_t>(values.number("per").value_or(1000.0));
    options.yearly = values.is("yearly", "yes");
    for (auto const smoothing : {Smoothing::none, Smoothing::global, Smoothing::neighbours}) {
        if (values.is("smoothing", name_of(smoothing))) {
            options.smoothing = smoothing;
        }
    }
    return options;
}

Table table_of(AreaValues const& values, AreaSet const& areas)
{
    using enum CellType;
    auto const& unit = values.info.unit;
    Table table{.key = "areas",
                .columns = {{{"code", "", "Kod", "Code"}, text},
                            {{"name", "", "Namn", "Name"}, text},
                            {{"n", "", "Händelser", "Incidents"}, whole},
                            {{"population", "", "Invånare", "Inhabitants"}, whole},
                            {{"rate", unit, "Per invånare", "Rate"}, real},
                            {{"low", unit, "Lägst (95 %)", "Lowest (95 %)"}, real},
                            {{"high", unit, "Högst (95 %)", "Highest (95 %)"}, real},
                            {{"smoothed", unit, "Utjämnat", "Smoothed"}, real}},
                .rows = {},
                .shapes = {},
                .incidents = {}};
    for (auto const& row : values.rows) {
        auto const& area = areas[row.area];
        auto const where = [](bool known, TableCell cell) { return known ? std::move(cell) : TableCell{}; };
        table.rows.push_back({area.code, area.name,
                              where(row.count.has_value(), static_cast<std::int64_t>(row.count.value_or(0))),
                              where(row.population > 0, row.population),
                              where(row.rate.has_value(), row.rate.value_or(0.0)),
                              where(row.rate.has_value(), row.low), where(row.rate.has_value(), row.high),
                              where(row.smoothed.has_value(), row.smoothed.value_or(0.0))});
        table.shapes.emplace_back(area.shape);
    }
    return table;
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto values = rates(question.view, question.filter, options_of(question.options));
    if (!values) {
        return Failure{values.error()};
    }
    LayerResult result;
    result.tables.push_back(table_of(*values, question.view.county().areas));
    result.info = std::move(values->info);
    return result;
}

}  // namespace

Layer rates_layer()
{
    return {.description = describe(), .run = run};
}

Result<RateOptions> rate_options(Options const& given)
{
    auto const complete = rates_layer().complete(given);
    if (!complete) {
        return Failure{complete.error()};
    }
    return options_of(*complete);
}

}  // namespace riskbild::layers
