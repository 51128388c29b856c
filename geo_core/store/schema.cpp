#include "geo_core/store/schema.hpp"

#include <fmt/format.h>

#include <string>

namespace riskbild::store {

namespace {

constexpr std::int64_t kGeoPackageId = 0x47504b47;  // 'GPKG'
constexpr std::int64_t kGeoPackageVersion = 10300;

[[noreturn]] void refuse_newer(Connection& connection, std::string const& what)
{
    throw StoreFailure(ErrorCode::newer_version,
                       fmt::format("{} was written by a newer Riskbild ({}): update this program first",
                                   connection.file().string(), what));
}

}  // namespace

void migrate(Connection& connection, int from_version, std::span<Migration const> steps)
{
    for (auto const& step : steps) {
        if (step.version > from_version) {
            connection.execute(std::string(step.sql));
        }
    }
    Statement(connection,
              "INSERT INTO store_info(name, value) VALUES ('schema_version', ?1) "
              "ON CONFLICT(name) DO UPDATE SET value = excluded.value")
        .run(std::to_string(steps.back().version));
}

int schema_version(Connection& connection, std::span<Migration const> steps)
{
    auto const& file = connection.file().string();
    if (connection.integer("PRAGMA application_id") != kGeoPackageId) {
        throw StoreFailure(ErrorCode::damaged, fmt::format("{} is not a GeoPackage", file));
    }
    if (connection.integer("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN "
                           "('store_info', 'report_versions')") != 2) {
        throw StoreFailure(ErrorCode::damaged,
                           fmt::format("{} is a GeoPackage but no store of Riskbild", file));
    }
    if (auto const version = connection.integer("PRAGMA user_version"); version > kGeoPackageVersion) {
        refuse_newer(connection, fmt::format("GeoPackage version {}", version));
    }
    auto const version = static_cast<int>(
        connection.integer("SELECT CAST(value AS INTEGER) FROM store_info WHERE name = 'schema_version'"));
    if (version > steps.back().version) {
        refuse_newer(connection,
                     fmt::format("schema {}, this program knows up to {}", version, steps.back().version));
    }
    if (version < 1) {
        throw StoreFailure(ErrorCode::damaged, fmt::format("{} does not tell its schema version", file));
    }
    return version;
}

}  // namespace riskbild::store
