#include "geo_core/publication.hpp"

#include <algorithm>

namespace riskbild {
namespace {

// One year of the table: groups down, areas across. Withholding works on rows and columns at once,
// because the totals of both are known from elsewhere (national statistics by kommun and by kind).
class YearTable {
public:
    YearTable(std::span<std::uint32_t const> counts, std::size_t groups, std::size_t areas,
              std::uint32_t least)
        : counts_(counts), groups_(groups), areas_(areas), least_(least), withheld_(counts.size(), false)
    {
        for (std::size_t i = 0; i < counts_.size(); ++i)
            withheld_[i] = counts_[i] > 0 && counts_[i] < least_;
        while (cover_rows() || cover_columns())
            ;
    }

    bool withheld(std::size_t i) const { return withheld_[i]; }

private:
    // Withholds one more count of a line (row or column) whose withheld ones could be worked out from
    // its total: a single one, or few whose sum leaves each hardly a choice. Where no positive count is
    // left to stand beside them, a zero does. True when it did.
    template <class At>
    bool cover(std::size_t length, At at)
    {
        std::size_t hidden = 0;
        bool hides_zero = false;
        std::uint64_t sum = 0;
        std::size_t next = length;
        for (std::size_t k = 0; k < length; ++k) {
            auto const i = at(k);
            if (withheld_[i]) {
                ++hidden;
                hides_zero = hides_zero || counts_[i] == 0;
                sum += counts_[i];
            } else if (counts_[i] > 0 && (next == length || counts_[i] < counts_[at(next)])) {
                next = k;
            }
        }
        if (hidden == 0 || (hidden >= 2 && sum >= 2ULL * least_))
            return false;
        if (next == length && !(hidden >= 2 && hides_zero))
            next = zero_beside_hidden(length, at);
        if (next == length)
            return false;
        withheld_[at(next)] = true;
        return true;
    }

    // The places of a line are mates two by two, and a withheld count gets its mate for company: had the
    // zero been the other one, the same two would be withheld, so the choice tells nothing.
    template <class At>
    std::size_t zero_beside_hidden(std::size_t length, At at) const
    {
        auto const mate_of = [&](std::size_t k) { return (k ^ 1U) < length ? k ^ 1U : k - 1; };
        for (std::size_t k = 0; length > 1 && k < length; ++k)
            if (withheld_[at(k)] && !withheld_[at(mate_of(k))])
                return mate_of(k);
        for (std::size_t k = 0; k < length; ++k)
            if (!withheld_[at(k)])
                return k;
        return length;
    }

    bool cover_rows()
    {
        bool changed = false;
        for (std::size_t group = 0; group < groups_; ++group)
            changed |= cover(areas_, [&](std::size_t area) { return group * areas_ + area; });
        return changed;
    }

    bool cover_columns()
    {
        bool changed = false;
        for (std::size_t area = 0; area < areas_; ++area)
            changed |= cover(groups_, [&](std::size_t group) { return group * areas_ + area; });
        return changed;
    }

    std::span<std::uint32_t const> counts_;
    std::size_t groups_;
    std::size_t areas_;
    std::uint32_t least_;
    std::vector<bool> withheld_;
};

}  // namespace

std::vector<PublishedCount> suppress(std::span<std::uint32_t const> counts, std::size_t groups,
                                     std::size_t areas, std::uint32_t least)
{
    YearTable const table{counts, groups, areas, least};
    std::vector<PublishedCount> published(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (!table.withheld(i))
            published[i] = counts[i];
    return published;
}

std::vector<Publication::Cell> suppress_cells(std::vector<CellCount> counts,
                                              std::span<PublishedCount const> by_area, std::uint32_t least)
{
    std::vector<bool> closed(by_area.size());  // areas in which no further cell may be shown
    for (std::size_t area = 0; area < by_area.size(); ++area)
        closed[area] = !by_area[area];
    auto const total_of = [](CellCount const& cell) {
        std::uint32_t total = 0;
        for (auto const& part : cell.parts)
            total += part.count;
        return total;
    };
    auto const touches_closed = [&](CellCount const& cell) {
        return std::ranges::any_of(cell.parts, [&](auto const& part) { return closed[part.area]; });
    };
    std::erase_if(counts,
                  [&](CellCount const& cell) { return total_of(cell) < least || touches_closed(cell); });

    // What an area's count leaves beside its shown cells must not be a small number either: take back
    // the smallest cell of such an area until it is not.
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t area = 0; area < by_area.size() && !changed; ++area) {
            if (!by_area[area])
                continue;
            std::uint64_t shown = 0;
            auto smallest = counts.end();
            for (auto cell = counts.begin(); cell != counts.end(); ++cell)
                for (auto const& part : cell->parts)
                    if (part.area == area) {
                        shown += part.count;
                        if (smallest == counts.end() || total_of(*cell) < total_of(*smallest))
                            smallest = cell;
                    }
            auto const rest = *by_area[area] - std::min<std::uint64_t>(shown, *by_area[area]);
            if (rest > 0 && rest < least && smallest != counts.end()) {
                counts.erase(smallest);
                changed = true;
            }
        }
    }
    std::vector<Publication::Cell> cells;
    for (auto const& cell : counts)
        cells.push_back({cell.index, total_of(cell)});
    return cells;
}

}  // namespace riskbild
