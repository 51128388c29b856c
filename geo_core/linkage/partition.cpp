#include "geo_core/linkage/partition.hpp"

#include <algorithm>
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

class Partition {
public:
    Partition(std::span<Partitioned const> reports, std::span<LinkPair const> pairs,
              std::span<LinkDecision const> decisions)
        : reports_(reports), groups_(reports.size()), apart_(reports.size())
    {
        for (std::size_t i = 0; i < reports.size(); ++i)
            index_of_.emplace(reports[i].report, i);
        for (auto const& pair : pairs) {
            partners_[pair.a].emplace(pair.b, pair);
            partners_[pair.b].emplace(pair.a, pair);
        }
        decide(decisions);
    }

    std::vector<std::vector<std::size_t>> run()
    {
        auto const in_key_order = sorted_by_key();
        join_quoters(in_key_order);
        join_pairs();
        return groups_of(in_key_order);
    }

private:
    using Partners = std::unordered_map<std::int64_t, LinkPair>;

    void decide(std::span<LinkDecision const> decisions)
    {
        for (auto const& decision : decisions) {
            auto const a = index_of_.find(decision.a);
            auto const b = index_of_.find(decision.b);
            if (a == index_of_.end() || b == index_of_.end())
                continue;
            if (decision.together) {
                groups_.join(a->second, b->second);
            } else {
                apart_[a->second].push_back(b->second);
                apart_[b->second].push_back(a->second);
            }
        }
    }

    [[nodiscard]] std::vector<std::size_t> sorted_by_key() const
    {
        std::vector<std::size_t> order(reports_.size());
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::sort(order, {}, [&](std::size_t i) -> ReportKey const& { return reports_[i].key; });
        return order;
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

    void join_quoters(std::span<std::size_t const> in_key_order)
    {
        // Per case number one member of each group that quotes it, the first in order of key.
        std::unordered_map<std::string_view, std::vector<std::size_t>> by_case;
        for (auto const i : in_key_order) {
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
            for (auto const& [partner, pair] : partners_[reports_[i].report])
                if (auto const other = index_of_.find(partner);
                    pair.bits >= kSameBits && other != index_of_.end() &&
                    reports_[i].key < reports_[other->second].key &&
                    !has_rival(i, other->second, pair.bits) && !has_rival(other->second, i, pair.bits))
                    strong.push_back({pair.bits, i, other->second});
        std::ranges::sort(strong, [&](Strong const& x, Strong const& y) {
            return std::tie(y.bits, reports_[x.a].key, reports_[x.b].key) <
                   std::tie(x.bits, reports_[y.a].key, reports_[y.b].key);
        });
        for (auto const& pair : strong)
            if (groups_.root(pair.a) != groups_.root(pair.b) && may_join(pair.a, pair.b) &&
                agree(groups_.root(pair.a), groups_.root(pair.b)))
                groups_.join(pair.a, pair.b);
    }

    /// Whether two reports may tell of one event: they need not be sure partners, but may not be different.
    [[nodiscard]] bool compatible(std::int64_t a, std::int64_t b) const
    {
        auto const partners = partners_.find(a);
        if (partners == partners_.end())
            return false;
        auto const pair = partners->second.find(b);
        return pair != partners->second.end() &&
               pair->second.bits >= (pair->second.one_source ? kSameBits : kPossibleBits);
    }

    /// Whether somebody decided that the two are two events. Who decided stands in the set.
    [[nodiscard]] bool decided_apart(std::size_t a, std::int64_t b) const
    {
        return std::ranges::any_of(apart_[a], [&](std::size_t enemy) { return reports_[enemy].report == b; });
    }

    [[nodiscard]] bool has_rival(std::size_t of, std::size_t partner, double bits) const
    {
        auto const other = reports_[partner].report;
        return std::ranges::any_of(partners_.at(reports_[of].report), [&](auto const& rival) {
            return rival.first != other && rival.second.bits > bits - kRivalBits &&
                   !compatible(rival.first, other) && !decided_apart(of, rival.first);
        });
    }

    bool agree(std::size_t root, std::size_t other)
    {
        return std::ranges::all_of(groups_.members(root), [&](std::size_t a) {
            return std::ranges::all_of(groups_.members(other), [&](std::size_t b) {
                return compatible(reports_[a].report, reports_[b].report);
            });
        });
    }

    std::vector<std::vector<std::size_t>> groups_of(std::span<std::size_t const> in_key_order)
    {
        std::vector<std::vector<std::size_t>> result;
        std::unordered_map<std::size_t, std::size_t> group_of_root;
        for (auto const i : in_key_order) {
            auto const [place, added] = group_of_root.try_emplace(groups_.root(i), result.size());
            if (added)
                result.emplace_back();
            result[place->second].push_back(i);
        }
        return result;
    }

    std::span<Partitioned const> reports_;
    Groups groups_;
    std::vector<std::vector<std::size_t>> apart_;
    std::unordered_map<std::int64_t, std::size_t> index_of_;
    std::unordered_map<std::int64_t, Partners> partners_;
};

}  // namespace

std::vector<std::vector<std::size_t>> partition_reports(std::span<Partitioned const> reports,
                                                        std::span<LinkPair const> pairs,
                                                        std::span<LinkDecision const> decisions)
{
    return Partition(reports, pairs, decisions).run();
}

}  // namespace riskbild::linkage
