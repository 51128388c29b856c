#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
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
/// time can reach. It misses no pair that `PairScorer::worth_comparing` would let through.
class CandidatePairs {
public:
    /// Indexes of two subjects, the lower first.
    using Pair = std::pair<std::uint32_t, std::uint32_t>;
    /// What a pair weighs so far, \see PairScorer::numbers.
    using Visit = std::function<void(Pair, PairScore const&)>;

    /// \pre all outlive this
    CandidatePairs(PairScorer const& scorer, County const& county, std::span<LinkSubject const> subjects);

    /// Pairs of which at least one is among the first `fresh` subjects: those of the stretch
    /// [first, last) of the list, each once; of stretches that cover [0, size()) all there are. In order of
    /// place and time, so that pairs of one neighbourhood follow each other. Stretches may be gone through at
    /// once.
    void each_of_first(std::size_t fresh, std::size_t first, std::size_t last, Visit const& visit) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        std::uint64_t block;
        std::int64_t from;
        std::uint32_t subject;
        auto operator<=>(Entry const&) const = default;
    };
    struct List {
        std::uint32_t begin;
        std::uint32_t end;
    };

    void add(std::uint32_t subject);
    void find(std::uint32_t subject, std::size_t fresh, Visit const& visit) const;

    PairScorer const& scorer_;
    County const& county_;
    std::span<LinkSubject const> subjects_;
    std::vector<KindFamily> families_;                // by kind
    std::vector<Entry> entries_;                      // by block, then start
    std::unordered_map<std::uint64_t, List> blocks_;  // where each is in entries_
};

}  // namespace riskbild::linkage
