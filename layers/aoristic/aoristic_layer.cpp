#include "layers/aoristic/aoristic_layer.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "layers/aoristic/aoristic_week.hpp"
#include "layers/layer_info.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kBetweenQuestions = 1U << 16U;  // incidents between two looks at `progress`

LayerDescription describe()
{
    return {.name = "aoristic",
            .title_sv = "När på veckan",
            .title_en = "When in the week",
            .about_sv =
                "Vilka timmar och veckodagar det händer; okända klockslag fördelas över den tid då "
                "det kan ha hänt.",
            .about_en =
                "At which hours and weekdays things happen; unknown times are spread over when they "
                "may have happened.",
            .unit = "incidents",
            .tables = {{"week", "Veckans timmar", "Hours of the week"},
                       {"hours", "Dygnets timmar", "Hours of the day"},
                       {"weekdays", "Veckodagar", "Weekdays"}}};
}

/// Takes in chosen rows of the view's columns, and tells how far that has come.
class Reader {
public:
    Reader(AoristicCounter& counter, std::size_t rows, Progress const& progress)
        : counter_(counter), all_(static_cast<double>(rows)), progress_(progress)
    {
    }
    /// \return false when `progress` said stop
    bool read(IncidentColumns const& columns, std::span<std::uint32_t const> rows)
    {
        for (auto const row : rows) {
            if (progress_ && done_ % kBetweenQuestions == 0 &&
                !progress_(static_cast<double>(done_) / all_)) {
                return false;
            }
            ++done_;
            counter_.add(Instant{std::chrono::seconds{columns.from[row]}},
                         std::chrono::seconds{columns.length[row]});
        }
        return true;
    }

private:
    AoristicCounter& counter_;
    double all_;
    std::size_t done_ = 0;
    Progress const& progress_;
};

double share(double weight, AoristicWeek const& week)
{
    return week.n == 0 ? 0.0 : weight / static_cast<double>(week.n);
}

Quantity weekday_quantity()
{
    return {"weekday", "", "Veckodag (1 = måndag)", "Weekday (1 = Monday)"};
}

std::vector<Column> with_weight(std::vector<Column> columns)
{
    columns.push_back({{"weight", "incidents", "Händelser", "Incidents"}, CellType::real});
    columns.push_back({{"share", "", "Andel", "Share"}, CellType::real});
    return columns;
}

Table week_table(AoristicWeek const& week)
{
    using enum CellType;
    auto columns = with_weight({{weekday_quantity(), whole}, {{"hour", "", "Timme", "Hour"}, whole}});
    columns.push_back(
        {{"known", "incidents", "Varav säkert denna timme", "Of these surely in this hour"}, whole});
    Table table{.key = "week", .columns = std::move(columns), .rows = {}, .shapes = {}, .incidents = {}};
    for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour) {
        table.rows.push_back({static_cast<std::int64_t>(hour / kHoursOfDay + 1),
                              static_cast<std::int64_t>(hour % kHoursOfDay), week.weight[hour],
                              share(week.weight[hour], week), static_cast<std::int64_t>(week.known[hour])});
    }
    return table;
}

Table sums_table(std::string key, Quantity what, std::span<double const> sums, std::int64_t first,
                 AoristicWeek const& week)
{
    Table table{.key = std::move(key),
                .columns = with_weight({{std::move(what), CellType::whole}}),
                .rows = {},
                .shapes = {},
                .incidents = {}};
    for (auto const sum : sums) {
        table.rows.push_back({first + static_cast<std::int64_t>(table.rows.size()), sum, share(sum, week)});
    }
    return table;
}

/// The first of the largest.
std::size_t peak_of(std::span<double const> weights)
{
    return static_cast<std::size_t>(std::ranges::max_element(weights) - weights.begin());
}

