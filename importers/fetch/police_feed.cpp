#include "importers/fetch/police_feed.hpp"

#include <fmt/format.h>

#include "geo_core/text.hpp"
#include "geo_core/time.hpp"
#include "importers/fetch/web_client.hpp"

namespace riskbild::importers {
namespace {

bool is_period(std::string const& text)
{
    constexpr std::size_t kYear = 4, kMonth = 7, kDay = 10;
    constexpr std::string_view kFirst = "0000-01-01";
    if (text.size() != kYear && text.size() != kMonth && text.size() != kDay)
        return false;
    return parse_date(text + std::string{kFirst.substr(text.size())}).has_value();
}

}  // namespace

char const* const kPoliceEvents = "https://polisen.se/api/events";

FetchRules police_rules()
{
    return {.least_pause = std::chrono::seconds{10}, .most_an_hour = 60, .most_a_day = 1440};
}

Result<std::string> police_address(std::string const& base, std::string const& location,
                                   std::string const& period)
{
    if (auto const good = check_address(base); !good)
        return Failure{good.error()};
    if (!period.empty() && !is_period(period))
        return fail(ErrorCode::wrong_use,
                    fmt::format("the period is \"{}\", expected a day, month or year such as 2026-04",
                                shortened(period)),
                    "period");
    auto address = base;
    auto const append = [&](std::string_view key, std::string const& value) {
        if (!value.empty())
            address += fmt::format("{}{}={}", address.find('?') == std::string::npos ? '?' : '&', key,
                                   percent_encoded(value));
    };
    append("locationname", location);
    append("DateTime", period);
    return address;
}

}  // namespace riskbild::importers
