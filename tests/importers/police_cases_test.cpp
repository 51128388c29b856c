#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "fake_store.hpp"
#include "importers/import.hpp"
#include "test_files.hpp"

namespace riskbild::importers {
namespace {

using nlohmann::ordered_json;
namespace fs = std::filesystem;

ordered_json as_json(Report const& report, County const& county)
{
    ordered_json json;
    json["id"] = report.key.source_id;
    json["observed_at"] = to_text(report.observed_at);
    json["role"] = report.role == ReportRole::context ? "context" : "incident";
    json["kind"] = report.kind_code;
    json["occurred"] = to_text(report.occurred.from) + ".." + to_text(report.occurred.to);
    json["precision"] = name_of(precision_of(report.place));
    auto const area = area_of(report.place);
    json["area"] = area == kNoArea ? "" : county.areas[area].name;
    json["place_text"] = report.place_text;
    json["title"] = report.title;
    json["text"] = report.text;
    json["link"] = report.link;
    json["patrol_discovered"] = report.patrol_discovered;
    json["payload"] = report.payload;
    return json;
}

std::string reports_as_json(FakeStore const& store)
{
    auto all = ordered_json::array();
    for (auto const& [key, versions] : store.said.versions)
        for (auto const& version : versions)
            all.push_back(as_json(version, *store.county()));
    return all.dump(2) + "\n";
}

std::string report_in_words(Result<ImportReport> const& report)
{
    if (!report)
        return fmt::format("error {}: {}\n", name_of(report.error().code), report.error().message);
    auto words = summary(*report) + "\n";
    for (auto const& row : report->rows)
        words += fmt::format("row {} {} {}: {}\n", row.row, row.column, row.reason, row.message);
    for (auto const& note : report->notes)
        words += note + "\n";
    return words;
}

class PoliceCase : public testing::TestWithParam<std::string> {};

void compare(fs::path const& expected, std::string const& got)
{
    if (std::getenv("RISKBILD_BLESS") != nullptr)
        std::ofstream{expected, std::ios::binary} << got;
    EXPECT_EQ(read_all(expected), got) << expected;
}

TEST_P(PoliceCase, BecomesTheExpectedReports)
{
    auto const folder = fs::path{RISKBILD_TESTS_DIR} / "police" / "cases" / GetParam();
    FakeStore store{county_of_squares()};
    std::vector<std::string> inputs;
    for (auto const& entry : fs::directory_iterator{folder})
        if (entry.path().filename().string().starts_with("input"))
            inputs.push_back(entry.path().string());
    std::sort(inputs.begin(), inputs.end());
    auto const report =
        import_files(store, {.source = "police", .files = inputs, .now = at("2026-06-01T12:00:00Z")});
    compare(folder / "report.txt", report_in_words(report));
    compare(folder / "expected.json", reports_as_json(store));
}

std::vector<std::string> case_names()
{
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator{fs::path{RISKBILD_TESTS_DIR} / "police" / "cases"})
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

INSTANTIATE_TEST_SUITE_P(Police, PoliceCase, testing::ValuesIn(case_names()),
                         [](auto const& test) { return test.param; });

}  // namespace
}  // namespace riskbild::importers
