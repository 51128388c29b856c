#include "data/example/example_county.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "data/example/events.hpp"
#include "data/example/geography.hpp"
#include "data/example/point_rows.hpp"
#include "data/example/police_feed.hpp"

namespace riskbild::data {
namespace {

constexpr std::size_t kLeastReports = 200;
constexpr std::size_t kMostReports = 2'000'000;
constexpr int kMostYears = 20;
constexpr double kPoliceShare = 0.14;
constexpr double kSharedCases = 0.6;  // at most this share of the case extract is told by another source too
constexpr double kFeedFromCases =
    0.3;                            // at most this share of the feed tells of an incident in the case extract
constexpr double kFeedTells = 0.5;  // chance that the feed tells of a case that it has a word for
constexpr std::size_t kFlawsPerFile = 5;

struct PointSource {
    Teller teller;
    double share;  // of all reports
};

// The case extract is the last and takes what is left.
constexpr std::array kPointSources{
    PointSource{
        {.source = "ul", .id_prefix = "UL", .only_kommun = 0.03, .has_exact = true, .in_quarters = 0.1},
        0.10},
    PointSource{
        {.source = "butiker", .id_prefix = "BUT", .only_kommun = 0.01, .has_exact = true, .in_quarters = 0.1},
        0.12},
    PointSource{
        {.source = "klotter", .id_prefix = "KL", .only_kommun = 0.04, .has_exact = true, .in_quarters = 0.0},
        0.18},
};
constexpr Teller kCaseExtract{
    .source = "polis_uttag", .id_prefix = "PU", .only_kommun = 0.05, .has_exact = false, .in_quarters = 0.5};

// What one source tells, with the event each row is about.
struct Told {
    std::vector<MadeUpEvent> events;
    std::vector<PointRow> rows;
};

// A case of the police, perhaps one that another source has told of.
struct Case {
    MadeUpEvent event;
    PointRow* other = nullptr;
};

struct Setting {
    Geography const& geography;
    MadeUpPlaces const& places;
    ExampleOptions const& options;
    Period period;
    [[nodiscard]] TimeZone const& zone() const { return geography.profile().zone; }
    [[nodiscard]] Random random(std::string_view purpose, std::string_view source) const
    {
        return Random{options.seed, fmt::format("{} {}", purpose, source)};
    }
};

std::size_t part_of(std::size_t whole, double share)
{
    return static_cast<std::size_t>(static_cast<double>(whole) * share);
}

void number_rows(std::vector<PointRow>& rows, std::string_view prefix)
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].id = fmt::format("{}-{:06}", prefix, i + 1);
}

Told tell_all(Teller const& teller, std::vector<MadeUpEvent> events, Setting const& setting)
{
    auto random = setting.random("rows", teller.source);
    Told told{std::move(events), {}};
    for (auto const& event : told.events)
        told.rows.push_back(tell(event, teller, setting.places, setting.geography, random));
    number_rows(told.rows, teller.id_prefix);
    return told;
}

Told tell_own(Teller const& teller, std::size_t count, Setting const& setting)
{
    auto random = setting.random("events", teller.source);
    return tell_all(
        teller, make_up_events(teller.source, count, setting.period, setting.places, setting.zone(), random),
        setting);
}

// Those incidents of the other sources that were reported to the police too.
std::vector<Case> shared_cases(std::vector<Told>& others, std::size_t most, Setting const& setting)
{
    auto random = setting.random("cases", "shared");
    std::vector<Case> cases;
    for (auto& told : others)
        for (std::size_t i = 0; i < told.rows.size(); ++i)
            if (random.chance(told.events[i].pattern->also_case))
                cases.push_back({told.events[i], &told.rows[i]});
    for (auto i = cases.size(); i > 1; --i)
        std::swap(cases[i - 1], cases[random.below(i)]);
    cases.resize(std::min(cases.size(), most));
    return cases;
}

// The case extract: what other sources reported and what only the police know, numbered in order of
// time; a source that made a report quotes its number.
Told tell_cases(std::vector<Case> cases, std::size_t count, Setting const& setting)
{
    auto random = setting.random("events", kCaseExtract.source);
    for (auto const& event : make_up_events(kCaseExtract.source, count - cases.size(), setting.period,
                                            setting.places, setting.zone(), random))
        cases.push_back({event, nullptr});
    std::ranges::stable_sort(cases, {}, [](Case const& one) { return one.event.occurred.from; });

    std::vector<MadeUpEvent> events;
    for (auto const& one : cases)
        events.push_back(one.event);
    auto told = tell_all(kCaseExtract, std::move(events), setting);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        told.rows[i].case_number = fmt::format("EX-K{:06}", i + 1);
        if (cases[i].other != nullptr)
            cases[i].other->case_number = told.rows[i].case_number;
    }
    return told;
}

