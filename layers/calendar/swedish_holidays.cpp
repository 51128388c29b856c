#include "layers/calendar/swedish_holidays.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace riskbild::layers {
namespace {

enum Kind : std::size_t {
    new_year,
    epiphany,
    good_friday,
    easter,
    easter_monday,
    may_day,
    ascension,
    whit_sunday,
    whit_monday,
    national_day,
    midsummer,
    all_saints,
    christmas,
    boxing_day,
    kinds
};

// Two holidays have no day before of their own, as that is a holiday too.
constexpr std::array<HolidayKind, kinds> kKinds = {
    {{"new_year", "Nyårsdagen", "New Year's Day", "Nyårsafton", "New Year's Eve"},
     {"epiphany", "Trettondedag jul", "Epiphany", "Trettondagsafton", "Epiphany Eve"},
     {"good_friday", "Långfredagen", "Good Friday", "Skärtorsdagen", "Maundy Thursday"},
     {"easter", "Påskdagen", "Easter Sunday", "Påskafton", "Holy Saturday"},
     {"easter_monday", "Annandag påsk", "Easter Monday", "", ""},
     {"may_day", "Första maj", "May Day", "Valborgsmässoafton", "Walpurgis Night"},
     {"ascension", "Kristi himmelsfärdsdag", "Ascension Day", "Dagen före Kristi himmelsfärdsdag",
      "Day before Ascension Day"},
     {"whit_sunday", "Pingstdagen", "Whit Sunday", "Pingstafton", "Whitsun Eve"},
     {"whit_monday", "Annandag pingst", "Whit Monday", "", ""},
     {"national_day", "Sveriges nationaldag", "National Day", "Dagen före nationaldagen",
      "Day before the National Day"},
     {"midsummer", "Midsommardagen", "Midsummer Day", "Midsommarafton", "Midsummer Eve"},
     {"all_saints", "Alla helgons dag", "All Saints' Day", "Allhelgonaafton", "All Saints' Eve"},
     {"christmas", "Juldagen", "Christmas Day", "Julafton", "Christmas Eve"},
     {"boxing_day", "Annandag jul", "Boxing Day", "", ""}}};

constexpr int kFirstNationalDay = 2005;  // law 2004:1320: a holiday instead of Whit Monday

LocalDate day_of(int year, unsigned month, unsigned day)
{
    return LocalDate{date::year{year} / date::month{month} / date::day{day}};
}

/// The Saturday on a day or in the six after it.
LocalDate saturday_from(LocalDate day)
{
    return day + (date::Saturday - date::weekday{day});
}

void add_holidays(std::vector<SpecialDay>& days, int year)
{
    auto const easter_day = easter_sunday(year);
    auto const add = [&](Kind kind, LocalDate day) { days.push_back({day, kind}); };
    add(new_year, day_of(year, 1, 1));
    add(epiphany, day_of(year, 1, 6));
    add(good_friday, easter_day - date::days{2});
    add(easter, easter_day);
    add(easter_monday, easter_day + date::days{1});
    add(may_day, day_of(year, 5, 1));
    add(ascension, easter_day + date::days{39});
    add(whit_sunday, easter_day + date::days{49});
    if (year < kFirstNationalDay) {
        add(whit_monday, easter_day + date::days{50});
    } else {
        add(national_day, day_of(year, 6, 6));
    }
    add(midsummer, saturday_from(day_of(year, 6, 20)));
    add(all_saints, saturday_from(day_of(year, 10, 31)));
    add(christmas, day_of(year, 12, 25));
    add(boxing_day, day_of(year, 12, 26));
}

int year_of(LocalDate day)
{
    return static_cast<int>(date::year_month_day{day}.year());
}

}  // namespace

std::span<HolidayKind const> swedish_holiday_kinds()
{
    return kKinds;
}

std::vector<SpecialDay> swedish_special_days(Period const& period)
{
    std::vector<SpecialDay> holidays;
    for (auto year = year_of(period.from); year <= year_of(period.to); ++year) {
        add_holidays(holidays, year);  // of the day after the last too: its eve may be in the period
    }
    auto const is_holiday = [&](LocalDate day) {
        return std::ranges::find(holidays, day, &SpecialDay::day) != holidays.end();
    };
    auto days = holidays;
    for (auto const& holiday : holidays) {
        if (auto const before = holiday.day - date::days{1}; !is_holiday(before)) {
            days.push_back({before, holiday.kind, true});
        }
    }
    std::erase_if(days, [&](SpecialDay const& one) { return one.day < period.from || one.day >= period.to; });
    std::ranges::sort(days, {}, [](SpecialDay const& one) { return std::tuple{one.day, one.kind, one.eve}; });
    return days;
}

LocalDate easter_sunday(int year)
{
    auto const a = year % 19;
    auto const b = year / 100;
    auto const c = year % 100;
    auto const g = (8 * b + 13) / 25;
    auto const h = (19 * a + b - b / 4 - g + 15) % 30;
    auto const l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    auto const m = (a + 11 * h + 22 * l) / 451;
    auto const n = h + l - 7 * m + 114;
    return day_of(year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31) + 1U);
}

}  // namespace riskbild::layers
