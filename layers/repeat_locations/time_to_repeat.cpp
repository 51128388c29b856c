#include "layers/repeat_locations/time_to_repeat.hpp"

#include <algorithm>

namespace riskbild::layers {

std::optional<double> median(std::vector<std::int32_t> values)
{
    if (values.empty()) {
        return std::nullopt;
    }
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) {
        return *middle;
    }
    return (*middle + *std::max_element(values.begin(), middle)) / 2.0;
}

GapTable gap_table(std::vector<std::int32_t> gaps)
{
    GapTable table;
    table.total = gaps.size();
    for (auto const gap : gaps) {
        auto const above = std::upper_bound(kGapBands.begin(), kGapBands.end(), gap);
        ++table.count[static_cast<std::size_t>(above - kGapBands.begin()) - 1];
        table.same_day += gap == 0;
    }
    table.median_days = median(std::move(gaps));
    return table;
}

RepeatCurve repeat_curve(std::vector<Followed> followed)
{
    RepeatCurve curve;
    curve.incidents = followed.size();
    std::sort(followed.begin(), followed.end(),
              [](Followed const& a, Followed const& b) { return a.days < b.days; });
    double not_repeated = 1.0;
    for (std::size_t first = 0; first < followed.size();) {
        std::size_t last = first;
        std::uint64_t repeats = 0;
        for (; last < followed.size() && followed[last].days == followed[first].days; ++last) {
            repeats += followed[last].repeated;
        }
        if (repeats > 0) {
            auto const at_risk = followed.size() - first;
            not_repeated *= 1.0 - static_cast<double>(repeats) / static_cast<double>(at_risk);
            curve.steps.push_back({followed[first].days, at_risk, repeats, not_repeated});
        }
        first = last;
    }
    return curve;
}

double RepeatCurve::repeated_before(std::int32_t days) const
{
    auto const after = std::lower_bound(steps.begin(), steps.end(), days,
                                        [](Step const& step, std::int32_t day) { return step.day < day; });
    return after == steps.begin() ? 0.0 : 1.0 - (after - 1)->not_repeated;
}

std::optional<std::int32_t> RepeatCurve::median_days() const
{
    for (auto const& step : steps) {
        if (step.not_repeated <= 0.5) {
            return step.day;
        }
    }
    return std::nullopt;
}

}  // namespace riskbild::layers
