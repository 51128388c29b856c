#include "server/endpoints/incident.hpp"

#include "server/endpoints/incident_json.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

void write_gifts(JsonText& json, Voice const& voice, Incident const& incident)
{
    json.array("gives", [&] {
        if (incident.place_from == voice.key)
            json.value("place");
        if (incident.time_from == voice.key)
            json.value("time");
        if (incident.kind_from == voice.key)
            json.value("kind");
    });
}

}  // namespace

Answer IncidentEndpoint::operator()(std::string const& id, Request const&) const
{
    constexpr std::size_t kLongestId = 200;
    if (id.empty() || id.size() > kLongestId)
        return error_answer(Error{ErrorCode::not_found, "there is no incident of this id", "id"});
    auto const found = details(id);
    if (!found)
        return error_answer(found.error());

    JsonText json;
    json.object([&] {
        json.object("incident",
                    [&] { write_row(json, row_of(found->incident, view.county()), view.county()); });
        json.array("voices", [&] {
            for (auto const& voice : found->voices)
                json.object([&] {
                    write_voice(json, voice);
                    write_gifts(json, voice, found->incident);
                });
        });
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
