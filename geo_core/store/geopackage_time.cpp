#include "geo_core/store/geopackage_time.hpp"

#include <algorithm>

namespace riskbild::store {

namespace {

constexpr std::string_view kPattern = "0000-00-00T00:00:00.000Z";
constexpr std::string_view kWithoutFraction = "0000-00-00T00:00:00Z";

void put(char* to, unsigned value, int digits)
{
    for (int i = digits - 1; i >= 0; --i) {
        to[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

unsigned number(char const* from, int digits)
{
    unsigned value = 0;
    for (int i = 0; i < digits; ++i) {
        value = value * 10 + static_cast<unsigned>(from[i] - '0');
    }
    return value;
}

bool has_form(std::string_view text, std::string_view form)
{
    return text.size() == form.size() &&
           std::equal(text.begin(), text.end(), form.begin(), [](char c, char pattern) {
               return pattern == '0' ? c >= '0' && c <= '9' : c == pattern;
           });
}

}  // namespace

DateTimeText::DateTimeText(Instant instant)
{
    auto const day = date::floor<date::days>(instant);
    date::year_month_day const civil(day);
    auto const second = static_cast<unsigned>((instant - day).count());
    std::copy(kPattern.begin(), kPattern.end(), text_.begin());
    put(&text_[0], static_cast<unsigned>(static_cast<int>(civil.year())), 4);
    put(&text_[5], static_cast<unsigned>(civil.month()), 2);
    put(&text_[8], static_cast<unsigned>(civil.day()), 2);
    put(&text_[11], second / 3600, 2);
    put(&text_[14], second / 60 % 60, 2);
    put(&text_[17], second % 60, 2);
}

std::optional<Instant> parse_date_time(std::string_view text)
{
    if (!has_form(text, kPattern) && !has_form(text, kWithoutFraction)) {
        return std::nullopt;
    }
    auto const* const t = text.data();
    auto const day = date::year{static_cast<int>(number(t, 4))} / date::month{number(t + 5, 2)} /
                     date::day{number(t + 8, 2)};
    if (!day.ok()) {
        return std::nullopt;
    }
    return Instant{date::sys_days{day}} + std::chrono::hours{number(t + 11, 2)} +
           std::chrono::minutes{number(t + 14, 2)} + std::chrono::seconds{number(t + 17, 2)};
}

}  // namespace riskbild::store
