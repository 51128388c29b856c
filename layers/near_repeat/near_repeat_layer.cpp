#include "layers/near_repeat/near_repeat_layer.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "layers/nearest_incidents.hpp"

namespace riskbild::layers {
namespace {

constexpr std::size_t kMostChains = 2000;

LayerDescription describe()
{
    return {
        .name = "near_repeat",
        .title_sv = "Närliggande upprepning",
        .title_en = "Near repeats",
        .about_sv =
            "Hur långt och hur länge en händelse höjer risken för en ny i närheten, och var den är höjd nu.",
        .about_en =
            "How far and how long an incident raises the risk of another nearby, and where it is raised now.",
        .unit = "pairs of incidents",
        .options =
            {{.key = "as_of",
              .default_value = "latest",
              .words = {"latest"},
              .date = true,
              .sv = "Dagen som kartan över höjd risk gäller; latest är dagen efter den senaste händelsen.",
              .en = "The day of the map of raised risk; latest is the day after the last incident."},
             {.key = "cell",
              .default_value = "100",
              .number = true,
              .low = 10,
              .high = 1000,
              .unit = "m",
              .sv = "Rutans sida i den kartan.",
              .en = "Side of a cell of that map."},
             {.key = "chain_days",
              .default_value = "14",
              .number = true,
              .whole = true,
              .low = 1,
              .high = 365,
              .unit = "days",
              .sv = "Händelser med färre dagar emellan hör till samma kedja …",
              .en = "Incidents with fewer days between belong to one chain …"},
             {.key = "chain_distance",
              .default_value = "200",
              .number = true,
              .low = 1,
              .high = 10'000,
              .unit = "m",
              .sv = "… om de dessutom är närmare varandra än så här.",
              .en = "… if they are also nearer to each other than this."},
             {.key = "closed",
              .default_value = "left",
              .words = {"left", "right"},
              .sv = "Vilken ände av ett intervall som hör dit: 0–100 är under 100 (left) eller högst 100 "
                    "(right).",
              .en = "Which end belongs to a band: 0–100 is below 100 (left) or at most 100 (right)."},
             {.key = "days",
              .default_value = "7,14,21,28",
              .whole = true,
              .low = 1,
              .high = 3650,
              .unit = "days",
              .most_edges = kMostKnoxBands,
              .sv = "Var tidsintervallen slutar, i dagar.",
              .en = "Where the bands of time end, in days."},
             {.key = "distance",
              .default_value = "100,200,300,400",
              .low = 1,
              .high = 50'000,
              .unit = "m",
              .most_edges = kMostKnoxBands - 1,
              .sv = "Var avståndsintervallen slutar, bortom samma plats.",
              .en = "Where the bands of distance end, beyond the same place."},
             {.key = "least_ratio",
              .default_value = "1.2",
              .number = true,
              .low = 1,
              .high = 100,
              .sv = "Så många gånger fler par än väntat, och p högst 0,05, räknas som höjd risk.",
              .en = "So many times more pairs than expected, and p at most 0.05, count as raised risk."},
             {.key = "metric",
              .default_value = "euclidean",
              .words = {"euclidean", "manhattan"},
              .sv = "Avstånd fågelvägen, eller längs rätvinkliga gator (manhattan).",
              .en = "Distance in a straight line, or along streets at right angles (manhattan)."},
             {.key = "permutations",
              .default_value = "999",
              .number = true,
              .whole = true,
              .low = 19,
              .high = kMostPermutations,
              .sv = "Hur många gånger tiderna blandas för att se vad slumpen ger.",
              .en = "How many times the times are shuffled to see what chance gives."},
             {.key = "same_place",
              .default_value = "1",
              .number = true,
              .low = 0.1,
              .high = 500,
              .unit = "m",
              .sv = "Närmare än så är samma plats.",
              .en = "Nearer than this is the same place."},
             {.key = "seed",
              .default_value = "1",
              .number = true,
              .whole = true,
              .low = 0,
              .high = 9'007'199'254'740'991.0,
              .sv = "Startvärde för slumpen: samma värde ger samma svar.",
              .en = "Seed of chance: the same gives the same answer."}},
        .has_grid = true,
        .tables = {{"bands", "Par efter avstånd och tid", "Pairs by distance and time", false},
                   {"now", "Där risken är höjd nu", "Where the risk is raised now", true},
                   {"chains", "Kedjor av händelser", "Chains of incidents", true}},
        .drawing = Drawing::amount,
        .of_points = true,
        .takes_long = true};
}

NearRepeatOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    NearRepeatOptions options;
    options.same_place = Metres{*values.number("same_place")};
    options.distance = values.edges("distance");
    options.days.clear();
    for (double const day : values.edges("days")) {
        options.days.push_back(static_cast<std::int32_t>(day));
    }
    options.metric = values.is("metric", "manhattan") ? Metric::manhattan : Metric::euclidean;
    options.closed = values.is("closed", "right") ? Closed::right : Closed::left;
    options.permutations = static_cast<int>(*values.number("permutations"));
    options.seed = static_cast<std::uint64_t>(*values.number("seed"));
    options.chain_distance = Metres{*values.number("chain_distance")};
    options.chain_days = static_cast<std::int32_t>(*values.number("chain_days"));
    options.cell = Metres{*values.number("cell")};
    options.least_ratio = *values.number("least_ratio");
    options.as_of = parse_date(values.text("as_of"));
    return options;
}

Result<void> settle(Options const&, Options& complete)
{
    OptionValues const values{complete};
    if (values.edges("distance").front() <= *values.number("same_place")) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("distance begins at {} m, which must be above same_place, {} m",
                                values.edges("distance").front(), *values.number("same_place")),
                    "distance");
    }
    return {};
}

