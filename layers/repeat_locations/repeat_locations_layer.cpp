#include "layers/repeat_locations/repeat_locations_layer.hpp"

#include <fmt/format.h>

namespace riskbild::layers {
namespace {

LayerDescription describe()
{
    return {
        .name = "repeat_locations",
        .title_sv = "Upprepade platser",
        .title_en = "Repeat locations",
        .about_sv = "Platser som drabbas flera gånger, mest drabbade först.",
        .about_en = "Places that are hit more than once, most hit first.",
        .unit = "incidents per place",
        .options =
            {{.key = "min_count",
              .default_value = "2",
              .number = true,
              .whole = true,
              .low = 1,
              .high = 100'000,
              .sv = "Minsta antal händelser för att en plats ska listas.",
              .en = "Fewest incidents for a place to be listed."},
             {.key = "places",
              .default_value = "unknown",
              .words = {"unknown"},
              .number = true,
              .whole = true,
              .low = 1,
              .high = static_cast<double>(kMostPlaces),
              .sv = "Antal platser där något kunde ha hänt, till exempel adresser i länet.",
              .en = "Number of places where something could have happened, such as addresses of the county."},
             {.key = "tolerance",
              .default_value = "25",
              .number = true,
              .low = 0,
              .high = kLargestTolerance.value(),
              .unit = "m",
              .sv = "Koordinater så nära platsens vanligaste räknas som samma plats.",
              .en = "Coordinates this near a place's most frequent one are the same place."}},
        .tables = {{"places", "Upprepade platser", "Repeat locations", true}},
        .drawing = Drawing::amount,
        .of_points = true};
}

RepeatLocationOptions options_of(Options const& complete)
{
    OptionValues const values{complete};
    RepeatLocationOptions options;
    options.tolerance = Metres{values.number("tolerance").value_or(0.0)};
    options.min_count = static_cast<std::uint32_t>(values.number("min_count").value_or(2.0));
    if (auto const places = values.number("places")) {
        options.places = static_cast<std::uint64_t>(*places);
    }
    return options;
}

std::vector<Column> columns_of_places()
{
    using enum CellType;
    return {{{"rank", "", "Rang", "Rank"}, whole},
            {{"east", "m", "Öst", "East"}, real},
            {{"north", "m", "Nord", "North"}, real},
            {{"area", "", "Områdeskod", "Area code"}, text},
            {{"area_name", "", "Område", "Area"}, text},
            {{"n", "", "Händelser", "Incidents"}, whole},
            {{"share", "", "Andel", "Share"}, real},
            {{"cumulative_share", "", "Andel hittills", "Share so far"}, real},
            {{"first", "", "Första", "First"}, text},
            {{"last", "", "Senaste", "Last"}, text},
            {{"median_gap_days", "days", "Dagar emellan (median)", "Days between (median)"}, real},
            {{"kinds", "", "Brottstyper", "Kinds"}, text}};
}

std::string kinds_of(RepeatLocations const& found, RepeatPlace const& place, KindTree const& kinds)
{
    std::string text;
    for (auto const& kind : found.kinds_of(place)) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", kinds[kind.kind].code, kind.count);
    }
    return text;
}

Table table_of(RepeatLocations const& found, County const& county)
{
    Table table{.key = "places", .columns = columns_of_places(), .rows = {}, .shapes = {}, .incidents = {}};
    for (auto const& place : found.places) {
        auto const of_area = [&](std::string Area::*what) {
            return place.area == kNoArea ? TableCell{} : TableCell{county.areas[place.area].*what};
        };
        table.rows.push_back({static_cast<std::int64_t>(table.rows.size() + 1), place.position.east,
                              place.position.north, of_area(&Area::code), of_area(&Area::name),
                              static_cast<std::int64_t>(place.count), place.share, place.cumulative_share,
                              riskbild::to_text(place.first), riskbild::to_text(place.last),
                              place.median_gap_days ? TableCell{*place.median_gap_days} : TableCell{},
                              kinds_of(found, place, county.kinds)});
        table.shapes.emplace_back(place.position);
        auto const incidents = found.incidents_of(place);
        table.incidents.emplace_back(incidents.begin(), incidents.end());
    }
    return table;
}

void add_facts(LayerResult& result, RepeatLocations const& found)
{
    auto const add = [&](std::string key, std::string sv, std::string en, auto const& value) {
        result.facts.push_back({{std::move(key), "", std::move(sv), std::move(en)}, value});
    };
    auto const whole = [](auto number) { return static_cast<std::int64_t>(number); };
    add("places", "Platser", "Places", whole(found.all_places));
    add("repeat_places", "Platser med två händelser eller fler", "Places with two incidents or more",
        whole(found.repeat_places));
    add("repeat_incidents", "Händelser på dem", "Incidents at those", whole(found.repeat_incidents));
    for (std::size_t i = 0; i < kGapBands.size(); ++i) {
        add(fmt::format("gaps_from_day_{}", kGapBands[i]),
            fmt::format("Upprepningar från dag {}", kGapBands[i]),
            fmt::format("Repeats from day {}", kGapBands[i]), whole(found.gaps.count[i]));
    }
    add("gaps_same_day", "Upprepningar samma dag", "Repeats on the same day", whole(found.gaps.same_day));
    if (found.gaps.median_days) {
        add("gaps_median_days", "Dagar till upprepning (median)", "Days to a repeat (median)",
            *found.gaps.median_days);
    }
    add("followed_to", "Följt till och med", "Followed to", riskbild::to_text(found.followed_to));
    for (auto const days : {7, 14, 28, 90}) {
        add(fmt::format("repeated_before_day_{}", days), fmt::format("Andel upprepade inom {} dagar", days),
            fmt::format("Share repeated within {} days", days), found.curve.repeated_before(days));
    }
    add("gini", "Gini", "Gini", found.spread.gini);
    add("generalised_gini", "Generaliserad Gini", "Generalised Gini", found.spread.generalised_gini);
    add("places_with_quarter", "Platser med 25 % av händelserna", "Places with 25 % of the incidents",
        whole(found.spread.places_with_quarter));
    add("places_with_half", "Platser med 50 % av händelserna", "Places with 50 % of the incidents",
        whole(found.spread.places_with_half));
}

Result<LayerResult> run(LayerQuestion const& question)
{
    auto found =
        repeat_locations(question.view, question.filter, options_of(question.options), question.progress);
    if (!found) {
        return Failure{found.error()};
    }
    LayerResult result;
    result.tables.push_back(table_of(*found, question.view.county()));
    add_facts(result, *found);
    result.info = std::move(found->info);
    return result;
}

}  // namespace

Layer repeat_locations_layer()
{
    return {.description = describe(), .run = run};
}

Result<RepeatLocationOptions> repeat_location_options(Options const& given)
{
    auto const complete = repeat_locations_layer().complete(given);
    if (!complete) {
        return Failure{complete.error()};
    }
    return options_of(*complete);
}

}  // namespace riskbild::layers
