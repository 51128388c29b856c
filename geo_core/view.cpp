#include "geo_core/view.hpp"
#include "geo_core/suggestions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include <fmt/format.h>

namespace riskbild {
namespace {

// A filter in terms of the columns: what one comparison per row needs.
struct CompiledFilter {
    std::int32_t first_day = std::numeric_limits<std::int32_t>::min();
    std::int32_t end_day = std::numeric_limits<std::int32_t>::max();
    std::uint32_t hours = 0;
    std::uint8_t weekdays = 0;
    std::uint64_t sources = ~std::uint64_t{0};
    std::uint8_t least_precision = static_cast<std::uint8_t>(Precision::lan);
    std::vector<std::uint8_t> kinds;  // by KindId; empty = all
    std::vector<std::uint8_t> areas;  // by AreaId; empty = all

    enum class Match : std::uint8_t { no, hour_unknown, yes };

    Match match(IncidentColumns const& c, std::size_t row) const
    {
        auto const day = c.local_day[row];
        if (day < first_day || day >= end_day)
            return Match::no;
        if (!kinds.empty() && !kinds[c.kind[row]])
            return Match::no;
        if ((c.sources[row] & sources) == 0)
            return Match::no;
        if (c.precision[row] > least_precision)
            return Match::no;
        if (!areas.empty() && (c.area[row] == kNoArea.value() || !areas[c.area[row]]))
            return Match::no;
        if (weekdays != 0 && ((weekdays >> weekday_of(day)) & 1U) == 0)
            return Match::no;
        if (hours == 0)
            return Match::yes;
        if (c.local_hour[row] == kHourUnknown)
            return Match::hour_unknown;
        return ((hours >> c.local_hour[row]) & 1U) != 0 ? Match::yes : Match::no;
    }

