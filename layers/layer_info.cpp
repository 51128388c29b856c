#include "layers/layer_info.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace riskbild::layers {

LayerInfo begin_info(std::string layer, View const& view, Filter const& filter)
{
    LayerInfo info;
    info.layer = std::move(layer);
    info.period = filter.period ? filter.period : view.extent();
    info.filter = to_text(filter);
    info.view = view.policy().name();
    info.revision = view.revision();
    return info;
}

std::string counted(std::uint64_t n, std::string_view one, std::string_view several)
{
    return fmt::format("{} {}", n, n == 1 ? one : several);
}

Result<PublishedChoice> published_choice(View const& view, Publication const& publication,
                                         Filter const& filter)
{
    auto const& kinds = view.county().kinds;
    PublishedChoice choice;
    auto const year_starts = [](int year) { return LocalDate{date::year{year} / 1 / 1}; };
    bool year_found = false;
    bool group_found = false;
    for (std::size_t i = 0; filter.period && i < publication.years.size(); ++i) {
        if (*filter.period ==
            Period{year_starts(publication.years[i]), year_starts(publication.years[i] + 1)}) {
            choice.year = i;
            year_found = true;
        }
    }
    for (std::size_t i = 0; filter.kinds.size() == 1 && i < publication.groups.size(); ++i) {
        if (kinds[publication.groups[i]].code == filter.kinds.front()) {
            choice.group = i;
            group_found = true;
        }
    }
    Filter only;
    only.period = filter.period;
    only.kinds = filter.kinds;
    if (year_found && group_found && filter == only) {
        return choice;
    }
    std::vector<std::string> groups;
    for (auto const id : publication.groups) {
        groups.push_back(kinds[id].code);
    }
    return fail(
        ErrorCode::forbidden,
        fmt::format(
            "published are only whole calendar years ({}) of one kind each ({}); filter by exactly "
            "one period such as period=2025-01-01..2026-01-01 and one kind",
            publication.years.empty() ? "none yet" : fmt::format("{}", fmt::join(publication.years, ", ")),
            fmt::join(groups, ", ")),
        "filter");
}

}  // namespace riskbild::layers
