#include "server/endpoints/layers.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "geo_core/store/place_label.hpp"
#include "layers/registry.hpp"
#include "server/endpoints/api_json.hpp"
#include "server/endpoints/incident_json.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/json_body.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

std::string_view name_of(layers::Drawing drawing)
{
    switch (drawing) {
        case layers::Drawing::none:
            return "none";
        case layers::Drawing::amount:
            return "amount";
        case layers::Drawing::classes:
            return "classes";
    }
    return "";
}

void write_option(JsonText& json, layers::OptionDescription const& option)
{
    json.field("key", option.key);
    json.field("default", option.default_value);
    json.array("words", [&] {
        for (auto const& word : option.words)
            json.value(word);
    });
    if (option.number) {
        json.field("low", option.low);
        json.field("high", option.high);
        json.field("whole", option.whole);
    }
    if (option.most_edges > 0)
        json.field("most_edges", option.most_edges);
    if (option.date)
        json.field("date", true);
    json.field("unit", option.unit);
    json.field("allowed", option.allowed());
    json.field("sv", option.sv);
    json.field("en", option.en);
}

void write_table(JsonText& json, layers::TableDescription const& table)
{
    json.field("key", table.key);
    json.field("title_sv", table.title_sv);
    json.field("title_en", table.title_en);
    json.field("has_places", table.has_places);
}

void write_class(JsonText& json, layers::ValueClass const& one)
{
    json.field("value", one.value);
    json.field("colour", one.colour);
    json.field("sv", one.sv);
    json.field("en", one.en);
}

template <class T>
void write_each(JsonText& json, char const* name, std::vector<T> const& items,
                void (*write)(JsonText&, T const&))
{
    json.array(name, [&] {
        for (auto const& item : items)
            json.object([&] { write(json, item); });
    });
}

void write_description(JsonText& json, layers::Layer const& layer)
{
    auto const& about = layer.description;
    json.field("name", about.name);
    json.field("title_sv", about.title_sv);
    json.field("title_en", about.title_en);
    json.field("about_sv", about.about_sv);
    json.field("about_en", about.about_en);
    json.field("unit", about.unit);
    json.field("has_grid", about.has_grid);
    json.field("drawing", name_of(about.drawing));
    json.field("of_points", about.of_points);
    json.field("takes_long", about.takes_long);
    json.field("explains", layer.explain != nullptr);
    write_each(json, "options", about.options, write_option);
    write_each(json, "tables", about.tables, write_table);
    write_each(json, "classes", about.classes, write_class);
}

Result<tiles::LayerWish> wish_of(std::string const& layer, Request const& request)
{
    auto question = question_of(request);
    if (!question)
        return Failure(question.error());
    return tiles::wish_for(layer, std::move(question->filter), question->options);
}

/// `at`: longitude and latitude in degrees.
Result<LngLat> place_of(Request const& request)
{
    auto const text = request.query_value("at").value_or("");
    auto const comma = text.find(',');
    auto const degrees = [&](std::size_t first, std::size_t last) -> std::optional<double> {
        double value = 0.0;
        auto const* const end = text.data() + last;
        auto const read = std::from_chars(text.data() + first, end, value);
        return read.ec == std::errc{} && read.ptr == end && std::isfinite(value) ? std::optional(value)
                                                                                 : std::nullopt;
    };
    if (comma != std::string::npos) {
        auto const lng = degrees(0, comma);
        auto const lat = degrees(comma + 1, text.size());
        if (lng && lat && std::abs(*lng) <= 180.0 && std::abs(*lat) <= 85.0)
            return LngLat{*lng, *lat};
    }
    return fail(ErrorCode::wrong_use, "at is not a longitude and latitude in degrees such as 17.64,59.86",
                "at");
}

void write_fact(JsonText& json, layers::Fact const& fact)
{
    write_names(json, fact.quantity);
    json.key("value");
    write_cell(json, fact.value);
}

Answer explanation_answer(layers::Explanation const& why, FindByNumber const& details, County const& county)
{
    JsonText json;
    json.object([&] {
        write_info(json, why.info);
        write_facts(json, why.facts);
        json.array("variants", [&] {
            for (auto const& variant : why.variants)
                json.object([&] {
                    json.field("option", variant.option);
                    json.field("option_value", variant.value);
                    write_fact(json, variant.fact);
                });
        });
        json.field("total_incidents", why.all_incidents);
        json.array("incidents", [&] {
            for (auto const id : why.incidents)
                // One that is gone from the store since this view was taken is counted, and not listed.
                if (auto const found = details(id))
                    json.object([&] { write_row(json, row_of(found->incident, county), county); });
        });
    });
    return json_answer(std::move(json).text());
}

