#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo_core/incident.hpp"
#include "geo_core/linkage/pair_score.hpp"
#include "geo_core/report.hpp"
#include "geo_core/time.hpp"

namespace riskbild {

/// Two reports that may tell of one event, in two incidents so far, and nobody has decided: the review list.
struct LinkCandidate {
    ReportKey a;  ///< the lower key
    ReportKey b;
    double bits = 0.0;       ///< what speaks for one event, \see linkage::PairScore
    std::string incident_a;  ///< public ids
    std::string incident_b;
};

/// Which of them: where one is of the source, empty for all; the likeliest first.
struct LinkCandidateChoice {
    std::string source{};
    std::size_t limit = 100;
};

/// The first of those that there are.
struct LinkCandidates {
    std::uint64_t n = 0;  ///< how many there are
    std::vector<LinkCandidate> pairs;
};

/// What somebody decided of two reports; it survives every import until it is withdrawn.
struct LinkVerdict {
    ReportKey a;
    ReportKey b;
    bool together = true;  ///< one incident; else two
    std::string by;        ///< who decided
    std::string reason;
    Instant at;
};

/// Two reports beside each other.
struct LinkComparison {
    Voice a;
    Voice b;
    std::optional<linkage::PairScore> score;  ///< nothing: they cannot be one event by what they say
    std::vector<std::string> shared_words;    ///< that both tell, \see linkage::shared_words
    std::optional<LinkVerdict> verdict;
    std::string incident_a;  ///< public ids; the same for both where they are one incident
    std::string incident_b;
};

}  // namespace riskbild
