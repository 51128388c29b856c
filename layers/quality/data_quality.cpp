#include "layers/quality/data_quality.hpp"

#include <algorithm>
#include <cmath>

namespace riskbild::layers {
namespace {

constexpr std::int32_t kWeek = 7;
constexpr std::size_t kShortestLevel = 4;  // weeks
constexpr double kByChance = 0.01;         // runs of silent days, in all of a source's days

LocalDate date_of(std::int32_t day)
{
    return LocalDate(date::days(day));
}

/// The Monday at or after a day; 1970-01-05 was one.
std::int32_t monday_from(std::int32_t day)
{
    auto const since = (day - 4) % kWeek;
    return since == 0 ? day : day + (since > 0 ? kWeek - since : -since);
}

/// What is counted while going through the incidents once.
struct Tally {
    std::uint64_t incidents = 0, merged = 0, known_to_police = 0;
    std::array<std::uint64_t, kPrecisions> precision{};
    std::int32_t first_day = INT32_MAX;
    std::int32_t last_day = INT32_MIN;
    std::vector<std::uint32_t> by_day;  // from first_day of all
};

class Tallies {
public:
    Tallies(View const& view, std::int32_t today) : of_(view.county().sources.size()), today_(today)
    {
        for (std::size_t i = 0; i < of_.size(); ++i)
            if (is_police(view.county().sources[i].name))
                police_ |= std::uint64_t{1} << i;
        std::int32_t last = INT32_MIN;
        for (auto const& columns : {IncidentColumns(view.points()), view.without_point()})
            for (auto const day : columns.local_day)
                if (day <= today) {
                    first_ = std::min(first_, day);
                    last = std::max(last, day);
                }
        if (last < first_)
            return;
        for (auto& tally : of_)
            tally.by_day.assign(static_cast<std::size_t>(last - first_ + 1), 0);
        add(view.points());
        add(view.without_point());
    }

    [[nodiscard]] std::int32_t first_day() const { return first_; }
    [[nodiscard]] bool has_police() const { return police_ != 0; }
    [[nodiscard]] Tally const& operator[](std::size_t source) const { return of_[source]; }

private:
    void add(IncidentColumns const& columns)
    {
        for (std::size_t row = 0; row < columns.size(); ++row) {
            if (columns.local_day[row] > today_)
                continue;
            for (auto rest = columns.sources[row]; rest != 0; rest &= rest - 1) {
                auto const source = static_cast<std::size_t>(__builtin_ctzll(rest));
                if (source < of_.size())
                    count(of_[source], columns, row);
            }
        }
    }

    void count(Tally& tally, IncidentColumns const& columns, std::size_t row) const
    {
        auto const day = columns.local_day[row];
        ++tally.incidents;
        tally.merged += columns.reports[row] > 1 ? 1 : 0;
        tally.known_to_police += (columns.sources[row] & police_) != 0 ? 1 : 0;
        ++tally.precision[columns.precision[row]];
        tally.first_day = std::min(tally.first_day, day);
        tally.last_day = std::max(tally.last_day, day);
        ++tally.by_day[static_cast<std::size_t>(day - first_)];
    }

    std::vector<Tally> of_;
    std::int32_t today_;
    std::int32_t first_ = INT32_MAX;
    std::uint64_t police_ = 0;
};

/// Counts of one source, day by day from its first to its last.
struct Daily {
    std::int32_t first;
    std::span<std::uint32_t const> count;
    [[nodiscard]] std::int32_t end() const { return first + static_cast<std::int32_t>(count.size()); }
};

struct Weekly {
    std::int32_t first = 0;  // a Monday
    std::vector<std::uint32_t> count;
};

Weekly full_weeks(Daily const& daily)
{
    Weekly weekly{monday_from(daily.first), {}};
    for (auto day = weekly.first; day + kWeek <= daily.end(); day += kWeek) {
        std::uint32_t sum = 0;
        for (auto i = day; i < day + kWeek; ++i)
            sum += daily.count[static_cast<std::size_t>(i - daily.first)];
        weekly.count.push_back(sum);
    }
    return weekly;
}

/// The level a day: of the week that it is in, or of the nearest full one.
class Levels {
public:
    Levels(Daily const& daily, SourceQuality& quality)
    {
        auto const weekly = full_weeks(daily);
        quality.dispersion = std::max(1.0, dispersion_of(weekly.count));
        auto const weeks = static_cast<double>(std::max<std::size_t>(weekly.count.size(), 2));
        for (auto const& segment :
             level_segments(weekly.count, 2.0 * std::log(weeks), quality.dispersion, kShortestLevel)) {
            auto const begin = weekly.first + static_cast<std::int32_t>(segment.first) * kWeek;
            auto const end = weekly.first + static_cast<std::int32_t>(segment.last) * kWeek;
            quality.levels.push_back({date_of(begin), date_of(end), segment.mean});
            segments_.push_back({end, segment.mean / kWeek});
        }
        if (segments_.empty()) {
            auto sum = 0.0;
            for (auto const count : daily.count)
                sum += count;
            segments_.push_back({daily.end(), sum / static_cast<double>(daily.count.size())});
        }
    }

