#include "importers/readers/csv_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riskbild::importers {
namespace {

using Row = std::vector<std::string>;
using testing::ElementsAre;
using testing::HasSubstr;

struct Table {
    Row columns;
    std::vector<Row> rows;
    std::vector<CsvReader::Problem> problems;
    char separator = '\0';
    std::uint64_t converted = 0;
    std::string error;
};

Table read_csv(std::string bytes, CsvOptions options = {})
{
    auto source = ByteSource::from_memory("t.csv", std::move(bytes));
    Table table;
    auto reader = CsvReader::open(source, std::move(options));
    if (!reader) {
        table.error = reader.error().message;
        return table;
    }
    table.columns = reader->columns();
    table.separator = reader->separator();
    while (true) {
        auto const more = reader->next();
        if (!more)
            table.error = more.error().message;
        if (!more || !*more)
            break;
        table.rows.emplace_back(reader->fields().begin(), reader->fields().end());
        table.problems.push_back(reader->problem());
    }
    table.converted = reader->converted();
    return table;
}

TEST(CsvReader, SplitsRowsAtSeparatorsAndLineBreaksOfEitherKind)
{
    auto const table = read_csv("a,b\n1,2\r\n3,\n,4");
    EXPECT_THAT(table.columns, ElementsAre("a", "b"));
    EXPECT_THAT(table.rows, ElementsAre(Row{"1", "2"}, Row{"3", ""}, Row{"", "4"}));
}

TEST(CsvReader, SkipsLinesOfNothingButSeparators)
{
    EXPECT_THAT(read_csv(";;\r\na;b;c\r\n1;;3\r\n; ;\r\n;;\r\n").rows, ElementsAre(Row{"1", "", "3"}));
    EXPECT_THAT(read_csv("a\tb\n\t\n1\t2\n").rows, ElementsAre(Row{"1", "2"}));
}

TEST(CsvReader, KeepsSeparatorsQuotesAndLineBreaksInsideQuotes)
{
    auto const table = read_csv("a,b\n\"x, \"\"y\"\"\",\"line 1\r\nline 2\"\n\"\",\"\"\"\"\n");
    EXPECT_THAT(table.rows, ElementsAre(Row{"x, \"y\"", "line 1\r\nline 2"}, Row{"", "\""}));
    EXPECT_THAT(table.problems, testing::Each(CsvReader::Problem::none));
}

TEST(CsvReader, TakesAQuoteInsideAnUnquotedFieldAsItStands)
{
    auto const table = read_csv("a,b\n5\" pipe,x\"\"y\n1,2\n");
    EXPECT_THAT(table.rows, ElementsAre(Row{"5\" pipe", "x\"\"y"}, Row{"1", "2"}));
}

TEST(CsvReader, FindsOutTheSeparator)
{
    EXPECT_EQ(read_csv("a;b\n1,5;2\n3,5;4\n").separator, ';');
    EXPECT_EQ(read_csv("a\tb\n1\t2\n").separator, '\t');
    EXPECT_EQ(read_csv("a|b|c\n1|2,0|3\n").separator, '|');
    EXPECT_EQ(read_csv("\"a;b\",c\n1,2\n").separator, ',');
    EXPECT_EQ(read_csv("alone\n1\n").separator, ',');
    EXPECT_THAT(read_csv("a;b\n1,5;2\n").rows, ElementsAre(Row{"1,5", "2"}));
}

TEST(CsvReader, ReadsAFileWithoutAHeaderByTheNamesGiven)
{
    auto const table =
        read_csv("1,2\n3,4\n", {.separator = '\0', .encoding = Encoding::automatic, .columns = {"x", "y"}});
    EXPECT_THAT(table.columns, ElementsAre("x", "y"));
    EXPECT_THAT(table.rows, ElementsAre(Row{"1", "2"}, Row{"3", "4"}));
}

TEST(CsvReader, SkipsAByteOrderMarkAndEmptyLines)
{
    auto const table = read_csv(
        "\xef\xbb\xbf"
        "Kommun;Antal\r\n\r\nUppsala;3\r\n\r\n");
    EXPECT_THAT(table.columns, ElementsAre("Kommun", "Antal"));
    EXPECT_THAT(table.rows, ElementsAre(Row{"Uppsala", "3"}));
}

TEST(CsvReader, ReadsEachRowInItsOwnEncoding)
{
    auto const table = read_csv("a,b\nK\xe5re,\"1\x80, \"\"x\"\"\"\nKåre,2\n");  // Windows-1252, then UTF-8
    EXPECT_THAT(table.rows, ElementsAre(Row{"Kåre", "1€, \"x\""}, Row{"Kåre", "2"}));
    EXPECT_EQ(table.converted, 1U);
}

TEST(CsvReader, NamesColumnsApartThatHaveOneNameOrNone)
{
    EXPECT_THAT(read_csv("a,a,,a\n").columns, ElementsAre("a", "a_2", "column_3", "a_3"));
}

TEST(CsvReader, TellsOfARowWithTooFewOrTooManyFieldsAndReadsOn)
{
    auto const table = read_csv("a,b\n1\n1,2,3\n1,2\n");
    EXPECT_THAT(table.problems, ElementsAre(CsvReader::Problem::wrong_columns,
                                            CsvReader::Problem::wrong_columns, CsvReader::Problem::none));
}

TEST(CsvReader, KeepsTextBehindAClosingQuoteButTellsOfIt)
{
    auto const table = read_csv("a,b\n\"x\"tail,2\n1,2\n");
    EXPECT_THAT(table.rows, ElementsAre(Row{"xtail", "2"}, Row{"1", "2"}));
    EXPECT_THAT(table.problems, ElementsAre(CsvReader::Problem::bad_quotes, CsvReader::Problem::none));
}

TEST(CsvReader, NamesTheRowAndLineOfAQuoteThatIsNeverClosed)
{
    auto const table = read_csv("a,b\n1,2\n3,\"x\n5,6\n");
    EXPECT_THAT(table.rows, ElementsAre(Row{"1", "2"}));
    EXPECT_EQ(table.error,
              "t.csv row 2 (line 3): the quote opened in line 3 is not closed before the file ends");
}

TEST(CsvReader, RefusesARowAboveTheLimit)
{
    auto const table = read_csv("a,b\n1,2\n3," + std::string(kRecordLimit + 10, 'x'));
    EXPECT_THAT(table.rows, ElementsAre(Row{"1", "2"}));
    EXPECT_EQ(table.error, "t.csv row 2 (line 3): longer than 16 MB, the most that one row may be");
}

TEST(CsvReader, ReadsARowThatIsLongButWithinTheLimit)
{
    auto const table = read_csv("a,b\n1,\"" + std::string(5'000'000, 'x') + "\"\n3,4\n");
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0][1].size(), 5'000'000U);
    EXPECT_EQ(table.rows[1], (Row{"3", "4"}));
}

