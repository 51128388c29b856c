#pragma once

#include <span>

#include "geo_core/link_review.hpp"
#include "geo_core/snapshot.hpp"
#include "server/json_text.hpp"

namespace riskbild::server {

/// The schema LinkComparison.
void write_comparison(JsonText& json, LinkComparison const& comparison, County const& county);
/// The schema LinkReview.
void write_comparisons(JsonText& json, std::uint64_t n, std::span<LinkComparison const> comparisons,
                       County const& county);
/// The schema LinkVerdicts.
void write_verdicts(JsonText& json, std::span<LinkVerdict const> verdicts);

}  // namespace riskbild::server
