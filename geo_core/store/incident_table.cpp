#include "geo_core/store/incident_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geo_core/store/geopackage_geometry.hpp"
#include "geo_core/store/geopackage_time.hpp"

namespace riskbild::store {

namespace {

constexpr char const* kSelect =
    "SELECT id, geom, public_id, kind, occurred_from, occurred_to, precision, area_code, sources, reports, "
    "patrol_discovered, kind_from, time_from, place_from FROM incidents ";

[[noreturn]] void damaged_incident(Connection const& connection, std::int64_t id, std::string_view column)
{
    throw StoreFailure(ErrorCode::damaged,
                       fmt::format("{}: incident {} has a {} that cannot be read; `riskbild check --repair` "
                                   "rebuilds incidents",
                                   connection.file().string(), id, column));
}

Instant date_time_at(Connection const& connection, Statement const& row, int column)
{
    auto const instant = parse_date_time(row.text(column));
    if (!instant) {
        damaged_incident(connection, row.integer(0), "time");
    }
    return *instant;
}

Precision named_precision_at(Connection const& connection, Statement const& row, int column)
{
    auto const precision = parse_precision(row.text(column));
    if (!precision) {
        damaged_incident(connection, row.integer(0), "precision");
    }
    return *precision;
}

/// Area by code, remembering the codes met: a snapshot asks a million times for a handful.
class AreaCodes {
public:
    explicit AreaCodes(AreaSet const& areas) : areas_(areas) {}
    AreaId by_code(std::string_view code)
    {
        if (code != last_code_ || code.empty()) {
            last_code_ = code;
            last_area_ = code.empty() ? kNoArea : areas_.by_code(code);
        }
        return last_area_;
    }

private:
    AreaSet const& areas_;
    std::string last_code_;
    AreaId last_area_ = kNoArea;
};

}  // namespace

Place IncidentRow::place() const
{
    if (point) {
        return PointPlace{*point, precision, area};
    }
    return AreaPlace{precision, area};
}

IncidentTable::IncidentTable(Connection& connection, County const& county, KindDictionary& kinds)
    : connection_(connection),
      county_(county),
      kinds_(kinds),
      sources_(county.sources),
      srs_(county.profile.crs.epsg()),
      find_(connection, std::string(kSelect) + "WHERE id = ?1"),
      find_public_(connection, std::string(kSelect) + "WHERE public_id >= ?1 AND public_id < ?1 || '.'")
{
}

void IncidentTable::insert(IncidentRow const& row)
{
    static constexpr std::string_view kInsert =
        "INSERT INTO incidents(id, geom, public_id, kind, kind_name, occurred_from, occurred_to, precision, "
        "area_code, area_name, sources, reports, patrol_discovered, kind_from, time_from, place_from) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    if (!insert_) {
        insert_ = Statement(connection_, kInsert);
    }
    write(insert_, row);
}

void IncidentTable::update(IncidentRow const& row)
{
    static constexpr std::string_view kUpdate =
        "UPDATE incidents SET geom = ?2, public_id = ?3, kind = ?4, kind_name = ?5, occurred_from = ?6, "
        "occurred_to = ?7, precision = ?8, area_code = ?9, area_name = ?10, sources = ?11, reports = ?12, "
        "patrol_discovered = ?13, kind_from = ?14, time_from = ?15, place_from = ?16 WHERE id = ?1";
    if (!update_) {
        update_ = Statement(connection_, kUpdate);
    }
    write(update_, row);
}

void IncidentTable::write(Statement& statement, IncidentRow const& row)
{
    PointBlob blob;
    std::optional<Blob> geometry;
    if (row.point) {
        blob = point_blob(*row.point, srs_);
        geometry = Blob(blob);
    }
    std::optional<std::string_view> area_code;
    std::optional<std::string_view> area_name;
    if (row.area != kNoArea) {
        area_code = county_.areas[row.area].code;
        area_name = county_.areas[row.area].name;
    }
    statement.run(row.id, geometry, row.public_id, kinds_.code(row.kind), kinds_.swedish(row.kind),
                  DateTimeText(row.occurred.from).view(), DateTimeText(row.occurred.to).view(),
                  name_of(row.precision), area_code, area_name, sources_.text(row.sources), row.reports,
                  row.patrol_discovered, row.kind_from, row.time_from, row.place_from);
}