Result<std::int64_t> number_of(std::string const& id)
{
    std::int64_t number = 0;
    auto const* const end = id.data() + id.size();
    auto const read = std::from_chars(id.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end)
        return fail(ErrorCode::not_found, fmt::format("there is no job {}", id), "job");
    return number;
}

Answer job_answer(Result<LayerJob> const& job, int status)
{
    if (!job)
        return error_answer(job.error());
    JsonText json;
    json.object([&] {
        json.field("id", job->id);
        json.field("layer", job->wish.layer->description.name);
        json.field("filter", to_text(job->wish.filter));
        json.field("options", layers::to_text(job->wish.options));
        json.field("revision", job->revision.value());
        json.field("step", name_of(job->step));
        json.field("progress", job->progress);
        if (job->error) {
            json.field("error", job->error->message);
            if (!job->error->field.empty())
                json.field("field", job->error->field);
        }
    });
    auto answer = json_answer(std::move(json).text());
    answer.status = status;
    return answer;
}

}  // namespace

Answer LayersEndpoint::operator()(Request const&) const
{
    JsonText json;
    json.object([&] {
        json.array("layers", [&] {
            for (auto const& layer : layers::all_layers())
                if (view.policy().single_incidents || layer.description.published)
                    json.object([&] { write_description(json, layer); });
        });
    });
    return json_answer(std::move(json).text());
}

Answer LayerResultEndpoint::operator()(std::string const& layer, Request const& request) const
{
    auto const wish = wish_of(layer, request);
    if (!wish)
        return error_answer(wish.error());
    auto const limit = limit_of(request);
    if (!limit)
        return error_answer(limit.error());
    auto const result = results->get(*wish, deadline.progress());
    if (!result)
        return error_answer(deadline.explained(result.error()));
    auto const label = [&](std::vector<IncidentId> const& incidents) {
        return place_label(incidents, details).value_or("");
    };
    JsonText json;
    json.object([&] {
        write_info(json, (*result)->info);
        write_facts(json, (*result)->facts);
        write_tables(json, (*result)->tables, results->view().county().profile.crs, *limit, label);
    });
    return json_answer(std::move(json).text());
}

Answer WhyEndpoint::operator()(std::string const& layer, Request const& request) const
{
    auto const wish = wish_of(layer, request);
    if (!wish)
        return error_answer(wish.error());
    auto const place = place_of(request);
    if (!place)
        return error_answer(place.error());
    if (wish->layer->explain == nullptr)
        return error_answer(
            {ErrorCode::not_found, fmt::format("the layer {} explains no single places", layer), "layer"});
    auto const& view = results->view();
    auto const progress = deadline.progress();
    auto const why = wish->layer->explain({view, wish->filter, wish->options, progress},
                                          view.county().profile.crs.metres(*place));
    return why ? explanation_answer(*why, details, view.county())
               : error_answer(deadline.explained(why.error()));
}

Answer BeginLayerJobEndpoint::operator()(std::string const& layer, Request const& request) const
{
    auto body = JsonBody::parse(request.body);
    if (!body)
        return error_answer(body.error());
    auto const f = body->text_or_empty("f", 64 * 1024);
    auto const o = body->text_or_empty("o", 4096);
    auto const asked = body->nothing_left();
    for (auto const* const error :
         {f ? nullptr : &f.error(), o ? nullptr : &o.error(), asked ? nullptr : &asked.error()})
        if (error != nullptr)
            return error_answer(*error);
    auto filter = parse_filter(*f);
    auto const options = layers::parse_options(*o);
    if (!filter || !options)
        return error_answer(filter ? options.error() : filter.error());
    auto wish = tiles::wish_for(layer, *std::move(filter), *options);
    if (!wish)
        return error_answer(wish.error());
    return job_answer(jobs.begin(*std::move(wish), results), 202);
}

Answer LayerJobEndpoint::operator()(std::string const& id, Request const&) const
{
    auto const number = number_of(id);
    return number ? job_answer(jobs.state(*number), 200) : error_answer(number.error());
}

Answer CancelLayerJobEndpoint::operator()(std::string const& id, Request const&) const
{
    auto const number = number_of(id);
    return number ? job_answer(jobs.cancel(*number), 200) : error_answer(number.error());
}

}  // namespace riskbild::server
