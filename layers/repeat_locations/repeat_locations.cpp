#include "layers/repeat_locations/repeat_locations.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

#include <fmt/format.h>

#include "layers/layer_info.hpp"
#include "layers/repeat_locations/place_groups.hpp"
#include "layers/told_period.hpp"

namespace riskbild::layers {
namespace {

constexpr std::int32_t kDay = 24 * 60 * 60;

Result<void> check(RepeatLocationOptions const& options)
{
    double const tolerance = options.tolerance.value();
    if (!(tolerance >= 0.0) || tolerance > kLargestTolerance.value()) {
        return fail(
            ErrorCode::wrong_use,
            fmt::format("tolerance is {} m, allowed is 0 to {} m", tolerance, kLargestTolerance.value()),
            "tolerance");
    }
    if (options.min_count < 1) {
        return fail(ErrorCode::wrong_use, "min_count is 0, allowed is 1 or more", "min_count");
    }
    if (options.places && *options.places > kMostPlaces) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("places is {}, at most {} are allowed", *options.places, kMostPlaces),
                    "places");
    }
    return {};
}

std::int32_t day_number(LocalDate day)
{
    return static_cast<std::int32_t>(day.time_since_epoch().count());
}

}  // namespace

/// Fills a RepeatLocations place by place.
class RepeatLocationsBuilder {
public:
    RepeatLocationsBuilder(View const& view, PointSelection selection)
        : columns_(view.points()),
          rows_(std::move(selection.rows)),
          kind_tally_(view.county().kinds.kinds().size())
    {
    }

    void build(RepeatLocations& result, RepeatLocationOptions const& options, std::int32_t last_day)
    {
        group(options.tolerance);
        last_day_ = last_day;
        result.all_places = groups_.position.size();
        std::vector<std::uint64_t> counts;
        counts.reserve(result.all_places);
        followed_.reserve(rows_.size());
        for (std::size_t place = 0; place < result.all_places; ++place) {
            auto const members = in_order_of_time(place);
            counts.push_back(members.size());
            follow(members);
            if (members.size() >= 2) {
                ++result.repeat_places;
                result.repeat_incidents += members.size();
            }
            if (members.size() >= options.min_count) {
                list(result, groups_.position[place], members);
            }
        }
        result.gaps = gap_table(std::move(all_gaps_));
        result.curve = repeat_curve(std::move(followed_));
        result.spread = concentration(std::move(counts), options.places);
        rank(result.places);
    }

    [[nodiscard]] std::uint64_t known_to_the_street() const
    {
        return count_rows([&](std::uint32_t row) {
            return columns_.precision[row] == static_cast<std::uint8_t>(Precision::street);
        });
    }
    [[nodiscard]] std::uint64_t longer_than_a_day() const
    {
        return count_rows([&](std::uint32_t row) { return columns_.length[row] > kDay + 60 * 60; });
    }

private:
    template <class Matches>
    std::uint64_t count_rows(Matches const& matches) const
    {
        return static_cast<std::uint64_t>(std::count_if(rows_.begin(), rows_.end(), matches));
    }

