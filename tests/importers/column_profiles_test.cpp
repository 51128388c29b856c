#include "importers/points/column_profile.hpp"

#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "imported_points.hpp"
#include "importers/points/row_interpreter.hpp"
#include "importers/readers/open_table.hpp"

namespace riskbild::importers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ColumnProfiles, AllMapToKindsOfTheTree)
{
    auto const county = county_of_squares();
    auto const names = column_profile_names();
    EXPECT_THAT(names, testing::IsSupersetOf({"chicago_graffiti", "incidents", "houston_crime"}));
    for (auto const& name : names) {
        auto const columns = load_column_profile(name);
        ASSERT_TRUE(columns) << columns.error().message;
        auto const header = columns->columns();
        auto const rows = import_csv(fmt::format("{}\n", fmt::join(header, ",")), *columns);
        EXPECT_TRUE(rows->report) << name << ": " << rows->report.error().message;
    }
}

TEST(ColumnProfiles, AreFoundByTheirColumnsWhenOneFits)
{
    auto const houston =
        column_profile_for({"time", "offense", "location", "address", "lon", "lat", "more"}, "h.csv");
    ASSERT_TRUE(houston) << houston.error().message;
    EXPECT_EQ(houston->name, "houston_crime");
    auto const example = column_profile_for({"id", "from", "to", "kind", "lng", "lat", "precision", "kommun",
                                             "address", "title", "text", "case_number"},
                                            "e.csv");
    ASSERT_TRUE(example) << example.error().message;
    EXPECT_EQ(example->name, "incidents");
}

TEST(ColumnProfiles, AreFoundByTheColumnsTheyNeedWhenNoneFitsWholly)
{
    auto const few = column_profile_for({"id", "from", "kind", "lng", "lat", "precision"}, "e.csv");
    ASSERT_TRUE(few) << few.error().message;
    EXPECT_EQ(few->name, "incidents");
    EXPECT_FALSE(column_profile_for({"id", "from", "kind", "lng", "precision"}, "e.csv"));
}

TEST(ColumnProfiles, AreNotFoundForAFileWhosePlaceTheyWouldLose)
{
    for (auto const& header : std::vector<std::vector<std::string>>{
             {"time", "offense", "longitude", "latitude", "note"},
             {"time", "offense"},
             {"Creation Date", "Status", "Service Request Number"},
             {"Creation Date", "Status", "Service Request Number", "Type of Service Request",
              "Street Address", "Latitude", "Longitude"}})  // the city's list of pot holes
        EXPECT_FALSE(column_profile_for(header, "t.csv")) << fmt::format("{}", fmt::join(header, ","));
    auto const chicago = load_column_profile("chicago_graffiti");
    ASSERT_TRUE(chicago) << chicago.error().message;
    EXPECT_THAT(missing_columns(*chicago, {"Creation Date", "Status", "Service Request Number"}).needed,
                testing::IsSupersetOf({"Latitude", "Longitude", "Street Address"}));
    auto const houston = load_column_profile("houston_crime");
    ASSERT_TRUE(houston) << houston.error().message;
    EXPECT_THAT(missing_columns(*houston, {"time", "offense"}).needed, ElementsAre("address", "lat", "lon"));
}

TEST(ColumnProfiles, AreNotFoundWithoutAPositionOrAnAreaEvenWhereRowsMayLackThem)
{
    TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "profiles" / "columns");
    folder.write(
        "profiles/columns/anywhere.toml",
        "source='t'\ntitle='T'\n[time]\nfrom='from'\n[position]\nlng='lng'\nlat='lat'\narea='kommun'\n"
        "whole_county_without_position=true\n[kind]\nfixed='theft'\n");
    auto const is_found = [](std::vector<std::string> const& header) {
        return column_profile_for(header, "t.csv").has_value();
    };
    auto const* const before = std::getenv("RISKBILD_DATA");
    std::string const former = before != nullptr ? before : "";
    setenv("RISKBILD_DATA", folder.path().c_str(), 1);
    EXPECT_FALSE(is_found({"from", "longitude"}));
    EXPECT_TRUE(is_found({"from", "lng", "lat"}));
    EXPECT_TRUE(is_found({"from", "kommun"}));
    if (before != nullptr)
        setenv("RISKBILD_DATA", former.c_str(), 1);
    else
        unsetenv("RISKBILD_DATA");
}

