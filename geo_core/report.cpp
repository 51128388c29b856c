#include "geo_core/report.hpp"

namespace riskbild {

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