template <class Number>
TableCell count_cell(Number number)
{
    return static_cast<std::int64_t>(number);
}

template <class Edge>
std::string span_text(Edge from, Edge to, Closed closed, bool first)
{
    auto const low = number_text(static_cast<double>(from));
    auto const high = number_text(static_cast<double>(to));
    return closed == Closed::left ? fmt::format("[{}, {})", low, high)
                                  : fmt::format("{}{}, {}]", first ? "[" : "(", low, high);
}

Table bands_table(NearRepeat const& found)
{
    using enum CellType;
    Table table{
        .key = "bands",
        .columns = {{{"distance", "m", "Avstånd", "Distance"}, text},
                    {{"days", "days", "Dagar emellan", "Days between"}, text},
                    {{"observed", "", "Par", "Pairs"}, whole},
                    {{"expected", "", "Väntade par", "Expected pairs"}, real},
                    {{"ratio", "", "Gånger väntat", "Times expected"}, real},
                    {{"deviation", "", "Standardavvikelse av slump", "Standard deviation by chance"}, real},
                    {{"p", "", "p", "p"}, real},
                    {{"significant", "", "Tydligt fler", "Clearly more"}, whole}},
        .rows = {},
        .shapes = {},
        .incidents = {}};
    auto const& bands = found.bands;
    for (std::size_t d = 0; d < bands.distance_bands(); ++d) {
        for (std::size_t t = 0; t < bands.time_bands(); ++t) {
            auto const& cell = found.table.at(d, t);
            table.rows.push_back(
                {span_text(bands.distance[d], bands.distance[d + 1], bands.closed, d == 0),
                 span_text(bands.days[t], bands.days[t + 1], bands.closed, t == 0), count_cell(cell.observed),
                 cell.expected,
                 cell.expected > 0.0 ? TableCell{static_cast<double>(cell.observed) / cell.expected}
                                     : TableCell{},
                 cell.deviation, cell.p, count_cell(found.raised[d * bands.time_bands() + t])});
        }
    }
    return table;
}

Table now_table(NearRepeat const& found, PointColumns const& points)
{
    using enum CellType;
    Table table{.key = "now",
                .columns = {{{"ratio", "", "Gånger väntat", "Times expected"}, real},
                            {{"radius", "m", "Inom", "Within"}, real},
                            {{"days_left", "days", "Dagar kvar", "Days left"}, whole},
                            {{"day", "", "Händelsens dag", "Day of the incident"}, text}},
                .rows = {},
                .shapes = {},
                .incidents = {}};
    for (auto const& raised : found.now) {
        auto const row = found.rows[raised.point];
        table.rows.push_back({raised.ratio, raised.radius.value(), count_cell(raised.days_left),
                              riskbild::to_text(LocalDate{date::days{points.local_day[row]}})});
        table.shapes.emplace_back(MapPoint{points.east[row], points.north[row]});
        table.incidents.push_back({IncidentId{points.id[row]}});
    }
    return table;
}

