#include "geo_core/named_place.hpp"

#include <algorithm>
#include <array>

namespace riskbild {
namespace {

constexpr std::array<std::string_view, std::size(kAllPlaceSorts)> kSortNames{
    "address",   "street",       "shop",       "school",       "stop",
    "stop_area", "transit_line", "urban_area", "neighbourhood"};

}  // namespace

std::string_view name_of(PlaceSort sort)
{
    return kSortNames[static_cast<std::size_t>(sort)];
}

std::optional<PlaceSort> parse_place_sort(std::string_view text)
{
    auto const found = std::ranges::find(kSortNames, text);
    if (found == kSortNames.end())
        return std::nullopt;
    return kAllPlaceSorts[static_cast<std::size_t>(found - kSortNames.begin())];
}

}  // namespace riskbild
