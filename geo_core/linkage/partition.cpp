#include "geo_core/linkage/partition.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "geo_core/linkage/pair_score.hpp"

namespace riskbild::linkage {

namespace {

/// Groups that only ever grow together (union-find), with their members.
class Groups {
public:
    explicit Groups(std::size_t size) : parent_(size), members_(size)
    {
        std::iota(parent_.begin(), parent_.end(), 0U);
        for (std::size_t i = 0; i < size; ++i)
            members_[i] = {i};
    }

    std::size_t root(std::size_t i)
    {
        while (parent_[i] != i) {
            parent_[i] = parent_[parent_[i]];
            i = parent_[i];
        }
        return i;
    }

    void join(std::size_t a, std::size_t b)
    {
        auto into = root(a);
        auto from = root(b);
        if (into == from)
            return;
        if (members_[into].size() < members_[from].size())
            std::swap(into, from);
        parent_[from] = into;
        members_[into].insert(members_[into].end(), members_[from].begin(), members_[from].end());
        members_[from].clear();
    }

    [[nodiscard]] std::span<std::size_t const> members(std::size_t root) const { return members_[root]; }

private:
    std::vector<std::size_t> parent_;
    std::vector<std::vector<std::size_t>> members_;
};

/// Who may be the partner of whom: of each report, here or elsewhere, its pairs in order of the other.
class PairGraph {
public:
    struct Partner {
        std::uint32_t node = 0;
        bool one_source = false;
        double bits = 0.0;
    };

    PairGraph(std::span<Partitioned const> reports, std::span<LinkPair const> pairs)
    {
        nodes_.reserve(reports.size() + pairs.size());
        for (auto const& report : reports)
            nodes_.push_back(report.report);
        for (auto const& pair : pairs) {
            nodes_.push_back(pair.a);
            nodes_.push_back(pair.b);
        }
        std::ranges::sort(nodes_);
        nodes_.erase(std::unique(nodes_.begin(), nodes_.end()), nodes_.end());

        std::vector<std::uint32_t> ends(nodes_.size() + 1);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> ties;
        ties.reserve(pairs.size());
        for (auto const& pair : pairs) {
            ties.emplace_back(node_of(pair.a), node_of(pair.b));
            ++ends[ties.back().first + 1];
            ++ends[ties.back().second + 1];
        }
        std::partial_sum(ends.begin(), ends.end(), ends.begin());
        begins_ = ends;
        partners_.resize(2 * pairs.size());
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            auto const [a, b] = ties[i];
            partners_[ends[a]++] = {b, pairs[i].one_source, pairs[i].bits};
            partners_[ends[b]++] = {a, pairs[i].one_source, pairs[i].bits};
        }
        for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
            auto const own = std::span(partners_).subspan(begins_[node], begins_[node + 1] - begins_[node]);
            std::ranges::sort(own, {}, &Partner::node);
        }
    }

    [[nodiscard]] std::size_t size() const { return nodes_.size(); }

    /// \pre the report is here, or in a pair
    [[nodiscard]] std::uint32_t node_of(std::int64_t report) const
    {
        return static_cast<std::uint32_t>(std::ranges::lower_bound(nodes_, report) - nodes_.begin());
    }

    [[nodiscard]] std::span<Partner const> partners(std::uint32_t node) const
    {
        return std::span(partners_).subspan(begins_[node], begins_[node + 1] - begins_[node]);
    }

    /// Whether two reports may tell of one event: they need not be sure partners, but may not be different.
    [[nodiscard]] bool compatible(std::uint32_t a, std::uint32_t b) const
    {
        auto const own = partners(a);
        auto const pair = std::ranges::lower_bound(own, b, {}, &Partner::node);
        return pair != own.end() && pair->node == b &&
               pair->bits >= (pair->one_source ? kSameBits : kPossibleBits);
    }

private:
    std::vector<std::int64_t> nodes_;  // the reports, ascending
    std::vector<std::uint32_t> begins_;
    std::vector<Partner> partners_;
};

class Partition {
public:
    Partition(std::span<Partitioned const> reports, std::span<LinkPair const> pairs,
              std::span<LinkDecision const> decisions)
        : reports_(reports),
          graph_(reports, pairs),
          node_of_(reports.size()),
          index_of_(graph_.size(), kElsewhere),
          in_key_order_(reports.size()),
          rank_(reports.size()),
          groups_(reports.size()),
          apart_(reports.size())
    {
        for (std::size_t i = 0; i < reports.size(); ++i) {
            node_of_[i] = graph_.node_of(reports[i].report);
            index_of_[node_of_[i]] = i;
        }
        std::iota(in_key_order_.begin(), in_key_order_.end(), 0U);
        std::ranges::sort(in_key_order_, {},
                          [&](std::size_t i) -> ReportKey const& { return reports_[i].key; });
        for (std::size_t rank = 0; rank < in_key_order_.size(); ++rank)
            rank_[in_key_order_[rank]] = rank;
        decide(decisions);
    }

    std::vector<std::vector<std::size_t>> run()
    {
        join_quoters();
        join_pairs();
        return groups();
    }

private:
    static constexpr std::size_t kElsewhere = ~std::size_t{0};

