#include "layers/clusters/st_dbscan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "layers/clusters/dbscan_cells.hpp"
#include "layers/disjoint_sets.hpp"

namespace riskbild::layers {
namespace {

Failure stopped()
{
    return fail(ErrorCode::busy, "stopped before the clusters were found");
}

/// Points of the cells, those of one cell in order of time, so that the soon ones are a stretch of them.
class StDbscan {
public:
    StDbscan(DbscanCells const& cells, SpaceTimePoints const& points, StDbscanOptions const& options)
        : cells_(cells), options_(options), most_(options.eps * options.eps), place_(cells.order.size())
    {
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            auto const begin = place_.begin() + cells.first[cell];
            auto const end = place_.begin() + cells.first[cell + 1];
            std::iota(begin, end, cells.first[cell]);
            std::stable_sort(begin, end, [&](std::uint32_t a, std::uint32_t b) {
                return points.day[cells.order[a]] < points.day[cells.order[b]];
            });
        }
        for (auto const place : place_) {
            day_.push_back(points.day[cells.order[place]]);
        }
        core_.assign(place_.size(), 0);
    }

    bool find_cores(Progress const& progress)
    {
        return for_each_stretch(cells_.size(), 256, options_.threads, progress,
                                [&](std::size_t first, std::size_t last) {
                                    for (auto cell = first; cell < last; ++cell) {
                                        find_cores_in(cell);
                                    }
                                });
    }

    Clustering join()
    {
        DisjointSets sets(place_.size());
        std::vector<std::uint32_t> owner(place_.size(), kNobody);
        for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
            for (auto i = cells_.first[cell]; i < cells_.first[cell + 1]; ++i) {
                if (core_[i] != 0) {
                    owner[i] = i;
                    visit_near(cell, i, [&](std::uint32_t j) {
                        if (core_[j] != 0) {
                            sets.join(i, j);
                        }
                        return true;
                    });
                } else {
                    owner[i] = nearest_core(cell, i);
                }
            }
        }
        return numbered(sets, owner);
    }

private:
    static constexpr std::uint32_t kNobody = 0xffffffffU;

    [[nodiscard]] double apart(std::uint32_t i, std::uint32_t j) const
    {
        double const dx = cells_.east[place_[i]] - cells_.east[place_[j]];
        double const dy = cells_.north[place_[i]] - cells_.north[place_[j]];
        return dx * dx + dy * dy;
    }

    /// Calls `visit(j)` for every point near and soon, itself among them, as long as that says to go on.
    template <class Visit>
    void visit_near(std::size_t cell, std::uint32_t i, Visit const& visit) const
    {
        bool go_on = visit_soon(cell, i, visit);
        cells_.visit_neighbours(cell, false,
                                [&](std::size_t other) { go_on = go_on && visit_soon(other, i, visit); });
    }

    template <class Visit>
    bool visit_soon(std::size_t cell, std::uint32_t i, Visit const& visit) const
    {
        auto const end = day_.begin() + cells_.first[cell + 1];
        auto at = std::lower_bound(day_.begin() + cells_.first[cell], end, day_[i] - options_.days);
        for (; at != end && *at <= day_[i] + options_.days; ++at) {
            auto const j = static_cast<std::uint32_t>(at - day_.begin());
            if (apart(i, j) <= most_ && !visit(j)) {
                return false;
            }
        }
        return true;
    }

    void find_cores_in(std::size_t cell)
    {
        for (auto i = cells_.first[cell]; i < cells_.first[cell + 1]; ++i) {
            std::uint32_t found = 0;
            visit_near(cell, i, [&](std::uint32_t) { return ++found < options_.min_points; });
            core_[i] = found >= options_.min_points ? 1 : 0;
        }
    }

    [[nodiscard]] std::uint32_t nearest_core(std::size_t cell, std::uint32_t i) const
    {
        auto nearest = kNobody;
        auto best = std::tuple{most_, options_.days, std::numeric_limits<std::int32_t>::max(),
                               std::numeric_limits<double>::infinity(), 0.0};
        visit_near(cell, i, [&](std::uint32_t j) {
            auto const candidate = std::tuple{apart(i, j), std::abs(day_[i] - day_[j]), day_[j],
                                              cells_.north[place_[j]], cells_.east[place_[j]]};
            if (core_[j] != 0 && candidate < best) {
                best = candidate;
                nearest = j;
            }
            return true;
        });
        return nearest;
    }

    /// Clusters in the order of their first core among the points given.
    Clustering numbered(DisjointSets& sets, std::vector<std::uint32_t> const& owner) const
    {
        auto const n = place_.size();
        Clustering made{std::vector<std::int32_t>(n, kNoise), std::vector<std::uint8_t>(n, 0), 0};
        std::vector<std::uint32_t> set_of(n, kNobody);
        for (std::uint32_t i = 0; i < n; ++i) {
            auto const given = cells_.order[place_[i]];
            made.core[given] = core_[i];
            set_of[given] = owner[i] == kNobody ? kNobody : sets.find(owner[i]);
        }
        std::vector<std::int32_t> number(n, kNoise);
        for (std::size_t given = 0; given < n; ++given) {
            if (made.core[given] != 0 && number[set_of[given]] == kNoise) {
                number[set_of[given]] = made.clusters++;
            }
        }
        for (std::size_t given = 0; given < n; ++given) {
            made.cluster[given] = set_of[given] == kNobody ? kNoise : number[set_of[given]];
        }
        return made;
    }

    DbscanCells const& cells_;
    StDbscanOptions const& options_;
    double most_;
    std::vector<std::uint32_t> place_;  // in the cells' order, of each point here
    std::vector<std::int32_t> day_;     // of each point here
    std::vector<std::uint8_t> core_;
};

}  // namespace

Result<Clustering> st_dbscan(SpaceTimePoints const& points, StDbscanOptions const& options,
                             Progress const& progress)
{
    if (auto const fine = check_points(points); !fine) {
        return Failure{fine.error()};
    }
    if (auto const fine = check_density(points.east, points.north, options.eps, options.min_points); !fine) {
        return Failure{fine.error()};
    }
    if (options.days < 0 || options.days > 1'000'000) {
        return fail(ErrorCode::wrong_use, "days must be from 0 to 1000000", "days");
    }
    DbscanCells const cells(points.east, points.north, options.eps);
    StDbscan search(cells, points, options);
    if (!search.find_cores(progress)) {
        return stopped();
    }
    return search.join();
}

}  // namespace riskbild::layers
