#include "data/example/example_county.hpp"

#include <unistd.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/example/geography.hpp"
#include "data/example/point_rows.hpp"
#include "geo_core/kinds.hpp"

namespace riskbild::data {
namespace {

namespace fs = std::filesystem;
using Row = std::map<std::string, std::string>;

std::string bytes_of(fs::path const& file)
{
    std::ostringstream text;
    text << std::ifstream{file, std::ios::binary}.rdbuf();
    return text.str();
}

std::vector<std::vector<std::string>> parse_csv(std::string const& text)
{
    std::vector<std::vector<std::string>> rows(1, {""});
    auto quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            quoted = !quoted;
        else if (text[i] == ',' && !quoted)
            rows.back().emplace_back();
        else if (text[i] == '\n' && !quoted)
            rows.push_back({""});
        else
            rows.back().back().push_back(text[i]);
    }
    rows.pop_back();
    return rows;
}

std::vector<Row> rows_of(fs::path const& file)
{
    auto const table = parse_csv(bytes_of(file));
    std::vector<Row> rows;
    for (std::size_t i = 1; i < table.size(); ++i) {
        Row row;
        for (std::size_t j = 0; j < table[0].size(); ++j)
            row[table[0][j]] = table[i].at(j);
        rows.push_back(row);
    }
    return rows;
}

bool is_flawed(Row const& row)
{
    return row.at("text").starts_with("Avsiktligt fel");
}

LngLat degrees_of(Row const& row)
{
    return {std::stod(row.at("lng")), std::stod(row.at("lat"))};
}

std::chrono::seconds length_of(Row const& row)
{
    return *parse_instant(row.at("to")) - *parse_instant(row.at("from"));
}

int hour_of(Row const& row)
{
    return std::stoi(row.at("from").substr(11, 2));
}

// The example at its default size, written once.
class ExampleCounty : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        folder_ = fs::temp_directory_path() / fmt::format("riskbild_example_{}", getpid());
        auto const written = write_example_county(folder_ / "a", {});
        ASSERT_TRUE(written) << written.error().message;
        files_ = written->files;
    }
    static void TearDownTestSuite() { fs::remove_all(folder_); }

    static ExampleFile const& file(std::string const& source)
    {
        return *std::ranges::find(files_, source, &ExampleFile::source);
    }
    static std::vector<Row> all_rows()
    {
        std::vector<Row> rows;
        for (auto const& one : files_)
            if (one.importer == "points")
                for (auto const& row : rows_of(one.path))
                    rows.push_back(row);
        return rows;
    }
    static std::vector<Row> good_rows()
    {
        auto rows = all_rows();
        std::erase_if(rows, is_flawed);
        return rows;
    }
    static nlohmann::json feed() { return nlohmann::json::parse(bytes_of(file("police").path)); }

    static inline fs::path folder_;
    static inline std::vector<ExampleFile> files_;
};

TEST_F(ExampleCounty, HasTheSameBytesForTheSameSeed)
{
    auto const again = write_example_county(folder_ / "b", {});
    ASSERT_TRUE(again);
    for (std::size_t i = 0; i < files_.size(); ++i)
        EXPECT_TRUE(bytes_of(files_[i].path) == bytes_of(again->files[i].path)) << files_[i].path;
}

TEST_F(ExampleCounty, DiffersInEveryFileForAnotherSeed)
{
    auto const other = write_example_county(folder_ / "c", {.seed = 2027});
    ASSERT_TRUE(other);
    for (std::size_t i = 0; i < files_.size(); ++i)
        EXPECT_FALSE(bytes_of(files_[i].path) == bytes_of(other->files[i].path)) << files_[i].path;
}

