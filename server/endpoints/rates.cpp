#include "server/endpoints/rates.hpp"

#include "layers/rates/rates_layer.hpp"
#include "server/endpoints/api_json.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

void write_row(JsonText& json, layers::AreaValues::Row const& row, Area const& area)
{
    json.field("code", area.code);
    json.field("name", area.name);
    if (row.count)
        json.field("n", *row.count);
    if (row.population > 0)
        json.field("population", row.population);
    if (row.rate) {
        json.field("rate", *row.rate);
        json.field("low", row.low);
        json.field("high", row.high);
    }
    if (row.smoothed)
        json.field("smoothed", *row.smoothed);
}

}  // namespace

Answer RatesEndpoint::operator()(Request const& request) const
{
    auto const question = question_of(request);
    if (!question)
        return error_answer(question.error());
    auto const options = layers::rate_options(question->options);
    if (!options)
        return error_answer(options.error());
    auto const table = layers::rates(view, question->filter, *options);
    if (!table)
        return error_answer(table.error());

    JsonText json;
    json.object([&] {
        write_info(json, table->info);
        json.array("areas", [&] {
            for (auto const& row : table->rows)
                json.object([&] { write_row(json, row, view.county().areas[row.area]); });
        });
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
