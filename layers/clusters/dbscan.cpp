#include "layers/clusters/dbscan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "layers/clusters/dbscan_cells.hpp"
#include "layers/disjoint_sets.hpp"

namespace riskbild::layers {
namespace {

constexpr double kMostCellsAlong = 4e9;

Failure stopped()
{
    return fail(ErrorCode::busy, "stopped before the clusters were found");
}

double extent_of(std::span<double const> at)
{
    return at.empty() ? 0.0 : *std::ranges::max_element(at) - *std::ranges::min_element(at);
}

/// Finds the clusters of points in their cells.
class Dbscan {
public:
    Dbscan(DbscanCells const& cells, DbscanOptions const& options, Progress const& progress)
        : cells_(cells),
          options_(options),
          progress_(progress),
          most_(options.eps * options.eps),
          core_(cells.order.size(), 0),
          core_box_(cells.size())
    {
    }

    /// \return false when stopped
    bool run() { return find_cores() && (box_cores(), join_cells()) && find_owners(); }

    [[nodiscard]] Clustering clustering() const
    {
        auto const n = cells_.order.size();
        Clustering made{std::vector<std::int32_t>(n, kNoise), std::vector<std::uint8_t>(n, 0), 0};
        std::vector<std::uint32_t> owner_of(n);
        for (std::uint32_t place = 0; place < n; ++place) {
            made.core[cells_.order[place]] = core_[place];
            owner_of[cells_.order[place]] = owner_[place];
        }
        // Numbered in the order of their first core.
        std::vector<std::int32_t> number(cells_.size(), kNoise);
        for (std::size_t i = 0; i < n; ++i) {
            if (made.core[i] != 0 && number[owner_of[i]] == kNoise) {
                number[owner_of[i]] = made.clusters++;
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            made.cluster[i] = owner_of[i] == kNobody ? kNoise : number[owner_of[i]];
        }
        return made;
    }

private:
    static constexpr std::uint32_t kNobody = 0xffffffffU;
    struct Box {
        double west = std::numeric_limits<double>::infinity();
        double south = std::numeric_limits<double>::infinity();
        double east = -std::numeric_limits<double>::infinity();
        double north = -std::numeric_limits<double>::infinity();
    };

    [[nodiscard]] double apart(std::uint32_t a, std::uint32_t b) const
    {
        double const dx = cells_.east[a] - cells_.east[b];
        double const dy = cells_.north[a] - cells_.north[b];
        return dx * dx + dy * dy;
    }

    bool find_cores()
    {
        auto const find = [&](std::size_t first, std::size_t last) {
            std::vector<std::uint32_t> near;
            for (auto cell = first; cell < last; ++cell) {
                find_cores_in(cell, near);
            }
        };
        return for_each_stretch(cells_.size(), 1024, options_.threads, part(0.0, 0.5), find);
    }

    void find_cores_in(std::size_t cell, std::vector<std::uint32_t>& near)
    {
        auto const begin = cells_.first[cell];
        auto const end = cells_.first[cell + 1];
        if (end - begin >= options_.min_points) {
            std::fill(core_.begin() + begin, core_.begin() + end, std::uint8_t{1});
            return;
        }
        near.clear();
        std::uint64_t around = end - begin;
        cells_.visit_neighbours(cell, false, [&](std::size_t other) {
            near.push_back(static_cast<std::uint32_t>(other));
            around += cells_.count(other);
        });
        if (around < options_.min_points) {
            return;
        }
        for (auto point = begin; point < end; ++point) {
            core_[point] = has_enough(point, end - begin, near) ? 1 : 0;
        }
    }

    [[nodiscard]] bool has_enough(std::uint32_t point, std::uint32_t in_own,
                                  std::vector<std::uint32_t> const& near) const
    {
        auto found = in_own;
        for (auto const cell : near) {
            for (auto other = cells_.first[cell]; other < cells_.first[cell + 1]; ++other) {
                found += apart(point, other) <= most_ ? 1U : 0U;
            }
            if (found >= options_.min_points) {
                return true;
            }
        }
        return found >= options_.min_points;
    }

    void box_cores()
    {
        for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
            auto& box = core_box_[cell];
            for (auto point = cells_.first[cell]; point < cells_.first[cell + 1]; ++point) {
                if (core_[point] != 0) {
                    box.west = std::min(box.west, cells_.east[point]);
                    box.east = std::max(box.east, cells_.east[point]);
                    box.south = std::min(box.south, cells_.north[point]);
                    box.north = std::max(box.north, cells_.north[point]);
                }
            }
        }
    }

    [[nodiscard]] bool has_core(std::size_t cell) const
    {
        return core_box_[cell].west <= core_box_[cell].east;
    }

    /// Whether nothing in one box can be near anything in the other.
    [[nodiscard]] bool far_apart(Box const& a, Box const& b) const
    {
        double const dx = std::max({a.west - b.east, b.west - a.east, 0.0});
        double const dy = std::max({a.south - b.north, b.south - a.north, 0.0});
        return dx * dx + dy * dy > most_ * (1.0 + 1e-9);
    }

    [[nodiscard]] bool have_near_cores(std::size_t a, std::size_t b) const
    {
        for (auto p = cells_.first[a]; p < cells_.first[a + 1]; ++p) {
            for (auto q = cells_.first[b]; core_[p] != 0 && q < cells_.first[b + 1]; ++q) {
                if (core_[q] != 0 && apart(p, q) <= most_) {
                    return true;
                }
            }
        }
        return false;
    }

