#include "geo_core/store/linkage.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <unordered_map>

namespace riskbild::store {

namespace {

/// Groups that only ever grow together (union-find).
class Groups {
public:
    explicit Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }

    std::size_t root(std::size_t i)
    {
        while (parent_[i] != i) {
            parent_[i] = parent_[parent_[i]];
            i = parent_[i];
        }
        return i;
    }

    void join(std::size_t a, std::size_t b) { parent_[root(b)] = root(a); }

private:
    std::vector<std::size_t> parent_;
};

bool may_join(Groups& groups, std::span<LinkDecision const> decisions, std::size_t a, std::size_t b)
{
    auto const root_a = groups.root(a);
    auto const root_b = groups.root(b);
    return std::ranges::none_of(decisions, [&](LinkDecision const& decision) {
        if (decision.together) {
            return false;
        }
        auto const first = groups.root(decision.a);
        auto const second = groups.root(decision.b);
        return (first == root_a && second == root_b) || (first == root_b && second == root_a);
    });
}

}  // namespace

std::vector<std::vector<std::size_t>> link_reports(std::span<LinkReport const> reports,
                                                   std::span<LinkDecision const> decisions)
{
    std::vector<std::size_t> in_key_order(reports.size());
    std::iota(in_key_order.begin(), in_key_order.end(), 0U);
    std::ranges::sort(in_key_order, {}, [&](std::size_t i) -> ReportKey const& { return reports[i].key; });

    Groups groups(reports.size());
    for (auto const& decision : decisions) {
        if (decision.together) {
            groups.join(decision.a, decision.b);
        }
    }
    // Per case number one member of each group that quotes it, the first in order of key.
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_case;
    for (auto const i : in_key_order) {
        if (reports[i].case_number.empty()) {
            continue;
        }
        auto& members = by_case[reports[i].case_number];
        auto const fitting = std::ranges::find_if(members, [&](std::size_t member) {
            return groups.root(member) == groups.root(i) || may_join(groups, decisions, member, i);
        });
        if (fitting == members.end()) {
            members.push_back(i);
        } else {
            groups.join(*fitting, i);
        }
    }

    std::vector<std::vector<std::size_t>> result;
    std::unordered_map<std::size_t, std::size_t> group_of_root;
    for (auto const i : in_key_order) {
        auto const [place, added] = group_of_root.try_emplace(groups.root(i), result.size());
        if (added) {
            result.emplace_back();
        }
        result[place->second].push_back(i);
    }
    return result;
}

}  // namespace riskbild::store
