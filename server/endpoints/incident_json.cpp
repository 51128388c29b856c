#include "server/endpoints/incident_json.hpp"

#include "server/endpoints/api_json.hpp"

namespace riskbild::server {

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

}  // namespace riskbild::server
