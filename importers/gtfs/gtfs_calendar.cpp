#include "importers/gtfs/gtfs_calendar.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "importers/gtfs/gtfs_table.hpp"

namespace riskbild::importers {
namespace {

constexpr std::array kWeekdays{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr date::days kLongestPeriod{3 * 366};  // of one row; a slip of a digit would make millions of days

using Days = std::set<date::sys_days>;

std::size_t weekday_of(date::sys_days day)
{
    return date::weekday{day}.iso_encoding() - 1;
}

// The weekdays of one row between its dates; nothing for a row that does not tell them.
std::optional<Days> days_of(GtfsTable const& row)
{
    auto const from = parse_gtfs_date(row.field("start_date"));
    auto const to = parse_gtfs_date(row.field("end_date"));
    if (!from || !to || *to < *from || *to - *from > kLongestPeriod)
        return std::nullopt;
    Days days;
    for (auto day = *from; day <= *to; day += date::days{1})
        if (row.field(kWeekdays[weekday_of(day)]) == "1")
            days.insert(day);
    return days;
}

}  // namespace

Result<GtfsCalendar> GtfsCalendar::read(GtfsFiles& files)
{
    GtfsCalendar calendar;
    std::map<std::string, Days> running;
    if (!files.has("calendar.txt") && !files.has("calendar_dates.txt"))
        return fail(ErrorCode::not_found,
                    fmt::format("{} has neither calendar.txt nor calendar_dates.txt", files.name()), "files");
    auto const each = [&](std::string const& name, std::vector<std::string> const& needed,
                          auto&& take) -> Result<void> {
        if (!files.has(name))
            return {};
        auto table = GtfsTable::open(files, name, needed);
        if (!table)
            return Failure{table.error()};
        while (true) {
            auto const more = table->next();
            if (!more)
                return Failure{more.error()};
            if (!*more)
                return {};
            if (table->problem() || table->field("service_id").empty() || !take(*table))
                ++calendar.unusable_;
        }
    };
    auto read = each("calendar.txt", {"service_id", "monday", "sunday", "start_date", "end_date"},
                     [&](GtfsTable const& row) {
                         auto const days = days_of(row);
                         if (days)
                             running[std::string{row.field("service_id")}].insert(days->begin(), days->end());
                         return days.has_value();
                     });
    if (read)
        read =
            each("calendar_dates.txt", {"service_id", "date", "exception_type"}, [&](GtfsTable const& row) {
                auto const day = parse_gtfs_date(row.field("date"));
                auto const type = row.field("exception_type");
                if (!day || (type != "1" && type != "2"))
                    return false;
                auto& days = running[std::string{row.field("service_id")}];
                type == "1" ? static_cast<void>(days.insert(*day)) : static_cast<void>(days.erase(*day));
                return true;
            });
    if (!read)
        return Failure{read.error()};

    std::optional<date::sys_days> first, last;
    for (auto const& [id, days] : running) {
        calendar.numbers_.emplace(id, static_cast<std::uint32_t>(calendar.days_.size()));
        auto& by_weekday = calendar.days_.emplace_back();
        for (auto const day : days)
            ++by_weekday[weekday_of(day)];
        if (!days.empty()) {
            first = std::min(first.value_or(*days.begin()), *days.begin());
            last = std::max(last.value_or(*days.rbegin()), *days.rbegin());
        }
    }
    if (first) {
        calendar.from_ = *first;
        calendar.to_ = *last + date::days{1};
        for (auto day = *first; day <= *last; day += date::days{1})
            ++calendar.all_days_[weekday_of(day)];
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
