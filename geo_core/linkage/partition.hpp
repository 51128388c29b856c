#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo_core/ids.hpp"
#include "geo_core/report.hpp"

namespace riskbild::linkage {

/// Two reports that were compared, with what came out: at least `kPossibleBits`.
struct LinkPair {
    std::int64_t a = 0;  ///< the store's numbers of the reports
    std::int64_t b = 0;
    double bits = 0.0;
    bool one_source = false;  ///< both are of one source, which tells of an event once as a rule
    bool operator==(LinkPair const&) const = default;
};

/// What a person decided of two reports.
struct LinkDecision {
    std::int64_t a = 0;
    std::int64_t b = 0;
    bool together = true;  ///< must-link; else cannot-link
};

/// A report as the partition sees it.
struct Partitioned {
    std::int64_t report = 0;
    ReportKey key;
    std::string case_number;  ///< empty: quotes none
};

/// A report that is as good a partner for one of two within so many bits is their rival, unless it tells of
/// the same event as the other: who of them is meant cannot be told, so that nobody is joined without asking.
inline constexpr double kRivalBits = 2.0;

/// Which reports tell of one incident.
///
/// 1. Decided pairs belong together.
/// 2. Reports that quote one case number do, each joining the first group, in order of key, that no decision
///    forbids.
/// 3. Pairs of `kSameBits` and more do, the best first, where neither has a rival and no report of the one
///    group is different from one of the other: two of one source need a pair of `kSameBits`, others of
///    `kPossibleBits`.
///
/// A pure function of the sets: no order matters.
/// \param reports all that may belong together
/// \param pairs every pair that one of the reports is in, each once, also with reports that are not here:
/// rivals \return groups of indexes; each in order of key, the groups in order of their first key
[[nodiscard]] std::vector<std::vector<std::size_t>> partition_reports(
    std::span<Partitioned const> reports, std::span<LinkPair const> pairs,
    std::span<LinkDecision const> decisions);

}  // namespace riskbild::linkage
