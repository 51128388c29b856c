#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace riskbild::layers {

/// Sets that only grow together (Tarjan 1975): who belongs with whom. Of two sets that join, the smallest
/// number stands for both.
class DisjointSets {
public:
    explicit DisjointSets(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }

    /// The number that stands for the set.
    std::uint32_t find(std::size_t i)
    {
        auto at = static_cast<std::uint32_t>(i);
        while (parent_[at] != at) {
            at = parent_[at] = parent_[parent_[at]];
        }
        return at;
    }
    bool same(std::size_t a, std::size_t b) { return find(a) == find(b); }
    void join(std::size_t a, std::size_t b)
    {
        auto const x = find(a);
        auto const y = find(b);
        parent_[x > y ? x : y] = x > y ? y : x;
    }

private:
    std::vector<std::uint32_t> parent_;
};

}  // namespace riskbild::layers