void add_facts(LayerResult& result, AoristicWeek const& week)
{
    auto const add = [&](std::string key, std::string sv, std::string en, TableCell value) {
        result.facts.push_back({{std::move(key), "", std::move(sv), std::move(en)}, std::move(value)});
    };
    auto const whole = [](auto number) { return static_cast<std::int64_t>(number); };
    add("n", "Händelser", "Incidents", whole(week.n));
    add("hour_known", "Varav med känt klockslag", "Of these with a known hour", whole(week.hour_known));
    add("spread", "Fördelade över flera timmar", "Spread over several hours", whole(week.spread));
    add("uniform", "Längre än sju dygn, jämnt fördelade", "Longer than seven days, spread evenly",
        whole(week.uniform));
    if (week.n == 0) {
        return;
    }
    auto const hour = peak_of(week.weight);
    auto const hours = week.hours();
    auto const weekdays = week.weekdays();
    add("peak_weekday", "Veckans värsta timme: veckodag (1 = måndag)",
        "Worst hour of the week: weekday (1 = Monday)", whole(hour / kHoursOfDay + 1));
    add("peak_hour", "Veckans värsta timme: klockan", "Worst hour of the week: hour",
        whole(hour % kHoursOfDay));
    add("peak_share", "Andel då", "Share then", share(week.weight[hour], week));
    add("peak_hour_of_day", "Dygnets värsta timme", "Worst hour of the day", whole(peak_of(hours)));
    add("worst_weekday", "Värsta veckodagen (1 = måndag)", "Worst weekday (1 = Monday)",
        whole(peak_of(weekdays) + 1));
}

void add_notes(LayerInfo& info, AoristicWeek const& week, Filter const& filter)
{
    if (week.spread > 0) {
        info.notes.push_back(
            {fmt::format("{} av {} kan ha skett under flera timmar och fördelas över dem.", week.spread,
                         counted(week.n, "händelse", "händelser")),
             fmt::format("{} of {} may have happened in several hours and are spread over them.", week.spread,
                         counted(week.n, "incident", "incidents"))});
    }
    if (week.uniform > 0) {
        info.notes.push_back({counted(week.uniform, "händelse", "händelser") +
                                  " har en tid längre än sju dygn och fördelas jämnt över veckan.",
                              counted(week.uniform, "incident has", "incidents have") +
                                  " a time longer than seven days: spread evenly over the week."});
    }
    if (week.reversed > 0) {
        info.notes.push_back(
            {counted(week.reversed, "händelse", "händelser") +
                 " slutar före sin början: början och slut har bytt plats.",
             counted(week.reversed, "incident ends before its", "incidents end before their") +
                 " start: taken the other way round."});
    }
    if (filter.hours != 0 || filter.weekdays != 0) {
        info.notes.push_back(
            {"Filtrets timmar och veckodagar väljer efter händelsens början; det som fördelas kan nå utanför "
             "dem.",
             "The filter's hours and weekdays choose by the start of each incident; what is spread may reach "
             "beyond them."});
    }
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto const& view = question.view;
    if (!view.policy().single_incidents) {
        return fail(ErrorCode::forbidden,
                    fmt::format("the hours of the week are counted from single incidents and are not shown "
                                "in the {} view",
                                view.policy().name()),
                    "layer");
    }
    auto const with_point = view.select_points(question.filter);
    if (!with_point) {
        return Failure{with_point.error()};
    }
    auto const without_point = view.select_without_point(question.filter);
    if (!without_point) {
        return Failure{without_point.error()};
    }
    AoristicCounter counter{view.county().profile.zone};
    Reader reader{counter, with_point->rows.size() + without_point->size(), question.progress};
    if (!reader.read(view.points(), with_point->rows) || !reader.read(view.without_point(), *without_point)) {
        return fail(ErrorCode::busy, "stopped before the hours of the week were finished");
    }
    auto const week = counter.week();
    LayerResult result;
    result.info = begin_info("aoristic", view, question.filter);
    result.info.unit = "incidents";
    result.info.unit_sv = "händelser";
    result.info.n = week.n;
    // Those without a point are in; only what an hour filter cannot place is not.
    result.info.left_out[LeftOutReason::hour_unknown] = with_point->left_out[LeftOutReason::hour_unknown];
    result.tables.push_back(week_table(week));
    result.tables.push_back(sums_table("hours", {"hour", "", "Timme", "Hour"}, week.hours(), 0, week));
    result.tables.push_back(sums_table("weekdays", weekday_quantity(), week.weekdays(), 1, week));
    add_facts(result, week);
    add_notes(result.info, week, question.filter);
    return result;
}

}  // namespace

Layer aoristic_layer()
{
    return {.description = describe(), .run = run};
}

}  // namespace riskbild::layers