TEST_F(ExampleCounty, WritesAsManyReportsAsAskedFor)
{
    for (std::size_t const reports : {std::size_t{200}, std::size_t{1'234}}) {
        auto const written = write_example_county(folder_ / "few", {.reports = reports});
        ASSERT_TRUE(written);
        std::size_t found = 0;
        for (auto const& one : written->files) {
            auto const records = one.importer == "police" ? nlohmann::json::parse(bytes_of(one.path)).size()
                                                          : rows_of(one.path).size();
            EXPECT_EQ(records, one.records) << one.path;
            found += records;
        }
        EXPECT_EQ(found, reports);
    }
}

TEST_F(ExampleCounty, RefusesFewerOrMoreReportsThanItCanWrite)
{
    for (std::size_t const reports : {std::size_t{199}, std::size_t{2'000'001}}) {
        auto const written = write_example_county(folder_ / "refused", {.reports = reports});
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code, ErrorCode::wrong_use);
        EXPECT_EQ(written.error().field, "reports");
    }
}

TEST_F(ExampleCounty, SaysWhereItCannotWrite)
{
    auto const in_the_way = folder_ / "file";
    std::ofstream{in_the_way} << "x";
    auto const written = write_example_county(in_the_way, {});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::unwritable);
    EXPECT_THAT(written.error().message, testing::HasSubstr(in_the_way.string()));
}

TEST_F(ExampleCounty, LabelsEveryTextAsMadeUp)
{
    for (auto const& row : all_rows())
        EXPECT_TRUE(row.at("text").ends_with(kMadeUp)) << row.at("id");
    for (auto const& event : feed())
        EXPECT_TRUE(event["summary"].get<std::string>().ends_with(kMadeUp)) << event;
}

TEST_F(ExampleCounty, NamesNoRealStreet)
{
    for (auto const& row : good_rows()) {
        if (row.at("precision") == "address" || row.at("precision") == "exact" ||
            row.at("precision") == "street") {
            EXPECT_THAT(row.at("address"), testing::ContainsRegex("(^|, )Exempel")) << row.at("id");
        }
    }
}

TEST_F(ExampleCounty, UsesOnlyKindsOfTheTree)
{
    auto const tree = KindTree::from_toml(bytes_of(data_directory() / "kinds/kinds.toml"), "kinds.toml");
    ASSERT_TRUE(tree);
    for (auto const& row : all_rows())
        EXPECT_TRUE(tree->by_code(row.at("kind"))) << row.at("kind");
}

TEST_F(ExampleCounty, PutsEveryPointOnDryLandInTheKommunItNames)
{
    auto const geography = Geography::load();
    ASSERT_TRUE(geography);
    for (auto const& row : good_rows()) {
        if (row.at("lng").empty())
            continue;
        auto const place = geography->profile().crs.metres(degrees_of(row));
        ASSERT_TRUE(geography->is_dry(place)) << row.at("id");
        ASSERT_EQ(geography->areas()[geography->areas().at(place)].name, row.at("kommun")) << row.at("id");
        ASSERT_TRUE(geography->profile().accepted_box.contains(degrees_of(row))) << row.at("id");
    }
}

TEST_F(ExampleCounty, KnowsUppsalasLakesFromItsLand)
{
    auto const geography = Geography::load();
    ASSERT_TRUE(geography);
    auto const& crs = geography->profile().crs;
    EXPECT_TRUE(geography->is_dry(crs.metres({17.6389, 59.8586})));   // the middle of Uppsala
    EXPECT_FALSE(geography->is_dry(crs.metres({17.63, 59.765})));     // Ekoln, a bay of Mälaren
    EXPECT_FALSE(geography->is_dry(crs.metres({18.90, 60.40})));      // the sea off Öregrund
    EXPECT_FALSE(geography->is_dry(crs.metres({18.0686, 59.3293})));  // Stockholm: another county
    EXPECT_FALSE(geography->is_dry(crs.metres({18.06, 60.82})));  // the outer sea, beyond the charted water
}

TEST_F(ExampleCounty, GivesNoPositionToWhatIsKnownOnlyToAnArea)
{
    auto only_kommun = 0;
    for (auto const& row : good_rows()) {
        auto const precision = parse_precision(row.at("precision"));
        ASSERT_TRUE(precision) << row.at("precision");
        EXPECT_EQ(row.at("lng").empty(), !is_point(*precision)) << row.at("id");
        EXPECT_EQ(row.at("lat").empty(), !is_point(*precision)) << row.at("id");
        EXPECT_FALSE(row.at("kommun").empty());
        only_kommun += *precision == Precision::kommun ? 1 : 0;
    }
    EXPECT_GT(only_kommun, 100);
}

