#include "server/endpoints/incident_json.hpp"

#include "server/endpoints/api_json.hpp"

namespace riskbild::server {
namespace {

void write_if_any(JsonText& json, std::string_view name, std::string const& text)
{
    if (!text.empty())
        json.field(name, text);
}

}  // namespace

IncidentRow row_of(Incident const& incident, County const& county)
{
    IncidentRow row{.public_id = incident.public_id,
                    .number = incident.id,
                    .kind = incident.kind,
                    .occurred = incident.occurred,
                    .precision = precision_of(incident.place),
                    .area = area_of(incident.place),
                    .position = {},
                    .sources = incident.sources,
                    .reports = incident.reports};
    if (auto const point = point_of(incident.place))
        row.position = county.profile.crs.degrees(*point);
    return row;
}

void write_row(JsonText& json, IncidentRow const& row, County const& county)
{
    json.field("id", row.public_id);
    json.field("number", row.number.value());
    json.field("kind", county.kinds[row.kind].code);
    json.field("from", to_text(row.occurred.from));
    json.field("to", to_text(row.occurred.to));
    json.field("precision", name_of(row.precision));
    if (row.area != kNoArea)
        json.field("area", county.areas[row.area].code);
    if (row.position)
        write_position(json, *row.position);
    json.array("sources", [&] {
        for (std::size_t i = 0; i < county.sources.size(); ++i)
            if ((row.sources >> i & 1U) != 0)
                json.value(county.sources[i].name);
    });
    json.field("reports", row.reports);
}

void write_voice(JsonText& json, Voice const& voice)
{
    json.field("source", voice.key.source);
    json.field("source_id", voice.key.source_id);
    json.field("kind", voice.kind_code);
    write_if_any(json, "kind_rule", voice.kind_rule);
    json.field("kind_confidence", voice.kind_confidence);
    json.field("from", to_text(voice.occurred.from));
    json.field("to", to_text(voice.occurred.to));
    json.field("precision", name_of(voice.precision));
    write_if_any(json, "place_text", voice.place_text);
    write_if_any(json, "place_rule", voice.place_rule);
    write_if_any(json, "title", voice.title);
    write_if_any(json, "text", voice.text);
    write_if_any(json, "link", voice.link);
    write_if_any(json, "case_number", voice.case_number);
    json.field("first_seen", to_text(voice.first_seen));
    json.field("last_seen", to_text(voice.last_seen));
    json.field("versions", voice.versions);
}

}  // namespace riskbild::server
