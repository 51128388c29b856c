#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/export_formats.hpp"
#include "cli/new_file.hpp"
#include "tests/cli/program.hpp"

namespace riskbild::cli::testing {
namespace {

TEST(ExportCsv, PutsAQuoteBeforeWhatASpreadsheetWouldRun)
{
    EXPECT_EQ(csv_text("=1+1"), "'=1+1");
    EXPECT_EQ(csv_text("+46 18"), "'+46 18");
    EXPECT_EQ(csv_text("-a"), "'-a");
    EXPECT_EQ(csv_text("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(csv_text("\tx"), "'\tx");
    EXPECT_EQ(csv_text("=\"a\",b"), "\"'=\"\"a\"\",b\"");
    EXPECT_EQ(csv_text("Storgatan 1"), "Storgatan 1");
    EXPECT_EQ(csv_text(""), "");
}

TEST(ExportCsv, KeepsNegativeNumbersNumbersAndAbsentCellsEmpty)
{
    Folder const folder;
    ExportTable const table{.name = "t",
                            .columns = {{"a", ExportTable::Type::text},
                                        {"b", ExportTable::Type::real},
                                        {"c", ExportTable::Type::whole}},
                            .rows = {{std::string("=danger"), -95.5, std::int64_t{-3}},
                                     {{}, {}, {}},
                                     {std::string("y"), {}, std::int64_t{0}}},
                            .shapes = {},
                            .facts = {{"n", "2"}, {"note_1", "=careful, here"}}};
    ASSERT_TRUE(write_csv(table, folder / "t.csv"));
    EXPECT_EQ(read_file(folder / "t.csv"),
              "a,b,c\r\n"
              "'=danger,-95.5,-3\r\n"
              ",,\r\n"
              "y,,0\r\n");
    ASSERT_TRUE(write_csv_metadata(table, "t.csv", folder / "m.json"));
    EXPECT_EQ(nlohmann::json::parse(read_file(folder / "m.json")), nlohmann::json::parse(R"({
        "@context": "http://www.w3.org/ns/csvw",
        "url": "t.csv",
        "tableSchema": {"columns": [{"titles": "a", "datatype": "string"}, {"titles": "b", "datatype": "double"},
                                    {"titles": "c", "datatype": "integer"}]},
        "notes": [{"n": "2", "note_1": "=careful, here"}]})"));
}

TEST(NewFile, IsThereWholeOrNotAtAll)
{
    Folder const folder;
    {
        auto const file = NewFile::at(folder / "a.txt", NewFile::Existing::keep);
        ASSERT_TRUE(file);
        folder.write(file->temporary().filename().string(), "half");
        EXPECT_FALSE(std::filesystem::exists(folder / "a.txt"));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    auto file = NewFile::at(folder / "a.txt", NewFile::Existing::keep);
    folder.write(file->temporary().filename().string(), "whole");
    EXPECT_EQ(file->finish(), 5U);
    EXPECT_EQ(read_file(folder / "a.txt"), "whole");
    EXPECT_EQ(NewFile::at(folder / "a.txt", NewFile::Existing::keep).error().code, ErrorCode::wrong_use);
    EXPECT_EQ(NewFile::at(folder / "b/a.txt", NewFile::Existing::keep).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace riskbild::cli::testing
