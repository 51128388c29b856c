#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "geo_core/set_aside.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/store/sqlite_handle.hpp"
#include "geo_core/store/store.hpp"

namespace riskbild::store {

/// The desk in the file: `set_aside_rows` with `set_aside_decisions`, `set_aside_changes` and
/// `reading_recipes`. What writes is called within a write transaction.
[[nodiscard]] SetAsidePage read_set_aside_page(Connection& connection, County const& county,
                                               SetAsideQuery const& query);
/// Throws ErrorCode::not_found.
[[nodiscard]] SetAsideEntry read_set_aside_entry(Connection& connection, County const& county,
                                                 std::int64_t id);

/// Selects source and content of the rows that a report of that source says word for word by now: a later
/// import could use them as they are.
inline constexpr char const* kToldSince =
    "SELECT s.name, v.content_hash FROM report_versions v JOIN reports q ON q.id = v.report_id JOIN sources "
    "s "
    "ON s.id = q.source_id WHERE v.content_hash IN (SELECT payload_hash FROM set_aside_rows)";

/// The number of a recipe, which is put there once.
[[nodiscard]] std::int64_t recipe_number(Connection& connection, std::string const& recipe);
[[nodiscard]] Standing standing_of(Connection& connection, County const& county, ReportKey const& key,
                                   std::string const& payload);

/// Both throw ErrorCode::not_found, and ErrorCode::wrong_use for a row that is taken or dropped already.
void write_correction(Connection& connection, std::int64_t id, Correction const& correction);
void write_settlement(Connection& connection, County const& county, std::int64_t id,
                      Settlement const& settlement);

/// Drops rows; one that shares its content with one before it is dropped with that.
void write_drops(Connection& connection, County const& county, std::span<std::int64_t const> ids,
                 Settlement const& settlement);

/// \return whether what a report says changed, so that views change. Throws ErrorCode::not_found;
/// ErrorCode::wrong_use where nothing was done
[[nodiscard]] bool undo_decision(Connection& connection, County const& county, std::int64_t id,
                                 int public_id_length);

/// Of rows that are no more, what was done about them so far.
void forget_decisions_without_rows(Connection& connection);

}  // namespace riskbild::store