    [[nodiscard]] double at(std::int32_t day) const
    {
        for (auto const& [end, per_day] : segments_)
            if (day < end)
                return per_day;
        return segments_.back().per_day;
    }

private:
    struct Segment {
        std::int32_t end;
        double per_day;
    };
    std::vector<Segment> segments_;
};

std::vector<SilentDays> silences_of(Daily const& daily, Levels const& levels, double dispersion)
{
    std::vector<SilentDays> silences;
    auto const days = static_cast<std::int32_t>(daily.count.size());
    for (std::int32_t i = 0; i < days;) {
        if (daily.count[static_cast<std::size_t>(i)] > 0) {
            ++i;
            continue;
        }
        auto end = i;
        while (end < days && daily.count[static_cast<std::size_t>(end)] == 0)
            ++end;
        // A long silence is a level of its own, at which nothing is unlikely: those around it are asked.
        auto const mean = std::max(levels.at(daily.first + i - 1), levels.at(daily.first + end));
        auto const none = chance_of_none(mean, dispersion);
        auto const expected = static_cast<double>(days) * (1.0 - none) * std::pow(none, end - i);
        if (mean > 0.0 && expected < kByChance)
            silences.push_back({date_of(daily.first + i), end - i, expected});
        i = end;
    }
    return silences;
}

void judge(SourceQuality& quality, Daily const& daily, std::int32_t today)
{
    Levels const levels(daily, quality);
    quality.silences = silences_of(daily, levels, quality.dispersion);
    quality.silent_days = std::max(0, today - (daily.end() - 1) - 1);
    auto const days = std::max<std::int32_t>(365, static_cast<std::int32_t>(daily.count.size()));
    quality.unlikely_from_days =
        unlikely_silence(levels.at(daily.end() - 1), quality.dispersion, days, kByChance);
}

}  // namespace

bool is_police(std::string const& source)
{
    return source == "police" || source.starts_with("police_");
}

std::vector<SourceQuality> source_quality(View const& view, LocalDate today)
{
    auto const& sources = view.county().sources;
    auto const this_day = static_cast<std::int32_t>(today.time_since_epoch().count());
    Tallies const tallies(view, this_day);
    std::vector<SourceQuality> all;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        auto const& tally = tallies[i];
        SourceQuality quality;
        quality.source = sources[i].name;
        quality.incidents = tally.incidents;
        quality.merged = tally.merged;
        quality.precision = tally.precision;
        if (tally.incidents > 0) {
            quality.period = Period{date_of(tally.first_day), date_of(tally.last_day + 1)};
            auto const days = std::span(tally.by_day)
                                  .subspan(static_cast<std::size_t>(tally.first_day - tallies.first_day()),
                                           static_cast<std::size_t>(tally.last_day - tally.first_day + 1));
            judge(quality, {tally.first_day, days}, this_day);
            if (tallies.has_police() && !is_police(quality.source)) {
                quality.known_to_police = tally.known_to_police;
                quality.police_share = wilson_interval(tally.known_to_police, tally.incidents);
            }
        }
        all.push_back(std::move(quality));
    }
    return all;
}

}  // namespace riskbild::layers
