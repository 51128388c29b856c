// The real Houston file through the whole chain: program, importer, store, snapshot, layer, GeoTIFF.

#include <sstream>

#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace riskbild::cli::testing {
namespace {

TEST(Houston, ItsDensityAgreesWithSumsMadeWithoutRiskbild)
{
    auto const* const shared = std::getenv("RISKBILD_SHARED");
    auto const file = std::filesystem::path(shared == nullptr ? RISKBILD_SOURCE_DIR "/../shared" : shared) /
                      "data" / "crime_points" / "houston_2010_86k.csv.gz";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "the Houston file is not here";
    Folder const folder;
    auto const store = folder / "houston.gpkg";
    ASSERT_EQ(riskbild({"init", "--store", store, "--profile", "houston"}).exit_code, 0);
    auto const import = riskbild(
        {"import", "points", file, "--store", store, "--profile-columns", "houston_crime", "--json"});
    ASSERT_EQ(import.exit_code, 0) << import.err;
    EXPECT_EQ(import.json()["read"], 86'314);
    auto const surface = folder / "density.tif";
    auto const layer = riskbild({"layer", "density", "--store", store, "--out", surface, "--json"});
    ASSERT_EQ(layer.exit_code, 0) << layer.err;
    auto const reference = run_program(
        {"python3", RISKBILD_SOURCE_DIR "/tests/reference/houston_density.py", file, surface, "1000"});
    ASSERT_EQ(reference.exit_code, 0) << reference.err;
    std::istringstream said(reference.out);
    std::int64_t entered = 0;
    double worst = 1e9;
    said >> entered >> worst;
    EXPECT_EQ(layer.json()["n"], entered);
    EXPECT_LE(worst, 1.0) << "as a part of 1e-9 · value + 1e-12 · largest";
}

}  // namespace
}  // namespace riskbild::cli::testing