void IncidentTable::erase(std::int64_t id)
{
    if (!erase_) {
        erase_ = Statement(connection_, "DELETE FROM incidents WHERE id = ?1");
    }
    erase_.run(id);
}

void IncidentTable::rename(std::int64_t id, std::string_view public_id)
{
    Statement(connection_, "UPDATE incidents SET public_id = ?2 WHERE id = ?1").run(id, public_id);
}

IncidentRow IncidentTable::read(Statement const& row)
{
    IncidentRow incident;
    incident.id = row.integer(0);
    incident.point = row.is_null(1) ? std::nullopt : decode_point(row.blob(1));
    if (!row.is_null(1) && !incident.point) {
        damaged_incident(connection_, incident.id, "geometry");
    }
    incident.public_id = row.text(2);
    incident.kind = kinds_.find(row.text(3));
    incident.occurred = {date_time_at(connection_, row, 4), date_time_at(connection_, row, 5)};
    incident.precision = named_precision_at(connection_, row, 6);
    incident.area = row.is_null(7) ? kNoArea : county_.areas.by_code(row.text(7));
    incident.sources = sources_.set(row.text(8));
    incident.reports = row.integer(9);
    incident.patrol_discovered = row.integer(10) != 0;
    incident.kind_from = row.integer(11);
    incident.time_from = row.integer(12);
    incident.place_from = row.integer(13);
    return incident;
}

std::optional<IncidentRow> IncidentTable::find(std::int64_t id)
{
    find_.query(id);
    if (!find_.step()) {
        return std::nullopt;
    }
    auto row = read(find_);
    find_.reset();
    return row;
}

std::vector<IncidentRow> IncidentTable::with_public_base(std::string_view base)
{
    std::vector<IncidentRow> rows;
    find_public_.query(base);
    while (find_public_.step()) {
        rows.push_back(read(find_public_));
    }
    return rows;
}

IncidentTable::Reader IncidentTable::all()
{
    Statement rows(connection_, std::string(kSelect) + "ORDER BY public_id, id");
    rows.query();
    return {*this, std::move(rows)};
}

std::optional<IncidentRow> IncidentTable::Reader::next()
{
    return rows_.step() ? std::optional{table_.read(rows_)} : std::nullopt;
}

std::vector<SnapshotRow> read_snapshot_rows(Connection& connection, County const& county)
{
    KindDictionary const kinds(connection, county.kinds);
    SourceSets sources(county.sources);
    AreaCodes areas(county.areas);
    std::vector<SnapshotRow> rows;
    rows.reserve(static_cast<std::size_t>(connection.integer("SELECT count(*) FROM incidents")));
    Statement all(connection,
                  "SELECT id, geom, kind, occurred_from, occurred_to, precision, area_code, sources, reports "
                  "FROM incidents");
    all.query();
    while (all.step()) {
        SnapshotRow row;
        row.id = IncidentId{all.integer(0)};
        auto const point = decode_point(all.blob(1));
        row.point = point.value_or(MapPoint{});
        auto const kind = kinds.find(all.text(2));
        row.kind = kind < 0 ? kUnknownKind : kinds.kind(kind);
        row.from = date_time_at(connection, all, 3);
        row.to = date_time_at(connection, all, 4);
        row.precision = named_precision_at(connection, all, 5);
        if (is_point(row.precision) != point.has_value()) {
            damaged_incident(connection, row.id.value(), "geometry");
        }
        row.area = areas.by_code(all.text(6));
        row.sources = sources.set(all.text(7));
        row.reports = static_cast<std::uint8_t>(std::clamp<std::int64_t>(all.integer(8), 0, 255));
        rows.push_back(row);
    }
    return rows;
}

}  // namespace riskbild::store