TEST_F(ExampleCounty, CoversThreeYearsEndingWithItsLastDay)
{
    std::set<std::string> years;
    std::string first = "9";
    std::string last = "0";
    for (auto const& row : good_rows()) {
        first = std::min(first, row.at("from").substr(0, 10));
        last = std::max(last, row.at("from").substr(0, 10));
        ASSERT_LT(parse_instant(row.at("from")), parse_instant(row.at("to"))) << row.at("id");
        ASSERT_LE(*parse_instant(row.at("to")), *parse_instant("2026-07-01T00:00:00+02:00")) << row.at("id");
    }
    EXPECT_GE(first, "2023-07-01");
    EXPECT_LT(first, "2023-07-15");
    EXPECT_LE(last, "2026-06-30");
    EXPECT_GT(last, "2026-06-15");
}

TEST_F(ExampleCounty, HasItsPubViolenceInTheNightsOfTheWeekend)
{
    auto n = 0;
    auto by_night = 0;
    auto on_weekends = 0;
    for (auto const& row : good_rows()) {
        if (row.at("kind") != "assault.pub")
            continue;
        ++n;
        by_night += hour_of(row) >= 21 || hour_of(row) < 5 ? 1 : 0;
        auto const evening = date::floor<date::days>(*parse_instant(row.at("from")) - std::chrono::hours{6});
        auto const weekday = date::weekday{evening}.iso_encoding();
        on_weekends += weekday == 5 || weekday == 6 ? 1 : 0;
    }
    ASSERT_GT(n, 30);
    EXPECT_GT(by_night, n * 8 / 10);
    EXPECT_GT(on_weekends, n * 5 / 10);  // two evenings of seven would be 0.29
}

TEST_F(ExampleCounty, HasShopliftingOnlyWhileShopsAreOpen)
{
    for (auto const& row : good_rows())
        if (row.at("kind") == "theft.shop") {
            EXPECT_GE(hour_of(row), 8) << row.at("id");
            EXPECT_LE(hour_of(row), 21) << row.at("id");
        }
}

TEST_F(ExampleCounty, KnowsABurglaryOnlyToTheHoursAway)
{
    for (auto const& row : good_rows())
        if (row.at("kind") == "burglary.dwelling.house") {
            EXPECT_GE(length_of(row), std::chrono::hours{6}) << row.at("id");
        }
}

TEST_F(ExampleCounty, KnowsGraffitiByItsDate)
{
    auto n = 0;
    auto dates = 0;
    for (auto const& row : rows_of(file("klotter").path)) {
        if (is_flawed(row))
            continue;
        ++n;
        dates +=
            row.at("from").substr(11, 8) == "00:00:00" && row.at("to").substr(11, 8) == "00:00:00" ? 1 : 0;
    }
    EXPECT_GT(dates, n * 7 / 10);
}

TEST_F(ExampleCounty, RepeatsAtAFewPlaces)
{
    std::map<std::string, int> at;
    auto n = 0;
    for (auto const& row : good_rows())
        if (row.at("precision") == "address") {
            ++at[row.at("address")];
            ++n;
        }
    std::vector<int> counts;
    for (auto const& [address, count] : at)
        counts.push_back(count);
    std::ranges::sort(counts, std::greater{});
    auto in_top_tenth = 0;
    for (std::size_t i = 0; i < counts.size() / 10; ++i)
        in_top_tenth += counts[i];
    EXPECT_GT(in_top_tenth, n * 3 / 10);
    EXPECT_GT(counts.front(), 10);
}

// Share of rows of a kind with an earlier one of it within 200 m and 14 days.
double near_repeats(std::vector<Row> const& rows, std::string const& kind, Crs const& crs,
                    std::chrono::days shift)
{
    struct Event {
        MapPoint place;
        Instant from;
    };
    std::vector<Event> events;
    for (auto const& row : rows)
        if (row.at("kind") == kind && !row.at("lng").empty())
            events.push_back({crs.metres(degrees_of(row)), *parse_instant(row.at("from"))});
    auto repeats = 0;
    for (auto const& event : events)
        repeats += std::ranges::any_of(events, [&](Event const& earlier) {
            auto const gap = event.from - (earlier.from + shift);
            return gap > std::chrono::seconds{0} && gap <= std::chrono::days{14} &&
                   std::hypot(event.place.east - earlier.place.east,
                              event.place.north - earlier.place.north) <= 200.0;
        });
    return static_cast<double>(repeats) / static_cast<double>(events.size());
}

