#include "server/endpoints/legend.hpp"

#include "server/endpoints/api_json.hpp"
#include "server/endpoints/parameters.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {

Answer LegendEndpoint::operator()(std::string const& layer, Request const& request) const
{
    auto const question = question_of(request);
    if (!question)
        return error_answer(question.error());
    auto const found = legend(layer, question->filter, question->options);
    if (!found)
        return error_answer(found.error());

    JsonText json;
    json.object([&] {
        write_info(json, (*found)->info);
        json.array("classes", [&] {
            for (auto const& shade : (*found)->classes)
                json.object([&] {
                    json.field("from", shade.from);
                    json.field("to", shade.to);
                    json.field("colour", shade.colour);
                    if (!shade.sv.empty()) {
                        json.field("sv", shade.sv);
                        json.field("en", shade.en);
                    }
                });
        });
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