    void decide(std::span<LinkDecision const> decisions)
    {
        if (decisions.empty())
            return;
        std::unordered_map<std::int64_t, std::size_t> here;
        for (std::size_t i = 0; i < reports_.size(); ++i)
            here.emplace(reports_[i].report, i);
        for (auto const& decision : decisions) {
            auto const a = here.find(decision.a);
            auto const b = here.find(decision.b);
            if (a == here.end() || b == here.end())
                continue;
            if (decision.together) {
                groups_.join(a->second, b->second);
            } else {
                apart_[a->second].push_back(b->second);
                apart_[b->second].push_back(a->second);
            }
        }
    }

    /// Whether nobody decided that one of the one group and one of the other are two events.
    bool may_join(std::size_t a, std::size_t b)
    {
        auto const other = groups_.root(b);
        return std::ranges::none_of(groups_.members(groups_.root(a)), [&](std::size_t member) {
            return std::ranges::any_of(apart_[member],
                                       [&](std::size_t enemy) { return groups_.root(enemy) == other; });
        });
    }

    void join_quoters()
    {
        // Per case number one member of each group that quotes it, the first in order of key.
        std::unordered_map<std::string_view, std::vector<std::size_t>> by_case;
        for (auto const i : in_key_order_) {
            if (reports_[i].case_number.empty())
                continue;
            auto& members = by_case[reports_[i].case_number];
            auto const fitting = std::ranges::find_if(members, [&](std::size_t member) {
                return groups_.root(member) == groups_.root(i) || may_join(member, i);
            });
            if (fitting == members.end())
                members.push_back(i);
            else
                groups_.join(*fitting, i);
        }
    }

    void join_pairs()
    {
        struct Strong {
            double bits;
            std::size_t a;  // the lower key
            std::size_t b;
        };
        std::vector<Strong> strong;
        for (std::size_t i = 0; i < reports_.size(); ++i)
            for (auto const& partner : graph_.partners(node_of_[i]))
                if (auto const other = index_of_[partner.node];
                    partner.bits >= kSameBits && other != kElsewhere && rank_[i] < rank_[other] &&
                    !has_rival(i, other, partner.bits) && !has_rival(other, i, partner.bits))
                    strong.push_back({partner.bits, i, other});
        std::ranges::sort(strong, [&](Strong const& x, Strong const& y) {
            return std::tuple(-x.bits, rank_[x.a], rank_[x.b]) < std::tuple(-y.bits, rank_[y.a], rank_[y.b]);
        });
        for (auto const& pair : strong)
            if (groups_.root(pair.a) != groups_.root(pair.b) && may_join(pair.a, pair.b) &&
                agree(groups_.root(pair.a), groups_.root(pair.b)))
                groups_.join(pair.a, pair.b);
    }

    /// Whether somebody decided that the two are two events. Who decided stands in the set.
    [[nodiscard]] bool decided_apart(std::size_t a, std::uint32_t node) const
    {
        return std::ranges::any_of(apart_[a], [&](std::size_t enemy) { return node_of_[enemy] == node; });
    }

    bool has_rival(std::size_t of, std::size_t partner, double bits)
    {
        auto const other = node_of_[partner];
        return std::ranges::any_of(graph_.partners(node_of_[of]), [&](PairGraph::Partner const& rival) {
            return rival.node != other && rival.bits > bits - kRivalBits &&
                   !graph_.compatible(rival.node, other) && !is_one_with(partner, rival.node) &&
                   !decided_apart(of, rival.node);
        });
    }

    /// By what people or case numbers say.
    bool is_one_with(std::size_t report, std::uint32_t node)
    {
        auto const other = index_of_[node];
        return other != kElsewhere && groups_.root(other) == groups_.root(report);
    }

    bool agree(std::size_t root, std::size_t other)
    {
        return std::ranges::all_of(groups_.members(root), [&](std::size_t a) {
            return std::ranges::all_of(groups_.members(other), [&](std::size_t b) {
                return graph_.compatible(node_of_[a], node_of_[b]);
            });
        });
    }

    std::vector<std::vector<std::size_t>> groups()
    {
        std::vector<std::vector<std::size_t>> result;
        std::vector<std::size_t> group_of_root(reports_.size(), kElsewhere);
        for (auto const i : in_key_order_) {
            auto& group = group_of_root[groups_.root(i)];
            if (group == kElsewhere) {
                group = result.size();
                result.emplace_back();
            }
            result[group].push_back(i);
        }
        return result;
    }

    std::span<Partitioned const> reports_;
    PairGraph graph_;
    std::vector<std::uint32_t> node_of_;
    std::vector<std::size_t> index_of_;  // by node
    std::vector<std::size_t> in_key_order_;
    std::vector<std::size_t> rank_;  // in that order
    Groups groups_;
    std::vector<std::vector<std::size_t>> apart_;
};

}  // namespace

std::vector<std::vector<std::size_t>> partition_reports(std::span<Partitioned const> reports,
                                                        std::span<LinkPair const> pairs,
                                                        std::span<LinkDecision const> decisions)
{
    return Partition(reports, pairs, decisions).run();
}

}  // namespace riskbild::linkage