TEST(ColumnProfiles, AreNamedWhereOneNearlyFits)
{
    auto const said = [](std::vector<std::string> const& header) {
        auto const found = column_profile_for(header, "t.csv");
        return found ? "found " + found->name : found.error().message;
    };
    EXPECT_THAT(
        said({"id", "from", "kind", "lng", "lat", "Precision"}),
        HasSubstr("(id, from, kind, lng, lat, Precision); incidents would, but for the column precision "
                  "(is it \"Precision\"?); name one of"));
    EXPECT_THAT(said({"id", "from", "kind", "lng", "lat"}),
                HasSubstr("; incidents would, but for the column precision; name one of"));
    EXPECT_THAT(
        said({"Id", "From", "Kind", "Lng", "Lat", "Precision"}),
        HasSubstr("; incidents would, but for the columns from (is it \"From\"?), id (is it \"Id\"?), "));
    EXPECT_THAT(said({"id", "from", "a", "b"}), testing::Not(HasSubstr("would")));
}

TEST(ColumnProfiles, AreListedWhenNoneFits)
{
    auto const none = column_profile_for({"a", "b"}, "t.csv");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::wrong_use);
    EXPECT_EQ(none.error().field, "profile-columns");
    EXPECT_THAT(none.error().message,
                HasSubstr("t.csv: no column profile fits its columns (a, b); name one of"));
    EXPECT_THAT(none.error().message, HasSubstr("docs/column-profiles.md"));
    EXPECT_THAT(
        load_column_profile("nonsense").error().message,
        testing::AllOf(HasSubstr("there is no column profile \"nonsense\"; there are chicago_arson, "),
                       HasSubstr("houston_crime")));
    EXPECT_THAT(
        load_column_profile("incident").error().message,
        testing::StartsWith("there is no column profile \"incident\", did you mean incidents; there are "));
}

TEST(ColumnProfiles, AreRefusedWithTheKeyAtFault)
{
    auto const error = [](std::string const& toml) {
        auto const parsed = parse_column_profile(toml, "p");
        return parsed ? "accepted" : parsed.error().message;
    };
    std::string const good = "source='t'\ntitle='T'\n[time]\nfrom='from'\n[kind]\nfixed='theft'\n";
    EXPECT_EQ(error(good), "accepted");
    EXPECT_EQ(
        error(good + "[position]\nlongitude='x'\n"),
        "column profile p: position.longitude is no key of a column profile; [position] has address, area, "
        "epsg, geometry, lat, lng, locality, precision, precision_column, stop, street, swap, "
        "whole_county_without_position, x, y");
    EXPECT_EQ(
        error(good + "[words]\ntitel='x'\n"),
        "column profile p: words.titel is no key of a column profile, did you mean words.title; [words] has "
        "case_number, link, place, text, title");
    EXPECT_EQ(error("sourse='t'\n" + good),
              "column profile p: sourse is no key of a column profile, did you mean source; at its top stand "
              "by_name_only, context, csv, id, kind, made_up, position, rank, repeats, required, source, "
              "time, title, "
              "words");
    EXPECT_EQ(error(good + "[position]\nlng='x'\n"),
              "column profile p: position: lng and lat belong together");
    EXPECT_EQ(error(good + "[position]\nx='x'\ny='y'\n"),
              "column profile p: position: x, y and epsg belong together");
    EXPECT_EQ(error(good + "[position]\nprecision='kommun'\n"),
              "column profile p: position.precision: is \"kommun\", expected one of exact, address, street");
    EXPECT_EQ(error("a = ["), "column profile p line 1: Error while parsing array: encountered end-of-file");
    EXPECT_EQ(error("source='Big Name'\n[time]\nfrom='f'\n[kind]\nfixed='theft'\n"),
              "column profile p: source: expected a name of a–z, 0–9, - and _");
}

