#include "server/endpoints/timeline.hpp"

#include <numeric>
#include <vector>

#include "server/endpoints/parameters.hpp"
#include "server/json_text.hpp"
#include "server/respond.hpp"

namespace riskbild::server {
namespace {

enum class Step { day, week, month };

Result<Step> step_of(Request const& request, std::size_t days)
{
    // At most about 100 bars, so that each is wide enough to point at.
    constexpr std::size_t kMostDays = 100;
    auto const wanted = request.query_value("step");
    if (!wanted)
        return days <= kMostDays ? Step::day : days <= kMostDays * 7 ? Step::week : Step::month;
    if (*wanted == "day")
        return Step::day;
    if (*wanted == "week")
        return Step::week;
    if (*wanted == "month")
        return Step::month;
    return fail(ErrorCode::wrong_use, "step is not day, week or month", "step");
}

char const* name_of_step(Step step)
{
    return step == Step::day ? "day" : step == Step::week ? "week" : "month";
}

/// First day of the bin that a day belongs to.
LocalDate bin_of(LocalDate day, Step step)
{
    if (step == Step::day)
        return day;
    if (step == Step::week)
        return day - (date::weekday(day) - date::Monday);
    auto const civil = date::year_month_day(day);
    return LocalDate(civil.year() / civil.month() / 1);
}

struct Bin {
    LocalDate from;
    std::uint64_t n = 0;
};

std::vector<Bin> binned(View::DayCounts const& days, Step step)
{
    std::vector<Bin> bins;
    auto day = days.first;
    for (auto const count : days.count) {
        auto const from = bin_of(day, step);
        if (bins.empty() || bins.back().from != from)
            bins.push_back({from});
        bins.back().n += count;
        day += date::days(1);
    }
    return bins;
}

}  // namespace

Answer TimelineEndpoint::operator()(Request const& request) const
{
    auto const filter = filter_of(request);
    if (!filter)
        return error_answer(filter.error());
    auto const days = view.count_by_day(*filter);
    if (!days)
        return error_answer(days.error());
    auto const step = step_of(request, days->count.size());
    if (!step)
        return error_answer(step.error());

    JsonText json;
    json.object([&] {
        json.field("step", name_of_step(*step));
        json.field("n", std::accumulate(days->count.begin(), days->count.end(), std::uint64_t{0}));
        json.array("bins", [&] {
            for (auto const& bin : binned(*days, *step))
                json.object([&] {
                    json.field("from", to_text(bin.from));
                    json.field("n", bin.n);
                });
        });
    });
    return json_answer(std::move(json).text());
}

}  // namespace riskbild::server
