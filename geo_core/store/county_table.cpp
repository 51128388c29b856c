#include "geo_core/store/county_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/geopackage_geometry.hpp"
#include "geo_core/text.hpp"

namespace riskbild::store {

namespace {

/// As many bits as a set of sources has (geo_core/ids.hpp).
constexpr std::size_t kMaxSources = 63;

void write_info(Connection& connection, std::string_view name, std::string_view value)
{
    Statement(connection, "INSERT INTO store_info(name, value) VALUES (?1, ?2)").run(name, value);
}

std::string read_info(Connection& connection, std::string_view name)
{
    Statement info(connection, "SELECT value FROM store_info WHERE name = ?1");
    info.query(name);
    if (!info.step()) {
        throw StoreFailure(ErrorCode::damaged,
                           fmt::format("{} lacks {} in store_info", connection.file().string(), name));
    }
    return std::string(info.text(0));
}

void write_reference_systems(Connection& connection, Crs const& crs)
{
    static constexpr std::string_view kWgs84 =
        "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\","
        "\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"
        "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],"
        "AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]";
    Statement add(
        connection,
        "INSERT INTO gpkg_spatial_ref_sys(srs_name, srs_id, organization, organization_coordsys_id, "
        "definition, description) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    add.run("Undefined Cartesian SRS", -1, "NONE", -1, "undefined",
            "undefined Cartesian coordinate reference system");
    add.run("Undefined geographic SRS", 0, "NONE", 0, "undefined",
            "undefined geographic coordinate reference system");
    add.run("WGS 84 geodetic", 4326, "EPSG", 4326, kWgs84,
            "longitude/latitude coordinates in decimal degrees");
    add.run(fmt::format("EPSG:{}", crs.epsg()), crs.epsg(), "EPSG", crs.epsg(), crs.wkt(),
            "metres of the county's profile");
}

void register_geometry(Connection& connection, std::string_view table, std::string_view type, int srs)
{
    Statement(connection, "UPDATE gpkg_contents SET srs_id = ?2 WHERE table_name = ?1").run(table, srs);
    Statement(connection,
              "INSERT INTO gpkg_geometry_columns(table_name, column_name, geometry_type_name, srs_id, z, m) "
              "SELECT table_name, 'geom', ?2, ?3, 0, 0 FROM gpkg_contents WHERE table_name = ?1")
        .run(table, type, srs);
}

void write_areas(Connection& connection, AreaSet const& areas, int srs)
{
    Statement add(connection,
                  "INSERT INTO areas(id, geom, code, name, population, population_year) "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for (std::size_t i = 0; i < areas.areas().size(); ++i) {
        auto const& area = areas.areas()[i];
        auto const blob = multi_polygon_blob(area.shape, srs);
        add.run(static_cast<std::int64_t>(i), Blob(blob), area.code, area.name, area.population,
                area.population_year);
    }
    auto const box = areas.bounds();
    Statement(connection,
              "UPDATE gpkg_contents SET min_x = ?1, min_y = ?2, max_x = ?3, max_y = ?4 "
              "WHERE table_name = 'areas'")
        .run(box.min.east, box.min.north, box.max.east, box.max.north);
}

AreaSet read_areas(Connection& connection)
{
    std::vector<Area> areas;
    Statement all(connection,
                  "SELECT id, geom, code, name, population, population_year FROM areas ORDER BY id");
    all.query();
    while (all.step()) {
        auto shape = decode_multi_polygon(all.blob(1));
        if (!shape || all.integer(0) != static_cast<std::int64_t>(areas.size())) {
            throw StoreFailure(ErrorCode::damaged, fmt::format("{}: the area {} cannot be read",
                                                               connection.file().string(), all.text(2)));
        }
        areas.push_back({std::string(all.text(2)), std::string(all.text(3)), std::move(*shape),
                         all.integer(4), static_cast<int>(all.integer(5))});
    }
    auto const metres = read_info(connection, "areas_generalised");
    double generalised = 0.0;
    std::from_chars(metres.data(), metres.data() + metres.size(), generalised);
    return {read_info(connection, "areas_title"), read_info(connection, "areas_source"), Metres{generalised},
            std::move(areas)};
}

KindTree read_kinds()
{
    return value_or_throw(
        KindTree::from_toml(value_or_throw(read_data_file("kinds/kinds.toml")), "kinds.toml"));
}

}  // namespace

void write_county(Connection& connection, Profile const& profile, AreaSet const& areas)
{
    write_info(connection, "epoch", random_epoch());
    write_info(connection, "profile_name", profile.name);
    write_info(connection, "profile_toml", profile.toml);
    write_info(connection, "areas_title", areas.title());
    write_info(connection, "areas_source", areas.source());
    write_info(connection, "areas_generalised", fmt::format("{}", areas.generalised().value()));
    auto const srs = profile.crs.epsg();
    write_reference_systems(connection, profile.crs);
    register_geometry(connection, "incidents", "POINT", srs);
    register_geometry(connection, "areas", "MULTIPOLYGON", srs);
    register_geometry(connection, "named_places", "POINT", srs);
    register_geometry(connection, "street_lines", "MULTILINESTRING", srs);
    register_geometry(connection, "area_set_areas", "MULTIPOLYGON", srs);
    write_areas(connection, areas, srs);
}

std::shared_ptr<County const> read_county(Connection& connection)
{
    auto profile = value_or_throw(
        parse_profile(read_info(connection, "profile_toml"), read_info(connection, "profile_name")));
    return std::make_shared<County const>(County{std::move(profile), read_areas(connection), read_kinds(),
                                                 read_sources(connection), read_epoch(connection)});
}

std::string read_epoch(Connection& connection)
{
    return read_info(connection, "epoch");
}

bool write_source(Connection& connection, Source const& source)
{
    auto const& file = connection.file().string();
    if (!is_source_name(source.name)) {
        throw StoreFailure(ErrorCode::wrong_use,
                           fmt::format("the source name \"{}\" must be of a–z, 0–9, - and _", source.name));
    }
    auto const sources = read_sources(connection);
    auto const known = std::ranges::find(sources, source.name, &Source::name);
    if (known == sources.end() && sources.size() == kMaxSources) {
        throw StoreFailure(ErrorCode::wrong_use,
                           fmt::format("{} has {} sources already, the most it can have", file, kMaxSources));
    }
    if (known == sources.end()) {
        Statement(
            connection,
            "INSERT INTO sources(id, name, title, rank, made_up, repeats) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .run(static_cast<std::int64_t>(sources.size()), source.name, source.title, source.rank,
                 source.made_up, source.repeats);
        return false;
    }
    if (*known == source) {
        return false;
    }
    if (known->made_up != source.made_up) {
        throw StoreFailure(
            ErrorCode::wrong_use,
            fmt::format("{}: the reports of {} in it are {}, these are {}: they belong into another store",
                        file, source.name, known->made_up ? "made up" : "real",
                        source.made_up ? "made up" : "real"));
    }
    Statement(connection, "UPDATE sources SET title = ?2, rank = ?3, repeats = ?4 WHERE name = ?1")
        .run(source.name, source.title, source.rank, source.repeats);
    if (known->repeats != source.repeats) {
        // Its reports are now compared with each other, or no longer: the pairs are to be found anew.
        connection.execute("DELETE FROM store_info WHERE name = 'linkage_rules'");
    }
    return true;
}

std::vector<Source> read_sources(Connection& connection)
{
    std::vector<Source> sources;
    Statement all(connection, "SELECT id, name, title, rank, made_up, repeats FROM sources ORDER BY id");
    all.query();
    while (all.step()) {
        if (all.integer(0) != static_cast<std::int64_t>(sources.size())) {
            throw StoreFailure(ErrorCode::damaged, fmt::format("{}: its sources are not numbered 0, 1, 2 …",
                                                               connection.file().string()));
        }
        sources.push_back({std::string(all.text(1)), std::string(all.text(2)),
                           static_cast<int>(all.integer(3)), all.integer(4) != 0, all.integer(5) != 0});
    }
    return sources;
}

}  // namespace riskbild::store
