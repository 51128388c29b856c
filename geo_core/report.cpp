#include "geo_core/report.hpp"

namespace riskbild {

std::string name_of(ReportKey const& key)
{
    return key.source + ':' + key.source_id;
}

std::optional<ReportKey> parse_report_key(std::string_view text)
{
    auto const colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size())
        return std::nullopt;
    return ReportKey{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

Precision precision_of(Place const& place)
{
    return std::visit([](auto const& p) { return p.precision; }, place);
}

AreaId area_of(Place const& place)
{
    return std::visit([](auto const& p) { return p.area; }, place);
}

std::optional<MapPoint> point_of(Place const& place)
{
    if (auto const* point = std::get_if<PointPlace>(&place))
        return point->point;
    return std::nullopt;
}

}  // namespace riskbild