Table chains_table(NearRepeat const& found, PointColumns const& points)
{
    using enum CellType;
    Table table{.key = "chains",
                .columns = {{{"rank", "", "Rang", "Rank"}, whole},
                            {{"n", "", "Händelser", "Incidents"}, whole},
                            {{"repeats", "", "På samma plats", "At the same place"}, whole},
                            {{"first", "", "Första", "First"}, text},
                            {{"last", "", "Senaste", "Last"}, text},
                            {{"days", "days", "Dagar", "Days"}, whole},
                            {{"length", "m", "Väg i tidsordning", "Way in order of time"}, real}},
                .rows = {},
                .shapes = {},
                .incidents = {}};
    for (auto const& chain : found.chains.chains) {
        if (table.rows.size() == kMostChains) {
            break;
        }
        std::vector<MapPoint> line;
        std::vector<IncidentId> incidents;
        std::int64_t repeats = 0;
        double length = 0.0;
        for (auto const i : chain) {
            auto const row = found.rows[i];
            MapPoint const place{points.east[row], points.north[row]};
            length += line.empty()
                          ? 0.0
                          : std::hypot(place.east - line.back().east, place.north - line.back().north);
            line.push_back(place);
            incidents.emplace_back(points.id[row]);
            repeats += found.chains.of_point[i] == RepeatClass::repeat ? 1 : 0;
        }
        auto const first = points.local_day[found.rows[chain.front()]];
        auto const last = points.local_day[found.rows[chain.back()]];
        table.rows.push_back({count_cell(table.rows.size() + 1), count_cell(chain.size()), repeats,
                              riskbild::to_text(LocalDate{date::days{first}}),
                              riskbild::to_text(LocalDate{date::days{last}}), count_cell(last - first),
                              length});
        table.shapes.emplace_back(std::move(line));
        table.incidents.push_back(std::move(incidents));
    }
    return table;
}

std::vector<Fact> facts_of(NearRepeat const& found)
{
    auto const of_class = [&](RepeatClass wanted) {
        return count_cell(std::ranges::count(found.chains.of_point, wanted));
    };
    return {
        {{"pairs", "", "Par av händelser i allt", "Pairs of incidents in all"},
         count_cell(found.table.pairs)},
        {{"originators", "", "Händelser som andra följer på", "Incidents that others follow"},
         of_class(RepeatClass::originator)},
        {{"repeats", "", "Upprepningar på samma plats", "Repeats at the same place"},
         of_class(RepeatClass::repeat)},
        {{"near_repeats", "", "Upprepningar i närheten", "Repeats nearby"},
         of_class(RepeatClass::near_repeat)},
        {{"alone", "", "Händelser för sig själva", "Incidents by themselves"}, of_class(RepeatClass::alone)},
        {{"chains", "", "Kedjor", "Chains"}, count_cell(found.chains.chains.size())},
        {{"as_of", "", "Höjd risk gäller", "Raised risk as of"}, riskbild::to_text(found.as_of)},
        {{"raised_now", "", "Händelser som höjer risken då", "Incidents that raise the risk then"},
         count_cell(found.now.size())}};
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto found = near_repeat(question.view, question.filter, options_of(question.options), question.progress);
    if (!found) {
        return Failure{found.error()};
    }
    auto const points = question.view.points();
    LayerResult result;
    result.facts = facts_of(*found);
    result.tables = {bands_table(*found), now_table(*found, points), chains_table(*found, points)};
    result.grid = Grid{found->lattice,
                       {{{"ratio", "", "Gånger väntat", "Times expected"}, std::move(found->ratio)},
                        {{"days_left", "days", "Dagar kvar", "Days left"}, std::move(found->days_left)}}};
    result.info = std::move(found->info);
    return result;
}

}  // namespace

Layer near_repeat_layer()
{
    return {.description = describe(), .run = run, .settle = settle};
}

}  // namespace riskbild::layers
