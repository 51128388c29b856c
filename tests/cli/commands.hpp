#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace riskbild::cli::testing {

/// Ten incidents at one address in Uppsala, one row too far away, one of an unknown time.
inline std::string incidents_csv()
{
    std::string text = "id,from,to,kind,lng,lat,precision,kommun,address,title,text,case_number\r\n";
    for (auto i = 0; i < 10; ++i)
        text += fmt::format(
            "a{},2025-03-{:02}T10:00:00+01:00,2025-03-{:02}T10:01:00+01:00,theft,17.6389,59.8586,address,"
            "Uppsala,"
            "=1+1,Title,,\r\n",
            i, i + 1, i + 1);
    text += "far,2025-03-01T10:00:00+01:00,2025-03-01T10:01:00+01:00,theft,0,0,exact,Uppsala,,,,\r\n";
    text += "undated,someday,,theft,17.6389,59.8586,exact,Uppsala,,,,\r\n";
    return text;
}

inline std::vector<std::string> import_of(std::string const& file, std::string const& store)
{
    return {"import", "points", file, "--store", store, "--profile-columns", "incidents", "--json"};
}

class Commands : public ::testing::Test {
protected:
    std::string imported_store() const
    {
        auto const ran = riskbild(import_of(folder.write("incidents.csv", incidents_csv()), store));
        EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
        return store;
    }
    Folder folder;
    std::string const store = folder / "county.gpkg";
};

inline void expect_one_sentence(Ran const& ran)
{
    EXPECT_THAT(ran.err, ::testing::MatchesRegex("riskbild: [^\n]+\n"));
    EXPECT_THAT(ran.err, ::testing::Not(::testing::HasSubstr("unforeseen")));
    EXPECT_THAT(ran.out, ::testing::IsEmpty());
}

}  // namespace riskbild::cli::testing