// docs/column-profiles.md, and what stands in its first block of that language.
std::string manual()
{
    return read_all(std::filesystem::path{RISKBILD_SOURCE_DIR} / "docs/column-profiles.md");
}

std::string first_block(std::string const& page, std::string const& language)
{
    auto const opening = "```" + language + "\n";
    auto const from = page.find(opening);
    if (from == std::string::npos)
        return {};
    auto const text = page.substr(from + opening.size());
    return text.substr(0, text.find("```"));
}

TEST(ColumnProfiles, AreWrittenAsTheManualSays)
{
    auto const page = manual();
    FakeStore store{county_named("uppsala")};
    auto source = ByteSource::from_memory("anmalningar.csv", first_block(page, "csv"));
    auto const report = import_points(
        store, source, {.columns = profile(first_block(page, "toml")), .now = at("2026-06-01T12:00:00Z")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->kept(), 2U);
    EXPECT_EQ(store.report("101").occurred,
              (TimeInterval{at("2025-03-10T21:15:00Z"), at("2025-03-10T21:16:00Z")}));
    EXPECT_TRUE(point_of(store.report("101").place));
    EXPECT_EQ(store.report("101").kind_code, "damage.graffiti");
    EXPECT_FALSE(point_of(store.report("102").place));
    EXPECT_EQ(store.report("102").occurred.to - store.report("102").occurred.from, std::chrono::hours{24});
    ASSERT_EQ(report->rows.size(), 1U);
    EXPECT_EQ(report->rows[0].row, 3U) << "counted from 1, below the heading";
    EXPECT_THAT(page, HasSubstr("`" + report->rows[0].message + "`"));
}

// The keys that a table of a profile may have, as the error about an unknown one lists them.
std::vector<std::string> known_keys(std::string const& table)
{
    auto const opening = table.empty() ? "" : "[" + table + "]\n";
    auto const parsed = parse_column_profile(opening + "qqqqqqqq = 1\n", "p");
    auto const message = parsed ? std::string{} : parsed.error().message;
    std::string const before = table.empty() ? "at its top stand " : "[" + table + "] has ";
    std::vector<std::string> keys;
    auto from = message.find(before);
    if (from == std::string::npos)
        return keys;
    from += before.size();
    while (from < message.size()) {
        auto const comma = std::min(message.find(", ", from), message.size());
        keys.push_back(message.substr(from, comma - from));
        from = comma + 2;
    }
    return keys;
}

TEST(ColumnProfiles, HaveEveryKeyInTheManual)
{
    auto const page = manual();
    for (std::string const table : {"csv", "time", "position", "kind", "words", "context"}) {
        auto const keys = known_keys(table);
        EXPECT_GE(keys.size(), 2U) << table;
        for (auto const& key : keys)
            EXPECT_THAT(page, HasSubstr("`" + table + "." + key + "`"));
    }
    for (auto const& key : known_keys(""))
        EXPECT_THAT(page, testing::AnyOf(HasSubstr("| `" + key + "` |"), HasSubstr("`" + key + ".")));
    EXPECT_THAT(known_keys(""), testing::IsSupersetOf({"id", "source", "time"}));
}

// The made-up files of formats that nobody has shown us: they hold the built-in profiles to what they
// promise.
std::unique_ptr<Imported> import_example(std::string const& name)
{
    auto const file = std::filesystem::path{RISKBILD_TESTS_DIR} / "points" / (name + ".csv");
    auto imported = std::make_unique<Imported>();
    auto source = ByteSource::open(file.string());
    imported->report = import_points(
        imported->store, *source, {.columns = *load_column_profile(name), .now = at("2026-06-01T12:00:00Z")});
    return imported;
}

TEST(ColumnProfiles, ReadACaseExtractOfThePolice)
{
    auto const imported = import_example("police_cases");
    ASSERT_TRUE(imported->report) << imported->report.error().message;
    auto const& store = imported->store;
    EXPECT_EQ(imported->report->new_, 4U);
    auto const robbery = store.report("5000-K000101-25|0864");
    EXPECT_EQ(robbery.kind_code, "robbery.shop");
    EXPECT_TRUE(point_of(robbery.place));
    EXPECT_EQ(robbery.case_number, "5000-K000101-25");
    auto const burglary = store.report("5000-K000102-25|0818");
    EXPECT_EQ(burglary.occurred, (TimeInterval{at("2025-03-08T17:00:00Z"), at("2025-03-10T06:30:00Z")}));
    EXPECT_EQ(std::get<AreaPlace>(burglary.place).area, store.county()->areas.by_name("Håbo"));
    EXPECT_EQ(burglary.place_text, "Exempelvägen 12, Bålsta");
    EXPECT_EQ(store.report("5000-K000102-25|1209").kind_code, "damage.graffiti.other");
    EXPECT_EQ(store.report("5000-K000103-25|9999").kind_code, "unknown");
    EXPECT_THAT(imported->report->reasons, ElementsAre(std::pair{"bad_time", 1}));
}

TEST(ColumnProfiles, ReadWhatShopsAndTheTransitOperatorNote)
{
    auto const shops = import_example("shop_incidents");
    ASSERT_TRUE(shops->report) << shops->report.error().message;
    EXPECT_EQ(shops->report->new_, 3U);
    EXPECT_EQ(shops->store.report("1").case_number, "5000-K000101-25");
    EXPECT_EQ(shops->store.report("2").kind_code, "theft.shop");
    EXPECT_EQ(shops->store.report("2").occurred.to - shops->store.report("2").occurred.from,
              std::chrono::hours{24});
    EXPECT_EQ(shops->store.report("3").kind_code, "unknown");
    EXPECT_THAT(shops->report->notes, Contains(HasSubstr("lacks the columns Latitud, Longitud")));

    auto const transit = import_example("transit_incidents");
    ASSERT_TRUE(transit->report) << transit->report.error().message;
    EXPECT_EQ(transit->report->new_, 3U);
    EXPECT_EQ(std::get<AreaPlace>(transit->store.report("T1").place).precision, Precision::kommun);
    EXPECT_EQ(std::get<AreaPlace>(transit->store.report("T2").place).precision, Precision::lan);
    EXPECT_EQ(transit->store.report("T3").place_text, "Exempel station");
}

TEST(ColumnProfiles, PassOnThePlaceInWords)
{
    auto const county = county_of_squares();
    auto const columns = profile(
        "source='t'\ntitle='T'\n[time]\nfrom='from'\n[kind]\nfixed='theft'\n[position]\naddress='adr'\nstop='"
        "stop'\n"
        "street='gata'\nlocality='ort'\nwhole_county_without_position=true\n");
    auto source = ByteSource::from_memory(
        "t.csv", "from,adr,stop,gata,ort\n2025-03-10,Agatan 1,Torget, Bgatan ,Knivsta\n");
    auto const table = open_table(source, {});
    auto rows = RowInterpreter::make(columns, (*table)->columns(), *county, "t.csv");
    ASSERT_TRUE((*table)->next());
    auto const row = rows->read(**table, {}, at("2025-04-01T00:00:00Z"), at("2026-01-01T00:00:00Z"));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->words.address, "Agatan 1");
    EXPECT_EQ(row->words.stop, "Torget");
    EXPECT_EQ(row->words.street, "Bgatan");
    EXPECT_EQ(row->words.locality, "Knivsta");
    EXPECT_EQ(row->words.area, "");
}

}  // namespace
}  // namespace riskbild::importers