TEST(CsvReader, DoesNotTurnALineOfCommasIntoMillionsOfFields)
{
    auto const table = read_csv("a,b\nx" + std::string(1'000'000, ',') + "\n1,2\n");
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_LE(table.rows[0].size(), 5000U);
    EXPECT_EQ(table.problems[0], CsvReader::Problem::wrong_columns);
}

TEST(CsvReader, RefusesWhatIsNoText)
{
    EXPECT_THAT(read_csv("").error, HasSubstr("is empty"));
    EXPECT_THAT(read_csv("\n\n").error, HasSubstr("nothing but empty lines"));
    EXPECT_THAT(read_csv(std::string{"\x7f"
                                     "ELF\0\0\0",
                                     7})
                    .error,
                HasSubstr("binary data"));
    EXPECT_THAT(read_csv("PK\x03\x04zip").error, HasSubstr("ZIP data are damaged or cut off"));
}

TEST(CsvReader, TellsOfANulByteInTheMiddle)
{
    auto const table = read_csv("a,b\n" + std::string(5000, '\n') + std::string{"1,\0\n1,2\n", 8});
    EXPECT_THAT(table.problems, ElementsAre(CsvReader::Problem::not_text, CsvReader::Problem::none));
}

}  // namespace
}  // namespace riskbild::importers
