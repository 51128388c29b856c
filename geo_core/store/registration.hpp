#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo_core/snapshot.hpp"
#include "geo_core/store/schema.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// Holds the schema of a store and what a GeoPackage tells of itself (tables, geometry columns, extensions,
/// coordinate systems) against a store that is made anew for the same county. What others added, a table
/// of map styles for one, is none of our business.
class Registration {
public:
    Registration(County const& county, std::span<Migration const> schema);

    /// One sentence for each thing that is missing or otherwise.
    [[nodiscard]] std::vector<std::string> check(Connection& connection) const;
    /// Puts right all but altered tables. Within the caller's transaction.
    void repair(Connection& connection) const;

private:
    int srs_;
    std::unique_ptr<Connection> fresh_;
};

}  // namespace riskbild::store
