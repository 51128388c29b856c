#include "geo_core/suggestions.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "geo_core/text.hpp"

namespace riskbild {
namespace {

// Mistakes of typing between two texts: letters left out, added, replaced, or changed with their neighbour.
std::size_t mistakes_between(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before;
    std::vector<std::size_t> above(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::vector<std::size_t> row(b.size() + 1, i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto const replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({row[j - 1] + 1, above[j] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = std::exchange(above, std::move(row));
    }
    return above.back();
}

// Nothing where the texts are too different for one to be the other mistyped.
std::optional<std::size_t> mistakes(std::string_view written, std::string_view name)
{
    constexpr std::size_t kLongestName = 100;
    if (written.size() > kLongestName || name.size() > kLongestName)
        return std::nullopt;
    auto const count = mistakes_between(written, name);
    auto const allowed = written.size() <= 3 ? 1 : written.size() <= 7 ? 2 : 3;
    return count <= static_cast<std::size_t>(allowed) && count < written.size() ? std::optional{count}
                                                                                : std::nullopt;
}

std::string_view last_part(std::string_view code)
{
    return code.substr(code.rfind('.') + 1);  // npos + 1 is the beginning
}

// How far a kind is from what was written, which is in lower case; nothing where it cannot be meant.
std::optional<std::size_t> distance_to(Kind const& kind, std::string_view written)
{
    constexpr std::size_t kPartOfName = 10;  // behind every mistyped name, the shorter names first
    auto const sv = lower_case(kind.sv);
    auto const en = lower_case(kind.en);
    std::optional<std::size_t> least;
    auto const consider = [&](std::optional<std::size_t> distance) {
        if (distance && (!least || *distance < *least))
            least = distance;
    };
    for (auto const name :
         {std::string_view{kind.code}, last_part(kind.code), std::string_view{sv}, std::string_view{en}}) {
        consider(mistakes(written, name));
        if (written.size() >= 3 && name.find(written) != std::string_view::npos)
            consider(kPartOfName + name.size());
    }
    return least;
}

std::string text_of(Kind const& kind)
{
    return fmt::format("{} ({})", kind.code, kind.sv);
}

}  // namespace

Error unknown_kind(std::string_view written, KindTree const& kinds)
{
    constexpr std::size_t kMostNamed = 3;
    auto const lower = lower_case(written);
    std::vector<std::pair<std::size_t, std::string>> near;
    for (auto const& kind : kinds.kinds())
        if (auto const distance = distance_to(kind, lower))
            near.emplace_back(*distance, text_of(kind));
    std::ranges::stable_sort(near, {}, &std::pair<std::size_t, std::string>::first);
    if (!near.empty() && near.front().first == 0)
        std::erase_if(near, [](auto const& one) { return one.first > 0; });
    near.resize(std::min(near.size(), kMostNamed));
    std::vector<std::string> named;
    for (auto& [distance, text] : near)
        named.push_back(std::move(text));
    if (!named.empty())
        return {ErrorCode::wrong_use,
                fmt::format("there is no kind \"{}\"; did you mean {}?", shortened(written),
                            fmt::join(named, " or ")),
                "kinds"};
    for (auto const group : kinds.groups())
        named.push_back(kinds[group].code);
    return {ErrorCode::wrong_use,
            fmt::format("there is no kind \"{}\"; the groups are {}, and docs/kinds.md lists all below them",
                        shortened(written), fmt::join(named, ", ")),
            "kinds"};
}

Error unknown_area(std::string_view written, AreaSet const& areas)
{
    constexpr std::size_t kMostListed = 30;
    std::vector<std::string> names;
    std::vector<std::string> listed;
    for (auto const& area : areas.areas()) {
        names.push_back(area.name);
        if (listed.size() < kMostListed)
            listed.push_back(fmt::format("{} {}", area.code, area.name));
    }
    // Spreadsheets take the zero off a code's front.
    auto meant = areas.by_code(fmt::format("0{}", shortened(written)));
    if (auto const name = nearest_name(written, names); name && meant == kNoArea)
        meant = areas.by_name(*name);
    if (meant != kNoArea)
        return {ErrorCode::wrong_use,
                fmt::format("there is no area \"{}\"; did you mean {}, the code of {}?", shortened(written),
                            areas[meant].code, areas[meant].name),
                "areas"};
    if (names.size() > listed.size())
        listed.emplace_back("…");
    return {ErrorCode::wrong_use,
            listed.empty() ? fmt::format("there is no area \"{}\": the county has none", shortened(written))
                           : fmt::format("there is no area \"{}\"; there are {}", shortened(written),
                                         fmt::join(listed, ", ")),
            "areas"};
}

Error unknown_source(std::string_view written, std::vector<std::string> sources)
{
    std::ranges::sort(sources);
    return {ErrorCode::wrong_use,
            fmt::format("the store has no source \"{}\"; it has {}", shortened(written),
                        sources.empty() ? "none" : fmt::format("{}", fmt::join(sources, ", "))),
            "sources"};
}

std::optional<std::string> nearest_name(std::string_view written, std::vector<std::string> const& names)
{
    auto const lower = lower_case(written);
    std::optional<std::string> nearest;
    auto least = std::string::npos;
    for (auto const& name : names)
        if (auto const count = mistakes(lower, lower_case(name)); count && *count < least) {
            least = *count;
            nearest = name;
        }
    return nearest;
}

std::string there_is_no(std::string_view what, std::string_view written,
                        std::vector<std::string> const& names)
{
    auto const meant = nearest_name(written, names);
    return fmt::format("there is no {} \"{}\"; {}", what, shortened(written),
                       meant ? fmt::format("did you mean {}?", *meant)
                             : fmt::format("there are {}", fmt::join(names, ", ")));
}

}  // namespace riskbild
