#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo_core/result.hpp"
#include "geo_core/time.hpp"

namespace riskbild::data {

struct ExampleOptions {
    std::uint64_t seed = 2026;
    std::size_t reports = 6'000;                 ///< records in all files together; 200 … 2 000 000
    LocalDate until{date::year{2026} / 6 / 30};  ///< the last day
    int years = 3;                               ///< so many end with it; 1 … 20
    bool only_case_extract = false;              ///< one file, with all of the records
};

/// One file of the example and what an importer should find in it.
struct ExampleFile {
    std::string source;    ///< as the store names it: `police`, `ul`, `butiker`, `klotter`, `polis_uttag`
    std::string importer;  ///< `police` or `points`
    std::string column_profile;  ///< for `points`: its name in data/profiles/columns
    std::filesystem::path path;
    std::size_t records = 0;
    std::size_t flawed = 0;     ///< records meant to be set aside
    std::size_t digests = 0;    ///< records of the role context
    std::size_t elsewhere = 0;  ///< records of another county
};

struct ExampleFiles {
    std::vector<ExampleFile> files;  ///< `records` sum up to `ExampleOptions::reports`
};

/// Writes a county of made-up reports as files that the ordinary importers read: a feed like the
/// police's, and point CSVs of four sources that sometimes tell of the same incident. Nothing in them
/// has happened; each text says so and each street begins with "Exempel". What is plausible about them
/// (hours, seasons, repeats) is invented, so no number from them says anything about the county.
///
/// The same options give the same bytes. `folder` is made where it is missing; files of the same
/// names are replaced.
/// \return ErrorCode::wrong_use for `reports` or `years` out of range, ErrorCode::unwritable for a folder
/// that cannot be written, ErrorCode::not_found or unreadable where the product's figures cannot be read.
Result<ExampleFiles> write_example_county(std::filesystem::path const& folder, ExampleOptions const& options);

}  // namespace riskbild::data
