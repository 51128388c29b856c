#pragma once

#include <vector>

#include "geo_core/link_review.hpp"
#include "geo_core/snapshot.hpp"
#include "geo_core/store/kind_dictionary.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

[[nodiscard]] LinkCandidates read_link_candidates(Connection& connection, County const& county,
                                                  LinkCandidateChoice const& choice);
/// In order of keys.
[[nodiscard]] std::vector<LinkVerdict> read_verdicts(Connection& connection, County const& county);

/// The number of a report. Throws ErrorCode::not_found for a key that the store lacks.
[[nodiscard]] std::int64_t report_number(Connection& connection, County const& county, ReportKey const& key);

/// Writes a verdict in place of an earlier one of the same two, and brings the incidents in line.
/// Throws ErrorCode::wrong_use for one report, a digest, or a verdict that others contradict.
/// \pre within one write transaction
void write_verdict(Connection& connection, County const& county, LinkVerdict const& verdict,
                   int public_id_length);
/// Throws ErrorCode::not_found where there is none.
void withdraw_verdict(Connection& connection, County const& county, ReportKey const& a, ReportKey const& b,
                      int public_id_length);

/// Both reports and their score; not yet redacted.
[[nodiscard]] LinkComparison read_comparison(Connection& connection, County const& county, ReportKey const& a,
                                             ReportKey const& b);

}  // namespace riskbild::store
