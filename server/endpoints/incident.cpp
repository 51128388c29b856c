#include "server/endpoints/incident.hpp"

#include "server/endpoints/incident_json.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

void write_if_any(JsonText& json, std::string_view name, std::string const& text)
{
    if (!text.empty())
        json.field(name, text);
}

void write_voice(JsonText& json, Voice const& voice, Incident const& incident)
{
    json.field("source", voice.key.source);
    json.field("source_id", voice.key.source_id);
    json.field("kind", voice.kind_code);
    json.field("from", to_text(voice.occurred.from));
    json.field("to", to_text(voice.occurred.to));
    json.field("precision", name_of(voice.precision));
    write_if_any(json, "place_text", voice.place_text);
    write_if_any(json, "title", voice.title);
    write_if_any(json, "text", voice.text);
    write_if_any(json, "link", voice.link);
    write_if_any(json, "case_number", voice.case_number);
    json.field("first_seen", to_text(voice.first_seen));
    json.field("last_seen", to_text(voice.last_seen));
    json.field("versions", voice.versions);
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
                json.object([&] { write_voice(json, voice, found->incident); });
        });
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