    bool join_cells()
    {
        DisjointSets sets(cells_.size());
        for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
            if (cell % 4096 == 0 && progress_ &&
                !progress_(0.5 + 0.3 * static_cast<double>(cell) / static_cast<double>(cells_.size()))) {
                return false;
            }
            if (!has_core(cell)) {
                continue;
            }
            cells_.visit_neighbours(cell, true, [&](std::size_t other) {
                if (has_core(other) && !sets.same(cell, other) &&
                    !far_apart(core_box_[cell], core_box_[other]) && have_near_cores(cell, other)) {
                    sets.join(cell, other);
                }
            });
        }
        root_.resize(cells_.size());
        for (std::uint32_t cell = 0; cell < cells_.size(); ++cell) {
            root_[cell] = sets.find(cell);
        }
        return true;
    }

    bool find_owners()
    {
        owner_.assign(core_.size(), kNobody);
        return for_each_stretch(cells_.size(), 1024, options_.threads, part(0.8, 1.0),
                                [&](std::size_t first, std::size_t last) {
                                    std::vector<std::uint32_t> near;
                                    for (auto cell = first; cell < last; ++cell) {
                                        find_owners_in(cell, near);
                                    }
                                });
    }

    void find_owners_in(std::size_t cell, std::vector<std::uint32_t>& near)
    {
        near.clear();
        bool looked = false;
        for (auto point = cells_.first[cell]; point < cells_.first[cell + 1]; ++point) {
            if (core_[point] != 0) {
                owner_[point] = root_[cell];
                continue;
            }
            if (!looked) {
                looked = true;
                if (has_core(cell)) {
                    near.push_back(static_cast<std::uint32_t>(cell));
                }
                cells_.visit_neighbours(cell, false, [&](std::size_t other) {
                    if (has_core(other)) {
                        near.push_back(static_cast<std::uint32_t>(other));
                    }
                });
            }
            owner_[point] = nearest_owner(point, near);
        }
    }

    [[nodiscard]] std::uint32_t nearest_owner(std::uint32_t point,
                                              std::vector<std::uint32_t> const& near) const
    {
        auto owner = kNobody;
        auto best = std::tuple{most_, std::numeric_limits<double>::infinity(), 0.0};
        for (auto const cell : near) {
            for (auto other = cells_.first[cell]; other < cells_.first[cell + 1]; ++other) {
                if (core_[other] == 0) {
                    continue;
                }
                auto const candidate =
                    std::tuple{apart(point, other), cells_.north[other], cells_.east[other]};
                if (candidate < best) {
                    best = candidate;
                    owner = root_[cell];
                }
            }
        }
        return owner;
    }

    [[nodiscard]] Progress part(double from, double to) const
    {
        return progress_
                   ? Progress{[this, from, to](double done) { return progress_(from + done * (to - from)); }}
                   : Progress{};
    }

    DbscanCells const& cells_;
    DbscanOptions const& options_;
    Progress const& progress_;
    double most_;
    std::vector<std::uint8_t> core_;    // of each place in the cells' order
    std::vector<Box> core_box_;         // of each cell
    std::vector<std::uint32_t> root_;   // of each cell with cores: the cell that stands for its cluster
    std::vector<std::uint32_t> owner_;  // of each place: the root of its cluster
};

}  // namespace

std::uint64_t Clustering::noise() const
{
    return static_cast<std::uint64_t>(std::ranges::count(cluster, kNoise));
}

std::uint64_t Clustering::cores() const
{
    return static_cast<std::uint64_t>(std::ranges::count(core, std::uint8_t{1}));
}

Result<void> check_density(std::span<double const> east, std::span<double const> north, double eps,
                           std::uint32_t min_points)
{
    if (east.size() != north.size() || east.size() > std::numeric_limits<std::int32_t>::max()) {
        return fail(ErrorCode::wrong_use, "coordinates are not as many, or more than two thousand million",
                    "points");
    }
    auto const finite = [](double value) { return std::isfinite(value); };
    if (!std::ranges::all_of(east, finite) || !std::ranges::all_of(north, finite)) {
        return fail(ErrorCode::wrong_use, "a coordinate is not a finite number", "points");
    }
    if (!(eps > 0.0) || !std::isfinite(eps)) {
        return fail(ErrorCode::wrong_use, "eps must be a distance above 0", "eps");
    }
    if (std::max(extent_of(east), extent_of(north)) / eps > kMostCellsAlong / 2.0) {
        return fail(ErrorCode::wrong_use, "eps is too small beside the extent of the points", "eps");
    }
    if (min_points < 1) {
        return fail(ErrorCode::wrong_use, "min_points must be 1 or more", "min_points");
    }
    return {};
}

Result<Clustering> dbscan(std::span<double const> east, std::span<double const> north,
                          DbscanOptions const& options, Progress const& progress)
{
    if (auto const fine = check_density(east, north, options.eps, options.min_points); !fine) {
        return Failure{fine.error()};
    }
    DbscanCells const cells(east, north, options.eps);
    Dbscan search(cells, options, progress);
    if (!search.run()) {
        return stopped();
    }
    return search.clustering();
}

}  // namespace riskbild::layers
