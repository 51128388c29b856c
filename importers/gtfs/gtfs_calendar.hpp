#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "importers/gtfs/gtfs_files.hpp"
#include "importers/gtfs/gtfs_time.hpp"

namespace riskbild::importers {

/// On how many Mondays, Tuesdays … of the feed's period each service runs: what an average week is made of.
class GtfsCalendar {
public:
    /// A feed may have `calendar.txt`, `calendar_dates.txt` or both. \return the reader's errors,
    /// ErrorCode::not_found where it has neither. Rows that say nothing usable are counted in `unusable`.
    static Result<GtfsCalendar> read(GtfsFiles& files);

    /// From the first to behind the last day on which anything runs. Services until further notice, of rows
    /// of more than three years, tell no period where others do, and a few added days, such as holidays,
    /// tell none beside them; nor do days that lie more than a year from the rest, such as a slip of a digit.
    [[nodiscard]] date::sys_days from() const { return from_; }
    [[nodiscard]] date::sys_days to() const { return to_; }
    [[nodiscard]] bool empty() const { return from_ == to_; }

    /// The service's number; nothing for one that the feed does not tell of.
    [[nodiscard]] std::optional<std::uint32_t> service(std::string const& id) const;
    /// The share of Mondays (0) … Sundays (6) of the period on which the service runs.
    [[nodiscard]] std::array<double, 7> shares(std::uint32_t service) const;
    [[nodiscard]] std::uint64_t unusable() const { return unusable_; }
    /// Days told of services that lie outside the period, and are in none of the counts.
    [[nodiscard]] std::uint64_t days_outside() const { return days_outside_; }
    [[nodiscard]] date::sys_days first_day_outside() const { return first_day_outside_; }

private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<std::array<std::uint32_t, 7>> days_;  // by service: days on which it runs
    std::array<std::uint32_t, 7> all_days_{};         // of the period
    date::sys_days from_{}, to_{};
    std::uint64_t unusable_ = 0;
    std::uint64_t days_outside_ = 0;
    date::sys_days first_day_outside_{};
};

}  // namespace riskbild::importers