    // 0 = Monday; 1970-01-01 was a Thursday.
    static unsigned weekday_of(std::int32_t day) { return static_cast<unsigned>(((day + 3) % 7 + 7) % 7); }
};

std::vector<std::string> names_of(std::vector<Source> const& sources)
{
    std::vector<std::string> names;
    for (auto const& source : sources)
        names.push_back(source.name);
    return names;
}

Result<CompiledFilter> compile(Filter const& filter, County const& county)
{
    CompiledFilter compiled;
    if (filter.period) {
        compiled.first_day = static_cast<std::int32_t>(filter.period->from.time_since_epoch().count());
        compiled.end_day = static_cast<std::int32_t>(filter.period->to.time_since_epoch().count());
    }
    compiled.hours = filter.hours;
    compiled.weekdays = filter.weekdays;
    if (filter.precision)
        compiled.least_precision = static_cast<std::uint8_t>(*filter.precision);
    if (!filter.kinds.empty()) {
        compiled.kinds.assign(county.kinds.kinds().size(), 0);
        for (auto const& code : filter.kinds) {
            auto const id = county.kinds.by_code(code);
            if (!id)
                return Failure{unknown_kind(code, county.kinds)};
            for (auto below = *id; below.value() < compiled.kinds.size() && county.kinds.within(below, *id);
                 below = KindId{static_cast<std::uint16_t>(below.value() + 1)})
                compiled.kinds[below.value()] = 1;
        }
    }
    if (!filter.sources.empty()) {
        compiled.sources = 0;
        for (auto const& name : filter.sources) {
            auto const found = std::ranges::find(county.sources, name, &Source::name);
            if (found == county.sources.end())
                return Failure{unknown_source(name, names_of(county.sources))};
            compiled.sources |= std::uint64_t{1} << (found - county.sources.begin());
        }
    }
    if (!filter.areas.empty()) {
        compiled.areas.assign(county.areas.areas().size(), 0);
        for (auto const& code : filter.areas) {
            auto const id = county.areas.by_code(code);
            if (id == kNoArea)
                return Failure{unknown_area(code, county.areas)};
            compiled.areas[id.value()] = 1;
        }
    }
    return compiled;
}

// Calls `matched(row)` and `hour_unknown(row)` in order of row.
template <class Matched, class HourUnknown>
void each_match(IncidentColumns const& columns, CompiledFilter const& filter, Matched matched,
                HourUnknown hour_unknown)
{
    for (std::size_t row = 0; row < columns.size(); ++row)
        switch (filter.match(columns, row)) {
            case CompiledFilter::Match::no:
                break;
            case CompiledFilter::Match::hour_unknown:
                hour_unknown(row);
                break;
            case CompiledFilter::Match::yes:
                matched(row);
                break;
        }
}

LeftOutReason reason_without_point(IncidentColumns const& columns, std::size_t row, KindTree const& kinds)
{
    if (kinds[KindId{columns.kind[row]}].is_protected)
        return LeftOutReason::protected_kind;
    switch (static_cast<Precision>(columns.precision[row])) {
        case Precision::locality:
            return LeftOutReason::locality_only;
        case Precision::lan:
            return LeftOutReason::lan_only;
        default:
            return LeftOutReason::kommun_only;
    }
}

Failure no_free_filter(Policy const& policy)
{
    return fail(
        ErrorCode::forbidden,
        fmt::format("the {} view holds only published products; ask for one of them instead", policy.name()));
}

LocalDate local_date(std::int32_t day)
{
    return LocalDate{date::days{day}};
}

int year_of(std::int32_t day)
{
    return static_cast<int>(date::year_month_day{local_date(day)}.year());
}

// Calendar years after which there are still incidents. Late reports still change their counts a little.
std::vector<int> complete_years(std::span<std::int32_t const> days)
{
    if (days.empty())
        return {};
    auto const [first, last] = std::ranges::minmax(days);
    std::vector<int> years;
    for (auto year = year_of(first); year < year_of(last); ++year)
        years.push_back(year);
    return years;
}

struct PublicationInput {
    IncidentColumns const& all;
    PointColumns const& points;
    County const& county;
    std::uint32_t least;
    Metres cell;
};

std::shared_ptr<Publication const> publish(PublicationInput const& in)
{
    auto publication = std::make_shared<Publication>();
    publication->years = complete_years(in.all.local_day);
    publication->groups = in.county.kinds.groups();
    publication->areas = in.county.areas.areas().size();
    publication->lattice = lattice_over(in.county.areas.bounds(), in.cell);
    auto const groups = publication->groups.size();
    auto const areas = publication->areas;
    auto const slots = publication->years.size() * groups;

    std::vector<std::size_t> group_index(in.county.kinds.kinds().size());
    for (std::size_t kind = 0; kind < group_index.size(); ++kind) {
        auto const group = in.county.kinds[KindId{static_cast<std::uint16_t>(kind)}].group;
        group_index[kind] = static_cast<std::size_t>(std::ranges::find(publication->groups, group) -
                                                     publication->groups.begin());
    }
    // (year, group) of a row, or `slots` when its year is not complete.
    auto const slot_of = [&](IncidentColumns const& columns, std::size_t row) {
        auto const found = std::ranges::find(publication->years, year_of(columns.local_day[row]));
        if (found == publication->years.end())
            return slots;
        return static_cast<std::size_t>(found - publication->years.begin()) * groups +
               group_index[columns.kind[row]];
    };

    std::vector<std::uint32_t> counts(slots * areas);
    for (std::size_t row = 0; row < in.all.size(); ++row)
        if (auto const slot = slot_of(in.all, row); slot < slots && in.all.area[row] < areas)
            ++counts[slot * areas + in.all.area[row]];
    for (std::size_t year = 0; year < publication->years.size(); ++year) {
        auto const table = suppress(std::span{counts}.subspan(year * groups * areas, groups * areas), groups,
                                    areas, in.least);
        publication->by_area.insert(publication->by_area.end(), table.begin(), table.end());
    }

    std::vector<std::map<std::uint32_t, std::map<std::uint16_t, std::uint32_t>>> cells(slots);
    auto const& lattice = publication->lattice;
    for (std::size_t row = 0; row < in.points.size(); ++row) {
        auto const slot = slot_of(in.points, row);
        auto const col =
            static_cast<std::int64_t>(std::floor(in.points.east[row] / in.cell.value())) - lattice.first_col;
        auto const line =
            static_cast<std::int64_t>(std::floor(in.points.north[row] / in.cell.value())) - lattice.first_row;
        if (slot == slots || in.points.area[row] >= areas || col < 0 || line < 0 || col >= lattice.cols ||
            line >= lattice.rows)
            continue;
        ++cells[slot][static_cast<std::uint32_t>(line * lattice.cols + col)][in.points.area[row]];
    }
    for (std::size_t slot = 0; slot < slots; ++slot) {
        std::vector<CellCount> before;
        for (auto const& [index, parts] : cells[slot]) {
            before.push_back({.index = index});
            for (auto const& [area, count] : parts)
                before.back().parts.push_back({area, count});
        }
        publication->cells.push_back(suppress_cells(
            std::move(before), std::span{publication->by_area}.subspan(slot * areas, areas), in.least));
    }
    return publication;
}

}  // namespace

std::string_view name_of(LeftOutReason reason)
{
    switch (reason) {
        case LeftOutReason::locality_only:
            return "locality_only";
        case LeftOutReason::kommun_only:
            return "kommun_only";
        case LeftOutReason::lan_only:
            return "lan_only";
        case LeftOutReason::protected_kind:
            return "protected_kind";
        case LeftOutReason::hour_unknown:
            return "hour_unknown";
        case LeftOutReason::area_unknown:
            return "area_unknown";
        case LeftOutReason::suppressed:
            return "suppressed";
    }
    return "suppressed";
}

std::uint64_t LeftOut::total() const
{
    return std::accumulate(std::begin(count), std::end(count), std::uint64_t{0});
}

View::View(std::shared_ptr<Snapshot const> snapshot, Role role)
    : snapshot_(std::move(snapshot)), policy_(&policy_of(role))
{
    if (!policy_->single_incidents)
        publication_ = publication();
}

Policy const& View::policy() const
{
    return *policy_;
}

Revision View::revision() const
{
    return snapshot_->revision();
}

County const& View::county() const
{
    return *snapshot_->county_;
}

std::shared_ptr<County const> View::shared_county() const
{
    return snapshot_->county_;
}

IncidentColumns View::columns(std::size_t first, std::size_t last) const
{
    auto const& s = *snapshot_;
    auto const part = [&](auto const& column) { return std::span{column}.subspan(first, last - first); };
    return {.id = part(s.ids_),
            .from = part(s.from_),
            .length = part(s.length_),
            .local_day = part(s.local_day_),
            .local_hour = part(s.local_hour_),
            .kind = part(s.kind_),
            .area = part(s.area_),
            .sources = part(s.sources_),
            .precision = part(s.precision_),
            .reports = part(s.reports_)};
}

PointColumns View::point_columns() const
{
    PointColumns points;
    static_cast<IncidentColumns&>(points) = columns(0, snapshot_->point_count_);
    points.east = snapshot_->east_;
    points.north = snapshot_->north_;
    points.quadtree = snapshot_->keys_;
    return points;
}

PointColumns View::points() const
{
    return policy_->single_incidents ? point_columns() : PointColumns{};
}

IncidentColumns View::without_point() const
{
    return policy_->single_incidents ? columns(snapshot_->point_count_, snapshot_->size())
                                     : IncidentColumns{};
}

Result<PointSelection> View::select_points(Filter const& filter) const
{
    if (!policy_->free_filter)
        return no_free_filter(*policy_);
    auto const compiled = compile(filter, county());
    if (!compiled)
        return tl::make_unexpected(compiled.error());
    PointSelection selection;
    auto const located = points();
    selection.rows.reserve(located.size());
    each_match(
        located, *compiled,
        [&](std::size_t row) { selection.rows.push_back(static_cast<std::uint32_t>(row)); },
        [&](std::size_t) { ++selection.left_out[LeftOutReason::hour_unknown]; });
    auto const others = without_point();
    each_match(
        others, *compiled,
        [&](std::size_t row) { ++selection.left_out[reason_without_point(others, row, county().kinds)]; },
        [&](std::size_t) { ++selection.left_out[LeftOutReason::hour_unknown]; });
    return selection;
}

Result<std::vector<std::uint32_t>> View::select_without_point(Filter const& filter) const
{
    if (!policy_->free_filter)
        return no_free_filter(*policy_);
    auto const compiled = compile(filter, county());
    if (!compiled)
        return tl::make_unexpected(compiled.error());
    std::vector<std::uint32_t> rows;
    each_match(
        without_point(), *compiled, [&](std::size_t row) { rows.push_back(static_cast<std::uint32_t>(row)); },
        [](std::size_t) {});
    return rows;
}

Result<View::AreaCounts> View::count_by_area(Filter const& filter) const
{
    if (!policy_->free_filter)
        return no_free_filter(*policy_);
    auto const compiled = compile(filter, county());
    if (!compiled)
        return tl::make_unexpected(compiled.error());
    AreaCounts counts;
    counts.count.assign(county().areas.areas().size(), 0);
    auto const all = columns(0, snapshot_->size());
    each_match(
        all, *compiled,
        [&](std::size_t row) {
            if (all.area[row] < counts.count.size())
                ++counts.count[all.area[row]];
            else if (all.precision[row] == static_cast<std::uint8_t>(Precision::lan))
                ++counts.left_out[LeftOutReason::lan_only];
            else
                ++counts.left_out[LeftOutReason::area_unknown];
        },
        [&](std::size_t) { ++counts.left_out[LeftOutReason::hour_unknown]; });
    return counts;
}

Result<View::DayCounts> View::count_by_day(Filter const& filter) const
{
    if (!policy_->free_filter)
        return no_free_filter(*policy_);
    auto const compiled = compile(filter, county());
    if (!compiled)
        return tl::make_unexpected(compiled.error());
    auto const all = columns(0, snapshot_->size());
    DayCounts counts{};
    if (all.size() == 0)
        return counts;
    auto const days = std::ranges::minmax(all.local_day);
    auto const first = std::max(days.min, compiled->first_day);
    auto const last = std::min(days.max, compiled->end_day - 1);
    if (first > last)
        return counts;
    counts.first = local_date(first);
    counts.count.assign(static_cast<std::size_t>(last - first) + 1, 0);
    each_match(
        all, *compiled,
        [&](std::size_t row) { ++counts.count[static_cast<std::size_t>(all.local_day[row] - first)]; },
        [](std::size_t) {});
    return counts;
}

std::optional<Period> View::extent() const
{
    auto const& days = snapshot_->local_day_;
    if (days.empty())
        return std::nullopt;
    auto const [first, last] = std::ranges::minmax(days);
    if (policy_->single_incidents)
        return Period{local_date(first), local_date(last + 1)};
    if (year_of(first) == year_of(last))
        return std::nullopt;
    auto const new_year = [](std::int32_t day) { return LocalDate{date::year{year_of(day)} / 1 / 1}; };
    return Period{new_year(first), new_year(last)};
}

Result<std::uint64_t> View::count(Filter const& filter) const
{
    if (!policy_->free_filter)
        return no_free_filter(*policy_);
    auto const compiled = compile(filter, county());
    if (!compiled)
        return tl::make_unexpected(compiled.error());
    std::uint64_t count = 0;
    each_match(
        columns(0, snapshot_->size()), *compiled, [&](std::size_t) { ++count; }, [](std::size_t) {});
    return count;
}

bool View::may_open(IncidentId id) const
{
    if (!policy_->single_incidents)
        return false;
    return std::ranges::binary_search(snapshot_->sorted_ids_, id.value());
}

bool View::redact(IncidentDetails& details) const
{
    auto const& kinds = county().kinds;
    auto const is_protected = [&](std::string const& code) {
        auto const kind = kinds.by_code(code);
        return kind && kinds[*kind].is_protected;
    };
    auto const any = kinds[details.incident.kind].is_protected ||
                     std::ranges::any_of(details.voices, is_protected, &Voice::kind_code);
    if (!any)
        return false;
    if (auto const& place = details.incident.place; precision_of(place) < Precision::kommun)
        details.incident.place = AreaPlace{Precision::kommun, area_of(place)};
    for (auto& voice : details.voices) {
        voice.precision = std::max(voice.precision, Precision::kommun);
        voice.place_text.clear();
        voice.place_rule.clear();
        voice.title.clear();
        voice.text.clear();
        voice.link.clear();
    }
    return true;
}

std::shared_ptr<Publication const> View::publication() const
{
    if (publication_)
        return publication_;
    auto const& published = policy_of(Role::public_);
    return publish({.all = columns(0, snapshot_->size()),
                    .points = point_columns(),
                    .county = county(),
                    .least = static_cast<std::uint32_t>(published.suppress_below),
                    .cell = published.finest_cell});
}

}  // namespace riskbild
