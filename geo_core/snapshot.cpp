#include "geo_core/snapshot.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <thread>

namespace riskbild {
namespace {

// Where a row stands: by curve among the reachable points, by id among the others.
struct Position {
    std::uint64_t key;
    std::int64_t id;
    std::uint32_t row;
    bool operator<(Position const& other) const { return key != other.key ? key < other.key : id < other.id; }
};

bool is_reachable(SnapshotRow const& row, KindTree const& kinds)
{
    return is_point(row.precision) && !kinds[row.kind].is_protected;
}

std::vector<std::uint64_t> quadtree_keys(Crs const& crs, std::vector<MapPoint> const& points)
{
    std::vector<std::uint64_t> keys(points.size());
    auto const convert = [&](std::size_t first, std::size_t last) {
        std::vector<LngLat> degrees(std::min<std::size_t>(last - first, 4096));
        for (auto begin = first; begin < last; begin += degrees.size()) {
            auto const count = std::min(degrees.size(), last - begin);
            crs.degrees(std::span{points}.subspan(begin, count), std::span{degrees}.first(count));
            for (std::size_t i = 0; i < count; ++i)
                keys[begin + i] = quadtree_key(world_point(degrees[i]));
        }
    };
    constexpr std::size_t kWorthAThread = 50'000;
    if (points.size() < kWorthAThread) {
        convert(0, points.size());
        return keys;
    }
    std::jthread other{convert, 0, points.size() / 2};
    convert(points.size() / 2, points.size());
    return keys;
}

}  // namespace

/// Fills the columns in their final order.
class SnapshotBuilder {
public:
    SnapshotBuilder(Snapshot& snapshot, TimeZone const& zone) : snapshot_(snapshot), zone_(zone) {}

    void add(SnapshotRow const& row)
    {
        snapshot_.ids_.push_back(row.id.value());
        snapshot_.from_.push_back(row.from.time_since_epoch().count());
        auto const length = (row.to - row.from).count();
        snapshot_.length_.push_back(static_cast<std::int32_t>(
            std::min<std::int64_t>(length, std::numeric_limits<std::int32_t>::max())));
        if (row.from < offset_.from || row.from >= offset_.to)
            offset_ = zone_.offset_at(row.from);
        auto const local = LocalTime{row.from.time_since_epoch() + offset_.ahead};
        auto const day = date::floor<date::days>(local);
        snapshot_.local_day_.push_back(static_cast<std::int32_t>(day.time_since_epoch().count()));
        auto const hour = std::chrono::duration_cast<std::chrono::hours>(local - day).count();
        snapshot_.local_hour_.push_back(
            row.to - row.from >= kHourUnknownFrom ? kHourUnknown : static_cast<std::uint8_t>(hour));
        snapshot_.kind_.push_back(row.kind.value());
        snapshot_.area_.push_back(row.area.value());
        snapshot_.sources_.push_back(row.sources);
        snapshot_.precision_.push_back(static_cast<std::uint8_t>(row.precision));
        snapshot_.reports_.push_back(row.reports);
    }

private:
    Snapshot& snapshot_;
    TimeZone const& zone_;
    TimeZone::Offset offset_{Instant{}, Instant{}, {}};
};

std::shared_ptr<Snapshot const> Snapshot::build(std::shared_ptr<County const> county, Revision revision,
                                                std::vector<SnapshotRow> incidents)
{
    std::vector<std::uint32_t> with_point;
    std::vector<std::uint32_t> without_point;
    std::vector<MapPoint> points;
    for (std::uint32_t row = 0; row < incidents.size(); ++row)
        if (is_reachable(incidents[row], county->kinds)) {
            with_point.push_back(row);
            points.push_back(incidents[row].point);
        } else {
            without_point.push_back(row);
        }
    auto const keys = quadtree_keys(county->profile.crs, points);
    std::vector<Position> order(with_point.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = {keys[i], incidents[with_point[i]].id.value(), with_point[i]};
    std::ranges::sort(order, std::less{});
    std::ranges::sort(without_point, {}, [&](std::uint32_t row) { return incidents[row].id; });

    auto snapshot = std::make_shared<Snapshot>(OnlyHere{});
    snapshot->county_ = std::move(county);
    snapshot->revision_ = revision;
    snapshot->point_count_ = order.size();
    snapshot->reserve(incidents.size());
    SnapshotBuilder builder{*snapshot, snapshot->county_->profile.zone};
    for (auto const& position : order) {
        auto const& row = incidents[position.row];
        snapshot->keys_.push_back(position.key);
        snapshot->east_.push_back(row.point.east);
        snapshot->north_.push_back(row.point.north);
        builder.add(row);
    }
    for (auto const row : without_point)
        builder.add(incidents[row]);
    for (auto const& row : incidents)  // a store gives them in this order
        snapshot->sorted_ids_.push_back(row.id.value());
    if (!std::ranges::is_sorted(snapshot->sorted_ids_))
        std::ranges::sort(snapshot->sorted_ids_);
    return snapshot;
}

void Snapshot::reserve(std::size_t rows)
{
    keys_.reserve(point_count_);
    east_.reserve(point_count_);
    north_.reserve(point_count_);
    ids_.reserve(rows);
    sorted_ids_.reserve(rows);
    from_.reserve(rows);
    length_.reserve(rows);
    local_day_.reserve(rows);
    local_hour_.reserve(rows);
    kind_.reserve(rows);
    area_.reserve(rows);
    sources_.reserve(rows);
    precision_.reserve(rows);
    reports_.reserve(rows);
}

std::size_t Snapshot::bytes() const
{
    auto const of = [](auto const& column) { return column.capacity() * sizeof(column[0]); };
    return of(keys_) + of(east_) + of(north_) + of(ids_) + of(sorted_ids_) + of(from_) + of(length_) +
           of(local_day_) + of(local_hour_) + of(kind_) + of(area_) + of(sources_) + of(precision_) +
           of(reports_);
}

}  // namespace riskbild