TEST_F(ExampleCounty, HasNearRepeatsSoonAfterAndNotMonthsLater)
{
    auto const geography = Geography::load();
    ASSERT_TRUE(geography);
    auto const rows = rows_of(file("polis_uttag").path);
    auto const& crs = geography->profile().crs;
    auto const good = [&] {
        auto kept = rows;
        std::erase_if(kept, is_flawed);
        return kept;
    }();
    auto const soon = near_repeats(good, "burglary.dwelling.house", crs, std::chrono::days{0});
    auto const later = near_repeats(good, "burglary.dwelling.house", crs, std::chrono::days{120});
    EXPECT_GT(soon, 0.15);
    EXPECT_LT(later, soon / 3.0);
}

TEST_F(ExampleCounty, TellsSomeIncidentsTwiceUnderOneCaseNumber)
{
    std::map<std::string, Row> cases;
    for (auto const& row : rows_of(file("polis_uttag").path))
        if (!is_flawed(row)) {
            EXPECT_TRUE(cases.emplace(row.at("case_number"), row).second) << row.at("case_number");
        }
    auto shared = 0;
    for (auto const* const source : {"ul", "butiker", "klotter"})
        for (auto const& row : rows_of(file(source).path)) {
            if (row.at("case_number").empty())
                continue;
            ++shared;
            auto const same = cases.find(row.at("case_number"));
            ASSERT_NE(same, cases.end()) << row.at("id");
            EXPECT_EQ(same->second.at("kind"), row.at("kind"));
            EXPECT_EQ(same->second.at("kommun"), row.at("kommun"));
            EXPECT_LT(*parse_instant(row.at("from")), *parse_instant(same->second.at("to")));
            EXPECT_LT(*parse_instant(same->second.at("from")), *parse_instant(row.at("to")));
        }
    EXPECT_GT(shared, 300);
}

TEST_F(ExampleCounty, HasOneFlawOfEverySortInEveryPointFile)
{
    for (auto const& one : files_) {
        if (one.importer != "points")
            continue;
        std::set<std::string> sorts;
        std::set<std::string> ids;
        std::size_t flawed = 0;
        auto twice = 0;
        for (auto const& row : rows_of(one.path)) {
            twice += ids.insert(row.at("id")).second ? 0 : 1;
            if (!is_flawed(row))
                continue;
            ++flawed;
            sorts.insert(row.at("text"));
        }
        EXPECT_EQ(flawed, one.flawed);
        EXPECT_EQ(sorts.size(), 5u);
        EXPECT_EQ(twice, 1) << one.path;
    }
}

TEST_F(ExampleCounty, FeedsEventsLikeThePolice)
{
    std::size_t digests = 0;
    std::size_t elsewhere = 0;
    for (auto const& event : feed()) {
        auto const name = event["name"].get<std::string>();
        auto const type = event["type"].get<std::string>();
        EXPECT_THAT(name, testing::HasSubstr(", " + type + ", "));
        EXPECT_THAT(name, testing::MatchesRegex("[0-9][0-9] [a-z]+ [0-9][0-9][.:][0-9][0-9], .*"));
        EXPECT_TRUE(parse_instant(event["datetime"].get<std::string>())) << event["datetime"];
        EXPECT_THAT(event["location"]["gps"].get<std::string>(), testing::HasSubstr(","));
        EXPECT_GT(event["id"].get<int>(), 9'000'000);
        digests += type.starts_with("Sammanfattning") ? 1u : 0u;
        elsewhere += name.ends_with("Söderhamn") ? 1u : 0u;
    }
    EXPECT_EQ(digests, file("police").digests);
    EXPECT_EQ(elsewhere, file("police").elsewhere);
    EXPECT_GT(digests, 0u);
    EXPECT_GT(elsewhere, 0u);
}

TEST(Rfc3339, SaysHowFarTheCountyIsAheadOfUtc)
{
    auto const zone = TimeZone::named("Europe/Stockholm");
    ASSERT_TRUE(zone);
    EXPECT_EQ(rfc3339(*parse_instant("2025-01-31T22:59:00Z"), *zone), "2025-01-31T23:59:00+01:00");
    EXPECT_EQ(rfc3339(*parse_instant("2025-06-30T22:05:09Z"), *zone), "2025-07-01T00:05:09+02:00");
}

}  // namespace
}  // namespace riskbild::data