PoliceFeed make_feed(std::size_t records, Told const& cases, Setting const& setting)
{
    PoliceFeed feed;
    feed.period = setting.period;
    feed.digests = std::max<std::size_t>(2, part_of(records, 0.012));
    feed.elsewhere = records < 500 ? 1 : 3;
    auto const wanted = records - feed.digests - feed.elsewhere;
    auto random = setting.random("feed", "events");
    std::vector<MadeUpEvent> candidates;
    for (auto const& event : cases.events)
        if (!event.pattern->feed_type.empty() && random.chance(kFeedTells))
            candidates.push_back(event);
    for (auto i = candidates.size(); i > 1; --i)
        std::swap(candidates[i - 1], candidates[random.below(i)]);
    candidates.resize(std::min(candidates.size(), part_of(wanted, kFeedFromCases)));
    feed.events = std::move(candidates);
    auto const own = make_up_events("police", wanted - feed.events.size(), setting.period, setting.places,
                                    setting.zone(), random);
    feed.events.insert(feed.events.end(), own.begin(), own.end());
    return feed;
}

// Flawed rows among the good ones, evenly spread.
std::vector<PointRow> with_flaws(std::vector<PointRow> rows, std::size_t flaws, Teller const& teller,
                                 Setting const& setting)
{
    auto random = setting.random("flaws", teller.source);
    auto const flawed = make_flawed(rows, flaws, teller.id_prefix, random);
    auto const every = rows.size() / (flaws + 1);
    for (std::size_t i = flaws; i > 0; --i)
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(every * i), flawed[i - 1]);
    return rows;
}

Result<void> make_folder(std::filesystem::path const& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::unwritable,
                    fmt::format("the folder {} cannot be made: {}", folder.string(), error.message()));
    return {};
}

// Tells importers when these files were "fetched": the morning after the last day.
std::string stamp_of(Period period)
{
    auto text = to_text(period.to);
    std::erase(text, '-');
    return text + "T040000Z";
}

Result<ExampleFile> write_points(std::filesystem::path const& folder, Teller const& teller, Told const& told,
                                 Setting const& setting)
{
    auto const rows = with_flaws(told.rows, kFlawsPerFile, teller, setting);
    auto const path = folder / fmt::format("{}_{}.csv", teller.source, stamp_of(setting.period));
    if (auto const done = write_csv(path, rows); !done)
        return tl::make_unexpected(done.error());
    return ExampleFile{.source = std::string{teller.source},
                       .importer = "points",
                       .column_profile = fmt::format("example_{}", teller.source),
                       .path = path,
                       .records = rows.size(),
                       .flawed = kFlawsPerFile};
}

Result<ExampleFile> write_feed(std::filesystem::path const& folder, std::size_t records, Told const& cases,
                               Setting const& setting)
{
    auto const feed = make_feed(records, cases, setting);
    auto random = setting.random("feed", "texts");
    auto const path = folder / fmt::format("police_{}.json", stamp_of(setting.period));
    if (auto const done = write_police_feed(path, feed, setting.places, setting.geography, random); !done)
        return tl::make_unexpected(done.error());
    return ExampleFile{.source = "police",
                       .importer = "police",
                       .column_profile = {},
                       .path = path,
                       .records = records,
                       .digests = feed.digests,
                       .elsewhere = feed.elsewhere};
}

}  // namespace

Result<ExampleFiles> write_example_county(std::filesystem::path const& folder, ExampleOptions const& options)
{
    if (options.reports < kLeastReports || options.reports > kMostReports)
        return fail(
            ErrorCode::wrong_use,
            fmt::format("reports is {}, expected {} to {}", options.reports, kLeastReports, kMostReports),
            "reports");
    if (options.years < 1 || options.years > kMostYears)
        return fail(ErrorCode::wrong_use,
                    fmt::format("years is {}, expected 1 to {}", options.years, kMostYears), "years");
    auto const geography = Geography::load();
    if (!geography)
        return tl::make_unexpected(geography.error());
    if (auto const made = make_folder(folder); !made)
        return tl::make_unexpected(made.error());
    MadeUpPlaces const places{*geography, options.seed};
    auto const end = options.until + date::days{1};
    Setting const setting{*geography,
                          places,
                          options,
                          {LocalDate{date::year_month_day{end} - date::years{options.years}}, end}};

    auto const in_feed = options.only_case_extract ? 0 : part_of(options.reports, kPoliceShare);
    auto in_extract = options.reports - in_feed;
    std::vector<Told> others;
    auto const point_sources =
        std::span(kPointSources).first(options.only_case_extract ? 0 : kPointSources.size());
    for (auto const& source : point_sources) {
        auto const records = part_of(options.reports, source.share);
        others.push_back(tell_own(source.teller, records - kFlawsPerFile, setting));
        in_extract -= records;
    }
    auto shared = shared_cases(others, part_of(in_extract, kSharedCases), setting);
    auto const cases = tell_cases(std::move(shared), in_extract - kFlawsPerFile, setting);

    std::vector<Result<ExampleFile>> outcomes;
    for (std::size_t i = 0; i < point_sources.size(); ++i)
        outcomes.push_back(write_points(folder, point_sources[i].teller, others[i], setting));
    outcomes.push_back(write_points(folder, kCaseExtract, cases, setting));
    if (in_feed > 0)
        outcomes.push_back(write_feed(folder, in_feed, cases, setting));

    ExampleFiles written;
    for (auto const& outcome : outcomes) {
        if (!outcome)
            return tl::make_unexpected(outcome.error());
        written.files.push_back(*outcome);
    }
    return written;
}

}  // namespace riskbild::data
