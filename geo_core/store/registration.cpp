#include "geo_core/store/registration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "geo_core/store/county_table.hpp"

namespace riskbild::store {

namespace {

struct Object {
    std::string type;  ///< table, index or trigger
    std::string sql;
    bool operator==(Object const&) const = default;
};

std::map<std::string, Object> objects(Connection& connection)
{
    std::map<std::string, Object> found;
    Statement all(connection, "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL");
    all.query();
    while (all.step()) {
        found.emplace(all.text(0), Object{std::string(all.text(1)), std::string(all.text(2))});
    }
    return found;
}

/// A table in which a GeoPackage tells of itself: the columns that are ours to say, and how to say them.
struct SelfDescription {
    char const* table;
    char const* columns;
    char const* put;
};

constexpr std::array kSelfDescriptions{
    SelfDescription{"gpkg_spatial_ref_sys",
                    "srs_name, srs_id, organization, organization_coordsys_id, definition, description",
                    "INSERT OR REPLACE INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
    SelfDescription{"gpkg_contents", "table_name, data_type, identifier, srs_id",
                    "INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES "
                    "(?1, ?2, ?3, nullif(?4, '')) ON CONFLICT(table_name) DO UPDATE SET data_type = "
                    "excluded.data_type, identifier = excluded.identifier, srs_id = excluded.srs_id"},
    SelfDescription{"gpkg_geometry_columns", "table_name, column_name, geometry_type_name, srs_id, z, m",
                    "INSERT OR REPLACE INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
    SelfDescription{"gpkg_extensions", "table_name, column_name, extension_name, definition, scope",
                    "INSERT OR REPLACE INTO gpkg_extensions VALUES (?1, ?2, ?3, ?4, ?5)"},
};

using Row = std::array<std::string, 6>;

std::vector<Row> rows(Connection& connection, SelfDescription const& description)
{
    std::vector<Row> found;
    Statement all(connection, fmt::format("SELECT {} FROM {}", description.columns, description.table));
    all.query();
    auto const columns = 1 + std::ranges::count(std::string_view{description.columns}, ',');
    while (all.step()) {
        Row row;
        for (int column = 0; column < columns; ++column) {
            row[static_cast<std::size_t>(column)] = all.text(column);
        }
        found.push_back(std::move(row));
    }
    std::ranges::sort(found);
    return found;
}

std::vector<Row> missing_rows(Connection& fresh, Connection& connection, SelfDescription const& description)
{
    std::vector<Row> missing;
    std::ranges::set_difference(rows(fresh, description), rows(connection, description),
                                std::back_inserter(missing));
    return missing;
}

void put(Connection& connection, SelfDescription const& description, Row const& row)
{
    Statement statement(connection, description.put);
    auto const columns = 1 + std::ranges::count(std::string_view{description.columns}, ',');
    switch (columns) {
        case 4:
            return statement.run(row[0], row[1], row[2], row[3]);
        case 5:
            return statement.run(row[0], row[1], row[2], row[3], row[4]);
        default:
            return statement.run(row[0], row[1], row[2], row[3], row[4], row[5]);
    }
}

}  // namespace

Registration::Registration(County const& county, std::span<Migration const> schema)
    : srs_(county.profile.crs.epsg()), fresh_(std::make_unique<Connection>("fresh", Connection::Mode::memory))
{
    migrate(*fresh_, 0, schema);
    write_county(*fresh_, county.profile, county.areas);
}

std::vector<std::string> Registration::check(Connection& connection) const
{
    std::vector<std::string> findings;
    auto const present = objects(connection);
    for (auto const& [name, object] : objects(*fresh_)) {
        auto const found = present.find(name);
        if (found == present.end()) {
            findings.push_back(fmt::format("the {} {} is missing", object.type, name));
        } else if (found->second != object) {
            findings.push_back(fmt::format("the {} {} is not as Riskbild made it", object.type, name));
        }
    }
    for (auto const& description : kSelfDescriptions) {
        for (auto const& row : missing_rows(*fresh_, connection, description)) {
            findings.push_back(
                fmt::format("{} does not say what it should of {}", description.table, row[0]));
        }
    }
    // The geometries say it once more, each for itself: four bytes, the lowest first.
    auto const srs = static_cast<std::uint32_t>(srs_);
    auto const bytes =
        fmt::format("{:02X}{:02X}{:02X}{:02X}", srs & 0xff, srs >> 8 & 0xff, srs >> 16 & 0xff, srs >> 24);
    for (auto const* const table : {"incidents", "named_places", "street_lines", "area_set_areas"}) {
        if (!present.contains(table)) {
            continue;  // told above
        }
        auto const others = connection.integer(
            fmt::format("SELECT count(*) FROM {} WHERE geom IS NOT NULL AND hex(substr(geom, 5, 4)) <> '{}'",
                        table, bytes));
        if (others > 0) {
            findings.push_back(
                fmt::format("{} {} have a geometry in another coordinate system", others, table));
        }
    }
    return findings;
}

void Registration::repair(Connection& connection) const
{
    auto const present = objects(connection);
    for (auto const& [name, object] : objects(*fresh_)) {
        auto const found = present.find(name);
        if (object.type == "table" || (found != present.end() && found->second == object)) {
            continue;
        }
        if (found != present.end()) {
            connection.execute(fmt::format("DROP {} \"{}\"", found->second.type, name));
        }
        connection.execute(object.sql);
    }
    for (auto const& description : kSelfDescriptions) {
        for (auto const& row : missing_rows(*fresh_, connection, description)) {
            put(connection, description, row);
        }
    }
}

}  // namespace riskbild::store
