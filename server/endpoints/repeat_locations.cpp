#include "server/endpoints/repeat_locations.hpp"

#include <algorithm>
#include <string>

#include "geo_core/store/place_label.hpp"
#include "layers/repeat_locations/repeat_locations_layer.hpp"
#include "server/endpoints/api_json.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

void write_place(JsonText& json, std::size_t rank, layers::RepeatPlace const& place,
                 layers::RepeatLocations const& all, View const& view, std::string const& label)
{
    auto const& county = view.county();
    json.field("rank", rank);
    write_position(json, county.profile.crs.degrees(place.position));
    if (place.area != kNoArea)
        json.field("area", county.areas[place.area].code);
    if (!label.empty())
        json.field("label", label);
    json.field("n", place.count);
    json.field("share", place.share);
    json.field("cumulative_share", place.cumulative_share);
    json.field("first", to_text(place.first));
    json.field("last", to_text(place.last));
    if (place.median_gap_days)
        json.field("median_gap_days", *place.median_gap_days);
    json.array("kinds", [&] {
        for (auto const& kind : all.kinds_of(place))
            json.object([&] {
                json.field("code", county.kinds[kind.kind].code);
                json.field("n", kind.count);
            });
    });
}

void write_concentration(JsonText& json, layers::Concentration const& spread)
{
    json.object("concentration", [&] {
        json.field("gini", spread.gini);
        json.field("generalised_gini", spread.generalised_gini);
        json.field("places_with_25_percent", spread.share_with_quarter);
        json.field("places_with_50_percent", spread.share_with_half);
        json.array("lorenz", [&] {
            for (auto const& corner : spread.lorenz)
                json.object([&] {
                    json.field("places", corner.places);
                    json.field("incidents", corner.incidents);
                });
        });
    });
}

void write_gaps(JsonText& json, layers::GapTable const& gaps)
{
    json.array("gaps", [&] {
        for (std::size_t band = 0; band < layers::kGapBands.size(); ++band)
            json.object([&] {
                json.field("from_days", layers::kGapBands[band]);
                if (band + 1 < layers::kGapBands.size())
                    json.field("to_days", layers::kGapBands[band + 1]);
                json.field("n", gaps.count[band]);
            });
    });
    json.field("same_day", gaps.same_day);
    if (gaps.median_days)
        json.field("median_gap_days", *gaps.median_days);
}

void write_time_to_repeat(JsonText& json, layers::RepeatLocations const& found)
{
    json.object("time_to_repeat", [&] {
        json.field("followed_to", to_text(found.followed_to));
        json.array("repeated", [&] {
            for (auto const days : {7, 14, 28, 90})
                json.object([&] {
                    json.field("within_days", days);
                    json.field("share", found.curve.repeated_before(days));
                });
        });
        if (auto const median = found.curve.median_days())
            json.field("median_days", *median);
    });
}

}  // namespace

Answer RepeatLocationsEndpoint::operator()(Request const& request) const
{
    auto const question = question_of(request);
    if (!question)
        return error_answer(question.error());
    auto const options = layers::repeat_location_options(question->options);
    if (!options)
        return error_answer(options.error());
    auto const limit = limit_of(request);
    if (!limit)
        return error_answer(limit.error());
    auto const found = layers::repeat_locations(view, question->filter, *options, deadline.progress());
    if (!found)
        return error_answer(deadline.explained(found.error()));

    auto const listed = std::min(*limit, found->places.size());
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < listed; ++i) {
        auto label = place_label(found->incidents_of(found->places[i]), details);
        if (!label)
            return error_answer(label.error());
        labels.push_back(*std::move(label));
    }

    JsonText json;
    json.object([&] {
        write_info(json, found->info);
        json.field("total_places", found->repeat_places);
        json.array("places", [&] {
            for (std::size_t i = 0; i < listed; ++i)
                json.object([&] { write_place(json, i + 1, found->places[i], *found, view, labels[i]); });
        });
        write_concentration(json, found->spread);
        write_gaps(json, found->gaps);
        if (found->info.n > 0)
            write_time_to_repeat(json, *found);
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
