#include "geo_core/store/place_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geo_core/store/content_hash.hpp"
#include "geo_core/store/place_tables.hpp"

namespace riskbild::store {

namespace {

/// Rows whose hash is of another content than theirs: some byte changed since they were taken in.
std::int64_t altered(Connection& connection, County const& county, char const* table)
{
    std::vector<std::string> stored;
    Statement all(connection, fmt::format("SELECT content_hash FROM {}", table));
    all.query();
    while (all.step()) {
        auto const hash = all.blob(0);
        stored.emplace_back(reinterpret_cast<char const*>(hash.data()), hash.size());
    }
    std::vector<std::string> right;
    for (auto const& content : read_contents(connection, county, table)) {
        auto const hash = content_hash(content);
        right.emplace_back(reinterpret_cast<char const*>(hash.data()), hash.size());
    }
    std::ranges::sort(stored);
    std::ranges::sort(right);
    std::vector<std::string> differing;
    std::ranges::set_difference(stored, right, std::back_inserter(differing));
    return static_cast<std::int64_t>(differing.size());
}

}  // namespace

std::vector<std::string> check_places(Connection& connection, County const& county)
{
    std::vector<std::string> findings;
    auto const count = [&](std::int64_t found, std::string_view what) {
        if (found > 0) {
            findings.push_back(fmt::format("{} {}; import the source's file again", found, what));
        }
    };
    try {
        count(altered(connection, county, "named_places"), "named places are not as they were received");
        count(altered(connection, county, "area_sets"), "area sets are not as they were received");
        count(altered(connection, county, "figures"), "figures are not as they were received");
    } catch (StoreFailure const& failure) {
        if (failure.error().code != ErrorCode::damaged) {
            throw;
        }
        findings.push_back(failure.error().message);
    }
    count(connection.integer("SELECT count(*) FROM (SELECT 1 FROM named_places GROUP BY source, source_key "
                             "HAVING count(*) > 1)"),
          "named places have a key of their source twice");
    count(connection.integer("SELECT count(*) FROM named_places WHERE geom IS NOT NULL AND ST_IsEmpty(geom)"),
          "named places have a geometry that is no point");
    return findings;
}

}  // namespace riskbild::store
