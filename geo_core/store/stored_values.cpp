#include "geo_core/store/stored_values.hpp"

#include <fmt/format.h>

#include "geo_core/store/geopackage_time.hpp"

namespace riskbild::store {

namespace {

/// A number from 0 to `count` - 1.
std::size_t index_at(Statement const& row, int column, std::size_t count, std::string_view what)
{
    auto const number = row.integer(column);
    if (number < 0 || static_cast<std::size_t>(number) >= count) {
        throw StoreFailure(ErrorCode::damaged, fmt::format("the store is damaged: it refers to {} {} of {}",
                                                           what, number, count));
    }
    return static_cast<std::size_t>(number);
}

}  // namespace

Source const& source_at(Statement const& row, int column, County const& county)
{
    return county.sources[index_at(row, column, county.sources.size(), "source")];
}

SourceId source_id_at(Statement const& row, int column, County const& county)
{
    return SourceId{static_cast<std::uint8_t>(index_at(row, column, county.sources.size(), "source"))};
}

Precision precision_at(Statement const& row, int column)
{
    return kAllPrecisions[index_at(row, column, std::size(kAllPrecisions), "precision")];
}

AreaId area_at(Statement const& row, int column, County const& county)
{
    return row.is_null(column) ? kNoArea
                               : AreaId{static_cast<std::uint16_t>(
                                     index_at(row, column, county.areas.areas().size(), "area"))};
}

Instant instant_at(Statement const& row, int column)
{
    auto const seconds = row.integer(column);
    if (seconds < kFirstInstant.time_since_epoch().count() ||
        seconds > kLastInstant.time_since_epoch().count()) {
        throw StoreFailure(ErrorCode::damaged,
                           fmt::format("the store is damaged: it has the time {}", seconds));
    }
    return Instant{std::chrono::seconds{seconds}};
}

}  // namespace riskbild::store