    /// Finds the places and lines the rows up by place.
    void group(Metres tolerance)
    {
        std::vector<double> east, north;
        east.reserve(rows_.size());
        north.reserve(rows_.size());
        for (auto const row : rows_) {
            east.push_back(columns_.east[row]);
            north.push_back(columns_.north[row]);
        }
        groups_ = group_places(east, north, tolerance);
        first_.assign(groups_.position.size() + 1, 0);
        for (auto const place : groups_.place) {
            ++first_[place + 1];
        }
        for (std::size_t place = 1; place < first_.size(); ++place) {
            first_[place] += first_[place - 1];
        }
        by_place_.resize(rows_.size());
        auto next = first_;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            by_place_[next[groups_.place[i]]++] = rows_[i];
        }
    }

    std::span<std::uint32_t const> in_order_of_time(std::size_t place)
    {
        std::span const members{by_place_.data() + first_[place], first_[place + 1] - first_[place]};
        if (members.size() > 1) {
            std::sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
                return std::tie(columns_.local_day[a], columns_.from[a], columns_.id[a]) <
                       std::tie(columns_.local_day[b], columns_.from[b], columns_.id[b]);
            });
        }
        return members;
    }

    void follow(std::span<std::uint32_t const> members)
    {
        for (std::size_t i = 0; i + 1 < members.size(); ++i) {
            auto const gap = columns_.local_day[members[i + 1]] - columns_.local_day[members[i]];
            all_gaps_.push_back(gap);
            followed_.push_back({gap, true});
        }
        followed_.push_back({std::max(last_day_ - columns_.local_day[members.back()], 0), false});
    }

    void list(RepeatLocations& result, MapPoint position, std::span<std::uint32_t const> members)
    {
        RepeatPlace place;
        place.position = position;
        place.count = static_cast<std::uint32_t>(members.size());
        place.area = most_common_area(members);
        place.share = static_cast<double>(members.size()) / static_cast<double>(rows_.size());
        place.first = LocalDate{date::days{columns_.local_day[members.front()]}};
        place.last = LocalDate{date::days{columns_.local_day[members.back()]}};
        place.first_incident_ = static_cast<std::uint32_t>(result.incidents_.size());
        for (std::size_t i = 0; i < members.size(); ++i) {
            result.incidents_.push_back(IncidentId{columns_.id[members[i]]});
            auto const next = members[std::min(i + 1, members.size() - 1)];
            result.gaps_.push_back(columns_.local_day[next] - columns_.local_day[members[i]]);
        }
        auto const gaps = std::span{result.gaps_}.last(members.size()).first(members.size() - 1);
        place.median_gap_days = median({gaps.begin(), gaps.end()});
        place.first_kind_ = static_cast<std::uint32_t>(result.kind_counts_.size());
        count_kinds(result, members);
        place.kinds_ = static_cast<std::uint32_t>(result.kind_counts_.size()) - place.first_kind_;
        result.places.push_back(place);
    }

    void count_kinds(RepeatLocations& result, std::span<std::uint32_t const> members)
    {
        std::vector<std::uint16_t> met;
        for (auto const row : members) {
            if (kind_tally_[columns_.kind[row]]++ == 0) {
                met.push_back(columns_.kind[row]);
            }
        }
        auto const begin = static_cast<std::ptrdiff_t>(result.kind_counts_.size());
        for (auto const kind : met) {
            result.kind_counts_.push_back({KindId{kind}, std::exchange(kind_tally_[kind], 0U)});
        }
        std::sort(result.kind_counts_.begin() + begin, result.kind_counts_.end(),
                  [](KindCount const& a, KindCount const& b) {
                      return std::tie(b.count, a.kind) < std::tie(a.count, b.kind);
                  });
    }

    AreaId most_common_area(std::span<std::uint32_t const> members) const
    {
        std::vector<std::uint16_t> areas;
        for (auto const row : members) {
            areas.push_back(columns_.area[row]);
        }
        std::sort(areas.begin(), areas.end());
        std::uint16_t best = areas.front();
        std::size_t most = 0;
        for (std::size_t first = 0; first < areas.size();) {
            auto const last = static_cast<std::size_t>(
                std::upper_bound(areas.begin(), areas.end(), areas[first]) - areas.begin());
            if (last - first > most) {
                most = last - first;
                best = areas[first];
            }
            first = last;
        }
        return AreaId{best};
    }

    static void rank(std::vector<RepeatPlace>& places)
    {
        std::sort(places.begin(), places.end(), [](RepeatPlace const& a, RepeatPlace const& b) {
            return std::tie(b.count, b.last, a.position.north, a.position.east) <
                   std::tie(a.count, a.last, b.position.north, b.position.east);
        });
        double sum = 0.0;
        for (auto& place : places) {
            sum += place.share;
            place.cumulative_share = std::min(sum, 1.0);
        }
    }

    PointColumns columns_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::uint32_t> kind_tally_;  // by KindId, all zero between places
    PlaceGroups groups_;
    std::vector<std::uint32_t> first_;  // of each place in by_place_
    std::vector<std::uint32_t> by_place_;
    std::vector<std::int32_t> all_gaps_;
    std::vector<Followed> followed_;
    std::int32_t last_day_ = 0;
};

