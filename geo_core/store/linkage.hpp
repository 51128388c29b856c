#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "geo_core/report.hpp"

namespace riskbild::store {

/// A report as linkage sees it.
struct LinkReport {
    ReportKey key;
    std::string case_number;  ///< empty: quotes none
};

/// What a person decided of two reports, as indexes into the reports.
struct LinkDecision {
    std::size_t a = 0;
    std::size_t b = 0;
    bool together = true;  ///< must-link; else cannot-link
};

/// Which reports tell of one incident. First, decided pairs belong together. Then reports that quote
/// one case number do, each joining the first group, in order of key, that no cannot-link forbids.
/// A pure function of the set: the order of `reports` does not matter, nor that of decisions.
/// \return groups of indexes; each in order of key, the groups in order of their first key
[[nodiscard]] std::vector<std::vector<std::size_t>> link_reports(std::span<LinkReport const> reports,
                                                                 std::span<LinkDecision const> decisions);

}  // namespace riskbild::store
