#include "importers/gtfs/gtfs_calendar.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "importers/gtfs/gtfs_table.hpp"

namespace riskbild::importers {
namespace {

constexpr std::array kWeekdays{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr date::days kTellsPeriod{3 * 366};  // longer ones say "until further notice"
constexpr date::days kLongest{100 * 366};    // a slip of a digit would make millions of days
constexpr date::days kFar{366};
constexpr int kSparsest = 4;           // one day in so many runs something, where days alone tell a period
constexpr date::days kFewestDays{28};  // fewer tell no period beside services until further notice

using Days = std::set<date::sys_days>;

std::size_t weekday_of(date::sys_days day)
{
    return date::weekday{day}.iso_encoding() - 1;
}

// Weekdays between two dates.
struct Lasting {
    date::sys_days from, to;  // the last day too
    std::array<bool, 7> runs{};
    [[nodiscard]] bool has(date::sys_days day) const
    {
        return from <= day && day <= to && runs[weekday_of(day)];
    }
};

struct Service {
    Days days;
    date::days longest{0};  // of the rows of calendar.txt that end
    std::vector<Lasting> lasting;
    Days except;  // of the lasting ones
    [[nodiscard]] bool has(date::sys_days day) const
    {
        return days.contains(day) ||
               (!except.contains(day) &&
                std::ranges::any_of(lasting, [&](Lasting const& row) { return row.has(day); }));
    }
};

// Of one row of calendar.txt; nothing for one that does not tell its days.
std::optional<Lasting> lasting_of(GtfsTable const& row)
{
    auto const from = parse_gtfs_date(row.field("start_date"));
    auto const to = parse_gtfs_date(row.field("end_date"));
    if (!from || !to || *to < *from || *to - *from > kLongest)
        return std::nullopt;
    Lasting lasting{.from = *from, .to = *to};
    for (std::size_t day = 0; day < kWeekdays.size(); ++day)
        lasting.runs[day] = row.field(kWeekdays[day]) == "1";
    return lasting;
}

void add(Service& service, Lasting const& row)
{
    if (row.runs == std::array<bool, 7>{})
        return;
    if (row.to - row.from > kTellsPeriod) {
        service.lasting.push_back(row);
        return;
    }
    service.longest = std::max(service.longest, row.to - row.from);
    for (auto day = row.from; day <= row.to; day += date::days{1})
        if (row.has(day))
            service.days.insert(day);
}

struct Period {
    date::sys_days first, last;
    std::uint64_t days = 0;  // of services
    date::days different_ones{0};
};

// The days of all services where they lie close together: where most are, if there are several such periods.
std::optional<Period> told_period(std::map<std::string, Service> const& services)
{
    std::map<date::sys_days, std::uint64_t> running;
    for (auto const& [id, service] : services)
        for (auto const day : service.days)
            ++running[day];
    std::optional<Period> most, current;
    for (auto const& [day, count] : running) {
        if (!current || day - current->last > kFar)
            current = Period{.first = day, .last = day};
        current->last = day;
        current->days += count;
        current->different_ones += date::days{1};
        if (!most || current->days > most->days || current->first == most->first)
            most = current;
    }
    return most;
}

// Of services that run until further notice: the days that they have in common, else all.
std::optional<Period> lasting_period(std::map<std::string, Service> const& services)
{
    std::optional<Period> common, whole;
    for (auto const& [id, service] : services)
        for (auto const& row : service.lasting) {
            common = common ? Period{std::max(common->first, row.from), std::min(common->last, row.to)}
                            : Period{row.from, row.to};
            whole = whole ? Period{std::min(whole->first, row.from), std::max(whole->last, row.to)}
                          : Period{row.from, row.to};
        }
    return common && common->first <= common->last ? common : whole;
}

// A few holidays tell no period where there are services until further notice, however far apart they lie;
// days that fill a good part of their weeks do.
std::optional<Period> period_of(std::map<std::string, Service> const& services)
{
    auto const told = told_period(services);
    auto const lasting = lasting_period(services);
    if (!told || !lasting)
        return told ? told : lasting;
    auto const has_row_that_ends = std::ranges::any_of(
        services, [](auto const& service) { return service.second.longest >= kFewestDays; });
    auto const span = told->last - told->first + date::days{1};
    auto const is_timetable = told->different_ones >= kFewestDays ||
                              (span >= kFewestDays && kSparsest * told->different_ones >= span);
    return has_row_that_ends || is_timetable ? told : lasting;
}

}  // namespace

Result<GtfsCalendar> GtfsCalendar::read(GtfsFiles& files)
{
    GtfsCalendar calendar;
    std::map<std::string, Service> services;
    if (!files.has("calendar.txt") && !files.has("calendar_dates.txt"))
        return fail(ErrorCode::not_found,
                    fmt::format("{} has neither calendar.txt nor calendar_dates.txt", files.name()), "files");
    auto const each = [&](std::string const& name, std::vector<std::string> const& needed,
                          auto&& take) -> Result<void> {
        if (!files.has(name))
            return {};
        return for_each_row(files, name, needed, [&](GtfsTable const& row) {
            if (row.problem() || row.field("service_id").empty() || !take(row))
                ++calendar.unusable_;
        });
    };
    auto read = each("calendar.txt", {"service_id", "monday", "sunday", "start_date", "end_date"},
                     [&](GtfsTable const& row) {
                         auto const lasting = lasting_of(row);
                         if (lasting)
                             add(services[std::string{row.field("service_id")}], *lasting);
                         return lasting.has_value();
                     });
    if (read)
        read =
            each("calendar_dates.txt", {"service_id", "date", "exception_type"}, [&](GtfsTable const& row) {
                auto const day = parse_gtfs_date(row.field("date"));
                auto const type = row.field("exception_type");
                if (!day || (type != "1" && type != "2"))
                    return false;
                auto& service = services[std::string{row.field("service_id")}];
                if (type == "1") {
                    service.days.insert(*day);
                } else {
                    service.days.erase(*day);
                    service.except.insert(*day);
                }
                return true;
            });
    if (!read)
        return Failure{read.error()};

    if (auto const period = period_of(services)) {
        calendar.from_ = period->first;
        calendar.to_ = period->last + date::days{1};
        for (auto day = calendar.from_; day < calendar.to_; day += date::days{1})
            ++calendar.all_days_[weekday_of(day)];
    }
    for (auto const& [id, service] : services) {
        calendar.numbers_.emplace(id, static_cast<std::uint32_t>(calendar.days_.size()));
        auto& by_weekday = calendar.days_.emplace_back();
        auto const is_within = [&](date::sys_days day) {
            return calendar.from_ <= day && day < calendar.to_;
        };
        for (auto const day : service.days)
            if (!is_within(day)) {
                calendar.first_day_outside_ =
                    calendar.days_outside_ == 0 ? day : std::min(calendar.first_day_outside_, day);
                ++calendar.days_outside_;
            } else if (service.lasting.empty()) {
                ++by_weekday[weekday_of(day)];
            }
        if (service.lasting.empty())
            continue;
        for (auto day = calendar.from_; day < calendar.to_; day += date::days{1})
            by_weekday[weekday_of(day)] += service.has(day) ? 1 : 0;
    }
    return calendar;
}

std::optional<std::uint32_t> GtfsCalendar::service(std::string const& id) const
{
    auto const found = numbers_.find(id);
    return found == numbers_.end() ? std::nullopt : std::optional{found->second};
}

std::array<double, 7> GtfsCalendar::shares(std::uint32_t service) const
{
    std::array<double, 7> shares{};
    for (std::size_t day = 0; day < shares.size(); ++day)
        if (all_days_[day] > 0)
            shares[day] = static_cast<double>(days_[service][day]) / static_cast<double>(all_days_[day]);
    return shares;
}

}  // namespace riskbild::importers
