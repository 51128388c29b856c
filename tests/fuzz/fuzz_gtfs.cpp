#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "importers/gtfs/gtfs_calendar.hpp"
#include "importers/gtfs/gtfs_departures.hpp"

using namespace riskbild;
using namespace riskbild::importers;

namespace {

constexpr char kBetweenTables = '\x1e';
constexpr std::size_t kHoursOfWeek = std::size_t{7} * 24;

/// A feed whose tables stand one after the other in one text.
class FeedInMemory : public GtfsFiles {
public:
    explicit FeedInMemory(std::string_view text)
    {
        for (auto const* const table :
             {"calendar.txt", "calendar_dates.txt", "trips.txt", "stop_times.txt", "frequencies.txt"}) {
            auto const end = text.find(kBetweenTables);
            if (auto const content = text.substr(0, end); !content.empty())
                tables_.emplace(table, content);
            if (end == std::string_view::npos)
                break;
            text.remove_prefix(end + 1);
        }
    }

    [[nodiscard]] std::string const& name() const override { return name_; }
    [[nodiscard]] std::vector<std::string> tables() const override
    {
        std::vector<std::string> names;
        for (auto const& table : tables_)
            names.push_back(table.first);
        return names;
    }
    [[nodiscard]] bool has(std::string const& table) const override { return tables_.contains(table); }
    Result<ByteSource> open(std::string const& table) override
    {
        if (!has(table))
            return fail(ErrorCode::not_found, "no such table");
        return ByteSource::from_memory(table, tables_.at(table));
    }

private:
    std::string name_ = "fuzz";
    std::map<std::string, std::string> tables_;
};

void expect(bool holds)
{
    if (!holds)
        std::abort();
}

}  // namespace

// Whatever the tables: refused with a sentence, or a period of days and departures that add up.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    FeedInMemory feed({reinterpret_cast<char const*>(data), size});
    auto const calendar = GtfsCalendar::read(feed);
    if (!calendar) {
        expect(!calendar.error().message.empty());
        return 0;
    }
    expect(calendar->from() <= calendar->to());
    auto const departures = read_departures(feed, *calendar, {});
    if (!departures) {
        expect(!departures.error().message.empty());
        return 0;
    }
    expect(departures->trips_used <= departures->trips);
    expect(departures->counted + departures->no_boarding + departures->without_time + departures->unusable ==
           departures->rows);
    for (auto const& [stop, week] : departures->by_stop)
        for (std::size_t hour = 0; hour < kHoursOfWeek; ++hour)
            expect(std::isfinite(week[hour]) && week[hour] >= 0.0);
    return 0;
}
