#include "importers/gtfs/gtfs_time.hpp"

#include "geo_core/text.hpp"

namespace riskbild::importers {

std::optional<int> parse_gtfs_time(std::string_view text)
{
    text = trimmed(text);
    auto const hour = take_number(text, 1, 3);
    if (!hour || !take(text, ":"))
        return std::nullopt;
    auto const minute = take_number(text, 2, 2);
    if (!minute || !take(text, ":"))
        return std::nullopt;
    auto const second = take_number(text, 2, 2);
    if (!second || !text.empty() || *minute > 59 || *second > 59 || *hour >= 7 * 24)
        return std::nullopt;
    return *hour * 3600 + *minute * 60 + *second;
}

std::optional<date::sys_days> parse_gtfs_date(std::string_view text)
{
    text = trimmed(text);
    auto const year = take_number(text, 4, 4);
    auto const month = take_number(text, 2, 2);
    auto const day = take_number(text, 2, 2);
    if (!year || !month || !day || !text.empty())
        return std::nullopt;
    date::year_month_day const civil{date::year{*year}, date::month{static_cast<unsigned>(*month)},
                                     date::day{static_cast<unsigned>(*day)}};
    return civil.ok() ? std::optional{date::sys_days{civil}} : std::nullopt;
}

}  // namespace riskbild::importers
