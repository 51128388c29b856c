#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "geo_core/linkage/pair_score.hpp"

namespace riskbild::linkage {

/// Finds the pairs of reports that are worth comparing word by word: those that agree so well in time, place,
/// kind and source that words could make them possible. Of a million reports each is compared with some
/// dozens.
///
/// Blocking: reports lie sorted by start in one list for each kind family, place (a cell of the grid for
/// points, the kommun for the rest) and class of length; a report looks into the lists that its own place and
/// time can reach. It misses no pair that `PairScorer::numbers` would let through.
class CandidatePairs {
public:
    /// Indexes of two subjects, the lower first.
    using Pair = std::pair<std::uint32_t, std::uint32_t>;

    /// \pre all outlive this
    CandidatePairs(PairScorer const& scorer, County const& county, std::span<LinkSubject const> subjects);

    /// All pairs of which at least one is among the first `fresh` subjects; each once, sorted.
    [[nodiscard]] std::vector<Pair> of_first(std::size_t fresh) const;

private:
    struct Entry {
        std::uint64_t block;
        std::int64_t from;
        std::uint32_t subject;
        auto operator<=>(Entry const&) const = default;
    };

    void add(std::uint32_t subject);
    void find(std::uint32_t subject, std::size_t fresh, std::vector<Pair>& found) const;

    PairScorer const& scorer_;
    County const& county_;
    std::span<LinkSubject const> subjects_;
    std::vector<Entry> entries_;  // by block, then start
};

}  // namespace riskbild::linkage
