#include "layers/rates/rate_statistics.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/layers/numbers.hpp"

namespace riskbild::layers {
namespace {

// methods.md 7: "Garwood exact interval (0 → 0–3.68888; 4 → 1.08987–10.24159)".
TEST(Garwood, HasThePublishedIntervals)
{
    EXPECT_EQ(garwood_interval(0).low, 0.0);
    EXPECT_NEAR(garwood_interval(0).high, 3.68888, 5e-6);
    EXPECT_NEAR(garwood_interval(4).low, 1.08987, 5e-6);
    EXPECT_NEAR(garwood_interval(4).high, 10.24159, 5e-6);
}

// What makes it exact: at either end the count seen is just as improbable as half the rest.
TEST(Garwood, LeavesTwoAndAHalfPercentOnEitherSide)
{
    for (std::uint64_t const count : {1U, 4U, 30U, 250U}) {
        auto const interval = garwood_interval(count);
        auto const at_most = [](std::uint64_t k, double mean) {
            double term = std::exp(-mean);
            double sum = term;
            for (std::uint64_t i = 1; i <= k; ++i) {
                term *= mean / static_cast<double>(i);
                sum += term;
            }
            return sum;
        };
        EXPECT_NEAR(at_most(count, interval.high), 0.025, 1e-12);
        EXPECT_NEAR(1.0 - at_most(count - 1, interval.low), 0.025, 1e-12);
    }
}

class Sids2 : public ::testing::Test {
protected:
    void SetUp() override
    {
        auto const file = testing::shared_file("data/reference/sids2.csv");
        auto const contiguity = testing::shared_file("data/reference/sids2.gal");
        if (!file || !contiguity) {
            GTEST_SKIP() << "the reference data are not here";
        }
        std::map<std::string, std::size_t> by_code;
        for (auto const& row : testing::read_rows(*file)) {
            by_code[row[5]] = counts_.size();                                  // FIPS
            populations_.push_back(std::stoll(row[8]));                        // BIR74
            counts_.push_back(static_cast<std::uint64_t>(std::stod(row[9])));  // SID74
        }
        std::ifstream gal{*contiguity};
        std::string word;
        std::getline(gal, word);
        neighbours_.resize(counts_.size());
        std::size_t count = 0;
        while (gal >> word >> count) {
            auto const area = by_code.at(word);
            for (std::size_t i = 0; i < count; ++i) {
                gal >> word;
                neighbours_[area].push_back(by_code.at(word));
            }
        }
    }

    std::vector<std::uint64_t> counts_;
    std::vector<std::int64_t> populations_;
    std::vector<std::vector<std::size_t>> neighbours_;
};

// methods.md 7: "sids2 SID74/BIR74 in file order, global, first five .0016973 .0017054 .0017731 .0020129
// .0035349".
TEST_F(Sids2, HasThePublishedEmpiricalBayesRates)
{
    ASSERT_EQ(counts_.size(), 100U);
    auto const rates = empirical_bayes(counts_, populations_);
    std::array const published = {.0016973, .0017054, .0017731, .0020129, .0035349};
    for (std::size_t i = 0; i < published.size(); ++i) {
        EXPECT_NEAR(rates[i], published[i], 5e-8) << i;
    }
}

TEST_F(Sids2, AgreesWithThePythonReference)
{
    std::stringstream input;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        input << counts_[i] << ' ' << populations_[i];
        for (auto const j : neighbours_[i]) {
            input << ' ' << j;
        }
        input << '\n';
    }
    auto const expected = testing::ask_python("empirical_bayes.py", input.str());
    if (!expected) {
        GTEST_SKIP() << "python3 is not here";
    }
    ASSERT_EQ(expected->size(), 200U);
    auto const global = empirical_bayes(counts_, populations_);
    auto const local = empirical_bayes(counts_, populations_, neighbours_);
    for (std::size_t i = 0; i < 100; ++i) {
        EXPECT_NEAR(global[i], (*expected)[i], 1e-14);
        EXPECT_NEAR(local[i], (*expected)[100 + i], 1e-14);
    }
}

TEST(EmpiricalBayes, EqualRatesStayAndEmptyAreasHaveNone)
{
    std::vector<std::uint64_t> const counts = {10, 20, 0, 5};
    std::vector<std::int64_t> const populations = {1000, 2000, 0, 500};
    auto const rates = empirical_bayes(counts, populations);
    EXPECT_DOUBLE_EQ(rates[0], 0.01);
    EXPECT_DOUBLE_EQ(rates[3], 0.01);
    EXPECT_TRUE(std::isnan(rates[2]));
}

TEST(EmpiricalBayes, NothingHappenedMeansZero)
{
    std::vector<std::uint64_t> const counts = {0, 0};
    std::vector<std::int64_t> const populations = {1000, 2000};
    EXPECT_EQ(empirical_bayes(counts, populations), (std::vector<double>{0.0, 0.0}));
}

}  // namespace
}  // namespace riskbild::layers
