#include "importers/readers/received_row.hpp"

#include <algorithm>

#include "geo_core/text.hpp"

namespace riskbild::importers {
namespace {

// `POINT (17.6389 59.8586)`, as tables with a geometry write it.
std::optional<MapPoint> point_in(std::string_view text)
{
    constexpr std::string_view kBegin = "POINT (";
    if (!text.starts_with(kBegin) || !text.ends_with(')'))
        return std::nullopt;
    text = text.substr(kBegin.size(), text.size() - kBegin.size() - 1);
    auto const space = text.find(' ');
    if (space == std::string_view::npos)
        return std::nullopt;
    auto const east = parse_number(text.substr(0, space));
    auto const north = parse_number(text.substr(space + 1));
    return east && north ? std::optional(MapPoint{.east = *east, .north = *north}) : std::nullopt;
}

}  // namespace

ReceivedRow::ReceivedRow(std::vector<std::string> heading, Fields const& fields, int epsg)
    : RecordTable(TableLimits{}), heading_(std::move(heading)), texts_(heading_.size()), epsg_(epsg)
{
    for (auto const& [column, text] : fields) {
        auto const at = std::find(heading_.begin(), heading_.end(), column);
        if (at == heading_.end())
            extra_.push_back({column, text});
        else
            texts_[static_cast<std::size_t>(at - heading_.begin())] = text;
        if (column == kGeometryColumn)
            point_ = point_in(text);
    }
    fields_.assign(texts_.begin(), texts_.end());
}

bool ReceivedRow::has_geometry() const
{
    return std::find(heading_.begin(), heading_.end(), kGeometryColumn) != heading_.end();
}

Result<void> ReceivedRow::restart()
{
    is_before_ = true;
    return {};
}

}  // namespace riskbild::importers
