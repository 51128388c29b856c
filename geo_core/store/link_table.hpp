#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo_core/linkage/partition.hpp"
#include "geo_core/store/sqlite_handle.hpp"

namespace riskbild::store {

/// Weights are stored in hundredths of a bit, in which they are computed (\see linkage::PairScorer).
[[nodiscard]] std::int64_t weight_of(double bits);
[[nodiscard]] double bits_of(std::int64_t weight);

/// The table `link_pairs`.
class LinkTable {
public:
    explicit LinkTable(Connection& connection);

    void insert(linkage::LinkPair const& pair);
    /// Forgets all pairs of a report. \return those that were
    std::vector<linkage::LinkPair> erase(std::int64_t report);
    /// Every pair that the report is in.
    [[nodiscard]] std::vector<linkage::LinkPair> of(std::int64_t report);
    [[nodiscard]] std::vector<linkage::LinkPair> all();
    [[nodiscard]] bool is_strong(std::int64_t report);

private:
    Connection& connection_;
    Statement insert_, of_, erase_a_, erase_b_, strong_;
};

/// SQL that selects the reports that do not stand alone by a decision or a strong pair.
[[nodiscard]] std::string tied_reports();

}  // namespace riskbild::store