namespace {

/// Where the data end: on the last day that the filter's sources tell anything of, or where its period ends.
Result<std::int32_t> last_day_of_data(View const& view, Filter const& filter)
{
    auto const told = told_period(view, filter);
    if (!told) {
        return Failure{told.error()};
    }
    if (!*told) {
        return 0;
    }
    auto const end = filter.period ? std::min((*told)->to, filter.period->to) : (*told)->to;
    return day_number(end) - 1;
}

}  // namespace

std::span<KindCount const> RepeatLocations::kinds_of(RepeatPlace const& place) const
{
    return std::span{kind_counts_}.subspan(place.first_kind_, place.kinds_);
}

std::span<IncidentId const> RepeatLocations::incidents_of(RepeatPlace const& place) const
{
    return std::span{incidents_}.subspan(place.first_incident_, place.count);
}

std::span<std::int32_t const> RepeatLocations::gaps_of(RepeatPlace const& place) const
{
    return std::span{gaps_}.subspan(place.first_incident_, place.count - 1U);
}

Result<RepeatLocations> repeat_locations(View const& view, Filter const& filter,
                                         RepeatLocationOptions const& options, Progress const& progress)
{
    if (!view.policy().single_incidents) {
        return fail(ErrorCode::forbidden,
                    fmt::format("repeat locations are single addresses and are not shown in the {} view",
                                view.policy().name()),
                    "layer");
    }
    if (auto const fine = check(options); !fine) {
        return Failure{fine.error()};
    }
    auto selection = view.select_points(filter);
    if (!selection) {
        return Failure{selection.error()};
    }
    RepeatLocations result;
    auto& info = result.info;
    info = begin_info("repeat_locations", view, filter);
    info.unit = "incidents per place";
    info.unit_sv = "händelser per plats";
    info.n = selection->rows.size();
    info.left_out = selection->left_out;
    info.parameters = {{"min_count", std::to_string(options.min_count)},
                       {"places", options.places ? std::to_string(*options.places) : "unknown"},
                       {"tolerance", number_text(options.tolerance.value())}};
    if (progress && !progress(0.1)) {
        return fail(ErrorCode::busy, "stopped before the repeat locations were finished");
    }
    auto const last_day = last_day_of_data(view, filter);
    if (!last_day) {
        return Failure{last_day.error()};
    }
    result.followed_to = LocalDate{date::days{*last_day}};
    RepeatLocationsBuilder builder{view, std::move(*selection)};
    builder.build(result, options, *last_day);
    if (options.places && *options.places < result.all_places) {
        return fail(ErrorCode::wrong_use,
                    fmt::format("places is {}, but incidents happened at {} places", *options.places,
                                result.all_places),
                    "places");
    }
    info.notes.push_back(
        {fmt::format("En plats: koordinater inom {} m från dess vanligaste.", options.tolerance.value()),
         fmt::format("One place: coordinates within {} m of its most frequent one.",
                     options.tolerance.value())});
    if (auto const streets = builder.known_to_the_street(); streets > 0) {
        info.notes.push_back(
            {counted(streets, "händelse är bara känd", "händelser är bara kända") +
                 " till gata: på gatans egen plats kan sådana se ut som upprepningar.",
             counted(streets, "incident is", "incidents are") +
                 " known only to the street: at the street's own place such can look like repeats."});
    }
    if (auto const vague = builder.longer_than_a_day(); vague > 0) {
        info.notes.push_back({counted(vague, "händelse", "händelser") +
                                  " har en tid som är osäker med mer än ett dygn: dess början används.",
                              counted(vague, "incident has", "incidents have") +
                                  " a time known only to more than a day: its start is used."});
    }
    if (progress && !progress(1.0)) {
        return fail(ErrorCode::busy, "stopped before the repeat locations were finished");
    }
    return result;
}

}  // namespace riskbild::layers
